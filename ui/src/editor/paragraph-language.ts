// The language of the paragraphs at the caret or selected, or of a phrase: declared, changed or left to be found out, by as
// few lines as that needs. Items, cells, notes and paragraphs of a quotation have it in a tag around their words; what stands
// by itself has it in tags on lines of their own.
import { isolateHistory } from "@codemirror/commands";
import { ensureSyntaxTree } from "@codemirror/language";
import { type ChangeSpec, EditorSelection, type EditorState, type TransactionSpec } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";
import {
  type Container,
  containerAt,
  containersOf,
  declaredAt,
  declaredOfBlock,
  langOf,
  type Phrase,
  phraseAt,
  proseAround,
  withLang,
} from "./declared";
import { isInCode } from "./where";

/** What the language would be said of, and what is said of it now; null of what is no text. */
export type Spoken = { kind: "phrase" | "paragraphs"; lang: string | null };

/** What the selection means. */
export function spokenAt(state: EditorState): Spoken | null {
  const meant = target(state);
  if (!meant) return null;
  if (meant.kind === "blocks") {
    const lang = declaredOfBlock(state, meant.from);
    return { kind: "paragraphs", lang };
  }
  const lang = meant.phrase ? meant.phrase.lang : null;
  return { kind: meant.whole ? "paragraphs" : "phrase", lang };
}

/** Whether a text is the tag of a language, in the form of BCP 47. */
export function isLanguageTag(tag: string): boolean {
  return /^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/i.test(tag) && tag.length <= 35;
}

/** Declares a language of what the selection means, or takes the declaration away; null where there is nothing to do. */
export function declareLanguage(state: EditorState, lang: string | null): TransactionSpec | null {
  const meant = target(state);
  if (!meant || (lang !== null && !isLanguageTag(lang))) return null;
  const edit = meant.kind === "phrase" ? ofPhrase(state, meant, lang) : ofBlocks(state, meant, lang);
  if (!edit) return null;
  return {
    ...edit,
    annotations: isolateHistory.of("full"),
    userEvent: "input.language",
    scrollIntoView: true,
  };
}

type Span = { from: number; to: number };
type Meant =
  | (Span & { kind: "phrase"; phrase: Phrase | null; whole: boolean })
  | (Span & { kind: "blocks"; empty: boolean });

/** How long the text may be parsed up to the selection, in milliseconds. */
const parsing = 200;

function target(state: EditorState): Meant | null {
  const { main } = state.selection;
  const tree = ensureSyntaxTree(state, main.to, parsing);
  if (!tree) return null;
  const { from, to } = trimmed(state, main);
  const block = proseAround(state, from);
  const within = block !== null && block.from <= from && block.to >= to;
  const words = within ? wordsOf(state, block) : null;
  if (within && words) {
    const phrase = phraseAround(state, from, to);
    // Tags within the words that are chosen hide nothing: they are part of them.
    const all = from <= words.from && to >= words.to;
    if (phrase && (main.empty || !all || isWhole(words, phrase)))
      return { kind: "phrase", ...inner(phrase), phrase, whole: isWhole(words, phrase) };
    if (!main.empty && !all && from < to) return { kind: "phrase", from, to, phrase: null, whole: false };
    if (!standsByItself(block)) return { kind: "phrase", ...words, phrase: null, whole: true };
  }
  // On the line of a tag, what stands between the tags is meant.
  const doc = state.doc;
  const container = containerAt(state, from);
  if (main.empty && container?.clean && container.lang !== null) {
    const { open, close } = container;
    if ((from >= open.from && from <= open.to) || (close && from >= close.from && from <= close.to)) {
      const inside = trimmed(state, { from: open.to, to: close ? close.from : doc.length });
      if (inside.from < inside.to)
        return {
          kind: "blocks",
          from: doc.lineAt(inside.from).from,
          to: doc.lineAt(inside.to).to,
          empty: false,
        };
    }
  }
  if (from === to && doc.lineAt(from).text.trim() === "") {
    const line = doc.lineAt(from);
    return { kind: "blocks", from: line.from, to: line.to, empty: true };
  }
  const beside = tree.topNode.childAfter(Math.max(0, from - 1));
  const first = beside && beside.from <= from ? beside : tree.topNode.childAfter(from);
  const last = tree.topNode.childBefore(Math.max(to, from + 1));
  if (!first || !last || first.name === "FrontMatter" || (main.empty && isInCode(state, from))) return null;
  const start = Math.min(first.from, from);
  return {
    kind: "blocks",
    from: doc.lineAt(start).from,
    to: doc.lineAt(Math.max(last.to, to, start)).to,
    empty: false,
  };
}

