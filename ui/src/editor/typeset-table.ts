// A table as it will read, shown while the caret is elsewhere. A click puts the caret into the source of the cell.
import { EditorView, WidgetType } from "@codemirror/view";
import { appendInline } from "./inline-text";

/** A table, from its source. */
export class TypesetTable extends WidgetType {
  constructor(readonly source: string) {
    super();
  }
  override eq(other: TypesetTable): boolean {
    return other.source === this.source;
  }
  override get estimatedHeight(): number {
    return this.source.split("\n").length * 36;
  }
  override toDOM(view: EditorView): HTMLElement {
    const box = document.createElement("div");
    box.className = "cm-table";
    const table = box.appendChild(document.createElement("table"));
    const rows = tableRows(this.source);
    const alignments = rows[1]?.cells.map((cell) => alignment(this.source.slice(cell.from, cell.to))) ?? [];
    const columns = rows[0]?.cells.length ?? 0;
    rows.forEach((row, index) => {
      if (index === 1) return;
      const section = index === 0 ? table.createTHead() : (table.tBodies[0] ?? table.createTBody());
      const line = section.insertRow();
      for (let column = 0; column < columns; column++) {
        const cell = row.cells[column] ?? { from: row.to, to: row.to };
        const element = document.createElement(index === 0 ? "th" : "td");
        element.dataset.at = String(cell.to);
        element.dir = "auto";
        const side = alignments[column];
        if (side) element.style.textAlign = side;
        appendInline(element, this.source.slice(cell.from, cell.to).replace(/\\\|/g, "|"));
        line.append(element);
      }
    });
    box.addEventListener("mousedown", (event) => {
      if (event.button !== 0) return;
      const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-at]") : null;
      event.preventDefault();
      const anchor = view.posAtDOM(box) + Number(cell?.dataset.at ?? 0);
      view.dispatch({ selection: { anchor }, scrollIntoView: true, userEvent: "select.pointer" });
      view.focus();
    });
    return box;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

/** The rows of a table's source with the ranges of their cells (without spaces), by offsets into the source. */
export function tableRows(source: string): { to: number; cells: { from: number; to: number }[] }[] {
  const rows = [];
  let start = 0;
  for (const line of source.split("\n")) {
    rows.push({ to: start + line.trimEnd().length, cells: cellsOf(line, start) });
    start += line.length + 1;
  }
  return rows;
}

function cellsOf(line: string, start: number): { from: number; to: number }[] {
  const end = line.trimEnd().length;
  let from = line.length - line.trimStart().length;
  if (line[from] === "|") from++;
  const cells = [];
  for (let at = from; at <= end; at++) {
    if (line[at] === "\\") at++;
    else if (at === end || line[at] === "|") {
      if (at < end || at > from) cells.push(trimmed(line, from, Math.min(at, end), start));
      from = at + 1;
    }
  }
  return cells;
}

function trimmed(line: string, from: number, to: number, start: number): { from: number; to: number } {
  while (from < to && line[from] === " ") from++;
  while (to > from && line[to - 1] === " ") to--;
  return { from: start + from, to: start + to };
}

function alignment(delimiter: string): string {
  const left = delimiter.startsWith(":");
  const right = delimiter.endsWith(":");
  return left && right ? "center" : right ? "end" : "";
}
