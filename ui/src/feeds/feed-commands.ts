// The commands of feeds, and the one that captures a page.
import { backend } from "@/backend";
import { openDialog } from "@/library/dialogs.svelte";
import { isWritable, library } from "@/library/library.svelte";
import { registerAll, type Command } from "@/shared/commands.svelte";
import { t } from "@/shared/messages";
import { tell } from "@/shared/notices.svelte";
import { feeds, moveTo, openItem, openNextUnread, readFeeds, refreshFeeds, showFeeds } from "./feeds.svelte";
import { keepItem, markAllRead, toggleItemRead } from "./keeping";

/** Registers the commands of feeds; the function it returns takes them away. */
export function registerFeedCommands(): () => void {
  return registerAll([...always, ...inTheList]);
}

const isOpen = (): boolean => library.current !== null;
const hasFeeds = (): boolean => isOpen() && (feeds.known?.feeds.length ?? 0) > 0;
const canWrite = (): boolean => isOpen() && isWritable();
const hasItem = (): boolean => library.view === "feeds" && feeds.items.length > 0;
const canKeep = (): boolean => hasItem() && isWritable();

const always: Command[] = [
  { id: "go-feeds", group: "go", keys: "Mod-Alt-f", run: () => showFeeds(), enabled: isOpen },
  {
    id: "capture-page",
    group: "file",
    keys: "Mod-Shift-u",
    run: () => openDialog("capture", { address: "" }),
    enabled: canWrite,
  },
  { id: "feeds-add", group: "tools", run: () => openDialog("addFeed", { address: "" }), enabled: isOpen },
  {
    id: "feeds-refresh",
    group: "tools",
    keys: "Mod-Shift-F5",
    run: async () => void (await refreshFeeds()),
    enabled: () => hasFeeds() && !feeds.known?.progress,
  },
  {
    id: "feeds-rules",
    group: "tools",
    run: () => openDialog("feedRules", { feed: null }),
    enabled: hasFeeds,
  },
  { id: "feeds-times", group: "tools", run: () => openDialog("feedTimes", {}), enabled: isOpen },
  { id: "feeds-import", group: "tools", run: importFeeds, enabled: isOpen },
  { id: "feeds-export", group: "tools", run: exportFeeds, enabled: hasFeeds },
  {
    id: "feeds-mark-all",
    group: "tools",
    keys: "Shift-a",
    when: "list",
    run: markAllRead,
    enabled: hasItem,
  },
];

/** They hold where an item is meant, and there go before the commands that mean articles. */
const inTheList: Command[] = (
  [
    { id: "feeds-next", keys: "j", hidden: true, run: () => moveTo(feeds.cursor + 1), enabled: hasItem },
    { id: "feeds-previous", keys: "k", hidden: true, run: () => moveTo(feeds.cursor - 1), enabled: hasItem },
    { id: "feeds-open", keys: "Enter o", hidden: true, run: () => openItem(feeds.cursor), enabled: hasItem },
    { id: "feeds-next-unread", keys: "n", run: openNextUnread, enabled: hasItem },
    { id: "feeds-keep-library", keys: "b", run: () => keepItem("library"), enabled: canKeep },
    { id: "feeds-keep-later", keys: "l", run: () => keepItem("later"), enabled: canKeep },
    { id: "feeds-keep-inbox", keys: "i", run: () => keepItem("inbox"), enabled: canKeep },
    { id: "feeds-keep-archive", keys: "e", run: () => keepItem("archive"), enabled: canKeep },
    { id: "feeds-toggle-read", keys: "m u", run: toggleItemRead, enabled: hasItem },
  ] as const
).map((command) => ({ group: "article", when: "list", ...command }));

async function importFeeds(): Promise<void> {
  const fresh = await backend.importFeeds(t("feeds-import-dialog"));
  if (fresh === null) return;
  tell("done", "feeds-imported", { count: fresh.length });
  showFeeds();
  await readFeeds();
  if (fresh.length > 0) await refreshFeeds(fresh);
}

async function exportFeeds(): Promise<void> {
  const name = t("feeds-export-name", { of: library.current?.title ?? "" });
  const path = await backend.exportFeeds(t("feeds-export-dialog"), name);
  if (path !== null) tell("done", "feeds-exported", { path });
}
