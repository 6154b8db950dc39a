// How much changed from version to version: asked for row by row as they come into sight, one after the other.
import { SvelteMap } from "svelte/reactivity";
import { backend, type VersionChange } from "@/backend";

const known = new SvelteMap<string, VersionChange>();
const waiting = new Map<string, { id: string; before: string; version: string }>();
let asking = false;

/** How much changed, when it is known. */
export function amountOf(before: string, version: string): VersionChange | undefined {
  return known.get(`${before} ${version}`);
}

/** Asks for it once the row is in sight, and no longer when it has left it unanswered. */
export function whenSeen(
  row: HTMLElement,
  wanted: { id: string; before: string | null; version: string },
): { update: (wanted: { id: string; before: string | null; version: string }) => void; destroy: () => void } {
  let seen = false;
  let now = wanted;
  const want = (): void => {
    const { id, before, version } = now;
    if (seen && before !== null && !known.has(`${before} ${version}`)) {
      waiting.set(`${before} ${version}`, { id, before, version });
      void ask();
    }
  };
  const observer = new IntersectionObserver((entries) => {
    seen = entries.some((entry) => entry.isIntersecting);
    if (seen) want();
    else waiting.delete(`${now.before ?? ""} ${now.version}`);
  });
  observer.observe(row);
  return {
    update(next) {
      now = next;
      want();
    },
    destroy() {
      observer.disconnect();
      waiting.delete(`${now.before ?? ""} ${now.version}`);
    },
  };
}

async function ask(): Promise<void> {
  if (asking) return;
  asking = true;
  for (;;) {
    const [next] = waiting;
    if (!next) break;
    const [key, { id, before, version }] = next;
    waiting.delete(key);
    const found = await backend.versionChange(id, before, version).catch(() => null);
    // One that can't be read is told when it is opened.
    if (found) known.set(key, found);
  }
  asking = false;
}
