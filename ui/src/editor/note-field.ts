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
import { type NoteCall, noteOf, type NoteText } from "./note-places";
import { followPlace, isAwaited, pasting } from "./pasting";
import { changeReadOnly, readOnly } from "./read-only";
import { homeOf, type TextHome } from "./services";

/** What a field is made for: the note that is open now, and what ends that. */
export type NoteFieldOptions = {
  call: NoteCall;
  note: () => NoteText | null;
  /** The call at a position of the article. */
  callAt: (state: EditorState, position: number) => NoteCall | null;
  close: (view: EditorView, toCall: boolean) => void;
};

/** The editor of the note that is open in an editor. */
export function noteEditorOf(view: EditorView): EditorView | null {
  return editors.get(view) ?? null;
}

/** Makes the field of a note. */
export function noteField(view: EditorView, { call, note, callAt, close }: NoteFieldOptions): TooltipView {
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
  const late = lateWords(view, { call, note, callAt }, () => editor);
  const place = (position: number): number | null => {
    const now = note();
    return now && now.said(editor.state.doc.toString()) === now.text ? now.source(position) : null;
  };
  const editor = new EditorView({
    parent: dom,
    state: EditorState.create({
      doc: note()?.text ?? "",
      extensions: [
        innerEditor(view, name, "cm-note-field", late.home),
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
      late.leave();
      if (editors.get(view) === editor) editors.delete(view);
      editor.destroy();
    },
  };
}

/**
 * Where the words of a note are for what is put into them: in the field, and in the note itself once the field is closed,
 * for what was pasted may come when the writer is elsewhere.
 */
function lateWords(
  view: EditorView,
  { call, note, callAt }: Omit<NoteFieldOptions, "close">,
  field: () => EditorView,
): { home: TextHome; leave: () => void } {
  const article = homeOf(view);
  /** What the field held when it was left, with what became of it since. */
  let left: EditorState | null = null;
  let followed: ReturnType<typeof followPlace> | null = null;
  const noteNow = (): NoteText | null => {
    const state = article.state();
    if (call.label !== null) return noteOf(state.doc, call);
    const at = followed?.now() ?? null;
    const now = at === null ? null : callAt(state, at);
    return now?.label === null ? noteOf(state.doc, now) : null;
  };
  const leftNow = (state: EditorState): EditorState => {
    const now = noteNow();
    const typed = state.doc.toString();
    if (!now || now.text === now.said(typed)) return state;
    const changes = minimalChange(typed, now.text);
    return state.update({ changes, annotations: fromText.of(true) }).state;
  };
  const home: TextHome = {
    state: () => (left ? (left = leftNow(left)) : field().state),
    dispatch(spec) {
      if (left) {
        const one = leftNow(left).update(spec);
        left = one.state;
        const now = one.docChanged && !article.state().readOnly ? noteNow() : null;
        if (now)
          article.dispatch({
            changes: now.changes(now.said(one.newDoc.toString())),
            userEvent: "input.paste",
            annotations: isolateHistory.of("full"),
          });
      } else field().dispatch(spec);
      const awaited = isAwaited(left ?? field().state);
      // A note within the line has no name by which it would be found again.
      const open = awaited && !followed && !left && call.label === null ? note() : null;
      if (open) followed = followPlace(article, open.from);
      else if (!awaited && followed) {
        followed.end();
        followed = null;
      }
    },
    view: () => (left ? null : field()),
    isOpen: () =>
      left ? article.isOpen() && !article.state().readOnly && noteNow() !== null : field().dom.isConnected,
  };
  return { home, leave: () => void (left ??= field().state) };
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
  "&.cm-note-field": { color: "var(--ink)", maxHeight: "260px" },
  "&.cm-note-field .cm-scroller": {
    fontFamily: "var(--serif)",
    fontSize: "calc(var(--text-size) * 0.88)",
    lineHeight: "1.5",
    overflow: "auto",
  },
  "&.cm-note-field .cm-content": { minWidth: "0", minHeight: "4.5em" },
  "&.cm-note-field .cm-line": { padding: "0" },
});