function trimmed(state: EditorState, { from, to }: Span): Span {
  const text = state.sliceDoc(from, to);
  const lead = text.length - text.trimStart().length;
  return lead === text.length ? { from, to: from } : { from: from + lead, to: from + text.trimEnd().length };
}

function inner({ open, close }: Phrase): Span {
  return { from: open.to, to: close.from };
}

function isWhole(words: Span, { open, close }: Phrase): boolean {
  return open.from <= words.from && close.to >= words.to;
}

/** The phrase that a selection stands in, or is, with its tags or without. */
function phraseAround(state: EditorState, from: number, to: number): Phrase | null {
  const phrase = phraseAt(state, from) ?? startingAt(state, from);
  return phrase && phrase.open.from <= from && phrase.close.to >= to ? phrase : null;
}

function startingAt(state: EditorState, from: number): Phrase | null {
  const tag = /^<[a-z]+\s[^<>]*>/i.exec(state.sliceDoc(from, from + 200))?.[0];
  return tag && langOf(tag) !== null ? phraseAt(state, from + tag.length) : null;
}

/** The words of a paragraph, a heading or a cell, without the marks before and behind them. */
function wordsOf(state: EditorState, block: SyntaxNode): Span {
  let { from } = block;
  let { to } = block;
  const [first, ...more] = block.getChildren("HeaderMark");
  if (block.name.startsWith("ATX") && first) {
    from = first.to;
    to = more.at(-1)?.from ?? to;
  } else if (first) to = first.from;
  const task = block.getChild("TaskMarker");
  if (task) from = task.to;
  return trimmed(state, { from, to });
}

/** Whether a block can have tags on lines of their own around it. */
function standsByItself(block: SyntaxNode): boolean {
  const { parent } = block;
  if (!parent || parent.name === "Document") return true;
  // A quotation that is one paragraph has them around all of it.
  return parent.name === "Blockquote" && parent.parent?.name === "Document" && countOf(parent) === 1;
}

function countOf(parent: SyntaxNode): number {
  let count = 0;
  for (let one = parent.firstChild; one; one = one.nextSibling) if (one.name !== "QuoteMark") count++;
  return count;
}

function ofPhrase(
  state: EditorState,
  { from, to, phrase }: Span & { phrase: Phrase | null },
  lang: string | null,
): TransactionSpec | null {
  const { main } = state.selection;
  if (!phrase) {
    if (lang === null || declaredAt(state, from) === lang) return null;
    const changes = state.changes([
      { from, insert: `<span lang="${lang}">` },
      { from: to, insert: "</span>" },
    ]);
    const place = (position: number): number => changes.mapPos(position, position <= from ? 1 : -1);
    return { changes, selection: EditorSelection.range(place(main.anchor), place(main.head)) };
  }
  const { open, close } = phrase;
  if (lang === phrase.lang) return null;
  const tag = withLang(state.sliceDoc(open.from, open.to), lang);
  // A tag that says nothing any more goes.
  const changes: ChangeSpec =
    lang === null && /^<(?:span|bdi)>$/i.test(tag) ? [open, close] : { ...open, insert: tag };
  return { changes };
}

function ofBlocks(
  state: EditorState,
  meant: Span & { empty: boolean },
  lang: string | null,
): TransactionSpec | null {
  const { doc } = state;
  let { from, to } = meant;
  const declares = (one: Container): boolean => one.clean && one.lang !== null;
  const tag = (one: Container): string => state.sliceDoc(one.open.from, one.open.to).trim();
  const end = (one: Container): number => one.close?.to ?? doc.length;
  const all = containersOf(state);
  // Tags that say something else stay in pairs.
  for (let grown = true; grown;) {
    grown = false;
    for (const one of all) {
      const crosses =
        one.open.from < from
          ? one.close && one.close.from >= from && one.close.to <= to
          : one.open.from <= to && end(one) > to;
      if (!crosses || declares(one)) continue;
      from = Math.min(from, one.open.from);
      to = Math.max(to, end(one));
      grown = true;
    }
  }
  const changes: { from: number; to?: number; insert?: string }[] = [];
  const before: string[] = [];
  const behind: string[] = [];
  const holds = (one: Container): boolean => one.open.from < from && end(one) > to;
  for (const one of all) {
    if (!declares(one) || holds(one) || one.open.from > to || end(one) < from) continue;
    const opensWithin = one.open.from >= from;
    const closesWithin = one.close !== null && one.close.to <= to;
    // What begins before and ends behind the last of these goes on to its own tag.
    if (opensWithin) changes.push(lineGone(state, one.open, true));
    else before.unshift(`</${one.name}>`);
    if (closesWithin && one.close) changes.push(lineGone(state, one.close, false));
    else if (opensWithin) behind.push(tag(one));
  }
  let around = containerAt(state, from);
  while (around && !holds(around)) around = around.parent;
  const own = around && declares(around) ? around : null;
  if (own && changes.length === 0 && own.lang === lang) return null;
  if (!own && lang === null && changes.length === 0) return null;
  if (own && own.lang !== lang && meant.empty) {
    const atEdge = besideEmpty(state, own, from, lang);
    if (atEdge) return atEdge;
  }
  if (own && own.lang !== lang) {
    const blank = (start: number, stop: number): boolean => state.sliceDoc(start, stop).trim() === "";
    const first = !meant.empty && blank(own.open.to, from);
    const last = !meant.empty && blank(to, own.close?.from ?? doc.length);
    const now = lang === null ? "" : withLang(tag(own), lang);
    if (!first) before.push(`</${own.name}>`, ...(now ? [now] : []));
    else if (now) changes.push({ from: own.open.from, to: own.open.to, insert: now });
    else changes.push(lineGone(state, own.open, true));
    if (!last) behind.unshift(...(now ? [`</${own.name}>`] : []), tag(own));
    else if (!now && own.close) changes.push(lineGone(state, own.close, false));
  } else if (!own && lang !== null) {
    before.push(`<div lang="${lang}">`);
    behind.unshift("</div>");
  }
  return spec(state, meant.empty, { from, to }, changes, before, behind);
}

