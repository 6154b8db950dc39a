// Where the notes of a text stand: their calls, and what they say.
import { type ChangeSpec, ChangeSet, type Text } from "@codemirror/state";
import { minimalChange } from "./minimal-change";

/** A call: `[^label]`, or a note that is written where it is called, `^[words]`, which has no label. */
export type NoteCall = { label: string | null; from: number; to: number };

/** A note as it is edited: what it says, where that stands, and how what is typed for it is written. */
export type NoteText = {
  from: number;
  to: number;
  text: string;
  /** What the note says of what was typed for it. */
  said: (typed: string) => string;
  /** The changes of the article that make it say something else. */
  changes: (text: string) => ChangeSpec;
  /** Where a position of the article is in what it says; null outside of its words. */
  place: (position: number) => number | null;
  /** Where a position of what it says is in the article. */
  source: (position: number) => number;
};

/** The note of a call; null when there is none any more. */
export function noteOf(doc: Text, call: Readonly<NoteCall>): NoteText | null {
  if (call.label === null) return inlineNote(doc, call.from + 2, call.to - 1);
  const body = noteBody(doc, call.label);
  if (!body) return null;
  const starts = lineStarts(doc, body);
  return {
    from: body.from,
    to: body.to,
    text: body.text,
    said,
    changes: (text) => noteChanges(doc, body, text),
    place: (position) => {
      const start = starts.findLast((one) => one.from <= position);
      const at = start ? start.at + position - start.from : -1;
      return start && at <= start.at + start.length ? at : null;
    },
    source: (position) => sourceOf(starts, position) ?? body.from,
  };
}

/** What a note says: its source, and its text without the indent of the lines below the first. */
export type NoteBody = {
  label: string;
  /** Where the definition begins, with its label. */
  start: number;
  /** Where its text begins, and ends. */
  from: number;
  to: number;
  text: string;
};

/** The call at a position, or right beside it. */
export function callAt(doc: Text, position: number): NoteCall | null {
  const line = doc.lineAt(position);
  for (const found of line.text.matchAll(call)) {
    const from = line.from + found.index;
    const to = from + found[0].length;
    if (position >= from && position <= to) return { label: found[1] ?? found[2] ?? "", from, to };
  }
  return null;
}

/** The first call of a note. */
export function firstCall(doc: Text, label: string): NoteCall | null {
  for (let number = 1; number <= doc.lines; number++) {
    const { text, from } = doc.line(number);
    if (!text.includes("[^")) continue;
    for (const found of text.matchAll(call)) {
      const at = from + found.index;
      const name = found[1] ?? found[2] ?? "";
      if (name.toLowerCase() === label.toLowerCase())
        return { label: name, from: at, to: at + found[0].length };
    }
  }
  return null;
}

/** What the note with a label says; null when there is no such note. */
export function noteBody(doc: Text, label: string): NoteBody | null {
  const head = `[^${label}]:`.toLowerCase();
  for (let number = 1; number <= doc.lines; number++) {
    const line = doc.line(number);
    if (!line.text.startsWith("[^") || !line.text.toLowerCase().startsWith(head)) continue;
    const space = /^[ \t]*/.exec(line.text.slice(head.length))?.[0].length ?? 0;
    const from = line.from + head.length + space;
    let to = line.to;
    let open = true;
    for (let next = number + 1; next <= doc.lines; next++) {
      const { text, to: end } = doc.line(next);
      const blank = text.trim() === "";
      if (!blank && !indent.test(text) && !(open && !block.test(text))) break;
      if (!blank) to = end;
      open = !blank;
    }
    const text = doc
      .sliceString(from, to)
      .split("\n")
      .map((one, at) => (at === 0 ? one : one.replace(indent, "")))
      .join("\n");
    return { label, start: line.from, from, to, text };
  }
  return null;
}

/** How the text of a note is written: lines below the first are indented. */
export function writtenNote(text: string): string {
  return text
    .split("\n")
    .map((line, at) => (at === 0 || line.trim() === "" ? line : `    ${line}`))
    .join("\n");
}

