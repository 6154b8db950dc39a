// Places in the words of the article on the sheet, counted as `edito_prose::sheet_text` counts them: code units of UTF-16
// that are no blank of ASCII, without the marks of notes; title and standfirst come first. Blanks between blocks differ
// on the two sides; words don't.

/** The words of the article as the page holds them. */
export interface Units {
  /** How many units there are. */
  readonly total: number;
  /** The text nodes, in order, each with its first unit. */
  readonly nodes: readonly { node: Text; start: number }[];
  /** The unit at a boundary point of the tree; one within no word counts as the next word. */
  at(node: Node, offset: number): number;
  /** The first unit of each of the elements whose words are counted. */
  readonly parts: readonly number[];
  /** The range from one unit to another, the latter left out; null where there are no such words. */
  range(start: number, end: number): Range | null;
  /** The same, one range for each element: what stands between two of them is left out. */
  ranges(start: number, end: number): Range[];
}

/** Counts the words of elements as they are now, one after the other. */
export function unitsOf(...roots: HTMLElement[]): Units {
  const nodes: { node: Text; start: number }[] = [];
  const parts: number[] = [];
  let total = 0;
  for (const root of roots) {
    parts.push(total);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const count = countWords(node.nodeValue ?? "");
      if (node.parentElement?.closest(NO_WORDS)) continue;
      nodes.push({ node: node as Text, start: total });
      total += count;
    }
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

  const range = (start: number, end: number): Range | null => {
    if (start >= end || end > total) return null;
    const first = nodes[indexAt(start)];
    const last = nodes[indexAt(end - 1)];
    if (!first || !last) return null;
    const found = document.createRange();
    found.setStart(first.node, offsetOf(first.node.nodeValue ?? "", start - first.start));
    found.setEnd(last.node, offsetOf(last.node.nodeValue ?? "", end - 1 - last.start) + 1);
    return found;
  };

  return {
    total,
    nodes,
    parts,
    range,
    ranges(start, end) {
      return parts.flatMap((first, index) => {
        const part = range(Math.max(start, first), Math.min(end, parts[index + 1] ?? total));
        return part && end <= total ? [part] : [];
      });
    },
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
  };
}

/** The marks of notes; and a heading that only repeats the title, which is not shown. */
const NO_WORDS = ".footnote-ref, .footnote-back, .reading-body h1.title";

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
