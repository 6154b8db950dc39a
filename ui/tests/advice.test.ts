// Advice in the window: the menu at a word, the panel, the words that are vouched for; by name and by key.
import { EditorView } from "@codemirror/view";
import { render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { beforeEach, describe, expect, it } from "vitest";
import App from "@/App.svelte";
import { closeSheet, library, openArticle } from "@/library/library.svelte";
import { forgetRows, list } from "@/library/rows.svelte";
import { applyStoredSettings, settings } from "@/settings/settings.svelte";
import { runCommand } from "@/shared/commands.svelte";
import { notices } from "@/shared/notices.svelte";
import { advising } from "@/writer/advice/advising.svelte";
import { adviceCount } from "@/editor/advice";
import { commands, fake } from "./fake-backend";

// Nothing has a place in a document that is not drawn.
Range.prototype.getBoundingClientRect ??= () => new DOMRect();
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;

beforeEach(() => {
  library.current = null;
  library.overview = null;
  library.view = "start";
  notices.list = [];
  advising.panel = false;
  fake.vouched = { me: [], desk: [] };
  closeSheet();
  forgetRows();
});

const body = "Un vilage dort. Un autre vilage veille.\n";
let written = 0;

async function write(): Promise<EditorView> {
  const start = await commands.start();
  applyStoredSettings(
    { ...start.settings, extra: {}, spellcheck: true, language: "fr", theme: "paper" },
    "fr-FR",
  );
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
  await waitFor(() => expect(fake.calls.some(({ name }) => name === "pageReady")).toBe(true));
  openArticle(fake.articles[++written]!.row.id, { mode: "write" });
  // The first time, the writing view is loaded.
  const text = await screen.findByRole("textbox", { name: /^Texte de/ }, { timeout: 8000 });
  const view = EditorView.findFromDOM(text)!;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: body }, selection: { anchor: 0 } });
  text.focus();
  await tick();
  await screen.findByRole("button", { name: "2 conseils" });
  return view;
}

function press(key: string, options: KeyboardEventInit = {}): void {
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }),
  );
}

describe("advice in the window", () => {
  it("mends a word by keyboard: F7, Alt+Enter, Enter", async () => {
    const view = await write();
    press("F7");
    expect(view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to)).toBe("vilage");
    expect(await screen.findByText(/vilage.*Mot inconnu$/)).toBeInTheDocument();
    press("Enter", { altKey: true });
    const menu = await screen.findByRole("menu", { name: /^Conseils sur .*vilage/ });
    expect((await axe.run(menu, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
    await waitFor(() => expect(document.activeElement).toHaveTextContent("village"));
    (document.activeElement as HTMLElement).click();
    expect(view.state.doc.toString()).toBe(body.replace("vilage", "village"));
    await screen.findByRole("button", { name: "1 conseil" });
  });

  it("vouches for a word and takes it back", async () => {
    await write();
    press("F7");
    press("Enter", { altKey: true });
    (await screen.findByRole("menuitem", { name: "Ajouter à mon dictionnaire" })).click();
    await screen.findByRole("button", { name: "aucun conseil" });
    expect(fake.vouched.me).toEqual(["vilage"]);
    (await screen.findByRole("button", { name: "Annuler" })).click();
    await screen.findByRole("button", { name: "2 conseils" });
    expect(fake.vouched.me).toEqual([]);
  });

  it("lists everything in a panel, with keys for each", async () => {
    const view = await write();
    (await screen.findByRole("button", { name: "2 conseils" })).click();
    const panel = await screen.findByRole("complementary", { name: "Conseils" });
    await waitFor(() => expect(panel).toContainElement(document.activeElement as HTMLElement));
    await within(panel).findByRole("button", { name: /^Remplacer par .*village/ });
    expect((await axe.run(panel, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual(
      [],
    );
    press("a");
    expect(view.state.doc.toString()).toBe(body.replace("vilage", "village"));
    await screen.findByRole("button", { name: "1 conseil" });
    press("x");
    await screen.findByRole("button", { name: "aucun conseil" });
    expect(within(panel).getByText("Rien à dire de ce texte.")).toBeInTheDocument();
    press("Escape");
    await waitFor(() => expect(screen.queryByRole("complementary", { name: "Conseils" })).toBeNull());
    expect(document.activeElement).toBe(view.contentDOM);
  });

  it("is turned off and on in the settings, and the spelling chosen", async () => {
    fake.vouched.me = ["Sénéor"];
    const view = await write();
    await runCommand("settings");
    const dialog = await screen.findByRole("dialog", { name: /^Réglages/ });
    const french = within(dialog).getByRole<HTMLSelectElement>("combobox", {
      name: "Orthographe du français",
    });
    french.value = "revised";
    french.dispatchEvent(new Event("change", { bubbles: true }));
    expect(settings.extra["advice-french"]).toBe("revised");
    await waitFor(() => {
      const asked = fake.calls.findLast(({ name }) => name === "advise")?.args[0] as { french: string };
      expect(asked.french).toBe("revised");
    });
    (await within(dialog).findByText(/^Mon dictionnaire.*1 mot$/)).click();
    within(dialog)
      .getByRole("button", { name: /^Retirer .*Sénéor/ })
      .click();
    await waitFor(() => expect(fake.vouched.me).toEqual([]));
    within(dialog)
      .getByRole("checkbox", { name: /^Vérifier l’orthographe/ })
      .click();
    await waitFor(() => expect(adviceCount(view.state)).toBe(0));
    expect(settings.spellcheck).toBe(false);
  });
});
