import { undo } from "@codemirror/commands";
import type { EditorView } from "@codemirror/view";
import { afterEach, describe, expect, it } from "vitest";
import { closeFind, openReplace } from "./find";
import { findAll, findPattern, type FindOptions, replacementAt } from "./find-pattern";
import { editorOf, notationOf, press } from "./notation";

afterEach(() => document.body.replaceChildren());

const asTyped = { caseSensitive: false, wholeWord: false, regexp: false, exactAccents: false };

describe("what is found", () => {
  it.each<[string, Partial<FindOptions>, string, string[]]>([
    ["releves", {}, "Relevés, relevés", ["Relevés", "relevés"]],
    ["RELEVÉS", {}, "releves", ["releves"]],
    ["l'eau", {}, "l’eau et l'eau", ["l’eau", "l'eau"]],
    ["oeuvre", {}, "Œuvre, oeuvre", ["Œuvre", "oeuvre"]],
    ["œuvre", {}, "oeuvre", ["oeuvre"]],
    ["mot :", {}, "un mot\u202f: et mot :", ["mot\u202f:", "mot :"]],
    ["e\u0301te", {}, "été", ["été"]],
    ["été", { exactAccents: true }, "été ete", ["été"]],
    ["été", { exactAccents: true }, "e\u0301te\u0301 ete", ["e\u0301te\u0301"]],
    ["e\u0301te\u0301", { exactAccents: true }, "été", ["été"]],
    ["ete", { exactAccents: true }, "ete\u0301 ete", ["ete"]],
    ["élève", {}, "e\u0301le\u0300ve", ["e\u0301le\u0300ve"]],
    ["été", { wholeWord: true }, "e\u0301te\u0301s e\u0301te\u0301", ["e\u0301te\u0301"]],
    ["Le", { caseSensitive: true }, "Le le", ["Le"]],
    ["le", { wholeWord: true }, "le lent le", ["le", "le"]],
    ["a.c", {}, "abc a.c", ["a.c"]],
    ["a.c", { regexp: true }, "abc a.c", ["abc", "a.c"]],
    ["^", { regexp: true }, "a\nb", []],
    ["\\s{2,}", { regexp: true }, "a  b \n\n c  \n  d", ["  ", "  ", "  "]],
    ["[^a]+", { regexp: true }, "ab\n\ncad", ["b", "c", "d"]],
    ["b$", { regexp: true }, "ab\nb", ["b", "b"]],
  ])("%s %j in %j", (text, options, content, found) => {
    const pattern = findPattern({ ...asTyped, ...options, text });
    if (!pattern) throw new Error("no pattern");
    const whole = [{ from: 0, to: content.length }];
    const places = findAll(content, whole, pattern, options.wholeWord ?? false, 100);
    const words = [];
    for (let i = 0; i < places.length; i += 2) words.push(content.slice(places[i], places[i + 1]));
    expect(words).toEqual(found);
  });
  it("says when it is not a pattern", () => {
    expect(findPattern({ ...asTyped, regexp: true, text: "(" })).toBeNull();
  });
});

describe("what stands in its place", () => {
  it.each([
    ["(\\w+) (\\w+)", "un deux", 0, "$2 $1", true, "deux un"],
    ["(u)(n)?x", "ux", 0, "$1-$2-$3-$12", true, "u--$3-u2"],
    ["a", "ba", 1, "$& $$ \\n\\t\\\\", true, "a $ \n\t\\"],
    ["(?<=b)a", "ba", 1, "[$&]", true, "[a]"],
    ["a", "a", 0, "$& \\n", false, "$& \\n"],
  ])("%s in %s at %d by %s", (text, line, at, replacement, regexp, made) => {
    const pattern = findPattern({ ...asTyped, text, regexp })!;
    expect(replacementAt(line, at, pattern, replacement, regexp)).toBe(made);
  });
});

