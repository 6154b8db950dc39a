import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  allCommands,
  handleKey,
  register,
  runCommand,
  setCommandContext,
  type CommandContext,
} from "./commands.svelte";
import { ariaKey, isBareKey, matchesKey, showKey } from "./keys";
import { notices } from "./notices.svelte";

let here: CommandContext = "any";
const press = (
  key: string,
  options: KeyboardEventInit = {},
  target: EventTarget = document.body,
): boolean => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options });
  Object.defineProperty(event, "target", { value: target });
  return handleKey(event);
};

beforeEach(() => {
  here = "any";
  setCommandContext(() => here);
  document.body.innerHTML = "";
});

describe("a key", () => {
  it.each([
    ["Mod-k", { key: "k", ctrlKey: true }, true],
    ["Mod-k", { key: "k" }, false],
    ["Mod-k", { key: "k", ctrlKey: true, shiftKey: true }, false],
    ["Mod-Shift-f", { key: "F", ctrlKey: true, shiftKey: true }, true],
    ["j", { key: "j" }, true],
    ["j", { key: "j", altKey: true }, false],
    ["?", { key: "?", shiftKey: true }, true],
    ["Mod-1", { key: "&", code: "Digit1", ctrlKey: true }, true],
    ["? F1", { key: "F1" }, true],
    ["Mod-,", { key: ",", ctrlKey: true }, true],
    ["-", { key: "-" }, true],
  ])("%s is told from what was pressed", (keys, event, fits) => {
    expect(matchesKey(new KeyboardEvent("keydown", event), keys, false)).toBe(fits);
  });

  it("is Cmd on a Mac", () => {
    expect(matchesKey(new KeyboardEvent("keydown", { key: "k", metaKey: true }), "Mod-k", true)).toBe(true);
    expect(matchesKey(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }), "Mod-k", true)).toBe(false);
    expect(showKey("Mod-Shift-f", true)).toBe("⇧⌘F");
  });

  it("is shown in the language of the interface", () => {
    expect(showKey("Mod-Shift-f", false)).toBe("Ctrl+Maj+F");
    expect(showKey("ArrowDown j", false)).toBe("↓");
    expect(ariaKey("Mod-Shift-f", false)).toBe("Control+Shift+f");
  });

  it("is bare when it could be typed", () => {
    expect(isBareKey("j")).toBe(true);
    expect(isBareKey("?")).toBe(true);
    expect(isBareKey("F1")).toBe(false);
    expect(isBareKey("Mod-j")).toBe(false);
    expect(isBareKey("Delete")).toBe(true);
  });
});

