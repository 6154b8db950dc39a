// Lists and searches of a library, in memory.
import type * as wire from "../src/backend/bindings";
import { sectionNames } from "./fake-articles";
import { fakeCollections } from "./fake-collections";
import { everyMark } from "./fake-reading";
import { type Commands, fake, failure, find, fold } from "./fake-state";

/** The list that a library opens with. */
export const wholeLibrary: wire.ListQuery = {
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

let longList: { key: string; rows: wire.Row[] } | undefined;

/** The commands. */
export const listCommands = {
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
} satisfies Partial<Commands>;

export function page(query: wire.ListQuery, offset: number, limit: number): wire.ListPage {
  const all = listed(query);
  return {
    total: all.length,
    offset,
    rows: all.slice(offset, offset + limit),
    generation: fake.generation,
  };
}

export function overview(): wire.Overview {
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

function marks(text: string, words: string[]): [number, number][] {
  const folded = fold(text);
  if (folded.length !== text.length) return [];
  return words
    .map((word): [number, number] => [folded.indexOf(word), folded.indexOf(word) + word.length])
    .filter(([from]) => from >= 0)
    .sort((a, b) => a[0] - b[0]);
}

export function counted(values: string[]): wire.Facet[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count);
}
