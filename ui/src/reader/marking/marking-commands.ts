import type { Colour } from "@/backend";
import type { Command } from "@/shared/commands.svelte";
import { colours } from "./painting";

/** What the commands of marking act on. */
export interface MarkingActions {
  /** Begins to choose words by keys, or stops it. */
  choose: () => void;
  /** Marks what is chosen, in the colour used last where none is given. */
  mark: (colour: Colour | null, then?: "note" | "tags") => Promise<void>;
  hasChosen: () => boolean;
  hasText: () => boolean;
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
  ];
}
