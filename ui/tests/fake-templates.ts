// Templates, in memory: two that are shipped, and what is saved.
import type * as wire from "../src/backend/bindings";
import type { FakeArticle } from "./fake-articles";

type Commands = (typeof import("../src/backend/bindings"))["commands"];
type Part = Pick<
  Commands,
  "templates" | "saveTemplate" | "renameTemplate" | "removeTemplate" | "putBackTemplate"
>;
type Kept = wire.PieceTemplate & { section: string | null; removed: boolean };

const shipped: Kept[] = [
  {
    key: "shipped/fr/editorial.md",
    name: "Éditorial",
    origin: "shipped",
    preview: "{{Premier argument}}\n\n{{Deuxième argument}}",
    fits: false,
    isDefault: false,
    section: "edito",
    removed: false,
  },
  {
    key: "shipped/fr/entretien.md",
    name: "Entretien",
    origin: "shipped",
    preview: "**{{Question}}**",
    fits: false,
    isDefault: false,
    section: "analyses",
    removed: false,
  },
];

/** What the tests look at. */
export const fakeTemplates = {
  all: [] as Kept[],
  /** The template that the desk names for every section. */
  named: null as string | null,
  reset(): void {
    fakeTemplates.all = shipped.map((one) => ({ ...one }));
    fakeTemplates.named = null;
  },
  /** What a piece begins with. */
  text: (key: string | null): string => fakeTemplates.all.find((one) => one.key === key)?.preview ?? "",
};

/** The commands, on the templates of a fake library. */
export function templatesOf(): Part {
  const must = (key: string): Kept => {
    const found = fakeTemplates.all.find((one) => one.key === key);
    if (!found) throw new Error(`no template ${key}`);
    return found;
  };
  return {
    templates: async (section) =>
      fakeTemplates.all
        .filter(({ removed }) => !removed)
        .map((one) => ({
          ...one,
          fits: one.section !== null && one.section === section,
          isDefault: one.key === fakeTemplates.named,
        })),
    saveTemplate: async (text, name, origin, section) => {
      const key = `${origin}/${name}.md`;
      const one = {
        key,
        name,
        origin,
        preview: text,
        fits: false,
        isDefault: false,
        section,
        removed: false,
      };
      fakeTemplates.all.unshift(one);
      return key;
    },
    renameTemplate: async (key, name) => ((must(key).name = name), null),
    removeTemplate: async (key) => ((must(key).removed = true), key),
    putBackTemplate: async (key) => ((must(key).removed = false), null),
  };
}

/** Puts the text of a template into a new article. */
export function beginWith(article: FakeArticle, template: string | null): void {
  const text = fakeTemplates.text(template);
  if (text) article.text = `---\ntitle: ${article.row.title}\n---\n\n${text}\n`;
}
