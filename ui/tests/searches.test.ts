// Saved searches in the whole window, on the in-memory backend.
import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import App from "@/App.svelte";
import { toggleRead, toggleStar } from "@/library/actions";
import { closeDialog } from "@/library/dialogs.svelte";
import { closeSheet, library, sheet, wholeLibrary } from "@/library/library.svelte";
import { showPart } from "@/library/opening";
import { forgetRows, list } from "@/library/rows.svelte";
import { clearSearch, moveHit, search, searchAgain, searchMore } from "@/library/search.svelte";
import { asQuestion } from "@/library/searches/as-question";
import { forgetSearches, searches } from "@/library/searches/searches.svelte";
import { setPlace } from "@/library/triage";
import { forgetSteps, undoLast } from "@/library/undo.svelte";
import { applyStoredSettings } from "@/settings/settings.svelte";
import { useLanguage } from "@/shared/messages";
import { notices } from "@/shared/notices.svelte";
import { commands, fake } from "./fake-backend";

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
  forgetSearches();
});
afterEach(() => closeDialog());

async function open(language: "fr" | "en" = "en"): Promise<void> {
  const start = await commands.start();
  await applyStoredSettings({ ...start.settings, language, theme: "paper" }, start.systemLocale);
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
  await waitFor(() => expect(searches.known).not.toBeNull());
  // From here on the page hears what happens in the library.
  await waitFor(() => expect(fake.calls.some(({ name }) => name === "pageReady")).toBe(true));
}

function press(key: string, options: KeyboardEventInit = {}): void {
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }),
  );
}

const field = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Search the texts" });
const rail = () => within(screen.getByRole("navigation", { name: "Library" }));
const entries = (): string[] =>
  within(rail().getByRole("list", { name: "Saved searches" }))
    .getAllByRole("button")
    .map((button) => button.textContent.trim())
    .filter((name) => name !== "");
const found = (): string[] => search.hits.map(({ row }) => row.id);

/** Lets the first articles of the library lie somewhere. */
function put(count: number, place: "inbox" | "later"): string[] {
  const rows = fake.articles.slice(0, count).map(({ row }) => row);
  for (const row of fake.articles) row.row.place = "library";
  for (const row of rows) row.place = place;
  return rows.map(({ id }) => id);
}

async function ask(text: string): Promise<void> {
  await fireEvent.input(field(), { target: { value: text } });
  await waitFor(() => expect(search.answered).toBe(text));
}

async function save(text: string, name: string): Promise<void> {
  await ask(text);
  press("d", { ctrlKey: true });
  const dialog = within(await screen.findByRole("dialog", { name: "Save this search" }));
  await fireEvent.input(dialog.getByRole("textbox", { name: "Name" }), { target: { value: name } });
  await fireEvent.click(dialog.getByRole("button", { name: "Save" }));
  await rail().findByRole("button", { name });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
}

