// Advice on words: asked for where the text changed, marked in the text, kept in its places while it is edited.
import { isolateHistory } from "@codemirror/commands";
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import {
  type ChangeDesc,
  type EditorState,
  type Extension,
  StateEffect,
  StateField,
  type Text,
} from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { Tree } from "@lezer/common";
import { adviceLook } from "./advice-look";
import { joined, nextPortion, type Span, without } from "./advice-portions";
import { declaredAnew, tagsAround } from "./declared";
import { editorServices } from "./services";

/** The sorts of advice, the weightiest first. */
export const adviceKinds = ["spelling", "grammar", "house", "style"] as const;
/** A sort of advice. */
export type AdviceKind = (typeof adviceKinds)[number];

/** What is said of some words. */
export type Said = {
  from: number;
  to: number;
  kind: AdviceKind;
  rule: string;
  fixes: string[];
  note: string | null;
  lang: string;
};
/** What is said of words of the text as it is now. */
export type Advice = Said & { id: number; words: string };

/** What is asked: about a text, or about some of its blocks, which `head` says it begins with. */
export type AdviceQuestion = {
  text: string;
  head: boolean;
  lang: string | null;
  /** The tags that are open where it begins, for the languages that they declare. */
  within: string[];
};
/** What is answered, places counted from the beginning of what was sent. */
export type AdviceAnswer = { lang: string; advice: Said[] };

/** Asks for advice and marks it. */
export function advice(): Extension {
  return [advised, asking, adviceLook];
}

/** Everything that is said of the text, in its order. */
export function adviceOf(state: EditorState): Advice[] {
  const found: Advice[] = [];
  const marks = state.field(advised, false)?.marks.iter();
  for (; marks?.value; marks.next()) found.push(read(state, marks.value, marks.from, marks.to));
  return found;
}

/** What is said of a stretch of the text, in its order. */
export function adviceWithin(state: EditorState, from: number, to: number): Advice[] {
  const found: Advice[] = [];
  state.field(advised, false)?.marks.between(from, to, (start, end, value) => {
    if (start >= from && end <= to) found.push(read(state, value, start, end));
  });
  return found;
}

/** How much is said of the text. */
export function adviceCount(state: EditorState): number {
  return state.field(advised, false)?.marks.size ?? 0;
}

/** What is said of the words at a position, the weightiest first. */
export function adviceAt(state: EditorState, position: number): Advice[] {
  const found: Advice[] = [];
  state.field(advised, false)?.marks.between(position, position, (from, to, value) => {
    found.push(read(state, value, from, to));
  });
  return found.sort((a, b) => adviceKinds.indexOf(a.kind) - adviceKinds.indexOf(b.kind));
}

/** The next or the one before, from the caret; round the ends of the text. */
export function adviceBeside(state: EditorState, direction: 1 | -1): Advice | null {
  const all = adviceOf(state);
  const { from, to } = state.selection.main;
  const found =
    direction > 0
      ? (all.find((one) => one.from > from || (one.from === from && to < one.to)) ?? all[0])
      : (all.findLast((one) => one.from < from) ?? all.at(-1));
  return found ?? null;
}

/** Selects the words that something is said of. */
export function showAdvice(view: EditorView, one: Advice): void {
  view.dispatch({
    selection: { anchor: one.from, head: one.to },
    effects: EditorView.scrollIntoView(one.from, { y: "center" }),
  });
}

/**
 * Puts something in the place of the words, as one step of undo; false when they are not there any more. The caret goes
 * there, or stays where it is when they are edited elsewhere, in the field of a note for instance.
 */
export function takeFix(view: EditorView, id: number, fix: string, stay = false): boolean {
  const one = adviceOf(view.state).find((other) => other.id === id);
  if (!one || view.state.readOnly) return false;
  view.dispatch({
    changes: { from: one.from, to: one.to, insert: fix },
    ...(stay ? {} : { selection: { anchor: one.from + fix.length }, scrollIntoView: true }),
    annotations: isolateHistory.of("full"),
    userEvent: "input.advice",
  });
  return true;
}

/** Says some of it no more. */
export function dropAdvice(view: EditorView, dropped: (one: Advice) => boolean): void {
  const ids = new Set<number>();
  for (const one of adviceOf(view.state)) if (dropped(one)) ids.add(one.id);
  if (ids.size > 0) view.dispatch({ effects: drop.of(ids) });
}

/** Looks through the whole text again: what is wanted is another thing than before. */
export const adviseAnew = StateEffect.define();

/** Whether what is said of the text became another thing. */
export function adviceChanged(update: ViewUpdate): boolean {
  return update.startState.field(advised, false)?.marks !== update.state.field(advised, false)?.marks;
}

type Advised = {
  /** All that is said. */
  marks: DecorationSet;
  /** What is shown of it: not of the word that is being typed. */
  shown: DecorationSet;
  /** Where the text changed since it was looked through, in order and apart from each other. */
  stale: readonly Span[];
  /** What is asked about and not answered yet; an editor that was put aside meanwhile asks again. */
  waiting: readonly Span[];
  /** The word that is being typed. */
  typing: Span | null;
};

