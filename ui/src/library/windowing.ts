// Which rows of a long list are on the screen, and which pages of rows they need. Rows have one height.

/** Up to here a browser places rows exactly (a transform has 24 bits): taller lists are scaled onto it. */
export const maxScrollHeight = 16_000_000;

/** A list of `total` rows seen through a viewport; heights in CSS pixels. */
export type ListGeometry = { total: number; rowHeight: number; viewport: number };

/** The height of the element that is scrolled. */
export function scrollHeight({ total, rowHeight }: ListGeometry): number {
  return Math.min(total * rowHeight, maxScrollHeight);
}

/** How far into the rows (px) a scroll position stands; the same number unless the list is scaled. */
export function topOf(scrollTop: number, geometry: ListGeometry): number {
  return Math.max(0, scrollTop) * scale(geometry);
}

/** The scroll position that shows the rows from `top` (px) on. */
export function scrollTopOf(top: number, geometry: ListGeometry): number {
  const most = Math.max(0, geometry.total * geometry.rowHeight - geometry.viewport);
  return Math.min(Math.max(0, top), most) / scale(geometry);
}

/** The rows to draw, `first` to before `last`, with `around` more at each side. */
export function visibleRows(
  top: number,
  { total, rowHeight, viewport }: ListGeometry,
  around: number,
): { first: number; last: number } {
  const first = Math.floor(top / rowHeight) - around;
  const last = Math.ceil((top + viewport) / rowHeight) + around;
  return { first: Math.min(Math.max(0, first), total), last: Math.max(0, Math.min(total, last)) };
}

/** The pages that hold some rows, the seen ones first, then the next one in the direction of scrolling. */
export function pagesFor(
  first: number,
  last: number,
  pageSize: number,
  total: number,
  forward: boolean,
): number[] {
  if (last <= first) return [];
  const from = Math.floor(first / pageSize);
  const to = Math.floor((last - 1) / pageSize);
  const pages = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const end = Math.floor(Math.max(0, total - 1) / pageSize);
  const ahead = forward ? to + 1 : from - 1;
  const behind = forward ? from - 1 : to + 1;
  return [...pages, ahead, behind].filter((page) => page >= 0 && page <= end);
}

/** Where to scroll (px into the rows) so that row `index` is wholly seen; the same place when it is. */
export function topToShow(index: number, top: number, { rowHeight, viewport }: ListGeometry): number {
  const from = index * rowHeight;
  if (from < top) return from;
  if (from + rowHeight > top + viewport) return from + rowHeight - viewport;
  return top;
}

function scale({ total, rowHeight, viewport }: ListGeometry): number {
  const real = total * rowHeight;
  if (real <= maxScrollHeight || maxScrollHeight <= viewport) return 1;
  return (real - viewport) / (maxScrollHeight - viewport);
}
