import { history, undo } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { declaredLanguages } from "./declared";
import { languageOfArticles } from "./language";
import { declareLanguage, isLanguageTag, spokenAt } from "./paragraph-language";

/** `|` is the caret, or one end of the selection. */
function state(text: string): EditorState {
  const anchor = text.indexOf("|");
  const second = text.indexOf("|", anchor + 1);
  const head = second < 0 ? anchor : second - 1;
  return EditorState.create({
    doc: text.replaceAll("|", ""),
    selection: { anchor, head },
    extensions: [languageOfArticles(), declaredLanguages(), history()],
  });
}

function shown({ doc, selection: { main } }: EditorState): string {
  const text = doc.toString();
  if (main.empty) return `${text.slice(0, main.head)}|${text.slice(main.head)}`;
  return `${text.slice(0, main.from)}|${text.slice(main.from, main.to)}|${text.slice(main.to)}`;
}

/** Opens and closes by a language, with paragraphs between. */
const en = '<div lang="en">';
const ar = '<div lang="ar">';

const cases: [string, string | null, string, string][] = [
  ["one paragraph", "en", "a\n\nb|b\n\nc\n", `a\n\n${en}\n\nb|b\n\n</div>\n\nc\n`],
  ["the only one", "en", "a|", `${en}\n\na|\n\n</div>`],
  ["the caret at its head", "en", "|a\n", `${en}\n\n|a\n\n</div>\n`],
  ["some", "en", "a\n\nb|b\n\nc\n\nd|d\n\ne\n", `a\n\n${en}\n\nb|b\n\nc\n\nd|d\n\n</div>\n\ne\n`],
  ["a heading above", "en", "# a\nb|b\n", `# a\n\n${en}\n\nb|b\n\n</div>\n`],
  ["a heading below", "en", "b|b\n# a\n", `${en}\n\nb|b\n\n</div>\n\n# a\n`],
  ["a heading", "en", "## a|\n\nb\n", `${en}\n\n## a|\n\n</div>\n\nb\n`],
  ["an empty line", "en", "a\n\n|\n\nb\n", `a\n\n${en}\n\n|\n\n</div>\n\nb\n`],
  ["an empty line at the head", "ar", `${en}\n\n|\n\na\n\n</div>\n`, `${ar}\n\n|\n\na\n\n</div>\n`],
  [
    "an empty line amid",
    "ar",
    `${en}\n\na\n\n|\n\nb\n\n</div>\n`,
    `${en}\n\na\n\n</div>\n\n${ar}\n\n|\n\n</div>\n\n${en}\n\nb\n\n</div>\n`,
  ],
  [
    "an empty line at the end",
    "ar",
    `${en}\n\na\n\n|\n\n</div>\n`,
    `${en}\n\na\n\n\n\n</div>\n\n${ar}\n\n|\n\n</div>\n`,
  ],
  ["out of its end", null, `${en}\n\na\n\n|\n\n</div>\n`, `${en}\n\na\n\n\n\n</div>\n\n|\n`],
  ["nothing within", null, `a\n\n${en}\n\n|\n\n</div>\n\nb\n`, "a\n\n|\n\nb\n"],
  ["another one", "ar", `${en}\n\na|\n\n</div>\n`, `${ar}\n\na|\n\n</div>\n`],
  [
    "with other attributes",
    "ar",
    "<div class='x' lang='en'>\n\na|\n\n</div>\n",
    "<div class='x' lang=\"ar\">\n\na|\n\n</div>\n",
  ],
  ["taken away", null, `x\n\n${en}\n\na|\n\n</div>\n\nb\n`, "x\n\na|\n\nb\n"],
  ["taken away from some", null, `${en}\n\na|a\n\nb|b\n\n</div>\n\nc\n`, "a|a\n\nb|b\n\nc\n"],
  [
    "the first of some",
    "ar",
    `${en}\n\na|\n\nb\n\n</div>\n`,
    `${ar}\n\na|\n\n</div>\n\n${en}\n\nb\n\n</div>\n`,
  ],
  [
    "the last of some",
    "ar",
    `${en}\n\na\n\nb|\n\n</div>\n`,
    `${en}\n\na\n\n</div>\n\n${ar}\n\nb|\n\n</div>\n`,
  ],
  [
    "one amid some",
    "ar",
    `${en}\n\na\n\nb|\n\nc\n\n</div>\n`,
    `${en}\n\na\n\n</div>\n\n${ar}\n\nb|\n\n</div>\n\n${en}\n\nc\n\n</div>\n`,
  ],
  ["the first taken out", null, `${en}\n\na|\n\nb\n\n</div>\n`, `a|\n\n${en}\n\nb\n\n</div>\n`],
  ["the last taken out", null, `${en}\n\na\n\nb|\n\n</div>\n`, `${en}\n\na\n\n</div>\n\nb|\n`],
  [
    "one amid taken out",
    null,
    `${en}\n\na\n\nb|\n\nc\n\n</div>\n`,
    `${en}\n\na\n\n</div>\n\nb|\n\n${en}\n\nc\n\n</div>\n`,
  ],
  ["never closed", "ar", `${en}\n\na|\n\nb\n`, `${ar}\n\na|\n\n</div>\n\n${en}\n\nb\n`],
  ["others within go", "en", `a|a\n\n${ar}\n\nb\n\n</div>\n\nc|c\n`, `${en}\n\na|a\n\nb\n\nc|c\n\n</div>\n`],
  [
    "across the end of one",
    "ar",
    `${en}\n\na\n\nb|b\n\n</div>\n\nc|c\n\nd\n`,
    `${en}\n\na\n\n</div>\n\n${ar}\n\nb|b\n\nc|c\n\n</div>\n\nd\n`,
  ],
  [
    "across the beginning of one",
    "ar",
    `a|a\n\n${en}\n\nb|b\n\nc\n\n</div>\n`,
    `${ar}\n\na|a\n\nb|b\n\n</div>\n\n${en}\n\nc\n\n</div>\n`,
  ],
  [
    "the caret on a tag",
    "ar",
    `<div lang|="en">\n\na\n\nb\n\n</div>\n`,
    `<div lang="ar">|\n\na\n\nb\n\n</div>\n`,
  ],
  [
    "within what says something else",
    "en",
    "<section>\n\na|\n\nb\n\n</section>\n",
    `<section>\n\n${en}\n\na|\n\n</div>\n\nb\n\n</section>\n`,
  ],
  ["a phrase", "en", "Il dit |never mind| là.\n", 'Il dit <span lang="en">|never mind|</span> là.\n'],
  ["a phrase with blanks", "en", "Il dit| never |là.\n", 'Il dit| <span lang="en">never</span> |là.\n'],
  ["all of a paragraph", "en", "|Never mind.|\n", `${en}\n\n|Never mind.|\n\n</div>\n`],
  ["another one of a phrase", "ar", 'a <span lang="en">b|b</span> c\n', 'a <span lang="ar">b|b</span> c\n'],
  ["of a phrase that is selected", "ar", 'a <i lang="en">|bb|</i> c\n', 'a <i lang="ar">|bb|</i> c\n'],
  ["taken away from a phrase", null, 'a <span lang="en">b|b</span> c\n', "a b|b c\n"],
  ["taken away from an emphasised one", null, 'a <i lang="en">b|b</i> c\n', "a <i>b|b</i> c\n"],
  ["an item", "en", "- a|a\n- b\n", '- <span lang="en">a|a</span>\n- b\n'],
  ["a task", "en", "- [ ] a|a\n- b\n", '- [ ] <span lang="en">a|a</span>\n- b\n'],
  ["an item again", "ar", '- <span lang="en">a|a</span>\n', '- <span lang="ar">a|a</span>\n'],
  [
    "a cell",
    "en",
    "| a | b |\n|---|---|\n| c | dd |\n".replace("dd", "d^d"),
    '| a | b |\n|---|---|\n| c | <span lang="en">d^d</span> |\n',
  ],
  ["a note", "en", "a[^1]\n\n[^1]: b|b\n", 'a[^1]\n\n[^1]: <span lang="en">b|b</span>\n'],
  ["a quotation", "en", "> a|a\n> b\n\nc\n", `${en}\n\n> a|a\n> b\n\n</div>\n\nc\n`],
  ["one of a quotation", "en", "> aa\n>\n> b|b\n", '> aa\n>\n> <span lang="en">b|b</span>\n'],
  ["a list", "en", "- a|a\n- b|b\n\nc\n", `${en}\n\n- a|a\n- b|b\n\n</div>\n\nc\n`],
];

