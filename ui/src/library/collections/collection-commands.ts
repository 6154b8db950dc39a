// The commands of collections.
import { targets } from "@/library/actions";
import { openDialog } from "@/library/dialogs.svelte";
import { library } from "@/library/library.svelte";
import { list } from "@/library/rows.svelte";
import type { Command } from "@/shared/commands.svelte";
import { collections, isByHand, shownCollection } from "./collections.svelte";
import { moveBy, putIntoLast, takeOut } from "./membership";
import { moveCollection, remove } from "./naming";

const isOpen = (): boolean => library.current !== null;
const hasTarget = (): boolean => isOpen() && library.view !== "trash" && targets().length > 0;
const isShown = (): boolean => isOpen() && shownCollection() !== undefined;
const withShown = (act: (id: string) => void | Promise<void>) => async (): Promise<void> => {
  const shown = shownCollection();
  if (shown) await act(shown.id);
};
const canMove = (): boolean => isOpen() && isByHand() && list.total > 1;

/** The commands of collections. */
export const collectionCommands: Command[] = [
  {
    id: "collection-put",
    group: "article",
    keys: "d",
    run: () => openDialog("collect", { ids: targets() }),
    enabled: hasTarget,
  },
  { id: "collection-put-again", group: "article", keys: "Shift-d", run: putIntoLast, enabled: hasTarget },
  {
    id: "collection-take-out",
    group: "article",
    keys: "Shift-Delete",
    run: () => takeOut(),
    enabled: () => isShown() && hasTarget(),
  },
  {
    id: "collection-article-up",
    group: "article",
    keys: "Alt-ArrowUp",
    when: "list",
    run: () => moveBy(-1),
    enabled: canMove,
  },
  {
    id: "collection-article-down",
    group: "article",
    keys: "Alt-ArrowDown",
    when: "list",
    run: () => moveBy(1),
    enabled: canMove,
  },
  {
    id: "go-collection",
    group: "go",
    keys: "Mod-Alt-c",
    run: () => openDialog("goToCollection", {}),
    enabled: () => isOpen() && (collections.known?.length ?? 0) > 0,
  },
  {
    id: "collection-new",
    group: "tools",
    run: () => openDialog("nameCollection", { id: null }),
    enabled: isOpen,
  },
  {
    id: "collection-rename",
    group: "tools",
    run: withShown((id) => openDialog("nameCollection", { id })),
    enabled: isShown,
  },
  { id: "collection-up", group: "tools", run: withShown((id) => moveCollection(id, -1)), enabled: isShown },
  { id: "collection-down", group: "tools", run: withShown((id) => moveCollection(id, 1)), enabled: isShown },
  { id: "collection-remove", group: "tools", run: withShown(remove), enabled: isShown },
];
