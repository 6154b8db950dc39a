// The fields of the details dialog, as they are typed, and as the front matter takes them.
import type { FieldName, Row } from "@/backend";

/** The fields as they stand in the dialog: lists are written with commas. */
export type ArticleFields = Record<
  "title" | "standfirst" | "authors" | "section" | "status" | "date" | "lang" | "tags",
  string
>;

/** The fields of an article. */
export function fieldsOf(row: Row): ArticleFields {
  return {
    title: row.title,
    standfirst: row.standfirst ?? "",
    authors: row.authors.map(({ name, function: job }) => (job ? `${name} (${job})` : name)).join(", "),
    section: row.section,
    status: row.status ?? "",
    date: (row.date ?? "").slice(0, 10),
    lang: row.lang ?? "",
    tags: row.tags.join(", "),
  };
}

/** What is given to `setField`: one value, several, or none to take the field away. */
export function fieldValue(name: FieldName, typed: string): string[] {
  if (name !== "tags" && name !== "authors") return typed.trim() === "" ? [] : [typed.trim()];
  // A comma within the brackets of a function does not end a name.
  return typed
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim().replace(name === "tags" ? /^#/ : /^$/, ""))
    .filter((part) => part !== "");
}
