// The open library, what its list shows, which article is chosen, and what the sheet shows of it.
import {
  backend,
  on,
  type IndexProgress,
  type LibraryChanged,
  type LibraryInfo,
  type ListQuery,
  type Overview,
  type Row,
} from "@/backend";
import { tellError } from "@/shared/notices.svelte";

/** What stands between the rail and the sheet. */
export type View = "start" | "list" | "search" | "trash" | "conflicts" | "highlights" | "feeds" | "front";
/** The state of the sheet. */
export type SheetMode = "read" | "write";
/** How an article is opened: at a block, at the first of some words, at a marked passage, or (for writing) compared with another article. */
export type OpenOptions = {
  mode?: SheetMode;
  block?: number;
  find?: string[];
  highlight?: string;
  compare?: string;
};

/** The query of the whole library, newest first. */
export const wholeLibrary: ListQuery = {
  section: null,
  status: null,
  tag: null,
  author: null,
  lang: null,
  collection: null,
  show: "all",
  sort: "date",
  descending: true,
};

/** The open library and what is chosen in it. */
export const library = $state<{
  current: LibraryInfo | null;
  overview: Overview | null;
  view: View;
  query: ListQuery;
  /** The article that the cursor of the list stands on. */
  selectedId: string | null;
  /** What the index is doing, while it does. */
  progress: IndexProgress | null;
  /** Whether the folder is out of reach at the moment. */
  vanished: boolean;
}>({
  current: null,
  overview: null,
  view: "start",
  query: { ...wholeLibrary },
  selectedId: null,
  progress: null,
  vanished: false,
});

/** What the sheet shows: an article, in one of its states. */
export const sheet = $state<{
  id: string | null;
  /** The title of the open article, for the window. */
  title: string;
  /** The row of the open article, which the list may not have. */
  row: Row | null;
  mode: SheetMode;
  /** Where to stand when the article opens; the view takes it and sets it to null. */
  at: { block?: number; find?: string[]; highlight?: string; compare?: string } | null;
  versionsShown: boolean;
}>({ id: null, title: "", row: null, mode: "read", at: null, versionsShown: false });

type Listener = (changes: LibraryChanged) => void;
const listeners: Listener[] = [];
let hearing = false;

/** Puts the cursor of the list on an article. */
export function select(id: string | null): void {
  library.selectedId = id;
}

/** Opens an article in the sheet. */
export function openArticle(id: string, options: OpenOptions = {}): void {
  library.selectedId = id;
  // La Une lies over the sheet.
  if (library.view === "front") library.view = "list";
  const { block, find, highlight, compare } = options;
  const somewhere = block !== undefined || find || highlight || compare;
  sheet.at = somewhere ? { block, find, highlight, compare } : null;
  if (sheet.id !== id) {
    sheet.versionsShown = false;
    sheet.row = null;
    sheet.title = "";
  }
  sheet.id = id;
  sheet.mode = options.mode ?? "read";
  void readSheetRow();
}

/** Closes the sheet. */
export function closeSheet(): void {
  sheet.id = null;
  sheet.row = null;
  sheet.title = "";
  sheet.versionsShown = false;
}

/** Whether articles can be changed: the library may be on a disk that cannot be written, or out of reach. */
export function isWritable(): boolean {
  return library.current?.writable === true && !library.vanished;
}

/** Calls a function whenever the files of the library changed; the function it returns stops that. */
export function onLibraryChanged(listener: Listener): () => void {
  if (!hearing) on("libraryChanged", (changes) => [...listeners].forEach((one) => one(changes)));
  hearing = true;
  listeners.push(listener);
  return () => {
    const at = listeners.indexOf(listener);
    if (at >= 0) listeners.splice(at, 1);
  };
}

/** Reads the row of the open article again. */
export async function readSheetRow(): Promise<void> {
  const { id } = sheet;
  if (id === null) return;
  // An article that cannot be found is told by the view that shows it.
  const row = await backend.row(id).catch(() => null);
  if (sheet.id === id && row) sheet.row = row;
}

let overviewTimer: ReturnType<typeof setTimeout> | undefined;

/** Reads the counts of the rail again, a moment later: many changes make one reading. */
export function refreshOverview(delay = 120): void {
  clearTimeout(overviewTimer);
  overviewTimer = setTimeout(() => void readOverview(), delay);
}

/** Reads the counts of the rail now. */
export async function readOverview(): Promise<void> {
  if (!library.current) return;
  const of = library.current.root;
  try {
    const overview = await backend.overview();
    if (library.current?.root === of) library.overview = overview;
  } catch (error) {
    tellError(error);
  }
}
