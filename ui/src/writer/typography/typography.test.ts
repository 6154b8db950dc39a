import { history, undo } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, describe, expect, it } from "vitest";
import {
  corrections,
  dropCorrections,
  makeCorrections,
  offerCorrections,
  offersOf,
  showCorrection,
} from "@/editor/corrections";
import { byRule, nameOf, pieces, surroundings } from "./offers";

const views: EditorView[] = [];
afterEach(() => {
  for (const view of views.splice(0)) view.destroy();
});

function editor(doc: string, fixed = false): EditorView {
  const extensions = [history(), corrections(), EditorState.readOnly.of(fixed)];
  const view = new EditorView({ state: EditorState.create({ doc, extensions }) });
  views.push(view);
  return view;
}

/** Offers every straight apostrophe, and every run of three dots. */
function offer(view: EditorView): void {
  const found = [...view.state.doc.toString().matchAll(/'|\.\.\./gu)];
  offerCorrections(
    view,
    found.map(({ index, 0: text }) => ({
      from: index,
      to: index + text.length,
      after: text === "'" ? "’" : "…",
      rule: text === "'" ? "apostrophe" : "ellipsis",
    })),
  );
}

const ids = (view: EditorView, rule: string): Set<number> =>
  new Set(
    offersOf(view.state)
      .filter((one) => one.rule === rule)
      .map((one) => one.id),
  );

describe("corrections of typography", () => {
  it("are made together and undone together", () => {
    const view = editor("l'eau, l'été...");
    offer(view);
    expect(makeCorrections(view, ids(view, "apostrophe"))).toBe(2);
    expect(view.state.doc.toString()).toBe("l’eau, l’été...");
    expect(offersOf(view.state).map((one) => one.rule)).toEqual(["ellipsis"]);
    undo(view);
    expect(view.state.doc.toString()).toBe("l'eau, l'été...");
  });

  it("stay in their places while the text is edited, and go with the words they stood in", () => {
    const view = editor("l'eau, l'été...");
    offer(view);
    view.dispatch({ changes: { from: 0, insert: "Oui : " } });
    view.dispatch({ changes: { from: 13, to: 19, insert: "" } });
    expect(view.state.doc.toString()).toBe("Oui : l'eau, ..");
    expect(offersOf(view.state).map(({ from, rule }) => [from, rule])).toEqual([[7, "apostrophe"]]);
    expect(makeCorrections(view, new Set(offersOf(view.state).map((one) => one.id)))).toBe(1);
    expect(view.state.doc.toString()).toBe("Oui : l’eau, ..");
  });

  it("are shown one at a time, and stay offered", () => {
    const view = editor("l'eau, l'été...");
    offer(view);
    const [first, second] = offersOf(view.state);
    for (const one of [first, second]) {
      if (one) showCorrection(view, one);
      expect(view.dom.querySelectorAll(".cm-correction-shown")).toHaveLength(1);
      expect(view.state.selection.main.from).toBe(one?.from);
    }
    expect(offersOf(view.state)).toHaveLength(3);
  });

  it("are refused, and not made in a text that can only be read", () => {
    const view = editor("l'eau...");
    offer(view);
    dropCorrections(view, ids(view, "ellipsis"));
    expect(offersOf(view.state).map((one) => one.rule)).toEqual(["apostrophe"]);
    const fixed = editor("l'eau", true);
    offer(fixed);
    expect(makeCorrections(fixed, ids(fixed, "apostrophe"))).toBe(0);
    expect(fixed.state.doc.toString()).toBe("l'eau");
  });

  it("are shown by rule, with their surroundings and the names of their spaces", () => {
    const view = editor("Première ligne.\nUn l'eau... dort");
    offer(view);
    const offers = offersOf(view.state);
    expect(byRule(offers).map((group) => [group.rule, group.offers.length])).toEqual([
      ["apostrophe", 1],
      ["ellipsis", 1],
    ]);
    expect(offers[0] && surroundings(view.state, offers[0])).toEqual({ lead: "Un l", tail: "eau... dort" });
    expect(pieces("a\u00a0«\u202f ", true).map((piece) => piece.space)).toEqual([
      null,
      "no-break",
      null,
      "thin",
      "plain",
    ]);
  });

  it("are known again when typography around them has changed", () => {
    const named = (doc: string): string => {
      const from = doc.indexOf("...");
      const one = { from, to: from + 3, before: "...", after: "…", rule: "ellipsis" };
      return nameOf(editor(doc).state, one);
    };
    const name = named('L\'Etat dit "non" ? Il attend... et part');
    expect(named("L’État dit «\u00a0non\u00a0»\u202f? Il attend... et part")).toBe(name);
    expect(named("L’État dit « oui »\u202f? Elle attend... et part")).not.toBe(name);
  });
});
