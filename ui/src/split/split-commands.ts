// The commands of the split.
import { targets } from "@/library/actions";
import { openDialog } from "@/library/dialogs.svelte";
import { library, otherSide, sheet } from "@/library/library.svelte";
import { registerAll, type Command } from "@/shared/commands.svelte";
import {
  closeSplit,
  goToOtherSide,
  openPieceBeside,
  showPreview,
  split,
  turnOtherSide,
} from "./split.svelte";

/** Registers the commands of the split; the function it returns takes them away. */
export function registerSplitCommands(): () => void {
  return registerAll(commands);
}

const onSheet = (): boolean => library.current !== null && library.view !== "front" && sheet.id !== null;
const isSplit = (): boolean => onSheet() && split.open;

const commands: Command[] = [
  {
    id: "split-preview",
    group: "view",
    keys: "Mod-Alt-p",
    run: () => showPreview(!split.previewing),
    enabled: () => onSheet() && (split.previewing || sheet.mode === "write"),
  },
  {
    id: "split-piece",
    group: "view",
    keys: "Mod-Alt-b",
    run: () => openDialog("palette", { mode: "beside" }),
    enabled: onSheet,
  },
  { id: "split-other-side", group: "go", keys: "Mod-F6", run: goToOtherSide, enabled: isSplit },
  {
    id: "split-turn",
    group: "view",
    keys: "Mod-Alt-u",
    run: turnOtherSide,
    enabled: () => isSplit() && otherSide() !== undefined,
  },
  { id: "split-swap", group: "view", keys: "Mod-Shift-F6", run: () => split.swap(), enabled: isSplit },
  { id: "split-close", group: "view", keys: "Mod-Alt-w", run: closeSplit, enabled: isSplit },
  {
    id: "open-beside",
    group: "article",
    keys: "Shift-Enter",
    when: "list",
    run: () => {
      const [id] = targets();
      if (id) openPieceBeside(id);
    },
    enabled: () => onSheet() && targets().length === 1,
  },
];
