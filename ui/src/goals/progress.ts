// How far one has come: today, in a piece, and day by day.
import type { GoalUnit, PieceGoal, WrittenDay, Written } from "@/backend";

/** A day of a history: what was written, 0 on days of which nothing is known. */
export type Day = { day: string; count: number; articles: number };

/** All days up to `today`, so many of them, the last one today. */
export function daysUpTo(today: string, count: number, known: readonly WrittenDay[], unit: GoalUnit): Day[] {
  const byDay = new Map(known.map((one) => [one.day, one]));
  return Array.from({ length: count }, (_, at) => {
    const day = shifted(today, at - count + 1);
    const one = byDay.get(day);
    return { day, count: one?.written[unit] ?? 0, articles: one?.articles ?? 0 };
  });
}

/** The day so many days later (ISO). */
export function shifted(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
}

/**
 * On how many days in a row something was written, with a goal as much as it asks for. A day that is not over breaks
 * nothing.
 */
export function streak(days: readonly Day[], goal: number | null): number {
  const enough = ({ count }: Day): boolean => count >= Math.max(1, goal ?? 1);
  let at = days.length - 1;
  const today = days[at];
  let length = today && enough(today) ? 1 : 0;
  for (at -= 1; at >= 0 && enough(days[at]!); at--) length++;
  return length;
}

/** How a piece stands to its goal. */
export type PieceProgress = {
  length: number;
  goal: number;
  left: number;
  /** Days that are left, today among them; null without a last day, 0 when it has passed. */
  days: number | null;
  /** What is to be written today to be done in equal parts, and what of it is left. */
  today: { goal: number; left: number } | null;
};

/** How a piece of this length stands to its goal; `today` is what was written in it today. */
export function pieceProgress(goal: PieceGoal, length: Written, today: Written, day: string): PieceProgress {
  const now = length[goal.unit];
  const left = Math.max(0, goal.length - now);
  const days =
    goal.due === null
      ? null
      : Math.max(0, Math.round((Date.parse(goal.due) - Date.parse(day)) / 86_400_000) + 1);
  if (!days) return { length: now, goal: goal.length, left, days, today: null };
  const part = Math.ceil(Math.max(0, goal.length - (now - today[goal.unit])) / days);
  return {
    length: now,
    goal: goal.length,
    left,
    days,
    today: { goal: part, left: Math.max(0, part - today[goal.unit]) },
  };
}
