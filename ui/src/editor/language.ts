// The language of an article: CommonMark with what Édito reads besides (tables, tasks, footnotes, front matter…).
import { commonmarkLanguage } from "@codemirror/lang-markdown";
import { Language } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { GFM, type MarkdownParser, Subscript } from "@lezer/markdown";
import { alertSyntax } from "./syntax/alerts";
import { citationSyntax } from "./syntax/citations";
import { footnoteSyntax } from "./syntax/footnotes";
import { ArticleParser, frontMatterSyntax } from "./syntax/front-matter";
import { markedSyntax } from "./syntax/marked";
import { wikiLinkSyntax } from "./syntax/wiki-links";

const markdown = (commonmarkLanguage.parser as MarkdownParser).configure([
  GFM,
  Subscript,
  frontMatterSyntax,
  footnoteSyntax,
  wikiLinkSyntax,
  citationSyntax,
  markedSyntax,
  alertSyntax,
]);

/** The parser of whole articles, front matter included. */
export const articleParser = new ArticleParser(markdown);

/** The language of articles. It shares its data with CommonMark's, so that the Markdown commands know it. */
export const articleLanguage = new Language(commonmarkLanguage.data, articleParser, [], "article");

/** Reads the text of an article as Markdown with front matter. */
export function languageOfArticles(): Extension {
  return articleLanguage;
}
