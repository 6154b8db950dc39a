// Collections in the whole window, on the in-memory backend: made, filled, put in order, emptied, removed, and undone.
import { render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import App from "@/App.svelte";
import { found } from "@/library/collections/choices";
import { collections, forgetCollections, openCollection } from "@/library/collections/collections.svelte";
import { moveTo } from "@/library/collections/membership";
import { moveCollection, remove } from "@/library/collections/naming";
import { closeDialog, openDialog } from "@/library/dialogs.svelte";
import { closeSheet, library } from "@/library/library.svelte";
import { showPart } from "@/library/opening";
import { moving } from "@/library/moving.svelte";
import { forgetRows, list, moveCursor, picked, rowAt } from "@/library/rows.svelte";
import { clearSearch, searchFor } from "@/library/search.svelte";
import { canUndo, forgetSteps, undoLast } from "@/library/undo.svelte";
import { applyStoredSettings } from "@/settings/settings.svelte";
import { runCommand } from "@/shared/commands.svelte";
import { notices } from "@/shared/notices.svelte";
import { commands, failure, fake } from "./fake-backend";
import { fakeCollections } from "./fake-collections";

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
  forgetCollections();
  moving.said = "";
});
afterEach(() => closeDialog());

const ids = (): string[] => fake.articles.map(({ row }) => row.id);
const members = (id: string): string[] => fakeCollections.members(id);
const shown = (): (string | undefined)[] =>
  Array.from({ length: list.total }, (_, index) => rowAt(index)?.id);

/** Opens the window; `made` are collections that are there, by name, with so many of the first articles. */
async function open(made: Record<string, number> = {}): Promise<string[]> {
  const start = await commands.start();
  const keys = Object.entries(made).map(([name, count]) => fakeCollections.make(name, ids().slice(0, count)));
  await applyStoredSettings(
    { ...start.settings, extra: {}, language: "fr", theme: "paper" },
    start.systemLocale,
  );
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
  await waitFor(() => expect(collections.known?.length).toBe(keys.length));
  // From here on the page hears what happens in the library.
  await waitFor(() => expect(fake.calls.some(({ name }) => name === "pageReady")).toBe(true));
  return keys;
}

/** Shows a collection, with the cursor of the list on one of its rows. */
async function show(id: string, cursor = 0): Promise<void> {
  openCollection(id);
  await waitFor(() => expect(shown()).toEqual(members(id)));
  screen.getByRole("listbox", { name: collections.known?.find((one) => one.id === id)?.name }).focus();
  await moveCursor(cursor);
  await tick();
}

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
  field.focus();
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

const group = (): HTMLElement => screen.getByRole("list", { name: "Collections" });
const names = (): string[] =>
  within(group())
    .queryAllByRole("button", { name: /, / })
    .map((entry) => entry.textContent?.replace(/\s+/g, " ").trim() ?? "");

