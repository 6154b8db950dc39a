// Which articles have words that are not on the disk yet: the writer says so, the rail and the quit dialog show it.
import { SvelteMap } from "svelte/reactivity";

/** Titles of the articles with unsaved words, by id. */
export const unsaved = new SvelteMap<string, string>();

/** An article has words that are not on the disk. */
export function markUnsaved(id: string, title: string): void {
  unsaved.set(id, title);
}

/** All words of an article are on the disk. */
export function markSaved(id: string): void {
  unsaved.delete(id);
}
