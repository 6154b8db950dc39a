// What is entered in the form of the head, on its way into the text: one field after the other, each in the order in
// which it was typed. Rust writes the field; the text takes the few bytes that differ.
import { isolateHistory } from "@codemirror/commands";
import type { EditorState, Text, TransactionSpec } from "@codemirror/state";
import type { FieldName, Head, HeadChange, HeadValue, Refusal } from "@/backend";
import { fromHead, headChange, headOf, headRead } from "@/editor/head";
import { minimalChange } from "@/editor/minimal-change";

/** The text that the form changes; also while no editor shows it. */
export type HeadText = { state: () => EditorState; dispatch: (spec: TransactionSpec) => void };

/** The changes of the fields of one text. */
export type HeadEditing = {
  /** Writes a field; what was to be written of it before and has not been is not any more. */
  change: (field: FieldName, value: HeadValue) => void;
  /** Writes a field behind what is on its way, in a step of undo of its own. */
  changeApart: (field: FieldName, value: HeadValue) => void;
  /**
   * Something is typed and not entered yet. It is written a moment later, so that a kill loses no more of it than of the
   * text, for good when the field is left, or before the text is; only then is it refused. null: nothing is typed any
   * more, and what stood there before comes back.
   */
  hold: (field: FieldName, value: HeadValue | null) => void;
  /** The field is left: what was held is written, and the next change of it is a step of its own. */
  leave: (field: FieldName) => void;
  /** Whether something of a field is on its way. */
  isBusy: (field: FieldName) => boolean;
  /** Resolves when all that was entered is in the text; what is only held, too, when that is to be written now. */
  settled: (held?: boolean) => Promise<void>;
};

/** From a key to when what is typed is written, in milliseconds: with the recovery copy it stays under a second. */
export const heldDelay = 250;