describe("a saved search", () => {
  it("is saved with its question as the proposed name, and stands in the rail", async () => {
    await open();
    expect(rail().queryByText("Saved searches")).toBeNull();
    put(3, "later");
    await ask("in:later");
    await fireEvent.click(screen.getByRole("button", { name: "Save this search" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Save this search" }));
    const name = dialog.getByRole<HTMLInputElement>("textbox", { name: "Name" });
    expect(name.value).toBe("in:later");
    expect(dialog.getByRole<HTMLInputElement>("textbox", { name: "Search for" }).value).toBe("in:later");
    const results = await axe.run(screen.getByRole("dialog"), {
      rules: { "color-contrast": { enabled: false } },
    });
    expect(results.violations.map(({ id }) => id)).toEqual([]);
    await fireEvent.input(name, { target: { value: "For the train" } });
    await fireEvent.click(dialog.getByRole("button", { name: "Save" }));
    const entry = await rail().findByRole("button", { name: "For the train" });
    await waitFor(() => expect(entry.getAttribute("aria-current")).toBe("page"));
    expect(screen.getByRole("heading", { level: 1, name: "For the train" })).toBeTruthy();
    // The button shows now what can be done to it.
    expect(screen.getByRole("button", { name: "Edit the saved search" })).toBeTruthy();
    await undoLast();
    await waitFor(() => expect(rail().queryByText("Saved searches")).toBeNull());
    expect(found()).toHaveLength(3);
    expect(screen.getByRole("heading", { level: 1, name: "Search" })).toBeTruthy();
  });

  it("shows what it finds at the moment, with the keys of a list", async () => {
    await open();
    const ids = put(4, "later");
    await save("in:later", "Later");
    showPart({ show: "all" });
    await waitFor(() =>
      expect(rail().getByRole("button", { name: "Later" }).getAttribute("aria-current")).toBeNull(),
    );
    await fireEvent.click(rail().getByRole("button", { name: "Later" }));
    await waitFor(() => expect(found()).toEqual(ids));

    const results = screen.getByRole("listbox", { name: "Results" });
    results.focus();
    press("j");
    expect(search.cursor).toBe(1);
    press("o");
    await waitFor(() => expect(sheet.id).toBe(ids[1]));
    press("k");
    expect(search.cursor).toBe(0);
    // Put away, it leaves, and the cursor is on the next one.
    press("e");
    await waitFor(() => expect(found()).toEqual(ids.slice(1)));
    expect(search.hits[search.cursor]?.row.id).toBe(ids[1]);
    press("z");
    await waitFor(() => expect(found()).toEqual(ids));
    expect(search.hits[search.cursor]?.row.id).toBe(ids[1]);
    // The context menu means the result it was asked on.
    await fireEvent.contextMenu(screen.getAllByRole("option")[2]!);
    await fireEvent.click(await screen.findByRole("menuitem", { name: /Archive/ }));
    await waitFor(() => expect(found()).toEqual([ids[0], ids[1], ids[3]]));
  });

  it("changes while it is looked at", async () => {
    await open();
    const ids = put(2, "later");
    const other = fake.articles[5]!.row;
    await save("in:later", "Later");
    other.place = "later";
    fake.send("libraryChanged", {
      new: [],
      updated: [other.id],
      deleted: [],
      moved: [],
      many: false,
      generation: 2,
    });
    await waitFor(() => expect(found()).toEqual([...ids, other.id]));
    await setPlace("library", [ids[0]!]);
    await waitFor(() => expect(found()).toEqual([ids[1], other.id]));
  });

  it("keeps in their place those that are only marked", async () => {
    await open();
    for (const { row } of fake.articles) row.read = true;
    const ids = put(3, "later");
    for (const { row } of fake.articles.slice(0, 3)) row.read = false;
    await save("is:unread", "New");
    await waitFor(() => expect(found()).toEqual(ids));
    const tell = async (id: string): Promise<void> => {
      const before = fake.calls.filter(({ name }) => name === "row").length;
      fake.send("libraryChanged", {
        new: [],
        updated: [id],
        deleted: [],
        moved: [],
        many: false,
        generation: 3,
      });
      await waitFor(() =>
        expect(fake.calls.filter(({ name }) => name === "row").length).toBeGreaterThan(before),
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
    };
    await toggleRead([ids[1]!]);
    await tell(ids[1]!);
    await toggleStar([ids[2]!]);
    await tell(ids[2]!);
    expect(found()).toEqual(ids);
    expect(search.hits[1]?.row.read).toBe(true);
  });

  /** Marks articles as read or not, as another window does. */
  async function mark(ids: string[], read: boolean): Promise<void> {
    for (const { row } of fake.articles) if (ids.includes(row.id)) row.read = read;
    fake.send("libraryChanged", {
      new: [],
      updated: ids,
      deleted: [],
      moved: [],
      many: false,
      generation: 4,
    });
    await waitFor(() =>
      expect(
        search.hits.filter(({ row }) => ids.includes(row.id)).every(({ row }) => row.read === read),
      ).toBe(true),
    );
  }

  it("goes on to its end though some were marked meanwhile, and shows nothing twice", async () => {
    fake.reset(130);
    await open();
    for (const { row } of fake.articles) row.read = false;
    const ids = fake.articles.map(({ row }) => row.id);
    await ask("is:unread");
    expect(found()).toEqual(ids.slice(0, 40));
    await mark(ids.slice(0, 3), true);
    await searchMore();
    // None of those behind is left out.
    expect(found()).toEqual(ids.slice(0, 80));
    expect(search.total).toBe(130);
    await mark(ids.slice(1, 3), false);
    await searchMore();
    expect(found()).toEqual(ids.slice(0, 120));
    await mark(ids.slice(100, 110), true);
    for (let turn = 0; turn < 3; turn += 1) await searchMore();
    expect(found()).toEqual(ids);
    const asked = (): number => fake.calls.filter(({ name }) => name === "search").length;
    const before = asked();
    await searchMore();
    expect(asked()).toBe(before);
  });

  it("stays as long as it is when it is asked again", async () => {
    fake.reset(700);
    await open();
    for (const { row } of fake.articles) row.read = false;
    const ids = fake.articles.map(({ row }) => row.id);
    await ask("is:unread");
    while (search.hits.length < 560) await searchMore();
    moveHit(550);
    fake.articles[0]!.row.read = true;
    searchAgain();
    await waitFor(() => expect(found()[0]).toBe(ids[1]));
    expect(found()).toEqual(ids.slice(1, 561));
    expect(search.hits[search.cursor]?.row.id).toBe(ids[550]);
    expect(search.total).toBe(699);
  });

  it("is moved one move after the other, and undone so; with Shift and Delete it goes", async () => {
    await open();
    await save("in:later", "One");
    await save("in:inbox", "Two");
    await save("is:unread", "Three");
    await save("is:read", "Four");
    forgetSteps();
    fake.delay = 5;
    rail().getByRole("button", { name: "One" }).focus();
    press("ArrowDown", { altKey: true });
    press("ArrowDown", { altKey: true });
    press("z");
    const order = (): string[] => fake.searches.map(({ name }) => name);
    const moves = (): number => fake.calls.filter(({ name }) => name === "moveSearch").length;
    await waitFor(() => expect(moves()).toBe(3));
    await waitFor(() => expect(order()).toEqual(["Two", "One", "Three", "Four"]));
    await waitFor(() => expect(entries()).toEqual(order()));
    await undoLast();
    expect(order()).toEqual(["One", "Two", "Three", "Four"]);
    fake.delay = 0;

    rail().getByRole("button", { name: "Four" }).focus();
    press("Delete", { shiftKey: true });
    await waitFor(() => expect(entries()).toEqual(["One", "Two", "Three"]));
    await waitFor(() => expect(document.activeElement?.textContent.trim()).toBe("Three"));
    expect(fake.calls.some(({ name }) => name === "trashArticles")).toBe(false);
  });

  it("is one of the first of many in the rail", async () => {
    await open();
    fake.searches = Array.from({ length: 500 }, (_, at) => ({
      id: `s${at}`,
      name: `Search ${at}`,
      query: "is:read",
      on: true,
    }));
    fake.send("searchesChanged", {});
    await waitFor(() => expect(entries()).toHaveLength(15));
    await fireEvent.click(rail().getByRole("button", { name: /486/ }));
    await waitFor(() => expect(entries()).toHaveLength(401));
  });

  it("is edited in the field, and updated or left as it was", async () => {
    await open();
    put(3, "later");
    await save("in:later", "Later");
    await ask("in:inbox");
    expect(screen.getByText(/The search “Later” was edited/)).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: "Go back" }));
    await waitFor(() => expect(search.answered).toBe("in:later"));
    expect(field().value).toBe("in:later");
    expect(screen.queryByRole("button", { name: "Go back" })).toBeNull();

    await ask("in:inbox");
    await fireEvent.click(screen.getByRole("button", { name: "Update it" }));
    await waitFor(() => expect(fake.searches[0]?.query).toBe("in:inbox"));
    await screen.findByText("“Later” is changed.");
    expect(screen.queryByRole("button", { name: "Update it" })).toBeNull();
    await undoLast();
    await waitFor(() => expect(fake.searches[0]?.query).toBe("in:later"));
    expect(field().value).toBe("in:later");
    // From an empty field on it is another search.
    await fireEvent.input(field(), { target: { value: "" } });
    await ask("in:inbox");
    expect(screen.queryByText(/was edited/)).toBeNull();
    expect(screen.getByRole("heading", { level: 1, name: "Search" })).toBeTruthy();
  });

  it("is renamed, moved and removed by keyboard and by menu, and all is undone", async () => {
    await open();
    await save("in:later", "One");
    await save("in:inbox", "Two");
    await save("is:unread", "Three");
    expect(entries()).toEqual(["One", "Two", "Three"]);

    rail().getByRole("button", { name: "Three" }).focus();
    press("ArrowUp", { altKey: true });
    await waitFor(() => expect(entries()).toEqual(["One", "Three", "Two"]));
    await waitFor(() => expect(document.activeElement?.textContent.trim()).toBe("Three"));
    await undoLast();
    await waitFor(() => expect(entries()).toEqual(["One", "Two", "Three"]));

    rail().getByRole("button", { name: "One" }).focus();
    press("F2");
    const dialog = within(await screen.findByRole("dialog", { name: "Edit the saved search" }));
    await fireEvent.input(dialog.getByRole("textbox", { name: "Name" }), { target: { value: "First" } });
    await fireEvent.click(dialog.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(entries()).toEqual(["First", "Two", "Three"]));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await undoLast();
    await waitFor(() => expect(entries()).toEqual(["One", "Two", "Three"]));

    await fireEvent.click(rail().getByRole("button", { name: "Actions on “One”" }));
    await fireEvent.click(await screen.findByRole("menuitem", { name: /Move down/ }));
    await waitFor(() => expect(entries()).toEqual(["Two", "One", "Three"]));

    rail().getByRole("button", { name: "Two" }).focus();
    press("Delete");
    await waitFor(() => expect(entries()).toEqual(["One", "Three"]));
    await waitFor(() => expect(document.activeElement?.textContent.trim()).toBe("One"));
    // In Mail, too, what is put away is a search, not its articles.
    expect(fake.calls.some(({ name }) => name === "trashArticles")).toBe(false);
    press("z");
    await waitFor(() => expect(entries()).toEqual(["Two", "One", "Three"]));
  });

  it("follows what another desk says", async () => {
    await open();
    put(2, "later");
    await save("in:inbox", "Mine");
    fake.searches.push({ id: "theirs", name: "Theirs", query: "is:read", on: true });
    fake.searches[0]!.query = "in:later";
    fake.send("searchesChanged", {});
    await waitFor(() => expect(entries()).toEqual(["Mine", "Theirs"]));
    await waitFor(() => expect(found()).toHaveLength(2));
    expect(field().value).toBe("in:later");
    // But not over what is being typed.
    await ask("in:library");
    fake.searches[0]!.query = "in:archive";
    fake.send("searchesChanged", {});
    await waitFor(() => expect(searches.known?.[0]?.query).toBe("in:archive"));
    expect(field().value).toBe("in:library");
    fake.searches[0]!.on = false;
    fake.send("searchesChanged", {});
    await waitFor(() => expect(entries()).toEqual(["Theirs"]));
    expect(field().value).toBe("in:library");
  });

  it("is made of the filters of the list", async () => {
    await open();
    showPart({ show: "later" });
    await tick();
    press("d", { ctrlKey: true });
    const dialog = within(await screen.findByRole("dialog", { name: "Save this search" }));
    expect(dialog.getByRole<HTMLInputElement>("textbox", { name: "Name" }).value).toBe("Later");
    expect(dialog.getByRole<HTMLInputElement>("textbox", { name: "Search for" }).value).toBe("in:later");
  });
});

describe("the list as a question", () => {
  it("is told in the language of the window", async () => {
    const cases = [
      [{}, null, null],
      [{ show: "recent" }, null, null],
      [{ show: "inbox" }, "in:inbox", "dans:réception"],
      [{ show: "drafts", lang: "fr" }, "is:draft lang:fr", "est:brouillon langue:fr"],
      [
        { section: "analyses/europe", author: "Marie Durand" },
        'section:analyses/europe author:"Marie Durand"',
        'rubrique:analyses/europe auteur:"Marie Durand"',
      ],
      // The last word of a question would also find what only begins so.
      [{ tag: "mer" }, 'tag:"mer"', 'mot:"mer"'],
      [
        { author: "Colette", status: "ready" },
        'status:ready author:"Colette"',
        'statut:ready auteur:"Colette"',
      ],
      [
        { tag: 'dit "vert"', status: "review" },
        'status:review tag:"dit  vert"',
        'statut:review mot:"dit  vert"',
      ],
    ] as const;
    for (const [query, en, fr] of cases) {
      useLanguage("en");
      expect(asQuestion({ ...wholeLibrary, ...query })).toBe(en);
      useLanguage("fr");
      expect(asQuestion({ ...wholeLibrary, ...query })).toBe(fr);
    }
  });
});
