// Keys that know what they are pressed on: a mark typed over a selection goes around it, Backspace behind the mark of a
// heading takes it off, Alt with the arrows moves an item of a list or a block past its neighbour.
import { ensureSyntaxTree } from "@codemirror/language";
import { type EditorState, type Extension, Prec } from "@codemirror/state";
import { type Command, EditorView, keymap } from "@codemirror/view";
import type { SyntaxNode } from "@lezer/common";
import { languageOfLine } from "./typing-rules";
import { isInCode } from "./where";

/** Moves the item or the block of the caret before the one above it. */
export const moveBlockUp: Command = (view) => moveBlock(view, -1);

/** Moves the item or the block of the caret behind the one below it. */
export const moveBlockDown: Command = (view) => moveBlock(view, 1);

/** The keys. */
export function smartKeys(): Extension {
  return [
    Prec.high(EditorView.inputHandler.of((view, from, to, text) => wrap(view, from, to, text))),
    Prec.high(
      keymap.of([
        { key: "Backspace", run: takeHeadingOff },
        { key: "Alt-ArrowUp", run: moveBlockUp },
        { key: "Alt-ArrowDown", run: moveBlockDown },
      ]),
    ),
  ];
}

/** What goes before and behind the words, by the sign that is typed. */
const pairs: Record<string, [string, string]> = {
  "*": ["*", "*"],
  _: ["_", "_"],
  "`": ["`", "`"],
  "[": ["[", "]"],
  "(": ["(", ")"],
  "«": ["«\u00a0", "\u00a0»"],
  "“": ["“", "”"],
  "~": ["~", "~"],
  "=": ["=", "="],
};

function wrap(view: EditorView, from: number, to: number, text: string): boolean {
  const { state } = view;
  const { main, ranges } = state.selection;
  if (main.empty || ranges.length > 1 || view.composing || state.readOnly) return false;
  if (from !== main.from || to !== main.to) return false;
  const words = state.sliceDoc(from, to);
  // Signs do not reach beyond a paragraph.
  if (words.trim() === "" || /\n\s*\n/.test(words)) return false;
  const quoted = text === '"' ? quotesFor(view, state, from) : null;
  const pair = quoted ?? pairs[text];
  if (!pair || (isInCode(state, from) && text !== "[" && text !== "(")) return false;
  const [open, close] = pair;
  view.dispatch({
    changes: [
      { from, insert: open },
      { from: to, insert: close },
    ],
    selection: { anchor: main.anchor + open.length, head: main.head + open.length },
    userEvent: "input.type",
    scrollIntoView: true,
  });
  return true;
}

function quotesFor(view: EditorView, state: EditorState, at: number): [string, string] {
  const lang = languageOfLine(state.doc.lineAt(at).text, view.contentDOM.lang);
  if (lang === "fr") return ["«\u00a0", "\u00a0»"];
  return lang === "en" ? ["“", "”"] : ['"', '"'];
}

const takeHeadingOff: Command = (view) => {
  const { state } = view;
  const { head, empty } = state.selection.main;
  if (state.readOnly || !empty) return false;
  const line = state.doc.lineAt(head);
  const mark = /^ {0,3}#{1,6}[ \t]+/.exec(line.text)?.[0];
  if (!mark || head !== line.from + mark.length || isInCode(state, head)) return false;
  view.dispatch({
    changes: { from: line.from, to: head },
    userEvent: "delete.backward",
    scrollIntoView: true,
  });
  return true;
};

type Span = { from: number; to: number };

function moveBlock(view: EditorView, direction: -1 | 1): boolean {
  const { state } = view;
  if (state.readOnly) return false;
  const { head } = state.selection.main;
  const found = blockAt(state, head);
  if (!found) return true;
  const { node, isItem } = found;
  const other = direction < 0 ? node.prevSibling : node.nextSibling;
  if (!other || (isItem ? other.name !== "ListItem" : other.name === "FrontMatter")) return true;
  const span = linesOf(state, node);
  const neighbour = linesOf(state, other);
  const [upper, lower] = direction < 0 ? [neighbour, span] : [span, neighbour];
  if (upper.to >= lower.from) return true;
  const text = ({ from, to }: Span): string => state.sliceDoc(from, to);
  let gap = state.sliceDoc(upper.to, lower.from);
  // Two blocks that stood line by line would become one.
  if (!isItem && !/\n\s*\n/.test(gap)) gap = "\n\n";
  let [first, second] = [text(lower), text(upper)];
  if (isItem) [first, second] = [withMark(first, markOf(second)), withMark(second, markOf(first))];
  const moved = direction < 0 ? first : second;
  const start = direction < 0 ? upper.from : upper.from + first.length + gap.length;
  const grown = isItem ? shift(markOf(text(span)), markOf(text(neighbour))) : 0;
  const anchor = start + Math.max(0, Math.min(moved.length, head - span.from + grown));
  view.dispatch({
    changes: { from: upper.from, to: lower.to, insert: first + gap + second },
    selection: { anchor },
    userEvent: "move.line",
    scrollIntoView: true,
  });
  return true;
}

/** The innermost item of a list, else the block, that a position is in; none in the front matter. */
function blockAt(state: EditorState, position: number): { node: SyntaxNode; isItem: boolean } | null {
  const line = state.doc.lineAt(position);
  const at = line.from + line.text.length - line.text.trimStart().length;
  const tree = ensureSyntaxTree(state, state.doc.length, 500);
  let node: SyntaxNode | null = tree ? tree.resolveInner(Math.min(at, line.to), 1) : null;
  for (; node?.parent; node = node.parent) {
    if (node.name === "ListItem") return { node, isItem: true };
    if (node.name === "FrontMatter") return null;
    if (node.parent.parent === null) return { node, isItem: false };
  }
  return null;
}

function linesOf(state: EditorState, node: SyntaxNode): Span {
  // A block may end with the line end before the next one.
  const end = state.sliceDoc(node.from, node.to).trimEnd().length;
  return { from: state.doc.lineAt(node.from).from, to: state.doc.lineAt(node.from + end).to };
}

const itemMark = /^(\s*)([-+*]|\d{1,9}[.)])/;

function markOf(item: string): string {
  return itemMark.exec(item)?.[2] ?? "";
}

/** How much longer a mark becomes that changes places with another one. */
function shift(own: string, other: string): number {
  return /\d/.test(own) && /\d/.test(other) ? other.length - own.length : 0;
}

/** An item with another mark, for numbers stay where they are; its further lines keep standing below its words. */
function withMark(item: string, mark: string): string {
  const own = markOf(item);
  if (!/\d/.test(own) || !/\d/.test(mark) || own === mark) return item;
  const [first = "", ...rest] = item.split("\n");
  const width = mark.length - own.length;
  const shifted = rest.map((line) => {
    if (line.trim() === "" || width === 0) return line;
    return width > 0 ? " ".repeat(width) + line : line.replace(new RegExp(`^ {0,${-width}}`), "");
  });
  return [first.replace(itemMark, `$1${mark}`), ...shifted].join("\n");
}
