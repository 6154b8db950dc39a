// The split of the sheet: two pieces beside each other, or a text and its finished look; how the room is shared.
import { backend } from "@/backend";
import {
  activeSide,
  closeSide,
  library,
  type OpenOptions,
  openArticle,
  openBeside,
  openIn,
  otherSide,
  type Side,
  type SheetMode,
  sides,
} from "@/library/library.svelte";
import { panes } from "@/library/panes.svelte";
import { takeFocus } from "@/library/regions";
import { changeExtraSetting, extraSetting } from "@/settings/settings.svelte";

/** What each of both halves needs at least, in pixels: about forty characters of a line. */
export const leastHalf = 320;

let readerKey = 0;
let width = $state(0);
let reversed = $state(false);
/** Whether the finished look is what is seen of a split that is folded, and not the text. */
let previewInFront = $state(false);
/** Whether the list was put away to make room. */
let listGaveWay = false;

/** The split, as it is now. */
export const split = {
  /** Whether texts that are written have their finished look beside them. */
  get preview(): boolean {
    return extraSetting("writer-preview") === "shown";
  },
  /** Whether two pieces are beside each other. */
  get pieces(): boolean {
    return sides.list.length > 1;
  },
  /** Whether the finished look stands beside the text of the sheet. */
  get previewing(): boolean {
    const [only] = sides.list;
    return split.preview && !split.pieces && only?.id !== null && only?.mode === "write";
  },
  /** Whether there are two halves. */
  get open(): boolean {
    return split.pieces || split.previewing;
  },
  /** Whether there is room for one half alone. */
  get folded(): boolean {
    return width > 0 && width < 2 * leastHalf;
  },
  /** Whether the halves have changed places. */
  get reversed(): boolean {
    return reversed;
  },
  /** Whether the preview is the half that is seen while the split is folded. */
  get previewInFront(): boolean {
    return previewInFront;
  },
  /** The part of the room that the left half has, from 0 to 1. */
  get share(): number {
    const share = Number(extraSetting("split-share") ?? 0.5);
    return Number.isFinite(share) && share > 0 && share < 1 ? share : 0.5;
  },
  /** The width of the left half, in pixels, and within which limits it is. */
  get left(): { value: number; least: number; most: number } {
    const most = Math.max(leastHalf, width - leastHalf);
    return { value: Math.min(most, Math.max(leastHalf, split.share * width)), least: leastHalf, most };
  },
  /** Tells how wide the sheet is, in pixels. */
  measured(sheet: number): void {
    width = sheet;
  },
  /** Gives the left half a width, in pixels. */
  resize(left: number): void {
    if (width <= 0) return;
    const { least, most } = split.left;
    changeExtraSetting("split-share", (Math.min(most, Math.max(least, left)) / width).toFixed(4));
  },
  /** Both halves get the same room. */
  halve(): void {
    changeExtraSetting("split-share", "0.5");
  },
  /** The halves change places. */
  swap(): void {
    reversed = !reversed;
    // Each half keeps the room that it had.
    changeExtraSetting("split-share", (1 - split.share).toFixed(4));
  },
};

/** Shows the finished look beside what is written, in the place of a piece there; or puts it away. */
export function showPreview(shown: boolean): void {
  changeExtraSetting("writer-preview", shown ? "shown" : "hidden");
  previewInFront = false;
  if (!shown) return;
  const other = otherSide();
  if (other) closeSide(other);
}

/** Opens a piece beside the one that is open. One that is open already is gone to; beside itself it has its finished look. */
export function openPieceBeside(id: string, options: OpenOptions = {}): void {
  const here = activeSide();
  if (here.id === id) {
    if (here.mode !== "write") openIn(here, id, { mode: "write" });
    showPreview(true);
    return;
  }
  openBeside(id, options);
  enterSide(sides.active);
}

/** Closes what stands beside: the preview, or the piece that is not the active one. */
export function closeSplit(): void {
  const other = otherSide();
  if (other) closeSide(other);
  else if (split.preview) changeExtraSetting("writer-preview", "hidden");
  previewInFront = false;
  enterSide(sides.active);
}

