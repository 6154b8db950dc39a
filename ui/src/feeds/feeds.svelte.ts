// Feeds: what is subscribed to, the items shown, the item that is being read.
import {
  backend,
  on,
  type FeedItem,
  type FeedItemView,
  type FeedQuery,
  type FeedsRefreshed,
  type FeedsState,
  type FeedView,
} from "@/backend";
import { closeSheet, library, sheet } from "@/library/library.svelte";
import { panes } from "@/library/panes.svelte";
import { t } from "@/shared/messages";
import { tell, tellError } from "@/shared/notices.svelte";

/** What the page knows of feeds. */
export const feeds = $state<{
  /** The feeds and what is chosen about them; null until they are known. */
  known: FeedsState | null;
  /** Which items are listed. */
  query: FeedQuery;
  items: FeedItem[];
  total: number;
  loaded: boolean;
  /** The item that the cursor stands on, by its place in the list. */
  cursor: number;
  /** The item that is open on the sheet. */
  open: FeedItemView | null;
}>({
  known: null,
  query: { feed: null, folder: null, unread: true, muted: false, also: null },
  items: [],
  total: 0,
  loaded: false,
  cursor: 0,
  open: null,
});

/** Unread items in sight, of all feeds. */
export function unreadItems(): number {
  return sum((feed) => feed.unread);
}

/** Items that rules put out of sight, of all feeds. */
export function mutedItems(): number {
  return sum((feed) => feed.muted);
}

/** A feed by its identity. */
export function feedOf(id: string): FeedView | undefined {
  return feeds.known?.feeds.find((feed) => feed.id === id);
}

/** The item that commands mean: the one on the sheet, else the one under the cursor. */
export function itemMeant(): FeedItem | null {
  return (readsItem() ? feeds.open?.item : feeds.items[feeds.cursor]) ?? null;
}

/** Whether the sheet shows an item of a feed. */
export function readsItem(): boolean {
  return library.view === "feeds" && feeds.open !== null && sheet.id === null;
}

/** Shows feeds in the middle pane: all items, or those of a part. */
export function showFeeds(part: Partial<FeedQuery> = {}): void {
  library.view = "feeds";
  panes.showList();
  panes.closeOverlay();
  const { unread } = feeds.query;
  void showItems({ feed: null, folder: null, muted: false, unread, ...part });
}

/** Narrows or widens the list of items. The item on the sheet stays where it belongs to the list still. */
export async function showItems(part: Partial<FeedQuery>): Promise<void> {
  const before = feeds.query;
  feeds.query = { ...before, ...part, also: null };
  const elsewhere = (["feed", "folder", "muted"] as const).some(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(feeds.query[key]),
  );
  if (elsewhere) feeds.open = null;
  feeds.cursor = 0;
  await readItems(() => feeds.open?.item.number ?? feeds.items[feeds.cursor]?.number);
}

/** Reads what is known of feeds again. */
export async function readFeeds(): Promise<void> {
  const of = library.current?.key;
  if (of === undefined) return;
  const request = ++asked;
  try {
    const known = await backend.feeds();
    if (request === asked && library.current?.key === of) feeds.known = known;
  } catch (error) {
    if (request === asked) tellError(error);
  }
}

/** Reads the list of items again, as far as it had been read; the cursor stays on the item that `under` answers. */
export async function readItems(
  under = (): number | undefined => feeds.items[feeds.cursor]?.number,
): Promise<void> {
  const request = ++requests;
  const limit = Math.max(AT_ONCE, Math.min(feeds.items.length, 500));
  const also = readsItem() ? (feeds.open?.item.number ?? null) : null;
  try {
    const page = await backend.feedItems({ ...feeds.query, also }, 0, limit);
    if (request !== requests) return;
    // Asked now: the cursor may have moved meanwhile.
    const meant = under();
    feeds.items = page.items;
    feeds.total = page.total;
    feeds.loaded = true;
    const at = page.items.findIndex((item) => item.number === meant);
    feeds.cursor = at >= 0 ? at : Math.max(0, Math.min(feeds.cursor, page.items.length - 1));
  } catch (error) {
    if (request === requests) tellError(error);
  }
}

/** Reads the next items. */
export async function readMoreItems(): Promise<void> {
  if (reading || feeds.items.length >= feeds.total) return;
  reading = true;
  const request = requests;
  try {
    // What was read since is no part of the list of unread items any more.
    const still = feeds.items.filter((item) => !feeds.query.unread || !item.read).length;
    const page = await backend.feedItems({ ...feeds.query }, still, AT_ONCE);
    if (request !== requests) return;
    const there = new Set(feeds.items.map((item) => item.number));
    feeds.items = [...feeds.items, ...page.items.filter((item) => !there.has(item.number))];
    if (page.items.length === 0) feeds.total = feeds.items.length;
  } catch (error) {
    tellError(error);
  } finally {
    reading = false;
  }
}

