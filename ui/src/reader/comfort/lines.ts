// The lines of the text on the sheet: which one stands at a height, and which comes before and after it.
import { blockAt } from "../position";

/** A line of text, or a block that is looked at as one (a picture, a table), in pixels of the window. */
export interface Line {
  block: HTMLElement;
  top: number;
  bottom: number;
}

/** A box as the browser tells it. */
export type Box = { top: number; bottom: number; width: number };

/** The lines that boxes make: those that share more than half of the lower one's height stand on one line. */
export function joined(boxes: readonly Box[]): { top: number; bottom: number }[] {
  const lines: { top: number; bottom: number }[] = [];
  const sorted = boxes
    .filter((box) => box.width > 0 && box.bottom > box.top)
    .sort((a, b) => a.top - b.top || b.bottom - a.bottom);
  for (const { top, bottom } of sorted) {
    const line = lines[lines.length - 1];
    const shared = line ? Math.min(line.bottom, bottom) - Math.max(line.top, top) : 0;
    const least = line ? Math.min(line.bottom - line.top, bottom - top) : 0;
    if (line && shared > least / 2) line.bottom = Math.max(line.bottom, bottom);
    else lines.push({ top, bottom });
  }
  return lines;
}

/** The line of `body` at height `y` of the window, else the next one below, else the last. */
export function lineAt(body: HTMLElement, y: number): Line | null {
  const block = blockAt(body, y) ?? lastBlock(body);
  if (!block) return null;
  const whole = wholeOf(block);
  const lines = linesOf(whole);
  return lines.find((line) => line.bottom > y) ?? lines[lines.length - 1] ?? null;
}

/** The line after `line`, or before it; null at the end of the text. */
export function neighbour(body: HTMLElement, line: Line, by: 1 | -1): Line | null {
  const lines = linesOf(line.block);
  const middle = (line.top + line.bottom) / 2;
  const at = lines.findIndex((one) => one.bottom > middle);
  const within = lines[(at < 0 ? lines.length - 1 : at) + by];
  if (within) return within;
  const next = blockBeside(body, line.block, by);
  if (!next) return null;
  const others = linesOf(next);
  return (by > 0 ? others[0] : others[others.length - 1]) ?? null;
}

/** The block before or after a block, as a whole. */
export function blockBeside(body: HTMLElement, block: HTMLElement, by: 1 | -1): HTMLElement | null {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_ELEMENT);
  walker.currentNode = block;
  for (;;) {
    const node = by > 0 ? walker.nextNode() : walker.previousNode();
    if (!(node instanceof HTMLElement)) return null;
    if (node.contains(block) || block.contains(node) || !node.hasAttribute("data-line")) continue;
    if (node.querySelector("[data-line]") && !node.matches(WHOLE)) continue;
    const whole = wholeOf(node);
    // What is not laid out yet, or is folded away, has no line to stand on.
    if (whole !== block && whole.getBoundingClientRect().height > 0) return whole;
  }
}

/** The box of a block, in pixels of the window. */
export function boxOf(block: HTMLElement): { top: number; bottom: number } {
  const { top, bottom } = block.getBoundingClientRect();
  return { top, bottom };
}

// Looked at as a whole, and not line by line.
const WHOLE = "table, .table, figure, pre, hr";

function wholeOf(block: HTMLElement): HTMLElement {
  return block.closest<HTMLElement>("figure, .table") ?? block.closest<HTMLElement>("table, pre") ?? block;
}

function linesOf(block: HTMLElement): Line[] {
  const boxes: { top: number; bottom: number }[] = block.matches(WHOLE) ? [] : joined(textBoxes(block));
  const lines = boxes.length > 0 ? boxes : [boxOf(block)];
  return lines.map((line) => ({ block, ...line }));
}

/** The boxes of the words alone: an element's own box may be higher than its lines. */
function textBoxes(block: HTMLElement): Box[] {
  const boxes: Box[] = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.nodeValue?.trim()) continue;
    range.selectNodeContents(node);
    boxes.push(...range.getClientRects());
  }
  return boxes;
}

function lastBlock(body: HTMLElement): HTMLElement | null {
  const all = body.querySelectorAll<HTMLElement>("[data-line]");
  return all[all.length - 1] ?? null;
}
