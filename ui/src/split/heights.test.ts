import { describe, expect, it } from "vitest";
import { across, held, inOrder, lastAt, type Pair, rising, scrolledTo } from "./heights";

describe("blocks in the order of their lines", () => {
  it.each<[string, number[], number[]]>([
    ["paragraphs", [5, 7, 9], [0, 1, 2]],
    ["notes that are defined further up are gathered at the end", [5, 7, 9, 6], [0, 1, 2]],
    ["two blocks on a line", [5, 5, 9], [0, 2]],
    ["nothing", [], []],
  ])("%s", (_, lines, wanted) => expect(inOrder(lines)).toEqual(wanted));

  it.each([
    [4, -1],
    [5, 0],
    [6, 0],
    [9, 2],
    [99, 2],
  ])("line %i is in block %i", (line, wanted) => {
    const lines = [5, 7, 9];
    expect(lastAt(3, (index) => lines[index] ?? 0, line)).toBe(wanted);
  });
});

describe("heights in both halves", () => {
  const pairs: Pair[] = [
    { text: 0, look: 0 },
    { text: 40, look: 200 },
    { text: 140, look: 260 },
    { text: 240, look: 660 },
  ];

  it.each<[number, number]>([
    [0, 0],
    [20, 100],
    [40, 200],
    [90, 230],
    [190, 460],
    [240, 660],
    // Beyond the ends there is nothing.
    [-10, 0],
    [500, 660],
  ])("text %i is look %i", (text, look) => expect(across(text, "text", pairs)).toBeCloseTo(look));

  it("there and back is where one was", () => {
    for (let height = 0; height <= 240; height += 7)
      expect(across(across(height, "text", pairs), "look", pairs)).toBeCloseTo(height);
  });

  it("a table that is one widget in the text is one way, not one for each row", () => {
    const rows: Pair[] = [
      { text: 100, look: 50 },
      { text: 100, look: 80 },
      { text: 100, look: 110 },
      { text: 220, look: 140 },
    ];
    expect(rising(rows)).toEqual([
      { text: 100, look: 50 },
      { text: 220, look: 140 },
    ]);
    expect(across(160, "text", rising(rows))).toBeCloseTo(95);
  });

  it("what goes down, or beyond the end, is left out; the end stays", () => {
    const odd: Pair[] = [
      { text: 0, look: 0 },
      { text: 50, look: 90 },
      { text: 60, look: 70 },
      { text: 400, look: 95 },
      { text: 100, look: 100 },
    ];
    expect(rising(odd)).toEqual([
      { text: 0, look: 0 },
      { text: 50, look: 90 },
      { text: 100, look: 100 },
    ]);
    expect(rising([])).toEqual([]);
  });
});

describe("scrolled in step", () => {
  it("both halves begin and end together", () => {
    const text = { seen: 500, whole: 3000 };
    expect(held({ top: 0, ...text })).toBe(0);
    expect(held({ top: 2500, ...text })).toBeCloseTo(3000);
    expect(scrolledTo(0, text)).toBe(0);
    expect(scrolledTo(3000, text)).toBeCloseTo(2500);
  });

  it("is as far as it was held", () => {
    for (const top of [0, 1, 333, 1250, 2499])
      expect(scrolledTo(held({ top, seen: 500, whole: 3000 }), { seen: 500, whole: 3000 })).toBeCloseTo(top);
  });

  it("a text that is scrolled beyond its last line is at its end", () => {
    expect(held({ top: 2900, seen: 500, whole: 3000 })).toBe(3000);
  });

  it("what is seen whole does not scroll", () => {
    expect(held({ top: 0, seen: 500, whole: 400 })).toBe(0);
    expect(scrolledTo(300, { seen: 500, whole: 400 })).toBe(0);
  });
});
