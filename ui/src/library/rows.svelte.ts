// The rows of the list: pages of a hundred around the viewport, kept sparsely, asked for as one scrolls.
import { backend, type ListPage, type ListQuery, type Row } from "@/backend";
import { tellError } from "@/shared/notices.svelte";
import { library } from "./library.svelte";
import { pagesFor } from "./windowing";

/** Rows fetched at once. */
export const pageSize = 100;

/** What the list shows besides its rows. */
export const list = $state({
  /** Rows in all. */
  total: 0,
  /** Whether the first answer is there. */
  loaded: false,
  /** Index of the row that the cursor stands on; -1 for none. */
  cursor: -1,
});

/** The ids of rows chosen together, besides the cursor. */
export const picked = $state<{ ids: string[] }>({ ids: [] });

/** What the module needs of the element that scrolls; positions in rows, with fractions. */
export type Scroller = {
  topRow: () => number;
  scrollToRow: (row: number) => void;
  reveal: (index: number) => void;
};

type Shown = { query: ListQuery; pages: Map<number, Row[]>; generation: number };

const pagesKept = 60;
const requestsAtOnce = 2;
const rowsOnScreen = 40;

let shown: Shown = { query: library.query, pages: new Map(), generation: 0 };
/** What was asked for last; its rows may not be there yet. */
let asked = { query: library.query, reveal: null as string | null };
let changes = $state(0);
let scroller: Scroller | undefined;
let wanted: number[] = [];
let asking = new Set<number>();
let loads = 0;
let lastFirst = 0;
let refreshing: Promise<void> | undefined;
let refreshAgain = false;
let pickStart = -1;

/** The row at an index, if its page is there. */
export function rowAt(index: number): Row | undefined {
  void changes;
  return shown.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
}

/** The row of an article, if its page is there. */
export function knownRow(id: string): Row | undefined {
  void changes;
  for (const rows of shown.pages.values()) {
    const row = rows.find((one) => one.id === id);
    if (row) return row;
  }
  return undefined;
}

/** Says which rows are on the screen, so that their pages are fetched; what was wanted before is forgotten. */
export function wantRows(first: number, last: number): void {
  wanted = pagesFor(first, last, pageSize, list.total, first >= lastFirst);
  lastFirst = first;
  ask();
}

/** Connects the element that scrolls. */
export function attachScroller(one: Scroller): () => void {
  scroller = one;
  return () => {
    if (scroller === one) scroller = undefined;
  };
}

/** Shows another query; the rows on the screen stay until the first new ones are there. */
export async function showQuery(query: ListQuery, reveal: string | null = null): Promise<void> {
  picked.ids = [];
  asked = { query: { ...query }, reveal };
  await load(asked.query, { anchor: reveal, top: 0, follow: false });
}

/** Shows the first page of a query that is there already. */
export function showFirst(query: ListQuery, page: ListPage): void {
  loads += 1;
  picked.ids = [];
  show({ ...query }, [page]);
  list.cursor = -1;
}

/** Whether the rows shown are of an earlier state of the library. */
export function isOlderThan(generation: number): boolean {
  return list.loaded && shown.generation < generation;
}

/** Reads the rows again after the library changed: what is on the screen stays where it is. */
export function refreshRows(): Promise<void> {
  if (refreshing) {
    refreshAgain = true;
    return refreshing;
  }
  const work = async (): Promise<void> => {
    do {
      refreshAgain = false;
      const top = scroller?.topRow() ?? 0;
      const anchor = top > 0.01 ? (rowAt(Math.floor(top))?.id ?? null) : null;
      // A list that is on its way comes in the place of the one shown, not after it.
      const here = asked.query === shown.query;
      await load(
        asked.query,
        here ? { anchor, top, follow: true } : { anchor: asked.reveal, top: 0, follow: false },
      );
    } while (refreshAgain);
  };
  refreshing = work()
    .catch((error: unknown) => void tellError(error))
    .finally(() => {
      refreshing = undefined;
    });
  return refreshing;
}

/** Changes rows at once, before the library has answered. */
export function editRows(ids: string[], edit: (row: Row) => Row): void {
  const chosen = new Set(ids);
  for (const [page, rows] of shown.pages) {
    if (!rows.some((row) => chosen.has(row.id))) continue;
    shown.pages.set(
      page,
      rows.map((row) => (chosen.has(row.id) ? edit(row) : row)),
    );
  }
  changes += 1;
}

/** Reads some rows again in place; true when their place in the list may have changed. */
export async function rereadRows(ids: string[]): Promise<boolean> {
  const known = new Map<string, Row>();
  for (const rows of shown.pages.values()) for (const row of rows) known.set(row.id, row);
  if (ids.length > 20 || ids.some((id) => !known.has(id))) return true;
  const fresh = await Promise.all(ids.map((id) => backend.row(id)));
  if (fresh.some((row) => row === null)) return true;
  const place = (row: Row | undefined) =>
    row &&
    JSON.stringify([
      row.title,
      row.date,
      row.updated,
      row.section,
      row.authors,
      row.status,
      row.tags,
      row.place,
      row.lang,
    ]);
  const byId = new Map(fresh.flatMap((row) => (row ? [[row.id, row] as const] : [])));
  editRows(ids, (row) => byId.get(row.id) ?? row);
  return [...byId.values()].some(
    (row) => place(row) !== place(known.get(row.id)) || sortsByLength(row, known),
  );
}

