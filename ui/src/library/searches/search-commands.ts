// The commands of saved searches; those that change one mean the one that is shown.
import type { Command } from "@/shared/commands.svelte";
import { t } from "@/shared/messages";
import type { MenuGroup } from "@/shared/widgets/menu";
import { openDialog } from "../dialogs.svelte";
import { library } from "../library.svelte";
import { listTitle } from "../menus";
import { shownOf } from "../rail-list";
import { search } from "../search.svelte";
import { asQuestion } from "./as-question";
import {
  canMove,
  isEdited,
  moveSearch,
  openSearch,
  removeSearch,
  searches,
  shownSearch,
  updateSearch,
} from "./searches.svelte";

const withShown = (act: (id: string) => void | Promise<void>) => async (): Promise<void> => {
  const shown = shownSearch();
  if (shown) await act(shown.id);
};
const isShown = (): boolean => shownSearch() !== undefined;
const shownMoves = (by: 1 | -1) => (): boolean => canMove(shownSearch()?.id ?? "", by);

/** Saving what is searched or listed, and changing the saved search that is shown. */
export const searchCommands: Command[] = [
  { id: "save-search", group: "tools", keys: "Mod-d", run: askToSave, enabled: () => question() !== null },
  { id: "update-search", group: "tools", run: updateSearch, enabled: () => isEdited() && hasWords() },
  {
    id: "edit-search",
    group: "tools",
    run: withShown((id) => openDialog("search", { id, name: "", query: "" })),
    enabled: isShown,
  },
  { id: "search-up", group: "tools", run: withShown((id) => moveSearch(id, -1)), enabled: shownMoves(-1) },
  { id: "search-down", group: "tools", run: withShown((id) => moveSearch(id, 1)), enabled: shownMoves(1) },
  { id: "remove-search", group: "tools", run: withShown(removeSearch), enabled: isShown },
];

/** What can be done to a saved search. */
export function searchMenu(id: string): MenuGroup[] {
  const item = (command: string, run: () => void | Promise<void>, keys?: string, disabled = false) => ({
    label: t(`search-menu-${command}`),
    run,
    keys,
    disabled,
  });
  return [
    { items: [item("edit", () => openDialog("search", { id, name: "", query: "" }), "F2")] },
    {
      items: [
        item("up", () => moveSearch(id, -1), "Alt-ArrowUp", !canMove(id, -1)),
        item("down", () => moveSearch(id, 1), "Alt-ArrowDown", !canMove(id, 1)),
      ],
    },
    { items: [item("remove", () => removeSearch(id), "Delete")] },
  ];
}

/** All saved searches, for a rail that shows icons only. */
export function searchesMenu(): MenuGroup[] {
  const shown = shownSearch()?.id;
  const items = shownOf(searches.known ?? [], true).map(({ id, name }) => ({
    label: name,
    checked: id === shown,
    run: () => openSearch(id),
  }));
  return [{ items }];
}

/** Asks under which name the question is to be saved; for one that is saved already, its name and question. */
export function askToSave(): void {
  const query = question();
  if (query === null) return;
  const shown = shownSearch();
  if (shown && !isEdited()) return openDialog("search", { id: shown.id, name: "", query: "" });
  const name = library.view === "list" ? listName() : query;
  openDialog("search", { id: null, name, query });
}

/** What is searched, or the filters of the list as a question; null when there is nothing to save. */
export function question(): string | null {
  if (library.current === null) return null;
  if (library.view === "list") return asQuestion(library.query);
  return library.view === "search" && hasWords() ? search.text.trim() : null;
}

function hasWords(): boolean {
  return search.text.trim() !== "";
}

/** The list by its part and its filters. */
function listName(): string {
  const { show, section, tag, author } = library.query;
  const values = [tag, author].filter((value) => value !== null);
  const isPart = show !== "all" || section !== null || values.length === 0;
  return [...(isPart ? [listTitle(library.query, library.overview)] : []), ...values].join(", ");
}
