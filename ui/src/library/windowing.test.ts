import { describe, expect, it } from "vitest";
import {
  maxScrollHeight,
  pagesFor,
  scrollHeight,
  scrollTopOf,
  topOf,
  topToShow,
  visibleRows,
} from "./windowing";

const list = (total: number) => ({ total, rowHeight: 126, viewport: 800 });

describe("the rows on the screen", () => {
  it("are those of the viewport, and some around", () => {
    expect(visibleRows(0, list(1000), 4)).toEqual({ first: 0, last: 11 });
    expect(visibleRows(1260, list(1000), 4)).toEqual({ first: 6, last: 21 });
  });

  it("stop at the ends", () => {
    expect(visibleRows(999_999_999, list(1000), 4)).toEqual({ first: 1000, last: 1000 });
    expect(visibleRows(0, list(0), 4)).toEqual({ first: 0, last: 0 });
    expect(visibleRows(0, list(3), 4)).toEqual({ first: 0, last: 3 });
  });

  it.each([10, 1000, 100_000, 2_000_000])("can all be reached by scrolling: %i", (total) => {
    const geometry = list(total);
    const most = Math.max(0, scrollHeight(geometry) - geometry.viewport);
    expect(visibleRows(topOf(0, geometry), geometry, 0).first).toBe(0);
    expect(visibleRows(topOf(most, geometry), geometry, 0).last).toBe(total);
    expect(scrollHeight(geometry)).toBeLessThanOrEqual(maxScrollHeight);
  });

  it.each([1000, 100_000, 2_000_000])("are where a scroll position says: %i", (total) => {
    const geometry = list(total);
    for (const row of [0, 1, Math.floor(total / 3), total - 20]) {
      const top = topOf(scrollTopOf(row * 126, geometry), geometry);
      expect(top).toBeCloseTo(row * 126, 3);
    }
  });
});

describe("the pages wanted", () => {
  it("are those on the screen first, then the next in the direction of scrolling", () => {
    expect(pagesFor(250, 265, 100, 10_000, true)).toEqual([2, 3, 1]);
    expect(pagesFor(250, 265, 100, 10_000, false)).toEqual([2, 1, 3]);
    expect(pagesFor(195, 205, 100, 10_000, true)).toEqual([1, 2, 3, 0]);
  });

  it("stay within the list", () => {
    expect(pagesFor(0, 10, 100, 10, true)).toEqual([0]);
    expect(pagesFor(9_990, 10_000, 100, 10_000, true)).toEqual([99, 98]);
    expect(pagesFor(0, 0, 100, 0, true)).toEqual([]);
  });
});

describe("showing a row", () => {
  it("scrolls no more than needed", () => {
    expect(topToShow(2, 0, list(100))).toBe(0);
    expect(topToShow(10, 0, list(100))).toBe(11 * 126 - 800);
    expect(topToShow(1, 500, list(100))).toBe(126);
  });
});
