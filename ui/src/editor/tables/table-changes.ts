// What can be done to a table as changes of the text: only what an action is about is touched, never the spaces that
// others put around their words.
import type { ChangeSpec, Text } from "@codemirror/state";
import { ChangeSet } from "@codemirror/state";
import { type Cell, isEscaped, readTable, type Row, type Side, type Table } from "./table-parts";

/** Words that can stand in a cell: on one line, without a pipe that would end it. */
export function cellWords(words: string): string {
  let text = "";
  for (const sign of words.replace(/\s*\n\s*/g, " "))
    text += sign === "|" && !isEscaped(text, text.length) ? "\\|" : sign;
  return isEscaped(text, text.length) ? `${text}\\` : text;
}

/** The source of an empty table; the first of its rows is the head. */
export function emptyTable(rows: number, columns: number): string {
  const line = `|${"  |".repeat(columns)}`;
  return [line, `|${" --- |".repeat(columns)}`, ...Array.from({ length: rows - 1 }, () => line)].join("\n");
}

/** Puts an empty row before the row `index`, or at the end. The head stays the first. */
export function insertRow(doc: Text, table: Table, index: number, count = 1): ChangeSpec {
  const before = index <= 1 ? table.dashes : (table.rows[index - 1] ?? table.dashes);
  const indent = /^\s*/.exec(doc.lineAt(before.from).text)?.[0] ?? "";
  const line = `\n${indent}|${"  |".repeat(table.columns)}`;
  return { from: doc.lineAt(before.from).to, insert: line.repeat(count) };
}

/** Takes a row away; the head stays. */
export function deleteRow(doc: Text, table: Table, index: number): ChangeSpec | null {
  const row = table.rows[index];
  return index > 0 && row ? { from: row.from - 1, to: doc.lineAt(row.from).to } : null;
}

/** Moves a row past its neighbour; the head stays where it is. */
export function moveRow(doc: Text, table: Table, index: number, step: -1 | 1): ChangeSpec[] | null {
  const one = table.rows[index];
  const other = table.rows[index + step];
  if (!one || !other || index < 1 || index + step < 1) return null;
  return swapped(doc, whole(doc, one), whole(doc, other));
}

/** Puts an empty column before the column `index`, or at the end. */
export function insertColumn(table: Table, index: number): ChangeSpec[] {
  const put = (row: Row, words: string): ChangeSpec[] => {
    const cell = row.cells[index];
    if (cell) {
      const from = index === 0 && !row.opened ? cell.from : cell.start;
      const insert = index === 0 && !row.opened ? `| ${words} | ` : ` ${words} |`;
      return [{ from, insert }];
    }
    // A row that ends before has nothing there, and will have nothing there.
    if (row.cells.length < index && row !== table.dashes) return [];
    if (row.closed || row.cells.length === 0) return [{ from: row.to, insert: ` ${words} |` }];
    // Dashes need no pipe behind them, and spaces at the end of their line would not go with one.
    return [{ from: row.to, insert: words ? ` | ${words}` : " |  |" }];
  };
  return [...put(table.dashes, "---"), ...table.rows.flatMap((row) => put(row, ""))];
}

/** Takes a column away; a table keeps one. */
export function deleteColumn(doc: Text, table: Table, index: number): ChangeSpec[] | null {
  if (table.columns < 2) return null;
  return [table.dashes, ...table.rows].flatMap((row): ChangeSpec[] => {
    const cell = row.cells[index];
    const next = row.cells[index + 1];
    if (!cell) return [];
    if (!next && !row.closed) {
      // The pipe before stays: it ends the cell that is the last one now, which may be empty.
      return [{ from: cell.start, to: doc.lineAt(row.from).to, insert: row.cells.length === 1 ? "|" : "" }];
    }
    const end =
      row.cells.length === 2 && !row.closed
        ? [{ from: row.to, to: doc.lineAt(row.from).to, insert: " |" }]
        : [];
    if (index > 0 || row.opened) return [{ from: cell.start, to: cell.end + 1 }, ...end];
    if (!next) return [{ from: cell.from, to: cell.end }];
    const bare = needsPipe(words(doc, next));
    return [{ from: cell.from, to: bare ? next.start : next.from, insert: bare ? "|" : "" }, ...end];
  });
}

/** Moves a column past its neighbour. */
export function moveColumn(doc: Text, table: Table, index: number, step: -1 | 1): ChangeSpec[] | null {
  const other = index + step;
  if (other < 0 || other >= table.columns || index >= table.columns) return null;
  const low = Math.min(index, other);
  return [table.dashes, ...table.rows].flatMap((row) => {
    const first = row.cells[low];
    const second = row.cells[low + 1];
    if (first && second) {
      const opens = low === 0 && !row.opened && needsPipe(words(doc, second));
      // An empty cell at the end of a line is none without a pipe behind it.
      const closes = low + 2 === row.cells.length && !row.closed && words(doc, first) === "";
      return [
        ...(opens ? [{ from: row.from, insert: "|" }] : []),
        ...swapped(doc, first, second),
        ...(closes ? [{ from: second.end, to: doc.lineAt(row.from).to, insert: "|" }] : []),
      ];
    }
    // The row ends with the first of the two: its words go where nothing was.
    return first ? [{ from: first.from, to: first.to }, ...write(doc, row, low + 1, words(doc, first))] : [];
  });
}

/** Sets a column to a side. */
export function alignColumn(doc: Text, table: Table, column: number, side: Side): ChangeSpec | null {
  const cell = table.dashes.cells[column];
  if (!cell) return null;
  const before = words(doc, cell);
  const left = side === "left" || side === "center" ? ":" : "";
  const right = side === "right" || side === "center" ? ":" : "";
  const dashes = Math.max(1, before.length - left.length - right.length);
  return { from: cell.from, to: cell.to, insert: `${left}${"-".repeat(dashes)}${right}` };
}

