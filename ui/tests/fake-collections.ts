// Collections of the in-memory Rust side.
import type * as wire from "../src/backend/bindings";

type Commands = (typeof import("../src/backend/bindings"))["commands"];
type Kept = { id: string; name: string; removed: boolean; members: string[] };

/** The collections, in their order, as the tests look at and change them. */
export const fakeCollections = {
  all: [] as Kept[],
  made: 0,
  /** Takes them all away. */
  reset(): void {
    fakeCollections.all = [];
    fakeCollections.made = 0;
  },
  /** Makes one with these articles, without a word to the page. */
  make(name: string, members: string[] = []): string {
    const id = `collection-${++fakeCollections.made}`;
    fakeCollections.all.push({ id, name, removed: false, members: [...members] });
    return id;
  },
  /** What a collection has in it; nothing when there is none. */
  members(id: string | null | undefined): string[] {
    return there().find((one) => one.id === id)?.members ?? [];
  },
};

/** Their commands; `exists` tells whether there is such an article, `missing` makes the error when there is no such collection. */
export function collectionsOf(
  exists: (id: string) => boolean,
  missing: () => wire.CommandError,
  changed: () => void,
): Pick<
  Commands,
  | "collections"
  | "collectionsHolding"
  | "makeCollection"
  | "renameCollection"
  | "setCollectionOn"
  | "moveCollection"
  | "addToCollection"
  | "takeFromCollection"
  | "putInCollection"
  | "moveInCollection"
> {
  const must = (id: string): Kept => {
    const found = there().find((one) => one.id === id);
    if (!found) throw missing();
    return found;
  };
  const said = <T>(answer: T): T => {
    setTimeout(changed);
    return answer;
  };
  const standing = ({ members }: Kept, ids: string[]): wire.Placed[] =>
    members.flatMap((article, at) =>
      ids.includes(article) ? [{ article, after: members[at - 1] ?? null }] : [],
    );
  /** As the library has it: behind one that is not there is last. */
  const placeAfter = ({ members }: Kept, after: string | null): number =>
    after === null ? 0 : members.indexOf(after) + 1 || members.length;
  return {
    collections: async () =>
      there().map(({ id, name, members }) => ({ id, name, count: members.filter(exists).length })),
    collectionsHolding: async (articles) =>
      there()
        .map((one) => ({
          collection: one.id,
          articles: articles.filter((article) => one.members.includes(article)),
        }))
        .filter((holding) => holding.articles.length > 0),
    makeCollection: async (name) => said(fakeCollections.make(name.trim())),
    renameCollection: async (id, name) => {
      must(id).name = name.trim();
      return said(null);
    },
    setCollectionOn: async (id, on) => {
      const found = on ? fakeCollections.all.find((one) => one.id === id) : must(id);
      if (!found) throw missing();
      found.removed = !on;
      return said(null);
    },
    moveCollection: async (id, after) => {
      const moved = must(id);
      const others = fakeCollections.all.filter((one) => one !== moved);
      others.splice(after === null ? 0 : others.findIndex((one) => one.id === after) + 1, 0, moved);
      fakeCollections.all = others;
      return said(null);
    },
    addToCollection: async (id, articles) => {
      const { members } = must(id);
      const added = articles.filter((article) => !members.includes(article));
      members.push(...added);
      return said(added);
    },
    takeFromCollection: async (id, articles) => {
      const one = must(id);
      const stood = standing(one, articles);
      one.members = one.members.filter((article) => !articles.includes(article));
      return said(stood);
    },
    putInCollection: async (id, placed) => {
      const one = must(id);
      const ids = placed.map(({ article }) => article);
      const stood = standing(one, ids);
      one.members = one.members.filter((article) => !ids.includes(article));
      for (const { article, after } of placed) one.members.splice(placeAfter(one, after), 0, article);
      return said(stood);
    },
    moveInCollection: async (id, articles, after) => {
      const one = must(id);
      const stood = standing(one, articles);
      if (stood.length === 0 && articles.length > 0) throw missing();
      const ahead = after === null ? [] : one.members.slice(0, one.members.indexOf(after) + 1 || undefined);
      const behind = ahead.filter((article) => !articles.includes(article)).at(-1) ?? null;
      const moved = stood.map(({ article }) => article);
      one.members = one.members.filter((article) => !moved.includes(article));
      one.members.splice(placeAfter(one, behind), 0, ...moved);
      return said(stood);
    },
  };
}

function there(): Kept[] {
  return fakeCollections.all.filter((one) => !one.removed);
}
