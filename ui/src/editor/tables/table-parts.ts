// A table as it stands in the text: its rows, and its cells with the words in them and the room between the pipes.
// Rows may have too few cells or too many; they are read as they are. The grammar is that of GitHub's tables.

/** The side that a column is set to. */
export type Side = "none" | "left" | "center" | "right";

/** A cell: its words, without the spaces around them, and the room between its pipes, by positions in the text. */
export type Cell = { from: number; to: number; start: number; end: number };

/** A line of a table. */
export type Row = {
  from: number;
  /** Behind its last sign, spaces at the end left out. */
  to: number;
  cells: Cell[];
  /** Whether a pipe stands before its first cell. */
  opened: boolean;
  /** Whether a pipe stands behind its last cell. */
  closed: boolean;
};

/** A table: its head is the first of its rows, the line of dashes stands apart. */
export type Table = { from: number; to: number; rows: Row[]; dashes: Row; sides: Side[]; columns: number };

/** Reads the source of a table that begins at a position of the text. */
export function readTable(source: string, at = 0): Table {
  const lines: Row[] = [];
  let start = at;
  for (const line of source.split("\n")) {
    lines.push(readRow(line, start));
    start += line.length + 1;
  }
  const [head, dashes, ...body] = lines;
  const none: Row = { from: at, to: at, cells: [], opened: false, closed: false };
  const drawn = dashes ?? none;
  return {
    from: at,
    to: at + source.length,
    rows: [head ?? none, ...body],
    dashes: drawn,
    sides: drawn.cells.map((cell) => sideOf(source.slice(cell.from - at, cell.to - at))),
    columns: head?.cells.length ?? 0,
  };
}

/** The row and the column that a position of the text belongs to; the line of dashes belongs to the head. */
export function cellAt(table: Table, position: number): { row: number; column: number } {
  const inDashes = position >= table.dashes.from && position <= table.dashes.to;
  let row = 0;
  if (!inDashes)
    while (row + 1 < table.rows.length && (table.rows[row + 1]?.from ?? Infinity) <= position) row++;
  const cells = (inDashes ? table.dashes : table.rows[row])?.cells ?? [];
  const column = cells.findIndex((cell) => position <= cell.end);
  return { row, column: Math.max(0, column < 0 ? cells.length - 1 : column) };
}

/** Whether a sign of a text stands behind an odd number of backslashes, so that it is no more than itself. */
export function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (before > 0 && text[before - 1] === "\\") before--;
  return (at - before) % 2 === 1;
}

function readRow(line: string, start: number): Row {
  const end = line.trimEnd().length;
  let from = line.length - line.trimStart().length;
  const opened = line[from] === "|";
  if (opened) from++;
  const cells: Cell[] = [];
  let closed = false;
  for (let at = from; at <= end; at++) {
    if (at < end && line[at] === "\\") at++;
    else if (at === end || line[at] === "|") {
      if (at < end || at > from) cells.push(readCell(line, from, at, start));
      closed = at < end;
      from = at + 1;
      if (closed && from >= end) break;
    }
  }
  return { from: start, to: start + end, cells, opened, closed };
}

function readCell(line: string, start: number, end: number, base: number): Cell {
  let from = start;
  let to = end;
  while (from < to && isBlank(line[from])) from++;
  while (to > from && isBlank(line[to - 1])) to--;
  // The words of an empty cell begin behind one space, so that one is left on either side.
  if (from === to) from = to = Math.min(start + 1, end);
  return { from: base + from, to: base + to, start: base + start, end: base + end };
}

function isBlank(sign: string | undefined): boolean {
  return sign === " " || sign === "\t";
}

function sideOf(dashes: string): Side {
  const left = dashes.startsWith(":");
  const right = dashes.endsWith(":");
  return left && right ? "center" : right ? "right" : left ? "left" : "none";
}
