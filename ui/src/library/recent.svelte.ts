// The libraries that were open lately, and why the last one could not be opened at the launch.
import type { CommandError, LibraryInfo, RecentLibrary } from "@/backend";

/** What the start screen offers and tells. */
export const recent = $state<{
  /** The last used first. */
  libraries: RecentLibrary[];
  /** Why no library could be opened at the launch; told until one is open. */
  problem: CommandError | null;
}>({ libraries: [], problem: null });

/** Puts a library that was opened at the head of the list. */
export function rememberLibrary({ root, title }: LibraryInfo): void {
  forgetLibrary(root);
  recent.libraries.unshift({ root, title, openedAt: new Date().toISOString(), exists: true });
  recent.problem = null;
}

/** Takes a library off the list. */
export function forgetLibrary(root: string): void {
  recent.libraries = recent.libraries.filter((other) => other.root !== root);
}
