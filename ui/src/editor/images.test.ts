import { expect, it } from "vitest";
import { describeImage, imageAtCaret, imageNamed } from "./images";
import { stateOf } from "./notation";

it("an image is described, and its caption set, where it stands", () => {
  const state = stateOf('![](a.png)\n\nmot\n\n![x \\[y\\]](a.png "L\'été")|\n');
  const image = imageNamed(state, "a.png");
  expect(image).toMatchObject({ words: "x [y]", caption: "L'été" });
  expect(imageAtCaret(state)).toEqual(image);
  const after = state.update(describeImage(image!, " une\n vue [1] ", 'dite "vue"')).state.doc.toString();
  expect(after).toBe('![](a.png)\n\nmot\n\n![une vue \\[1\\]](a.png "dite \\"vue\\"")\n');
});

it("an image that is described as before stays as it is written, whatever that is", () => {
  const text = "![a \\* b](a.png 'L\"été')|";
  const image = imageNamed(stateOf(text), "a.png")!;
  expect(image.words).toBe("a * b");
  const { words, caption } = image;
  expect(describeImage(image, words, caption).changes).toBeUndefined();
});

it("a line without an image has none", () => {
  expect(imageAtCaret(stateOf("![](a.png)\n\nmo|t"))).toBeNull();
  expect(imageNamed(stateOf("mot|"), "a.png")).toBeNull();
});
