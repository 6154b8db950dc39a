// Finds all places of a pattern off the page's thread: a regular expression that never ends stops nothing here.
import { findAll } from "./find-pattern";

/** What the worker is asked. */
export type FindRequest = { text: string; source: string; flags: string; wholeWord: boolean; most: number };

addEventListener("message", (event: MessageEvent<FindRequest>) => {
  const { text, source, flags, wholeWord, most } = event.data;
  postMessage(findAll(text, source, flags, wholeWord, most));
});
