import { describe, expect, it } from "vitest";
import type { SectionNode } from "@/backend";
import { fieldValue } from "./article-fields";
import { treeLines, treeMove } from "./tree";

const node = (path: string, children: SectionNode[] = []): SectionNode => ({
  path,
  name: path,
  count: 1,
  children,
});
const nodes = [node("a", [node("a/b", [node("a/b/c")]), node("a/d")]), node("e")];

describe("the tree of sections", () => {
  it("shows what is not folded", () => {
    const paths = (collapsed: string[]) => treeLines(nodes, new Set(collapsed)).map((line) => line.node.path);
    expect(paths([])).toEqual(["a", "a/b", "a/b/c", "a/d", "e"]);
    expect(paths(["a/b"])).toEqual(["a", "a/b", "a/d", "e"]);
    expect(paths(["a"])).toEqual(["a", "e"]);
  });

  it.each([
    ["ArrowDown", "a", [], { focus: "a/b" }],
    ["ArrowUp", "a", [], null],
    ["End", "a", [], { focus: "e" }],
    ["Home", "e", [], { focus: "a" }],
    ["ArrowRight", "a", ["a"], { expand: "a" }],
    ["ArrowRight", "a", [], { focus: "a/b" }],
    ["ArrowRight", "e", [], null],
    ["ArrowLeft", "a", [], { collapse: "a" }],
    ["ArrowLeft", "a/d", [], { focus: "a" }],
    ["x", "a", [], null],
  ])("%s on %s", (key, path, collapsed, move) => {
    expect(treeMove(key, path, treeLines(nodes, new Set(collapsed)))).toEqual(move);
  });
});

describe("a field of the details", () => {
  it("is taken as the front matter wants it", () => {
    expect(fieldValue("title", "  Un titre, deux  ")).toEqual(["Un titre, deux"]);
    expect(fieldValue("title", " ")).toEqual([]);
    expect(fieldValue("tags", "eau, #littoral,, budget ")).toEqual(["eau", "littoral", "budget"]);
    expect(fieldValue("authors", "Maud Kerbrat (directrice, édition), Paul")).toEqual([
      "Maud Kerbrat (directrice, édition)",
      "Paul",
    ]);
  });
});
