// What can be done in a table, as commands of the editor, and the keys that do it from within a cell.
import { isolateHistory, redo, undo } from "@codemirror/commands";
import type { ChangeSpec } from "@codemirror/state";
import { type Command, EditorView, type KeyBinding } from "@codemirror/view";
import { editorServices } from "../services";
import { isSource } from "../source";
import {
  alignColumn,
  deleteColumn,
  deleteRow,
  insertColumn,
  insertRow,
  moveColumn,
  moveRow,
} from "./table-changes";
import { readTable, type Side, type Table } from "./table-parts";
import {
  behindTable,
  gapBehind,
  goBehindTable,
  goToCell,
  selectedCell,
  showTableText,
  tableAround,
  tableAsText,
  type TablePlace,
} from "./table-place";

/** What is done to the table of the selection, by the name of its command. */
export const tableCommands: Record<string, Command> = {
  "row-above": change(({ table, row }, view) =>
    row > 0 ? [insertRow(view.state.doc, table, row), row, null] : null,
  ),
  "row-below": change(({ table, row }, view) => [insertRow(view.state.doc, table, row + 1), row + 1, null]),
  "row-up": change(({ table, row }, view) => [moveRow(view.state.doc, table, row, -1), row - 1, null]),
  "row-down": change(({ table, row }, view) => [moveRow(view.state.doc, table, row, 1), row + 1, null]),
  "row-delete": change(({ table, row }, view) => [deleteRow(view.state.doc, table, row), row, null]),
  "column-before": change(({ table, column }) => [
    insertColumn(table, Math.min(column, table.columns)),
    null,
    column,
  ]),
  "column-after": change(({ table, column }) => {
    const at = Math.min(column + 1, table.columns);
    return [insertColumn(table, at), null, at];
  }),
  "column-left": change(({ table, column }, view) => [
    moveColumn(view.state.doc, table, column, -1),
    null,
    column - 1,
  ]),
  "column-right": change(({ table, column }, view) => [
    moveColumn(view.state.doc, table, column, 1),
    null,
    column + 1,
  ]),
  "column-delete": change(({ table, column }, view) => [
    deleteColumn(view.state.doc, table, column),
    null,
    Math.max(0, Math.min(column, table.columns - 2)),
  ]),
  "align-none": align("none"),
  "align-left": align("left"),
  "align-center": align("center"),
  "align-right": align("right"),
  delete: (view) => {
    const place = selectedCell(view.state);
    if (!place || view.state.readOnly) return false;
    const { from, to } = place.table;
    const end = Math.min(view.state.doc.length, to + 1);
    view.dispatch({ changes: { from, to: end }, selection: { anchor: from }, ...apart("delete.table") });
    return true;
  },
  text: (view) => {
    const place = selectedCell(view.state);
    if (!place) return false;
    const { from, to } = place.table;
    view.dispatch({ effects: showTableText.of({ from, to }) });
    view.focus();
    return true;
  },
};

/** The keys of the commands of a table. */
export const tableCommandKeys: Record<string, string> = {
  "row-above": "Alt-Shift-ArrowUp",
  "row-below": "Alt-Shift-ArrowDown",
  "row-up": "Alt-ArrowUp",
  "row-down": "Alt-ArrowDown",
  "row-delete": "Alt-Shift-Backspace",
  "column-before": "Alt-Shift-ArrowLeft",
  "column-after": "Alt-Shift-ArrowRight",
  "column-left": "Alt-ArrowLeft",
  "column-right": "Alt-ArrowRight",
  "column-delete": "Mod-Alt-Backspace",
};

/** The keys within a cell of the table of an editor. */
export function cellKeys(view: EditorView): KeyBinding[] {
  const outside = (command: Command) => (): boolean => {
    command(view);
    return true;
  };
  const blocks = ["0", "1", "2", "3", "4", "5", "6", "Shift-7", "Shift-8", "Shift-9"];
  return [
    { key: "Tab", run: () => step(view, 1), shift: () => step(view, -1) },
    { key: "Enter", run: outside(nextRow), shift: () => true },
    { key: "Escape", run: outside((editor) => leave(editor, 1)) },
    { key: "ArrowUp", run: (cell) => isEdge(cell, false) && vertical(view, -1) },
    { key: "ArrowDown", run: (cell) => isEdge(cell, true) && vertical(view, 1) },
    {
      key: "ArrowLeft",
      run: (cell) => atEnd(cell, false) && step(view, cell.textDirection === 0 ? -1 : 1, true),
    },
    {
      key: "ArrowRight",
      run: (cell) => atEnd(cell, true) && step(view, cell.textDirection === 0 ? 1 : -1, true),
    },
    { key: "Shift-F10", run: (cell) => menu(view, cell) },
    { key: "ContextMenu", run: (cell) => menu(view, cell) },
    { key: "Mod-z", run: outside(undo) },
    { key: "Mod-y", run: outside(redo) },
    { key: "Mod-Shift-z", run: outside(redo) },
    // What makes lists and headings of lines has no place in a cell.
    ...blocks.map((key) => ({ key: `Mod-${key}`, run: () => true })),
    ...Object.entries(tableCommandKeys).map(([name, key]) => ({
      key,
      run: outside(tableCommands[name] ?? (() => true)),
    })),
  ];
}

