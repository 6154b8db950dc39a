import type { Colour } from "@/backend";
import type { Command } from "@/shared/commands.svelte";
import { colours } from "./painting";

/** What follows when words were marked. */
export type AfterMarking = "note" | "tags" | "quote";

/** What the commands of marking act on. */
export interface MarkingActions {
  /** Begins to choose words by keys, or stops it. */
  choose: () => void;
  /** Marks what is chosen, in the colour used last where none is given. */
  mark: (colour: Colour | null, then?: AfterMarking) => Promise<void>;
  hasChosen: () => boolean;
  hasText: () => boolean;
  /** Whether there is a draft that passages are quoted in. */
  hasDraft: () => boolean;
}

/** The commands of marking. */
export function markingCommands(actions: MarkingActions): Command[] {
  const enabled = actions.hasChosen;
  return [
    {
      id: "highlight-choose",
      group: "article",
      keys: "h",
      when: "reading",
      run: actions.choose,
      enabled: actions.hasText,
    },
    ...colours.map((colour, index): Command => ({
      id: `highlight-${colour}`,
      group: "article",
      keys: String(index + 1),
      when: "reading",
      hidden: true,
      run: () => actions.mark(colour),
      enabled,
    })),
    {
      id: "highlight-note",
      group: "article",
      keys: "a",
      when: "reading",
      hidden: true,
      run: () => actions.mark(null, "note"),
      enabled,
    },
    {
      id: "highlight-tags",
      group: "article",
      keys: "g",
      when: "reading",
      hidden: true,
      run: () => actions.mark(null, "tags"),
      enabled,
    },
    {
      id: "highlight-quote-chosen",
      group: "article",
      keys: "q",
      when: "reading",
      hidden: true,
      run: () => actions.mark(null, "quote"),
      enabled: () => enabled() && actions.hasDraft(),
    },
  ];
}
