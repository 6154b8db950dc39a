// The original page of an article: offered only where there is one, and opened outside after a word of warning.
import { render, screen, waitFor } from "@testing-library/svelte";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import App from "@/App.svelte";
import { closeDialog } from "@/library/dialogs.svelte";
import { closeSheet, library, openArticle } from "@/library/library.svelte";
import { forgetRows, list } from "@/library/rows.svelte";
import { applyStoredSettings } from "@/settings/settings.svelte";
import { command, isEnabled, runCommand } from "@/shared/commands.svelte";
import { commands, fake } from "./fake-backend";

beforeEach(async () => {
  fake.reset();
  library.current = null;
  closeSheet();
  forgetRows();
  const start = await commands.start();
  applyStoredSettings({ ...start.settings, language: "fr", theme: "paper" }, start.systemLocale);
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
});
afterEach(() => closeDialog());

const offered = (): boolean => {
  const found = command("open-original");
  return found !== undefined && isEnabled(found);
};

it("is not offered for what was written here", async () => {
  openArticle("article-0");
  await waitFor(() => expect(fake.calls.some((call) => call.name === "captures")).toBe(true));
  expect(offered()).toBe(false);
});

it("is opened in the browser once that was agreed to, the newest unless another is chosen", async () => {
  fake.captures["article-1"] = [
    { name: "20260501T100000Z.html.gz", time: "2026-05-01T10:00:00Z" },
    { name: "20260401T100000Z.html.gz", time: "2026-04-01T10:00:00Z" },
  ];
  openArticle("article-1");
  await waitFor(() => expect(offered()).toBe(true));
  await runCommand("open-original");
  const dialog = await screen.findByRole("dialog", { name: /Ouvrir la page d’origine/ });
  expect(dialog).toHaveTextContent("depuis le réseau");
  const opened = () => fake.calls.filter((call) => call.name === "openCapture").map((call) => call.args);
  expect(opened()).toEqual([]);
  const found = await axe.run(dialog, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  const which = screen.getByRole<HTMLSelectElement>("combobox", { name: "Page gardée le" });
  expect(which.value).toBe("20260501T100000Z.html.gz");
  which.value = "20260401T100000Z.html.gz";
  which.dispatchEvent(new Event("change", { bubbles: true }));
  screen.getByRole("button", { name: "Ouvrir dans le navigateur" }).click();
  await waitFor(() => expect(opened()).toEqual([["article-1", "20260401T100000Z.html.gz"]]));
});
