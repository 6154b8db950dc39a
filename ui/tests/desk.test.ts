// The writer's desk in the window: what stays in front, the text alone, the outline; by name and by key.
import { undo } from "@codemirror/commands";
import { EditorView } from "@codemirror/view";
import { render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { beforeEach, describe, expect, it } from "vitest";
import App from "@/App.svelte";
import { closeFind } from "@/editor/find";
import { closeDialog } from "@/library/dialogs.svelte";
import { closeSheet, library, openArticle, sheet } from "@/library/library.svelte";
import { panes } from "@/library/panes.svelte";
import { forgetRows, list } from "@/library/rows.svelte";
import { applyStoredSettings, settings } from "@/settings/settings.svelte";
import { allCommands, runCommand } from "@/shared/commands.svelte";
import { notices } from "@/shared/notices.svelte";
import { desk } from "@/writer/desk.svelte";
import { commands, fake } from "./fake-backend";

// Nothing has a place in a document that is not drawn.
Range.prototype.getBoundingClientRect ??= () => new DOMRect();
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;

beforeEach(() => {
  library.current = null;
  library.overview = null;
  library.view = "start";
  notices.list = [];
  closeSheet();
  forgetRows();
  panes.showList();
});

const body = "Avant. Puis.\n\n## Un\n\nun\n\n## Deux\n\ndeux\n";

/** Opens the window on a text that is written. */
async function write(): Promise<EditorView> {
  const start = await commands.start();
  applyStoredSettings({ ...start.settings, extra: {}, language: "fr", theme: "paper" }, "fr-FR");
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
  await waitFor(() => expect(fake.calls.some(({ name }) => name === "pageReady")).toBe(true));
  const id = fake.articles[0]!.row.id;
  openArticle(id, { mode: "write" });
  const text = await screen.findByRole("textbox", { name: /^Texte de/ });
  const view = EditorView.findFromDOM(text)!;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: body }, selection: { anchor: 2 } });
  text.focus();
  await tick();
  return view;
}

function press(key: string, options: KeyboardEventInit = {}): void {
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }),
  );
}

