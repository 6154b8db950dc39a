// Articles put into collections, taken out of them, and moved within them. Every step can be undone.
import { backend, type Placed } from "@/backend";
import { rowsOf, targets } from "@/library/actions";
import { openDialog } from "@/library/dialogs.svelte";
import { library } from "@/library/library.svelte";
import { moving } from "@/library/moving.svelte";
import { list, moveCursor, picked, refreshRows, rowAt } from "@/library/rows.svelte";
import { offerUndo, remember } from "@/library/undo.svelte";
import { t } from "@/shared/messages";
import { dismiss, tell, tellError } from "@/shared/notices.svelte";
import { collectionOf, isByHand, lastUsed, readCollections, useLast } from "./collections.svelte";

/** Puts articles at the end of a collection; answers how many were not in it. */
export async function putInto(id: string, ids: string[]): Promise<number> {
  const added = await backend.addToCollection(id, ids);
  useLast(id);
  if (added.length > 0) remember({ undo: () => takeBack(id, added) });
  await changed(id);
  return added.length;
}

/** Puts articles into a collection, says so, and offers to take it back. */
export async function putIntoAndTell(id: string, ids: string[]): Promise<void> {
  const added = await backend.addToCollection(id, ids);
  useLast(id);
  const name = collectionOf(id)?.name ?? "";
  if (added.length === 0) tell("info", "collection-put-already", { count: ids.length, name });
  else await offer(() => takeBack(id, added), "collection-put-done", { ids: added, name });
  await changed(id);
}

/** Puts the articles meant into the collection used last; where there is none, asks which one. */
export async function putIntoLast(): Promise<void> {
  const last = lastUsed();
  if (last) await putIntoAndTell(last.id, targets());
  else openDialog("collect", { ids: targets() });
}

/** Takes articles out of a collection; answers how many were in it. */
export async function takeFrom(id: string, ids: string[]): Promise<number> {
  const stood = await backend.takeFromCollection(id, ids);
  if (stood.length > 0) remember({ undo: () => putBack(id, stood) });
  await changed(id);
  return stood.length;
}

/** Takes the articles meant out of the collection shown, and offers to put them back. */
export async function takeOut(ids = targets()): Promise<void> {
  const id = library.query.collection;
  if (!id || ids.length === 0) return;
  const name = collectionOf(id)?.name ?? "";
  const stood = await backend.takeFromCollection(id, ids);
  if (stood.length === 0) tell("info", "collection-not-in", { name });
  else {
    const taken = stood.map(({ article }) => article);
    await offer(() => putBack(id, stood), "collection-take-done", { ids: taken, name });
  }
  await changed(id);
}

/** Moves the articles meant up or down in the collection shown. Keys that come meanwhile are one move together. */
export async function moveBy(by: number): Promise<void> {
  awaited += by;
  if (underWay) return;
  underWay = true;
  try {
    while (awaited !== 0) {
      const step = awaited;
      awaited = 0;
      const ids = targets();
      // Not all of their rows need be there.
      const places = await backend.positionsOf({ ...library.query }, ids);
      if (places.length === 0) return;
      const first = places[0] ?? 0;
      const last = places.at(-1) ?? 0;
      const before = step < 0 ? Math.max(0, first + step) : Math.min(list.total, last + 1 + step);
      if (step < 0 ? before < first : before > last + 1) await moveTo(ids, before);
      else moving.said = t(step < 0 ? "collection-is-first" : "collection-is-last");
    }
  } finally {
    underWay = false;
    awaited = 0;
  }
}

/** Puts articles of the collection shown before the row at an index, in the order in which they stand. */
export async function moveTo(ids: string[], before: number): Promise<void> {
  const query = { ...library.query };
  const id = query.collection;
  if (!id || !isByHand() || ids.length === 0) return;
  const after = before > 0 ? (rowAt(before - 1) ?? (await backend.list(query, before - 1, 1)).rows[0]) : null;
  const stood = await backend.moveInCollection(id, ids, after?.id ?? null);
  const moved = stood.map(({ article }) => article);
  // Its key means this step now.
  if (told !== undefined) dismiss(told);
  remember({ undo: () => putBack(id, stood) });
  await refreshRows();
  const [at] = await backend.positionsOf(query, moved);
  if (at === undefined || !shows(id)) return;
  // The row under the cursor stays in sight, unless another key has come meanwhile.
  if (picked.ids.length === 0 && library.selectedId === moved[0]) await moveCursor(at);
  const [row] = await rowsOf(moved.slice(0, 1));
  const args = { title: row?.title ?? "", count: moved.length, at: at + 1, of: list.total };
  moving.said = t("collection-moved", args);
}

async function takeBack(id: string, ids: string[]): Promise<void> {
  try {
    await backend.takeFromCollection(id, ids);
    await changed(id);
  } catch (error) {
    tellError(error);
  }
}

async function putBack(id: string, stood: Placed[]): Promise<void> {
  try {
    await backend.putInCollection(id, stood);
    const back = stood[0]?.article;
    await changed(id);
    const at = back && shows(id) ? await backend.positionOf({ ...library.query }, back) : null;
    if (at !== null) await moveCursor(at);
  } catch (error) {
    tellError(error);
  }
}

async function offer(
  undo: () => Promise<void>,
  message: string,
  { ids, name }: { ids: string[]; name: string },
): Promise<void> {
  const [row] = await rowsOf(ids.slice(0, 1));
  if (told !== undefined) dismiss(told);
  told = offerUndo(message, { count: ids.length, title: row?.title ?? "", name }, undo);
}

async function changed(id: string): Promise<void> {
  await Promise.all([readCollections(), shows(id) ? refreshRows() : undefined]);
}

function shows(id: string): boolean {
  return library.view === "list" && library.query.collection === id;
}

let told: number | undefined;
let awaited = 0;
let underWay = false;
