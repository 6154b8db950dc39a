// The numbers of notes, as the finished page has them: notes at their calls, notes that are written where they are called
// (`^[…]`), and citations that stand in notes, counted together. `prose/render/cited/notes` counts the same way; both are
// tried on one table of cases.
import { syntaxTree } from "@codemirror/language";
import { type EditorState, type Extension, StateField, type Text, type Transaction } from "@codemirror/state";
import type { ViewUpdate } from "@codemirror/view";
import type { SyntaxNode, Tree } from "@lezer/common";
import { notedCitations } from "./citations";

/** What the notes of a text are called by. */
export type NoteNumbers = {
  /** Notes that stand apart, by their labels in small letters. */
  labels: ReadonlyMap<string, number>;
  /** Notes that are written where they are called, by where they begin, in the order of the text. */
  inline: readonly { from: number; number: number }[];
  /** A call stands where the text was not parsed yet: it is counted again once it is. */
  unsure: boolean;
};

/** Keeps account of the numbers. */
export function noteNumbering(): Extension {
  return numbers;
}

/** The number that the note of a label is called by; undefined when there is no such note, or no call of it. */
export function numberOfNote(state: EditorState, label: string): number | undefined {
  return state.field(numbers, false)?.labels.get(label.toLowerCase());
}

/** The number of the note that is written at a position. */
export function numberOfInlineNote(state: EditorState, from: number): number | undefined {
  return state.field(numbers, false)?.inline.find((one) => one.from === from)?.number;
}

/** The numbers of notes by their labels. */
export function numbersByLabel(state: EditorState): ReadonlyMap<string, number> {
  return state.field(numbers).labels;
}

/** Whether notes were numbered anew. */
export function notesRenumbered(update: ViewUpdate): boolean {
  return update.startState.field(numbers, false) !== update.state.field(numbers, false);
}

/** Counts the notes of a text; `cited` are the places of citations that stand in notes. */
export function countNotes(doc: Text, tree: Tree, cited: readonly number[]): NoteNumbers {
  const found = read(doc, tree);
  const labels = new Map<string, number>();
  const inline = new Map<number, number>();
  let last = 0;
  const count = (call: Call): boolean => {
    if (call.label === null) inline.set(call.from, ++last);
    else if (labels.has(call.label) || !found.notes.has(call.label)) return false;
    else labels.set(call.label, ++last);
    return true;
  };
  const groups = new Map<number | string, Call[]>();
  for (const call of found.calls) {
    // Without citations in notes, the notes that stand apart are counted where they stand.
    const place = call.inside !== nowhere || cited.length === 0 ? call.inside : (call.note ?? nowhere);
    const group = groups.get(place);
    if (group) group.push(call);
    else groups.set(place, [call]);
  }
  const within = (place: number | string): Call[] => groups.get(place) ?? [];
  if (cited.length === 0) {
    // Notes stand where they are defined, those within the line behind the text, in the order in which they end.
    for (const call of within(nowhere)) count(call);
    const ended = found.calls.filter((call) => call.label === null).sort((a, b) => a.to - b.to);
    for (const note of ended) for (const call of within(note.from)) count(call);
  } else {
    // The text first, then the notes in the order in which they are called.
    const marks = cited.filter(
      (at) => placeOf(tree, at).inside === nowhere && noteOf(doc, tree, at) === null,
    );
    const body = [...within(nowhere), ...marks];
    const at = (one: Call | number): number => (typeof one === "number" ? one : one.from);
    const waiting: Call[] = [];
    for (const one of body.sort((a, b) => at(a) - at(b))) {
      if (typeof one === "number") last++;
      else if (count(one)) waiting.push(one);
    }
    for (const note of waiting)
      for (const call of within(note.label ?? note.from)) if (count(call)) waiting.push(call);
  }
  const places = [...inline].map(([from, number]) => ({ from, number })).sort((a, b) => a.from - b.from);
  return { labels, inline: places, unsure: found.unsure };
}

const numbers = StateField.define<NoteNumbers>({
  create: (state) => counted(state),
  update(value, transaction) {
    const { state, startState } = transaction;
    const parsed = value.unsure && syntaxTree(state) !== syntaxTree(startState);
    const cites = notedCitations(state);
    if (parsed || touched(transaction) || cites.length !== notedCitations(startState).length) {
      const now = counted(state);
      return same(now, value) ? value : now;
    }
    if (!transaction.docChanged || value.inline.length === 0) return value;
    const inline = value.inline.map(({ from, number }) => ({
      from: transaction.changes.mapPos(from, 1),
      number,
    }));
    return { ...value, inline };
  },
});

