// The commands of the shell: files, lists, going about, the article, the window.
import { backend } from "@/backend";
import { flushSync } from "svelte";
import { frontCommands } from "@/front/front-commands";
import { everyHighlight, exportHighlights, formats } from "@/highlights/exporting";
import { showHighlights } from "@/highlights/highlights.svelte";
import { marks } from "@/highlights/marks.svelte";
import { toggleNight } from "@/settings/settings.svelte";
import { registerAll, type Command } from "@/shared/commands.svelte";
import {
  duplicate,
  merge,
  openNeighbour,
  openUnderCursor,
  target,
  targets,
  toggleRead,
  toggleStar,
  trash,
} from "./actions";
import { collectionCommands } from "./collections/collection-commands";
import { openDialog } from "./dialogs.svelte";
import { isWritable, library, openArticle, sheet } from "./library.svelte";
import { closeLibrary, openFolder, openSample, revealInList, showConflicts, showPart } from "./opening";
import { askToQuit } from "./quitting";
import { cycleRegions, focusedRegion, focusRegion } from "./regions";
import { list, moveCursor, togglePicked } from "./rows.svelte";
import { openNextUnread } from "./next-unread";
import { panes } from "./panes.svelte";
import { moveHit, openHit, search } from "./search.svelte";
import { searchCommands } from "./searches/search-commands";
import { templateCommands } from "./templates/templates.svelte";
import { setPlace } from "./triage";
import { canUndo, undoLast } from "./undo.svelte";

/** Registers the commands of the shell; the function it returns takes them away. */
export function registerShellCommands(): () => void {
  return registerAll([
    ...files,
    ...edits,
    ...views,
    ...going,
    ...frontCommands,
    ...searchCommands,
    ...articles,
    ...collectionCommands,
    ...templateCommands,
    ...exports,
    ...help,
  ]);
}

const isOpen = (): boolean => library.current !== null;
const hasTarget = (): boolean => isOpen() && library.view !== "trash" && targets().length > 0;
const canChange = (): boolean => hasTarget() && isWritable();
const withTarget = (act: (id: string) => void | Promise<unknown>) => async (): Promise<void> => {
  const id = target();
  if (id) await act(id);
};

const files: Command[] = [
  {
    id: "new-article",
    group: "file",
    keys: "Mod-n",
    run: () => openDialog("newArticle", { section: library.query.section }),
    enabled: () => isOpen() && isWritable(),
  },
  { id: "open-library", group: "file", keys: "Mod-o", run: openFolder },
  { id: "new-library", group: "file", keys: "Mod-Shift-n", run: () => openDialog("newLibrary", {}) },
  { id: "open-sample", group: "file", run: openSample },
  {
    id: "refresh-library",
    group: "file",
    keys: "F5",
    run: async () => void (await backend.refreshLibrary()),
    enabled: isOpen,
  },
  { id: "close-library", group: "file", run: closeLibrary, enabled: isOpen },
  {
    id: "citations",
    group: "file",
    enabled: isOpen,
    run: () => openDialog("citations", {}),
  },
  { id: "settings", group: "file", keys: "Mod-,", run: () => openDialog("settings", {}) },
  { id: "quit", group: "file", keys: "Mod-q", run: askToQuit },
];

const edits: Command[] = [
  // Typing has its own undo, with Ctrl; this is a bare key, and so never meant while one types.
  { id: "undo", group: "edit", keys: "z", run: undoLast, enabled: canUndo },
];

const views: Command[] = [
  { id: "toggle-rail", group: "view", keys: "F9", run: () => panes.toggleRail(), enabled: isOpen },
  { id: "toggle-list", group: "view", keys: "Shift-F9", run: () => panes.toggleList(), enabled: isOpen },
  {
    id: "text-alone",
    group: "view",
    keys: "F11",
    run: toggleAlone,
    enabled: () => isOpen() && sheet.id !== null && library.view !== "front",
  },
  { id: "toggle-theme", group: "view", run: toggleNight },
  { id: "next-region", group: "view", keys: "F6", run: () => cycleRegions(1), enabled: isOpen, hidden: true },
  {
    id: "previous-region",
    group: "view",
    keys: "Shift-F6",
    run: () => cycleRegions(-1),
    enabled: isOpen,
    hidden: true,
  },
];

