import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { unbrokenAround } from "./unbroken";

/** What is kept together, between bars: `{…}` is hidden, `<…>` is shown as a sign. */
function together(written: string): string {
  const places = [];
  let text = "";
  for (const [part] of written.matchAll(/\{[^}]*\}|<[^>]*>|[^{<]+/g)) {
    const hides = part.startsWith("{");
    const marked = hides || part.startsWith("<");
    const inner = marked ? part.slice(1, -1) : part;
    if (marked) places.push({ from: text.length, to: text.length + inner.length, shown: !hides });
    text += inner;
  }
  const state = EditorState.create({ doc: text });
  return unbrokenAround(state, places)
    .map(({ from, to }) => text.slice(from, to))
    .join(" | ");
}

describe("what a line’s end does not part", () => {
  it.each([
    ["la réserve<[^1]>. Les maires", "réserve[^1]."],
    ["la réserve<[^1]> que", "réserve[^1]"],
    ["la réserve.»<[^1]>", "réserve.»[^1]"],
    ["réserve<[^1]>\u202f; puis", "réserve[^1]\u202f;"],
    ["«\u00a0oui\u00a0»<[^1]>, puis", "«\u00a0oui\u00a0»[^1],"],
    ["deux<[^1]><[^2]>, puis", "deux[^1][^2],"],
    ["de H{~}2{~}O et", "H~2~O"],
    ["dans l’{[}article{](a.md)}, puis", "l’[article](a.md),"],
    ["dans l’{[}article long{](a.md)}.", "l’[article | long](a.md)."],
    ["un mot {**}gras{**} et", ""],
    ["un mot {**}gras{**}, et", "**gras**,"],
    ["un porte-{**}avion{**} et", ""],
    ["dix<&nbsp;>km et", "dix&nbsp;km"],
    ["{*}mi{*}-temps", "*mi*-"],
    ["كلمة<[^1]>، ثم", "كلمة[^1]،"],
    ["oui 👍🏽<[^1]>", "👍🏽[^1]"],
    ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u0301<[^1]>.", "a\u0301[^1]."],
    ["<[^1]> au début", ""],
  ])("%s", (written, kept) => {
    expect(together(written)).toBe(kept);
  });
});
