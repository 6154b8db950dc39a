// The texts that are written on the sides of the sheet, for what stands beside them: their preview, what is dropped on them.
import type { EditorView } from "@codemirror/view";
import { SvelteMap } from "svelte/reactivity";

/** A text in its editor. */
export type WrittenText = {
  /** The article. */
  id: string;
  view: EditorView;
  /** Grows with every change of the text. */
  edits: () => number;
  /** A BCP 47 tag, when the language is known. */
  lang: () => string | null;
};

const written = new SvelteMap<number, WrittenText>();

/** Tells which text a side has in its editor, for its preview; the function it returns ends that. */
export function bePreviewed(side: number, text: WrittenText): () => void {
  written.set(side, text);
  return () => {
    if (written.get(side)?.view === text.view) written.delete(side);
  };
}

/** The text that is written on a side. */
export function writtenOn(side: number): WrittenText | null {
  return written.get(side) ?? null;
}

/** The editor that a point of the window lies in. */
export function dropInto({ x, y }: { x: number; y: number }): EditorView | null {
  for (const { view } of written.values()) {
    const box = view.dom.getBoundingClientRect();
    if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return view;
  }
  return null;
}
