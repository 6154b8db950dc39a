// Texts that are written, in memory: saved, kept for a recovery, looked through.
import type * as wire from "../src/backend/bindings";
import { readingCommands } from "./fake-reading";
import { type Commands, info, fake, find, must, hash, change, fold } from "./fake-state";

/** The commands. */
export const writingCommands = {
  openText: async (id) => textView(id),
  isStill: async (id, known) => hash(textView(id).text) === known,
  // Paragraphs alone, all of them new each time.
  preview: async (id, text) => {
    const body = text.replace(/^---\n[^]*?\n---\n/, (front) => "\n".repeat(front.split("\n").length - 1));
    const blocks = [...body.matchAll(/\S(?:.|\n(?!\n))*/g)];
    const plain = (words: string): string => words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
    const head = { ...(await readingCommands.readArticle(id)), html: "", outline: [], hash: "" };
    return {
      head,
      revision: (fake.generation += 1),
      blocks: [{ kind: "new", html: blocks.map(([words]) => `<p data-line="0">${plain(words)}</p>`) }],
      lines: blocks.map(({ index }) => body.slice(0, index).split("\n").length),
    };
  },
  saveText: async (id, text, basedOn) => save(id, text, basedOn),
  saveTextInUtf8: async (id, text, basedOn) => save(id, text, basedOn),
  compareWithDisk: async (id, text, basedOn) => {
    const found = find(id);
    if (!found) return { kind: "gone" };
    return found.text === text || hash(found.text) === basedOn
      ? { kind: "same" }
      : { kind: "conflict", theirs: found.text, hash: hash(found.text) };
  },
  keepVersion: async () => null,
  checkpoint: async () => null,
  openWithEncoding: async (id) => textView(id),
  keepRecovery: async (id, text) => ((fake.copies[id] = text), null),
  recoveries: async () => fake.recoveries,
  takeRecovery: async (key) => {
    const taken = fake.recoveries.find((one) => one.key === key);
    fake.recoveries = fake.recoveries.filter((one) => one.key !== key);
    const found = must(taken?.id ?? "");
    found.text = taken?.text ?? found.text;
    return { id: found.row.id, hash: hash(found.text) };
  },
  dropRecovery: async (key) => ((fake.recoveries = fake.recoveries.filter((one) => one.key !== key)), null),
  writingHistory: async () => fake.written(),
  noteWritten: async (_id, more) => {
    fake.writtenToday.words += more.words;
    fake.writtenToday.signs += more.signs;
    return fake.written();
  },
  pieceGoal: async (id) => fake.goals[id] ?? null,
  setPieceGoal: async (id, goal) => {
    if (goal) fake.goals[id] = goal;
    else delete fake.goals[id];
    return null;
  },
  textLengths: async (_, text) => ({
    counts: countsOf(text),
    slots: [
      { slot: "title", signs: 12, limit: 80 },
      { slot: "body", signs: text.length, limit: fake.bodyLimit },
    ],
  }),
  counts: async (text) => countsOf(text),
  quotationsOf: async (_id, text) => fake.quotations(text),
  quotable: async (_id, typed) =>
    fake.quotable.filter(({ quote }) => quote.toLowerCase().includes(typed.toLowerCase())),
  quoteHighlight: async (_id, text, highlight, from, to) => {
    const quote = fake.quotable.find((one) => one.highlight === highlight)?.quote ?? "";
    return [
      { from, to, text: `«\u00a0${quote}\u00a0»[^1]` },
      { from: text.length, to: text.length, text: "\n\n[^1]: [Source](s.md).\n" },
    ];
  },
  nameSource: async (_id, text, end) => [
    { from: end, to: end, text: "[^1]" },
    { from: text.length, to: text.length, text: "\n\n[^1]: [Source](s.md).\n" },
  ],
  // As when the plain text says as much as what was copied.
  pasteText: async () => null,
  keepImages: async (_id, paths) =>
    paths.map((path) => ({ name: path, target: path.split("/").at(-1) ?? path })),
  aboutPicture: async (_id, target) => fake.pictures[target] ?? null,
  pictureSizes: async (_id, target) =>
    (fake.pictures[target]?.sizes ?? []).map((longest) => ({
      longest,
      width: longest,
      height: Math.round(longest * 0.75),
      bytes: longest * 200,
      ending: "jpg",
    })),
  keepPicture: async (_id, target, longest) =>
    target.replace(/(?=\.\w+$)/, longest === null ? "-2" : `-${longest}`),
  setPictureAside: async (_id, target) => {
    fake.aside.add(target);
    return `aside ${target}`;
  },
  bringPictureBack: async (key) => {
    fake.aside.delete(key.replace("aside ", ""));
    return null;
  },
  typographyCorrections: async (text) =>
    [...text.matchAll(/(?<=\p{L})'(?=\p{L})/gu)].map(({ index }) => ({
      from: index,
      to: index + 1,
      after: "’",
      rule: "apostrophe",
    })),
  findWorks: async (_id, _text, typed) =>
    fake.works.filter(({ authors, title }) => fold(`${authors} ${title}`).includes(fold(typed))),
  citedText: async (_id, text) => ({
    marks: [...text.matchAll(/\[@(\w+)\]/g)].map(({ 0: whole, 1: key = "", index }) => {
      const work = fake.works.find((one) => one.key === key);
      return {
        from: index,
        to: index + whole.length,
        inline: work ? `(${work.authors} ${work.year})` : whole,
        note: "",
        number: 0,
        unknown: work ? [] : [key],
      };
    }),
    styleProblem: null,
    refused: [],
  }),
  citationSettings: async () => structuredClone(fake.citations),
  chooseBibliography: async () => {
    fake.citations.files.push({
      path: "/home/maud/Zotero/tout.json",
      entries: 812,
      chosen: true,
      torn: true,
      problems: [{ line: 12, key: "casse", kind: "unclosed" }],
      problemCount: 1,
    });
    return structuredClone(fake.citations);
  },
  forgetBibliography: async (path) => {
    fake.citations.files = fake.citations.files.filter((file) => file.path !== path);
    return structuredClone(fake.citations);
  },
  setCitationStyle: async (style) => {
    fake.citations.style = style;
    return structuredClone(fake.citations);
  },
  // “vilage” is unknown unless somebody vouched for it.
  advise: async ({ text, kinds, lang }) => ({
    lang: lang ?? "fr",
    problem: null,
    advice:
      kinds.includes("spelling") &&
      !fake.vouched.me.includes("vilage") &&
      !fake.vouched.desk.includes("vilage")
        ? [...text.matchAll(/vilage/gu)].map(({ index }) => ({
            from: index,
            to: index + 6,
            kind: "spelling" as const,
            rule: "unknown-word",
            fixes: [],
            note: null,
            lang: "fr",
          }))
        : [],
  }),
  spellingSuggestions: async () => ["village", "vidage"],
  vouchedWords: async () => ({ me: [...fake.vouched.me], desk: [...fake.vouched.desk] }),
  vouchForWord: async (word, voucher) => {
    fake.vouched[voucher].push(word);
    return null as never;
  },
  vouchNoMore: async (word, voucher) => {
    fake.vouched[voucher] = fake.vouched[voucher].filter((other) => other !== word);
    return null as never;
  },
  outlineOf: async (text) =>
    text.split("\n").flatMap((line, i) => {
      const heading = /^(#{1,6}) (.*)/.exec(line);
      return heading ? [{ level: heading[1]!.length, text: heading[2]!, anchor: `h-${i}`, line: i + 1 }] : [];
    }),
} satisfies Partial<Commands>;

export function textView(id: string): wire.TextView {
  const { row, text } = must(id);
  return {
    id,
    text,
    hash: hash(text),
    encoding: "UTF-8",
    lineEnding: "lf",
    readOnly: info.writable ? null : "library",
    path: row.path,
    row,
  };
}

/** A text as the fake counts it. */
function countsOf(text: string): wire.Counts {
  const words = text.split(/\s+/).filter(Boolean).length;
  return {
    words,
    signs: text.length,
    signsWithoutSpaces: text.replace(/\s/g, "").length,
    readingMinutes: Math.ceil(words / 230),
  };
}

function save(id: string, text: string, basedOn: string): wire.SaveOutcome {
  const found = find(id);
  if (!found) return { kind: "gone" };
  if (basedOn !== hash(found.text)) return { kind: "conflict", theirs: found.text, hash: hash(found.text) };
  found.text = text;
  delete fake.copies[id];
  change([id], () => undefined);
  return { kind: "saved", hash: hash(text), row: found.row };
}