/** Puts the cursor on a row, and on the screen; with `extend`, chooses all rows from the last one chosen alone. */
export async function moveCursor(to: number, extend = false): Promise<void> {
  if (list.total === 0) return;
  const index = Math.max(0, Math.min(list.total - 1, to));
  if (extend && pickStart < 0) pickStart = Math.max(0, list.cursor);
  list.cursor = index;
  scroller?.reveal(index);
  const row = rowAt(index) ?? (await rowsBetween(index, index))[0];
  if (list.cursor !== index) return;
  if (row) library.selectedId = row.id;
  if (!extend) {
    pickStart = index;
    picked.ids = [];
    return;
  }
  const chosen = await rowsBetween(Math.min(pickStart, index), Math.max(pickStart, index));
  if (list.cursor === index) picked.ids = chosen.map((one) => one.id);
}

/** Adds a row to those chosen together, or takes it away. */
export function togglePicked(index: number): void {
  const row = rowAt(index);
  if (!row) return;
  const before =
    picked.ids.length > 0 ? picked.ids : library.selectedId && list.cursor >= 0 ? [library.selectedId] : [];
  picked.ids = before.includes(row.id) ? before.filter((id) => id !== row.id) : [...before, row.id];
  list.cursor = index;
  pickStart = index;
  library.selectedId = row.id;
}

/** Chooses no rows together. */
export function clearPicked(): void {
  picked.ids = [];
}

/** Forgets everything: another library is opened. */
export function forgetRows(): void {
  loads += 1;
  asked = { query: library.query, reveal: null };
  shown = { query: asked.query, pages: new Map(), generation: 0 };
  asking = new Set();
  wanted = [];
  list.total = 0;
  list.loaded = false;
  list.cursor = -1;
  picked.ids = [];
  changes += 1;
}

function sortsByLength(row: Row, known: Map<string, Row>): boolean {
  return shown.query.sort === "words" && row.words !== known.get(row.id)?.words;
}

async function rowsBetween(from: number, to: number): Promise<Row[]> {
  const rows: Row[] = [];
  const most = Math.min(to, from + 1999);
  for (let index = from; index <= most;) {
    const row = rowAt(index);
    if (row) {
      rows.push(row);
      index += 1;
      continue;
    }
    const start = Math.floor(index / pageSize) * pageSize;
    const page = await backend.list(shown.query, start, pageSize);
    keep(shown, start / pageSize, page.rows);
    if (!rowAt(index)) break;
  }
  return rows;
}

async function load(
  query: ListQuery,
  at: { anchor: string | null; top: number; follow: boolean },
): Promise<void> {
  const mine = ++loads;
  const cursorBefore = list.cursor;
  // The cursor stays on its row, whatever was opened since by its title or from the results of a search.
  const held = (at.follow ? rowAt(cursorBefore)?.id : null) ?? library.selectedId;
  const [anchorAt, cursorAt] = await Promise.all([
    at.anchor ? backend.positionOf(query, at.anchor) : null,
    held ? backend.positionOf(query, held) : null,
  ]);
  if (mine !== loads) return;
  const fraction = at.follow ? at.top - Math.floor(at.top) : 0;
  const top = anchorAt === null ? at.top : Math.max(0, anchorAt - (at.follow ? 0 : 2)) + fraction;
  const first = Math.floor(top / pageSize);
  const needed = Math.floor((top + rowsOnScreen) / pageSize) > first ? [first, first + 1] : [first];
  const pages = await Promise.all(needed.map((page) => backend.list(query, page * pageSize, pageSize)));
  if (mine !== loads) return;
  show(query, pages);
  // An article that left the list leaves the cursor on its neighbour, and a key that came meanwhile has moved it.
  const moved = at.follow && list.cursor !== cursorBefore;
  const followed = moved ? null : cursorAt;
  list.cursor = followed ?? (at.follow ? Math.min(list.cursor, list.total - 1) : -1);
  if (cursorAt === null && !moved && held && held === library.selectedId)
    library.selectedId = rowAt(list.cursor)?.id ?? null;
  scroller?.scrollToRow(top);
  ask();
}

function show(query: ListQuery, pages: ListPage[]): void {
  const newest = pages[pages.length - 1];
  shown = { query, pages: new Map(), generation: newest?.generation ?? 0 };
  pages.forEach((page) => shown.pages.set(Math.floor(page.offset / pageSize), page.rows));
  asking = new Set();
  list.total = newest?.total ?? 0;
  list.loaded = true;
  changes += 1;
}

function ask(): void {
  const one = shown;
  for (const page of wanted) {
    if (asking.size >= requestsAtOnce) return;
    if (one.pages.has(page) || asking.has(page)) continue;
    asking.add(page);
    backend
      .list(one.query, page * pageSize, pageSize)
      .then((answer) => {
        if (one !== shown) return;
        asking.delete(page);
        if (answer.generation !== one.generation || answer.total !== list.total) void refreshRows();
        keep(one, page, answer.rows);
        ask();
      })
      .catch((error: unknown) => {
        if (one !== shown) return;
        asking.delete(page);
        wanted = wanted.filter((other) => other !== page);
        tellError(error);
      });
  }
}

function keep(one: Shown, page: number, rows: Row[]): void {
  one.pages.set(page, rows);
  if (one.pages.size > pagesKept) {
    const here = Math.floor(lastFirst / pageSize);
    const farthest = [...one.pages.keys()].reduce((a, b) =>
      Math.abs(b - here) > Math.abs(a - here) ? b : a,
    );
    one.pages.delete(farthest);
  }
  changes += 1;
}
