// Where sentences end within a block, by the rules of `edito-prose`'s `sentences/bounds`: the boundaries of Unicode
// (UAX 29), taken back where French, English and Arabic go on: behind abbreviations and initials, behind the number of
// an item, and where what follows begins small (« Mot ? » dit-il). Both are tried on the same table of cases.

/** The positions at which the sentences of a text end, in order; the last one is its end. Blanks behind are their own. */
export function sentenceEnds(text: string): number[] {
  const found = new Set<number>([text.length]);
  for (const piece of unicodeEnds(text)) found.add(pastClosers(text, piece));
  for (const at of moreEnds(text)) found.add(at);
  const ends: number[] = [];
  let from = 0;
  for (const at of [...found].sort((a, b) => a - b)) {
    if (at <= from || (at < text.length && goesOn(text, from, at))) continue;
    ends.push(at);
    from = at;
  }
  return ends;
}

/** The sentence of a text that a position is in; between two, the one that follows. */
export function sentenceAt(text: string, position: number): { from: number; to: number } {
  let from = 0;
  for (const to of sentenceEnds(text)) {
    if (position < to || to === text.length) return { from, to };
    from = to;
  }
  return { from, to: text.length };
}

/** Behind these, a name follows; they are written with a capital. */
const titles = words(
  "m mm mme mmes mlle mlles dr drs pr prof mgr st ste mr mrs ms gen gén col capt lt sgt rev sen rep gov hon",
);
/** Behind these, a number follows, or they end a sentence as any word does. */
const references = words(
  "art p pp vol chap ch fig no nos n t sect pl ill l ص ج ع ط janv févr avr juil sept oct nov déc",
);
/** Behind these the sentence goes on. */
const within = words("cf ex e.g i.e viz vs av ap apr env trad dir coll ca approx al éd eds ibid resp د أ");

function words(list: string): Set<string> {
  return new Set(list.split(" "));
}

let segmenter: Intl.Segmenter | null | undefined;

function* unicodeEnds(text: string): Generator<number> {
  // A system whose page has no segmenter takes the block for one sentence, but for what is found besides.
  segmenter ??=
    typeof Intl.Segmenter === "function" ? new Intl.Segmenter("en", { granularity: "sentence" }) : null;
  if (!segmenter) return;
  for (const { index, segment } of segmenter.segment(text)) yield index + segment.length;
}

/** A closing mark, with the blank before it that French has, belongs to what it closes. */
function pastClosers(text: string, end: number): number {
  const at = pastNote(text, end);
  const closed = /^\s*[»”’)\]]+\s*/u.exec(text.slice(at, at + 40));
  return closed ? at + closed[0].length : at;
}

/** The number of a note, glued to the sentence that it is about: `word.[1]`, `word.[^1]`, `word.²`. */
function pastNote(text: string, at: number): number {
  const from = text[at - 1] === "[" ? at - 1 : at;
  const note = /^(?:[⁰¹²³⁴-⁹]+|\[\^?\d{1,3}\])\s*/u.exec(text.slice(from, from + 40));
  return note ? from + note[0].length : at;
}

/** Ends that Unicode does not see: an ellipsis before a capital, and any end before the dash of another speaker. */
function* moreEnds(text: string): Generator<number> {
  const ends = /[….!?؟][»”)\]\u00a0\u202f]*\s+(?=[—–])|…[»”)\]\u00a0\u202f]*\s+(?=[\p{Uppercase}«“])/gu;
  for (const found of text.matchAll(ends)) yield found.index + found[0].length;
}

/** Whether what stands behind a boundary still belongs to the sentence that began at `from`. */
function goesOn(text: string, from: number, at: number): boolean {
  const after = text.slice(at, at + 80).trimStart();
  if (/^[,;:.!?]|^[\s—–-]*\p{Lowercase}/u.test(after)) return true;
  const before = text.slice(Math.max(from, at - 60), at).trimEnd();
  if (!before.endsWith(".")) return false;
  const stopped = before.slice(0, -1);
  // "1." before what it numbers.
  if (at - from <= 60 && /^\s*\p{N}{1,7}$/u.test(stopped)) return true;
  const parts = stopped.split(/[\s([«“’'‑-]/u);
  const last = parts.pop() ?? "";
  // Long words are no abbreviations.
  if (last === "" || last.length > 16) return false;
  const small = last.toLowerCase();
  return (
    within.has(small) ||
    (/^\p{Uppercase}/u.test(last) && titles.has(small)) ||
    (references.has(small) && /^(?:\p{N}|[IVXLCDM]+(?![\p{L}\p{N}]))/u.test(after)) ||
    areInitials(last) ||
    // A title in Arabic, and the sign of an era behind a year.
    (last === "م" && !/^\p{N}+$/u.test(parts.pop() ?? ""))
  );
}

/** "P", "J.R.R", "U.S"; but "I" is a word. */
function areInitials(word: string): boolean {
  return word !== "I" && /^\p{Uppercase}(?:\.\p{Uppercase})*$/u.test(word);
}
