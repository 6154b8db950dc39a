// How the writer's desk is set: what stays in front, where the line of the caret is, the outline; kept in the settings.
import { changeFocus, type FocusMode, focusModes } from "@/editor/focus";
import { outOfHead } from "@/editor/head";
import { changeSource, isSource } from "@/editor/source";
import { changeTypewriter } from "@/editor/typewriter";
import { changeTypingTypography } from "@/editor/typing-typography";
import { changeVisibleMarks } from "@/editor/visible-marks";
import { panes } from "@/library/panes.svelte";
import { changeExtraSetting, extraSetting } from "@/settings/settings.svelte";
import type { EditorBuffer } from "./editor-buffer";

let besideAlone = $state(false);

/** The desk, the same for every text. */
export const desk = {
  /** What stays in front while one writes. */
  get focus(): FocusMode {
    return focusModes.find((mode) => mode === extraSetting("writer-focus")) ?? "off";
  },
  /** Whether the line of the caret stays at one height. */
  get typewriter(): boolean {
    return extraSetting("writer-typewriter") === "on";
  },
  /** Whether typography is set while one types; it is, until one turns it off. */
  get typography(): boolean {
    return extraSetting("writer-typography") !== "off";
  },
  /** Whether what is not seen is shown: no-break spaces, ends of paragraphs. */
  get marks(): boolean {
    return extraSetting("writer-marks") === "on";
  },
  /** Whether the text is shown as it is written, and not as it will read. */
  get source(): boolean {
    return extraSetting("writer-source") === "on";
  },
  /** Whether the outline stands beside the text; beside one that is alone in the window, when it is asked for there. */
  get outlineShown(): boolean {
    return panes.alone ? besideAlone : extraSetting("writer-outline") === "shown";
  },
  /** Off, paragraph, sentence, and off again. */
  cycleFocus(): FocusMode {
    const next = focusModes[(focusModes.indexOf(desk.focus) + 1) % focusModes.length] ?? "off";
    changeExtraSetting("writer-focus", next);
    return next;
  },
  toggleTypewriter(): boolean {
    const on = !desk.typewriter;
    changeExtraSetting("writer-typewriter", on ? "on" : "off");
    return on;
  },
  toggleTypography(): boolean {
    const on = !desk.typography;
    changeExtraSetting("writer-typography", on ? "on" : "off");
    return on;
  },
  toggleMarks(): boolean {
    const on = !desk.marks;
    changeExtraSetting("writer-marks", on ? "on" : "off");
    return on;
  },
  toggleSource(): boolean {
    const on = !desk.source;
    changeExtraSetting("writer-source", on ? "on" : "off");
    return on;
  },
  showOutline(shown: boolean): void {
    if (panes.alone) besideAlone = shown;
    else changeExtraSetting("writer-outline", shown ? "shown" : "hidden");
  },
};

/** Sets an open text as the desk is set. */
export function applyDesk(buffer: EditorBuffer): void {
  buffer.dispatch(changeFocus(desk.focus));
  buffer.dispatch(changeTypewriter(desk.typewriter));
  buffer.dispatch(changeTypingTypography(desk.typography));
  buffer.dispatch(changeVisibleMarks(desk.marks));
  if (buffer.state().facet(isSource) === desk.source) return;
  buffer.dispatch(changeSource(desk.source, buffer.view()));
  if (!desk.source) buffer.dispatch(outOfHead(buffer.state()));
}
