// What the editor's text says of itself to the spelling checker and to screen readers.
import { Compartment, Facet, type Extension, type TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { phrases } from "./phrases";

/** The language of the article, whether spelling is checked, the name of the text for screen readers, its encoding. */
export type ArticleAttributes = {
  lang: string | null;
  spellcheck: boolean;
  label: string;
  /** What the file is written in; UTF-8 unless it is said. */
  encoding?: string;
};

/** The encoding that the file of the text is written in. */
export const writtenIn = Facet.define<string, string>({ combine: (values) => values[0] ?? "UTF-8" });

const compartment = new Compartment();

/** The attributes at the start. */
export function articleAttributes(attributes: ArticleAttributes): Extension {
  return compartment.of(content(attributes));
}

/** Changes the attributes of an open editor. */
export function changeAttributes(attributes: ArticleAttributes): TransactionSpec {
  return { effects: compartment.reconfigure(content(attributes)) };
}

function content({ lang, spellcheck, label, encoding }: ArticleAttributes): Extension {
  const attributes: Record<string, string> = {
    spellcheck: String(spellcheck),
    autocorrect: "off",
    autocapitalize: "off",
    "aria-label": label,
    // Said, though it can be edited: it is what makes a long text reachable by keys for those who check.
    tabindex: "0",
    // Where the focus goes when the region of the sheet is gone to.
    "data-entry": "",
    // The text that commands of the text mean; the cells of its tables lie in it.
    "data-text": "",
  };
  if (lang) attributes.lang = lang;
  return [EditorView.contentAttributes.of(attributes), phrases(), writtenIn.of(encoding ?? "UTF-8")];
}
