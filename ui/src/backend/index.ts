// The one door to Rust: nothing else in the page imports @tauri-apps.
import { commands, events } from "@/backend/bindings";
import type { CommandError } from "@/backend/bindings";

export type * from "@/backend/bindings";

/** Every command of the Rust side; a failed one rejects with a `CommandError`. */
export const backend = commands;

type Listenable<T> = { listen: (cb: (event: { payload: T }) => void) => Promise<() => void> };
type EventName = keyof typeof events;
type Payload<N extends EventName> = (typeof events)[N] extends Listenable<infer T> ? T : never;

/** Listens to an event of the Rust side; the function it returns stops listening. */
export function on<N extends EventName>(name: N, listener: (payload: Payload<N>) => void): () => void {
  let stopped = false;
  let stop: (() => void) | undefined;
  const event = events[name] as unknown as Listenable<Payload<N>>;
  void event
    .listen(({ payload }) => listener(payload))
    .then((unlisten) => {
      if (stopped) unlisten();
      else stop = unlisten;
    });
  return () => {
    stopped = true;
    stop?.();
  };
}

/** Whether a thing that was thrown is an error of the Rust side. */
export function isCommandError(error: unknown): error is CommandError {
  return typeof error === "object" && error !== null && "kind" in error && "message" in error;
}

/** Names the window, in the page and in the system's window list. */
export async function setWindowTitle(title: string): Promise<void> {
  document.title = title;
  if (!("__TAURI_INTERNALS__" in window)) return;
  const { getCurrentWindow } = await import("@tauri-apps/api/window");
  await getCurrentWindow().setTitle(title);
}
