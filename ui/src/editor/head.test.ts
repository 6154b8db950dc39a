import { afterEach, describe, expect, it, vi } from "vitest";
import { undo } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { headCommands } from "../../tests/fake-head";
import { articleExtensions } from "./article-editor";
import { look, replaceEvery, replaceOne, countFound, step } from "./found";
import { headOf, headRead, isHeadForm, showHeadAsText, startOfText } from "./head";

afterEach(() => document.body.replaceChildren());

async function formOf(doc: string): Promise<EditorView> {
  const state = EditorState.create({
    doc,
    extensions: articleExtensions({
      attributes: { lang: null, spellcheck: false, label: "text" },
      services: {
        imageSource: () => Promise.resolve(null),
        follow: () => undefined,
        head: {
          read: headCommands.headOf,
          mount: () => ({
            update: () => undefined,
            enter: () => undefined,
            reveal: () => true,
            destroy: () => undefined,
          }),
        },
      },
      readOnly: false,
    }),
  });
  const source = headOf(state)?.source ?? "";
  const head = await headCommands.headOf(source);
  return new EditorView({
    state: state.update({ effects: headRead.of({ source, head }) }).state,
    parent: document.body,
  });
}

const article = "---\ntitle: Un\n---\n\nLe texte.\n";

describe("the front matter of a text", () => {
  it.each([
    ["none", "Le texte.\n", 0, false, true],
    ["YAML", article, 17, false, true],
    ["TOML", '+++\ntitle = "a"\n+++\nb', 19, false, true],
    ["a rule", "---\n\nb\n\n---\n", 11, false, false],
    ["begun", "---\ntitle: a\n", 0, false, true],
    ["too long for the editor", `---\n${"a: b\n".repeat(500)}---\nb`, 0, true, false],
  ])("%s", async (_name, doc, end, endless, form) => {
    const view = await formOf(doc);
    expect(headOf(view.state)).toMatchObject({ end, endless, source: doc.slice(0, end) });
    expect(isHeadForm(view.state)).toBe(form);
    view.destroy();
  });

  it("is read again when it changes, and the form stays meanwhile", async () => {
    const view = await formOf(article);
    view.dispatch({ changes: { from: 13, insert: "e" } });
    expect(headOf(view.state)).toMatchObject({ fresh: false, head: { title: "Un" } });
    expect(isHeadForm(view.state)).toBe(true);
    await Promise.resolve();
    await Promise.resolve();
    expect(headOf(view.state)).toMatchObject({ fresh: true, head: { title: "Une" } });
    view.destroy();
  });
});

describe("a search", () => {
  const wanted = { caseSensitive: false, wholeWord: false, regexp: false, exactAccents: false };
  const doc = "---\ntitle: Un titre\nsection: titre\nstandfirst: Du titre\n---\n\nLe titre, la section.\n";

  it.each([
    ["title", "x", 0, doc],
    ["section", "partie", 1, doc.replace("la section", "la partie")],
    [
      "titre",
      "mot",
      3,
      doc.replace("Un titre", "Un mot").replace("Du titre\n", "Du mot\n").replace("Le titre", "Le mot"),
    ],
    // The first would take words out of the fields.
    ["titre", "a # b", 3, doc.replace("Le titre", "Le a # b")],
  ])(
    "for %s finds words that the form shows, and replaces by %s",
    async (text, replacement, total, after) => {
      const view = await formOf(doc);
      await look(view, { ...wanted, text, replacement });
      expect(countFound(view.state).total).toBe(total);
      await replaceEvery(view);
      expect(view.state.doc.toString()).toBe(after);
      view.destroy();
    },
  );

  it("replaces one place of the form, and reads it again", async () => {
    const view = await formOf(doc);
    await look(view, { ...wanted, text: "titre", replacement: "mot" });
    step(view, -1);
    step(view, 1);
    await replaceOne(view);
    expect(view.state.doc.line(2).text).toBe("title: Un mot");
    await vi.waitFor(() =>
      expect(headOf(view.state)).toMatchObject({ fresh: true, head: { title: "Un mot" } }),
    );
    view.destroy();
  });

  it("finds everything where the front matter is shown as text", async () => {
    const view = await formOf(doc);
    view.dispatch({ effects: showHeadAsText.of(true) });
    await look(view, { ...wanted, text: "title", replacement: "titre" });
    await replaceEvery(view);
    expect(view.state.doc.line(2).text).toBe("titre: Un titre");
    view.destroy();
  });
});

describe("what is out of sight", () => {
  const tried: [string, string, { from: number; to?: number; insert?: string }, string, string][] = [
    ["Backspace at the beginning of the text", article, { from: 17, to: 18 }, "delete.backward", article],
    [
      "typing over everything",
      article,
      { from: 0, to: 28, insert: "x" },
      "input.type",
      article.slice(0, 18) + "x\n",
    ],
    ["a place in it", article, { from: 8, insert: "x" }, "input.type", article],
    [
      "an advice taken",
      article,
      { from: 11, to: 13, insert: "Deux" },
      "input.advice",
      article.replace("Un", "Deux"),
    ],
    ["the text", article, { from: 18, insert: "x" }, "input.type", "---\ntitle: Un\n---\nx\nLe texte.\n"],
    [
      "behind the last line",
      "---\ntitle: Un\n---",
      { from: 17, insert: "x" },
      "input.type",
      "---\ntitle: Un\n---\n\nx",
    ],
  ];
  it.each(tried)("%s", async (_name, doc, changes, userEvent, after) => {
    const view = await formOf(doc);
    view.dispatch({ changes, userEvent });
    expect(view.state.doc.toString()).toBe(after);
    view.destroy();
  });

  it("is not selected by hand, and is by a search", async () => {
    const view = await formOf(article);
    view.dispatch({ selection: { anchor: 0, head: 27 }, userEvent: "select" });
    expect(view.state.selection.main).toMatchObject({ anchor: 18, head: 27 });
    view.dispatch({ selection: { anchor: 4, head: 9 }, userEvent: "select.search" });
    expect(view.state.selection.main).toMatchObject({ anchor: 4, head: 9 });
    view.destroy();
  });

  it("is text on request, and can be edited then", async () => {
    const view = await formOf(article);
    view.dispatch({ effects: showHeadAsText.of(true) });
    expect(isHeadForm(view.state)).toBe(false);
    view.dispatch({ changes: { from: 13, insert: "e" }, userEvent: "input.type" });
    expect(view.state.doc.toString()).toContain("title: Une");
    undo(view);
    expect(view.state.doc.toString()).toBe(article);
    expect(startOfText(view.state)).toBe(18);
    view.destroy();
  });

  it("stays text where it can't be read", async () => {
    const view = await formOf("---\ntitle: [\n---\n\nb");
    expect(isHeadForm(view.state)).toBe(false);
    view.destroy();
  });
});