function counted(state: EditorState): NoteNumbers {
  return countNotes(state.doc, syntaxTree(state), notedCitations(state));
}

function same(one: NoteNumbers, other: NoteNumbers): boolean {
  return (
    one.unsure === other.unsure &&
    one.labels.size === other.labels.size &&
    one.inline.length === other.inline.length &&
    [...one.labels].every(([label, number]) => other.labels.get(label) === number) &&
    one.inline.every(({ from, number }, at) => {
      const before = other.inline[at];
      return before?.from === from && before.number === number;
    })
  );
}

/** Whether lines were changed that call notes, or that may make a call of words, or code of a call. */
function touched({ changes, docChanged, startState, newDoc }: Transaction): boolean {
  if (!docChanged) return false;
  let found = false;
  changes.iterChangedRanges((fromA, toA, fromB, toB) => {
    found ||= telling(startState.doc, fromA, toA) || telling(newDoc, fromB, toB);
  });
  return found;
}

function telling(doc: Text, from: number, to: number): boolean {
  if (to - from > 5000) return true;
  const last = doc.lineAt(to);
  const end = last.number < doc.lines ? doc.line(last.number + 1).to : last.to;
  return /\[\^|\^\[|`|~~~|<|^---|^\+\+\+/m.test(doc.sliceString(doc.lineAt(from).from, end));
}

/** No note within the line. */
const nowhere = -1;

type Call = {
  from: number;
  to: number;
  /** In small letters; null for a note that is written there. */
  label: string | null;
  /** The note within the line that it is written in, by where it begins. */
  inside: number;
  /** The note that stands apart and that it is written in. */
  note: string | null;
};

/** A text with more notes within the line than this has them shown as typed. */
const mostInline = 500;
const sign = /\[\^[^\]\s]+\]|\^\[/g;

function read(doc: Text, tree: Tree): { calls: Call[]; notes: Set<string>; unsure: boolean } {
  const calls: Call[] = [];
  const notes = new Set<string>();
  let unsure = false;
  let start = 0;
  for (let lines = doc.iterLines(); !lines.next().done;) {
    const line = lines.value;
    for (const found of line.includes("^") ? line.matchAll(sign) : []) {
      const from = start + found.index;
      const label = found[0] === "^[" ? null : found[0].slice(2, -1).toLowerCase();
      if (from >= tree.length) {
        // Not parsed yet: what stands at the head of a line defines a note.
        unsure = true;
        if (
          label !== null &&
          /^ {0,3}$/.test(line.slice(0, found.index)) &&
          line[found.index + found[0].length] === ":"
        )
          notes.add(label);
        else if (label !== null)
          calls.push({ from, to: from + found[0].length, label, inside: nowhere, note: null });
        continue;
      }
      const { node, inside } = placeOf(tree, from);
      if (node.name === "FootnoteLabel" && label !== null) notes.add(label);
      else if (node.name === (label === null ? "InlineNote" : "FootnoteReference"))
        calls.push({ from, to: node.to, label, inside, note: noteOf(doc, tree, from) });
    }
    start += line.length + 1;
  }
  const many = calls.filter((call) => call.label === null).length > mostInline;
  return { calls: many ? calls.filter((call) => call.label !== null) : calls, notes, unsure };
}

/** The node that begins at a position, and the note within the line that it stands in. */
function placeOf(tree: Tree, at: number): { node: SyntaxNode; inside: number } {
  let node = tree.resolveInner(at, 1);
  if (node.name === "InlineNoteMark" && node.parent) node = node.parent;
  let up = node.parent;
  while (up && up.name !== "InlineNote") up = up.parent;
  return { node, inside: up ? up.from : nowhere };
}

/** The label of the note that a position stands in. */
function noteOf(doc: Text, tree: Tree, at: number): string | null {
  let node: SyntaxNode | null = tree.resolveInner(at, 1);
  while (node && node.name !== "FootnoteDefinition") node = node.parent;
  const label = node?.getChild("FootnoteLabel");
  return label ? doc.sliceString(label.from + 2, label.to - 2).toLowerCase() : null;
}
