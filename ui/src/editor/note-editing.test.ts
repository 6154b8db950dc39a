import { redo, undo } from "@codemirror/commands";
import { syntaxTree } from "@codemirror/language";
import { Prec, Text, type Transaction } from "@codemirror/state";
import { EditorView, runScopeHandlers } from "@codemirror/view";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { AdviceQuestion } from "./advice";
import { insertCitation } from "./citations";
import { insertFootnote } from "./insertions";
import { minimalChange } from "./minimal-change";
import { changeReadOnly } from "./read-only";
import { editNote, openNote } from "./note-editing";
import { noteEditorOf } from "./note-field";
import { countNotes } from "./note-numbers";
import { callAt, noteBody, writtenNote } from "./note-places";
import { editorOf, notationOf, plainState } from "./notation";
import type { MarkdownPaste } from "./pasting";
import { editorServices, noServices } from "./services";
import { changeTypingTypography } from "./typing-typography";

afterEach(() => document.body.replaceChildren());

const doc = (text: string): Text => Text.of(text.split("\n"));

describe("places of notes", () => {
  it("calls are numbered in their order, once for each note", () => {
    const state = plainState("Un[^b] deux[^A] trois[^b].\n\n[^a]: Note[^c].\n[^b]: x\n[^c]: y");
    const found = countNotes(state.doc, syntaxTree(state), []);
    expect([...found.labels]).toEqual([
      ["b", 1],
      ["a", 2],
      ["c", 3],
    ]);
  });
  it("a call is found at its ends and within", () => {
    const text = doc("Un[^note] mot");
    expect([2, 5, 9].map((at) => callAt(text, at)?.label)).toEqual(["note", "note", "note"]);
    expect([0, 11].map((at) => callAt(text, at))).toEqual([null, null]);
  });
  it.each([
    ["[^1]: Un.\n\nAprès", "Un."],
    ["[^1]:   Un\nsuite\n[^2]: x", "Un\nsuite"],
    ["[^1]: Un.\n\n    Deux.\n\tTrois\n\nAprès", "Un.\n\nDeux.\nTrois"],
    ["[^1]: \n", ""],
    ["[^1]: Un.\n- liste", "Un."],
    ["x [^1]: y\n[^1]: z", "z"],
  ])("what a note says: %j", (text, says) => {
    expect(noteBody(doc(text), "1")?.text).toBe(says);
  });
  it("no note, nothing said", () => expect(noteBody(doc("[^1]"), "1")).toBeNull());
  it("lines below the first are indented", () => expect(writtenNote("a\n\nb")).toBe("a\n\n    b"));
});

function field(): EditorView {
  const found = document.querySelector<HTMLElement>(".cm-note-field");
  const editor = found && EditorView.findFromDOM(found);
  if (!editor) throw new Error("no note is open");
  return editor;
}

const value = (): string => field().state.doc.toString();

function type(text: string, caret = text.length): void {
  const editor = field();
  const changes = minimalChange(value(), text);
  editor.dispatch({ changes, selection: { anchor: caret }, userEvent: "input.type" });
}

function key(name: string, ctrlKey = false): void {
  const keyCode = { Escape: 27, Enter: 13, Tab: 9 }[name] ?? name.toUpperCase().charCodeAt(0);
  const event = new KeyboardEvent("keydown", { key: name, keyCode, ctrlKey });
  runScopeHandlers(field(), event, "editor");
}

function pasted(data: Record<string, string>): Event {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  const clipboardData = {
    getData: (type: string) => data[type] ?? "",
    types: Object.keys(data),
    files: [],
  };
  return Object.assign(event, { clipboardData });
}

const text = (view: EditorView): string => view.state.doc.toString();

