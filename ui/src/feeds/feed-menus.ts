// The menus of feeds: what can be done to one, to a folder, to all.
import { backend } from "@/backend";
import { openDialog } from "@/library/dialogs.svelte";
import { offerUndo } from "@/library/undo.svelte";
import { number } from "@/shared/dates";
import { t } from "@/shared/messages";
import { tellError } from "@/shared/notices.svelte";
import { commandItem } from "@/library/menus";
import type { MenuGroup, MenuItem } from "@/shared/widgets/menu";
import { feeds, readFeeds, readItems, refreshFeeds, showFeeds } from "./feeds.svelte";
import { feedTree, type FeedNode } from "./tree";

/** What can be done to a feed or a folder of feeds. */
export function feedMenu(node: FeedNode): MenuGroup[] {
  const ids = idsOf(node);
  const refresh: MenuItem = {
    label: t("feeds-refresh-one"),
    run: async () => void (await refreshFeeds(ids)),
  };
  if (!node.feed) return [{ items: [refresh] }];
  const { feed } = node;
  return [
    { items: [refresh, { label: t("feeds-edit"), run: () => openDialog("editFeed", { id: feed.id }) }] },
    {
      items: [
        ...(feed.site ? [{ label: t("feeds-open-site"), run: () => openAddress(feed.site) }] : []),
        { label: t("feeds-rule-for"), run: () => openDialog("feedRules", { feed: feed.id }) },
      ],
    },
    { items: [{ label: t("feeds-remove"), run: () => removeFeed(feed.id, feed.name) }] },
  ];
}

/** The parts of the list of items, for windows whose rail shows icons only. */
export function partMenu(): MenuGroup[] {
  const items: MenuItem[] = [];
  const add = (node: FeedNode, depth: number): void => {
    items.push({
      label: `${"\u2003".repeat(depth)}${node.name}`,
      note: node.unread > 0 ? number(node.unread) : undefined,
      checked: node.feed
        ? feeds.query.feed === node.feed.id
        : !feeds.query.feed && feeds.query.folder?.join("/") === node.folder.join("/"),
      run: () => showFeeds(node.feed ? { feed: node.feed.id } : { folder: node.folder }),
    });
    node.children.forEach((child) => add(child, depth + 1));
  };
  feedTree(feeds.known?.feeds ?? []).forEach((node) => add(node, 0));
  const { feed, folder, muted } = feeds.query;
  return [
    {
      items: [
        { label: t("feeds-all"), checked: !feed && !folder && !muted, run: () => showFeeds() },
        { label: t("feeds-muted"), checked: muted, run: () => showFeeds({ muted: true }) },
      ],
    },
    { items },
  ];
}

/** What can be done to feeds as a whole. */
export function feedsMenu(): MenuGroup[] {
  const groups = [
    ["feeds-add", "feeds-refresh", "feeds-mark-all"],
    ["feeds-rules", "feeds-times"],
    ["feeds-import", "feeds-export"],
  ];
  return groups.map((ids) => ({ items: ids.map(commandItem) }));
}

/** Takes a feed away, and offers to bring it back. */
export async function removeFeed(id: string, name: string): Promise<void> {
  try {
    await set([id], false);
    offerUndo("feeds-removed", { name }, () => set([id], true).catch(fail));
  } catch (error) {
    fail(error);
  }
}

async function set(ids: string[], on: boolean): Promise<void> {
  await backend.setFeedOn(ids, on);
  if (!on && feeds.query.feed && ids.includes(feeds.query.feed)) feeds.query.feed = null;
  await Promise.all([readFeeds(), readItems()]);
}

function idsOf(node: FeedNode): string[] {
  return node.feed ? [node.feed.id] : node.children.flatMap(idsOf);
}

function openAddress(address: string | null): void {
  if (address) backend.openExternal(address).catch(tellError);
}

function fail(error: unknown): void {
  tellError(error);
}
