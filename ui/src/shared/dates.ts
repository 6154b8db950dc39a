// Dates in full, in the language of the interface: « 12 janvier 2026 », "12 January 2026".
import { language } from "./messages";

/** A date of an article (ISO; the time, if any, is left out) in full; empty when there is none. */
export function fullDate(iso: string | null | undefined): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? "");
  if (!parts) return iso ?? "";
  // The civil date as written: noon UTC keeps it the same day in every zone of the formatter.
  const date = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]), 12));
  return formatter("date", { dateStyle: "long", timeZone: "UTC" }).format(date);
}

/** An instant (ISO with offset, or milliseconds) as date and time of this machine. */
export function fullTime(instant: string | number): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return String(instant);
  return formatter("time", { dateStyle: "long", timeStyle: "short" }).format(date);
}

/** A number with the separators of the language. */
export function number(value: number): string {
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
