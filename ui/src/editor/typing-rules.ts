// Typography while one types: what a key that was just struck changes in what stands before the caret. The same marks as
// the corrections of a whole text (prose/typography), as far as one key and what is before it can tell for sure; its
// examples are data that both are held to.

/** A change in the line, from and to counted from its start. */
export type TypedChange = { from: number; to: number; insert: string };

/** The languages whose typography is known. */
export type TypedLanguage = "fr" | "en" | "ar";

const noBreak = "\u00a0";
const thin = "\u202f";

/** What the last character of a line's text before the caret changes; null where it stays as typed. */
export function typed(before: string, lang: TypedLanguage): TypedChange | null {
  if (isNoProse(before)) return null;
  const shared = dots(before, lang) ?? dash(before);
  if (shared) return shared;
  if (lang === "fr") return french(before);
  return lang === "en" ? english(before) : arabic(before);
}

/**
 * What the end of a line changes in it: the mark that was struck last is its last one, so it has the space that belongs before
 * it. Null where it stays as typed.
 */
export function ended(line: string, lang: TypedLanguage): TypedChange | null {
  return lang !== "fr" || isNoProse(line) ? null : spaceBefore(line, allMarks);
}

/** The language of a paragraph: what is declared of it, else its article's, unless it is plainly in another one. */
export function languageOfLine(
  line: string,
  article: string,
  declared: string | null = null,
): TypedLanguage | null {
  if (declared !== null) return knownLanguage(declared);
  if (
    arabicLetters.test(line.slice(0, 200)) &&
    count(line, /\p{Script=Arabic}/gu) > count(line, /\p{Script=Latin}/gu)
  )
    return "ar";
  const own = article.slice(0, 2).toLowerCase();
  const french = count(line, smallFrench);
  const english = count(line, smallEnglish);
  if (own === "fr" && english >= 4 && english > french * 3) return "en";
  if (own === "en" && french >= 4 && french > english * 3) return "fr";
  if (own === "ar" && /\p{Script=Latin}/u.test(line))
    return french > english ? "fr" : english > 0 ? "en" : null;
  return knownLanguage(own);
}

function knownLanguage(tag: string): TypedLanguage | null {
  const own = tag.toLowerCase().split(/[-_]/)[0];
  return own === "fr" || own === "en" || own === "ar" ? own : null;
}

const arabicLetters = /\p{Script=Arabic}/u;
const smallFrench = /(?<!\p{L})(?:le|la|les|des|du|et|est|une|dans|pour|que|qui|sur|avec|ne|pas)(?!\p{L})/giu;
const smallEnglish = /(?<!\p{L})(?:the|of|and|to|in|is|that|for|with|was|not|are|this|by)(?!\p{L})/giu;

function count(text: string, of: RegExp): number {
  return text.slice(0, 600).match(of)?.length ?? 0;
}

/**
 * Whether what is typed belongs to something that is no prose once it is closed, and that no parser can know yet: code,
 * the target or the title of a link, a tag, the name of an article, an address.
 */
function isNoProse(before: string): boolean {
  // What a backslash stands before is to stay as it is.
  if (before.at(-2) === "\\") return true;
  if (before.includes("`") && before.replace(closedCode, "").includes("`")) return true;
  return openTarget.test(before) || openTag.test(before) || openName.test(before) || address.test(before);
}

