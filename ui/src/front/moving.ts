// The arrow keys on a page of teasers: down and up in the order of reading, left and right across the columns.

/** The teaser to go to from one, or null where the key means none. `boxes` are in the order of reading. */
export function teaserTo(key: string, at: number, boxes: DOMRect[]): number | null {
  if (boxes.length === 0) return null;
  if (key === "ArrowDown" || key === "j") return Math.min(boxes.length - 1, at + 1);
  if (key === "ArrowUp" || key === "k") return Math.max(0, at < 0 ? boxes.length - 1 : at - 1);
  if (key === "Home") return 0;
  if (key === "End") return boxes.length - 1;
  if (key !== "ArrowRight" && key !== "ArrowLeft") return null;
  const from = boxes[at];
  if (!from) return 0;
  return across(from, key === "ArrowRight", boxes) ?? at;
}

/** The nearest teaser of the next column on that side. */
function across(from: DOMRect, toTheRight: boolean, boxes: DOMRect[]): number | null {
  const away = (box: DOMRect): number => (toTheRight ? box.left - from.right : from.left - box.right);
  let best: { index: number; away: number; height: number } | null = null;
  boxes.forEach((box, index) => {
    const distance = away(box);
    // Boxes of one column may overlap by a hair.
    if (distance < -1) return;
    const height = Math.abs(box.top - from.top);
    const nearer = !best || distance < best.away - 40 || (distance < best.away + 40 && height < best.height);
    if (nearer) best = { index, away: distance, height };
  });
  return (best as { index: number } | null)?.index ?? null;
}
