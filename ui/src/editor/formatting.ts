// Emphasis, headings and the other marks of Markdown, put on and taken off by a key.
import { syntaxTree } from "@codemirror/language";
import {
  type ChangeSpec,
  EditorSelection,
  type EditorState,
  type Extension,
  type Line,
  Prec,
  type SelectionRange,
} from "@codemirror/state";
import { type Command, keymap } from "@codemirror/view";
import type { SyntaxNode } from "@lezer/common";

/** Strong words: `**words**`. */
export const toggleStrong: Command = toggleMarks("StrongEmphasis", "**");
/** Words with emphasis: `*words*`. */
export const toggleEmphasis: Command = toggleMarks("Emphasis", "*");
/** Words struck out: `~~words~~`. */
export const toggleStrikethrough: Command = toggleMarks("Strikethrough", "~~");
/** Marked words: `==words==`. */
export const toggleMarked: Command = toggleMarks("Marked", "==");
/** Words of a program: `` `words` ``. */
export const toggleCode: Command = toggleMarks("InlineCode", "`");
/** The lines of the selection as a quotation, or no longer. */
export const toggleQuotation: Command = toggleLines(/^> ?/, () => "> ");
/** The lines of the selection as a list with bullets, or no longer. */
export const toggleBullets: Command = toggleLines(
  /^[-*+] (?!\[[ xX]\] )/,
  () => "- ",
  /^(?:\d+[.)] |[-*+] \[[ xX]\] )/,
);
/** The lines of the selection as a numbered list, or no longer. */
export const toggleNumbers: Command = toggleLines(
  /^\d+[.)] /,
  (index) => `${index + 1}. `,
  /^[-*+] (?:\[[ xX]\] )?/,
);
/** The lines of the selection as tasks, or no longer. */
export const toggleTasks: Command = toggleLines(/^[-*+] \[[ xX]\] /, () => "- [ ] ", /^(?:[-*+]|\d+[.)]) /);

/** Makes the selected lines headings of a level (1 to 6), or paragraphs (0, or when they are such headings already). */
export function setHeading(level: number): Command {
  return (view) => {
    const { state } = view;
    if (state.readOnly) return false;
    const lines = selectedLines(state).filter(
      (line) => line.text.trim() !== "" || state.selection.main.empty,
    );
    const mark = level ? `${"#".repeat(level)} ` : "";
    const already = mark !== "" && lines.every((line) => line.text.startsWith(mark));
    const changes = lines.map((line) => {
      const old = /^ {0,3}#{1,6}(?:[ \t]+|$)/.exec(line.text)?.[0].length ?? 0;
      return { from: line.from, to: line.from + old, insert: already ? "" : mark };
    });
    const set = state.changes(changes);
    // A caret before the mark comes after it, where the words of the heading are typed.
    view.dispatch({
      changes: set,
      selection: state.selection.map(set, 1),
      userEvent: "input.format",
      scrollIntoView: true,
    });
    return true;
  };
}

/** The keys of the marks. */
export function formatting(): Extension {
  return Prec.high(
    keymap.of([
      { key: "Mod-b", run: toggleStrong, preventDefault: true },
      { key: "Mod-i", run: toggleEmphasis, preventDefault: true },
      { key: "Mod-Shift-x", run: toggleStrikethrough },
      { key: "Mod-Shift-h", run: toggleMarked },
      { key: "Mod-Shift-m", run: toggleCode },
      { key: "Mod-Shift-9", run: toggleQuotation },
      { key: "Mod-Shift-8", run: toggleBullets },
      { key: "Mod-Shift-7", run: toggleNumbers },
      ...[0, 1, 2, 3, 4].map((level) => ({
        key: `Mod-${level}`,
        run: setHeading(level),
        preventDefault: true,
      })),
    ]),
  );
}

function toggleMarks(name: string, mark: string): Command {
  return (view) => {
    const { state } = view;
    if (state.readOnly) return false;
    const spec = state.changeByRange((range) => toggleRange(state, range, name, mark));
    view.dispatch(state.update(spec, { userEvent: "input.format", scrollIntoView: true }));
    return true;
  };
}

type Toggled = { range: SelectionRange; changes: ChangeSpec };

function toggleRange(state: EditorState, range: SelectionRange, name: string, mark: string): Toggled {
  const node = enclosing(state, range, name);
  if (node) {
    const first = node.firstChild;
    const last = node.lastChild;
    if (first && last && first !== last)
      return replaced(
        state,
        range,
        [first, last].map(({ from, to }) => ({ from, to })),
      );
  }
  const width = mark.length;
  const between =
    state.sliceDoc(range.from - width, range.from) === mark &&
    state.sliceDoc(range.to, range.to + width) === mark;
  if (range.empty && between)
    return replaced(state, range, [{ from: range.from - width, to: range.to + width }]);
  const { from, to } = words(state, range);
  const changes = [
    { from, insert: mark },
    { from: to, insert: mark },
  ];
  if (from === to) return { changes, range: EditorSelection.cursor(from + width) };
  if (range.empty) return { changes, range: EditorSelection.cursor(range.from + width) };
  return { changes, range: EditorSelection.range(from + width, to + width) };
}

function replaced(
  state: EditorState,
  range: SelectionRange,
  changes: { from: number; to: number }[],
): Toggled {
  const set = state.changes(changes);
  return { changes: set, range: EditorSelection.range(set.mapPos(range.anchor), set.mapPos(range.head)) };
}

/** The words to mark: the selection without the spaces at its ends, or the word at the caret. */
function words(state: EditorState, range: SelectionRange): { from: number; to: number } {
  if (range.empty) {
    const word = state.wordAt(range.head);
    return word && word.from < range.head && word.to > range.head ? word : range;
  }
  const text = state.sliceDoc(range.from, range.to);
  const from = range.from + text.length - text.trimStart().length;
  return from >= range.to ? range : { from, to: range.to - (text.length - text.trimEnd().length) };
}

function enclosing(state: EditorState, range: SelectionRange, name: string): SyntaxNode | null {
  for (const side of [1, -1] as const) {
    const at = side === 1 ? range.from : range.to;
    for (let node: SyntaxNode | null = syntaxTree(state).resolveInner(at, side); node; node = node.parent) {
      if (node.name === name && node.from <= range.from && node.to >= range.to) return node;
    }
  }
  return null;
}

function toggleLines(has: RegExp, mark: (index: number) => string, instead?: RegExp): Command {
  return (view) => {
    const { state } = view;
    if (state.readOnly) return false;
    const lines = selectedLines(state);
    const full = lines.filter((line) => line.text.trim() !== "");
    const chosen = full.length ? full : lines;
    const already = full.length > 0 && full.every((line) => has.test(line.text.trimStart()));
    const changes = chosen.map((line, index) => {
      const indent = line.text.length - line.text.trimStart().length;
      const rest = line.text.slice(indent);
      const old = (already ? has : instead)?.exec(rest)?.[0].length ?? 0;
      return { from: line.from + indent, to: line.from + indent + old, insert: already ? "" : mark(index) };
    });
    const set = state.changes(changes);
    view.dispatch({
      changes: set,
      selection: state.selection.map(set, 1),
      userEvent: "input.format",
      scrollIntoView: true,
    });
    return true;
  };
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
