// The editor of one cell: it holds the source of the cell's words, and hands each change on to the editor of the text.
import { isolateHistory } from "@codemirror/commands";
import { standardKeymap } from "@codemirror/commands";
import {
  Annotation,
  ChangeSet,
  EditorState,
  Prec,
  type Range,
  RangeSet,
  Transaction,
} from "@codemirror/state";
import { Decoration, EditorView, type KeyBinding, keymap, ViewPlugin, WidgetType } from "@codemirror/view";
import { adviceMenuWithin, innerEditor } from "../inner-editor";
import { minimalChange } from "../minimal-change";
import { inlineLanguage } from "./inline-language";
import { isEscaped } from "./table-parts";

/** What the editor of a cell hands on. */
export type CellListener = {
  changed: (changes: ChangeSet, text: string, userEvent: string | undefined, apart: boolean) => void;
  selected: () => void;
  pasted: (data: DataTransfer) => boolean;
  /** Where a position of the cell is in the text; null when the text has no place for it yet. */
  source: (position: number) => number | null;
};

/** Makes the editor of a cell. */
export function cellEditor(
  view: EditorView,
  text: string,
  label: string,
  keys: readonly KeyBinding[],
  listener: CellListener,
): EditorView {
  return new EditorView({
    state: EditorState.create({
      doc: text,
      extensions: [
        innerEditor(view, label, "cm-cell"),
        Prec.highest(keymap.of(keys)),
        EditorView.contentAttributes.of({ "aria-multiline": "false" }),
        EditorState.readOnly.of(view.state.readOnly),
        inlineLanguage,
        heldPipes,
        oneLine,
        selectedWords,
        adviceMenuWithin(view, listener.source),
        EditorView.domEventHandlers({
          paste: (event) => {
            const { clipboardData } = event;
            if (!clipboardData || !listener.pasted(clipboardData)) return false;
            event.preventDefault();
            return true;
          },
        }),
        look,
        keymap.of(standardKeymap),
      ],
    }),
    dispatchTransactions(transactions, editor) {
      editor.update(transactions);
      for (const one of transactions) {
        if (one.annotation(fromText)) continue;
        if (one.docChanged) {
          const apart = one.annotation(isolateHistory) !== undefined;
          listener.changed(one.changes, one.newDoc.toString(), one.annotation(Transaction.userEvent), apart);
        } else if (one.selection) listener.selected();
      }
    },
  });
}

/** Brings what the text says now into the editor of the cell, and the selection. */
export function takeText(editor: EditorView, text: string, anchor: number, head: number): void {
  const changes = minimalChange(editor.state.doc.toString(), text);
  const { main } = editor.state.selection;
  const selection = { anchor: Math.min(anchor, text.length), head: Math.min(head, text.length) };
  if (changes.empty && main.anchor === selection.anchor && main.head === selection.head) return;
  editor.dispatch({ changes, selection, annotations: fromText.of(true) });
}

const fromText = Annotation.define<boolean>();

/** What is typed or pasted stays on one line, and a pipe in it ends no cell. */
const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.annotation(fromText)) return transaction;
  const text = transaction.newDoc.toString();
  // Where lines are broken in a cell already, so are those that come in.
  const between = /<br *\/?>/i.test(transaction.startState.doc.toString()) ? "<br>" : " ";
  const changes = [];
  for (const found of text.matchAll(/\s*\n\s*|\|/g)) {
    if (found[0] !== "|")
      changes.push({ from: found.index, to: found.index + found[0].length, insert: between });
    else if (!isEscaped(text, found.index)) changes.push({ from: found.index, insert: "\\" });
  }
  return changes.length ? [transaction, { changes, sequential: true }] : transaction;
});

class Pipe extends WidgetType {
  override eq(): boolean {
    return true;
  }
  override toDOM(): HTMLElement {
    const sign = document.createElement("span");
    sign.textContent = "|";
    return sign;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

const pipe = Decoration.replace({ widget: new Pipe() });

/** A pipe in a cell is one sign to the writer, however the text has to say it. */
const heldPipes = ViewPlugin.fromClass(
  class {
    decorations = RangeSet.empty as RangeSet<Decoration>;
    constructor(view: EditorView) {
      this.read(view.state);
    }
    update(update: { docChanged: boolean; state: EditorState }): void {
      if (update.docChanged) this.read(update.state);
    }
    read(state: EditorState): void {
      const found: Range<Decoration>[] = [];
      for (const { index } of state.doc.toString().matchAll(/\\\|/g))
        found.push(pipe.range(index, index + 2));
      this.decorations = Decoration.set(found);
    }
  },
  {
    decorations: (plugin) => plugin.decorations,
    provide: (plugin) =>
      EditorView.atomicRanges.of((view) => view.plugin(plugin)?.decorations ?? RangeSet.empty),
  },
);

const chosen = Decoration.mark({ class: "cm-cell-selection" });

/** What is selected stays seen while the focus is elsewhere, in the panel that found it for instance. */
const selectedWords = EditorView.decorations.compute(["selection"], (state) => {
  const { from, to } = state.selection.main;
  return from === to ? Decoration.none : Decoration.set(chosen.range(from, to));
});

const look = EditorView.theme({
  "&.cm-cell": { height: "auto", textAlign: "inherit" },
  "&.cm-cell .cm-scroller": {
    fontFamily: "inherit",
    fontSize: "inherit",
    lineHeight: "inherit",
    overflow: "visible",
  },
  "&.cm-cell .cm-content": { minWidth: "1.5em", minHeight: "0" },
  "&.cm-cell:not(.cm-focused) .cm-cell-selection": {
    background: "color-mix(in srgb, var(--red) 34%, var(--mark))",
    borderRadius: "2px",
  },
});
