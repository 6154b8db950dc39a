// What is found in a text: the places that a search told, kept with the text, shown, gone to and replaced. Nothing else is
// replaced than what is counted and shown.
import {
  type ChangeSet,
  EditorSelection,
  type EditorState,
  type Extension,
  StateEffect,
  StateField,
} from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { t } from "@/shared/messages";
import { findPattern, type FindOptions, type FindPattern, type Part, replacementAt } from "./find-pattern";
import { findPlaces } from "./find-places";
import { isHeadForm, headOf, shownWords, staysSound, startOfText } from "./head";
import { editorServices } from "./services";

/** What is looked for, and what is to stand in its place. */
export type Wanted = FindOptions & { replacement: string };

/** What became of a search: places were found or none, it is no pattern, it takes too long, another one came after it. */
export type Outcome = "done" | "invalid" | "slow" | "late";

/** So many places are found for a count; beyond them it says "more than". */
export const mostCounted = 20_000;

/** What is found in an editor, as it was found last. */
export function found(): Extension {
  return [places, selected];
}

/** Looks for something, and shows where it is. */
export async function look(view: EditorView, wanted: Wanted, most = mostCounted): Promise<Outcome> {
  const pattern = wanted.text ? findPattern(wanted) : null;
  if (!pattern) {
    forget(view);
    return wanted.text ? "invalid" : "done";
  }
  const { state } = view;
  const parts = searchedParts(state);
  const { wholeWord } = wanted;
  const answer = await findPlaces({ text: state.doc.toString(), parts, pattern, wholeWord, most });
  // Places are those of one text and of no other.
  if (answer === "late" || view.state.doc !== state.doc) return "late";
  if (answer === "slow") {
    forget(view);
    return answer;
  }
  const ranges = [];
  for (let i = 0; i < answer.length; i += 2) ranges.push(match.range(answer[i] ?? 0, answer[i + 1]));
  view.dispatch({ effects: setFound.of({ places: Decoration.set(ranges), wanted, pattern }) });
  return "done";
}

/** Shows nothing as found any more. */
export function forget(view: EditorView): void {
  if (view.state.field(places) !== nothing) view.dispatch({ effects: setFound.of(nothing) });
}

/** How many places there are, and the number of the one that is selected, from 1; 0 when none is. */
export function countFound(state: EditorState): { total: number; at: number } {
  const { places: all } = state.field(places);
  const { from, to } = state.selection.main;
  let before = 0;
  for (const one = all.iter(); one.value && one.from <= from; one.next()) {
    before++;
    if (one.from === from && one.to === to) return { total: all.size, at: before };
  }
  return { total: all.size, at: 0 };
}

/** Selects the place behind the selection, or the one before it; round the ends of the text. */
export function step(view: EditorView, by: 1 | -1): boolean {
  const { from, to } = view.state.selection.main;
  const next = by > 0 ? nextFrom(view.state, to) : lastBefore(view.state, from);
  if (next) select(view, next);
  return next !== null;
}

/** Replaces the place that is selected and goes to the next; where none is selected, goes to one. */
export async function replaceOne(view: EditorView): Promise<void> {
  const { state } = view;
  const { from, to } = state.selection.main;
  const next = nextFrom(state, from);
  if (state.readOnly || !next) return;
  if (next.from === from && next.to === to) {
    const changes = await soundChanges(view, [next]);
    if (view.state.doc !== state.doc) return;
    const set = state.changes(changes);
    if (!set.empty)
      view.dispatch({
        changes: set,
        selection: { anchor: set.mapPos(to, 1) },
        effects: [
          withoutThese(state, (start, end) => start === from && end === to, set),
          EditorView.announce.of(t("find-replaced-here", { line: state.doc.lineAt(from).number })),
        ],
        userEvent: "input.replace",
      });
    step(view, 1);
  } else select(view, next);
}

/** Replaces every place. */
export async function replaceEvery(view: EditorView): Promise<void> {
  const { state } = view;
  if (state.readOnly) return;
  const all: Part[] = [];
  for (const one = state.field(places).places.iter(); one.value; one.next())
    all.push({ from: one.from, to: one.to });
  const changes = await soundChanges(view, all);
  if (changes.length === 0 || view.state.doc !== state.doc) return;
  const set = state.changes(changes);
  view.dispatch({
    changes: set,
    effects: [
      withoutThese(state, () => true, set),
      EditorView.announce.of(t("find-replaced", { count: changes.length })),
    ],
    userEvent: "input.replace.all",
  });
}

