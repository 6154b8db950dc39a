import { describe, expect, it } from "vitest";
import { inWords, unitsOf } from "./source-words";

describe("words and their source", () => {
  it.each([
    ["L'eau", "plain", "L'eau", 2, 2],
    ["L''eau", "single", "L'eau", 3, 2],
    [String.raw`a \"b\" c`, "double", 'a "b" c', 4, 3],
    [String.raw`\u00e9t\x41`, "double", "étA", 7, 2],
  ] as const)("%s", (source, quoting, words, place, unit) => {
    const units = unitsOf(source, quoting);
    expect(units.words).toBe(words);
    expect(inWords(units, place)).toBe(unit);
    expect(inWords(units, source.length)).toBe(words.length);
  });
});
