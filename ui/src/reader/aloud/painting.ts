/**
 * Paints the sentence that is spoken. The engine's own highlights are used where there are any (nothing in the article's
 * tree changes); elsewhere the paragraph has a rule beside it.
 */
import { hasHighlights, highlight } from "../highlights";

/** Paints these words, and no others any more. */
export function paintSpoken(range: Range | null): void {
  if (hasHighlights()) {
    // Over what is marked, and under what is selected.
    highlight(SPOKEN, range ? [range] : [], 1);
    return;
  }
  block?.classList.remove("spoken");
  const on = range?.startContainer.parentElement;
  block = on?.closest<HTMLElement>("[data-line], h1, p") ?? null;
  block?.classList.add("spoken");
}

const SPOKEN = "edito-spoken";
let block: HTMLElement | null = null;
