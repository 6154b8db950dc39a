import { undo } from "@codemirror/commands";
import { EditorView } from "@codemirror/view";
import { Prec } from "@codemirror/state";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { AdviceQuestion } from "../advice";
import { editorOf, press } from "../notation";
import { changeReadOnly } from "../read-only";
import { editorServices } from "../services";
import { tableCommands } from "./table-keys";

afterEach(() => document.body.replaceChildren());

const before = "avant\n\n";
const table = "| Nom  | Âge |\n|------|----:|\n| Ana  |  31 |\n| Zoé |";
const text = `${before}${table}\n\naprès`;

/** An editor with the caret behind some words of a table. */
function at(words: string): EditorView {
  const view = editorOf(`|${text}`.replace("|", "‸"));
  view.focus();
  view.dispatch({ selection: { anchor: text.indexOf(words) + words.length } });
  return view;
}

function cell(view: EditorView): EditorView {
  const found = view.dom.querySelector<HTMLElement>(".cm-cell");
  const editor = found && EditorView.findFromDOM(found);
  if (!editor) throw new Error("no cell is edited");
  return editor;
}

function type(view: EditorView, words: string): void {
  const editor = cell(view);
  editor.dispatch(editor.state.replaceSelection(words), { userEvent: "input.type" });
}

function keys(view: EditorView, names: string): void {
  for (const name of names.split(" ")) press(cell(view), name);
}

describe("a cell is edited where it stands", () => {
  it("is a grid with the caret in it", () => {
    const view = at("Ana");
    expect(view.dom.querySelector("[role=grid]")?.getAttribute("aria-label")).toContain("3");
    expect(cell(view).state.doc.toString()).toBe("Ana");
    expect(cell(view).hasFocus).toBe(true);
    expect(view.state.doc.toString()).toBe(text);
  });
  it.each([
    ["words", "Ana", "ïs", text.replace("Ana", "Anaïs")],
    ["a pipe", "31", "|b", text.replace("31", "31\\|b")],
    ["lines", "Nom", "\nd’ici", text.replace("Nom ", "Nom d’ici ")],
    ["a backslash before the pipe stays a sign of its own", "Zoé", "\\", text.replace("Zoé", "Zoé\\")],
  ])("%s: no other byte changes, and one undo takes it back", (_name, where, words, after) => {
    const view = at(where);
    type(view, words);
    expect(view.state.doc.toString()).toBe(after);
    expect(cell(view).hasFocus).toBe(true);
    undo(view);
    expect(view.state.doc.toString()).toBe(text);
    expect(cell(view).state.doc.toString()).toBe(where);
  });
  it("goes on while one types", () => {
    const view = at("Ana");
    const editor = cell(view);
    for (const sign of " Maria ") type(view, sign);
    expect(cell(view)).toBe(editor);
    expect(view.state.doc.toString()).toBe(text.replace("Ana", "Ana Maria "));
  });
  it("can't be changed once the text can't", () => {
    const view = at("Ana");
    view.dispatch(changeReadOnly(true));
    expect(cell(view).state.readOnly).toBe(true);
    expect(cell(view).hasFocus).toBe(true);
    view.dispatch(changeReadOnly(false));
    expect(cell(view).state.readOnly).toBe(false);
  });
  it("makes the cell of a row that ends before it", () => {
    const view = at("Zoé");
    keys(view, "Tab");
    expect(cell(view).state.doc.toString()).toBe("");
    expect(view.state.doc.toString()).toBe(text);
    type(view, "9");
    type(view, "0");
    expect(view.state.doc.toString()).toBe(text.replace("| Zoé |", "| Zoé | 90 |"));
    expect(cell(view).state.doc.toString()).toBe("90");
  });
});