describe("the writer's desk", () => {
  it("puts the paragraph in front, then the sentence, then everything, and remembers it", async () => {
    const view = await write();
    const dim = () => view.dom.querySelectorAll(".cm-dim").length;
    const lines = dim();
    press("F8");
    await waitFor(() => expect(dim()).toBeGreaterThan(lines));
    const paragraph = dim();
    expect(await screen.findByText("Le paragraphe en cours est mis en avant.")).toBeInTheDocument();
    press("F8");
    expect(await screen.findByText("La phrase en cours est mise en avant.")).toBeInTheDocument();
    expect(screen.queryByText("Le paragraphe en cours est mis en avant.")).toBeNull();
    await waitFor(() => expect(dim()).toBe(paragraph + 1));
    expect(settings.extra["writer-focus"]).toBe("sentence");
    press("F8");
    await waitFor(() => expect(dim()).toBe(0));
    press("F8", { shiftKey: true });
    await waitFor(() => expect(view.dom).toHaveClass("cm-typewriter"));
    expect(settings.extra["writer-typewriter"]).toBe("on");
  });

  it("opens every command with Ctrl+K, whatever is selected", async () => {
    const view = await write();
    view.dispatch({ selection: { anchor: 0, head: 5 } });
    for (const keys of [
      { key: "k", ctrlKey: true },
      { key: "P", ctrlKey: true, shiftKey: true },
    ]) {
      view.focus();
      press(keys.key, keys);
      expect(await screen.findByRole("dialog", { name: "Toutes les commandes" })).toBeInTheDocument();
      closeDialog();
      await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    }
    expect(view.state.doc.toString()).toBe(body);
  });

  it("leaves its keys for the words to any other field", async () => {
    const view = await write();
    press("f", { ctrlKey: true });
    const find = await screen.findByRole("textbox", { name: "Rechercher" });
    find.focus();
    press("b", { ctrlKey: true });
    press("1", { ctrlKey: true, code: "Digit1" });
    press("i", { ctrlKey: true, altKey: true });
    await tick();
    expect(view.state.doc.toString()).toBe(body);
    expect(find).toHaveFocus();
    expect(library.query.show).toBe("all");
    // What means no words goes on.
    press("F8");
    await waitFor(() => expect(desk.focus).toBe("paragraph"));
    closeFind(view);
  });

  it("leaves the text alone with F11, and brings all back with F11 or Escape", async () => {
    const view = await write();
    const rail = screen.getByRole("navigation", { name: "Bibliothèque" });
    for (const back of ["F11", "Escape"]) {
      press("F11");
      await tick();
      expect(rail).not.toBeVisible();
      expect(screen.queryByRole("region", { name: "Liste des articles" })).toBeNull();
      expect(screen.queryByRole("toolbar", { name: /article/i })).toBeNull();
      expect(view.hasFocus).toBe(true);
      expect(view.dom.isConnected).toBe(true);
      const screens = () =>
        fake.calls.filter(({ name }) => name === "setFullScreen").map(({ args }) => args[0]);
      expect(screens().at(-1)).toBe(true);
      press(back);
      await waitFor(() => expect(screens().at(-1)).toBe(false));
      await tick();
      expect(rail).toBeVisible();
      expect(view.dom.isConnected).toBe(true);
    }
    // Without a text there is nothing to be alone.
    press("F11");
    closeSheet();
    await tick();
    expect(panes.alone).toBe(false);
  });

  it("shows the outline, goes about in it by keys, and moves sections that one undo takes back", async () => {
    const view = await write();
    press("o", { ctrlKey: true, altKey: true });
    const outline = await screen.findByRole("navigation", { name: "Plan" });
    await waitFor(() => expect(within(outline).getAllByRole("button")).toHaveLength(2));
    await waitFor(() => expect(document.activeElement).toHaveTextContent("Un"));
    const names = () =>
      within(outline)
        .getAllByRole("button")
        .map((one) => one.textContent);
    press("ArrowDown", { altKey: true });
    await waitFor(() => expect(names()).toEqual(["Deux", "Un"]));
    expect(view.state.doc.toString()).toBe("Avant. Puis.\n\n## Deux\n\ndeux\n\n## Un\n\nun\n");
    expect(within(outline).getByRole("status")).toHaveTextContent("« Un » : 2 sur 2");
    expect(document.activeElement).toHaveTextContent("Un");
    press("ArrowDown", { altKey: true });
    await waitFor(() => expect(within(outline).getByRole("status")).toHaveTextContent("ne va pas plus loin"));
    const found = await axe.run(document.body, {
      rules: {
        "color-contrast": { enabled: false },
        "label-content-name-mismatch": { enabled: false },
        "document-title": { enabled: false },
      },
    });
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    (document.activeElement as HTMLElement).click();
    expect(view.hasFocus).toBe(true);
    expect(view.state.doc.lineAt(view.state.selection.main.head).text).toBe("## Un");
    await waitFor(() => expect(within(outline).getByText("Un")).toHaveAttribute("aria-current", "true"));
    press("z", { ctrlKey: true });
    expect(view.state.doc.toString()).toBe(body);
    await waitFor(() => expect(names()).toEqual(["Un", "Deux"]));
    expect(settings.extra["writer-outline"]).toBe("shown");
    press("o", { ctrlKey: true, altKey: true });
    await waitFor(() => expect(screen.queryByRole("navigation", { name: "Plan" })).toBeNull());
    expect(view.hasFocus).toBe(true);
  });

  it("moves a section to where the pointer lets it go", async () => {
    const view = await write();
    press("o", { ctrlKey: true, altKey: true });
    const outline = await screen.findByRole("navigation", { name: "Plan" });
    await waitFor(() => expect(within(outline).getAllByRole("button")).toHaveLength(2));
    const rows = within(outline).getAllByRole("listitem");
    rows.forEach((row, index) => {
      row.getBoundingClientRect = () => new DOMRect(0, index * 20, 200, 20);
    });
    const point = (name: string, target: EventTarget, y: number, buttons = 1): boolean =>
      target.dispatchEvent(
        new MouseEvent(name, { bubbles: true, button: 0, buttons, clientX: 5, clientY: y }),
      );
    point("pointerdown", within(outline).getByText("Deux"), 30);
    point("pointermove", window, 3);
    await waitFor(() => expect(rows[0]).toHaveClass("before"));
    expect(rows[1]).toHaveClass("taken");
    point("pointerup", window, 3, 0);
    await waitFor(() =>
      expect(view.state.doc.toString()).toBe("Avant. Puis.\n\n## Deux\n\ndeux\n\n## Un\n\nun\n"),
    );
    await waitFor(() => expect(rows[0]).not.toHaveClass("before"));
  });

  it("offers articles and authors of the library", async () => {
    const view = await write();
    const title = fake.articles[1]!.row.title;
    const type = (words: string): void => {
      for (const one of words) view.dispatch(view.state.replaceSelection(one), { userEvent: "input.type" });
    };
    view.dispatch({ selection: { anchor: view.state.doc.length } });
    type(`[[${title.slice(0, 6)}`);
    expect(await screen.findByRole("option", { name: new RegExp(title.slice(0, 6)) })).toBeInTheDocument();
    view.dispatch(view.state.replaceSelection("]] "), { userEvent: "input.type" });
    await waitFor(() => expect(library.overview?.authors.length).toBeGreaterThan(0));
    const author = library.overview!.authors[0]!.value;
    type(`@${author.slice(0, 4)}`);
    // The letters that were typed are marked in the name.
    const names = () => [...document.querySelectorAll(".cm-completionLabel")].map((one) => one.textContent);
    await waitFor(() => expect(names()).toContain(author));
  });

  it("sets typography while one types and shows what is not seen, on request", async () => {
    const view = await write();
    expect(desk.typography).toBe(true);
    expect(document.querySelector(".cm-mark-no-break")).toBeNull();
    view.dispatch(view.state.replaceSelection("mot\u00a0: fin\u202f! "));
    press("m", { ctrlKey: true, altKey: true });
    await waitFor(() => expect(document.querySelector(".cm-mark-no-break")).toHaveAttribute("title"));
    expect(document.querySelector(".cm-mark-thin")).not.toBeNull();
    expect(document.querySelector(".cm-mark-end")).toHaveTextContent("¶");
    expect(settings.extra["writer-marks"]).toBe("on");
    // The text itself has nothing of it.
    expect(view.state.doc.toString()).not.toContain("¶");
    press("m", { ctrlKey: true, altKey: true });
    await waitFor(() => expect(document.querySelector(".cm-mark-no-break")).toBeNull());
    await runCommand("writer-typing-typography");
    expect(desk.typography).toBe(false);
  });

  it("shows the text as it is written with Ctrl+/, and as it will read again", async () => {
    const view = await write();
    const source = "---\ntitle: Un\n---\n\n## Titre\n\n**gras** et fin\n";
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: source },
      selection: { anchor: source.length },
    });
    const shown = () => view.contentDOM.textContent;
    await waitFor(() => expect(screen.getByRole("textbox", { name: "Titre" })).toHaveValue("Un"));
    expect(shown()).toBe("Titregras et fin");
    press("/", { ctrlKey: true });
    await waitFor(() => expect(view.dom).toHaveClass("cm-source"));
    expect(shown()).toBe(source.replaceAll("\n", ""));
    expect(view.state.doc.toString()).toBe(source);
    expect(screen.queryByRole("textbox", { name: "Titre" })).toBeNull();
    expect(settings.extra["writer-source"]).toBe("on");
    expect(
      await screen.findByText("Le texte est montré tel qu’il est écrit, avec tous ses signes."),
    ).toBeVisible();
    // A caret in what is hidden again comes out of it.
    view.dispatch({ selection: { anchor: 6 } });
    press("/", { ctrlKey: true });
    await waitFor(() => expect(shown()).toBe("Titregras et fin"));
    expect(view.state.selection.main.head).toBe(source.indexOf("\n\n##") + 1);
    expect(undo(view)).toBe(true);
    expect(view.state.doc.toString()).not.toBe(source);
  });

  it("has its commands where commands are found", async () => {
    await write();
    const ids = allCommands().map(({ id }) => id);
    for (const id of [
      "focus",
      "typewriter",
      "outline",
      "section-up",
      "section-down",
      "insert",
      "insert-image",
    ])
      expect(ids).toContain(`writer-${id}`);
    expect(ids).toContain("text-alone");
    expect(sheet.mode).toBe("write");
  });
});
