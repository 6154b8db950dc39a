import { describe, expect, it } from "vitest";
import { isStructured, pathsIn, titleOf } from "./pasting";

describe("what is on the clipboard", () => {
  it.each([
    ["file:///home/maud/a%20b.html\r\nfile:///tmp/c.md\r\n", ["/home/maud/a b.html", "/tmp/c.md"]],
    ["# copied\nfile:///tmp/c.md", ["/tmp/c.md"]],
    ["words\nfile:///tmp/c.md", null],
    ["https://example.org/", null],
    ["", null],
  ])("is files or not: %j", (text, paths) => {
    expect(pathsIn(text)).toEqual(paths);
  });

  it.each([
    ["<p>words</p>", true],
    ["<meta charset='utf-8'><a href='x'>link</a>", true],
    ["<span style='color: red'>word</span>", false],
    ["", false],
  ])("has a structure or not: %j", (html, structured) => {
    expect(isStructured(html)).toBe(structured);
  });

  it.each([
    ["\n\n## A title\n\nwords", "A title"],
    ["- first\n- second", "first"],
    ["---\n***\n", ""],
    ["word ".repeat(30), `${"word ".repeat(15)}word…`],
  ])("has a first line: %j", (text, title) => {
    expect(titleOf(text).length).toBeLessThanOrEqual(81);
    expect(titleOf(text)).toBe(title);
  });
});
