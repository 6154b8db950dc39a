import { describe, expect, it } from "vitest";
import type { Version } from "@/backend";
import { entriesOf, share } from "./timeline";

const version = (time: string, more: Partial<Version> = {}): Version => ({
  id: time,
  time,
  kind: "automatic",
  name: null,
  reason: null,
  device: null,
  by: null,
  folded: false,
  words: 10,
  wordsDelta: null,
  ...more,
});
const all = { named: false, words: "" };
const words = ({ name }: Version): string => name ?? "";

// Times are of this machine: a day ends at its midnight.
const at = (day: number, hour: number, minute = 0): string =>
  new Date(2026, 10, day, hour, minute).toISOString();

describe("the entries of the timeline", () => {
  const list = [
    version(at(26, 17, 40)),
    version(at(26, 17, 20)),
    version(at(26, 9), { name: "Relu par Élodie" }),
    version(at(25, 23, 50)),
    version(at(25, 23, 45), { folded: true }),
    version(at(25, 23, 40), { folded: true }),
    version(at(20, 8), { name: "Première version", kind: "named" }),
  ];

  it("run by day and session, and each knows the one before it that is shown", () => {
    const entries = entriesOf(list, all, new Set(), words);
    expect(entries.map(({ startsDay, startsSession }) => [startsDay, startsSession])).toEqual([
      [true, false],
      [false, false],
      [false, true],
      [true, false],
      [true, false],
    ]);
    expect(entries.map(({ folded }) => folded)).toEqual([0, 0, 0, 2, 0]);
    expect(entries[3]?.before).toBe(list[6]?.id);
    expect(entries.at(-1)?.before).toBeNull();
  });

  it("show what was folded once it is asked for", () => {
    const entries = entriesOf(list, all, new Set([list[3]!.id]), words);
    expect(entries).toHaveLength(7);
    expect(entries[3]).toMatchObject({ folded: 0, before: list[4]?.id });
  });

  it("are those with a name, or with these words in it, whatever their accents", () => {
    const named = entriesOf(list, { named: true, words: "" }, new Set(), words);
    expect(named.map(({ version: { name } }) => name)).toEqual(["Relu par Élodie", "Première version"]);
    expect(named[0]?.before).toBe(list[6]?.id);
    const found = entriesOf(list, { named: false, words: " elodie" }, new Set(), words);
    expect(found.map(({ version: { name } }) => name)).toEqual(["Relu par Élodie"]);
    expect(entriesOf(list, { named: false, words: "rien" }, new Set(), words)).toEqual([]);
  });
});

it("a bar grows with the words, is seen for one and full for a thousand", () => {
  expect(share(0)).toBe(0);
  expect(share(1)).toBeGreaterThan(0.03);
  expect(share(100)).toBeGreaterThan(share(10));
  expect(share(1000)).toBe(1);
  expect(share(1e9)).toBe(1);
});
