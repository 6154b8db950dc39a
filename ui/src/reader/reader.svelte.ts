// The article that is being read: loaded, followed when its file changes, its progress kept.
import { backend, isCommandError, on, type ArticleView, type LibraryChanged, type Row } from "@/backend";
import { onLibraryChanged, refreshOverview } from "@/library/library.svelte";
import { editRows } from "@/library/rows.svelte";
import { tellError } from "@/shared/notices.svelte";
import type { Place } from "./position";
import { atMostEvery } from "./throttle";

/** What the sheet knows of the article that is being read. */
export const reader = $state<{
  view: ArticleView | null;
  /** Why it could not be shown. */
  problem: unknown;
  /** Its file was deleted while it was open. */
  gone: boolean;
  /** 0 to 1. */
  progress: number;
  /** Line of the block at the top; 0 at the beginning. */
  line: number;
  /** It was marked as read because its end was reached just now. */
  justRead: boolean;
  /** The words that search found in it. */
  found: { count: number; current: number } | null;
}>({ view: null, problem: null, gone: false, progress: 0, line: 0, justRead: false, found: null });

/** How often progress is told to the library, in milliseconds. */
export const PROGRESS_EVERY = 2000;

/** Loads an article; false when another one was asked for meanwhile, or when it could not be read (`reader.problem`). */
export async function loadArticle(id: string): Promise<boolean> {
  const request = ++requests;
  try {
    const view = await backend.readArticle(id);
    if (request !== requests) return false;
    if (reader.view?.row.id !== id) {
      reader.justRead = false;
      keptUnread = false;
    }
    Object.assign(reader, { view, problem: null, gone: false });
    return true;
  } catch (error) {
    if (request !== requests) return false;
    if (reader.view?.row.id === id && isCommandError(error) && error.kind === "notFound") reader.gone = true;
    else Object.assign(reader, { view: null, problem: error });
    return false;
  }
}

/** Whether an announced change left the file of the article as it is; its row is then read again. */
export async function onlyMarked(id: string): Promise<boolean> {
  const shown = reader.view;
  if (shown?.row.id !== id) return false;
  const row = await backend.row(id).catch(() => null);
  if (!row || reader.view !== shown || reader.gone) return false;
  const file = (one: Row): string =>
    [one.path, one.modified, one.signs, one.title, one.standfirst].join("\n");
  if (file(row) !== file(shown.row)) return false;
  Object.assign(shown.row, row);
  return true;
}

/** The place where an article was left: with its part of a block in this run of Edito, the block alone after a restart. */
export function rememberedPlace(view: ArticleView): Place | null {
  const place = places.get(view.row.id);
  if (place !== undefined) return place;
  return view.block ? { line: view.block, fraction: 0, text: "" } : null;
}

/** Notes that a link leads to a heading of another article, which is about to open. */
export function wantAnchor(id: string, anchor: string): void {
  wanted = { id, anchor };
}

/** The heading that a link to this article led to; asked for once. */
export function takeAnchor(id: string): string | null {
  const anchor = wanted?.id === id ? wanted.anchor : null;
  wanted = null;
  return anchor;
}

/** Keeps the place and the progress; the library hears of it at most every two seconds. */
export function keepPlace(id: string, place: Place | null, progress: number, byReader: boolean): void {
  reader.progress = progress;
  reader.line = place?.line ?? 0;
  if (!byReader) return;
  places.set(id, place);
  saving.note({ id, at: Math.round(progress * 10_000) / 10_000, block: place?.line ?? 0 });
}

/** Tells the library the progress that it has not heard of yet. */
export function flushProgress(): void {
  saving.flush();
}

/** The end of the article was reached: it is read now, unless the reader said otherwise. */
export async function endReached(): Promise<void> {
  const view = reader.view;
  if (!view || view.row.read || keptUnread || reader.gone) return;
  reader.justRead = true;
  try {
    await markRead(view, true);
  } catch (error) {
    view.row.read = false;
    reader.justRead = false;
    // Nobody asked for it: a library that can't be written says so elsewhere, once.
    if (!(isCommandError(error) && error.kind === "readOnly")) tellError(error);
  }
}

/** Marks the article as unread again; reaching its end does not change that until it is opened anew. */
export async function keepUnread(): Promise<void> {
  const view = reader.view;
  if (!view) return;
  keptUnread = true;
  reader.justRead = false;
  await markRead(view, false);
}

/**
 * Follows what happens to the file of the article: `changed` is called when its text has to be loaded again, `reread` when
 * the same text reads otherwise, for what it cites was written.
 */
export function followFile(id: () => string, changed: () => void, reread: () => void): () => void {
  function heard(changes: LibraryChanged): void {
    const mine = id();
    if (changes.deleted.includes(mine) && !changes.new.includes(mine)) reader.gone = true;
    else if (changes.many || changes.updated.includes(mine) || changes.new.includes(mine)) changed();
    else if (changes.moved.some(([moved]) => moved === mine)) changed();
  }
  /** Files of references were written: citations may read otherwise. */
  function cited(): void {
    if (/class="citation|@/.test(reader.view?.html ?? "")) reread();
  }
  const stops = [onLibraryChanged(heard), on("citationsChanged", cited), on("closeRequested", flushProgress)];
  return () => stops.forEach((stop) => stop());
}

async function markRead(view: ArticleView, read: boolean): Promise<void> {
  view.row.read = read;
  await backend.markRead([view.row.id], read);
  editRows([view.row.id], (row) => ({ ...row, read }));
  refreshOverview();
}

type Progress = { id: string; at: number; block: number };

let requests = 0;
let wanted: { id: string; anchor: string } | null = null;
let keptUnread = false;
const places = new Map<string, Place | null>();
const saving = atMostEvery<Progress>(PROGRESS_EVERY, ({ id, at, block }) => {
  // Progress is a convenience: a library that can't be written says so elsewhere, once.
  backend.setProgress(id, at, block).catch(() => undefined);
});
