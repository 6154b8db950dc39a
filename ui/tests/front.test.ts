// La Une as an editor uses it, with the library in memory.
import { render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import App from "@/App.svelte";
import { pieceDate, readOn, signedBy } from "@/front/piece-words";
import type { Row } from "@/backend";
import { teaserTo } from "@/front/moving";
import { sourceOf, newSlot, withSource } from "@/front/slots";
import { front, origin } from "@/front/front.svelte";
import { closeDialog } from "@/library/dialogs.svelte";
import { closeSheet, library } from "@/library/library.svelte";
import { forgetRows } from "@/library/rows.svelte";
import { clearSearch } from "@/library/search.svelte";
import { forgetSteps } from "@/library/undo.svelte";
import { applyStoredSettings } from "@/settings/settings.svelte";
import { useLanguage } from "@/shared/messages";
import { notices } from "@/shared/notices.svelte";
import { fake, commands } from "./fake-backend";
import { fakeFront } from "./fake-front";

// A slow machine is no defect.

beforeEach(() => {
  Object.assign(library, { current: null, overview: null, view: "start", selectedId: null });
  Object.assign(front, { section: null, offset: 0, piece: null, top: 0 });
  origin.page = null;
  notices.list = [];
  closeSheet();
  clearSearch();
  forgetRows();
  forgetSteps();
});
afterEach(() => closeDialog());

async function openWindow(): Promise<void> {
  const start = await commands.start();
  applyStoredSettings({ ...start.settings, language: "fr", theme: "paper" }, start.systemLocale);
  render(App, { start });
  await screen.findByRole("treeitem", { name: /Analyses/ });
}

async function open(): Promise<HTMLElement> {
  await openWindow();
  press("0", { ctrlKey: true });
  await screen.findByRole("heading", { level: 1, name: "Les Deux Rives" });
  return screen.getByRole("main", { name: "La Une" });
}

async function openSettings(): Promise<HTMLElement> {
  await open();
  screen.getByRole("button", { name: "Composer la Une" }).click();
  const dialog = await screen.findByRole("dialog", { name: "Composer la Une" });
  await within(dialog).findByText(/découlent des rubriques/);
  return dialog;
}

function press(key: string, options: KeyboardEventInit = {}): void {
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }),
  );
}

async function violations(within: HTMLElement): Promise<string[]> {
  // Colours are not computed here.
  const found = await axe.run(within, { rules: { "color-contrast": { enabled: false } } });
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
  );
}

