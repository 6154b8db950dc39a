// La Une of the in-memory library: its parts by section, as the Rust side derives them, and what is pinned.
import type * as wire from "../src/backend/bindings";
import { sectionNames, type FakeArticle } from "./fake-articles";

type Front = Pick<
  (typeof import("../src/backend/bindings"))["commands"],
  "frontPage" | "sectionPage" | "pin" | "unpin" | "slotsFor" | "frontSettings" | "saveFront" | "related"
>;

/** What the tests look at and change. */
export const fakeFront = {
  /** Pinned articles by part, in order. */
  pins: {} as Record<string, string[]>,
  slots: [] as wire.SlotSettings[],
  saved: 0,
  related: [] as wire.RelatedPiece[],
  reset(): void {
    fakeFront.pins = {};
    fakeFront.slots = [];
    fakeFront.saved = 0;
    fakeFront.related = [];
  },
};

/** The commands; `changed` tells the page that articles are to be read again. */
export function frontOf(
  articles: () => FakeArticle[],
  title: string,
  overview: () => wire.Overview,
  changed: (ids: string[]) => void,
): Front {
  const shown = (section: string | null, kind: string | null): FakeArticle[] => {
    const wanted = section ?? (kind === null ? null : (kinds[kind] ?? "-"));
    return articles()
      .filter(({ row }) => row.status !== "draft" && row.status !== "review")
      .filter(({ row }) => wanted === null || row.section === wanted || row.section.startsWith(`${wanted}/`))
      .sort((left, right) => (right.row.date ?? "").localeCompare(left.row.date ?? ""));
  };
  const slots = (): wire.SlotSettings[] => (fakeFront.slots.length > 0 ? fakeFront.slots : usual);
  const parts = (): wire.FrontSlot[] => {
    const taken: string[] = Object.values(fakeFront.pins).flat();
    return slots().map((slot) => {
      const key = keyOf(slot);
      const pinned = (fakeFront.pins[key] ?? []).flatMap((id) =>
        articles().filter(({ row }) => row.id === id),
      );
      const newest = shown(slot.section, slot.kind).filter(({ row }) => !taken.includes(row.id));
      const pieces = [...pinned, ...newest].slice(0, slot.number);
      taken.push(...pieces.map(({ row }) => row.id));
      const section = slot.section ?? (slot.kind === null ? null : (kinds[slot.kind] ?? null));
      return {
        key,
        role: slot.role,
        kind: slot.kind,
        section,
        title: slot.title ?? (section === null ? null : (sectionNames[section] ?? section)),
        order: slot.order,
        column: slot.column,
        pieces: pieces.map((one) => piece(one, pinned.includes(one), slot.teaser)),
      };
    });
  };
  const takeDown = (id: string): wire.Pinned | null => {
    for (const [slot, ids] of Object.entries(fakeFront.pins)) {
      const at = ids.indexOf(id);
      if (at < 0) continue;
      ids.splice(at, 1);
      return { slot, after: ids[at - 1] ?? null };
    }
    return null;
  };
  return {
    frontPage: async () => ({ title, new: 3, slots: parts() }),
    sectionPage: async (path, offset, limit) => {
      const found = shown(path, null);
      const steps = path.split("/");
      const sections = (nodes: wire.SectionNode[]): wire.SectionNode[] =>
        nodes.flatMap((node) => [node, ...sections(node.children)]);
      return {
        crumbs: steps.map((_, index) => {
          const section = steps.slice(0, index + 1).join("/");
          return { section, name: sectionNames[section] ?? section };
        }),
        below: sections(overview().sections).find((node) => node.path === path)?.children ?? [],
        total: found.length,
        offset,
        pieces: found.slice(offset, offset + limit).map((one) => piece(one, false, 240)),
      };
    },
    pin: async (id, slot, after) => {
      const before = takeDown(id);
      const ids = (fakeFront.pins[slot] ??= []);
      ids.splice(after === null ? 0 : ids.indexOf(after) + 1, 0, id);
      changed([id]);
      return before;
    },
    unpin: async (id) => {
      const before = takeDown(id);
      changed([id]);
      return before;
    },
    slotsFor: async (id) => {
      const section = articles().find(({ row }) => row.id === id)?.row.section ?? "";
      const own = slots().filter(
        (slot) => slot.role === "list" && (slot.kind === null || section.startsWith(kinds[slot.kind] ?? "-")),
      );
      return [...own.map(keyOf), "lead"];
    },
    frontSettings: async () => ({
      slots: slots().map((slot, index) => ({ ...slot, from: fakeFront.slots.length > 0 ? index : null })),
      derived: fakeFront.slots.length === 0,
      hash: String(fakeFront.saved),
    }),
    saveFront: async (wanted, basedOn) => {
      if (basedOn !== String(fakeFront.saved))
        throw { kind: "changed", message: "the file was changed meanwhile", path: "edito.toml" };
      fakeFront.slots = wanted;
      fakeFront.saved += 1;
      changed([]);
      return null;
    },
    related: async () => fakeFront.related,
  };
}

const kinds: Record<string, string> = {
  edito: "editos",
  analyses: "analyses",
  medias: "medias",
  lectures: "lectures",
  lettre: "lettres",
};

const usual: wire.SlotSettings[] = (
  [
    ["lead", "analyses", 1, 320, 1],
    ["list", "edito", 1, 200, 2],
    ["list", "medias", 3, 0, 2],
    ["list", "analyses", 4, 150, 3],
    ["list", "lettre", 1, 140, 3],
  ] as const
).map(([role, kind, number, teaser, column]) => ({
  from: null,
  role,
  kind,
  section: null,
  title: null,
  number,
  order: "date" as const,
  teaser,
  column,
}));

function keyOf(slot: wire.SlotSettings): string {
  if (slot.role === "lead") return "lead";
  if (slot.section !== null) return `section:${slot.section}`;
  return slot.kind === null ? "all" : `kind:${slot.kind}`;
}

function piece({ row }: FakeArticle, pinned: boolean, signs: number): wire.FrontPiece {
  const press = row.section === "medias";
  return {
    row,
    title: row.title,
    teaser: cutAt(row.teaser, signs),
    lang: row.lang ?? "fr",
    rtl: row.lang === "ar",
    image: null,
    outlet: press ? "Le Courrier des deux rives" : null,
    link: press ? "https://example.org/entretien" : null,
    pinned,
  };
}

function cutAt(text: string, signs: number): string {
  if (signs === 0) return "";
  return text.length > signs ? text.slice(0, signs).replace(/\s*\S*$/, "…") : text;
}
