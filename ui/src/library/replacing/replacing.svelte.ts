// Find and replace across the library: what is looked for, what was found, what stays as it is.
import { SvelteMap, SvelteSet } from "svelte/reactivity";
import { backend, type FoundArticle, type ReplaceOrigin, type ReplaceOutcome } from "@/backend";
import { unsaved } from "@/shared/unsaved.svelte";
import { targets } from "../actions";
import { library, refreshOverview, sheet, wholeLibrary } from "../library.svelte";
import { saveAll } from "../quitting";
import { picked, refreshRows } from "../rows.svelte";
import { search } from "../search.svelte";
import { offerUndo } from "../undo.svelte";
import { show } from "@/shared/notices.svelte";
import { t } from "@/shared/messages";

/** Which articles are looked through. */
export type Among = "library" | "section" | "shown" | "chosen";

/** What is looked for, as it was left: the dialog opens with it again. */
export const asked = $state({
  text: "",
  replacement: "",
  expression: false,
  case: false,
  wholeWords: false,
  exactAccents: true,
  exactTypography: false,
  frontMatter: false,
  origin: "any" as ReplaceOrigin,
  among: "library" as Among,
  section: "",
});

/** What a search found, and how far it is. */
export type FoundSoFar = {
  articles: FoundArticle[];
  looked: number;
  total: number;
  unreadable: number;
  more: boolean;
  over: boolean;
};

/** A search of the dialog: it fetches what is found until it is over, or another one begins. */
export class Places {
  found = $state.raw<FoundSoFar | null>(null);
  /** Whether what was found is what is asked now: only then it is replaced. */
  current = $state(false);
  /** Why what is looked for is no pattern. */
  problem = $state("");
  /** How many articles are done, while it replaces. */
  replacing = $state<number | null>(null);
  /** The places that stay as they are, by article. */
  readonly left = new SvelteMap<string, SvelteSet<number>>();
  #number: number | null = null;
  #asked = 0;

