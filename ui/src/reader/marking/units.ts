// Places in the words of the article on the sheet, counted as `edito_prose::reading_text` counts them: code units of
// UTF-16 that are no blank of ASCII, without the marks of notes. Blanks between blocks differ on the two sides; words don't.

/** The words of the article as the page holds them. */
export interface Units {
  /** How many units there are. */
  readonly total: number;
  /** The text nodes, in order, each with its first unit. */
  readonly nodes: readonly { node: Text; start: number }[];
  /** The unit at a boundary point of the tree; one within no word counts as the next word. */
  at(node: Node, offset: number): number;
  /** The range from one unit to another, the latter left out; null where there are no such words. */
  range(start: number, end: number): Range | null;
}

/** Counts the words of `root` as they are now. */
export function unitsOf(root: HTMLElement): Units {
  const nodes: { node: Text; start: number }[] = [];
  let total = 0;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const count = countWords(node.nodeValue ?? "");
    if (node.parentElement?.closest(NOTE_MARKS)) continue;
    nodes.push({ node: node as Text, start: total });
    total += count;
  }

  function indexAt(unit: number): number {
    let low = 0;
    let high = nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((nodes[middle]?.start ?? 0) <= unit) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  return {
    total,
    nodes,
    at(node, offset) {
      const point = document.createRange();
      point.setStart(node, offset);
      point.collapse(true);
      for (const { node: text, start } of nodes) {
        if (text === node) return start + countWords((text.nodeValue ?? "").slice(0, offset));
        if (point.comparePoint(text, 0) >= 0) return start;
      }
      return total;
    },
    range(start, end) {
      if (start >= end || end > total) return null;
      const first = nodes[indexAt(start)];
      const last = nodes[indexAt(end - 1)];
      if (!first || !last) return null;
      const range = document.createRange();
      range.setStart(first.node, offsetOf(first.node.nodeValue ?? "", start - first.start));
      range.setEnd(last.node, offsetOf(last.node.nodeValue ?? "", end - 1 - last.start) + 1);
      return range;
    },
  };
}

const NOTE_MARKS = ".footnote-ref, .footnote-back";

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13 && code !== 11);
}

function countWords(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) if (!isBlank(text.charCodeAt(at))) count += 1;
  return count;
}

/** Where in a text the character with this unit stands. */
function offsetOf(text: string, unit: number): number {
  let seen = -1;
  for (let at = 0; at < text.length; at++) {
    if (!isBlank(text.charCodeAt(at)) && ++seen === unit) return at;
  }
  return text.length;
}
