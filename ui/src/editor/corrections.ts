// Changes of typography that wait for a word: marked in the text, kept in their places while it is edited, made at once.
import { isolateHistory } from "@codemirror/commands";
import { type EditorState, type Extension, type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { writtenIn } from "./attributes";
import { fitting } from "./encodable";

/** A change that is offered. */
export type Offer = {
  id: number;
  from: number;
  to: number;
  before: string;
  after: string;
  rule: string;
};

/** Marks what is offered; the text only changes by `makeCorrections`. */
export function corrections(): Extension {
  return [offered, EditorView.decorations.from(offered), look];
}

/** Offers these changes instead of those before. Each must stand in the text as it is. */
export function offerCorrections(view: EditorView, offers: Omit<Offer, "before" | "id">[]): void {
  const encoding = view.state.facet(writtenIn);
  const made = offers.flatMap(({ from, to, after, rule }) => {
    const before = view.state.sliceDoc(from, to);
    // What the file's encoding lacks could not be saved.
    const fit = fitting(after, encoding);
    return fit === null || fit === before
      ? []
      : [mark({ id: ++lastId, before, after: fit, rule }).range(from, to)];
  });
  view.dispatch({ effects: set.of(Decoration.set(made)) });
}

/** What is offered, in the order of the text, each where it stands now. What was edited since is not offered any more. */
export function offersOf(state: EditorState): Offer[] {
  const found: Offer[] = [];
  const marks = state.field(offered, false)?.iter();
  for (; marks?.value; marks.next()) {
    const offer = { ...(marks.value.spec as { offer: Content }).offer, from: marks.from, to: marks.to };
    if (state.sliceDoc(offer.from, offer.to) === offer.before) found.push(offer);
  }
  return found;
}

/** Makes changes that are offered, in one step of undo; how many were made. */
export function makeCorrections(view: EditorView, ids: ReadonlySet<number>): number {
  if (view.state.readOnly) return 0;
  const chosen = offersOf(view.state).filter((offer) => ids.has(offer.id));
  if (chosen.length === 0) return 0;
  view.dispatch({
    changes: chosen.map(({ from, to, after }) => ({ from, to, insert: after })),
    effects: drop.of(ids),
    annotations: isolateHistory.of("full"),
    userEvent: "input.typography",
  });
  return chosen.length;
}

/** Offers some of the changes no more. */
export function dropCorrections(view: EditorView, ids: ReadonlySet<number>): void {
  view.dispatch({ effects: drop.of(ids) });
}

/** Shows where a change would be made: selects what it would replace, and marks it among the others. */
export function showCorrection(view: EditorView, offer: Offer): void {
  view.dispatch({
    selection: { anchor: offer.from, head: offer.to },
    effects: [show.of(offer.id), EditorView.scrollIntoView(offer.from, { y: "center" })],
  });
}

type Content = { id: number; before: string; after: string; rule: string };

let lastId = 0;

const set = StateEffect.define<DecorationSet>();
const drop = StateEffect.define<ReadonlySet<number>>();
const show = StateEffect.define<number>();

const offered = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let now = transaction.docChanged ? marks.map(transaction.changes) : marks;
    for (const effect of transaction.effects) {
      if (effect.is(set)) now = effect.value;
      else if (effect.is(show)) now = withShown(now, effect.value);
      else if (effect.is(drop))
        now = now.update({
          filter: (_from, _to, value) => !effect.value.has((value.spec as { offer: Content }).offer.id),
        });
    }
    return now;
  },
});

function mark(offer: Content, shown = false): Decoration {
  return Decoration.mark({
    class: shown ? "cm-correction cm-correction-shown" : "cm-correction",
    offer,
    shown,
  });
}

/** One of the changes stands out; the one before does not any more. */
function withShown(marks: DecorationSet, id: number): DecorationSet {
  const others: Range<Decoration>[] = [];
  const differs = (value: Decoration): boolean => {
    const { offer, shown } = value.spec as { offer: Content; shown: boolean };
    return shown !== (offer.id === id);
  };
  for (const each = marks.iter(); each.value; each.next()) {
    if (!differs(each.value)) continue;
    const { offer } = each.value.spec as { offer: Content };
    others.push(mark(offer, offer.id === id).range(each.from, each.to));
  }
  return marks.update({ filter: (_from, _to, value) => !differs(value), add: others });
}

const look = EditorView.baseTheme({
  ".cm-correction": {
    boxShadow: "inset 0 -2px 0 var(--mark-line)",
    background: "color-mix(in srgb, var(--mark) 45%, transparent)",
  },
  ".cm-correction-shown": {
    boxShadow: "inset 0 -2px 0 var(--red)",
    background: "var(--mark)",
    outline: "1px solid var(--red)",
    outlineOffset: "1px",
  },
});
