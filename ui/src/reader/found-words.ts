import { hasHighlights, highlight } from "./highlights";

/**
 * Shows the words that were searched for in an article that search opened, and steps from one to the next.
 * The engine's own highlights are used where there are any (nothing in the article's tree changes), `mark` elements elsewhere.
 */
export interface FoundWords {
  readonly count: number;
  /** 0-based; -1 before the first step. */
  readonly current: number;
  /** Goes to the next word (1) or the one before (-1), around the ends, and returns its range. */
  step(direction: 1 | -1): Range | null;
  /** Goes to the first word at or after `y` pixels of the window, and returns its range. */
  startFrom(y: number): Range | null;
  /** Takes the marks away. */
  clear(): void;
}

/** Position of a found word in a text, in UTF-16 code units. */
export interface WordMatch {
  start: number;
  end: number;
}

/** Marks the words of `root` that match one of `searched`. */
export function showFoundWords(root: HTMLElement, searched: readonly string[]): FoundWords {
  const ranges = rangesOf(root, searched);
  return hasHighlights() ? withHighlights(ranges) : withMarks(ranges);
}

/** Where the words of `searched` stand in `text`, as the library's search would have found them: case, accents, ligatures and endings aside. */
export function matchWords(text: string, searched: readonly string[]): WordMatch[] {
  const wanted = searched.map(fold).filter((word) => word !== "");
  const matches: WordMatch[] = [];
  if (wanted.length === 0) return matches;
  for (const match of text.matchAll(WORD)) {
    const folded = fold(match[0]);
    if (wanted.some((word) => alike(folded, word))) {
      matches.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  return matches;
}

/** A word without case, accents, ligatures, Arabic marks and letter forms; the page's counterpart of the library's folding. */
export function fold(word: string): string {
  return word
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\u0640]/gu, "")
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/ß/g, "ss")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه");
}

const MOST = 2000;
const FOUND = "edito-found";
const CURRENT = "edito-found-current";
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u0640]*/gu;

/** A searched word is found as it is, as the beginning of another, or with another ending of the same stem. */
function alike(folded: string, wanted: string): boolean {
  if (folded.startsWith(wanted)) return true;
  const stem = stemOf(wanted);
  return stem.length >= 4 && folded.length <= stem.length + 4 && stemOf(folded) === stem;
}

function stemOf(folded: string): string {
  return folded.replace(/(?:issements?|ements?|ments?|ations?|ing|ies|ees|ed|es|er|ez|s|x|e|y)$/, "");
}

function rangesOf(root: HTMLElement, searched: readonly string[]): Range[] {
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && ranges.length < MOST; node = walker.nextNode()) {
    for (const { start, end } of matchWords(node.nodeValue ?? "", searched)) {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      ranges.push(range);
    }
  }
  return ranges.slice(0, MOST);
}

function withHighlights(ranges: Range[]): FoundWords {
  highlight(FOUND, ranges);
  return stepper(
    ranges.length,
    (index) => ranges[index] ?? null,
    (index) => {
      const range = ranges[index];
      if (range) highlight(CURRENT, [range]);
    },
    () => {
      highlight(FOUND, []);
      highlight(CURRENT, []);
    },
  );
}

function withMarks(ranges: Range[]): FoundWords {
  // From the end, so that splitting a text node leaves the positions of the words before it as they are.
  const marks = ranges
    .slice()
    .reverse()
    .map((range) => {
      const mark = document.createElement("mark");
      mark.className = "found";
      range.surroundContents(mark);
      return mark;
    })
    .reverse();
  return stepper(
    marks.length,
    (index) => {
      const mark = marks[index];
      if (!mark) return null;
      const range = document.createRange();
      range.selectNodeContents(mark);
      return range;
    },
    (index) => marks.forEach((mark, at) => mark.classList.toggle("current", at === index)),
    () => {
      for (const mark of marks) {
        const parent = mark.parentNode;
        mark.replaceWith(...mark.childNodes);
        parent?.normalize();
      }
    },
  );
}

function stepper(
  count: number,
  rangeAt: (index: number) => Range | null,
  paint: (index: number) => void,
  clear: () => void,
): FoundWords {
  let current = -1;
  function goTo(index: number): Range | null {
    if (count === 0) return null;
    current = (index + count) % count;
    paint(current);
    return rangeAt(current);
  }
  return {
    get count() {
      return count;
    },
    get current() {
      return current;
    },
    step: (direction) => goTo(current < 0 && direction < 0 ? count - 1 : current + direction),
    startFrom(y) {
      for (let index = 0; index < count; index++) {
        if ((rangeAt(index)?.getBoundingClientRect().bottom ?? 0) > y) return goTo(index);
      }
      return goTo(0);
    },
    clear,
  };
}