describe("the language of paragraphs", () => {
  it.each(cases)("%s", (_name, lang, before, after) => {
    // What has bars itself has its caret by another sign.
    const sign = before.includes("^d") ? "^" : "|";
    const position = before.indexOf(sign);
    const start =
      sign === "|"
        ? state(before)
        : EditorState.create({
            doc: before.replace(sign, ""),
            selection: { anchor: position },
            extensions: [languageOfArticles(), declaredLanguages(), history()],
          });
    const change = declareLanguage(start, lang);
    expect(change).not.toBeNull();
    if (!change) return;
    let now = start.update(change).state;
    if (sign === "|") expect(shown(now)).toBe(after);
    else expect(now.doc.toString()).toBe(after.replace(sign, ""));
    // One undo takes it back.
    undo({ state: now, dispatch: (transaction) => (now = transaction.state) });
    expect(now.doc.toString()).toBe(start.doc.toString());
    // What was said is what is said now.
    const again = start.update(change).state;
    if (!before.includes("\n\n|\n\n") && start.selection.main.empty && lang !== null)
      expect(spokenAt(again)?.lang).toBe(lang);
    expect(declareLanguage(again, lang)).toBeNull();
  });

  it("has nothing to say of what is no text, or in no language", () => {
    expect(declareLanguage(state("```\na|\n```\n"), "en")).toBeNull();
    expect(declareLanguage(state("a|\n"), null)).toBeNull();
    expect(declareLanguage(state("a|\n"), '"><x')).toBeNull();
    expect(declareLanguage(state("---\ntitle: a|\n---\n\nb\n"), "en")).toBeNull();
    expect(["fr", "pt-BR", "zh-Hans-CN"].every(isLanguageTag)).toBe(true);
    expect(["", "f", "fr_FR", "français", 'a"b', "-", "fr-"].some(isLanguageTag)).toBe(false);
  });

  it("tells what it is said of", () => {
    expect(spokenAt(state("a|b\n"))).toEqual({ kind: "paragraphs", lang: null });
    expect(spokenAt(state("a |b| c\n"))).toEqual({ kind: "phrase", lang: null });
    expect(spokenAt(state(`${en}\n\na|b\n\n</div>\n`))).toEqual({ kind: "paragraphs", lang: "en" });
    expect(spokenAt(state('a <q lang="de">b|</q> c\n'))).toEqual({ kind: "phrase", lang: "de" });
  });
});
