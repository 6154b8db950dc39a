import { syntaxTree } from "@codemirror/language";
import { afterEach, describe, expect, it } from "vitest";
import { Prec } from "@codemirror/state";
import { countNotes, numberOfNote } from "./note-numbers";
import { editorOf, plainState } from "./notation";
import { editorServices, type ShownCitation } from "./services";

type Files = { readFileSync: (path: string, encoding: string) => string };
// The page has no types of Node, and needs none elsewhere.
const files = (await import(/* @vite-ignore */ ["node", "fs"].join(":"))) as Files;
const { cwd } = (await import(/* @vite-ignore */ ["node", "process"].join(":"))) as { cwd: () => string };
const table = files.readFileSync(`${cwd()}/../src-tauri/prose/src/render/cited/numbers.txt`, "utf8");
const cases = table.split("\n").filter((line) => line.trim() && !line.startsWith("#"));

afterEach(() => document.body.replaceChildren());

/** The numbers of the calls that stand in the text itself, in its order. */
function numbers(text: string, citedInNotes: boolean): string {
  const state = plainState(text);
  const tree = syntaxTree(state);
  const citations = [...text.matchAll(/\[@[a-z]\]/g)].map(({ index }) => index);
  const { labels, inline } = countNotes(state.doc, tree, citedInNotes ? citations : []);
  const found: string[] = [];
  tree.iterate({
    enter: (node) => {
      if (/^(?:FootnoteDefinition|InlineCode)$/.test(node.name)) return false;
      if (node.name === "FootnoteReference") {
        const number = labels.get(text.slice(node.from + 2, node.to - 1).toLowerCase());
        if (number !== undefined) found.push(String(number));
      } else if (node.name === "InlineNote") {
        found.push(String(inline.find(({ from }) => from === node.from)?.number));
        return false;
      } else if (node.name === "Citation" && citedInNotes) found.push("@");
      return;
    },
  });
  return found.join(" ");
}

describe("numbers of notes", () => {
  it("are those of the finished page", () => {
    expect(cases.length).toBeGreaterThan(12);
    const wrong = cases.flatMap((line) => {
      const [source = "", wanted = ""] = line.split(" => ");
      const text = source.replaceAll("\\n", "\n");
      // What citations read as, with their number, is asked of Rust.
      const known = wanted.trim().replace(/@\d+/g, "@");
      const got = numbers(text, wanted.includes("@"));
      return got === known ? [] : [`${source} => ${got}`];
    });
    expect(wrong).toEqual([]);
  });

  it("go up once a citation is known to stand in a note, and down when a call becomes code", async () => {
    const cited = (text: string): Promise<ShownCitation[]> => {
      const from = text.indexOf("[@x]");
      const mark = { from, to: from + 4, inline: "", note: "X", number: 2, unknown: [] };
      return Promise.resolve(from < 0 ? [] : [mark]);
    };
    const services = { imageSource: () => Promise.resolve(null), follow: () => undefined, cited };
    const view = editorOf(
      "Un[^a] [@x] deux[^b].|\n\n[^a]: A\n[^b]: B",
      Prec.highest(editorServices.of(services)),
    );
    const shown = (): (string | null)[] =>
      [...view.contentDOM.querySelectorAll(".cm-footnote-call")].map((call) => call.textContent);
    expect(numberOfNote(view.state, "b")).toBe(2);
    await new Promise((done) => setTimeout(done, 30));
    expect(numberOfNote(view.state, "b")).toBe(3);
    expect(shown()).toEqual(["1", "3"]);
    view.dispatch({
      changes: [
        { from: 0, insert: "`" },
        { from: 6, insert: "`" },
      ],
    });
    expect(numberOfNote(view.state, "a")).toBeUndefined();
    expect(numberOfNote(view.state, "b")).toBe(2);
    view.destroy();
  });

  it("of notes within the line are shown, and their words where the caret is", () => {
    const view = editorOf("Un^[une *note*] deux[^b].|\n\n[^b]: B");
    expect(view.contentDOM.querySelector(".cm-line")?.textContent).toBe("Un1 deux2.");
    view.dispatch({ selection: { anchor: 6 } });
    expect(view.contentDOM.querySelector(".cm-line")?.textContent).toBe("Un^[une note] deux2.");
    view.destroy();
  });
});
