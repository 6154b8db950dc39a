// What the editor asks of the page around it.
import { Facet } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { CopiedData, MarkdownPaste } from "./pasting";

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
  /** The name of a section, from what the front matter says of it. */
  sectionName?: (section: string) => string;
  /** The name of a status, from what the front matter says of it. */
  statusName?: (status: string) => string;
  /** What was copied, as Markdown with footnotes from a number on; null when the plain text says as much. */
  paste?: (copied: CopiedData, firstNote: number) => Promise<MarkdownPaste | null>;
  /** Files stored as images beside the article, as the text that shows them; null when none is an image. */
  keepImages?: (paths: string[]) => Promise<MarkdownPaste | null>;
  /** Something was put in. */
  put?: (view: EditorView, put: MarkdownPaste) => void;
  /** Asks how an image is described. */
  describe?: (view: EditorView, target: string) => void;
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
