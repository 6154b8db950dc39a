// Pasting outside of a text: what is on the clipboard is brought in.
import { backend, type Pasted } from "@/backend";
import { isTyping } from "@/shared/keys";
import { t } from "@/shared/messages";
import { tell, tellError } from "@/shared/notices.svelte";
import { bringInPaths, canBringIn } from "./importing.svelte";

/** Larger files are brought in by dropping them or with the dialog: the clipboard hands over whole files. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Brings in what was pasted, unless it was meant for a text or a dialog. */
export function takePaste(event: ClipboardEvent): void {
  const data = event.clipboardData;
  if (event.defaultPrevented || !data || !canBringIn() || isTyping(event.target)) return;
  if (document.querySelector("dialog[open], [aria-modal='true']")) return;
  event.preventDefault();
  // Read at once: the clipboard is gone when the event is.
  const files = [...data.files];
  const uris = data.getData("text/uri-list");
  const html = data.getData("text/html");
  const text = data.getData("text/plain");
  bringIn(files, uris, html, text).catch(tellError);
}

async function bringIn(files: File[], uris: string, html: string, text: string): Promise<void> {
  const paths = pathsIn(uris) ?? pathsIn(text);
  if (paths) return bringInPaths(paths);
  const pasted: Pasted[] = await Promise.all(
    files.filter((file) => file.size > 0 && file.size <= MOST_BYTES).map(fromFile),
  );
  if (pasted.length === 0) {
    const name = titleOf(text) || t("import-clipboard");
    if (isStructured(html)) pasted.push({ name: `${name}.html`, content: { text: html } });
    else if (text.trim() !== "") pasted.push({ name: `${name}.md`, content: { text } });
  }
  if (pasted.length === 0) tell("info", "import-paste-nothing");
  else await backend.importPasted(pasted);
}

/** The paths of files copied in a file manager: nothing but `file:` addresses, one a line. */
export function pathsIn(text: string): string[] | null {
  const lines = text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.length === 0 || !lines.every((line) => /^file:\/\//i.test(line))) return null;
  return lines.flatMap((line) => {
    try {
      return [decodeURIComponent(new URL(line).pathname)];
    } catch {
      return [];
    }
  });
}

/** Whether HTML says more than its text alone: programs also put single words there, with a style. */
export function isStructured(html: string): boolean {
  return /<(p|h[1-6]|ul|ol|li|blockquote|table|article|section|figure|img|a\s|br|div)\b/i.test(html);
}

/** The first line of a text, as the name of a piece that has none. */
export function titleOf(text: string): string {
  const line = text.split("\n").find((one) => /[\p{L}\p{N}]/u.test(one)) ?? "";
  const bare = line
    .trim()
    .replace(/^[#>*\-\s]+/, "")
    .replace(/\s+/g, " ");
  if (bare.length <= 80) return bare;
  return `${bare.slice(0, 80).replace(/\s+\S*$/, "")}…`;
}

function fromFile(file: File): Promise<Pasted> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error ?? new Error(file.name));
    // What is read is an address that holds the bytes: data:…;base64,…
    reader.onload = () => {
      const base64 = (reader.result as string).replace(/^[^,]*,/, "");
      resolve({ name: file.name, content: { base64 } });
    };
    reader.readAsDataURL(file);
  });
}
