// Templates, in the window: a piece that begins with one, a piece that becomes one, those that are kept.
import { EditorView } from "@codemirror/view";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import App from "@/App.svelte";
import { closeDialog } from "@/library/dialogs.svelte";
import { closeSheet, library, openArticle } from "@/library/library.svelte";
import { forgetRows, list } from "@/library/rows.svelte";
import { forgetSteps } from "@/library/undo.svelte";
import { applyStoredSettings } from "@/settings/settings.svelte";
import { runCommand } from "@/shared/commands.svelte";
import { notices } from "@/shared/notices.svelte";
import { commands, fake } from "./fake-backend";
import { fakeTemplates } from "./fake-templates";

// Nothing has a place in a document that is not drawn.
Range.prototype.getBoundingClientRect ??= () => new DOMRect();
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;

beforeEach(() => {
  library.current = null;
  library.overview = null;
  library.view = "start";
  notices.list = [];
  fake.reset();
  closeDialog();
  closeSheet();
  forgetRows();
  forgetSteps();
});

async function open(): Promise<void> {
  const start = await commands.start();
  await applyStoredSettings({ ...start.settings, extra: {}, language: "en", theme: "paper" }, "en-GB");
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
}

async function newPiece(): Promise<HTMLElement> {
  await runCommand("new-article");
  const dialog = await screen.findByRole("dialog", { name: /New article/ });
  await within(dialog).findByRole("option", { name: "Entretien" });
  await fireEvent.input(within(dialog).getByRole("textbox"), { target: { value: "A piece" } });
  return dialog;
}

describe("a new piece", () => {
  it("is blank unless a template is chosen", async () => {
    await open();
    const dialog = await newPiece();
    const template = within(dialog).getByRole("combobox", { name: "Template" });
    expect(template).toHaveDisplayValue("Blank page");
    await fireEvent.click(within(dialog).getByRole("button", { name: "Create the article" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(fake.calls.find(({ name }) => name === "createArticle")?.args[3]).toBeNull();
  });

  it("begins with the fields of its template, the first one selected", async () => {
    await open();
    const dialog = await newPiece();
    const template = within(dialog).getByRole("combobox", { name: "Template" });
    await fireEvent.change(template, { target: { value: "shipped/fr/editorial.md" } });
    expect(await within(dialog).findByRole("group", { name: "Preview of the template" })).toHaveTextContent(
      "Premier argument",
    );
    await fireEvent.click(within(dialog).getByRole("button", { name: "Create the article" }));
    const text = await screen.findByRole("textbox", { name: /^Text of/ });
    const { state } = EditorView.findFromDOM(text)!;
    const { from, to } = state.selection.main;
    expect(state.sliceDoc(from, to)).toBe("{{Premier argument}}");
  });

  it("begins with the template that the desk names for the section", async () => {
    await open();
    fakeTemplates.named = "shipped/fr/entretien.md";
    const dialog = await newPiece();
    const template = within(dialog).getByRole("combobox", { name: "Template" });
    await waitFor(() => expect(template).toHaveDisplayValue("Entretien"));
  });
});

describe("templates", () => {
  it("are made of pieces, renamed, taken away and brought back", async () => {
    await open();
    openArticle(fake.articles[0]!.row.id, { mode: "read" });
    await runCommand("save-template");
    const dialog = await screen.findByRole("dialog", { name: "Save as template" });
    const name = within(dialog).getByRole("textbox", { name: "Name of the template" });
    await waitFor(() => expect(name).toHaveValue(fake.articles[0]!.row.title));
    await fireEvent.input(name, { target: { value: "Column" } });
    await fireEvent.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(fakeTemplates.all[0]?.name).toBe("Column"));

    await runCommand("templates");
    const all = await screen.findByRole("dialog", { name: "Templates" });
    await fireEvent.click(await within(all).findByRole("button", { name: "Rename “Column”" }));
    const field = within(all).getByRole("textbox", { name: "Name of the template" });
    await fireEvent.input(field, { target: { value: "Chronicle" } });
    await fireEvent.keyDown(field, { key: "Enter" });
    await waitFor(() => expect(document.activeElement).toHaveAccessibleName(/^Rename/));
    await fireEvent.click(await within(all).findByRole("button", { name: "Remove “Chronicle”" }));
    await waitFor(() => expect(within(all).queryByText("Chronicle")).toBeNull());
    await waitFor(() => expect(within(all).getByRole("button", { name: "Undo" })).toHaveFocus());
    await fireEvent.click(within(all).getByRole("button", { name: "Undo" }));
    await waitFor(() => expect(all).toContainElement(document.activeElement as HTMLElement));
    expect(await within(all).findByText("Chronicle")).toBeVisible();
  });
});