/** What a note says of what was typed for it: blanks before and lines behind it are no part of it yet. */
export function said(typed: string): string {
  return typed.replace(/^[ \t]+/, "").replace(/(?:\n[ \t]*)+$/, "");
}

/** The changes that make a note say something else; lines that say the same stay as they are written. */
export function noteChanges(doc: Text, body: NoteBody, text: string): ChangeSpec {
  const first = doc.lineAt(body.from).number;
  const starts = lineStarts(doc, body);
  const place = (position: number): number => sourceOf(starts, position) ?? body.from;
  const changes: { from: number; to: number; insert: string }[] = [];
  minimalChange(body.text, text).iterChanges((from, to, fromB, _toB, inserted) => {
    const insert = inserted.toString().replace(/\n/g, (end, index: number) => {
      const line = text.slice(fromB + index + 1).split("\n", 1)[0] ?? "";
      return line.trim() === "" ? end : `${end}    `;
    });
    const at = place(from);
    const line = doc.lineAt(at);
    const bare = at === line.from && line.text === "" && line.number > first && !/^\s/.test(insert);
    changes.push({ from: at, to: place(to), insert: bare ? `    ${insert}` : insert });
  });
  const now = ChangeSet.of(changes, doc.length, "\n").apply(doc);
  if (noteBody(now, body.label)?.text === text) return changes;
  // A line that was no part of it without what was taken away or put before it: all of them are indented.
  const whole: { from: number; to: number; insert: string }[] = [];
  minimalChange(doc.sliceString(body.from, body.to), writtenNote(text)).iterChanges(
    (from, to, _fromB, _toB, inserted) =>
      whole.push({ from: body.from + from, to: body.from + to, insert: inserted.toString() }),
  );
  return whole;
}

/** Where each line begins in what a note says, where its words do in the source, and how long they are. */
function lineStarts(doc: Text, body: NoteBody): { at: number; from: number; length: number }[] {
  const first = doc.lineAt(body.from).number;
  let at = 0;
  return body.text.split("\n").map((line, index) => {
    const from = index === 0 ? body.from : doc.line(first + index).to - line.length;
    const start = { at, from, length: line.length };
    at += line.length + 1;
    return start;
  });
}

function sourceOf(starts: readonly { at: number; from: number }[], position: number): number | null {
  const start = starts.findLast((one) => one.at <= position);
  return start ? start.from + position - start.at : null;
}

function inlineNote(doc: Text, from: number, to: number): NoteText {
  const text = doc.sliceString(from, to);
  return {
    from,
    to,
    text,
    said: inlineWords,
    changes: (now) => {
      const changes: { from: number; to: number; insert: string }[] = [];
      minimalChange(text, now).iterChanges((start, end, _from, _to, inserted) =>
        changes.push({ from: from + start, to: from + end, insert: inserted.toString() }),
      );
      return changes;
    },
    place: (position) => (position < from || position > to ? null : position - from),
    source: (position) => from + position,
  };
}

/** Words that can stand between brackets: one that is alone would end the note, or keep it open. */
function inlineWords(typed: string): string {
  const alone: number[] = [];
  const open: number[] = [];
  let at = 0;
  for (; at < typed.length; at++) {
    if (typed[at] === "\\") at++;
    else if (typed[at] === "[") open.push(at);
    else if (typed[at] === "]" && open.pop() === undefined) alone.push(at);
  }
  // The backslash at the end would hold the bracket behind it.
  let text = at > typed.length ? `${typed}\\` : typed;
  for (const place of [...alone, ...open].sort((a, b) => b - a))
    text = `${text.slice(0, place)}\\${text.slice(place)}`;
  return text;
}

/** A call; what stands at the head of a line with a colon behind it is the note itself. */
const call = /(?<!^ {0,3})\[\^([^\]\s]+)\]|\[\^([^\]\s]+)\](?!:)/g;
const indent = /^(?: {4}|\t)/;
/** What begins a block of its own right below a paragraph. */
const block = /^(?:\[\^|#{1,6} |>|[-*+] |\d+[.)] |```|~~~|\|)/;
