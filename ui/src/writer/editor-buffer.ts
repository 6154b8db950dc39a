// The text of an article in the editor, with its history, also while the sheet shows another article.
import { isolateHistory } from "@codemirror/commands";
import {
  Annotation,
  ChangeSet,
  EditorState,
  type Extension,
  type StateEffect,
  type Transaction,
  type TransactionSpec,
} from "@codemirror/state";
import { EditorView, type ViewUpdate } from "@codemirror/view";
import { minimalChange } from "@/editor/minimal-change";
import { textOf } from "@/editor/text-of";
import type { Buffer, Mark, Replacement } from "./article-session";

/** The transactions that bring the text of the file into the buffer, and are not the user's. */
export const fromDisk = Annotation.define<Replacement>();

/** A text in the editor, or set aside with its history, caret and scroll. */
export type EditorBuffer = Buffer & {
  state: () => EditorState;
  /** Takes another state altogether, for instance after the text was opened. */
  reset: (state: EditorState) => void;
  dispatch: (spec: TransactionSpec) => void;
  attach: (parent: HTMLElement) => EditorView;
  detach: () => void;
  view: () => EditorView | null;
};

/** What the buffer tells. */
export type BufferListener = {
  /** The user changed the text. */
  edited: () => void;
  /** The text or the selection is another one. */
  moved: (update: { textChanged: boolean }) => void;
  /** The file's text was taken over. */
  replaced: (why: Replacement) => void;
  /** A transaction changed the text, by whose hand soever. */
  stroke?: (transaction: Transaction) => void;
};

/** Makes a buffer; `start` makes its first state with an extension that the buffer needs. */
export function editorBuffer(
  start: (more: Extension) => EditorState,
  listener: BufferListener,
): EditorBuffer {
  const marks = new Set<{ changes: ChangeSet }>();
  let view: EditorView | null = null;
  let scroll: StateEffect<unknown> | undefined;

  const listening = EditorView.updateListener.of((update: ViewUpdate) => {
    if (update.docChanged) {
      note(update.changes);
      for (const one of update.transactions) if (one.docChanged) listener.stroke?.(one);
      if (update.transactions.some((one) => one.docChanged && one.annotation(fromDisk) === undefined))
        listener.edited();
    }
    if (update.docChanged || update.selectionSet) listener.moved({ textChanged: update.docChanged });
  });
  let state = start(listening);

  function note(changes: ChangeSet): void {
    for (const mark of marks) mark.changes = mark.changes.compose(changes);
  }

  function dispatch(spec: TransactionSpec): void {
    if (view) {
      view.dispatch(spec);
      return;
    }
    const transaction = state.update(spec);
    if (transaction.docChanged) {
      note(transaction.changes);
      // What was on top stays on top, although nobody looks.
      scroll = scroll?.map(transaction.changes);
      listener.stroke?.(transaction);
    }
    state = transaction.state;
  }

  function present(): EditorState {
    return view?.state ?? state;
  }

  return {
    state: present,
    dispatch,
    view: () => view,
    reset(next) {
      marks.clear();
      scroll = undefined;
      state = next;
      view?.setState(next);
    },
    attach(parent) {
      view = new EditorView({ state, parent, scrollTo: scroll as StateEffect<never> | undefined });
      return view;
    },
    detach() {
      if (!view) return;
      state = view.state;
      scroll = view.scrollSnapshot();
      view.destroy();
      view = null;
    },
    mark(): Mark {
      const doc = present().doc;
      const mark = { changes: ChangeSet.empty(doc.length) };
      const towards = (after: string): ChangeSet => minimalChange(textOf(doc), after).map(mark.changes, true);
      marks.add(mark);
      return {
        // The text of a long article is not made before it is asked for.
        get text() {
          return textOf(doc);
        },
        become(after, why) {
          const changes = towards(after);
          if (!changes.empty) {
            dispatch({
              changes,
              annotations: [fromDisk.of(why), isolateHistory.of("full")],
              scrollIntoView: false,
            });
            listener.replaced(why);
          }
        },
        rebased: (after) => textOf(towards(after).apply(present().doc)),
        drop: () => marks.delete(mark),
      };
    },
  };
}