describe("a note at its call", () => {
  it("is edited in its own bytes, with one history, and left to the call", () => {
    const view = editorOf("Un[^n]| mot.\n\n[^n]: Dit.\n\n    Encore.\n\nFin *x*");
    expect(editNote(view)).toBe(true);
    expect(value()).toBe("Dit.\n\nEncore.");
    expect(field().contentDOM.getAttribute("aria-label")).toBe("Note 1");
    type("Dit.\n\nEncore une fois.\nEt là.");
    expect(text(view)).toBe("Un[^n] mot.\n\n[^n]: Dit.\n\n    Encore une fois.\n    Et là.\n\nFin *x*");
    key("z", true);
    expect(text(view)).toBe("Un[^n] mot.\n\n[^n]: Dit.\n\n    Encore.\n\nFin *x*");
    expect(value()).toBe("Dit.\n\nEncore.");
    key("y", true);
    expect(value()).toBe("Dit.\n\nEncore une fois.\nEt là.");
    key("Escape");
    expect(document.querySelector(".cm-note-editor")).toBeNull();
    expect(notationOf(view.state)).toContain("Un[^n]| mot");
    undo(view);
    redo(view);
    view.destroy();
  });

  it("has its own marks: the keys of the text mean its words", () => {
    const view = editorOf("Un[^n]| mot.\n\n[^n]: Dit ici.");
    editNote(view);
    field().dispatch({ selection: { anchor: 4, head: 7 } });
    key("b", true);
    expect(text(view)).toBe("Un[^n] mot.\n\n[^n]: Dit **ici**.");
    expect(field().state.selection.main).toMatchObject({ from: 6, to: 9 });
    key("b", true);
    key("i", true);
    expect(text(view)).toBe("Un[^n] mot.\n\n[^n]: Dit *ici*.");
    view.dispatch(changeReadOnly(true));
    key("i", true);
    expect(value()).toBe("Dit *ici*.");
    view.destroy();
  });

  it("is not there where nothing is called, nor in code", () => {
    for (const notation of ["Un[^x]|", "Un| [^1]\n\n[^1]: x", "`[^1]|`\n\n[^1]: x"]) {
      const view = editorOf(notation);
      expect(editNote(view), notation).toBe(false);
      view.destroy();
    }
  });

  it("opens at once when it is put in", async () => {
    const view = editorOf("Un| mot");
    insertFootnote(view);
    await Promise.resolve();
    expect(value()).toBe("");
    type("Neuf");
    expect(text(view)).toContain("Un[^1] mot\n\n[^1]: Neuf");
    view.destroy();
  });

  it("closes when its call goes, and is offered for deletion with the last one", () => {
    const offers: [number, () => void][] = [];
    const services = Prec.highest(
      editorServices.of({
        imageSource: () => Promise.resolve(null),
        follow: () => undefined,
        orphanedNote: (number, run) => void offers.push([number, run]),
      }),
    );
    const view = editorOf("|Un[^a] deux[^b][^b].\n\n[^a]: A\n[^b]: B\n\nFin", services);
    openNote(view, { label: "a", from: 2, to: 6 });
    view.dispatch({ changes: { from: 15, to: 19 }, userEvent: "delete.backward" });
    expect(offers).toEqual([]);
    view.dispatch({ changes: { from: 2, to: 6 }, userEvent: "delete.backward" });
    expect(document.querySelector(".cm-note-editor")).toBeNull();
    expect(offers.map(([number]) => number)).toEqual([1]);
    offers[0]?.[1]();
    expect(text(view)).toBe("Un deux[^b].\n\n[^b]: B\n\nFin");
    // What was typed otherwise asks nothing.
    view.dispatch({ changes: { from: 7, to: 11 }, userEvent: "input.type" });
    expect(offers.length).toBe(1);
    view.destroy();
  });

  it("keeps the field and its caret while one types in the middle of it", async () => {
    const view = editorOf("Un[^1]| mot.\n\n[^1]: Dit ici.\n\nFin");
    editNote(view);
    await vi.waitFor(() => expect(field().hasFocus).toBe(true));
    const before = field();
    type("Dit bien ici.", 8);
    expect(field()).toBe(before);
    expect(field().state.selection.main.head).toBe(8);
    // Words typed above the note move it, and the caret stays where it was.
    view.dispatch({ changes: { from: 0, insert: "Avant " } });
    expect(field()).toBe(before);
    key("z", true);
    key("z", true);
    expect(value()).toBe("Dit ici.");
    expect(field().state.selection.main.head).toBe(4);
    view.destroy();
  });

  it("leaves the lines that nobody touched as they are written", () => {
    const view = editorOf("Un[^1]| mot.\n\n[^1]: Un\nmou\n\n\tDeux\n\n    Trois\n\nFin");
    editNote(view);
    type("Un!\nmou\n\nDeux\n\nTrois");
    expect(text(view)).toBe("Un[^1] mot.\n\n[^1]: Un!\nmou\n\n\tDeux\n\n    Trois\n\nFin");
    type("Un!\nmou\n\nDeux\nbis\n\nTrois");
    expect(text(view)).toBe("Un[^1] mot.\n\n[^1]: Un!\nmou\n\n\tDeux\n    bis\n\n    Trois\n\nFin");
    // A line that would not belong to the note any more is indented.
    type("Un!\n\nmou\n\nDeux\nbis\n\nTrois");
    expect(noteBody(view.state.doc, "1")?.text).toBe("Un!\n\nmou\n\nDeux\nbis\n\nTrois");
    view.destroy();
  });

  it("a new line that nothing stands on yet leaves nothing behind", () => {
    const view = editorOf("Un[^1]| mot.\n\n[^1]: Dit\n\nFin");
    editNote(view);
    for (const typed of ["Dit\n", "Dit\n\n", "Dit\n\nE", "Dit\n\nEn"]) type(typed);
    expect(text(view)).toBe("Un[^1] mot.\n\n[^1]: Dit\n\n    En\n\nFin");
    for (const typed of [" Dit\n\nEn", " aDit\n\nEn", " abDit\n\nEn"]) type(typed);
    expect(text(view)).toBe("Un[^1] mot.\n\n[^1]: abDit\n\n    En\n\nFin");
    view.destroy();
  });

  it("takes no words once the text can't be changed, and no key of an input method", () => {
    const view = editorOf("Un[^1]| mot.\n\n[^1]: Dit");
    editNote(view);
    field().contentDOM.dispatchEvent(
      new KeyboardEvent("keydown", {
        key: "Escape",
        keyCode: 27,
        isComposing: true,
        bubbles: true,
        cancelable: true,
      }),
    );
    expect(document.querySelector(".cm-note-editor")).not.toBeNull();
    view.dispatch(changeReadOnly(true));
    expect(field().state.readOnly).toBe(true);
    view.destroy();
  });

  it("is an editor of its own: citations, italics and typography come into the note", () => {
    const view = editorOf("Un[^1]| mot.\n\n[^1]: Dit\n\nFin");
    view.dispatch(changeTypingTypography(true));
    editNote(view);
    const inner = noteEditorOf(view);
    expect(inner).toBe(field());
    if (inner) insertCitation(inner);
    expect(text(view)).toContain("[^1]: Dit [@]\n\nFin");
    field().dispatch({ selection: { anchor: 0, head: 3 } });
    key("i", true);
    expect(text(view)).toContain("[^1]: *Dit* [@]\n\nFin");
    const { length } = field().state.doc;
    field().dispatch({ selection: { anchor: length }, changes: { from: length, insert: " l" } });
    field().contentDOM.lang = "fr";
    const insert = (): Transaction =>
      field().state.update(field().state.replaceSelection("'"), { userEvent: "input.type" });
    field().dispatch({ selection: { anchor: field().state.doc.length } });
    const at = field().state.doc.length;
    const handled = field()
      .state.facet(EditorView.inputHandler)
      .some((run) => run(field(), at, at, "'", insert));
    expect(handled).toBe(true);
    expect(text(view)).toContain("[^1]: *Dit* [@] l’\n\nFin");
    view.destroy();
  });

  it("takes what is pasted as Markdown", async () => {
    const services = {
      imageSource: () => Promise.resolve(null),
      follow: () => undefined,
      paste: () =>
        Promise.resolve({ body: "*mot*", notes: "", beginsInLine: true, endsInLine: true, isLine: true }),
    };
    const view = editorOf("Un[^1]| mot.\n\n[^1]: Dit ", Prec.highest(editorServices.of(services)));
    editNote(view);
    field().dispatch({ selection: { anchor: field().state.doc.length } });
    field().contentDOM.dispatchEvent(pasted({ "text/html": "<i>mot</i>", "text/plain": "mot" }));
    await new Promise((done) => setTimeout(done));
    expect(text(view)).toBe("Un[^1] mot.\n\n[^1]: Dit *mot*");
    view.destroy();
  });

  it.each([
    ["Un[^1]| mot.\n\n[^1]: Dit ", "Un[^1] mot.\n\n[^1]: Dit *mot*"],
    ["Un^[Dit ]| mot.", "Un^[Dit *mot*] mot."],
  ])("takes what was pasted when it is closed by then: %s", async (before, after) => {
    let ready: (paste: MarkdownPaste) => void = () => undefined;
    const services = {
      ...noServices,
      paste: () => new Promise<MarkdownPaste>((resolve) => (ready = resolve)),
    };
    const view = editorOf(before, Prec.highest(editorServices.of(services)));
    editNote(view);
    field().dispatch({ selection: { anchor: field().state.doc.length } });
    field().contentDOM.dispatchEvent(pasted({ "text/html": "<i>mot</i>", "text/plain": "mot" }));
    await new Promise((done) => setTimeout(done));
    key("Escape");
    expect(document.querySelector(".cm-note-field")).toBeNull();
    // What is written in the text meanwhile moves the note.
    view.dispatch({ changes: { from: 0, insert: "Et " } });
    ready({ body: "*mot*", notes: "", beginsInLine: true, endsInLine: true, isLine: true });
    await new Promise((done) => setTimeout(done));
    expect(text(view)).toBe(`Et ${after}`);
    view.destroy();
  });

  it("shows what is said of its words", async () => {
    vi.useFakeTimers();
    const services = {
      imageSource: () => Promise.resolve(null),
      follow: () => undefined,
      advise: (question: AdviceQuestion) => {
        const from = question.text.indexOf("vilage");
        const one = {
          from,
          to: from + 6,
          kind: "spelling" as const,
          rule: "unknown-word",
          fixes: ["village"],
        };
        return Promise.resolve({ lang: "fr", advice: from < 0 ? [] : [{ ...one, note: null, lang: "fr" }] });
      },
    };
    const view = editorOf(
      "Un[^1]| mot.\n\n[^1]: Dit\n\n    Un vilage.",
      Prec.highest(editorServices.of(services)),
    );
    editNote(view);
    await vi.advanceTimersByTimeAsync(3000);
    const marked = (): (string | null)[] =>
      [...field().dom.querySelectorAll(".cm-advice-spelling")].map((one) => one.textContent);
    expect(marked()).toEqual(["vilage"]);
    type("Dit\n\nUn village.");
    expect(marked()).toEqual([]);
    vi.useRealTimers();
    view.destroy();
  });

  it("within the line is edited like the others, and stays one", () => {
    const view = editorOf("Un^[Dit *ici*.]| mot.");
    expect(editNote(view)).toBe(true);
    expect(value()).toBe("Dit *ici*.");
    expect(field().contentDOM.getAttribute("aria-label")).toBe("Note 1");
    type("Dit *là*.");
    expect(text(view)).toBe("Un^[Dit *là*.] mot.");
    type("Dit] [*là*.");
    expect(text(view)).toBe("Un^[Dit\\] \\[*là*.] mot.");
    type("Dit\nlà [@a]");
    expect(text(view)).toBe("Un^[Dit là [@a]] mot.");
    key("Escape");
    expect(document.querySelector(".cm-note-editor")).toBeNull();
    view.destroy();
  });

  it("calls show their numbers, whatever their labels", () => {
    vi.useRealTimers();
    const view = editorOf("|Un[^zwei] deux[^1].\n\n[^1]: x\n[^zwei]: y");
    const shown = [...view.contentDOM.querySelectorAll(".cm-footnote-call")].map((call) => call.textContent);
    expect(shown).toEqual(["1", "2"]);
    view.destroy();
  });
});
