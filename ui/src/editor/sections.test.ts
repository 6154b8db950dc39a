import { redo, undo } from "@codemirror/commands";
import { describe, expect, it } from "vitest";
import { editorOf, notationOf, plainState, stateOf } from "./notation";
import { endOfSection, endOfSections, headingsOf, moveSection, stepOf } from "./sections";

/** The text after the section `index` went one step; null when it stays. */
function stepped(text: string, index: number, direction: -1 | 1): string | null {
  const state = plainState(text);
  const headings = headingsOf(state);
  const before = stepOf(headings, index, direction);
  const change = before === null ? null : moveSection(state, headings, index, before);
  return change ? state.update(change).state.doc.toString() : null;
}

describe("headings", () => {
  it("are those of the text, with their words", () => {
    const text =
      "---\ntitle: x\n---\n\n# Un *mot*\n\nDeux\n====\n\n> # non\n\n```\n# non\n```\n\n### [lien](u) [[a|b]] [[c]] ###\n";
    expect(headingsOf(plainState(text)).map(({ level, text: words }) => `${level} ${words}`)).toEqual([
      "1 Un mot",
      "1 Deux",
      "3 lien b c",
    ]);
  });
});

describe("a section moves", () => {
  const text = "Avant.\n\n## A\n\na\n\n### A1\n\na1\n\n## B\n\nb\n\n### B1\n\nb1\n";
  it.each([
    [
      "past its neighbour with all that is below it",
      text,
      0,
      1,
      "Avant.\n\n## B\n\nb\n\n### B1\n\nb1\n\n## A\n\na\n\n### A1\n\na1\n",
    ],
    ["back again", text, 2, -1, "Avant.\n\n## B\n\nb\n\n### B1\n\nb1\n\n## A\n\na\n\n### A1\n\na1\n"],
    [
      "over into the next section",
      text,
      1,
      1,
      "Avant.\n\n## A\n\na\n\n## B\n\nb\n\n### A1\n\na1\n\n### B1\n\nb1\n",
    ],
    [
      "over into the section before",
      text,
      3,
      -1,
      "Avant.\n\n## A\n\na\n\n### A1\n\na1\n\n### B1\n\nb1\n\n## B\n\nb\n",
    ],
    ["not above all others", text, 0, -1, null],
    ["not below all others", text, 3, 1, null],
    ["not out of the title of all", "# T\n\n## A\n\na", 1, -1, null],
    ["without a line end at the end", "## A\n\na\n\n## B\n\nb", 0, 1, "## B\n\nb\n\n## A\n\na"],
    ["without blank lines", "## A\na\n## B\nb\n", 1, -1, "## B\nb\n## A\na\n"],
    [
      "leaving the notes at the end",
      "## A\n\na[^1]\n\n## B\n\nb\n\n[^1]: n\n",
      0,
      1,
      "## B\n\nb\n\n## A\n\na[^1]\n\n[^1]: n\n",
    ],
    ["with a blank line where words would become a heading", "mot\n## A\na\n\nB\n===\nb", 1, -1, null],
    ["with code that nothing closes: it stays", "## A\n\na\n\n## B\n\n```\nb\n", 1, -1, null],
  ] as [string, string, number, -1 | 1, string | null][])("%s", (_name, before, index, direction, after) => {
    expect(stepped(before, index, direction)).toBe(after);
  });

  it("keeps an underlined heading apart from the words it comes behind", () => {
    expect(stepped("mot\n# A\na\n\nB\n===\nb", 1, -1)).toBe("mot\n\nB\n===\nb\n\n# A\na");
    expect(stepped("B\n===\nb\n# A\na", 0, 1)).toBe("# A\na\n\nB\n===\nb");
  });

  it("takes the caret along, and one undo takes it all back", () => {
    const view = editorOf("## A\n\na\n\n## B\n\nb|");
    const headings = headingsOf(view.state);
    view.dispatch(moveSection(view.state, headings, 1, 0) ?? {});
    expect(notationOf(view.state)).toBe("## B\n\nb|\n\n## A\n\na");
    undo(view);
    expect(notationOf(view.state)).toBe("## A\n\na\n\n## B\n\nb|");
    redo(view);
    expect(view.state.doc.toString()).toBe("## B\n\nb\n\n## A\n\na");
    view.destroy();
  });

  it("stays where nothing may be changed, or would move", () => {
    const state = stateOf("|## A\n\n## B");
    const headings = headingsOf(state);
    expect(moveSection(state, headings, 0, 0)).toBeNull();
    expect(moveSection(state, headings, 0, 1)).toBeNull();
    expect(moveSection(state, headings, 7, 0)).toBeNull();
    expect(moveSection(state, [], 0, 0)).toBeNull();
  });
});

