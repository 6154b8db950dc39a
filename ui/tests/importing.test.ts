// Bringing in, as the window shows it: dropped, pasted, going on, told, with its receipt.
import { render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import App from "@/App.svelte";
import { importing } from "@/importing/importing.svelte";
import { closeDialog } from "@/library/dialogs.svelte";
import { closeSheet, library } from "@/library/library.svelte";
import { forgetRows, list } from "@/library/rows.svelte";
import { applyStoredSettings } from "@/settings/settings.svelte";
import { runCommand } from "@/shared/commands.svelte";
import { notices } from "@/shared/notices.svelte";
import { commands, fake } from "./fake-backend";

beforeEach(async () => {
  fake.reset();
  library.current = null;
  notices.list = [];
  importing.progress = null;
  importing.receipt = null;
  closeSheet();
  forgetRows();
  const start = await commands.start();
  applyStoredSettings({ ...start.settings, language: "fr", theme: "paper" }, start.systemLocale);
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
  await waitFor(() => expect(called("pageReady")).not.toEqual([]));
});
afterEach(() => closeDialog());

const called = (name: string) => fake.calls.filter((call) => call.name === name);

function paste(target: EventTarget, content: Record<string, string>): Event {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  const data = { files: [], getData: (type: string) => content[type] ?? "" };
  Object.defineProperty(event, "clipboardData", { value: data });
  target.dispatchEvent(event);
  return event;
}

async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, {
    rules: {
      "color-contrast": { enabled: false },
      "label-content-name-mismatch": { enabled: false },
      "document-title": { enabled: false },
    },
  });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

it("shows how far it is, can be stopped, and tells the counts with the receipt", async () => {
  await runCommand("import-files");
  expect(called("importChosen")).toHaveLength(1);
  expect(await screen.findByText(/fichier 2 sur 3, 40 textes/)).toBeInTheDocument();
  screen.getByRole("button", { name: "Arrêter" }).click();
  await waitFor(() => expect(called("cancelImport")).toHaveLength(1));
  const notice = await screen.findByRole("alert");
  expect(notice).toHaveTextContent("118 articles importés");
  expect(notice).toHaveTextContent("2 complétés, 1 échec");
  expect(importing.progress).toBeNull();
  within(notice).getByRole("button", { name: "Récépissé" }).click();
  const dialog = await screen.findByRole("dialog", { name: "Récépissé" });
  expect(await within(dialog).findByRole("heading", { name: /torn\.zip/ })).toBeInTheDocument();
  expect(dialog).toHaveTextContent("archive abîmée");
  expect(dialog).toHaveTextContent("jour et mois devinés");
  expect(await violations()).toEqual([]);
  within(dialog)
    .getByRole("checkbox", { name: /Seulement/ })
    .click();
  await waitFor(() =>
    expect(within(dialog).queryByRole("heading", { name: /page\.html/ })).not.toBeInTheDocument(),
  );
  within(dialog).getByRole("button", { name: "Exporter en JSON" }).click();
  await waitFor(() => expect(called("exportReceipt").map(({ args }) => args[1])).toEqual(["json"]));
});

it("takes what is pasted outside of texts, and leaves what is meant for them", async () => {
  const html = "<p>Des <b>mots</b></p>";
  const field = screen.getByRole("combobox");
  expect(paste(field, { "text/plain": "mots" }).defaultPrevented).toBe(false);
  paste(document.body, { "text/html": html, "text/plain": "Des mots" });
  paste(document.body, { "text/plain": "# Un titre\n\nDes mots" });
  paste(document.body, { "text/uri-list": "file:///tmp/a.html" });
  await waitFor(() => expect(called("importPaths").map(({ args }) => args[0])).toEqual([["/tmp/a.html"]]));
  expect(called("importPasted").map(({ args }) => args[0])).toEqual([
    [{ name: "Des mots.html", content: { text: html } }],
    [{ name: "Un titre.md", content: { text: "# Un titre\n\nDes mots" } }],
  ]);
});

it("offers the inbox folder in the settings of a library", async () => {
  await runCommand("settings");
  const dialog = await screen.findByRole("dialog");
  expect(await within(dialog).findByText("Aucun")).toBeInTheDocument();
  within(dialog).getByRole("button", { name: "Choisir…" }).click();
  expect(await within(dialog).findByText("/home/maud/Téléchargements/Édito")).toBeInTheDocument();
  expect(await violations()).toEqual([]);
  within(dialog).getByRole("button", { name: "Ne plus surveiller" }).click();
  expect(await within(dialog).findByText("Aucun")).toBeInTheDocument();
});
