// Tables edited as grids: where the selection of the text is in a table, its cell is edited.
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { adviceChanged } from "../advice";
import { focusLost, gridsOf } from "./table-grid";
import { cellKeys, enterTable, keepTable, lineBehindTable } from "./table-keys";
import { isEscaped } from "./table-parts";
import { behindTable, selectedCell, tableAround, tableAsText, tablePlaces } from "./table-place";

/** Tables as grids, their keys, and the way into them. */
export function tables(): Extension {
  return [
    tablePlaces(),
    ViewPlugin.define((view) => {
      // The grids are drawn after the plugins are made.
      view.requestMeasure({ read: () => undefined, write: () => arrange(view) });
      return {
        update(update: ViewUpdate) {
          if (update.docChanged) for (const grid of gridsOf(view)) grid.follow(update.changes);
        },
      };
    }),
    EditorView.updateListener.of((update) => {
      arrange(update.view);
      if (update.docChanged || update.selectionSet || update.viewportChanged || adviceChanged(update))
        for (const grid of gridsOf(update.view)) grid.showAdvice();
    }),
    wordsOfCells,
    EditorView.domEventHandlers({
      focus(_event, view) {
        // The click that brought the focus may be about to bring the selection elsewhere.
        setTimeout(() => {
          if (view.hasFocus) arrange(view);
        });
        return false;
      },
      compositionstart(_event, view) {
        // What an input method composes needs its line before: it must not move while it grows.
        if (behindTable(view.state)) lineBehindTable(view);
        return false;
      },
    }),
    Prec.high(
      keymap.of([
        { key: "ArrowDown", run: enterTable(true) },
        { key: "ArrowUp", run: enterTable(false) },
        { key: "Backspace", run: keepTable(false) },
        { key: "Delete", run: keepTable(true) },
        { key: "Enter", run: lineBehindTable },
      ]),
    ),
  ];
}

/** Words that come into a cell from elsewhere, a quotation for instance, stay within it. */
const wordsOfCells = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || !comesIn.some((event) => transaction.isUserEvent(event))) return transaction;
  const changes: { from: number; to: number; insert: string }[] = [];
  transaction.changes.iterChanges((fromA, _toA, fromB, _toB, inserted) => {
    const words = inserted.toString();
    const table = /[|\n]/.test(words) ? tableAround(transaction.startState, fromA) : null;
    if (!table || tableAsText(transaction.startState)?.from === table.from) return;
    // What begins with a line end at its end stands below it.
    if (fromA < table.from || (fromA === table.to && words.startsWith("\n"))) return;
    for (const found of words.matchAll(/\s*\n\s*|\|/g)) {
      const from = fromB + found.index;
      const line = transaction.newDoc.lineAt(from);
      if (found[0] === "|" && isEscaped(line.text, from - line.from)) continue;
      const to = from + found[0].length;
      changes.push(found[0] === "|" ? { from, to: from, insert: "\\" } : { from, to, insert: " " });
    }
  });
  return changes.length ? [transaction, { changes, sequential: true }] : transaction;
});

const comesIn = ["input.quotation", "input.complete", "input.citation"];

/** Edits the cell that the selection is in, and no other; the focus goes with it. */
function arrange(view: EditorView): void {
  const grids = gridsOf(view);
  if (grids.size === 0 && !focusLost.has(view)) return;
  const place = selectedCell(view.state);
  for (const grid of grids) if (!place || grid.position !== place.table.from) grid.leave();
  const lost = focusLost.has(view);
  if (!place) {
    focusLost.delete(view);
    if (lost && !view.hasFocus) view.focus();
    return;
  }
  const grid = [...grids].find((one) => one.position === place.table.from);
  if (!grid) return;
  grid.enter(place, cellKeys(view));
  if (focusLost.has(view) || view.hasFocus) {
    focusLost.delete(view);
    grid.focus();
  }
}
