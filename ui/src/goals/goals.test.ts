import axe from "axe-core";
import { history, isolateHistory, undo } from "@codemirror/commands";
import { EditorState, type Transaction, type TransactionSpec } from "@codemirror/state";
import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Written } from "@/backend";
import { settings } from "@/settings/settings.svelte";
import { useLanguage } from "@/shared/messages";
import { fake } from "../../tests/fake-backend";
import GoalGauge from "./GoalGauge.svelte";
import GoalsDialog from "./GoalsDialog.svelte";
import { followPiece, goals, noteWritten } from "./goals.svelte";
import { daysUpTo, pieceProgress, shifted, streak } from "./progress";
import { isBrought, writingTracker } from "./tracking";

configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

const many = "mot ".repeat(40);
const few = "trois mots seulement ";

describe("what is written and what is brought", () => {
  const change = (text: string, spec: TransactionSpec): Transaction =>
    EditorState.create({ doc: text }).update(spec);

  it.each([
    ["a letter", "", { changes: { from: 0, insert: "a" }, userEvent: "input.type" }, false],
    ["many words by typing", "", { changes: { from: 0, insert: many }, userEvent: "input.type" }, false],
    ["few words pasted", "", { changes: { from: 0, insert: few }, userEvent: "input.paste" }, false],
    ["many words pasted", "", { changes: { from: 0, insert: many }, userEvent: "input.paste" }, true],
    ["few words cut", many, { changes: { from: 0, to: few.length }, userEvent: "delete.cut" }, false],
    ["many words cut", many, { changes: { from: 0, to: many.length }, userEvent: "delete.cut" }, true],
    [
      "all replaced by a letter",
      many,
      { changes: { from: 0, to: many.length, insert: "a" }, userEvent: "input.type" },
      true,
    ],
    ["many words undone", many, { changes: { from: 0, to: many.length }, userEvent: "undo" }, true],
  ] as const)("%s", (_, text, spec, brought) => {
    expect(isBrought(change(text, spec as TransactionSpec), false, false)).toBe(brought);
    expect(isBrought(change(text, spec as TransactionSpec), true, false)).toBe(true);
  });

  it("counts what is pasted, where the writer wants it", () => {
    const paste = change("", { changes: { from: 0, insert: many }, userEvent: "input.paste" });
    expect(isBrought(paste, false, true)).toBe(false);
    expect(isBrought(paste, true, true)).toBe(true);
  });
});

describe("the tracker", () => {
  const length = (text: string): Written => ({
    words: text.split(/\s+/).filter(Boolean).length,
    signs: text.length,
  });

  it("tells what one's own hand added, whatever else came and went", async () => {
    const told: number[] = [];
    const tracker = writingTracker(
      (text) => Promise.resolve(length(text)),
      ({ words }) => void told.push(words),
    );
    let state = EditorState.create({ doc: "un deux trois", extensions: history() });
    const counted = (): Promise<void> => tracker.counted(length(state.doc.toString()), tracker.take());
    const dispatch = (transaction: Transaction): void => {
      if (isBrought(transaction, false, false)) tracker.brought(transaction);
      ({ state } = transaction);
    };
    const insert = (text: string, userEvent: string): void =>
      dispatch(
        state.update({
          changes: { from: state.doc.length, insert: text },
          userEvent,
          annotations: isolateHistory.of("full"),
        }),
      );
    await counted();
    insert(" quatre cinq", "input.type");
    await counted();
    expect(told).toEqual([2]);
    insert(` ${many}`, "input.paste");
    insert(" six", "input.type");
    await counted();
    expect(told).toEqual([2, 1]);
    // The typed word is gone, then what was pasted.
    undo({ state, dispatch });
    await counted();
    undo({ state, dispatch });
    await counted();
    expect(told.reduce((all, one) => all + one, 0)).toBe(2);
    tracker.reset();
    await tracker.counted({ words: 900, signs: 5000 }, []);
    expect(told.reduce((all, one) => all + one, 0)).toBe(2);
  });
});

