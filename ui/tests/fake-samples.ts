// What the fake of the Rust side begins with, besides its articles: feeds, and the receipt of an import.
import type * as wire from "../src/backend/bindings";

/** Two feeds, one in a folder and one in trouble, with three items each. */
export function fakeFeeds() {
  const feeds = [
    fakeFeed("feed-1", "Revue des quais", { folder: ["Revues"] }),
    fakeFeed("feed-2", "The Tide Tables", { problem: { kind: "notFound", detail: "404" } }),
  ];
  const items = feeds.flatMap(({ id, name }, of) =>
    [1, 2, 3].map((nth): wire.FeedItem => ({
      number: of * 3 + nth,
      feed: id,
      title: `${name}, number ${nth}`,
      authors: [],
      lead: `What number ${nth} of ${name} tells.`,
      time: Date.UTC(2026, 10, 20 - of * 3 - nth),
      read: false,
      muted: false,
      tags: [],
      reasons: [],
      kept: null,
    })),
  );
  return {
    feeds,
    items,
    rules: [] as wire.FeedRuleView[],
    off: new Set<string>(),
    schedule: "never" as wire.Schedule,
    local: false,
  };
}

export function fakeFeed(id: string, name: string, more: Partial<wire.FeedView>): wire.FeedView {
  return {
    id,
    address: `https://example.org/${id}`,
    name,
    title: null,
    site: "https://example.org/",
    folder: [],
    fullText: false,
    schedule: null,
    items: 0,
    unread: 0,
    muted: 0,
    problem: null,
    asked: null,
    busy: false,
    ...more,
  };
}

export function fakeReceipt(): wire.ImportReceipt {
  const line = (
    fate: wire.ReceiptFate,
    kind: string,
    count = 1,
    details: string[] = [],
  ): wire.ReceiptLine => ({
    fate,
    kind,
    count,
    details,
  });
  return {
    number: 1,
    at: "2026-11-21T18:04:00Z",
    imported: 118,
    merged: 2,
    skipped: 0,
    failed: 1,
    cancelled: false,
    problem: null,
    totalSources: 3,
    sources: [
      { source: "/home/maud/Téléchargements/torn.zip", lines: [line("failed", "archive-damaged")] },
      {
        source: "/home/maud/Téléchargements/liste.csv",
        lines: [
          line("leftOut", "column", 2, ["notes", "cover"]),
          line("changed", "date-order", 7, ["03/04/2019", "05/06/2019"]),
          line("kept", "title", 118),
          line("kept", "address", 118),
        ],
      },
      {
        source: "/home/maud/Téléchargements/page.html",
        lines: [line("kept", "title"), line("kept", "text"), line("kept", "author-function")],
      },
    ],
  };
}
