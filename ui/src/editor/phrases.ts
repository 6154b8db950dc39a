// What CodeMirror says of its own accord, to screen readers above all, in the language of the interface.
import { EditorState, type Extension } from "@codemirror/state";
import { t } from "@/shared/messages";

/** The words that the editors of the page can say. */
export function phrases(): Extension {
  const words = {
    Completions: t("editor-completions"),
    "Selection deleted": t("editor-selection-deleted"),
    "$ unchanged lines": t("writer-unchanged-lines"),
  };
  // Other words, and be they equal, have an editor built anew with all that stands in it: the focus would be lost.
  if (JSON.stringify(words) !== JSON.stringify(said)) said = words;
  return EditorState.phrases.of(said);
}

let said: Record<string, string> = {};