/** Opens an item on the sheet, and marks it read. */
export async function openItem(index: number): Promise<void> {
  const item = feeds.items[index];
  if (!item) return;
  feeds.cursor = index;
  const request = ++opened;
  const before = sheet.id;
  try {
    const view = await backend.feedItem(item.number);
    // The reader may be elsewhere by now.
    if (request !== opened || library.view !== "feeds" || sheet.id !== before) return;
    closeSheet();
    feeds.open = view;
    if (!item.read) await markRead([item.number], true);
  } catch (error) {
    tellError(error);
  }
}

/** Moves the cursor of the list; the item is opened when one is open already. */
export async function moveTo(index: number): Promise<void> {
  const at = Math.max(0, Math.min(index, feeds.items.length - 1));
  feeds.cursor = at;
  if (at >= feeds.items.length - 5) void readMoreItems();
  if (readsItem()) await openItem(at);
}

/** Opens the next unread item after the cursor, or the first of all. */
export async function openNextUnread(): Promise<void> {
  const isUnread = (item: FeedItem): boolean => !item.read;
  let at = feeds.items.findIndex((item, index) => index > feeds.cursor && isUnread(item));
  if (at < 0 && feeds.items.length < feeds.total) {
    await readMoreItems();
    at = feeds.items.findIndex((item, index) => index > feeds.cursor && isUnread(item));
  }
  if (at < 0) at = feeds.items.findIndex(isUnread);
  if (at < 0) tell("info", "feeds-all-read");
  else await openItem(at);
}

/** Marks items read or unread. */
export async function markRead(numbers: number[], read: boolean): Promise<void> {
  const changed = new Set(numbers);
  edit((item) => (changed.has(item.number) ? { ...item, read } : item));
  try {
    await backend.markItemsRead(numbers, read);
  } catch (error) {
    edit((item) => (changed.has(item.number) ? { ...item, read: !read } : item));
    tellError(error);
  }
}

/** Changes items wherever they are shown, before Edito has answered. */
export function edit(change: (item: FeedItem) => FeedItem): void {
  feeds.items = feeds.items.map(change);
  if (feeds.open) feeds.open = { ...feeds.open, item: change(feeds.open.item) };
}

/** Asks feeds, these or all, and tells what came. */
export async function refreshFeeds(ids: string[] | null = null): Promise<FeedsRefreshed | null> {
  try {
    const came = await backend.refreshFeeds(ids);
    await Promise.all([readFeeds(), readItems()]);
    if (came.cancelled) tell("info", "feeds-refresh-cancelled");
    else if (came.asked > 0) {
      const { new: fresh, muted, kept, failed } = came;
      tell(failed > 0 ? "info" : "done", "feeds-refreshed", { count: fresh, muted, kept, failed });
    }
    return came;
  } catch (error) {
    tellError(error);
    return null;
  }
}

/** Listens to what happens to feeds, and reads them for the first time; the function it returns stops that. */
export function listenToFeeds(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = on("feedsChanged", ({ progress }) => {
    const over = feeds.known?.progress !== null && progress === null;
    if (feeds.known) feeds.known.progress = progress;
    clearTimeout(timer);
    timer = setTimeout(() => void readFeeds(), 150);
    if (over && library.view === "feeds") void readItems();
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** Forgets everything: another library is opened. */
export function forgetFeeds(): void {
  requests += 1;
  asked += 1;
  opened += 1;
  Object.assign(feeds, {
    known: null,
    query: { feed: null, folder: null, unread: true, muted: false, also: null },
    items: [],
    total: 0,
    loaded: false,
    cursor: 0,
    open: null,
  });
}

/** What the list is called: the feed, the folder, or all. */
export function listName(): string {
  const { feed, folder, muted } = feeds.query;
  if (muted) return t("feeds-muted");
  if (feed) return feedOf(feed)?.name ?? t("list-feeds");
  return folder?.at(-1) ?? t("feeds-all");
}

function sum(of: (feed: FeedView) => number): number {
  return (feeds.known?.feeds ?? []).reduce((total, feed) => total + of(feed), 0);
}

const AT_ONCE = 100;
let requests = 0;
let asked = 0;
let opened = 0;
let reading = false;
