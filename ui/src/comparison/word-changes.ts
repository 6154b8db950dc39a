// What changed between two texts, by whole words: a reader compares words, not letters.
import { Change, diff } from "@codemirror/merge";

/** The changes between two texts; each begins and ends at the borders of words. */
export function wordChanges(before: string, after: string): readonly Change[] {
  return changesOf(before, after, encode);
}

/** The same, but for what differs in its typography alone: apostrophes, quotation marks, dashes, dots, blanks. */
export function proseChanges(before: string, after: string): readonly Change[] {
  return changesOf(before, after, encodeProse);
}

function changesOf(before: string, after: string, encode: Encode): readonly Change[] {
  const signs = new Map<string, string>();
  const a = encode(before, signs);
  const b = encode(after, signs);
  // More different words than there are signs for: no text that is written by hand.
  if (!a || !b) return diff(before, after, { scanLimit: 1000, timeout: 300 });
  const changes: Change[] = [];
  for (const { fromA, toA, fromB, toB } of diff(a.signs, b.signs, { scanLimit: 4000, timeout: 300 })) {
    const change = new Change(at(a, fromA), at(a, toA), at(b, fromB), at(b, toB));
    const last = changes[changes.length - 1];
    // Two changed words with only a space between are read as one change.
    if (last && change.fromA > last.toA && /^[ \u00a0\u202f]+$/.test(before.slice(last.toA, change.fromA))) {
      changes[changes.length - 1] = new Change(last.fromA, change.toA, last.fromB, change.toB);
    } else changes.push(change);
  }
  return changes;
}

type Encoded = { signs: string; starts: number[]; end: number };
type Encode = (text: string, known: Map<string, string>) => Encoded | null;

const token = /[\p{L}\p{N}\p{M}_]+['’]?|[^\S\n]+|[^]/gu;

/** What a compositor sets otherwise is one token, however it is written; blanks inside of quotation marks, too. */
const proseToken =
  /[\p{L}\p{N}\p{M}_]+['’]?|[«“„][^\S\n]*|[^\S\n]*(?:[»”]|[:;!?%€])|\.\.\.|(?<![-–—])--(?!-)|[^\S\n]+|[^]/gu;

function encodeProse(text: string, known: Map<string, string>): Encoded | null {
  return encode(text, known, proseToken, (words) =>
    words
      .replace(/^(?:[«“„][^\S\n]*|[^\S\n]*[»”]|")$/u, '"')
      .replace(/^[^\S\n]+(?=[:;!?%€])/u, "")
      .replace(/^[^\S\n]+$/u, " ")
      .replace(/[‘’]/gu, "'")
      .replace("…", "...")
      .replace(/^(?:--|–|—)$/u, "—"),
  );
}

/** One sign for each different word, from where no surrogates are. */
function encode(
  text: string,
  known: Map<string, string>,
  tokens = token,
  fold = (words: string): string => words,
): Encoded | null {
  const starts: number[] = [];
  let signs = "";
  for (const found of text.matchAll(tokens)) {
    const words = fold(found[0]);
    let sign = known.get(words);
    if (sign === undefined) {
      const code = known.size < 0xd000 ? known.size + 1 : known.size + 0xe000 - 0xd000 + 1;
      if (code > 0xffff) return null;
      known.set(words, (sign = String.fromCharCode(code)));
    }
    signs += sign;
    starts.push(found.index);
  }
  return { signs, starts, end: text.length };
}

function at(encoded: Encoded, index: number): number {
  return encoded.starts[index] ?? encoded.end;
}
