/**
 * Where the reader is in an article: a block of the text, and how much of it has passed the top edge.
 * Pixels would be wrong after a change of text size, of window or of the text itself; a block survives all three.
 */
export interface Place {
  /** Line of the file where the block starts, 1-based (`data-line`). */
  line: number;
  /** Part of the block's height above the top edge, 0 to 1. */
  fraction: number;
  /** How the block's text begins; finds it again when lines were added above it. Empty when not known. */
  text: string;
}

/** A block as `locate` sees it. */
export interface BlockLike {
  line: number;
  text: string;
}

/** Index of the first of `count` boxes, in reading order, whose bottom lies below `y`; `count` when none does. */
export function firstBelow(count: number, bottomOf: (index: number) => number, y: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bottomOf(middle) > y) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The part of a box that lies above `y`, 0 to 1. */
export function fractionAbove(top: number, bottom: number, y: number): number {
  return bottom > top ? Math.min(1, Math.max(0, (y - top) / (bottom - top))) : 0;
}

/**
 * Index of the block that `place` names: the one with the same text that stands nearest to the old line, else the
 * last one that starts at or before the line, else the first. -1 when there are no blocks.
 */
export function locate(blocks: readonly BlockLike[], place: Place): number {
  let same = -1;
  let before = -1;
  blocks.forEach((block, index) => {
    if (place.text !== "" && block.text === place.text) {
      const nearest = blocks[same];
      if (!nearest || Math.abs(block.line - place.line) < Math.abs(nearest.line - place.line)) same = index;
    }
    const best = blocks[before];
    if (block.line <= place.line && (!best || block.line > best.line)) before = index;
  });
  if (same >= 0) return same;
  return before >= 0 ? before : blocks.length > 0 ? 0 : -1;
}

/** How far the reader is, 0 to 1: the part of the way from the top of the sheet to where the last line of text is in view. */
export function progressAt(scrollTop: number, viewHeight: number, endOfText: number): number {
  const way = endOfText - viewHeight;
  return way <= 0 ? 1 : Math.min(1, Math.max(0, scrollTop / way));
}

/** Whole minutes still to read; at least one while anything is left. */
export function minutesLeft(readingMinutes: number, progress: number): number {
  return progress >= 1 ? 0 : Math.max(1, Math.ceil(readingMinutes * (1 - progress)));
}

/** The place at height `y` of the window within `root`; null when `y` is above its first block or it has none. */
export function placeAt(root: Element, y: number): Place | null {
  const block = blockAt(root, y);
  if (!block) return null;
  const box = block.getBoundingClientRect();
  if (box.top > y && block === firstBlock(root)) return null;
  return placeIn(block, fractionAbove(box.top, box.bottom, y));
}

/** The place `fraction` (0 to 1) of the way through a block. */
export function placeIn(block: Element, fraction: number): Place {
  return { line: lineOf(block), fraction, text: beginning(block) };
}

/** The innermost block of `root` at height `y` of the window, or the next one below it. */
export function blockAt(root: Element, y: number): HTMLElement | null {
  let found: HTMLElement | null = null;
  let level: Element = root;
  for (;;) {
    const inside = [...level.children].filter(holdsBlock);
    const next = inside[firstBelow(inside.length, (index) => bottomOf(inside[index]), y)];
    if (!(next instanceof HTMLElement)) return found;
    if (next.hasAttribute("data-line")) found = next;
    level = next;
  }
}

/** The block of `root` that `place` names. */
export function blockOf(root: Element, place: Place): HTMLElement | null {
  const elements = innermostBlocks(root);
  const blocks = elements.map((element) => ({
    line: lineOf(element),
    text: place.text === "" ? "" : beginning(element),
  }));
  return elements[locate(blocks, place)] ?? null;
}

/** Scrolls `scroller` so that the point `fraction` of the way through `block` is at height `y` of the window. */
export function scrollToBlock(scroller: Element, block: Element, fraction: number, y: number): void {
  const box = block.getBoundingClientRect();
  const away = box.top + fraction * (box.bottom - box.top) - y;
  if (Math.abs(away) >= 0.5) scroller.scrollTop += away;
}

/** All blocks of `root` that hold no other block, in reading order. */
export function innermostBlocks(root: Element): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[data-line]")].filter(
    (element) => element.querySelector("[data-line]") === null,
  );
}

/** The line of the file where a block starts. */
export function lineOf(block: Element): number {
  return Number(block.getAttribute("data-line")) || 0;
}

function firstBlock(root: Element): Element | undefined {
  let first: Element | null = root.querySelector("[data-line]");
  for (let inner = first; inner; inner = inner.querySelector("[data-line]")) first = inner;
  return first ?? undefined;
}

function holdsBlock(element: Element): boolean {
  return element.hasAttribute("data-line") || element.querySelector("[data-line]") !== null;
}

function bottomOf(element: Element | undefined): number {
  return element?.getBoundingClientRect().bottom ?? 0;
}

const BEGINNING = 120;

function beginning(block: Element): string {
  return (block.textContent ?? "").trim().slice(0, BEGINNING);
}
