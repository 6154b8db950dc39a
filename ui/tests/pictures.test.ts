// Images that come into a text: described, made smaller, cleaned of what the camera noted, and taken back.
import { undo } from "@codemirror/commands";
import { EditorView } from "@codemirror/view";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { beforeEach, describe, expect, it } from "vitest";
import App from "@/App.svelte";
import type { AboutPicture } from "@/backend";
import { dropImages } from "@/editor/pasting";
import { closeSheet, library, openArticle } from "@/library/library.svelte";
import { panes } from "@/library/panes.svelte";
import { forgetRows, list } from "@/library/rows.svelte";
import { applyStoredSettings, settings } from "@/settings/settings.svelte";
import { runCommand } from "@/shared/commands.svelte";
import { takerOf } from "@/shared/dropping.svelte";
import { notices } from "@/shared/notices.svelte";
import { commands, fake } from "./fake-backend";

// Nothing has a place in a document that is not drawn.
Range.prototype.getBoundingClientRect ??= () => new DOMRect();
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;

const large: AboutPicture = {
  width: 6000,
  height: 4500,
  bytes: 8_400_000,
  leftAlone: null,
  place: false,
  notes: true,
  sizes: [2400, 1600, 1000],
  own: true,
};

beforeEach(() => {
  library.current = null;
  library.overview = null;
  library.view = "start";
  notices.list = [];
  fake.pictures = {};
  fake.aside.clear();
  fake.calls = [];
  closeSheet();
  forgetRows();
  panes.showList();
});

async function write(body: string, extra: Record<string, string> = {}): Promise<EditorView> {
  const start = await commands.start();
  applyStoredSettings({ ...start.settings, extra, language: "en", theme: "paper" }, "en-GB");
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
  openArticle(fake.articles[0]!.row.id, { mode: "write" });
  const text = await screen.findByRole("textbox", { name: /^Text of/ });
  const view = EditorView.findFromDOM(text)!;
  // An article that was open before follows its file first.
  await waitFor(() => expect(view.state.doc.toString()).toBe(fake.articles[0]!.text));
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: body }, selection: { anchor: 0 } });
  text.focus();
  await tick();
  return view;
}

function called(name: string): unknown[][] {
  return fake.calls.filter((call) => call.name === name).map(({ args }) => args);
}

