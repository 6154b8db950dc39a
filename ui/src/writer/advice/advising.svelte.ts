// Advice for the texts that are written: asked of the other side, without what the writer does not want to hear.
import type { EditorView } from "@codemirror/view";
import { SvelteSet } from "svelte/reactivity";
import { backend, type Voucher } from "@/backend";
import { type Advice, type AdviceAnswer, type AdviceQuestion, adviseAnew, dropAdvice } from "@/editor/advice";
import { hasMessage, t } from "@/shared/messages";
import { tell, tellError } from "@/shared/notices.svelte";
import { choices, english, french, kindsWanted, rulesOff, turnRule } from "./choices";

/** What the views show of advice. */
export const advising = $state<{
  /** Whether the panel stands beside the text that is worked on. */
  panel: boolean;
}>({ panel: false });

/** Words that a writer ignores, by article, until Édito is closed. */
const ignored = new Map<string, SvelteSet<string>>();
const suggested = new Map<string, Promise<string[]>>();
let told = false;

/** What is said of a text, or of some of it; what the library knows of the article is in `row`. */
export async function adviseOn(
  article: string,
  row: { section: string; lang: string | null } | null,
  { text, head, lang: known, within }: AdviceQuestion,
): Promise<AdviceAnswer | null> {
  const kinds = kindsWanted();
  const lang = known ?? row?.lang ?? null;
  if (kinds.length === 0) return { lang: lang ?? "und", advice: [] };
  try {
    const found = await backend.advise({
      text,
      head,
      within,
      lang,
      section: row?.section ?? null,
      article,
      kinds,
      french: french(),
      english: english(),
    });
    if (found.problem) tellError(found.problem);
    told = false;
    const off = new Set(rulesOff());
    const without = ignored.get(article);
    const wanted = found.advice.filter(
      (one) => !off.has(one.rule) && !without?.has(nameOf(one, text.slice(one.from, one.to))),
    );
    return { lang: found.lang, advice: wanted };
  } catch (error) {
    // Once, and not at every key.
    if (!told) tellError(error);
    told = true;
    return null;
  }
}

/** What could stand in the place of words; asked for once. */
export function fixesOf(one: Pick<Advice, "kind" | "fixes" | "words" | "lang">): Promise<string[]> {
  if (one.kind !== "spelling") return Promise.resolve(one.fixes);
  const key = JSON.stringify([one.lang, one.words, choices()]);
  let found = suggested.get(key);
  if (!found) {
    found = backend.spellingSuggestions(one.words, one.lang, french(), english());
    if (suggested.size >= mostSuggested) suggested.clear();
    suggested.set(key, found);
    found.catch(() => suggested.delete(key));
  }
  return found;
}

/** Vouches for the words that something is said of, and offers to take it back. */
export async function vouchFor(view: EditorView, one: Advice, voucher: Voucher): Promise<void> {
  const word = one.words;
  try {
    await backend.vouchForWord(word, voucher);
  } catch (error) {
    tellError(error);
    return;
  }
  suggested.clear();
  dropAdvice(view, (other) => other.kind === "spelling" && other.words === word);
  // Forms of it, at the head of a sentence for instance.
  view.dispatch({ effects: adviseAnew.of(null) });
  tell(
    "done",
    `advice-vouched-${voucher}`,
    { word },
    {
      label: t("advice-take-back"),
      run: async () => {
        await backend.vouchNoMore(word, voucher);
        suggested.clear();
        view.dispatch({ effects: adviseAnew.of(null) });
      },
    },
  );
}

/** Says no more of these words in this text, until Édito is closed. */
export function ignore(view: EditorView, article: string, one: Advice): void {
  const name = nameOf(one, one.words);
  let words = ignored.get(article);
  if (!words) ignored.set(article, (words = new SvelteSet()));
  words.add(name);
  dropAdvice(view, (other) => nameOf(other, other.words) === name);
  const undo = (): void => {
    words.delete(name);
    view.dispatch({ effects: adviseAnew.of(null) });
  };
  tell("done", "advice-ignored", { word: one.words }, { label: t("advice-take-back"), run: undo });
}

/** Turns a rule off, in all texts. */
export function turnOff(one: Advice): void {
  const { rule } = one;
  turnRule(rule, false);
  const undo = (): void => turnRule(rule, true);
  tell("done", "advice-rule-off", { rule: ruleName(one) }, { label: t("advice-take-back"), run: undo });
}

/** A rule in words; its note where the messages have none. */
export function ruleName({ rule, note }: Pick<Advice, "rule" | "note">): string {
  const key = `advice-rule-${rule}`;
  return hasMessage(key) ? t(key) : (note ?? rule);
}

const mostSuggested = 500;

/** What is ignored is known by: the rule, and the words. */
function nameOf({ rule }: { rule: string }, words: string): string {
  return `${rule}\u0000${words}`;
}
