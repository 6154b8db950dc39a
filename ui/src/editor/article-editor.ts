// The editor of an article: every feature, put together.
import { history } from "@codemirror/commands";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, scrollPastEnd, tooltips } from "@codemirror/view";
import { advice } from "./advice";
import { type ArticleAttributes, articleAttributes } from "./attributes";
import { blockWidgets } from "./block-widgets";
import { citations } from "./citations";
import { completion } from "./completion";
import { corrections } from "./corrections";
import { declaredLanguages } from "./declared";
import { lineDirection } from "./direction";
import { fields } from "./fields";
import { find } from "./find";
import { focus, type FocusMode } from "./focus";
import { formatting } from "./formatting";
import { head } from "./head";
import { highlighting } from "./highlighting";
import { languageOfArticles } from "./language";
import { leftAlone } from "./left-alone";
import { editLink, linkEditing } from "./link-editing";
import { links } from "./links";
import { lists } from "./lists";
import { livePreview } from "./live-preview";
import { noteEditing } from "./note-editing";
import { quotations } from "./quotations";
import { pasting } from "./pasting";
import { readOnly } from "./read-only";
import { reveal } from "./reveal";
import { smartKeys } from "./smart-keys";
import { source } from "./source";
import { editorServices, type EditorServices } from "./services";
import { tables } from "./tables/tables";
import { textKeys } from "./text-keys";
import { theme } from "./theme";
import { typewriter } from "./typewriter";
import { typingTypography } from "./typing-typography";
import { visibleMarks } from "./visible-marks";

/** What an editor of an article is made for. */
export type ArticleEditorOptions = {
  attributes: ArticleAttributes;
  services: EditorServices;
  readOnly: boolean;
  /** What stays in front; everything unless it is said. */
  focus?: FocusMode;
  /** Whether the line of the caret stays at one height; it does not unless it is said. */
  typewriter?: boolean;
  /** Whether typography is set while one types; it is not unless it is said. */
  typography?: boolean;
  /** Whether what is not seen is shown; it is not unless it is said. */
  marks?: boolean;
  /** Whether the text is shown as it is written; it is as it will read unless it is said. */
  source?: boolean;
  /** More of the page's own: listeners, for instance. */
  more?: Extension;
};

/** The state of an editor with the text of an article, front matter included. */
export function articleState(text: string, options: ArticleEditorOptions): EditorState {
  return EditorState.create({
    doc: text,
    selection: { anchor: 0 },
    extensions: [articleExtensions(options)],
  });
}

/** Every feature of the editor. */
export function articleExtensions(options: ArticleEditorOptions): Extension {
  return [
    editorServices.of(options.services),
    articleAttributes(options.attributes),
    readOnly(options.readOnly),
    // The text has "\n" only, whatever the file has: the library puts the file's own line ends back.
    EditorState.lineSeparator.of("\n"),
    EditorView.clipboardInputFilter.of((pasted) => pasted.replace(/\r\n?/g, "\n")),
    EditorView.lineWrapping,
    tooltips({ tooltipSpace: spaceOfTooltips }),
    leftAlone(),
    history({ minDepth: 1000 }),
    languageOfArticles(),
    declaredLanguages(),
    highlighting(),
    source(options.source ?? false),
    reveal(),
    livePreview(),
    head(),
    blockWidgets(),
    tables(),
    lineDirection(),
    fields(),
    lists(),
    formatting(),
    noteEditing(),
    links(),
    linkEditing(),
    pasting(),
    smartKeys(),
    completion(),
    citations(),
    focus(options.focus ?? "off"),
    typewriter(options.typewriter ?? false),
    typingTypography(options.typography ?? false),
    visibleMarks(options.marks ?? false),
    find(),
    corrections(),
    quotations(),
    advice(),
    scrollPastEnd(),
    theme(),
    options.more ?? [],
    keymap.of([{ key: "Mod-Shift-k", run: editLink }, ...textKeys]),
  ];
}

/** As wide as the text is shown, up to a little before its edges: what reaches over them is cut off. */
function spaceOfTooltips(view: EditorView): { left: number; top: number; right: number; bottom: number } {
  const { left, right } = view.dom.getBoundingClientRect();
  const { clientHeight } = view.dom.ownerDocument.documentElement;
  return { left: left + 8, top: 0, right: right - 8, bottom: clientHeight };
}
