// The menu of insertions: "/" on an empty line, or a key anywhere, and what to set or to put in there.
import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  startCompletion,
} from "@codemirror/autocomplete";
import { type EditorState, Transaction, type TransactionSpec } from "@codemirror/state";
import type { Command, EditorView } from "@codemirror/view";
import { fuzzyMatch } from "@/shared/fuzzy";
import { t } from "@/shared/messages";
import { insertCitation } from "./citations";
import { setHeading, toggleBullets, toggleNumbers, toggleQuotation, toggleTasks } from "./formatting";
import {
  alertKinds,
  insertAlert,
  insertCodeBlock,
  insertFootnote,
  insertImage,
  insertRule,
  insertTable,
} from "./insertions";
import { insertQuotableTrigger } from "./quotable";
import { editorServices } from "./services";
import { isInCode } from "./where";

/** Offers the insertions at the caret. */
export const openInsertMenu: Command = (view) => {
  const { state } = view;
  if (state.readOnly || isInCode(state, state.selection.main.head)) return false;
  return startCompletion(view);
};

/** The insertions behind a "/" that stands alone at the beginning of its line, or asked for by a key. */
export function insertMenu(context: CompletionContext): CompletionResult | null {
  const { state, pos } = context;
  if (state.readOnly) return null;
  const typed = slashAt(state, pos);
  if (typed !== null) {
    return isInCode(state, pos) ? null : menu(pos - typed.length - 1, typed, insertMenu);
  }
  if (!context.explicit || isInCode(state, pos) || context.matchBefore(/^>>[^\n]*|\[\[[^[\]\n]*|@[^\s@]*$/))
    return null;
  return asked(pos, "");
}

type Entry = {
  /** The command `writer-<id>`, whose name the menu shows unless it says another. */
  id: string;
  label?: () => string;
  /** What Markdown writes for it: shown beside the name, and found by it. */
  sign: string;
  /** Other names it is found by, in no language or in several. */
  also: string;
  run: Command;
  /** Something else is offered then. */
  offers?: true;
};

const entries: Entry[] = [
  { id: "heading-1", sign: "#", also: "h1 titre", run: setHeading(1) },
  { id: "heading-2", sign: "##", also: "h2 titre", run: setHeading(2) },
  { id: "heading-3", sign: "###", also: "h3 titre", run: setHeading(3) },
  { id: "quotation", sign: ">", also: "quote", run: toggleQuotation },
  {
    id: "quote",
    sign: ">>",
    also: "highlight surlignage",
    run: insertQuotableTrigger,
    offers: true,
  },
  { id: "bullets", sign: "-", also: "ul", run: toggleBullets },
  { id: "numbers", sign: "1.", also: "ol", run: toggleNumbers },
  { id: "tasks", sign: "- [ ]", also: "todo", run: toggleTasks },
  { id: "insert-table", sign: "| |", also: "grille", run: insertTable(3, 2) },
  { id: "insert-footnote", sign: "[^1]", also: "fn", run: insertFootnote },
  { id: "insert-citation", sign: "[@]", also: "reference bib source", run: insertCitation },
  ...alertKinds.map((kind) => ({
    id: "insert-alert",
    label: () => t("editor-insert-alert", { kind: t(`editor-alert-${kind}`) }),
    sign: `> [!${kind.toUpperCase()}]`,
    also: `${kind} alert callout`,
    run: insertAlert(kind),
  })),
  { id: "insert-rule", sign: "---", also: "hr", run: insertRule },
  { id: "insert-image", sign: "![]()", also: "img photo figure", run: insertImage },
  { id: "language", sign: "lang", also: "langue language lang english français", run: () => false },
  { id: "insert-code-block", sign: "```", also: "pre", run: insertCodeBlock },
];

/** What is typed behind a "/" that stands alone before the caret on its line; null when there is none. */
function slashAt(state: EditorState, position: number): string | null {
  const line = state.doc.lineAt(position);
  if (line.length > 40 || position !== line.from + line.text.trimEnd().length) return null;
  return /^\/([\p{L}\p{N}'’ -]*)$/u.exec(line.text.trimEnd())?.[1] ?? null;
}

function asked(from: number, typed: string): CompletionResult | null {
  return menu(from, typed, ({ state, pos }) => {
    const more = state.sliceDoc(from, pos);
    return pos < from || more.length > 40 || more.includes("\n") ? null : asked(from, more);
  });
}

function menu(
  from: number,
  typed: string,
  again: (context: CompletionContext) => CompletionResult | null,
): CompletionResult | null {
  const found = entries.flatMap((entry) => {
    const label = entry.label?.() ?? t(`command-writer-${entry.id}`);
    const score = Math.max(
      fuzzyMatch(typed, label)?.score ?? -Infinity,
      ...entry.also.split(" ").map((name) => fuzzyMatch(typed, name)?.score ?? -Infinity),
    );
    return score === -Infinity ? [] : [{ entry, label, score: typed.trim() ? score : 0 }];
  });
  if (found.length === 0) return null;
  found.sort((a, b) => b.score - a.score);
  return {
    from,
    filter: false,
    options: found.map(({ entry, label }) => ({
      label,
      detail: entry.sign,
      ...(entry.offers ? { type: "offers" } : {}),
      apply: (view: EditorView, _option: Completion, start: number, end: number) =>
        place(view, start, end, entry),
    })),
    getMatch: ({ label }) => fuzzyMatch(typed, label)?.marks.flat() ?? [],
    update: (_result, _from, _to, context) => again(context),
  };
}

function place(view: EditorView, from: number, to: number, entry: Entry): void {
  const { askTable, askLanguage } = view.state.facet(editorServices);
  const ask = { "insert-table": askTable, language: askLanguage }[entry.id];
  if (!ask) {
    inPlaceOf(view, from, to, entry.run);
    return;
  }
  view.dispatch({ changes: { from, to }, userEvent: "input.complete" });
  ask();
}

/** Takes away what was typed and runs a command of the editor there, both in one change that one undo takes back. */
function inPlaceOf(view: EditorView, from: number, to: number, command: Command): void {
  const cleared = view.state.update({ changes: { from, to }, selection: { anchor: from } });
  const dispatch = (done: Transaction | TransactionSpec): void => {
    const then = done instanceof Transaction ? done : cleared.state.update(done);
    view.dispatch({
      changes: cleared.changes.compose(then.changes),
      selection: then.newSelection,
      userEvent: "input.complete",
      scrollIntoView: true,
    });
  };
  // The commands read the state and dispatch once; they ask nothing else of the view.
  command({ state: cleared.state, dispatch } as unknown as EditorView);
}
