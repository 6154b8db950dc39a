import { fullDate } from "@/shared/dates";
import { language } from "@/shared/messages";

/** The day of an instant (milliseconds) for somebody who looks back at it from `now`: « aujourd’hui », « hier », "12 Nov", with the year when it is another one. */
export function dayInWords(instant: number, now: number): string {
  const then = new Date(instant);
  if (Number.isNaN(then.getTime())) return "";
  const today = new Date(now);
  const days = Math.round((midnight(today) - midnight(then)) / 86_400_000);
  if (days === 0 || days === 1) {
    return new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(-days, "day");
  }
  const thisYear = then.getFullYear() === today.getFullYear();
  return new Intl.DateTimeFormat(language() === "fr" ? "fr-FR" : "en-GB", {
    day: "numeric",
    month: "short",
    year: thisYear ? undefined : "numeric",
  }).format(then);
}

/** The day of an instant in full. */
export function dayInFull(instant: number): string {
  const date = new Date(instant);
  const two = (part: number): string => String(part).padStart(2, "0");
  return fullDate(`${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`);
}

function midnight(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}
