// What the editor asks of the page around it.
import { type EditorState, Facet, type TransactionSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { CopiedData, MarkdownPaste } from "./pasting";
import type { Advice, AdviceAnswer, AdviceQuestion } from "./advice";
import type { HeadService } from "./head";

/** Where a link leads, as it stands in the text. */
export type LinkKind = "wiki" | "link";

/** An article that a link can name. */
export type NamedArticle = {
  title: string;
  /** Within the library, with its ending. */
  path: string;
  sectionName: string;
};

/** A work that can be cited. */
export type KnownWork = { key: string; authors: string; year: string; title: string };

/** What a citation reads as: its words, and those of its note with its number. Places are in the text that was asked about. */
export type ShownCitation = {
  from: number;
  to: number;
  inline: string;
  note: string;
  number: number;
  /** Keys that no reference has. */
  unknown: string[];
};
/** A marked passage that can be quoted. */
export type QuotablePassage = { highlight: string; words: string; title: string };

/** A text, also while no editor shows it: what is to be put into it later finds it there. */
export type TextHome = {
  state: () => EditorState;
  dispatch: (spec: TransactionSpec) => void;
  /** The editor that shows it now. */
  view: () => EditorView | null;
  /** Whether it is still written here. */
  isOpen: () => boolean;
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
  /** Works that have words which begin so; the text names files of its own. */
  works?: (typed: string, text: string) => Promise<KnownWork[]>;
  /** What the citations of a text read as. */
  cited?: (text: string) => Promise<ShownCitation[]>;
  /** Calls when citations may read otherwise; answers what ends that. */
  onCitations?: (changed: () => void) => () => void;
  /** The last call of a note was deleted: offers to delete what it says. */
  orphanedNote?: (number: number, deleteNote: () => void) => void;
  /** So many places in the front matter were left as they are: replaced, they would change other fields. */
  unsound?: (places: number) => void;
  /** Marked passages that have some words, in theirs or in the title and the names of their article. */
  quotable?: (typed: string) => Promise<QuotablePassage[]>;
  /** Puts a marked passage in the place of what stands there. */
  quote?: (view: EditorView, highlight: string, from: number, to: number) => void;
  /** Shows the front matter as a form; it is text where nobody does. */
  head?: HeadService;
  /** What is said of the words of a text; null when nothing can be said now. */
  advise?: (question: AdviceQuestion) => Promise<AdviceAnswer | null>;
  /** Opens the menu of what is said of some words, asked for in a cell or in the field of a note. */
  adviceMenu?: (view: EditorView, one: Advice, place: { x: number; y: number }) => void;
  /** Asks how large a table is to be, and puts it in. */
  askTable?: () => void;
  /** Asks what language the paragraphs at the caret are in. */
  askLanguage?: () => void;
  /** Opens the menu of the table that the selection is in. */
  tableMenu?: (place: HTMLElement | { x: number; y: number }) => void;
  /** What was copied, as Markdown with footnotes from a number on; null when the plain text says as much. */
  paste?: (copied: CopiedData, firstNote: number) => Promise<MarkdownPaste | null>;
  /** Files stored as images beside the article, as the text that shows them; null when none is an image. */
  keepImages?: (paths: string[]) => Promise<MarkdownPaste | null>;
  /** Something was put in; no view: the sheet shows another text by then. */
  put?: (view: EditorView | null, put: MarkdownPaste) => void;
  /** Where the text is when this editor is gone; nowhere unless it is said. */
  home?: TextHome;
  /** Asks how an image is described, and how large it is to be. */
  describe?: (view: EditorView, target: string, first?: "words" | "size") => void;
};

/** An editor that nothing stands around. */
export const noServices: EditorServices = {
  imageSource: () => Promise.resolve(null),
  follow: () => undefined,
};

/** The text of an editor, wherever it is shown. */
export function homeOf(view: EditorView): TextHome {
  const isOpen = (): boolean => view.dom.isConnected;
  return (
    view.state.facet(editorServices).home ?? {
      state: () => view.state,
      dispatch: (spec) => view.dispatch(spec),
      view: () => (isOpen() ? view : null),
      isOpen,
    }
  );
}

/** The services of the page for the article that is edited. */
export const editorServices = Facet.define<EditorServices, EditorServices>({
  combine: (values) => values[0] ?? noServices,
});
