import { CompletionContext } from "@codemirror/autocomplete";
import { Prec } from "@codemirror/state";
import { afterEach, describe, expect, it, vi } from "vitest";
import { citations, citedWorks, nameOfWork } from "./citations";
import { authorNames } from "./names";
import { editorOf, notationOf } from "./notation";
import { articleParser } from "./language";
import { editorServices, type KnownWork, type ShownCitation } from "./services";

afterEach(() => document.body.replaceChildren());

const works: KnownWork[] = [
  { key: "arendt1958", authors: "Arendt", year: "1958", title: "The Human Condition" },
  { key: "http://x/y z", authors: "", year: "", title: "Sans auteur" },
];
const changed = new Set<() => void>();
let reads: ShownCitation[] = [];
const services = Prec.highest(
  editorServices.of({
    imageSource: () => Promise.resolve(null),
    follow: () => undefined,
    authors: () => ["Anna Arendt"],
    works: (typed) =>
      Promise.resolve(works.filter((work) => nameOfWork(work).toLowerCase().includes(typed.toLowerCase()))),
    cited: (text) => Promise.resolve(reads.filter(({ from }) => text[from] === "[")),
    onCitations: (listener) => {
      changed.add(listener);
      return () => changed.delete(listener);
    },
  }),
);

async function offered(notation: string): Promise<string[]> {
  const view = editorOf(notation, services);
  const context = new CompletionContext(view.state, view.state.selection.main.head, false);
  const found = [await citedWorks(context), authorNames(context)];
  view.destroy();
  return found.flatMap((result) => result?.options.map(({ label }) => label) ?? []);
}

async function taken(notation: string, number = 0): Promise<string> {
  const view = editorOf(notation, services);
  const { head } = view.state.selection.main;
  const found = await citedWorks(new CompletionContext(view.state, head, false));
  const option = found?.options[number];
  if (!found || typeof option?.apply !== "function") throw new Error("nothing is offered");
  option.apply(view, option, found.from, head);
  const after = notationOf(view.state);
  view.destroy();
  return after;
}

describe("works", () => {
  it("are offered in brackets, and behind authors in a sentence", async () => {
    expect(await offered("Un [@|")).toEqual(["Arendt 1958 · The Human Condition", "Sans auteur"]);
    expect(await offered("Un [cf. @are|")).toEqual(["Arendt 1958 · The Human Condition"]);
    expect(await offered("Un [@a; @human c|]")).toEqual(["Arendt 1958 · The Human Condition"]);
    expect(await offered("Un @are|")).toEqual(["Arendt 1958 · The Human Condition", "Anna Arendt"]);
    expect(await offered("Un @|")).toEqual(["Anna Arendt"]);
    for (const none of ["a@are|", "`[@are|`", "[[@are|", "[x] y]@ are|", "---\ntitle: [@are|\n---\n"])
      expect(await offered(none), none).not.toContain("Arendt 1958 · The Human Condition");
  });
  it("are put in with their bracket, once", async () => {
    expect(await taken("Un [@are|")).toBe("Un [@arendt1958|]");
    expect(await taken("Un [@are|, p. 3]")).toBe("Un [@arendt1958|, p. 3]");
    expect(await taken("Un [@are| et [sic]")).toBe("Un [@arendt1958|] et [sic]");
    expect(await taken("Un @are|")).toBe("Un @arendt1958|");
    expect(await taken("[@sans|")).toBe("[@{http://x/y z}|]");
  });
});

describe("citations", () => {
  it("are read as such in brackets only", () => {
    const nodes = (text: string): string[] => {
      const found: string[] = [];
      articleParser.parse(text).iterate({
        enter: ({ name, from, to }) => void (name === "Citation" && found.push(text.slice(from, to))),
      });
      return found;
    };
    expect(nodes("Un [@a, p. 3; cf. @b] et [-@c].")).toEqual(["[@a, p. 3; cf. @b]", "[-@c]"]);
    expect(nodes("[@a](x) [a@b] `[@c]` [@a; b] [[@d]] @e")).toEqual([]);
  });

  it("read as they will, except at the caret; unknown ones are marked", async () => {
    vi.useFakeTimers();
    const text = "Un [@arendt1958] et [@x].";
    reads = [
      { from: 3, to: 16, inline: "", note: "Arendt, 1958.", number: 2, unknown: [] },
      { from: 20, to: 24, inline: "[@x]", note: "", number: 0, unknown: ["x"] },
    ];
    const view = editorOf(`|${text}`, [services, citations()]);
    await vi.advanceTimersByTimeAsync(500);
    const line = (): string => view.contentDOM.textContent ?? "";
    expect(line()).toBe("Un 2 et [@x].");
    expect(view.contentDOM.querySelector<HTMLElement>(".cm-citation-read")?.title).toBe("Arendt, 1958.");
    expect(view.contentDOM.querySelector(".cm-citation-unknown")?.textContent).toBe("[@x]");
    view.dispatch({ selection: { anchor: 5 } });
    expect(line()).toBe(text);
    // Another program wrote the references again.
    reads = [{ from: 3, to: 16, inline: "(Arendt)", note: "", number: 0, unknown: [] }];
    view.dispatch({ selection: { anchor: 0 } });
    changed.forEach((listener) => listener());
    await vi.advanceTimersByTimeAsync(500);
    expect(line()).toBe("Un (Arendt) et [@x].");
    expect(view.state.doc.toString()).toBe(text);
    view.destroy();
    expect(changed.size).toBe(0);
    vi.useRealTimers();
  });
});
