// Keys that know what they are pressed on: a mark typed over a selection goes around it, Backspace behind the mark of a
// heading takes it off, Alt with the arrows moves an item of a list or a block past its neighbour.
import { ensureSyntaxTree } from "@codemirror/language";
import { type EditorState, type Extension, Prec } from "@codemirror/state";
import { type Command, EditorView, keymap } from "@codemirror/view";
import type { SyntaxNode } from "@lezer/common";
import { declaredAt } from "./declared";
import { articleParser } from "./language";
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
  const lang = languageOfLine(state.doc.lineAt(at).text, view.contentDOM.lang, declaredAt(state, at));
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
  let [first, second] = [text(lower), text(upper)];
  if (isItem) [first, second] = [withMark(first, markOf(second)), withMark(second, markOf(first))];
  const gaps = gapsThatHold(
    state,
    node,
    { from: upper.from, to: lower.to },
    (gaps) => joined(first, second, gaps),
    {
      before: "",
      // Two blocks that stood line by line would become one.
      between: isItem
        ? state.sliceDoc(upper.to, lower.from)
        : blankLine(state.sliceDoc(upper.to, lower.from)),
      behind: "",
    },
  );
  if (!gaps) return true;
  const moved = direction < 0 ? first : second;
  const start = upper.from + gaps.before.length + (direction < 0 ? 0 : first.length + gaps.between.length);
  const grown = isItem ? shift(markOf(text(span)), markOf(text(neighbour))) : 0;
  const anchor = start + Math.max(0, Math.min(moved.length, head - span.from + grown));
  view.dispatch({
    changes: { from: upper.from, to: lower.to, insert: joined(first, second, gaps) },
    selection: { anchor },
    userEvent: "move.line",
    scrollIntoView: true,
  });
  return true;
}

/** What stands before two blocks, between them and behind them. */
type Gaps = { before: string; between: string; behind: string };

function joined(first: string, second: string, { before, between, behind }: Gaps): string {
  return before + first + between + second + behind;
}

function blankLine(gap: string): string {
  return /\n\s*\n/.test(gap) ? gap : "\n\n";
}

/**
 * The gaps with which every block around stays what it is, more of them blank lines where it takes some; nothing where none do,
 * for a block that nothing ends, say.
 */
function gapsThatHold(
  state: EditorState,
  node: SyntaxNode,
  { from, to }: Span,
  made: (gaps: Gaps) => string,
  least: Gaps,
): Gaps | null {
  let block = node;
  while (block.parent?.parent) block = block.parent;
  // Two blocks change places: both have theirs around.
  const before = siblings(block, -1);
  const behind = siblings(block, 1);
  const around = { from: state.doc.lineAt(before.from).from, to: state.doc.lineAt(behind.to).to };
  const lead = state.sliceDoc(around.from, from);
  const rest = state.sliceDoc(to, around.to);
  const wanted = blocksIn(state.sliceDoc(around.from, around.to));
  // A rule at the very beginning would begin front matter.
  const begins = (text: string): boolean => from === 0 && /^(?:---|\+\+\+)[ \t]*\n/.test(text);
  const holds = (gaps: Gaps): boolean => !begins(made(gaps)) && blocksIn(lead + made(gaps) + rest) === wanted;
  const more = {
    before: lead === "" && from > 0 ? "" : "\n",
    between: blankLine(least.between),
    behind: rest === "" ? "" : "\n",
  };
  const tried = [
    least,
    { ...least, before: more.before },
    { ...least, behind: more.behind },
    { ...least, before: more.before, behind: more.behind },
    more,
  ];
  return tried.find(holds) ?? null;
}

/** The block as far as two places before or behind a block, without the front matter. */
function siblings(block: SyntaxNode, by: -1 | 1): SyntaxNode {
  let last = block;
  for (let step = 0; step < 2; step++) {
    const next = by < 0 ? last.prevSibling : last.nextSibling;
    if (!next || next.name === "FrontMatter") break;
    last = next;
  }
  return last;
}

/** The blocks of a part of an article that have words of their own, by kind and words, in no order. */
function blocksIn(text: string): string {
  const blocks: string[] = [];
  // What begins with a rule is no front matter here.
  const source = `\n${text}`;
  articleParser.parse(source).iterate({
    enter: (block) => {
      if (!block.type.is("LeafBlock")) return;
      const kinds = [block.name];
      for (let up = block.node.parent; up; up = up.parent) kinds.push(up.name);
      const words = source
        .slice(block.from, block.to)
        .trimEnd()
        .replace(/\n[ \t]*/g, "\n");
      blocks.push(`${kinds.join(" ")}: ${words}`);
      return false;
    },
  });
  return blocks.sort().join("\0");
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
