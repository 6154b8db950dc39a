// Dates in full, in the language of the interface: « 12 janvier 2026 », "12 January 2026".
import { language } from "./messages";

/** A date of an article (ISO; the time, if any, is left out) in full, as written; empty when there is none. */
export function fullDate(iso: string | null | undefined): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? "") ?? [];
  const name = months[language()][Number(month) - 1];
  return name ? `${Number(day)} ${name} ${Number(year)}` : (iso ?? "");
}

/** A day with its name: « mercredi 25 novembre 2026 ». */
export function fullDay(day: Date): string {
  return formatter("day", { dateStyle: "full" }).format(day);
}

/** An instant (ISO with offset, or milliseconds) as date and time of this machine. */
export function fullTime(instant: string | number): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return String(instant);
  return formatter("time", { dateStyle: "long", timeStyle: "short" }).format(date);
}

/** A number with the separators of the language. */
export function number(value: number): string {
  // Whole numbers are in the first picture, which the system's tables of numbers, a few milliseconds of reading, would hold up.
  if (Number.isSafeInteger(value) && value >= 0)
    return String(value).replace(/\B(?=(\d{3})+$)/g, language() === "fr" ? "\u202f" : ",");
  const key = `number ${language()}`;
  numbers[key] ??= new Intl.NumberFormat(locale());
  return numbers[key].format(value);
}

/** The name of a language in the language of the interface: « français », "French". */
export function languageName(tag: string): string {
  const key = language();
  names[key] ??= new Intl.DisplayNames([locale()], { type: "language", fallback: "code" });
  try {
    return names[key].of(tag) ?? tag;
  } catch {
    return tag;
  }
}

// As Intl has them: see its test.
const months = {
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
};
const formatters: Record<string, Intl.DateTimeFormat> = {};
const numbers: Record<string, Intl.NumberFormat> = {};
const names: Record<string, Intl.DisplayNames> = {};

function locale(): string {
  return language() === "fr" ? "fr-FR" : "en-GB";
}

function formatter(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${language()}`;
  formatters[key] ??= new Intl.DateTimeFormat(locale(), options);
  return formatters[key];
}
