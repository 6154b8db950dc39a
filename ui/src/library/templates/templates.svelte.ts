// Templates: what a new piece can begin with, and where they are kept.
import { backend, type PieceTemplate } from "@/backend";
import type { Command } from "@/shared/commands.svelte";
import { focusInSheet, target } from "../actions";
import { openDialog } from "../dialogs.svelte";
import { isWritable, library, sheet } from "../library.svelte";
import { saveAll } from "../quitting";
import { remember } from "../undo.svelte";

/** The commands of templates. */
export const templateCommands: Command[] = [
  {
    id: "save-template",
    group: "article",
    run: () => {
      const id = focusInSheet() ? sheet.id : target();
      if (id) openDialog("saveTemplate", { id });
    },
    enabled: () => library.current !== null && (sheet.id !== null || target() !== null),
  },
  {
    id: "templates",
    group: "tools",
    run: () => openDialog("templates", {}),
    enabled: () => library.current !== null,
  },
];

/** Makes a template of an article as it stands, for its section or for all. */
export async function saveAsTemplate(
  id: string,
  name: string,
  origin: "desk" | "own",
  section: string | null,
): Promise<void> {
  await saveAll();
  const { text } = await backend.openText(id);
  await backend.saveTemplate(text, name, origin, section);
}

/** Puts a template aside; the function it answers brings it back, and so does the last step of undo. `changed` hears of both. */
export async function removeTemplate(
  { key }: PieceTemplate,
  changed: () => void,
): Promise<() => Promise<void>> {
  const removed = await backend.removeTemplate(key);
  changed();
  return remember({
    undo: async () => {
      await backend.putBackTemplate(key, removed);
      changed();
    },
  });
}

/** Whether a template of the desk can be kept: it lies with the library. */
export function deskCanKeep(): boolean {
  return isWritable();
}
