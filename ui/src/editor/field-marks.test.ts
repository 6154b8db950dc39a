import { describe, expect, it } from "vitest";
import { type FieldText, linkInField, toggleFieldMark } from "./field-marks";

const read = (notation: string): FieldText => {
  const text = notation.replace(/[|⟨⟩]/g, "");
  const from = notation.search(/[|⟨]/);
  return { text, from, to: notation.includes("⟩") ? notation.indexOf("⟩") - 1 : from };
};
const written = ({ text, from, to }: FieldText): string =>
  from === to
    ? `${text.slice(0, from)}|${text.slice(from)}`
    : `${text.slice(0, from)}⟨${text.slice(from, to)}⟩${text.slice(to)}`;

describe("marks in a field", () => {
  it.each([
    ["on", "**", "le ⟨mot⟩ juste", "le **⟨mot⟩** juste"],
    ["off", "**", "le **⟨mot⟩** juste", "le ⟨mot⟩ juste"],
    ["off with its marks selected", "**", "le ⟨**mot**⟩ juste", "le ⟨mot⟩ juste"],
    ["on the word at the caret", "*", "le m|ot", "le *m|ot*"],
    ["off the word at the caret", "*", "le *m|ot*", "le m|ot"],
    ["before typing, and off again", "**", "le |", "le **|**"],
    ["twice is nothing", "**", "le **|**", "le |"],
    ["without the blanks", "*", "le⟨ mot ⟩juste", "le *⟨mot⟩* juste"],
    ["emphasis inside strong words", "*", "**⟨mot⟩**", "***⟨mot⟩***"],
    ["emphasis off strong words", "*", "***⟨mot⟩***", "**⟨mot⟩**"],
    ["strong off words with emphasis", "**", "***⟨mot⟩***", "*⟨mot⟩*"],
  ])("%s", (_name, mark, before, after) => {
    expect(written(toggleFieldMark(read(before), mark))).toBe(after);
  });
  it.each([
    ["voir ⟨ici⟩.", "voir [ici](|)."],
    ["voir |", "voir [|]()"],
  ])("a link of %s", (before, after) => expect(written(linkInField(read(before)))).toBe(after));
});
