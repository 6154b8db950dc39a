import { afterEach, expect, test, vi } from "vitest";
import { holdKeys } from "./typed-ahead";

afterEach(() => document.body.replaceChildren());

function field(): HTMLInputElement {
  const made = document.createElement("input");
  document.body.append(made);
  return made;
}

function press(place: Element, key: string): boolean {
  return place.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

test("keys on the way to a dialog are written in it, and nowhere else", () => {
  const text = field();
  const below = vi.fn();
  text.addEventListener("keydown", below);
  text.focus();
  const give = holdKeys();
  for (const key of ["é", " ", "Shift", "n"]) press(text, key);
  expect(press(text, "x")).toBe(false);
  expect(below).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ key: "Shift" }));

  const dialog = field();
  const typed: string[] = [];
  const seen: string[] = [];
  dialog.addEventListener("input", () => typed.push(dialog.value));
  dialog.addEventListener("keydown", (event) => seen.push(event.key));
  dialog.focus();
  give();
  expect(dialog.value).toBe("é nx");
  expect(typed.at(-1)).toBe("é nx");
  expect(seen).toEqual(["é", " ", "n", "x"]);
  expect(text.value).toBe("");
  press(text, "y");
  expect(below).toHaveBeenLastCalledWith(expect.objectContaining({ key: "y" }));
});

test("a key that is taken is not written, and one with Ctrl is a command", () => {
  const give = holdKeys();
  press(document.body, "Enter");
  document.body.dispatchEvent(
    new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true, cancelable: true }),
  );
  const dialog = field();
  const seen: string[] = [];
  dialog.addEventListener("keydown", (event) => {
    seen.push(event.key);
    event.preventDefault();
  });
  dialog.focus();
  give();
  expect(seen).toEqual(["Enter", "k"]);
  expect(dialog.value).toBe("");
});

test("Escape closes the dialog, and Enter sends its form", () => {
  const give = holdKeys();
  press(document.body, "Enter");
  press(document.body, "Escape");
  const dialog = document.body.appendChild(document.createElement("dialog"));
  const form = dialog.appendChild(document.createElement("form"));
  const name = form.appendChild(document.createElement("input"));
  dialog.open = true;
  const sent = vi.fn((event: Event) => event.preventDefault());
  const closed = vi.fn();
  form.addEventListener("submit", sent);
  dialog.addEventListener("cancel", closed);
  name.focus();
  give();
  expect(sent).toHaveBeenCalledOnce();
  expect(closed).toHaveBeenCalledOnce();
});

test("without a place for them the keys are gone", () => {
  const give = holdKeys();
  press(document.body, "a");
  expect(() => give()).not.toThrow();
});
