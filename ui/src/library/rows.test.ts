import { flushSync } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { failure, fake } from "../../tests/fake-backend";
import { library, wholeLibrary } from "./library.svelte";
import {
  attachScroller,
  forgetRows,
  list,
  moveCursor,
  picked,
  refreshRows,
  rereadRows,
  rowAt,
  showQuery,
  togglePicked,
  wantRows,
} from "./rows.svelte";

const scroller = { row: 0 };

beforeEach(async () => {
  fake.reset(1000);
  library.query = { ...wholeLibrary };
  library.selectedId = null;
  scroller.row = 0;
  attachScroller({
    topRow: () => scroller.row,
    scrollToRow: (row) => (scroller.row = row),
    reveal: () => undefined,
  });
  forgetRows();
  await showQuery(library.query);
});

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const listCalls = () => fake.calls.filter(({ name }) => name === "list").map(({ args }) => args[1] as number);

describe("the rows", () => {
  it("come a page at a time, around what is seen", async () => {
    expect(list.total).toBe(1000);
    expect(rowAt(0)).toBeDefined();
    expect(rowAt(550)).toBeUndefined();
    wantRows(545, 560);
    await settled();
    expect(rowAt(550)).toBeDefined();
    expect(rowAt(650)).toBeDefined();
    expect(rowAt(850)).toBeUndefined();
  });

  it("are not fetched for places that were only passed", async () => {
    fake.delay = 5;
    fake.calls = [];
    for (let first = 0; first < 900; first += 30) wantRows(first, first + 10);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(rowAt(875)).toBeDefined();
    expect(listCalls().length).toBeLessThan(8);
  });

  it("of an older query are dropped", async () => {
    fake.delay = 5;
    const first = showQuery({ ...wholeLibrary, section: "editos" });
    const second = showQuery({ ...wholeLibrary, section: "lectures" });
    await Promise.all([first, second]);
    expect(rowAt(0)?.section).toBe("lectures");
    expect(new Set([0, 1, 2, 3].map((index) => rowAt(index)?.section))).toEqual(new Set(["lectures"]));
  });

  it("stay under the eye when articles arrive above", async () => {
    wantRows(300, 310);
    await settled();
    scroller.row = 300.25;
    const seen = rowAt(300)?.id;
    fake.articles.unshift(
      ...fake.articles
        .slice(0, 7)
        .map((one, i) => ({ ...one, row: { ...one.row, id: `new-${i}`, date: "2027-01-01" } })),
    );
    fake.generation += 1;
    await refreshRows();
    expect(scroller.row).toBe(307.25);
    expect(rowAt(307)?.id).toBe(seen);
    expect(list.total).toBe(1007);
  });

  it("show what arrives at the top when the top is seen", async () => {
    const one = fake.articles[0];
    if (one) fake.articles.unshift({ ...one, row: { ...one.row, id: "newest", date: "2027-02-01" } });
    await refreshRows();
    expect(rowAt(0)?.id).toBe("newest");
    expect(scroller.row).toBe(0);
  });

  it("that were only marked stay in their place", async () => {
    await showQuery({ ...wholeLibrary, show: "unread" });
    const first = rowAt(0);
    const article = fake.articles.find(({ row }) => row.id === first?.id);
    if (article) article.row.read = true;
    expect(await rereadRows([first?.id ?? ""])).toBe(false);
    expect(rowAt(0)).toMatchObject({ id: first?.id, read: true });
  });

  it("whose title changed ask for a new order", async () => {
    const article = fake.articles.find(({ row }) => row.id === rowAt(0)?.id);
    if (article) article.row.title = "Autre titre";
    expect(await rereadRows([article?.row.id ?? ""])).toBe(true);
  });

  it("that cannot be read are told once, and asked for again later", async () => {
    fake.failing.list = failure("io");
    wantRows(500, 510);
    await settled();
    expect(rowAt(505)).toBeUndefined();
    fake.failing = {};
    wantRows(500, 510);
    await settled();
    expect(rowAt(505)).toBeDefined();
  });
});

describe("the cursor", () => {
  it("moves within the list, and chooses the article", async () => {
    await moveCursor(3);
    expect(library.selectedId).toBe(rowAt(3)?.id);
    await moveCursor(-5);
    expect(list.cursor).toBe(0);
    await moveCursor(99_999);
    expect(list.cursor).toBe(999);
    expect(library.selectedId).toBe(rowAt(999)?.id);
  });

  it("extends the choice over pages that were never seen", async () => {
    await moveCursor(90);
    await moveCursor(260, true);
    expect(picked.ids.length).toBe(171);
    await moveCursor(95, true);
    expect(picked.ids.length).toBe(6);
    await moveCursor(10);
    expect(picked.ids).toEqual([]);
  });

  it("toggles single rows", async () => {
    await moveCursor(1);
    togglePicked(4);
    flushSync();
    expect(picked.ids).toEqual([rowAt(1)?.id, rowAt(4)?.id]);
    togglePicked(1);
    expect(picked.ids).toEqual([rowAt(4)?.id]);
  });

  it("keep the cursor where a key has put it while they are read again", async () => {
    await moveCursor(5);
    fake.delay = 5;
    const reading = refreshRows();
    await moveCursor(6);
    await reading;
    expect(list.cursor).toBe(6);
    expect(library.selectedId).toBe(rowAt(6)?.id);
  });

  it("keep the cursor on its row when another article is open", async () => {
    await moveCursor(5);
    const before = rowAt(5)?.id;
    library.selectedId = rowAt(40)?.id ?? null;
    await refreshRows();
    expect(list.cursor).toBe(5);
    const first = fake.articles.find(({ row }) => row.id === rowAt(0)?.id);
    fake.articles = fake.articles.filter((one) => one !== first);
    await refreshRows();
    expect(list.cursor).toBe(4);
    expect(rowAt(4)?.id).toBe(before);
  });

  it("goes to the neighbour when its article is gone", async () => {
    await moveCursor(2);
    const next = rowAt(3)?.id;
    fake.articles = fake.articles.filter(({ row }) => row.id !== library.selectedId);
    await refreshRows();
    await vi.waitFor(() => expect(library.selectedId).toBe(next));
    expect(list.cursor).toBe(2);
  });
});
