import { Compartment, EditorState } from "@codemirror/state";
import autocomplete from "../../node_modules/@codemirror/autocomplete/dist/index.js?raw";
import commands from "../../node_modules/@codemirror/commands/dist/index.js?raw";
import merge from "../../node_modules/@codemirror/merge/dist/index.js?raw";
import view from "../../node_modules/@codemirror/view/dist/index.js?raw";
import { describe, expect, it } from "vitest";
import { useLanguage } from "@/shared/messages";
import { phrases } from "./phrases";

/** Buttons that are made here, and parts that no editor has. */
const neverSaid = ["Revert this chunk", "Accept", "Reject", "Control character", "close"];

describe("what CodeMirror says", () => {
  it.each(["fr", "en"] as const)("is in the language of the interface: %s", (language) => {
    useLanguage(language);
    const state = EditorState.create({ extensions: phrases() });
    const all = [autocomplete, commands, merge, view].flatMap((source) =>
      [...source.matchAll(/phrase\("([^"]+)"/g)].map((found) => found[1] ?? ""),
    );
    const said = all.filter((phrase) => !neverSaid.includes(phrase));
    expect(said.length).toBeGreaterThan(2);
    const known = state.facet(EditorState.phrases).flatMap((one) => Object.keys(one));
    expect(said.filter((phrase) => !known.includes(phrase))).toEqual([]);
    if (language === "fr") expect(said.filter((phrase) => state.phrase(phrase) === phrase)).toEqual([]);
    useLanguage("fr");
  });

  it("stays itself: an editor that is told other words is built anew, and loses the focus", () => {
    const place = new Compartment();
    const state = EditorState.create({ extensions: place.of(phrases()) });
    const next = state.update({ effects: place.reconfigure(phrases()) }).state;
    expect(next.facet(EditorState.phrases)).toBe(state.facet(EditorState.phrases));
  });
});
