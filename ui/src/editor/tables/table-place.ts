// Which table of the text one is in, which of its cells, and whether it is shown as its text.
import { syntaxTree } from "@codemirror/language";
import { EditorState, type Extension, StateEffect, StateField, type Text } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";
import { isSource } from "../source";
import { cellAt, readTable, type Table } from "./table-parts";

/** A cell of a table of the text. */
export type TablePlace = { table: Table; row: number; column: number };

/** The table that stands by itself around a position. */
export function tableAround(state: EditorState, position: number): { from: number; to: number } | null {
  for (const side of [-1, 1] as const) {
    let node: SyntaxNode | null = syntaxTree(state).resolveInner(position, side);
    while (node && node.name !== "Table") node = node.parent;
    if (node?.parent?.type.isTop) return { from: node.from, to: node.to };
  }
  return null;
}

/** The table that the selection is in, as a grid: null when it is shown as its text. */
export function selectedTable(state: EditorState): { from: number; to: number } | null {
  if (state.facet(isSource) || state.selection.ranges.length > 1) return null;
  const { anchor, head } = state.selection.main;
  if (behindTable(state)) return null;
  const table = tableAround(state, head);
  if (!table || anchor < table.from || anchor > table.to) return null;
  return tableAsText(state)?.from === table.from ? null : table;
}

/** The cell that the selection is in. */
export function selectedCell(state: EditorState): TablePlace | null {
  const found = selectedTable(state);
  if (!found) return null;
  const table = readTable(state.sliceDoc(found.from, found.to), found.from);
  const { head } = state.selection.main;
  const gone = state.field(goneTo, false);
  return gone && gone.at === head
    ? { table, row: Math.min(gone.row, table.rows.length - 1), column: gone.column }
    : { table, ...cellAt(table, head) };
}

/** The table that is shown as its text, until the selection leaves it. */
export function tableAsText(state: EditorState): { from: number; to: number } | null {
  return state.field(asText, false) ?? null;
}

/** Shows the table around a position as its text. */
export const showTableText = StateEffect.define<{ from: number; to: number }>();

/** Says which cell the selection is meant for, where the text has no place of its own for it. */
export const goToCell = StateEffect.define<{ at: number; row: number; column: number }>();

/** The table that the caret has left where the text has no line for it yet; and where the caret is. */
export function behindTable(state: EditorState): { table: number; at: number } | null {
  return state.field(behind, false) ?? null;
}

/** Says that the caret is behind a table, although the text has no line there. */
export const goBehindTable = StateEffect.define<{ table: number; at: number }>();

/** Keeps account of all of them. */
export function tablePlaces(): Extension {
  return [asText, goneTo, behind, lineBehind];
}

const asText = StateField.define<{ from: number; to: number } | null>({
  create: () => null,
  update(value, transaction) {
    const { state, startState, changes } = transaction;
    for (const effect of transaction.effects) if (effect.is(showTableText)) return effect.value;
    if (!value && !(transaction.docChanged && transaction.isUserEvent("input.type"))) return null;
    const table = tableAround(state, state.selection.main.head);
    if (!table) return null;
    if (value) {
      const from = changes.mapPos(value.from, -1);
      const stays = table.from <= changes.mapPos(value.to, 1) && table.to >= from;
      return stays ? (table.from === value.from && table.to === value.to ? value : table) : null;
    }
    // A table that is being typed by hand becomes a grid once one has left it.
    const before = changes.invertedDesc.mapPos(table.from, -1);
    return tableAround(startState, before) ? null : table;
  },
});

const goneTo = StateField.define<{ at: number; row: number; column: number } | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(goToCell)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : value;
  },
});

const behind = StateField.define<{ table: number; at: number } | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(goBehindTable)) return effect.value;
      if (effect.is(goToCell)) return null;
    }
    if (!value || transaction.docChanged) return null;
    const { main } = transaction.newSelection;
    return main.empty && main.head === value.at ? value : null;
  },
});

/** Leaving a table writes nothing: the line behind it comes with the words that are put there. */
const lineBehind = EditorState.transactionFilter.of((transaction) => {
  const place = transaction.docChanged ? behindTable(transaction.startState) : null;
  if (!place || !transaction.isUserEvent("input")) return transaction;
  const gap = gapBehind(transaction.startState.doc, place.at);
  let needed = false;
  transaction.changes.iterChanges((from, to, _fromB, _toB, inserted) => {
    needed ||= from === place.at && to === from && inserted.length > 0 && inserted.line(1).length > 0;
  });
  return needed ? [{ changes: { from: place.at, insert: gap } }, transaction] : transaction;
});

/** What stands between a table and words behind it: right below they would be another of its rows. */
export function gapBehind(doc: Text, at: number): string {
  return doc.lineAt(at).text.trim() === "" ? "\n" : "\n\n";
}
