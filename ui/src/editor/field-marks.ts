// Marks of Markdown in a plain field: what the keys do to the words of the text, done to those of the field.

/** The words of a field, and what is selected of them. */
export type FieldText = { text: string; from: number; to: number };

/** Puts a mark around what is selected, or takes it off; without a selection the word at the caret is meant. */
export function toggleFieldMark({ text, from, to }: FieldText, mark: string): FieldText {
  const { length } = mark;
  const words = meant(text, from, to);
  const [start, end] = words;
  if (stands(text, start - length, mark) && stands(text, end, mark)) {
    const inside = text.slice(start, end);
    return {
      text: text.slice(0, start - length) + inside + text.slice(end + length),
      from: from - length,
      to: to - length,
    };
  }
  const within = text.slice(start, end);
  if (end - start >= 2 * length && stands(within, 0, mark) && stands(text, end - length, mark)) {
    const inside = within.slice(length, -length);
    return { text: text.slice(0, start) + inside + text.slice(end), from: start, to: end - 2 * length };
  }
  const marked = text.slice(0, start) + mark + within + mark + text.slice(end);
  if (from === to) return { text: marked, from: from + length, to: to + length };
  return { text: marked, from: start + length, to: end + length };
}

/** Makes a link of what is selected; the caret goes to its address, or to its words where there are none. */
export function linkInField({ text, from, to }: FieldText): FieldText {
  const words = text.slice(from, to);
  const made = `[${words}]()`;
  const at = from + (words === "" ? 1 : made.length - 1);
  return { text: text.slice(0, from) + made + text.slice(to), from: at, to: at };
}

/** What a key does to the words of a field, if it does something to them. */
export function fieldFormat(event: KeyboardEvent): ((field: FieldText) => FieldText) | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (event.shiftKey) return key === "k" ? linkInField : null;
  const mark = { b: "**", i: "*" }[key];
  return mark === undefined ? null : (field) => toggleFieldMark(field, mark);
}

/** The selection without the blanks at its ends, or the word around the caret. */
function meant(text: string, from: number, to: number): [number, number] {
  if (from === to) {
    const before = /[\p{L}\p{N}_]*$/u.exec(text.slice(0, from))?.[0].length ?? 0;
    const after = /^[\p{L}\p{N}_]*/u.exec(text.slice(to))?.[0].length ?? 0;
    return before > 0 && after > 0 ? [from - before, to + after] : [from, to];
  }
  const words = text.slice(from, to);
  if (words.trim() === "") return [from, to];
  return [from + words.length - words.trimStart().length, to - (words.length - words.trimEnd().length)];
}

/** Whether a mark stands at a place, and is not a part of another one: `*` in `**` is none, in `***` it is. */
function stands(text: string, at: number, mark: string): boolean {
  if (at < 0 || text.slice(at, at + mark.length) !== mark) return false;
  const sign = mark.charAt(0);
  let [start, end] = [at, at + mark.length];
  while (text.charAt(start - 1) === sign) start--;
  while (text.charAt(end) === sign) end++;
  return mark.length === 1 ? (end - start) % 2 === 1 : end - start >= mark.length;
}