let lastId = 0;
const place = StateEffect.define<Span & { said: Said[] }>();
const asked = StateEffect.define<Span>();
const drop = StateEffect.define<ReadonlySet<number>>();

const advised = StateField.define<Advised>({
  create: (state) => ({
    marks: Decoration.none,
    shown: Decoration.none,
    stale: [{ from: 0, to: state.doc.length }],
    waiting: [],
    typing: null,
  }),
  update(value, transaction) {
    let { marks, stale, waiting, typing } = value;
    if (transaction.docChanged) {
      marks = marks.map(transaction.changes);
      stale = stale.map(({ from, to }) => mapped(transaction.changes, from, to));
      waiting = waiting.map(({ from, to }) => mapped(transaction.changes, from, to));
      transaction.changes.iterChangedRanges((_fromA, _toA, from, to) => {
        stale = joined([...stale, { from, to }]);
        marks = marks.update({ filterFrom: from, filterTo: to, filter: () => false });
      });
      // What is declared of blocks to be in another language is read anew.
      const anew = declaredAnew(transaction);
      if (anew.length > 0) stale = joined([...stale, ...anew]);
      const typed = transaction.isUserEvent("input.type") || transaction.isUserEvent("delete");
      typing = typed ? wordAt(transaction.state) : null;
    } else if (typing && transaction.selection) {
      const { head } = transaction.state.selection.main;
      if (head < typing.from || head > typing.to) typing = null;
    }
    for (const effect of transaction.effects) {
      if (effect.is(asked)) {
        stale = without(joined([...stale, ...waiting]), effect.value);
        waiting = [effect.value];
      } else if (effect.is(adviseAnew)) stale = [{ from: 0, to: transaction.state.doc.length }];
      else if (effect.is(drop)) {
        const ids = effect.value;
        marks = marks.update({ filter: (_from, _to, mark) => !ids.has(specOf(mark).id) });
      } else if (effect.is(place)) {
        const { from, to, said } = effect.value;
        waiting = [];
        // What is said again is the same piece of advice: lists keep their place, and the focus.
        const known = new Map<string, Decoration>();
        marks.between(from, to, (start, end, value) => {
          known.set(`${start} ${end} ${specOf(value).rule}`, value);
        });
        const open = (one: Span): boolean => !stale.some((span) => span.from < one.to && one.from < span.to);
        marks = marks.update({
          filterFrom: from,
          filterTo: to,
          filter: (start, end) => !open({ from: start, to: end }),
          add: said
            .filter(open)
            .map((one) =>
              (known.get(`${one.from} ${one.to} ${one.rule}`) ?? mark(one)).range(one.from, one.to),
            ),
          sort: true,
        });
      }
    }
    if (
      marks === value.marks &&
      stale === value.stale &&
      waiting === value.waiting &&
      typing === value.typing
    )
      return value;
    const hidden = typing;
    const shown = hidden
      ? marks.update({ filterFrom: hidden.from, filterTo: hidden.to, filter: () => false })
      : marks;
    return { marks, shown, stale, waiting, typing };
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.shown),
});

type Spec = Omit<Said, "from" | "to"> & { id: number };

function mark({ kind, rule, fixes, note, lang }: Said): Decoration {
  const spec: Spec = { id: ++lastId, kind, rule, fixes, note, lang };
  return Decoration.mark({ class: `cm-advice cm-advice-${kind}`, spec });
}

function specOf(value: Decoration): Spec {
  return (value.spec as { spec: Spec }).spec;
}

function read(state: EditorState, value: Decoration, from: number, to: number): Advice {
  return { ...specOf(value), from, to, words: state.sliceDoc(from, to) };
}

function mapped(changes: ChangeDesc, from: number, to: number): Span {
  return { from: changes.mapPos(from, -1), to: changes.mapPos(to, 1) };
}

