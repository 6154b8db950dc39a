import { fullTime } from "@/shared/dates";
import { language, t } from "@/shared/messages";

/** An instant in the words of somebody who looks back at it from `now` (milliseconds): « il y a 5 minutes », « hier à 17:42 », else the date in full. */
export function timeInWords(instant: string, now: number): string {
  const then = new Date(instant);
  const minutes = Math.floor((now - then.getTime()) / 60_000);
  if (Number.isNaN(minutes) || minutes < 0) return fullTime(instant);
  if (minutes < 1) return t("versions-just-now");
  if (minutes < 60) return t("versions-minutes-ago", { minutes });
  const time = timeOfDay(instant);
  const days = daysBetween(then, new Date(now));
  if (days === 0) return t("versions-today", { time });
  if (days === 1) return t("versions-yesterday", { time });
  return fullTime(instant);
}

function daysBetween(earlier: Date, later: Date): number {
  const midnight = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (midnight(later) - midnight(earlier)) / 86_400_000;
}

/** The hour of an instant: « 17:42 ». */
export function timeOfDay(instant: string): string {
  return new Intl.DateTimeFormat(language() === "fr" ? "fr-FR" : "en-GB", { timeStyle: "short" }).format(
    new Date(instant),
  );
}

/** The day of an instant: « aujourd’hui », « hier », else as `full` writes it. */
export function dayInWords(instant: string, now: number, full: (day: Date) => string): string {
  const then = new Date(instant);
  const days = daysBetween(then, new Date(now));
  return days === 0 ? t("versions-day-today") : days === 1 ? t("versions-day-yesterday") : full(then);
}
