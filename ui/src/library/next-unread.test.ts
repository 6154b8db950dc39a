import { beforeEach, describe, expect, it } from "vitest";
import { notices } from "@/shared/notices.svelte";
import { commands, fake } from "../../tests/fake-backend";
import { closeSheet, library, sheet, wholeLibrary } from "./library.svelte";
import { openNextUnread } from "./next-unread";
import { forgetRows, list, moveCursor, showQuery } from "./rows.svelte";
import { clearSearch, search } from "./search.svelte";

let ids: string[] = [];

beforeEach(async () => {
  fake.reset(6);
  notices.list = [];
  closeSheet();
  clearSearch();
  forgetRows();
  Object.assign(library, { view: "list", query: { ...wholeLibrary }, selectedId: null });
  ids = (await commands.list({ ...wholeLibrary }, 0, 10)).rows.map((row) => row.id);
  await showQuery(library.query);
});

function readAllBut(...unread: number[]): void {
  for (const { row } of fake.articles) row.read = !unread.includes(ids.indexOf(row.id));
}

describe("the next unread article", () => {
  it("is the first after the open one, and the cursor goes with it", async () => {
    readAllBut(1, 4);
    await openNextUnread();
    expect([sheet.id, list.cursor, library.selectedId]).toEqual([ids[1], 1, ids[1]]);
    await openNextUnread();
    expect([sheet.id, list.cursor]).toEqual([ids[4], 4]);
    await openNextUnread();
    expect(sheet.id, "from the top again").toBe(ids[1]);
  });

  it("is the one under the cursor when that is not open yet", async () => {
    readAllBut(2, 3);
    await moveCursor(2);
    await openNextUnread();
    expect(sheet.id).toBe(ids[2]);
  });

  it("is said not to be there when all is read", async () => {
    readAllBut();
    await openNextUnread();
    expect(sheet.id).toBeNull();
    expect(notices.list).toHaveLength(1);
  });

  it("is the next result of a search", async () => {
    readAllBut(0, 5);
    library.view = "search";
    search.hits = fake.articles.map(({ row }) => ({ row, score: 1, snippet: null })) as never;
    const order = fake.articles.map(({ row }) => row.id).filter((id) => id === ids[0] || id === ids[5]);
    await openNextUnread();
    expect(sheet.id).toBe(order[0]);
    await openNextUnread();
    expect(sheet.id).toBe(order[1]);
  });
});