/** The word that the caret stands in or behind. */
function wordAt(state: EditorState): Span | null {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const at = head - line.from;
  const before = /[\p{L}\p{M}\p{N}'’-]*$/u.exec(line.text.slice(Math.max(0, at - 80), at))?.[0].length ?? 0;
  const behind = /^[\p{L}\p{M}\p{N}'’-]*/u.exec(line.text.slice(at, at + 80))?.[0].length ?? 0;
  return before + behind > 0 ? { from: head - before, to: head + behind } : null;
}

/** After the last key, in milliseconds; while keys go on, no later than the second. */
const pause = 350;
const longestPause = 2000;
/** After a text was opened: it is on the screen first. */
const firstPause = 250;
/** Between two portions, and before it is looked again whether the text is parsed so far, in milliseconds. */
const breath = 20;
/** So long, in milliseconds, the text is parsed at a time in order to find where its blocks end. */
const parsing = 4;

const asking = ViewPlugin.fromClass(
  class {
    timer: ReturnType<typeof setTimeout> | undefined;
    /** When the oldest change waits no longer. */
    due = 0;
    /** What is asked at the moment, and what has changed since. */
    underWay: { changes: ChangeDesc | null } | null = null;
    /** The language of the text, once that is known. */
    lang: string | null = null;
    gone = false;

    constructor(readonly view: EditorView) {
      this.soon(firstPause);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged && this.underWay) {
        const { changes } = this.underWay;
        this.underWay.changes = changes ? changes.composeDesc(update.changes.desc) : update.changes.desc;
      }
      const anew = update.transactions.some((one) => one.effects.some((effect) => effect.is(adviseAnew)));
      if (update.docChanged) this.soon(pause);
      else if (anew) this.soon(0);
    }

    destroy(): void {
      this.gone = true;
      clearTimeout(this.timer);
    }

    soon(delay: number): void {
      const now = performance.now();
      if (this.timer === undefined) this.due = now + longestPause;
      clearTimeout(this.timer);
      this.timer = setTimeout(
        () => {
          this.timer = undefined;
          void this.ask();
        },
        Math.max(0, Math.min(delay, this.due - now)),
      );
    }

    async ask(): Promise<void> {
      const { state } = this.view;
      const { advise } = state.facet(editorServices);
      const field = state.field(advised);
      const stale = joined([...field.stale, ...field.waiting]);
      if (this.underWay || !advise || stale.length === 0 || state.readOnly) return;
      const asking = this.next(stale);
      if (!asking) return this.soon(breath);
      const { span, until } = asking;
      const { doc } = state;
      const underWay = { changes: null as ChangeDesc | null };
      this.underWay = underWay;
      this.view.dispatch({ effects: asked.of({ from: span.from, to: until }) });
      let answer: AdviceAnswer | null;
      try {
        answer = await advise({
          text: doc.sliceString(span.from, span.to),
          head: span.from === 0,
          lang: span.from === 0 ? null : this.lang,
          within: span.from === 0 ? [] : tagsAround(state, span.from),
        });
      } finally {
        this.underWay = null;
      }
      if (this.gone) return;
      if (!answer) {
        // What was typed meanwhile was not asked about.
        if (underWay.changes) this.soon(pause);
        return;
      }
      // The front matter says what language everything is in.
      const another = span.from === 0 && this.lang !== null && this.lang !== answer.lang;
      if (span.from === 0 || this.lang === null) this.lang = answer.lang;
      this.answered(span, answer.advice, underWay.changes, doc);
      if (another) this.view.dispatch({ effects: adviseAnew.of(null) });
      else if (this.view.state.field(advised).stale.length > 0 && this.timer === undefined) this.soon(breath);
    }

    /**
     * What is asked next, and up to where that is all: whole blocks, those that are seen before those that are not. Null
     * where the text is not parsed so far.
     */
    next(stale: readonly Span[]): { span: Span; until: number } | null {
      const { state, viewport } = this.view;
      const {
        portion: { from, to },
        open,
      } = nextPortion(stale, viewport, state.doc.length);
      if (from === 0 && to === state.doc.length) return { span: { from, to }, until: to };
      const tree = syntaxTree(state).length >= to ? syntaxTree(state) : ensureSyntaxTree(state, to, parsing);
      if (!tree) return null;
      const span = blocksAround(state, tree, from, to);
      return { span, until: Math.max(span.to, Math.min(open.to, nextWords(state, span.to))) };
    }

    answered(span: Span, said: Said[], changes: ChangeDesc | null, before: Text): void {
      const { state } = this.view;
      const to = (position: number, side: 1 | -1): number =>
        changes ? changes.mapPos(span.from + position, side) : span.from + position;
      const now = said
        .map((one) => ({ ...one, from: to(one.from, 1), to: to(one.to, -1) }))
        .filter((one, index) => {
          const words = said[index];
          return (
            words !== undefined &&
            one.to > one.from &&
            (!changes ||
              state.sliceDoc(one.from, one.to) ===
                before.sliceString(span.from + words.from, span.from + words.to))
          );
        });
      const region = changes ? mapped(changes, span.from, span.to) : span;
      this.view.dispatch({ effects: place.of({ ...region, said: now }) });
    }
  },
);

/** Whole blocks of the text around some of it. */
function blocksAround(state: EditorState, tree: Tree, from: number, to: number): Span {
  const first = tree.topNode.childBefore(from + 1);
  const last = tree.topNode.childAfter(Math.max(0, to - 1));
  const start = first && first.to >= from ? Math.min(first.from, from) : from;
  const end = last && last.from <= to ? Math.max(last.to, to) : to;
  return { from: state.doc.lineAt(start).from, to: state.doc.lineAt(end).to };
}

/** Where the next line with words begins, behind the end of a line: what is left to ask begins with a block. */
function nextWords(state: EditorState, from: number): number {
  const { doc } = state;
  let { number: line } = doc.lineAt(from);
  while (line < doc.lines && doc.line(line + 1).text.trim() === "") line++;
  return line < doc.lines ? doc.line(line + 1).from : doc.length;
}
