// Which panes are on the screen and how wide they are; kept in the settings.
import { changeExtraSetting, changeSettings, extraSetting, settings } from "@/settings/settings.svelte";

const railWidth = { least: 168, most: 360, usual: 208 };
const listWidth = { least: 260, most: 640, usual: 344 };
/** Below this width of the window the rail shows icons only, and opens over the list. */
const narrow = 1080;

let windowWidth = $state(typeof innerWidth === "number" ? innerWidth : 1440);
let overlay = $state(false);
let listHidden = $state(false);
let alone = $state(false);
if (typeof window !== "undefined") {
  window.addEventListener("resize", () => {
    windowWidth = innerWidth;
    if (windowWidth >= narrow) overlay = false;
  });
}

/** The panes of the window. */
export const panes = {
  railLimits: railWidth,
  listLimits: listWidth,
  /** Whether the rail shows icons only. */
  get railCollapsed(): boolean {
    return windowWidth < narrow ? !overlay : settings.railCollapsed;
  },
  /** Whether the rail lies over the list, in a narrow window. */
  get railOverlaid(): boolean {
    return windowWidth < narrow && overlay;
  },
  get listHidden(): boolean {
    return listHidden || alone;
  },
  /** Whether the text of the open article is all that is shown: no rail, no list, no bars. */
  get alone(): boolean {
    return alone;
  },
  get railWidth(): number {
    return clamp(Number(extraSetting("railWidth") ?? railWidth.usual), railWidth);
  },
  get listWidth(): number {
    const room = Math.max(listWidth.least, windowWidth - (this.railCollapsed ? 48 : this.railWidth) - 340);
    return Math.min(clamp(settings.listWidth, listWidth), room);
  },
  resizeRail(width: number): void {
    changeExtraSetting("railWidth", String(Math.round(clamp(width, railWidth))));
  },
  resizeList(width: number): void {
    changeSettings({ listWidth: Math.round(clamp(width, listWidth)) });
  },
  toggleRail(): void {
    if (alone) return panes.leaveAlone();
    if (windowWidth < narrow) overlay = !overlay;
    else changeSettings({ railCollapsed: !settings.railCollapsed });
  },
  closeOverlay(): void {
    overlay = false;
  },
  toggleList(): void {
    listHidden = !panes.listHidden;
    alone = false;
  },
  showList(): void {
    listHidden = false;
    alone = false;
  },
  toggleAlone(): void {
    alone = !alone;
    overlay = false;
  },
  leaveAlone(): void {
    alone = false;
  },
};

function clamp(
  width: number,
  { least, most, usual }: { least: number; most: number; usual: number },
): number {
  return Number.isFinite(width) ? Math.min(most, Math.max(least, width)) : usual;
}
