// The body of the article on the sheet: inserted, in slices when it is long, and kept at the reader's place whatever changes around it.
import { articleFragment } from "./insert";
import { blockOf, innermostBlocks, lineOf, placeAt, progressAt, scrollToBlock, type Place } from "./position";

/** Words that are put on parts of the article which have none for a screen reader. */
export interface PartNames {
  table: string;
  code: string;
  notes: string;
  taskDone: string;
  taskOpen: string;
  zoom: (alt: string) => string;
}

/** Where the body stands, and who wants to hear of it. */
export interface BodyOptions {
  /** The element that scrolls. */
  scroller: HTMLElement;
  /** The element that the blocks are put in. */
  body: HTMLElement;
  names: PartNames;
  /** Called with the progress (0 to 1) and the place; `byReader` is false when only the layout changed. */
  moved: (progress: number, place: Place | null, byReader: boolean) => void;
}

/** The article on the sheet. */
export interface ArticleBody {
  /** Shows another text; `place` null shows its beginning. A first heading that only repeats `title` is not shown. */
  show(rendererHtml: string, place: Place | null, title?: string): void;
  /** The place at the top of the sheet; null at the very beginning. */
  place(): Place | null;
  /** Goes to a place, or to the beginning. */
  goTo(place: Place | null): void;
  /** Goes on within the block at the top, where `progress` (0 to 1) of the whole lies in it. */
  refine(progress: number): void;
  /** Scrolls an element of the body into view, `distance` pixels below the top edge. */
  reveal(element: Element, distance?: number): void;
  /** Resolves when all of a long article is on the sheet. */
  whole(): Promise<void>;
  /** Stops observing and filling. */
  destroy(): void;
}

