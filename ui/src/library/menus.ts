// The menus of the shell: all commands, the sort, the filter, an article.
import type { Facet, ListQuery, Overview, SectionNode, Sort } from "@/backend";
import { allCommands, commandGroups, isEnabled, runCommand } from "@/shared/commands.svelte";
import { languageName, number } from "@/shared/dates";
import { t } from "@/shared/messages";
import type { MenuGroup, MenuItem } from "@/shared/widgets/menu";
import { collectionOf } from "./collections/collections.svelte";
import { openDialog } from "./dialogs.svelte";
import { refine } from "./opening";
import { allStatuses, statusName } from "./statuses";

/** All commands by group, for the menu of the window. */
export function allCommandsMenu(): MenuGroup[] {
  const shown = allCommands().filter((command) => !command.hidden);
  return commandGroups
    .map((group) => ({
      label: t(`group-${group}`),
      items: shown.filter((command) => command.group === group).map((command) => commandItem(command.id)),
    }))
    .filter((group) => group.items.length > 0);
}

/** The entry of a menu that runs a command. */
export function commandItem(id: string): MenuItem {
  const command = allCommands().find((one) => one.id === id);
  return {
    label: t(`command-${id}`),
    keys: command?.keys,
    disabled: !command || !isEnabled(command),
    run: () => runCommand(id),
  };
}

/** What can be done to the articles of the list. */
export function articleMenu(): MenuGroup[] {
  const groups = [
    ["open-article", "edit-article", "open-beside"],
    ["place-inbox", "place-later", "place-library", "place-archive"],
    ["toggle-star", "toggle-read", "edit-tags"],
    ["collection-put", "collection-take-out"],
    ["pin-lead", "pin-slot"],
    [
      "article-details",
      "rename-article",
      "move-article",
      "duplicate-article",
      "save-template",
      "merge-articles",
      "reveal-file",
    ],
    ["trash-article"],
  ];
  return groups.map((ids) => ({ items: ids.map(commandItem) }));
}

/** What can be done to a tag. */
export function tagMenu(tag: string): MenuGroup[] {
  const run = (): void => openDialog("renameTag", { tag });
  return [{ items: [{ label: t("tag-rename"), run }] }];
}

/** The orders of the list, and their directions. */
export function sortMenu(query: ListQuery): MenuGroup[] {
  const sorts: Sort[] = ["date", "updated", "title", "author", "section", "words"];
  if (query.collection) sorts.unshift("hand");
  const groups: MenuGroup[] = [
    {
      label: t("list-sort"),
      items: sorts.map((sort) => ({
        label: t(`sort-${sort}`),
        checked: query.sort === sort,
        // Words run from A, numbers and dates from the greatest.
        run: () => refine({ sort, descending: sort === "date" || sort === "updated" || sort === "words" }),
      })),
    },
    {
      label: t("list-direction"),
      items: [true, false].map((descending) => ({
        label: t(`direction-${kindOf(query.sort)}-${descending ? "descending" : "ascending"}`),
        checked: query.descending === descending,
        run: () => refine({ descending }),
      })),
    },
  ];
  return query.sort === "hand" ? groups.slice(0, 1) : groups;
}

/** What the list can be narrowed to. */
export function filterMenu(query: ListQuery, overview: Overview | null): MenuGroup[] {
  if (!overview) return [];
  const group = (
    key: "status" | "tag" | "lang" | "author",
    facets: Facet[],
    name: (value: string) => string,
  ): MenuGroup => ({
    label: t(`filter-${key}`),
    items: facets.slice(0, 12).map(({ value, count }) => ({
      label: name(value),
      note: number(count),
      checked: query[key] === value,
      run: () => refine({ [key]: query[key] === value ? null : value }),
    })),
  });
  const groups = [
    group("status", inOrder(overview.statuses), statusName),
    group("lang", overview.languages, languageName),
    group("tag", overview.tags, (tag) => tag),
    group("author", overview.authors, (author) => author),
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** A filter in force, to be shown and taken away. */
export type Chip = { label: string; value: string; remove: () => void };

/** The filters in force, without the part of the library that the list is named after. */
export function chips(query: ListQuery, overview: Overview | null): Chip[] {
  const all: Chip[] = [];
  const add = (key: "section" | "collection" | "status" | "tag" | "lang" | "author", value: string): void => {
    all.push({ label: t(`filter-${key}`), value, remove: () => refine({ [key]: null }) });
  };
  // The list is named after its state, else after its collection, else after its section.
  const collection = collectionOf(query.collection);
  if (collection && query.show !== "all") add("collection", collection.name);
  if (query.section && (query.show !== "all" || collection))
    add("section", sectionName(query.section, overview?.sections));
  if (query.status) add("status", statusName(query.status));
  if (query.lang) add("lang", languageName(query.lang));
  if (query.tag) add("tag", query.tag);
  if (query.author) add("author", query.author);
  return all;
}

/** The heading of the list: the part of the library that it shows. */
export function listTitle(query: ListQuery, overview: Overview | null): string {
  const collection = query.show === "all" ? collectionOf(query.collection) : undefined;
  if (collection) return collection.name;
  if (query.show === "all" && query.section) return sectionName(query.section, overview?.sections);
  return t(`list-${query.show}`);
}

/** The name of a section by its path. */
export function sectionName(path: string, sections: SectionNode[] | undefined): string {
  for (const node of sections ?? []) {
    if (node.path === path) return node.name;
    if (path.startsWith(`${node.path}/`)) return sectionName(path, node.children);
  }
  return path.split("/").at(-1) ?? path;
}

/** All sections, flat, with their depth. */
export function flatSections(
  sections: SectionNode[] | undefined,
  depth = 0,
): { node: SectionNode; depth: number }[] {
  return (sections ?? []).flatMap((node) => [{ node, depth }, ...flatSections(node.children, depth + 1)]);
}

/** In the order of the work, not of the counts. */
function inOrder(facets: Facet[]): Facet[] {
  return allStatuses(facets.map(({ value }) => value)).flatMap(({ slug }) =>
    facets.filter(({ value }) => value === slug),
  );
}

function kindOf(sort: Sort): "time" | "text" | "number" {
  if (sort === "date" || sort === "updated") return "time";
  return sort === "words" ? "number" : "text";
}
