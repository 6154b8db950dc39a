import { afterEach, describe, expect, it } from "vitest";
import { fieldsOf } from "./fields";
import { editorOf, notationOf, press } from "./notation";

afterEach(() => document.body.replaceChildren());

describe("the fields of a template", () => {
  it.each<[string, string[]]>([
    ["{{Une question ?}} et {{réponse}}", ["{{Une question ?}}", "{{réponse}}"]],
    ["{{افتتاحية}}", ["{{افتتاحية}}"]],
    ["{{< ref >}} {{ page.title }} {{page.title}} {{a | b}} {{}} {{a\nb}}", []],
  ])("in %j", (text, fields) => {
    expect(fieldsOf(text).map(({ from, to }) => text.slice(from, to))).toEqual(fields);
  });

  it.each<[string, string, string, string]>([
    ["Tab goes on", "⟨{{Un}}⟩ et {{deux}}", "Tab", "{{Un}} et ⟨{{deux}}⟩"],
    ["what is typed takes its place", "⟨{{Un}}⟩ et {{deux}}", '"mot" Tab', "mot et ⟨{{deux}}⟩"],
    ["in a list too", "- ⟨{{Un}}⟩\n- {{deux}}", '"mot" Tab', "- mot\n- ⟨{{deux}}⟩"],
    ["from the last to the first", "{{un}} et ⟨{{deux}}⟩", "Tab", "⟨{{un}}⟩ et {{deux}}"],
    ["Shift-Tab goes back", "{{un}} et ⟨{{deux}}⟩", "Shift-Tab", "⟨{{un}}⟩ et {{deux}}"],
    ["the last one leaves the key alone", "⟨{{un}}⟩ mot", '"a" Tab', "a| mot"],
    ["elsewhere Tab nests", "- {{un}}\n- deux|", "Tab", "- {{un}}\n  - deux|"],
  ])("%s", (_name, before, keys, after) => {
    const view = editorOf(before);
    press(view, keys);
    expect(notationOf(view.state)).toBe(after);
    view.destroy();
  });
});
