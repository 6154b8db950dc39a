// The sections of a text: a heading with everything below it, up to the next heading of its level or a higher one.
import { isolateHistory } from "@codemirror/commands";
import { syntaxTree } from "@codemirror/language";
import type { EditorState, TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { SyntaxNode, Tree } from "@lezer/common";

/** A heading of the text. */
export type Heading = {
  /** From 1 to 6. */
  level: number;
  /** Its words, without marks. */
  text: string;
  /** Where its first line begins. */
  from: number;
  /** Whether it is underlined (`===`), and not marked with `#`. */
  underlined: boolean;
};

/** The headings of a text, in order; those in lists and quotations head no section. */
export function headingsOf(state: EditorState, tree: Tree = syntaxTree(state)): Heading[] {
  const headings: Heading[] = [];
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
    const found = /^(ATX|Setext)Heading(\d)$/.exec(node.name);
    if (!found) continue;
    headings.push({
      level: Number(found[2]),
      text: wordsOf(state, node).replace(/\s+/g, " ").trim(),
      from: state.doc.lineAt(node.from).from,
      underlined: found[1] === "Setext",
    });
  }
  return headings;
}

/** The index of the heading whose section has a position; -1 before the first. */
export function headingAt(headings: readonly Heading[], position: number): number {
  return headings.findLastIndex(({ from }) => from <= position);
}

/** The index of the heading at which the section of another one ends; the number of headings when it is the last. */
export function endOfSection(headings: readonly Heading[], index: number): number {
  const level = headings[index]?.level ?? 0;
  const next = headings.findIndex((heading, i) => i > index && heading.level <= level);
  return next < 0 ? headings.length : next;
}

/** Where the last section ends: before the footnotes and addresses that the text ends with, which belong to all of it. */
export function endOfSections(
  state: EditorState,
  headings: readonly Heading[],
  tree: Tree = syntaxTree(state),
): number {
  const last = headings.at(-1)?.from ?? 0;
  let end = state.doc.length;
  for (let node = tree.topNode.lastChild; node && node.from > last; node = node.prevSibling) {
    if (node.name !== "FootnoteDefinition" && node.name !== "LinkReference") break;
    end = state.doc.lineAt(node.from).from;
  }
  return end;
}

/**
 * Where a section goes by one step up or down: the index of the heading that it comes to stand before (or the number of
 * headings), null when it goes no further. It passes the section beside it; at the end of the section that it stands
 * in, it goes over into the neighbour of that one. A step back leads to where it was.
 */
export function stepOf(headings: readonly Heading[], index: number, direction: -1 | 1): number | null {
  const own = headings[index];
  if (!own) return null;
  if (direction < 0) {
    const before = headings.slice(0, index).findLastIndex(({ level }) => level <= own.level);
    if (before < 0) return null;
    const sibling = headings[before]?.level === own.level;
    // Before the first heading of all, nothing could take it in.
    return sibling || before > 0 ? before : null;
  }
  const next = endOfSection(headings, index);
  const beside = headings[next];
  if (!beside) return null;
  if (beside.level === own.level) return endOfSection(headings, next);
  if (index === 0) return null;
  const inside = headings.findIndex((heading, i) => i > next && heading.level <= own.level);
  return inside < 0 ? headings.length : inside;
}

/**
 * Moves a section before the heading `before` (or behind the last section), as one change. The blank lines between
 * sections stay where they are, so that no other byte changes; one is added only where a heading would grow together
 * with what it comes to stand behind. Null when nothing would move, or when code or a comment that never ends would
 * swallow what comes behind.
 */
