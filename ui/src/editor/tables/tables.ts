// Tables edited as grids: where the selection of the text is in a table, its cell is edited.
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { focusLost, gridsOf } from "./table-grid";
import { cellKeys, enterTable, keepTable, lineBehindTable } from "./table-keys";
import { behindTable, selectedCell, tablePlaces } from "./table-place";

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
    EditorView.updateListener.of(({ view }) => arrange(view)),
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
