// The form of the head above the text of an article: made when an editor shows the text, and told what the text says.
import type { EditorState } from "@codemirror/state";
import type { EditorView, ViewUpdate } from "@codemirror/view";
import { mount, unmount } from "svelte";
import type { FieldName, Head, HeadAuthor, Refusal, Row, SlotLength } from "@/backend";
import { adviceChanged } from "@/editor/advice";
import { type HeadForm as Form, headOf, isHeadForm, startOfText } from "@/editor/head";
import { isSource } from "@/editor/source";
import type { HeadEditing } from "./head-editing";
import HeadForm from "./HeadForm.svelte";

/** What the form shows. */
export class ShownHead {
  head = $state.raw<Head | null>(null);
  /** Whether the fields stand there; else a line that says why not. */
  form = $state(false);
  asText = $state(false);
  endless = $state(false);
  readOnly = $state(false);
  /** Grows when the text or what is said of it changes. */
  changes = $state(0);
  /** Why the last change of a field was not made. */
  refused = $state.raw<Partial<Record<FieldName, Refusal>>>({});
}

/** What the form needs of the writing around it. */
export type HeadContext = {
  editing: HeadEditing;
  shown: ShownHead;
  /** The article as lists show it. */
  row: () => Row | null;
  lengths: () => readonly SlotLength[];
  authors: () => Promise<HeadAuthor[]>;
};

/** Puts the form into its place. */
export function mountHead(place: HTMLElement, view: EditorView, context: HeadContext): Form {
  const { shown } = context;
  const take = (): void => {
    const found = headOf(view.state);
    if (shown.head !== found?.head) shown.head = found?.head ?? null;
    shown.form = isHeadForm(view.state);
    shown.asText = (found?.asText ?? false) && !view.state.facet(isSource);
    shown.endless = found?.endless ?? false;
    shown.readOnly = view.state.readOnly;
  };
  take();
  const made = mount(HeadForm, { target: place, props: { view, context } });
  return {
    update(update: ViewUpdate) {
      take();
      if (
        adviceChanged(update) ||
        headOf(update.startState) !== headOf(update.state) ||
        isInHead(update.state) ||
        isInHead(update.startState)
      )
        shown.changes++;
    },
    enter: (at) => made.enter(at),
    reveal: (focus) => made.reveal(focus),
    destroy: () => void unmount(made),
  };
}

function isInHead(state: EditorState): boolean {
  return state.selection.main.from < startOfText(state);
}
