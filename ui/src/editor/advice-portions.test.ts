import { describe, expect, it } from "vitest";
import { joined, nextPortion, type Span, without } from "./advice-portions";

/** Asks about portions of a text whose blocks begin at every tenth character, until nothing is left. */
function askedOf(stale: Span[], seen: Span, length: number): Span[] {
  const asked: Span[] = [];
  for (let left = stale; left.length > 0;) {
    if (asked.length > 2 * length) throw new Error(`it does not end: ${JSON.stringify(left)}`);
    const { portion } = nextPortion(left, seen, length);
    // Whole blocks are asked about.
    const gone = {
      from: portion.from - (portion.from % 10),
      to: Math.min(length, Math.ceil(portion.to / 10) * 10),
    };
    asked.push(gone);
    left = without(left, gone);
  }
  return asked;
}

describe("the portions that advice is asked about", () => {
  it("go on above the window when what is in it is done", () => {
    const asked = askedOf([{ from: 0, to: 50_000 }], { from: 20_000, to: 21_000 }, 50_000);
    expect(asked[0]).toEqual({ from: 20_000, to: 24_000 });
    expect(joined(asked)).toEqual([{ from: 0, to: 50_000 }]);
    expect(asked.length).toBeLessThan(10);
  });

  it("come to an end, wherever the window and the changes are", () => {
    let seed = 7;
    const below = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
    for (let round = 0; round < 2000; round++) {
      const length = 10 + below(400);
      const at = below(length);
      const seen = { from: at - (at % 10), to: Math.min(length, at + below(100)) };
      const stale = joined(
        Array.from({ length: 1 + below(4) }, () => {
          const from = below(length + 1);
          return { from, to: Math.min(length, from + below(60)) };
        }),
      );
      const asked = joined(askedOf(stale, seen, length));
      for (const span of stale)
        expect(asked.some(({ from, to }) => from <= span.from && to >= span.to)).toBe(true);
    }
  });
});
