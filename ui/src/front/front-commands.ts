// The commands of La Une.
import { openDialog } from "@/library/dialogs.svelte";
import { isWritable, library, sheet } from "@/library/library.svelte";
import type { Command } from "@/shared/commands.svelte";
import { canReturn, returnToFront, showFront } from "./front.svelte";
import { canPin, movePinned, toggleLead, toggleSlot } from "./pinning";

const isOpen = (): boolean => library.current !== null;
const onFront = (): boolean => isOpen() && library.view === "front";

/** The commands of La Une, of the pages of sections, and of what is pinned there. */
export const frontCommands: Command[] = [
  { id: "go-front", group: "go", keys: "Mod-0", run: () => showFront(), enabled: isOpen },
  {
    id: "go-section-page",
    group: "go",
    run: () => showFront(section()),
    enabled: () => isOpen() && section() !== null,
  },
  {
    id: "return-to-front",
    group: "go",
    keys: "Escape Alt-ArrowLeft",
    hidden: true,
    run: returnToFront,
    enabled: canReturn,
  },
  { id: "pin-lead", group: "article", keys: "p", run: toggleLead, enabled: canPin },
  { id: "pin-slot", group: "article", keys: "Shift-p", run: toggleSlot, enabled: canPin },
  {
    id: "pin-up",
    group: "article",
    keys: "Alt-ArrowUp",
    hidden: true,
    run: () => movePinned(-1),
    enabled: onFront,
  },
  {
    id: "pin-down",
    group: "article",
    keys: "Alt-ArrowDown",
    hidden: true,
    run: () => movePinned(1),
    enabled: onFront,
  },
  {
    id: "front-settings",
    group: "view",
    run: () => openDialog("front", {}),
    enabled: () => isOpen() && isWritable(),
  },
];

/** The section that is listed, else that of the open article. */
function section(): string | null {
  if (library.view === "list" && library.query.section) return library.query.section;
  return sheet.row?.section || null;
}
