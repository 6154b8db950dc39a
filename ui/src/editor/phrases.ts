// What CodeMirror says of its own accord, to screen readers above all, in the language of the interface.
import { EditorState, type Extension } from "@codemirror/state";
import { t } from "@/shared/messages";

/** The words that the editors of the page can say. */
export function phrases(): Extension {
  return EditorState.phrases.of({
    Completions: t("editor-completions"),
    "Selection deleted": t("editor-selection-deleted"),
    "$ unchanged lines": t("writer-unchanged-lines"),
  });
}
