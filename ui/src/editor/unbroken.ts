// Where something is hidden or shown in place of marks, the engine has a place to break the line, in the middle of a
// word too: between a call and the full stop behind it, between `l’` and the link that begins there.
import { type EditorState, findClusterBreak, type Range } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

/** A place where something is hidden, or `shown` instead of what stands there. */
export type Place = { from: number; to: number; shown: boolean };

/** Keeps places of the text, in their order, on one line with the words that they touch. A sign that is shown belongs to the word before it; what is only hidden parts nothing where a blank follows. */
export function unbrokenAround(state: EditorState, places: readonly Place[]): Range<Decoration>[] {
  const found: { from: number; to: number }[] = [];
  for (const place of joined(places)) {
    const before = wordBefore(state, place.from);
    const after = wordAfter(state, place.to);
    if (before === 0 || (after === 0 && !place.shown)) continue;
    const from = place.from - before;
    const to = place.to + after;
    const last = found[found.length - 1];
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else found.push({ from, to });
  }
  return found.map(({ from, to }) => together.range(from, to));
}

/** How they are kept together. */
export const unbrokenLook = EditorView.baseTheme({ ".cm-unbroken": { whiteSpace: "pre" } });

const together = Decoration.mark({ class: "cm-unbroken", inclusiveEnd: true });

/** Places that touch are one. */
function joined(places: readonly Place[]): Place[] {
  const found: Place[] = [];
  for (const place of places) {
    const last = found[found.length - 1];
    if (!last || place.from > last.to) found.push({ ...place });
    else {
      last.to = Math.max(last.to, place.to);
      last.shown ||= place.shown;
    }
  }
  return found;
}

// Whole words, for letters that join or sit on others are drawn anew where an element begins. A line may end behind a
// dash or a stroke, and in no-break spaces it may not. What is longer has to be broken somewhere.
const most = 30;
const ending = /[^\s\u200b\-–—/]*(?:[\u00a0\u202f][^\s\u200b\-–—/]*)*$/;
const beginning = /^[^\s\u200b–—]*?(?=-|[\s\u200b–—]|$)(?:[\u00a0\u202f][^\s\u200b\-–—]*)*-?/;

function wordBefore(state: EditorState, at: number): number {
  const text = state.sliceDoc(Math.max(state.doc.lineAt(at).from, at - most), at);
  const word = ending.exec(text)?.[0] ?? "";
  return word.length < most ? word.length : text.length - findClusterBreak(text, text.length, false);
}

function wordAfter(state: EditorState, at: number): number {
  const text = state.sliceDoc(at, Math.min(state.doc.lineAt(at).to, at + most));
  const word = beginning.exec(text)?.[0] ?? "";
  return word.length < most ? word.length : findClusterBreak(text, 0);
}
