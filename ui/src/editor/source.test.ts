import { undo } from "@codemirror/commands";
import type { EditorView } from "@codemirror/view";
import { afterEach, describe, expect, it } from "vitest";
import { shownBlockWidgets } from "./block-widgets";
import { editorOf, notationOf, press } from "./notation";
import { changeSource } from "./source";
import { selectedTable } from "./tables/table-place";

afterEach(() => document.body.replaceChildren());

const shown = (view: EditorView): string =>
  [...view.contentDOM.querySelectorAll(".cm-line")].map(({ textContent }) => textContent).join("\n");

describe("the text as it is written", () => {
  it.each([
    "# Titre\n\n**gras**, *italique*, [mot](https://a.example), [[Page|mot]]",
    "Un[^1] ![image](a.png)\n\n![seule](b.png)\n\n[^1]: note",
    "> [!NOTE]\n> un\n\n- un\n  - [x] deux\n\n---\n\n&amp; \\*",
    "Avant\n\n| a | b |\n| --- | --- |\n| c | d |\n\nAprès",
    "---\ntitle: Un\n---\n\nLe texte.",
  ])("has every sign of %j", (text) => {
    const view = editorOf(`${text}\n\nfin‸`);
    const before = shown(view);
    view.dispatch(changeSource(true));
    // Nothing tells here how high lines are that are not drawn yet: all of them are drawn anew.
    view.setState(view.state);
    expect(shown(view)).toBe(`${text}\n\nfin`);
    expect(view.contentDOM.querySelector(".cm-heading, .cm-table, img, sup")).toBeNull();
    expect(shownBlockWidgets(view.state).size).toBe(0);
    view.dispatch(changeSource(false));
    view.setState(view.state);
    expect(shown(view)).toBe(before);
    view.destroy();
  });

  it("keeps the caret and what can be undone, and a table is lines of text", () => {
    const view = editorOf("‸Un\n\n| a | b |\n| --- | --- |\n| c | d |\n");
    press(view, '"x"');
    view.dispatch(changeSource(true));
    expect(view.state.selection.main.head).toBe(1);
    view.dispatch({ selection: { anchor: 7 } });
    expect(selectedTable(view.state)).toBeNull();
    press(view, '"y"');
    expect(view.state.doc.line(3).text).toBe("| ya | b |");
    undo(view);
    expect(view.state.doc.line(3).text).toBe("| a | b |");
    view.dispatch(changeSource(false));
    expect(selectedTable(view.state)).not.toBeNull();
    undo(view);
    expect(view.state.doc.line(1).text).toBe("Un");
    view.destroy();
  });

  it("is no comment: the key for it makes none", () => {
    const view = editorOf("Un mot|");
    press(view, "Mod-/ Alt-A");
    expect(notationOf(view.state)).toBe("Un mot|");
    view.destroy();
  });
});
