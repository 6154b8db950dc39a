import { undo } from "@codemirror/commands";
import {
  acceptCompletion,
  CompletionContext,
  type CompletionResult,
  completionStatus,
  currentCompletions,
} from "@codemirror/autocomplete";
import { Prec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import axe from "axe-core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useLanguage } from "@/shared/messages";
import { insertMenu, openInsertMenu } from "./insert-menu";
import { articleNames, authorNames, wikiLinkTo } from "./names";
import { editorOf, notationOf, press } from "./notation";
import { editorServices, type NamedArticle } from "./services";

afterEach(() => document.body.replaceChildren());

const library: NamedArticle[] = [
  { title: "La mer monte", path: "editos/mer.md", sectionName: "Éditos" },
  { title: "Mémoire : le Sahel", path: "analyses/sahel.md", sectionName: "Analyses" },
  { title: "Double", path: "a/double.md", sectionName: "A" },
  { title: "Double", path: "b/double.markdown", sectionName: "B" },
];
const services = Prec.highest(
  editorServices.of({
    imageSource: () => Promise.resolve(null),
    follow: () => undefined,
    articles: (typed) =>
      Promise.resolve(library.filter(({ title }) => title.toLowerCase().includes(typed.toLowerCase()))),
    authors: () => ["Anna Ben Saïd", "Élodie Martin", "Jean-Paul O’Neill"],
  }),
);

type Source = (context: CompletionContext) => CompletionResult | null | Promise<CompletionResult | null>;

async function offered(source: Source, notation: string, explicit = false): Promise<string[] | null> {
  const view = editorOf(notation, services);
  const found = await source(new CompletionContext(view.state, view.state.selection.main.head, explicit));
  view.destroy();
  return found && found.options.map(({ label }) => label);
}

/** The text after the first of what is offered was taken, and after one undo. */
async function taken(source: Source, notation: string): Promise<{ after: string; undone: string }> {
  const view = editorOf(notation, services);
  const { head } = view.state.selection.main;
  const found = await source(new CompletionContext(view.state, head, false));
  const option = found?.options[0];
  if (!found || typeof option?.apply !== "function") throw new Error("nothing is offered");
  option.apply(view, option, found.from, found.to ?? head);
  const after = notationOf(view.state);
  undo(view);
  const undone = notationOf(view.state);
  view.destroy();
  return { after, undone };
}

describe("the menu of insertions", () => {
  it.each([
    ["heading", "/titre|", "# |"],
    ["a level", "/h2|", "## |"],
    ["quotation", "a\n\n/cit|", "a\n\n> |"],
    ["bullets", "/puces|", "- |"],
    ["tasks, without accents", "/tache|", "- [ ] |"],
    ["alert", "a\n/encadre|", "a\n\n> [!NOTE]\n> |"],
    ["rule", "/filet|\n\nb", "---\n|\n\nb"],
    ["footnote", "/note de bas|", "[^1]\n\n[^1]: |"],
    ["image", "/image|", "![](|)"],
    ["code", "/code|", "```\n|\n```"],
  ])("sets or puts in: %s", async (_name, before, after) => {
    expect(await taken(insertMenu, before)).toEqual({ after, undone: before });
  });

  it("shows everything behind a lone slash, in both languages", async () => {
    expect(await offered(insertMenu, "a\n\n/|")).toHaveLength(20);
    useLanguage("en");
    expect(await offered(insertMenu, "/quo|")).toEqual(["Quotation", "Quote a highlighted passage…"]);
  });

  it.each(["a /|", "/ a|b", "```\n/|\n```", "---\n/|\n---\n", "/zzzz|", "et/ou|", "//|", "/|mot"])(
    "leaves in peace: %j",
    async (notation) => expect(await offered(insertMenu, notation)).toBeNull(),
  );

  it("comes by a key anywhere, and takes away what was typed to find the entry", async () => {
    const view = editorOf("Un mot|");
    openInsertMenu(view);
    await shown(view);
    expect(currentCompletions(view.state)).toHaveLength(20);
    press(view, '"tabl"');
    await vi.waitFor(() =>
      expect(currentCompletions(view.state).map(({ label }) => label)).toEqual(["Insérer un tableau…"]),
    );
    await accept(view);
    expect(view.state.doc.toString()).toBe("Un mot\n\n|  |  |\n| --- | --- |\n|  |  |\n|  |  |");
    view.destroy();
  });

  it("opens while one types, is told to screen readers, and closes with Escape", async () => {
    const view = editorOf("|");
    press(view, '"/"');
    await shown(view);
    const list = document.querySelector("[role=listbox]");
    expect(list).toHaveAccessibleName("Propositions");
    expect(list?.querySelectorAll("[role=option]").length).toBeGreaterThan(10);
    expect(view.contentDOM.getAttribute("aria-activedescendant")).toBe(
      list?.querySelector("[aria-selected]")?.id,
    );
    const { violations } = await axe.run(view.dom, { rules: { "color-contrast": { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    press(view, "Escape");
    expect(completionStatus(view.state)).toBeNull();
    expect(view.state.doc.toString()).toBe("/");
    view.destroy();
  });
});

async function shown(view: EditorView): Promise<void> {
  await vi.waitFor(() => expect(completionStatus(view.state)).toBe("active"));
}

/** The list takes no key in its first moment, so that none is taken that was meant for the text. */
async function accept(view: EditorView): Promise<void> {
  await vi.waitFor(() => expect(acceptCompletion(view)).toBe(true));
}

describe("articles behind [[", () => {
  it.each([
    ["a title", "voir [[mer|", "voir [[La mer monte]]|"],
    [
      "brackets that are there already are not doubled",
      "voir [[mer‸]] ici",
      "voir [[La mer monte]]|" + " ici",
    ],
    ["two of one title", "[[doub|", "[[/a/double|Double]]|"],
  ])("%s", async (_name, before, after) => {
    expect((await taken(articleNames, before)).after).toBe(after);
  });

  it.each(["`[[mer|`", "```\n[[mer|\n```", "![[mer|", "[[mer|]] [x", "[mer|", "[[xyz|"])(
    "none for %j",
    async (notation) => {
      const found = await offered(articleNames, notation.replace("[[mer|]] [x", "[[mer]] [x|"));
      expect(found).toBeNull();
    },
  );

  it.each([
    ["Un titre", "a/b.md", "Un titre"],
    ["Guerre : et après ?", "a/b.md", "/a/b|Guerre : et après ?"],
    ["Sahel : l’impasse", "a/b.md", "Sahel : l’impasse"],
    ["Mali: fin", "a/b.md", "/a/b|Mali: fin"],
    ["Un [sic] | deux", "a/é 100%#1.md", "/a/é 100%25%231|Un sic deux"],
    ["24/7", "index.markdown", "/index|24/7"],
    ["", "a/b.md", "/a/b"],
  ])("the link to %j leads there alone", (title, path, link) => {
    expect(wikiLinkTo({ title, path }, false)).toBe(link);
  });
});

describe("authors behind @", () => {
  it.each([
    ["a name", "par @elo|", "par Élodie Martin|"],
    ["two words of it", "@anna ben|", "Anna Ben Saïd|"],
    ["after an elision", "l’avis d’@elodie|", "l’avis d’Élodie Martin|"],
    [
      "in the front matter",
      "---\nauthors:\n  - @jean|\n---\n",
      "---\nauthors:\n  - Jean-Paul O’Neill|\n---\n",
    ],
  ])("%s", async (_name, before, after) => {
    expect(await taken(authorNames, before)).toEqual({ after, undone: before });
  });

  it.each([
    "mail@elo|",
    "https://x.example/@elo|",
    "`@elo|`",
    "```\n@elo|\n```",
    "[a](@elo|)",
    "---\ntitle: @elo|\n---\n",
    "@ elo|",
    "@nobody|",
    "@lodie|",
    "@Élodie Martin a dit que cela|",
  ])("none for %j", async (notation) => expect(await offered(authorNames, notation)).toBeNull());
});
