// Tags that the reader gives, on one article or several, and those that files have.
import { backend, type Facet, type Row } from "@/backend";
import { fuzzyMatch, plainLetters } from "@/shared/fuzzy";
import { tell } from "@/shared/notices.svelte";
import { edit } from "./actions";
import { refreshOverview } from "./library.svelte";
import { refreshRows } from "./rows.svelte";
import { searchAgain } from "./search.svelte";
import { offerUndo, remember } from "./undo.svelte";

/** A tag on some articles: how many have it, and how many of them because their reader gave it. */
export type GivenTag = { name: string; on: number; own: number };

/** A tag that could be given: one that is known, or a new one. */
export type Choice = { name: string; count: number; isNew: boolean; marks: [number, number][] };

const choicesAtOnce = 8;

/** A tag as it is kept: without number signs before it and without needless spaces; empty when nothing is left. */
export function cleanTag(typed: string): string {
  const tag = typed.trim().replace(/^#+/, "").split(/\s+/).filter(Boolean).join(" ");
  return /[\p{L}\p{N}]/u.test(tag) ? tag : "";
}

/** The tags of some articles, in the order in which they are met. */
export function tagsOf(rows: Row[]): GivenTag[] {
  const met = new Map<string, GivenTag>();
  for (const row of rows) {
    for (const name of row.tags) {
      const tag = met.get(name) ?? { name, on: 0, own: 0 };
      tag.on += 1;
      if (row.ownTags.includes(name)) tag.own += 1;
      met.set(name, tag);
    }
  }
  return [...met.values()];
}

/** What completes the words typed: known tags that not all articles have, the best first, and the words themselves. */
export function completions(typed: string, known: Facet[], rows: Row[]): Choice[] {
  const everywhere = (name: string): boolean => rows.every((row) => row.tags.includes(name));
  const wanted = cleanTag(typed);
  const found = known
    .filter(({ value }) => !everywhere(value))
    .flatMap(({ value, count }) => {
      const match = wanted === "" ? { score: 0, marks: [] } : fuzzyMatch(wanted, value);
      return match ? [{ name: value, count, isNew: false, ...match }] : [];
    })
    // Sorting keeps the order of those that fit alike: the most used first.
    .sort((a, b) => b.score - a.score)
    .slice(0, choicesAtOnce)
    .map(({ name, count, isNew, marks }): Choice => ({ name, count, isNew, marks }));
  if (wanted === "" || known.some(({ value }) => value === wanted) || everywhere(wanted)) {
    const same = found.findIndex(({ name }) => name === wanted);
    return same > 0 ? [...found.splice(same, 1), ...found] : found;
  }
  const made: Choice = { name: wanted, count: 0, isNew: true, marks: [] };
  // What only differs in case and accents is most likely what is meant.
  const alike = found.some(({ name }) => plainLetters(name).startsWith(plainLetters(wanted)));
  return alike ? [...found, made] : [made, ...found];
}

/** Gives a tag to those of the articles that do not have it; answers their rows as they are now. */
export async function giveTag(rows: Row[], tag: string): Promise<Row[]> {
  const ids = rows.filter((row) => !row.tags.includes(tag)).map(({ id }) => id);
  if (ids.length === 0) return rows;
  await backend.tag(ids, tag);
  const undo = async (): Promise<void> => {
    await backend.untag(ids, tag);
    show(ids, (row) => without(row, tag));
  };
  remember({ undo });
  show(ids, (row) => withTag(row, tag));
  return rows.map((row) => (ids.includes(row.id) ? withTag(row, tag) : row));
}

/** Takes a tag of the reader's own from the articles; answers their rows as they are now. */
export async function takeTag(rows: Row[], tag: string): Promise<Row[]> {
  const ids = rows.filter((row) => row.ownTags.includes(tag)).map(({ id }) => id);
  if (ids.length === 0) return rows;
  const kept = new Set(await backend.untag(ids, tag));
  const undo = async (): Promise<void> => {
    await backend.tag(ids, tag);
    show(ids, (row) => withTag(row, tag));
  };
  remember({ undo });
  const change = (row: Row): Row => (kept.has(row.id) ? disowned(row, tag) : without(row, tag));
  show(ids, change);
  return rows.map((row) => (ids.includes(row.id) ? change(row) : row));
}

/** Tells how many articles a tag was renamed in; taking that back is only offered where nothing was merged. */
export function tellRenamed(from: string, to: string, count: number, merged: boolean): void {
  const args = { from, to, count };
  if (merged) {
    tell("done", "tag-renamed", args);
    return;
  }
  offerUndo("tag-renamed", args, () => renameBack(from, to));
}

async function renameBack(from: string, to: string): Promise<void> {
  await backend.renameTag(to, from);
  refreshOverview();
  await refreshRows();
}

function show(ids: string[], change: (row: Row) => Row): void {
  edit(ids, change);
  refreshOverview();
  searchAgain();
  void refreshRows();
}

function withTag(row: Row, tag: string): Row {
  if (row.tags.includes(tag)) return row;
  return { ...row, tags: [...row.tags, tag], ownTags: [...row.ownTags, tag] };
}

function without(row: Row, tag: string): Row {
  return { ...disowned(row, tag), tags: row.tags.filter((other) => other !== tag) };
}

function disowned(row: Row, tag: string): Row {
  return { ...row, ownTags: row.ownTags.filter((other) => other !== tag) };
}
