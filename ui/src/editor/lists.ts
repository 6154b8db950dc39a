// Lists and quotations go on with Enter, end with Enter or Backspace, and nest with Tab and Shift-Tab.
import { deleteMarkupBackward, insertNewlineContinueMarkupCommand } from "@codemirror/lang-markdown";
import { syntaxTree } from "@codemirror/language";
import type { ChangeSpec, EditorState, Extension, Line } from "@codemirror/state";
import { Prec } from "@codemirror/state";
import { type Command, keymap } from "@codemirror/view";

const newline = insertNewlineContinueMarkupCommand({ nonTightLists: false });
const emptyMark = /^(?:(?:[-+*]|\d{1,9}[.)])(?:\s+\[[ xX]\])?|>)\s*$/;
const item = /^(\s*)((?:[-+*]|\d{1,9}[.)])\s+)/;

/** Moves the list items of the selected lines one level deeper, below the item before them. */
export const nestItems: Command = (view) => changeItems(view, deeper);

/** Moves the list items of the selected lines one level out. */
export const unnestItems: Command = (view) => changeItems(view, outer);

/**
 * Ends a list or a quotation at its empty last line, and leaves a blank line: without it, what is typed next would
 * still belong to the list.
 */
const endBlock: Command = (view) => {
  const { state } = view;
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  if (
    state.readOnly ||
    !main.empty ||
    main.head !== line.to ||
    !emptyMark.test(line.text) ||
    line.number === 1
  )
    return false;
  if (state.doc.line(line.number - 1).text.trim() === "") return false;
  if (syntaxTree(state).resolveInner(line.from, 1).name === "FrontMatter") return false;
  view.dispatch({
    changes: { from: line.from, to: line.to, insert: "\n" },
    selection: { anchor: line.from + 1 },
    userEvent: "input",
    scrollIntoView: true,
  });
  return true;
};

/** The keys of lists and quotations. */
export function lists(): Extension {
  return Prec.high(
    keymap.of([
      { key: "Enter", run: endBlock },
      { key: "Enter", run: newline },
      { key: "Backspace", run: deleteMarkupBackward },
      { key: "Tab", run: nestItems, shift: unnestItems },
    ]),
  );
}

function changeItems(
  view: Parameters<Command>[0],
  change: (state: EditorState, line: Line) => ChangeSpec | null,
): boolean {
  const { state } = view;
  if (state.readOnly) return false;
  const lines = selectedLines(state);
  // Outside lists Tab keeps its meaning: the next thing on the page.
  if (!lines.some((line) => item.test(line.text))) return false;
  const changes = lines.flatMap((line) => (item.test(line.text) ? (change(state, line) ?? []) : []));
  if (changes.length) view.dispatch({ changes, userEvent: "input.indent" });
  return true;
}

function deeper(state: EditorState, line: Line): ChangeSpec | null {
  const indent = indentOf(line.text);
  let begins = true;
  for (let number = line.number - 1; number > 0; number--) {
    const before = state.doc.line(number);
    const found = item.exec(before.text);
    if (!found) {
      if (before.text.trim() === "" || indentOf(before.text) > indent) continue;
      return null;
    }
    const own = (found[1] ?? "").length;
    if (own > indent) {
      begins = false;
      continue;
    }
    if (own < indent) return null;
    const spaces = { from: line.from, insert: " ".repeat((found[2] ?? "").trimEnd().length + 1) };
    // A list within an item counts from one.
    const counted = begins ? /^\s*(\d+)/.exec(line.text) : null;
    if (!counted) return spaces;
    const to = line.from + counted[0].length;
    return [spaces, { from: to - (counted[1] ?? "").length, to, insert: "1" }];
  }
  return null;
}

function outer(state: EditorState, line: Line): ChangeSpec | null {
  const indent = indentOf(line.text);
  if (indent === 0) return null;
  for (let number = line.number - 1; number > 0; number--) {
    const found = item.exec(state.doc.line(number).text);
    const own = found ? (found[1] ?? "").length : indent;
    if (own < indent) return { from: line.from, to: line.from + indent - own };
  }
  return { from: line.from, to: line.from + indent };
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function selectedLines(state: EditorState): Line[] {
  const lines: Line[] = [];
  for (const range of state.selection.ranges) {
    for (let at = range.from; at <= range.to;) {
      const line = state.doc.lineAt(at);
      if (lines[lines.length - 1]?.number !== line.number) lines.push(line);
      at = line.to + 1;
    }
  }
  return lines;
}
