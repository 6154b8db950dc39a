import { Text } from "@codemirror/state";
import { ChangeSet, type ChangeSpec } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { articleParser } from "../language";
import {
  alignColumn,
  cellsOfPaste,
  cellWords,
  deleteColumn,
  deleteRow,
  emptyTable,
  fillCells,
  insertColumn,
  insertRow,
  moveColumn,
  moveRow,
  writeCell,
} from "./table-changes";
import { cellAt, readTable, type Row, type Table } from "./table-parts";

const padded = "| Nom   |  Âge |\n|:------|-----:|\n| Ana   |   31 |\n| Zoé |  9|";
const bare = "a | b\n--- | ---\nun | deux\ntrois";

function made(source: string, change: (doc: Text, table: Table) => ChangeSpec | ChangeSet | null): string {
  const doc = Text.of(source.split("\n"));
  const spec = change(doc, readTable(source));
  return spec
    ? ChangeSet.of([spec as ChangeSpec], doc.length)
        .apply(doc)
        .toString()
    : source;
}

describe("an action on a table changes what it is about, and no more", () => {
  const cases: [string, string, (doc: Text, table: Table) => ChangeSpec | ChangeSet | null, string][] = [
    [
      "a cell",
      padded,
      (doc, table) => writeCell(doc, table, 1, 0, "Anaïs"),
      padded.replace("Ana ", "Anaïs "),
    ],
    [
      "a pipe in a cell",
      padded,
      (doc, table) => writeCell(doc, table, 2, 1, "a|b"),
      padded.replace("9", "a\\|b"),
    ],
    ["a cell that is not there", bare, (doc, table) => writeCell(doc, table, 2, 1, "x"), `${bare} | x |`],
    [
      "a first cell that begins a list",
      bare,
      (doc, table) => writeCell(doc, table, 1, 0, "- x"),
      bare.replace("un", "| - x"),
    ],
    [
      "the last cell emptied",
      bare,
      (doc, table) => writeCell(doc, table, 1, 1, ""),
      bare.replace("deux", " |"),
    ],
    ["a row at the end", padded, (doc, table) => insertRow(doc, table, 3), `${padded}\n|  |  |`],
    [
      "a row below the head",
      bare,
      (doc, table) => insertRow(doc, table, 1),
      bare.replace("un", "|  |  |\nun"),
    ],
    ["no row", padded, (doc, table) => deleteRow(doc, table, 0), padded],
    [
      "a row away",
      padded,
      (doc, table) => deleteRow(doc, table, 1),
      padded.replace("| Ana   |   31 |\n", ""),
    ],
    [
      "a row up",
      padded,
      (doc, table) => moveRow(doc, table, 2, -1),
      "| Nom   |  Âge |\n|:------|-----:|\n| Zoé |  9|\n| Ana   |   31 |",
    ],
    [
      "a column before",
      padded,
      (_doc, table) => insertColumn(table, 0),
      "|  | Nom   |  Âge |\n| --- |:------|-----:|\n|  | Ana   |   31 |\n|  | Zoé |  9|",
    ],
    [
      "a column behind",
      bare,
      (_doc, table) => insertColumn(table, 2),
      "a | b |  |\n--- | --- | ---\nun | deux |  |\ntrois",
    ],
    ["the first column away", bare, (doc, table) => deleteColumn(doc, table, 0), "b |\n| --- |\ndeux |\n|"],
    ["the last column away", bare, (doc, table) => deleteColumn(doc, table, 1), "a |\n--- |\nun |\ntrois"],
    [
      "a column to the right",
      padded,
      (doc, table) => moveColumn(doc, table, 0, 1),
      "|  Âge | Nom   |\n|-----:|:------|\n|   31 | Ana   |\n|  9| Zoé |",
    ],
    [
      "a side",
      padded,
      (doc, table) => alignColumn(doc, table, 0, "center"),
      padded.replace(":------", ":-----:"),
    ],
    [
      "no side",
      padded,
      (doc, table) => alignColumn(doc, table, 1, "none"),
      padded.replace("-----:", "------"),
    ],
    [
      "a block that is pasted",
      padded,
      (doc, table) =>
        fillCells(doc, table, 2, 1, [
          ["1", "2"],
          ["3", "4"],
        ]),
      "| Nom   |  Âge |  |\n|:------|-----:| --- |\n| Ana   |   31 |  |\n| Zoé |  1| 2 |\n|  | 3 | 4 |",
    ],
  ];
  it.each(cases)("%s", (_name, source, change, after) => {
    expect(made(source, change)).toBe(after);
  });
  it("an empty table", () => {
    expect(emptyTable(2, 2)).toBe("|  |  |\n| --- | --- |\n|  |  |");
  });
  it.each([
    ["a", null],
    ["a\tb", [["a", "b"]]],
    [
      "a\tb\r\nc\td\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["a\n\nb", null],
    ["a\nb | c", null],
    [
      "a | b\n--- | ---\nc\\|d | e",
      [
        ["a", "b"],
        ["c\\|d", "e"],
      ],
    ],
    ['"deux\nlignes"\t"dit ""oui"""\nx', [["deux\nlignes", 'dit "oui"'], ["x"]]],
    ['un "mot"\tb', [['un "mot"', "b"]]],
  ])("what is pasted: %j", (text, cells) => expect(cellsOfPaste(text)).toEqual(cells));
  it.each([
    ["<style><!--td{}--></style><table><tr><td>a</td></tr><tr><td>b</td></tr></table>", [["a"], ["b"]]],
    ["<p>a</p><table><tr><td>b</td></tr></table>", null],
    ["<p>a</p><p>b</p>", null],
  ])("one column of %j", (html, cells) => expect(cellsOfPaste("a\nb", html)).toEqual(cells));
});

// Small, seeded, and enough: the numbers of a linear congruential generator.
function dice(seed: number): (limit: number) => number {
  let value = seed;
  return (limit) => {
    value = (value * 1103515245 + 12345) % 2147483648;
    return Math.floor((value / 2147483648) * limit);
  };
}

const pieces = [
  "mot",
  "- x",
  "a\\|b",
  "*b*",
  "",
  "# t",
  "`c`",
  "1. y",
  "مرحبا",
  "漢字",
  "fin\\\\",
  ">",
  "  ",
];

function anyTable(next: (limit: number) => number): string {
  const columns = 1 + next(4);
  const cell = (): string => pieces[next(pieces.length)] ?? "";
  const pad = (): string => " ".repeat(next(3));
  const line = (cells: string[]): string => `|${cells.map((one) => `${pad()}${one}${pad()} |`).join("")}`;
  const plain = columns > 1 && next(3) === 0;
  const names = Array.from({ length: columns }, (_, at) => (plain ? `n${at}` : cell()));
  const dashes = Array.from({ length: columns }, () => ["---", ":-", "-:", ":---:"][next(4)] ?? "---");
  const body = Array.from({ length: next(5) }, () => {
    const many = next(4) ? columns : Math.max(1, columns + next(3) - 1);
    const cells = Array.from({ length: many }, cell);
    return plain && next(2) && many > 1 ? cells.map((_, at) => `m${at}`).join(" | ") : line(cells);
  });
  return [plain ? names.join(" | ") : line(names), plain ? dashes.join(" | ") : line(dashes), ...body].join(
    "\n",
  );
}

/** The words of a row, as many as the table has columns at least. */
function wordsOf(source: string, row: Row, columns: number): string[] {
  const cells = row.cells.map((cell) => source.slice(cell.from, cell.to).trim());
  while (cells.length < columns) cells.push("");
  // What ended its line in a backslash gets a space behind it when it moves; words are the same.
  return cells;
}

function gridOf(source: string, columns?: number): string[][] {
  const table = readTable(source);
  return table.rows.map((row) => wordsOf(source, row, columns ?? table.columns));
}

function isOneTable(source: string): boolean {
  const tree = articleParser.parse(source);
  const first = tree.topNode.firstChild;
  return first?.name === "Table" && first.to === source.length && first.nextSibling === null;
}

describe("any table, any actions", () => {
  it("do what they say to the grid, and leave the words of all other cells", { timeout: 60_000 }, () => {
    let done = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const next = dice(seed * 7919);
      let source = anyTable(next);
      if (!isOneTable(source)) continue;
      for (let step = 0; step < 12; step++) {
        const doc = Text.of(source.split("\n"));
        const table = readTable(source);
        const before = gridOf(source);
        const row = next(table.rows.length);
        const column = next(table.columns);
        const direction = next(2) ? 1 : -1;
        const words = pieces[next(pieces.length)] ?? "";
        const rows = before.length;
        let spec: ChangeSpec | null;
        let expected: string[][];
        switch (next(8)) {
          case 0:
            spec = writeCell(doc, table, row, column, words.trim());
            expected = before.map((line, r) =>
              line.map((one, c) => (r === row && c === column ? cellWords(words).trim() : one)),
            );
            break;
          case 1: {
            const at = 1 + next(rows);
            spec = insertRow(doc, table, at);
            expected = [...before.slice(0, at), Array<string>(table.columns).fill(""), ...before.slice(at)];
            break;
          }
          case 2:
            spec = deleteRow(doc, table, row);
            expected = before.filter((_, r) => r !== row);
            break;
          case 3:
            spec = moveRow(doc, table, row, direction);
            expected = [...before];
            if (spec)
              [expected[row], expected[row + direction]] = [before[row + direction] ?? [], before[row] ?? []];
            break;
          case 4:
            spec = insertColumn(table, column);
            expected = before.map((line) => [...line.slice(0, column), "", ...line.slice(column)]);
            break;
          case 5:
            spec = deleteColumn(doc, table, column);
            expected = before.map((line) => line.filter((_, c) => c !== column));
            break;
          case 6:
            spec = moveColumn(doc, table, column, direction);
            expected = before.map((line) => {
              const moved = [...line];
              [moved[column], moved[column + direction]] = [
                line[column + direction] ?? "",
                line[column] ?? "",
              ];
              return moved;
            });
            break;
          default:
            spec = alignColumn(doc, table, column, "center");
            expected = before;
        }
        if (!spec) continue;
        const after = ChangeSet.of([spec], doc.length).apply(doc).toString();
        const about = `seed ${seed}, step ${step}:\n${source}\n→\n${after}`;
        expect(isOneTable(after), about).toBe(true);
        const columns = readTable(after).columns;
        const trim = (grid: string[][]): string[] =>
          grid.map((line) =>
            line
              .map((one) => one.trim())
              .join("¦")
              .replace(/¦*$/, ""),
          );
        expect(trim(gridOf(after, columns)), about).toEqual(trim(expected));
        source = after;
        done++;
      }
    }
    expect(done).toBeGreaterThan(1500);
  });
  it("every position belongs to a cell of the grid", () => {
    for (const source of [padded, bare])
      for (let at = 0; at <= source.length; at++) {
        const { row, column } = cellAt(readTable(source), at);
        expect(row >= 0 && row < 4 && column >= 0 && column < 2).toBe(true);
      }
  });
});