// Small, seeded, and enough: the numbers of a linear congruential generator.
function* numbers(seed: number): Generator<number, never> {
  for (let value = seed; ;) yield (value = (value * 1103515245 + 12345) % 2147483648) / 2147483648;
}

const pieces = [
  "# Un\n",
  "## Deux\n",
  "## Deux bis ##\n",
  "### Trois\n",
  "#### Quatre\n",
  "mot. Autre mot.  \n",
  "mot\n",
  "- un\n",
  "> mot\n",
  "> # non\n",
  "\n",
  "\n\n",
  "   \n",
  "```\n# non\n```\n",
  "| a |\n|---|\n| b |\n",
  "[^1]: note\n",
  "[r]: https://a.example\n",
  "    # code\n",
  "كلمة\n",
];

describe("in any text", () => {
  it("lines stay as they are, headings too, and a step back leads to the very bytes", () => {
    let moves = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const random = numbers(seed * 7919);
      const next = (limit: number): number => Math.floor(random.next().value * limit);
      let text = next(2) ? "---\ntitle: a\n---\n" : "";
      for (let i = 0; i < 25; i++) text += pieces[next(pieces.length)];
      if (next(2)) text = text.trimEnd();
      const state = plainState(text);
      const headings = headingsOf(state);
      for (let index = 0; index < headings.length; index++) {
        for (const direction of [-1, 1] as const) {
          const before = stepOf(headings, index, direction);
          const change = before === null ? null : moveSection(state, headings, index, before);
          if (!change || before === null) continue;
          const after = state.update(change).state.doc.toString();
          const told = `seed ${seed}, ${index} ${direction}: ${JSON.stringify(text)} → ${JSON.stringify(after)}`;
          const lines = (one: string): string[] =>
            one
              .split("\n")
              .filter((line) => line.trim())
              .sort();
          expect(lines(after), told).toEqual(lines(text));
          const laid = plainState(after);
          const outline = headingsOf(laid);
          const length = endOfSection(headings, index) - index;
          const to = before < index ? before : before - length;
          const wanted = headings.map((heading) => `${heading.level} ${heading.text}`);
          wanted.splice(to, 0, ...wanted.splice(index, length));
          expect(
            outline.map((heading) => `${heading.level} ${heading.text}`),
            told,
          ).toEqual(wanted);
          // A blank line that had to be added is not taken away again.
          if (after.length !== text.length) continue;
          // Notes that a section ended with end the whole text now, and stay at its end from then on.
          const notes = text.length - endOfSections(state, headings);
          if (after.length - endOfSections(laid, outline) !== notes) continue;
          expect(after.split("\n").sort(), told).toEqual(text.split("\n").sort());
          const back = stepOf(outline, to, direction === 1 ? -1 : 1);
          const undone = back === null ? null : moveSection(laid, outline, to, back);
          expect(undone && laid.update(undone).state.doc.toString(), told).toBe(text);
          moves++;
        }
      }
    }
    expect(moves).toBeGreaterThan(500);
  });
});
