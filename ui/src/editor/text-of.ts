// The text of a document as one string: made once, however many ask for it after a pause.
import type { Text } from "@codemirror/state";

const made = new WeakMap<Text, string>();

/** The whole text of a document, `\n` between lines. */
export function textOf(doc: Text): string {
  let text = made.get(doc);
  if (text === undefined) made.set(doc, (text = doc.toString()));
  return text;
}
