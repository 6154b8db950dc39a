// Where words of the finished look stand in the text that it was made of.
import type { Text } from "@codemirror/state";

/**
 * The place of the selected words of a block in the text, to be selected there; null when they are not found. `from` is where the
 * block begins in the text. Marks stand between words and not within them, so a word is known by how often it came before.
 */
export function placeOfWords(
  doc: Text,
  from: number,
  block: Element,
  words: string,
): { anchor: number; head: number } | null {
  const wanted = words.trim();
  if (wanted === "" || /\s/.test(wanted)) return null;
  const before = wordsBefore(block);
  if (before === null) return null;
  const times = before.split(wanted).length - 1;
  // A block of the look is no longer in the text than that, marks and all.
  const source = doc.sliceString(
    from,
    Math.min(doc.length, from + 4 * (block.textContent ?? "").length + 400),
  );
  let at = -1;
  for (let time = 0; time <= times; time++) {
    at = source.indexOf(wanted, at + 1);
    if (at < 0) return null;
  }
  return { anchor: from + at, head: from + at + wanted.length };
}

/** What stands in a block before the selection. */
function wordsBefore(block: Element): string | null {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0) return null;
  const chosen = selection.getRangeAt(0);
  if (!block.contains(chosen.startContainer)) return null;
  const range = document.createRange();
  range.selectNodeContents(block);
  range.setEnd(chosen.startContainer, chosen.startOffset);
  return range.toString();
}
