// Full search: asked as one types, the newest question's answer only.
import { backend, type Hit, type LibraryChanged, type Row } from "@/backend";
import { tellError } from "@/shared/notices.svelte";
import { library, openArticle } from "./library.svelte";

/** What is searched, and what was found. */
export const search = $state<{
  text: string;
  hits: Hit[];
  /** How many there are, those included that are not fetched yet. */
  total: number;
  milliseconds: number;
  /** The words looked for, to open an article at them. */
  words: string[];
  /** The question that `hits` answers; null before the first. */
  answered: string | null;
  cursor: number;
  /** The saved search that the question came from, though it may have been edited since. */
  saved: string | null;
}>({ text: "", hits: [], total: 0, milliseconds: 0, words: [], answered: null, cursor: 0, saved: null });

/** Milliseconds after a key before the question is asked. */
export const searchDelay = 30;
const hitsAtOnce = 40;
/** The library answers no more at a time. */
const mostHitsAtOnce = 500;
/** Fields of the search syntax whose values are not looked for in the texts; "title" is. */
const otherFields =
  /^(?:author|auteur|autrice|by|par|tag|mot|[eé]tiquette|section|rubrique|status|statut|lang|langue|language|before|avant|after|apr[eè]s|in|dans|is|est|has|avec)$/i;
/** Articles and the like that lose their vowel; they are no words of their own. */
const elided = /(?<![\p{L}\p{N}])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’]/giu;

let timer: ReturnType<typeof setTimeout> | undefined;
let questions = 0;
let fetchingMore = false;
/** What happens in the library while the newest question is asked: its answer may be older, and is brought up to date. */
let meanwhile: LibraryChanged[] | null = null;
/** Up to where the results of the library are known, of so many; those shown that were marked meanwhile may be none any more. */
let known = { next: 0, total: 0 };

/** Takes what was typed, shows the results and asks a moment later. */
export function searchFor(text: string): void {
  search.text = text;
  // Whoever begins with an empty field asks something new.
  if (text.trim() === "") search.saved = null;
  library.view = "search";
  clearTimeout(timer);
  timer = setTimeout(() => void askNow(), searchDelay);
}

/** Asks a question at once, perhaps that of a saved search, and shows the results. */
export function askFor(text: string, saved: string | null = null): void {
  clearTimeout(timer);
  const other = search.saved !== saved || search.answered !== text;
  search.text = text;
  search.saved = saved;
  library.view = "search";
  void askNow(!other);
}

/** Shows the results of the last question as they are now. */
export function showSearch(): void {
  if (library.view === "search") return;
  library.view = "search";
  searchAgain();
}

/** Asks again, after the library changed. */
export function searchAgain(): void {
  if (library.view !== "search" || search.text.trim() === "") return;
  clearTimeout(timer);
  timer = setTimeout(() => void askNow(true), 200);
}

/** Takes over what happened in the library. What was only marked (read, starred) stays in its place, as in the list. */
export async function takeHits(changes: LibraryChanged): Promise<void> {
  const { new: fresh, updated, deleted, moved, many } = changes;
  if (library.view !== "search") return;
  meanwhile?.push(changes);
  const before = new Map(search.hits.map(({ row }) => [row.id, row]));
  const onlyUpdated = !many && fresh.length + deleted.length + moved.length === 0 && updated.length <= 20;
  if (!onlyUpdated || updated.some((id) => !before.has(id))) return searchAgain();
  const rows = await Promise.all(updated.map((id) => backend.row(id)));
  const now = new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])));
  if (updated.some((id) => unmarked(now.get(id)) !== unmarked(before.get(id)))) return searchAgain();
  search.hits = search.hits.map((hit) => ({ ...hit, row: now.get(hit.row.id) ?? hit.row }));
}

/** Puts the cursor on a result. */
export function moveHit(to: number): void {
  const at = Math.max(0, Math.min(search.hits.length - 1, to));
  search.cursor = at;
  if (at >= search.hits.length - 5) void searchMore();
}

