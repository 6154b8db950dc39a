// The list as a question: its filters in the language of searches.
import type { ListQuery } from "@/backend";
import { t } from "@/shared/messages";

/** What a search asks that finds what the list shows; null where no question can: for what was opened last, a collection, and everything. */
export function asQuestion(query: ListQuery): string | null {
  // Neither has words in a question.
  if (query.show === "recent" || query.collection) return null;
  const parts: string[] = [];
  if (query.show !== "all") parts.push(t(`search-as-${query.show}`));
  for (const field of ["section", "status", "tag", "author", "lang"] as const) {
    const value = query[field];
    // Words that are looked for are written in quotation marks: the last one would count as the beginning of others.
    const whole = field === "tag" || field === "author";
    if (value) parts.push(`${t(`search-as-${field}`)}${quoted(value, whole)}`);
  }
  return parts.length > 0 ? parts.join(" ") : null;
}

/** A value as the language of searches reads it: between quotation marks where it is to be found as a whole, or where it has more than letters, digits and /_.- in it. A quotation mark of its own, which that language cannot say, becomes a blank. */
function quoted(value: string, whole: boolean): string {
  const plain = value.replace(/["“”]/g, " ").trim();
  return !whole && /^[\p{L}\p{N}/_.-]+$/u.test(plain) ? plain : `"${plain}"`;
}
