import { describe, expect, it } from "vitest";
import { sentenceAt, sentenceEnds } from "./sentences";

type Files = { readFileSync: (path: string, encoding: string) => string };
// The page has no types of Node, and needs none elsewhere.
const files = (await import(/* @vite-ignore */ ["node", "fs"].join(":"))) as Files;
const { cwd } = (await import(/* @vite-ignore */ ["node", "process"].join(":"))) as { cwd: () => string };
const table = files.readFileSync(`${cwd()}/../src-tauri/prose/src/sentences/cases.txt`, "utf8");
const cases = table.split("\n").filter((line) => line.trim() && !line.startsWith("#"));

function cut(text: string): string[] {
  let from = 0;
  return sentenceEnds(text).map((to) => {
    const piece = text.slice(from, to).trim();
    from = to;
    return piece;
  });
}

describe("sentences", () => {
  it("are cut as where they are read aloud", () => {
    expect(cases.length).toBeGreaterThan(40);
    const wrong = cases
      .map((line) => line.split("|").map((piece) => piece.trim()))
      .filter((wanted) => cut(wanted.join(" ")).join("|") !== wanted.join("|"))
      .map((wanted) => cut(wanted.join(" ")).join(" | "));
    expect(wrong).toEqual([]);
  });

  it("are found at a position, and put together are the text", () => {
    const text = "Un. M. Roy vint. « Ah ! » dit-il.";
    expect(sentenceAt(text, 0)).toEqual({ from: 0, to: 4 });
    expect(sentenceAt(text, 4)).toEqual({ from: 4, to: 17 });
    expect(sentenceAt(text, text.length)).toEqual({ from: 17, to: text.length });
    expect(sentenceAt("", 0)).toEqual({ from: 0, to: 0 });
    for (const one of [text, "...", "« »", "A.B.C. d", "!? ?!", "\u202f!", "🙂. 🙂"]) {
      expect(sentenceEnds(one).at(-1)).toBe(one.length);
      expect(sentenceEnds(one)).toEqual([...new Set(sentenceEnds(one))].sort((a, b) => a - b));
    }
  });
});
