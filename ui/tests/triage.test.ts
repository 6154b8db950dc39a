// Triage in the whole window, on the in-memory backend: by the keys, with undo, and tags with completion.
import { render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import App from "@/App.svelte";
import type { Place, Row } from "@/backend";
import { targets } from "@/library/actions";
import { closeDialog } from "@/library/dialogs.svelte";
import { closeSheet, library, openArticle, sheet } from "@/library/library.svelte";
import { showPart } from "@/library/opening";
import { forgetRows, list, moveCursor, picked, refreshRows, rowAt } from "@/library/rows.svelte";
import { clearSearch } from "@/library/search.svelte";
import { cleanTag, completions, tagsOf } from "@/library/tags";
import { canUndo, forgetSteps } from "@/library/undo.svelte";
import { applyStoredSettings } from "@/settings/settings.svelte";
import { notices } from "@/shared/notices.svelte";
import { commands, failure, fake } from "./fake-backend";

// A slow machine is no defect.

beforeEach(() => {
  library.current = null;
  library.overview = null;
  library.view = "start";
  library.selectedId = null;
  notices.list = [];
  fake.reset();
  closeSheet();
  clearSearch();
  forgetRows();
  forgetSteps();
});
afterEach(() => closeDialog());

/** Opens the window on a library whose first articles, in the order of the list, lie in the inbox. */
async function openInbox(inbox = 5): Promise<string[]> {
  const start = await commands.start();
  const everything = { ...emptyQuery, sort: "date" as const, descending: true };
  const ids = (await commands.list(everything, 0, inbox)).rows.map((row) => row.id);
  for (const { row } of fake.articles) if (ids.includes(row.id)) row.place = "inbox";
  await applyStoredSettings({ ...start.settings, language: "fr", theme: "paper" }, start.systemLocale);
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
  // From here on the page hears what happens in the library.
  await waitFor(() => expect(fake.calls.some(({ name }) => name === "pageReady")).toBe(true));
  showPart({ show: "inbox" });
  await waitFor(() => expect(list.total).toBe(inbox));
  screen.getByRole("listbox").focus();
  await moveCursor(0);
  await tick();
  return ids;
}

const emptyQuery = { section: null, status: null, tag: null, author: null, lang: null, show: "all" as const };
const placeOf = (id: string | undefined): Place | undefined =>
  fake.articles.find(({ row }) => row.id === id)?.row.place;
const rowOf = (id: string): Row => fake.articles.find(({ row }) => row.id === id)!.row;

function press(key: string, options: KeyboardEventInit = {}): void {
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }),
  );
}

async function type(name: string, text: string): Promise<HTMLInputElement> {
  const field = await screen.findByRole<HTMLInputElement>("combobox", { name });
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await tick();
  return field;
}

