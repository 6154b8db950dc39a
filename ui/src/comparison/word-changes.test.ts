import { describe, expect, it } from "vitest";
import { proseChanges, wordChanges } from "./word-changes";

/** The changes as [-words-]{+words+} in the first text. */
function shown(before: string, after: string, changes = wordChanges): string {
  let at = 0;
  let text = "";
  for (const { fromA, toA, fromB, toB } of changes(before, after)) {
    text += before.slice(at, fromA);
    if (toA > fromA) text += `[-${before.slice(fromA, toA)}-]`;
    if (toB > fromB) text += `{+${after.slice(fromB, toB)}+}`;
    at = toA;
  }
  return text + before.slice(at);
}

describe("what changed, by words", () => {
  it.each([
    ["le mot juste", "le mot faux", "le mot [-juste-]{+faux+}"],
    ["il connaît la mer", "il contient la mer", "il [-connaît-]{+contient+} la mer"],
    ["un deux trois", "1 2 trois", "[-un deux-]{+1 2+} trois"],
    ["l’eau", "l’air", "l’[-eau-]{+air+}"],
    ["a\n\nb", "a\n\nb\n\nc", "a\n\nb{+\n\nc+}"],
    ["", "mot", "{+mot+}"],
    ["même", "même", "même"],
  ])("%j → %j", (before, after, expected) => expect(shown(before, after)).toBe(expected));
});

describe("what changed, by words, whatever the typography is", () => {
  it.each([
    ['l\'eau... -- "oui" ?', "l’eau… — «\u00a0oui\u00a0»\u202f?", 'l\'eau... -- "oui" ?'],
    ["Il dit: « non »", "Il dit\u00a0: “non”", "Il dit: « non »"],
    ["Le mot ! Puis", "Le nom\u202f! Puis", "Le [-mot-]{+nom+} ! Puis"],
    ["l'eau", "l’air", "l'[-eau-]{+air+}"],
    ["10 %", "10\u202f%", "10 %"],
    // What is no typography: another mark, a line more, a hyphen.
    ["mot ?", "mot !", "mot[- ?-]{+ !+}"],
    ["a\nb", "a\n\nb", "a\n{+\n+}b"],
    ["---\n", "--\n", "[-----]{+--+}\n"],
  ])("%j → %j", (before, after, expected) => expect(shown(before, after, proseChanges)).toBe(expected));
});