/** Begins to change the head of a text. `ask` makes the change, `refused` hears why one was not made. */
export function headEditing(
  text: HeadText,
  ask: (source: string, field: FieldName, value: HeadValue) => Promise<HeadChange>,
  refused: (field: FieldName, why: Refusal | null) => void,
): HeadEditing {
  const waiting = new Map<FieldName, Waiting[]>();
  const held = new Map<FieldName, HeadValue>();
  /** Until when what is held waits, by field. */
  const timers = new Map<FieldName, ReturnType<typeof setTimeout>>();
  /** What stood there before something that is only held was written. */
  const before = new Map<FieldName, HeadValue>();
  /** What is on its way though it is only held: nobody is told that it can't be. */
  const unfinished = new WeakSet<HeadValue>();
  let running: Promise<void> | null = null;
  /** The field whose changes go on in one step of undo, and the text as it was after the last one. */
  let step: { field: FieldName; doc: Text } | null = null;

  async function run(): Promise<void> {
    for (;;) {
      const next = waiting.entries().next();
      if (next.done) return;
      const [field, list] = next.value;
      const one = list[0];
      if (!one) {
        waiting.delete(field);
        continue;
      }
      const { value } = one;
      const source = headOf(text.state())?.source ?? "";
      let answer: HeadChange;
      try {
        answer = await ask(source, field, value);
      } catch {
        answer = { kind: "refused", why: "locked" };
      }
      // The text became another one meanwhile: the change is made of what it is now.
      if ((headOf(text.state())?.source ?? "") !== source) continue;
      // Where something else was typed meanwhile, that is next.
      if (list[0] === one) list.shift();
      if (list.length === 0) waiting.delete(field);
      if (answer.kind === "refused") {
        if (!unfinished.has(value)) refused(field, answer.why);
      } else {
        refused(field, null);
        apply(field, source, answer.text, answer.head, one.apart);
      }
    }
  }

  function apply(
    field: FieldName,
    source: string,
    after: string,
    head: Extract<HeadChange, { kind: "changed" }>["head"],
    apart: boolean,
  ): void {
    const state = text.state();
    const whole = headChange(state, after.replace(/\n$/, "") + (source === "" ? "\n" : ""));
    if (after.trimEnd() === source.trimEnd()) return;
    const changes: { from: number; to: number; insert: string }[] = [];
    if (source === "") changes.push(whole);
    else
      minimalChange(source, whole.insert).iterChanges((from, to, _fromB, _toB, insert) =>
        changes.push({ from, to, insert: insert.toString() }),
      );
    // Where nothing stood before the caret, it stays before the words that it stood before.
    const { anchor, head: caret } = state.selection.main;
    const begun = whole.insert.length;
    const goesOn = !apart && step?.field === field && step.doc === state.doc;
    text.dispatch({
      changes,
      ...(source === "" ? { selection: { anchor: anchor + begun, head: caret + begun } } : {}),
      effects: headRead.of({ source: after.replace(/\n$/, ""), head }),
      annotations: goesOn
        ? fromHead.of(true)
        : [fromHead.of(true), isolateHistory.of(apart ? "full" : "before")],
      // Joined with what was typed in the field before, however long ago that was.
      userEvent: goesOn ? "input.type.compose" : "input.head",
    });
    step = apart ? null : { field, doc: text.state().doc };
  }

  function start(): void {
    running ??= run().finally(() => {
      running = null;
      if (waiting.size > 0) start();
    });
  }

  function put(field: FieldName, value: HeadValue, apart = false): void {
    const list = waiting.get(field) ?? [];
    // The last state of what is typed is enough.
    if (list.at(-1)?.apart === false && !apart) list.pop();
    list.push({ value, apart });
    waiting.set(field, list);
    start();
  }

  function release(field: FieldName): void {
    const value = held.get(field);
    letGo(field);
    before.delete(field);
    if (value) put(field, { ...value });
  }

  function letGo(field: FieldName): void {
    held.delete(field);
    clearTimeout(timers.get(field));
    timers.delete(field);
  }

  function arm(field: FieldName): void {
    timers.set(
      field,
      setTimeout(() => writeHeld(field), heldDelay),
    );
  }

  function writeHeld(field: FieldName): void {
    timers.delete(field);
    const value = held.get(field);
    // Who empties a field mostly writes another thing into it.
    if (!value || isBlank(value)) return;
    const part = headOf(text.state());
    if (!part?.head || !part.fresh) {
      // What stood there is not known: it is just being read.
      arm(field);
      return;
    }
    if (!before.has(field)) before.set(field, valueOf(part.head, field));
    unfinished.add(value);
    put(field, value);
  }

  const editing: HeadEditing = {
    change(field, value) {
      letGo(field);
      before.delete(field);
      put(field, value);
    },
    changeApart(field, value) {
      letGo(field);
      before.delete(field);
      put(field, value, true);
    },
    hold(field, value) {
      if (value) {
        held.set(field, value);
        if (!timers.has(field)) arm(field);
        return;
      }
      letGo(field);
      const was = before.get(field);
      before.delete(field);
      if (was) put(field, was);
    },
    leave(field) {
      release(field);
      // What is still on its way belongs to the step.
      void editing.settled().then(() => {
        if (step?.field === field) step = null;
      });
    },
    isBusy: (field) => waiting.has(field) || held.has(field),
    async settled(all = false) {
      if (all) for (const field of [...held.keys()]) release(field);
      while (running) await running;
    },
  };
  return editing;
}

/** A value on its way, and whether it is a step of undo of its own. */
type Waiting = { value: HeadValue; apart: boolean };

function isBlank(value: HeadValue): boolean {
  if (value.kind === "text") return value.text.trim() === "";
  return (value.kind === "tags" ? value.tags : value.authors).length === 0;
}

/** What a head says of a field. */
function valueOf(head: Head, field: FieldName): HeadValue {
  if (field === "tags") return { kind: "tags", tags: head.tags };
  if (field === "authors") return { kind: "authors", authors: head.authors };
  return { kind: "text", text: head[field] ?? "" };
}
