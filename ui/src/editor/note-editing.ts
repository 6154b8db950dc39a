// Footnotes edited where they are called: a small field at the call, which changes the note’s own text and nothing else.
import { redo, undo } from "@codemirror/commands";
import {
  type EditorState,
  type Extension,
  Prec,
  StateEffect,
  StateField,
  Transaction,
} from "@codemirror/state";
import {
  type Command,
  EditorView,
  keymap,
  showTooltip,
  type Tooltip,
  type TooltipView,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { t } from "@/shared/messages";
import { fieldFormat } from "./field-marks";
import { minimalChange } from "./minimal-change";
import { callAt, firstCall, noteBody, type NoteCall, noteChanges, said } from "./note-places";
import { noteNumbering, notesRenumbered, numberOfNote, numbersByLabel } from "./note-numbers";
import { editorServices } from "./services";
import { isInCode } from "./where";

/** Notes opened at their calls, their numbers, and the question about a note that is not called any more. */
export function noteEditing(): Extension {
  return [
    opened,
    noteNumbering(),
    clicks,
    orphans,
    openWhenInserted,
    Prec.high(keymap.of([{ key: "Mod-Enter", run: editNote }])),
    look,
  ];
}

/** Opens the note that is called at the caret. */
export const editNote: Command = (view) => {
  const call = callAt(view.state.doc, view.state.selection.main.head);
  return call !== null && openNote(view, call);
};

/** Opens the note of a call. False when nothing is called so. */
export function openNote(view: EditorView, { label, from, to }: Readonly<NoteCall>): boolean {
  if (isInCode(view.state, from + 1) || !noteBody(view.state.doc, label)) return false;
  view.dispatch({ selection: { anchor: to }, effects: open.of({ label, from, to }), scrollIntoView: true });
  return true;
}

const open = StateEffect.define<NoteCall | null>();

/** The note that is open. Its field is the same one as long as it is, wherever its call moves. */
const opened = StateField.define<(NoteCall & { create: (view: EditorView) => TooltipView }) | null>({
  create: () => null,
  update(value, transaction) {
    let now = value;
    if (now && transaction.docChanged) {
      const from = transaction.changes.mapPos(now.from, 1);
      const to = transaction.changes.mapPos(now.to, -1);
      // The call is gone, or another one.
      if (transaction.newDoc.sliceString(from, to) !== `[^${now.label}]`) now = null;
      else if (from !== now.from || to !== now.to) now = { ...now, from, to };
    }
    for (const effect of transaction.effects) {
      if (!effect.is(open)) continue;
      const call = effect.value;
      now = call && { ...call, create: (view) => fieldOf(view, call) };
    }
    return now && noteBody(transaction.newDoc, now.label) ? now : null;
  },
  provide: (field) =>
    showTooltip.compute([field], (state): Tooltip | null => {
      const call = state.field(field);
      return call && { pos: call.from, above: false, arrow: false, create: call.create };
    }),
});

function fieldOf(view: EditorView, call: NoteCall): TooltipView {
  const dom = document.createElement("div");
  dom.className = "cm-note-editor";
  dom.setAttribute("role", "dialog");
  const name = t("editor-note", { number: numberOfNote(view.state, call.label) ?? call.label });
  dom.setAttribute("aria-label", name);
  const field = document.createElement("textarea");
  field.rows = 3;
  field.setAttribute("aria-label", name);
  field.dir = "auto";
  field.spellcheck = view.contentDOM.spellcheck;
  field.readOnly = view.state.readOnly;
  const { lang } = view.contentDOM;
  if (lang) field.lang = lang;
  field.value = noteBody(view.state.doc, call.label)?.text ?? "";
  const grow = (): void => {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 260)}px`;
  };
  let own = false;
  field.addEventListener("input", () => {
    const body = noteBody(view.state.doc, call.label);
    if (!body || view.state.readOnly) return;
    const text = said(field.value);
    own = true;
    if (text !== body.text)
      view.dispatch({ changes: noteChanges(view.state.doc, body, text), userEvent: "input.type" });
    own = false;
    grow();
  });
  const close = (): void => {
    view.dispatch({ effects: open.of(null) });
    view.focus();
  };
  const format = (event: KeyboardEvent): boolean => {
    const made = fieldFormat(event)?.({
      text: field.value,
      from: field.selectionStart,
      to: field.selectionEnd,
    });
    if (!made || field.readOnly) return false;
    field.value = made.text;
    field.setSelectionRange(made.from, made.to);
    return field.dispatchEvent(new InputEvent("input"));
  };
  field.addEventListener("keydown", (event) => {
    // Escape and Enter are the input method's while it composes.
    if (event.isComposing) return;
    const mod = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (event.key === "Escape" || (mod && event.key === "Enter")) close();
    else if (mod && key === "z") (event.shiftKey ? redo : undo)(view);
    else if (mod && key === "y") redo(view);
    else if (!format(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("blur", (event) => {
    // The caret went into the text: there is nothing to go back to.
    if (event.relatedTarget instanceof Node && view.contentDOM.contains(event.relatedTarget))
      setTimeout(() => view.dispatch({ effects: open.of(null) }), 0);
  });
  dom.append(field);
  return {
    dom,
    mount: () => {
      grow();
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    },
    update: (update) => {
      field.readOnly = update.state.readOnly;
      if (own || !update.docChanged) return;
      const text = noteBody(update.state.doc, call.label)?.text ?? "";
      if (text === said(field.value)) return;
      const changes = minimalChange(field.value, text);
      const [start, end] = [field.selectionStart, field.selectionEnd].map((at) => changes.mapPos(at, 1));
      field.value = text;
      field.setSelectionRange(start ?? text.length, end ?? text.length);
      grow();
    },
  };
}

/** A click on a call that is shown as its number opens its note. */
const clicks = EditorView.domEventHandlers({
  click(event, view) {
    const target = event.target instanceof Element ? event.target.closest(".cm-footnote-call") : null;
    if (!target) return false;
    const call = callAt(view.state.doc, view.posAtDOM(target));
    return call !== null && openNote(view, call);
  },
});

/** A note that was just put in is opened where it is called. */
const openWhenInserted = EditorView.updateListener.of(({ view, state, docChanged, transactions }) => {
  if (
    !docChanged ||
    !transactions.some((one) => one.isUserEvent("input.footnote") || one.isUserEvent("input.complete"))
  )
    return;
  const line = state.doc.lineAt(state.selection.main.head);
  const label = /^\[\^([^\]\s]+)\]: ?$/.exec(line.text)?.[1];
  const call = label === undefined ? null : firstCall(state.doc, label);
  if (call) void Promise.resolve().then(() => view.state.doc === state.doc && openNote(view, call));
});

/** When the last call of a note is deleted, its note is offered for deletion. */
const orphans = ViewPlugin.define((view) => ({
  update(update: ViewUpdate) {
    const { orphanedNote } = view.state.facet(editorServices);
    if (!orphanedNote || !notesRenumbered(update)) return;
    const deleted = update.transactions.some(
      (one) => one.isUserEvent("delete") && !one.annotation(Transaction.remote),
    );
    if (!deleted) return;
    const before = numbersByLabel(update.startState);
    const after = numbersByLabel(update.state);
    for (const label of before.keys()) {
      const { doc } = update.state;
      // A call that became code is still there.
      if (after.has(label) || !noteBody(doc, label) || firstCall(doc, label)) continue;
      orphanedNote(before.get(label) ?? 0, () => deleteNote(view, label));
    }
  },
}));

function deleteNote(view: EditorView, label: string): void {
  const body = noteBody(view.state.doc, label);
  // It may have been called again.
  if (!body || view.state.readOnly || numbersByLabel(view.state).has(label)) return;
  const { doc } = view.state;
  const atEnd = body.to >= doc.length;
  const from = atEnd ? Math.max(0, body.start - 1) : body.start;
  view.dispatch({ changes: { from, to: atEnd ? body.to : body.to + 1 }, userEvent: "delete.note" });
}

const look = EditorView.baseTheme({
  ".cm-footnote-call": { cursor: "pointer" },
  ".cm-tooltip.cm-note-editor": {
    zIndex: "6",
    width: "min(420px, 80vw)",
    padding: "8px 12px",
    border: "1px solid var(--rule-strong)",
    borderRadius: "var(--radius)",
    background: "var(--sheet)",
  },
  ".cm-note-editor textarea": {
    display: "block",
    width: "100%",
    boxSizing: "border-box",
    border: "0",
    outline: "none",
    resize: "none",
    background: "transparent",
    color: "var(--ink)",
    font: "inherit",
    fontFamily: "var(--serif)",
    fontSize: "calc(var(--text-size) * 0.88)",
    lineHeight: "1.5",
  },
});