const closedCode = /(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/gu;
const openTarget = /\]\((?:[^()]|\([^()]*\))*$|^ {0,3}\[(?!\^)[^\]]+\]:\s/u;
const openTag = /<\/?\p{L}[^<>]*$/u;
const openName = /\[\[[^[\]|]*$/u;
const address = /(?<![\p{L}\p{N}])(?:https?:\/\/|www\.|mailto:)\S*$/iu;

/** The last characters, as many as a rule needs. */
function end(before: string, pattern: RegExp): RegExpExecArray | null {
  return pattern.exec(before);
}

function dots(before: string, lang: TypedLanguage): TypedChange | null {
  const found = end(before, /(?<![.\d/\\])\.\.\.$/u);
  // « etc. » says by itself that something goes on.
  if (found && lang === "fr" && /(?<!\p{L})etc\.\.\.$/iu.test(before))
    return { from: found.index, to: before.length, insert: "." };
  return found ? { from: found.index, to: before.length, insert: "…" } : null;
}

/** ` -- ` between words, once the space behind is typed. */
function dash(before: string): TypedChange | null {
  const found = end(before, /(?<=[\p{L}\p{N},.!?»”’)…] )--(?= $)/u);
  return found ? { from: found.index, to: found.index + 2, insert: "—" } : null;
}

function french(before: string): TypedChange | null {
  const at = before.length;
  switch (before.at(-1)) {
    case "'":
      return frenchApostrophe(before);
    case '"':
      return frenchQuote(before);
    case "«":
      return { from: at, to: at, insert: noBreak };
    case "»":
      if (/[^\s«]»$/u.test(before)) return closed(before, { from: at - 1, to: at, insert: `${noBreak}»` });
      return /\S »$/u.test(before) ? { from: at - 2, to: at - 1, insert: noBreak } : null;
    case " ":
      // The space that one strikes behind « stands there already.
      if (before.endsWith(`«${noBreak} `) || before.endsWith(`—${noBreak} `))
        return { from: at - 1, to: at, insert: "" };
      if (before === "-- ") return { from: 0, to: at, insert: `—${noBreak}` };
      return unspaced(before);
    case "[":
      // `mot ![` begins an image.
      return /[\u00a0\u202f]!\[$/u.test(before) ? { from: at - 3, to: at - 2, insert: " " } : null;
    case "-":
    case "(":
    case ")":
      // A face: `mot :-)`.
      return /[\u00a0\u202f][:;][-()]$/u.test(before)
        ? { from: at - 3, to: at - 2, insert: " " }
        : before.endsWith(")")
          ? closed(before)
          : null;
    case "]":
    case "”":
      return closed(before);
    case ";":
    case "!":
    case "?":
      return /[\p{L}\p{N}»”’)…%€*_] [;!?]$/u.test(before) ? { from: at - 2, to: at - 1, insert: thin } : null;
    case ":":
      return /[\p{L}\p{N}»”’)…%€*_] :$/u.test(before) ? { from: at - 2, to: at - 1, insert: noBreak } : null;
    case "%":
    case "€":
      return /\d [%€]$/u.test(before) ? { from: at - 2, to: at - 1, insert: noBreak } : null;
    default:
      return /(?<!\p{L})n° \d$/iu.test(before) ? { from: at - 2, to: at - 1, insert: noBreak } : null;
  }
}

/** An apostrophe behind a letter, or the end of 'what stands in single quotes', which change as a pair. */
function frenchApostrophe(before: string): TypedChange | null {
  const at = before.length;
  if (!/[\p{L}.,!?…»”]'$/u.test(before)) return null;
  const open = end(before.slice(0, -1), /(?<![^\s([«“—–])'(?=\p{L})[^'‘\n]{1,120}$/u);
  const elides = elision.test(before.slice(0, -1));
  if (open && !elides && open[0] !== "'n")
    return { from: open.index, to: at, insert: `‘${open[0].slice(1)}’` };
  return /\p{L}'$/u.test(before) ? { from: at - 1, to: at, insert: "’" } : null;
}

const elision = /(?<!\p{L})(?:[ldnscjmt]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|aujourd|entr|prud)$/iu;

/** `mot? ` becomes what it would be with the space that belongs before the mark. */
function unspaced(before: string): TypedChange | null {
  return spaceBefore(before.slice(0, -1), allMarks);
}

/** `mot?)`: what closes tells that the mark before it is whole; its own change comes behind that of the mark. */
function closed(before: string, own: TypedChange | null = null): TypedChange | null {
  const text = before.slice(0, -1);
  const space = isNoProse(text) ? null : spaceBefore(text, closedMarks);
  if (!space || !own) return space ?? own;
  return { from: space.from, to: own.to, insert: space.insert + text.slice(space.from) + own.insert };
}

const allMarks = /(?<=([\p{L}\p{N}»”’)…]))(;|:|[!?]+)$/u;
const closedMarks = /(?<=([\p{L}\p{N}»”’)…]))([!?]+)$/u;