const going: Command[] = [
  {
    id: "palette",
    group: "go",
    keys: "Mod-k Mod-Shift-p",
    run: () => openDialog("palette", { mode: "commands" }),
  },
  {
    id: "quick-open",
    group: "go",
    keys: "Mod-p",
    run: () => openDialog("palette", { mode: "articles" }),
    enabled: isOpen,
  },
  { id: "search", group: "go", keys: "Mod-Shift-f", run: focusSearch, enabled: isOpen },
  {
    id: "replace-across",
    group: "edit",
    // In the text the second is the key for marking words.
    keys: "Mod-Alt-r Mod-Shift-h",
    run: () => openDialog("replaceAcross", { text: selectedWords() }),
    enabled: () => isOpen() && isWritable(),
  },
  {
    id: "search-here",
    group: "go",
    keys: "/",
    when: "list",
    hidden: true,
    run: focusSearch,
    enabled: isOpen,
  },
  { id: "go-all", group: "go", keys: "Mod-1", run: () => showPart({ show: "all" }), enabled: isOpen },
  { id: "go-unread", group: "go", keys: "Mod-2", run: () => showPart({ show: "unread" }), enabled: isOpen },
  { id: "go-starred", group: "go", keys: "Mod-3", run: () => showPart({ show: "starred" }), enabled: isOpen },
  { id: "go-recent", group: "go", keys: "Mod-4", run: () => showPart({ show: "recent" }), enabled: isOpen },
  { id: "go-drafts", group: "go", keys: "Mod-5", run: () => showPart({ show: "drafts" }), enabled: isOpen },
  { id: "go-inbox", group: "go", keys: "Mod-7", run: () => showPart({ show: "inbox" }), enabled: isOpen },
  { id: "go-later", group: "go", keys: "Mod-8", run: () => showPart({ show: "later" }), enabled: isOpen },
  { id: "go-archive", group: "go", keys: "Mod-9", run: () => showPart({ show: "archive" }), enabled: isOpen },
  {
    id: "go-conflicts",
    group: "go",
    run: showConflicts,
    enabled: () => isOpen() && (library.overview?.conflictCopies ?? 0) > 0,
  },
  { id: "go-highlights", group: "go", keys: "Mod-Alt-h", run: showHighlights, enabled: isOpen },
  { id: "go-trash", group: "go", keys: "Mod-6", run: () => void (library.view = "trash"), enabled: isOpen },
  {
    id: "next-row",
    group: "go",
    keys: "j",
    when: "list",
    hidden: true,
    run: () => step(1),
    enabled: inRows,
  },
  {
    id: "previous-row",
    group: "go",
    keys: "k",
    when: "list",
    hidden: true,
    run: () => step(-1),
    enabled: inRows,
  },
  {
    id: "next-unread",
    group: "go",
    keys: "c",
    run: openNextUnread,
    enabled: () => isOpen() && (library.view === "list" || library.view === "search"),
  },
  { id: "next-article", group: "go", keys: "Alt-PageDown", run: () => openNext(1), enabled: inRows },
  { id: "previous-article", group: "go", keys: "Alt-PageUp", run: () => openNext(-1), enabled: inRows },
];

