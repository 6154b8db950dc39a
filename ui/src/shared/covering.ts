// WebKitGTK paints the bars of what scrolls last, over whatever lies above them: they are taken away meanwhile.
import { tick } from "svelte";

type Box = Pick<DOMRect, "left" | "right" | "top" | "bottom">;

const thick = 14;
/** How many lie over what scrolls, for each that shows no bar. */
const covers = new WeakMap<HTMLElement, number>();

/** For an element that is shown over others (`{@attach coversBars}`): what scrolls behind it shows no bars as long as it is there; behind a modal dialog that is everything. It scrolls on, and nothing moves: bars that have room of their own are left. */
export function coversBars(element: HTMLElement): () => void {
  let gone = false;
  let without: HTMLElement[] = [];
  const look = (): void => {
    if (gone) return;
    const behind = scrollersBehind(element);
    const before = without;
    without = behind;
    change(behind, 1);
    change(before, -1);
  };
  // Once it is open, and where it is to be.
  void tick().then(look);
  addEventListener("resize", look);
  return () => {
    gone = true;
    removeEventListener("resize", look);
    change(without, -1);
  };
}

function scrollersBehind(element: HTMLElement): HTMLElement[] {
  const everything = element.matches("dialog[open]");
  const over = element.getBoundingClientRect();
  return [...document.querySelectorAll<HTMLElement>("body *")].filter((one) => {
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = one;
    if (scrollHeight <= clientHeight && scrollWidth <= clientWidth) return false;
    if (element.contains(one)) return false;
    const style = getComputedStyle(one);
    if (!scrolls(style.overflowY) && !scrolls(style.overflowX)) return false;
    const room =
      one.offsetWidth - clientWidth - border(style.borderLeftWidth) - border(style.borderRightWidth);
    return room <= 1 && (everything || bars(one, style).some((bar) => meet(over, bar)));
  });
}

function scrolls(overflow: string): boolean {
  return overflow === "auto" || overflow === "scroll";
}

/** Where its bars would be, as wide as they become under the pointer. */
function bars(scroller: HTMLElement, style: CSSStyleDeclaration): Box[] {
  const { left, right, top, bottom } = scroller.getBoundingClientRect();
  const upright =
    style.direction === "rtl"
      ? { left, right: left + thick, top, bottom }
      : { left: right - thick, right, top, bottom };
  return scroller.scrollWidth > scroller.clientWidth
    ? [upright, { left, right, top: bottom - thick, bottom }]
    : [upright];
}

function border(width: string): number {
  return Number.parseFloat(width) || 0;
}

function meet(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function change(scrollers: HTMLElement[], by: 1 | -1): void {
  const changed = scrollers.filter((one) => {
    const before = covers.get(one) ?? 0;
    covers.set(one, before + by);
    return before === 0 || before + by === 0;
  });
  if (changed.length === 0) return;
  // The engine asks how wide a bar is when it makes one, so it has to make them anew.
  for (const one of changed) one.dataset.bars = "anew";
  void document.body.offsetHeight;
  for (const one of changed) {
    if ((covers.get(one) ?? 0) > 0) one.dataset.bars = "none";
    else delete one.dataset.bars;
  }
}
