import { afterEach, describe, expect, it } from "vitest";
import { markingFrom, type Marking } from "./keys";
import { paint } from "./painting";
import { unitsOf } from "./units";
import { cutUp } from "./words";

const html = `<p>Un <em>début</em><sup><a class="footnote-ref" href="#fn-1">1</a></sup> calme,
et la mer. L’eau monte&nbsp;!</p>
<blockquote><p>Rien.<br>Plus 𝄞 rien.</p></blockquote>
<ul>
<li>un</li>
</ul>`;

function sheet(): HTMLElement {
  const root = document.createElement("div");
  root.innerHTML = html;
  document.body.append(root);
  return root;
}

afterEach(() => document.body.replaceChildren());

describe("units", () => {
  it("count words without blanks and without the marks of notes", () => {
    const units = unitsOf(sheet());
    expect(units.total).toBe("Undébutcalme,etlamer.L’eaumonte\u00a0!Rien.Plus𝄞rien.un".length);
    expect(units.range(2, 7)?.toString()).toBe("début");
    expect(units.range(7, 15)?.toString().replace(/^1/, "")).toMatch(/^ ?calme,\s+et$/);
    expect(units.range(5, 5)).toBeNull();
    expect(units.range(0, units.total + 1)).toBeNull();
  });

  it("lead from a point of the tree to the unit and back, whatever the blanks between blocks", () => {
    const root = sheet();
    const before = unitsOf(root);
    // Slices of a long article leave those blanks out.
    for (const node of [...root.childNodes]) if (node.nodeType === Node.TEXT_NODE) node.remove();
    const units = unitsOf(root);
    expect(units.total).toBe(before.total);
    for (let unit = 0; unit < units.total; unit++) {
      const range = units.range(unit, unit + 1);
      expect(range && units.at(range.startContainer, range.startOffset)).toBe(unit);
      expect(range?.toString()).toBe(before.range(unit, unit + 1)?.toString());
    }
    const quote = root.querySelector("blockquote");
    expect(units.range(units.at(quote as Node, 0), units.at(quote as Node, 0) + 5)?.toString()).toBe("Rien.");
  });
});

describe("units of several elements", () => {
  it("go on from one to the next, and leave out what stands between them", () => {
    document.body.innerHTML =
      "<h1>La mer</h1><nav>Accueil</nav><p>monte <b>et</b></p><i>Par Maud</i><div>redescend.</div>";
    const parts = ["h1", "p", "div"].map((name) => document.querySelector<HTMLElement>(name)!);
    const units = unitsOf(...parts);
    expect(units.parts).toEqual([0, 5, 12]);
    expect(units.total).toBe(22);
    const said = (start: number, end: number): string[] => units.ranges(start, end).map(String);
    expect(said(2, 10)).toEqual(["mer", "monte"]);
    expect(said(3, 14)).toEqual(["er", "monte et", "re"]);
    expect(said(12, 22)).toEqual(["redescend."]);
    expect(said(12, 23)).toEqual([]);
    expect(said(5, 5)).toEqual([]);
    const byline = document.querySelector("i")!.firstChild as Text;
    expect(units.at(byline, 2)).toBe(12);
  });

  it("leave out a heading that only repeats the title", () => {
    document.body.innerHTML = `<h1>La mer</h1><div class="reading-body"><h1 class="title">La mer</h1><p>Elle monte.</p></div>`;
    const parts = ["h1", "div"].map((name) => document.querySelector<HTMLElement>(name)!);
    const { words, paragraphs } = cutUp(unitsOf(...parts), "fr");
    expect(words.map(({ start }) => start)).toEqual([0, 2, 5, 9]);
    expect(paragraphs).toHaveLength(2);
  });
});

describe("the text is cut up", () => {
  it("into words, sentences and paragraphs", () => {
    const units = unitsOf(sheet());
    const { words, sentences, paragraphs } = cutUp(units, "fr");
    const said = ({ start, end }: { start: number; end: number }) =>
      units.range(start, end)?.toString().replace(/1?\s+/g, " ").trim();
    expect(words.map(said)).toEqual([
      ...["Un", "début", "calme", "et", "la", "mer", "L’eau", "monte"],
      ...["Rien", "Plus", "rien", "un"],
    ]);
    expect(sentences.map(said)).toEqual([
      "Un début calme, et la mer.",
      "L’eau monte !",
      expect.stringContaining("Rien."),
      expect.stringContaining("rien."),
      "un",
    ]);
    expect(paragraphs).toHaveLength(3);
  });
});

describe("keys choose words", () => {
  const key = (name: string, more: KeyboardEventInit = {}): KeyboardEvent =>
    new KeyboardEvent("keydown", { key: name, ...more });

  it.each<[string, KeyboardEvent[], string]>([
    ["the first word", [], "Un"],
    ["the next word", [key("ArrowRight")], "début"],
    [
      "with Shift the passage grows",
      [key("ArrowRight"), key("ArrowRight", { shiftKey: true })],
      "début calme",
    ],
    [
      "and shrinks",
      [
        key("ArrowRight", { shiftKey: true }),
        key("ArrowRight", { shiftKey: true }),
        key("ArrowLeft", { shiftKey: true }),
      ],
      "Un début",
    ],
    ["not before the beginning", [key("ArrowLeft"), key("ArrowLeft")], "Un"],
    ["the next sentence", [key("ArrowDown")], "L’eau"],
    ["the sentence before", [key("ArrowDown"), key("ArrowUp")], "Un"],
    ["to the end of the sentence", [key("ArrowDown", { shiftKey: true })], "Un début calme, et la mer"],
    ["the next paragraph", [key("ArrowDown", { ctrlKey: true })], "Rien"],
    ["the last one stays", Array.from({ length: 9 }, () => key("PageDown")), "un"],
    ["Space widens to the sentence", [key("ArrowRight"), key(" ")], "Un début calme, et la mer."],
    ["then to the paragraph", [key(" "), key(" ")], "Un début calme, et la mer. L’eau monte !"],
    ["and no further", [key(" "), key(" "), key(" ")], "Un début calme, et la mer. L’eau monte !"],
  ])("%s", (_, keys, wanted) => {
    const units = unitsOf(sheet());
    const marking = markingFrom(cutUp(units, "fr"), 0) as Marking;
    for (const one of keys) expect(marking.press(one, false)).toBe(true);
    const { start, end } = marking.passage;
    expect(
      units
        .range(start, end)
        ?.toString()
        .replace(/1? *\s+/g, " ")
        .replace(/début1/, "début"),
    ).toBe(wanted);
  });

  it("goes the other way in a text from right to left, and leaves other keys alone", () => {
    const marking = markingFrom(cutUp(unitsOf(sheet()), "ar"), 0) as Marking;
    marking.press(key("ArrowLeft"), true);
    expect(marking.passage).toEqual({ start: 2, end: 7 });
    expect(marking.press(key("s"), true)).toBe(false);
    expect(markingFrom({ words: [], sentences: [], paragraphs: [] }, 0)).toBeNull();
  });
});

describe("without the engine's highlights", () => {
  it("passages over several elements are painted, and the text is as before when they are taken away", () => {
    const root = sheet();
    const before = root.innerHTML;
    const units = unitsOf(root);
    const range = units.range(0, 12) as Range;
    const clear = paint([{ id: "a", colour: "blue", range }]);
    const marks = [...root.querySelectorAll("mark.blue")];
    expect(marks.map((mark) => mark.textContent).join("")).toContain("début");
    expect(unitsOf(root).total).toBe(units.total);
    clear();
    expect(root.innerHTML).toBe(before);
  });
});
