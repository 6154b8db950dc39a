// Links, footnotes, tables and rules, put in at the caret.
import { EditorSelection, type EditorState, type Text } from "@codemirror/state";
import type { Command } from "@codemirror/view";
import { emptyTable } from "./tables/table-changes";

const address = /^(?:https?:\/\/|mailto:)\S+$/;

/** Makes the selection a link; the caret goes where the target is typed. A selected address becomes the target. */
export const insertLink: Command = (view) => {
  const { state } = view;
  if (state.readOnly) return false;
  const spec = state.changeByRange((range) => {
    const text = state.sliceDoc(range.from, range.to);
    const isAddress = address.test(text);
    const insert = isAddress ? `[](${text})` : `[${text}]()`;
    const caret = isAddress || text === "" ? range.from + 1 : range.from + insert.length - 1;
    return { changes: { from: range.from, to: range.to, insert }, range: EditorSelection.cursor(caret) };
  });
  view.dispatch(state.update(spec, { userEvent: "input.link", scrollIntoView: true }));
  return true;
};

/** Puts a footnote at the caret and its text at the end, where the caret goes. */
export const insertFootnote: Command = (view) => {
  const { state } = view;
  if (state.readOnly) return false;
  const label = nextNote(state);
  const at = state.selection.main.to;
  const end = state.doc.length;
  // The line of the caret is not empty any more, even when it is the last one.
  const onLast = at >= state.doc.line(state.doc.lines).from;
  const last = state.doc.line(state.doc.lines).text || (onLast ? "[" : "");
  const gap = gapBeforeNotes(state.doc, last);
  const reference = `[^${label}]`;
  const note = `${gap}[^${label}]: `;
  const after = last === "" ? "\n" : "";
  view.dispatch({
    changes: [
      { from: at, insert: reference },
      { from: end, insert: note + after },
    ],
    selection: { anchor: end + reference.length + note.length },
    userEvent: "input.footnote",
    scrollIntoView: true,
  });
  return true;
};

/** Puts an empty table below the line of the caret, its head among the rows; the caret goes into its first cell. */
export function insertTable(rows: number, columns: number): Command {
  return (view) => insertBlock(view, emptyTable(rows, columns), 2);
}

/** Puts a rule below the line of the caret. */
export const insertRule: Command = (view) => insertBlock(view, "---\n", 4);

/** The kinds of alerts, the mildest first. */
export const alertKinds = ["note", "tip", "important", "warning", "caution"] as const;

/** Puts an alert of a kind below the line of the caret. */
export function insertAlert(kind: (typeof alertKinds)[number]): Command {
  const block = `> [!${kind.toUpperCase()}]\n> `;
  return (view) => insertBlock(view, block, block.length);
}

/** Puts a block of code below the line of the caret. */
export const insertCodeBlock: Command = (view) => insertBlock(view, "```\n\n```", 4);

/** Puts an image at the caret; the selection becomes the words that stand for it, and the caret goes to its address. */
export const insertImage: Command = (view) => {
  const { state } = view;
  if (state.readOnly) return false;
  const spec = state.changeByRange((range) => {
    const insert = `![${state.sliceDoc(range.from, range.to)}]()`;
    const caret = EditorSelection.cursor(range.from + insert.length - 1);
    return { changes: { from: range.from, to: range.to, insert }, range: caret };
  });
  view.dispatch(state.update(spec, { userEvent: "input.image", scrollIntoView: true }));
  return true;
};

/** The first number that no footnote has. */
export function nextNote(state: EditorState): number {
  let highest = 0;
  for (const found of state.doc.toString().matchAll(/\[\^(\d{1,6})\]/g))
    highest = Math.max(highest, Number(found[1]));
  return highest + 1;
}

/** What goes between the end of a text and footnotes that come there; `last` is its last line. */
export function gapBeforeNotes(doc: Text, last = doc.line(doc.lines).text): string {
  const notes = /^\[\^[^\]]+\]:/;
  const before = doc.lines > 1 ? doc.line(doc.lines - 1).text : "";
  if (last === "") return before === "" || notes.test(before) ? "" : "\n";
  return notes.test(last) ? "\n" : "\n\n";
}

function insertBlock(view: Parameters<Command>[0], block: string, caret: number): boolean {
  const { state } = view;
  if (state.readOnly) return false;
  const line = state.doc.lineAt(state.selection.main.head);
  const next = line.number < state.doc.lines ? state.doc.line(line.number + 1).text : "";
  const before =
    line.text.trim() === ""
      ? line.number > 1 && state.doc.line(line.number - 1).text.trim() !== ""
        ? "\n"
        : ""
      : "\n\n";
  const after = next.trim() === "" ? "" : "\n";
  view.dispatch({
    changes: { from: line.to, insert: before + block + after },
    selection: { anchor: line.to + before.length + caret },
    userEvent: "input.block",
    scrollIntoView: true,
  });
  return true;
}
