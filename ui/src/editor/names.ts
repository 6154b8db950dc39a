// Names completed at the caret: articles behind "[[", authors behind "@".
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { fuzzyMatch, plainLetters } from "@/shared/fuzzy";
import { isInCitation } from "./citations";
import { editorServices, type NamedArticle } from "./services";
import { isInAddress, isInCode, isInFrontMatter } from "./where";

/** The articles whose title has the words behind "[[". */
export async function articleNames(context: CompletionContext): Promise<CompletionResult | null> {
  const { state, pos } = context;
  const found = context.matchBefore(/\[\[[^[\]|\n]{0,100}$/);
  const { articles } = state.facet(editorServices);
  // "[[>" is for passages.
  if (found?.text.startsWith("[[>")) return null;
  if (!found || !articles || state.readOnly || isInCode(state, pos)) return null;
  // `![[…]]` shows a file of a vault.
  if (state.sliceDoc(found.from - 1, found.from) === "!") return null;
  const typed = found.text.slice(2);
  const named = await articles(typed);
  if (context.aborted || named.length === 0) return null;
  const times = new Map<string, number>();
  for (const { title } of named) times.set(title, (times.get(title) ?? 0) + 1);
  return {
    from: found.from + 2,
    filter: false,
    options: named.map((article) => ({
      label: article.title || article.path,
      detail: article.sectionName,
      apply: insertWith(`${wikiLinkTo(article, (times.get(article.title) ?? 0) > 1)}]]`, "]]"),
    })),
    getMatch: ({ label }) => fuzzyMatch(typed, label)?.marks.flat() ?? [],
  };
}

/** The authors of the library whose name has the letters behind "@". */
export function authorNames(context: CompletionContext): CompletionResult | null {
  const { state, pos } = context;
  const found = context.matchBefore(/@[\p{L}\p{M}'’. -]{0,50}$/u);
  const { authors } = state.facet(editorServices);
  if (
    !found ||
    !authors ||
    state.readOnly ||
    isInCitation(state, pos) ||
    !isNamePlace(state, found.from, pos)
  )
    return null;
  const typed = found.text.slice(1);
  // A name has a few words; what goes on after it is the sentence.
  if (/^\s/.test(typed) || typed.split(" ").length > 4) return null;
  const named = authors().flatMap((name, index) => {
    const match = begins(typed, name) ? fuzzyMatch(typed, name) : null;
    return match ? [{ name, rank: typed ? -match.score : index }] : [];
  });
  if (named.length === 0) return null;
  named.sort((a, b) => a.rank - b.rank);
  return {
    from: found.from,
    filter: false,
    options: named.slice(0, mostNames).map(({ name }) => ({ label: name, apply: insertWith(name) })),
    getMatch: ({ label }) => fuzzyMatch(typed, label)?.marks.flat() ?? [],
    update: (_result, _from, _to, next) => authorNames(next),
  };
}

/**
 * What stands between the brackets of a link to an article: its title, where that leads to it and nowhere else, or its
 * path in the library with the title as the words that are shown.
 */
export function wikiLinkTo({ title, path }: Pick<NamedArticle, "title" | "path">, shared: boolean): string {
  const name = title.trim();
  // Titles that would be read as an address, as a path, or as a part of one; and brackets, which end the link.
  const misread = /[[\]|#?%\\/\n]|^[.@]|^[\w+.-]{2,}:|\.(?:md|markdown)$/i;
  if (name && !shared && !misread.test(name)) return name;
  const target = `/${path.replace(/\.(?:md|markdown)$/i, "")}`.replace(/[%#?[\]|]/g, encodeURIComponent);
  const words = name.replace(/[[\]|\s]+/g, " ").trim();
  return words ? `${target}|${words}` : target;
}

/** Whether each word that was typed begins a word of a name: a handle such as `@site` is to stay what it is. */
function begins(typed: string, name: string): boolean {
  const words = (text: string): string[] =>
    plainLetters(text)
      .split(/[^\p{L}\p{M}]+/u)
      .filter(Boolean);
  const ofName = words(name);
  return words(typed).every((word) => ofName.some((one) => one.startsWith(word)));
}

/** So many authors are offered at once. */
const mostNames = 12;

/** Whether a name can stand there: at the beginning of a word, in prose, or as an author in the front matter. */
function isNamePlace(state: EditorState, at: number, position: number): boolean {
  const before = state.sliceDoc(Math.max(0, at - 1), at);
  if (before !== "" && !/[\s([{«“"'’—–:,]/.test(before)) return false;
  if (isInFrontMatter(state, position)) {
    return /^\s*(?:-\s|\[|(?:authors?|auteure?s?|byline|by|name|nom)\s*[:=])/i.test(
      state.doc.lineAt(at).text,
    );
  }
  return !isInCode(state, position) && !isInAddress(state, position);
}

/** Puts words in the place of what was typed; `end` is not put in twice when it is there already. */
function insertWith(words: string, end = ""): Exclude<Completion["apply"], string | undefined> {
  return (view: EditorView, _option, from, to) => {
    const there = end !== "" && view.state.sliceDoc(to, to + end.length) === end;
    view.dispatch({
      changes: { from, to: there ? to + end.length : to, insert: words },
      selection: { anchor: from + words.length },
      userEvent: "input.complete",
      scrollIntoView: true,
    });
  };
}
