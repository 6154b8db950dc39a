// What somebody writes in a text: the difference that their own hand makes, told in words and signs.
import type { Text, Transaction } from "@codemirror/state";
import type { Written } from "@/backend";

/** How long a text is; from Rust, which counts as the status line shows it. */
export type Count = (text: string) => Promise<Written>;

/** A change that was brought in or taken out at one stroke. */
export type Stroke = { before: Text; after: Text };

/** So many words at one stroke are brought, not written. */
export const mostAtOnce = 25;

/**
 * Whether a change of the text is brought or taken out at one stroke, not written: what comes from the disk, and more
 * than 25 words that are pasted, dropped, cut, undone. With `pastes`, what is pasted and dropped counts as written.
 * What one types always counts as written, what it replaces only when that is little.
 */
export function isBrought(transaction: Transaction, fromDisk: boolean, pastes: boolean): boolean {
  if (fromDisk) return true;
  let came = "";
  let gone = "";
  transaction.changes.iterChanges((fromA, toA, _fromB, _toB, inserted) => {
    if (toA > fromA) gone += ` ${transaction.startState.doc.sliceString(fromA, toA)}`;
    if (inserted.length > 0) came += ` ${inserted.toString()}`;
  });
  const many = (text: string): boolean => text.length > mostAtOnce * 2 && wordsIn(text) > mostAtOnce;
  if (many(gone)) return true;
  if (!many(came)) return false;
  if (transaction.isUserEvent("input.type")) return false;
  const pasted = transaction.isUserEvent("input.paste") || transaction.isUserEvent("input.drop");
  return !(pastes && pasted);
}

/** Follows what is written in one text; `note` is told of what is new. */
export function writingTracker(
  count: Count,
  note: (more: Written) => Promise<void> | void,
): {
  /** A change that was brought. */
  brought: (transaction: Transaction) => void;
  /** What was brought until now; for the count of the text as it is now. */
  take: () => Stroke[];
  /** The text with what was `taken` is so long. */
  counted: (length: Written, taken: Stroke[]) => Promise<void>;
  /** The text is another one: counting begins anew. */
  reset: () => void;
} {
  let strokes: Stroke[] = [];
  /** The length of the text less what was written in it; null before it was first counted. */
  let without: Written | null = null;
  let noted: Written = { words: 0, signs: 0 };
  let last: Promise<void> = Promise.resolve();

  async function take(length: Written, taken: Stroke[]): Promise<void> {
    if (without === null) {
      without = length;
      return;
    }
    for (const { before, after } of taken) {
      const [old, now] = [await count(before.toString()), await count(after.toString())];
      without = {
        words: without.words + now.words - old.words,
        signs: without.signs + now.signs - old.signs,
      };
    }
    const written = { words: length.words - without.words, signs: length.signs - without.signs };
    const more = { words: written.words - noted.words, signs: written.signs - noted.signs };
    noted = written;
    if (more.words !== 0 || more.signs !== 0) await note(more);
  }

  return {
    brought: ({ startState, newDoc }) => void strokes.push({ before: startState.doc, after: newDoc }),
    take: () => strokes.splice(0),
    counted(length, taken) {
      last = last.then(() => take(length, taken)).catch(() => undefined);
      return last;
    },
    reset() {
      strokes = [];
      without = null;
      noted = { words: 0, signs: 0 };
    },
  };
}

function wordsIn(text: string): number {
  return text.match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;
}