describe("a command", () => {
  it("runs by its key, and no more once it is taken away", () => {
    const run = vi.fn();
    const stop = register({ id: "one", group: "go", keys: "Mod-y", run });
    expect(press("y", { ctrlKey: true })).toBe(true);
    stop();
    expect(press("y", { ctrlKey: true })).toBe(false);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("with a bare key keeps quiet while one types", () => {
    const run = vi.fn();
    const stop = register({ id: "one", group: "go", keys: "y", run });
    for (const element of ["input", "textarea", "select"])
      expect(press("y", {}, document.createElement(element))).toBe(false);
    const editor = document.createElement("div");
    editor.className = "cm-editor";
    expect(press("y", {}, editor)).toBe(false);
    const tick = document.createElement("input");
    tick.type = "checkbox";
    expect(press("y", {}, tick)).toBe(true);
    expect(run).toHaveBeenCalledTimes(1);
    stop();
  });

  it("with a bare key and another keeps quiet while one types for the bare one alone", () => {
    const run = vi.fn();
    const stop = register({ id: "one", group: "help", keys: "? F1", run });
    const field = document.createElement("input");
    expect(press("?", { shiftKey: true }, field)).toBe(false);
    expect(press("F1", {}, field)).toBe(true);
    expect(press("?", { shiftKey: true })).toBe(true);
    expect(run).toHaveBeenCalledTimes(2);
    stop();
  });

  it("with a bare key keeps quiet beside a text that is being written", () => {
    const stop = register({ id: "one", group: "go", keys: "Delete F2", run: () => undefined });
    here = "writing";
    expect(press("Delete")).toBe(false);
    expect(press("F2")).toBe(true);
    here = "list";
    expect(press("Delete")).toBe(true);
    stop();
  });

  it("of the text is left to any other field, and so is one of another place with the same key", () => {
    const strong = vi.fn();
    const all = vi.fn();
    const save = vi.fn();
    const stops = [
      register({ id: "strong", group: "edit", keys: "Mod-b", when: "writing", ofText: true, run: strong }),
      register({ id: "all", group: "go", keys: "Mod-b", run: all }),
      register({ id: "save", group: "file", keys: "Mod-s", when: "writing", run: save }),
    ];
    here = "writing";
    document.body.innerHTML = `
      <div class="cm-editor"><div class="text" contenteditable="true" data-text>
        <div contenteditable="false"><div class="cell" contenteditable="true"></div></div></div>
        <textarea></textarea><button></button></div>
      <div class="cm-editor"><div class="other" contenteditable="true"><b></b></div></div>
      <input><select></select>`;
    const at = (query: string): HTMLElement => document.querySelector<HTMLElement>(query)!;
    const key = { ctrlKey: true };
    for (const query of ["textarea", ".other", ".other b", "input", "select"]) {
      expect([query, press("b", key, at(query))]).toEqual([query, false]);
      expect([query, press("s", key, at(query))]).toEqual([query, true]);
    }
    expect([strong, all, save].map(({ mock }) => mock.calls.length)).toEqual([0, 0, 5]);
    for (const query of [".text", ".cell", "button"]) press("b", key, at(query));
    expect([strong, all].map(({ mock }) => mock.calls.length)).toEqual([3, 0]);
    // Where no text is written, the key means what it means there.
    here = "list";
    press("b", key, at("input"));
    expect(all).toHaveBeenCalledTimes(1);
    stops.forEach((stop) => stop());
  });

  it("runs where it belongs, before one that holds anywhere", () => {
    const general = vi.fn();
    const special = vi.fn();
    const stops = [
      register({ id: "general", group: "go", keys: "y", run: general }),
      register({ id: "special", group: "go", keys: "y", when: "reading", run: special }),
    ];
    press("y");
    here = "reading";
    press("y");
    expect([general.mock.calls.length, special.mock.calls.length]).toEqual([1, 1]);
    stops.forEach((stop) => stop());
  });

  it("does not run while a dialog is open, nor takes Enter from a button", () => {
    const run = vi.fn();
    const stop = register({ id: "one", group: "go", keys: "Enter y", run });
    const button = document.createElement("button");
    expect(press("Enter", {}, button)).toBe(false);
    document.body.innerHTML = "<dialog open></dialog>";
    expect(press("y")).toBe(false);
    expect(run).not.toHaveBeenCalled();
    stop();
  });

  it("that is not enabled does not run; one that fails is told in words", async () => {
    const run = vi.fn();
    const stops = [
      register({ id: "off", group: "go", enabled: () => false, run }),
      register({
        id: "fails",
        group: "go",
        run: () => Promise.reject({ kind: "diskFull", message: "ENOSPC", path: null }),
      }),
    ];
    await runCommand("off");
    expect(run).not.toHaveBeenCalled();
    await runCommand("fails");
    expect(notices.list.at(-1)).toMatchObject({ kind: "problem", text: "Le disque est plein." });
    stops.forEach((stop) => stop());
  });

  it("registered twice is there once", () => {
    const stops = [1, 2].map(() => register({ id: "twice", group: "go", run: () => undefined }));
    expect(allCommands().filter(({ id }) => id === "twice").length).toBe(1);
    stops.forEach((stop) => stop());
    expect(allCommands().some(({ id }) => id === "twice")).toBe(false);
  });
});
