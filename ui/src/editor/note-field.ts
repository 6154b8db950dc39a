// The field of a note at its call: an editor of its own for what the note says, whose changes become changes of the
// note's lines in the article. The history is the article's.
import { isolateHistory, redo, standardKeymap, undo } from "@codemirror/commands";
import { Annotation, EditorState, type Extension, Prec, Transaction } from "@codemirror/state";
import { EditorView, keymap, type TooltipView, type ViewUpdate } from "@codemirror/view";
import { coversBars } from "@/shared/covering";
import { t } from "@/shared/messages";
import { adviceChanged, adviceWithin } from "./advice";
import { adviceMenuWithin, innerEditor, showAdviceWithin } from "./inner-editor";
import { articleLanguage } from "./language";
import { minimalChange } from "./minimal-change";
import { numberOfInlineNote, numberOfNote } from "./note-numbers";
import type { NoteCall, NoteText } from "./note-places";
import { pasting } from "./pasting";
import { changeReadOnly, readOnly } from "./read-only";

/** What a field is made for: the note that is open now, and what ends that. */
export type NoteFieldOptions = {
  call: NoteCall;
  note: () => NoteText | null;
  close: (view: EditorView, toCall: boolean) => void;
};

/** The editor of the note that is open in an editor. */
export function noteEditorOf(view: EditorView): EditorView | null {
  return editors.get(view) ?? null;
}

/** Makes the field of a note. */
export function noteField(view: EditorView, { call, note, close }: NoteFieldOptions): TooltipView {
  const dom = document.createElement("div");
  dom.className = "cm-note-editor";
  dom.setAttribute("role", "dialog");
  const number =
    call.label === null ? numberOfInlineNote(view.state, call.from) : numberOfNote(view.state, call.label);
  const name = t("editor-note", { number: number ?? call.label ?? "" });
  dom.setAttribute("aria-label", name);
  let composing = false;
  let uncover: (() => void) | undefined;
  let own = false;
  const key = (run: () => unknown) => (): boolean => {
    // Escape and Enter are the input method's while it composes.
    if (!composing) run();
    return !composing;
  };
  const place = (position: number): number | null => {
    const now = note();
    return now && now.said(editor.state.doc.toString()) === now.text ? now.source(position) : null;
  };
  const editor = new EditorView({
    parent: dom,
    state: EditorState.create({
      doc: note()?.text ?? "",
      extensions: [
        innerEditor(view, name, "cm-note-field"),
        EditorView.domEventObservers({ keydown: (event) => void (composing = event.isComposing) }),
        Prec.highest(
          keymap.of([
            { key: "Escape", run: key(() => close(view, true)) },
            { key: "Mod-Enter", run: key(() => close(view, true)) },
            { key: "Mod-z", run: key(() => undo(view)) },
            { key: "Mod-Shift-z", run: key(() => redo(view)) },
            { key: "Mod-y", run: key(() => redo(view)) },
          ]),
        ),
        call.label === null ? oneParagraph : [],
        readOnly(view.state.readOnly),
        articleLanguage,
        pasting(),
        adviceMenuWithin(view, place),
        EditorView.domEventHandlers({
          blur(event) {
            // The caret went into the text: there is nothing to go back to.
            if (event.relatedTarget instanceof Node && view.contentDOM.contains(event.relatedTarget))
              setTimeout(() => close(view, false), 0);
          },
        }),
        keymap.of(standardKeymap),
        look,
      ],
    }),
    dispatchTransactions(transactions, field) {
      field.update(transactions);
      for (const one of transactions) if (one.docChanged && !one.annotation(fromText)) forward(one);
    },
  });
  editors.set(view, editor);
  showAdvice();

  /** What is typed becomes changes of the text. */
  function forward(one: Transaction): void {
    const now = note();
    if (!now || view.state.readOnly) return;
    const text = now.said(one.newDoc.toString());
    if (text === now.text) return;
    const userEvent = one.annotation(Transaction.userEvent);
    own = true;
    view.dispatch({
      changes: now.changes(text),
      ...(userEvent ? { userEvent } : {}),
      annotations: one.annotation(isolateHistory) === undefined ? [] : [isolateHistory.of("full")],
    });
    own = false;
  }

  function showAdvice(): void {
    const now = note();
    if (now && now.text === editor.state.doc.toString())
      showAdviceWithin(editor, adviceWithin(view.state, now.from, now.to), (position) => now.place(position));
  }

  return {
    dom,
    mount: () => {
      editor.focus();
      editor.dispatch({ selection: { anchor: editor.state.doc.length } });
    },
    positioned: () => (uncover ??= coversBars(dom)),
    update: (update: ViewUpdate) => {
      if (editor.state.readOnly !== update.state.readOnly)
        editor.dispatch(changeReadOnly(update.state.readOnly));
      if (update.docChanged && !own) {
        const now = note();
        const text = now?.text ?? "";
        const typed = editor.state.doc.toString();
        if (text !== (now?.said(typed) ?? typed))
          editor.dispatch({ changes: minimalChange(typed, text), annotations: fromText.of(true) });
      }
      if (adviceChanged(update)) showAdvice();
    },
    destroy: () => {
      uncover?.();
      if (editors.get(view) === editor) editors.delete(view);
      editor.destroy();
    },
  };
}

const editors = new WeakMap<EditorView, EditorView>();
const fromText = Annotation.define<boolean>();

/** A note within the line has no lines: those of what is typed or pasted are spaces. */
const oneParagraph: Extension = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.annotation(fromText)) return transaction;
  const changes: { from: number; to: number; insert: string }[] = [];
  transaction.changes.iterChanges((_fromA, _toA, fromB, _toB, inserted) => {
    for (const found of inserted.toString().matchAll(/\s*\n\s*/g)) {
      const from = fromB + found.index;
      changes.push({ from, to: from + found[0].length, insert: " " });
    }
  });
  return changes.length ? [transaction, { changes, sequential: true }] : transaction;
});

const look = EditorView.theme({
  "&.cm-note-field": { background: "none", color: "var(--ink)", maxHeight: "260px" },
  "&.cm-note-field.cm-focused": { outline: "none" },
  "&.cm-note-field .cm-scroller": {
    fontFamily: "var(--serif)",
    fontSize: "calc(var(--text-size) * 0.88)",
    lineHeight: "1.5",
    overflow: "auto",
  },
  "&.cm-note-field .cm-content": {
    padding: "0",
    margin: "0 !important",
    minWidth: "0",
    maxWidth: "none",
    minHeight: "4.5em",
  },
  "&.cm-note-field .cm-line": { padding: "0" },
});
