// The whole window on the in-memory backend: what is seen, what keys do, and that everyone can use it.
import { render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import App from "@/App.svelte";
import { startState } from "@/backend";
import { quoting } from "@/highlights/quoting.svelte";
import { closeDialog, dialog } from "@/library/dialogs.svelte";
import { closeSheet, library, openArticle, sheet } from "@/library/library.svelte";
import { closeLibrary } from "@/library/opening";
import { forgetRows, list, rowAt } from "@/library/rows.svelte";
import { clearSearch, search, searchedWords } from "@/library/search.svelte";
import { allStatuses, statusName } from "@/library/statuses";
import { applyStoredSettings, settings } from "@/settings/settings.svelte";
import { command, isEnabled } from "@/shared/commands.svelte";
import { useLanguage } from "@/shared/messages";
import { notices } from "@/shared/notices.svelte";
import type { NoticeKind } from "@/backend";
import { commands, failure, fake, fakeConflict } from "./fake-backend";

// Nothing has a place in a document that is not drawn.
Range.prototype.getBoundingClientRect ??= () => new DOMRect();

beforeEach(() => {
  library.current = null;
  library.overview = null;
  library.view = "start";
  library.selectedId = null;
  notices.list = [];
  quoting.draft = null;
  closeSheet();
  clearSearch();
  forgetRows();
});
afterEach(() => closeDialog());

async function openWindow(): Promise<void> {
  const start = await commands.start();
  applyStoredSettings({ ...start.settings, language: "fr", theme: "paper" }, start.systemLocale);
  render(App, { start });
  if (start.library) await waitFor(() => expect(list.loaded).toBe(true));
  // The Rust side says nothing before it is told that the page listens.
  await waitFor(() => expect(called("pageReady")).not.toEqual([]));
  await tick();
}

function press(key: string, options: KeyboardEventInit = {}): void {
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }),
  );
}

async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, {
    // Colours are not computed here; the page's head is not part of the test.
    rules: {
      "color-contrast": { enabled: false },
      "label-content-name-mismatch": { enabled: false },
      "document-title": { enabled: false },
    },
  });
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
  );
}

const called = (name: string) => fake.calls.filter((call) => call.name === name);

describe("the first picture", () => {
  it("has the rows that came with the start, and asks for none", async () => {
    const start = await commands.start();
    applyStoredSettings({ ...start.settings, language: "fr", theme: "paper" }, start.systemLocale);
    render(App, { start });
    const first = start.firstPage?.rows[0];
    expect(first).toBeDefined();
    expect(screen.getByText(first?.title ?? "")).toBeInTheDocument();
    expect(called("list")).toEqual([]);
    expect(called("overview")).toEqual([]);
    // The rest comes when it is on the screen.
    expect(await screen.findByRole("treeitem", { name: /Éditos/ })).toBeInTheDocument();
    await waitFor(() => expect(called("pageReady")).toHaveLength(1));
    expect(called("list")).toEqual([]);
    expect(performance.getEntriesByName("list-painted").length).toBeGreaterThan(0);
  });

  it("comes a moment later when no rows are known at the start", async () => {
    fake.firstPage = false;
    await openWindow();
    await waitFor(() => expect(called("pageReady")).toHaveLength(1));
    expect(called("list").length).toBeGreaterThan(0);
    expect(screen.getAllByRole("option").length).toBeGreaterThan(3);
  });

  it("is made anew when the library changed before the page heard of changes", async () => {
    const start = await commands.start();
    applyStoredSettings({ ...start.settings, language: "fr", theme: "paper" }, start.systemLocale);
    fake.articles[0]!.row = { ...fake.articles[0]!.row, title: "Un titre changé entre-temps" };
    fake.generation += 1;
    render(App, { start });
    expect(await screen.findByText("Un titre changé entre-temps")).toBeInTheDocument();
  });

  it("is told of in the document, once", async () => {
    const start = await commands.start();
    const data = document.createElement("script");
    Object.assign(data, { type: "application/json", id: "start", textContent: JSON.stringify(start) });
    document.head.append(data);
    fake.calls = [];
    expect(await startState()).toEqual(start);
    expect(called("start")).toEqual([]);
    expect(document.getElementById("start")).toBeNull();
    expect(await startState()).toEqual(start);
    expect(called("start")).toHaveLength(1);
  });
});

