// Opening, making and closing libraries; what the list is turned to.
import { backend, type LibraryInfo, type ListPage, type ListQuery, type TemplateLanguage } from "@/backend";
import { origin } from "@/front/front.svelte";
import { t } from "@/shared/messages";
import { tellError } from "@/shared/notices.svelte";
import { closeSheets, library, readOverview, refreshOverview, wholeLibrary } from "./library.svelte";
import { panes } from "./panes.svelte";
import { leaveLibrary } from "./quitting";
import { rememberLibrary } from "./recent.svelte";
import { forgetRows, isOlderThan, refreshRows, showFirst, showQuery } from "./rows.svelte";
import { clearSearch } from "./search.svelte";
import { forgetSteps } from "./undo.svelte";

/** Puts an opened library on the screen. When its first rows are known they stand there at once, and the counts of the rail are left to be read. */
export async function enterLibrary(info: LibraryInfo, first: ListPage | null = null): Promise<void> {
  const another = library.current?.key !== info.key;
  library.current = info;
  rememberLibrary(info);
  library.view = "list";
  library.vanished = false;
  if (another) {
    closeSheets();
    clearSearch();
    forgetSteps();
    origin.page = null;
    library.selectedId = null;
    library.overview = null;
  }
  library.query = { ...wholeLibrary };
  forgetRows();
  if (first) showFirst(library.query, first);
  else await Promise.all([showQuery(library.query), readOverview()]);
}

/** Reads the rows again if they changed while nothing was heard of it: the library's state is `generation` by now. */
export function lookAgain(generation: number): void {
  if (!library.current || !isOlderThan(generation)) return;
  refreshOverview();
  void refreshRows();
}

/** Asks for a folder and opens it as a library. */
export async function openFolder(): Promise<void> {
  const folder = await backend.chooseFolder(t("start-choose-library"));
  if (folder !== null) await openLibraryAt(folder);
}

/** Opens a library by its folder. */
export async function openLibraryAt(root: string): Promise<void> {
  await changeLibrary(() => backend.openLibrary(root));
}

/** Makes a library in an empty folder, and opens it; false when the present one could not be left. */
export async function createLibrary(folder: string, title: string, lang: TemplateLanguage): Promise<boolean> {
  return changeLibrary(() => backend.createLibrary(folder, title, lang));
}

/** Opens a copy of the sample library. */
export async function openSample(): Promise<void> {
  await changeLibrary(() => backend.openSample(null));
}

/** Closes the library and goes back to the start screen. */
export async function closeLibrary(): Promise<void> {
  if (!(await leaveLibrary(closeLibrary))) return;
  await backend.closeLibrary();
  library.current = null;
  library.overview = null;
  library.view = "start";
  library.progress = null;
  clearSearch();
  forgetSteps();
  forgetRows();
}

/** Turns the list to a part of the library, keeping its order. */
export function showPart(part: Partial<ListQuery>): void {
  const { sort, descending } = library.query;
  changeQuery({ ...wholeLibrary, sort, descending, ...part });
}

/** Lets the list show the whole library again when it is that of a collection; what stands on the screen instead of the list stays. */
export function leaveCollection(id: string): void {
  if (library.query.collection !== id) return;
  const { sort, descending } = library.query;
  turnTo({ ...wholeLibrary, sort, descending });
}

/** Narrows or widens the list, or sorts it otherwise. */
export function refine(part: Partial<ListQuery>): void {
  changeQuery({ ...library.query, ...part });
}

/** Shows the copies that sync programs set beside articles. */
export function showConflicts(): void {
  library.view = "conflicts";
  panes.showList();
}

/** Shows the list at an article, in the part shown if it is there, else in the whole library. */
export async function revealInList(id: string): Promise<void> {
  library.selectedId = id;
  library.view = "list";
  const here = await backend.positionOf(copyOf(library.query), id);
  if (here === null) library.query = { ...wholeLibrary };
  await showQuery(library.query, id);
}

async function changeLibrary(open: () => Promise<LibraryInfo>): Promise<boolean> {
  if (!(await leaveLibrary(() => changeLibrary(open)))) return false;
  await enterLibrary(await open());
  return true;
}

/** The order of lists that were not put in order by hand. */
let ordinary: Pick<ListQuery, "sort" | "descending"> = wholeLibrary;

function changeQuery(wanted: ListQuery): void {
  origin.page = null;
  library.view = "list";
  panes.showList();
  panes.closeOverlay();
  turnTo(wanted);
}

function turnTo(wanted: ListQuery): void {
  const query = wanted.sort === "hand" && !wanted.collection ? { ...wanted, ...orderOf(ordinary) } : wanted;
  if (query.sort !== "hand") ordinary = orderOf(query);
  library.query = query;
  showQuery(query).catch(tellError);
}

function orderOf({ sort, descending }: typeof ordinary): typeof ordinary {
  return { sort, descending };
}

function copyOf(query: ListQuery): ListQuery {
  return { ...query };
}