describe("collections in the rail", () => {
  it("stand in their order with their counts, and open by hand", async () => {
    const [first] = await open({ "À citer": 3, Zone: 0 });
    expect(names()).toEqual(["À citer 3", "Zone"]);
    expect(await violations()).toEqual([]);
    within(group())
      .getByRole("button", { name: /^À citer, 3/ })
      .click();
    await waitFor(() => expect(shown()).toEqual(members(first!)));
    expect(library.query).toMatchObject({ collection: first, sort: "hand" });
    expect(screen.getByRole("heading", { level: 1, name: "À citer" })).toBeVisible();
    // Elsewhere the order is what it was.
    showPart({ show: "all" });
    await waitFor(() => expect(list.total).toBe(fake.articles.length));
    expect(library.query).toMatchObject({ sort: "date", descending: true });
  });

  it("are made, renamed, moved and removed, and every step is undone", async () => {
    const [one] = await open({ Un: 1, Deux: 2 });
    screen.getByRole("button", { name: "Nouvelle collection" }).click();
    const field = await screen.findByRole<HTMLInputElement>("textbox", { name: "Nom de la collection" });
    field.value = " Trois ";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await tick();
    (await screen.findByRole("button", { name: "Créer" })).click();
    await waitFor(() => expect(names()).toEqual(["Un 1", "Deux 2", "Trois"]));
    expect(await screen.findByRole("heading", { name: "Cette collection est vide." })).toBeVisible();

    const entry = within(group()).getByRole("button", { name: /^Un, / });
    entry.focus();
    press("ArrowDown", { altKey: true });
    await waitFor(() => expect(names()).toEqual(["Deux 2", "Un 1", "Trois"]));
    expect(screen.getByText("« Un » : 2 sur 3", { normalizer: plain })).toBeInTheDocument();
    press("z");
    await waitFor(() => expect(names()).toEqual(["Un 1", "Deux 2", "Trois"]));

    await show(one!);
    await runCommand("collection-rename");
    const name = await screen.findByRole<HTMLInputElement>("textbox", { name: "Nom de la collection" });
    expect(name.value).toBe("Un");
    name.value = "Premier";
    name.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await tick();
    (await screen.findByRole("button", { name: "Renommer" })).click();
    await waitFor(() => expect(names()[0]).toBe("Premier 1"));
    await runCommand("collection-remove");
    await waitFor(() => expect(names()).toEqual(["Deux 2", "Trois"]));
    expect(library.query.collection ?? null).toBeNull();
    press("z");
    await waitFor(() => expect(names()[0]).toBe("Premier 1"));
    await waitFor(() => expect(shown()).toEqual(members(one!)));
    press("z");
    await waitFor(() => expect(names()[0]).toBe("Un 1"));
    press("z");
    await waitFor(() => expect(names()).toEqual(["Un 1", "Deux 2"]));
  });

  it("are put in order with the pointer; Escape gives up", async () => {
    await open({ Un: 0, Deux: 0, Trois: 0 });
    const entries = within(group()).getAllByRole("button", { name: /, / });
    entries.forEach((entry, at) => {
      entry.getBoundingClientRect = () => new DOMRect(0, at * 30, 200, 30);
    });
    const drag = async (end: () => void): Promise<void> => {
      const pointer = { bubbles: true, button: 0, buttons: 1, clientX: 20 };
      entries[0]!.dispatchEvent(new MouseEvent("pointerdown", { ...pointer, clientY: 10 }));
      window.dispatchEvent(new MouseEvent("pointermove", { ...pointer, clientY: 70 }));
      end();
      await tick();
    };
    await drag(() => press("Escape"));
    expect(fake.calls.filter(({ name }) => name === "moveCollection")).toEqual([]);
    await drag(() => window.dispatchEvent(new MouseEvent("pointerup", { clientX: 20, clientY: 70 })));
    await waitFor(() => expect(names()).toEqual(["Deux", "Un", "Trois"]));
  });

  it("follow what other windows say, and what goes from the library", async () => {
    const [first] = await open({ Un: 3 });
    await show(first!);
    fakeCollections.all[0]!.members.reverse();
    fakeCollections.make("Ailleurs", []);
    fake.send("collectionsChanged", {});
    await waitFor(() => expect(names()).toEqual(["Un 3", "Ailleurs"]));
    await waitFor(() => expect(shown()).toEqual(members(first!)));
    await commands.trashArticles([members(first!)[0]!]);
    await waitFor(() => expect(names()[0]).toBe("Un 2"));
    fakeCollections.all[0]!.removed = true;
    fake.send("collectionsChanged", {});
    await waitFor(() => expect(names()).toEqual(["Ailleurs"]));
    await waitFor(() => expect(library.query.collection ?? null).toBeNull());
  });
});

