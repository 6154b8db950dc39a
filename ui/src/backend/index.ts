// The one door to Rust: nothing else in the page imports @tauri-apps.
import { commands, events } from "@/backend/bindings";
import type { CommandError, StartState } from "@/backend/bindings";

export type * from "@/backend/bindings";

/** Every command of the Rust side; a failed one rejects with a `CommandError`. */
export const backend = commands;

type Listenable<T> = { listen: (cb: (event: { payload: T }) => void) => Promise<() => void> };
type EventName = keyof typeof events;
type Payload<N extends EventName> = (typeof events)[N] extends Listenable<infer T> ? T : never;

const listening = new Set<Promise<unknown>>();

/** What the page needs to come up: in its document already when it is the first page of a run, else asked for. */
export async function startState(): Promise<StartState> {
  const data = document.getElementById("start");
  data?.remove();
  return data?.textContent ? (JSON.parse(data.textContent) as StartState) : backend.start();
}

/** Resolves when everything that is listened to by now is heard. */
export async function heard(): Promise<void> {
  await Promise.allSettled(listening);
}

/** Listens to an event of the Rust side; the function it returns stops listening. */
export function on<N extends EventName>(name: N, listener: (payload: Payload<N>) => void): () => void {
  let stopped = false;
  let stop: (() => void) | undefined;
  const event = events[name] as unknown as Listenable<Payload<N>>;
  const started = event
    .listen(({ payload }) => listener(payload))
    .then((unlisten) => {
      if (stopped) unlisten();
      else stop = unlisten;
    });
  listening.add(started);
  void started.finally(() => listening.delete(started));
  return () => {
    stopped = true;
    stop?.();
  };
}

/** What is dragged over the window from other programs: so many files, none any more, or those that were dropped. */
export type FilesDragged =
  | { kind: "over"; paths: string[] }
  | { kind: "left" }
  /** `at` is where they fell, in pixels of the page. */
  | { kind: "dropped"; paths: string[]; at: { x: number; y: number } };

/** Listens to files that are dragged over the window; the function it resolves to stops listening. */
export async function onFilesDragged(listener: (drag: FilesDragged) => void): Promise<() => void> {
  if (!("__TAURI_INTERNALS__" in window)) return () => undefined;
  const { getCurrentWebview } = await import("@tauri-apps/api/webview");
  return getCurrentWebview().onDragDropEvent(({ payload }) => {
    if (payload.type === "enter") listener({ kind: "over", paths: payload.paths });
    else if (payload.type === "drop") {
      const { x, y } = payload.position;
      const at = { x: x / window.devicePixelRatio, y: y / window.devicePixelRatio };
      listener({ kind: "dropped", paths: payload.paths, at });
    } else if (payload.type === "leave") listener({ kind: "left" });
  });
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
