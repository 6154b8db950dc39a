// The commands of the writer's desk: what stays in front, the line of the caret, the outline, sections, insertions.
import { ensureSyntaxTree } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { imageAtCaret } from "@/editor/images";
import { openInsertMenu } from "@/editor/insert-menu";
import { insertAlert, insertCodeBlock, insertImage } from "@/editor/insertions";
import { headingAt, headingsOf, moveSection, stepOf } from "@/editor/sections";
import { editorServices } from "@/editor/services";
import type { Command } from "@/shared/commands.svelte";
import { dismiss, tell } from "@/shared/notices.svelte";
import { desk } from "./desk.svelte";

/** The commands of the desk of an editor. */
export function deskCommands(
  view: () => EditorView | null,
  outline: { isVisible: () => boolean; enter: () => void },
): Command[] {
  const open = (): boolean => view() !== null;
  const writable = (): boolean => view()?.state.readOnly === false;
  const onImage = (): boolean => {
    const editor = view();
    return editor !== null && writable() && imageAtCaret(editor.state) !== null;
  };
  const askOfImage = (first: "words" | "size"): void => {
    const editor = view();
    const image = editor && imageAtCaret(editor.state);
    if (image) editor.state.facet(editorServices).describe?.(editor, image.target, first);
  };
  const write = (run: (editor: EditorView) => unknown) => (): void => {
    const editor = view();
    if (!editor) return;
    editor.focus();
    run(editor);
  };
  return [
    {
      id: "writer-focus",
      group: "view",
      keys: "F8",
      when: "writing",
      enabled: open,
      run: () => say(`writer-focus-${desk.cycleFocus()}`),
    },
    {
      id: "writer-typewriter",
      group: "view",
      keys: "Shift-F8",
      when: "writing",
      enabled: open,
      run: () => say(`writer-typewriter-${desk.toggleTypewriter() ? "on" : "off"}`),
    },
    {
      id: "writer-typing-typography",
      group: "edit",
      when: "writing",
      enabled: open,
      run: () => say(`writer-typing-typography-${desk.toggleTypography() ? "on" : "off"}`),
    },
    {
      id: "writer-marks",
      group: "view",
      keys: "Mod-Alt-m",
      when: "writing",
      enabled: open,
      run: () => say(`writer-marks-${desk.toggleMarks() ? "on" : "off"}`),
    },
    {
      id: "writer-source",
      group: "view",
      keys: "Mod-/",
      when: "writing",
      enabled: open,
      run: () => say(`writer-source-${desk.toggleSource() ? "on" : "off"}`),
    },
    {
      id: "writer-outline",
      group: "view",
      keys: "Mod-Alt-o",
      when: "writing",
      enabled: open,
      run: () => {
        // In a narrow window it may be there and not on the screen.
        const shown = !desk.outlineShown || !outline.isVisible();
        desk.showOutline(shown);
        if (shown) outline.enter();
        else view()?.focus();
      },
    },
    {
      id: "writer-section-up",
      group: "edit",
      keys: "Mod-Shift-PageUp",
      when: "writing",
      ofText: true,
      enabled: writable,
      run: write((editor) => step(editor, -1)),
    },
    {
      id: "writer-section-down",
      group: "edit",
      keys: "Mod-Shift-PageDown",
      when: "writing",
      ofText: true,
      enabled: writable,
      run: write((editor) => step(editor, 1)),
    },
    {
      id: "writer-insert",
      group: "edit",
      keys: "Mod-Alt-i",
      when: "writing",
      ofText: true,
      enabled: writable,
      run: write(openInsertMenu),
    },
    {
      id: "writer-insert-image",
      group: "edit",
      when: "writing",
      ofText: true,
      enabled: writable,
      run: write(insertImage),
    },
    {
      id: "writer-describe-image",
      group: "edit",
      when: "writing",
      ofText: true,
      enabled: onImage,
      run: () => askOfImage("words"),
    },
    {
      id: "writer-resize-image",
      group: "edit",
      when: "writing",
      ofText: true,
      enabled: onImage,
      run: () => askOfImage("size"),
    },
    {
      id: "writer-insert-alert",
      group: "edit",
      when: "writing",
      ofText: true,
      enabled: writable,
      run: write(insertAlert("note")),
    },
    {
      id: "writer-insert-code-block",
      group: "edit",
      when: "writing",
      ofText: true,
      enabled: writable,
      run: write(insertCodeBlock),
    },
  ];
}

let said: number | undefined;

/** Says how the desk is set now, in the place of what was said before. */
function say(message: string): void {
  if (said !== undefined) dismiss(said);
  said = tell("info", message);
}

/** Moves the section of the caret past its neighbour; says so when it goes no further. */
function step(editor: EditorView, direction: -1 | 1): void {
  const { state } = editor;
  // Only a text that is parsed whole has its sections.
  const tree = ensureSyntaxTree(state, state.doc.length, 1000);
  const headings = tree ? headingsOf(state, tree) : [];
  const index = headingAt(headings, state.selection.main.head);
  const before = stepOf(headings, index, direction);
  const change = !tree || before === null ? null : moveSection(state, headings, index, before, tree);
  if (change) editor.dispatch(change);
  else tell("info", "writer-section-stays");
}
