// From a place in the source of a field to the place in its words, and back: quotes are doubled or escaped there.
import type { HeadPlace } from "@/backend";

/** For each unit of the words (UTF-16), and for their end, where it stands in the source, counted from `from`. */
export function unitsOf(source: string, quoting: HeadPlace["quoting"]): { words: string; at: number[] } {
  let words = "";
  const at: number[] = [];
  const put = (text: string, from: number): void => {
    for (let i = 0; i < text.length; i++) at.push(from);
    words += text;
  };
  for (let i = 0; i < source.length;) {
    const escape = quoting === "double" ? /^\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([^]))/i : null;
    const found = escape?.exec(source.slice(i, i + 10));
    if (found) {
      const code = found[1] ?? found[2] ?? found[3];
      const number = code === undefined ? -1 : parseInt(code, 16);
      put(
        number >= 0 && number <= 0x10ffff
          ? String.fromCodePoint(number)
          : (named[found[4] ?? ""] ?? found[4] ?? ""),
        i,
      );
      i += found[0].length;
    } else if (quoting === "single" && source.startsWith("''", i)) {
      put("'", i);
      i += 2;
    } else {
      put(source.charAt(i), i);
      i++;
    }
  }
  at.push(source.length);
  return { words, at };
}

/** The place in the words of a place in the source. */
export function inWords({ at }: { at: readonly number[] }, place: number): number {
  const found = at.findIndex((one) => one >= place);
  return found < 0 ? at.length - 1 : found;
}

const named: Record<string, string> = { n: "\n", t: "\t", r: "\r", "0": "\0", _: "\u00a0", N: "\u0085" };
