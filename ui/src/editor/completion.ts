// What is offered at the caret: the menu of insertions behind "/", articles behind "[[", works behind "[@", authors behind "@", marked
// passages behind ">>" and "[[>".
import { acceptCompletion, autocompletion, type CompletionSource } from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { citedWorks } from "./citations";
import { insertMenu } from "./insert-menu";
import { articleNames, authorNames } from "./names";
import { quotablePassages } from "./quotable";

const sources: CompletionSource[] = [insertMenu, articleNames, citedWorks, authorNames, quotablePassages];

/** Offers at the caret what can follow. */
export function completion(): Extension {
  return [
    autocompletion({
      override: sources,
      icons: false,
      maxRenderedOptions: 40,
      // The sign that passages are offered behind.
      activateOnCompletion: ({ type }) => type === "offers",
    }),
    Prec.highest(keymap.of([{ key: "Tab", run: acceptCompletion }])),
    completionLook,
  ];
}

/** How what is offered looks. */
export const completionLook: Extension = EditorView.theme({
  ".cm-tooltip.cm-tooltip-autocomplete": {
    background: "var(--sheet)",
    border: "1px solid var(--rule-strong)",
    borderRadius: "var(--radius)",
    overflow: "hidden",
    zIndex: "6",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--sans)",
    fontSize: "13px",
    minWidth: "250px",
    maxWidth: "min(460px, 92vw)",
    maxHeight: "27.5em",
    padding: "4px 0",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    alignItems: "baseline",
    gap: "1.4em",
    padding: "4px 12px",
    lineHeight: "1.45",
    color: "var(--ink)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--selected)",
    color: "var(--ink)",
    boxShadow: "inset 2px 0 0 var(--red)",
  },
  ".cm-completionLabel": { overflow: "hidden", textOverflow: "ellipsis", unicodeBidi: "plaintext" },
  ".cm-completionMatchedText": {
    textDecoration: "underline",
    textDecorationColor: "var(--red)",
    textUnderlineOffset: "3px",
  },
  ".cm-completionDetail": {
    marginInlineStart: "auto",
    marginLeft: "auto",
    fontStyle: "normal",
    fontSize: "11.5px",
    color: "var(--soft)",
    whiteSpace: "nowrap",
  },
});
