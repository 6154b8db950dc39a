// Footnotes edited where they are called: a small field at the call, which changes the note’s own text and nothing else.
import { syntaxTree } from "@codemirror/language";
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
import type { SyntaxNode } from "@lezer/common";
import { noteField } from "./note-field";
import { callAt, firstCall, noteBody, type NoteCall, noteOf } from "./note-places";
import { noteNumbering, notesRenumbered, numbersByLabel } from "./note-numbers";
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
  const call = noteCallAt(view.state, view.state.selection.main.head);
  return call !== null && openNote(view, call);
};

function noteCallAt(state: EditorState, position: number): NoteCall | null {
  for (const side of [-1, 1] as const) {
    let node: SyntaxNode | null = syntaxTree(state).resolveInner(position, side);
    while (node && node.name !== "InlineNote") node = node.parent;
    if (node) return { label: null, from: node.from, to: node.to };
  }
  return callAt(state.doc, position);
}

/** Opens the note of a call. False when nothing is called so. */
export function openNote(view: EditorView, { label, from, to }: Readonly<NoteCall>): boolean {
  if (isInCode(view.state, from + 1) || !noteOf(view.state.doc, { label, from, to })) return false;
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
      const sign = transaction.newDoc.sliceString(from, to);
      const same = now.label === null ? /^\^\[[^]*\]$/.test(sign) : sign === `[^${now.label}]`;
      if (!same) now = null;
      else if (from !== now.from || to !== now.to) now = { ...now, from, to };
    }
    for (const effect of transaction.effects) {
      if (!effect.is(open)) continue;
      const call = effect.value;
      now = call && { ...call, create: (view) => fieldOf(view, call) };
    }
    return now && noteOf(transaction.newDoc, now) ? now : null;
  },
  provide: (field) =>
    showTooltip.compute([field], (state): Tooltip | null => {
      const call = state.field(field);
      return call && { pos: call.from, above: false, arrow: false, create: call.create };
    }),
});

function fieldOf(view: EditorView, call: NoteCall): TooltipView {
  return noteField(view, {
    call,
    note: () => {
      const now = view.state.field(opened, false);
      return now ? noteOf(view.state.doc, now) : null;
    },
    callAt: noteCallAt,
    close: (editor, toCall) => {
      editor.dispatch({ effects: open.of(null) });
      if (toCall) editor.focus();
    },
  });
}

/** A click on a call that is shown as its number opens its note. */
const clicks = EditorView.domEventHandlers({
  click(event, view) {
    const target = event.target instanceof Element ? event.target.closest(".cm-footnote-call") : null;
    if (!target) return false;
    const call = noteCallAt(view.state, view.posAtDOM(target));
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
    width: "min(420px, 100cqi - 16px)",
    padding: "8px 12px",
    border: "1px solid var(--rule-strong)",
    borderRadius: "var(--radius)",
    background: "var(--sheet)",
  },
});
