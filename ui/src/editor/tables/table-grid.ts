// A table as a grid. The cell that the selection of the text is in has an editor of its own; all others are set.
import type { ChangeSet } from "@codemirror/state";
import { isolateHistory } from "@codemirror/commands";
import { EditorView, type KeyBinding, WidgetType } from "@codemirror/view";
import { t } from "@/shared/messages";
import { adviceWithin } from "../advice";
import { appendInline, type InlineMark } from "../inline-text";
import { classOfAdvice, showAdviceWithin } from "../inner-editor";
import { type MarkdownPaste, putWhenReady } from "../pasting";
import { editorServices } from "../services";
import { cellEditor, takeText } from "./cell-editor";
import { cellsOfPaste, cellWords, edges, fillCells, writeCell } from "./table-changes";
import { isEscaped, readTable, type Table } from "./table-parts";
import { goToCell, type TablePlace } from "./table-place";

/** A table, from its source. */
export class TableGrid extends WidgetType {
  constructor(readonly source: string) {
    super();
  }
  override eq(other: TableGrid): boolean {
    return other.source === this.source;
  }
  override get estimatedHeight(): number {
    return this.source.split("\n").length * 36;
  }
  override toDOM(view: EditorView): HTMLElement {
    const grid = new Grid(view, this.source);
    gridsOf(view).add(grid);
    byElement.set(grid.dom, grid);
    return grid.dom;
  }
  override updateDOM(dom: HTMLElement): boolean {
    byElement.get(dom)?.show(this.source);
    return byElement.has(dom);
  }
  override destroy(dom: HTMLElement): void {
    const grid = byElement.get(dom);
    if (!grid) return;
    grid.leave();
    gridsOf(grid.view).delete(grid);
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

/** The grids that are on the screen, or near it. */
export function gridsOf(view: EditorView): Set<Grid> {
  let grids = byView.get(view);
  if (!grids) byView.set(view, (grids = new Set()));
  return grids;
}

/** Editors whose focus was in a cell that was drawn anew, or that is left: it goes to where the selection is. */
export const focusLost = new WeakSet<EditorView>();

const byElement = new WeakMap<HTMLElement, Grid>();
const byView = new WeakMap<EditorView, Set<Grid>>();

type Active = {
  row: number;
  column: number;
  /** Where the words of its editor stand in the text. */
  from: number;
  to: number;
  /** The row ends before it: it has no place in the text yet. */
  missing: boolean;
  editor: EditorView;
};

/** A table on the screen. */
export class Grid {
  readonly dom = document.createElement("div");
  private readonly element = document.createElement("table");
  private cells: HTMLElement[][] = [];
  private source = "";
  private active: Active | null = null;
  /** The cells that have marks of advice, and which. */
  private readonly marked = new Map<HTMLElement, string>();

  constructor(
    readonly view: EditorView,
    source: string,
  ) {
    this.dom.className = "cm-table";
    const scroller = this.dom.appendChild(document.createElement("div"));
    scroller.className = "cm-table-scroll";
    scroller.append(this.element);
    this.element.setAttribute("role", "grid");
    this.dom.append(this.menuButton());
    this.element.addEventListener("mousedown", (event) => this.pressed(event));
    this.element.addEventListener("contextmenu", (event) => this.askedForMenu(event));
    this.draw(source);
  }

  /** Where the table begins in the text. */
  get position(): number {
    return this.view.posAtDOM(this.dom);
  }

  /** Shows another source: cells that say something else are set anew, but for the one that is edited. */
  show(source: string): void {
    if (source === this.source) return;
    const before = readTable(this.source);
    const after = readTable(source);
    const shape = (table: Table): string =>
      `${table.columns} ${table.sides.join()} ${table.rows.map((row) => row.cells.length).join()}`;
    if (shape(before) !== shape(after)) {
      this.leave();
      this.draw(source);
      return;
    }
    const old = this.source;
    this.source = source;
    after.rows.forEach((row, r) =>
      row.cells.forEach((cell, c) => {
        const was = before.rows[r]?.cells[c];
        const element = this.cells[r]?.[c];
        const words = source.slice(cell.from, cell.to);
        if (!was || !element || (this.active?.row === r && this.active.column === c)) return;
        if (old.slice(was.from, was.to) !== words) this.set(element, words);
      }),
    );
  }

  /** The change of the text moved what the edited cell stands for. */
  follow(changes: { mapPos: (position: number, side: number) => number }): void {
    if (!this.active) return;
    this.active.from = changes.mapPos(this.active.from, -1);
    this.active.to = changes.mapPos(this.active.to, 1);
  }

  /** Edits a cell, with the selection that the text has in it. */
  enter(place: TablePlace, keys: readonly KeyBinding[]): void {
    const { view } = this;
    const { row, column, table } = place;
    const cell = table.rows[row]?.cells[column];
    const end = table.rows[row]?.to ?? table.to;
    const known = this.active;
    const fits =
      known?.row === row &&
      known.column === column &&
      known.missing === !cell &&
      known.editor.state.readOnly === view.state.readOnly &&
      (cell
        ? known.from >= cell.start && known.to <= cell.end && known.from <= cell.from && known.to >= cell.to
        : known.from === end);
    if (!fits) {
      this.leave();
      const element = this.cells[row]?.[column];
      if (!element) return;
      const from = cell?.from ?? end;
      const to = cell?.to ?? end;
      const name = this.cells[0]?.[column]?.textContent?.trim() ?? "";
      const label = t("editor-table-cell", { row: row + 1, column: column + 1, name });
      const editor = cellEditor(view, view.state.sliceDoc(from, to), label, keys, {
        changed: (changes, text, event, apart) => this.forward(changes, text, event, apart),
        selected: () => this.select(),
        pasted: (data) => this.paste(data),
        source: (position) => (this.active && !this.active.missing ? this.active.from + position : null),
      });
      this.active = { row, column, from, to, missing: !cell, editor };
      element.replaceChildren(editor.dom);
      element.classList.add("cm-cell-active");
    }
    const { active } = this;
    if (!active || active.missing) return;
    const { anchor, head } = view.state.selection.main;
    const within = (position: number): number => Math.max(0, Math.min(position, active.to) - active.from);
    takeText(active.editor, view.state.sliceDoc(active.from, active.to), within(anchor), within(head));
  }

  /** Gives the edited cell the keyboard. */
  focus(): void {
    if (!this.active || this.active.editor.hasFocus) return;
    this.active.editor.focus();
    this.active.editor.dispatch({
      effects: EditorView.scrollIntoView(this.active.editor.state.selection.main),
    });
  }

  /** Draws what is said of the words of the cells. */
  showAdvice(): void {
    const { view, active } = this;
    const start = this.position;
    const found = adviceWithin(view.state, start, start + this.source.length);
    if (found.length === 0 && this.marked.size === 0) return;
    if (active && !active.missing) {
      const { from, to } = active;
      showAdviceWithin(active.editor, found, (at) => (at >= from && at <= to ? at - from : null));
    }
    readTable(this.source, start).rows.forEach((row, r) =>
      row.cells.forEach((cell, c) => {
        const element = this.cells[r]?.[c];
        if (!element || element.contains(active?.editor.dom ?? null)) return;
        while (found[0] && found[0].from < cell.from) found.shift();
        const marks: InlineMark[] = [];
        for (let one = found[0]; one && one.to <= cell.to; found.shift(), one = found[0])
          marks.push({ from: one.from - cell.from, to: one.to - cell.from, class: classOfAdvice(one.kind) });
        const key = marks.map((mark) => `${mark.from} ${mark.to} ${mark.class}`).join();
        if ((this.marked.get(element) ?? "") === key) return;
        this.set(element, this.source.slice(cell.from - start, cell.to - start), marks);
        if (key) this.marked.set(element, key);
      }),
    );
  }

  /** Ends the editing of a cell. */
  leave(): void {
    const { active } = this;
    if (!active) return;
    this.active = null;
    if (active.editor.hasFocus) focusLost.add(this.view);
    const element = active.editor.dom.parentElement;
    const words = active.editor.state.doc.toString();
    active.editor.destroy();
    if (!element) return;
    element.classList.remove("cm-cell-active");
    this.set(element, words.trim());
  }

  /** The editor of the cell that is edited. */
  get editor(): EditorView | null {
    return this.active?.editor ?? null;
  }

  private draw(source: string): void {
    this.source = source;
    const table = readTable(source);
    this.element.replaceChildren();
    this.marked.clear();
    this.element.setAttribute(
      "aria-label",
      t("editor-table", { rows: table.rows.length, columns: table.columns }),
    );
    this.cells = table.rows.map((row, r) => {
      const section =
        r === 0 ? this.element.createTHead() : (this.element.tBodies[0] ?? this.element.createTBody());
      const line = section.insertRow();
      const count = Math.max(table.columns, row.cells.length);
      return Array.from({ length: count }, (_, c) => {
        const element = document.createElement(r === 0 ? "th" : "td");
        element.setAttribute("role", r === 0 ? "columnheader" : "gridcell");
        if (r === 0) element.scope = "col";
        element.dir = "auto";
        const side = table.sides[c] ?? "none";
        if (side !== "none") element.style.textAlign = side;
        if (c >= table.columns) {
          // The reading view leaves it out; here it must be seen to be mended.
          element.className = "cm-cell-over";
          element.title = t("editor-table-over");
        }
        const cell = row.cells[c];
        this.set(element, cell ? source.slice(cell.from, cell.to) : "");
        line.append(element);
        return element;
      });
    });
  }

  /** A change of the edited cell becomes one of the text. */
  private forward(changes: ChangeSet, text: string, userEvent: string | undefined, apart: boolean): void {
    const { active, view } = this;
    if (!active) return;
    const { doc } = view.state;
    const table = readTable(this.source, this.position);
    const row = table.rows[active.row];
    const caret = active.editor.state.selection.main;
    const annotations = apart ? [isolateHistory.of("full")] : [];
    const send = (
      spec: { from: number; to?: number; insert: string }[],
      from: number,
      length: number,
    ): void => {
      view.dispatch({
        changes: spec,
        selection: { anchor: from + caret.anchor, head: from + caret.head },
        ...(userEvent ? { userEvent } : {}),
        annotations,
      });
      if (this.active === active) Object.assign(active, { from, to: from + length });
    };
    if (!row) return;
    if (active.missing) {
      const [change] = writeCell(doc, table, active.row, active.column, text) as {
        from: number;
        insert: string;
      }[];
      if (!change) return;
      const from = change.from + change.insert.length - 2 - text.length;
      send([change], from, text.length);
      return;
    }
    const { before, after } = edges(row, active.column, text);
    if (before || after) {
      const from = active.from + before.length;
      send([{ from: active.from, to: active.to, insert: before + text + after }], from, text.length);
      return;
    }
    const spec: { from: number; to?: number; insert: string }[] = [];
    changes.iterChanges((fromA, toA, _fromB, _toB, inserted) =>
      spec.push({ from: active.from + fromA, to: active.from + toA, insert: inserted.toString() }),
    );
    // A backslash at the end would hold the pipe that ends the cell.
    if (isEscaped(text, text.length) && doc.sliceString(active.to, active.to + 1) === "|")
      spec.push({ from: active.to, insert: " " });
    send(spec, active.from, text.length);
  }

  private select(): void {
    const { active, view } = this;
    if (!active || active.missing) return;
    const { anchor, head } = active.editor.state.selection.main;
    const now = view.state.selection.main;
    if (now.anchor === active.from + anchor && now.head === active.from + head) return;
    view.dispatch({
      selection: { anchor: active.from + anchor, head: active.from + head },
      userEvent: "select",
    });
  }

  private paste(data: DataTransfer): boolean {
    const { active, view } = this;
    if (!active || view.state.readOnly) return false;
    const plain = data.getData("text/plain");
    const html = data.getData("text/html");
    const values = cellsOfPaste(plain, html);
    if (!values) return this.pasteWords(plain, html);
    const table = readTable(this.source, this.position);
    const changes = fillCells(view.state.doc, table, active.row, active.column, values);
    view.dispatch({
      changes,
      selection: { anchor: changes.mapPos(active.from, -1) },
      userEvent: "input.paste",
      annotations: isolateHistory.of("full"),
    });
    return true;
  }

  /** Words for one cell, with their italics and links where reading them is worth the moment that it takes. */
  private pasteWords(plain: string, html: string): boolean {
    const { active, view } = this;
    const { paste } = view.state.facet(editorServices);
    const words = plain.trim();
    if (!active || words === "") return false;
    const row = readTable(this.source).rows[active.row];
    if (!html || !paste || active.missing || !row?.opened || !row.closed) {
      if (words === plain) return false;
      active.editor.dispatch(active.editor.state.replaceSelection(words), { userEvent: "input.paste" });
      return true;
    }
    const between = /<br *\/?>/i.test(active.editor.state.doc.toString()) ? "<br>" : " ";
    const { from, to } = active.editor.state.selection.main;
    const found = async (): Promise<MarkdownPaste> => {
      const read = await paste({ html, plain, image: null }, 1);
      const text = read?.isLine && !read.notes && !read.images?.length ? read.body : words;
      return {
        body: cellWords(text.replace(/\s*\n\s*/g, between)),
        notes: "",
        beginsInLine: true,
        endsInLine: true,
        isLine: true,
      };
    };
    void putWhenReady(view, found, { from: active.from + from, to: active.from + to });
    return true;
  }

  private pressed(event: MouseEvent): void {
    const { target } = event;
    if (event.button !== 0 || !(target instanceof Element)) return;
    if (this.active?.editor.dom.contains(target)) return;
    event.preventDefault();
    if (!this.choose(target)) return;
    const editor = this.active?.editor;
    const at = editor?.posAtCoords({ x: event.clientX, y: event.clientY });
    if (editor && typeof at === "number") editor.dispatch({ selection: { anchor: at } });
  }

  private askedForMenu(event: MouseEvent): void {
    const { tableMenu } = this.view.state.facet(editorServices);
    if (!tableMenu || !(event.target instanceof Element)) return;
    event.preventDefault();
    if (!this.active?.editor.dom.contains(event.target)) this.choose(event.target);
    tableMenu({ x: event.clientX, y: event.clientY });
  }

  /** Brings the selection into the cell of an element. */
  private choose(target: Element): boolean {
    const element = target.closest<HTMLElement>("th, td");
    const row = this.cells.findIndex((line) => element && line.includes(element));
    const column = element ? (this.cells[row]?.indexOf(element) ?? -1) : -1;
    if (row < 0 || column < 0) return false;
    const line = readTable(this.source, this.position).rows[row];
    const at = line?.cells[column]?.to ?? line?.to ?? this.position;
    focusLost.add(this.view);
    this.view.dispatch({
      selection: { anchor: at },
      effects: goToCell.of({ at, row, column }),
      userEvent: "select.pointer",
    });
    return true;
  }

  private menuButton(): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cm-table-menu";
    button.tabIndex = -1;
    button.textContent = "⋯";
    button.setAttribute("aria-label", t("editor-table-menu"));
    button.setAttribute("aria-haspopup", "menu");
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      const first = this.cells[0]?.[0];
      if (!this.active && first) this.choose(first);
      this.view.state.facet(editorServices).tableMenu?.(button);
    });
    return button;
  }

  private set(element: HTMLElement, words: string, marks: readonly InlineMark[] = []): void {
    // A pipe is one sign to the reader: what stands behind it is one sign nearer.
    const shown = (at: number): number => at - (words.slice(0, at).match(/\\\|/g)?.length ?? 0);
    this.marked.delete(element);
    element.replaceChildren();
    appendInline(
      element,
      words.replace(/\\\|/g, "|"),
      marks.map((mark) => ({ ...mark, from: shown(mark.from), to: shown(mark.to) })),
    );
  }
}
