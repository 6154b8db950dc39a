import { FluentBundle, FluentResource } from "@fluent/bundle";
import { describe, expect, it } from "vitest";
import en from "../src/shared/messages/en.ftl?raw";
import fr from "../src/shared/messages/fr.ftl?raw";

const languages = ["fr", "en"] as const;
const resources = { fr, en };
const sources = Object.entries(
  import.meta.glob<string>(["../src/**/*.{svelte,ts}", "!../src/**/*.test.ts"], {
    query: "?raw",
    import: "default",
    eager: true,
  }),
);

describe("the messages", () => {
  it("are the same in both languages", () => {
    expect(keys("fr")).toEqual(keys("en"));
    expect(keys("fr").length).toBeGreaterThan(200);
  });

  it("take the same arguments in both languages", () => {
    for (const key of keys("fr"))
      expect([key, ...variables("fr", key)]).toEqual([key, ...variables("en", key)]);
  });

  it.each(languages)("can all be read by Fluent, each once: %s", (language) => {
    const bundle = new FluentBundle(language, { useIsolating: false });
    const errors = bundle.addResource(new FluentResource(resources[language]));
    expect(errors).toEqual([]);
    for (const key of keys(language)) expect(bundle.getMessage(key)?.value, key).toBeTruthy();
    const all = [...resources[language].matchAll(/^([a-zA-Z][\w-]*) =/gm)].map((match) => match[1]);
    expect(all.length).toBe(new Set(all).size);
  });

  it("are there for every key that the sources name", () => {
    const known = new Set(keys("en"));
    const missing = sources.flatMap(([file, text]) =>
      keysUsed(text)
        .filter((key) => !known.has(key))
        .map((key) => `${file}: ${key}`),
    );
    expect(sources.length).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });

  it("are there for every key that is put together", () => {
    const known = keys("en");
    const missing = sources.flatMap(([, text]) =>
      [...text.matchAll(/\bt\(\s*`([a-zA-Z][\w-]*-)\$\{/g)]
        .map((match) => match[1] ?? "")
        .filter((prefix) => !known.some((key) => key.startsWith(prefix))),
    );
    expect(missing).toEqual([]);
  });

  it("name every command", () => {
    const known = new Set(keys("en"));
    const ids = sources.flatMap(([, text]) =>
      [...text.matchAll(/\bid: "([\w-]+)",\s*group:/g)].map((match) => match[1] ?? ""),
    );
    expect(ids.length).toBeGreaterThan(30);
    expect(ids.filter((id) => !known.has(`command-${id}`))).toEqual([]);
  });

  it("follow French typography", () => {
    const values = resources.fr.split("\n").filter((line) => !line.startsWith("#"));
    const text = (line: string): string => line.replace(/^[\w-]+ =|^\s+\*?\[[^\]]*\]|\{[^}]*\}/g, "");
    expect(
      values.filter((line) => /[ \w][;!?](\s|$)/.test(text(line)) && !/[\u202f\u00a0][;!?]/.test(text(line))),
    ).toEqual([]);
    expect(values.filter((line) => /« | »/.test(line))).toEqual([]);
    expect(values.filter((line) => /[a-zàâéèêîïôûç]'[a-zàâéèêîïôûçA-Z]/.test(text(line)))).toEqual([]);
  });
});

function keys(language: (typeof languages)[number]): string[] {
  return [...resources[language].matchAll(/^([a-zA-Z][\w-]*) =/gm)].map((match) => match[1] ?? "").sort();
}

function variables(language: (typeof languages)[number], key: string): string[] {
  const text = resources[language];
  const from = text.search(new RegExp(`^${key} =`, "m"));
  const rest = text.slice(from + key.length);
  const next = rest.search(/^([a-zA-Z][\w-]*) =|^#/m);
  const body = next < 0 ? rest : rest.slice(0, next);
  return [...new Set([...body.matchAll(/\$(\w+)/g)].map((match) => match[1] ?? ""))].sort();
}

function keysUsed(text: string): string[] {
  const direct = [...text.matchAll(/\b(?:t|hasMessage)\(\s*"([\w-]+)"/g)];
  const told = [...text.matchAll(/\btell\(\s*[^,()]+,\s*"([\w-]+)"/g)];
  return [...direct, ...told].map((match) => match[1] ?? "");
}
