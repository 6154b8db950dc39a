// Triage: an article is put into the inbox, kept for later, archived or kept in the library, and the next one comes.
import { backend, type ListQuery, type Place, type Row } from "@/backend";
import { dismiss, tellError } from "@/shared/notices.svelte";
import { edit, rowsOf, targets } from "./actions";
import { closeSheet, library, openArticle, refreshOverview, sheet } from "./library.svelte";
import { focusRegion } from "./regions";
import { clearPicked, list, moveCursor, refreshRows, rowAt } from "./rows.svelte";
import { openHit, search, searchAgain } from "./search.svelte";
import { offerUndo } from "./undo.svelte";

/** The places, in the order of the way through the reader's hands. */
export const places: Place[] = ["inbox", "later", "library", "archive"];

/** Rows around the cursor among which an article is looked for before the library is asked. */
const rowsLookedAt = 200;

/** The last notice of a triage: of many keys in a row only the last is told. */
let told: number | undefined;

/** Puts articles somewhere, goes on to the next one, and offers to take it back. */
export async function setPlace(place: Place, ids = targets()): Promise<void> {
  if (ids.length === 0) return;
  const known = await rowsOf(ids);
  const before = known.filter((row) => row.place !== place);
  const from = whereabouts();
  const following = await nextAfter(ids, place);
  edit(ids, (row) => ({ ...row, place }));
  const went = goOn(ids, place, following);
  if (before.length === 0) return went;
  try {
    await backend.setPlace(
      before.map(({ id }) => id),
      place,
    );
  } catch (error) {
    for (const row of before) edit([row.id], (one) => ({ ...one, place: row.place }));
    tellError(error);
    return changed();
  }
  offerBack(place, known, before, from);
  await Promise.all([went, changed()]);
  keepFocus();
}

/** What the list showed and what was open, to come back to. */
type Whereabouts = { query: string; selected: string | null; open: string | null };

function whereabouts(): Whereabouts {
  return { query: shownQuery(), selected: library.selectedId, open: sheet.id };
}

function offerBack(place: Place, known: Row[], before: Row[], from: Whereabouts): void {
  if (told !== undefined) dismiss(told);
  const args = { count: known.length, title: known[0]?.title ?? "" };
  told = offerUndo(`place-done-${place}`, args, () => takeBack(before, from).catch(fail));
}

async function takeBack(before: Row[], from: Whereabouts): Promise<void> {
  for (const place of places) {
    const ids = before.filter((row) => row.place === place).map(({ id }) => id);
    if (ids.length === 0) continue;
    await backend.setPlace(ids, place);
    edit(ids, (row) => ({ ...row, place }));
  }
  const back = before[0]?.id;
  const here = back !== undefined && shownQuery() === from.query && library.view === "list";
  if (here) {
    library.selectedId = from.selected ?? back;
    // What was being read when it was put away is on the sheet again.
    if (from.open && before.some(({ id }) => id === from.open) && sheet.mode === "read") {
      openArticle(from.open);
    }
  }
  await changed();
  // The keys mean what is back, not the row that had come in its place.
  const wanted = from.selected ?? back;
  const at = here && wanted ? await backend.positionOf({ ...library.query }, wanted) : null;
  // Unless another key has come meanwhile.
  if (at !== null && library.selectedId === wanted) list.cursor = at;
  keepFocus();
}

/** What comes after the articles: its id, and its index in what is shown. */
type Following = { id: string; index: number } | null;

async function nextAfter(ids: string[], place: Place): Promise<Following> {
  if (library.view === "search") return nextHit(ids);
  if (library.view !== "list") return null;
  const gone = new Set(ids);
  const last = ids[ids.length - 1] ?? "";
  const at = nearCursor(gone) ?? (await backend.positionOf({ ...library.query }, last));
  if (at === null) return null;
  const stays = (row: Row | undefined): boolean =>
    row !== undefined && !gone.has(row.id) && isShown(row.place, library.query);
  for (let index = at + 1; index < list.total; index++) {
    const row = rowAt(index);
    if (row === undefined) return rowFrom(index);
    if (stays(row)) return { id: row.id, index };
  }
  // The last of those that stay where they are: there is nothing to go on to.
  if (isShown(place, library.query)) return null;
  for (let index = at - 1; index >= 0; index--) {
    const row = rowAt(index);
    if (row && stays(row)) return { id: row.id, index };
  }
  return null;
}

/** Where one of the articles stands in the rows on the screen, the nearest to the cursor. */
function nearCursor(ids: Set<string>): number | null {
  for (let away = 0; away <= rowsLookedAt; away++) {
    for (const index of [list.cursor - away, list.cursor + away]) {
      const row = rowAt(index);
      if (row && ids.has(row.id)) return index;
    }
  }
  return null;
}

/** A row whose page is not there yet. */
async function rowFrom(index: number): Promise<Following> {
  const page = await backend.list({ ...library.query }, index, 1);
  const row = page.rows[0];
  return row ? { id: row.id, index } : null;
}

function nextHit(ids: string[]): Following {
  const at = search.hits.findLastIndex(({ row }) => ids.includes(row.id));
  const hit = at < 0 ? undefined : search.hits[at + 1];
  return hit ? { id: hit.row.id, index: at + 1 } : null;
}

/** Whether an article that lies there is still in the list. */
function isShown(place: Place, { show }: ListQuery): boolean {
  return show === "inbox" || show === "later" || show === "archive" ? place === show : true;
}

async function goOn(ids: string[], place: Place, following: Following): Promise<void> {
  // What is being written stays on the sheet, and so does an article that was not meant.
  const follows = sheet.id !== null && ids.includes(sheet.id) && sheet.mode === "read";
  clearPicked();
  if (following === null) {
    if (follows && library.view === "list" && !isShown(place, library.query)) closeSheet();
    return;
  }
  if (library.view === "search") {
    if (follows) openHit(following.index);
    else search.cursor = following.index;
    return;
  }
  // At once, so that a second key means the next article even before the list has come.
  library.selectedId = following.id;
  if (follows) openArticle(following.id);
  await moveCursor(following.index);
}

async function changed(): Promise<void> {
  refreshOverview();
  searchAgain();
  await refreshRows();
}

/** What had the focus may have gone with the article. */
function keepFocus(): void {
  if (document.activeElement === document.body) focusRegion("list");
}

function shownQuery(): string {
  return JSON.stringify(library.query);
}

function fail(error: unknown): void {
  tellError(error);
  void changed();
}
