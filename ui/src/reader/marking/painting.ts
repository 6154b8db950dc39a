/**
 * Paints marked passages on the article. The engine's own highlights are used where there are any (nothing in the
 * article's tree changes); elsewhere the words are put in `mark` elements, which are taken away again.
 */
import type { Colour } from "@/backend";
import { hasHighlights, highlight } from "../highlights";

/** A passage to be painted. */
export interface Painted {
  id: string;
  colour: Colour;
  range: Range;
}

/** The colours, in the order of their keys. */
export const colours: readonly Colour[] = ["yellow", "green", "blue", "red"];

/** Paints these passages, and nothing else any more; the function it returns takes them away. */
export function paint(passages: readonly Painted[]): () => void {
  return hasHighlights() ? withHighlights(passages) : withMarks(passages);
}

/** Shows which passage is meant: that of the card that the reader points at; with no ranges, none. */
export function paintCurrent(ranges: readonly Range[]): void {
  if (hasHighlights()) highlight(CURRENT, ranges);
}

const CURRENT = "edito-mark-current";

function withHighlights(passages: readonly Painted[]): () => void {
  for (const colour of colours) {
    highlight(
      `edito-mark-${colour}`,
      passages.filter((one) => one.colour === colour).map(({ range }) => range),
    );
  }
  return () => {
    for (const colour of colours) highlight(`edito-mark-${colour}`, []);
    highlight(CURRENT, []);
  };
}

function withMarks(passages: readonly Painted[]): () => void {
  const marks: HTMLElement[] = [];
  for (const { id, colour, range } of passages) {
    for (const node of textsOf(range)) {
      const start = node === range.startContainer ? range.startOffset : 0;
      const end = node === range.endContainer ? range.endOffset : node.length;
      if (start >= end || (node.nodeValue ?? "").slice(start, end).trim() === "") continue;
      const part = document.createRange();
      part.setStart(node, start);
      part.setEnd(node, end);
      const mark = document.createElement("mark");
      mark.className = `marked ${colour}`;
      mark.dataset.highlight = id;
      part.surroundContents(mark);
      marks.push(mark);
    }
  }
  return () => {
    for (const mark of marks) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent?.normalize();
    }
  };
}

function textsOf(range: Range): Text[] {
  const root = range.commonAncestorContainer;
  if (root.nodeType === Node.TEXT_NODE) return [root as Text];
  const texts: Text[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (range.intersectsNode(node)) texts.push(node as Text);
  }
  return texts;
}