  /** Looks for what is asked; what is unsaved in the editor is saved before. */
  async find(): Promise<void> {
    const turn = ++this.#asked;
    this.current = false;
    this.problem = "";
    await saveAll();
    if (turn !== this.#asked) return;
    const begun = await backend.findPlaces({
      text: asked.text,
      replacement: asked.replacement,
      expression: asked.expression,
      case: asked.case,
      wholeWords: asked.wholeWords,
      anyAccents: !asked.exactAccents,
      anyTypography: !asked.exactTypography,
      frontMatter: asked.frontMatter,
      origin: asked.origin,
      ...amongOf(asked.among),
    });
    if (turn !== this.#asked) return;
    this.#number = begun.number;
    this.problem = begun.problem;
    this.left.clear();
    if (begun.number === null) {
      this.found = null;
      return;
    }
    let articles: FoundArticle[] = [];
    for (;;) {
      const part = await backend.foundPlaces(begun.number, articles.length);
      if (turn !== this.#asked) return;
      if (part.articles.length > 0) {
        articles = [...articles, ...part.articles];
        for (const article of part.articles) this.#leaveWhatIsNoProse(article);
      }
      const { looked, total, unreadable, more, over } = part;
      this.found = { articles, looked, total, unreadable, more, over };
      this.current = true;
      if (over) return;
      // What is there is shown at once; then it is asked for a few times a second.
      if (part.articles.length < 100) await new Promise((resolve) => setTimeout(resolve, 80));
    }
  }

  /** Ends the search, or the replacement; what is there stays. */
  async stop(): Promise<void> {
    if (this.#number !== null) await backend.cancelPlaces(this.#number);
  }

  /** Ends everything, and hears of nothing any more. */
  end(): void {
    this.#asked++;
    void this.stop().catch(() => undefined);
  }

  isTicked(id: string, place: number): boolean {
    return !(this.left.get(id)?.has(place) ?? false);
  }

  /** How many places of an article would change. */
  ticked(article: FoundArticle): number {
    return article.readOnly ? 0 : article.places.length - (this.left.get(article.id)?.size ?? 0);
  }

  tick(id: string, place: number, on: boolean): void {
    const left = this.#leftOf(id);
    if (on) left.delete(place);
    else left.add(place);
  }

  tickAll(article: FoundArticle, on: boolean): void {
    const left = this.#leftOf(article.id);
    article.places.forEach((_, place) => (on ? left.delete(place) : left.add(place)));
  }

  /** Replaces what is ticked, and offers to take it back; answers what it did. */
  async replace(): Promise<ReplaceOutcome | null> {
    if (this.#number === null || !this.found || !this.current) return null;
    await saveAll();
    const number = this.#number;
    const wanted = this.found.articles.filter((article) => this.ticked(article) > 0);
    // Words that could not be saved are not replaced over: their article is left, and told.
    const held = wanted.filter(({ id }) => unsaved.has(id));
    const ticked = wanted
      .filter(({ id }) => !unsaved.has(id))
      .map(({ id, hash, places }) => ({
        id,
        hash,
        left: [...(this.left.get(id) ?? [])],
        shown: places.length,
      }));
    this.replacing = 0;
    const timer = setInterval(
      () =>
        backend.replacedSoFar(number).then(
          (done) => this.replacing !== null && (this.replacing = done),
          () => undefined,
        ),
      200,
    );
    try {
      const outcome = await backend.replacePlaces(number, ticked);
      const waiting = held.map(({ id, title }) => ({ id, title, why: "busy" as const }));
      return { ...outcome, skipped: [...outcome.skipped, ...waiting] };
    } finally {
      clearInterval(timer);
      this.replacing = null;
    }
  }

  #leftOf(id: string): SvelteSet<number> {
    let left = this.left.get(id);
    if (!left) this.left.set(id, (left = new SvelteSet()));
    return left;
  }

  /** Code, addresses and names of files are shown, and stay unless they are ticked. */
  #leaveWhatIsNoProse(article: FoundArticle): void {
    const left = article.places.flatMap(({ prose }, place) => (prose ? [] : [place]));
    if (left.length > 0) this.left.set(article.id, new SvelteSet(left));
  }
}

/** The choices of articles that there are now. */
export function choicesOfArticles(): Among[] {
  const choices: Among[] = ["library"];
  choices.push("section");
  if (library.view === "list" || library.view === "search") choices.push("shown");
  if (targets().length > 0) choices.push("chosen");
  return choices;
}

/** The section that is at hand: that of the list, else that of the open article. */
export function sectionAtHand(): string {
  return library.query.section ?? sheet.row?.section ?? "";
}

/** Tells what was replaced, with a button to take it back. */
export function tellReplaced(outcome: ReplaceOutcome): void {
  void refreshRows();
  refreshOverview();
  const { key, articles, places } = outcome;
  if (key === null) return;
  offerUndo("replace-done", { articles, places }, async () => {
    await saveAll();
    const back = await backend.takeBackPlaces(key);
    void refreshRows();
    if (back.skipped.length > 0) {
      const titles = back.skipped
        .slice(0, 5)
        .map(({ title }) => title)
        .join(" · ");
      const args = { articles: back.articles, left: back.skipped.length };
      show({ kind: "problem", text: t("replace-back-some", args), hint: titles });
    } else show({ kind: "info", text: t("replace-back", { articles: back.articles }), hint: "" });
  });
}

function amongOf(among: Among): {
  list: typeof wholeLibrary | null;
  search: string | null;
  articles: string[];
} {
  const list = (query: typeof wholeLibrary) => ({ list: query, search: null, articles: [] });
  switch (among) {
    case "section":
      return list({ ...wholeLibrary, section: asked.section || null });
    case "shown":
      if (library.view === "search") return { list: null, search: search.text, articles: [] };
      return list({ ...library.query });
    case "chosen":
      return { list: null, search: null, articles: picked.ids.length > 0 ? [...picked.ids] : targets() };
    default:
      return list({ ...wholeLibrary });
  }
}
