import axe from "axe-core";
import { library } from "@/library/library.svelte";
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backend, type Version } from "@/backend";
import { useLanguage } from "@/shared/messages";
import { notices } from "@/shared/notices.svelte";
import { markSaved, markUnsaved } from "@/shared/unsaved.svelte";
import { fake } from "../../tests/fake-backend";
import { timeInWords } from "./time-words";
import { presentBefore, versions, whenSaved } from "./versions.svelte";
import VersionsPanel from "./VersionsPanel.svelte";

const id = "article-0";

configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

beforeEach(async () => {
  fake.reset();
  useLanguage("fr");
  Object.assign(versions, {
    id: null,
    list: null,
    chosen: null,
    text: null,
    against: null,
    other: null,
    naming: false,
  });
  notices.list = [];
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("the panel", () => {
  async function open(): Promise<HTMLElement> {
    render(VersionsPanel, { id, close: vi.fn() });
    return screen.findByRole("list", { name: /Versions, de la plus récente/ });
  }

  it("lists the versions and shows the newest, with no axe violation", async () => {
    const list = await open();
    expect(within(list).getAllByRole("listitem").length).toBeGreaterThan(1);
    await waitFor(() =>
      expect(screen.getByRole("region", { name: /Texte de la version/ })).toHaveTextContent("---"),
    );
    const found = await axe.run(document.body, {
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });

  it("says before what a version was kept, and counts only what was counted", async () => {
    const oldest = within(await open())
      .getAllByRole("button")
      .at(-1);
    expect(oldest).toHaveTextContent("Avant le retour à une autre version");
    expect(oldest).not.toHaveTextContent(/mots/);
  });

  it("walks through the versions with the arrows", async () => {
    const list = await open();
    const [first, second] = within(list).getAllByRole("button");
    first?.focus();
    await fireEvent.keyDown(list, { key: "ArrowDown" });
    expect(second).toHaveFocus();
    await waitFor(() => expect(second).toHaveAttribute("aria-current", "true"));
    await fireEvent.keyDown(list, { key: "Home" });
    expect(first).toHaveFocus();
  });

  it("compares a version with the present text, and with another one, the older first", async () => {
    const list = await open();
    const [, second, oldest] = within(list).getAllByRole("button");
    await fireEvent.click(second as HTMLElement);
    const against = await screen.findByRole("combobox", { name: "Comparer avec" });
    await fireEvent.change(against, { target: { value: "present" } });
    const comparison = await screen.findByRole("region", { name: "Comparaison de deux textes" });
    const names = (): (string | null)[] =>
      [...comparison.querySelectorAll(".rubric")].map((one) => one.textContent);
    expect(names()).toEqual([expect.stringContaining("Relu par Jonas"), "Texte actuel"]);
    await fireEvent.change(against, { target: { value: versions.list?.[0]?.id } });
    await waitFor(() => expect(names()[1]).toContain("Automatique"));
    // The one it is compared with cannot be the one that is looked at.
    await fireEvent.click(oldest as HTMLElement);
    await waitFor(() => expect(names()[0]).toContain("Avant le retour"));
    await fireEvent.change(against, { target: { value: versions.list?.[1]?.id } });
    await waitFor(() => expect(names()[1]).toContain("Relu par Jonas"));
    const found = await axe.run(document.body, {
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    });
    expect(found.violations.map((one) => one.id)).toEqual([]);
    await fireEvent.click(second as HTMLElement);
    await waitFor(() => expect(versions.against).toBeNull());
    expect(await screen.findByRole("region", { name: /Texte de la version/ })).toBeVisible();
  });

  it("shows what changed as a redline, steps through it and takes one change back", async () => {
    library.current = {
      root: "library",
      title: "Essai",
      writable: true,
      key: "key",
      languages: ["fr"],
      statuses: [],
    };
    const list = await open();
    const [, second] = within(list).getAllByRole("button");
    await fireEvent.click(second as HTMLElement);
    await waitFor(() => expect(versions.text).not.toBeNull());
    fake.articles[0]!.text = `${versions.text!.trimEnd()}\n\nUne fin ajoutée.\n`;
    const wanted = versions.text;
    const against = await screen.findByRole("combobox", { name: "Comparer avec" });
    await fireEvent.change(against, { target: { value: "present" } });
    const redline = within(await screen.findByRole("region", { name: "Comparaison de deux textes" }));
    await waitFor(() => expect(redline.getByRole("status")).toHaveTextContent("3 mots"));
    expect(redline.getByText(/Une fin ajoutée/).tagName).toBe("INS");
    const text = redline.getByRole("region", { name: "Mots qui diffèrent" });
    await fireEvent.keyDown(text, { key: "n" });
    expect(redline.getByText("1 sur 1")).toBeVisible();
    await fireEvent.click(redline.getByRole("button", { name: "Rétablir l’ancien texte" }));
    await waitFor(() => expect(redline.getByRole("status")).toHaveTextContent("identiques"));
    expect(fake.articles[0]?.text).toBe(wanted);
    const found = await axe.run(document.body, {
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });

  it("takes nothing back by the numbers of another comparison", async () => {
    library.current = {
      root: "library",
      title: "Essai",
      writable: true,
      key: "key",
      languages: ["fr"],
      statuses: [],
    };
    const list = await open();
    const [, second, oldest] = within(list).getAllByRole("button");
    await fireEvent.click(second as HTMLElement);
    await waitFor(() => expect(versions.text).not.toBeNull());
    fake.articles[0]!.text = `${versions.text!.trimEnd()}\n\nUne fin ajoutée.\n`;
    const against = await screen.findByRole("combobox", { name: "Comparer avec" });
    await fireEvent.change(against, { target: { value: "present" } });
    const text = await screen.findByRole("region", { name: "Mots qui diffèrent" });
    await screen.findByText(/Une fin ajoutée/);
    await fireEvent.keyDown(text, { key: "n" });
    const back = { name: "Rétablir l’ancien texte" };
    expect(screen.getByRole("button", back)).toBeVisible();
    vi.spyOn(backend, "versionText").mockReturnValueOnce(new Promise(() => undefined));
    await fireEvent.click(oldest as HTMLElement);
    expect(screen.queryByRole("button", back)).toBeNull();
  });

  it("says of a page that came from elsewhere where it came from, and when", async () => {
    const version: Version = {
      id: "c",
      time: "2026-11-20T10:00:00Z",
      kind: "captured",
      name: "Exemple, 2026-04-01",
      reason: null,
      device: "poste",
      by: null,
      folded: false,
      words: 10,
      wordsDelta: null,
    };
    const edited: Version = { ...version, id: "e", kind: "before", name: null, reason: "capture" };
    fake.versions[id] = [
      { version: edited, text: "b" },
      { version, text: "a" },
    ];
    const list = await open();
    expect(within(list).getByText(/^Page capturée.: Exemple, 2026-04-01$/)).toBeVisible();
    expect(within(list).getByText("Votre texte, avant une nouvelle capture de la page")).toBeVisible();
  });

  it("names the present version", async () => {
    await open();
    await fireEvent.click(screen.getByRole("button", { name: "Nommer la version actuelle" }));
    const field = screen.getByRole("textbox", { name: "Nom de la version" });
    expect(field).toHaveFocus();
    await fireEvent.input(field, { target: { value: "  Envoyé à Jonas " } });
    await fireEvent.submit(field.closest("form") as HTMLFormElement);
    expect(await screen.findByText("Envoyé à Jonas")).toBeVisible();
    expect(fake.calls.find((call) => call.name === "nameVersion")?.args).toEqual([id, "Envoyé à Jonas"]);
  });

  it("restores a version and offers to undo", async () => {
    const list = await open();
    const oldest = within(list).getAllByRole("button").at(-1);
    await fireEvent.click(oldest as HTMLElement);
    await fireEvent.click(await screen.findByRole("button", { name: "Rétablir cette version" }));
    await waitFor(() => expect(notices.list.at(-1)?.action?.label).toBe("Annuler"));
    const restored = (): unknown[] =>
      fake.calls.filter((call) => call.name === "restoreVersion").map((call) => call.args);
    const asked = restored().length;
    await notices.list.at(-1)?.action?.run();
    expect(restored()).toHaveLength(asked + 1);
  });
});

describe("what undo goes back to", () => {
  const version = (name: string, kind: Version["kind"] = "automatic"): Version => ({
    id: name,
    time: "2026-11-20T10:00:00Z",
    kind,
    name: null,
    reason: null,
    device: "poste",
    by: null,
    folded: false,
    words: 10,
    wordsDelta: null,
  });

  it("is the version that was kept before the restore", () => {
    const before = [version("b"), version("a", "before")];
    expect(presentBefore(before, [version("d"), version("c", "before"), ...before])).toBe("c");
  });

  it("is the newest of before, where nothing had changed since", () => {
    const before = [version("b"), version("a", "before")];
    expect(presentBefore(before, [version("c"), ...before])).toBe("b");
  });

  it("is nothing, where there was no version", () => expect(presentBefore([], [])).toBeNull());
});

describe("unsaved words", () => {
  it("are waited for, and nothing is kept without them", async () => {
    markUnsaved(id, "Titre");
    expect(await whenSaved(id, 1)).toBe(false);
    expect(notices.list.at(-1)?.kind).toBe("problem");
    setTimeout(() => markSaved(id), 50);
    expect(await whenSaved(id)).toBe(true);
  });
});

describe("times in words", () => {
  const now = new Date(2026, 10, 22, 12, 0).getTime();
  const ago = (minutes: number): string => timeInWords(new Date(now - minutes * 60_000).toISOString(), now);

  it.each([
    [0.5, /^à l’instant$/],
    [1, /^il y a 1.minute$/],
    [59, /^il y a 59.minutes$/],
    [119, /^aujourd’hui à 10:01$/],
    [13 * 60, /^hier à 23:00$/],
    [37 * 60, /20 novembre 2026/],
    [-5, /22 novembre 2026/],
  ])("%d minutes ago", (minutes, words) => expect(ago(minutes)).toMatch(words));
});

describe("the timeline", () => {
  it("says who, how much changed and what was folded, and finds by name", async () => {
    const version = (name: string, time: string, more: Partial<Version> = {}): Version => ({
      id: name,
      time,
      kind: "automatic",
      name: null,
      reason: null,
      device: null,
      by: "Maud Le Goff",
      folded: false,
      words: 3,
      wordsDelta: null,
      ...more,
    });
    fake.versions[id] = [
      { version: version("d", "2026-11-20T10:00:00Z"), text: "Un deux trois quatre.\n" },
      { version: version("c", "2026-11-20T09:55:00Z", { folded: true }), text: "Un deux.\n" },
      {
        version: version("b", "2026-11-19T10:00:00Z", { kind: "external", by: null }),
        text: "Un deux trois.\n",
      },
      { version: version("a", "2026-11-18T10:00:00Z", { name: "Première" }), text: "Un deux trois.\n" },
    ];
    for (let at = 0; at < 4; at++)
      fake.versions[id].push({ version: version(`z${at}`, `2026-11-0${9 - at}T10:00:00Z`), text: "Un.\n" });
    // Everything is in sight.
    vi.stubGlobal(
      "IntersectionObserver",
      class {
        constructor(readonly tell: (entries: { isIntersecting: boolean }[]) => void) {}
        observe = (): void => queueMicrotask(() => this.tell([{ isIntersecting: true }]));
        disconnect = (): void => undefined;
      },
    );
    render(VersionsPanel, { id, close: vi.fn() });
    const list = await screen.findByRole("list", { name: /Versions, de la plus récente/ });
    const rows = (): HTMLElement[] => within(list).getAllByRole("listitem");
    expect(rows()).toHaveLength(7);
    expect(rows()[0]).toHaveTextContent("Maud Le Goff");
    await waitFor(() => expect(rows()[0]).toHaveTextContent("+1"));
    expect(rows()[1]).toHaveTextContent("Un autre programme");
    await fireEvent.click(within(list).getByRole("button", { name: "1 autre version" }));
    expect(rows()).toHaveLength(8);

    // Two of them, by the keyboard.
    const [first] = within(list).getAllByRole("button");
    first?.focus();
    await fireEvent.keyDown(list, { key: "ArrowDown", shiftKey: true });
    await fireEvent.keyDown(list, { key: "ArrowDown", shiftKey: true });
    await fireEvent.keyDown(document.activeElement as HTMLElement, { key: "c" });
    await waitFor(() => expect([versions.chosen, versions.against]).toEqual(["d", "b"]));
    expect(await screen.findByRole("region", { name: "Comparaison de deux textes" })).toBeVisible();

    // The name is changed, looked for, and taken away.
    await fireEvent.click(within(list).getByRole("button", { name: /Première/ }));
    await fireEvent.click(await screen.findByRole("button", { name: "Renommer" }));
    const field = screen.getByRole("textbox", { name: "Nouveau nom de cette version" });
    await fireEvent.input(field, { target: { value: "Bon à tirer" } });
    await fireEvent.submit(field.closest("form") as HTMLFormElement);
    await waitFor(() => expect(rows()[3]).toHaveTextContent("Bon à tirer"));
    await fireEvent.input(screen.getByRole("searchbox"), { target: { value: "a tirer" } });
    await waitFor(() => expect(rows()).toHaveLength(1));
    const found = await axe.run(document.body, {
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    });
    expect(found.violations.map((one) => one.id)).toEqual([]);
    await fireEvent.click(screen.getByRole("button", { name: "Retirer le nom" }));
    await waitFor(() => expect(versions.list?.some(({ name }) => name !== null)).toBe(false));
  });
});
