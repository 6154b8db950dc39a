import { describe, expect, it } from "vitest";
import { changeFocus, dimmed, spansInFront } from "./focus";
import { editorOf, plainState, press, stateOf } from "./notation";

const inFront = (notation: string, mode: "paragraph" | "sentence"): string[] => {
  const state = stateOf(notation);
  return spansInFront(state, mode).map(({ from, to }) => state.sliceDoc(from, to));
};

describe("what stays in front", () => {
  it.each([
    ["the sentence", "Un. De|ux ? Trois.", "sentence", ["Deux ? "]],
    ["not cut at an abbreviation", "Un. M. Roy, p. ex., v|int. Fin.", "sentence", ["M. Roy, p. ex., vint. "]],
    ["a sentence over two lines", "Un. Deux\net de|mi. Trois.", "sentence", ["Deux\net demi. "]],
    ["never over two blocks", "Un mot\n\nDe|ux mots\n\nTrois", "sentence", ["Deux mots"]],
    ["the last sentence at the end of a block", "Un. Deux.|\n\nTrois.", "sentence", ["Deux."]],
    ["a sentence in a quotation", "> Un. Deux\n> tro|is. Fin.", "sentence", ["Deux\n> trois. "]],
    ["the words of an item with its mark", "- Un\n- De|ux\n- Trois", "sentence", ["- Deux"]],
    ["a whole heading", "# Un. De|ux.\n\nTrois.", "sentence", ["# Un. Deux."]],
    ["a whole block of code", "```\na. B\nc|. D\n```\n\nx", "sentence", ["```\na. B\nc. D\n```"]],
    ["the paragraph", "Un\nde|ux\n\nTrois", "paragraph", ["Un\ndeux"]],
    ["one item, not its list", "- un\n- de|ux", "paragraph", ["- deux"]],
    ["the empty line alone", "Un\n\n|\n\nDeux", "paragraph", [""]],
    [
      "all that is selected",
      "Un. Deux.\n\nTr⟨ois. Quatre.\n\nCi⟩nq. Six.\n\nSept",
      "sentence",
      ["Trois. Quatre.\n\nCinq. "],
    ],
    ["Arabic", "هل وصلت؟ نع|م. انتهى.", "sentence", ["نعم. "]],
  ] as [string, string, "paragraph" | "sentence", string[]][])("%s", (_name, notation, mode, wanted) => {
    expect(inFront(notation, mode)).toEqual(wanted);
  });

  it("is looked for near the caret, however long a line is", () => {
    const state = plainState("Un mot. ".repeat(200_000), 800_004);
    const [span] = spansInFront(state, "sentence");
    expect(state.sliceDoc(span?.from, span?.to)).toBe("Un mot. ");
  });

  it("leaves the rest of what is on the screen, and nothing else, to step back", () => {
    const state = stateOf("Un.\n\nDeux. Tr|ois. Quatre.\n\nCinq.\n\nSix.");
    const found: string[] = [];
    dimmed(state, "sentence", [{ from: 0, to: 30 }]).between(0, 100, (from, to) => {
      found.push(from === to ? `line ${state.doc.lineAt(from).number}` : state.sliceDoc(from, to));
    });
    expect(found).toEqual(["line 1", "line 2", "Deux. ", "Quatre.", "line 4", "line 5"]);
  });

  it("follows the caret, and is all of it again when it is off", () => {
    const view = editorOf("Un. De|ux.\n\nTrois.");
    const dim = (): string[] => [...view.dom.querySelectorAll(".cm-dim")].map((one) => one.textContent ?? "");
    expect(dim()).toEqual([]);
    view.dispatch(changeFocus("sentence"));
    expect(dim()).toEqual(["Un. ", "", "Trois."]);
    view.dispatch({ selection: { anchor: view.state.doc.length } });
    press(view, '" Ah."');
    expect(dim()).toEqual(["Un. Deux.", "", "Trois. "]);
    view.dispatch(changeFocus("off"));
    expect(dim()).toEqual([]);
    view.destroy();
  });
});
