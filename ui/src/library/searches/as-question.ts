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
    if (value) parts.push(`${t(`search-as-${field}`)}${quoted(value)}`);
  }
  return parts.length > 0 ? parts.join(" ") : null;
}

/** A value as the language of searches reads it: between quotation marks where it has blanks. */
function quoted(value: string): string {
  const plain = value.replace(/["“”]/g, " ").trim();
  return /^[\p{L}\p{N}/_.-]+$/u.test(plain) ? plain : `"${plain}"`;
}
