/**
 * What a reader should know of a link before it leaves Edito: the host that would really be asked, and everything
 * about the address that could make it look like another one.
 * The rules follow Unicode Technical Standard 39 (mixed scripts, whole-script confusables), cut down to what a host name needs.
 */
export type LinkWarning =
  | "user-info"
  | "punycode"
  | "mixed-scripts"
  | "confusable"
  | "bidi"
  | "invisible"
  | "ip-address"
  | "port"
  | "insecure"
  | "text-differs";

/** An address, taken apart to be shown. */
export interface LinkFacts {
  /** The address that would be opened, all ASCII. */
  url: string;
  kind: "web" | "mail";
  /** Host in its own script (`éditions.fr`), or the mail address. */
  host: string;
  /** Host as it is asked for (`xn--ditions-9xa.fr`); equal to `host` where that is ASCII. */
  asciiHost: string;
  warnings: LinkWarning[];
}

/** The facts of `href`, or null where it is no address that Edito opens. `text` is what the reader saw underlined. */
export function linkFacts(href: string, text = ""): LinkFacts | null {
  let url: URL;
  try {
    url = new URL(href);
  } catch {
    return null;
  }
  if (url.protocol === "mailto:") return mailFacts(href, url);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  if (url.hostname === "") return null;

  const host = decodeHost(url.hostname);
  const warnings: LinkWarning[] = [];
  if (url.username !== "" || url.password !== "") warnings.push("user-info");
  if (host !== url.hostname) warnings.push("punycode");
  if (host.split(".").some(mixesScripts)) warnings.push("mixed-scripts");
  else if (host.split(".").some(isConfusable)) warnings.push("confusable");
  pushHiddenCharacters(warnings, href + text, safeDecode(url.href));
  if (isIpAddress(url.hostname)) warnings.push("ip-address");
  if (url.port !== "") warnings.push("port");
  if (url.protocol === "http:") warnings.push("insecure");
  const named = hostNamedBy(text);
  if (named !== null && !sameSite(named, url.hostname)) warnings.push("text-differs");
  return { url: url.href, kind: "web", host, asciiHost: url.hostname, warnings };
}

/** A host name with its `xn--` labels in their own script; a label that can't be decoded stays as it is. */
export function decodeHost(asciiHost: string): string {
  return asciiHost
    .split(".")
    .map((label) =>
      label.toLowerCase().startsWith("xn--") ? (decodePunycode(label.slice(4)) ?? label) : label,
    )
    .join(".");
}

/** Decodes one label (RFC 3492 §6.2, without its `xn--`); null when it is not well formed. */
export function decodePunycode(label: string): string | null {
  const lastHyphen = label.lastIndexOf("-");
  const output = lastHyphen > 0 ? [...label.slice(0, lastHyphen)] : [];
  if (output.some((character) => (character.codePointAt(0) ?? 0) >= 0x80)) return null;
  let codePoint = 128;
  let bias = 72;
  let inserted = 0;
  let at = lastHyphen > 0 ? lastHyphen + 1 : 0;
  while (at < label.length) {
    const before = inserted;
    let weight = 1;
    for (let k = 36; ; k += 36) {
      const digit = digitOf(label.charCodeAt(at++));
      if (digit === null) return null;
      inserted += digit * weight;
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (digit < threshold) break;
      weight *= 36 - threshold;
      if (inserted > 0x7fffffff || weight > 0x7fffffff) return null;
    }
    const length = output.length + 1;
    bias = adaptBias(inserted - before, length, before === 0);
    codePoint += Math.floor(inserted / length);
    inserted %= length;
    if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) return null;
    output.splice(inserted++, 0, String.fromCodePoint(codePoint));
  }
  return output.join("");
}

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["latin", /\p{Script=Latin}/u],
  ["cyrillic", /\p{Script=Cyrillic}/u],
  ["greek", /\p{Script=Greek}/u],
  ["arabic", /\p{Script=Arabic}/u],
  ["hebrew", /\p{Script=Hebrew}/u],
  ["armenian", /\p{Script=Armenian}/u],
  ["cherokee", /\p{Script=Cherokee}/u],
  ["han", /\p{Script=Han}/u],
  ["hangul", /\p{Script=Hangul}/u],
  ["kana", /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ["other", /(?![\p{Script=Common}\p{Script=Inherited}])\p{L}/u],
];

