// An address that is pasted where nothing takes text is offered to be captured.
import { dialog, openDialog } from "@/library/dialogs.svelte";
import { isWritable, library } from "@/library/library.svelte";

/** The address of the web that a text is and nothing else; null when it is none. */
export function addressIn(text: string): string | null {
  const only = text.trim();
  if (only.length > 4_000 || !/^https?:\/\/[^\s<>"]+$/i.test(only)) return null;
  return URL.canParse(only) ? only : null;
}

/** Takes a pasted address; true when it did. */
export function pasteAddress(event: ClipboardEvent): boolean {
  const on = event.target instanceof Element ? event.target : null;
  const typing = on?.closest("input, textarea, select, [contenteditable]") !== null && on !== null;
  if (event.defaultPrevented || typing || dialog.open || !library.current || !isWritable()) return false;
  const address = addressIn(event.clipboardData?.getData("text/plain") ?? "");
  if (address === null) return false;
  event.preventDefault();
  openDialog("capture", { address });
  return true;
}
