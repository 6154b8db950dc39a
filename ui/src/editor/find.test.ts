import { closeSearchPanel, getSearchQuery, replaceAll } from "@codemirror/search";
import { undo } from "@codemirror/commands";
import { afterEach, describe, expect, it } from "vitest";
import { openReplace } from "./find";
import { findAll, findPattern, type FindOptions } from "./find-pattern";
import { editorOf } from "./notation";

afterEach(() => document.body.replaceChildren());

const asTyped = { caseSensitive: false, wholeWord: false, regexp: false, exactAccents: false };

describe("what is found", () => {
  it.each<[string, Partial<FindOptions>, string, string[]]>([
    ["releves", {}, "Relevés, relevés", ["Relevés", "relevés"]],
    ["RELEVÉS", {}, "releves", ["releves"]],
    ["l'eau", {}, "l’eau et l'eau", ["l’eau", "l'eau"]],
    ["oeuvre", {}, "Œuvre, oeuvre", ["Œuvre", "oeuvre"]],
    ["œuvre", {}, "oeuvre", ["oeuvre"]],
    ["mot :", {}, "un mot\u202f: et mot :", ["mot\u202f:", "mot :"]],
    ["e\u0301te", {}, "été", ["été"]],
    ["été", { exactAccents: true }, "été ete", ["été"]],
    ["Le", { caseSensitive: true }, "Le le", ["Le"]],
    ["le", { wholeWord: true }, "le lent le", ["le", "le"]],
    ["a.c", {}, "abc a.c", ["a.c"]],
    ["a.c", { regexp: true }, "abc a.c", ["abc", "a.c"]],
    ["^", { regexp: true }, "a\nb", []],
  ])("%s %j in %j", (text, options, content, found) => {
    const pattern = findPattern({ ...asTyped, ...options, text });
    if (!pattern) throw new Error("no pattern");
    const places = findAll(content, pattern.source, pattern.flags, options.wholeWord ?? false, 100);
    const words = [];
    for (let i = 0; i < places.length; i += 2) words.push(content.slice(places[i], places[i + 1]));
    expect(words).toEqual(found);
  });
  it("says when it is not a pattern", () => {
    expect(findPattern({ ...asTyped, regexp: true, text: "(" })).toBeNull();
  });
});

describe("the panel", () => {
  it("finds what is typed, and replaces all of it in one step of undo", async () => {
    const view = editorOf("|l’été, l'ete, $1");
    openReplace(view);
    const [field, replacement] = [...view.dom.querySelectorAll<HTMLInputElement>(".find-field")];
    if (!field || !replacement) throw new Error("no fields");
    field.value = "l'été";
    replacement.value = "$1 \\n";
    field.dispatchEvent(new Event("input"));
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(getSearchQuery(view.state).valid).toBe(true);
    replaceAll(view);
    expect(view.state.doc.toString()).toBe("$1 \\n, $1 \\n, $1");
    undo(view);
    expect(view.state.doc.toString()).toBe("l’été, l'ete, $1");
    closeSearchPanel(view);
    view.destroy();
  });
});
