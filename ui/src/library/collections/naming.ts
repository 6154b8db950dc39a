// Collections made, renamed, removed and put in order. Every step can be undone.
import { backend } from "@/backend";
import { library } from "@/library/library.svelte";
import { movesOf } from "@/library/moving.svelte";
import { leaveCollection } from "@/library/opening";
import { offerUndo, remember } from "@/library/undo.svelte";
import { tellError } from "@/shared/notices.svelte";
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
  offerUndo("collection-removed", { name }, () => back().catch(fail));
}

const moves = movesOf({
  all: () => collections.known ?? [],
  put: async (id, after) => {
    await backend.moveCollection(id, after);
    await readCollections();
  },
});

/** Moves a collection up or down among the others. */
export const moveCollection = moves.move;

/** Puts a collection before the one at an index. */
export const placeCollection = moves.place;

async function turn(id: string, on: boolean): Promise<void> {
  await backend.setCollectionOn(id, on);
  if (!on) leaveCollection(id);
  await readCollections();
}

function fail(error: unknown): void {
  tellError(error);
}