describe("collections in the rail, beside other views", () => {
  it("are removed from under a search, here or elsewhere, and the search stays", async () => {
    const [first, second] = await open({ Un: 3, Deux: 2 });
    for (const [at, removed] of [first, second].entries()) {
      openCollection(removed!);
      await waitFor(() => expect(list.total).toBe(3 - at));
      searchFor("tag:x");
      if (at === 0) await remove(removed!);
      else {
        fakeCollections.all.find(({ id }) => id === removed)!.removed = true;
        fake.send("collectionsChanged", {});
      }
      await waitFor(() => expect(collections.known?.length).toBe(1 - at));
      expect(library.view).toBe("search");
      // The list, when one comes back to it, is none of what was removed.
      await waitFor(() => expect(list.total).toBe(fake.articles.length));
      expect(library.query).toMatchObject({ collection: null, sort: "date", descending: true });
    }
  });

  it("leave other views alone when another desk removes one", async () => {
    await open({ Un: 3, Deux: 2 });
    library.view = "trash";
    fakeCollections.all[0]!.removed = true;
    fake.send("collectionsChanged", {});
    await waitFor(() => expect(collections.known?.length).toBe(1));
    expect(library.view).toBe("trash");
  });

  it("are moved one move after the other, and undone so", async () => {
    await open({ Un: 0, Deux: 0, Trois: 0, Quatre: 0 });
    fake.delay = 5;
    within(group()).getByRole("button", { name: /^Un, / }).focus();
    press("ArrowDown", { altKey: true });
    press("ArrowDown", { altKey: true });
    press("z");
    const order = (): string[] => fakeCollections.all.map(({ name }) => name);
    const moves = (): number => fake.calls.filter(({ name }) => name === "moveCollection").length;
    await waitFor(() => expect(moves()).toBe(3));
    await waitFor(() => expect(order()).toEqual(["Deux", "Un", "Trois", "Quatre"]));
    await waitFor(() => expect(names()).toEqual(order()));
    await undoLast();
    expect(order()).toEqual(["Un", "Deux", "Trois", "Quatre"]);
    expect(canUndo()).toBe(false);
    // At the end there is nothing to undo.
    await moveCollection(fakeCollections.all[0]!.id, -1);
    expect(canUndo()).toBe(false);
  });

  it("go with Shift and Delete as with Delete; the articles of the list are not meant", async () => {
    const [first] = await open({ Un: 3, Deux: 0 });
    await show(first!);
    within(group()).getByRole("button", { name: /^Un, / }).focus();
    press("Delete", { shiftKey: true });
    await waitFor(() => expect(names()).toEqual(["Deux"]));
    expect(fake.calls.filter(({ name }) => name === "takeFromCollection")).toEqual([]);
    await waitFor(() => expect(document.activeElement?.textContent.trim()).toBe("Deux"));
    await undoLast();
    await waitFor(() => expect(names()).toEqual(["Un 3", "Deux"]));
  });

  it("are shown in part when there are many, with the one that is open", async () => {
    const many = Object.fromEntries(Array.from({ length: 440 }, (_, at) => [`Liste ${at}`, 0]));
    const keys = await open(many);
    const more = (): HTMLElement => within(group()).getByRole("button", { name: /426/ });
    expect(names()).toHaveLength(14);
    expect(more()).toHaveAttribute("aria-expanded", "false");
    openCollection(keys[20]!);
    // Asking for roles among so many takes its time.
    const inRail = (): HTMLElement[] => [...group().querySelectorAll<HTMLElement>("[data-rail-id]")];
    await waitFor(() => expect(inRail()).toHaveLength(400));
    within(group()).getByText("Moins").click();
    await waitFor(() => expect(inRail()).toHaveLength(14));
    inRail()[13]!.focus();
    press("ArrowDown", { altKey: true });
    await waitFor(() => expect(inRail()[14]?.textContent.trim()).toBe("Liste 13"));
    await waitFor(() => expect(document.activeElement?.textContent.trim()).toBe("Liste 13"));
  });
});

