// Marked passages on their way to a file.
import { backend, type HighlightFormat, type HighlightQuery } from "@/backend";
import { t } from "@/shared/messages";
import { tell } from "@/shared/notices.svelte";

/** The forms, in the order in which they are offered. */
export const formats: readonly HighlightFormat[] = ["markdown", "csv", "json"];

/** Every passage of the library. */
export const everyHighlight: HighlightQuery = {
  article: null,
  colour: null,
  tag: null,
  noted: false,
  text: null,
  since: null,
  before: null,
};

/** Writes the passages of a query to a file that the reader chooses; `of` is the title of the article or of the library. */
export async function exportHighlights(
  query: HighlightQuery,
  format: HighlightFormat,
  of: string,
): Promise<void> {
  const title = of === "" ? t("list-highlights") : t("highlights-export-name", { of });
  const path = await backend.exportHighlights(query, format, {
    dialog: t("highlights-export-dialog"),
    name: title,
    title,
    source: t("highlights-export-source"),
    colours: [t("colour-yellow"), t("colour-green"), t("colour-blue"), t("colour-red")],
  });
  if (path !== null) tell("done", "highlights-exported", { path });
}
