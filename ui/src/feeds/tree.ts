// Feeds in their folders, as the rail shows them.
import type { FeedView } from "@/backend";

/** A folder or a feed of the tree. */
export type FeedNode = {
  /** What tells it from the others. */
  key: string;
  name: string;
  /** The folders from the outermost in; of a folder with its own name at the end. */
  folder: string[];
  /** The feed; null for a folder. */
  feed: FeedView | null;
  unread: number;
  /** Something is wrong with it, or with a feed in it. */
  troubled: boolean;
  children: FeedNode[];
};

/** Feeds, which come in the order of their folders and names, as a tree: folders first. */
export function feedTree(feeds: FeedView[]): FeedNode[] {
  const roots: FeedNode[] = [];
  for (const feed of feeds) {
    let within = roots;
    const path: string[] = [];
    for (const name of feed.folder) {
      path.push(name);
      let folder = within.find((node) => node.feed === null && node.name === name);
      if (!folder) {
        folder = {
          key: `folder ${path.join("/")}`,
          name,
          folder: [...path],
          feed: null,
          unread: 0,
          troubled: false,
          children: [],
        };
        within.push(folder);
      }
      folder.unread += feed.unread;
      folder.troubled ||= feed.problem !== null;
      within = folder.children;
    }
    within.push({
      key: feed.id,
      name: feed.name,
      folder: feed.folder,
      feed,
      unread: feed.unread,
      troubled: feed.problem !== null,
      children: [],
    });
  }
  return inOrder(roots);
}

/** All folders of feeds, as paths. */
export function foldersOf(feeds: FeedView[]): string[][] {
  const all = new Map<string, string[]>();
  for (const { folder } of feeds) {
    for (let end = 1; end <= folder.length; end++)
      all.set(folder.slice(0, end).join("/"), folder.slice(0, end));
  }
  return [...all.values()];
}

/** A path of folders as it is typed: « Revues / Politique ». */
export function folderFrom(text: string): string[] {
  return text
    .split("/")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** A path of folders as it is shown. */
export function folderText(folder: string[]): string {
  return folder.join(" / ");
}

function inOrder(nodes: FeedNode[]): FeedNode[] {
  nodes.forEach((node) => inOrder(node.children));
  // The order within each kind stays.
  return nodes.sort((one, other) => Number(one.feed !== null) - Number(other.feed !== null));
}