describe("the start screen", () => {
  beforeEach(() => {
    fake.open = false;
  });

  it("says what a library is and offers three ways to one", async () => {
    await openWindow();
    expect(screen.getByText(/Une bibliothèque est un dossier de textes/)).toBeVisible();
    for (const name of [/Découvrir avec l’exemple/, /Nouvelle bibliothèque/, /Ouvrir un dossier/]) {
      expect(screen.getByRole("button", { name })).toBeEnabled();
    }
    expect(screen.getByRole("button", { name: /^Archives 2019/ })).toBeDisabled();
    expect(await violations()).toEqual([]);
  });

  it("opens the sample", async () => {
    await openWindow();
    screen.getByRole("button", { name: /Découvrir avec l’exemple/ }).click();
    expect(await screen.findByRole("listbox")).toBeInTheDocument();
  });

  it("tells in words what went wrong", async () => {
    fake.failing.openLibrary = failure("notALibrary");
    await openWindow();
    screen.getByRole("button", { name: /Ouvrir un dossier/ }).click();
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "Ce dossier ne peut pas être ouvert comme bibliothèque.",
    );
  });
});

describe("the libraries that were open lately", () => {
  it("begin with the one just used; what went wrong at the launch is told once", async () => {
    fake.open = false;
    const start = { ...(await commands.start()), problem: failure("notALibrary") };
    applyStoredSettings({ ...start.settings, language: "fr", theme: "paper" }, start.systemLocale);
    render(App, { start });
    expect(screen.getByRole("alert")).toBeVisible();
    screen.getByRole("button", { name: /Découvrir avec l’exemple/ }).click();
    await screen.findByRole("listbox");
    await closeLibrary();
    expect(await screen.findByRole("button", { name: /^Exemple/ })).toBeEnabled();
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("the window", () => {
  it("shows rail and list, in landmarks, with nothing that axe objects to", async () => {
    await openWindow();
    await waitFor(() => expect(library.overview).not.toBeNull());
    expect(screen.getByRole("navigation", { name: "Bibliothèque" })).toBeInTheDocument();
    expect(screen.getByRole("main", { name: "Article" })).toBeInTheDocument();
    expect(screen.getByRole("tree", { name: "Rubriques" })).toBeInTheDocument();
    const first = screen.getAllByRole("option")[0];
    expect(first).toHaveAttribute("aria-setsize", "30");
    expect(first).toHaveAttribute("aria-posinset", "1");
    expect(await violations()).toEqual([]);
  });

  it("draws few rows of a long list", async () => {
    fake.reset(20_000);
    await openWindow();
    expect(list.total).toBe(20_000);
    expect(screen.getAllByRole("option").length).toBeLessThan(30);
  });

  it("moves, opens and stars by the keys", async () => {
    await openWindow();
    press("j");
    await waitFor(() => expect(list.cursor).toBe(0));
    press("j");
    await waitFor(() => expect(list.cursor).toBe(1));
    press("s");
    await waitFor(() => expect(called("setStar")[0]?.args).toEqual([[library.selectedId], true]));
    press("Enter");
    expect(sheet.id).toBe(library.selectedId);
  });

  it("narrows the list by section and back", async () => {
    await openWindow();
    (await screen.findByRole("treeitem", { name: /^Lectures/ })).click();
    await waitFor(() => expect(list.total).toBeLessThan(30));
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Lectures");
  });

  it("moves to the trash, and takes back", async () => {
    await openWindow();
    press("j");
    await waitFor(() => expect(list.cursor).toBe(0));
    press("Delete");
    await waitFor(() => expect(list.total).toBe(29));
    const undo = await screen.findByRole("button", { name: "Annuler" });
    undo.click();
    await waitFor(() => expect(list.total).toBe(30));
  });

  it("searches as one types, and opens at the words", async () => {
    await openWindow();
    const field = screen.getByRole<HTMLInputElement>("combobox", { name: "Rechercher dans les textes" });
    field.focus();
    field.value = "digue";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await waitFor(() => expect(search.total).toBe(2));
    const results = await screen.findByRole("listbox", { name: "Résultats" });
    expect(within(results).getAllByText("digue", { selector: "mark" }).length).toBeGreaterThan(0);
    expect(await violations()).toEqual([]);
    press("Enter");
    expect(sheet.at?.find).toEqual(["digue"]);
  });

  it("means the row under the cursor again when the search is left", async () => {
    await openWindow();
    for (let row = 0; row < 5; row++) {
      press("j");
      await waitFor(() => expect(list.cursor).toBe(row));
    }
    const field = screen.getByRole<HTMLInputElement>("combobox", { name: "Rechercher dans les textes" });
    field.focus();
    field.value = "digue";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await waitFor(() => expect(search.total).toBe(2));
    press("Enter");
    const found = sheet.id;
    expect(found).not.toBe(rowAt(4)?.id);
    press("Escape");
    const rows = await screen.findByRole("listbox", { name: "Tous les articles" });
    rows.focus();
    expect(list.cursor).toBe(4);
    press("s");
    await waitFor(() => expect(called("setStar")[0]?.args).toEqual([[rowAt(4)?.id], true]));
  });

  it.each([
    ["eau digue", ["eau", "digue"]],
    ["budget -impôt author:favre after:2026-01", ["budget"]],
    ['"carte scolaire" title:phare', ["carte", "scolaire", "phare"]],
    ["l’eau qu'il porte-avions", ["eau", "il", "porte", "avions"]],
    ['tag:"bord de mer" -"ne pas" note:suite', ["note", "suite"]],
  ])("knows the words to mark: %s", (question, words) => expect(searchedWords(question)).toEqual(words));

  it("drops the answer to an older question", async () => {
    await openWindow();
    const { searchFor } = await import("@/library/search.svelte");
    searchFor("digue");
    await new Promise((resolve) => setTimeout(resolve, 45));
    fake.delay = 0;
    searchFor("phare");
    await waitFor(() => expect(search.answered).toBe("phare"));
    expect(search.hits.every(({ row }) => row.title.includes("phare"))).toBe(true);
  });

  it("offers every command by its name", async () => {
    await openWindow();
    press("k", { ctrlKey: true });
    const field = await screen.findByRole<HTMLInputElement>("combobox", { name: "Chercher une commande" });
    field.value = "reglages";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await waitFor(() =>
      expect(screen.getByRole("option", { name: /Réglages/ })).toHaveAttribute("aria-selected", "true"),
    );
    expect(await violations()).toEqual([]);
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    expect(await screen.findByRole("dialog", { name: "Réglages" })).toBeInTheDocument();
    expect(await violations()).toEqual([]);
  });

  it("opens any article by its title", async () => {
    await openWindow();
    press("p", { ctrlKey: true });
    const field = await screen.findByRole<HTMLInputElement>("combobox", { name: /par son titre/ });
    field.value = "phare";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await waitFor(() =>
      expect(
        screen.getByRole("option", { name: /Le phare et la facture Éditos/, selected: true }),
      ).toBeInTheDocument(),
    );
    press("Enter");
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await waitFor(() => expect(sheet.id).toBe("article-0"));
  });

  it("speaks the other language at once", async () => {
    await openWindow();
    useLanguage("en");
    await tick();
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("All articles");
    expect(screen.getByText("18 November 2026")).toBeInTheDocument();
  });

  it("keeps its place when another program changes files", async () => {
    await openWindow();
    press("j");
    await waitFor(() => expect(list.cursor).toBe(0));
    const before = library.selectedId;
    const one = fake.articles[3];
    if (one)
      fake.articles.push({
        ...one,
        row: { ...one.row, id: "fresh", title: "Venu d’ailleurs", date: "2027-01-01" },
      });
    fake.send("libraryChanged", {
      new: ["fresh"],
      updated: [],
      deleted: [],
      moved: [],
      many: false,
      generation: 2,
    });
    expect(await screen.findByText("Venu d’ailleurs")).toBeInTheDocument();
    await waitFor(() => expect(list.cursor).toBe(1));
    expect(library.selectedId).toBe(before);
  });

  it("shows what the index does, and can stop it", async () => {
    await openWindow();
    fake.send("indexProgress", { done: 12, total: 30, phase: "reading", cancellable: true });
    expect(await screen.findByText(/^Lecture\s: 12 sur 30/)).toBeInTheDocument();
    screen.getByRole("button", { name: "Annuler" }).click();
    await waitFor(() => expect(called("cancelIndex").length).toBe(1));
    await waitFor(() => expect(screen.queryByText(/12 sur 30/)).toBeNull());
  });

  it("says that the folder is away, and that it is back", async () => {
    await openWindow();
    fake.send("libraryNotice", { kind: "vanished", detail: null });
    expect(await screen.findByText(/tout est en lecture seule jusqu’à son retour/)).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Nouvel article" })).toBeNull();
    fake.send("libraryNotice", { kind: "back", detail: null });
    await waitFor(() => expect(screen.queryByText(/jusqu’à son retour/)).toBeNull());
  });

  it.each([
    [
      "fr",
      /L’historique des versions était abîmé.+ mis de côté/,
      /conservé sous \.edito\/history\.git\.bad-1\./,
    ],
    ["en", /history of versions was damaged.+ set aside/, /kept as \.edito\/history\.git\.bad-1\./],
  ] as const)(
    "says where a damaged history was put, and goes on saying it: %s",
    async (lang, what, where) => {
      await openWindow();
      await useLanguage(lang);
      fake.send("libraryNotice", { kind: "historyRebuilt", detail: ".edito/history.git.bad-1" });
      fake.send("libraryNotice", { kind: "historyDamaged", detail: "Le phare" });
      const [rebuilt, damaged] = await screen.findAllByRole("alert");
      expect(rebuilt).toHaveTextContent(what);
      expect(rebuilt).toHaveTextContent(where);
      expect(damaged).toHaveTextContent("Le phare");
    },
  );

  it.each(["fr", "en"] as const)("has words for all that the library notices: %s", async (lang) => {
    await openWindow();
    await useLanguage(lang);
    const kinds: NoticeKind[] = [
      "vanished",
      "back",
      "polling",
      "indexRebuilt",
      "historyRebuilt",
      "historyDamaged",
      "versionsReadOnly",
      "versionsDiskFull",
      "versionsFailing",
      "recoveryDamaged",
      "journalTorn",
      "readOnly",
      "unreadable",
    ];
    for (const kind of kinds) {
      notices.list = [];
      fake.send("libraryNotice", { kind, detail: "3" });
      await waitFor(() => expect(notices.list.length, kind).toBe(1));
      expect(notices.list[0]?.text, kind).toMatch(/\p{L}{3,}/u);
      expect(notices.list[0]?.text, kind).not.toContain("notice-");
    }
    fake.send("libraryNotice", { kind: "back", detail: null });
  });

  it("saves before it quits, and names what could not be saved", async () => {
    const { useWriter } = await import("@/library/quitting");
    await openWindow();
    fake.send("closeRequested", {});
    await waitFor(() => expect(called("quit").length).toBe(1));
    const text = { id: "article-0", title: "Le phare et la facture", error: failure("diskFull") };
    const unsavedTexts = () => [{ ...text, why: "failed", kept: "copy" } as const];
    useWriter({ flush: async () => false, unsavedTexts, forgetAll: async () => undefined });
    fake.send("closeRequested", {});
    const dialog = await screen.findByRole("alertdialog", { name: "Un texte n’a pas pu être enregistré" });
    expect(dialog).toHaveTextContent("Le phare et la facture");
    expect(dialog).toHaveTextContent("Le disque est plein.");
    expect(dialog).toHaveTextContent(/copie de secours est gardée.+ prochain démarrage/);
    expect(called("quit").length).toBe(1);
    expect(await violations()).toEqual([]);
    within(dialog).getByRole("button", { name: "Quitter et garder la copie" }).click();
    await waitFor(() => expect(called("quit").length).toBe(2));
    useWriter({ flush: async () => true, unsavedTexts: () => [], forgetAll: async () => undefined });
  });

  it.each(["newArticle", "details", "rename", "move", "keyboard", "about", "newLibrary"] as const)(
    "has a dialog that everyone can use: %s",
    async (name) => {
      const { openDialog } = await import("@/library/dialogs.svelte");
      await openWindow();
      const props = {
        newArticle: { section: null },
        details: { id: "article-1" },
        rename: { id: "article-1" },
        move: { ids: ["article-1"] },
        keyboard: {},
        about: {},
        newLibrary: {},
      };
      openDialog(name, props[name] as never);
      await screen.findByRole("dialog");
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(await violations()).toEqual([]);
    },
  );

  it("changes one field of the front matter and no other", async () => {
    const { openDialog } = await import("@/library/dialogs.svelte");
    await openWindow();
    openDialog("details", { id: "article-1" });
    const title = await screen.findByRole<HTMLInputElement>("textbox", { name: "Titre" });
    title.value = "Un autre titre";
    title.dispatchEvent(new InputEvent("input", { bubbles: true }));
    screen.getByRole("button", { name: "Enregistrer" }).click();
    await waitFor(() => expect(called("setField").length).toBe(1));
    expect(called("setField")[0]?.args.slice(0, 3)).toEqual(["article-1", "title", ["Un autre titre"]]);
  });

  it("keeps settings", async () => {
    const { changeSettings } = await import("@/settings/settings.svelte");
    await openWindow();
    changeSettings({ theme: "night", textSize: 22 });
    expect(document.documentElement.dataset.theme).toBe("night");
    expect(settings.textSize).toBe(22);
    await waitFor(() => expect(called("saveSettings").length).toBe(1));
  });
});

describe("a text that is being written", () => {
  const id = "article-0";
  beforeEach(() => fake.reset());
  afterEach(async () => {
    closeSheet();
    await tick();
    await (await import("@/writer/writer.svelte")).forgetAll();
  });

  async function write(): Promise<HTMLElement> {
    await openWindow();
    openArticle(id, { mode: "write" });
    const text = await screen.findByRole("textbox", { name: /Le phare et la facture/ }, { timeout: 10_000 });
    await waitFor(() => expect(text).toHaveFocus());
    return text;
  }

  async function type(words: string): Promise<void> {
    const { openText } = await import("@/writer/writer.svelte");
    (await openText(id))?.buffer.dispatch({ changes: { from: 0, insert: words } });
  }

  it("stays open under its id when its file is moved", async () => {
    const { sessions } = await import("@/writer/writer.svelte");
    await write();
    const path = "lectures/le-phare.md";
    const moved: [string, string][] = [[id, path]];
    fake.send("libraryChanged", { new: [], updated: [id], deleted: [], moved, many: false, generation: 2 });
    await tick();
    expect(sheet.id).toBe(id);
    expect([...sessions.keys()]).toEqual([id]);
    await type("Encore. ");
    await (await import("@/library/quitting")).saveAll();
    expect(called("saveText").map(({ args }) => args[0])).toEqual([id]);
  });

  it("is saved in UTF-8 when its file’s encoding lacks some of it", async () => {
    fake.failing.saveText = () => ({ kind: "unencodable", message: "windows-1252: U+202F", path: "a.md" });
    await write();
    await type("Encore\u202f! ");
    await (await import("@/library/quitting")).saveAll();
    const told = await screen.findByText(/n’a pas de place pour tous les caractères du texte/);
    expect(told).toHaveTextContent("(windows-1252: U+202F)");
    screen.getByRole("button", { name: "Enregistrer en UTF-8" }).click();
    await waitFor(() => expect(told).not.toBeInTheDocument());
    expect(called("saveTextInUtf8").map(({ args }) => args[0])).toEqual([id]);
    expect(fake.articles.find(({ row }) => row.id === id)?.text).toMatch(/^Encore\u202f! /);
  });

  it("is gone back to by F6, and takes every bare key", async () => {
    const text = await write();
    const region = screen.getByRole("main", { name: "Article" });
    region.focus();
    expect(text).not.toHaveFocus();
    press("Delete");
    press("s");
    // Nothing has a size here, and regions that are not shown are passed over.
    region.getClientRects = () => [new DOMRect()] as unknown as DOMRectList;
    press("F6");
    expect(text).toHaveFocus();
    press("?", { shiftKey: true });
    await tick();
    expect(dialog.open).toBeNull();
    expect([...called("trashArticles"), ...called("setStar")]).toEqual([]);
  });

  it("is saved and forgotten before the library is closed, which is then among the last used", async () => {
    const { sessions } = await import("@/writer/writer.svelte");
    fake.failing.saveText = failure("diskFull");
    await write();
    await type("Encore. ");
    await closeLibrary();
    const told = await screen.findByRole("alertdialog", { name: "Un texte n’a pas pu être enregistré" });
    expect(called("closeLibrary")).toEqual([]);
    expect([sheet.id, sessions.size]).toEqual([id, 1]);

    delete fake.failing.saveText;
    within(told).getByRole("button", { name: "Réessayer" }).click();
    await waitFor(() => expect(called("closeLibrary").length).toBe(1));
    const names = fake.calls.map(({ name }) => name);
    expect(names.lastIndexOf("saveText")).toBeLessThan(names.indexOf("closeLibrary"));
    expect(sessions.size).toBe(0);
    expect(fake.articles.find(({ row }) => row.id === id)?.text).toMatch(/^Encore\. /);
    await waitFor(() => expect(screen.getByRole("button", { name: /^Les Deux Rives/ })).toBeEnabled());
  });
});

describe("leaving a text that can't be saved", () => {
  const id = "article-0";
  const words = {
    fr: {
      text: /Le phare et la facture/,
      waiting: "Un texte attend votre décision",
      refused: "Un texte n’a pas pu être enregistré",
      conflict: /autre programme a modifié les mêmes mots/,
      gone: /fichier a été supprimé par un autre programme/,
      goTo: /^Aller à «\s*Le phare et la facture\s*»/,
      leave: "Fermer et garder la copie",
      kept: /copie de secours est gardée.+prochaine ouverture/,
      versions: /gardés parmi ses versions/,
      lost: /Aucun des deux disques n’accepte la copie d’un texte.+perdre ses mots/,
      lose: "Quitter et perdre des mots",
      full: /Le disque est plein/,
      retry: "Réessayer",
      later: "Plus tard",
      promise: /copie de secours|proposée/,
    },
    en: {
      text: /Le phare et la facture/,
      waiting: "One text waits for your decision",
      refused: "One text could not be saved",
      conflict: /Another program changed the same words/,
      gone: /file was deleted by another program/,
      goTo: /^Go to “Le phare et la facture”/,
      leave: "Leave and keep the copy",
      kept: /recovery copy is kept.+opened again/,
      versions: /kept among its versions/,
      lost: /Neither disk takes a copy of one text.+loses its unsaved words/,
      lose: "Quit and lose words",
      full: /The disk is full/,
      retry: "Try again",
      later: "Later",
      promise: /recovery copy|offered/,
    },
  };
  const languages = ["fr", "en"] as const;

  beforeEach(() => fake.reset());
  afterEach(async () => {
    fake.failing = {};
    closeDialog();
    closeSheet();
    await tick();
    await (await import("@/writer/writer.svelte")).forgetAll();
    await useLanguage("fr");
  });

  async function write(lang: "fr" | "en"): Promise<void> {
    await openWindow();
    await useLanguage(lang);
    openArticle(id, { mode: "write" });
    await screen.findByRole("textbox", { name: words[lang].text }, { timeout: 10_000 });
    const { openText } = await import("@/writer/writer.svelte");
    (await openText(id))?.buffer.dispatch({ changes: { from: 0, insert: "Encore. " } });
  }

  function theyWrite(): void {
    const file = fake.articles.find(({ row }) => row.id === id);
    if (file) file.text = `Leurs mots. ${file.text}`;
  }

  const fileNow = () => fake.articles.find(({ row }) => row.id === id)?.text;

  it.each(languages)("a conflict is named, gone to, or left with a copy: %s", async (lang) => {
    const say = words[lang];
    await write(lang);
    theyWrite();
    await closeLibrary();
    const told = await screen.findByRole("alertdialog", { name: say.waiting });
    expect(told).toHaveTextContent(say.conflict);
    expect(told).toHaveTextContent(say.kept);
    expect(told).not.toHaveTextContent(say.full);
    expect(within(told).queryByRole("button", { name: say.retry })).toBeNull();
    expect(await violations()).toEqual([]);

    closeSheet();
    within(told).getByRole("button", { name: say.goTo }).click();
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(sheet).toMatchObject({ id, mode: "write" });
    expect(called("closeLibrary")).toEqual([]);

    await closeLibrary();
    const again = await screen.findByRole("alertdialog", { name: say.waiting });
    within(again).getByRole("button", { name: say.leave }).click();
    await waitFor(() => expect(called("closeLibrary").length).toBe(1));
    expect(fileNow()).toMatch(/^Leurs mots\. /);
    expect(fake.copies[id]).toMatch(/^Encore\. /);
    // The words are offered as soon as the library is opened again.
    const { openLibraryAt } = await import("@/library/opening");
    await openLibraryAt("/home/maud/Articles");
    const offered = await screen.findByRole("alertdialog", {}, { timeout: 10_000 });
    expect(fake.recoveries[0]?.text).toMatch(/^Encore\. /);
    expect(offered).toHaveTextContent("Encore.");
    within(offered).getByRole("button", { name: say.later }).click();
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  });

  it.each(languages)("a file that was deleted is said to be so: %s", async (lang) => {
    await write(lang);
    fake.articles = fake.articles.filter(({ row }) => row.id !== id);
    fake.send("closeRequested", {});
    const told = await screen.findByRole("alertdialog", { name: words[lang].waiting });
    expect(told).toHaveTextContent(words[lang].gone);
    expect(told).not.toHaveTextContent(words[lang].full);
    expect(called("quit")).toEqual([]);
  });

  it.each(languages)("what no copy can be kept of is said to be lost: %s", async (lang) => {
    const say = words[lang];
    fake.failing = {
      saveText: failure("diskFull"),
      keepRecovery: failure("diskFull"),
      keepVersion: failure("io"),
    };
    await write(lang);
    fake.send("closeRequested", {});
    const told = await screen.findByRole("alertdialog", { name: say.refused });
    expect(told).toHaveTextContent(say.full);
    expect(told).toHaveTextContent(say.lost);
    expect(told).not.toHaveTextContent(say.promise);
    expect(await violations()).toEqual([]);
    within(told).getByRole("button", { name: say.lose }).click();
    await waitFor(() => expect(called("quit").length).toBe(1));
  });

  it.each(languages)("a version is kept where no copy can be: %s", async (lang) => {
    const say = words[lang];
    fake.failing = { saveText: failure("diskFull"), keepRecovery: failure("diskFull") };
    await write(lang);
    fake.send("closeRequested", {});
    const told = await screen.findByRole("alertdialog", { name: say.refused });
    expect(told).toHaveTextContent(say.versions);
    expect(told).not.toHaveTextContent(say.promise);
    expect(told).not.toHaveTextContent(say.lost);
    const kept = called("keepVersion").at(-1)?.args;
    expect(kept?.[1]).toMatch(/^Encore\. /);
    expect(kept?.[2]).toBe("unsaved");
  });
});

describe("quitting with many unsaved texts", () => {
  beforeEach(() => fake.reset());
  afterEach(async () => {
    fake.failing = {};
    closeDialog();
    await (await import("@/writer/writer.svelte")).forgetAll();
  });

  it("saves each but the one that the disk refuses, and keeps that for a recovery", async () => {
    const { openText } = await import("@/writer/writer.svelte");
    await openWindow();
    const ids = fake.articles.slice(0, 20).map(({ row }) => row.id);
    const refused = ids[7] ?? "";
    const { useWriter } = await import("@/library/quitting");
    useWriter(await import("@/writer/writer.svelte"));
    fake.failing.saveText = (id) => (id === refused ? failure("io") : null);
    for (const id of ids) {
      const text = await openText(id);
      text?.buffer.dispatch({ changes: { from: 0, insert: "Encore. " } });
      // None of them is on the sheet, where the view would say so.
      text?.session.edited();
    }
    fake.send("closeRequested", {});
    const name = "Un texte n’a pas pu être enregistré";
    const told = await screen.findByRole("alertdialog", { name }, { timeout: 10_000 });
    expect(within(told).getAllByRole("listitem").length).toBe(1);
    expect(called("quit")).toEqual([]);
    for (const id of ids) {
      const text = fake.articles.find(({ row }) => row.id === id)?.text ?? "";
      expect(text.startsWith("Encore. "), id).toBe(id !== refused);
    }
    expect(Object.keys(fake.copies)).toEqual([refused]);
    expect(fake.copies[refused]).toMatch(/^Encore\. /);
  });
});

describe("words of a killed run", () => {
  beforeEach(() => fake.reset());
  afterEach(() => fake.reset());

  function leaveBehind(diskNewer: boolean): string {
    const [first] = fake.articles;
    if (!first) throw failure("notFound");
    const { id, path, title } = first.row;
    const words = { text: `Mots perdus. ${first.text}`, onDisk: first.text, diskNewer };
    fake.recoveries.push({ key: id, id, path, title, savedAt: "2026-11-21T10:00:00Z", ...words });
    return id;
  }

  it.each([
    [false, "Reprendre la copie"],
    [true, "Garder le fichier"],
  ])(
    "are offered beside the file, the likelier one first (file changed since: %s)",
    async (newer, likelier) => {
      leaveBehind(newer);
      await openWindow();
      const offered = await screen.findByRole("alertdialog", {}, { timeout: 10_000 });
      expect(offered).toHaveTextContent("Mots perdus.");
      await waitFor(() => expect(within(offered).getByRole("button", { name: likelier })).toHaveFocus());
      expect(await violations()).toEqual([]);
      within(offered).getByRole("button", { name: "Garder le fichier" }).click();
      await waitFor(() => expect(called("dropRecovery").length).toBe(1));
      expect(called("takeRecovery")).toEqual([]);
      await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    },
  );

  it("become the text when they are chosen", async () => {
    const id = leaveBehind(true);
    await openWindow();
    const offered = await screen.findByRole("alertdialog", {}, { timeout: 10_000 });
    within(offered).getByRole("button", { name: "Reprendre la copie" }).click();
    await waitFor(() => expect(called("takeRecovery").map(({ args }) => args[0])).toEqual([id]));
    expect(fake.articles.find(({ row }) => row.id === id)?.text).toMatch(/^Mots perdus\. /);
    closeSheet();
  });
});

describe("copies that a sync program made", () => {
  beforeEach(() => fake.reset());
  afterEach(() => fake.reset());

  it("are not spoken of where there are none", async () => {
    await openWindow();
    expect(screen.queryByRole("button", { name: /^Copies en conflit/ })).toBeNull();
  });

  it("are listed with their articles, and compared in the writing view", async () => {
    const { copy, original } = fakeConflict();
    const warn = vi.spyOn(console, "warn");
    await openWindow();
    (await screen.findByRole("button", { name: "Copies en conflit, 1 article" })).click();
    const pairs = await screen.findByRole("list", { name: "Copies en conflit" });
    expect(within(pairs).getByText(/\.sync-conflict-/)).toBeVisible();
    expect(await violations()).toEqual([]);

    within(pairs)
      .getByRole("button", { name: /^Comparer/ })
      .click();
    expect(sheet).toMatchObject({ id: original, mode: "write" });
    const comparison = await screen.findByRole("region", { name: "Comparaison des deux textes" });
    // Nothing is done to the text behind it by its keys.
    const enabled = (id: string): boolean => isEnabled(command(id)!);
    expect(["writer-strong", "writer-undo", "writer-find", "writer-save"].map(enabled)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(called("openText").map(({ args }) => args[0])).toContain(copy);
    const before = fake.articles.find(({ row }) => row.id === original)?.text;
    within(comparison).getByRole("button", { name: "Prendre celui de la copie" }).click();
    await waitFor(() =>
      expect(fake.articles.find(({ row }) => row.id === original)?.text).toMatch(/Un mot de plus/),
    );
    expect(called("keepVersion").at(-1)?.args).toEqual([original, before, "conflict-copy"]);
    expect(fake.articles.some(({ row }) => row.id === copy)).toBe(true);
    // No view changes what belongs to the sheet.
    expect(warn.mock.calls.filter(([words]) => String(words).includes("ownership"))).toEqual([]);
    warn.mockRestore();
  });
});

describe("the trash", () => {
  beforeEach(() => fake.reset());

  it("lists what was thrown away, and gives it back", async () => {
    await openWindow();
    press("j");
    await waitFor(() => expect(list.cursor).toBe(0));
    const title = rowAt(0)?.title ?? "";
    press("Delete");
    await waitFor(() => expect(list.total).toBe(29));
    (await screen.findByRole("button", { name: "Corbeille, 1 article" })).click();
    const thrown = await screen.findByRole("list", { name: "Corbeille" });
    expect(within(thrown).getByText(title)).toBeVisible();
    expect(await violations()).toEqual([]);
    within(thrown)
      .getByRole("button", { name: /^Rétablir/ })
      .click();
    expect(await screen.findByText("La corbeille est vide.")).toBeVisible();
    expect(fake.articles.length).toBe(30);
  });
});

describe("the names of statuses", () => {
  it("are those of the library, else those of the interface, else as they are written", async () => {
    await openWindow();
    if (!library.current) throw new Error("no library");
    library.current.statuses = [
      { slug: "submitted", name: "Soumis" },
      { slug: "draft", name: "Draft" },
    ];
    expect(["submitted", "draft", "published", "odd"].map(statusName)).toEqual([
      "Soumis",
      "Brouillon",
      "Publié",
      "odd",
    ]);
    expect(allStatuses(["odd", "draft"]).map(({ slug }) => slug)).toEqual(["submitted", "draft", "odd"]);
  });
});

describe("the highlights of the library", () => {
  const mark = (
    id: string,
    of: string,
    quote: string,
    colour: "yellow" | "blue",
    made: number,
    tags: string[],
  ) => {
    (fake.highlights[of] ??= []).push({
      id,
      letters: quote,
      place: [0, quote.length],
      removed: false,
      highlight: { id, quote, colour, note: null, tags, made },
    });
  };

  it("are counted in the rail, listed newest first, narrowed, opened and exported", async () => {
    mark("one", "article-0", "Le premier", "yellow", 1_000, ["eau"]);
    mark("two", "article-1", "Le second", "blue", 2_000, []);
    await openWindow();
    const entry = await screen.findByRole("button", { name: "Surlignages, 2 passages" });
    entry.click();
    const listed = await screen.findByRole("list", { name: "Surlignages" });
    const quotes = (): string[] =>
      within(listed)
        .queryAllByRole("button")
        // The others quote the passage in the open draft.
        .flatMap((button) => /Le \w+/.exec(button.textContent ?? "")?.[0] ?? []);
    await waitFor(() => expect(quotes()).toEqual(["Le second", "Le premier"]));
    expect(await violations()).toEqual([]);

    screen.getByRole("button", { name: "bleu" }).click();
    await waitFor(() => expect(quotes()).toEqual(["Le second"]));
    screen.getByRole("button", { name: "bleu" }).click();
    await waitFor(() => expect(quotes()).toHaveLength(2));

    within(listed).getAllByRole("button")[1]?.click();
    expect(sheet.id).toBe("article-0");

    screen.getByRole("button", { name: "Exporter" }).click();
    (await screen.findByRole("menuitem", { name: /Tableau/ })).click();
    await waitFor(() => expect(called("exportHighlights")).toHaveLength(1));
    expect(called("exportHighlights")[0]?.args[1]).toBe("csv");
    expect(notices.list.at(-1)?.text).toContain("/home/maud/");
  });

  it("teach how to highlight while there are none", async () => {
    await openWindow();
    (await screen.findByRole("button", { name: "Surlignages, aucun passage" })).click();
    expect(await screen.findByText("Rien n’est encore surligné.")).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});
