// Which articles have words that are not on the disk yet: the writer says so, the rail and the quit dialog show it.
import { SvelteMap } from "svelte/reactivity";

/** A text with words that are not in its file. */
export type UnsavedText = {
  id: string;
  title: string;
  /** What stands between it and its file: the disk (`error` says how), another program's words, nothing but time. */
  why: "failed" | "conflict" | "gone" | "waiting";
  error: unknown;
  /** Where the words are kept until they are saved: in a recovery copy, among the versions, nowhere. */
  kept: "copy" | "version" | null;
};

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
