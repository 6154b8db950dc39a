// Articles of the list on their way with the pointer: to another place in a collection, or onto one in the rail.
import type { Row } from "@/backend";
import { followDrag } from "@/shared/dragging";
import { tellError } from "@/shared/notices.svelte";
import { isByHand } from "./collections.svelte";
import { moveTo, putIntoAndTell } from "./membership";

/** What is on its way, and where it would come to. */
export const dragged = $state<{
  /** The first of the articles; null while nothing is dragged. */
  row: Row | null;
  count: number;
  x: number;
  y: number;
  /** The collection of the rail that the pointer is over. */
  onto: string | null;
  /** The index of the row before which they would stand; null outside of the list. */
  before: number | null;
}>({ row: null, count: 0, x: 0, y: 0, onto: null, before: null });

/** Begins to drag articles, if the pointer goes on; `beforeAt` tells which row is under it, and scrolls; `over` is called when it is over. */
export function dragArticles(
  event: PointerEvent,
  row: Row,
  ids: string[],
  beforeAt: (x: number, y: number) => number | null,
  over: () => void,
): void {
  followDrag(event, {
    over: (x, y) => {
      const entry = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-collection]");
      const onto = entry?.dataset.collection ?? null;
      const before = onto === null && isByHand() ? beforeAt(x, y) : null;
      Object.assign(dragged, { row, count: ids.length, x, y, onto, before });
    },
    drop: () => {
      const { onto, before } = dragged;
      if (onto !== null) putIntoAndTell(onto, ids).catch(tellError);
      else if (before !== null) moveTo(ids, before).catch(tellError);
    },
    end: () => {
      Object.assign(dragged, { row: null, onto: null, before: null });
      over();
    },
  });
}
