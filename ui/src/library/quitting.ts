// Leaving: what is unsaved is saved first; what cannot be is named, and the user decides.
import { backend } from "@/backend";
import { unsaved } from "@/shared/unsaved.svelte";
import { openDialog } from "./dialogs.svelte";

/** What the writing side gives once it has been loaded. */
export type Writer = {
  flush: () => Promise<boolean>;
  isUnsaved: () => boolean;
  recoverAtStart?: () => Promise<void> | void;
};

let writer: Writer | undefined;

/** Tells what saves unsaved texts; before the first text is opened for writing there is nothing to save. */
export function useWriter(one: Writer): void {
  writer = one;
}

/** Saves all that is unsaved; true when nothing is left. */
export async function saveAll(): Promise<boolean> {
  if (!writer) return true;
  try {
    return await writer.flush();
  } catch {
    return false;
  }
}

/** Whether words are not on the disk yet. */
export function isUnsaved(): boolean {
  return unsaved.size > 0 || (writer?.isUnsaved() ?? false);
}

/** Saves, then quits; when something could not be saved, asks. */
export async function askToQuit(): Promise<void> {
  if (await saveAll()) await backend.quit();
  else openDialog("quit", { titles: [...unsaved.values()] });
}