/** Writes words into a cell; a row that ends before it gets the cells between. */
export function writeCell(doc: Text, table: Table, row: number, column: number, text: string): ChangeSpec[] {
  const line = table.rows[row];
  return line ? write(doc, line, column, text) : [];
}

/**
 * The pipes that a cell at the edge of its row needs once it says these words, where the row has none there: an empty
 * cell would be none, and words at the start of a line can begin a list or a heading.
 */
export function edges(row: Row, column: number, text: string): { before: string; after: string } {
  const last = column === row.cells.length - 1;
  return {
    before: column === 0 && !row.opened && needsPipe(text) ? "| " : "",
    after: last && !row.closed && text.trim() === "" ? " |" : "",
  };
}

/** Fills the cells from one on with rows of words; the table grows as far as they reach. */
export function fillCells(
  doc: Text,
  table: Table,
  row: number,
  column: number,
  values: readonly (readonly string[])[],
): ChangeSet {
  let changes = ChangeSet.empty(doc.length);
  let text = doc;
  let now = table;
  const apply = (change: ChangeSpec): void => {
    const made = ChangeSet.of(change, text.length);
    changes = changes.compose(made);
    const to = made.mapPos(now.to, 1);
    text = made.apply(text);
    now = readTable(text.sliceString(table.from, to), table.from);
  };
  const wide = column + Math.max(0, ...values.map((line) => line.length));
  while (now.columns < wide) apply(insertColumn(now, now.columns));
  const missing = row + values.length - now.rows.length;
  if (missing > 0) apply(insertRow(text, now, now.rows.length, missing));
  // Line by line from the end, and in a line all at once: nothing that was read moves before it is written.
  const writes = values.flatMap((line, down) => {
    const target = now.rows[row + down];
    if (!target) return [];
    const known = line.slice(0, Math.max(0, target.cells.length - column));
    const rest = line.slice(known.length);
    const changed = known.flatMap((value, right) => write(text, target, column + right, value));
    return rest.length ? [...changed, append(target, column + known.length, rest)] : changed;
  });
  apply(writes);
  return changes;
}

/**
 * The rows and cells of what is pasted: what a spreadsheet put into the clipboard, a table of a page, or one in Markdown.
 * Null for words that are no more than words, on several lines or on one.
 */
export function cellsOfPaste(text: string, html = ""): string[][] | null {
  const plain = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const table = markdownTable(plain);
  if (table) return table;
  if (!plain.includes("\t") && !(plain.includes("\n") && isTable(html))) return null;
  const rows: string[][] = [[]];
  // A cell with line breaks stands in quotation marks, and its own are doubled.
  for (const found of plain.matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))([\t\n]|$)/g)) {
    rows[rows.length - 1]?.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? "").trim());
    if (found[3] === "\n") rows.push([]);
    if (found[3] === "") break;
  }
  return rows;
}

/** The cells of a text that is one table in Markdown. */
function markdownTable(text: string): string[][] | null {
  const [head = "", dashes = "", ...rest] = text.split("\n");
  const drawn = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
  if (!head.includes("|") || !dashes.includes("|") || !drawn.test(dashes)) return null;
  if (rest.some((line) => !line.includes("|"))) return null;
  const { rows } = readTable(text);
  return rows.map(({ cells }) => cells.map(({ from, to }) => text.slice(from, to)));
}

/** Whether what a page or a spreadsheet put into the clipboard is a table, and nothing beside it. */
function isTable(html: string): boolean {
  const from = html.search(/<table[\s>]/i);
  const to = html.toLowerCase().lastIndexOf("</table>");
  if (from < 0 || to < from) return false;
  const around = html.slice(0, from) + html.slice(to);
  return (
    around.length < longestAround &&
    around.replace(/<(head|style|title)\b[^]*?<\/\1\s*>|<!--[^]*?-->|<[^>]*>|&nbsp;/gi, "").trim() === ""
  );
}

/** What spreadsheets say of their styles around a table is not longer than this. */
const longestAround = 100_000;

function needsPipe(text: string): boolean {
  return !/^\p{L}/u.test(text);
}

function write(doc: Text, row: Row, column: number, text: string): ChangeSpec[] {
  const cell = row.cells[column];
  const insert = cellWords(text);
  if (!cell) return insert === "" ? [] : [append(row, column, [text])];
  if (words(doc, cell) === insert) return [];
  const { before, after } = edges(row, column, insert);
  return [{ from: cell.from, to: cell.to, insert: before + insert + after }];
}

function append(row: Row, column: number, values: readonly string[]): ChangeSpec {
  const open = row.closed || (row.cells.length === 0 && row.opened) ? "" : " |";
  const between = "  |".repeat(column - row.cells.length);
  return {
    from: row.to,
    insert: `${open}${between}${values.map((value) => ` ${cellWords(value)} |`).join("")}`,
  };
}

function words(doc: Text, cell: Cell): string {
  return doc.sliceString(cell.from, cell.to);
}

function whole(doc: Text, row: Row): { start: number; end: number } {
  return { start: row.from, end: doc.lineAt(row.from).to };
}

type Room = { start: number; end: number };

/** Two pieces of the text, each in the place of the other. */
function swapped(doc: Text, one: Room, other: Room): ChangeSpec[] {
  const a = doc.sliceString(one.start, one.end);
  const b = doc.sliceString(other.start, other.end);
  // What ended its line may end in a backslash, which would hold the pipe that comes behind it now.
  const held = (text: string): string => (isEscaped(text, text.length) ? `${text} ` : text);
  return [
    { from: one.start, to: one.end, insert: held(b) },
    { from: other.start, to: other.end, insert: held(a) },
  ];
}
