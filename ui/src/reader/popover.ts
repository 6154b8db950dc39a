/** A rectangle of the window, in pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where a popover goes, in pixels from the top left corner of `within`: under `beside`, above it where there is no room below, never over an edge. */
export function placeBeside(
  beside: Box,
  popover: { offsetWidth: number; offsetHeight: number },
  within: Box,
  gap = 8,
): { left: number; top: number } {
  const width = popover.offsetWidth;
  const height = popover.offsetHeight;
  const middle = (beside.left + beside.right) / 2 - within.left;
  const left = clamp(middle - width / 2, gap, within.right - within.left - width - gap);
  const below = beside.bottom - within.top + gap;
  const fits = below + height + gap <= within.bottom - within.top;
  const top = fits ? below : Math.max(gap, beside.top - within.top - height - gap);
  return { left, top };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
