// The language of words that stand on one line, in cells for instance: no list, heading or code block begins there.
import { commonmarkLanguage } from "@codemirror/lang-markdown";
import { Language } from "@codemirror/language";
import { GFM, type MarkdownParser, Subscript } from "@lezer/markdown";
import { footnoteSyntax } from "../syntax/footnotes";
import { markedSyntax } from "../syntax/marked";
import { wikiLinkSyntax } from "../syntax/wiki-links";

/** The parser of words on one line. */
export const inlineParser = (commonmarkLanguage.parser as MarkdownParser).configure([
  GFM,
  Subscript,
  footnoteSyntax,
  wikiLinkSyntax,
  markedSyntax,
  {
    remove: [
      "LinkReference",
      "IndentedCode",
      "FencedCode",
      "Blockquote",
      "HorizontalRule",
      "BulletList",
      "OrderedList",
      "ATXHeading",
      "HTMLBlock",
      "SetextHeading",
      "Table",
      "TaskList",
      "FootnoteDefinition",
    ],
  },
]);

/** The language of words on one line. */
export const inlineLanguage = new Language(commonmarkLanguage.data, inlineParser, [], "line");
