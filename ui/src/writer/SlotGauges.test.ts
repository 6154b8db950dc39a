import axe from "axe-core";
import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, expect, it } from "vitest";
import type { SlotLength } from "@/backend";
import { useLanguage } from "@/shared/messages";
import SlotGauges from "./SlotGauges.svelte";

afterEach(cleanup);

const length = (slot: SlotLength["slot"], signs: number, limit: number | null): SlotLength => ({
  slot,
  signs,
  limit,
});

it("shows the room of the text, and of other parts when they come near to their limit", async () => {
  await useLanguage("en");
  const lengths = [length("title", 40, 90), length("standfirst", 250, 260), length("body", 5_000, 6_000)];
  const { rerender } = render(SlotGauges, { lengths });
  expect(screen.getAllByRole("meter").map((one) => one.getAttribute("aria-valuetext"))).toEqual([
    expect.stringMatching(/^Standfirst: .*10.* signs left$/),
    expect.stringMatching(/^Text: .*1.000.* signs left$/),
  ]);
  expect(screen.getByRole("status").textContent).toBe("");
  await rerender({ lengths: [length("body", 6_001, 6_000), length("notes", 900, null)] });
  expect(screen.getByRole("meter", { name: "Text" })).toHaveTextContent(/6.001 \/ 6.000/);
  expect(screen.getByRole("status")).toHaveTextContent("1 sign too long");
  expect(
    (
      await axe.run(document.body, {
        rules: { region: { enabled: false }, "color-contrast": { enabled: false } },
      })
    ).violations,
  ).toEqual([]);
  await rerender({ lengths: [length("body", 5, null)] });
  expect(screen.queryByRole("meter")).toBeNull();
});
