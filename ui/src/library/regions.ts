// The regions of the window that F6 goes round: rail, list, sheet; La Une in the place of the last two.

/** The regions, in the order of the window. */
export const regions = ["rail", "list", "sheet", "front"] as const;
/** A region's name. */
export type Region = (typeof regions)[number];

/** The region that has the focus. */
export function focusedRegion(): Region | null {
  const element = document.activeElement?.closest<HTMLElement>("[data-region]");
  return (element?.dataset.region as Region | undefined) ?? null;
}

/** Puts the focus into a region, on what the region says is its entry; false when it is not on the screen. */
export function focusRegion(region: Region): boolean {
  const element = document.querySelector<HTMLElement>(`[data-region="${region}"]`);
  if (!element || element.getClientRects().length === 0) return false;
  const entry = element.querySelector<HTMLElement>("[data-entry]") ?? element;
  entry.focus();
  // An entry that is hidden for the moment does not take the focus.
  if (!element.contains(document.activeElement)) element.focus();
  return element.contains(document.activeElement);
}

/** Goes to the next region, or the one before. */
export function cycleRegions(by: 1 | -1): void {
  const here = focusedRegion();
  const from = here ? regions.indexOf(here) : by > 0 ? -1 : 0;
  for (let step = 1; step <= regions.length; step++) {
    const next = regions[(from + by * step + regions.length * 2) % regions.length];
    if (next && focusRegion(next)) return;
  }
}
