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
  /** The last of these that begins at or above a height of the window; -1 above all of them. */
  atHeight: (y: number) => number;
  /** The line that an element of a block names, or that of the block. */
  lineAt: (element: Element) => number | null;
  destroy: () => void;
};

/** Blocks whose HTML is no longer than this are put in at once: it takes a part of a frame. */
const atOnce = 60_000;
/** Milliseconds of a frame that putting in may take. */
const framePart = 6;
/** From so many blocks on, or so many characters, a text is shown in slices: those far from what is seen are not laid out. */
const longFrom = { blocks: 240, characters: 120_000 };
/** Blocks of a slice. Few slices: the page looks at each of them in every frame. */
const inSlice = 48;

/** Takes over an element; `filled` is called when blocks came in later. */
export function previewBody(
  body: HTMLElement,
  scroller: HTMLElement,
  names: () => PartNames,
  filled: () => void,
): PreviewBody {
  let elements: HTMLElement[] = [];
  /** Where each stands among the elements. */
  let places = new Map<Element, number>();
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
      const { children } = body;
      const seen = lastAt(children.length, (index) => topOf(children[index]), top);
      const index = nextWaiting(Math.max(0, firstOf(children[Math.max(0, seen)])));
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
        place.replaceWith(block);
        elements[at] = block;
        places.delete(place);
        places.set(block, at);
      });
    }
    filled();
    if (waiting.size > 0) frame = requestAnimationFrame(fillNext);
  }

  /** The index of the first block of a slice, or of a block that stands by itself. */
  function firstOf(part: Element | undefined): number {
    return (
      places.get(part?.matches(".reading-slice") ? (part.firstElementChild ?? part) : (part ?? body)) ?? 0
    );
  }

  /** Puts blocks in that nothing was there before, in slices when they are many. */
  function fillWhole(blocks: readonly HTMLElement[], length: number): void {
    if (blocks.length <= longFrom.blocks && length <= longFrom.characters)
      return body.replaceChildren(...blocks);
    const slices: HTMLElement[] = [];
    for (let from = 0; from < blocks.length; from += inSlice) {
      const slice = document.createElement("div");
      slice.className = "reading-slice measured";
      const part = blocks.slice(from, from + inSlice);
      const height = part.reduce((sum, one) => sum + (Number.parseFloat(one.style.blockSize) || 40), 0);
      slice.style.containIntrinsicBlockSize = `auto ${String(height)}px`;
      slice.append(...part);
      slices.push(slice);
    }
    body.replaceChildren(...slices);
  }

  /** Takes out what does not stay, and puts what is new behind what it follows, into the same slice. */
  function change(next: readonly HTMLElement[]): void {
    const kept = new Set(next);
    const before = places;
    let last: HTMLElement | null = null;
    for (const element of next) {
      if (!before.has(element)) {
        if (last) last.after(element);
        else if (elements[0]) elements[0].before(element);
        else body.prepend(element);
      }
      last = element;
    }
    for (const element of elements) {
      if (kept.has(element)) continue;
      const slice = element.parentElement;
      waiting.delete(element);
      element.remove();
      if (slice && slice !== body && !slice.firstElementChild) slice.remove();
    }
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
      const stays = blocks.some(({ kind }) => kind === "kept");
      if (stays) change(next);
      else {
        // What waited for its turn is no more there.
        for (const element of elements) waiting.delete(element);
        fillWhole(next, length);
      }
      elements = next;
      places = new Map(next.map((element, index) => [element, index]));
      lines = at;
      order = inOrder(at);
      body.querySelector("h1.title")?.classList.remove("title");
      const start = body.firstElementChild;
      hideTitle(start?.matches(".reading-slice") ? start : body, title);
      if (waiting.size > 0 && frame === 0) fillNext();
    },
    count: () => order.length,
    block: (index) => elements[order[index] ?? -1],
    lineOf: (index) => lines[order[index] ?? -1] ?? 1,
    at: (line) => lastAt(order.length, (index) => lines[order[index] ?? -1] ?? 1, line),
    atHeight(y) {
      const { children } = body;
      const part = lastAt(children.length, (index) => topOf(children[index]), y);
      if (part < 0) return -1;
      // Within a slice alone: what is not laid out would have to be, to be asked.
      const first = lastAt(order.length, (index) => order[index] ?? 0, firstOf(children[part]) - 1) + 1;
      const next = children[part + 1];
      const end = next
        ? lastAt(order.length, (index) => order[index] ?? 0, firstOf(next) - 1) + 1
        : order.length;
      return first + lastAt(end - first, (index) => topOf(elements[order[first + index] ?? -1]), y);
    },
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

function topOf(element: Element | undefined): number {
  return element?.getBoundingClientRect().top ?? 0;
}
