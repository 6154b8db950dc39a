// The marked passages of the whole library, as the middle pane lists them.
import { backend, type FoundHighlight, type HighlightQuery, type Facet } from "@/backend";
import { library } from "@/library/library.svelte";
import { panes } from "@/library/panes.svelte";
import { tellError } from "@/shared/notices.svelte";
import { everyHighlight } from "./exporting";

/** What the list of passages shows. */
export const highlights = $state<{
  query: HighlightQuery;
  found: FoundHighlight[];
  total: number;
  tags: Facet[];
  loaded: boolean;
}>({ query: { ...everyHighlight }, found: [], total: 0, tags: [], loaded: false });

/** Shows the list of passages. */
export function showHighlights(): void {
  library.view = "highlights";
  panes.showList();
}

/** Narrows or widens the list. */
export async function narrow(part: Partial<HighlightQuery>): Promise<void> {
  highlights.query = { ...highlights.query, ...part };
  await readHighlights();
}

/** Reads the list again, as far as it had been read. */
export async function readHighlights(): Promise<void> {
  const request = ++requests;
  const limit = Math.max(AT_ONCE, Math.min(highlights.found.length, 500));
  try {
    const page = await backend.allHighlights({ ...highlights.query }, 0, limit);
    if (request !== requests) return;
    Object.assign(highlights, {
      found: page.highlights,
      total: page.total,
      tags: page.tags,
      loaded: true,
    });
  } catch (error) {
    if (request === requests) tellError(error);
  }
}

/** Reads the next passages. */
export async function readMore(): Promise<void> {
  const { found, total } = highlights;
  if (found.length >= total || reading) return;
  reading = true;
  const request = requests;
  try {
    const page = await backend.allHighlights({ ...highlights.query }, found.length, AT_ONCE);
    if (request === requests) highlights.found = [...found, ...page.highlights];
  } catch (error) {
    tellError(error);
  } finally {
    reading = false;
  }
}

const AT_ONCE = 100;
let requests = 0;
let reading = false;