async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, {
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

describe("triage by the keys", () => {
  it.each<[string, Place]>([
    ["e", "archive"],
    ["l", "later"],
    ["b", "library"],
  ])("%s puts into %s and goes on to the next", async (key, place) => {
    const ids = await openInbox();
    press(key);
    await waitFor(() => expect(list.total).toBe(4));
    expect(placeOf(ids[0])).toBe(place);
    expect(library.selectedId).toBe(ids[1]);
    expect(rowAt(list.cursor)?.id).toBe(ids[1]);
  });

  it("keys pressed one after the other mean one article each", async () => {
    const ids = await openInbox();
    fake.delay = 15;
    for (const key of ["e", "l", "e"]) {
      press(key);
      // Two keys are never in one turn of the page.
      await new Promise((resolve) => setTimeout(resolve));
    }
    await waitFor(() => expect(list.total).toBe(2));
    expect(ids.map(placeOf)).toEqual(["archive", "later", "archive", "inbox", "inbox"]);
    expect(library.selectedId).toBe(ids[3]);
  });

  it("the last of the list leaves the cursor on the one before, an empty list says what to do", async () => {
    const ids = await openInbox(2);
    await moveCursor(1);
    press("e");
    await waitFor(() => expect(list.total).toBe(1));
    expect(library.selectedId).toBe(ids[0]);
    press("e");
    expect(await screen.findByText("La boîte de réception est vide.")).toBeVisible();
    expect(screen.getByText(/La touche I y remet/)).toBeVisible();
    expect(await violations()).toEqual([]);
    press("z");
    await waitFor(() => expect(list.total).toBe(1));
  });

  it("z takes back the steps one after the other, the last first", async () => {
    const ids = await openInbox();
    press("e");
    await waitFor(() => expect(list.total).toBe(4));
    press("l");
    await waitFor(() => expect(list.total).toBe(3));
    press("z");
    await waitFor(() => expect(list.total).toBe(4));
    expect(ids.map(placeOf)).toEqual(["archive", "inbox", "inbox", "inbox", "inbox"]);
    expect(library.selectedId).toBe(ids[1]);
    press("z");
    await waitFor(() => expect(list.total).toBe(5));
    expect(library.selectedId).toBe(ids[0]);
    await waitFor(() => expect(canUndo()).toBe(false));
  });

  it("several chosen articles go together, and come back each to its own place", async () => {
    const ids = await openInbox(4);
    rowOf(ids[1]!).place = "later";
    showPart({ show: "all" });
    await waitFor(() => expect(list.total).toBe(30));
    screen.getByRole("listbox").focus();
    await moveCursor(0);
    await moveCursor(2, true);
    expect(picked.ids).toEqual(ids.slice(0, 3));
    press("e");
    await waitFor(() => expect(ids.map(placeOf)).toEqual(["archive", "archive", "archive", "inbox"]));
    expect(await screen.findByText("3 articles sont dans les archives.")).toBeVisible();
    // They stay in the list of everything: the next one is the one below them.
    expect(library.selectedId).toBe(ids[3]);
    screen.getByRole("button", { name: "Annuler" }).click();
    await waitFor(() => expect(ids.map(placeOf)).toEqual(["inbox", "later", "inbox", "inbox"]));
  });

  it("from the sheet, the next article is opened; undo opens the one that was put away", async () => {
    const ids = await openInbox();
    openArticle(ids[0]!);
    screen.getByRole("main", { name: "Article" }).focus();
    expect(targets()).toEqual([ids[0]]);
    press("e");
    await waitFor(() => expect(sheet.id).toBe(ids[1]));
    press("z");
    await waitFor(() => expect(sheet.id).toBe(ids[0]));
    expect(placeOf(ids[0])).toBe("inbox");
  });

  it("what is being written stays on the sheet", async () => {
    const ids = await openInbox();
    openArticle(ids[0]!, { mode: "write" });
    screen.getByRole("listbox").focus();
    press("e");
    await waitFor(() => expect(placeOf(ids[0])).toBe("archive"));
    expect(sheet.id).toBe(ids[0]);
  });

  it("a list that is gone to while the one before is read again is the one that is shown", async () => {
    await openInbox();
    fake.delay = 20;
    press("l");
    await new Promise((resolve) => setTimeout(resolve, 30));
    void refreshRows();
    showPart({ show: "later" });
    void refreshRows();
    await new Promise((resolve) => setTimeout(resolve, 400));
    await waitFor(() => expect(list.total).toBe(1));
    expect(rowAt(0)?.place).toBe("later");
  });

  it("what could not be said is shown as it was, and told", async () => {
    const ids = await openInbox();
    fake.failing.setPlace = failure("diskFull");
    press("e");
    expect(await screen.findByText("Le disque est plein.")).toBeVisible();
    await waitFor(() => expect(rowAt(0)?.place).toBe("inbox"));
    expect(placeOf(ids[0])).toBe("inbox");
    expect(canUndo()).toBe(false);
  });

  it("z also takes back a star and the trash", async () => {
    const ids = await openInbox();
    const starred = rowOf(ids[0]!).starred;
    press("s");
    await waitFor(() => expect(rowOf(ids[0]!).starred).toBe(!starred));
    press("Delete");
    await waitFor(() => expect(list.total).toBe(4));
    press("z");
    await waitFor(() => expect(list.total).toBe(5));
    press("z");
    await waitFor(() => expect(rowOf(ids[0]!).starred).toBe(starred));
  });

  it("the rail counts, and the button of the sheet archives and takes out", async () => {
    const ids = await openInbox();
    expect(await screen.findByRole("button", { name: "Boîte de réception, 5 articles" })).toBeVisible();
    showPart({ show: "all" });
    openArticle(ids[0]!);
    const button = await screen.findByRole("button", { name: "Archiver" });
    button.click();
    await waitFor(() => expect(placeOf(ids[0])).toBe("archive"));
    expect(await screen.findByRole("button", { name: "Archives, 1 article" })).toBeVisible();
    openArticle(ids[0]!);
    (await screen.findByRole("button", { name: "Archivé" })).click();
    await waitFor(() => expect(placeOf(ids[0])).toBe("library"));
  });
});

describe("tags", () => {
  it.each([
    ["  #Bord  de mer ", "Bord de mer"],
    ["##eau", "eau"],
    [" # ", ""],
    ["C#", "C#"],
  ])("are kept without signs and needless spaces: %j", (typed, kept) => expect(cleanTag(typed)).toBe(kept));

  it("completion knows letters without accents, the exact word first, and what is new", () => {
    const row = { ...rowOf("article-0"), tags: ["budget"], ownTags: [] };
    const known = ["eau", "école", "budget", "Écologie", "eaux usées"].map((value, i) => ({
      value,
      count: 9 - i,
    }));
    const names = (typed: string): string[] =>
      completions(typed, known, [row]).map(({ name, isNew }) => (isNew ? `+${name}` : name));
    expect(names("")).toEqual(["eau", "école", "Écologie", "eaux usées"]);
    expect(names("eco")).toEqual(["école", "Écologie", "+eco"]);
    expect(names("eau")).toEqual(["eau", "eaux usées"]);
    expect(names("budget")).toEqual([]);
    expect(names("phare")).toEqual(["+phare"]);
  });

  it("of several articles are counted, the reader's apart from the file's", () => {
    const row = rowOf("article-0");
    const rows = [
      { ...row, tags: ["eau", "loi"], ownTags: ["loi"] },
      { ...row, tags: ["loi"], ownTags: [] },
    ];
    expect(tagsOf(rows)).toEqual([
      { name: "eau", on: 1, own: 0 },
      { name: "loi", on: 2, own: 1 },
    ]);
  });

  it("are given with completion and taken again; those of the file stay", async () => {
    const ids = await openInbox();
    const before = [...rowOf(ids[0]!).tags];
    press("t");
    const field = await type("Ajouter un mot-clé", "transp");
    expect(await screen.findByRole("option", { name: /^transp/ })).toHaveAttribute("aria-selected", "true");
    expect(await violations()).toEqual([]);
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await waitFor(() => expect(rowOf(ids[0]!).ownTags).toEqual(["transport"]));
    const tags = within(screen.getByRole("list", { name: "Mots-clés" }));
    const take = await tags.findByRole("button", { name: /Ôter «.transport.»/ });
    for (const tag of before)
      expect(tags.queryByRole("button", { name: new RegExp(`Ôter «.${tag}.»`) })).toBeNull();
    expect(tags.getAllByText("(dans le fichier)").length).toBe(before.length);
    take.click();
    await waitFor(() => expect(rowOf(ids[0]!).tags).toEqual(before));
    closeDialog();
    await tick();
    // Taking it away is taken back, then giving it.
    press("z");
    await waitFor(() => expect(rowOf(ids[0]!).ownTags).toEqual(["transport"]));
    press("z");
    await waitFor(() => expect(rowOf(ids[0]!).tags).toEqual(before));
  });

  it("are given to all of several articles", async () => {
    const ids = await openInbox();
    await moveCursor(1, true);
    press("t");
    const field = await type("Ajouter un mot-clé", "à relire");
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await waitFor(() =>
      expect(ids.slice(0, 3).map((id) => rowOf(id).ownTags)).toEqual([["à relire"], ["à relire"], []]),
    );
  });

  it("are renamed everywhere, with a report of the files that could not be", async () => {
    await openInbox();
    const having = fake.articles.filter(({ row }) => row.tags.includes("littoral")).map(({ row }) => row);
    fake.readOnly.add(having[0]!.id);
    const group = await screen.findByRole("button", { name: "Mots-clés" });
    if (group.getAttribute("aria-expanded") === "false") group.click();
    (await screen.findByRole("button", { name: /Actions sur «.littoral.»/ })).click();
    (await screen.findByRole("menuitem", { name: "Renommer partout…" })).click();
    const dialog = await screen.findByRole("dialog", { name: /Renommer «.littoral.» partout/ });
    const field = within(dialog).getByRole<HTMLInputElement>("textbox", { name: "Nouveau nom" });
    field.value = "côte";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await tick();
    within(dialog).getByRole("button", { name: "Renommer" }).click();
    expect(await within(dialog).findByText(having[0]!.path)).toBeVisible();
    expect(within(dialog).getByText("Écriture refusée.")).toBeVisible();
    expect(having.map((row) => row.tags.includes("côte"))).toEqual(having.map((_, i) => i > 0));
    expect(await violations()).toEqual([]);
  });
});
