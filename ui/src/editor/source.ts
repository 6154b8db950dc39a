// The text as it is written: every sign of it, the front matter too, nothing set in the place of anything.
import {
  Compartment,
  type Extension,
  Facet,
  type StateEffect,
  type TransactionSpec,
} from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** Whether the text is shown as it is written; what hides signs or stands in their place asks this. */
export const isSource = Facet.define<boolean, boolean>({ combine: (values) => values[0] ?? false });

/** Shows the text as it is written, or as it will read. */
export function source(on: boolean): Extension {
  return compartment.of(content(on));
}

/** Shows the text as it is written from now on, or as it will read; in an editor, what one looks at keeps its height. */
export function changeSource(on: boolean, view: EditorView | null = null): TransactionSpec {
  const effects: StateEffect<unknown>[] = [compartment.reconfigure(content(on))];
  const held = view && inSight(view);
  if (held) effects.push(EditorView.scrollIntoView(held.at, { y: "start", yMargin: held.height }));
  return { effects };
}

const compartment = new Compartment();

function content(on: boolean): Extension {
  return on ? [isSource.of(true), EditorView.editorAttributes.of({ class: "cm-source" }), look] : [];
}

/** What one looks at, and its height in the window of the text: the caret, else the first line that is seen. */
function inSight(view: EditorView): { at: number; height: number } | null {
  const window = view.scrollDOM.getBoundingClientRect();
  if (window.height === 0) return null;
  const { head } = view.state.selection.main;
  const caret = view.coordsAtPos(head);
  if (caret && caret.top >= window.top && caret.bottom <= window.bottom)
    return { at: head, height: caret.top - window.top };
  const first = view.elementAtHeight(window.top - view.documentTop);
  return { at: first.from, height: 0 };
}

// As the source of a table and of code.
const look = EditorView.theme({
  "&.cm-source .cm-content": { fontFamily: "var(--mono)", fontSize: "0.8em", lineHeight: "1.65" },
});
