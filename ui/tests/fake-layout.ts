// A layout for tests, where the test's DOM has none: every block is equally high, one under the other.
import { vi } from "vitest";

/** A scroller with a body, laid out by arithmetic. */
export interface FakeLayout {
  scroller: HTMLElement;
  body: HTMLElement;
  /** Scrolls as a reader does. */
  scroll(top: number): void;
  /** Changes the height of all blocks, and tells the observers. */
  resize(change: { blockHeight: number }): void;
  /** Text of the block at the top edge. */
  topBlock(): string | undefined;
  restore(): void;
}

/** Lays out a scroller of 600 pixels with blocks (`p` elements) of 100. */
export function layOut(viewHeight = 600): FakeLayout {
  let blockHeight = 100;
  const observers = new Set<() => void>();
  const scroller = document.createElement("div");
  const body = document.createElement("div");
  scroller.append(body);
  document.body.append(scroller);

  const blocksOf = (element: Element): number =>
    element.matches("p") ? 1 : element.querySelectorAll("p").length;
  const blocksBefore = (element: Element): number =>
    [...body.querySelectorAll("p")].findIndex((block) => block === element || element.contains(block));

  const spies = [
    vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
      if (this === scroller) return new DOMRect(0, 0, 800, viewHeight);
      const top = (this === body ? 0 : Math.max(0, blocksBefore(this)) * blockHeight) - scroller.scrollTop;
      return new DOMRect(0, top, 800, blocksOf(this) * blockHeight);
    }),
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(viewHeight),
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockImplementation(function (this: HTMLElement) {
      return blocksOf(this) * blockHeight;
    }),
  ];
  vi.stubGlobal(
    "DOMRect",
    class {
      constructor(
        public x: number,
        public y: number,
        public width: number,
        public height: number,
      ) {}
      get top() {
        return this.y;
      }
      get left() {
        return this.x;
      }
      get right() {
        return this.x + this.width;
      }
      get bottom() {
        return this.y + this.height;
      }
    },
  );
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(private told: () => void) {}
      observe() {
        observers.add(this.told);
      }
      disconnect() {
        observers.delete(this.told);
      }
    },
  );

  return {
    scroller,
    body,
    scroll(top) {
      scroller.scrollTop = top;
      scroller.dispatchEvent(new Event("scroll"));
    },
    resize(change) {
      blockHeight = change.blockHeight;
      body.style.fontSize = `${blockHeight / 5}px`;
      for (const told of observers) told();
    },
    topBlock() {
      const at = Math.floor(scroller.scrollTop / blockHeight);
      return body.querySelectorAll("p")[at]?.textContent ?? undefined;
    },
    restore() {
      for (const spy of spies) spy.mockRestore();
      vi.unstubAllGlobals();
      scroller.remove();
    },
  };
}
