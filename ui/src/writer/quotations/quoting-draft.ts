// The text that is being written as the draft that marked passages are quoted in.
import { isolateHistory } from "@codemirror/commands";
import type { EditorView } from "@codemirror/view";
import { backend } from "@/backend";
import { quoting } from "@/highlights/quoting.svelte";
import { openArticle } from "@/library/library.svelte";
import { t } from "@/shared/messages";
import { tell } from "@/shared/notices.svelte";
import { openText, type OpenText } from "../writer.svelte";

/** Puts a marked passage into a text as a quotation, in the place of what stands there; one undo takes it back. */
export async function quotePassage(
  text: OpenText,
  highlight: string,
  from: number,
  to: number,
): Promise<void> {
  const { doc, readOnly } = text.buffer.state();
  if (readOnly) return;
  const changes = await backend.quoteHighlight(text.id, doc.toString(), highlight, from, to);
  const [first] = changes;
  if (!first) return;
  // Typed on meanwhile: the places are of another text.
  const now = text.buffer.state();
  if (now.doc !== doc || now.readOnly) return void tell("info", "quotation-edited");
  text.buffer.dispatch({
    changes: changes.map((one) => ({ from: one.from, to: one.to, insert: one.text })),
    selection: { anchor: first.from + first.text.length },
    annotations: isolateHistory.of("full"),
    userEvent: "input.quotation",
    scrollIntoView: true,
  });
}

/** Makes a text the draft; it stays that when another article comes on the sheet. */
export function beQuotingDraft(text: OpenText): void {
  const title = text.session.state.row?.title ?? "";
  const { id } = text;
  quoting.draft = {
    id,
    title,
    quote: async (highlight) => {
      const present = await openText(id);
      if (!present) return;
      const { from, to } = present.buffer.state().selection.main;
      await quotePassage(present, highlight, from, to);
      const view = present.buffer.view();
      if (view) return view.focus();
      // It is not on the sheet: nothing listens to what changed.
      present.session.edited();
      await present.session.save();
      const open = { label: t("quotation-open-draft"), run: () => openArticle(id, { mode: "write" }) };
      tell("done", "quotation-quoted", { title }, open);
    },
    pointAt: (x, y) => pointAt(text.buffer.view(), x, y),
  };
}

function pointAt(view: EditorView | null, x: number, y: number): boolean {
  if (!view || view.state.readOnly) return false;
  const box = view.scrollDOM.getBoundingClientRect();
  if (x < box.left || x > box.right || y < box.top || y > box.bottom) return false;
  const position = view.posAtCoords({ x, y }, false);
  if (!view.hasFocus) view.focus();
  if (view.state.selection.main.head !== position || !view.state.selection.main.empty)
    view.dispatch({ selection: { anchor: position } });
  return true;
}