describe("articles in collections", () => {
  it("D puts in and takes out, marks what holds them, and makes new ones", async () => {
    const [first, second] = await open({ "À citer": 1, Zone: 2 });
    screen.getByRole("listbox").focus();
    await moveCursor(0);
    const at = ids().indexOf(rowAt(0)!.id);
    press("d");
    await screen.findByRole("combobox", { name: "Chercher ou créer une collection" });
    const options = await screen.findAllByRole("option", { name: /À citer|Zone/ });
    expect(options.map((option) => option.querySelector("[role='img']") !== null)).toEqual([at < 1, at < 2]);
    expect(await violations()).toEqual([]);
    const was = members(second!).includes(rowAt(0)!.id);
    await type("Chercher ou créer une collection", "zon");
    press("Enter");
    await waitFor(() => expect(members(second!).includes(rowAt(0)!.id)).toBe(!was));
    await waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>("combobox", { name: /Chercher ou/ }).value).toBe(""),
    );
    await type("Chercher ou créer une collection", "Nouveau");
    expect(await screen.findByRole("option", { name: /Nouvelle collection «.Nouveau.»/ })).toHaveAttribute(
      "aria-selected",
      "true",
    );
    press("Enter");
    await waitFor(() =>
      expect(fakeCollections.all.at(-1)).toMatchObject({ name: "Nouveau", members: [rowAt(0)!.id] }),
    );
    await waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>("combobox", { name: /Chercher ou/ }).value).toBe(""),
    );
    press("Enter");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    // What was put in, what was made, what was put in before.
    for (let step = 0; step < 3; step += 1) {
      press("z");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await waitFor(() => expect(members(second!).includes(rowAt(0)!.id)).toBe(was));
    expect(fakeCollections.all.at(-1)?.removed).toBe(true);
    expect(members(first!)).toEqual(ids().slice(0, 1));
  });

  it("Shift+D puts several into the collection used last, at once", async () => {
    const [first] = await open({ Un: 0 });
    screen.getByRole("listbox", { name: "Tous les articles" }).focus();
    await moveCursor(0);
    press("D", { shiftKey: true });
    await screen.findByRole("combobox", { name: "Chercher ou créer une collection" });
    await type("Chercher ou créer une collection", "un");
    press("Enter");
    await waitFor(() => expect(members(first!)).toEqual([rowAt(0)!.id]));
    closeDialog();
    await tick();
    screen.getByRole("listbox", { name: "Tous les articles" }).focus();
    await moveCursor(1);
    await moveCursor(2, true);
    press("D", { shiftKey: true });
    await waitFor(() => expect(members(first!)).toEqual([0, 1, 2].map((at) => rowAt(at)!.id)));
    expect(await screen.findByText("2 articles sont dans « Un ».", { normalizer: plain })).toBeVisible();
    press("z");
    await waitFor(() => expect(members(first!)).toEqual([rowAt(0)!.id]));
  });

  it("Alt and the arrows move them, one or several, as often as pressed", async () => {
    const [first] = await open({ Un: 5 });
    const [a, b, c, d, e] = ids();
    await show(first!);
    fake.delay = 5;
    press("ArrowDown", { altKey: true });
    press("ArrowDown", { altKey: true });
    await waitFor(() => expect(members(first!)).toEqual([b, c, a, d, e]));
    await waitFor(() => expect(rowAt(list.cursor)?.id).toBe(a));
    fake.delay = 0;
    await moveCursor(1);
    await moveCursor(2, true);
    press("ArrowDown", { altKey: true });
    await waitFor(() => expect(members(first!)).toEqual([b, d, c, a, e]));
    press("z");
    await waitFor(() => expect(members(first!)).toEqual([b, c, a, d, e]));
    // Not in another order.
    showPart({ collection: first, sort: "title" });
    await waitFor(() => expect(list.total).toBe(5));
    const moves = fake.calls.filter(({ name }) => name === "moveInCollection").length;
    await moveCursor(2);
    await runCommand("collection-article-up");
    expect(fake.calls.filter(({ name }) => name === "moveInCollection").length).toBe(moves);
  });

  it("stay in their order when several are moved, though not all of their rows are there", async () => {
    fake.reset(250);
    const [first] = await open({ Un: 250 });
    const before = [...members(first!)];
    openCollection(first!);
    await waitFor(() => expect(list.total).toBe(250));
    await waitFor(() => expect(rowAt(0)?.id).toBe(before[0]));
    screen.getByRole("listbox", { name: "Un" }).focus();
    await moveCursor(0);
    // Over the edges of the pages of rows, and chosen from below.
    const some = [2, 100, 202].map((at) => before[at]!);
    const others = before.filter((id) => !some.includes(id));
    picked.ids = some.toReversed();
    expect(rowAt(202)).toBeUndefined();
    press("ArrowUp", { altKey: true });
    await waitFor(() => expect(members(first!)).toEqual([others[0], ...some, ...others.slice(1)]));
    await waitFor(() => expect(moving.said).toMatch(/\b2 sur 250/));
    await undoLast();
    expect(members(first!)).toEqual(before);
    picked.ids = some.toReversed();
    await runCommand("collection-article-down");
    expect(members(first!)).toEqual([...others.slice(0, 201), ...some, ...others.slice(201)]);
    expect(moving.said).toMatch(/\b202 sur 250/);
    await undoLast();
    // Before one of themselves: behind the one that stays.
    await moveTo([some[1]!, before[99]!], 101);
    expect(members(first!)).toEqual(before);
    await moveTo([before[150]!, before[99]!], 100);
    expect(members(first!).slice(98, 102)).toEqual([98, 99, 150, 100].map((at) => before[at]));
    await undoLast();
    expect(members(first!)).toEqual(before);
  });

  it("are taken out, and come back where they stood", async () => {
    const [first] = await open({ Un: 4 });
    const before = [...members(first!)];
    await show(first!, 1);
    press("Delete", { shiftKey: true });
    await waitFor(() => expect(members(first!)).toEqual([before[0], before[2], before[3]]));
    await waitFor(() => expect(rowAt(list.cursor)?.id).toBe(before[2]));
    press("z");
    await waitFor(() => expect(members(first!)).toEqual(before));
    await waitFor(() => expect(rowAt(list.cursor)?.id).toBe(before[1]));
    fake.failing.takeFromCollection = failure("diskFull");
    press("Delete", { shiftKey: true });
    await waitFor(() => expect(notices.list.at(-1)?.kind).toBe("problem"));
    expect(members(first!)).toEqual(before);
  });

  it("are moved with the pointer, and put onto a collection of the rail", async () => {
    const [first, second] = await open({ Un: 4, Deux: 0 });
    const before = [...members(first!)];
    await show(first!);
    const box = screen.getByRole("listbox", { name: "Un" });
    box.getBoundingClientRect = () => new DOMRect(300, 0, 300, 900);
    const pointer = { bubbles: true, button: 0, buttons: 1 };
    const drag = (from: Element, clientX: number, clientY: number): void => {
      from.dispatchEvent(new MouseEvent("pointerdown", { ...pointer, clientX: 400, clientY: 60 }));
      window.dispatchEvent(new MouseEvent("pointermove", { ...pointer, clientX, clientY }));
      window.dispatchEvent(new MouseEvent("pointerup", { clientX, clientY }));
    };
    document.elementFromPoint = () => box;
    drag(screen.getAllByRole("option")[0]!, 400, 126 * 2 + 4);
    await waitFor(() => expect(members(first!)).toEqual([before[1], before[0], before[2], before[3]]));
    // Beyond the edge of the list nothing is meant.
    const asked = (): number => fake.calls.filter(({ name }) => name === "moveInCollection").length;
    const moves = asked();
    drag(screen.getAllByRole("option")[0]!, 400, 960);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(asked()).toBe(moves);
    document.elementFromPoint = () => within(group()).getByRole("button", { name: /^Deux, / });
    drag(screen.getAllByRole("option")[1]!, 100, 300);
    await waitFor(() => expect(members(second!)).toEqual([before[0]]));
    expect(members(first!)).toEqual([before[1], before[0], before[2], before[3]]);
  });

  it("say where they are in their details", async () => {
    const [first] = await open({ Un: 1, Deux: 0 });
    openDialog("details", { id: ids()[0]! });
    const dialog = await screen.findByRole("dialog");
    const places = await within(dialog).findByRole("list", { name: "Collections" });
    expect(within(places).queryByRole("button", { name: "Deux" })).toBeNull();
    within(places).getByRole("button", { name: "Un" }).click();
    await waitFor(() => expect(library.query.collection).toBe(first));
  });
});

it("collections are found by letters; a new one is offered first only when none is alike", () => {
  const known = ["Été", "Eaux vives", "Budget"].map((name, at) => ({ id: `${at}`, name, count: at }));
  const names = (typed: string): string[] =>
    found(typed, known).map(({ id, name }) => (id === null ? `+${name}` : name));
  expect(names("")).toEqual(["Été", "Eaux vives", "Budget"]);
  expect(names("ete")).toEqual(["Été", "+ete"]);
  expect(names("Budget")).toEqual(["Budget"]);
  expect(names(" phare ")).toEqual(["+phare"]);
  expect(found("phare", known, false)).toEqual([]);
});

/** Spaces of every width count as one. */
function plain(text: string): string {
  return text.replace(/[\s\u00a0\u202f]+/g, " ").trim();
}
