// The first picture of the window: what is seen a moment later anyway waits until it is on the screen.

/** Whether the window has its first picture. */
export const firstPaint = $state({ done: false });

/** Resolves when what was just drawn is on the screen; `mark` notes the time. */
export async function painted(mark: string): Promise<void> {
  // The first frame is painted when the second one is made. A hidden window has no frames.
  for (let frame = 0; frame < 2; frame += 1)
    await new Promise((next) => (document.hidden ? setTimeout(next) : requestAnimationFrame(next)));
  performance.mark(mark);
  firstPaint.done = true;
}