/** Takes over `options.body`; it stays empty until `show`. */
export function articleBody(options: BodyOptions): ArticleBody {
  const { scroller, body, names, moved } = options;
  let place: Place | null = null;
  // The block of `place`, so that it need not be looked for again while the text is the same.
  let block: HTMLElement | null = null;
  let expectedTop = 0;
  let knownShape = shape();
  let slices: Slice[] = [];
  // Slices that are not on the sheet yet, or whose measured height no longer holds.
  let waiting: Slice[] = [];
  let frame = 0;
  let onWhole: (() => void)[] = [];

  const topEdge = (): number => scroller.getBoundingClientRect().top;

  function report(byReader: boolean): void {
    moved(progressAt(scroller.scrollTop, scroller.clientHeight, endOfText()), place, byReader);
  }

  function endOfText(): number {
    const notes = body.querySelector("section.footnotes");
    const bottom = notes ? notes.getBoundingClientRect().top : body.getBoundingClientRect().bottom;
    return bottom - topEdge() + scroller.scrollTop;
  }

  function stand(at: Place | null): void {
    place = at;
    block = at && blockOf(body, at);
  }

  function anchor(): void {
    if (place && !block?.isConnected) block = blockOf(body, place);
    if (place && block) scrollToBlock(scroller, block, place.fraction, topEdge());
    expectedTop = scroller.scrollTop;
  }

  /** Where the reader has scrolled to; true when that was the reader, and not a correction of ours. */
  function readPlace(): boolean {
    if (Math.abs(scroller.scrollTop - expectedTop) <= 1.5) return false;
    // A long way at once may lead to what is not laid out yet.
    for (const slice of waiting.filter(inView)) fill(slice);
    expectedTop = scroller.scrollTop;
    stand(placeAt(body, topEdge()));
    return true;
  }

  function scrolled(): void {
    // A change of shape moves the text before it is announced: the observer puts the place back, from the old place.
    if (shape() === knownShape) report(readPlace());
  }

  // Told after layout and before paint, so that a correction is never seen.
  const observer =
    typeof ResizeObserver === "function"
      ? new ResizeObserver(() => {
          const before = knownShape;
          knownShape = shape();
          // Scrolled in this very frame: the place of before is not the reader's any more.
          if ((knownShape === before || place === null) && readPlace()) return report(true);
          anchor();
          report(false);
          if (knownShape !== before && slices.length > 0) measureAgain();
        })
      : undefined;
  observer?.observe(body);
  observer?.observe(scroller);
  scroller.addEventListener("scroll", scrolled, { passive: true });

  /** What the height of the text depends on, apart from the text. */
  function shape(): string {
    const { fontSize, lineHeight } = getComputedStyle(body);
    return `${body.offsetWidth} ${fontSize} ${lineHeight}`;
  }

  function measureAgain(): void {
    waiting = [...slices];
    if (frame === 0) frame = requestAnimationFrame(fillNext);
  }

  function inView(slice: Slice): boolean {
    const box = slice.element.getBoundingClientRect();
    const view = scroller.getBoundingClientRect();
    return box.bottom > view.top - 200 && box.top < view.bottom + 200;
  }

  function fill(slice: Slice): void {
    waiting = waiting.filter((other) => other !== slice);
    const { element, blocks } = slice;
    element.classList.remove("measured");
    if (element.firstChild === null) {
      element.style.minBlockSize = "";
      element.append(...blocks);
    }
    // A measured slice costs nothing while it is far away, and its height is right when the reader comes to it.
    const height = element.offsetHeight;
    if (height === 0) return;
    element.style.containIntrinsicBlockSize = `${height}px`;
    element.classList.add("measured");
  }

  function fillNext(): void {
    frame = 0;
    const byReader = readPlace();
    const start = performance.now();
    do {
      const next = nearest(waiting, topEdge());
      if (!next) break;
      fill(next);
      anchor();
    } while (performance.now() - start < FRAME_PART);
    if (byReader) report(true);
    if (waiting.length > 0) frame = requestAnimationFrame(fillNext);
    else finishWhole();
  }

  function finishWhole(): void {
    const listeners = onWhole;
    onWhole = [];
    report(false);
    for (const listener of listeners) listener();
  }

  return {
    show(rendererHtml, wanted, title = "") {
      cancelAnimationFrame(frame);
      frame = 0;
      const fragment = articleFragment(rendererHtml);
      nameParts(fragment, names);
      hideTitle(fragment, title);
      slices = sliced(fragment, Number.parseFloat(getComputedStyle(body).fontSize) || 17);
      waiting = [];
      if (slices.length === 0) {
        body.replaceChildren(fragment);
      } else {
        const holder = wanted ? holderOf(slices, wanted) : 0;
        body.replaceChildren(...slices.map((slice) => slice.element));
        waiting = [...slices];
        for (const slice of slices.slice(Math.max(0, holder - 1), holder + 2)) fill(slice);
        frame = requestAnimationFrame(fillNext);
      }
      knownShape = shape();
      stand(wanted);
      if (place) anchor();
      else scroller.scrollTop = expectedTop = 0;
      report(false);
      if (waiting.length === 0) finishWhole();
    },
    place: () => place,
    goTo(wanted) {
      if (wanted && waiting.length > 0) {
        const holder = waiting[holderOf(waiting, wanted)];
        if (holder) fill(holder);
      }
      stand(wanted);
      if (wanted) anchor();
      else scroller.scrollTop = expectedTop = 0;
      report(true);
    },
    refine(progress) {
      if (!place || !block || waiting.length > 0) return;
      const wanted = progress * (endOfText() - scroller.clientHeight) - scroller.scrollTop + topEdge();
      const box = block.getBoundingClientRect();
      if (wanted <= box.top || wanted >= box.bottom) return;
      place = { ...place, fraction: (wanted - box.top) / (box.bottom - box.top) };
      anchor();
      report(false);
    },
    reveal(element, distance = 24) {
      element.closest<HTMLElement>(".reading-slice")?.style.setProperty("content-visibility", "visible");
      scroller.scrollTop += element.getBoundingClientRect().top - topEdge() - distance;
    },
    whole: () => (waiting.length === 0 ? Promise.resolve() : new Promise((resolve) => onWhole.push(resolve))),
    destroy() {
      cancelAnimationFrame(frame);
      observer?.disconnect();
      scroller.removeEventListener("scroll", scrolled);
      waiting = [];
      finishWhole();
    },
  };
}

interface Slice {
  element: HTMLElement;
  blocks: Element[];
}

// Below this many blocks a text is laid out within a frame or two, and slices would only be in the way.
const SLICED_FROM = 240;
const SLICE_CHARACTERS = 8_000;
// Milliseconds of a frame that filling may take.
const FRAME_PART = 7;

