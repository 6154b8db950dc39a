// The open text as several: a selection or what stands below a heading becomes an article of its own.
import { isolateHistory } from "@codemirror/commands";
import { ensureSyntaxTree } from "@codemirror/language";
import type { Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { backend, type Row, type SplitAt } from "@/backend";
import { headingAt, headingsOf } from "@/editor/sections";
import { minimalChange } from "@/editor/minimal-change";
import { refreshOverview } from "@/library/library.svelte";
import { refreshRows } from "@/library/rows.svelte";
import { offerUndo } from "@/library/undo.svelte";
import type { Command } from "@/shared/commands.svelte";
import { tell } from "@/shared/notices.svelte";
import { openText } from "./writer.svelte";

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
      ofText: true,
      enabled: selecting,
      run: withView((editor) => ofSelection(editor, id, false)),
    },
    {
      id: "writer-selection-moved-to-piece",
      group: "edit",
      keys: "Mod-Alt-Shift-n",
      when: "writing",
      ofText: true,
      enabled: selecting,
      run: withView((editor) => ofSelection(editor, id, true)),
    },
    {
      id: "writer-split-here",
      group: "edit",
      when: "writing",
      ofText: true,
      enabled: writable,
      run: withView((editor) => splitAt(editor, id, "here")),
    },
    {
      id: "writer-split-level",
      group: "edit",
      when: "writing",
      ofText: true,
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
  // What was typed meanwhile is not lost: only what was selected and still is gives way.
  const unchanged = isHere(editor) && editor.state.doc.eq(text);
  if (moved && unchanged) {
    const end = /\s*$/.exec(text.sliceString(from, to))?.[0] ?? "";
    const link = `[[${row.title.replace(/[[\]|]/g, " ")}]]${end}`;
    editor.dispatch({
      changes: { from, to, insert: link },
      selection: { anchor: from + link.length },
      annotations: isolateHistory.of("full"),
      userEvent: "delete.selection",
    });
  }
  said([row], id, text, editor.state.doc);
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
  if (isHere(editor) && editor.state.doc.eq(text)) {
    const change = minimalChange(text.toString(), found.rest);
    if (!change.empty)
      editor.dispatch({
        changes: change,
        annotations: isolateHistory.of("full"),
        userEvent: "delete.split",
        scrollIntoView: true,
      });
  }
  said(found.made, id, text, editor.state.doc);
  editor.focus();
}

/** Whether the text of an editor can be changed: another one may be on the sheet by now. */
function isHere(editor: EditorView): boolean {
  return editor.dom.isConnected && !editor.state.readOnly;
}

/**
 * Says which articles were made of the text `before`, of which `after` was left; undone, they go to the trash once the
 * text has its words again.
 */
function said(made: Row[], id: string, before: Text, after: Text): void {
  void refreshRows();
  refreshOverview();
  offerUndo("writer-pieces-made", { count: made.length, title: made[0]?.title ?? "" }, async () => {
    if (!(await putBack(id, before, after))) return void tell("problem", "writer-pieces-stay");
    await backend.trashArticles(made.map(({ id }) => id));
    void refreshRows();
    refreshOverview();
  });
}

/** Puts what was taken out of an article back into it, on the sheet or not; what was written since stays. */
async function putBack(id: string, before: Text, after: Text): Promise<boolean> {
  if (before.eq(after)) return true;
  const text = await openText(id);
  if (!text || text.session.state.phase !== "ready" || text.buffer.state().readOnly) return false;
  const now = text.buffer.state().doc;
  // The history of the editor may have put it back already.
  if (now.eq(before)) return true;
  const rest = after.toString();
  const since = minimalChange(rest, now.toString());
  text.buffer.dispatch({
    changes: minimalChange(rest, before.toString()).map(since, true),
    annotations: isolateHistory.of("full"),
    userEvent: "undo",
  });
  // Nothing listens to a text that is not on the sheet.
  text.session.edited();
  return text.session.save();
}
