// Collections: named lists of articles in an order made by hand, which one is shown, which one was used last.
import { backend, on, type CollectionView, type Sort } from "@/backend";
import { library, onLibraryChanged } from "@/library/library.svelte";
import { leaveCollection, showPart } from "@/library/opening";
import { refreshRows } from "@/library/rows.svelte";
import { changeExtraSetting, extraSetting } from "@/settings/settings.svelte";
import { tellError } from "@/shared/notices.svelte";

/** What the page knows of collections. */
export const collections = $state<{
  /** In the order made by hand; null until they are known. */
  known: CollectionView[] | null;
}>({ known: null });

/** A collection by its identity. */
export function collectionOf(id: string | null | undefined): CollectionView | undefined {
  return collections.known?.find((one) => one.id === id);
}

/** The collection that the list shows. */
export function shownCollection(): CollectionView | undefined {
  return library.view === "list" ? collectionOf(library.query.collection) : undefined;
}

/** Whether articles of the list can be put elsewhere in it. */
export function isByHand(): boolean {
  return library.view === "list" && Boolean(library.query.collection) && library.query.sort === "hand";
}

/** Turns the list to a collection, in the order made by hand. */
export function openCollection(id: string): void {
  const sort: Sort = "hand";
  showPart({ collection: id, sort, descending: false });
}

/** The collection that articles were put into last. */
export function lastUsed(): CollectionView | undefined {
  return collectionOf(extraSetting(lastKey()));
}

/** Notes that articles were put into a collection. */
export function useLast(id: string): void {
  if (extraSetting(lastKey()) !== id) changeExtraSetting(lastKey(), id);
}

/** Reads the collections again; where they are asked for once more meanwhile, waits for that answer. */
export function readCollections(): Promise<void> {
  latest = read();
  return latest;
}

/** Forgets everything: another library is opened. */
export function forgetCollections(): void {
  asked += 1;
  latest = Promise.resolve();
  collections.known = null;
}

/** Listens to what happens to collections; the function it returns stops that. */
export function listenToCollections(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const readSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void readCollections(), 60);
  };
  const stops = [
    on("collectionsChanged", () => {
      readSoon();
      if (library.view === "list" && library.query.collection) void refreshRows();
    }),
    // Counts are of articles that are there.
    onLibraryChanged(({ new: came, deleted, many }) => {
      if (many || came.length + deleted.length > 0) readSoon();
    }),
  ];
  return () => {
    clearTimeout(timer);
    stops.forEach((stop) => stop());
  };
}

async function read(): Promise<void> {
  const of = library.current?.key;
  if (of === undefined) return;
  const request = ++asked;
  try {
    const known = await backend.collections();
    if (library.current?.key !== of) return;
    if (request !== asked) return latest;
    collections.known = known;
    // Another window or another desk took away what is shown.
    const shown = library.query.collection;
    if (shown && !collectionOf(shown)) leaveCollection(shown);
  } catch (error) {
    if (request === asked) tellError(error);
  }
}

function lastKey(): string {
  return `last-collection:${library.current?.key ?? ""}`;
}

let asked = 0;
let latest = Promise.resolve();
