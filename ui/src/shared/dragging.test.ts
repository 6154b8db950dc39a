// A drag from press to release: dropped, given up, and what becomes of the click.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { followDrag } from "./dragging";

const drag = { over: vi.fn(), drop: vi.fn(), end: vi.fn() };
const clicked = vi.fn();
let thing: HTMLElement;

beforeEach(() => {
  vi.clearAllMocks();
  thing = document.createElement("button");
  thing.addEventListener("pointerdown", (event) => followDrag(event, drag));
  thing.addEventListener("click", clicked);
  document.body.append(thing);
});
afterEach(() => thing.remove());

function point(name: string, target: EventTarget, x: number, buttons = 1): void {
  target.dispatchEvent(new MouseEvent(name, { bubbles: true, button: 0, buttons, clientX: x, clientY: 10 }));
}
const escape = (): boolean =>
  thing.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

it("what is let go is dropped, and the click that follows is none", async () => {
  point("pointerdown", thing, 10);
  point("pointermove", window, 40);
  point("pointerup", window, 40, 0);
  point("click", thing, 40, 0);
  expect([drag.drop, drag.end, clicked].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 0]);
  await pause();
  point("click", thing, 10, 0);
  expect(clicked).toHaveBeenCalledTimes(1);
});

it("after Escape the button is let go whenever one likes: nothing is dropped or clicked", async () => {
  point("pointerdown", thing, 10);
  point("pointermove", window, 40);
  expect(escape()).toBe(false);
  expect(drag.end).toHaveBeenCalledTimes(1);
  await pause();
  point("pointermove", window, 60);
  point("pointerup", window, 60, 0);
  point("click", thing, 60, 0);
  expect(drag.drop).not.toHaveBeenCalled();
  expect(clicked).not.toHaveBeenCalled();
  await pause();
  point("click", thing, 10, 0);
  expect(clicked).toHaveBeenCalledTimes(1);
});

it("a press that goes nowhere is a click", () => {
  point("pointerdown", thing, 10);
  point("pointermove", window, 12);
  point("pointerup", window, 12, 0);
  point("click", thing, 12, 0);
  expect([drag.over, drag.drop, drag.end].every(({ mock }) => mock.calls.length === 0)).toBe(true);
  expect(clicked).toHaveBeenCalledTimes(1);
});
