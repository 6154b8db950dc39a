// Quotations in the text: a sign behind each tells what became of it, and what differs from the source is shown over it.
import {
  type EditorState,
  type Extension,
  Prec,
  type Range,
  StateEffect,
  StateField,
} from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  hoverTooltip,
  type TooltipView,
  WidgetType,
} from "@codemirror/view";
import { unbrokenAround, unbrokenLook } from "./unbroken";

/** What became of a quotation. */
export type QuotationVerdict =
  "proved" | "altered" | "unsourced" | "changed" | "missing" | "elsewhere" | "tooLong";

/** A quotation as it is shown in the text. */
export type ShownQuotation = {
  id: number;
  from: number;
  to: number;
  verdict: QuotationVerdict;
  /** What became of it, in words. */
  words: string;
  /** Who says what, where it differs from its source. */
  pieces: { text: string; mark: "same" | "quoted" | "source" }[];
  /** What can be done about it. */
  actions: { label: string; run: (view: EditorView) => void }[];
};

/** The sign of each verdict: no colour alone tells one from another. */
export const verdictSigns: Record<QuotationVerdict, string> = {
  proved: "✓",
  altered: "≠",
  unsourced: "?",
  changed: "↻",
  missing: "∅",
  elsewhere: "↗",
  tooLong: "…",
};

/** Shows what became of quotations; the text only changes by what is chosen over one. */
export function quotations(): Extension {
  return [
    shown,
    EditorView.decorations.from(shown, (state) => state.marks),
    Prec.lowest(EditorView.decorations.from(shown, (state) => state.unbroken)),
    hover,
    look,
    unbrokenLook,
  ];
}

/** Shows these quotations instead of those before. */
export function showQuotations(view: EditorView, found: readonly ShownQuotation[]): void {
  view.dispatch({ effects: set.of(found) });
}

/** Where a quotation stands by now; null when it was edited since it was looked into. */
export function quotationPlace(state: EditorState, id: number): { from: number; to: number } | null {
  const marks = state.field(shown, false)?.marks.iter();
  for (; marks?.value; marks.next()) {
    const { quotation } = marks.value.spec as Spec;
    if (quotation.id === id && marks.to > marks.from) return { from: marks.from, to: marks.to };
  }
  return null;
}

/** The quotation that a position is in. */
export function quotationAt(state: EditorState, position: number): number | null {
  let found: number | null = null;
  state.field(shown, false)?.marks.between(position, position, (from, to, value) => {
    if (to > from) found = (value.spec as Spec).quotation.id;
  });
  return found;
}

/** Selects a quotation and brings it into view. */
export function goToQuotation(view: EditorView, id: number): boolean {
  const place = quotationPlace(view.state, id);
  if (!place) return false;
  view.dispatch({
    selection: { anchor: place.from, head: place.to },
    effects: EditorView.scrollIntoView(place.from, { y: "center" }),
  });
  return true;
}

type Spec = { quotation: ShownQuotation };

const set = StateEffect.define<readonly ShownQuotation[]>();

/** Quotations with their signs, and what keeps each sign with the words before it. */
type Shown = { marks: DecorationSet; unbroken: DecorationSet };

const shown = StateField.define<Shown>({
  create: () => ({ marks: Decoration.none, unbroken: Decoration.none }),
  update(state, transaction) {
    let { marks, unbroken } = state;
    if (transaction.docChanged) {
      marks = marks.map(transaction.changes);
      unbroken = unbroken.map(transaction.changes);
      // What is typed there is no part of it.
      const typed = new Set<number>();
      transaction.changes.iterChangedRanges((_from, _to, from, to) =>
        unbroken.between(from, to, (start) => void typed.add(start)),
      );
      if (typed.size > 0) unbroken = unbroken.update({ filter: (from) => !typed.has(from) });
      // Nothing is known of one that was edited, until it is looked into again.
      const touched = new Set<number>();
      transaction.changes.iterChangedRanges((_from, _to, from, to) =>
        marks.between(from, to, (start, end, value) => {
          if (end > start && to > start && from < end) touched.add((value.spec as Spec).quotation.id);
        }),
      );
      if (touched.size > 0)
        marks = marks.update({
          filter: (_from, _to, value) => !touched.has((value.spec as Spec).quotation.id),
        });
    }
    for (const effect of transaction.effects) {
      if (!effect.is(set)) continue;
      marks = marksOf(effect.value);
      const ends = effect.value.filter(({ from, to }) => to > from).map(({ to }) => to);
      const places = ends.sort((one, other) => one - other).map((to) => ({ from: to, to, shown: true }));
      unbroken = Decoration.set(unbrokenAround(transaction.state, places));
    }
    return marks === state.marks ? state : { marks, unbroken };
  },
});

function marksOf(found: readonly ShownQuotation[]): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  for (const quotation of found) {
    const { from, to, verdict } = quotation;
    if (to <= from) continue;
    const classes = `cm-ledger cm-ledger-${verdict}`;
    ranges.push(Decoration.mark({ class: classes, quotation }).range(from, to));
    const sign = new Sign(verdict, quotation.words);
    // It stays with the quotation when something is typed behind it.
    ranges.push(Decoration.widget({ widget: sign, side: -1, quotation }).range(to));
  }
  return Decoration.set(ranges, true);
}

