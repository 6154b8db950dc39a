// Articles that are made, moved, put together and thrown away, in memory.
import { article, sectionNames } from "./fake-articles";
import { type Commands, fake, failure, must, hash, changed } from "./fake-state";
import { beginWith } from "./fake-templates";
import { textView } from "./fake-writing";

/** The commands. */
export const filingCommands = {
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
    const trashed = trash(others.map(({ row }) => row.id));
    return { article: first.row, before, hash: hash(first.text), trashed };
  },
  trashArticles: async (ids) => trash(ids),
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
  conflictCopies: async () =>
    fake.conflicts.map(({ copy, original }) => ({ copy: must(copy).row, original: must(original).row })),
} satisfies Partial<Commands>;

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

function trash(ids: string[]) {
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
}
