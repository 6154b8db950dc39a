// Finding a name by some of its letters, in order: "nar" finds « Nouvel article ».

/** A name that was found: how well, and which of its letters (UTF-16) were meant. */
export type FuzzyMatch = { score: number; marks: [number, number][] };

/** Letters without case and accents, one for one with those of the text. */
export function plainLetters(text: string): string {
  let plain = "";
  for (let i = 0; i < text.length; i++) {
    const one = text.charAt(i);
    const base = one.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    plain += base.length === 1 ? base : one;
  }
  return plain.replaceAll("’", "'");
}

/** Looks for the letters of `typed` in `name`; every word of `typed` must be found. Null when one is not. */
export function fuzzyMatch(typed: string, name: string): FuzzyMatch | null {
  const plain = plainLetters(name);
  const found: FuzzyMatch = { score: 0, marks: [] };
  for (const word of plainLetters(typed).split(/\s+/).filter(Boolean)) {
    const one = matchWord(word, plain);
    if (!one) return null;
    found.score += one.score;
    found.marks.push(...one.marks);
  }
  // Of two names that fit alike, the shorter one is meant.
  found.score -= name.length / 100;
  found.marks.sort((a, b) => a[0] - b[0]);
  return found;
}

function matchWord(word: string, plain: string): FuzzyMatch | null {
  let best: FuzzyMatch | null = null;
  for (let from = plain.indexOf(word); from >= 0; from = plain.indexOf(word, from + 1)) {
    const score = word.length * 4 + (startsWord(plain, from) ? 12 : 0) + (from === 0 ? 6 : 0);
    if (!best || score > best.score) best = { score, marks: [[from, from + word.length]] };
  }
  return best ?? scattered(word, plain);
}

function scattered(word: string, plain: string): FuzzyMatch | null {
  const marks: [number, number][] = [];
  let at = 0;
  let score = 0;
  for (const letter of word) {
    let next = -1;
    // A letter that begins a word goes before the nearest one.
    for (let i = at; i < plain.length; i++) {
      if (plain[i] !== letter) continue;
      if (next < 0) next = i;
      if (i === at || startsWord(plain, i)) {
        next = i;
        break;
      }
    }
    if (next < 0) return null;
    score += startsWord(plain, next) ? 3 : next === at ? 2 : -0.2;
    const last = marks.at(-1);
    if (last && last[1] === next) last[1] = next + 1;
    else marks.push([next, next + 1]);
    at = next + 1;
  }
  // Letters found here and there within words mean nothing.
  return score >= word.length * 1.2 ? { score, marks } : null;
}

function startsWord(plain: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(plain.charAt(at - 1));
}