// Chinese, Japanese and Korean write with several scripts at once, and with Latin beside them.
const EAST_ASIAN = new Set(["han", "hangul", "kana", "latin"]);

// Cyrillic and Greek letters that are drawn like a Latin one.
const LOOKS_LATIN = /^[асԁеһіјӏорԛѕԝхуүѵҽοаινυρϲκχɑ0-9-]+$/u;

const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const INVISIBLE =
  /[\u00ad\u115f\u1160\u200b\u200c\u2060-\u2064\ufeff]|\u034f|\u17b4|\u17b5|[\u180b-\u180f]|\u200d|[\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}]/u;

function mailFacts(href: string, url: URL): LinkFacts {
  const address = safeDecode(url.pathname);
  const warnings: LinkWarning[] = [];
  pushHiddenCharacters(warnings, href, safeDecode(url.href));
  const domain = address.slice(address.lastIndexOf("@") + 1);
  if (domain.split(".").some((label) => label.startsWith("xn--"))) warnings.push("punycode");
  if (domain.split(".").some(mixesScripts)) warnings.push("mixed-scripts");
  else if (domain.split(".").some(isConfusable)) warnings.push("confusable");
  return { url: url.href, kind: "mail", host: visible(address), asciiHost: visible(address), warnings };
}

function pushHiddenCharacters(warnings: LinkWarning[], ...texts: string[]): void {
  if (texts.some((text) => BIDI.test(text))) warnings.push("bidi");
  if (texts.some((text) => INVISIBLE.test(text))) warnings.push("invisible");
}

function scriptsOf(label: string): Set<string> {
  const found = new Set<string>();
  for (const character of label) {
    const script = SCRIPTS.find(([, pattern]) => pattern.test(character));
    if (script) found.add(script[0]);
  }
  return found;
}

function mixesScripts(label: string): boolean {
  const scripts = scriptsOf(label);
  return scripts.size > 1 && ![...scripts].every((script) => EAST_ASIAN.has(script));
}

function isConfusable(label: string): boolean {
  return [...label].some((character) => character > "\x7f") && LOOKS_LATIN.test(label);
}

function isIpAddress(asciiHost: string): boolean {
  return asciiHost.startsWith("[") || /^\d{1,3}(\.\d{1,3}){3}$/.test(asciiHost);
}

/** The host that a text shows, when the text itself reads like an address. */
function hostNamedBy(text: string): string | null {
  const match = /^\s*(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?:[/?#:]\S*)?\s*$/iu.exec(text);
  if (!match?.[1]) return null;
  // `notes.md` is a file's name more often than a host in Moldova.
  if (
    /\.(md|markdown|html?|pdf|txt|rs|js|ts|py|toml|json|png|jpe?g)$/i.test(match[1]) &&
    !/^\s*(https?:|www\.)/i.test(text)
  ) {
    return null;
  }
  try {
    return new URL(`https://${match[1]}`).hostname;
  } catch {
    return null;
  }
}

function sameSite(named: string, actual: string): boolean {
  const bare = (host: string): string => host.replace(/^www\./, "");
  return bare(named) === bare(actual) || bare(actual).endsWith(`.${bare(named)}`);
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function visible(text: string): string {
  return [...text]
    .map((character) =>
      BIDI.test(character) || INVISIBLE.test(character) ? encodeURIComponent(character) : character,
    )
    .join("");
}

function digitOf(code: number): number | null {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  return null;
}

function adaptBias(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}
