// Asks a worker for all places of a pattern, and gives up after a second.
import { findAll } from "./find-pattern";
import type { FindRequest } from "./find-worker";

/** All places of a pattern, starts and ends in turn; or that it takes too long, or that another search came after. */
export type FoundPlaces = number[] | "slow" | "late";

/** The longest a search may take, in milliseconds. */
const patience = 1000;

let worker: Worker | null = null;
let waiting: ((places: FoundPlaces) => void) | null = null;

/** All places of a pattern. */
export function findPlaces(request: FindRequest): Promise<FoundPlaces> {
  const { text, parts, pattern, wholeWord, most } = request;
  if (typeof Worker === "undefined") return Promise.resolve(findAll(text, parts, pattern, wholeWord, most));
  // A search still at work is of no use any more.
  if (waiting) stop("late");
  worker ??= new Worker(new URL("./find-worker.ts", import.meta.url), { type: "module" });
  const asked = worker;
  return new Promise((resolve) => {
    const timer = setTimeout(() => stop("slow"), patience);
    waiting = (places) => {
      clearTimeout(timer);
      waiting = null;
      resolve(places);
    };
    asked.onmessage = (event: MessageEvent<number[]>) => waiting?.(event.data);
    asked.onerror = () => stop("slow");
    asked.postMessage(request);
  });
}

function stop(why: "slow" | "late"): void {
  worker?.terminate();
  worker = null;
  waiting?.(why);
}
