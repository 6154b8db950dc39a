// From one text to another by as few changes as can be, so that the caret, the scroll and the undo history stay.
import { diff } from "@codemirror/merge";
import { ChangeSet } from "@codemirror/state";

/** The changes that make `after` of `before`. */
export function minimalChange(before: string, after: string): ChangeSet {
  if (before === after) return ChangeSet.empty(before.length);
  const changes = diff(before, after, { scanLimit: 1000, timeout: 100 });
  return ChangeSet.of(
    changes.map(({ fromA, toA, fromB, toB }) => ({ from: fromA, to: toA, insert: after.slice(fromB, toB) })),
    before.length,
    "\n",
  );
}
