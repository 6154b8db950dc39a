// Feeds and their items, in memory.
import type * as wire from "../src/backend/bindings";
import { fakeFeed } from "./fake-samples";
import { type Commands, fake } from "./fake-state";

/** The commands. */
export const feedCommands = {
  feeds: async () => ({
    feeds: fake.feeds.feeds.filter(({ id }) => !fake.feeds.off.has(id)).map(withCounts),
    rules: fake.feeds.rules,
    schedule: fake.feeds.schedule,
    local: fake.feeds.local,
    progress: null,
  }),
  feedItems: async (query, offset, limit) => {
    const found = itemsOf(query);
    return { total: found.length, offset, items: found.slice(offset, offset + limit) };
  },
  feedItem: async (number) => {
    const item = fake.feeds.items.find((one) => one.number === number)!;
    return {
      item: { ...item },
      displayTitle: item.title,
      displayTeaser: null,
      html: `<p dir="auto">${item.lead}</p>`,
      images: 1,
      lang: "en",
      rtl: false,
      url: `https://example.org/${number}`,
      full: false,
      enclosures: [],
    };
  },
  markItemsRead: async (numbers, read) => {
    for (const item of fake.feeds.items) if (numbers.includes(item.number)) item.read = read;
    return null as never;
  },
  markAllItemsRead: async (query) => {
    const unread = itemsOf(query).filter((item) => !item.read);
    for (const item of fake.feeds.items)
      if (unread.some(({ number }) => number === item.number)) item.read = true;
    return unread.map(({ number }) => number);
  },
  keepItems: async (numbers) =>
    numbers.map((number) => {
      const item = fake.feeds.items.find((one) => one.number === number)!;
      const known = item.kept !== null;
      item.kept ??= fake.articles[number]!.row.id;
      item.read = true;
      return { number, article: item.kept, known, inTrash: false, imagesMissing: 0 };
    }),
  keepItemsNoMore: async (numbers) => {
    for (const item of fake.feeds.items) if (numbers.includes(item.number)) item.kept = null;
    return null as never;
  },
  refreshFeeds: async (ids) => ({
    asked: ids?.length ?? fake.feeds.feeds.length,
    new: 0,
    muted: 0,
    kept: 0,
    failed: 0,
    cancelled: false,
  }),
  cancelFeeds: async () => null as never,
  findFeeds: async (address) =>
    address.includes("127.0.0.1")
      ? { feeds: [], problem: { kind: "local", detail: address } }
      : {
          feeds: [
            { address: `${address}/feed`, title: "A Review", items: 3, newest: "On Tides", comments: false },
            { address: `${address}/comments`, title: "Comments", items: 9, newest: null, comments: true },
          ],
          problem: null,
        },
  subscribe: async (address, folder) => {
    const id = `feed-${fake.feeds.feeds.length + 1}`;
    fake.feeds.feeds.push(fakeFeed(id, "A Review", { address, folder }));
    return id;
  },
  changeFeed: async (id, change) => {
    const feed = fake.feeds.feeds.find((one) => one.id === id)!;
    if (change.title !== null) Object.assign(feed, { title: change.title, name: change.title || feed.name });
    if (change.folder !== null) feed.folder = change.folder;
    if (change.fullText !== null) feed.fullText = change.fullText;
    return null as never;
  },
  setFeedOn: async (ids, on) => {
    for (const id of ids)
      if (on) fake.feeds.off.delete(id);
      else fake.feeds.off.add(id);
    return null as never;
  },
  setFeedRule: async (rule) => {
    if (rule.regex && rule.text.includes("(")) return { kind: "syntax", detail: "unclosed group" };
    const id = rule.id || `rule-${fake.feeds.rules.length + 1}`;
    fake.feeds.rules = [...fake.feeds.rules.filter((one) => one.id !== id), { ...rule, id }];
    for (const item of fake.feeds.items) {
      item.muted = item.title.toLowerCase().includes(rule.text.toLowerCase());
      item.reasons = item.muted ? [{ rule: id, place: "title", words: rule.text }] : [];
    }
    return null;
  },
  removeFeedRule: async (id) => {
    fake.feeds.rules = fake.feeds.rules.filter((one) => one.id !== id);
    for (const item of fake.feeds.items) Object.assign(item, { muted: false, reasons: [] });
    return null as never;
  },
  setFeedSchedule: async (id, schedule) => {
    const feed = fake.feeds.feeds.find((one) => one.id === id);
    if (feed) feed.schedule = schedule;
    else fake.feeds.schedule = schedule ?? "never";
    return null as never;
  },
  allowLocalAddresses: async (allow) => {
    fake.feeds.local = allow;
    return null as never;
  },
  importFeeds: async () => [],
  exportFeeds: async () => "/home/maud/Feeds.opml",
} satisfies Partial<Commands>;

function withCounts(feed: wire.FeedView): wire.FeedView {
  const items = fake.feeds.items.filter((item) => item.feed === feed.id);
  const muted = items.filter((item) => item.muted).length;
  return {
    ...feed,
    items: items.length - muted,
    unread: items.filter((item) => !item.muted && !item.read).length,
    muted,
  };
}

function itemsOf(query: wire.FeedQuery): wire.FeedItem[] {
  return fake.feeds.items.filter((item) => {
    const feed = fake.feeds.feeds.find(({ id }) => id === item.feed)!;
    return (
      !fake.feeds.off.has(feed.id) &&
      (query.feed === null || query.feed === feed.id) &&
      (query.folder === null || query.folder.every((name, at) => feed.folder[at] === name)) &&
      item.muted === query.muted &&
      (!query.unread || !item.read || item.number === query.also)
    );
  });
}
