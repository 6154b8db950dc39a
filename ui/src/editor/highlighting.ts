// The look of words by what they are; the sizes of headings are in the theme.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";
import { markedTag } from "./syntax/marked";

const style = HighlightStyle.define([
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strong, fontWeight: "650" },
  { tag: tags.strikethrough, textDecoration: "line-through", color: "var(--soft)" },
  { tag: tags.monospace, fontFamily: "var(--mono)", fontSize: "0.86em" },
  { tag: markedTag, background: "var(--mark)", borderRadius: "2px" },
  { tag: tags.processingInstruction, color: "var(--faint)" },
  { tag: tags.contentSeparator, color: "var(--faint)" },
  {
    tag: tags.url,
    color: "var(--soft)",
    textDecoration: "underline",
    textDecorationColor: "var(--rule-strong)",
  },
  { tag: tags.labelName, color: "var(--red)" },
  { tag: tags.list, color: "inherit" },
  { tag: [tags.comment, tags.meta], color: "var(--faint)" },
  { tag: tags.propertyName, color: "var(--soft)" },
  { tag: tags.escape, color: "var(--faint)" },
]);

/** Shows words by what they are. */
export function highlighting(): Extension {
  return syntaxHighlighting(style);
}
