// What can be done to articles from the list and the sheet's bar.
import { backend, type Row } from "@/backend";
import { front } from "@/front/front.svelte";
import { t } from "@/shared/messages";
import { tell, tellError } from "@/shared/notices.svelte";
import { confirmed } from "./dialogs.svelte";
import { closeSheets, library, openArticle, refreshOverview, sheet, sides } from "./library.svelte";
import { saveAll } from "./quitting";
import { clearPicked, editRows, knownRow, list, moveCursor, picked, refreshRows, rowAt } from "./rows.svelte";
import { offerUndo, remember } from "./undo.svelte";
import { search } from "./search.svelte";

/** Whether the focus is in the sheet: commands then mean the article that is open there. */
export function focusInSheet(): boolean {
  return document.activeElement?.closest("[data-region='sheet']") !== null && sheet.id !== null;
}

/** The articles that a command means: those chosen together, else the one under the cursor, else the open one. */
export function targets(): string[] {
  if (library.view === "front") return front.piece ? [front.piece.id] : [];
  if (focusInSheet() && sheet.id) return [sheet.id];
  if (library.view === "list" && picked.ids.length > 0) return [...picked.ids];
  // The row under the cursor, whatever was opened since from the results of a search.
  const row = library.view === "list" ? rowAt(list.cursor) : undefined;
  if (row) return [row.id];
  if (library.view === "list" && list.cursor >= 0 && library.selectedId) return [library.selectedId];
  if (library.view === "search") {
    const hit = search.hits[search.cursor];
    if (hit) return [hit.row.id];
  }
  return sheet.id ? [sheet.id] : [];
}

/** The one article that a command means. */
export function target(): string | null {
  return targets()[0] ?? null;
}

/** The rows of some articles. */
export async function rowsOf(ids: string[]): Promise<Row[]> {
  const hits = new Map(search.hits.map((hit) => [hit.row.id, hit.row]));
  const rows = await Promise.all(ids.map((id) => knownRow(id) ?? hits.get(id) ?? backend.row(id)));
  return rows.filter((row) => row !== null);
}

/** Changes rows wherever they are shown, before the library has answered. */
export function edit(ids: string[], change: (row: Row) => Row): void {
  editRows(ids, change);
  const chosen = new Set(ids);
  for (const side of sides.list) if (side.row && chosen.has(side.row.id)) side.row = change(side.row);
  search.hits = search.hits.map((hit) => (chosen.has(hit.row.id) ? { ...hit, row: change(hit.row) } : hit));
}

/** Stars articles, or takes the stars away when all have one. */
export async function toggleStar(ids = targets()): Promise<void> {
  const rows = await rowsOf(ids);
  const starred = !rows.every((row) => row.starred);
  await marking(
    rows.filter((row) => row.starred !== starred),
    (on) => ({ starred: on ? starred : !starred }),
    (some, { starred: on }) => backend.setStar(some, on),
  );
}

/** Marks articles as read, or as unread when all are read. */
export async function toggleRead(ids = targets()): Promise<void> {
  const rows = await rowsOf(ids);
  const read = !rows.every((row) => row.read);
  await marking(
    rows.filter((row) => row.read !== read),
    (on) => ({ read: on ? read : !read }),
    (some, { read: on }) => backend.markRead(some, on),
  );
}

/** Moves articles to Édito's trash, and offers to take them back. */
export async function trash(ids = targets()): Promise<void> {
  if (ids.length === 0) return;
  const rows = await rowsOf(ids);
  const keys = await backend.trashArticles(ids);
  clearPicked();
  closeSheets(ids);
  void refreshRows();
  refreshOverview();
  const args = { count: ids.length, title: rows[0]?.title ?? "" };
  offerUndo("trash-done", args, () => takeBack(keys));
}

/** Takes an article out of the trash. */
export async function restore(keys: string[]): Promise<Row | null> {
  let last: Row | null = null;
  for (const key of keys) last = await backend.restoreTrashed(key);
  void refreshRows();
  refreshOverview();
  return last;
}

/** Deletes what is in the trash, after asking: this cannot be undone. */
export async function deleteForever(keys: string[], title: string): Promise<boolean> {
  const args = { count: keys.length, title };
  const yes = await confirmed(t("trash-delete-title", args), t("trash-delete-text", args), t("trash-delete"));
  if (!yes) return false;
  await backend.deleteForever(keys);
  refreshOverview();
  return true;
}

/** Makes a copy of an article and opens it for writing. */
export async function duplicate(id: string): Promise<void> {
  // What is unsaved is part of the text.
  if (!(await saveAll())) return;
  const title = (await backend.row(id))?.title ?? "";
  const row = await backend.duplicateArticle(id, titleOfCopy(title));
  void refreshRows();
  refreshOverview();
  openArticle(row.id, { mode: "write" });
}

/** The title of a copy: « L’été (copie) », and of a copy of that, « L’été (copie 2) ». */
export function titleOfCopy(title: string): string {
  const [, of, , number] = new RegExp(`^(.*) \\(${t("copy-word")}( (\\d+))?\\)$`).exec(title) ?? [];
  return of === undefined
    ? t("copy-title", { title })
    : t("copy-title-again", { title: of, number: String(Number(number ?? 1) + 1) });
}

/** Puts articles together, in the order in which they stand in the list: the first takes in the others. */
export async function merge(ids = targets()): Promise<void> {
  // What is unsaved is part of the texts.
  if (ids.length < 2 || !(await saveAll())) return;
  const places = await Promise.all(ids.map((id) => backend.positionOf({ ...library.query }, id)));
  const order = new Map(ids.map((id, index) => [id, places[index] ?? Number.MAX_SAFE_INTEGER]));
  const inOrder = [...ids].sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
  const { article, before, hash, trashed } = await backend.mergeArticles(inOrder);
  clearPicked();
  const shown = (): void => {
    void refreshRows();
    refreshOverview();
  };
  shown();
  openArticle(article.id, { mode: "read" });
  offerUndo("merge-done", { count: inOrder.length, title: article.title }, async () => {
    await restore(trashed);
    // A text that was edited since is not taken back: it has everything.
    const put = await backend.saveText(article.id, before, hash, null);
    if (put.kind === "conflict") tell("info", "merge-kept", { title: article.title });
    shown();
  });
}

/** Opens the article under the cursor. */
export function openUnderCursor(mode: "read" | "write" = "read"): void {
  const id = rowAt(list.cursor)?.id ?? library.selectedId;
  if (id) openArticle(id, { mode });
}

/** Opens the next article of the list, or the one before. */
export async function openNeighbour(by: 1 | -1): Promise<void> {
  await moveCursor(list.cursor + by);
  openUnderCursor(sheet.mode);
}

/** Marks articles at once, then in the library; what cannot be said is shown as it was. The last step can be undone. */
async function marking<T extends Partial<Row>>(
  rows: Row[],
  marks: (on: boolean) => T,
  say: (ids: string[], marks: T) => Promise<unknown>,
): Promise<void> {
  const ids = rows.map(({ id }) => id);
  const mark = async (on: boolean): Promise<void> => {
    edit(ids, (row) => ({ ...row, ...marks(on) }));
    try {
      await say(ids, marks(on));
      refreshOverview();
    } catch (error) {
      edit(ids, (row) => ({ ...row, ...marks(!on) }));
      throw error;
    }
  };
  try {
    await mark(true);
    remember({ undo: () => mark(false) });
  } catch (error) {
    tellError(error);
  }
}

async function takeBack(keys: string[]): Promise<void> {
  try {
    await restore(keys);
  } catch (error) {
    tellError(error);
  }
}
