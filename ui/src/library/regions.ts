// The regions of the window that F6 goes round: rail, list, sheet with what stands beside; La Une in the place of the last ones.

/** The regions, in the order of the window. */
export const regions = ["rail", "list", "sheet", "beside", "front"] as const;
/** A region's name. */
export type Region = (typeof regions)[number];

/** The region that has the focus; what stands beside is a part of the sheet. */
export function focusedRegion(): Exclude<Region, "beside"> | null {
  const here = hasFocus();
  return here === "beside" ? "sheet" : here;
}

function hasFocus(): Region | null {
  const element = document.activeElement?.closest<HTMLElement>("[data-region]");
  return (element?.dataset.region as Region | undefined) ?? null;
}

/** Puts the focus into a region, on what the region says is its entry; false when it is not on the screen. The sheet is
 * entered on its active side. */
export function focusRegion(region: Region): boolean {
  return enter(region, region === "sheet" ? "[data-active] [data-entry]" : "[data-entry]");
}

/** Puts the focus on the entry of a region. */
export function takeFocus(entry: HTMLElement, options?: FocusOptions): void {
  // A selection that stays behind in an editor would take the focus away as soon as its line is drawn no more.
  if (entry.getAttribute("contenteditable") !== "true" && document.activeElement?.closest(".cm-editor"))
    document.getSelection()?.removeAllRanges();
  entry.focus(options);
}

function enter(region: Region, entries: string): boolean {
  const element = document.querySelector<HTMLElement>(`[data-region="${region}"]`);
  if (!element || element.getClientRects().length === 0) return false;
  const entry =
    element.querySelector<HTMLElement>(entries) ??
    element.querySelector<HTMLElement>("[data-entry]") ??
    element;
  takeFocus(entry);
  // An entry that is hidden for the moment does not take the focus.
  if (!element.contains(document.activeElement)) element.focus();
  return element.contains(document.activeElement);
}

/** Goes to the next region, or the one before. */
export function cycleRegions(by: 1 | -1): void {
  const here = hasFocus();
  const from = here ? regions.indexOf(here) : by > 0 ? -1 : 0;
  for (let step = 1; step <= regions.length; step++) {
    const next = regions[(from + by * step + regions.length * 2) % regions.length];
    if (next && enter(next, "[data-entry]")) return;
  }
}
