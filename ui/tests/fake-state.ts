// What the fake of the Rust side holds: what the tests look at and change, and what all its parts need.
import type * as wire from "../src/backend/bindings";
import { fakeArticles, type FakeArticle } from "./fake-articles";
import { fakeCollections } from "./fake-collections";
import { fakeFront } from "./fake-front";
import { fakeFeeds } from "./fake-samples";
import { fakeSpeech } from "./fake-speech";
import { fakeTemplates } from "./fake-templates";

export type Commands = (typeof import("../src/backend/bindings"))["commands"];

export type Events = (typeof import("../src/backend/bindings"))["events"];

export const ask = new URLSearchParams(typeof location === "undefined" ? "" : location.search);

export const settings: wire.Settings = {
  language: (ask.get("lang") as "fr" | "en" | null) ?? "system",
  theme: (ask.get("theme") as "paper" | "night" | null) ?? "system",
  textSize: 19,
  measure: 66,
  leading: 1.6,
  railCollapsed: ask.has("collapsed"),
  listWidth: 344,
  outlineShown: true,
  face: "literata",
  justified: false,
  hyphens: true,
  paragraphAlone: false,
  ruler: false,
  spellcheck: true,
  extra: {},
};

export const info: wire.LibraryInfo = {
  root: "/home/maud/Articles",
  title: "Les Deux Rives",
  writable: !ask.has("readonly"),
  key: "fake",
  languages: ["fr", "en"],
  statuses: [
    { slug: "draft", name: "Brouillon" },
    { slug: "review", name: "En relecture" },
    { slug: "published", name: "Publié" },
  ],
};

/** What the tests look at and change. */
export const fake = {
  articles: [] as FakeArticle[],
  trash: [] as { trashed: wire.Trashed; article: FakeArticle }[],
  open: true,
  /** Whether the start has the first rows with it. */
  firstPage: true,
  generation: 1,
  /** Commands called, in order. */
  calls: [] as { name: string; args: unknown[] }[],
  /** A command named here rejects with this error, or with what is said of its arguments, until it is taken away. */
  failing: {} as Record<string, wire.CommandError | ((...args: unknown[]) => wire.CommandError | null)>,
  recoveries: [] as wire.Recovery[],
  /** Recovery copies of this run, by article. */
  copies: {} as Record<string, string>,
  /** Copies that a sync program made, with the articles they were made of, by id. */
  conflicts: [] as { copy: string; original: string }[],
  /** Marked passages by article, as the journal keeps them; those taken away stay, to come back. */
  highlights: {} as Record<string, FakeHighlight[]>,
  /** Images in the trash, by the targets that texts had for them. */
  aside: new Set<string>(),
  /** What is known of images, by the targets that texts have for them. */
  pictures: {} as Record<string, wire.AboutPicture>,
  /** Pages that articles were read from. */
  captures: {} as Record<string, wire.Capture[]>,
  works: [] as wire.Work[],
  citations: {
    files: [],
    refused: [],
    style: null,
    styles: [
      { id: "iso690-author-date-fr", title: "ISO 690 (auteur-date)", lang: "fr" },
      { id: "apa", title: "APA", lang: "en" },
    ],
    defaultFrench: "iso690-author-date-fr",
    defaultOther: "apa",
  } as wire.CitationSettings,
  /** What is said of the quotations of a text. */
  quotations: (_text: string): wire.Quotation[] => [],
  /** Marked passages that can be quoted. */
  quotable: [] as wire.Quotable[],
  feeds: fakeFeeds(),
  /** Saved searches in their order; those taken away stay, to come back. */
  searches: [] as (wire.SavedSearch & { on: boolean })[],
  versions: {} as Record<string, { version: wire.Version; text: string }[]>,
  /** Versions that were dropped and are still there. */
  dropped: {} as Record<string, { version: wire.Version; text: string }[]>,
  goals: {} as Record<string, wire.PieceGoal>,
  /** What was written on 26 November 2026, which is today, after 300 words the day before. */
  writtenToday: { words: 0, signs: 0 } as wire.Written,
  written(): wire.WritingHistory {
    const day = (day: string, written: wire.Written): wire.WrittenDay => ({
      day,
      written: { words: Math.max(0, written.words), signs: Math.max(0, written.signs) },
      articles: 1,
    });
    return {
      today: "2026-11-26",
      days: [day("2026-11-25", { words: 300, signs: 1800 }), day("2026-11-26", { ...fake.writtenToday })],
      piece: { ...fake.writtenToday },
    };
  },
  /** The folder that is watched. */
  inbox: null as string | null,
  /** Articles whose files cannot be written. */
  readOnly: new Set<string>(),
  /** Words that are vouched for. */
  vouched: { me: [] as string[], desk: [] as string[] },
  /** Milliseconds that each command takes. */
  delay: 0,
  /** The most signs that the desk gives a text. */
  bodyLimit: null as number | null,
  /** Puts everything back as it was at the start, with so many articles. */
  reset(rows = 30): void {
    fakeFront.reset();
    fake.vouched = { me: [], desk: [] };
    fakeSpeech.reset();
    fakeTemplates.reset();
    fakeCollections.reset();
    fake.articles = fakeArticles(rows);
    fake.trash = [];
    fake.open = true;
    fake.firstPage = true;
    fake.generation = 1;
    fake.calls = [];
    fake.failing = {};
    fake.recoveries = [];
    fake.copies = {};
    fake.conflicts = [];
    fake.highlights = {};
    fake.captures = {};
    fake.feeds = fakeFeeds();
    fake.searches = [];
    fake.versions = {};
    fake.dropped = {};
    fake.goals = {};
    fake.writtenToday = { words: 0, signs: 0 };
    fake.inbox = null;
    fake.readOnly = new Set();
    fake.delay = 0;
    fake.bodyLimit = null;
  },
  /** Sends an event to the page. */
  send<N extends keyof Events>(
    name: N,
    payload: Parameters<Parameters<Events[N]["listen"]>[0]>[0]["payload"],
  ): void {
    listeners[name]?.forEach((listener) => listener({ payload: payload as never }));
  },
};

export interface FakeHighlight {
  id: string;
  /** The words without blanks: what is looked for in the text. */
  letters: string;
  place: [number, number];
  removed: boolean;
  highlight: wire.Highlight;
}

export const listeners: Record<string, Set<(event: { payload: never }) => void>> = {};

/** An error of the Rust side. */
export function failure(
  kind: wire.ErrorKind,
  message: string = kind,
  path: string | null = null,
): wire.CommandError {
  return { kind, message, path };
}

export function find(id: string): FakeArticle | undefined {
  return fake.articles.find(({ row }) => row.id === id);
}

export function must(id: string): FakeArticle {
  const found = find(id);
  if (!found) throw failure("notFound", `no article ${id}`);
  return found;
}

export function hash(text: string): string {
  let sum = 7;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) | 0;
  return `h${sum}`;
}

export function change(ids: string[], edit: (row: wire.Row) => void): void {
  for (const id of ids) {
    const found = find(id);
    if (found) edit(found.row);
  }
  changed({ updated: ids });
}

export function changed(part: Partial<wire.LibraryChanged>): void {
  fake.generation += 1;
  const all = {
    new: [],
    updated: [],
    deleted: [],
    moved: [],
    many: false,
    generation: fake.generation,
    ...part,
  };
  setTimeout(() => fake.send("libraryChanged", all), 0);
}

export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/œ/g, "oe")
    .replace(/’/g, "'")
    .toLowerCase();
}
