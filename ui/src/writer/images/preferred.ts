// What was chosen for images that come: how large they are to be, and whether they keep what the camera noted.
import { changeExtraSetting, extraSetting } from "@/settings/settings.svelte";

/** The lengths of the longer side that are offered, in pixels; null leaves an image as it is. */
export const offeredSizes = [null, 2400, 1600, 1000] as const;

/** The length of the longer side that is proposed; null where images are left as they are. */
export function preferredSize(): number | null {
  return offeredSizes.find((size) => String(size) === extraSetting("image-size")) ?? null;
}

/** Proposes a size for the images that come. */
export function preferSize(size: number | null): void {
  changeExtraSetting("image-size", size === null ? "" : String(size));
}

/** Whether what the camera noted is to be left out of an image that keeps its size, unless something else is said. */
export function cleansFirst({ place }: { place: boolean }): boolean {
  return place && extraSetting("image-notes") !== "keep";
}

/** Says whether places are left out of the images that come. */
export function preferCleaning(clean: boolean): void {
  changeExtraSetting("image-notes", clean ? "" : "keep");
}
