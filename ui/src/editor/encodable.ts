// What a file's encoding has bytes for, so that typography sets nothing that could not be saved.

const noBreak = "\u00a0";
const thin = "\u202f";

/**
 * Marks as they can be written in an encoding: a narrow no-break space is a no-break space where there is no narrow one;
 * null where something else is lacking.
 */
export function fitting(marks: string, encoding: string): string | null {
  const has = repertoire(encoding);
  if (!has) return marks;
  const fit = has.has(thin) ? marks : marks.replaceAll(thin, noBreak);
  return [...fit].every((character) => has.has(character)) ? fit : null;
}

const known = new Map<string, ReadonlySet<string> | null>();

/** The characters of an encoding; null when it is one of Unicode, which has all. */
function repertoire(encoding: string): ReadonlySet<string> | null {
  const name = encoding.toLowerCase();
  if (name.startsWith("utf-") || name === "gb18030") return null;
  const found = known.get(name) ?? charactersOf(name);
  known.set(name, found);
  return found;
}

/** What all rows of one and of two bytes read as, with a line end behind each so that none spoils the next. */
function charactersOf(encoding: string): ReadonlySet<string> | null {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding);
  } catch {
    // The library knows it, this window does not: the save itself will tell.
    return null;
  }
  const bytes: number[] = [];
  for (let first = 0; first < 256; first++) bytes.push(first, 10);
  for (let first = 128; first < 256; first++)
    for (let second = 64; second < 256; second++) bytes.push(first, second, 10);
  const characters = new Set(decoder.decode(new Uint8Array(bytes)));
  characters.delete("\ufffd");
  if (encoding === "windows-1252") for (const mark of marksOfWindows) characters.add(mark);
  return characters;
}

/** What Windows-1252 has where Latin-1 has nothing; some engines read the one as the other. */
const marksOfWindows = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