/** Fetches more results, near the end of those shown. */
export async function searchMore(): Promise<void> {
  const question = search.answered;
  if (fetchingMore || known.next >= known.total || question === null) return;
  const mine = questions;
  fetchingMore = true;
  try {
    let page = await backend.search(question, hitsAtOnce, known.next);
    // What was marked stays on the screen, but those behind it have moved up, or down again.
    const moved = page.total - known.total;
    if (moved !== 0) {
      known = { next: Math.max(0, known.next + moved), total: page.total };
      page = await backend.search(question, hitsAtOnce, known.next);
    }
    if (mine !== questions) return;
    const next = page.hits.length > 0 ? known.next + page.hits.length : page.total;
    known = { next, total: page.total };
    search.hits = together(search.hits, page.hits);
    search.total = search.hits.length + Math.max(0, page.total - next);
  } catch (error) {
    tellError(error);
  } finally {
    fetchingMore = false;
  }
}

/** Opens a result at the words found. */
export function openHit(index: number): void {
  const hit = search.hits[index];
  if (!hit) return;
  search.cursor = index;
  openArticle(hit.row.id, { find: [...search.words] });
}

/** The words that a question looks for in the texts: without what it excludes, and without fields and their values. */
export function searchedWords(question: string): string[] {
  const pieces = question.matchAll(/([-−–]?)(?:(\p{L}+):)?(?:["“«]([^"”»]*)["”»]?|(\S+))/gu);
  return [...pieces].flatMap(([, without, field, quoted, plain]) => {
    if (without || (field && otherFields.test(field))) return [];
    const words = `${field && !/^(?:title|titre)$/i.test(field) ? `${field} ` : ""}${quoted ?? plain ?? ""}`;
    // A single Latin letter would mark every word that begins with it.
    return (words.replace(elided, "").match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).filter(
      (word) => !/^\p{Script=Latin}$/u.test(word),
    );
  });
}

/** Forgets the question. */
export function clearSearch(): void {
  clearTimeout(timer);
  questions += 1;
  known = { next: 0, total: 0 };
  Object.assign(search, {
    text: "",
    hits: [],
    total: 0,
    milliseconds: 0,
    words: [],
    answered: null,
    cursor: 0,
    saved: null,
  });
}

/** Hits with those of a page that are not among them. */
function together(hits: Hit[], page: Hit[]): Hit[] {
  const ids = new Set(hits.map(({ row }) => row.id));
  // Each of a page is new once: between two pages the library may have changed.
  const fresh = page.filter(({ row }) => !ids.has(row.id) && ids.add(row.id));
  return [...hits, ...fresh];
}

function unmarked(row: Row | undefined): string {
  return JSON.stringify({ ...row, read: null, starred: null, progress: null });
}

async function askNow(again = false): Promise<void> {
  const mine = ++questions;
  meanwhile = [];
  const text = search.text.trim();
  if (text === "") {
    Object.assign(search, { hits: [], total: 0, words: [], answered: null, cursor: 0 });
    return;
  }
  try {
    const wanted = Math.max(hitsAtOnce, again ? search.hits.length : 0);
    const page = await backend.search(text, Math.min(wanted, mostHitsAtOnce), 0);
    let next = page.hits.length;
    // A long list does not become shorter for being asked again.
    while (mine === questions && next < Math.min(wanted, page.total)) {
      const more = await backend.search(text, Math.min(wanted - next, mostHitsAtOnce), next);
      if (more.hits.length === 0) break;
      page.hits.push(...more.hits);
      page.total = more.total;
      next += more.hits.length;
    }
    // A later question was asked meanwhile: this answer is stale.
    if (mine !== questions) return;
    const held = search.hits[search.cursor]?.row.id;
    known = { next, total: page.total };
    search.hits = together([], page.hits);
    search.total = search.hits.length + Math.max(0, page.total - next);
    search.milliseconds = page.milliseconds;
    search.words = searchedWords(text);
    search.answered = text;
    // The cursor stays on its article, and on its neighbour when that has left.
    const at = search.hits.findIndex(({ row }) => row.id === held);
    search.cursor = !again ? 0 : at >= 0 ? at : Math.max(0, Math.min(search.cursor, search.hits.length - 1));
    const missed = meanwhile ?? [];
    meanwhile = null;
    for (const changes of missed) void takeHits(changes).catch(tellError);
  } catch (error) {
    if (mine === questions) tellError(error);
  }
}
