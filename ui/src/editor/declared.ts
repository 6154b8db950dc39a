// The languages that a text declares of its blocks (`<div lang="en">` … `</div>`) and of its phrases (`<span lang="en">…</span>`),
// as the page has to know them: what Rust goes by is in `prose/declared`. Where tags of blocks stand is kept with the text, of
// lines that begin with one, for its tree may not reach so far; a key on any other line costs nothing.
import { syntaxTree } from "@codemirror/language";
import { type EditorState, type Extension, StateField, type Text, type Transaction } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

/** A stretch of blocks between two tags, or to the end of the text. */
export type Container = {
  name: string;
  /** The language that it declares, empty for none; null where it says nothing of it. */
  lang: string | null;
  /** The line of its first tag. */
  open: { from: number; to: number };
  /** The line of its last one. */
  close: { from: number; to: number } | null;
  /** What it stands in. */
  parent: Container | null;
  /** Each tag is alone on its line, and the line alone between blank ones. */
  clean: boolean;
};

/** A phrase between two tags. */
export type Phrase = { lang: string; open: Span; close: Span };

type Span = { from: number; to: number };

/** Keeps account of the languages that the text declares. */
export function declaredLanguages(): Extension {
  return marks;
}

/** The language that is declared of a position: of its phrase, else of its block; null where none is. */
export function declaredAt(state: EditorState, position: number): string | null {
  return phraseAt(state, position)?.lang ?? declaredOfBlock(state, position);
}

/** The language that is declared of the block at a position. */
export function declaredOfBlock(state: EditorState, position: number): string | null {
  const within = declaredWithin(state, position);
  if (within !== null) return within;
  for (let one = containerAt(state, position); one; one = one.parent) if (one.lang !== null) return one.lang;
  return null;
}

/** The innermost container of the text that a position stands in, between its tags or on one of their lines. */
export function containerAt(state: EditorState, position: number): Container | null {
  const { steps } = structure(state);
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.from ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1]?.container ?? null;
}

/** All containers, in the order in which they begin. */
export function containersOf(state: EditorState): readonly Container[] {
  return structure(state).containers;
}

/** The tags that are open before a position, the outer ones first. */
export function tagsAround(state: EditorState, position: number): string[] {
  const tags: string[] = [];
  let one = containerAt(state, position);
  while (one && one.open.from === position) one = one.parent;
  for (; one; one = one.parent) {
    const lang = one.lang === null ? "" : ` lang="${one.lang.replace(/["<>&]/g, "")}"`;
    tags.unshift(`<${one.name}${lang}>`);
  }
  return tags;
}

/** Stretches of the text whose declared language a change may have made another one. */
export function declaredAnew(transaction: Transaction): Span[] {
  const { startState, state, changes } = transaction;
  if (startState.field(marks, false) === state.field(marks, false)) return [];
  const { length } = state.doc;
  const before = new Map<string, Span>();
  const of = (one: Container, map: (position: number) => number): [string, Span] => {
    const from = map(one.open.from);
    const end = one.close ? map(one.close.from) : null;
    return [`${from} ${end ?? ""} ${one.lang}`, { from, to: end ?? length }];
  };
  for (const one of containersOf(startState))
    if (one.lang !== null) before.set(...of(one, (position) => changes.mapPos(position, 1)));
  const found: Span[] = [];
  for (const one of containersOf(state)) {
    if (one.lang === null) continue;
    const [key, span] = of(one, (position) => position);
    if (!before.delete(key)) found.push(span);
  }
  return [...found, ...before.values()].map(({ from, to }) => ({
    from: Math.min(from, length),
    to: Math.min(Math.max(from, to), length),
  }));
}

/** The innermost phrase with a language around a position. */
export function phraseAt(state: EditorState, position: number): Phrase | null {
  const block = proseAround(state, position);
  if (!block || position - block.from > longestBlock) return null;
  const text = state.sliceDoc(block.from, Math.min(block.to, position + longestBlock));
  if (!/<[a-z]+\s[^<>]*lang/i.test(text)) return null;
  const open: { name: string; lang: string | null; at: Span }[] = [];
  let found: Phrase | null = null;
  for (const tag of text.matchAll(inlineTags)) {
    const at = { from: block.from + tag.index, to: block.from + tag.index + tag[0].length };
    if (syntaxTree(state).resolveInner(at.from, 1).name !== "HTMLTag") continue;
    const name = tag[2]?.toLowerCase() ?? "";
    if (!tag[1]) {
      open.push({ name, lang: langOf(tag[0]), at });
      continue;
    }
    const index = open.findLastIndex((one) => one.name === name);
    if (index < 0) continue;
    for (const one of open.splice(index)) {
      const holds = one.at.to <= position && at.from >= position;
      if (!holds || one.lang === null) continue;
      // The innermost ends first.
      found ??= {
        lang: one.lang,
        open: one.at,
        close: one.name === name ? at : { from: at.from, to: at.from },
      };
    }
    if (found) return found;
  }
  return found;
}

