import { afterEach, describe, expect, it } from "vitest";
import { EditorView } from "@codemirror/view";
import { editorOf, notationOf, press } from "./notation";

afterEach(() => document.body.replaceChildren());

/** Types as the browser does: through what handles input. */
function typeOver(view: EditorView, text: string): void {
  const { from, to } = view.state.selection.main;
  const insert = () => view.state.update(view.state.replaceSelection(text));
  const handled = view.state.facet(EditorView.inputHandler).some((one) => one(view, from, to, text, insert));
  if (!handled) view.dispatch(insert());
}

describe("a sign typed over a selection", () => {
  const cases: [string, string, string][] = [
    ["le ⟨mot⟩ juste", "*", "le *⟨mot⟩* juste"],
    ["le ⟨mot⟩ juste", "_", "le _⟨mot⟩_ juste"],
    ["le ⟨mot⟩ juste", "`", "le `⟨mot⟩` juste"],
    ["le ⟨mot⟩ juste", "[", "le [⟨mot⟩] juste"],
    ["le ⟨mot⟩ juste", "«", "le «\u00a0⟨mot⟩\u00a0» juste"],
    ["le ⟨mot⟩ juste", "x", "le x| juste"],
    ["⟨un\n\ndeux⟩", "*", "*|"],
    ["`le ⟨mot⟩`", "*", "`le *|`"],
  ];
  it.each(cases)("%s and %s", (before, text, after) => {
    const view = editorOf(before);
    typeOver(view, text);
    expect(notationOf(view.state)).toBe(after);
    view.destroy();
  });

  it("twice is strong", () => {
    const view = editorOf("le ⟨mot⟩");
    typeOver(view, "*");
    typeOver(view, "*");
    expect(notationOf(view.state)).toBe("le **⟨mot⟩**");
    view.destroy();
  });
});

describe("keys", () => {
  const cases: [string, string, string, string][] = [
    ["Backspace takes a heading off", "## |Titre", "Backspace", "|Titre"],
    ["Backspace within a heading takes a letter", "## T|itre", "Backspace", "## |itre"],
    ["Backspace takes the mark of a quotation off", "> |un", "Backspace", "|un"],
    ["Backspace takes the mark of an item off", "- |un", "Backspace", "|un"],
    ["a paragraph goes up", "un\n\nde|ux", "Alt-ArrowUp", "de|ux\n\nun"],
    ["a paragraph goes down", "u|n\n\ndeux\n", "Alt-ArrowDown", "deux\n\nu|n\n"],
    ["the first goes no further", "u|n\n\ndeux", "Alt-ArrowUp", "u|n\n\ndeux"],
    ["a heading leaves a blank line", "# a\nte|xte", "Alt-ArrowUp", "te|xte\n\n# a"],
    ["a list goes as a block past a paragraph it follows", "a :\n\n> b|", "Alt-ArrowUp", "> b|\n\na :"],
    ["an item goes up", "- un\n- de|ux", "Alt-ArrowUp", "- de|ux\n- un"],
    ["with what is below it", "- un\n  - a\n- de|ux", "Alt-ArrowUp", "- de|ux\n- un\n  - a"],
    ["numbers stay where they are", "1. un\n2. de|ux\n3. trois", "Alt-ArrowUp", "1. de|ux\n2. un\n3. trois"],
    [
      "and their items stay below them",
      "9. n|euf\n   b\n10. dix",
      "Alt-ArrowDown",
      "9. dix\n10. n|euf\n    b",
    ],
    ["a nested item stays in its list", "- un\n  - a\n  - b|", "Alt-ArrowUp", "- un\n  - b|\n  - a"],
    ["nothing passes the front matter", "---\ntitle: a\n---\nu|n", "Alt-ArrowUp", "---\ntitle: a\n---\nu|n"],
    ["nor moves it", "---\nti|tle: a\n---\nun", "Alt-ArrowDown", "---\nti|tle: a\n---\nun"],
  ];
  it.each(cases)("%s", (_name, before, keys, after) => {
    const view = editorOf(before);
    press(view, keys);
    expect(notationOf(view.state)).toBe(after);
    view.destroy();
  });

  it("moving is undone in one step", () => {
    const view = editorOf("un\n\nde|ux");
    press(view, "Alt-ArrowUp Mod-z");
    expect(view.state.doc.toString()).toBe("un\n\ndeux");
    view.destroy();
  });
});
