// Two texts of an article beside each other, or in one column where there is little room; words, not lines, marked.
import { history } from "@codemirror/commands";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { highlighting } from "@/editor/highlighting";
import { languageOfArticles } from "@/editor/language";
import { lineDirection } from "@/editor/direction";
import { phrases } from "@/editor/phrases";
import { textKeys } from "@/editor/text-keys";
import { t } from "@/shared/messages";
import { proseChanges, wordChanges } from "./word-changes";

/** What is compared, and how. */
export type ComparisonOptions = {
  /** The text that gives way, on the left. */
  before: string;
  /** The text that stays, on the right; it can be changed unless `fixed`. */
  after: string;
  names: { before: string; after: string };
  lang: string | null;
  fixed?: boolean;
  wide: boolean;
  /** Whether what differs in its typography alone is marked, too. */
  typography: boolean;
  changed?: (text: string) => void;
};

/** A comparison on the page. */
export type ComparisonView = { text: () => string; destroy: () => void };

/** Puts a comparison on the page. */
export function showComparison(parent: HTMLElement, options: ComparisonOptions): ComparisonView {
  const diffConfig = { override: options.typography ? wordChanges : proseChanges };
  const collapseUnchanged = { margin: 2, minSize: 6 };
  if (options.wide) {
    const view = new MergeView({
      parent,
      a: { doc: options.before, extensions: side(options, options.names.before, true) },
      b: { doc: options.after, extensions: side(options, options.names.after, options.fixed === true) },
      diffConfig,
      collapseUnchanged,
      gutter: false,
      ...(options.fixed ? {} : { revertControls: "a-to-b" as const, renderRevertControl }),
    });
    return { text: () => view.b.state.doc.toString(), destroy: () => view.destroy() };
  }
  const view = new EditorView({
    parent,
    doc: options.after,
    extensions: [
      side(options, options.names.after, options.fixed === true),
      unifiedMergeView({
        original: options.before,
        diffConfig,
        collapseUnchanged,
        gutter: false,
        mergeControls: options.fixed ? false : control,
      }),
    ],
  });
  return { text: () => view.state.doc.toString(), destroy: () => view.destroy() };
}

function side(options: ComparisonOptions, name: string, fixed: boolean): Extension {
  const attributes: Record<string, string> = { "aria-label": name, spellcheck: "false" };
  if (options.lang) attributes.lang = options.lang;
  return [
    EditorState.lineSeparator.of("\n"),
    EditorState.readOnly.of(fixed),
    phrases(),
    EditorView.editable.of(!fixed),
    EditorView.contentAttributes.of(attributes),
    EditorView.lineWrapping,
    lineDirection(),
    languageOfArticles(),
    highlighting(),
    look,
    fixed
      ? []
      : [
          history(),
          keymap.of(textKeys),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) options.changed?.(update.state.doc.toString());
          }),
        ],
  ];
}

/** The button of a passage, which the comparison itself gives to the mouse alone. */
function renderRevertControl(): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "take";
  button.title = t("writer-take-change");
  button.setAttribute("aria-label", t("writer-take-change"));
  button.textContent = "→";
  button.addEventListener("click", (event) => {
    // Of a key, or of who reads the page aloud: no mouse went down before.
    if (event.detail !== 0) return;
    const all = button.parentElement;
    const text = button.closest(".cm-mergeView")?.querySelector<HTMLElement>(".cm-merge-b .cm-content");
    button.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }));
    // Once what is left has its buttons: the passage before, when this was the last one, or the text.
    requestAnimationFrame(() => {
      if (!button.isConnected) ((all?.lastElementChild as HTMLElement | null) ?? text)?.focus();
    });
  });
  return button;
}

function control(type: "accept" | "reject", action: (event: MouseEvent) => void): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = t(type === "accept" ? "writer-keep-change" : "writer-take-change");
  button.addEventListener("mousedown", action);
  button.addEventListener("click", (event) => {
    if (event.detail === 0) action(event);
  });
  return button;
}

const look = EditorView.theme({
  "&": { color: "var(--ink)", background: "var(--sheet)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--serif)", fontSize: "15.5px", lineHeight: "1.6" },
  ".cm-content": { padding: "14px 18px 40px", caretColor: "var(--red)" },
  ".cm-line": { padding: "0 4px" },
  "&.cm-merge-a .cm-changedLine": { background: "var(--deleted-wash)" },
  "&.cm-merge-b .cm-changedLine, & .cm-changedLine, & .cm-inlineChangedLine": {
    background: "var(--inserted-wash)",
  },
  "&.cm-merge-a .cm-changedText, & .cm-deletedChunk .cm-deletedText": {
    background: "none",
    textDecoration: "line-through",
    textDecorationColor: "var(--red)",
    color: "var(--red)",
  },
  "&.cm-merge-b .cm-changedText, & .cm-changedText": {
    background: "none",
    textDecoration: "underline",
    textDecorationColor: "var(--inserted)",
    textUnderlineOffset: "3px",
    color: "var(--inserted)",
  },
  ".cm-deletedChunk": { background: "var(--deleted-wash)", padding: "2px 4px" },
  // In the flow of the text, so that they cover no word.
  "& .cm-deletedChunk .cm-chunkButtons": {
    position: "static",
    display: "flex",
    flexWrap: "wrap",
    justifyContent: "flex-end",
    gap: "6px",
    padding: "4px 0 2px",
  },
  "& .cm-deletedChunk .cm-chunkButtons button": {
    font: "500 12px/1.5 var(--sans)",
    color: "var(--ink)",
    background: "var(--sheet)",
    border: "1px solid var(--rule-strong)",
    borderRadius: "5px",
    padding: "2px 9px",
    margin: "0",
  },
  ".cm-collapsedLines::before, .cm-collapsedLines::after": { content: '""', margin: "0" },
  ".cm-collapsedLines": {
    color: "var(--soft)",
    background: "var(--paper)",
    font: "12px/1.5 var(--sans)",
    padding: "3px 8px",
    borderBlock: "1px solid var(--rule)",
  },
});
