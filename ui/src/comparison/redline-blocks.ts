// A redline made into blocks to be drawn: paragraphs, headings, quotations, each with its marks.
import type { Redline, RedlinePiece } from "@/backend";

/** A stretch within a block. */
export type Run = Omit<RedlinePiece, "place">;

/** A block of the text; `lead` are the blanks and line ends before it. */
export type RedlineBlock = {
  kind: "frontMatter" | "heading" | "quotation" | "paragraph";
  runs: Run[];
  /** Whether anything in it is marked. */
  marked: boolean;
};

/** What stands in a row on the page: a block, or some that did not change and are folded. */
export type Row = { block: RedlineBlock } | { folded: RedlineBlock[] };

/** A change or a move, by which one steps through a redline. */
export type Stop = { change: number; move: boolean };

/** The blocks of a redline. Without `typography`, changes of typography alone stand there as they are now. */
export function blocksOf({ pieces }: Redline, typography: boolean): RedlineBlock[] {
  const blocks: RedlineBlock[] = [];
  let runs: Run[] = [];
  const close = (): void => {
    if (runs.some(({ text }) => text.trim() !== "")) blocks.push(block(runs, blocks.length === 0));
    runs = [];
  };
  for (const { place: _, ...piece } of pieces) {
    if (piece.nature === "typography" && !typography) {
      if (piece.mark === "deleted") continue;
      Object.assign(piece, { mark: "same", nature: "words", change: 0, moved: null });
    }
    const parts = piece.text.split(/(\n[ \t]*\n\s*)/);
    parts.forEach((text, index) => {
      // A break between paragraphs that came or went is shown by its sign, at the end of what it parts.
      if (index % 2 === 1) {
        const only = parts.every((part, at) => at % 2 === 1 || part === "");
        if (piece.mark !== "same" && piece.nature !== "move" && only) runs.push({ ...piece, text: "¶" });
        close();
      } else if (text !== "") runs.push({ ...piece, text });
    });
  }
  close();
  return blocks;
}

/** Folds what did not change, but for the blocks next to a change. */
export function rowsOf(blocks: readonly RedlineBlock[], open: ReadonlySet<RedlineBlock>): Row[] {
  const rows: Row[] = [];
  const near = (at: number): boolean =>
    [at - 1, at, at + 1].some((one) => blocks[one]?.marked === true) || open.has(blocks[at]!);
  for (let at = 0; at < blocks.length; at++) {
    let end = at;
    while (end < blocks.length && !near(end)) end += 1;
    // One alone takes no more room than the line that would stand for it.
    if (end - at > 1) {
      rows.push({ folded: blocks.slice(at, end) });
      at = end - 1;
    } else rows.push({ block: blocks[at]! });
  }
  return rows;
}

/** The changes and moves that a block has a part in, each once. */
export function changesOf({ runs }: RedlineBlock): number[] {
  return [...new Set(runs.map(({ change }) => change))].filter((change) => change !== 0);
}

/** The changes of some blocks in the order in which they are read, each once. */
export function stopsOf(blocks: readonly RedlineBlock[]): Stop[] {
  const known = new Set<number>();
  const stops: Stop[] = [];
  for (const { runs } of blocks) {
    for (const { change, nature } of runs) {
      if (change === 0 || known.has(change)) continue;
      known.add(change);
      stops.push({ change, move: nature === "move" });
    }
  }
  return stops;
}

function block(runs: Run[], first: boolean): RedlineBlock {
  const present = runs.filter(({ mark }) => mark !== "deleted");
  const text = (present.length > 0 ? present : runs).map((run) => run.text).join("");
  const kind =
    first && /^(---|\+\+\+)\n/.test(text)
      ? "frontMatter"
      : /^#{1,6}[ \t]/.test(text)
        ? "heading"
        : /^[ \t]*>/.test(text)
          ? "quotation"
          : "paragraph";
  return { kind, runs, marked: runs.some(({ mark }) => mark !== "same") };
}
