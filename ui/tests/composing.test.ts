// Articles made out of articles, in the window: a selection, a split text, several that become one; each with undo.
import { undo } from "@codemirror/commands";
import { EditorView } from "@codemirror/view";
import { render, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, describe, expect, it } from "vitest";
import App from "@/App.svelte";
import { merge } from "@/library/actions";
import { closeSheet, library, openArticle } from "@/library/library.svelte";
import { forgetRows, list } from "@/library/rows.svelte";
import { forgetSteps, undoLast } from "@/library/undo.svelte";
import { applyStoredSettings } from "@/settings/settings.svelte";
import { command, isEnabled, runCommand } from "@/shared/commands.svelte";
import { notices } from "@/shared/notices.svelte";
import { commands, fake } from "./fake-backend";

// Nothing has a place in a document that is not drawn.
Range.prototype.getBoundingClientRect ??= () => new DOMRect();
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;

beforeEach(() => {
  library.current = null;
  library.overview = null;
  library.view = "start";
  notices.list = [];
  fake.reset();
  closeSheet();
  forgetRows();
  forgetSteps();
});

const body = "Avant.\n\n## Un\n\nun\n\n## Deux\n\ndeux\n";

async function open(): Promise<void> {
  const start = await commands.start();
  await applyStoredSettings({ ...start.settings, extra: {}, language: "fr", theme: "paper" }, "fr-FR");
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
  await waitFor(() => expect(fake.calls.some(({ name }) => name === "pageReady")).toBe(true));
}

async function write(): Promise<EditorView> {
  await open();
  openArticle(fake.articles[0]!.row.id, { mode: "write" });
  const text = await screen.findByRole("textbox", { name: /^Texte de/ });
  const view = EditorView.findFromDOM(text)!;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: body } });
  text.focus();
  await tick();
  return view;
}

const titles = (): string[] => fake.articles.map(({ row }) => row.title);

describe("articles out of articles", () => {
  it("a selection becomes one, and stays or gives way to a link", async () => {
    const view = await write();
    const count = fake.articles.length;
    expect(isEnabled(command("writer-selection-to-piece")!)).toBe(false);
    view.dispatch({ selection: { anchor: body.indexOf("un\n"), head: body.indexOf("un\n") + 2 } });
    await runCommand("writer-selection-to-piece");
    expect(titles()[0]).toBe("un");
    expect(view.state.doc.toString()).toBe(body);
    await screen.findByText(/est désormais un article à part entière/);

    await runCommand("writer-selection-moved-to-piece");
    expect(view.state.doc.toString()).toBe(body.replace("\nun\n", "\n[[un]]\n"));
    await undoLast();
    expect(view.state.doc.toString()).toBe(body);
    expect(fake.articles.length).toBe(count + 1);
  });

  it("words that became an article come back with what was written since", async () => {
    const view = await write();
    view.dispatch({ selection: { anchor: body.indexOf("un\n"), head: body.indexOf("un\n") + 2 } });
    await runCommand("writer-selection-moved-to-piece");
    view.dispatch({ changes: { from: 0, insert: "Tout. " } });
    view.dispatch({ changes: { from: view.state.doc.length, insert: "Fin.\n" } });
    await undoLast();
    expect(view.state.doc.toString()).toBe(`Tout. ${body}Fin.\n`);

    view.dispatch({ selection: { anchor: view.state.doc.toString().indexOf("un\n") } });
    await runCommand("writer-split-level");
    view.dispatch({ changes: { from: 0, insert: "Et " } });
    await undoLast();
    expect(view.state.doc.toString()).toBe(`Et Tout. ${body}Fin.\n`);
  });

  it("words that became an article come back into a text that is not on the sheet", async () => {
    const view = await write();
    const own = fake.articles[0]!;
    view.dispatch({ selection: { anchor: body.indexOf("un\n"), head: body.indexOf("un\n") + 2 } });
    await runCommand("writer-selection-moved-to-piece");
    const made = fake.articles[0]!.row.id;
    openArticle(made, { mode: "write" });
    await waitFor(() => expect(view.dom.isConnected).toBe(false));
    await undoLast();
    await waitFor(() => expect(own.text).toBe(body));
    expect(fake.articles.some(({ row }) => row.id === made)).toBe(false);
  });

  it("a text is split at a heading; one undo of the editor puts the text back, the notice all", async () => {
    const view = await write();
    const count = fake.articles.length;
    view.dispatch({ selection: { anchor: body.indexOf("un\n") } });
    await runCommand("writer-split-level");
    expect(view.state.doc.toString()).toBe("Avant.\n\n");
    expect(fake.calls.findLast(({ name }) => name === "splitArticle")?.args[2]).toEqual({
      at: "level",
      level: 2,
    });
    undo(view);
    expect(view.state.doc.toString()).toBe(body);
    await runCommand("writer-split-here");
    expect(fake.calls.findLast(({ name }) => name === "splitArticle")?.args[2]).toEqual({
      at: "line",
      line: 3,
    });
    await undoLast();
    expect(view.state.doc.toString()).toBe(body);
    // Of two splits, one was taken back.
    expect(fake.articles.length).toBe(count + 1);
    view.dispatch({ selection: { anchor: 0 } });
    await runCommand("writer-split-here");
    await screen.findByText("Le curseur n’est sous aucun intertitre.");
  });

  it("several become one in the order of the list, and come apart again", async () => {
    await open();
    const { rows } = await commands.list({ ...library.query }, 0, 3);
    const ids = rows.map(({ id }) => id);
    const before = fake.articles.find(({ row }) => row.id === ids[0])!.text;
    const count = fake.articles.length;
    await merge([ids[2]!, ids[0]!, ids[1]!]);
    expect(fake.calls.findLast(({ name }) => name === "mergeArticles")?.args[0]).toEqual(ids);
    expect(fake.articles.length).toBe(count - 2);
    await screen.findByText(/3 articles n’en font plus qu’un/);
    await undoLast();
    expect(fake.articles.length).toBe(count);
    expect(fake.articles.find(({ row }) => row.id === ids[0])!.text).toBe(before);
  });
});
