// Finds all places of a pattern off the page's thread: a regular expression that never ends stops nothing here.
import { findAll, type FindPattern, type Part } from "./find-pattern";

/** What the worker is asked. */
export type FindRequest = {
  text: string;
  parts: readonly Part[];
  pattern: FindPattern;
  wholeWord: boolean;
  most: number;
};

addEventListener("message", (event: MessageEvent<FindRequest>) => {
  const { text, parts, pattern, wholeWord, most } = event.data;
  postMessage(findAll(text, parts, pattern, wholeWord, most));
});
