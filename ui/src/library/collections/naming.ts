// Collections made, renamed, removed and put in order. Every step can be undone.
import { backend } from "@/backend";
import { library } from "@/library/library.svelte";
import { showPart } from "@/library/opening";
import { remember } from "@/library/undo.svelte";
import { t } from "@/shared/messages";
import { tell, tellError } from "@/shared/notices.svelte";
import { collectionOf, collections, openCollection, readCollections } from "./collections.svelte";

/** Makes a collection; answers its identity. */
export async function make(name: string): Promise<string> {
  const id = await backend.makeCollection(name);
  remember({ undo: () => turn(id, false).catch(fail) });
  await readCollections();
  return id;
}

/** Gives a collection another name. */
export async function rename(id: string, name: string): Promise<void> {
  const before = collectionOf(id)?.name;
  if (before === undefined || before === name) return;
  const to = async (other: string): Promise<void> => {
    await backend.renameCollection(id, other);
    await readCollections();
  };
  await to(name);
  remember({ undo: () => to(before).catch(fail) });
}

/** Takes a collection away, and offers to bring it back with its articles. */
export async function remove(id: string): Promise<void> {
  const name = collectionOf(id)?.name ?? "";
  const shown = library.view === "list" && library.query.collection === id;
  await turn(id, false);
  const back = async (): Promise<void> => {
    await turn(id, true);
    if (shown && library.view === "list") openCollection(id);
  };
  const step = { undo: () => back().catch(fail), notice: undefined as number | undefined };
  const run = remember(step);
  step.notice = tell("done", "collection-removed", { name }, { label: t("shell-undo"), keys: "z", run });
}

/** Moves a collection up or down among the others. */
export async function moveCollection(id: string, by: 1 | -1): Promise<void> {
  const known = collections.known ?? [];
  const at = known.findIndex((one) => one.id === id);
  const to = at + by;
  if (at >= 0 && to >= 0 && to < known.length) await placeCollection(id, by < 0 ? to : to + 1);
}

/** Puts a collection before the one at an index. */
export async function placeCollection(id: string, before: number): Promise<void> {
  const known = collections.known ?? [];
  const at = known.findIndex((one) => one.id === id);
  if (at < 0 || before === at || before === at + 1) return;
  const put = async (after: string | null): Promise<void> => {
    await backend.moveCollection(id, after);
    await readCollections();
  };
  const former = known[at - 1]?.id ?? null;
  const others = known.filter((one) => one.id !== id);
  await put(others[(before > at ? before - 1 : before) - 1]?.id ?? null);
  remember({ undo: () => put(former).catch(fail) });
  const now = (collections.known ?? []).findIndex((one) => one.id === id);
  const args = { title: collectionOf(id)?.name ?? "", count: 1, at: now + 1, of: known.length };
  collections.said = t("collection-moved", args);
}

async function turn(id: string, on: boolean): Promise<void> {
  await backend.setCollectionOn(id, on);
  if (!on && library.query.collection === id) {
    if (library.view === "list") showPart({ show: "all" });
    else library.query.collection = null;
  }
  await readCollections();
}

function fail(error: unknown): void {
  tellError(error);
}