/** Groups the blocks of a long article; none when it is short. */
function sliced(fragment: DocumentFragment, fontSize: number): Slice[] {
  const blocks = [...fragment.children];
  const length = fragment.textContent?.length ?? 0;
  if (blocks.length < SLICED_FROM && length < 120_000) return [];
  const slices: Slice[] = [];
  let current: Element[] = [];
  let characters = 0;
  for (const block of blocks) {
    current.push(block);
    characters += block.textContent?.length ?? 0;
    if (characters >= SLICE_CHARACTERS || current.length >= 120) {
      slices.push(sliceOf(current, characters, fontSize));
      current = [];
      characters = 0;
    }
  }
  if (current.length > 0) slices.push(sliceOf(current, characters, fontSize));
  return slices;
}

function sliceOf(blocks: Element[], characters: number, fontSize: number): Slice {
  const element = document.createElement("div");
  element.className = "reading-slice";
  // A guess, so that the scroll bar is about right before all is laid out: 66 characters a line, and a gap a block.
  element.style.minBlockSize = `${Math.round((characters / 66 + blocks.length) * fontSize * 1.6)}px`;
  return { element, blocks };
}

function holderOf(slices: Slice[], place: Place): number {
  let holder = 0;
  slices.forEach((slice, index) => {
    const first = slice.blocks.find((block) => block.hasAttribute("data-line"));
    if (first && lineOf(first) <= place.line) holder = index;
    if (place.text !== "" && slice.blocks.some((block) => textIsIn(block, place.text))) holder = index;
  });
  return holder;
}

function textIsIn(block: Element, text: string): boolean {
  return [block, ...innermostBlocks(block)].some((inner) =>
    (inner.textContent ?? "").trim().startsWith(text),
  );
}

/** The slice closest to height `y` of the window. */
function nearest(waiting: Slice[], y: number): Slice | undefined {
  let best: Slice | undefined;
  let least = Infinity;
  for (const slice of waiting) {
    const box = slice.element.getBoundingClientRect();
    const distance = box.top > y ? box.top - y : Math.max(0, y - box.bottom);
    if (distance < least) [best, least] = [slice, distance];
  }
  return best;
}

/** The head of the sheet shows the title: where the text begins with it, as notes do, it would stand there twice. */
export function hideTitle(fragment: ParentNode, title: string): void {
  const first = fragment.firstElementChild;
  const bare = (text: string): string => text.replace(/\s+/g, " ").trim();
  if (first?.localName === "h1" && bare(first.textContent ?? "") === bare(title))
    first.classList.add("title");
}

/** Gives names and tab stops to what the keyboard and a screen reader need to reach. */
export function nameParts(fragment: DocumentFragment, names: PartNames): void {
  // Text below an element with a `dir` of its own does not count for `auto`: a quotation of paragraphs would always
  // be taken for left to right. It has the direction of the article.
  for (const block of fragment.querySelectorAll(
    "[dir=auto]:is(blockquote, ul, ol, dl, aside, section, div, figure)",
  )) {
    if (block.querySelector("[dir]")) block.removeAttribute("dir");
  }
  for (const table of fragment.querySelectorAll("div.table:not([aria-label])")) {
    table.setAttribute("aria-label", table.querySelector("caption")?.textContent?.trim() || names.table);
    table.setAttribute("role", "region");
    table.setAttribute("tabindex", "0");
  }
  for (const code of fragment.querySelectorAll("pre")) {
    code.setAttribute("tabindex", "0");
    code.setAttribute("role", "region");
    code.setAttribute("aria-label", names.code);
  }
  for (const notes of fragment.querySelectorAll("section.footnotes:not([aria-label])")) {
    notes.setAttribute("aria-label", names.notes);
  }
  for (const box of fragment.querySelectorAll<HTMLInputElement>("input[type=checkbox]:not([aria-label])")) {
    box.setAttribute("aria-label", box.hasAttribute("checked") ? names.taskDone : names.taskOpen);
  }
  // A landmark within the article would be one too many.
  for (const alert of fragment.querySelectorAll("aside.alert")) alert.setAttribute("role", "note");
  for (const image of fragment.querySelectorAll("figure img, p > img")) {
    if (image.closest("a")) continue;
    image.setAttribute("role", "button");
    image.setAttribute("tabindex", "0");
    image.setAttribute("aria-label", names.zoom(image.getAttribute("alt") ?? ""));
  }
  for (const missing of fragment.querySelectorAll("a.missing:not([href])")) {
    missing.setAttribute("role", "link");
    missing.setAttribute("tabindex", "0");
  }
}