/** The paragraph, heading or cell that a position stands in. */
export function proseAround(state: EditorState, position: number): SyntaxNode | null {
  for (const side of [-1, 1] as const) {
    let node: SyntaxNode | null = syntaxTree(state).resolveInner(position, side);
    for (; node; node = node.parent) if (prose.test(node.name)) return node;
  }
  return null;
}

const prose = /^(?:Paragraph|ATXHeading\d|SetextHeading\d|TableCell|Task)$/;

/** The language that the attributes of a tag name; null where they name none. */
export function langOf(tag: string): string | null {
  const found = langAttribute.exec(tag);
  return found ? (found[1] ?? found[2] ?? found[3] ?? "").trim() : null;
}

/** A tag with another language, or with none. */
export function withLang(tag: string, lang: string | null): string {
  const said = lang === null ? "" : ` lang="${lang}"`;
  if (langAttribute.test(tag)) return tag.replace(langAttribute, said);
  return tag.replace(/\s*\/?>$/, `${said}>`);
}

/** Whether a language is written from right to left; null where that is not known. */
export function runsFromRight(lang: string): boolean | null {
  const own = lang.toLowerCase().split(/[-_]/)[0] ?? "";
  if (/^(?:ar|ara|he|iw|fa|ur|yi|ps|sd|ug|dv|ckb|syr)$/.test(own)) return true;
  return /^(?:fr|fra|fre|en|eng)$/.test(own) ? false : null;
}

/** Whether a block of HTML declares a language or ends such a declaration, and nothing else; what it says then. */
export function declarationOf(state: EditorState, node: SyntaxNode): { lang: string } | "end" | null {
  if (node.to - node.from > longestTag) return null;
  const text = state.sliceDoc(node.from, node.to).trim();
  const opened = openAlone.exec(text);
  if (opened) {
    const lang = langOf(text);
    return lang === null ? null : { lang };
  }
  const name = closeAlone.exec(text)?.[1]?.toLowerCase();
  if (!name) return null;
  if (node.parent?.name === "Document") {
    const closed = structure(state).closed.get(state.doc.lineAt(node.from).from);
    return closed && closed.lang !== null && closed.clean ? "end" : null;
  }
  let depth = 1;
  for (const { name: other, closes, tag } of tagsBefore(state, node)) {
    if (other !== name) continue;
    depth += closes ? 1 : -1;
    if (depth === 0) return langOf(tag) === null ? null : "end";
  }
  return null;
}

