// Versions that are not wanted any more: dropped one by one or by age, taken back, and thrown away.
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { library } from "@/library/library.svelte";
import { forgetSteps, undoLast } from "@/library/undo.svelte";
import { useLanguage } from "@/shared/messages";
import { notices } from "@/shared/notices.svelte";
import { commands, fake } from "../../tests/fake-backend";
import ClearVersionsDialog from "./ClearVersionsDialog.svelte";
import FreeVersionsDialog from "./FreeVersionsDialog.svelte";
import { versions } from "./versions.svelte";
import VersionsPanel from "./VersionsPanel.svelte";

const id = "article-0";

configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  fake.reset();
  useLanguage("fr");
  Object.assign(versions, { id: null, list: null, chosen: null, text: null, against: null, dropped: 0 });
  notices.list = [];
  forgetSteps();
  library.current = {
    root: "library",
    title: "Essai",
    writable: true,
    key: "key",
    languages: ["fr"],
    statuses: [],
  };
});

afterEach(cleanup);

async function open(): Promise<HTMLElement> {
  render(VersionsPanel, { id, close: vi.fn() });
  return screen.findByRole("list", { name: /Versions, de la plus récente/ });
}

const rules = { "color-contrast": { enabled: false }, region: { enabled: false } };

describe("versions that are not wanted", () => {
  it("go by a key or a button, are told at the foot of the list, and come back", async () => {
    const list = await open();
    const count = versions.list!.length;
    const second = within(list).getAllByRole("button")[1]!;
    second.focus();
    await fireEvent.keyDown(second, { key: "Delete" });
    await waitFor(() => expect(versions.list).toHaveLength(count - 1));
    expect(await screen.findByText("Une version supprimée est encore là.")).toBeVisible();
    expect(notices.list.at(-1)?.text).toBe("La version est supprimée.");
    await undoLast();
    expect(versions.list).toHaveLength(count);

    await screen.findByRole("region", { name: /Texte de la version/ });
    const chosen = versions.chosen;
    await fireEvent.click(screen.getByRole("button", { name: "Supprimer cette version" }));
    await waitFor(() => expect(versions.list?.some((one) => one.id === chosen)).toBe(false));
    // The next one is read in its place.
    await waitFor(() => expect(versions.chosen).not.toBeNull());
    expect((await axe.run(document.body, { rules })).violations).toEqual([]);
    await fireEvent.click(await screen.findByRole("button", { name: "Reprendre" }));
    await waitFor(() => expect(versions.list).toHaveLength(count));
    expect(screen.queryByText(/encore là/)).toBeNull();
  });

  it("can't be dropped where nothing can be written", async () => {
    library.current = { ...library.current!, writable: false };
    const list = await open();
    const count = versions.list!.length;
    const second = within(list).getAllByRole("button")[1]!;
    second.focus();
    await fireEvent.keyDown(second, { key: "Delete" });
    await screen.findByRole("region", { name: /Texte de la version/ });
    expect(screen.queryByRole("button", { name: "Supprimer cette version" })).toBeNull();
    expect(versions.list).toHaveLength(count);
  });

  it("are counted by age before they go", async () => {
    const close = vi.fn();
    const [newest] = await commands.versions(id);
    fake.versions[id]!.push({ version: { ...newest!, id: "old", time: "2001-01-01T00:00:00Z" }, text: "" });
    render(ClearVersionsDialog, { id, close });
    const age = screen.getByRole("combobox", { name: "Gardées il y a plus" });
    await fireEvent.change(age, { target: { value: "365" } });
    const count = await commands.countVersionsBefore(id, 365);
    const told =
      count === 1 ? /^Une version automatique sera/ : new RegExp(`^${count} versions automatiques`);
    expect(await screen.findByText(told)).toBeVisible();
    expect(document.body).toHaveTextContent(/Restent celles qui ont un nom/);
    await fireEvent.click(screen.getByRole("button", { name: "Supprimer" }));
    await waitFor(() => expect(close).toHaveBeenCalled());
    expect(fake.dropped[id]).toHaveLength(count);
  });

  it("are thrown away after it was said what that is", async () => {
    fake.dropped[id] = [{ version: { id: "x" } as never, text: "" }];
    const close = vi.fn();
    render(FreeVersionsDialog, { close });
    expect(await screen.findByText(/Une version supprimée y est encore/)).toBeVisible();
    expect(document.body).toHaveTextContent("L’historique de la bibliothèque pèse 2,4 Mo.");
    expect((await axe.run(document.body, { rules })).violations).toEqual([]);
    await fireEvent.click(screen.getByRole("button", { name: "Libérer l’espace" }));
    await waitFor(() => expect(close).toHaveBeenCalled());
    expect(notices.list.at(-1)?.text).toMatch(/pesait 2,4\sMo\s; il pèse 900\sko\.$/);
  });
});
