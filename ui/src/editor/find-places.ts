// Asks a worker for all places of a pattern, and gives up after a second.
import { findAll } from "./find-pattern";
import type { FindRequest } from "./find-worker";

/** The longest a search may take, in milliseconds. */
const patience = 1000;

let worker: Worker | null = null;
let waiting: ((places: number[] | null) => void) | null = null;

/** All places of a pattern (starts and ends in turn), or null when it takes too long or another search came after. */
export function findPlaces(request: FindRequest): Promise<number[] | null> {
  if (typeof Worker === "undefined") {
    return Promise.resolve(
      findAll(request.text, request.source, request.flags, request.wholeWord, request.most),
    );
  }
  // A search still at work is of no use any more.
  if (waiting) stop();
  worker ??= new Worker(new URL("./find-worker.ts", import.meta.url), { type: "module" });
  const asked = worker;
  return new Promise((resolve) => {
    const timer = setTimeout(stop, patience);
    waiting = (places) => {
      clearTimeout(timer);
      waiting = null;
      resolve(places);
    };
    asked.onmessage = (event: MessageEvent<number[]>) => waiting?.(event.data);
    asked.onerror = stop;
    asked.postMessage(request);
  });
}

function stop(): void {
  worker?.terminate();
  worker = null;
  waiting?.(null);
}
