// Where the text is shown as typed: at the caret and the selection. While the mouse selects, this stays as it was,
// so that words do not move away under the pointer.
import { type EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import { ViewPlugin } from "@codemirror/view";

/** A range that is shown as typed. */
export type Revealed = { from: number; to: number };

const hold = StateEffect.define<boolean>();

type Reveal = { ranges: readonly Revealed[]; held: boolean };

const field = StateField.define<Reveal>({
  create: (state) => ({ ranges: selected(state), held: false }),
  update(value, transaction) {
    let held = value.held;
    for (const effect of transaction.effects) if (effect.is(hold)) held = effect.value;
    // A change to the text ends the holding: what is typed must be seen.
    if (held && !transaction.docChanged) return held === value.held ? value : { ranges: value.ranges, held };
    if (!transaction.docChanged && !transaction.selection && held === value.held) return value;
    const ranges = selected(transaction.state);
    return same(ranges, value.ranges) && held === value.held ? value : { ranges, held };
  },
});

/** The ranges shown as typed, in the order of the text. */
export function revealedRanges(state: EditorState): readonly Revealed[] {
  return state.field(field, false)?.ranges ?? selected(state);
}

/** Whether a range touches what is shown as typed. */
export function isRevealed(ranges: readonly Revealed[], from: number, to: number): boolean {
  for (const range of ranges) if (range.from <= to && range.to >= from) return true;
  return false;
}

/** Keeps account of where the text is shown as typed. */
export function reveal(): Extension {
  return [
    field,
    ViewPlugin.define((view) => {
      const release = (): void => {
        if (view.state.field(field).held) view.dispatch({ effects: hold.of(false) });
      };
      const press = (event: MouseEvent): void => {
        if (event.button === 0) view.dispatch({ effects: hold.of(true) });
      };
      view.contentDOM.addEventListener("mousedown", press, true);
      window.addEventListener("mouseup", release);
      window.addEventListener("blur", release);
      window.addEventListener("dragend", release);
      return {
        destroy() {
          view.contentDOM.removeEventListener("mousedown", press, true);
          window.removeEventListener("mouseup", release);
          window.removeEventListener("blur", release);
          window.removeEventListener("dragend", release);
        },
      };
    }),
  ];
}

function selected(state: EditorState): readonly Revealed[] {
  return state.selection.ranges.map((range) => ({ from: range.from, to: range.to }));
}

function same(one: readonly Revealed[], other: readonly Revealed[]): boolean {
  return (
    one.length === other.length &&
    one.every((range, i) => range.from === other[i]?.from && range.to === other[i]?.to)
  );
}
