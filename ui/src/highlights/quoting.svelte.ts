// The draft that marked passages are quoted in: the text that is being written, or was written last.
import { followDrag } from "@/shared/dragging";
import { tellError } from "@/shared/notices.svelte";

/** A text that takes quotations. */
export type QuotingDraft = {
  /** The article. */
  id: string;
  title: string;
  /** Quotes a passage at the caret. */
  quote: (highlight: string) => Promise<void>;
  /** Moves the caret to a point of the window; false when that is not in the text. */
  pointAt: (x: number, y: number) => boolean;
};

/** The draft, when there is one. */
export const quoting = $state<{ draft: QuotingDraft | null }>({ draft: null });

/** Quotes a passage at the caret of the draft. */
export function quoteInDraft(highlight: string): void {
  quoting.draft?.quote(highlight).catch(tellError);
}

/** A passage that is taken with the pointer and let go over the text becomes a quotation there. */
export function dragToDraft(pressed: PointerEvent, highlight: string): void {
  let over = false;
  const root = document.documentElement;
  followDrag(pressed, {
    over: (x, y) => {
      over = quoting.draft?.pointAt(x, y) ?? false;
      root.style.cursor = over ? "copy" : "grabbing";
    },
    drop: () => {
      if (over) quoteInDraft(highlight);
    },
    end: () => root.style.removeProperty("cursor"),
  });
}
