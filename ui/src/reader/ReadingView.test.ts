import axe from "axe-core";
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { front } from "@/front/front.svelte";
import { library, openArticle, sheet } from "@/library/library.svelte";
import { runCommand } from "@/shared/commands.svelte";
import { useLanguage } from "@/shared/messages";
import { notices } from "@/shared/notices.svelte";
import { keepFields } from "@/shared/unsaved.svelte";
import { fake } from "../../tests/fake-backend";
import { footnoteOf, footnoteReference } from "./footnotes";
import ReadingView from "./ReadingView.svelte";
import { reader } from "./reader.svelte";

const id = "article-0";

// Dialogs are loaded when they are needed, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

beforeEach(async () => {
  fake.reset();
  useLanguage("fr");
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect ??= () => document.body.getBoundingClientRect();
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
    this.open = false;
  };
  library.current = {
    root: "library",
    title: "Essai",
    writable: true,
    key: "key",
    languages: ["fr"],
    statuses: [],
  };
  sheet.id = id;
  sheet.at = null;
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open(): Promise<void> {
  render(ReadingView, { id });
  await screen.findByRole("heading", { level: 1 });
  await waitFor(() => expect(document.querySelector(".reading-body p")).not.toBeNull());
}

/** Contrast needs a painted page, and regions a whole one. */
async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`);
}

it("shows breadcrumb, title, byline and text, with no axe violation", async () => {
  await open();
  const crumbs = within(screen.getByRole("navigation", { name: "Fil d’Ariane" }));
  expect(crumbs.getByText("Accueil")).toBeVisible();
  expect(crumbs.getByText("Éditos")).toBeVisible();
  expect(crumbs.getByText("Le phare et la facture")).toHaveAttribute("aria-current", "page");
  expect(screen.getByText("directrice de la rédaction")).toBeVisible();
  expect(screen.getByText("18 novembre 2026")).toBeVisible();
  expect(await violations()).toEqual([]);
});

it("opens a section from the breadcrumb", async () => {
  await open();
  await fireEvent.click(screen.getByRole("button", { name: "Éditos" }));
  expect(library.view).toBe("front");
  expect(front.section).toBe("editos");
});

it("opens a note at its reference, and gives the focus back", async () => {
  await open();
  const reference = document.querySelector<HTMLAnchorElement>("a.footnote-ref");
  reference?.focus();
  await fireEvent.click(reference as HTMLElement);
  const note = await screen.findByRole("dialog", { name: "Note 1" });
  expect(note).toHaveTextContent("Rapport annuel, page 12.");
  expect(note).toHaveFocus();
  expect(reference).toHaveAttribute("aria-expanded", "true");
  expect(await violations()).toEqual([]);

  await fireEvent.keyDown(note, { key: "Escape" });
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(reference).toHaveFocus();
  expect(reference).not.toHaveAttribute("aria-expanded");
});

it("leaves the way back out of the note", () => {
  const article = document.createElement("div");
  article.innerHTML = `<sup><a class="footnote-ref" id="fnref-1-2" href="#fn-1" data-footnote="fn-1" role="doc-noteref">1</a></sup>
    <section class="footnotes"><ol><li id="fn-1" data-line="9"><p data-line="9">Voir <em>ici</em>.
    <a class="footnote-back" href="#fnref-1" role="doc-backlink">↩</a></p></li></ol></section>`;
  const note = footnoteOf(article, footnoteReference(article.querySelector("a")) as HTMLAnchorElement);
  expect(note?.label).toBe("1");
  expect(note?.content.textContent?.trim()).toBe("Voir ici.");
  expect(note?.content.querySelector("em, [id], [data-line]")?.outerHTML).toBe("<em>ici</em>");
});

it("asks before a link leaves, naming the host, and opens it only then", async () => {
  await open();
  await fireEvent.click(screen.getByText("le registre"));
  const dialog = await screen.findByRole("dialog", { name: /Ouvrir ce lien/ });
  expect(dialog).toHaveTextContent("example.org");
  expect(fake.calls.some((call) => call.name === "openExternal")).toBe(false);
  expect(await violations()).toEqual([]);
  await fireEvent.click(within(dialog).getByRole("button", { name: "Ouvrir le lien" }));
  expect(fake.calls.find((call) => call.name === "openExternal")?.args).toEqual([
    "https://example.org/registre",
  ]);
});

it("goes to another article by a link, and offers to create a missing one", async () => {
  await open();
  await fireEvent.click(screen.getByText("Qui garde la digue ?"));
  expect(sheet.id).toBe("article-1");

  await fireEvent.click(screen.getByText("une page absente"));
  const dialog = await screen.findByRole("dialog", { name: /n’existe pas encore/ });
  expect(dialog).toHaveTextContent("une page absente");
  await fireEvent.click(within(dialog).getByRole("button", { name: "Créer l’article" }));
  await waitFor(() => expect(sheet.mode).toBe("write"));
  expect(fake.calls.find((call) => call.name === "createArticle")?.args).toEqual([
    "editos",
    "une page absente",
    "fr",
    null,
  ]);
});

it("shows the words that were searched for", async () => {
  openArticle(id, { find: ["registre"] });
  await open();
  await waitFor(() => expect(reader.found).toEqual({ count: 7, current: 0 }));
  await runCommand("reader-next-word");
  expect(reader.found?.current).toBe(1);
  await runCommand("reader-previous-word");
  await runCommand("reader-previous-word");
  expect(reader.found?.current).toBe(6);
  await runCommand("reader-forget-words");
  expect(document.querySelector(".reading-body mark.found")).toBeNull();
});

it("shows the text again when its file changes, and leaves it when the file is gone", async () => {
  await open();
  const article = fake.articles.find((one) => one.row.id === id);
  if (!article) throw new Error("no article");
  Object.defineProperty(article, "html", { value: `<p data-line="1">Texte remplacé.</p>` });
  article.row = { ...article.row, modified: article.row.modified + 1 };
  fake.send("libraryChanged", {
    new: [],
    updated: [id],
    deleted: [],
    moved: [],
    many: false,
    generation: 2,
  });
  await screen.findByText("Texte remplacé.");

  fake.send("libraryChanged", { new: [], updated: [], deleted: [id], moved: [], many: false, generation: 3 });
  expect(await screen.findByText(/Le fichier de cet article a été supprimé/)).toBeVisible();
  expect(screen.getByText("Texte remplacé.")).toBeVisible();
});

it("says in words why an article can't be shown", async () => {
  fake.failing.readArticle = { kind: "notFound", message: "no such article", path: null };
  render(ReadingView, { id });
  expect(await screen.findByRole("alert")).toBeVisible();
  delete fake.failing.readArticle;
  await fireEvent.click(screen.getByRole("button", { name: "Réessayer" }));
  await screen.findByRole("heading", { level: 1, name: "Le phare et la facture" });
});

it("has outline and text settings that open and close by the keyboard", async () => {
  await open();
  await runCommand("reader-outline");
  const outline = screen.getByRole("navigation", { name: "Sommaire" });
  expect(within(outline).getAllByRole("button")).toHaveLength(2);
  expect(await violations()).toEqual([]);
  await fireEvent.keyDown(outline, { key: "Escape" });
  expect(screen.queryByRole("navigation", { name: "Sommaire" })).toBeNull();

  await runCommand("reader-text-settings");
  const settings = await screen.findByRole("dialog", { name: "Réglages du texte" });
  expect(within(settings).getByRole("slider", { name: "Taille" })).toHaveFocus();
  expect(await violations()).toEqual([]);
  await fireEvent.keyDown(settings, { key: "Escape" });
  expect(screen.queryByRole("dialog")).toBeNull();
});

async function chooseByKeys(...keys: [string, KeyboardEventInit?][]): Promise<void> {
  await runCommand("highlight-choose");
  for (const [key, more] of keys) await fireEvent.keyDown(document.body, { key, ...more });
}

it("marks words by keys, shows them in the margin, and edits, removes and brings them back", async () => {
  await open();
  await waitFor(() => expect(fake.calls.some((call) => call.name === "highlights")).toBe(true));
  await chooseByKeys(["ArrowRight"], ["ArrowRight", { shiftKey: true }], [" "]);
  const bar = await screen.findByRole("toolbar", { name: "Surligner la sélection" });
  expect(within(bar).getAllByRole("button")).toHaveLength(6);
  expect(await violations()).toEqual([]);
  await runCommand("highlight-green");
  const card = await screen.findByRole("button", { name: /Surligné aujourd’hui/ });
  const quote = fake.highlights[id]?.[0]?.highlight.quote ?? "";
  expect(quote).toMatch(/^\S.*[.!?»]$/);
  expect(card).toHaveTextContent(quote);
  const painted = [...document.querySelectorAll(".reading-body mark.green")];
  expect(
    painted
      .map((mark) => mark.textContent)
      .join("")
      .replace(/\s+/g, " "),
  ).toBe(quote);
  expect(screen.queryByRole("toolbar", { name: "Surligner la sélection" })).toBeNull();

  await fireEvent.click(card);
  const editor = await screen.findByRole("dialog", { name: "Passage surligné" });
  expect(within(editor).getByRole("radio", { name: "vert" })).toBeChecked();
  await fireEvent.input(within(editor).getByRole("textbox", { name: "Note" }), {
    target: { value: "À vérifier" },
  });
  await fireEvent.input(within(editor).getByRole("textbox", { name: "Étiquettes" }), {
    target: { value: "eau, #chiffres" },
  });
  expect(await violations()).toEqual([]);
  await fireEvent.keyDown(within(editor).getByRole("textbox", { name: "Note" }), { key: "Escape" });
  await waitFor(() => expect(fake.highlights[id]?.[0]?.highlight.note).toBe("À vérifier"));
  expect(await screen.findByText("À vérifier")).toBeVisible();

  await fireEvent.click(screen.getByRole("button", { name: /À vérifier/ }));
  await fireEvent.click(await screen.findByRole("button", { name: "Retirer" }));
  await waitFor(() => expect(document.querySelector("mark.green")).toBeNull());
  expect(screen.queryByRole("complementary", { name: "Surlignages" })).toBeNull();
  await notices.list.at(-1)?.action?.run();
  expect(await screen.findByText("À vérifier")).toBeVisible();
});

it("keeps a note that is being typed when another article comes, and when the window is left", async () => {
  await open();
  await waitFor(() => expect(fake.calls.some((call) => call.name === "highlights")).toBe(true));
  await chooseByKeys(["ArrowRight"], ["ArrowRight", { shiftKey: true }]);
  await runCommand("highlight-note");
  const type = async (value: string): Promise<void> => {
    const field = await screen.findByRole("textbox", { name: "Note" });
    await fireEvent.input(field, { target: { value } });
  };
  const note = () => fake.highlights[id]?.[0]?.highlight.note;
  await type("Une idée");
  expect(await keepFields()).toEqual([]);
  expect(note()).toBe("Une idée");
  // What the disk refuses stays on the screen.
  await type("Une idée refusée");
  fake.failing.changeHighlight = { kind: "diskFull", message: "", path: null };
  expect((await keepFields()).map(({ title }) => title)).toEqual(["Passage surligné"]);
  await fireEvent.click(screen.getByRole("button", { name: "Terminé" }));
  await waitFor(() => expect(notices.list.at(-1)?.text).toBe("Le disque est plein."));
  expect(screen.getByRole("textbox", { name: "Note" })).toHaveValue("Une idée refusée");
  delete fake.failing.changeHighlight;
  await type("Une autre idée");
  cleanup();
  await waitFor(() => expect(note()).toBe("Une autre idée"));
});

it("marks the title and the standfirst, by keys and by mouse, apart from what stands between them and the text", async () => {
  await open();
  await waitFor(() => expect(fake.calls.some((call) => call.name === "highlights")).toBe(true));
  const title = screen.getByRole("heading", { level: 1 });
  const standfirst = document.querySelector<HTMLElement>(".reading-standfirst");
  const painted = (colour: string): string[] =>
    [...document.querySelectorAll(`mark.${colour}`)].map((mark) => mark.textContent.trim());
  // Up from the first paragraph stands the standfirst, and above it the title.
  await chooseByKeys(["PageUp"], ["PageUp"], ["PageUp"], [" "]);
  await runCommand("highlight-blue");
  await screen.findByRole("button", { name: /Surligné aujourd’hui/ });
  expect(painted("blue")).toEqual([title.textContent]);
  expect(fake.highlights[id]?.[0]?.highlight.quote).toBe(title.textContent);

  // From the last word of the standfirst into the text, by mouse: the byline stays out of it.
  const last = standfirst?.firstChild as Text;
  const first = document.querySelector(".reading-body p")?.firstChild as Text;
  const word = last.data.trimEnd().lastIndexOf(" ") + 1;
  const final = last.data.slice(word).trim();
  document.getSelection()?.setBaseAndExtent(last, word, first, 4);
  await fireEvent.pointerUp(document);
  await screen.findByRole("toolbar", { name: "Surligner la sélection" });
  expect(await violations()).toEqual([]);
  await runCommand("highlight-green");
  await waitFor(() => expect(painted("green")).toHaveLength(2));
  expect(painted("green")[0]).toBe(final);
  expect(document.querySelector(".reading-byline mark")).toBeNull();
  expect(painted("blue")).toEqual([title.textContent]);
});

it("leaves marking with Escape, and marks nothing", async () => {
  await open();
  await waitFor(() => expect(fake.calls.some((call) => call.name === "highlights")).toBe(true));
  await chooseByKeys(["ArrowRight"], ["Escape"]);
  await waitFor(() => expect(screen.queryByRole("toolbar", { name: "Surligner la sélection" })).toBeNull());
  await runCommand("highlight-yellow");
  expect(fake.calls.some((call) => call.name === "addHighlight")).toBe(false);
});

it("isolates the paragraph and lays the ruler by one key each, with no axe violation", async () => {
  await open();
  const comfort = (): HTMLElement | null => document.querySelector(".comfort");
  expect(comfort()?.children).toHaveLength(0);
  await runCommand("reader-ruler");
  await waitFor(() => expect(comfort()?.querySelector(".ruler")).not.toBeNull());
  await runCommand("reader-paragraph-alone");
  await waitFor(() => expect(comfort()?.querySelectorAll(".dim")).toHaveLength(2));
  expect(await violations()).toEqual([]);
  await runCommand("reader-ruler");
  await runCommand("reader-paragraph-alone");
  await waitFor(() => expect(comfort()?.children).toHaveLength(0));
});

it("lists what the text no longer says at its end, with its words", async () => {
  fake.highlights[id] = [
    {
      id: "lost",
      letters: "introuvable",
      place: [0, 11],
      removed: false,
      highlight: {
        id: "lost",
        quote: "Introuvable, et gardé.",
        colour: "red",
        note: null,
        tags: [],
        made: 0,
      },
    },
  ];
  await open();
  const orphans = await screen.findByRole("region", { name: "Un passage que le texte ne dit plus" });
  expect(within(orphans).getByText("Introuvable, et gardé.")).toBeVisible();
  expect(await violations()).toEqual([]);
});
