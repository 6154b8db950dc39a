import { history, undo } from "@codemirror/commands";

import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  advice,
  adviceAt,
  adviceBeside,
  adviceCount,
  adviceOf,
  type AdviceQuestion,
  adviseAnew,
  dropAdvice,
  showAdvice,
  takeFix,
} from "./advice";
import { declaredLanguages } from "./declared";
import { languageOfArticles } from "./language";
import { editorServices, noServices } from "./services";

// Nothing has a place in a document that is not drawn.
Range.prototype.getBoundingClientRect ??= () => new DOMRect();
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;

const views: EditorView[] = [];
/** The language that a text is said to be in. */
const answered = { lang: "fr" };
afterEach(() => {
  for (const view of views.splice(0)) view.destroy();
  vi.useRealTimers();
});

/** An editor in which “vilage” is unknown, with all that was asked. */
function editor(doc: string, answering?: Promise<void>): { view: EditorView; asked: AdviceQuestion[] } {
  vi.useFakeTimers();
  const asked: AdviceQuestion[] = [];
  const services = {
    ...noServices,
    advise: async (question: AdviceQuestion) => {
      asked.push(question);
      await answering;
      const found = [...question.text.matchAll(/vilage/gu)];
      return {
        lang: answered.lang,
        advice: found.map(({ index }) => ({
          from: index,
          to: index + 6,
          kind: "spelling" as const,
          rule: "unknown-word",
          fixes: [],
          note: null,
          lang: "fr",
        })),
      };
    },
  };
  const extensions = [
    history(),
    languageOfArticles(),
    declaredLanguages(),
    advice(),
    editorServices.of(services),
  ];
  const view = new EditorView({ state: EditorState.create({ doc, extensions }), parent: document.body });
  views.push(view);
  return { view, asked };
}

const rest = (): Promise<unknown> => vi.advanceTimersByTimeAsync(3000);
const places = (view: EditorView): number[] => adviceOf(view.state).map(({ from }) => from);
const shown = (view: EditorView): string[] =>
  [...view.dom.querySelectorAll(".cm-advice-spelling")].map((one) => one.textContent ?? "");

const doc = "# Titre\n\nUn vilage.\n\nDeux.\n\nUn autre vilage.\n";