describe("La Une", () => {
  it("has its parts, in order, each under a heading", async () => {
    const main = await open();
    for (const name of ["Éditos", "Dans les médias", "Lettres d’information"])
      expect(within(main).getByRole("region", { name })).toBeVisible();
    expect(within(main).getAllByRole("link", { name: /^Lire la suite\u00a0» / }).length).toBeGreaterThan(2);
    expect(within(main).getByText(/3 nouveaux textes/)).toBeVisible();
    const edito = within(main).getByRole("region", { name: "Éditos" });
    expect(edito).toHaveTextContent("Par Maud Kerbrat, directrice de la rédaction · 18 novembre 2026");
    expect(await violations(main)).toEqual([]);
  });

  it("goes from teaser to teaser by key, opens one, and comes back to it", async () => {
    await open();
    press("j");
    press("j");
    const there = document.activeElement as HTMLElement;
    expect(there).toHaveAttribute("data-piece");
    const title = there.textContent ?? "";
    press("k");
    expect(document.activeElement).not.toBe(there);
    press("j");
    // What Enter does on a link.
    (document.activeElement as HTMLElement).click();
    await screen.findByRole("heading", { level: 1, name: title });
    expect(screen.queryByRole("main", { name: "La Une" })).toBeNull();
    press("Escape");
    await screen.findByRole("main", { name: "La Une" });
    await waitFor(() => expect(document.activeElement).toHaveTextContent(title));
  });

  it("pins a piece to the lead by one key, and takes it back", async () => {
    await open();
    const before = await commands.frontPage();
    const edito = within(screen.getByRole("region", { name: "Éditos" })).getAllByRole("link")[0];
    edito?.focus();
    const title = edito?.textContent ?? "";
    press("p");
    await waitFor(() => expect(fakeFront.pins.lead).toHaveLength(1));
    await screen.findByRole("heading", { level: 2, name: new RegExp(title) });
    expect(screen.getByRole("img", { name: "Épinglé" })).toBeVisible();
    expect(await screen.findByText(/ouvre la Une/)).toHaveTextContent(title);
    press("z");
    await waitFor(() => expect(screen.queryByRole("img", { name: "Épinglé" })).toBeNull());
    expect((await commands.frontPage()).slots).toEqual(before.slots);
  });

  it("shows a change at once", async () => {
    const main = await open();
    const [first] = fake.articles;
    if (!first) throw new Error("no article");
    first.row = { ...first.row, title: "Un tout autre titre" };
    fake.send("libraryChanged", {
      new: [],
      updated: [first.row.id],
      deleted: [],
      moved: [],
      many: false,
      generation: 7,
    });
    await within(main).findByRole("link", { name: "Un tout autre titre" });
  });

  it("leads to the page of a section, and from there back", async () => {
    await open();
    screen.getByRole("treeitem", { name: /Analyses/ }).click();
    await screen.findByRole("heading", { level: 1, name: "Analyses" });
    const crumbs = screen.getByRole("navigation", { name: "Fil d’Ariane" });
    expect(within(crumbs).getByText("Analyses")).toHaveAttribute("aria-current", "page");
    within(screen.getByRole("list", { name: "Sous-rubriques" }))
      .getByText("Littoral")
      .click();
    await screen.findByRole("heading", { level: 1, name: "Littoral" });
    screen.getByRole("button", { name: "Accueil" }).click();
    await screen.findByRole("heading", { level: 1, name: "Les Deux Rives" });
  });

  it("turns the pages of a large section", async () => {
    fake.reset(400);
    await open();
    screen.getByRole("treeitem", { name: /Analyses/ }).click();
    await screen.findByText(/^1 à 30 sur/);
    expect(screen.getByRole("button", { name: "Plus récents" })).toBeDisabled();
    screen.getByRole("button", { name: "Plus anciens" }).click();
    await screen.findByText(/^31 à 60 sur/);
  });

  it("shows the last page of a section when its last piece is gone", async () => {
    fake.reset(400);
    await open();
    screen.getByRole("treeitem", { name: /Analyses/ }).click();
    await screen.findByText(/^1 à 30 sur/);
    const total = Number(/sur (\d+)/.exec(screen.getByText(/^1 à 30 sur/).textContent ?? "")?.[1]);
    front.offset = Math.ceil(total / 30) * 30;
    await screen.findByText(new RegExp(`à ${total} sur`));
  });

  it("is put into another order by dragging a part", async () => {
    const dialog = await openSettings();
    const rows = (): HTMLElement[] => within(dialog).getAllByRole("listitem");
    const names = (): (string | null)[] => rows().map((row) => row.getAttribute("aria-label"));
    const [first, second, third, ...others] = names();
    rows().forEach((row, at) => {
      row.getBoundingClientRect = () => ({ top: at * 100, bottom: at * 100 + 100 }) as DOMRect;
      row.scrollIntoView = () => undefined;
    });
    const grip = rows()[0]!.querySelector(".grip")!;
    const at = (clientY: number) => ({ clientX: 5, clientY, button: 0, buttons: 1, bubbles: true });
    grip.dispatchEvent(new MouseEvent("pointerdown", at(50)));
    window.dispatchEvent(new MouseEvent("pointermove", at(240)));
    window.dispatchEvent(new MouseEvent("pointerup", at(240)));
    await waitFor(() => expect(names()).toEqual([second, first, third, ...others]));
  });

  it("takes no number that is none", async () => {
    const dialog = await openSettings();
    const [signs] = within(dialog).getAllByRole<HTMLInputElement>("spinbutton", { name: "Signes" });
    signs!.value = "";
    signs!.dispatchEvent(new Event("input", { bubbles: true }));
    within(dialog).getByRole("button", { name: "Enregistrer" }).click();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(fakeFront.saved).toBe(0);
    expect(signs).toBeInvalid();
  });

  it("is set on a sheet: moved, added, taken out, saved", async () => {
    const dialog = await openSettings();
    within(dialog)
      .getByRole("button", { name: /Descendre «\u00a0Éditos/ })
      .click();
    within(dialog)
      .getByRole("button", { name: /Retirer «\u00a0Lettre/ })
      .click();
    within(dialog).getByRole("button", { name: "Ajouter une partie" }).click();
    await waitFor(() => expect(within(dialog).getAllByRole("listitem")).toHaveLength(5));
    expect(await violations(dialog)).toEqual([]);
    const signs = within(dialog).getAllByRole<HTMLInputElement>("spinbutton", { name: "Signes" }).at(-1)!;
    signs.value = "90";
    signs.dispatchEvent(new Event("input", { bubbles: true }));
    within(dialog).getByRole("button", { name: "Enregistrer" }).click();
    await waitFor(() => expect(fakeFront.saved).toBe(1));
    expect(fakeFront.slots.map(({ kind }) => kind)).toEqual([
      "analyses",
      "medias",
      "edito",
      "analyses",
      null,
    ]);
    expect(fakeFront.slots.at(-1)?.teaser).toBe(90);
    await screen.findByRole("region", { name: "Les derniers textes" });
  });

  it("tells when the file was changed meanwhile, and takes up what it says", async () => {
    const dialog = await openSettings();
    fakeFront.slots = [{ ...newSlot(), title: "Autre" }];
    fakeFront.saved = 4;
    within(dialog).getByRole("button", { name: "Enregistrer" }).click();
    await within(dialog).findByRole("alert");
    await within(dialog).findByRole("listitem", { name: "Autre" });
  });
});