class Sign extends WidgetType {
  constructor(
    readonly verdict: QuotationVerdict,
    readonly words: string,
  ) {
    super();
  }

  override eq(other: Sign): boolean {
    return other.verdict === this.verdict && other.words === this.words;
  }

  override toDOM(): HTMLElement {
    const sign = document.createElement("span");
    sign.className = `cm-ledger-sign cm-ledger-sign-${this.verdict}`;
    sign.setAttribute("role", "img");
    sign.setAttribute("aria-label", this.words);
    sign.textContent = verdictSigns[this.verdict];
    return sign;
  }
}

const hover = hoverTooltip(
  (view, position) => {
    const id = quotationAt(view.state, position);
    const place = id === null ? null : quotationPlace(view.state, id);
    if (id === null || !place) return null;
    let quotation: ShownQuotation | null = null;
    view.state.field(shown).marks.between(place.from, place.to, (_from, _to, value) => {
      const one = (value.spec as Spec).quotation;
      if (one.id === id) quotation = one;
    });
    const found = quotation as ShownQuotation | null;
    if (!found || found.verdict === "proved") return null;
    return { pos: position, above: true, create: (editor) => popup(editor, found) };
  },
  { hoverTime: 350 },
);

function popup(view: EditorView, quotation: ShownQuotation): TooltipView {
  const dom = document.createElement("div");
  dom.className = "cm-ledger-popup";
  const head = document.createElement("p");
  head.className = "cm-ledger-words";
  head.textContent = `${verdictSigns[quotation.verdict]} ${quotation.words}`;
  dom.append(head);
  if (quotation.pieces.length > 0) {
    const line = document.createElement("p");
    line.className = "cm-ledger-redline";
    line.dir = "auto";
    for (const { text, mark } of quotation.pieces) {
      const name = { same: "span", quoted: "del", source: "ins" }[mark];
      const piece = document.createElement(name);
      piece.textContent = text;
      line.append(piece);
    }
    dom.append(line);
  }
  for (const { label, run } of quotation.actions) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = label;
    button.onclick = () => run(view);
    dom.append(button);
  }
  return { dom };
}

const look = EditorView.baseTheme({
  ".cm-ledger-altered": {
    textDecorationLine: "underline",
    textDecorationStyle: "wavy",
    textDecorationColor: "var(--red)",
    textDecorationThickness: "1px",
    textUnderlineOffset: "4px",
    textDecorationSkipInk: "none",
  },
  ".cm-ledger-unsourced": {
    textDecorationLine: "underline",
    textDecorationStyle: "dotted",
    textDecorationColor: "var(--rule-strong)",
    textDecorationThickness: "1.5px",
    textUnderlineOffset: "4px",
  },
  ".cm-ledger-changed": {
    textDecorationLine: "underline",
    textDecorationStyle: "dashed",
    textDecorationColor: "var(--warning)",
    textDecorationThickness: "1px",
    textUnderlineOffset: "4px",
  },
  ".cm-ledger-missing": {
    textDecorationLine: "underline",
    textDecorationStyle: "dotted",
    textDecorationColor: "var(--red)",
    textDecorationThickness: "1.5px",
    textUnderlineOffset: "4px",
  },
  ".cm-ledger-sign": {
    display: "inline-block",
    marginInline: "0.12em",
    font: "600 0.62em/1 var(--sans)",
    verticalAlign: "0.55em",
    color: "var(--faint)",
    textDecoration: "none",
    userSelect: "none",
  },
  ".cm-ledger-sign-proved": { color: "var(--inserted)" },
  ".cm-ledger-sign-altered, .cm-ledger-sign-missing": { color: "var(--red)" },
  ".cm-ledger-sign-changed": { color: "var(--warning)" },
  ".cm-tooltip:has(> .cm-ledger-popup)": {
    border: "1px solid var(--rule-strong)",
    borderRadius: "var(--radius)",
    background: "var(--sheet)",
    color: "var(--ink)",
    zIndex: "6",
  },
  ".cm-ledger-popup": {
    maxWidth: "min(34rem, 90vw)",
    padding: "10px 14px 12px",
    font: "400 13px/1.45 var(--sans)",
  },
  ".cm-ledger-popup p": { margin: "0 0 8px" },
  ".cm-ledger-popup p:last-child": { margin: "0" },
  ".cm-ledger-words": { color: "var(--soft)" },
  ".cm-ledger-redline": { font: "400 15px/1.5 var(--serif)", whiteSpace: "pre-line" },
  ".cm-ledger-popup del": { color: "var(--red)", textDecorationThickness: "1px" },
  ".cm-ledger-popup ins": {
    marginInlineStart: "0.15em",
    color: "var(--inserted)",
    background: "var(--inserted-wash)",
    textDecoration: "none",
  },
  ".cm-ledger-popup .button": { marginInlineEnd: "8px" },
});
