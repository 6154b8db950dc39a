// The versions of one article: listed, read, named, restored.
import { backend, type Version } from "@/backend";
import { openDialog } from "@/library/dialogs.svelte";
import { library, sheet } from "@/library/library.svelte";
import { offerUndo } from "@/library/undo.svelte";
import { register } from "@/shared/commands.svelte";
import { t } from "@/shared/messages";
import { tell, tellError } from "@/shared/notices.svelte";
import { unsaved } from "@/shared/unsaved.svelte";
import { timeInWords } from "./time-words";

/** What the panel shows. */
export const versions = $state<{
  id: string | null;
  /** Newest first; null while they are read for the first time. */
  list: Version[] | null;
  chosen: string | null;
  text: string | null;
  /** The version that the text is of: not the chosen one yet, while that is read. */
  textOf: string | null;
  /** What the chosen version is compared with: another version, the present text, or nothing. */
  against: string | null;
  /** The text of that. */
  other: string | null;
  /** The hash of the present text, when that is it. */
  otherHash: string | null;
  /** Whether the field for a name is open. */
  naming: boolean;
  /** How many versions were dropped and are still there. */
  dropped: number;
}>({
  id: null,
  list: null,
  chosen: null,
  text: null,
  textOf: null,
  against: null,
  other: null,
  otherHash: null,
  naming: false,
  dropped: 0,
});

/** Names the present text among what a version can be compared with. */
export const PRESENT = "present";

/** Reads the versions of an article; the chosen one stays chosen as long as it is there. */
export async function loadVersions(id: string): Promise<void> {
  if (versions.id !== id)
    Object.assign(versions, { id, list: null, chosen: null, text: null, against: null, other: null });
  try {
    const list = await backend.versions(id);
    if (versions.id !== id) return;
    takeList(list);
    void countDropped(id);
    if (versions.against === PRESENT) void compareWith(PRESENT);
    const first = list[0];
    if (versions.chosen === null && first) await chooseVersion(first.id);
  } catch (error) {
    if (versions.id === id) versions.list ??= [];
    tellError(error);
  }
}

/** Shows the text of a version. */
export async function chooseVersion(version: string): Promise<void> {
  const { id } = versions;
  if (id === null) return;
  versions.chosen = version;
  if (versions.against === version) void compareWith(null);
  try {
    const text = await backend.versionText(id, version);
    if (versions.id === id && versions.chosen === version) Object.assign(versions, { text, textOf: version });
  } catch (error) {
    tellError(error);
  }
}

/** Compares the chosen version with another one, with the present text, or with nothing any more. */
export async function compareWith(against: string | null, save?: () => Promise<boolean>): Promise<void> {
  const { id } = versions;
  const mine = ++comparisons;
  if (id === null || against === null) return void Object.assign(versions, { against: null, other: null });
  try {
    // What was typed belongs to the present text.
    if (against === PRESENT && save && !(await save())) return void compareWith(null);
    const present = against === PRESENT ? await backend.openText(id) : null;
    const other = present ? present.text : await backend.versionText(id, against);
    // What was compared before stays until the other text is there.
    if (mine === comparisons && versions.id === id)
      Object.assign(versions, { against, other, otherHash: present?.hash ?? null });
  } catch (error) {
    if (mine === comparisons) Object.assign(versions, { against: null, other: null });
    tellError(error);
  }
}

/** Keeps the present text as a version with a name. False when it could not be kept. */
export async function nameVersion(name: string, save: () => Promise<boolean>): Promise<boolean> {
  const { id } = versions;
  if (id === null || name.trim() === "") return false;
  try {
    if (!(await save())) return false;
    takeList(await backend.nameVersion(id, name.trim()));
    versions.naming = false;
    tell("done", "versions-kept", { name: name.trim() });
    return true;
  } catch (error) {
    tellError(error);
    return false;
  }
}

/** Gives a version another name, or takes it away. False when that could not be kept. */
export async function renameVersion(version: string, name: string | null): Promise<boolean> {
  const { id } = versions;
  if (id === null) return false;
  try {
    takeList(await backend.renameVersion(id, version, name));
    return true;
  } catch (error) {
    tellError(error);
    return false;
  }
}

/**
 * Makes a version the text of the article. Rust keeps the present text as a version first; the notice offers to
 * go back to it.
 */
export async function restoreVersion(version: Version, save: () => Promise<boolean>): Promise<void> {
  const { id } = versions;
  if (id === null) return;
  try {
    if (!(await save())) return;
    const before = await backend.versions(id);
    await backend.restoreVersion(id, version.id);
    const after = await backend.versions(id);
    if (versions.id === id) takeList(after);
    const present = presentBefore(before, after);
    const undo = async (back: string): Promise<void> => {
      await backend.restoreVersion(id, back);
      await loadVersions(id);
    };
    const time = timeInWords(version.time, Date.now());
    const action = present === null ? undefined : { label: t("versions-undo"), run: () => undo(present) };
    tell("done", "versions-restored", { time }, action);
  } catch (error) {
    tellError(error);
  }
}

