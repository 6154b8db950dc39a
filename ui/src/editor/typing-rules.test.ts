import { describe, expect, it } from "vitest";
import { languageOfLine, typed, type TypedLanguage } from "./typing-rules";

type Files = { readFileSync: (path: string, encoding: string) => string };
// The page has no types of Node, and needs none elsewhere.
const files = (await import(/* @vite-ignore */ ["node", "fs"].join(":"))) as Files;
const { cwd } = (await import(/* @vite-ignore */ ["node", "process"].join(":"))) as { cwd: () => string };
const table = files.readFileSync(`${cwd()}/../src-tauri/prose/src/typography/typing.txt`, "utf8");
const cases = table
  .split("\n")
  .filter((line) => line.trim() && !line.startsWith("#"))
  .map((line) => line.split("|").map((piece) => piece.trim()));

/** Types a text key by key. */
function type(keys: string, lang: TypedLanguage): string {
  let text = "";
  for (const key of keys) {
    text += key;
    const change = typed(text, lang);
    if (change) text = text.slice(0, change.from) + change.insert + text.slice(change.to);
  }
  return text.replaceAll("\u00a0", "_").replaceAll("\u202f", "~");
}

describe("typography while typing", () => {
  it("sets each key as the examples say", () => {
    expect(cases.length).toBeGreaterThan(20);
    const wrong = cases
      .map(([lang, keys, wanted]) => [type(keys ?? "", lang as TypedLanguage), wanted])
      .filter(([found, wanted]) => found !== wanted);
    expect(wrong).toEqual([]);
  });

  it("follows the language of the paragraph", () => {
    expect(languageOfLine("Le train est lent", "fr")).toBe("fr");
    expect(languageOfLine("", "fr-FR")).toBe("fr");
    expect(
      languageOfLine("The train is late and nobody in the town is sure that it was for the best", "fr"),
    ).toBe("en");
    expect(
      languageOfLine("Il a dit que le train est dans la gare et que les voyageurs sont sur le quai", "en"),
    ).toBe("fr");
    expect(languageOfLine("قال إن القطار لا يتأخر", "fr")).toBe("ar");
    expect(languageOfLine("Der Zug", "de")).toBeNull();
  });

  it("takes time in proportion to what stands before", () => {
    const hostile = `${"« ".repeat(500)}${"?!".repeat(500)}`;
    for (let at = 0; at < 100; at++) typed(hostile, "fr");
    expect(typed(hostile, "fr")).toBeNull();
  });
});