/** Brings the selection into the table that an arrow would jump over. */
export function enterTable(forward: boolean): Command {
  return (view) => {
    if (behindTable(view.state)) return forward || intoLastRow(view, 0);
    const { main } = view.state.selection;
    const line = view.state.doc.lineAt(main.head);
    const table = beside(view, forward);
    // A line that is wrapped has its own lines to go through first.
    if (!table || (line.length > 0 && !onEdge(view, line, forward))) return false;
    return goTo(view, table, forward ? 0 : table.rows.length - 1, 0);
  };
}

/** The table stays what it is when the blank line beside it is deleted from. */
export function keepTable(forward: boolean): Command {
  return (view) => {
    if (behindTable(view.state)) return forward || intoLastRow(view, Infinity);
    const { main } = view.state.selection;
    const line = view.state.doc.lineAt(main.head);
    const table = main.head === (forward ? line.to : line.from) ? beside(view, forward) : null;
    return (
      table !== null &&
      goTo(view, table, forward ? 0 : table.rows.length - 1, forward ? 0 : table.columns - 1)
    );
  };
}

/** Makes the line behind a table that the caret has left, and one more. */
export const lineBehindTable: Command = (view) => {
  const place = behindTable(view.state);
  if (!place || view.state.readOnly) return false;
  const insert = gapBehind(view.state.doc, place.at);
  view.dispatch({
    changes: { from: place.at, insert },
    selection: { anchor: place.at + insert.length },
    scrollIntoView: true,
    ...apart("input"),
  });
  return true;
};

/** From behind a table back into the cells that were left. */
function intoLastRow(view: EditorView, column: number): boolean {
  const place = behindTable(view.state);
  const found = place && tableAround(view.state, place.table);
  if (!found) return false;
  const table = readTable(view.state.sliceDoc(found.from, found.to), found.from);
  return goTo(view, table, table.rows.length - 1, Math.min(column, table.columns - 1));
}

/** The table on the line before or behind the caret, shown as a grid. */
function beside(view: EditorView, forward: boolean): Table | null {
  const { state } = view;
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  const next = forward ? line.to + 1 : line.from - 1;
  if (state.facet(isSource) || !main.empty || next < 0 || next > state.doc.length) return null;
  const found = tableAround(state, next);
  if (!found || (main.head >= found.from && main.head <= found.to)) return null;
  if (tableAsText(state)?.from === found.from) return null;
  return readTable(state.sliceDoc(found.from, found.to), found.from);
}

type Change = (
  place: TablePlace,
  view: EditorView,
) => [changes: ChangeSpec | null, row: number | null, column: number | null] | null;

function change(make: Change): Command {
  return (view) => {
    const place = selectedCell(view.state);
    const made = place && !view.state.readOnly ? make(place, view) : null;
    if (!place || !made?.[0]) return false;
    const [changes, row, column] = made;
    const set = view.state.changes(changes);
    const { table } = place;
    const doc = set.apply(view.state.doc);
    const after = readTable(doc.sliceString(table.from, set.mapPos(table.to, 1)), table.from);
    const at = positionOf(after, Math.min(row ?? place.row, after.rows.length - 1), column ?? place.column);
    view.dispatch({
      changes: set,
      selection: { anchor: at.at },
      effects: goToCell.of(at),
      ...apart("input.table"),
    });
    return true;
  };
}

function align(side: Side): Command {
  return change(({ table, column }, view) => [
    alignColumn(view.state.doc, table, column, side),
    null,
    column,
  ]);
}

/** One action is one step of undo. */
function apart(userEvent: string): { userEvent: string; annotations: ReturnType<typeof isolateHistory.of> } {
  return { userEvent, annotations: isolateHistory.of("full") };
}

