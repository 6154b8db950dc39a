// Keeping items of feeds: one key, and the item is an article of the library.
import { backend, type Place } from "@/backend";
import { refreshOverview } from "@/library/library.svelte";
import { refreshRows } from "@/library/rows.svelte";
import { offerUndo } from "@/library/undo.svelte";
import { dismiss, tell, tellError } from "@/shared/notices.svelte";
import { edit, feeds, itemMeant, markRead, readItems } from "./feeds.svelte";

/** The notice of the last item that was kept: of many keys in a row only the last is told. */
let told: number | undefined;

/** Keeps an item, and offers to take it back. */
export async function keepItem(place: Place, item = itemMeant()): Promise<void> {
  // One that is on its way is kept once.
  if (!item || item.kept === "") return;
  const { number, kept: before } = item;
  // At once: fetching its images may take a moment.
  edit((one) => (one.number === number ? { ...one, read: true, kept: one.kept ?? "" } : one));
  try {
    const [kept] = await backend.keepItems([number], place);
    if (!kept) return;
    if (kept.inTrash) {
      edit((one) => (one.number === number ? { ...one, kept: before } : one));
      tell("info", "feeds-in-trash", { title: item.title });
      return;
    }
    edit((one) => (one.number === number ? { ...one, kept: kept.article } : one));
    if (told !== undefined) dismiss(told);
    const args = { place, title: item.title, missing: kept.imagesMissing };
    if (kept.known) {
      told = tell("done", "feeds-kept-again", args);
      return;
    }
    told = offerUndo("feeds-kept", args, () => takeBack(number, kept.article));
  } catch (error) {
    edit((one) => (one.number === number ? { ...one, kept: before } : one));
    tellError(error);
  } finally {
    refreshOverview();
    void refreshRows();
  }
}

/** Marks the item that is meant read or unread. */
export async function toggleItemRead(): Promise<void> {
  const item = itemMeant();
  if (item) await markRead([item.number], !item.read);
}

/** Marks everything read that the list shows, and offers to take it back. */
export async function markAllRead(): Promise<void> {
  const query = { ...feeds.query, also: null };
  const numbers = await backend.markAllItemsRead(query);
  edit((item) => ({ ...item, read: true }));
  if (numbers.length === 0) return;
  offerUndo("feeds-marked-read", { count: numbers.length }, async () => {
    await backend.markItemsRead(numbers, false);
    await readItems();
  });
}

async function takeBack(number: number, article: string): Promise<void> {
  try {
    await backend.trashArticles([article]);
    await backend.keepItemsNoMore([number]);
    edit((one) => (one.number === number ? { ...one, kept: null } : one));
  } catch (error) {
    tellError(error);
  }
  refreshOverview();
  void refreshRows();
}
