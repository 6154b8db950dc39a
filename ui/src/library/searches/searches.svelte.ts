// Saved searches: smart folders, listed in the rail and shown in the search.
import { backend, on, type SavedSearch } from "@/backend";
import { dismiss, tellError } from "@/shared/notices.svelte";
import { library } from "../library.svelte";
import { movesOf } from "../moving.svelte";
import { panes } from "../panes.svelte";
import { askFor, search } from "../search.svelte";
import { offerUndo } from "../undo.svelte";

/** The saved searches, in the order of the desk; null until they are known. */
export const searches = $state<{ known: SavedSearch[] | null }>({ known: null });

/** A saved search by its identity. */
export function savedSearch(id: string | null): SavedSearch | undefined {
  return searches.known?.find((one) => one.id === id);
}

/** The saved search that is shown, though its question may have been edited since. */
export function shownSearch(): SavedSearch | undefined {
  return library.view === "search" ? savedSearch(search.saved) : undefined;
}

/** Whether the question that stands in the field is another than the saved one. */
export function isEdited(): boolean {
  const shown = shownSearch();
  return shown !== undefined && search.text.trim() !== shown.query;
}

/** Shows what a saved search finds now. */
export function openSearch(id: string): void {
  const saved = savedSearch(id);
  if (!saved) return;
  panes.showList();
  panes.closeOverlay();
  askFor(saved.query, id);
}

/** Reads the saved searches again; where they are asked for once more meanwhile, waits for that answer. */
export function readSearches(): Promise<void> {
  latest = read();
  return latest;
}

/** Forgets them: another library is opened. */
export function forgetSearches(): void {
  asked += 1;
  latest = Promise.resolve();
  searches.known = null;
}

/** Listens to what other desks say; the function it returns stops that. */
export function listenToSearches(): () => void {
  return on("searchesChanged", () => void readSearches());
}

/** Saves a question and shows it under its name. */
export async function saveSearch(name: string, query: string): Promise<void> {
  const id = await backend.saveSearch(name, query);
  await readSearches();
  offerBack("search-saved", name, () => setOn(id, false));
  if (library.view === "list" || library.view === "search") openSearch(id);
}

/** Gives a saved search another name, another question, or both. */
export async function changeSearch(id: string, name: string, query: string): Promise<void> {
  const before = savedSearch(id);
  if (!before || (before.name === name && before.query === query)) return;
  await set(id, { name, query });
  offerBack("search-changed", name, () => set(id, { name: before.name, query: before.query }));
}

/** Lets the saved search that is shown ask what stands in the field. */
export async function updateSearch(): Promise<void> {
  const shown = shownSearch();
  if (shown) await changeSearch(shown.id, shown.name, search.text.trim());
}

/** Takes a saved search away; what it finds stays where it is. */
export async function removeSearch(id: string): Promise<void> {
  const saved = savedSearch(id);
  if (!saved) return;
  await setOn(id, false);
  offerBack("search-removed", saved.name, () => setOn(id, true));
}

/** Whether there is a place for a saved search further up or down. */
export function canMove(id: string, by: 1 | -1): boolean {
  const all = searches.known ?? [];
  const at = all.findIndex((one) => one.id === id);
  return at >= 0 && at + by >= 0 && at + by < all.length;
}

/** Moves a saved search up or down among the others. */
export const moveSearch = movesOf({
  all: () => searches.known ?? [],
  put: async (id, after) => {
    await backend.moveSearch(id, after);
    await readSearches();
  },
}).move;

async function read(): Promise<void> {
  const of = library.current?.key;
  if (of === undefined) return;
  const request = ++asked;
  try {
    const known = await backend.savedSearches();
    if (library.current?.key !== of) return;
    if (request !== asked) return latest;
    const before = shownSearch();
    const edited = isEdited();
    searches.known = known;
    // Another desk asks something else under this name now.
    const after = shownSearch();
    if (before && after && !edited && after.query !== before.query) askFor(after.query, after.id);
  } catch (error) {
    if (request === asked) tellError(error);
  }
}

async function setOn(id: string, on: boolean): Promise<void> {
  await backend.changeSearch(id, { name: null, query: null, on });
  await readSearches();
}

async function set(id: string, { name, query }: { name: string; query: string }): Promise<void> {
  const shown = shownSearch()?.id === id;
  await backend.changeSearch(id, { name, query, on: null });
  await readSearches();
  if (shown && search.text.trim() !== query) askFor(query, id);
}

function offerBack(message: string, name: string, back: () => Promise<void>): void {
  // Of several in a row only the last is told.
  if (told !== undefined) dismiss(told);
  told = offerUndo(message, { name }, () => back().catch(fail));
}

function fail(error: unknown): void {
  tellError(error);
}

let asked = 0;
let latest = Promise.resolve();
let told: number | undefined;
