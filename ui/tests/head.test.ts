// The head of an article in the window: its fields by name and key, what they write, and what stands in their way.
import { EditorView } from "@codemirror/view";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { beforeEach, describe, expect, it } from "vitest";
import App from "@/App.svelte";
import { changeTypingTypography } from "@/editor/typing-typography";
import { closeSheet, library, openArticle } from "@/library/library.svelte";
import { panes } from "@/library/panes.svelte";
import { forgetRows, list } from "@/library/rows.svelte";
import { applyStoredSettings } from "@/settings/settings.svelte";
import { runCommand } from "@/shared/commands.svelte";
import { notices } from "@/shared/notices.svelte";
import { commands, fake } from "./fake-backend";

// Nothing has a place in a document that is not drawn; what is in it counts as shown.
Range.prototype.getBoundingClientRect ??= () => new DOMRect();
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.getClientRects = () => [new DOMRect()] as unknown as DOMRectList;

beforeEach(() => {
  library.current = null;
  library.overview = null;
  library.view = "start";
  notices.list = [];
  closeSheet();
  forgetRows();
  panes.showList();
});

let tests = 0;
const article = "---\ntitle: Un\nauthors: [Paul Okafor]\n---\n\nLe texte.\n";

async function write(text: string): Promise<EditorView> {
  const start = await commands.start();
  applyStoredSettings({ ...start.settings, extra: {}, language: "fr", theme: "paper" }, "fr-FR");
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
  await waitFor(() => expect(fake.calls.some(({ name }) => name === "pageReady")).toBe(true));
  // Texts that were written stay open: each test has one of its own.
  const one = fake.articles[tests++]!;
  one.text = text;
  openArticle(one.row.id, { mode: "write" });
  const box = await screen.findByRole("textbox", { name: /^Texte de/ }, { timeout: 5000 });
  return EditorView.findFromDOM(box)!;
}

const form = () => within(screen.getByRole("group", { name: "En-tête de l’article" }));
const type = async (field: HTMLElement, value: string) => {
  field.focus();
  await fireEvent.input(field, { target: { value } });
};
const becomes = (view: EditorView, text: string) =>
  waitFor(() => expect(view.state.doc.toString()).toBe(text));

