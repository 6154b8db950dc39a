import { cleanup, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, it } from "vitest";
import { useLanguage } from "@/shared/messages";
import { type ComparisonView, showComparison } from "./comparison-view";

// Nothing has a place in a document that is not drawn.
Range.prototype.getBoundingClientRect ??= () => new DOMRect();
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;

let shown: ComparisonView;

afterEach(() => {
  shown.destroy();
  cleanup();
  document.body.replaceChildren();
});

it.each([
  ["fr", "Reprendre ce passage"],
  ["en", "Take this passage"],
] as const)("gives each passage by key as by mouse, and goes on to the next: %s", async (lang, name) => {
  await useLanguage(lang);
  shown = showComparison(document.body, {
    before: "Un autre début.\n\nLe milieu.\n\nUne autre fin.\n",
    after: "Un début.\n\nLe milieu.\n\nUne fin.\n",
    names: { before: "a", after: "b" },
    lang,
    wide: true,
    typography: false,
  });
  const buttons = await waitFor(() => {
    const found = screen.getAllByRole("button", { name });
    expect(found).toHaveLength(2);
    return found;
  });
  // What Enter and Space do to a button that has the focus.
  buttons[0]?.focus();
  buttons[0]?.click();
  expect(shown.text()).toBe("Un autre début.\n\nLe milieu.\n\nUne fin.\n");
  await waitFor(() => expect(screen.getAllByRole("button", { name })).toHaveLength(1));
  const last = screen.getByRole("button", { name });
  await waitFor(() => expect(last).toHaveFocus());
  last.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }));
  last.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1 }));
  expect(shown.text()).toBe("Un autre début.\n\nLe milieu.\n\nUne autre fin.\n");
  await waitFor(() => expect(screen.queryByRole("button", { name })).toBeNull());
});

it("goes back into the text when the last passage was given by key", async () => {
  await useLanguage("fr");
  shown = showComparison(document.body, {
    before: "Un autre début.\n",
    after: "Un début.\n",
    names: { before: "a", after: "b" },
    lang: "fr",
    wide: true,
    typography: false,
  });
  const button = await screen.findByRole("button", { name: "Reprendre ce passage" });
  button.focus();
  button.click();
  await waitFor(() => expect(screen.getByRole("textbox", { name: "b" })).toHaveFocus());
});
