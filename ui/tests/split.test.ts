// The split of the sheet in the window: a text and its preview, two pieces beside each other, and never one text twice.
import { EditorView } from "@codemirror/view";
import { cleanup, render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { beforeEach, describe, expect, it } from "vitest";
import App from "@/App.svelte";
import { trash } from "@/library/actions";
import { closeSheets, library, openArticle, sheet, sides } from "@/library/library.svelte";
import { panes } from "@/library/panes.svelte";
import { forgetRows, list } from "@/library/rows.svelte";
import { applyStoredSettings, settings } from "@/settings/settings.svelte";
import { command, isEnabled, runCommand } from "@/shared/commands.svelte";
import { notices } from "@/shared/notices.svelte";
import { openPieceBeside, split } from "@/split/split.svelte";
import { flush, forgetAll } from "@/writer/writer.svelte";
import { commands, fake } from "./fake-backend";

// Nothing has a place in a document that is not drawn.
Range.prototype.getBoundingClientRect ??= () => new DOMRect();
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;

beforeEach(async () => {
  closeSheets();
  await tick();
  await forgetAll();
  library.current = null;
  library.overview = null;
  library.view = "start";
  notices.list = [];
  forgetRows();
  panes.showList();
});

async function open(extra: Record<string, string> = {}): Promise<void> {
  const start = await commands.start();
  applyStoredSettings({ ...start.settings, extra, language: "en", theme: "paper" }, "en-GB");
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
  await waitFor(() => expect(fake.calls.some(({ name }) => name === "pageReady")).toBe(true));
}

const article = (index: number) => fake.articles[index]!;
const idOf = (index: number): string => article(index).row.id;
const texts = () => screen.queryAllByRole("textbox", { name: /^Text of/ });

async function editorOf(index: number): Promise<EditorView> {
  const name = `Text of ${article(index).row.title}`;
  const found = await waitFor(() => {
    const text = texts().find((one) => one.getAttribute("aria-label")?.includes(article(index).row.title));
    expect(text, name).toBeDefined();
    return text!;
  });
  return EditorView.findFromDOM(found)!;
}

function type(view: EditorView, words: string): void {
  const end = view.state.doc.length;
  view.dispatch({ changes: { from: end, insert: words }, selection: { anchor: end + words.length } });
}

async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

describe("two pieces beside each other", () => {
  it("are written side by side, each into its file; commands mean the one that has the focus", async () => {
    await open();
    openArticle(idOf(0), { mode: "write" });
    const first = await editorOf(0);
    openPieceBeside(idOf(1), { mode: "write" });
    const second = await editorOf(1);
    expect(texts()).toHaveLength(2);
    expect(sheet.id).toBe(idOf(1));
    type(first, "\n\nIn the first.");
    type(second, "\n\nIn the second.");
    expect(await violations()).toEqual([]);

    first.focus();
    await waitFor(() => expect(sheet.id).toBe(idOf(0)));
    await waitFor(() => expect(first.hasFocus).toBe(true));
    await runCommand("writer-undo");
    expect(first.state.doc.toString()).not.toContain("In the first.");
    expect(second.state.doc.toString()).toContain("In the second.");
    await runCommand("split-other-side");
    await waitFor(() => expect(sheet.id).toBe(idOf(1)));
    await waitFor(() => expect(second.hasFocus).toBe(true));
    await runCommand("writer-undo");
    expect(second.state.doc.toString()).not.toContain("In the second.");
    await runCommand("writer-redo");
    await runCommand("writer-redo");
    type(first, "\n\nAgain in the first.");
    await flush();
    expect(article(0).text).toMatch(/Again in the first\.$/);
    expect(article(0).text).not.toContain("In the second.");
    expect(article(1).text).toMatch(/In the second\.$/);
  });

  it("never are one article twice: the one that is there is gone to", async () => {
    await open();
    openArticle(idOf(0), { mode: "write" });
    await editorOf(0);
    openPieceBeside(idOf(1), { mode: "write" });
    await editorOf(1);
    // From a list or a link, for the side that has another one.
    openArticle(idOf(0));
    await tick();
    expect(sides.list.map(({ id, mode }) => [id, mode])).toEqual([
      [idOf(0), "write"],
      [idOf(1), "write"],
    ]);
    expect(sheet.id).toBe(idOf(0));
    openPieceBeside(idOf(1), { mode: "write" });
    await tick();
    expect(sides.list.map(({ id }) => id)).toEqual([idOf(0), idOf(1)]);
    expect(sheet.id).toBe(idOf(1));
    expect(texts()).toHaveLength(2);
    // Beside itself it has its preview, and that is no second text.
    openPieceBeside(idOf(1), { mode: "write" });
    await screen.findByRole("region", { name: "Preview" });
    expect(sides.list.map(({ id }) => id)).toEqual([idOf(1)]);
    expect(texts()).toHaveLength(1);
  });

  it("are taken from the list into the active side; what is closed or trashed leaves the other alone", async () => {
    await open();
    openArticle(idOf(0), { mode: "write" });
    const first = await editorOf(0);
    openPieceBeside(idOf(1));
    await waitFor(() => expect(sides.list).toHaveLength(2));
    openArticle(idOf(2));
    expect(sides.list.map(({ id, mode }) => [id, mode])).toEqual([
      [idOf(0), "write"],
      [idOf(2), "read"],
    ]);
    await runCommand("split-turn");
    // The side that is not the active one: the draft is read, and written again.
    expect(sides.list.map(({ mode }) => mode)).toEqual(["read", "read"]);
    await runCommand("split-turn");
    const again = await editorOf(0);
    expect(again.state.doc.toString()).toBe(first.state.doc.toString());
    await trash([idOf(2)]);
    await waitFor(() => expect(sides.list.map(({ id }) => id)).toEqual([idOf(0)]));
    expect(isEnabled(command("split-close")!)).toBe(false);
    expect(texts()).toHaveLength(1);
  });

  it("share the room by keys, change places, and are there again after a restart", async () => {
    await open();
    openArticle(idOf(0), { mode: "write" });
    await editorOf(0);
    openPieceBeside(idOf(1));
    split.measured(1000);
    await tick();
    const border = screen.getByRole("separator", { name: "Move the border between the two sides" });
    expect(border).toHaveAttribute("aria-valuenow", "500");
    expect([border.getAttribute("aria-valuemin"), border.getAttribute("aria-valuemax")]).toEqual([
      "320",
      "680",
    ]);
    const press = async (key: string): Promise<void> => {
      border.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      await tick();
    };
    await press("ArrowRight");
    expect(border).toHaveAttribute("aria-valuenow", "512");
    await press("Home");
    expect(border).toHaveAttribute("aria-valuenow", "320");
    await press("End");
    expect(border).toHaveAttribute("aria-valuenow", "680");
    expect(settings.extra["split-share"]).toBe("0.6800");
    await runCommand("split-swap");
    await tick();
    // Each keeps its room: the left one is now the other.
    expect(border).toHaveAttribute("aria-valuenow", "320");
    await runCommand("split-swap");
    border.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
    await tick();
    expect(border).toHaveAttribute("aria-valuenow", "500");
    // With no room for both there is one side, and a key to the other.
    split.measured(600);
    await tick();
    expect(screen.queryByRole("separator", { name: "Move the border between the two sides" })).toBeNull();
    const halves = () => [...document.querySelectorAll<HTMLElement>(".half")].map(({ hidden }) => hidden);
    expect(halves()).toEqual([true, false]);
    await runCommand("split-other-side");
    await tick();
    expect(halves()).toEqual([false, true]);

    const extra = { ...settings.extra };
    cleanup();
    closeSheets();
    await forgetAll();
    library.current = null;
    await open(extra);
    await waitFor(() =>
      expect(sides.list.map(({ id, mode }) => [id, mode])).toEqual([
        [idOf(0), "write"],
        [idOf(1), "read"],
      ]),
    );
    expect(sheet.id).toBe(idOf(0));
  });
});

describe("the preview", () => {
  it("shows the unsaved words a moment later, goes while the text is read, and comes back", async () => {
    await open();
    openArticle(idOf(0), { mode: "write" });
    const view = await editorOf(0);
    await runCommand("split-preview");
    const preview = await screen.findByRole("region", { name: "Preview" });
    await waitFor(() => expect(preview).toHaveTextContent(article(0).row.title));
    type(view, "\n\nWords that no file has.");
    await waitFor(() => expect(preview).toHaveTextContent("Words that no file has."));
    expect(article(0).text).not.toContain("Words that no file has.");
    expect(await violations()).toEqual([]);

    openArticle(idOf(0), { mode: "read" });
    await waitFor(() => expect(screen.queryByRole("region", { name: "Preview" })).toBeNull());
    openArticle(idOf(0), { mode: "write" });
    await screen.findByRole("region", { name: "Preview" });
    await runCommand("split-close");
    await waitFor(() => expect(screen.queryByRole("region", { name: "Preview" })).toBeNull());
    expect(settings.extra["writer-preview"]).toBe("hidden");
  });

  it("takes the caret to what is clicked twice", async () => {
    await open({ "writer-preview": "shown" });
    openArticle(idOf(0), { mode: "write" });
    const view = await editorOf(0);
    type(view, "\n\nThe last *paragraph* of all.");
    const preview = await screen.findByRole("region", { name: "Preview" });
    const paragraph = await within(preview).findByText("The last *paragraph* of all.");
    paragraph.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
    const line = view.state.doc.lineAt(view.state.selection.main.head);
    expect(line.text).toBe("The last *paragraph* of all.");
    expect(view.state.selection.main.head).toBe(line.from);
  });
});