describe("the head of an article", () => {
  it("is entered field by field, and is written as it is typed", async () => {
    const view = await write(article);
    const title = form().getByRole("textbox", { name: "Titre" });
    expect(title).toHaveValue("Un");
    for (const words of ["Un ", "Un d", "Un de", "Un de plus"]) await type(title, words);
    await becomes(view, article.replace("Un\n", "Un de plus\n"));
    expect(title).toHaveValue("Un de plus");

    await fireEvent.click(form().getByRole("button", { name: "Ajouter un chapô" }));
    const standfirst = await form().findByRole("textbox", { name: "Chapô" });
    await waitFor(() => expect(standfirst).toHaveFocus());
    await type(standfirst, "Trois étés.");
    const withIt = article
      .replace("Un\n", "Un de plus\n")
      .replace("]\n---", "]\nstandfirst: Trois étés.\n---");
    await becomes(view, withIt);
    expect((await axe.run(document.body)).violations.map(({ id }) => id)).toEqual([]);

    // Escape goes back into the text, F4 to the title.
    await fireEvent.keyDown(standfirst, { key: "Escape" });
    expect(view.hasFocus).toBe(true);
    await runCommand("writer-head");
    await waitFor(() => expect(title).toHaveFocus());
    // Undo is that of the text.
    await fireEvent.keyDown(title, { key: "z", ctrlKey: true });
    await becomes(view, article.replace("Un\n", "Un de plus\n"));
  });

  it("completes authors with what they do, and puts one before another", async () => {
    const view = await write(article);
    await fireEvent.click(form().getByRole("button", { name: "Ajouter un auteur" }));
    const name = await form().findByRole("combobox", { name: "Nom de l’auteur 2" });
    await waitFor(() => expect(name).toHaveFocus());
    await type(name, "hel");
    await form().findByRole("option", { name: /Hélène Vasseur/ });
    await fireEvent.keyDown(name, { key: "ArrowDown" });
    await fireEvent.keyDown(name, { key: "Enter" });
    const two = "[Paul Okafor, Hélène Vasseur (directrice de la rédaction)]";
    await becomes(view, article.replace("[Paul Okafor]", two));
    await fireEvent.keyDown(name, { key: "ArrowUp", altKey: true });
    await becomes(
      view,
      article.replace("[Paul Okafor]", "[Hélène Vasseur (directrice de la rédaction), Paul Okafor]"),
    );
  });

  it("is set as a compositor would while one types, and one undo takes that back", async () => {
    const article = "---\ntitle: Un\nlang: fr\n---\n\nLe texte.\n";
    const view = await write(article);
    const title = form().getByRole<HTMLTextAreaElement>("textbox", { name: "Titre" });
    const strike = async (keys: string, how: InputEventInit = { inputType: "insertText" }) => {
      title.focus();
      for (const key of keys) {
        title.setRangeText(key, title.selectionStart, title.selectionEnd, "end");
        await fireEvent(title, new InputEvent("input", { bubbles: true, data: key, ...how }));
      }
    };
    title.setSelectionRange(2, 2);
    await strike(" mot, l'eau ?");
    const set = "Un mot, l’eau\u202f?";
    await becomes(view, article.replace("Un\n", `${set}\n`));
    expect(title).toHaveValue(set);
    await fireEvent.keyDown(title, { key: "z", ctrlKey: true });
    await becomes(view, article.replace("Un\n", "Un mot, l’eau ?\n"));
    await waitFor(() => expect(title).toHaveValue("Un mot, l’eau ?"));
    expect(title.selectionEnd).toBe("Un mot, l’eau ?".length);

    // Backspace right behind it, too; in the middle, the caret stays.
    title.setSelectionRange(2, 2);
    await strike(" et s'");
    expect(title.selectionEnd).toBe(2 + " et s’".length);
    await fireEvent.keyDown(title, { key: "Backspace" });
    expect(title).toHaveValue("Un et s' mot, l’eau ?");
    expect(title.selectionEnd).toBe(2 + " et s'".length);
    await becomes(view, article.replace("Un\n", "Un et s' mot, l’eau ?\n"));

    // Never while something is being composed, and not what is pasted.
    await strike("'", { inputType: "insertCompositionText", isComposing: true });
    await strike("'", { inputType: "insertFromPaste" });
    view.dispatch(changeTypingTypography(false));
    await strike("o'");
    expect(title).toHaveValue("Un et s'''o' mot, l’eau ?");
  });

  it("has what is half typed in the text, as it is typed", async () => {
    const whole = article.replace("]\n---", "]\nsection: Culture\ndate: 2026-11-01\ntags: [mer]\n---");
    const view = await write(whole);
    const section = form().getByRole("combobox", { name: "Rubrique" });
    await type(section, "Cult");
    await becomes(view, whole.replace("Culture", "Cult"));
    expect(section).toHaveValue("Cult");
    await fireEvent.keyDown(section, { key: "Escape" });
    await becomes(view, whole);
    expect(section).toHaveValue("Culture");

    const date = form().getByRole("textbox", { name: "Date" });
    await type(date, "2026-11-0");
    await type(date, "2026-11-09");
    await becomes(view, whole.replace("11-01", "11-09"));
    await type(date, "2026-11-09 au");
    expect(date).toHaveValue("2026-11-09 au");
    expect(date).not.toHaveAttribute("aria-invalid");
    await type(date, "2026-11-09");
    await fireEvent.blur(date);

    const tag = form().getByRole("combobox", { name: "Ajouter un mot-clé" });
    await type(tag, "por");
    await becomes(view, whole.replace("11-01", "11-09").replace("[mer]", "[mer, por]"));
    expect(tag).toHaveValue("por");
    expect(
      form()
        .getAllByRole("listitem")
        .map((one) => one.textContent?.trim()),
    ).toEqual(["mer"]);
    await type(tag, "port");
    await fireEvent.keyDown(tag, { key: "Enter" });
    await becomes(view, whole.replace("11-01", "11-09").replace("[mer]", "[mer, port]"));
    expect(
      form()
        .getAllByRole("listitem")
        .map((one) => one.textContent?.trim()),
    ).toEqual(["mer", "port"]);
  });

  it("follows what another program writes, but for what is being typed", async () => {
    const view = await write(article);
    view.dispatch({ changes: { from: 11, to: 13, insert: "Autre" } });
    const title = form().getByRole("textbox", { name: "Titre" });
    await waitFor(() => expect(title).toHaveValue("Autre"));
  });

  it("stays text where it can't be read, and on request", async () => {
    const view = await write("---\ntitle: [\n---\n\nLe texte.\n");
    expect(form().getByRole("note")).toHaveTextContent("ligne 2");
    expect(form().queryByRole("textbox")).toBeNull();
    expect(view.contentDOM).toHaveTextContent("title: [");
    view.dispatch({ changes: { from: 11, to: 12, insert: "Un" } });
    await form().findByRole("textbox", { name: "Titre" });
    await runCommand("writer-head-text");
    await tick();
    expect(form().queryByRole("textbox")).toBeNull();
    expect(view.contentDOM).toHaveTextContent("title: Un");
    await fireEvent.click(form().getByRole("button", { name: "En formulaire" }));
    await form().findByRole("textbox", { name: "Titre" });
  });
});
