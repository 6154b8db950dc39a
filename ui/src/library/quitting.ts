// Leaving: what is unsaved is saved first; what cannot be is named, and the user decides.
import { tick } from "svelte";
import { backend } from "@/backend";
import { keepFields, type UnsavedText } from "@/shared/unsaved.svelte";
import { openDialog } from "./dialogs.svelte";
import { closeSheets } from "./library.svelte";

/** What the writing side gives once it has been loaded. */
export type Writer = {
  flush: () => Promise<boolean>;
  unsavedTexts: () => UnsavedText[];
  /** Ends all sessions of writing. */
  forgetAll: () => Promise<void>;
  recoverAtStart?: () => Promise<void> | void;
};

let writer: Writer | undefined;
/** What stood in a field and could not be kept, when saving was last tried. */
let lost: UnsavedText[] = [];
/** The user has seen what is unsaved, and leaves all the same. */
let anyway = false;

/** Tells what saves unsaved texts; before the first text is opened for writing there is nothing to save. */
export function useWriter(one: Writer): void {
  writer = one;
}

/** Saves all that is unsaved; true when nothing is left. */
export async function saveAll(): Promise<boolean> {
  try {
    lost = await keepFields();
    return ((await writer?.flush()) ?? true) && lost.length === 0;
  } catch {
    return false;
  }
}

/** Saves, then quits; when something could not be saved, asks. */
export async function askToQuit(): Promise<void> {
  if (await saveAll()) await backend.quit();
  else openDialog("quit", { texts: unsavedTexts() });
}

/** Leaves the library although not everything could be saved: `again` is what was asked for. */
export async function leaveAnyway(again: () => Promise<unknown>): Promise<void> {
  anyway = true;
  try {
    await again();
  } finally {
    anyway = false;
  }
}

/**
 * Saves and ends all writing before the library is closed or another takes its place: its sessions must not meet the
 * articles of another library. False, and the user is told, when something could not be saved; `again` tries once more.
 */
export async function leaveLibrary(again: () => Promise<unknown>): Promise<boolean> {
  const saved = await saveAll();
  const texts = unsavedTexts();
  if ((!saved || texts.length > 0) && !anyway) {
    openDialog("quit", { texts, again });
    return false;
  }
  closeSheets();
  // The sheet gives its text back before the text is forgotten.
  await tick();
  await writer?.forgetAll();
  return true;
}

function unsavedTexts(): UnsavedText[] {
  return [...lost, ...(writer?.unsavedTexts() ?? [])];
}