/**
 * An empty line where a stretch begins or ends: at its end one goes on behind it, elsewhere it is all of the stretch that is
 * meant. Null amid it.
 */
function besideEmpty(
  state: EditorState,
  own: Container,
  from: number,
  lang: string | null,
): TransactionSpec | null {
  const end = own.close?.from ?? state.doc.length;
  const inside = trimmed(state, { from: own.open.to, to: end });
  if (inside.from < inside.to && from > inside.to && own.close) {
    const at = own.close.to;
    const lead = lang === null ? "\n\n" : `\n\n<div lang="${lang}">\n\n`;
    const insert = lang === null ? lead : `${lead}\n\n</div>`;
    return { changes: { from: at, insert }, selection: EditorSelection.cursor(at + lead.length) };
  }
  if (inside.from < inside.to && from > inside.from) return null;
  const tag = state.sliceDoc(own.open.from, own.open.to).trim();
  if (lang !== null)
    return { changes: { from: own.open.from, to: own.open.to, insert: withLang(tag, lang) } };
  const gone = lineGone(state, own.open, true);
  const close = own.close ? lineGone(state, own.close, false) : null;
  if (!close || close.from < gone.to)
    return { changes: { from: own.open.from, to: own.close?.to ?? gone.to } };
  return { changes: [gone, close] };
}

/** The change that takes a tag away with the blank lines between it and what it is around. */
function lineGone(state: EditorState, { from, to }: Span, opens: boolean): Span {
  const { doc } = state;
  const blank = (position: number): boolean => /\s/.test(doc.sliceString(position, position + 1));
  if (opens) {
    let end = to;
    while (end < doc.length && blank(end)) end++;
    // What is indented keeps that.
    return { from, to: end === doc.length ? end : Math.max(doc.lineAt(end).from, from) };
  }
  let start = from;
  while (start > 0 && blank(start - 1)) start--;
  return { from: start, to };
}

function spec(
  state: EditorState,
  empty: boolean,
  { from, to }: Span,
  made: { from: number; to?: number; insert?: string }[],
  before: string[],
  behind: string[],
): TransactionSpec {
  const { doc } = state;
  const { main } = state.selection;
  const first = doc.lineAt(from).number;
  const last = doc.lineAt(to).number;
  const isBlank = (line: number): boolean =>
    line < 1 || line > doc.lines || doc.line(line).text.trim() === "";
  const lead = before.length > 0 ? `${isBlank(first - 1) ? "" : "\n"}${before.join("\n\n")}\n\n` : "";
  const trail = behind.length > 0 ? `\n\n${behind.join("\n\n")}${isBlank(last + 1) ? "" : "\n"}` : "";
  if (empty) {
    const insert = lead + trail;
    return { changes: { from, to, insert }, selection: EditorSelection.cursor(from + lead.length) };
  }
  const changes = state.changes([
    ...(lead ? [{ from, insert: lead }] : []),
    ...made,
    ...(trail ? [{ from: to, insert: trail }] : []),
  ]);
  const place = (position: number): number => changes.mapPos(position, position <= from ? 1 : -1);
  return { changes, selection: EditorSelection.range(place(main.anchor), place(main.head)) };
}
