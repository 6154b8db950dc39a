// Corrections of typography as the panel shows them: by rule, with their surroundings, spaces as signs.
import type { EditorState } from "@codemirror/state";
import type { Offer } from "@/editor/corrections";

/** The changes of one rule. */
export type RuleGroup = { rule: string; offers: Offer[] };

/** A piece of text, or a space that can't be told from others by the eye. */
export type Piece = { text: string; space: "no-break" | "thin" | "plain" | null };

/** Changes by rule, the rules in the order in which they first come. */
export function byRule(offers: readonly Offer[]): RuleGroup[] {
  const groups = new Map<string, Offer[]>();
  for (const offer of offers) {
    const group = groups.get(offer.rule);
    if (group) group.push(offer);
    else groups.set(offer.rule, [offer]);
  }
  return [...groups].map(([rule, found]) => ({ rule, offers: found }));
}

/** A text cut at its spaces; ordinary ones are told only where they are what changes. */
export function pieces(text: string, plain: boolean): Piece[] {
  const found: Piece[] = [];
  for (const part of text.split(plain ? /([\u00a0\u202f ])/u : /([\u00a0\u202f])/u)) {
    if (part === "") continue;
    const space =
      part === "\u00a0" ? "no-break" : part === "\u202f" ? "thin" : plain && part === " " ? "plain" : null;
    found.push({ text: part, space });
  }
  return found;
}

/** What stands before and after a change in its line, each cut short. */
export function surroundings(state: EditorState, offer: Offer, most = 28): { lead: string; tail: string } {
  const line = state.doc.lineAt(offer.from);
  const end = Math.max(line.to, offer.to);
  const lead = state.sliceDoc(Math.max(line.from, offer.from - most), offer.from);
  const tail = state.sliceDoc(offer.to, Math.min(end, offer.to + most));
  return {
    lead: offer.from - most > line.from ? `…${lead.replace(/^\S*\s/u, "")}` : lead,
    tail: offer.to + most < end ? `${tail.replace(/\s\S*$/u, "")}…` : tail,
  };
}

/** What a refused change is known by when the text is looked through again: the change, and the letters around it. */
export function nameOf(state: EditorState, offer: Omit<Offer, "id">): string {
  // Other corrections change spaces, marks and accents nearby.
  const letters = (from: number, to: number): string =>
    state
      .sliceDoc(Math.max(0, from), Math.min(state.doc.length, to))
      .normalize("NFD")
      .replace(/[^\p{L}\p{N}]+/gu, "");
  const before = letters(offer.from - 60, offer.from).slice(-16);
  const after = letters(offer.to, offer.to + 60).slice(0, 16);
  // Where the encoding has no narrow space, a plain one is offered.
  const wanted = offer.after.replaceAll("\u202f", "\u00a0").trim();
  return [offer.rule, wanted, before, after].join("\u0000");
}
