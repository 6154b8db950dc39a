// Which articles have words that are not on the disk yet: the writer says so, the rail and the quit dialog show it.
import { SvelteMap } from "svelte/reactivity";

/** A text with words that are not in its file. */
export type UnsavedText = {
  id: string;
  title: string;
  /** What stands between it and its file: the disk (`error` says how), another program's words, nothing but time. */
  why: "failed" | "conflict" | "gone" | "waiting";
  error: unknown;
  /** Where the words are kept until they are saved: in a recovery copy, among the versions, nowhere. */
  kept: "copy" | "version" | null;
};

/**
 * What has words in a field that is no article's, like a note, keeps them before the window or the library is closed;
 * `name` is what it is called. The function it returns ends that.
 */
export function beforeLeaving(name: string, keep: () => Promise<void>): () => void {
  const field = { name, keep };
  fields.add(field);
  return () => fields.delete(field);
}

/** Keeps what stands in such fields, and answers what could not be kept. */
export async function keepFields(): Promise<UnsavedText[]> {
  const all = [...fields];
  const kept = await Promise.allSettled(all.map(({ keep }) => keep()));
  return kept.flatMap((one, at) => {
    const title = all[at]?.name ?? "";
    return one.status === "rejected"
      ? [{ id: `field-${at}`, title, why: "failed" as const, error: one.reason as unknown, kept: null }]
      : [];
  });
}

/** Titles of the articles with unsaved words, by id. */
export const unsaved = new SvelteMap<string, string>();

/** An article has words that are not on the disk. */
export function markUnsaved(id: string, title: string): void {
  unsaved.set(id, title);
}

/** All words of an article are on the disk. */
export function markSaved(id: string): void {
  unsaved.delete(id);
}

const fields = new Set<{ name: string; keep: () => Promise<void> }>();