describe("the panel", () => {
  it("replaces all in one step of undo", async () => {
    const view = editorOf("|l’été, l'ete, $1");
    const panel = await panelOf(view, "l'été", "$1 \\n");
    expect(panel.count()).toBe("2 occurrences");
    await panel.replaceAll();
    expect(textOf(view)).toBe("$1 \\n, $1 \\n, $1");
    undo(view);
    expect(textOf(view)).toBe("l’été, l'ete, $1");
    closeFind(view);
    view.destroy();
  });

  it("replaces what it counted and nothing else: no expression joins paragraphs", async () => {
    const text = "Un  mot.\n\nDeux  mots. \n\n\nTrois.";
    for (const all of [true, false]) {
      const view = editorOf(`|${text}`);
      const panel = await panelOf(view, "\\s{2,}", " ", true);
      expect(panel.count()).toBe("2 occurrences");
      if (all) await panel.replaceAll();
      else for (let i = 0; i < 4; i++) await panel.replace();
      expect(textOf(view)).toBe("Un mot.\n\nDeux mots. \n\n\nTrois.");
      closeFind(view);
      view.destroy();
    }
  });

  it("replaces one after the other, from the selection on", async () => {
    const view = editorOf("un un |un");
    const panel = await panelOf(view, "un", "une");
    await panel.replace();
    expect(notationOf(view.state)).toBe("un un ⟨un⟩");
    expect(panel.count()).toBe("3 sur 3");
    await panel.replace();
    expect(notationOf(view.state)).toBe("⟨un⟩ un une");
    closeFind(view);
    view.destroy();
  });

  it("shows where it is, and the place in hand", async () => {
    const view = editorOf("|un deux un");
    await panelOf(view, "un", "");
    const shown = (name: string): number => view.dom.querySelectorAll(name).length;
    expect(shown(".cm-searchMatch")).toBe(2);
    press(view, "F3");
    await wait();
    expect(view.dom.querySelector(".cm-searchMatch-selected")?.textContent).toBe("un");
    expect(notationOf(view.state)).toBe("⟨un⟩ deux un");
    press(view, "Shift-F3");
    await wait();
    expect(notationOf(view.state)).toBe("un deux ⟨un⟩");
    expect(view.dom.querySelector(".cm-announced")?.textContent).toBe("Occurrence : un deux un, ligne 1");
    closeFind(view);
    expect(shown(".cm-searchMatch")).toBe(0);
    press(view, "F3");
    await wait();
    expect(notationOf(view.state)).toBe("⟨un⟩ deux un");
    expect(shown(".cm-searchMatch")).toBe(0);
    view.destroy();
  });
});

const wait = (time = 90): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));
const textOf = (view: EditorView): string => view.state.doc.toString();

type PanelAtHand = {
  count: () => string | null;
  replace: () => Promise<void>;
  replaceAll: () => Promise<void>;
};

/** The panel of an editor with something to look for. */
async function panelOf(
  view: EditorView,
  text: string,
  replacement: string,
  regexp = false,
): Promise<PanelAtHand> {
  openReplace(view);
  const panel = view.dom.querySelector<HTMLElement>(".find-panel")!;
  const [field, other] = [...panel.querySelectorAll<HTMLInputElement>(".find-field")];
  const toggle = panel.querySelector<HTMLElement>("[aria-label='Expression régulière']")!;
  if ((toggle.getAttribute("aria-pressed") === "true") !== regexp) toggle.click();
  field!.value = text;
  other!.value = replacement;
  field!.dispatchEvent(new Event("input"));
  await wait(regexp ? 250 : 90);
  const click = async (name: string): Promise<void> => {
    [...panel.querySelectorAll("button")].find((one) => one.textContent === name)?.click();
    await wait(regexp ? 250 : 90);
  };
  return {
    count: () => panel.querySelector("output")!.textContent,
    replace: () => click("Remplacer"),
    replaceAll: () => click("Tout remplacer"),
  };
}
