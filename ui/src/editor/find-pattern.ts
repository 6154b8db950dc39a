// What is typed in the find panel, as a pattern: blind to accents, apostrophe forms and ligatures when wished.

/** How the words of the find panel are meant. */
export type FindOptions = {
  text: string;
  caseSensitive: boolean;
  wholeWord: boolean;
  regexp: boolean;
  exactAccents: boolean;
};

/** A pattern, made for a regular expression. */
export type FindPattern = { source: string; flags: string };

/** A pattern of what was typed; null when it is not one. */
export function findPattern(options: FindOptions): FindPattern | null {
  const flags = options.caseSensitive ? "gmu" : "gimu";
  const source = options.regexp ? options.text : words(options);
  try {
    new RegExp(source, flags);
    return { source, flags };
  } catch {
    return null;
  }
}

/** A part of a text. */
export type Part = { from: number; to: number };

/** Where a pattern is found in parts of a text, as starts and ends in turn; at most `most` places. It is looked for line by
 * line, as everywhere in the library: what it finds never reaches over a line end. */
export function findAll(
  text: string,
  parts: readonly Part[],
  { source, flags }: FindPattern,
  wholeWord: boolean,
  most: number,
): number[] {
  const pattern = new RegExp(source, flags);
  const places: number[] = [];
  for (const { from, to } of linesOf(text, parts)) {
    const line = text.slice(from, to);
    pattern.lastIndex = 0;
    for (let found = pattern.exec(line); found; found = pattern.exec(line)) {
      const start = from + found.index;
      const end = start + found[0].length;
      if (found[0] === "") pattern.lastIndex += 1;
      else if (!wholeWord || standsAlone(text, start, end)) places.push(start, end);
      if (places.length >= most * 2) return places;
    }
  }
  return places;
}

/** What stands in the place of what a pattern found at a place of a line, as it is typed in the find panel. */
export function replacementAt(
  line: string,
  at: number,
  { source, flags }: FindPattern,
  replacement: string,
  regexp: boolean,
): string {
  if (!regexp) return replacement;
  const pattern = new RegExp(source, `${flags}y`);
  pattern.lastIndex = at;
  const groups: (string | undefined)[] = pattern.exec(line) ?? [];
  const made = replacement.replace(
    /\\([nrt\\])|\$(?:([$&])|(\d{1,2}))/g,
    (typed: string, escape?: string, sign?: string, digits?: string) => {
      if (escape) return escapes[escape] ?? typed;
      if (sign) return sign === "$" ? "$" : (groups[0] ?? "");
      for (let length = digits?.length ?? 0; length > 0; length--) {
        const group = Number(digits?.slice(0, length));
        if (group > 0 && group < groups.length) return (groups[group] ?? "") + (digits?.slice(length) ?? "");
      }
      return typed;
    },
  );
  return made.replace(/\r\n?/g, "\n");
}

const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", "\\": "\\" };

function* linesOf(text: string, parts: readonly Part[]): Generator<Part> {
  for (const { from, to } of parts) {
    for (let start = from; start <= to;) {
      const next = text.indexOf("\n", start);
      const end = next < 0 || next > to ? to : next;
      yield { from: start, to: end };
      start = end + 1;
    }
  }
}

const letter = /[\p{L}\p{M}\p{N}_]/u;

/** Whether a place in a text begins and ends at the borders of words. */
export function standsAlone(text: string, from: number, to: number): boolean {
  return (
    !(letter.test(text.charAt(from - 1)) && letter.test(text.charAt(from))) &&
    !(letter.test(text.charAt(to)) && letter.test(text.charAt(to - 1)))
  );
}

function words(options: FindOptions): string {
  const text = options.text.normalize("NFC");
  if (options.exactAccents) return exact(text);
  let pattern = "";
  for (let at = 0; at < text.length;) {
    const pair = ligatures.find(([, letters]) => letters === text.slice(at, at + 2).toLowerCase());
    if (pair) {
      pattern += `(?:${text.slice(at, at + 2)}|${pair[0]}|${pair[0].toUpperCase()})`;
      at += 2;
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    pattern += blind(character);
    at += character.length;
  }
  return pattern;
}

/** Words to the accent, whether an accent is a part of its letter or stands behind it. */
function exact(text: string): string {
  const letters = [...text].map((character) => {
    const parts = character.normalize("NFD");
    return parts === character ? escaped(character) : `(?:${character}|${parts})`;
  });
  return `${letters.join("")}(?![\\u0300-\\u036f])`;
}

const ligatures: [string, string][] = [
  ["œ", "oe"],
  ["æ", "ae"],
];
const apostrophes = "'’ʼ‘";
const spaces = " \u00a0\u202f";

function blind(character: string): string {
  if (apostrophes.includes(character)) return `[${apostrophes}]`;
  if (spaces.includes(character)) return `[${spaces}]+`;
  const ligature = ligatures.find(([joined]) => joined === character.toLowerCase());
  if (ligature) return `(?:${character}|${ligature[1]})`;
  const base = character.normalize("NFD").replace(/\p{M}/gu, "");
  const forms = accented().get(base);
  return forms ? `[${base}${forms}]\\p{M}*` : escaped(character);
}

let table: Map<string, string> | undefined;

/** The accented letters of Latin by their letter without accent. */
function accented(): Map<string, string> {
  if (table) return table;
  table = new Map();
  for (let code = 0x41; code < 0x250; code++) {
    const character = String.fromCharCode(code);
    const base = character.normalize("NFD").replace(/\p{M}/gu, "");
    if (!/^[A-Za-z]$/.test(base)) continue;
    table.set(base, (table.get(base) ?? "") + (base === character ? "" : character));
  }
  return table;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