describe("progress", () => {
  const written = (words: number): Written => ({ words, signs: words * 6 });

  it("knows all days, those of nothing too", () => {
    const known = [{ day: "2026-02-28", written: written(120), articles: 2 }];
    expect(daysUpTo("2026-03-01", 3, known, "words")).toEqual([
      { day: "2026-02-27", count: 0, articles: 0 },
      { day: "2026-02-28", count: 120, articles: 2 },
      { day: "2026-03-01", count: 0, articles: 0 },
    ]);
    expect(shifted("2024-02-28", 1)).toBe("2024-02-29");
  });

  it.each([
    [[0, 0, 0], null, 0],
    [[5, 5, 5], null, 3],
    [[5, 0, 5], null, 1],
    // Today is not over.
    [[5, 5, 0], null, 2],
    [[500, 499, 500], 500, 1],
    [[500, 500, 20], 500, 2],
  ])("%j with the goal %j: %d in a row", (counts, goal, length) => {
    expect(
      streak(
        counts.map((count, at) => ({ day: String(at), count, articles: 1 })),
        goal,
      ),
    ).toBe(length);
  });

  it("divides what is left by the days that are left, as they were this morning", () => {
    const goal = { length: 1000, unit: "words" as const, due: "2026-11-29" };
    const day = "2026-11-26";
    // 600 were left this morning for four days.
    expect(pieceProgress(goal, written(450), written(50), day)).toEqual({
      length: 450,
      goal: 1000,
      left: 550,
      days: 4,
      today: { goal: 150, left: 100 },
    });
    expect(pieceProgress({ ...goal, due: null }, written(450), written(50), day).today).toBeNull();
    expect(pieceProgress(goal, written(450), written(0), "2026-12-01")).toMatchObject({
      days: 0,
      today: null,
    });
    expect(pieceProgress(goal, written(1200), written(0), day)).toMatchObject({
      left: 0,
      today: { goal: 0 },
    });
  });
});

describe("the gauge and the dialog", () => {
  beforeEach(async () => {
    fake.reset();
    await useLanguage("fr");
    settings.extra = {};
    Object.assign(goals, {
      today: null,
      session: { words: 0, signs: 0 },
      id: null,
      length: null,
      goal: null,
    });
    goals.day = { words: 0, signs: 0 };
  });
  afterEach(cleanup);

  it("shows how far one has come today, and says once that the goal is reached", async () => {
    settings.extra = { goalDaily: "100" };
    await followPiece("article-0");
    render(GoalGauge);
    const gauge = screen.getByRole("button", { name: /: 0 \/ 100.mots aujourd’hui/ });
    await noteWritten("article-0", { words: 60, signs: 300 });
    await waitFor(() => expect(gauge).toHaveAccessibleName(/: 60 \/ 100.mots/));
    expect(screen.getByRole("status")).toHaveTextContent(/^$/);
    await noteWritten("article-0", { words: 45, signs: 300 });
    await waitFor(() =>
      expect(screen.getByRole("status")).toHaveTextContent("L’objectif du jour est atteint."),
    );
  });

  it("shows the session’s goal first, and the day’s once it is reached", async () => {
    settings.extra = { goalDaily: "100", goalSession: "50" };
    await followPiece("article-0");
    render(GoalGauge);
    const gauge = screen.getByRole("button", { name: /: 0 \/ 50.mots cette séance/ });
    await noteWritten("article-0", { words: 60, signs: 300 });
    await waitFor(() => expect(gauge).toHaveAccessibleName(/: 60 \/ 100.mots aujourd’hui/));
    cleanup();
    settings.extra = { goalSession: "50" };
    render(GoalGauge);
    expect(screen.getByRole("button", { name: /: 60 \/ 50.mots cette séance/ })).toBeVisible();
    expect(screen.getByRole("status")).toHaveTextContent("L’objectif de la séance est atteint.");
  });

  it("sets goals, and shows the days before as a chart and as a table", async () => {
    render(GoalsDialog, { id: "article-0", close: vi.fn() });
    await fireEvent.change(screen.getByLabelText("À écrire"), { target: { value: "500" } });
    expect(settings.extra.goalDaily).toBe("500");
    await fireEvent.change(screen.getByLabelText("Par séance"), { target: { value: "200" } });
    expect(settings.extra.goalSession).toBe("200");
    await fireEvent.change(screen.getByLabelText("Longueur"), { target: { value: "1200" } });
    await waitFor(() => expect(fake.goals["article-0"]).toMatchObject({ length: 1200, unit: "words" }));
    await fireEvent.change(screen.getByLabelText("Dernier jour"), { target: { value: "2026-12-12" } });
    await waitFor(() => expect(fake.goals["article-0"]?.due).toBe("2026-12-12"));
    expect(await screen.findByRole("img", { name: /300.mots en 30.jours/ })).toBeVisible();
    expect(screen.getByRole("img", { name: /300.mots en un an, sur 1.jours/ })).toBeVisible();
    await fireEvent.click(screen.getByText("La même chose en tableau"));
    expect(screen.getByRole("row", { name: /25 novembre 2026 300 1/ })).toBeInTheDocument();
    await fireEvent.change(screen.getByLabelText("Longueur"), { target: { value: "" } });
    await waitFor(() => expect(fake.goals["article-0"]).toBeUndefined());
    const found = await axe.run(document.body, {
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });
});