const containerNames = "details|div|section|article|aside|figure|center|blockquote|header|footer";
const attributes = `(?:\\s+(?:"[^"]*"|'[^']*'|[^<>"'])*)?`;
const openAlone = new RegExp(`^<(?:${containerNames})${attributes}>$`, "i");
const closeAlone = new RegExp(`^</(${containerNames})\\s*>$`, "i");
const containerTags = new RegExp(`<(/?)(${containerNames})(?=[\\s>/])${attributes}/?>`, "gi");
const inlineTags = /<(\/?)([a-z]+)(?:\s(?:"[^"]*"|'[^']*'|[^<>"'])*)?>/gi;
const langAttribute = /\s(?:xml:)?lang\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/i;
/** Lines that begin a block of HTML, or code, or a comment. */
const telling = new RegExp(`^(?:</?(?:${containerNames})(?=[\\s>/])| {0,3}(?:\`{3}|~{3})|<!--)`, "i");
const tellingLines = new RegExp(telling.source, "gim");
const longestTag = 1000;
const longestBlock = 20_000;
/** A text with more such lines is no text of a writer. */
const mostMarks = 5000;

type Mark = { from: number; text: string };

/** The lines that may open or close something, in order. */
const marks = StateField.define<readonly Mark[]>({
  create: ({ doc }) => read(doc, 0, doc.length),
  update(value, { changes, docChanged, newDoc }) {
    if (!docChanged) return value;
    const anew: Span[] = [];
    changes.iterChangedRanges((_fromA, _toA, from, to) => {
      const span = { from: newDoc.lineAt(from).from, to: newDoc.lineAt(to).to };
      const last = anew.at(-1);
      if (last && span.from <= last.to) last.to = span.to;
      else anew.push(span);
    });
    const found = anew.flatMap(({ from, to }) => read(newDoc, from, to));
    if (value.length === 0 && found.length === 0) return value;
    const kept = value.flatMap((mark) => {
      const from = changes.mapPos(mark.from, 1);
      return anew.some((span) => from >= span.from && from <= span.to) ? [] : [{ from, text: mark.text }];
    });
    return [...kept, ...found].sort((a, b) => a.from - b.from).slice(0, mostMarks);
  },
});

function read(doc: Text, from: number, to: number): Mark[] {
  const text = doc.sliceString(from, to);
  const found: Mark[] = [];
  for (const { index } of text.matchAll(tellingLines)) {
    const end = text.indexOf("\n", index);
    found.push({
      from: from + index,
      text: text.slice(index, Math.min(end < 0 ? text.length : end, index + longestTag)),
    });
    if (found.length >= mostMarks) break;
  }
  return found;
}

type Structure = {
  containers: Container[];
  /** From which position on which container holds. */
  steps: { from: number; container: Container | null }[];
  /** Containers by the line of their last tag. */
  closed: Map<number, Container>;
};

const nothing: Structure = { containers: [], steps: [], closed: new Map() };
const known = new WeakMap<readonly Mark[], Structure>();

function structure(state: EditorState): Structure {
  const lines = state.field(marks, false);
  if (!lines || lines.length === 0) return nothing;
  let found = known.get(lines);
  if (!found) known.set(lines, (found = built(state, lines)));
  return found;
}

/** Deeper in each other, containers declare nothing. */
const mostOpen = 64;

function built({ doc }: EditorState, lines: readonly Mark[]): Structure {
  const { containers, steps, closed }: Structure = { containers: [], steps: [], closed: new Map() };
  let fence = "";
  let commentTo = -1;
  let open: Container[] = [];
  for (const { from, text } of lines) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(text)?.[1];
    if (fence) {
      if (mark?.startsWith(fence) && text.trim() === mark) fence = "";
      continue;
    }
    if (from < commentTo) continue;
    if (mark) {
      // What has a grave accent behind it is code within a line.
      if (mark.startsWith("~") || !text.trim().slice(mark.length).includes("`")) fence = mark;
      continue;
    }
    if (text.startsWith("<!--")) {
      commentTo = endOfComment(doc, from);
      continue;
    }
    const line = { from, to: doc.lineAt(from).to };
    const alone = text.trimEnd();
    const clean = (pattern: RegExp): boolean => pattern.test(alone) && standsAlone(doc, from);
    for (const [tag, slash, written = ""] of text.matchAll(containerTags)) {
      const name = written.toLowerCase();
      if (!slash) {
        if (open.length >= mostOpen) continue;
        const parent = open.at(-1) ?? null;
        const lang = langOf(tag);
        const one: Container = { name, lang, open: line, close: null, parent, clean: clean(openAlone) };
        containers.push(one);
        open.push(one);
        continue;
      }
      const index = open.findLastIndex((one) => one.name === name);
      const one = open[index];
      if (!one) continue;
      one.close = line;
      one.clean &&= clean(closeAlone);
      closed.set(line.from, one);
      open = open.slice(0, index);
    }
    // On the line of a last tag, its container still holds.
    const ended = closed.get(line.from);
    steps.push({ from: line.from, container: open.at(-1) ?? ended ?? null });
    if (ended) steps.push({ from: line.to + 1, container: open.at(-1) ?? null });
  }
  return { containers, steps, closed };
}

function standsAlone(doc: Text, from: number): boolean {
  const { number } = doc.lineAt(from);
  const blank = (line: number): boolean => line < 1 || line > doc.lines || doc.line(line).text.trim() === "";
  return blank(number + 1) && (blank(number - 1) || number === 1);
}

function endOfComment(doc: Text, from: number): number {
  for (let at = from; at < doc.length; at += longestBlock) {
    const found = doc.sliceString(at, at + longestBlock + 3).indexOf("-->");
    if (found >= 0) return at + found;
  }
  return doc.length;
}

/** What is declared within the quotations and items that a position stands in. */
function declaredWithin(state: EditorState, position: number): string | null {
  let node = proseAround(state, position) ?? syntaxTree(state).resolveInner(position, -1);
  for (; node.parent; node = node.parent) {
    if (!/^(?:Blockquote|ListItem|FootnoteDefinition)$/.test(node.parent.name)) continue;
    const closed: string[] = [];
    for (const { name, closes, tag } of tagsBefore(state, node)) {
      if (closes) closed.push(name);
      else if (closed.at(-1) === name) closed.pop();
      else {
        const lang = langOf(tag);
        if (lang !== null) return lang;
      }
    }
  }
  return null;
}

/** So many blocks before one are looked at, within a quotation or an item. */
const mostBefore = 200;

/** The tags of containers in blocks of HTML before one, within what it stands in, the nearest first. */
function* tagsBefore(
  state: EditorState,
  node: SyntaxNode,
): Generator<{ name: string; closes: boolean; tag: string }> {
  let other = node.prevSibling;
  for (let count = 0; other && count < mostBefore; other = other.prevSibling, count++) {
    if (other.name !== "HTMLBlock" || other.to - other.from > longestTag) continue;
    const tags = [...state.sliceDoc(other.from, other.to).matchAll(containerTags)];
    for (const [tag, slash, name = ""] of tags.reverse())
      yield { name: name.toLowerCase(), closes: slash === "/", tag };
  }
}
