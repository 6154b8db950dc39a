// Which of the changed stretches of a text advice is asked about next: what is seen before what is not, a portion at a time.

/** A stretch of a text. */
export type Span = { from: number; to: number };

/** A text is asked about in portions of so many characters, or one block that is longer: each is done in a moment. */
const portion = 16_000;

/**
 * The portion that comes next of stretches that are in order and apart from each other, of a text of so many
 * characters, and the stretch that it is of. It always holds some of that stretch, so that asking comes to an end.
 */
export function nextPortion(
  stale: readonly Span[],
  seen: Span,
  length: number,
): { portion: Span; open: Span } {
  // A stretch that ends where the window begins is not seen: what is in the window has been asked about.
  const shown = stale.find(
    ({ from, to }) => from <= seen.to && (to > seen.from || (from === to && to === seen.from)),
  );
  const open = shown ?? stale[0] ?? { from: 0, to: length };
  const from = shown ? Math.max(shown.from, seen.from) : open.from;
  const most = shown ? Math.max(seen.to, from + portion / 4) : from + portion;
  return { portion: { from, to: Math.min(open.to, most) }, open };
}

/** Spans in order; those that touch become one. */
export function joined(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else found.push({ ...span });
  }
  return found;
}

/** Spans without a stretch of the text. */
export function without(spans: readonly Span[], gone: Span): Span[] {
  return spans.flatMap(({ from, to }) => {
    if (to < gone.from || from > gone.to) return [{ from, to }];
    const left = from < gone.from ? [{ from, to: gone.from }] : [];
    const right = to > gone.to ? [{ from: gone.to, to }] : [];
    return [...left, ...right];
  });
}
