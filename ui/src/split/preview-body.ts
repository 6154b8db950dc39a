// The blocks of a preview: only what is new is put in, a long text bit by bit.
import type { PreviewBlocks } from "@/backend";
import { hideTitle, nameParts, type PartNames } from "@/reader/article-body";
import { articleFragment } from "@/reader/insert";
import { inOrder, lastAt } from "./heights";

/** The blocks of a text as it will look. */
export type PreviewBody = {
  /** Takes over how the text comes out of the one before. */
  update: (blocks: readonly PreviewBlocks[], lines: readonly number[], title: string) => void;
  /** How many blocks stand in the order of their lines. */
  count: () => number;
  /** The block with an index among these. */
  block: (index: number) => HTMLElement | undefined;
  /** The line of the text at which it begins. */
  lineOf: (index: number) => number;
  /** The last of these that begins at or before a line; -1 before all of them. */
  at: (line: number) => number;
  /** The line that an element of a block names, or that of the block. */
  lineAt: (element: Element) => number | null;
  destroy: () => void;
};

/** Blocks whose HTML is no longer than this are put in at once: it takes a part of a frame. */
const atOnce = 60_000;
/** Milliseconds of a frame that putting in may take. */
const framePart = 6;
/** From so many blocks on, or so many characters, those that are far from what is seen are not laid out. */
const longFrom = { blocks: 240, characters: 120_000 };

/** Takes over an element; `filled` is called when blocks came in later. */
export function previewBody(
  body: HTMLElement,
  scroller: HTMLElement,
  names: () => PartNames,
  filled: () => void,
): PreviewBody {
  let elements: HTMLElement[] = [];
  let lines: readonly number[] = [];
  let order: number[] = [];
  /** The HTML of blocks that are not there yet, by what keeps their place. */
  const waiting = new Map<HTMLElement, string>();
  let frame = 0;

  function made(html: readonly string[]): HTMLElement[] {
    const fragment = articleFragment(html.join("\n"));
    nameParts(fragment, names());
    const found = [...fragment.children].filter((one): one is HTMLElement => one instanceof HTMLElement);
    // Every block is one element. Should one be read as more, its place is kept all the same.
    return found.length === html.length ? found : html.map(holding);
  }

  function holding(html: string): HTMLElement {
    const fragment = articleFragment(html);
    nameParts(fragment, names());
    const only = fragment.firstElementChild;
    if (only instanceof HTMLElement && fragment.children.length === 1) return only;
    const holder = document.createElement("div");
    holder.append(fragment);
    return holder;
  }

  /** Keeps the place of a block: about as high as it will be, 66 characters a line. */
  function placeFor(html: string): HTMLElement {
    const place = document.createElement("div");
    place.style.blockSize = `${String(heightOf(html))}px`;
    waiting.set(place, html);
    return place;
  }

  function heightOf(html: string): number {
    const size = Number.parseFloat(getComputedStyle(body).fontSize) || 17;
    return Math.round((html.length / 80 + 1) * size * 1.6);
  }

  function fillNext(): void {
    frame = 0;
    const start = performance.now();
    const top = scroller.getBoundingClientRect().top;
    while (waiting.size > 0 && performance.now() - start < framePart) {
      // From what is seen on, then what is above it.
      const seen = lastAt(elements.length, (index) => elements[index]?.getBoundingClientRect().top ?? 0, top);
      const index = nextWaiting(Math.max(0, seen));
      if (index < 0) break;
      const batch: number[] = [];
      for (let at = index; at < elements.length && batch.length < 24; at++) {
        const element = elements[at];
        if (element && waiting.has(element)) batch.push(at);
        else break;
      }
      const html = batch.map((at) => waiting.get(elements[at] as HTMLElement) ?? "");
      made(html).forEach((block, number) => {
        const at = batch[number] as number;
        const place = elements[at] as HTMLElement;
        waiting.delete(place);
        block.style.containIntrinsicBlockSize = `auto ${place.style.blockSize}`;
        place.replaceWith(block);
        elements[at] = block;
      });
    }
    filled();
    if (waiting.size > 0) frame = requestAnimationFrame(fillNext);
  }

  function nextWaiting(from: number): number {
    const isWaiting = (element: HTMLElement): boolean => waiting.has(element);
    const after = elements.slice(from).findIndex(isWaiting);
    return after >= 0 ? from + after : elements.findIndex(isWaiting);
  }

  return {
    update(blocks, at, title) {
      const length = blocks.reduce(
        (sum, part) => (part.kind === "new" ? part.html.reduce((all, html) => all + html.length, sum) : sum),
        0,
      );
      const next = blocks.flatMap((part) => {
        if (part.kind === "kept") return elements.slice(part.from, part.from + part.count);
        return length > atOnce ? part.html.map(placeFor) : made(part.html);
      });
      const kept = new Set(next);
      for (const element of elements) {
        if (kept.has(element)) continue;
        waiting.delete(element);
        element.remove();
      }
      let before: ChildNode | null = body.firstChild;
      for (const element of next) {
        if (element === before) before = element.nextSibling;
        else body.insertBefore(element, before);
      }
      elements = next;
      lines = at;
      order = inOrder(at);
      body.classList.toggle(
        "long",
        elements.length > longFrom.blocks || (body.textContent?.length ?? 0) > longFrom.characters,
      );
      body.querySelector(":scope > h1.title")?.classList.remove("title");
      hideTitle(body, title);
      if (waiting.size > 0 && frame === 0) fillNext();
    },
    count: () => order.length,
    block: (index) => elements[order[index] ?? -1],
    lineOf: (index) => lines[order[index] ?? -1] ?? 1,
    at: (line) => lastAt(order.length, (index) => lines[order[index] ?? -1] ?? 1, line),
    lineAt(element) {
      const index = elements.findIndex((block) => block.contains(element));
      const line = lines[index];
      if (line === undefined) return null;
      const inner = element.closest("[data-line]");
      const away = inner && elements[index]?.contains(inner) ? Number(inner.getAttribute("data-line")) : 0;
      return line + (Number.isFinite(away) ? away : 0);
    },
    destroy() {
      cancelAnimationFrame(frame);
      waiting.clear();
    },
  };
}
