import { describe, expect, it } from "vitest";
import type { Redline, RedlinePiece } from "@/backend";
import { blocksOf, rowsOf, stopsOf } from "./redline-blocks";

function piece(text: string, more: Partial<RedlinePiece> = {}): RedlinePiece {
  return { text, mark: "same", nature: "words", change: 0, moved: null, place: [0, 0], ...more };
}

function redline(...pieces: RedlinePiece[]): Redline {
  return { pieces, summary: {} as Redline["summary"] };
}

const gone = (text: string, change: number): RedlinePiece => piece(text, { mark: "deleted", change });
const came = (text: string, change: number): RedlinePiece => piece(text, { mark: "inserted", change });

describe("a redline in blocks", () => {
  it("has a block for each paragraph, by its kind", () => {
    const text = "---\ntitle: x\n---\n\n# Un\n\nLe quai est ";
    const blocks = blocksOf(
      redline(piece(text), gone("vide", 1), came("plein", 1), piece(".\n\n> Dit-il.\n")),
      true,
    );
    expect(blocks.map(({ kind, marked }) => [kind, marked])).toEqual([
      ["frontMatter", false],
      ["heading", false],
      ["paragraph", true],
      ["quotation", false],
    ]);
    expect(blocks[2]?.runs.map((run) => run.text)).toEqual(["Le quai est ", "vide", "plein", "."]);
    expect(stopsOf(blocks)).toEqual([{ change: 1, move: false }]);
  });

  it("shows a break between paragraphs that came", () => {
    const blocks = blocksOf(redline(piece("Un."), came("\n\n", 4), piece("Deux.")), true);
    expect(blocks.map(({ runs }) => runs.map((run) => run.text))).toEqual([["Un.", "¶"], ["Deux."]]);
  });

  it("shows typography only when asked", () => {
    const pieces = [
      piece("Oui "),
      piece("!", { mark: "deleted", nature: "typography", change: 2 }),
      piece("\u202f!", { mark: "inserted", nature: "typography", change: 2 }),
    ];
    expect(blocksOf(redline(...pieces), false)[0]?.marked).toBe(false);
    expect(blocksOf(redline(...pieces), false)[0]?.runs.map((run) => run.text)).toEqual(["Oui ", "\u202f!"]);
    expect(stopsOf(blocksOf(redline(...pieces), true))).toEqual([{ change: 2, move: false }]);
  });

  it("folds what did not change, away from what did", () => {
    const blocks = blocksOf(redline(piece("a\n\nb\n\nc\n\nd\n\n"), came("e", 1), piece("\n\nf\n\ng")), true);
    const rows = rowsOf(blocks, new Set());
    const shown = rows.map((row) => ("folded" in row ? row.folded.length : row.block.runs[0]?.text));
    expect(shown).toEqual([3, "d", "e", "f", "g"]);
    expect(rowsOf(blocks, new Set([blocks[0]!])).length).toBe(6);
  });
});