describe("what goes with an article", () => {
  it("stands at its end, and tells why", async () => {
    const [, other] = fake.articles;
    if (!other) throw new Error("no article");
    fakeFront.related = [
      {
        row: other.row,
        because: [
          { kind: "tag", name: "littoral" },
          { kind: "linkedTo", name: null },
        ],
      },
    ];
    await openWindow();
    (await screen.findByRole("option", { name: /Le phare et la facture/ })).click();
    const related = await screen.findByRole("region", { name: "À lire aussi" });
    expect(related).toHaveTextContent("mot-clé : littoral · cité dans cet article");
    within(related).getByRole("link", { name: other.row.title }).click();
    await screen.findByRole("heading", { level: 1, name: other.row.title });
  });
});

describe("the words around a piece", () => {
  it.each([
    ["2008-01-12", "fr", "12 janvier 2008"],
    ["2008-01-01", "fr-CA", "1er janvier 2008"],
    ["2008-01-12T10:00:00Z", "en", "12 January 2008"],
    ["2008-01-12", "ar", "12 يناير 2008"],
    ["2008-01-12", "de", "12 janvier 2008"],
    ["2008", "fr", "2008"],
    [null, "fr", ""],
  ])("%s in %s is %s", (iso, lang, words) => {
    expect(pieceDate(iso, lang)).toBe(words);
  });

  it("are in its language, whatever that of the interface", () => {
    useLanguage("en");
    expect(["fr", "en", "ar", "de"].map(readOn)).toEqual([
      "Lire la suite\u00a0»",
      "Read on\u00a0»",
      "تتمة المقال\u00a0»",
      "Read on\u00a0»",
    ]);
  });
});

describe("who signs", () => {
  const anna = { name: "Anna", function: "géographe" };
  const piece = (lang: string, authors: Row["authors"]) =>
    ({ lang, row: { authors } as Row }) as Parameters<typeof signedBy>[0];

  it.each([
    ["fr", [anna], "Par Anna, géographe"],
    ["fr", [anna, { name: "Bo", function: null }], "Par Anna, géographe, et Bo"],
    ["en", [{ name: "Bo", function: null }, anna], "By Bo and Anna, géographe"],
    ["en", ["A", "B", "C"].map((name) => ({ name, function: null })), "By A, B and C"],
    ["ar", ["أ", "ب"].map((name) => ({ name, function: null })), "بقلم أ وب"],
    ["fr", [], ""],
  ])("in %s is told with the functions: %#", (lang, authors, words) => {
    const parts = signedBy(piece(lang, authors));
    expect(parts.map(({ before, name, job }) => before + name + job).join("")).toBe(words);
  });
});

describe("the arrow keys", () => {
  // Two columns: 0 and 1 on the left, 2 and 3 on the right.
  const boxes = [
    [0, 0],
    [0, 200],
    [300, 10],
    [300, 190],
  ].map(([x, y]) => new DOMRect(x, y, 200, 100));

  it.each([
    ["j", -1, 0],
    ["j", 1, 2],
    ["ArrowDown", 3, 3],
    ["k", 0, 0],
    ["ArrowRight", 1, 3],
    ["ArrowRight", 0, 2],
    ["ArrowLeft", 3, 1],
    ["ArrowLeft", 0, 0],
    ["End", 0, 3],
    ["x", 0, null],
  ])("%s from %s goes to %s", (key, from, to) => {
    expect(teaserTo(key, from, boxes)).toBe(to);
  });
});

describe("a part of La Une", () => {
  it.each(["all", "kind:edito", "section:analyses/mer", "section:a:b"])("takes from %s", (source) => {
    expect(sourceOf(withSource(newSlot(), source))).toBe(source);
  });
});
