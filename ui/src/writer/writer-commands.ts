// The commands of writing: the menu, the palette and the keys read them.
import { redo, undo } from "@codemirror/commands";
import type { Command as EditorCommand, EditorView } from "@codemirror/view";
import { insertCitation } from "@/editor/citations";
import { openFind, openReplace } from "@/editor/find";
import {
  setHeading,
  toggleBullets,
  toggleCode,
  toggleEmphasis,
  toggleMarked,
  toggleNumbers,
  toggleQuotation,
  toggleStrikethrough,
  toggleStrong,
  toggleTasks,
} from "@/editor/formatting";
import { insertFootnote, insertRule } from "@/editor/insertions";
import { enterHead, toggleHeadText } from "@/editor/head";
import { editNote } from "@/editor/note-editing";
import { noteEditorOf } from "@/editor/note-field";
import { editLink } from "@/editor/link-editing";
import { followOrTick } from "@/editor/links";
import { selectedTable } from "@/editor/tables/table-place";
import { offerPassages } from "@/editor/quotable";
import { moveBlockDown, moveBlockUp } from "@/editor/smart-keys";
import { isSource } from "@/editor/source";
import { declareLanguage, spokenAt } from "@/editor/paragraph-language";
import { openDialog } from "@/library/dialogs.svelte";
import type { Command } from "@/shared/commands.svelte";

/** What can be done in the field of a note as in the text. */
const withinNotes = new Set<EditorCommand>([
  toggleStrong,
  toggleEmphasis,
  toggleStrikethrough,
  toggleMarked,
  toggleCode,
  insertCitation,
]);

/** The commands of an editor. */
export function writerCommands(view: () => EditorView | null): Command[] {
  const writable = (): boolean => view()?.state.readOnly === false;
  // What makes lists and headings of lines has no place in a cell.
  const outside = (): boolean => {
    const editor = view();
    return writable() && editor !== null && selectedTable(editor.state) === null;
  };
  const edit = (id: string, run: EditorCommand, keys?: string, enabled = writable): Command => ({
    id: `writer-${id}`,
    group: "edit",
    when: "writing",
    // To find is to go somewhere.
    ofText: run !== openFind && run !== openReplace,
    enabled: () => view() !== null && enabled(),
    run: () => {
      const around = view();
      if (!around) return;
      // What is done to words is done to those of the note that is open at its call.
      const editor = (withinNotes.has(run) && noteEditorOf(around)) || around;
      run(editor);
      if (run !== openFind && run !== openReplace && run !== editNote && run !== editLink) editor.focus();
    },
    ...(keys ? { keys } : {}),
  });
  const always = (): boolean => true;
  return [
    edit("undo", undo, "Mod-z"),
    edit("redo", redo, "Mod-Shift-z Mod-y"),
    edit("find", openFind, "Mod-f", always),
    edit("replace", openReplace, "Mod-h Mod-Alt-f"),
    edit("strong", toggleStrong, "Mod-b"),
    edit("emphasis", toggleEmphasis, "Mod-i"),
    edit("strikethrough", toggleStrikethrough, "Mod-Shift-x"),
    edit("marked", toggleMarked, "Mod-Shift-h"),
    edit("code", toggleCode, "Mod-Shift-m"),
    edit("paragraph", setHeading(0), "Mod-0", outside),
    edit("heading-1", setHeading(1), "Mod-1", outside),
    edit("heading-2", setHeading(2), "Mod-2", outside),
    edit("heading-3", setHeading(3), "Mod-3", outside),
    edit("heading-4", setHeading(4), "Mod-4", outside),
    edit("quotation", toggleQuotation, "Mod-Shift-9", outside),
    edit("quote", offerPassages, "Mod-Alt-q", outside),
    edit("bullets", toggleBullets, "Mod-Shift-8", outside),
    edit("numbers", toggleNumbers, "Mod-Shift-7", outside),
    edit("tasks", toggleTasks, undefined, outside),
    edit("block-up", moveBlockUp, "Alt-ArrowUp", outside),
    edit("block-down", moveBlockDown, "Alt-ArrowDown", outside),
    {
      id: "writer-head",
      group: "edit",
      keys: "F4",
      when: "writing",
      enabled: () => view() !== null,
      run: () => {
        const editor = view();
        if (editor) enterHead(editor);
      },
    },
    {
      id: "writer-head-text",
      group: "view",
      keys: "Shift-F4",
      when: "writing",
      // As it is written, all of it is text.
      enabled: () => view()?.state.facet(isSource) === false,
      run: () => {
        const editor = view();
        if (editor) toggleHeadText(editor);
      },
    },
    {
      id: "writer-language",
      group: "edit",
      keys: "Mod-Shift-l",
      when: "writing",
      ofText: true,
      enabled: writable,
      run: () => {
        const editor = view();
        const spoken = editor && spokenAt(editor.state);
        if (!editor || !spoken) return;
        openDialog("language", {
          spoken,
          piece: editor.contentDOM.lang || null,
          answer: (lang) => {
            const change = declareLanguage(editor.state, lang);
            if (change) editor.dispatch(change);
            editor.focus();
          },
        });
      },
    },
    edit("insert-link", editLink, "Mod-Shift-k"),
    edit("edit-note", editNote, "Mod-Alt-Enter"),
    edit("insert-footnote", insertFootnote),
    edit("insert-citation", insertCitation, "Mod-Shift-e"),
    edit("insert-rule", insertRule, undefined, outside),
    edit("follow", followOrTick, "Mod-Enter", always),
  ];
}
