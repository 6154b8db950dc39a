// The stages of work of the library, in words.
import type { Status } from "@/backend";
import { hasMessage, t } from "@/shared/messages";
import { library } from "./library.svelte";

/** The name of a status: as the library says, else in the language of the interface, else as it is written. */
export function statusName(slug: string): string {
  const name = library.current?.statuses.find((status) => status.slug === slug)?.name;
  if (name && usualNames[slug] !== name) return name;
  return hasMessage(`status-${slug}`) ? t(`status-${slug}`) : (name ?? slug);
}

/** The statuses that an article may be given, in the order of the work; those that articles have besides come last. */
export function allStatuses(used: string[] = []): Status[] {
  const slugs = [...(library.current?.statuses ?? []).map(({ slug }) => slug), ...used];
  return [...new Set(slugs)].map((slug) => ({ slug, name: statusName(slug) }));
}

/** The names that a library has which names none itself; these are said in the language of the interface. */
const usualNames: Record<string, string> = {
  draft: "Draft",
  review: "In review",
  ready: "Ready",
  published: "Published",
};
