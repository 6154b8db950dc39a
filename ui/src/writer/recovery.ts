// What a killed run left behind, offered at the start. Apart from the editor, so that a start without it stays light.
import { mount, unmount } from "svelte";
import { backend, type Recovery } from "@/backend";
import { tellError } from "@/shared/notices.svelte";

/** Offers the copies of unsaved words that the last run left behind, if there are any. */
export async function recoverAtStart(): Promise<void> {
  const left = await backend.recoveries();
  const different: Recovery[] = [];
  for (const copy of left) {
    // The words are all in the file: there is nothing to choose.
    if (copy.text === copy.onDisk) await backend.dropRecovery(copy.key).catch(tellError);
    else different.push(copy);
  }
  if (different.length === 0) return;
  const { default: RecoveryDialog } = await import("./RecoveryDialog.svelte");
  const dialog = mount(RecoveryDialog, {
    target: document.body,
    props: { copies: different, close: () => void unmount(dialog) },
  });
}
