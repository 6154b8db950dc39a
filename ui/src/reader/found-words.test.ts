import { afterEach, describe, expect, it } from "vitest";
import { fold, matchWords, showFoundWords } from "./found-words";

describe("the searched words are found", () => {
  const found = (text: string, ...words: string[]): string[] =>
    matchWords(text, words).map(({ start, end }) => text.slice(start, end));

  it.each([
    ["L’Élysée et l'elysee", ["elysee"], ["Élysée", "elysee"]],
    ["Les relevés, un relevé, relever", ["relevé"], ["relevés", "relevé", "relever"]],
    ["sécheresses", ["secheresse"], ["sécheresses"]],
    ["Œuvres, œil", ["oeuvre"], ["Œuvres"]],
    ["le port, le portail, l’apport", ["port"], ["port", "portail"]],
    ["growing, grown, grower", ["growing"], ["growing", "grower"]],
    ["كِتَابٌ وكتاب", ["كتاب"], ["كِتَابٌ"]],
    ["rien", ["", "«"], []],
  ])("%s: %j", (text, words, wanted) => expect(found(text, ...words)).toEqual(wanted));

  it("folds as the library does", () => expect(fold("ÇÀŒßﬁأ")).toBe("caoessfiا"));
});

describe("without the engine's highlights", () => {
  afterEach(() => document.body.replaceChildren());

  it("marks the words, steps around the ends, and leaves the text as it was", () => {
    const root = document.createElement("div");
    const paragraph = document.createElement("p");
    paragraph.textContent = "Un port, deux ports, trois quais.";
    root.append(paragraph);
    document.body.append(root);

    const words = showFoundWords(root, ["port"]);
    expect(words.count).toBe(2);
    expect([...root.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["port", "ports"]);
    expect(words.step(1)?.toString()).toBe("port");
    expect(words.step(1)?.toString()).toBe("ports");
    expect(words.step(1)?.toString()).toBe("port");
    expect(words.step(-1)?.toString()).toBe("ports");
    expect(root.querySelector("mark.current")?.textContent).toBe("ports");

    words.clear();
    expect(root.querySelector("mark")).toBeNull();
    expect(paragraph.childNodes).toHaveLength(1);
    expect(paragraph.textContent).toBe("Un port, deux ports, trois quais.");
  });
});
