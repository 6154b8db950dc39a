// What is typed in the find panel, as a pattern: blind to accents, apostrophe forms and ligatures when wished.

/** How the words of the find panel are meant. */
export type FindOptions = {
  text: string;
  caseSensitive: boolean;
  wholeWord: boolean;
  regexp: boolean;
  exactAccents: boolean;
};

/** A pattern for a regular expression, or null when what was typed is not one. */
export function findPattern(options: FindOptions): { source: string; flags: string } | null {
  const flags = options.caseSensitive ? "gmu" : "gimu";
  const source = options.regexp ? options.text : words(options);
  try {
    new RegExp(source, flags);
    return { source, flags };
  } catch {
    return null;
  }
}

/** Where a pattern is found, as starts and ends in turn; at most `most` places. */
export function findAll(
  text: string,
  source: string,
  flags: string,
  wholeWord: boolean,
  most: number,
): number[] {
  const pattern = new RegExp(source, flags);
  const places: number[] = [];
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const end = found.index + found[0].length;
    if (found[0] === "") pattern.lastIndex += 1;
    else if (!found[0].includes("\n") && (!wholeWord || standsAlone(text, found.index, end)))
      places.push(found.index, end);
    if (places.length >= most * 2) break;
  }
  return places;
}

const letter = /[\p{L}\p{N}_]/u;

/** Whether a place in a text begins and ends at the borders of words. */
export function standsAlone(text: string, from: number, to: number): boolean {
  return (
    !(letter.test(text.charAt(from - 1)) && letter.test(text.charAt(from))) &&
    !(letter.test(text.charAt(to)) && letter.test(text.charAt(to - 1)))
  );
}

function words(options: FindOptions): string {
  const text = options.text.normalize("NFC");
  if (options.exactAccents) return escaped(text);
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
