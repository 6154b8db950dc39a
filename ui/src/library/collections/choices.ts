// Collections by some letters of their names.
import type { CollectionView } from "@/backend";
import { fuzzyMatch, plainLetters } from "@/shared/fuzzy";

/** A collection that fits what is typed, or one that is yet to be made (without identity). */
export type FoundCollection = { id: string | null; name: string; count: number; marks: [number, number][] };

const choicesAtOnce = 200;

/** The collections that fit, the best first, in their own order while nothing is typed; and one of the name typed, unless there is. */
export function found(typed: string, known: CollectionView[], makes = true): FoundCollection[] {
  const name = typed.trim();
  const all = known.flatMap((one) => {
    const match = name === "" ? { score: 0, marks: [] } : fuzzyMatch(name, one.name);
    return match ? [{ ...one, ...match }] : [];
  });
  const fitting = all
    .sort((one, other) => other.score - one.score)
    .slice(0, choicesAtOnce)
    .map(({ id, name, count, marks }): FoundCollection => ({ id, name, count, marks }));
  if (!makes || name === "" || known.some((one) => one.name === name)) return fitting;
  const made: FoundCollection = { id: null, name, count: 0, marks: [] };
  // What only differs in case and accents is most likely what is meant.
  const alike = fitting.some((one) => plainLetters(one.name).startsWith(plainLetters(name)));
  return alike ? [...fitting, made] : [made, ...fitting];
}
