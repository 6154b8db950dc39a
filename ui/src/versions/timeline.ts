// The versions of an article as a timeline: by day and by session, what is old folded together.
import type { Version } from "@/backend";

/** What the timeline shows of the versions. */
export type Filter = { named: boolean; words: string };

/** A version in the timeline. */
export type Entry = {
  version: Version;
  /** The version before it that is shown: what it is compared with. */
  before: string | null;
  /** Whether it is the last one of its day, and so the first in the list. */
  startsDay: boolean;
  /** Whether a session of work ends here: the next one began more than half an hour later, on the same day. */
  startsSession: boolean;
  /** Versions that it stands for, and that are not shown. */
  folded: number;
};

/** So long a pause ends a session, in milliseconds. */
const pause = 30 * 60_000;

/**
 * The entries of versions that run from the newest to the oldest. `open` are those whose folded versions are shown, too;
 * a filter looks at all of them.
 */
export function entriesOf(
  all: readonly Version[],
  filter: Filter,
  open: ReadonlySet<string>,
  words: (version: Version) => string,
): Entry[] {
  const asked = plain(filter.words.trim());
  const filtered = filter.named || asked !== "";
  const shown: { version: Version; folded: number }[] = [];
  let stands: string | null = null;
  for (const version of all) {
    if (filter.named && version.name === null) continue;
    if (asked !== "" && !plain(words(version)).includes(asked)) continue;
    const last = shown.at(-1);
    if (!filtered && version.folded && last && stands !== null && !open.has(stands)) {
      last.folded++;
      continue;
    }
    if (!version.folded) stands = version.id;
    shown.push({ version, folded: 0 });
  }
  return shown.map(({ version, folded }, at) => {
    const newer = shown[at - 1]?.version;
    const startsDay = newer === undefined || !sameDay(newer.time, version.time);
    const gap = newer ? Date.parse(newer.time) - Date.parse(version.time) : 0;
    return {
      version,
      before: shown[at + 1]?.version.id ?? null,
      startsDay,
      startsSession: !startsDay && gap > pause,
      folded,
    };
  });
}

/** How much of the width of a bar stands for so many words: a thousand fill it, and one is seen. */
export function share(words: number): number {
  return words <= 0 ? 0 : Math.min(1, Math.max(0.04, Math.log2(1 + words) / Math.log2(1001)));
}

function sameDay(one: string, other: string): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** Without accents and capitals. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
