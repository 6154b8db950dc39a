import { afterEach, describe, expect, it } from "vitest";
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { editorOf, notationOf, plainState, press } from "./notation";
import { moveBlockDown, moveBlockUp } from "./smart-keys";

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
    ["above it is a blank line, too", "Un\n## T\nDeux|", "Alt-ArrowUp", "Un\n\nDeux|\n\n## T"],
    ["and below it", "Un|\n## T\nDeux", "Alt-ArrowDown", "## T\n\nUn|\n\nDeux"],
    ["what has no end stays where it is", "un\n\n```\nco|de", "Alt-ArrowUp", "un\n\n```\nco|de"],
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

describe("a block that is moved", () => {
  const blocks = [
    ...[
      "Un",
      "Deux\nlignes",
      "# T",
      "Titre\n===",
      "- a\n- b",
      "1. x\n2. y",
      "> q",
      "> q\n>\n> r",
      "---",
      "***",
    ],
    ...[
      "```\ncode\n```",
      "    code",
      "| a | b |\n|---|---|\n| c | d |",
      "<div>\nx\n</div>",
      "[^1]: note",
      "[m]: https://a.example",
    ],
  ];
  const gaps = ["\n", "\n\n", "\n\n\n"];

  /** The blocks of a text with words of their own, by kind and words. */
  const leaves = (state: EditorState): string[] => {
    const found: string[] = [];
    syntaxTree(state).iterate({
      enter: ({ name, type, from, to }) => {
        if (!type.is("LeafBlock")) return;
        found.push(`${name} ${state.sliceDoc(from, to).trim()}`);
        return false;
      },
    });
    return found.sort();
  };

  it("leaves every block what it is, in whatever order they stand", () => {
    // The same numbers each time.
    let seed = 7;
    const below = (limit: number): number => (seed = (seed * 48271) % 2147483647) % limit;
    let moved = 0;
    for (let round = 0; round < 300; round++) {
      let text = "";
      for (let count = 2 + below(4); count > 0; count--)
        text += `${text && gaps[below(gaps.length)]}${blocks[below(blocks.length)]}`;
      const before = plainState(text, below(text.length + 1));
      const view = new EditorView({ state: before });
      (below(2) === 0 ? moveBlockUp : moveBlockDown)(view);
      const after = plainState(view.state.doc.toString());
      expect([text, ...leaves(after)]).toEqual([text, ...leaves(before)]);
      if (after.doc.toString() !== text) moved++;
      view.destroy();
    }
    expect(moved).toBeGreaterThan(120);
  });
});
