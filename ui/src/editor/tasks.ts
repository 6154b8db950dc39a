// Tasks: `- [ ]` and `- [x]`, ticked by a click or by a key.
import type { EditorState, TransactionSpec } from "@codemirror/state";
import type { Command, EditorView } from "@codemirror/view";

const task = /^(\s*(?:>\s?)*\s*(?:[-+*]|\d+[.)])\s+\[)([ xX])(?=\]\s|\]$)/;

/** Ticks the task of the line that holds `position`, or unticks it; false when there is none. */
export function toggleTaskAt(view: EditorView, position: number): boolean {
  const change = toggle(view.state, position);
  if (!change || view.state.readOnly) return false;
  view.dispatch({ changes: change, userEvent: "input.task" });
  return true;
}

/** Ticks or unticks the tasks of the selected lines. */
export const toggleTask: Command = (view) => {
  if (view.state.readOnly) return false;
  const changes = [];
  let last = -1;
  for (const range of view.state.selection.ranges) {
    for (let at = range.from; at <= range.to;) {
      const line = view.state.doc.lineAt(at);
      const change = line.number > last ? toggle(view.state, line.from) : null;
      if (change) changes.push(change);
      last = Math.max(last, line.number);
      at = line.to + 1;
    }
  }
  if (changes.length === 0) return false;
  view.dispatch({ changes, userEvent: "input.task" });
  return true;
};

function toggle(state: EditorState, position: number): { from: number; to: number; insert: string } | null {
  const line = state.doc.lineAt(position);
  const found = task.exec(line.text);
  if (!found) return null;
  const from = line.from + (found[1]?.length ?? 0);
  return { from, to: from + 1, insert: found[2] === " " ? "x" : " " } satisfies TransactionSpec["changes"];
}