/** The space that belongs before the mark with which a text ends; null where it has one, or is no sentence. */
function spaceBefore(text: string, marks: RegExp): TypedChange | null {
  const found = end(text, marks);
  if (!found) return null;
  const word = /\S*$/u.exec(text.slice(0, found.index))?.[0] ?? "";
  // Character references, `:names:`, addresses and faces are no sentences.
  if (/&#?\w+$/u.test(word) || word.startsWith(":") || /[/\\@#=]|^\d+$/u.test(word)) return null;
  return { from: found.index, to: found.index, insert: found[2] === ":" ? noBreak : thin };
}

function frenchQuote(before: string): TypedChange | null {
  const at = before.length;
  const text = before.slice(0, -1);
  const depth = Math.max(0, marks(text, "«") - marks(text, "»"));
  const inner = text.slice(text.lastIndexOf("«") + 1);
  const nested = depth > 0 && marks(inner, "“") > marks(inner, "”");
  if (text.endsWith(`«${noBreak}`)) return null;
  const opening = text === "" || /[\s([—–«’]$/u.test(text) || /^[>#*\-+\d. ]*[>#*\-+. ]$/u.test(text);
  if (opening) return { from: at - 1, to: at, insert: depth > 0 ? "“" : `«${noBreak}` };
  if (nested) return closed(before, { from: at - 1, to: at, insert: "”" });
  return depth > 0 ? closed(before, { from: at - 1, to: at, insert: `${noBreak}»` }) : null;
}

function english(before: string): TypedChange | null {
  const at = before.length;
  const opening = (text: string): boolean => text === "" || /[\s([—–“‘*_]$/u.test(text);
  switch (before.at(-1)) {
    case "'":
      return { from: at - 1, to: at, insert: opening(before.slice(0, -1)) ? "‘" : "’" };
    case '"':
      // Inches and feet stay.
      if (/\d"$/u.test(before) && marks(before, "“") <= marks(before, "”")) return null;
      return { from: at - 1, to: at, insert: opening(before.slice(0, -1)) ? "“" : "”" };
    default:
      // ’90s
      if (/(?:^|\s)‘\d$/u.test(before)) return { from: at - 2, to: at - 1, insert: "’" };
      return turned(before);
  }
}

/** ’tis, rock ’n’ roll, once the word is whole. */
function turned(before: string): TypedChange | null {
  const found = end(before, /(?<=^|[\s([—–“])‘(?:(?:tis|twas|twere|twill|em|til|cuz)[\s.,;:!?…]|n’\s)$/iu);
  return found ? { from: found.index, to: found.index + 1, insert: "’" } : null;
}

const arabicMarks: Record<string, string> = { ",": "،", ";": "؛", "?": "؟" };

function arabic(before: string): TypedChange | null {
  const at = before.length;
  if (before.endsWith('"')) return arabicQuote(before);
  const mark = arabicMarks[before.at(-1) ?? ""];
  if (mark)
    return /[\p{Script=Arabic}»”)][,;?]$/u.test(before) ? { from: at - 1, to: at, insert: mark } : null;
  // Behind figures or a name, the letter that follows tells whose mark it is.
  const found = end(
    before,
    /\p{Script=Arabic}[\s«“(]+[\p{Script=Latin}\d .'’%&-]{0,60}[\p{Script=Latin}\d%]([,;?]) \p{Script=Arabic}$/u,
  );
  return found ? { from: at - 3, to: at - 2, insert: arabicMarks[found[1] ?? ""] ?? "" } : null;
}

function arabicQuote(before: string): TypedChange | null {
  const at = before.length;
  const text = before.slice(0, -1);
  const depth = marks(text, "«") - marks(text, "»");
  const nested = marks(text, "“") > marks(text, "”");
  if (text === "" || /[\s([—–«“>#*+-]$/u.test(text))
    return { from: at - 1, to: at, insert: depth > 0 ? "“" : "«" };
  if (nested) return { from: at - 1, to: at, insert: "”" };
  return depth > 0 ? { from: at - 1, to: at, insert: "»" } : null;
}

function marks(text: string, mark: string): number {
  return text.split(mark).length - 1;
}
