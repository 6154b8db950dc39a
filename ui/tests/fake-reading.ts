// Articles that are read, and the passages marked in them, in memory.
import type * as wire from "../src/backend/bindings";
import { sectionNames } from "./fake-articles";
import { overview, counted } from "./fake-lists";
import {
  type Commands,
  fake,
  type FakeHighlight,
  failure,
  find,
  must,
  hash,
  change,
  changed,
  fold,
} from "./fake-state";

let marksMade = 0;

/** The commands. */
export const readingCommands = {
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
} satisfies Partial<Commands>;

export function everyMark(): wire.FoundHighlight[] {
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

/** What stands on the sheet: title, standfirst, text. */
function sheetOf(id: string): string {
  const { row, html } = must(id);
  const line = (words: string): string => words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return `<h1>${line(row.title)}</h1>${row.standfirst ? `<p>${line(row.standfirst)}</p>` : ""}${html}`;
}

/** Where the words stand now: where they were, else where they are said first, else nowhere. */
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
