// Which dialog is open. Dialogs are fetched when they are first needed.
import type { Spoken } from "@/editor/paragraph-language";
import type { UnsavedText } from "@/shared/unsaved.svelte";

/** The file that is to be shown in the place of another. */
export type KeptSize = {
  target: string;
  /** Bytes of both files. */
  before: number;
  after: number;
  /** The first file is to go to the trash. */
  aside: boolean;
};

/** The dialogs by name, and what each is given. */
export type DialogProps = {
  newArticle: { section: string | null };
  newLibrary: Record<string, never>;
  /** A template of the article. */
  saveTemplate: { id: string };
  templates: Record<string, never>;
  rename: { id: string };
  move: { ids: string[] };
  details: { id: string };
  tags: { ids: string[] };
  renameTag: { tag: string };
  /** Replacing across the library, with what to look for if it is known. */
  replaceAcross: { text: string };
  /** Saving a search, with a name to propose; or changing the saved one with this identity. */
  search: { id: string | null; name: string; query: string };
  /** Collections for articles. */
  collect: { ids: string[] };
  goToCollection: Record<string, never>;
  /** The name of a collection, or of one that is to be made. */
  nameCollection: { id: string | null };
  /** The receipt with this number, or the last one. */
  receipt: { number: number | null };
  /** The pages that an article was read from. */
  original: { id: string };
  /** The language of what the caret stands in or is selected, and what it is now. */
  language: { spoken: Spoken; piece: string | null; answer: (lang: string | null) => void };
  tableSize: { answer: (rows: number, columns: number) => void };
  front: Record<string, never>;
  citations: Record<string, never>;
  /** Goals, of a piece too while it is written. */
  goals: { id: string | null };
  settings: Record<string, never>;
  about: Record<string, never>;
  keyboard: Record<string, never>;
  /** Subscribing, with the address of a site or a feed if it is known. */
  addFeed: { address: string };
  editFeed: { id: string };
  /** Rules, for one feed to begin with. */
  feedRules: { feed: string | null };
  feedTimes: Record<string, never>;
  capture: { address: string };
  /** Commands, or articles to open: on the sheet, or beside what is there. */
  palette: { mode: "commands" | "articles" | "beside" };
  /** With `again`, the library was to be left, not Édito: it is what is tried once more. */
  quit: { texts: UnsavedText[]; again?: () => Promise<unknown> };
  /** What is said of an image of the text, by the name that the text has for it. */
  describeImage: {
    /** The article that shows it. */
    article: string;
    /** Where the file lies, as the text writes it. */
    target: string;
    words: string;
    caption: string;
    /** What is asked first. */
    first: "words" | "size";
    /** How often the text shows it. */
    shown: number;
    answer: (words: string, caption: string, kept: KeptSize | null) => void;
  };
  /** Versions of the article that were kept by themselves. */
  clearVersions: { id: string };
  freeVersions: Record<string, never>;
  confirm: { title: string; text: string; action: string; answer: (yes: boolean) => void };
};
/** A dialog's name. */
export type DialogName = keyof DialogProps;

/** The open dialog, if any. */
export const dialog = $state<{ open: { name: DialogName; props: DialogProps[DialogName] } | null }>({
  open: null,
});

/** Opens a dialog, in the place of any other. */
export function openDialog<N extends DialogName>(name: N, props: DialogProps[N]): void {
  dialog.open = { name, props };
}

/** Closes the dialog. */
export function closeDialog(): void {
  dialog.open = null;
}

/** Asks before something that cannot be undone. */
export function confirmed(title: string, text: string, action: string): Promise<boolean> {
  return new Promise((resolve) => openDialog("confirm", { title, text, action, answer: resolve }));
}
