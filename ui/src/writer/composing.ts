// The open text as several: a selection or what stands below a heading becomes an article of its own.
import { isolateHistory } from "@codemirror/commands";
import { ensureSyntaxTree } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { backend, type Row, type SplitAt } from "@/backend";
import { headingAt, headingsOf } from "@/editor/sections";
import { minimalChange } from "@/editor/minimal-change";
import { refreshOverview } from "@/library/library.svelte";
import { refreshRows } from "@/library/rows.svelte";
import { offerUndo } from "@/library/undo.svelte";
import type { Command } from "@/shared/commands.svelte";
import { tell } from "@/shared/notices.svelte";

/** The commands that make several articles of the text of an editor. `id` is the article's. */
export function composingCommands(view: () => EditorView | null, id: string): Command[] {
  const writable = (): boolean => view()?.state.readOnly === false;
  const selecting = (): boolean => writable() && view()?.state.selection.main.empty === false;
  const withView = (run: (editor: EditorView) => Promise<void>) => async (): Promise<void> => {
    const editor = view();
    if (editor) await run(editor);
  };
  return [
    {
      id: "writer-selection-to-piece",
      group: "edit",
      keys: "Mod-Alt-n",
      when: "writing",
      enabled: selecting,
      run: withView((editor) => ofSelection(editor, id, false)),
    },
    {
      id: "writer-selection-moved-to-piece",
      group: "edit",
      keys: "Mod-Alt-Shift-n",
      when: "writing",
      enabled: selecting,
      run: withView((editor) => ofSelection(editor, id, true)),
    },
    {
      id: "writer-split-here",
      group: "edit",
      when: "writing",
      enabled: writable,
      run: withView((editor) => splitAt(editor, id, "here")),
    },
    {
      id: "writer-split-level",
      group: "edit",
      when: "writing",
      enabled: writable,
      run: withView((editor) => splitAt(editor, id, "level")),
    },
  ];
}

/** Makes an article of what is selected; it stays, or a link to the new article takes its place. */
async function ofSelection(editor: EditorView, id: string, moved: boolean): Promise<void> {
  const { from, to } = editor.state.selection.main;
  const text = editor.state.doc;
  const row = await backend.articleFromSelection(id, text.toString(), from, to);
  let taken = "";
  let link = "";
  // What was typed meanwhile is not lost: only what was selected and still is gives way.
  if (moved && editor.state.doc.eq(text)) {
    taken = text.sliceString(from, to);
    const end = /\s*$/.exec(taken)?.[0] ?? "";
    link = `[[${row.title.replace(/[[\]|]/g, " ")}]]${end}`;
    editor.dispatch({
      changes: { from, to, insert: link },
      selection: { anchor: from + link.length },
      annotations: isolateHistory.of("full"),
      userEvent: "delete.selection",
    });
  }
  said([row], () => {
    if (link && editor.state.sliceDoc(from, from + link.length) === link)
      editor.dispatch({ changes: { from, to: from + link.length, insert: taken }, userEvent: "undo" });
  });
  editor.focus();
}

/** Makes articles of what stands below the heading of the caret, or below each heading of its level. */
async function splitAt(editor: EditorView, id: string, how: "here" | "level"): Promise<void> {
  const { state } = editor;
  const tree = ensureSyntaxTree(state, state.doc.length, 1000);
  const headings = tree ? headingsOf(state, tree) : [];
  const heading = headings[headingAt(headings, state.selection.main.head)];
  if (!heading) {
    tell("info", "writer-no-heading");
    return;
  }
  const at: SplitAt =
    how === "here"
      ? { at: "line", line: state.doc.lineAt(heading.from).number }
      : { at: "level", level: heading.level };
  const text = state.doc;
  const found = await backend.splitArticle(id, text.toString(), at);
  if (!found) {
    tell("info", "writer-no-heading");
    return;
  }
  const unchanged = editor.state.doc.eq(text);
  if (unchanged) {
    const change = minimalChange(text.toString(), found.rest);
    if (!change.empty)
      editor.dispatch({
        changes: change,
        annotations: isolateHistory.of("full"),
        userEvent: "delete.split",
        scrollIntoView: true,
      });
  }
  said(found.made, () => {
    if (unchanged && editor.state.doc.toString() === found.rest) {
      const back = minimalChange(found.rest, text.toString());
      if (!back.empty) editor.dispatch({ changes: back, userEvent: "undo" });
    }
  });
  editor.focus();
}

/** Says which articles were made; undone, they go to the trash and the text is put back. */
function said(made: Row[], back: () => void): void {
  void refreshRows();
  refreshOverview();
  offerUndo("writer-pieces-made", { count: made.length, title: made[0]?.title ?? "" }, async () => {
    back();
    await backend.trashArticles(made.map(({ id }) => id));
    void refreshRows();
    refreshOverview();
  });
}
