// The parts of La Une while they are being set.
import type { SlotSettings } from "@/backend";

/** A part on the sheet of settings, with a key that stays its own while it is moved. */
export type EditedSlot = { key: number; slot: SlotSettings };

/** The kinds of sections that the front page knows. */
export const usualKinds = ["edito", "analyses", "medias", "lectures", "lettre"];

/** A part that shows the newest pieces of the library. */
export function newSlot(): SlotSettings {
  return {
    from: null,
    role: "list",
    section: null,
    kind: null,
    title: null,
    number: 4,
    order: "date",
    teaser: 160,
    column: 2,
  };
}

/** What a part takes from, as one word. */
export function sourceOf({ kind, section }: SlotSettings): string {
  if (section !== null) return `section:${section}`;
  return kind === null ? "all" : `kind:${kind}`;
}

/** The part, taking from something else. */
export function withSource(slot: SlotSettings, source: string): SlotSettings {
  const at = source.indexOf(":");
  const [what, name] = at < 0 ? [source, null] : [source.slice(0, at), source.slice(at + 1)];
  return { ...slot, section: what === "section" ? name : null, kind: what === "kind" ? name : null };
}