function positionOf(
  table: Table,
  row: number,
  column: number,
  start = false,
): { at: number; row: number; column: number } {
  const line = table.rows[row];
  const cell = line?.cells[column];
  return { at: (start ? cell?.from : cell?.to) ?? line?.to ?? table.to, row, column };
}

function goTo(view: EditorView, table: Table, row: number, column: number, start = false): boolean {
  const place = positionOf(table, row, column, start);
  view.dispatch({ selection: { anchor: place.at }, effects: goToCell.of(place), userEvent: "select" });
  return true;
}

/** To the next cell or the one before; Tab behind the last cell makes a row, an arrow leaves. */
function step(view: EditorView, direction: -1 | 1, arrow = false): boolean {
  const place = selectedCell(view.state);
  if (!place) return false;
  const { table, row, column } = place;
  const width = (at: number): number => Math.max(table.columns, table.rows[at]?.cells.length ?? 0);
  const start = arrow && direction > 0;
  if (direction > 0 && column + 1 < width(row)) return goTo(view, place.table, row, column + 1, start);
  if (direction < 0 && column > 0) return goTo(view, place.table, row, column - 1, start);
  const next = row + direction;
  if (next >= 0 && next < table.rows.length)
    return goTo(view, place.table, next, direction > 0 ? 0 : width(next) - 1, start);
  if (direction < 0 || arrow || view.state.readOnly) return leave(view, direction);
  const changes = view.state.changes(insertRow(view.state.doc, table, table.rows.length));
  const from = changes.mapPos(table.to, 1);
  const after = readTable(changes.apply(view.state.doc).sliceString(table.from, from), table.from);
  const at = positionOf(after, after.rows.length - 1, 0);
  view.dispatch({ changes, selection: { anchor: at.at }, effects: goToCell.of(at), ...apart("input.table") });
  return true;
}

function nextRow(view: EditorView): boolean {
  const place = selectedCell(view.state);
  if (!place) return false;
  if (place.row + 1 < place.table.rows.length) return goTo(view, place.table, place.row + 1, place.column);
  return leave(view, 1);
}

function vertical(view: EditorView, direction: -1 | 1): boolean {
  const place = selectedCell(view.state);
  if (!place) return false;
  const row = place.row + direction;
  if (row < 0 || row >= place.table.rows.length) return leave(view, direction);
  return goTo(view, place.table, row, place.column);
}

/** Out of the table, to the words beside it. That writes nothing: a line that is missing comes with its words. */
function leave(view: EditorView, direction: -1 | 1): boolean {
  const place = selectedCell(view.state);
  if (!place) return false;
  const { doc } = view.state;
  const { from, to } = place.table;
  if (direction < 0) {
    if (from > 0)
      view.dispatch({ selection: { anchor: from - 1 }, scrollIntoView: true, userEvent: "select" });
    return true;
  }
  const last = doc.lineAt(to);
  const next = last.number < doc.lines ? doc.line(last.number + 1) : null;
  const below = next && next.number < doc.lines ? doc.line(next.number + 1) : null;
  const blank = next?.text.trim() === "";
  const at = (blank ? below?.from : next?.from) ?? next?.to ?? to;
  // Words right below would be taken for another row: a blank line is to stay between.
  const missing = !next || (blank && !below);
  view.dispatch({
    selection: { anchor: at },
    effects: missing ? goBehindTable.of({ table: from, at }) : [],
    scrollIntoView: true,
    userEvent: "select",
  });
  return true;
}

/** Whether the caret is on the last line of its cell or paragraph as it is set, or on the first. */
function onEdge(view: EditorView, within: { from: number; to: number }, forward: boolean): boolean {
  const here = view.coordsAtPos(view.state.selection.main.head);
  const edge = view.coordsAtPos(forward ? within.to : within.from);
  return !here || !edge || Math.abs(here.top - edge.top) < (here.bottom - here.top) / 2;
}

function isEdge(cell: EditorView, forward: boolean): boolean {
  return cell.state.selection.main.empty && onEdge(cell, { from: 0, to: cell.state.doc.length }, forward);
}

function atEnd(cell: EditorView, forward: boolean): boolean {
  const { main } = cell.state.selection;
  const left = forward === (cell.textDirection === 0);
  return main.empty && main.head === (left ? cell.state.doc.length : 0);
}

function menu(view: EditorView, cell: EditorView): boolean {
  const box = cell.dom.getBoundingClientRect();
  view.state.facet(editorServices).tableMenu?.({ x: box.left, y: box.bottom });
  return true;
}