describe("advice", () => {
  it("is asked for again by the next editor when the one before was put aside", async () => {
    let answer: () => void = () => undefined;
    const { view, asked } = editor(doc, new Promise((resolve) => (answer = resolve)));
    await rest();
    expect(asked).toHaveLength(1);
    const { state } = view;
    view.destroy();
    answer();
    const next = new EditorView({ state, parent: document.body });
    views.push(next);
    await rest();
    expect(asked).toHaveLength(2);
    expect(places(next)).toEqual([12, 37]);
  });

  it("is asked for once for the whole text, and then for what changed alone", async () => {
    const { view, asked } = editor(doc);
    await rest();
    expect(asked.map(({ text, head, lang }) => [text, head, lang])).toEqual([[doc, true, null]]);
    expect(places(view)).toEqual([12, 37]);
    expect(shown(view)).toEqual(["vilage", "vilage"]);
    view.dispatch({ changes: { from: 25, insert: " et un vilage" } });
    expect(places(view)).toEqual([12, 50]);
    await rest();
    expect(asked.slice(1)).toEqual([{ text: "Deux et un vilage.", head: false, lang: "fr", within: [] }]);
    expect(places(view)).toEqual([12, 32, 50]);
    expect(adviceCount(view.state)).toBe(3);
  });

  it("is asked for with the language that is declared above, and again where that became another", async () => {
    const { view, asked } = editor("Un.\n\nDeux vilage.\n\nTrois.\n\nQuatre.\n");
    await rest();
    view.dispatch({
      changes: [
        { from: 5, insert: '<div lang="en">\n\n' },
        { from: 26, insert: "\n\n</div>" },
      ],
    });
    await rest();
    // What is between the tags did not change, and is asked about.
    expect(
      asked
        .slice(1)
        .map(({ text }) => text)
        .join("\n"),
    ).toContain("Deux vilage.\n\nTrois.");
    const before = asked.length;
    const end = view.state.doc.toString().indexOf("Trois") + 5;
    view.dispatch({ changes: { from: end, insert: " vilage" } });
    await rest();
    expect(asked.slice(before)).toEqual([
      { text: "Trois vilage.", head: false, lang: "fr", within: ['<div lang="en">'] },
    ]);
  });

  it("is not shown of the word that is typed, before the caret has left it", async () => {
    const { view } = editor("Un \n\nFin\n");
    await rest();
    for (const [at, letter] of [..."vilage"].entries())
      view.dispatch({
        changes: { from: 3 + at, insert: letter },
        selection: { anchor: 4 + at },
        userEvent: "input.type",
      });
    await rest();
    expect(places(view)).toEqual([3]);
    expect(shown(view)).toEqual([]);
    view.dispatch({ selection: { anchor: 0 } });
    expect(shown(view)).toEqual(["vilage"]);
  });

  it("goes with what changed while it was looked for", async () => {
    let answer = (): void => undefined;
    const { view, asked } = editor(doc, new Promise((done) => (answer = done)));
    await vi.advanceTimersByTimeAsync(300);
    expect(asked).toHaveLength(1);
    view.dispatch({ changes: { from: 0, to: 7, insert: "" } });
    view.dispatch({ changes: { from: 5, to: 6, insert: "vo" } });
    expect(view.state.doc.toString()).toBe("\n\nUn voilage.\n\nDeux.\n\nUn autre vilage.\n");
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(places(view)).toEqual([31]);
    await rest();
    expect(places(view)).toEqual([31]);
  });

  it("is mended in one step that can be undone, and then said again", async () => {
    const { view } = editor(doc);
    await rest();
    const [first] = adviceOf(view.state);
    expect(takeFix(view, first!.id, "village")).toBe(true);
    expect(view.state.sliceDoc(9, 20)).toBe("Un village.");
    expect(takeFix(view, first!.id, "village")).toBe(false);
    await rest();
    expect(places(view)).toEqual([38]);
    undo(view);
    expect(view.state.doc.toString()).toBe(doc);
    await rest();
    expect(places(view)).toEqual([12, 37]);
  });

  it("leads from one to the next and round the ends, and is found at the caret", async () => {
    const { view } = editor(doc);
    await rest();
    const visited: number[] = [];
    for (const direction of [1, 1, 1, -1, -1] as const) {
      const one = adviceBeside(view.state, direction);
      showAdvice(view, one!);
      visited.push(one!.from);
    }
    expect(visited).toEqual([12, 37, 12, 37, 12]);
    expect(adviceAt(view.state, 18).map(({ words }) => words)).toEqual(["vilage"]);
    expect(adviceAt(view.state, 20)).toEqual([]);
  });

  it("is dropped at a word, and asked for anew", async () => {
    const { view, asked } = editor(doc);
    await rest();
    dropAdvice(view, ({ from }) => from < 20);
    expect(places(view)).toEqual([37]);
    const [left] = adviceOf(view.state);
    view.dispatch({ effects: adviseAnew.of(null) });
    await rest();
    expect(adviceOf(view.state)[1]?.id).toBe(left?.id);
    expect(asked.map(({ head }) => head)).toEqual([true, true]);
    expect(places(view)).toEqual([12, 37]);
  });

  it("of a long text is looked for in portions of whole blocks, each once, those that are seen first", async () => {
    const code = `\`\`\`\n${"vilage\n\n".repeat(3000)}\`\`\`\n\n`;
    const { view, asked } = editor(`${"Un paragraphe.\n\n".repeat(6000)}${code}Un vilage.\n`);
    await rest();
    await rest();
    await rest();
    const texts = asked.map(({ text }) => text);
    expect(asked[0]!.head).toBe(true);
    expect(texts.every((text) => text.startsWith("Un "))).toBe(true);
    expect(texts.filter((text) => text.includes("```"))).toEqual([expect.stringMatching(/```$/)]);
    // Everything was asked about, and nothing twice but for what is seen.
    const whole = view.state.doc.length;
    const sum = texts.reduce((length, text) => length + text.length, 0);
    expect(sum).toBeGreaterThan(whole - texts.length * 2 - 2);
    expect(sum).toBeLessThan(whole + 6000);
    expect(places(view).at(-1)).toBe(whole - 8);
  });

  it("is asked for again where the head of a text says that it is in another language", async () => {
    const { view, asked } = editor(`---\nlang: fr\n---\n\n${"Un paragraphe.\n\n".repeat(2000)}`);
    await rest();
    const before = asked.length;
    expect(before).toBeGreaterThan(1);
    answered.lang = "en";
    view.dispatch({ changes: { from: 10, to: 12, insert: "en" } });
    await rest();
    expect(asked[before]!.head).toBe(true);
    expect(asked.slice(before + 1).map(({ text }) => text.length)).toContain(asked[1]!.text.length);
    expect(asked.at(-1)!.lang).toBe("en");
    answered.lang = "fr";
  });
});
