// Replacing across the library, in the window: every change before it is made, some left, all taken back.
import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import App from "@/App.svelte";
import { closeDialog } from "@/library/dialogs.svelte";
import { closeSheet, library } from "@/library/library.svelte";
import { asked } from "@/library/replacing/replacing.svelte";
import { forgetRows, list } from "@/library/rows.svelte";
import { forgetSteps, undoLast } from "@/library/undo.svelte";
import { applyStoredSettings } from "@/settings/settings.svelte";
import { runCommand } from "@/shared/commands.svelte";
import { notices } from "@/shared/notices.svelte";
import { commands, fake } from "./fake-backend";

beforeEach(() => {
  library.current = null;
  library.overview = null;
  library.view = "start";
  notices.list = [];
  Object.assign(asked, { text: "", replacement: "", expression: false, among: "library", section: "" });
  fake.reset();
  closeDialog();
  closeSheet();
  forgetRows();
  forgetSteps();
});

async function opened(): Promise<HTMLElement> {
  const start = await commands.start();
  await applyStoredSettings({ ...start.settings, extra: {}, language: "en", theme: "paper" }, "en-GB");
  fake.articles.forEach((one, at) => {
    one.text =
      at < 2 ? `---\ntitle: ${one.row.title}\n---\n\nA quagga, a.example/quagga\nQuagga.\n` : "Rien.\n";
  });
  render(App, { start });
  await waitFor(() => expect(list.loaded).toBe(true));
  await runCommand("replace-across");
  return screen.findByRole("dialog", { name: "Replace in the library" });
}

async function typed(dialog: HTMLElement, name: string, text: string): Promise<void> {
  const field = within(dialog).getByRole("textbox", { name });
  await fireEvent.input(field, { target: { value: text } });
}

describe("replacing across the library", () => {
  it("shows every change, leaves what is not ticked, and takes all of it back", async () => {
    const dialog = await opened();
    const before = fake.articles.map(({ text }) => text);
    await typed(dialog, "Find", "quagga");
    await typed(dialog, "Replace with", "zebra");
    await within(dialog).findByText(/6 places in 2 articles/);
    // The address is shown, and not ticked.
    const act = await within(dialog).findByRole("button", { name: "Replace 4 places" });
    const first = within(dialog).getByRole("region", { name: fake.articles[0]?.row.title ?? "" });
    const boxes = within(first).getAllByRole("checkbox");
    expect(boxes).toHaveLength(4);
    expect((boxes[2] as HTMLInputElement).checked).toBe(false);
    expect(within(first).getByText("code or address")).toBeVisible();
    await fireEvent.click(boxes[3] as HTMLElement);
    await waitFor(() => expect(act).toHaveTextContent("Replace 3 places"));
    await fireEvent.click(act);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(fake.articles[0]?.text).toContain("A zebra, a.example/quagga\nQuagga.");
    expect(fake.articles[1]?.text).toContain("A zebra, a.example/quagga\nzebra.");
    expect(notices.list.at(-1)?.text).toBe("3 places replaced in 2 articles");
    // What was written on since stays, and is told.
    const second = fake.articles[1];
    if (second) second.text += "More.\n";
    await undoLast();
    expect(fake.articles[0]?.text).toBe(before[0]);
    expect(fake.articles[1]?.text).toContain("zebra");
    expect(notices.list.at(-1)?.text).toContain("1 was changed since, and stays");
  });

  it("replaces nothing by words that were changed since", async () => {
    const dialog = await opened();
    await typed(dialog, "Find", "quagga");
    await typed(dialog, "Replace with", "zebra");
    await within(dialog).findByRole("button", { name: "Replace 4 places" });
    await typed(dialog, "Replace with", "zebras");
    const field = within(dialog).getByRole("textbox", { name: "Replace with" });
    await fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(fake.articles[0]?.text).not.toContain("zebra");
    const act = within(dialog).getByRole("button", { name: "Replace 4 places" });
    await waitFor(() => expect(act).toBeEnabled());
    await fireEvent.click(act);
    await waitFor(() => expect(fake.articles[0]?.text).toContain("A zebras, a.example"));
  });

  it("tells what was changed since it was shown, and what is no expression", async () => {
    const dialog = await opened();
    await typed(dialog, "Find", "quagga");
    await typed(dialog, "Replace with", "zebra");
    const act = await within(dialog).findByRole("button", { name: "Replace 4 places" });
    const second = fake.articles[1];
    if (second) second.text = "Another quagga.\n";
    await fireEvent.click(act);
    await within(dialog).findByText("1 article left as it was");
    expect(within(dialog).getByText("changed since it was shown")).toBeVisible();
    expect(second?.text).toBe("Another quagga.\n");
    await fireEvent.click(within(dialog).getByRole("button", { name: "Regular expression" }));
    await typed(dialog, "Find", "(");
    expect(await within(dialog).findByRole("alert")).toHaveTextContent("unclosed group");
  });
});
