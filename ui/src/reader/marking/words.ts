// The words, sentences and paragraphs of the article on the sheet, for going through them with keys.
import type { Units } from "./units";

/** A stretch of the text, in units; the end is left out. */
export interface Stretch {
  start: number;
  end: number;
}

/** A word, with the numbers of its sentence and its paragraph. */
export interface Word extends Stretch {
  sentence: number;
  paragraph: number;
}

/** The text, cut up. */
export interface CutText {
  words: Word[];
  sentences: Stretch[];
  paragraphs: Stretch[];
}

/** Cuts the text of the article up; `lang` is a BCP 47 tag. */
export function cutUp(units: Units, lang: string): CutText {
  const cut: CutText = { words: [], sentences: [], paragraphs: [] };
  const byWord = segmenter(lang, "word");
  const bySentence = segmenter(lang, "sentence");
  for (const { text, start } of paragraphsOf(units)) {
    const unitAt = unitsWithin(text, start);
    const paragraph = cut.paragraphs.length;
    cut.paragraphs.push({ start, end: unitAt(text.length) });
    for (const sentence of bySentence.segment(text)) {
      const stretch = {
        start: unitAt(sentence.index),
        end: unitAt(sentence.index + sentence.segment.trimEnd().length),
      };
      const number = cut.sentences.length;
      const before = cut.words.length;
      for (const word of byWord.segment(sentence.segment)) {
        if (!word.isWordLike) continue;
        const from = sentence.index + word.index;
        cut.words.push({
          start: unitAt(from),
          end: unitAt(from + word.segment.length),
          sentence: number,
          paragraph,
        });
      }
      if (cut.words.length > before) cut.sentences.push(stretch);
    }
  }
  return cut;
}

const BLOCKS =
  "p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, pre, figcaption, caption, summary, blockquote, div, section";

function segmenter(lang: string, granularity: "word" | "sentence"): Intl.Segmenter {
  try {
    return new Intl.Segmenter(lang, { granularity });
  } catch {
    return new Intl.Segmenter(undefined, { granularity });
  }
}

/** The words of each block, a note's mark left out, with its first unit. */
function paragraphsOf(units: Units): { text: string; start: number }[] {
  const paragraphs: { text: string; start: number }[] = [];
  let block: Element | null = null;
  for (const { node, start } of units.nodes) {
    const own = node.parentElement?.closest(BLOCKS) ?? null;
    const last = paragraphs.at(-1);
    if (last && own === block) last.text += afterBreak(node) + (node.nodeValue ?? "");
    else paragraphs.push({ text: node.nodeValue ?? "", start });
    block = own;
  }
  // A line of the file ends no sentence.
  const oneLine = paragraphs.map(({ text, start }) => ({ text: text.replace(/[\t\n\r\f]/g, " "), start }));
  return oneLine.filter(({ text }) => text.trim() !== "");
}

/** A line break within a paragraph parts words, and is no text. */
function afterBreak(node: Text): string {
  return node.previousSibling?.nodeName === "BR" ? " " : "";
}

function unitsWithin(text: string, start: number): (offset: number) => number {
  const at = new Uint32Array(text.length + 1);
  let unit = start;
  for (let index = 0; index < text.length; index++) {
    at[index] = unit;
    if (!/[ \t\n\r\f]/.test(text[index] ?? "")) unit += 1;
  }
  at[text.length] = unit;
  return (offset) => at[Math.min(offset, text.length)] ?? unit;
}