/** Goes to the other half. */
export function goToOtherSide(): void {
  const other = otherSide();
  if (other) {
    sides.active = other.key;
    enterSide(other.key);
  } else if (split.previewing) {
    const inPreview = document.activeElement?.closest("[data-preview]") !== null;
    previewInFront = !inPreview;
    if (inPreview) enterSide(sides.active);
    else enterWhenThere("[data-preview] [data-entry]");
  }
}

/** The piece beside is written instead of read, or read instead of written. */
export function turnOtherSide(): void {
  const other = otherSide();
  if (other?.id) openIn(other, other.id, { mode: other.mode === "write" ? "read" : "write" });
}

/**
 * Whether a side has the reading view with all that a reader does (marking, progress, reading aloud). There is one of these:
 * of two articles that are read, the one that was read first; the other one is only shown.
 */
export function isReader(side: Side): boolean {
  const read = sides.list.filter(({ mode }) => mode === "read");
  if (!read.some(({ key }) => key === readerKey)) readerKey = read[0]?.key ?? readerKey;
  return side.mode === "read" && side.key === readerKey;
}

/** Puts the focus into a side, now or as soon as it is there. */
export function enterSide(key: number): void {
  enterWhenThere(`[data-side="${String(key)}"] [data-entry]`, () => sides.active === key);
}

/** What is remembered of a split, to be taken up at the next start. */
type Remembered = { library: string; sides: { id: string; mode: SheetMode }[]; active: number };

/** Remembers which pieces are beside each other; nothing while the sheet is not split. */
export function rememberSplit(): void {
  const key = library.current?.key;
  if (key === undefined) return;
  const open = sides.list.flatMap(({ id, mode }) => (id === null ? [] : [{ id, mode }]));
  const active = Math.max(0, sides.list.indexOf(activeSide()));
  const now: Remembered | null = split.open ? { library: key, sides: open, active } : null;
  const text = now ? JSON.stringify(now) : "";
  if ((extraSetting("split-pieces") ?? "") !== text) changeExtraSetting("split-pieces", text);
}

/** What was beside each other when Édito was left, if it was in this library. */
export function rememberedSplit(): Remembered | null {
  try {
    const found = JSON.parse(extraSetting("split-pieces") || "null") as Remembered | null;
    return found && found.library === library.current?.key && Array.isArray(found.sides) ? found : null;
  } catch {
    return null;
  }
}

/** Opens again what was beside each other, without what is no more there. */
export async function takeUpSplit(was: Remembered): Promise<void> {
  const there = await Promise.all(was.sides.slice(0, 2).map(({ id }) => backend.row(id).catch(() => null)));
  // Something else was opened meanwhile.
  if (activeSide().id !== null || library.current?.key !== was.library) return;
  const found = was.sides.slice(0, 2).filter((_, index) => there[index]);
  const [first, second] = found;
  if (first) openArticle(first.id, { mode: modeOf(first) });
  if (second) openBeside(second.id, { mode: modeOf(second) });
  if (split.pieces && was.active === 0) sides.active = (sides.list[0] as Side).key;
}

function modeOf({ mode }: { mode: unknown }): SheetMode {
  return mode === "write" ? "write" : "read";
}

/** The sheet was split: in a window that has no room for list and split the list gives way; its key brings it back. */
export function makeRoom(): void {
  // How wide the sheet is with the list is known; without it, it is that much wider.
  if (!split.folded || panes.listHidden || width + panes.listWidth < 2 * leastHalf) return;
  panes.toggleList();
  listGaveWay = true;
}

/** The sheet is split no more: a list that gave way is there again. */
export function takeListBack(): void {
  if (listGaveWay && panes.listHidden && !panes.alone) panes.showList();
  listGaveWay = false;
}

function enterWhenThere(entry: string, still: () => boolean = () => true, tries = 40): void {
  const element = document.querySelector<HTMLElement>(entry);
  if (element && element.closest("[hidden]") === null) takeFocus(element, { preventScroll: true });
  else if (tries > 0) setTimeout(() => still() && enterWhenThere(entry, still, tries - 1), 50);
}
