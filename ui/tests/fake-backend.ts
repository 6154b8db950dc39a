// An in-memory Rust side: for `vite --mode fake` in any browser, and for the tests.
// In a browser the address chooses: ?rows=100000&lang=en&theme=night&start=none&readonly
import { wordChanges } from "../src/comparison/word-changes";
import type * as wire from "../src/backend/bindings";
import { collectionsOf, fakeCollections } from "./fake-collections";
import { fakeFront, frontOf } from "./fake-front";
import { headCommands } from "./fake-head";
import { replacingOf } from "./fake-replacing";
import { beginWith, fakeTemplates, templatesOf } from "./fake-templates";
import { fakeSpeech, speechCommands } from "./fake-speech";
import { article, fakeArticles, sectionNames, type FakeArticle } from "./fake-articles";

type Commands = (typeof import("../src/backend/bindings"))["commands"];
type Events = (typeof import("../src/backend/bindings"))["events"];

const ask = new URLSearchParams(typeof location === "undefined" ? "" : location.search);
const settings: wire.Settings = {
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
const info: wire.LibraryInfo = {
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

interface FakeHighlight {
  id: string;
  /** The words without blanks: what is looked for in the text. */
  letters: string;
  place: [number, number];
  removed: boolean;
  highlight: wire.Highlight;
}
let marksMade = 0;

/** The list that a library opens with. */
const wholeLibrary: wire.ListQuery = {
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
const listeners: Record<string, Set<(event: { payload: never }) => void>> = {};
fake.reset(Number(ask.get("rows") ?? 30));
if (ask.get("start") === "none") fake.open = false;
if (ask.has("conflict")) fakeConflict();

export const commands = watched({
  pageReady: async () => fake.generation,
  start: async () => ({
    library: fake.open ? { ...info } : null,
    firstPage: fake.firstPage && fake.open ? page(wholeLibrary, 0, 100) : null,
    problem: null,
    recent: [
      {
        root: "/home/maud/Articles",
        title: "Les Deux Rives",
        openedAt: "2026-11-21T18:04:00Z",
        exists: true,
      },
      {
        root: "/media/usb/archives-2019",
        title: "Archives 2019",
        openedAt: "2026-09-02T08:30:00Z",
        exists: false,
      },
    ],
    settings,
    systemLocale: "fr-FR",
    open: ask.get("open"),
    version: "0.1.0",
    logFolder: "/home/maud/.local/share/edito/logs",
  }),
  chooseFolder: async () => "/home/maud/Articles",
  openLibrary: async (root) => opened(root, info.title),
  createLibrary: async (root, title) => opened(root, title),
  openSample: async () => opened("/home/maud/Documents/Exemple", "Exemple"),
  closeLibrary: async () => void (fake.open = false),
  forgetRecent: async () => undefined,
  refreshLibrary: async () => {
    const total = fake.articles.length;
    [0.2, 0.5, 0.8, 1].forEach((part, i) =>
      setTimeout(
        () =>
          fake.send("indexProgress", {
            done: Math.round(total * part),
            total,
            phase: part === 1 ? "done" : "reading",
            cancellable: true,
          }),
        i * 400,
      ),
    );
    return null;
  },
  cancelIndex: async () => (
    fake.send("indexProgress", { done: 0, total: null, phase: "done", cancellable: false }),
    null
  ),
  quit: async () => null,
  importChosen: async () => (fakeImport(), true),
  importPaths: async () => (fakeImport(), null),
  importPasted: async () => (fakeImport(), null),
  cancelImport: async () => null,
  importReceipt: async () => fakeReceipt(),
  exportReceipt: async (_, format) => `/home/maud/Articles/Récépissé.${format === "json" ? "json" : "md"}`,
  inboxFolder: async () => fake.inbox,
  chooseInboxFolder: async () => (fake.inbox = "/home/maud/Téléchargements/Édito"),
  forgetInboxFolder: async () => ((fake.inbox = null), null),
  setFullScreen: async () => null,
  saveSettings: async (changed) => void Object.assign(settings, changed),

  overview: async () => overview(),
  list: async (query, offset, limit) => page(query, offset, limit),
  positionOf: async (query, id) => {
    const at = listed(query).findIndex((row) => row.id === id);
    return at < 0 ? null : at;
  },
  positionsOf: async (query, ids) => listed(query).flatMap((row, at) => (ids.includes(row.id) ? [at] : [])),
  nextUnread: async (query, after, from) => {
    const rows = listed(query);
    const at = rows.findIndex((row) => row.id === after);
    const start = at < 0 ? from : at + 1;
    const order = rows.map((_, step) => (start + step) % rows.length);
    const index = order.find((place) => rows[place]?.read === false && rows[place]?.id !== after);
    return index === undefined ? null : { id: rows[index]?.id ?? "", index };
  },
  row: async (id) => find(id)?.row ?? null,
  search: async (query, limit, offset) => {
    const words = query
      .replace(/\b\w+:\S+/g, "")
      .split(/\s+/)
      .map(fold)
      .filter((word) => word.length > 0);
    const wanted = (name: string): string | undefined => new RegExp(`\\b${name}:(\\S+)`).exec(query)?.[1];
    const [tag, place, state] = [wanted("tag"), wanted("in"), wanted("is")];
    const asks = words.length > 0 || tag || place || state;
    const found = fake.articles.filter(
      ({ row }) =>
        words.every((word) =>
          fold(`${row.title} ${row.teaser} ${row.authors[0]?.name ?? ""}`).includes(word),
        ) &&
        (!tag || row.tags.includes(tag)) &&
        (!place || row.place === place) &&
        (!state || row.read === (state === "read")),
    );
    const hits = found.slice(offset, offset + Math.min(limit, 500)).map(({ row }) => ({
      row,
      score: 1,
      titleMarks: marks(row.title, words),
      snippet: row.teaser,
      snippetMarks: marks(row.teaser, words),
    }));
    return {
      total: asks ? found.length : 0,
      offset,
      hits: asks ? hits : [],
      milliseconds: 1.8,
    };
  },
  savedSearches: async () => fake.searches.filter(({ on }) => on).map(({ on: _on, ...saved }) => saved),
  saveSearch: async (name, query) => {
    const id = `search-${fake.searches.length + 1}`;
    fake.searches.push({ id, name, query, on: true });
    return id;
  },
  changeSearch: async (id, { name, query, on }) => {
    const saved = fake.searches.find((one) => one.id === id);
    if (!saved) throw failure("notFound");
    Object.assign(saved, { name: name ?? saved.name, query: query ?? saved.query, on: on ?? saved.on });
    return null as never;
  },
  moveSearch: async (id, after) => {
    const moved = fake.searches.find((one) => one.id === id)!;
    const others = fake.searches.filter((one) => one.id !== id);
    others.splice(others.findIndex((one) => one.id === after) + 1, 0, moved);
    fake.searches = others;
    return null as never;
  },
  quickOpen: async (text, limit) => {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const titles = fake.articles.filter(({ row }) => words.every((word) => fold(row.title).includes(word)));
    return titles.slice(0, limit).map(({ row }) => row);
  },

  ...frontOf(
    () => fake.articles,
    info.title,
    () => overview(),
    (ids) =>
      fake.send("libraryChanged", {
        new: [],
        updated: ids,
        deleted: [],
        moved: [],
        many: ids.length === 0,
        generation: (fake.generation += 1),
      }),
  ),

  ...speechCommands((id) => must(id)),
  ...headCommands,
  ...collectionsOf(
    (id) => find(id) !== undefined,
    () => failure("notFound"),
    () => fake.send("collectionsChanged", {}),
  ),

  readArticle: async (id) => {
    const { row, html } = must(id);
    const outline = [
      { level: 2, text: "Ce que l’on sait", anchor: "ce-que-l-on-sait", line: 13 },
      { level: 2, text: "Ce que l’on cherche", anchor: "ce-que-l-on-cherche", line: 28 },
    ];
    const crumbs = row.section.split("/").map((_, i, parts) => {
      const section = parts.slice(0, i + 1).join("/");
      return { name: sectionNames[section] ?? section, section };
    });
    return {
      row,
      crumbs,
      html,
      outline,
      lang: row.lang ?? "fr",
      rtl: row.lang === "ar",
      hash: hash(must(id).text),
      source:
        row.section === "medias"
          ? {
              url: "https://example.org/entretien",
              site: "Le Courrier des deux rives",
              published: "2026-11-09",
              captured: "2026-11-10T08:00:00Z",
            }
          : null,
      translations: [],
      displayTitle: row.title,
      displayStandfirst: row.standfirst,
      progress: row.progress,
      block: null,
    };
  },
  highlights: async (id) => ({
    hash: hash(must(id).text),
    highlights: (fake.highlights[id] ?? [])
      .filter((one) => !one.removed)
      .map((one) => placedIn(sheetOf(id), one))
      .sort((one, other) => (one.place?.[0] ?? 1e9) - (other.place?.[0] ?? 1e9)),
  }),
  addHighlight: async (id, { place, hash: based, units, colour }) => {
    const { text } = must(id);
    const html = sheetOf(id);
    if (based !== hash(text) || units !== lettersOf(html).length) throw failure("changed");
    const made = { id: `mark-${++marksMade}`, letters: lettersOf(html).slice(...place), place };
    const quote = wordsOf(html, made.letters);
    (fake.highlights[id] ??= []).push({
      ...made,
      removed: false,
      highlight: { id: made.id, quote, colour, note: null, tags: [], made: Date.now() },
    });
    changed({ updated: [id] });
    return made.id;
  },
  changeHighlight: async (id, mark, { colour, note, tags }) => {
    const found = fake.highlights[id]?.find((one) => one.id === mark);
    if (!found) throw failure("notFound");
    found.removed = false;
    if (colour) found.highlight.colour = colour;
    if (note !== null) found.highlight.note = note.trim() || null;
    if (tags) found.highlight.tags = tags.map((tag) => tag.trim()).filter(Boolean);
    changed({ updated: [id] });
    return null;
  },
  removeHighlight: async (id, mark) => {
    const found = fake.highlights[id]?.find((one) => one.id === mark);
    if (!found) throw failure("notFound");
    found.removed = true;
    changed({ updated: [id] });
    return null;
  },
  allHighlights: async (query, offset, limit) => {
    const all = everyMark();
    const found = all.filter(
      ({ article: of, highlight: { colour, tags, quote, note } }) =>
        (query.article === null || query.article === of) &&
        (query.colour === null || query.colour === colour) &&
        (query.tag === null || tags.includes(query.tag)) &&
        (query.text === null || fold(`${quote} ${note ?? ""}`).includes(fold(query.text))),
    );
    return {
      total: found.length,
      highlights: found.slice(offset, offset + limit),
      tags: counted(all.flatMap(({ highlight }) => highlight.tags)),
    };
  },
  exportHighlights: async (_query, _format, words) => `/home/maud/${words.name}`,
  markRead: async (ids, read) => (change(ids, (row) => (row.read = read)), null),
  setStar: async (ids, starred) => (change(ids, (row) => (row.starred = starred)), null),
  setPlace: async (ids, place) => (change(ids, (row) => (row.place = place)), null),
  tag: async (ids, tag) => {
    change(ids, (row) => {
      if (row.tags.includes(tag)) return;
      row.tags = [...row.tags, tag];
      row.ownTags = [...row.ownTags, tag];
    });
    return null;
  },
  untag: async (ids, tag) => {
    change(ids, (row) => {
      if (row.ownTags.includes(tag)) row.tags = row.tags.filter((other) => other !== tag);
      row.ownTags = row.ownTags.filter((other) => other !== tag);
    });
    return ids.filter((id) => find(id)?.row.tags.includes(tag));
  },
  knownTags: async () => overview().tags,
  renameTag: async (from, to) => {
    const having = fake.articles.filter(({ row }) => row.tags.includes(from));
    const failed = having.filter(({ row }) => fake.readOnly.has(row.id) && !row.ownTags.includes(from));
    const ids = having.filter((one) => !failed.includes(one)).map(({ row }) => row.id);
    const renamed = (tags: string[]): string[] => [...new Set(tags.map((tag) => (tag === from ? to : tag)))];
    change(ids, (row) => {
      row.tags = renamed(row.tags);
      row.ownTags = renamed(row.ownTags);
    });
    return {
      renamed: ids.length,
      failed: failed.map(({ row }) => failure("readOnly", "the file is read-only", row.path)),
    };
  },
  setProgress: async (id, at) => {
    const row = find(id)?.row;
    if (row && at !== null) row.progress = at;
    return null;
  },
  articleOpened: async () => null,
  followLink: async (target) => {
    const url = /^https?:/.test(target) ? target : null;
    return { article: null, url, missing: url === null };
  },
  openExternal: async () => null,
  revealFile: async () => null,
  imageAddress: async (_id, target) => {
    if (/missing|absent/.test(target) || fake.aside.has(target)) return null;
    const words = target.replace(/[<>&"]/g, "");
    const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="500"><rect width="900" height="500" fill="#c9c2b4"/><text x="40" y="460" font-size="28">${words}</text></svg>`;
    return `data:image/svg+xml,${encodeURIComponent(picture)}`;
  },

  ...replacingOf(fake, (text) => hash(text)),

  openText: async (id) => textView(id),
  // Paragraphs alone, all of them new each time.
  preview: async (id, text) => {
    const body = text.replace(/^---\n[^]*?\n---\n/, (front) => "\n".repeat(front.split("\n").length - 1));
    const blocks = [...body.matchAll(/\S(?:.|\n(?!\n))*/g)];
    const plain = (words: string): string => words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
    const head = { ...(await commands.readArticle(id)), html: "", outline: [], hash: "" };
    return {
      head,
      revision: (fake.generation += 1),
      blocks: [{ kind: "new", html: blocks.map(([words]) => `<p data-line="0">${plain(words)}</p>`) }],
      lines: blocks.map(({ index }) => body.slice(0, index).split("\n").length),
    };
  },
  saveText: async (id, text, basedOn) => {
    const found = find(id);
    if (!found) return { kind: "gone" };
    if (basedOn !== hash(found.text)) return { kind: "conflict", theirs: found.text, hash: hash(found.text) };
    found.text = text;
    delete fake.copies[id];
    change([id], () => undefined);
    return { kind: "saved", hash: hash(text), row: found.row };
  },
  compareWithDisk: async (id, text, basedOn) => {
    const found = find(id);
    if (!found) return { kind: "gone" };
    return found.text === text || hash(found.text) === basedOn
      ? { kind: "same" }
      : { kind: "conflict", theirs: found.text, hash: hash(found.text) };
  },
  keepVersion: async () => null,
  checkpoint: async () => null,
  openWithEncoding: async (id) => textView(id),
  keepRecovery: async (id, text) => ((fake.copies[id] = text), null),
  recoveries: async () => fake.recoveries,
  takeRecovery: async (key) => {
    const taken = fake.recoveries.find((one) => one.key === key);
    fake.recoveries = fake.recoveries.filter((one) => one.key !== key);
    const found = must(taken?.id ?? "");
    found.text = taken?.text ?? found.text;
    return { id: found.row.id, hash: hash(found.text) };
  },
  dropRecovery: async (key) => ((fake.recoveries = fake.recoveries.filter((one) => one.key !== key)), null),
  ...templatesOf(),
  createArticle: async (section, title, lang, template) => {
    const made = article(
      {
        title,
        section: section ?? "",
        author: "",
        date: "2026-11-22",
        teaser: "",
        lang: lang ?? "fr",
        status: "draft",
      },
      fake.articles.length + 1000,
      0,
    );
    beginWith(made, template);
    fake.articles.unshift(made);
    changed({ new: [made.row.id] });
    return made.row;
  },
  renameArticle: async (id, fileName) => {
    const { row } = must(id);
    row.path = [...row.path.split("/").slice(0, -1), fileName].join("/");
    changed({ updated: [id] });
    return row;
  },
  moveArticle: async (id, section) => {
    const { row } = must(id);
    row.section = section;
    row.sectionName = sectionNames[section] ?? section;
    changed({ updated: [id] });
    return row;
  },
  duplicateArticle: async (id, title) => {
    const { row, text, html } = must(id);
    const made = { row: { ...row, id: `${id}-copy`, title }, text, html };
    fake.articles.unshift(made);
    changed({ new: [made.row.id] });
    return made.row;
  },
  articleFromSelection: async (id, text, from, to) => {
    const { row, html } = must(id);
    const title = text.slice(from, to).replace(/[#*_]/g, "").trim().slice(0, 40);
    const made = {
      row: { ...row, id: `${id}-part-${fake.articles.length}`, title },
      text: text.slice(from, to),
      html,
    };
    fake.articles.unshift(made);
    changed({ new: [made.row.id] });
    return made.row;
  },
  splitArticle: async (id, text) => {
    const { row, html } = must(id);
    const start = text.indexOf("\n## ");
    if (start < 0) return null;
    const part = text.slice(start + 1);
    const made = {
      row: { ...row, id: `${id}-part-${fake.articles.length}`, title: part.slice(3, part.indexOf("\n")) },
      text: part,
      html,
    };
    fake.articles.unshift(made);
    changed({ new: [made.row.id] });
    return { rest: text.slice(0, start + 1), made: [made.row] };
  },
  mergeArticles: async (ids) => {
    const [first, ...others] = ids.map(must);
    if (!first) throw failure("invalid", "nothing");
    const before = first.text;
    first.text += others.map(({ row, text }) => `\n## ${row.title}\n\n${text}`).join("");
    const trashed = await commands.trashArticles(others.map(({ row }) => row.id));
    return { article: first.row, before, hash: hash(first.text), trashed };
  },
  trashArticles: async (ids) => {
    for (const id of ids) {
      const found = must(id);
      const { path, title } = found.row;
      fake.trash.unshift({
        article: found,
        trashed: { key: id, path, title, trashedAt: "2026-11-22T09:30:00Z" },
      });
    }
    fake.articles = fake.articles.filter(({ row }) => !ids.includes(row.id));
    changed({ deleted: ids });
    return ids;
  },
  trashed: async () => fake.trash.map(({ trashed }) => trashed),
  restoreTrashed: async (key) => {
    const back = fake.trash.find(({ trashed }) => trashed.key === key);
    if (!back) throw failure("notFound");
    fake.trash = fake.trash.filter((other) => other !== back);
    fake.articles.unshift(back.article);
    changed({ new: [key] });
    return back.article.row;
  },
  deleteForever: async (keys) => {
    fake.trash = fake.trash.filter(({ trashed }) => !keys.includes(trashed.key));
    changed({});
    return null;
  },
  setField: async (id, field, value) => {
    const { row } = must(id);
    const first = value[0] ?? null;
    if (field === "title") row.title = first ?? "";
    else if (field === "tags") row.tags = value;
    else if (field === "authors") row.authors = value.map((name) => ({ name, function: null }));
    else if (field === "section") row.section = first ?? "";
    else if (field === "teaser") row.teaser = first ?? "";
    else row[field] = first;
    changed({ updated: [id] });
    return textView(id);
  },
  versions: async (id) => versionsOf(id).map(({ version }) => version),
  dropVersions: async (id, dropped) => {
    const all = versionsOf(id);
    fake.dropped[id] = [
      ...(fake.dropped[id] ?? []),
      ...all.filter(({ version }) => dropped.includes(version.id)),
    ];
    fake.versions[id] = all.filter(({ version }) => !dropped.includes(version.id));
    return { dropped, versions: versionsOf(id).map(({ version }) => version) };
  },
  countVersionsBefore: async (id, days) => before(id, days).length,
  dropVersionsBefore: async (id, days) => commands.dropVersions(id, before(id, days)),
  countDroppedVersions: async (id) => fake.dropped[id]?.length ?? 0,
  takeBackVersions: async (id, versions) => {
    const back = (fake.dropped[id] ?? []).filter(({ version }) => versions?.includes(version.id) ?? true);
    fake.dropped[id] = (fake.dropped[id] ?? []).filter((one) => !back.includes(one));
    fake.versions[id] = [...versionsOf(id), ...back].sort((a, b) =>
      b.version.time.localeCompare(a.version.time),
    );
    return versionsOf(id).map(({ version }) => version);
  },
  historyWeight: async () => ({ kilobytes: 2400, dropped: Object.values(fake.dropped).flat().length }),
  freeHistory: async () => {
    const versions = Object.values(fake.dropped).flat().length;
    fake.dropped = {};
    return { versions, before: 2400, after: 900 };
  },
  versionText: async (id, version) => {
    const found = versionsOf(id).find((one) => one.version.id === version);
    if (!found) throw failure("notFound", `no version ${version}`);
    return found.text;
  },
  nameVersion: async (id, name) => {
    const first = versionsOf(id)[0]?.version;
    const named: wire.Version = {
      id: `${id}-v${Date.now()}`,
      time: "2026-11-22T10:00:00Z",
      kind: "named",
      name,
      reason: null,
      device: "maud",
      by: "Maud",
      folded: false,
      words: first?.words ?? 0,
      wordsDelta: 0,
    };
    versionsOf(id).unshift({ version: named, text: must(id).text });
    return versionsOf(id).map(({ version }) => version);
  },
  renameVersion: async (id, version, name) => {
    const found = versionsOf(id).find((one) => one.version.id === version);
    if (found) found.version = { ...found.version, name };
    return versionsOf(id).map(({ version }) => version);
  },
  versionChange: async (id, before, version) => {
    const text = (wanted: string): string =>
      versionsOf(id).find((one) => one.version.id === wanted)?.text ?? "";
    const { summary } = redlineBetween(text(before), text(version));
    return { ...summary, rough: false };
  },
  restoreVersion: async (id, version) => {
    const found = must(id);
    found.text = versionsOf(id).find((one) => one.version.id === version)?.text ?? found.text;
    changed({ updated: [id] });
    return textView(id);
  },
  restoreChanges: async (id, version, basedOn, changes) => {
    const found = must(id);
    if (textView(id).hash !== basedOn) throw failure("changed", "the file is another one");
    const former = versionsOf(id).find((one) => one.version.id === version)?.text ?? "";
    let text = "";
    for (const piece of redlineBetween(former, found.text).pieces) {
      const back = changes.includes(piece.change);
      if (piece.mark === "same" || (piece.mark === "deleted") === back) text += piece.text;
    }
    found.text = text;
    changed({ updated: [id] });
    return textView(id);
  },
  writingHistory: async () => fake.written(),
  noteWritten: async (_id, more) => {
    fake.writtenToday.words += more.words;
    fake.writtenToday.signs += more.signs;
    return fake.written();
  },
  pieceGoal: async (id) => fake.goals[id] ?? null,
  setPieceGoal: async (id, goal) => {
    if (goal) fake.goals[id] = goal;
    else delete fake.goals[id];
    return null;
  },
  redlineOf: async (before, after) => redlineBetween(before, after),
  captures: async (id) => fake.captures[id] ?? [],
  openCapture: async () => null,
  textLengths: async (_, text) => ({
    counts: countsOf(text),
    slots: [
      { slot: "title", signs: 12, limit: 80 },
      { slot: "body", signs: text.length, limit: fake.bodyLimit },
    ],
  }),
  counts: async (text) => countsOf(text),
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
  capturePage: async (address) => {
    if (address.includes("127.0.0.1")) return { page: null, problem: { kind: "local", detail: address } };
    const first = fake.articles[0]!.row;
    return {
      page: {
        article: first.id,
        title: first.title,
        outcome: "new",
        images: 2,
        imagesMissing: 1,
        highlights: { kept: 0, moved: 0, lost: 0 },
      },
      problem: null,
    };
  },
  cancelCapture: async () => null as never,
  conflictCopies: async () =>
    fake.conflicts.map(({ copy, original }) => ({ copy: must(copy).row, original: must(original).row })),
  quotationsOf: async (_id, text) => fake.quotations(text),
  quotable: async (_id, typed) =>
    fake.quotable.filter(({ quote }) => quote.toLowerCase().includes(typed.toLowerCase())),
  quoteHighlight: async (_id, text, highlight, from, to) => {
    const quote = fake.quotable.find((one) => one.highlight === highlight)?.quote ?? "";
    return [
      { from, to, text: `«\u00a0${quote}\u00a0»[^1]` },
      { from: text.length, to: text.length, text: "\n\n[^1]: [Source](s.md).\n" },
    ];
  },
  nameSource: async (_id, text, end) => [
    { from: end, to: end, text: "[^1]" },
    { from: text.length, to: text.length, text: "\n\n[^1]: [Source](s.md).\n" },
  ],
  // As when the plain text says as much as what was copied.
  pasteText: async () => null,
  keepImages: async (_id, paths) =>
    paths.map((path) => ({ name: path, target: path.split("/").at(-1) ?? path })),
  aboutPicture: async (_id, target) => fake.pictures[target] ?? null,
  pictureSizes: async (_id, target) =>
    (fake.pictures[target]?.sizes ?? []).map((longest) => ({
      longest,
      width: longest,
      height: Math.round(longest * 0.75),
      bytes: longest * 200,
      ending: "jpg",
    })),
  keepPicture: async (_id, target, longest) =>
    target.replace(/(?=\.\w+$)/, longest === null ? "-2" : `-${longest}`),
  setPictureAside: async (_id, target) => {
    fake.aside.add(target);
    return `aside ${target}`;
  },
  bringPictureBack: async (key) => {
    fake.aside.delete(key.replace("aside ", ""));
    return null;
  },
  typographyCorrections: async (text) =>
    [...text.matchAll(/(?<=\p{L})'(?=\p{L})/gu)].map(({ index }) => ({
      from: index,
      to: index + 1,
      after: "’",
      rule: "apostrophe",
    })),
  findWorks: async (_id, _text, typed) =>
    fake.works.filter(({ authors, title }) => fold(`${authors} ${title}`).includes(fold(typed))),
  citedText: async (_id, text) => ({
    marks: [...text.matchAll(/\[@(\w+)\]/g)].map(({ 0: whole, 1: key = "", index }) => {
      const work = fake.works.find((one) => one.key === key);
      return {
        from: index,
        to: index + whole.length,
        inline: work ? `(${work.authors} ${work.year})` : whole,
        note: "",
        number: 0,
        unknown: work ? [] : [key],
      };
    }),
    styleProblem: null,
    refused: [],
  }),
  citationSettings: async () => structuredClone(fake.citations),
  chooseBibliography: async () => {
    fake.citations.files.push({
      path: "/home/maud/Zotero/tout.json",
      entries: 812,
      chosen: true,
      torn: true,
      problems: [{ line: 12, key: "casse", kind: "unclosed" }],
      problemCount: 1,
    });
    return structuredClone(fake.citations);
  },
  forgetBibliography: async (path) => {
    fake.citations.files = fake.citations.files.filter((file) => file.path !== path);
    return structuredClone(fake.citations);
  },
  setCitationStyle: async (style) => {
    fake.citations.style = style;
    return structuredClone(fake.citations);
  },
  // “vilage” is unknown unless somebody vouched for it.
  advise: async ({ text, kinds, lang }) => ({
    lang: lang ?? "fr",
    problem: null,
    advice:
      kinds.includes("spelling") &&
      !fake.vouched.me.includes("vilage") &&
      !fake.vouched.desk.includes("vilage")
        ? [...text.matchAll(/vilage/gu)].map(({ index }) => ({
            from: index,
            to: index + 6,
            kind: "spelling" as const,
            rule: "unknown-word",
            fixes: [],
            note: null,
            lang: "fr",
          }))
        : [],
  }),
  spellingSuggestions: async () => ["village", "vidage"],
  vouchedWords: async () => ({ me: [...fake.vouched.me], desk: [...fake.vouched.desk] }),
  vouchForWord: async (word, voucher) => {
    fake.vouched[voucher].push(word);
    return null as never;
  },
  vouchNoMore: async (word, voucher) => {
    fake.vouched[voucher] = fake.vouched[voucher].filter((other) => other !== word);
    return null as never;
  },
  outlineOf: async (text) =>
    text.split("\n").flatMap((line, i) => {
      const heading = /^(#{1,6}) (.*)/.exec(line);
      return heading ? [{ level: heading[1]!.length, text: heading[2]!, anchor: `h-${i}`, line: i + 1 }] : [];
    }),
} as Commands);

export const events = Object.fromEntries(
  [
    "libraryChanged",
    "indexProgress",
    "importProgress",
    "importEnded",
    "libraryNotice",
    "openRequested",
    "closeRequested",
    "feedsChanged",
    "searchesChanged",
    "collectionsChanged",
    "citationsChanged",
  ].map((name) => [
    name,
    {
      listen: async (cb: (event: { payload: never }) => void) => {
        (listeners[name] ??= new Set()).add(cb);
        return () => listeners[name]?.delete(cb);
      },
    },
  ]),
) as unknown as Events;

// A browser's console (or a test driver) can reach the backend in the fake mode.
if (typeof window !== "undefined") Object.assign(window, { fake });

/** An error of the Rust side. */
export function failure(
  kind: wire.ErrorKind,
  message: string = kind,
  path: string | null = null,
): wire.CommandError {
  return { kind, message, path };
}

function watched(all: Commands): Commands {
  return Object.fromEntries(
    Object.entries(all).map(([name, run]) => [
      name,
      async (...args: never[]) => {
        fake.calls.push({ name, args });
        if (fake.delay) await new Promise((resolve) => setTimeout(resolve, fake.delay));
        const failing = fake.failing[name];
        const error = typeof failing === "function" ? failing(...args) : failing;
        if (error) throw error;
        const answer = await (run as (...args: never[]) => Promise<unknown>)(...args);
        return typeof answer === "object" ? structuredClone(answer) : answer;
      },
    ]),
  ) as unknown as Commands;
}

function opened(root: string, title: string): wire.LibraryInfo {
  fake.open = true;
  // What this run has left behind is offered when its library is opened again.
  for (const [id, text] of Object.entries(fake.copies)) {
    const found = find(id);
    const { title: named = "", path = "" } = found?.row ?? {};
    const savedAt = "2026-11-22T09:00:00Z";
    const onDisk = found?.text ?? null;
    fake.recoveries.push({ key: id, id, path, title: named, savedAt, text, onDisk, diskNewer: true });
  }
  fake.copies = {};
  Object.assign(info, { root, title });
  return { ...info };
}

/** Sets a copy beside the first article, as sync programs do when both sides have changed. */
export function fakeConflict(): { copy: string; original: string } {
  const [first] = fake.articles;
  if (!first) throw failure("notFound");
  const { row, html, text } = structuredClone(first);
  const copy = `${row.id}-conflict`;
  const path = row.path.replace(/\.md$/, ".sync-conflict-20261121-180400-K7QZ2LM.md");
  const copied = {
    row: { ...row, id: copy, path },
    html,
    text: `${text}\nUn mot de plus, écrit ailleurs.\n`,
  };
  fake.articles.push(copied);
  const pair = { copy, original: row.id };
  fake.conflicts.push(pair);
  return pair;
}

function find(id: string): FakeArticle | undefined {
  return fake.articles.find(({ row }) => row.id === id);
}

function must(id: string): FakeArticle {
  const found = find(id);
  if (!found) throw failure("notFound", `no article ${id}`);
  return found;
}

function textView(id: string): wire.TextView {
  const { row, text } = must(id);
  return {
    id,
    text,
    hash: hash(text),
    encoding: "UTF-8",
    lineEnding: "lf",
    readOnly: info.writable ? null : "library",
    path: row.path,
    row,
  };
}

function before(id: string, days: number): string[] {
  const oldest = Date.now() - days * 86_400_000;
  return versionsOf(id)
    .slice(1)
    .filter(({ version }) => version.name === null && Date.parse(version.time) < oldest)
    .map(({ version }) => version.id);
}

function versionsOf(id: string): { version: wire.Version; text: string }[] {
  const { text } = must(id);
  return (fake.versions[id] ??= [
    {
      version: {
        id: `${id}-v3`,
        time: "2026-11-21T17:42:00Z",
        kind: "automatic",
        name: null,
        reason: null,
        device: "maud",
        by: null,
        folded: false,
        words: 512,
        wordsDelta: 14,
      },
      text,
    },
    {
      version: {
        id: `${id}-v2`,
        time: "2026-11-20T09:05:00Z",
        kind: "named",
        name: "Relu par Jonas",
        reason: null,
        device: "maud",
        by: null,
        folded: false,
        words: 498,
        wordsDelta: -37,
      },
      text: text.replace("trois manières", "deux manières"),
    },
    {
      version: {
        id: `${id}-v1`,
        time: "2026-11-18T14:20:00Z",
        kind: "before",
        name: null,
        reason: "restore",
        device: "portable",
        by: null,
        folded: false,
        words: null,
        wordsDelta: null,
      },
      text: text.slice(0, 400),
    },
  ]);
}

function hash(text: string): string {
  let sum = 7;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) | 0;
  return `h${sum}`;
}

function change(ids: string[], edit: (row: wire.Row) => void): void {
  for (const id of ids) {
    const found = find(id);
    if (found) edit(found.row);
  }
  changed({ updated: ids });
}

function changed(part: Partial<wire.LibraryChanged>): void {
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

function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/œ/g, "oe")
    .replace(/’/g, "'")
    .toLowerCase();
}

function marks(text: string, words: string[]): [number, number][] {
  const folded = fold(text);
  if (folded.length !== text.length) return [];
  return words
    .map((word): [number, number] => [folded.indexOf(word), folded.indexOf(word) + word.length])
    .filter(([from]) => from >= 0)
    .sort((a, b) => a[0] - b[0]);
}

let longList: { key: string; rows: wire.Row[] } | undefined;

/** A long list is put in order once; what was edited in it shows again when the generation changes. */
function listed(query: wire.ListQuery): wire.Row[] {
  if (fake.articles.length < 5000) return ordered(query);
  const key = `${fake.generation} ${fake.articles.length} ${JSON.stringify(query)}`;
  if (longList?.key !== key) longList = { key, rows: ordered(query) };
  return longList.rows;
}

function ordered(query: wire.ListQuery): wire.Row[] {
  const rows = fake.articles
    .map(({ row }) => row)
    .filter(
      (row) =>
        (!query.section || row.section === query.section || row.section.startsWith(`${query.section}/`)) &&
        (!query.status || row.status === query.status) &&
        (!query.tag || row.tags.includes(query.tag)) &&
        (!query.lang || row.lang === query.lang) &&
        (!query.author || row.authors.some(({ name }) => name === query.author)) &&
        (!query.collection || fakeCollections.members(query.collection).includes(row.id)) &&
        (query.show !== "unread" || !row.read) &&
        (query.show !== "starred" || row.starred) &&
        (query.show !== "drafts" || row.status === "draft") &&
        (!["inbox", "later", "archive"].includes(query.show) || row.place === query.show),
    );
  const byHand = query.sort === "hand" && query.collection ? fakeCollections.members(query.collection) : null;
  if (byHand) return rows.sort((a, b) => byHand.indexOf(a.id) - byHand.indexOf(b.id));
  const key = (row: wire.Row): string | number =>
    query.sort === "words"
      ? row.words
      : query.sort === "title"
        ? fold(row.title)
        : query.sort === "author"
          ? (row.authors[0]?.name ?? "")
          : query.sort === "section"
            ? row.section
            : (row.date ?? "");
  rows.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return query.descending ? rows.reverse() : rows;
}

/** The words of a text without blanks and the marks of notes, as places in it are counted. */
function lettersOf(html: string): string {
  return wordsIn(html).replace(/[ \t\n\r\f]/g, "");
}

function wordsIn(html: string): string {
  const template = document.createElement("template");
  template.innerHTML = html;
  template.content.querySelectorAll(".footnote-ref, .footnote-back").forEach((mark) => mark.remove());
  return template.content.textContent ?? "";
}

function wordsOf(html: string, letters: string): string {
  const pattern = [...letters]
    .map((letter) => letter.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"))
    .join("[ \t\n\r\f]*");
  return new RegExp(pattern, "u").exec(wordsIn(html))?.[0].replace(/\s+/g, " ") ?? letters;
}

/** Where the words stand now: where they were, else where they are said first, else nowhere. */
/** What stands on the sheet: title, standfirst, text. */
function sheetOf(id: string): string {
  const { row, html } = must(id);
  const line = (words: string): string => words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return `<h1>${line(row.title)}</h1>${row.standfirst ? `<p>${line(row.standfirst)}</p>` : ""}${html}`;
}

function placedIn(html: string, { letters, place, highlight }: FakeHighlight): wire.PlacedHighlight {
  const text = lettersOf(html);
  const start = text.slice(...place) === letters ? place[0] : text.indexOf(letters);
  return {
    highlight: { ...highlight },
    place: start < 0 ? null : [start, start + letters.length],
    changed: false,
    ambiguous: false,
  };
}

function everyMark(): wire.FoundHighlight[] {
  return Object.entries(fake.highlights)
    .flatMap(([of, all]) =>
      all
        .filter(({ removed }) => !removed)
        .map(({ highlight }) => ({
          article: of,
          title: find(of)?.row.title ?? null,
          highlight: { ...highlight },
        })),
    )
    .sort((one, other) => other.highlight.made - one.highlight.made);
}

function counted(values: string[]): wire.Facet[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count);
}

function page(query: wire.ListQuery, offset: number, limit: number): wire.ListPage {
  const all = listed(query);
  return {
    total: all.length,
    offset,
    rows: all.slice(offset, offset + limit),
    generation: fake.generation,
  };
}

function overview(): wire.Overview {
  const rows = fake.articles.map(({ row }) => row);
  const facet = (read: (row: wire.Row) => string[]): wire.Facet[] => {
    const counts: Record<string, number> = {};
    for (const row of rows) for (const value of read(row)) counts[value] = (counts[value] ?? 0) + 1;
    return Object.entries(counts)
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count);
  };
  const within = (path: string): number =>
    rows.filter(({ section }) => section === path || section.startsWith(`${path}/`)).length;
  const node = (path: string): wire.SectionNode => ({
    path,
    name: sectionNames[path] ?? path,
    count: within(path),
    children: Object.keys(sectionNames)
      .filter((other) => other.startsWith(`${path}/`))
      .map(node),
  });
  return {
    total: rows.length,
    unread: rows.filter(({ read }) => !read).length,
    starred: rows.filter(({ starred }) => starred).length,
    drafts: rows.filter(({ status }) => status === "draft").length,
    inbox: rows.filter(({ place }) => place === "inbox").length,
    later: rows.filter(({ place }) => place === "later").length,
    archive: rows.filter(({ place }) => place === "archive").length,
    trash: fake.trash.length,
    highlights: everyMark().length,
    sections: Object.keys(sectionNames)
      .filter((path) => !path.includes("/"))
      .map(node),
    statuses: facet(({ status }) => (status ? [status] : [])),
    tags: facet(({ tags }) => tags),
    languages: facet(({ lang }) => (lang ? [lang] : [])),
    authors: facet(({ authors }) => authors.map(({ name }) => name)),
    conflictCopies: fake.conflicts.length,
    recoveries: fake.recoveries.length,
  };
}

/** An import of three files that is over after a second. */
function fakeImport(): void {
  [0, 1, 2].forEach((file) =>
    setTimeout(
      () =>
        fake.send("importProgress", {
          file,
          files: 3,
          source: `/home/maud/Téléchargements/page-${file}.html`,
          pieces: file * 40,
        }),
      file * 300,
    ),
  );
  setTimeout(
    () =>
      fake.send("importEnded", {
        receipt: 1,
        imported: 118,
        merged: 2,
        skipped: 0,
        failed: 1,
        noted: true,
        cancelled: false,
        article: null,
        fromInbox: false,
        problem: null,
      }),
    1000,
  );
}

function fakeReceipt(): wire.ImportReceipt {
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

/** Two feeds, one in a folder and one in trouble, with three items each. */
function fakeFeeds() {
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

function fakeFeed(id: string, name: string, more: Partial<wire.FeedView>): wire.FeedView {
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

/** A redline by words alone: what moved is gone here and came there. */
function redlineBetween(before: string, after: string): wire.Redline {
  const pieces: wire.RedlinePiece[] = [];
  let at = 0;
  const add = (text: string, mark: wire.RedlineMark, change: number, place: [number, number]): void => {
    if (text) pieces.push({ text, mark, nature: "words", change, moved: null, place });
  };
  const changes = wordChanges(before, after);
  changes.forEach(({ fromA, toA, fromB, toB }, index) => {
    add(after.slice(at, fromB), "same", 0, [at, fromB]);
    add(before.slice(fromA, toA), "deleted", index + 1, [fromB, fromB]);
    add(after.slice(fromB, toB), "inserted", index + 1, [fromB, toB]);
    at = toB;
  });
  add(after.slice(at), "same", 0, [at, after.length]);
  const words = (mark: wire.RedlineMark): number =>
    pieces.filter((piece) => piece.mark === mark).flatMap(({ text }) => text.match(/\p{L}+/gu) ?? []).length;
  return {
    pieces,
    summary: {
      wordsInserted: words("inserted"),
      wordsDeleted: words("deleted"),
      wordsMoved: 0,
      changes: changes.length,
      moves: 0,
      typography: 0,
      structure: 0,
    },
  };
}

/** A text as the fake counts it. */
function countsOf(text: string): wire.Counts {
  const words = text.split(/\s+/).filter(Boolean).length;
  return {
    words,
    signs: text.length,
    signsWithoutSpaces: text.replace(/\s/g, "").length,
    readingMinutes: Math.ceil(words / 230),
  };
}
