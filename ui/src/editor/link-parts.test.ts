import { describe, expect, it } from "vitest";
import { changeAddress, changeWords, linkPartsAt, removeLink, wordsOfLink } from "./link-parts";
import { stateOf } from "./notation";

type Act = (notation: string) => string;
const words =
  (typed: string): Act =>
  (notation) => {
    const state = stateOf(notation);
    const link = linkPartsAt(state, state.selection.main.head);
    return link ? state.update({ changes: changeWords(state, link, typed) }).newDoc.toString() : "none";
  };
const address =
  (typed: string): Act =>
  (notation) => {
    const state = stateOf(notation);
    const link = linkPartsAt(state, state.selection.main.head);
    return link ? state.update({ changes: changeAddress(link, typed) }).newDoc.toString() : "none";
  };
const remove: Act = (notation) => {
  const state = stateOf(notation);
  const link = linkPartsAt(state, state.selection.main.head);
  return link ? state.update({ changes: removeLink(state, link) }).newDoc.toString() : "none";
};

describe("a link", () => {
  it.each<[string, string, Act, string]>([
    ["its words", 'a [u|n](https://b.c "t") d', words("deux *mots*"), 'a [deux *mots*](https://b.c "t") d'],
    ["words with brackets", "a [u|n](b) d", words("x [y] \\"), "a [x \\[y\\] \\\\](b) d"],
    ["its address", 'a [u|n](https://b.c "t") d', address("https://e.f"), 'a [un](https://e.f "t") d'],
    ["an address with a blank", "a [u|n](b) d", address("c d.md"), "a [un](<c d.md>) d"],
    ["an address with an open bracket", "a [u|n](b) d", address("c(d"), "a [un](<c(d>) d"],
    ["an address with brackets", "a [u|n](b) d", address("c(d)"), "a [un](c(d)) d"],
    ["an address in angle brackets", "a [u|n](<b c>) d", address("e"), "a [un](e) d"],
    ["no address yet", "a [u|n]() d", address("e"), "a [un](e) d"],
    ["an address over several lines", "a [u|n](b) d", address("https://e\n.f"), "a [un](https://e.f) d"],
    [
      "by reference",
      "a [u|n][r]\n\n[r]: https://b.c",
      address("https://e.f"),
      "a [un][r]\n\n[r]: https://e.f",
    ],
    [
      "the words of a reference",
      "a [u|n][r]\n\n[r]: https://b.c",
      words("deux"),
      "a [deux][r]\n\n[r]: https://b.c",
    ],
    ["a bare address", "a https://b|.c d", address("https://e.f"), "a https://e.f d"],
    ["a bare address gets words", "a https://b|.c d", words("là"), "a [là](https://b.c) d"],
    ["an address in its own brackets", "a <https://b|.c> d", words("là"), "a [là](https://b.c) d"],
    ["an article", "a [[Pa‸ge]] d", address("Autre"), "a [[Autre]] d"],
    ["an article gets words", "a [[Pa‸ge]] d", words("là [x]"), "a [[Page|là x]] d"],
    ["the words of an article go", "a [[Pa‸ge|là]] d", words(""), "a [[Page]] d"],
    ["taken away", "a [u|n](b) d", remove, "a un d"],
    ["an article taken away", "a [[Pa‸ge|là]] d", remove, "a là d"],
    ["brackets that are none", "a [si|c] d", remove, "none"],
    ["an image", "a ![u|n](b.png) d", remove, "none"],
  ])("%s", (_name, before, act, after) => {
    expect(act(before)).toBe(after);
  });

  it("has words as one reads them", () => {
    const state = stateOf("[x \\[y|\\]](b)");
    const link = linkPartsAt(state, state.selection.main.head);
    expect(link && wordsOfLink(state, link)).toBe("x [y]");
  });
});
