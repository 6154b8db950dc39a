// The pages that the open article was read from, as they came; one is shown by the system's browser, never here.
import { backend, type Capture } from "@/backend";
import { openDialog } from "@/library/dialogs.svelte";
import { onLibraryChanged, sheet } from "@/library/library.svelte";
import { register } from "@/shared/commands.svelte";

/** The pages of the open article, the newest first. */
export const captures = $state<{ article: string | null; list: Capture[] }>({ article: null, list: [] });

/** How long an article is open before its pages are asked for, in milliseconds: going through a list asks nothing. */
const PATIENCE = 200;

/** Follows which article is open, and registers the command; the function it returns stops both. */
export function followOriginals(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (id: string): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void read(id), PATIENCE);
  };
  const stops = [
    $effect.root(() => {
      $effect(() => {
        const id = sheet.id;
        Object.assign(captures, { article: id, list: [] });
        if (id) later(id);
      });
    }),
    onLibraryChanged((changes) => {
      if (sheet.id && (changes.many || changes.updated.includes(sheet.id))) later(sheet.id);
    }),
    register({
      id: "open-original",
      group: "article",
      run: () => openDialog("original", { id: sheet.id ?? "" }),
      enabled: () => sheet.id !== null && captures.article === sheet.id && captures.list.length > 0,
    }),
  ];
  return () => {
    clearTimeout(timer);
    stops.forEach((stop) => stop());
  };
}

async function read(id: string): Promise<void> {
  // The command is not offered where this fails: nobody asked for it.
  const list = await backend.captures(id).catch(() => []);
  if (sheet.id === id) Object.assign(captures, { article: id, list });
}
