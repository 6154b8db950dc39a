/**
 * Paints the sentence that is spoken. The engine's own highlights are used where there are any (nothing in the article's
 * tree changes); elsewhere the paragraph has a rule beside it.
 */

/** Paints these words, and no others any more. */
export function paintSpoken(range: Range | null): void {
  if (usesHighlights()) {
    // WebKit leaves the words of a replaced highlight as they were painted: it repaints what is taken out of one.
    painted?.clear();
    painted = range && new Highlight(range);
    if (!painted) return void CSS.highlights.delete(SPOKEN);
    // Over what is marked, and under what is selected.
    painted.priority = 1;
    CSS.highlights.set(SPOKEN, painted);
    return;
  }
  block?.classList.remove("spoken");
  const on = range?.startContainer.parentElement;
  block = on?.closest<HTMLElement>("[data-line], h1, p") ?? null;
  block?.classList.add("spoken");
}

const SPOKEN = "edito-spoken";
let painted: Highlight | null = null;
let block: HTMLElement | null = null;

function usesHighlights(): boolean {
  return typeof Highlight === "function" && typeof CSS !== "undefined" && "highlights" in CSS;
}
