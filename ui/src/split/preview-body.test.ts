import { beforeEach, describe, expect, it } from "vitest";
import type { PreviewBlocks } from "@/backend";
import { partNames } from "./part-names";
import { type PreviewBody, previewBody } from "./preview-body";

let body: HTMLElement;
let shown: PreviewBody;
/** What the body was given, block by block. */
let text: string[];

beforeEach(() => {
  const scroller = document.createElement("div");
  body = document.createElement("div");
  scroller.append(body);
  document.body.replaceChildren(scroller);
  shown = previewBody(body, scroller, partNames, () => undefined);
  text = [];
});

const html = (words: string): string => `<p data-line="0">${words}</p>`;

/** Takes over a text as runs: what stays of the one before, and what is new. */
function become(next: string[]): void {
  const runs: PreviewBlocks[] = [];
  let from = 0;
  for (const words of next) {
    const kept = text.indexOf(words, from);
    const last = runs.at(-1);
    if (kept < 0) {
      if (last?.kind === "new") last.html.push(html(words));
      else runs.push({ kind: "new", html: [html(words)] });
      continue;
    }
    if (last?.kind === "kept" && last.from + last.count === kept) last.count++;
    else runs.push({ kind: "kept", from: kept, count: 1 });
    from = kept + 1;
  }
  text = next;
  shown.update(
    runs,
    next.map((_, index) => 1 + 2 * index),
    "",
  );
}

const words = (): string[] => [...body.querySelectorAll("p")].map(({ textContent }) => textContent ?? "");
const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `Words ${index}.`);

describe.each([
  ["a short text", 12],
  ["a long text in slices", 700],
])("%s", (_, count) => {
  it("takes in what is new, and leaves what stays as it is", () => {
    become(numbered(count));
    expect(words()).toEqual(text);
    expect(body.querySelectorAll(".reading-slice").length > 0).toBe(count > 240);
    const before = new Map([...body.querySelectorAll("p")].map((one) => [one.textContent, one]));
    const edits: ((all: string[]) => string[])[] = [
      (all) => all.with(5, "Edited."),
      (all) => ["First.", ...all],
      (all) => [...all, "Last."],
      (all) => all.toSpliced(3, 4),
      (all) => all.toSpliced(2, 0, "In.", "Between."),
      (all) => all.slice(1, -1),
      (all) => all.filter((one) => !/^Words [1-9]\d\./.test(one)),
      () => ["All of it is another one."],
      () => [],
      () => numbered(count),
    ];
    for (const edit of edits) {
      become(edit([...text]));
      expect(words()).toEqual(text);
      expect([...body.querySelectorAll(".reading-slice")].every((one) => one.firstElementChild)).toBe(true);
      if (edit === edits[0])
        for (const one of body.querySelectorAll("p"))
          if (one.textContent !== "Edited.") expect(before.get(one.textContent)).toBe(one);
    }
  });

  it("knows the line of each block, and the block of each line", () => {
    become(numbered(count));
    expect(shown.count()).toBe(count);
    expect([shown.at(0), shown.at(1), shown.at(4), shown.at(9999)]).toEqual([-1, 0, 1, count - 1]);
    expect(shown.lineOf(4)).toBe(9);
    expect(shown.block(4)?.textContent).toBe("Words 4.");
    expect(shown.lineAt(shown.block(4)!)).toBe(9);
  });
});
