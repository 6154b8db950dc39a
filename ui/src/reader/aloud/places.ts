// Where the sentences stand on the sheet, and which of them are in view.
import type { SpokenSentence } from "@/backend";
import { unitsOf, type Units } from "../marking/units";
import { blockAt } from "../position";
import { sentenceAt } from "./aloud.svelte";

/** The sentences on a sheet. */
export interface Places {
  /** Where a sentence stands; null when the sheet does not have it. */
  rangeOf(sentence: SpokenSentence): Range | null;
  /** The sentence to begin at: that of the selection, else the first that begins in view. */
  first(sentences: readonly SpokenSentence[]): number;
  /** The sentence at a point of the window; -1 when there is none. */
  at(x: number, y: number): number;
}

/** The sentences of the article whose head and body stand within `scroller`. */
export function placesOf(scroller: HTMLElement, body: HTMLElement): Places {
  // Painting by elements, where that is done, cuts the text nodes: they are counted anew when they are others.
  let counted: Units | null = null;
  function bodyUnits(): Units {
    if (!counted?.nodes.every(({ node }) => node.isConnected)) counted = unitsOf(body);
    return counted;
  }

  function rangeOf({ part, place }: SpokenSentence): Range | null {
    if (part === "body") return bodyUnits().range(place[0], place[1]);
    const holder = scroller.querySelector<HTMLElement>(
      part === "title" ? ".reading-title" : ".reading-standfirst",
    );
    return holder && unitsOf(holder).range(place[0], place[1]);
  }

  function selected(): number | null {
    const selection = document.getSelection();
    const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
    if (!range || range.collapsed || !body.contains(range.startContainer)) return null;
    return bodyUnits().at(range.startContainer, range.startOffset);
  }

  return {
    rangeOf,
    first(sentences) {
      // Behind the last sentence there may be code, which is not said.
      const sentenceFrom = (unit: number): number => {
        const at = sentenceAt(unit, sentences);
        return at < 0 ? sentences.length - 1 : at;
      };
      const chosen = selected();
      if (chosen !== null) return sentenceFrom(chosen);
      const top = scroller.getBoundingClientRect().top;
      if (scroller.scrollTop < 40) return 0;
      const block = blockAt(body, top + 8);
      if (!block) return 0;
      const units = bodyUnits();
      const end = units.at(block, block.childNodes.length);
      let at = sentenceFrom(units.at(block, 0));
      for (let one = sentences[at]; one && one.place[1] < end; one = sentences[at]) {
        if ((rangeOf(one)?.getBoundingClientRect().top ?? top) >= top - 4) break;
        at += 1;
      }
      return Math.min(at, sentences.length - 1);
    },
    at(x, y) {
      const point = document.caretRangeFromPoint?.(x, y);
      if (!point || !body.contains(point.startContainer)) return -1;
      return sentenceAt(bodyUnits().at(point.startContainer, point.startOffset));
    },
  };
}