type Found = { places: DecorationSet; wanted: Wanted | null; pattern: FindPattern | null };

const match = Decoration.mark({ class: "cm-searchMatch" });
const matchInHand = Decoration.mark({ class: "cm-searchMatch cm-searchMatch-selected" });
const nothing: Found = { places: Decoration.none, wanted: null, pattern: null };
const setFound = StateEffect.define<Found>();

const places = StateField.define<Found>({
  create: () => nothing,
  update(value, transaction) {
    let now = value;
    if (transaction.docChanged && value !== nothing)
      now = { ...value, places: value.places.map(transaction.changes) };
    for (const effect of transaction.effects) if (effect.is(setFound)) now = effect.value;
    return now;
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.places),
});

/** What was replaced is not found any more, until it is looked for again. */
function withoutThese(
  state: EditorState,
  replaced: (from: number, to: number) => boolean,
  changes: ChangeSet,
): StateEffect<Found> {
  const value = state.field(places);
  const rest = value.places.update({ filter: (from, to) => !replaced(from, to) });
  return setFound.of({ ...value, places: rest.map(changes) });
}

/** The place that is selected looks so. */
const selected = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet = Decoration.none;
    constructor(view: EditorView) {
      this.decorations = inHand(view.state);
    }
    update(update: ViewUpdate): void {
      if (update.selectionSet || update.startState.field(places) !== update.state.field(places))
        this.decorations = inHand(update.state);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function inHand(state: EditorState): DecorationSet {
  const { from, to, empty } = state.selection.main;
  let is = false;
  if (!empty)
    state.field(places).places.between(from, to, (start, end) => {
      is ||= start === from && end === to;
    });
  return is ? Decoration.set(matchInHand.range(from, to)) : Decoration.none;
}

/** Where is looked: front matter that is out of sight has nothing to find but the words that its form shows. */
function searchedParts(state: EditorState): Part[] {
  const end = state.doc.length;
  if (!isHeadForm(state)) return [{ from: 0, to: end }];
  return [...shownWords(state), { from: startOfText(state), to: end }];
}

function nextFrom(state: EditorState, position: number): Part | null {
  const { places: all } = state.field(places);
  const behind = all.iter(position);
  // An iteration begins with what reaches there.
  while (behind.value && behind.from < position) behind.next();
  if (behind.value) return { from: behind.from, to: behind.to };
  const first = all.iter();
  return first.value && { from: first.from, to: first.to };
}

function lastBefore(state: EditorState, position: number): Part | null {
  let before: Part | null = null;
  let last: Part | null = null;
  for (const one = state.field(places).places.iter(); one.value; one.next()) {
    last = { from: one.from, to: one.to };
    if (one.to <= position) before = last;
    else if (before) break;
  }
  return before ?? last;
}

function select(view: EditorView, { from, to }: Part): void {
  const { doc } = view.state;
  const line = doc.lineAt(from);
  const words = doc.sliceString(Math.max(line.from, from - 30), Math.min(line.to, to + 30)).trim();
  const selection = EditorSelection.single(from, to);
  view.dispatch({
    selection,
    effects: [
      EditorView.announce.of(t("find-said", { words, line: line.number })),
      EditorView.scrollIntoView(selection.main),
    ],
    userEvent: "select.search",
  });
}

type Change = Part & { insert: string };

/** The changes that replace places; those of the front matter are left out where it would not be the same fields after. */
async function soundChanges(view: EditorView, all: readonly Part[]): Promise<Change[]> {
  const { state } = view;
  const { wanted, pattern } = state.field(places);
  if (!wanted || !pattern) return [];
  const parts = searchedParts(state);
  const changes = all.map(({ from, to }): Change => {
    const line = state.doc.lineAt(from);
    const part = parts.find((one) => one.from <= from && to <= one.to) ?? line;
    const start = Math.max(line.from, part.from);
    const words = state.sliceDoc(start, Math.min(line.to, part.to));
    const insert = replacementAt(words, from - start, pattern, wanted.replacement, wanted.regexp);
    return { from, to, insert };
  });
  const end = isHeadForm(state) ? (headOf(state)?.end ?? 0) : 0;
  const ofHead = changes.filter(({ from }) => from < end);
  if (ofHead.length === 0 || (await staysSound(state, ofHead))) return changes;
  state.facet(editorServices).unsound?.(ofHead.length);
  return changes.filter(({ from }) => from >= end);
}
