// Marking by keyboard: one word is chosen and goes through the text; with Shift the passage grows; Space widens it to the
// sentence, then to the paragraph.
import type { CutText, Stretch } from "./words";

/** What a key does to the passage that is being chosen. */
export interface Marking {
  /** The passage that is chosen now. */
  readonly passage: Stretch;
  /** Takes a key; false when it means nothing here. `rightToLeft`: the direction of the text. */
  press(event: KeyboardEvent, rightToLeft: boolean): boolean;
}

/** Begins at the first word at or after a unit; null in a text without words. */
export function markingFrom(cut: CutText, unit: number): Marking | null {
  const { words, sentences, paragraphs } = cut;
  if (words.length === 0) return null;
  const last = words.length - 1;
  const found = words.findIndex((word) => word.end > unit);
  let fixed = found < 0 ? last : found;
  let moving = fixed;
  let widened: Stretch | null = null;

  const passage = (): Stretch => {
    if (widened) return widened;
    const first = words[Math.min(fixed, moving)];
    const final = words[Math.max(fixed, moving)];
    return { start: first?.start ?? 0, end: final?.end ?? 0 };
  };

  function moveTo(word: number, extend: boolean): void {
    moving = Math.max(0, Math.min(last, word));
    if (!extend) fixed = moving;
    widened = null;
  }

  /** The word to go to for the next or the previous sentence or paragraph: its end when the passage grows forwards. */
  function neighbour(of: "sentence" | "paragraph", by: 1 | -1, extend: boolean): number {
    const here = words[moving]?.[of] ?? 0;
    if (extend && by > 0) {
      const isLast = words[moving + 1]?.[of] !== here;
      const wanted = isLast ? (words[moving + 1]?.[of] ?? here) : here;
      return words.findLastIndex((word) => word[of] === wanted);
    }
    if (by > 0) {
      const next = words.findIndex((word) => word[of] > here);
      return next < 0 ? moving : next;
    }
    const first = words.findIndex((word) => word[of] === here);
    if (first < moving || first <= 0) return Math.max(0, first);
    const before = words[first - 1]?.[of];
    return words.findIndex((word) => word[of] === before);
  }

  function widen(): void {
    const now = passage();
    const word = words[Math.min(fixed, moving)];
    const sentence = word && sentences[word.sentence];
    const paragraph = word && paragraphs[word.paragraph];
    const holds = (wide: Stretch | undefined): wide is Stretch =>
      wide !== undefined &&
      wide.start <= now.start &&
      wide.end >= now.end &&
      wide.end - wide.start > now.end - now.start;
    const wide = [sentence, paragraph].find(holds);
    if (!wide) return;
    widened = wide;
    fixed = words.findIndex((one) => one.end > wide.start);
    moving = words.findLastIndex((one) => one.start < wide.end);
  }

  return {
    get passage() {
      return passage();
    },
    press(event, rightToLeft) {
      const { key, shiftKey: extend } = event;
      if (event.altKey || event.metaKey) return false;
      const forwards = rightToLeft ? "ArrowLeft" : "ArrowRight";
      const backwards = rightToLeft ? "ArrowRight" : "ArrowLeft";
      const far = event.ctrlKey ? "paragraph" : "sentence";
      if (key === forwards) moveTo(moving + 1, extend);
      else if (key === backwards)
        moveTo(extend || fixed === moving ? moving - 1 : Math.min(fixed, moving), extend);
      else if (key === "ArrowDown") moveTo(neighbour(far, 1, extend), extend);
      else if (key === "ArrowUp") moveTo(neighbour(far, -1, extend), extend);
      else if (key === "PageDown") moveTo(neighbour("paragraph", 1, extend), extend);
      else if (key === "PageUp") moveTo(neighbour("paragraph", -1, extend), extend);
      else if (key === " " && !event.ctrlKey) widen();
      else return false;
      return true;
    },
  };
}
