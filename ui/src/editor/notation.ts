// A notation for the tests of the editor: text with | where the caret is, or ⟨ and ⟩ around the selection. A text
// that holds | of its own has ‸ for the caret.
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorSelection, EditorState, type Extension } from "@codemirror/state";
import { EditorView, runScopeHandlers } from "@codemirror/view";
import { articleExtensions } from "./article-editor";

/** The state that a text in the notation stands for. */
export function stateOf(notation: string, more: Extension = []): EditorState {
  const caret = notation.includes("‸") ? "‸" : "|";
  const from = notation.search(caret === "‸" ? /[‸⟨]/ : /[|⟨]/);
  const text = notation.replace(/⟨([^⟩]*)⟩/, "$1").replace(caret, "");
  const to = notation.includes("⟩") ? notation.indexOf("⟩") - 1 : from;
  return plainState(text, from < 0 ? 0 : from, to < 0 ? 0 : to, more);
}

/** The state of a text as it is, with a selection. */
export function plainState(text: string, from = 0, to = from, more: Extension = []): EditorState {
  const state = EditorState.create({
    doc: text,
    selection: EditorSelection.single(from, to),
    extensions: [
      articleExtensions({
        attributes: { lang: null, spellcheck: false, label: "text" },
        services: { imageSource: () => Promise.resolve(null), follow: () => undefined },
        readOnly: false,
        more,
      }),
    ],
  });
  // On a machine with much to do the state has read a part of the text alone; the next one knows what was read since.
  ensureSyntaxTree(state, state.doc.length, 5000);
  return state.update({}).state;
}

/** A state in the notation. */
export function notationOf(state: EditorState): string {
  const { from, to } = state.selection.main;
  const text = state.doc.toString();
  if (from === to) return `${text.slice(0, from)}|${text.slice(from)}`;
  return `${text.slice(0, from)}⟨${text.slice(from, to)}⟩${text.slice(to)}`;
}

// What jsdom lacks: it lays nothing out.
if (typeof Range !== "undefined" && !("getClientRects" in Range.prototype)) {
  Object.assign(Range.prototype, { getClientRects: () => [], getBoundingClientRect: () => new DOMRect() });
}

/** An editor on a text in the notation; its tree is whole. */
export function editorOf(notation: string, more: Extension = []): EditorView {
  const view = new EditorView({ state: stateOf(notation, more), parent: document.body });
  return view;
}

/** Presses keys ("Enter", "Mod-b") or types text (in quotes: `"words"`), one after the other. */
export function press(view: EditorView, keys: string): void {
  for (const found of keys.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)) {
    if (found[1] !== undefined) {
      for (const character of found[1])
        view.dispatch(view.state.replaceSelection(character), { userEvent: "input.type" });
    } else pressKey(view, found[2] ?? "");
    ensureSyntaxTree(view.state, view.state.doc.length, 5000);
  }
}

function pressKey(view: EditorView, name: string): void {
  const parts = name.split("-");
  const key = parts.pop() ?? "";
  const event = new KeyboardEvent("keydown", {
    key,
    code: /^\d$/.test(key) ? `Digit${key}` : key,
    ctrlKey: parts.includes("Mod"),
    shiftKey: parts.includes("Shift"),
    altKey: parts.includes("Alt"),
    bubbles: true,
    cancelable: true,
  });
  const code = { Enter: 13, Backspace: 8, Tab: 9 }[key] ?? key.toUpperCase().charCodeAt(0);
  Object.defineProperty(event, "keyCode", { value: code });
  runScopeHandlers(view, event, "editor");
}
