// The quotation ledger in the window: signs in the text, the panel, fixes, passages quoted by keyboard.
import { startCompletion, acceptCompletion, currentCompletions } from "@codemirror/autocomplete";
import { undo } from "@codemirror/commands";
import { EditorView } from "@codemirror/view";
import { render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import App from "@/App.svelte";
import type { Quotation } from "@/backend";
import { closeSheet, library, openArticle } from "@/library/library.svelte";
import { forgetRows, list } from "@/library/rows.svelte";
import { applyStoredSettings } from "@/settings/settings.svelte";
import { allCommands } from "@/shared/commands.svelte";
import { notices } from "@/shared/notices.svelte";
import { ledgerOf, mend } from "@/writer/quotations/quotations.svelte";
import { commands, fake } from "./fake-backend";

Range.prototype.getBoundingClientRect ??= () => new DOMRect();
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;

beforeEach(() => {
  library.current = null;
  library.overview = null;
  library.view = "start";
  notices.list = [];
  closeSheet();
  forgetRows();
  fake.quotations = () => [];
  fake.quotable = [];
});

const none = {
  block: false,
  source: null,
  named: null,
  passage: null,
  line: null,
  pieces: [],
  fixes: [],
  omissions: [],
  since: null,
  found: [],
} satisfies Partial<Quotation>;

/** Every text between guillemets: « vu » is altered, « vue » is proved, anything else has no source. */
function judge(text: string): Quotation[] {
  return [...text.matchAll(/« ([^»]*) »/gu)].map((match): Quotation => {
    const from = match.index;
    const words = match[1] ?? "";
    const place = { from, to: from + match[0].length, end: from + match[0].length, words };
    const source = { article: fake.articles[1]!.row.id, title: "La mer", authors: ["Ana Roy"] };
    const at = from + 2 + words.indexOf("vu ");
    if (words.includes("vu "))
      return {
        ...none,
        ...place,
        verdict: "altered",
        source,
        passage: words.replace("vu ", "vue "),
        pieces: [
          { text: "personne ne l’a ", mark: "same" },
          { text: "vu", mark: "quoted" },
          { text: "vue", mark: "source" },
          { text: " venir", mark: "same" },
        ],
        fixes: [{ from: at, to: at + 2, text: "vue" }],
      };
    if (words.includes("vue ") || text.slice(place.to).startsWith("[^1]"))
      return { ...none, ...place, verdict: "proved", source };
    return { ...none, ...place, verdict: "unsourced", found: [source] };
  });
}

async function write(body: string): Promise<EditorView> {
  const start = await commands.start();
  applyStoredSettings({ ...start.settings, extra: {}, language: "fr", theme: "paper" }, "fr-FR");
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
  const article = fake.articles[0]!;
  openArticle(article.row.id, { mode: "write" });
  const text = await screen.findByRole("textbox", { name: /^Texte de/ });
  const view = EditorView.findFromDOM(text)!;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: body } });
  return view;
}

const run = (id: string): unknown =>
  allCommands()
    .find((one) => one.id === id)!
    .run();
const body = "Il dit « personne ne l’a vu venir » et « autre chose que cela ».\n";

describe("the quotation ledger", () => {
  it("tells what became of each quotation, and gives one the words of its source", async () => {
    fake.quotations = judge;
    const view = await write(body);
    await screen.findByRole(
      "button",
      { name: "2 citations\u00a0: 1 altérée, 1 sans source" },
      { timeout: 4000 },
    );
    expect(view.dom.querySelectorAll(".cm-ledger-sign")).toHaveLength(2);
    await run("writer-quotations");
    const panel = await screen.findByRole("complementary", { name: "Citations" });
    expect((await axe.run(panel)).violations).toEqual([]);
    within(panel).getByText(/la source dit autre chose/);
    within(panel).getByRole("button", { name: "Reprendre les mots de la source" }).click();
    await waitFor(() => expect(view.state.doc.toString()).toContain("l’a vue venir"));
    await screen.findByRole("button", { name: "2 citations\u00a0: 1 sans source, 1 prouvée" });
    undo(view);
    expect(view.state.doc.toString()).toBe(body);

    // Narrowed to one verdict.
    await screen.findByRole(
      "button",
      { name: "2 citations\u00a0: 1 altérée, 1 sans source" },
      { timeout: 4000 },
    );
    within(panel).getByRole("button", { name: "1 sans source" }).click();
    await waitFor(() => expect(within(panel).getAllByRole("listitem")).toHaveLength(1));
    within(panel).getByRole("button", { name: "En faire la source" }).click();
    await waitFor(() => expect(view.state.doc.toString()).toContain("que cela »[^1]."));
  });

  it("gives no words to a text that was written on while they were looked for", async () => {
    fake.quotations = judge;
    const view = await write(body);
    await screen.findByRole("button", { name: /2 citations/ }, { timeout: 4000 });
    view.dispatch({ changes: { from: view.state.doc.length, insert: "Fin." } });
    const mended = mend(view, ledgerOf(view).list[0]!, "fixes");
    view.dispatch({ changes: { from: 0, insert: "Avant. " } });
    await mended;
    expect(view.state.doc.toString()).toBe(`Avant. ${body}Fin.`);
  });

  it("knows nothing of a quotation that was just edited", async () => {
    fake.quotations = judge;
    const view = await write(body);
    await screen.findByRole("button", { name: /2 citations/ }, { timeout: 4000 });
    view.dispatch({ changes: { from: 12, insert: "x" } });
    expect(view.dom.querySelectorAll(".cm-ledger-sign")).toHaveLength(1);
    view.dispatch({ changes: { from: 0, insert: "Avant. " } });
    expect(view.dom.querySelectorAll(".cm-ledger-sign")).toHaveLength(1);
  });

  it("offers marked passages behind >> and [[>, and puts them in with their source", async () => {
    const source = { article: fake.articles[1]!.row.id, title: "La mer", authors: ["Ana Roy"] };
    fake.quotable = [
      { highlight: "h1", quote: "Les digues tiendront", source },
      { highlight: "h2", quote: "La mer monte", source },
    ];
    const view = await write("Elle écrit [[>mer]]\n\n");
    for (const [at, typed] of [
      [17, ""],
      [21, ">>digues"],
    ] as const) {
      const end = typed ? view.state.doc.length : at;
      view.focus();
      view.dispatch({ changes: { from: end, insert: typed }, selection: { anchor: end + typed.length } });
      startCompletion(view);
      await waitFor(() => expect(currentCompletions(view.state)).toHaveLength(1));
      // What has only just come is not taken.
      await waitFor(() => expect(acceptCompletion(view)).toBe(true));
      await waitFor(() =>
        expect(view.state.doc.toString()).toContain(typed ? "digues tiendront\u00a0»" : "monte\u00a0»"),
      );
    }
    expect(view.state.doc.toString()).toMatch(/^Elle écrit «\u00a0La mer monte\u00a0»\[\^1\]\n/);
    expect(view.state.doc.toString()).not.toContain(">>");
  });
});
