// Versions of articles and what changed between them, in memory.
import { wordChanges } from "../src/comparison/word-changes";
import type * as wire from "../src/backend/bindings";
import { type Commands, fake, failure, must, changed } from "./fake-state";
import { textView } from "./fake-writing";

/** The commands. */
export const versionCommands = {
  versions: async (id) => versionsOf(id).map(({ version }) => version),
  dropVersions: async (id, dropped) => drop(id, dropped),
  countVersionsBefore: async (id, days) => before(id, days).length,
  dropVersionsBefore: async (id, days) => drop(id, before(id, days)),
  countDroppedVersions: async (id) => fake.dropped[id]?.length ?? 0,
  takeBackVersions: async (id, versions) => {
    const back = (fake.dropped[id] ?? []).filter(({ version }) => versions?.includes(version.id) ?? true);
    fake.dropped[id] = (fake.dropped[id] ?? []).filter((one) => !back.includes(one));
    fake.versions[id] = [...versionsOf(id), ...back].sort((a, b) =>
      b.version.time.localeCompare(a.version.time),
    );
    return versionsOf(id).map(({ version }) => version);
  },
  historyWeight: async () => ({ kilobytes: 2400, dropped: Object.values(fake.dropped).flat().length }),
  freeHistory: async () => {
    const versions = Object.values(fake.dropped).flat().length;
    fake.dropped = {};
    return { versions, before: 2400, after: 900 };
  },
  versionText: async (id, version) => {
    const found = versionsOf(id).find((one) => one.version.id === version);
    if (!found) throw failure("notFound", `no version ${version}`);
    return found.text;
  },
  nameVersion: async (id, name) => {
    const first = versionsOf(id)[0]?.version;
    const named: wire.Version = {
      id: `${id}-v${Date.now()}`,
      time: "2026-11-22T10:00:00Z",
      kind: "named",
      name,
      reason: null,
      device: "maud",
      by: "Maud",
      folded: false,
      words: first?.words ?? 0,
      wordsDelta: 0,
    };
    versionsOf(id).unshift({ version: named, text: must(id).text });
    return versionsOf(id).map(({ version }) => version);
  },
  renameVersion: async (id, version, name) => {
    const found = versionsOf(id).find((one) => one.version.id === version);
    if (found) found.version = { ...found.version, name };
    return versionsOf(id).map(({ version }) => version);
  },
  versionChange: async (id, before, version) => {
    const text = (wanted: string): string =>
      versionsOf(id).find((one) => one.version.id === wanted)?.text ?? "";
    const { summary } = redlineBetween(text(before), text(version));
    return { ...summary, rough: false };
  },
  restoreVersion: async (id, version) => {
    const found = must(id);
    found.text = versionsOf(id).find((one) => one.version.id === version)?.text ?? found.text;
    changed({ updated: [id] });
    return textView(id);
  },
  restoreChanges: async (id, version, basedOn, changes) => {
    const found = must(id);
    if (textView(id).hash !== basedOn) throw failure("changed", "the file is another one");
    const former = versionsOf(id).find((one) => one.version.id === version)?.text ?? "";
    let text = "";
    for (const piece of redlineBetween(former, found.text).pieces) {
      const back = changes.includes(piece.change);
      if (piece.mark === "same" || (piece.mark === "deleted") === back) text += piece.text;
    }
    found.text = text;
    changed({ updated: [id] });
    return textView(id);
  },
  redlineOf: async (before, after) => redlineBetween(before, after),
} satisfies Partial<Commands>;

function versionsOf(id: string): { version: wire.Version; text: string }[] {
  const { text } = must(id);
  return (fake.versions[id] ??= [
    {
      version: {
        id: `${id}-v3`,
        time: "2026-11-21T17:42:00Z",
        kind: "automatic",
        name: null,
        reason: null,
        device: "maud",
        by: null,
        folded: false,
        words: 512,
        wordsDelta: 14,
      },
      text,
    },
    {
      version: {
        id: `${id}-v2`,
        time: "2026-11-20T09:05:00Z",
        kind: "named",
        name: "Relu par Jonas",
        reason: null,
        device: "maud",
        by: null,
        folded: false,
        words: 498,
        wordsDelta: -37,
      },
      text: text.replace("trois manières", "deux manières"),
    },
    {
      version: {
        id: `${id}-v1`,
        time: "2026-11-18T14:20:00Z",
        kind: "before",
        name: null,
        reason: "restore",
        device: "portable",
        by: null,
        folded: false,
        words: null,
        wordsDelta: null,
      },
      text: text.slice(0, 400),
    },
  ]);
}

export function before(id: string, days: number): string[] {
  const oldest = Date.now() - days * 86_400_000;
  return versionsOf(id)
    .slice(1)
    .filter(({ version }) => version.name === null && Date.parse(version.time) < oldest)
    .map(({ version }) => version.id);
}

/** A redline by words alone: what moved is gone here and came there. */
function redlineBetween(before: string, after: string): wire.Redline {
  const pieces: wire.RedlinePiece[] = [];
  let at = 0;
  const add = (text: string, mark: wire.RedlineMark, change: number, place: [number, number]): void => {
    if (text) pieces.push({ text, mark, nature: "words", change, moved: null, place });
  };
  const changes = wordChanges(before, after);
  changes.forEach(({ fromA, toA, fromB, toB }, index) => {
    add(after.slice(at, fromB), "same", 0, [at, fromB]);
    add(before.slice(fromA, toA), "deleted", index + 1, [fromB, fromB]);
    add(after.slice(fromB, toB), "inserted", index + 1, [fromB, toB]);
    at = toB;
  });
  add(after.slice(at), "same", 0, [at, after.length]);
  const words = (mark: wire.RedlineMark): number =>
    pieces.filter((piece) => piece.mark === mark).flatMap(({ text }) => text.match(/\p{L}+/gu) ?? []).length;
  return {
    pieces,
    summary: {
      wordsInserted: words("inserted"),
      wordsDeleted: words("deleted"),
      wordsMoved: 0,
      changes: changes.length,
      moves: 0,
      typography: 0,
      structure: 0,
    },
  };
}

function drop(id: string, dropped: string[]) {
  const all = versionsOf(id);
  fake.dropped[id] = [
    ...(fake.dropped[id] ?? []),
    ...all.filter(({ version }) => dropped.includes(version.id)),
  ];
  fake.versions[id] = all.filter(({ version }) => !dropped.includes(version.id));
  return { dropped, versions: versionsOf(id).map(({ version }) => version) };
}
