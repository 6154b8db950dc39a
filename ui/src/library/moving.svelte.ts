// Entries of the rail put into another order by hand: one move after the other, each of which can be undone.
import { t } from "@/shared/messages";
import { tellError } from "@/shared/notices.svelte";
import { remember, withdraw, type Undoable } from "./undo.svelte";

/** What a screen reader is told of the last move. */
export const moving = $state({ said: "" });

/** What stands in an order made by hand. */
export type ByHand = {
  /** The entries in their order, as far as the page knows now. */
  all: () => { id: string; name: string }[];
  /** Puts one behind another, or before all, and reads the order again. */
  put: (id: string, after: string | null) => Promise<void>;
};

/** The moves of such entries. Those that come while one is under way wait for it: each is made of what the one before has left. */
export function movesOf({ all, put }: ByHand): {
  /** Moves one up or down. */
  move: (id: string, by: 1 | -1) => Promise<void>;
  /** Puts one before that at an index. */
  place: (id: string, before: number) => Promise<void>;
} {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    const mine = last.then(act);
    last = mine.catch(() => undefined);
    return mine;
  };

  const placed = (id: string, beforeOf: (at: number) => number): Promise<void> => {
    /** The one behind which it stood; unknown as long as it has not moved. */
    let former: string | null | undefined;
    // An undo that comes meanwhile means this move, and takes its turn.
    const back = async (): Promise<void> => {
      if (former !== undefined) await put(id, former);
    };
    const step: Undoable = { undo: () => inTurn(back).catch((error: unknown) => void tellError(error)) };
    remember(step);
    return inTurn(async () => {
      const ids = all().map((one) => one.id);
      const at = ids.indexOf(id);
      const before = beforeOf(at);
      if (at < 0 || before < 0 || before > ids.length || before === at || before === at + 1)
        return withdraw(step);
      const others = ids.filter((other) => other !== id);
      try {
        await put(id, others[(before > at ? before - 1 : before) - 1] ?? null);
      } catch (error) {
        withdraw(step);
        throw error;
      }
      former = ids[at - 1] ?? null;
      const now = all().findIndex((one) => one.id === id);
      const args = { title: all()[now]?.name ?? "", count: 1, at: now + 1, of: all().length };
      moving.said = t("collection-moved", args);
    });
  };

  return {
    move: (id, by) => placed(id, (at) => (by < 0 ? at - 1 : at + 2)),
    place: (id, before) => placed(id, () => before),
  };
}
