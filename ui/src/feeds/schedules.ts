// When feeds are asked by themselves.
import type { Schedule } from "@/backend";

/** The times that are offered. */
export const schedules: readonly Schedule[] = [
  "never",
  "halfHour",
  "hour",
  "threeHours",
  "twelveHours",
  "day",
];
