// Replacing across the library, in memory: words only, in the order of the articles.
import type * as wire from "../src/backend/bindings";
import type { FakeArticle } from "./fake-articles";

type Commands = (typeof import("../src/backend/bindings"))["commands"];
type Part = Pick<
  Commands,
  "findPlaces" | "foundPlaces" | "cancelPlaces" | "replacePlaces" | "replacedSoFar" | "takeBackPlaces"
>;

/** The commands, on the articles of a fake library. */
export function replacingOf(fake: { articles: FakeArticle[] }, hash: (text: string) => string): Part {
  let number = 0;
  let request: wire.ReplaceRequest | null = null;
  const replaced = new Map<number, { id: string; before: string; after: string }[]>();
  const pattern = (): RegExp =>
    new RegExp(
      request?.expression ? request.text : (request?.text ?? "").replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"),
      request?.case ? "gu" : "giu",
    );
  const find = (id: string): FakeArticle | undefined => fake.articles.find(({ row }) => row.id === id);
  const places = ({ text }: FakeArticle): wire.FoundPlace[] =>
    [...text.matchAll(pattern())].map((match) => {
      const line = text.lastIndexOf("\n", match.index) + 1;
      return {
        line: text.slice(0, match.index).split("\n").length,
        before: text.slice(line, match.index),
        found: match[0],
        after: request?.replacement ?? "",
        behind: text.slice(match.index + match[0].length).split("\n")[0] ?? "",
        prose: !/\/$/.test(text.slice(line, match.index)),
        inFrontMatter: false,
      };
    });
  return {
    findPlaces: async (wanted) => {
      request = wanted;
      try {
        pattern();
      } catch {
        return { number: null, problem: "not an expression: unclosed group" };
      }
      return wanted.text === "" ? { number: null, problem: "" } : { number: ++number, problem: "" };
    },
    foundPlaces: async (_number, from) => {
      const among = fake.articles.filter(
        ({ row }) => !request?.list?.section || row.section === request.list.section,
      );
      const found = among.filter((one) => places(one).length > 0);
      const articles = found.slice(from).map((one) => ({
        id: one.row.id,
        title: one.row.title,
        sectionName: one.row.sectionName,
        lang: one.row.lang,
        hash: hash(one.text),
        places: places(one),
        unsound: 0,
        readOnly: false,
      }));
      const counts = { found: found.length, looked: among.length, total: among.length };
      return { ...counts, articles, unreadable: 0, more: false, over: true };
    },
    cancelPlaces: async () => null,
    replacedSoFar: async () => 0,
    replacePlaces: async (_number, ticked) => {
      const done: { id: string; before: string; after: string }[] = [];
      const skipped: wire.SkippedArticle[] = [];
      let count = 0;
      for (const { id, hash: shown, left } of ticked) {
        const one = find(id);
        if (!one || hash(one.text) !== shown) {
          skipped.push({ id, title: one?.row.title ?? "", why: "changed" });
          continue;
        }
        const before = one.text;
        let at = 0;
        one.text = before.replace(pattern(), (found) => {
          if (left.includes(at++)) return found;
          count++;
          return request?.replacement ?? "";
        });
        done.push({ id, before, after: one.text });
      }
      const key = ++number;
      replaced.set(key, done);
      return {
        key: done.length > 0 ? key : null,
        articles: done.length,
        places: count,
        skipped,
        cancelled: false,
      };
    },
    takeBackPlaces: async (key) => {
      const skipped: wire.SkippedArticle[] = [];
      let articles = 0;
      for (const { id, before, after } of replaced.get(key) ?? []) {
        const one = find(id);
        if (one?.text === after) {
          one.text = before;
          articles++;
        } else skipped.push({ id, title: one?.row.title ?? "", why: "changed" });
      }
      return { key: null, articles, places: articles, skipped, cancelled: false };
    },
  };
}
