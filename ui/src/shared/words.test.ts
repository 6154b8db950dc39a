import { describe, expect, it } from "vitest";
import { fullDate, languageName, number } from "./dates";
import { fuzzyMatch } from "./fuzzy";
import { languageFor, t, useLanguage } from "./messages";
import { errorWords } from "./notices.svelte";
import { cutAtMarks } from "./widgets/marks";

describe("dates and numbers", () => {
  it("are in full, in the language of the interface", async () => {
    expect(fullDate("2026-01-12")).toBe("12 janvier 2026");
    expect(fullDate("2026-01-12T23:59:00-11:00")).toBe("12 janvier 2026");
    expect(number(1048)).toBe("1\u202f048");
    expect(languageName("fr")).toBe("français");
    useLanguage("en");
    expect(fullDate("2026-01-12")).toBe("12 January 2026");
    expect(number(1048)).toBe("1,048");
  });

  it.each(["fr", "en"] as const)("are as Intl has them: %s", (language) => {
    useLanguage(language);
    const locale = language === "fr" ? "fr-FR" : "en-GB";
    const date = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
    for (let month = 0; month < 12; month += 1) {
      const day = new Date(Date.UTC(1789 + month * 20, month, 1 + month));
      expect(fullDate(day.toISOString())).toBe(date.format(day));
    }
    for (const value of [0, 7, 999, 1000, 65_536, 100_000, 1_234_567, 3.25, -4200, 1e20])
      expect(number(value)).toBe(new Intl.NumberFormat(locale).format(value));
  });

  it("that are none are shown as they are", () => {
    expect(fullDate(null)).toBe("");
    expect(fullDate("été 2026")).toBe("été 2026");
    expect(fullDate("2026-13-01")).toBe("2026-13-01");
  });
});

describe("the language", () => {
  it("is the one chosen, else the system's, else English", () => {
    expect(languageFor("fr", "en-GB")).toBe("fr");
    expect(languageFor("system", "fr-CA")).toBe("fr");
    expect(languageFor("system", "de-DE")).toBe("en");
  });

  it("changes at once", async () => {
    expect(t("command-new-article")).toBe("Nouvel article");
    useLanguage("en");
    expect(t("command-new-article")).toBe("New article");
  });

  it("has numbers agree", () => {
    expect(t("list-total", { count: 0 })).toBe("aucun article");
    expect(t("list-total", { count: 1 })).toBe("1 article");
    expect(t("list-total", { count: 1200 })).toBe("1\u202f200 articles");
  });
});

describe("errors", () => {
  it("are told in words, with what to do", () => {
    const told = errorWords({ kind: "alreadyExists", message: "exists", path: "a.md" });
    expect(told.text).toBe("Ce nom est déjà pris\u00a0: a.md.");
    expect(errorWords({ kind: "alreadyExists", message: "exists", path: null }).text).toBe(
      "Ce nom est déjà pris.",
    );
    expect(told.hint).toContain("Rien n’a été remplacé");
    expect(errorWords(new Error("boom")).text).toBe("L’opération n’a pas abouti.");
  });
});

describe("the letters typed in the palette", () => {
  it("find names, blind to case and accents", () => {
    expect(fuzzyMatch("reg", "Réglages")?.marks).toEqual([[0, 3]]);
    expect(fuzzyMatch("NOUV art", "Nouvel article")).not.toBeNull();
    expect(fuzzyMatch("na", "Nouvel article")?.marks).toEqual([
      [0, 1],
      [7, 8],
    ]);
    expect(fuzzyMatch("xyz", "Nouvel article")).toBeNull();
  });

  it("prefer the beginning of words, then shorter names", () => {
    const score = (typed: string, name: string) => fuzzyMatch(typed, name)?.score ?? -Infinity;
    expect(score("art", "Article")).toBeGreaterThan(score("art", "Départ"));
    expect(score("list", "List")).toBeGreaterThan(score("list", "List of articles"));
  });
});

describe("marks in a text", () => {
  it("cut it into pieces, whatever the ranges", () => {
    expect(cutAtMarks("la digue", [[3, 8]])).toEqual([
      { text: "la ", marked: false },
      { text: "digue", marked: true },
    ]);
    expect(
      cutAtMarks("abc", [
        [2, 9],
        [0, 1],
        [0, 2],
      ])
        .map(({ text }) => text)
        .join(""),
    ).toBe("abc");
    expect(cutAtMarks("", [[0, 3]])).toEqual([]);
  });
});
