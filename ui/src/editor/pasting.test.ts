import { afterEach, describe, expect, it, vi } from "vitest";
import { type EditorState, Prec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { editorOf, notationOf, press, stateOf } from "./notation";
import {
  betweenBlocks,
  dropImages,
  insertionOf,
  longestTurn,
  type MarkdownPaste,
  putWhenReady,
} from "./pasting";
import { changeReadOnly } from "./read-only";
import { editorServices, type EditorServices, noServices, type TextHome } from "./services";

afterEach(() => document.body.replaceChildren());

const line = (body: string): MarkdownPaste => ({
  body,
  notes: "",
  beginsInLine: true,
  endsInLine: true,
  isLine: true,
});
const text = (body: string, notes = ""): MarkdownPaste => ({ ...line(body), notes, isLine: false });
const block = (body: string): MarkdownPaste => ({ ...text(body), beginsInLine: false, endsInLine: false });

describe("what is put into a text", () => {
  const cases: [string, string, MarkdownPaste, string][] = [
    ["words go into the line", "le |juste", line("**mot** "), "le **mot** |juste"],
    ["over what is selected", "le ⟨mot⟩", line("*nom*"), "le *nom*|"],
    ["paragraphs join the line at both ends", "a|b", text("un\n\ndeux"), "aun\n\ndeux|b"],
    ["blocks stand apart", "a|b", block("## T\n\n- x"), "a\n\n## T\n\n- x\n\n|b"],
    ["on an empty line", "a\n\n|\n\nb", block("- x"), "a\n\n- x|\n\nb"],
    ["between lines", "a\n|\nb", block("- x"), "a\n\n- x\n|\nb"],
    ["in a quotation", "> a|", text("un\n\ndeux"), "> aun\n>\n> deux|"],
    ["in an item", "- a |", text("un\n\ndeux"), "- a un\n\n  deux|"],
    ["a list for an empty item", "- un\n- |", block("- a\n- b"), "- un\n- a\n- b|"],
    ["notes at the end", "a|\n\nb\n", text("c[^1]\n\nd", "[^1]: e"), "ac[^1]\n\nd|\n\nb\n\n[^1]: e\n"],
    ["notes behind others", "a|[^1]\n\n[^1]: x", text("c[^2]", "[^2]: e"), "ac[^2]|[^1]\n\n[^1]: x\n[^2]: e"],
    ["notes at the very end", "a |", text("c[^1]\n\nd", "[^1]: e"), "a c[^1]\n\nd|\n\n[^1]: e\n"],
    ["below the front matter", "---\ntitle: a\n---\n|", block("## T"), "---\ntitle: a\n---\n## T|"],
  ];
  it.each(cases)("%s", (_name, before, paste, after) => {
    const state = stateOf(before);
    const { from, to } = state.selection.main;
    const changed = state.update(insertionOf(state, from, to, paste)).state;
    expect(notationOf(changed)).toBe(after);
  });

  it("finds its place while one types, and is undone in one step", async () => {
    const view = editorOf("un |");
    let ready: (paste: MarkdownPaste) => void = () => undefined;
    const put = putWhenReady(view, () => new Promise<MarkdownPaste>((resolve) => (ready = resolve)));
    await Promise.resolve();
    press(view, '"deux"');
    ready(line("**mot** "));
    await put;
    expect(view.state.doc.toString()).toBe("un **mot** deux");
    press(view, "Mod-z");
    expect(view.state.doc.toString()).toBe("un deux");
    view.destroy();
  });

  it("replaces nothing that was typed meanwhile in what was selected", async () => {
    const view = editorOf("un ⟨deux trois⟩ quatre");
    let ready: (paste: MarkdownPaste) => void = () => undefined;
    const put = putWhenReady(view, () => new Promise<MarkdownPaste>((resolve) => (ready = resolve)));
    await Promise.resolve();
    view.dispatch({ changes: { from: 8, insert: "neuf " }, userEvent: "input.type" });
    ready(line("mot "));
    await put;
    expect(view.state.doc.toString()).toBe("un mot deux neuf trois quatre");
    view.destroy();
  });

  it("still replaces what was selected when words around it change", async () => {
    const view = editorOf("un ⟨deux⟩ trois");
    const put = putWhenReady(view, () => Promise.resolve(line("mot")));
    view.dispatch({
      changes: [
        { from: 0, insert: "Et " },
        { from: 7, insert: ", " },
      ],
    });
    await put;
    expect(view.state.doc.toString()).toBe("Et un mot,  trois");
    view.destroy();
  });

  it("is not put into a text that can't be changed any more", async () => {
    const view = editorOf("un |");
    const put = putWhenReady(view, () => Promise.resolve(line("mot")));
    view.dispatch(changeReadOnly(true));
    expect(await put).toBeNull();
    expect(view.state.doc.toString()).toBe("un ");
    view.destroy();
  });

  it("goes into its text when another one is shown by then, and is told of without an editor", async () => {
    let view: EditorView | null = null;
    let set: EditorState;
    const told: (EditorView | null)[] = [];
    const home: TextHome = {
      state: () => view?.state ?? set,
      dispatch: (spec) => void (view ? view.dispatch(spec) : (set = set.update(spec).state)),
      view: () => view,
      isOpen: () => true,
    };
    let ready: (paste: MarkdownPaste) => void = () => undefined;
    const services: EditorServices = {
      ...noServices,
      home,
      keepImages: () => new Promise((resolve) => (ready = resolve)),
      put: (shown) => told.push(shown),
    };
    const state = stateOf("un |", Prec.highest(editorServices.of(services)));
    const shown = (view = new EditorView({ state, parent: document.body }));
    shown.posAtCoords = () => 3;
    dropImages(shown, ["/a.png"], { x: 0, y: 0 });
    await Promise.resolve();
    set = shown.state;
    shown.destroy();
    view = null;
    home.dispatch({ changes: { from: 0, insert: "Et " } });
    ready(line("mot"));
    await vi.waitFor(() => expect(set.doc.toString()).toBe("Et un mot"));
    expect(told).toEqual([null]);
  });

  it("waits a moment, and no longer, for one before it; notes that come late are counted on", async () => {
    vi.useFakeTimers();
    const view = editorOf("un |");
    let late: (paste: MarkdownPaste) => void = () => undefined;
    const first = putWhenReady(view, () => new Promise<MarkdownPaste>((resolve) => (late = resolve)));
    const second = putWhenReady(view, () => Promise.resolve(text("deux[^1]", "[^1]: b")));
    await vi.advanceTimersByTimeAsync(longestTurn - 1);
    expect(view.state.doc.toString()).toBe("un ");
    await vi.advanceTimersByTimeAsync(1);
    await second;
    late(text("trois[^1]", "[^1]: c"));
    await first;
    expect(view.state.doc.toString()).toBe("un trois[^2]deux[^1]\n\n[^1]: b\n[^2]: c\n");
    vi.useRealTimers();
    view.destroy();
  });

  it("what fails leaves the text and lets the next one in", async () => {
    const view = editorOf("un |");
    await expect(putWhenReady(view, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await putWhenReady(view, () => Promise.resolve(line("mot")));
    expect(view.state.doc.toString()).toBe("un mot");
    view.destroy();
  });
});

describe("a place between blocks", () => {
  it.each([
    ["un| mot\n\nb", "un mot‸\n\nb"],
    ["un\n|\nb", "un\n‸\nb"],
    ["---\ntit|le: a\n---\n\nb", "---\ntitle: a\n---‸\n\nb"],
    ["a\n\n```\nco|de\n```\n\nb", "a\n\n```\ncode\n```‸\n\nb"],
    [
      "a\n\n\u2502 x \u2502\n\u2502 --- \u2502\n\u2502 |y \u2502\n\nb",
      "a\n\n\u2502 x \u2502\n\u2502 --- \u2502\n\u2502 y \u2502‸\n\nb",
    ],
  ])("of %j", (before, after) => {
    // Pipes are drawn, for the caret is one.
    const pipes = (text: string): string => text.replaceAll("\u2502", "|");
    const state = stateOf(pipes(before.replace("|", "‸")));
    const at = betweenBlocks(state, state.selection.main.head);
    const text = state.doc.toString();
    expect(`${text.slice(0, at)}‸${text.slice(at)}`).toBe(pipes(after));
  });
});

describe("a paste", () => {
  const services = (more: Partial<EditorServices>): EditorServices => ({
    imageSource: () => Promise.resolve(null),
    follow: () => undefined,
    ...more,
  });
  async function paste(
    before: string,
    data: Record<string, string>,
    more: Partial<EditorServices> = {},
    keys = "",
  ): Promise<string> {
    const view = new EditorView({
      state: stateOf(before, Prec.highest(editorServices.of(services(more)))),
      parent: document.body,
    });
    if (keys)
      view.contentDOM.dispatchEvent(
        new KeyboardEvent("keydown", { key: "V", shiftKey: true, ctrlKey: keys === "shift", bubbles: true }),
      );
    const event = new Event("paste", { bubbles: true, cancelable: true });
    Object.assign(event, {
      clipboardData: { getData: (type: string) => data[type] ?? "", types: Object.keys(data), files: [] },
    });
    view.contentDOM.dispatchEvent(event);
    await new Promise((resolve) => setTimeout(resolve));
    const text = notationOf(view.state);
    view.destroy();
    return text;
  }
  const html = { "text/html": "<b>mot</b>", "text/plain": "mot" };

  it("of an address makes a link of the selection", async () => {
    const address = { "text/plain": "https://a.example/b_(c)\n" };
    expect(await paste("voir ⟨ici⟩", address)).toBe("voir [ici](https://a.example/b_%28c%29)|");
    expect(await paste("voir |", address)).toBe("voir https://a.example/b_(c)\n|");
    expect(await paste("`⟨ici⟩`", address)).toBe("`https://a.example/b_(c)\n|`");
  });

  it("in code, in front matter and with Shift is the plain text", async () => {
    expect(await paste("```\n|\n```", html)).toBe("```\nmot|\n```");
    expect(await paste("---\ntitle: |\n---\n", html)).toBe("---\ntitle: mot|\n---\n");
    expect(await paste("un |", html, {}, "shift")).toBe("un mot|");
  });

  it("of no words takes none of the selected ones away", async () => {
    const image = { "text/html": '<img src="https://a.example/a.png">' };
    for (const before of ["## un ⟨mot⟩", "`un ⟨mot⟩`"]) expect(await paste(before, image)).toBe(before);
  });

  it("a capital V that was typed before asks for no plain text", async () => {
    let asked = 0;
    const rich = { paste: () => Promise.resolve((asked++, line("**mot**"))) };
    expect(await paste("un |", html, rich, "V")).toBe("un **mot**|");
    expect(asked).toBe(1);
  });

  it("in a heading or a row is one line", async () => {
    const lines = { "text/html": "<p>a</p><p>b|c</p>", "text/plain": "a\nb|c" };
    expect(await paste("## ‸", lines)).toBe("## a b|c|");
    expect(await paste("| x |\n| --- |\n| ‸ |", lines)).toContain("| a b\\|c");
  });
});
