// What the long groups of the rail have in common: how much of them is shown, and the keys of their entries.
import { tick } from "svelte";
import { tellError } from "@/shared/notices.svelte";

/** Entries of a group before it is unfolded. */
export const shownAtOnce = 14;
const mostShown = 400;

/** What is shown of a group; whatever a library says, the rail is drawn. */
export function shownOf<T>(all: T[], whole: boolean): T[] {
  return all.slice(0, whole ? mostShown : shownAtOnce);
}

/** What can be done by key to an entry that stands where hands have put it; the entry has its `id` as `data-rail-id`. */
export type EntryActs = {
  id: string;
  move: (by: 1 | -1) => Promise<void>;
  rename: () => void;
  remove: () => Promise<void>;
};

/** The keys of such an entry, for `aria-keyshortcuts`. */
export const entryKeys = "F2 Delete Alt+ArrowUp Alt+ArrowDown";

/** Does what a key stands for on an entry. It keeps the focus; when it is removed, its neighbour takes it. */
export async function pressedOnEntry(event: KeyboardEvent, acts: EntryActs): Promise<void> {
  const act = actOf(event, acts);
  if (!act) return;
  event.preventDefault();
  const list = (event.currentTarget as HTMLElement).closest("ul");
  const entries = (): HTMLElement[] => [...(list?.querySelectorAll<HTMLElement>("[data-rail-id]") ?? [])];
  const at = entries().indexOf(event.currentTarget as HTMLElement);
  try {
    await act();
  } catch (error) {
    tellError(error);
  }
  await tick();
  // Its element has moved with it, or has gone.
  if (document.activeElement !== document.body) return;
  const all = entries();
  const same = all.find((entry) => entry.dataset.railId === acts.id);
  (same ?? all[Math.min(at, all.length - 1)])?.focus();
}

function actOf(event: KeyboardEvent, acts: EntryActs): (() => void | Promise<void>) | null {
  const { altKey, ctrlKey, metaKey, shiftKey, key } = event;
  if (ctrlKey || metaKey) return null;
  // With Shift too: what that key does elsewhere to an article is not meant here.
  if (key === "Delete" && !altKey) return acts.remove;
  if (shiftKey) return null;
  if (altKey && key === "ArrowUp") return () => acts.move(-1);
  if (altKey && key === "ArrowDown") return () => acts.move(1);
  return key === "F2" && !altKey ? acts.rename : null;
}