export function moveSection(
  state: EditorState,
  headings: readonly Heading[],
  index: number,
  before: number,
  tree: Tree = syntaxTree(state),
): TransactionSpec | null {
  const own = headings[index];
  const stop = endOfSection(headings, index);
  if (!own || state.readOnly || (before >= index && before <= stop)) return null;
  const end = endOfSections(state, headings, tree);
  const at = (heading: number): number => headings[heading]?.from ?? end;
  // Two neighbours change places: A from `a` to `b`, B from `b` to `c`.
  const [a, b, c] = before < index ? [at(before), own.from, at(stop)] : [own.from, at(stop), at(before)];
  const first = before < index ? headings[before] : own;
  const second = before < index ? own : headings[stop];
  if (!first || !second || (c === end && neverEnds(state, tree, c))) return null;
  const endOfA = endOfWords(state, a, b);
  const endOfB = endOfWords(state, b, c);
  const gap = state.sliceDoc(endOfA, b);
  const lastGap = state.sliceDoc(endOfB, c);
  const third = headings[before < index ? stop : before];
  const lead = second.underlined && a > 0 && state.doc.lineAt(a - 1).text.trim() !== "" ? "\n" : "";
  const blank = first.underlined || endsWithHtml(tree, endOfB) ? wantsBlank(gap) : "";
  // What ends the text and is in no section would grow together with the words before it as well.
  const joins = third ? third.underlined : end < state.doc.length;
  const tail = c < state.doc.length && (joins || endsWithHtml(tree, endOfA)) ? wantsBlank(lastGap) : "";
  const laid = state.doc.slice(b, endOfB);
  const insert = state
    .toText(lead)
    .append(laid)
    .append(state.toText(gap + blank));
  const added = lead.length + blank.length;
  const moved = (position: number): number => {
    if (position < a) return position;
    if (position <= endOfA) return position + insert.length;
    if (position < b) return a + lead.length + laid.length + position - endOfA;
    if (position <= endOfB) return a + lead.length + position - b;
    return position + added + tail.length;
  };
  const { anchor, head } = state.selection.main;
  const headingAfter = before < index ? a + lead.length : a + insert.length;
  return {
    changes: [
      { from: a, insert },
      { from: endOfA, to: endOfB },
      { from: endOfB, insert: tail },
    ],
    selection: { anchor: moved(anchor), head: moved(head) },
    effects: EditorView.scrollIntoView(headingAfter, { y: "nearest", yMargin: 60 }),
    annotations: isolateHistory.of("full"),
    userEvent: "move.section",
  };
}

function wordsOf(state: EditorState, node: SyntaxNode): string {
  let words = "";
  let at = node.from;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    words += state.sliceDoc(at, child.from);
    if (!/Mark$|^(?:URL|LinkTitle|LinkLabel|FootnoteReference)$/.test(child.name)) {
      // Of a link by name, the words that are shown.
      const hidden = child.name === "WikiLinkTarget" && child.nextSibling?.nextSibling;
      if (!hidden) words += wordsOf(state, child);
    }
    at = child.to;
  }
  return words + state.sliceDoc(at, node.to);
}

/** Where the last line that is not blank ends, of those from `from` to `to`. */
function endOfWords(state: EditorState, from: number, to: number): number {
  let line = state.doc.lineAt(to);
  if (line.from === to && to > from) line = state.doc.line(line.number - 1);
  while (line.from > from && line.text.trim() === "") line = state.doc.line(line.number - 1);
  return Math.min(line.to, to);
}

/** Whether the last block before a position is code, a comment or HTML that no line closes. */
function neverEnds(state: EditorState, tree: Tree, position: number): boolean {
  const block = tree.topNode.childBefore(position);
  if (block?.name === "FencedCode") return block.getChildren("CodeMark").length < 2;
  if (block?.name === "CommentBlock") return !state.sliceDoc(block.from, block.to).includes("-->");
  if (block?.name === "ProcessingInstructionBlock")
    return !state.sliceDoc(block.from, block.to).includes("?>");
  return (
    block?.name === "HTMLBlock" &&
    /^\s*<(?:script|pre|style|textarea)\b/i.test(state.sliceDoc(block.from, block.to))
  );
}

/** Whether a block of HTML ends there: only a blank line ends it. */
function endsWithHtml(tree: Tree, position: number): boolean {
  return tree.topNode.childBefore(position)?.name === "HTMLBlock";
}

function wantsBlank(gap: string): string {
  return gap.split("\n").length > 2 ? "" : "\n";
}
