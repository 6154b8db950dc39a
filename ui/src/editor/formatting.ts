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
import { type Part, partsOf, withoutBlanks } from "./marked-parts";

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
  return range.empty ? toggleAtCaret(state, range, name, mark) : toggleParts(state, range, name, mark);
}

function toggleAtCaret(state: EditorState, range: SelectionRange, name: string, mark: string): Toggled {
  const marks = marksAround(state, range, name);
  if (marks) return replaced(state, range, marks);
  const width = mark.length;
  const between =
    state.sliceDoc(range.from - width, range.from) === mark &&
    state.sliceDoc(range.to, range.to + width) === mark;
  if (between) return replaced(state, range, [{ from: range.from - width, to: range.to + width }]);
  const word = state.wordAt(range.head);
  const { from, to } = word && word.from < range.head && word.to > range.head ? word : range;
  const changes = [
    { from, insert: mark },
    { from: to, insert: mark },
  ];
  return { changes, range: EditorSelection.cursor(range.from + width) };
}

/** Each part of the selection has its own marks; they are taken off only where all of it has them. */
function toggleParts(state: EditorState, range: SelectionRange, name: string, mark: string): Toggled {
  const found = partsOf(state, range);
  // In code and the like the signs are only signs.
  const parts = found.length > 0 ? found : [withoutBlanks(state, range) ?? range];
  const marked = parts.map((part) => marksAround(state, part, name));
  if (marked.every((marks) => marks !== null)) return replaced(state, range, marked.flat());
  const changes = parts.flatMap((part, index) =>
    marked[index] !== null
      ? []
      : [
          { from: part.from, insert: mark },
          ...marksWithin(state, part, name),
          { from: part.to, insert: mark },
        ],
  );
  const set = state.changes(changes);
  const [from = range.from, to = range.to] = [parts[0]?.from, parts.at(-1)?.to];
  return { changes: set, range: EditorSelection.range(set.mapPos(from, 1), set.mapPos(to, -1)) };
}

/** The marks of what a part of the text lies in, if it does. */
function marksAround(state: EditorState, part: Part, name: string): Part[] | null {
  const node = enclosing(state, part, name);
  return node && marksOf(node);
}

/** The marks of what lies in a part of the text: it would not be marked as a whole with them. */
function marksWithin(state: EditorState, { from, to }: Part, name: string): Part[] {
  const marks: Part[] = [];
  syntaxTree(state).iterate({
    from,
    to,
    enter: (node) => {
      if (node.name === name && node.from >= from && node.to <= to) marks.push(...(marksOf(node.node) ?? []));
    },
  });
  return marks.sort((a, b) => a.from - b.from);
}

function marksOf(node: SyntaxNode): Part[] | null {
  const first = node.firstChild;
  const last = node.lastChild;
  return first && last && first !== last ? [first, last].map(({ from, to }) => ({ from, to })) : null;
}

function replaced(state: EditorState, range: SelectionRange, changes: readonly Part[]): Toggled {
  // Two parts may lie in the same marks.
  const once = changes.filter(({ from }, index) => changes.findIndex((one) => one.from === from) === index);
  const set = state.changes(once);
  return { changes: set, range: EditorSelection.range(set.mapPos(range.anchor), set.mapPos(range.head)) };
}

function enclosing(state: EditorState, range: Part, name: string): SyntaxNode | null {
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
