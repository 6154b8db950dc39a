// Which height of the text is which height of its finished look: pure arithmetic on lines and pixels.

/** A place that both halves have, by its height in each: pixels from the top of what is scrolled there. */
export type Pair = { text: number; look: number };
/** One of the halves. */
export type Half = keyof Pair;

/**
 * The blocks that stand in the order of their lines, by index; those that do not (notes, gathered at the end) are left out.
 * `lines` are the lines at which the blocks begin.
 */
export function inOrder(lines: readonly number[]): number[] {
  const found: number[] = [];
  let last = 0;
  lines.forEach((line, index) => {
    if (line <= last) return;
    last = line;
    found.push(index);
  });
  return found;
}

/** The last of some places, in order, that begins at or before `at`; -1 before all of them. */
export function lastAt(count: number, startOf: (index: number) => number, at: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(middle) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The pairs that go up in both halves: of several at one height of the text, as rows of a table that is one widget there, the
 * first counts. The last pair is the end, and always stays. */
export function rising(pairs: readonly Pair[]): Pair[] {
  const found: Pair[] = [];
  const end = pairs.at(-1);
  if (!end) return found;
  for (const pair of pairs.slice(0, -1)) {
    const last = found.at(-1);
    const goesUp = !last || (pair.text > last.text && pair.look > last.look);
    if (goesUp && pair.text < end.text && pair.look < end.look) found.push(pair);
  }
  return [...found, end];
}

/** The height in the other half that belongs to a height in one: along straight lines between the pairs, which go up. */
export function across(height: number, from: Half, pairs: readonly Pair[]): number {
  const to: Half = from === "text" ? "look" : "text";
  const after = pairs.findIndex((pair) => pair[from] > height);
  const start = pairs[after < 0 ? pairs.length - 2 : Math.max(0, after - 1)];
  const end = pairs[after < 0 ? pairs.length - 1 : Math.max(1, after)];
  if (!start || !end) return pairs[0]?.[to] ?? 0;
  const way = end[from] - start[from];
  const part = way > 0 ? Math.min(1, Math.max(0, (height - start[from]) / way)) : 0;
  return start[to] + part * (end[to] - start[to]);
}

/** What is scrolled: how far, how much of it is seen, and how high it is. */
export type Scrolled = { top: number; seen: number; whole: number };

/**
 * The height at which two halves are held together. It goes from the upper edge of what is seen at the beginning to the lower
 * edge at the end, so that both halves begin and end together, however long each is.
 */
export function held({ top, seen, whole }: Scrolled): number {
  const way = whole - seen;
  return way > 0 ? Math.min(whole, top * (whole / way)) : 0;
}

/** How far a half is scrolled when it is held at a height. */
export function scrolledTo(height: number, { seen, whole }: Omit<Scrolled, "top">): number {
  const way = whole - seen;
  return way > 0 ? Math.min(way, Math.max(0, height * (way / whole))) : 0;
}
