// What Édito tells the user in passing: done (with undo), problems (with what to do), information.
import type { CommandError } from "@/backend";
import { hasMessage, t, type MessageArgs } from "./messages";

/** The tone of a notice; problems stay until they are dismissed. */
export type NoticeTone = "info" | "done" | "problem";
/** A button on a notice, for instance to undo, and the key that does the same. */
export type NoticeAction = { label: string; keys?: string; run: () => void | Promise<void> };
/** A notice on the screen. */
export type Notice = {
  id: number;
  kind: NoticeTone;
  text: string;
  hint: string;
  action?: NoticeAction;
  second?: NoticeAction;
};

/** The notices on the screen, oldest first. */
export const notices = $state<{ list: Notice[] }>({ list: [] });

let last = 0;

/** Shows the message `messageKey`; a message `<messageKey>-hint` is shown below it when there is one. */
export function tell(
  kind: NoticeTone,
  messageKey: string,
  args?: MessageArgs,
  action?: NoticeAction,
): number {
  const hint = hasMessage(`${messageKey}-hint`) ? t(`${messageKey}-hint`, args) : "";
  return show({ kind, text: t(messageKey, args), hint, action });
}

/** Shows words that are put together already. */
export function show(notice: Omit<Notice, "id">): number {
  const same = notices.list.find((other) => other.text === notice.text && !other.action && !notice.action);
  if (same) return same.id;
  const id = ++last;
  notices.list = [...notices.list.slice(-3), { id, ...notice }];
  if (notice.kind !== "problem") setTimeout(() => dismiss(id), notice.action ? 12_000 : 5_000);
  return id;
}

/** Turns an error of the Rust side into words and what to do about it. */
export function tellError(error: unknown): number {
  const words = errorWords(error);
  return show({ kind: "problem", text: words.text, hint: words.hint });
}

/** An error in words: what happened, and what to do. */
export function errorWords(error: unknown): { text: string; hint: string } {
  const kind = read(error, "kind") ?? "unknown";
  const known = hasMessage(`error-${kind}`) ? kind : "unknown";
  const detail = read(error, "message") ?? (typeof error === "string" ? error : "");
  const path = read(error, "path");
  const args = { path: path ?? "", named: path === null ? "no" : "yes", detail };
  return { text: t(`error-${known}`, args), hint: t(`error-${known}-hint`, args) };
}

/** Whether an error of the Rust side is of a kind. */
export function isOfKind(error: unknown, kind: CommandError["kind"]): boolean {
  return read(error, "kind") === kind;
}

/** Takes a notice away. */
export function dismiss(id: number): void {
  notices.list = notices.list.filter((notice) => notice.id !== id);
}

function read(error: unknown, name: string): string | null {
  if (typeof error !== "object" || error === null || !(name in error)) return null;
  const value = (error as Record<string, unknown>)[name];
  return typeof value === "string" && value !== "" ? value : null;
}
