// What the editor asks of the page around it.
import { Facet } from "@codemirror/state";
import type { AdviceAnswer, AdviceQuestion } from "./advice";

/** Where a link leads, as it stands in the text. */
export type LinkKind = "wiki" | "link";

/** An article that a link can name. */
export type NamedArticle = {
  title: string;
  /** Within the library, with its ending. */
  path: string;
  sectionName: string;
};

/** What the editor needs of the page, for one article. */
export type EditorServices = {
  /** The address an image can be shown from; null when there is none. */
  imageSource: (target: string) => Promise<string | null>;
  /** Follows a link. */
  follow: (target: string, kind: LinkKind) => void;
  /** Articles whose title has words that begin so. */
  articles?: (typed: string) => Promise<NamedArticle[]>;
  /** The names of the authors of the library, those with most pieces first. */
  authors?: () => string[];
  /** What is said of the words of a text; null when nothing can be said now. */
  advise?: (question: AdviceQuestion) => Promise<AdviceAnswer | null>;
  /** The name of a section, from what the front matter says of it. */
  sectionName?: (section: string) => string;
  /** The name of a status, from what the front matter says of it. */
  statusName?: (status: string) => string;
};

/** An editor that nothing stands around. */
export const noServices: EditorServices = {
  imageSource: () => Promise.resolve(null),
  follow: () => undefined,
};

/** The services of the page for the article that is edited. */
export const editorServices = Facet.define<EditorServices, EditorServices>({
  combine: (values) => values[0] ?? noServices,
});
