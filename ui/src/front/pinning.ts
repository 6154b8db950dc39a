// Pinning: a piece stands above the others of a part of La Une until it is taken down. It is said in the journal.
import { backend, type Pinned } from "@/backend";
import { rowsOf, target } from "@/library/actions";
import { library } from "@/library/library.svelte";
import { offerUndo, remember } from "@/library/undo.svelte";
import { tell } from "@/shared/notices.svelte";
import { front } from "./front.svelte";

/** Pins the article meant to the lead of La Une, or takes it down from there. */
export async function toggleLead(): Promise<void> {
  const id = target();
  if (!id) return;
  const slots = await backend.slotsFor(id);
  await toggle(
    id,
    slots.find((slot) => isLead(slot)),
  );
}

/** Pins the article meant to the top of its part of La Une, or takes it down from there. */
export async function toggleSlot(): Promise<void> {
  const id = target();
  if (!id) return;
  const here = library.view === "front" ? front.piece?.slot : null;
  await toggle(id, here ?? (await backend.slotsFor(id))[0]);
}

/** Moves a pinned piece of La Une up or down among those pinned to the same part. */
export async function movePinned(by: 1 | -1): Promise<void> {
  const { id, slot } = front.piece ?? {};
  if (!id || !slot) return;
  const page = await backend.frontPage();
  const pieces = page.slots.find(({ key }) => key === slot)?.pieces ?? [];
  const pinned = pieces.filter((piece) => piece.pinned).map(({ row }) => row.id);
  const at = pinned.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= pinned.length) return;
  const others = pinned.filter((other) => other !== id);
  const before = await backend.pin(id, slot, others[to - 1] ?? null);
  remember({ undo: () => putBack(id, before) });
}

/** Whether pinning makes sense now. */
export function canPin(): boolean {
  return library.current !== null && library.view !== "trash" && target() !== null;
}

async function toggle(id: string, slot: string | undefined): Promise<void> {
  if (slot === undefined) {
    tell("info", "pin-nowhere");
    return;
  }
  const before = await backend.unpin(id);
  const on = before?.slot !== slot;
  if (on) await backend.pin(id, slot, null);
  const [row] = await rowsOf([id]);
  const key = on ? (isLead(slot) ? "pin-lead-done" : "pin-slot-done") : "pin-taken";
  offerUndo(key, { title: row?.title ?? "" }, () => putBack(id, before));
}

async function putBack(id: string, before: Pinned | null): Promise<void> {
  if (before) await backend.pin(id, before.slot, before.after);
  else await backend.unpin(id);
}

function isLead(slot: string): boolean {
  return slot === "lead" || slot.startsWith("lead#");
}
