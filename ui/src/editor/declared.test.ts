import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { containersOf, declaredAt, declaredAnew, declaredLanguages, tagsAround } from "./declared";
import { languageOfArticles } from "./language";

function state(doc: string): EditorState {
  const made = EditorState.create({ doc, extensions: [languageOfArticles(), declaredLanguages()] });
  ensureSyntaxTree(made, doc.length, 5000);
  return made;
}

/** The language at each word of a text that consists of one letter. */
function languages(doc: string): string {
  const made = state(doc);
  return [...doc.matchAll(/(?<![\p{L}<="'/-])[a-z](?![\p{L}=])/gu)]
    .map(({ index, 0: letter }) => `${letter}:${declaredAt(made, index) ?? "-"}`)
    .join(" ");
}

describe("the languages that are declared", () => {
  it.each([
    ['a\n\n<div lang="en">\n\nb\n\nc\n\n</div>\n\nd', "a:- b:en c:en d:-"],
    ["<div lang='en-GB'>\n\na\n\n</div>\n<div lang=ar>\n\nb\n\n</div>\n\nc", "a:en-GB b:ar c:-"],
    [
      '<section xml:lang="en">\n\na\n\n<div>\n\nb\n\n<div lang="">\n\nc\n\n</div>\n\nd\n\n</div>\n\n</section>\n\ne',
      "a:en b:en c: d:en e:-",
    ],
    ['<div lang="en">\n\na\n\n> b', "a:en b:en"],
    ['```\n<div lang="en">\n```\n\na\n\n~~~~\n</div>\n~~~\n<div lang="en">\n~~~~\n\nb', "a:- b:-"],
    ['    <div lang="en">\n\na', "a:-"],
    ['<!--\n<div lang="en">\n-->\n\na', "a:-"],
    ['- a\n\n  <div lang="en">\n\n  b\n\n- c\n', "a:- b:en c:-"],
    ['a <span lang="en">b <i lang="ar">c</i> d</span> e', "a:- b:en c:ar d:en e:-"],
    ['<div lang="en">\n\na <q lang="fr">b</q> c\n\n</div>', "a:en b:fr c:en"],
    ['a `<span lang="en">` b <b>c</b> d', "a:- b:- c:- d:-"],
  ])("%j", (doc, wanted) => expect(languages(doc)).toBe(wanted));

  it("follow the text while it is edited, as if it were read anew", () => {
    let now = state("a\n\nb\n\nc\n\nd\n");
    let seed = 11;
    const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
    const pieces = [
      '<div lang="en">',
      "</div>",
      "\n\n",
      "\n",
      "x",
      "```",
      '<div lang="de">\n\n',
      "\n\n</div>\n\n",
      "<!--",
      "-->",
    ];
    for (let step = 0; step < 400; step++) {
      const from = random(now.doc.length + 1);
      const to = Math.min(now.doc.length, from + (random(3) === 0 ? random(30) : 0));
      now = now.update({ changes: { from, to, insert: pieces[random(pieces.length)] ?? "" } }).state;
      const seen = (one: EditorState): unknown =>
        containersOf(one).map(({ name, lang, open, close, clean }) => ({ name, lang, open, close, clean }));
      expect(seen(now)).toEqual(seen(state(now.doc.toString())));
    }
  });

  it("are told to those who are asked about some blocks", () => {
    const doc = '<section>\n\n<div lang="en">\n\na\n\n</div>\n\nb\n\n</section>\n\nc';
    const made = state(doc);
    const at = (letter: string): string[] => tagsAround(made, doc.indexOf(`\n${letter}`) + 1);
    expect(at("a")).toEqual(["<section>", '<div lang="en">']);
    expect(at("b")).toEqual(["<section>"]);
    expect(at("c")).toEqual([]);
    expect(tagsAround(made, doc.indexOf("<div"))).toEqual(["<section>"]);
  });

  it("make what they are said of stale, and nothing else", () => {
    const doc = "a\n\nb\n\nc";
    const made = state(doc);
    expect(declaredAnew(made.update({ changes: { from: 1, insert: "x" } }))).toEqual([]);
    const change = made.update({
      changes: [
        { from: 3, insert: '<div lang="en">\n\n' },
        { from: 4, insert: "\n\n</div>" },
      ],
    });
    expect(declaredAnew(change)).toEqual([{ from: 3, to: 23 }]);
    const typed = change.state.update({ changes: { from: 0, insert: "y\n\n" } });
    expect(declaredAnew(typed)).toEqual([]);
    const gone = change.state.update({ changes: { from: 3, to: 20 } });
    expect(declaredAnew(gone)).toEqual([{ from: 3, to: 6 }]);
  });

  it("cost nothing where none are, however long the text is", () => {
    const made = state(`${"Un mot de la ville, et des autres. ".repeat(20)}\n\n`.repeat(1500));
    const { performance } = globalThis;
    const started = performance.now();
    let now = made;
    for (let key = 0; key < 500; key++)
      now = now.update({ changes: { from: 5000 + key, insert: "x" } }).state;
    expect(containersOf(now)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