const articles: Command[] = [
  {
    id: "open-article",
    group: "article",
    keys: "Enter o",
    when: "list",
    hidden: true,
    run: () => (library.view === "search" ? openHit(search.cursor) : openUnderCursor()),
    enabled: inRows,
  },
  {
    id: "read-article",
    group: "article",
    keys: "Mod-Shift-r",
    run: withTarget((id) => openArticle(id, { mode: "read" })),
    enabled: hasTarget,
  },
  {
    id: "edit-article",
    group: "article",
    keys: "Mod-e",
    run: withTarget((id) => openArticle(id, { mode: "write" })),
    enabled: hasTarget,
  },
  {
    id: "show-versions",
    group: "article",
    keys: "Mod-Shift-v",
    run: () => void (sheet.versionsShown = !sheet.versionsShown),
    enabled: () => sheet.id !== null,
  },
  { id: "place-archive", group: "article", keys: "e", run: () => setPlace("archive"), enabled: hasTarget },
  { id: "place-later", group: "article", keys: "l", run: () => setPlace("later"), enabled: hasTarget },
  { id: "place-inbox", group: "article", keys: "i", run: () => setPlace("inbox"), enabled: hasTarget },
  { id: "place-library", group: "article", keys: "b", run: () => setPlace("library"), enabled: hasTarget },
  {
    id: "edit-tags",
    group: "article",
    keys: "t",
    run: () => openDialog("tags", { ids: targets() }),
    enabled: hasTarget,
  },
  {
    id: "rename-tag",
    group: "tools",
    run: () => (library.query.tag === null ? undefined : openDialog("renameTag", { tag: library.query.tag })),
    enabled: () => isOpen() && library.view === "list" && library.query.tag !== null,
  },
  { id: "toggle-star", group: "article", keys: "s", run: () => toggleStar(), enabled: hasTarget },
  { id: "toggle-read", group: "article", keys: "u", run: () => toggleRead(), enabled: hasTarget },
  {
    id: "pick-row",
    group: "article",
    keys: "x",
    when: "list",
    hidden: true,
    run: () => togglePicked(list.cursor),
    enabled: inList,
  },
  {
    id: "article-details",
    group: "article",
    keys: "Mod-Shift-i",
    run: withTarget((id) => openDialog("details", { id })),
    enabled: hasTarget,
  },
  {
    id: "rename-article",
    group: "article",
    keys: "F2",
    run: withTarget((id) => openDialog("rename", { id })),
    enabled: canChange,
  },
  {
    id: "move-article",
    group: "article",
    keys: "m",
    run: () => openDialog("move", { ids: targets() }),
    enabled: canChange,
  },
  {
    id: "merge-articles",
    group: "article",
    run: () => merge(),
    enabled: () => canChange() && targets().length > 1,
  },
  { id: "duplicate-article", group: "article", run: withTarget(duplicate), enabled: canChange },
  {
    id: "reveal-in-list",
    group: "article",
    run: () => (sheet.id ? revealInList(sheet.id) : undefined),
    enabled: () => sheet.id !== null,
  },
  {
    id: "reveal-file",
    group: "article",
    run: withTarget((id) => backend.revealFile(id)),
    enabled: hasTarget,
  },
  { id: "trash-article", group: "article", keys: "Delete", run: () => trash(), enabled: canChange },
];

// The passages of the open article.
const exports: Command[] = formats.map((format) => ({
  id: `export-highlights-${format}`,
  group: "article",
  run: () =>
    exportHighlights({ ...everyHighlight, article: sheet.id }, format, sheet.row?.title ?? sheet.title),
  enabled: () => sheet.id !== null && marks.article === sheet.id && marks.placed.length > 0,
}));

const help: Command[] = [
  { id: "keyboard-help", group: "help", keys: "? F1", run: () => openDialog("keyboard", {}) },
  { id: "about", group: "help", run: () => openDialog("about", {}) },
];

function inList(): boolean {
  return isOpen() && library.view === "list" && list.total > 0;
}

/** In the list, or in the results of a search. */
function inRows(): boolean {
  return inList() || (isOpen() && library.view === "search" && search.hits.length > 0);
}

function step(by: 1 | -1): void | Promise<void> {
  return library.view === "search" ? moveHit(search.cursor + by) : moveCursor(list.cursor + by);
}

function openNext(by: 1 | -1): void | Promise<void> {
  if (library.view !== "search") return openNeighbour(by);
  moveHit(search.cursor + by);
  openHit(search.cursor);
}

/** The focus goes to the text when what had it is put away. */
function toggleAlone(): void {
  panes.toggleAlone();
  if (panes.alone && focusedRegion() !== "sheet") focusRegion("sheet");
}

function focusSearch(): void {
  panes.showList();
  // The list lies below La Une, where nothing takes the focus.
  if (library.view === "front") flushSync(() => (library.view = "list"));
  // At once, or the first letters typed after the shortcut would be selected and lost.
  if (selectSearch()) return;
  // The list may only just come on the screen.
  requestAnimationFrame(() => void (selectSearch() || focusRegion("list")));
}

/** What is selected in a text, if it is of one line. */
function selectedWords(): string {
  const words = focusedRegion() === "sheet" ? (document.getSelection()?.toString() ?? "") : "";
  return words.includes("\n") || words.length > 200 ? "" : words;
}

function selectSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("[data-search]");
  field?.select();
  return field !== null;
}
