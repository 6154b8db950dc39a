// Feeds in the whole window, on the in-memory backend: read, kept with one key, muted by a rule, removed and brought back.
import { render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import App from "@/App.svelte";
import { addressIn } from "@/feeds/pasting";
import { feeds, forgetFeeds, showFeeds, showItems } from "@/feeds/feeds.svelte";
import { feedTree, folderFrom, foldersOf } from "@/feeds/tree";
import { closeDialog, dialog } from "@/library/dialogs.svelte";
import { closeSheet, library, openArticle, sheet } from "@/library/library.svelte";
import { forgetRows, list } from "@/library/rows.svelte";
import { forgetSteps, undoLast } from "@/library/undo.svelte";
import { applyStoredSettings } from "@/settings/settings.svelte";
import { runCommand } from "@/shared/commands.svelte";
import { notices } from "@/shared/notices.svelte";
import { commands, fake } from "./fake-backend";

// A slow machine is no defect.

beforeEach(() => {
  library.current = null;
  library.overview = null;
  library.view = "start";
  notices.list = [];
  fake.reset();
  closeSheet();
  forgetRows();
  forgetSteps();
  forgetFeeds();
});
afterEach(() => closeDialog());

async function openFeeds(): Promise<void> {
  const start = await commands.start();
  await applyStoredSettings({ ...start.settings, language: "en", theme: "paper" }, start.systemLocale);
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
  await waitFor(() => expect(feeds.known).not.toBeNull());
  // From here on the page hears what happens in the library.
  await waitFor(() => expect(fake.calls.some(({ name }) => name === "pageReady")).toBe(true));
  showFeeds();
  await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(6));
  screen.getByRole("listbox", { name: "Items" }).focus();
}

function press(key: string, options: KeyboardEventInit = {}): void {
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }),
  );
}

async function fill(label: string, value: string): Promise<void> {
  const field = await screen.findByLabelText<HTMLInputElement>(label);
  field.value = value;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  await tick();
}

const told = (): string => notices.list.map(({ text }) => text).join(" ");

