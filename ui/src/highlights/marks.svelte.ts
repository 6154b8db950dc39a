// The passages marked in the article that is being read: loaded, added, changed, removed.
import {
  backend,
  type Colour,
  type HighlightChange,
  type NewHighlight,
  type PlacedHighlight,
} from "@/backend";
import { refreshOverview } from "@/library/library.svelte";
import { t } from "@/shared/messages";
import { tell } from "@/shared/notices.svelte";

/** What the sheet knows of the marked passages of the open article. */
export const marks = $state<{
  /** The article that they are of. */
  article: string | null;
  /** The hash of the file in which their places are. */
  hash: string;
  placed: PlacedHighlight[];
  /** The colour that was used last. */
  colour: Colour;
}>({ article: null, hash: "", placed: [], colour: "yellow" });

/** Reads the passages of an article; false when another article was asked for meanwhile. */
export async function loadMarks(article: string): Promise<boolean> {
  const request = ++requests;
  if (marks.article !== article) Object.assign(marks, { article, hash: "", placed: [] });
  const { hash, highlights } = await backend.highlights(article);
  if (request !== requests) return false;
  Object.assign(marks, { article, hash, placed: highlights });
  return true;
}

/** Forgets the passages: the article is left. */
export function forgetMarks(): void {
  requests += 1;
  Object.assign(marks, { article: null, hash: "", placed: [] });
}

/** Marks words, and answers the identity of the passage. */
export async function addMark(article: string, passage: NewHighlight): Promise<string> {
  const id = await backend.addHighlight(article, passage);
  marks.colour = passage.colour;
  await changed(article);
  return id;
}

/** Gives a passage another colour, note or tags. */
export async function changeMark(
  article: string,
  id: string,
  change: Partial<HighlightChange>,
): Promise<void> {
  if (change.colour) marks.colour = change.colour;
  await backend.changeHighlight(article, id, { colour: null, note: null, tags: null, ...change });
  await changed(article);
}

/** Takes the mark of a passage away, and offers to bring it back. */
export async function removeMark(article: string, id: string): Promise<void> {
  await backend.removeHighlight(article, id);
  await changed(article);
  tell("done", "highlight-removed", {}, { label: t("shell-undo"), run: () => changeMark(article, id, {}) });
}

async function changed(article: string): Promise<void> {
  refreshOverview();
  if (marks.article === article) await loadMarks(article);
}

let requests = 0;
