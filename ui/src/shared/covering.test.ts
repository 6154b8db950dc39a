import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { coversBars } from "./covering";

/** An element in a window that is laid out nowhere: told where it is, and how much there is to scroll in it. */
function put(
  within: HTMLElement,
  [left, top, width, height]: [number, number, number, number],
  scrolls?: { height: number; bar?: number },
): HTMLElement {
  const element = document.createElement("div");
  element.getBoundingClientRect = () => new DOMRect(left, top, width, height);
  Object.defineProperties(element, {
    offsetWidth: { value: width },
    clientWidth: { value: width - (scrolls?.bar ?? 0) },
    scrollWidth: { value: width - (scrolls?.bar ?? 0) },
    clientHeight: { value: height },
    scrollHeight: { value: scrolls?.height ?? height },
  });
  if (scrolls) element.style.overflowY = "auto";
  within.append(element);
  return element;
}

function dialog(): HTMLDialogElement {
  const element = document.createElement("dialog");
  element.setAttribute("open", "");
  document.body.append(element);
  return element;
}

const barless = (...elements: HTMLElement[]): boolean[] => elements.map((one) => one.dataset.bars === "none");

describe("bars of what lies behind", () => {
  let list: HTMLElement;
  let text: HTMLElement;

  beforeEach(() => {
    globalThis.DOMRect ??= class {
      constructor(
        public x: number,
        public y: number,
        public width: number,
        public height: number,
      ) {}
      get left() {
        return this.x;
      }
      get top() {
        return this.y;
      }
      get right() {
        return this.x + this.width;
      }
      get bottom() {
        return this.y + this.height;
      }
    } as unknown as typeof DOMRect;
    list = put(document.body, [200, 0, 340, 900], { height: 4000 });
    text = put(document.body, [540, 0, 900, 900], { height: 4000 });
  });
  afterEach(() => document.body.replaceChildren());

  it("go behind a modal dialog wherever it lies, and come back", async () => {
    const over = dialog();
    const own = put(over, [400, 200, 600, 300], { height: 900 });
    const gone = coversBars(over);
    await tick();
    expect(barless(list, text, own)).toEqual([true, true, false]);
    gone();
    expect(barless(list, text, own)).toEqual([false, false, false]);
    expect(list.dataset.bars).toBeUndefined();
  });

  it("go behind a popover only where it lies over them", async () => {
    const gone = coversBars(put(document.body, [480, 40, 200, 300]));
    await tick();
    expect(barless(list, text)).toEqual([true, false]);
    gone();
    expect(barless(list, text)).toEqual([false, false]);
  });

  it("stay gone until the last that lies over them is gone", async () => {
    const over = dialog();
    const own = put(over, [400, 200, 600, 300], { height: 900 });
    const goneDialog = coversBars(over);
    await tick();
    const goneMenu = coversBars(put(document.body, [900, 250, 200, 300]));
    await tick();
    expect(barless(list, own)).toEqual([true, true]);
    goneMenu();
    expect(barless(list, own)).toEqual([true, false]);
    goneDialog();
    expect(barless(list, own)).toEqual([false, false]);
  });

  it("are left where they have room of their own, for nothing may move", async () => {
    const classic = put(document.body, [0, 0, 200, 900], { height: 4000, bar: 15 });
    const gone = coversBars(dialog());
    await tick();
    expect(barless(list, classic)).toEqual([true, false]);
    gone();
  });

  it("are left by what was gone before it was shown", async () => {
    coversBars(dialog())();
    await tick();
    expect(barless(list, text)).toEqual([false, false]);
  });

  it("are looked for again when the window has another size", async () => {
    const over = put(document.body, [800, 0, 200, 300]);
    const gone = coversBars(over);
    await tick();
    expect(barless(list, text)).toEqual([false, false]);
    over.getBoundingClientRect = () => new DOMRect(500, 0, 200, 300);
    dispatchEvent(new Event("resize"));
    expect(barless(list, text)).toEqual([true, false]);
    gone();
    expect(barless(list, text)).toEqual([false, false]);
  });
});
