// What the parts of a rendering are called for the keyboard and a screen reader.
import type { PartNames } from "@/reader/article-body";
import { t } from "@/shared/messages";

/** The names, in the language of the window. */
export function partNames(): PartNames {
  return {
    table: t("reader-table"),
    code: t("reader-code"),
    notes: t("reader-notes"),
    taskDone: t("reader-task-done"),
    taskOpen: t("reader-task-open"),
    zoom: (alt: string) => t("reader-zoom", { alt }),
  };
}