describe("keys", () => {
  it.each([
    ["Tab", "Ana", "31"],
    ["Tab", "Âge", "Ana"],
    ["Shift-Tab", "Ana", "Âge"],
    ["Enter", "Nom", "Ana"],
    ["ArrowDown", "Âge", "31"],
    ["ArrowUp", "31", "Âge"],
    ["ArrowRight", "Nom", "Âge"],
  ])("%s from %s to %s", (key, from, to) => {
    const view = at(from);
    keys(view, key);
    expect(cell(view).state.doc.toString()).toBe(to);
    expect(cell(view).hasFocus).toBe(true);
    expect(view.state.doc.toString()).toBe(text);
  });
  it("Tab behind the last cell makes a row", () => {
    const view = at("Zoé");
    keys(view, "Tab Tab");
    expect(view.state.doc.toString()).toBe(text.replace("| Zoé |", "| Zoé |\n|  |  |"));
    type(view, "x");
    expect(view.state.doc.toString()).toBe(text.replace("| Zoé |", "| Zoé |\n| x |  |"));
  });
  it.each([
    ["Escape", text.indexOf("après")],
    ["Enter", text.indexOf("après")],
    ["ArrowDown", text.indexOf("après")],
  ])("%s leaves below", (key, head) => {
    const view = at("Zoé");
    keys(view, key);
    expect(view.state.selection.main.head).toBe(head);
    expect(view.hasFocus).toBe(true);
    expect(view.dom.querySelector(".cm-cell")).toBeNull();
    expect(view.state.doc.toString()).toBe(text);
  });
  it("ArrowUp leaves above, and ArrowDown comes back", () => {
    const view = at("Nom");
    keys(view, "ArrowUp");
    expect(view.state.selection.main.head).toBe(before.length - 1);
    press(view, "ArrowDown");
    expect(cell(view).state.doc.toString()).toBe("Nom");
  });
});

function paste(view: EditorView, data: Record<string, string>): void {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  const clipboardData = { getData: (type: string) => data[type] ?? "", types: Object.keys(data), files: [] };
  cell(view).contentDOM.dispatchEvent(Object.assign(event, { clipboardData }));
}

describe("what comes into a cell", () => {
  it("stays in it, lines and all", () => {
    const view = at("Ana");
    paste(view, { "text/plain": "\nun|e\ndeux\n" });
    expect(view.state.doc.toString()).toBe(text.replace("Ana", "Anaun\\|e deux"));
    undo(view);
    expect(view.state.doc.toString()).toBe(text);
  });
  it("breaks lines as the cell does", () => {
    const view = at("Ana");
    type(view, "<br>");
    paste(view, { "text/plain": "un\ndeux" });
    expect(view.state.doc.toString()).toBe(text.replace("Ana", "Ana<br>un<br>deux"));
  });
  it("is cells where it is a table", () => {
    const view = at("Ana");
    paste(view, { "text/plain": "un\tdeux\ntrois\tquatre" });
    const after = text
      .replace("Ana ", "un ")
      .replace(" 31", " deux")
      .replace("| Zoé |", "| trois | quatre |");
    expect(view.state.doc.toString()).toBe(after);
  });
  it("keeps its italics and links", async () => {
    const services = {
      imageSource: () => Promise.resolve(null),
      follow: () => undefined,
      paste: () =>
        Promise.resolve({ body: "*mot*|", notes: "", beginsInLine: true, endsInLine: true, isLine: true }),
    };
    const view = editorOf(`‸${text}`, Prec.highest(editorServices.of(services)));
    view.focus();
    view.dispatch({ selection: { anchor: text.indexOf("Ana") + 3 } });
    paste(view, { "text/plain": "mot", "text/html": "<i>mot</i>" });
    // The caret goes on; the words come where they were meant.
    keys(view, "Tab");
    await new Promise((done) => setTimeout(done));
    expect(view.state.doc.toString()).toBe(text.replace("Ana", "Ana*mot*\\|"));
  });
  it("from outside of it, a quotation for instance, ends no cell", () => {
    const view = at("Ana");
    const from = text.indexOf("Ana") + 3;
    view.dispatch({
      changes: [
        { from, insert: " «\u00a0a|b\nc\u00a0»[^1]" },
        { from: text.length, insert: "\n\n[^1]: x|y" },
      ],
      userEvent: "input.quotation",
    });
    const after = `${text.replace("Ana", "Ana «\u00a0a\\|b c\u00a0»[^1]")}\n\n[^1]: x|y`;
    expect(view.state.doc.toString()).toBe(after);
  });
  it("shows what is said of the words, in the cell that is edited and in the others", async () => {
    vi.useFakeTimers();
    const services = {
      imageSource: () => Promise.resolve(null),
      follow: () => undefined,
      advise: (question: AdviceQuestion) => {
        const one = { kind: "spelling" as const, rule: "unknown-word", fixes: [], note: null, lang: "fr" };
        const found = [...question.text.matchAll(/vilage/g)];
        return Promise.resolve({
          lang: "fr",
          advice: found.map(({ index }) => ({ ...one, from: index, to: index + 6 })),
        });
      },
    };
    const words = "| a\\|b vilage | *vilage* x |\n|---|---|\n| c | d |";
    const view = editorOf(`‸${words}`, Prec.highest(editorServices.of(services)));
    view.focus();
    view.dispatch({ selection: { anchor: words.indexOf("c |") } });
    await vi.advanceTimersByTimeAsync(3000);
    const marked = (): (string | null)[] =>
      [...view.dom.querySelectorAll(".cm-advice-spelling")].map((one) => one.textContent);
    expect(marked()).toEqual(["vilage", "vilage"]);
    view.dispatch({ selection: { anchor: words.indexOf("vilage") } });
    expect(cell(view).dom.querySelector(".cm-advice-spelling")?.textContent).toBe("vilage");
    expect(marked()).toEqual(["vilage", "vilage"]);
    vi.useRealTimers();
  });
});

