// The next article that was not read: one key, from the list and from the sheet.
import { backend } from "@/backend";
import { tell } from "@/shared/notices.svelte";
import { focusInSheet } from "./actions";
import { library, openArticle, sheet } from "./library.svelte";
import { list, moveCursor } from "./rows.svelte";
import { openHit, search } from "./search.svelte";

/** Opens the next article of what is listed that was not read, and after the last one the first. */
export async function openNextUnread(): Promise<void> {
  if (library.view === "search") return nextHit();
  const query = { ...library.query };
  // From the list the row under the cursor counts too, unless it is the one that is open.
  const present = focusInSheet() || library.selectedId === sheet.id ? sheet.id : null;
  const next = await backend.nextUnread(query, present, Math.max(0, list.cursor));
  // Something else was listed meanwhile.
  if (JSON.stringify(query) !== JSON.stringify(library.query)) return;
  if (!next) return void tell("done", "next-unread-none");
  library.selectedId = next.id;
  openArticle(next.id);
  await moveCursor(next.index);
}

function nextHit(): void {
  const { hits, cursor } = search;
  const at = hits.findIndex(({ row }) => row.id === sheet.id);
  const start = (at < 0 ? cursor - 1 : at) + 1;
  const order = [...hits.keys()].map((step) => (start + step) % hits.length);
  const next = order.find((index) => hits[index]?.row.read === false && hits[index]?.row.id !== sheet.id);
  if (next === undefined) return void tell("done", "next-unread-none");
  openHit(next);
}
