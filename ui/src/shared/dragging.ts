// Something that is taken with the pointer and let go elsewhere.

/** What is told of a drag. Nothing is before the pointer has gone some way, so that a click stays one. */
export type Drag = {
  /** Called for every frame while it lasts: where the pointer is, in the window. */
  over: (x: number, y: number) => void;
  /** It was let go where it was last. */
  drop: () => void;
  /** It is over, dropped or given up. */
  end: () => void;
};

const startsAfter = 5;

/** Follows the pointer from where it was pressed; Escape gives up. A finger scrolls instead. */
export function followDrag(pressed: PointerEvent, drag: Drag): void {
  const { button, pointerType, ctrlKey, metaKey, shiftKey, clientX, clientY } = pressed;
  if (button !== 0 || pointerType === "touch" || ctrlKey || metaKey || shiftKey) return;
  let at = { x: clientX, y: clientY };
  let started = false;
  let frame = 0;
  const stops = new AbortController();
  const { signal } = stops;

  const tell = (): void => {
    drag.over(at.x, at.y);
    frame = requestAnimationFrame(tell);
  };
  const finish = (dropped: boolean, stillPressed = false): void => {
    stops.abort();
    cancelAnimationFrame(frame);
    if (!started) return;
    swallowClick(stillPressed);
    if (dropped) {
      drag.over(at.x, at.y);
      drag.drop();
    }
    drag.end();
  };

  window.addEventListener(
    "pointermove",
    (event) => {
      at = { x: event.clientX, y: event.clientY };
      // Let go outside of the window.
      if (event.buttons === 0) return finish(false);
      if (started || Math.hypot(at.x - clientX, at.y - clientY) < startsAfter) return;
      started = true;
      tell();
    },
    { signal },
  );
  // Neither words nor anything else of the page are taken along.
  for (const name of ["selectstart", "dragstart"])
    window.addEventListener(name, (event) => event.preventDefault(), { signal, capture: true });
  window.addEventListener("pointerup", () => finish(true), { signal });
  window.addEventListener("pointercancel", () => finish(false), { signal });
  window.addEventListener("blur", () => finish(false), { signal });
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      finish(false, true);
    },
    { signal, capture: true },
  );
}

/** The click that follows a drag was not meant. While the button is still pressed, it comes when that is let go. */
function swallowClick(stillPressed: boolean): void {
  const waiting = new AbortController();
  const { signal } = waiting;
  const swallow = (event: MouseEvent): void => {
    event.stopPropagation();
    event.preventDefault();
    waiting.abort();
  };
  const giveUp = (): void => void setTimeout(() => waiting.abort());
  window.addEventListener("click", swallow, { capture: true, signal });
  if (!stillPressed) return giveUp();
  for (const name of ["pointerup", "pointercancel", "pointerdown", "blur"])
    window.addEventListener(name, giveUp, { signal });
}