describe("a table that nothing stands behind", () => {
  it.each([
    ["the end of the text", `${before}${table}`, "", "\n\nx"],
    ["a line end", `${before}${table}\n`, "\n", "\n\nx"],
    ["blanks", `${before}${table}\n  `, "\n  ", "\n  \nx"],
  ])("%s: leaving it writes nothing, and words get a line of their own", (_name, doc, rest, after) => {
    for (const key of ["Escape", "Enter", "ArrowDown"]) {
      const view = editorOf("‸");
      view.dispatch({ changes: { from: 0, insert: doc }, selection: { anchor: doc.indexOf("Zoé") + 3 } });
      view.focus();
      keys(view, key);
      expect(view.state.doc.toString(), key).toBe(doc);
      expect(view.dom.querySelector(".cm-cell"), key).toBeNull();
      expect(view.dom.querySelector(".cm-table"), key).not.toBeNull();
      expect(view.hasFocus).toBe(true);
      // A line to stand on is on the screen.
      expect(view.dom.querySelector(".cm-table ~ .cm-line"), key).not.toBeNull();
      press(view, "ArrowDown");
      press(view, "Delete");
      expect(view.state.doc.toString(), key).toBe(doc);
      view.dispatch(view.state.replaceSelection("x"), { userEvent: "input.type" });
      expect(view.state.doc.toString(), key).toBe(doc.slice(0, doc.length - rest.length) + after);
      expect(view.state.selection.main.head).toBe(view.state.doc.length);
      undo(view);
      expect(view.state.doc.toString(), key).toBe(doc);
    }
  });
  it("Enter makes the line", () => {
    const view = editorOf("‸");
    view.dispatch({ changes: { from: 0, insert: table }, selection: { anchor: table.length - 2 } });
    view.focus();
    keys(view, "Escape");
    press(view, "Enter");
    expect(view.state.doc.toString()).toBe(`${table}\n\n`);
  });
  it.each(["ArrowUp", "Backspace"])("%s goes back into it", (key) => {
    const view = editorOf("‸");
    view.dispatch({ changes: { from: 0, insert: table }, selection: { anchor: table.indexOf("Zoé") } });
    view.focus();
    keys(view, "Escape");
    press(view, key);
    expect(view.state.doc.toString()).toBe(table);
    expect(cell(view).hasFocus).toBe(true);
  });
  it("what follows right below is where one goes", () => {
    const doc = `${table}\n# Titre`;
    const view = editorOf("‸");
    view.dispatch({ changes: { from: 0, insert: doc }, selection: { anchor: doc.indexOf("Zoé") + 3 } });
    view.focus();
    keys(view, "ArrowDown");
    expect(view.state.doc.toString()).toBe(doc);
    expect(view.state.selection.main.head).toBe(doc.indexOf("# Titre"));
  });
});

describe("commands", () => {
  it.each([
    ["row-below", "Ana", text.replace("31 |", "31 |\n|  |  |")],
    ["row-down", "Ana", text.replace("| Ana  |  31 |\n| Zoé |", "| Zoé |\n| Ana  |  31 |")],
    ["row-delete", "31", text.replace("| Ana  |  31 |\n", "")],
    ["align-right", "Nom", text.replace("|------|", "|-----:|")],
    ["delete", "Ana", `${before}\naprès`],
  ])("%s, taken back by one undo", (name, where, after) => {
    const view = at(where);
    expect(tableCommands[name]?.(view)).toBe(true);
    expect(view.state.doc.toString()).toBe(after);
    undo(view);
    expect(view.state.doc.toString()).toBe(text);
  });
  it("shows the table as its text until one leaves it", () => {
    const view = at("Ana");
    tableCommands.text?.(view);
    expect(view.dom.querySelector(".cm-table")).toBeNull();
    expect(view.hasFocus).toBe(true);
    view.dispatch({ selection: { anchor: 0 } });
    expect(view.dom.querySelector(".cm-table")).not.toBeNull();
  });
  it("a table that is typed by hand stays text until one leaves it", () => {
    const view = editorOf("| a | b |\n|---|‸");
    press(view, '"-"');
    expect(view.dom.querySelector(".cm-table-source")).not.toBeNull();
    expect(view.dom.querySelector(".cm-table")).toBeNull();
  });
});
