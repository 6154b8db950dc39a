// Marked passages offered at the caret: behind ">>" at the head of a line, behind "[[>" anywhere.
import { type CompletionContext, type CompletionResult, startCompletion } from "@codemirror/autocomplete";
import type { EditorState, TransactionSpec } from "@codemirror/state";
import type { Command, EditorView } from "@codemirror/view";
import { fuzzyMatch } from "@/shared/fuzzy";
import { editorServices } from "./services";
import { isInCode } from "./where";

/** The marked passages that have the words behind ">>" or "[[>", in theirs or in the title and the names of their article. */
export async function quotablePassages(context: CompletionContext): Promise<CompletionResult | null> {
  const { state, pos } = context;
  const found = context.matchBefore(/^>>[^\n]{0,100}$|\[\[>[^[\]|\n]{0,100}$/);
  const { quotable, quote } = state.facet(editorServices);
  if (!found || !quotable || !quote || state.readOnly || isInCode(state, pos)) return null;
  const typed = found.text.replace(/^(?:>>|\[\[>)/, "").trim();
  const passages = await quotable(typed);
  if (context.aborted || passages.length === 0) return null;
  return {
    from: found.from,
    filter: false,
    options: passages.map(({ highlight, words, title }) => ({
      label: shortened(words, longestShown),
      detail: shortened(title, longestTitle),
      apply: (view: EditorView, _option, from, to) => {
        // Brackets that were closed already.
        const end = view.state.sliceDoc(to, to + 2) === "]]" ? to + 2 : to;
        quote(view, highlight, from, end);
      },
    })),
    getMatch: ({ label }) => fuzzyMatch(typed, label)?.marks.flat() ?? [],
  };
}

/** What is typed to be offered passages where the caret is. */
export function quotableTrigger(state: EditorState): TransactionSpec {
  const { from, to } = state.selection.main;
  const line = state.doc.lineAt(from);
  const insert = line.text.trim() === "" ? ">>" : "[[>";
  const start = insert === ">>" ? line.from : from;
  return {
    changes: { from: start, to, insert },
    selection: { anchor: start + insert.length },
    userEvent: "input.complete",
    scrollIntoView: true,
  };
}

/** Types the sign at the caret; as an entry of the insert menu, which then offers the passages. */
export const insertQuotableTrigger: Command = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  dispatch(state.update(quotableTrigger(state)));
  return true;
};

/** Offers marked passages at the caret. */
export const offerPassages: Command = (view) => {
  if (!insertQuotableTrigger(view)) return false;
  return startCompletion(view);
};

const longestShown = 84;
const longestTitle = 34;

function shortened(words: string, most: number): string {
  const line = words.replace(/\s+/gu, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most).replace(/\s+\S*$/u, "")}…`;
}
