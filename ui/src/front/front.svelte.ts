// La Une and the pages of sections: which one is shown, where the reader stands on it, and the way back to it.
import { library, openArticle, sheet } from "@/library/library.svelte";
import { revealInList } from "@/library/opening";
import { panes } from "@/library/panes.svelte";
import { focusRegion } from "@/library/regions";

/** Where the reader stands on a page: what comes back when it is returned to. */
export type Standing = {
  /** The section of the page; null is La Une itself. */
  section: string | null;
  /** The first piece of a section's page, counted from 0. */
  offset: number;
  /** The piece that has the focus, and the part of La Une it stands in. */
  piece: { id: string; slot: string | null } | null;
  /** How far the page is scrolled, in pixels. */
  top: number;
};

/** The page that is shown, or was shown last. */
export const front = $state<Standing>({ section: null, offset: 0, piece: null, top: 0 });

/** The page that an article was opened from, and that article. */
export const origin = $state<{ page: Standing | null; article: string | null }>({
  page: null,
  article: null,
});

/** Shows La Une, or the page of a section. */
export function showFront(section: string | null = null): void {
  Object.assign(front, { section, offset: 0, piece: null, top: 0 });
  show();
}

/** Opens a piece of the page in the list and the sheet. */
export async function openFromFront(id: string): Promise<void> {
  Object.assign(origin, { page: $state.snapshot(front), article: id });
  library.view = "list";
  openArticle(id);
  await revealInList(id);
  focusRegion("sheet");
}

/** Whether the sheet shows an article that was opened from a page: there is a way back. */
export function canReturn(): boolean {
  const { page, article } = origin;
  return page !== null && article === sheet.id && library.view === "list" && sheet.mode === "read";
}

/** Goes back to the page that the article was opened from, at the same place. */
export function returnToFront(): void {
  if (!origin.page) return;
  Object.assign(front, origin.page);
  show();
}

/** The piece of the page that commands mean. */
export function pieceInHand(): string | null {
  return library.view === "front" ? (front.piece?.id ?? null) : null;
}

function show(): void {
  origin.page = null;
  library.view = "front";
  panes.closeOverlay();
}