describe("feeds", () => {
  it("count what is unread in the rail, by folder and feed, and say what is wrong with one", async () => {
    await openFeeds();
    screen.getByRole("button", { name: "Feeds, 6 unread items" });
    screen.getByRole("button", { name: "Revues, 3 unread items" });
    const troubled = screen.getByRole("button", {
      name: /^The Tide Tables, 3 unread items. There is nothing/,
    });
    troubled.click();
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(3));
    expect(screen.getByText(/Look for its new address/)).toBeTruthy();
    expect(
      (await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } })).violations,
    ).toEqual([]);
  });

  it("are read one after the other by keys, and stay where they stand meanwhile", async () => {
    await openFeeds();
    press("Enter");
    await screen.findByRole("heading", { name: "Revue des quais, number 1" });
    await waitFor(() => expect(fake.feeds.items[0]?.read).toBe(true));
    press("n");
    await screen.findByRole("heading", { name: "Revue des quais, number 2" });
    press("m");
    await waitFor(() => expect(fake.feeds.items[1]?.read).toBe(false));
    expect(screen.getAllByRole("option")).toHaveLength(6);
    await waitFor(() =>
      screen.getByText("One image stays on the web; it is fetched when you keep the item."),
    );
  });

  it("are kept with one key, and taken back with another", async () => {
    await openFeeds();
    press("b");
    await waitFor(() => expect(told()).toContain("is in the library."));
    expect(fake.calls.find(({ name }) => name === "keepItems")?.args).toEqual([[1], "library"]);
    await within(screen.getAllByRole("option")[0]!).findByText("In the library");
    const kept = fake.feeds.items[0]?.kept;
    await undoLast();
    await waitFor(() => expect(fake.feeds.items[0]?.kept).toBeNull());
    expect(fake.calls.find(({ name }) => name === "trashArticles")?.args).toEqual([[kept]]);
    press("l");
    await waitFor(() => expect(told()).toContain("kept for later"));
  });

  it("mean the item on the sheet when the list is another one", async () => {
    await openFeeds();
    press("Enter");
    await screen.findByRole("heading", { name: "Revue des quais, number 1" });
    press("n");
    await screen.findByRole("heading", { name: "Revue des quais, number 2" });
    await waitFor(() => expect(fake.feeds.items[1]?.read).toBe(true));
    await showItems({ unread: false });
    expect(feeds.items[feeds.cursor]?.number).toBe(2);
    press("b");
    await waitFor(() => expect(told()).toContain("is in the library."));
    expect(fake.calls.find(({ name }) => name === "keepItems")?.args).toEqual([[2], "library"]);
    // Another feed is another list: nothing of it is open yet.
    showFeeds({ feed: feeds.known!.feeds.at(-1)!.id });
    await waitFor(() => expect(feeds.open).toBeNull());
  });

  it("keep their keys from an article that was open before", async () => {
    await openFeeds();
    openArticle(fake.articles[0]!.row.id);
    await tick();
    screen.getByRole("listbox", { name: "Items" }).focus();
    press("b");
    await waitFor(() => expect(fake.feeds.items[0]?.kept).not.toBeNull());
    expect(fake.calls.some(({ name }) => name === "setPlace")).toBe(false);
  });

  it("are all marked read, which can be taken back", async () => {
    await openFeeds();
    press("A", { shiftKey: true });
    await waitFor(() => expect(told()).toContain("6 items are marked read."));
    await undoLast();
    await waitFor(() => expect(fake.feeds.items.some((item) => item.read)).toBe(false));
  });

  it("are muted by a rule, which says why, and shown among the muted", async () => {
    await openFeeds();
    await runCommand("feeds-rules");
    await fill("Words", "number 2");
    screen.getByRole("button", { name: "Make the rule" }).click();
    await screen.findByRole("list", { name: "Rules" });
    closeDialog();
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(4));
    screen.getByRole("button", { name: "Muted, 2 items" }).click();
    await screen.findAllByText("Muted because of “number 2”");
    await runCommand("feeds-rules");
    const box = await screen.findByLabelText("It is a regular expression");
    box.click();
    await tick();
    await fill("Regular expression", "(");
    screen.getByRole("button", { name: "Make the rule" }).click();
    await screen.findByText("This is no regular expression.");
  });

  it("are found from an address, and a refusal says what to do", async () => {
    await openFeeds();
    await runCommand("feeds-add");
    await fill("Address of a site or a feed", "http://127.0.0.1/");
    screen.getByRole("button", { name: "Look for feeds" }).click();
    await screen.findByText(/leads to this computer or its network/);
    await fill("Address of a site or a feed", "https://review.org");
    screen.getByRole("button", { name: "Look for feeds" }).click();
    const boxes = await screen.findAllByRole<HTMLInputElement>("checkbox");
    expect(boxes.map((box) => box.checked)).toEqual([true, false]);
    await fill("Folder", "Reviews / Far");
    screen.getByRole("button", { name: "Subscribe" }).click();
    await waitFor(() =>
      expect(fake.calls.find(({ name }) => name === "subscribe")?.args).toEqual([
        "https://review.org/feed",
        ["Reviews", "Far"],
      ]),
    );
  });

  it("are removed and brought back with what they brought", async () => {
    await openFeeds();
    const { removeFeed } = await import("@/feeds/feed-menus");
    await removeFeed("feed-1", "Revue des quais");
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(3));
    await undoLast();
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(6));
  });
});

describe("capturing a page", () => {
  it("opens what came, and says which images did not", async () => {
    await openFeeds();
    await runCommand("capture-page");
    await fill("Address of the page", "https://example.org/a");
    screen.getByRole("button", { name: "Capture" }).click();
    await waitFor(() => expect(sheet.id).toBe(fake.articles[0]!.row.id));
    expect(told()).toContain("1 of 2 images could not be fetched");
    expect(dialog.open).toBeNull();
  });

  it("says why an address is refused, and changes nothing", async () => {
    await openFeeds();
    await runCommand("capture-page");
    await fill("Address of the page", "http://127.0.0.1/");
    screen.getByRole("button", { name: "Capture" }).click();
    await screen.findByText(/leads to this computer or its network/);
    expect(sheet.id).toBeNull();
  });
});

it("an address alone is offered to be captured when it is pasted", () => {
  for (const [text, expected] of [
    [" https://site.fr/a?b=c#d ", "https://site.fr/a?b=c#d"],
    ["HTTP://site.fr", "HTTP://site.fr"],
    ["voir https://site.fr/a", null],
    ["https://site.fr/a et b", null],
    ["ftp://site.fr", null],
    ["javascript:alert(1)", null],
    ["https://", null],
    ["", null],
  ] as const)
    expect(addressIn(text), text).toBe(expected);
});

it("folders stand before feeds, and are typed as a path", () => {
  const known = fake.feeds.feeds;
  expect(feedTree(known).map(({ name }) => name)).toEqual(["Revues", "The Tide Tables"]);
  expect(feedTree(known)[0]?.children[0]).toMatchObject({ name: "Revue des quais", troubled: false });
  expect(folderFrom(" Revues / Politique /")).toEqual(["Revues", "Politique"]);
  expect(foldersOf([{ ...known[0]!, folder: ["a", "b"] }])).toEqual([["a"], ["a", "b"]]);
});
