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

/** A side of the sheet: an article, in one of its states. There is one, or two beside each other. */
export type Side = {
  /** What tells it from the other. */
  readonly key: number;
  id: string | null;
  /** The title of the article, for the window. */
  title: string;
  /** The row of the article, which the list may not have. */
  row: Row | null;
  mode: SheetMode;
  /** Where to stand when the article opens; the view takes it and sets it to null. */
  at: { block?: number; find?: string[]; highlight?: string; compare?: string } | null;
  versionsShown: boolean;
};

/**
 * The sides of the sheet, at least one, and the key of the active one: the one that has the focus, or had it last. What is
 * opened comes into that, and commands mean it. No article is on both, for a text has one buffer.
 */
export const sides = $state<{ list: Side[]; active: number }>({ list: [emptySide(0)], active: 0 });

/** The active side. */
export function activeSide(): Side {
  return (sides.list.find(({ key }) => key === sides.active) ?? sides.list[0]) as Side;
}

/** The side that is not the active one, where there is one. */
export function otherSide(): Side | undefined {
  const { key } = activeSide();
  return sides.list.find((side) => side.key !== key);
}

/** What the active side of the sheet shows. */
export const sheet: Side = {
  get key() {
    return activeSide().key;
  },
  get id() {
    return activeSide().id;
  },
  set id(id) {
    activeSide().id = id;
  },
  get title() {
    return activeSide().title;
  },
  set title(title) {
    activeSide().title = title;
  },
  get row() {
    return activeSide().row;
  },
  set row(row) {
    activeSide().row = row;
  },
  get mode() {
    return activeSide().mode;
  },
  set mode(mode) {
    activeSide().mode = mode;
  },
  get at() {
    return activeSide().at;
  },
  set at(at) {
    activeSide().at = at;
  },
  get versionsShown() {
    return activeSide().versionsShown;
  },
  set versionsShown(shown) {
    activeSide().versionsShown = shown;
  },
};

type Listener = (changes: LibraryChanged) => void;
const listeners: Listener[] = [];
let hearing = false;

/** Puts the cursor of the list on an article. */
export function select(id: string | null): void {
  library.selectedId = id;
}

/**
 * Opens an article in the active side of the sheet; one that is on the other side is gone to there, and stays written when it is
 * not to be read at a place that only the reading view knows.
 */
export function openArticle(id: string, options: OpenOptions = {}): void {
  const there = otherSide()?.id === id ? otherSide() : undefined;
  if (!there) return openIn(activeSide(), id, options);
  sides.active = there.key;
  const written = there.mode === "write" && !options.find && !options.highlight;
  openIn(there, id, written ? { ...options, mode: "write" } : options);
}

/** Opens an article beside the one that is open, in the place of what is there; it is the active one then. */
export function openBeside(id: string, options: OpenOptions = {}): void {
  const side = otherSide();
  if (sheet.id === null || sheet.id === id || side?.id === id) return openArticle(id, options);
  if (side) sides.active = side.key;
  else {
    const added = emptySide(Math.max(...sides.list.map(({ key }) => key)) + 1);
    sides.list.push(added);
    sides.active = added.key;
  }
  openIn(activeSide(), id, options);
}

/** Opens an article in a side. */
export function openIn(side: Side, id: string, options: OpenOptions = {}): void {
  library.selectedId = id;
  // La Une lies over the sheet.
  if (library.view === "front") library.view = "list";
  const { block, find, highlight, compare } = options;
  const somewhere = block !== undefined || find || highlight || compare;
  side.at = somewhere ? { block, find, highlight, compare } : null;
  if (side.id !== id) {
    side.versionsShown = false;
    side.row = null;
    side.title = "";
  }
  side.id = id;
  side.mode = options.mode ?? "read";
  void readRowOf(side);
}

/** The view of a side has gone, or goes, to where it was to stand. */
export function takePlace(side: Side): void {
  side.at = null;
}

/** Gives a side the title of its article. */
export function setTitle(side: Side, title: string): void {
  side.title = title;
}

/** Shows the versions of a side's article beside it, or no longer. */
export function showVersions(side: Side, shown: boolean): void {
  side.versionsShown = shown;
}

/** Closes the active side of the sheet; the other one, if there is one, has the sheet to itself. */
export function closeSheet(): void {
  closeSide(activeSide());
}

/** Closes a side of the sheet. */
export function closeSide(side: Side): void {
  if (sides.list.length > 1) {
    sides.list = sides.list.filter(({ key }) => key !== side.key);
    sides.active = (sides.list[0] as Side).key;
  } else Object.assign(side, { ...emptySide(side.key), mode: side.mode });
}

/** Closes all that is on the sheet; or only what is open of some articles. */
export function closeSheets(articles?: readonly string[]): void {
  for (const side of [...sides.list])
    if (!articles || (side.id !== null && articles.includes(side.id))) closeSide(side);
}

/** Whether an article is on the sheet, on whichever side. */
export function isOnSheet(id: string): boolean {
  return sides.list.some((side) => side.id === id);
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

/** Reads the rows of the open articles again, or of those among some. */
export async function readSheetRows(articles?: readonly string[]): Promise<void> {
  const read = sides.list.filter(({ id }) => id !== null && (!articles || articles.includes(id)));
  await Promise.all(read.map(readRowOf));
}

async function readRowOf(side: Side): Promise<void> {
  const { id } = side;
  if (id === null) return;
  // An article that cannot be found is told by the view that shows it.
  const row = await backend.row(id).catch(() => null);
  if (side.id === id && row) side.row = row;
}

function emptySide(key: number): Side {
  return { key, id: null, title: "", row: null, mode: "read", at: null, versionsShown: false };
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
