import { afterEach, describe, expect, it, vi } from "vitest";
import { articleBody } from "./article-body";
import { firstBelow, fractionAbove, locate, minutesLeft, placeAt, progressAt, type Place } from "./position";
import { layOut, type FakeLayout } from "../../tests/fake-layout";

const names = { table: "", code: "", notes: "", taskDone: "", taskOpen: "", zoom: () => "" };

describe("the block at the top", () => {
  it("is the first whose bottom lies below the edge", () => {
    const bottoms = [10, 25, 25, 40, 90];
    for (const [y, index] of [
      [-5, 0],
      [10, 1],
      [24.9, 1],
      [25, 3],
      [89, 4],
      [90, 5],
    ] as const) {
      expect(firstBelow(bottoms.length, (at) => bottoms[at] ?? 0, y)).toBe(index);
    }
    expect(firstBelow(0, () => 0, 3)).toBe(0);
  });

  it("is known by the part of it that has passed", () => {
    expect(fractionAbove(-30, 70, 0)).toBeCloseTo(0.3);
    expect(fractionAbove(20, 70, 0)).toBe(0);
    expect(fractionAbove(5, 5, 5)).toBe(0);
  });
});

describe("a place is found again", () => {
  const place = (line: number, text: string): Place => ({ line, fraction: 0, text });
  const blocks = [
    { line: 4, text: "Un" },
    { line: 6, text: "Refrain" },
    { line: 9, text: "Deux" },
    { line: 20, text: "Refrain" },
  ];

  it.each([
    ["by its text, where lines were added above", place(3, "Deux"), 2],
    ["by the nearest of two equal texts", place(18, "Refrain"), 3],
    ["by the nearest of two equal texts, from the other side", place(7, "Refrain"), 1],
    ["by its line, where the text was edited", place(9, "Deux, autrement"), 2],
    ["by the last line before it, where the block is gone", place(15, "Disparu"), 2],
    ["by its line alone, after a restart", place(6, ""), 1],
    ["at the beginning, before the first block", place(1, ""), 0],
  ])("%s", (_, wanted, index) => expect(locate(blocks, wanted)).toBe(index));

  it("nowhere in an empty text", () => expect(locate([], place(3, "x"))).toBe(-1));
});

describe("progress", () => {
  it("ends where the last line of text comes into view, notes aside", () => {
    expect(progressAt(0, 500, 2500)).toBe(0);
    expect(progressAt(1000, 500, 2500)).toBe(0.5);
    expect(progressAt(2300, 500, 2500)).toBe(1);
    expect(progressAt(0, 500, 400)).toBe(1);
  });

  it("leaves at least a minute until the end", () => {
    expect(minutesLeft(6, 0)).toBe(6);
    expect(minutesLeft(6, 0.4)).toBe(4);
    expect(minutesLeft(6, 0.99)).toBe(1);
    expect(minutesLeft(6, 1)).toBe(0);
  });
});

describe("the body keeps the reader's place", () => {
  let page: FakeLayout;
  const paragraphs = (count: number, firstLine = 1): string =>
    Array.from(
      { length: count },
      (_, at) => `<p data-line="${firstLine + at * 2}">Paragraphe ${at}.</p>`,
    ).join("");
  const open = (moved = vi.fn()) => {
    page = layOut();
    return { moved, body: articleBody({ scroller: page.scroller, body: page.body, names, moved }) };
  };

  afterEach(() => page.restore());

  it("where the reader scrolled", () => {
    const { body, moved } = open();
    body.show(paragraphs(40), null);
    expect(body.place()).toBeNull();
    page.scroll(1030);
    expect(body.place()).toEqual({ line: 21, fraction: 0.3, text: "Paragraphe 10." });
    expect(moved).toHaveBeenLastCalledWith(expect.closeTo(1030 / (4000 - 600), 5), body.place(), true);
    body.destroy();
  });

  it("when the text grows", () => {
    const { body, moved } = open();
    body.show(paragraphs(40), null);
    page.scroll(1030);
    page.resize({ blockHeight: 170 });
    expect(page.scroller.scrollTop).toBeCloseTo(10.3 * 170);
    expect(moved.mock.lastCall?.[2]).toBe(false);
    page.resize({ blockHeight: 100 });
    expect(page.scroller.scrollTop).toBeCloseTo(1030);
    body.destroy();
  });

  it("when the file changed above it", () => {
    const { body } = open();
    body.show(paragraphs(40), null);
    page.scroll(1030);
    body.show(`<p data-line="1">Nouveau.</p><p data-line="3">Aussi.</p>${paragraphs(40, 5)}`, body.place());
    expect(page.scroller.scrollTop).toBeCloseTo(1230);
    expect(placeAt(page.body, 0)?.text).toBe("Paragraphe 10.");
    body.destroy();
  });

  it("when the text is long and comes in slices", async () => {
    const { body } = open();
    body.show(paragraphs(900), { line: 1201, fraction: 0.5, text: "" });
    expect(page.topBlock()).toBe("Paragraphe 600.");
    await body.whole();
    expect(page.topBlock()).toBe("Paragraphe 600.");
    expect(page.body.querySelectorAll("p")).toHaveLength(900);
    body.destroy();
  });

  it("within a long block, from the progress that was kept", () => {
    const { body } = open();
    body.show(paragraphs(40), { line: 21, fraction: 0, text: "" });
    body.refine(1060 / (4000 - 600));
    expect(page.scroller.scrollTop).toBeCloseTo(1060);
    body.refine(0.9);
    expect(page.scroller.scrollTop).toBeCloseTo(1060);
    body.destroy();
  });

  it("only for the reader: opening at a place is no progress", () => {
    const { body, moved } = open();
    body.show(paragraphs(40), { line: 21, fraction: 0, text: "" });
    page.scroll(page.scroller.scrollTop);
    expect(moved.mock.calls.every(([, , byReader]) => byReader === false)).toBe(true);
    body.destroy();
  });
});

it("a first heading that repeats the title is left to the head of the sheet", () => {
  const page = layOut();
  const body = articleBody({ scroller: page.scroller, body: page.body, names, moved: vi.fn() });
  const shown = (html: string, title: string): boolean => {
    body.show(html, null, title);
    return !page.body.querySelector("h1")?.classList.contains("title");
  };
  expect(
    shown(`<h1 data-line="1">L’été\u{a0}: un bilan</h1><p data-line="3">Un.</p>`, "L’été : un bilan"),
  ).toBe(false);
  expect(shown(`<h1 data-line="1">Autre chose</h1><p data-line="3">Un.</p>`, "L’été")).toBe(true);
  expect(shown(`<p data-line="1">Un.</p><h1 data-line="3">L’été</h1>`, "L’été")).toBe(true);
  body.destroy();
  page.restore();
});