describe("an image that comes into a text", () => {
  it("is described and made smaller in one step, its first file goes to the trash and comes back with an undo", async () => {
    fake.pictures["photo.jpg"] = { ...large, place: true };
    const view = await write("Mots.\n");
    const text = () => view.state.doc.toString();
    // What the window does with files that fall on it.
    takerOf(["/home/maud/photo.jpg"])!(["/home/maud/photo.jpg"], { x: 4, y: 4 });
    const dialog = await screen.findByRole("dialog", { name: "Describe the image" });
    expect(text()).toContain("![](photo.jpg)");
    const group = await within(dialog).findByRole("radiogroup", { name: "Size" });
    const same = within(group).getByRole("radio", { name: /As it is 6,000 × 4,500 px 8.4 MB/ });
    expect(same).toBeChecked();
    await waitFor(() => expect(group).toHaveTextContent("1,600 × 1,200 px 320 kB"));
    expect(dialog).toHaveTextContent("The photograph says where it was taken");
    const clean = within(dialog).getByRole("checkbox", { name: /Without what the camera noted/ });
    expect(clean).toBeChecked();
    expect((await axe.run(dialog, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual(
      [],
    );

    const words = within(dialog).getByRole("textbox", { name: /What is to be seen/ });
    await fireEvent.input(words, { target: { value: "Des haies" } });
    await fireEvent.click(within(group).getByRole("radio", { name: /1,600 px/ }));
    expect(dialog).toHaveTextContent("a smaller copy does not");
    await fireEvent.click(within(dialog).getByRole("button", { name: "Describe" }));
    await waitFor(() => expect(text()).toContain("![Des haies](photo-1600.jpg)"));
    await waitFor(() => expect(called("setPictureAside").map((args) => args[1])).toEqual(["photo.jpg"]));
    // Saved first: a file that shows an image keeps it.
    const names = fake.calls.map(({ name }) => name);
    expect(names.lastIndexOf("saveText")).toBeGreaterThan(-1);
    expect(names.lastIndexOf("saveText")).toBeLessThan(names.indexOf("setPictureAside"));
    expect(
      await screen.findByText("A copy is shown in its place: 8.4 MB before, 320 kB now."),
    ).toBeInTheDocument();

    undo(view);
    expect(text()).toContain("![](photo.jpg)");
    await waitFor(() => expect(called("bringPictureBack")).toEqual([["aside photo.jpg"]]));
  });

  it("keeps its size where nothing is chosen, and says what is left in it", async () => {
    fake.pictures["a.jpg"] = { ...large, place: true };
    const view = await write("![](a.jpg)\n\nMots.\n");
    runCommand("writer-resize-image");
    const dialog = await screen.findByRole("dialog", { name: "Describe the image" });
    const group = await within(dialog).findByRole("radiogroup", { name: "Size" });
    await waitFor(() => expect(within(group).getByRole("radio", { name: /As it is/ })).toHaveFocus());
    await fireEvent.click(within(dialog).getByRole("checkbox", { name: /Without what the camera noted/ }));
    expect(within(dialog).queryByRole("checkbox", { name: /trash/ })).toBeNull();
    await fireEvent.click(within(dialog).getByRole("button", { name: "Describe" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(called("keepPicture")).toEqual([]);
    expect(view.state.doc.toString()).toBe("![](a.jpg)\n\nMots.\n");
  });

  it("is proposed as it was chosen before, also where several come at once", async () => {
    fake.pictures["a.jpg"] = large;
    fake.pictures["b.jpg"] = { ...large, width: 1200, height: 900, sizes: [1000], place: true };
    fake.pictures["c.gif"] = { ...large, sizes: [], notes: false, leftAlone: "moving" };
    const view = await write("![](a.jpg)\n\nMots.\n");
    runCommand("writer-describe-image");
    const dialog = await screen.findByRole("dialog", { name: "Describe the image" });
    const group = await within(dialog).findByRole("radiogroup", { name: "Size" });
    await fireEvent.click(within(group).getByRole("radio", { name: /1,600 px/ }));
    await fireEvent.click(within(dialog).getByRole("checkbox", { name: /next images/ }));
    await fireEvent.click(within(dialog).getByRole("button", { name: "Describe" }));
    await waitFor(() => expect(view.state.doc.toString()).toContain("![](a-1600.jpg)"));
    expect(settings.extra["image-size"]).toBe("1600");

    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: "Mots.\n" } });
    await waitFor(() => expect(called("setPictureAside")).toHaveLength(1));
    // Another one of the name.
    fake.aside.clear();
    fake.calls = [];
    dropImages(view, ["/x/a.jpg", "/x/b.jpg", "/x/c.gif"], { x: 4, y: 4 });
    // One is made smaller, one loses its place, one moves and is left alone.
    await waitFor(() =>
      expect(view.state.doc.toString()).toContain("![](a-1600.jpg)\n\n![](b-2.jpg)\n\n![](c.gif)"),
    );
    expect(screen.queryByRole("dialog")).toBeNull();
    await waitFor(() => expect(called("setPictureAside").map((args) => args[1])).toEqual(["a.jpg", "b.jpg"]));
    expect(await screen.findByText(/^2 copies are shown/)).toBeInTheDocument();
    undo(view);
    expect(view.state.doc.toString()).toContain("![](a.jpg)\n\n![](b.jpg)\n\n![](c.gif)");
    await waitFor(() => expect(called("bringPictureBack")).toHaveLength(2));
  });

  it("is as it was again, in the text and in its folder, whatever is on the sheet when that is asked for", async () => {
    fake.pictures["a.jpg"] = large;
    const view = await write("![](a.jpg)\n\nMots.\n");
    const { openText, sessions } = await import("@/writer/writer.svelte");
    const id = [...sessions.keys()].at(-1)!;
    runCommand("writer-describe-image");
    const dialog = await screen.findByRole("dialog", { name: "Describe the image" });
    const group = await within(dialog).findByRole("radiogroup", { name: "Size" });
    await fireEvent.click(within(group).getByRole("radio", { name: /1,600 px/ }));
    await fireEvent.click(within(dialog).getByRole("button", { name: "Describe" }));
    await waitFor(() => expect(view.state.doc.toString()).toContain("![](a-1600.jpg)"));
    const undoing = await screen.findByRole("button", { name: /^Undo/ });
    closeSheet();
    await waitFor(() => expect(view.dom.isConnected).toBe(false));
    await fireEvent.click(undoing);
    await waitFor(() => expect(called("bringPictureBack")).toHaveLength(1));
    const text = await openText(id);
    expect(text?.buffer.state().doc.toString()).toContain("![](a.jpg)");
    await waitFor(
      () => expect(fake.articles.find(({ row }) => row.id === id)?.text).toContain("![](a.jpg)"),
      {
        timeout: 5000,
      },
    );
  });

  it("says why it is left as it is", async () => {
    fake.pictures["a.gif"] = { ...large, sizes: [], notes: false, leftAlone: "moving" };
    await write("![](a.gif)\n\nMots.\n");
    runCommand("writer-describe-image");
    const dialog = await screen.findByRole("dialog", { name: "Describe the image" });
    await waitFor(() => expect(dialog).toHaveTextContent("It moves, and is left as it is."));
    expect(within(dialog).queryByRole("radiogroup")).toBeNull();
  });
});