/** Takes changes since the chosen version back in the present text; the notice offers to undo it. */
export async function restoreChanges(changes: number[], save: () => Promise<boolean>): Promise<void> {
  const { id, chosen, against, otherHash } = versions;
  if (id === null || chosen === null || against !== PRESENT || otherHash === null) return;
  try {
    if (!(await save())) return;
    const before = await backend.versions(id);
    // Rust refuses when the text is another one than what is compared.
    await backend.restoreChanges(id, chosen, otherHash, changes);
    const after = await backend.versions(id);
    if (versions.id === id) takeList(after);
    await compareWith(PRESENT);
    const present = presentBefore(before, after);
    const undo = async (back: string): Promise<void> => {
      await backend.restoreVersion(id, back);
      await loadVersions(id);
    };
    const action = present === null ? undefined : { label: t("versions-undo"), run: () => undo(present) };
    tell("done", "redline-restored", {}, action);
  } catch (error) {
    tellError(error);
    if (versions.id === id) void compareWith(PRESENT);
  }
}

/** Drops a version; it is there until space is freed, and the notice offers to take it back. */
export async function dropVersion(version: Version): Promise<void> {
  const { id, list } = versions;
  if (id === null) return;
  const at = list?.findIndex((one) => one.id === version.id) ?? -1;
  try {
    const { dropped, versions: now } = await backend.dropVersions(id, [version.id]);
    if (versions.id === id) {
      takeList(now);
      // The one that takes its place in the list is read next.
      const next = now[Math.min(at, now.length - 1)];
      if (versions.chosen === null && next) await chooseVersion(next.id);
    }
    offerBack(id, "versions-dropped", dropped);
  } catch (error) {
    tellError(error);
  }
}

/** Drops what was kept by itself more than some days ago; the notice offers to take it back. */
export async function dropVersionsBefore(id: string, days: number): Promise<void> {
  const { dropped, versions: now } = await backend.dropVersionsBefore(id, days);
  if (versions.id === id) takeList(now);
  offerBack(id, "versions-dropped", dropped);
}

/** Takes dropped versions of the article back, all where none is named. */
export async function takeBack(id: string, dropped: string[] | null): Promise<void> {
  try {
    const now = await backend.takeBackVersions(id, dropped);
    if (versions.id === id) takeList(now);
    await countDropped(id);
  } catch (error) {
    tellError(error);
  }
}

function offerBack(id: string, message: string, dropped: string[]): void {
  void countDropped(id);
  offerUndo(message, { count: dropped.length }, () => takeBack(id, dropped));
}

async function countDropped(id: string): Promise<void> {
  try {
    const count = await backend.countDroppedVersions(id);
    if (versions.id === id) versions.dropped = count;
  } catch (error) {
    tellError(error);
  }
}

/**
 * The version that holds the text as it was before a restore: the one that was kept for it, else (nothing had
 * changed since the last version) the newest of before.
 */
export function presentBefore(before: readonly Version[], after: readonly Version[]): string | null {
  const known = new Set(before.map((version) => version.id));
  const kept = after.find((version) => version.kind === "before" && !known.has(version.id));
  return kept?.id ?? before[0]?.id ?? null;
}

/** Waits until nothing of an article is unsaved any more; false, and said, when that does not happen within some seconds. */
export async function whenSaved(id: string, attempts = 50): Promise<boolean> {
  for (let attempt = 0; unsaved.has(id); attempt++) {
    if (attempt >= attempts) {
      tell("problem", "versions-unsaved");
      return false;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return true;
}

/** Shows the panel with the field for a name. */
export function askForName(): void {
  sheet.versionsShown = true;
  versions.naming = true;
}

/** Registers the commands of the versions; the function it returns takes them away. */
export function registerVersionCommands(): () => void {
  const ends = [
    register({
      id: "versions-name",
      group: "article",
      run: askForName,
      enabled: () => sheet.id !== null,
    }),
    register({
      id: "versions-clear",
      group: "article",
      run: () => {
        if (sheet.id !== null) openDialog("clearVersions", { id: sheet.id });
      },
      enabled: () => sheet.id !== null && library.current?.writable === true,
    }),
    register({
      id: "versions-free",
      group: "tools",
      run: () => openDialog("freeVersions", {}),
      enabled: () => library.current?.writable === true,
    }),
  ];
  return () => ends.forEach((end) => end());
}

/** Counts what was asked to be compared: only the last counts. */
let comparisons = 0;

function takeList(list: Version[]): void {
  versions.list = list;
  if (versions.chosen !== null && !list.some((version) => version.id === versions.chosen)) {
    versions.chosen = null;
    versions.text = null;
  }
  const { against } = versions;
  if (against !== null && against !== PRESENT && !list.some((version) => version.id === against))
    Object.assign(versions, { against: null, other: null });
}
