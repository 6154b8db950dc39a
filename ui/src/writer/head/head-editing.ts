// What is entered in the form of the head, on its way into the text: one field after the other, each in the order in
// which it was typed. Rust writes the field; the text takes the few bytes that differ.
import { isolateHistory } from "@codemirror/commands";
import type { EditorState, Text, TransactionSpec } from "@codemirror/state";
import type { FieldName, HeadChange, HeadValue, Refusal } from "@/backend";
import { fromHead, headChange, headOf, headRead } from "@/editor/head";
import { minimalChange } from "@/editor/minimal-change";

/** The text that the form changes; also while no editor shows it. */
export type HeadText = { state: () => EditorState; dispatch: (spec: TransactionSpec) => void };

/** The changes of the fields of one text. */
export type HeadEditing = {
  /** Writes a field; what was to be written of it before and has not been is not any more. */
  change: (field: FieldName, value: HeadValue) => void;
  /** Writes a field when it is left, or before the text is; null: there is nothing to write any more. */
  hold: (field: FieldName, value: HeadValue | null) => void;
  /** The field is left: what was held is written, and the next change of it is a step of its own. */
  leave: (field: FieldName) => void;
  /** Whether something of a field is on its way. */
  isBusy: (field: FieldName) => boolean;
  /** Resolves when all that was entered is in the text; what is only held, too, when that is to be written now. */
  settled: (held?: boolean) => Promise<void>;
};

/** Begins to change the head of a text. `ask` makes the change, `refused` hears why one was not made. */
export function headEditing(
  text: HeadText,
  ask: (source: string, field: FieldName, value: HeadValue) => Promise<HeadChange>,
  refused: (field: FieldName, why: Refusal | null) => void,
): HeadEditing {
  const waiting = new Map<FieldName, HeadValue>();
  const held = new Map<FieldName, HeadValue>();
  let running: Promise<void> | null = null;
  /** The field whose changes go on in one step of undo, and the text as it was after the last one. */
  let step: { field: FieldName; doc: Text } | null = null;

  async function run(): Promise<void> {
    for (;;) {
      const next = waiting.entries().next();
      if (next.done) return;
      const [field, value] = next.value;
      const source = headOf(text.state())?.source ?? "";
      let answer: HeadChange;
      try {
        answer = await ask(source, field, value);
      } catch {
        answer = { kind: "refused", why: "locked" };
      }
      // The text became another one meanwhile: the change is made of what it is now.
      if ((headOf(text.state())?.source ?? "") !== source) continue;
      if (waiting.get(field) === value) waiting.delete(field);
      if (answer.kind === "refused") refused(field, answer.why);
      else {
        refused(field, null);
        apply(field, source, answer.text, answer.head);
      }
    }
  }

  function apply(
    field: FieldName,
    source: string,
    after: string,
    head: Extract<HeadChange, { kind: "changed" }>["head"],
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
    const goesOn = step?.field === field && step.doc === state.doc;
    text.dispatch({
      changes,
      ...(source === "" ? { selection: { anchor: anchor + begun, head: caret + begun } } : {}),
      effects: headRead.of({ source: after.replace(/\n$/, ""), head }),
      annotations: goesOn ? fromHead.of(true) : [fromHead.of(true), isolateHistory.of("before")],
      // Joined with what was typed in the field before, however long ago that was.
      userEvent: goesOn ? "input.type.compose" : "input.head",
    });
    step = { field, doc: text.state().doc };
  }

  function start(): void {
    running ??= run().finally(() => {
      running = null;
      if (waiting.size > 0) start();
    });
  }

  function release(field: FieldName): void {
    const value = held.get(field);
    held.delete(field);
    if (value) editing.change(field, value);
  }

  const editing: HeadEditing = {
    change(field, value) {
      held.delete(field);
      waiting.set(field, value);
      start();
    },
    hold(field, value) {
      if (value) held.set(field, value);
      else held.delete(field);
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
