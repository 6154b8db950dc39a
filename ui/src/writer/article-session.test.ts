import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CompareOutcome, Row, SaveOutcome, TextView } from "@/backend";
import {
  type ArticleSession,
  type Mark,
  openSession,
  type SessionBackend,
  type SessionState,
} from "./article-session";

/** A disk with one file, a recovery folder with one copy, and a history. */
class FakeDisk {
  file: string | null = "un\ndeux\ntrois";
  encoding = "windows-1252";
  failing: string | null = null;
  slow = 0;
  recovery: string | null = null;
  recoveryWrites = 0;
  saves = 0;
  /** So many times the text was read. */
  reads = 0;
  kept: string[] = [];
  checkpoints = 0;
  /** Places that refuse to be written. */
  refusing = new Set<"copies" | "versions">();

  readonly backend: SessionBackend = {
    openText: () => this.after(() => (this.reads++, this.view())),
    isStill: (_id, hash) => this.after(() => this.view().hash === hash),
    openWithEncoding: () => this.after(() => this.view()),
    saveText: (_id, text, basedOn, base) =>
      this.after(() => {
        if (this.failing) throw { kind: this.failing, message: this.failing, path: null };
        const outcome = this.decide(text, basedOn, base);
        if (outcome.kind === "saved" || outcome.kind === "merged") {
          this.file = outcome.kind === "merged" ? outcome.text : text;
          this.saves++;
          this.recovery = null;
        }
        return outcome;
      }),
    saveTextInUtf8: (_id, text, basedOn) =>
      this.after(() => {
        const outcome = this.decide(text, basedOn, null);
        if (outcome.kind !== "saved") return outcome;
        this.file = text;
        this.encoding = "UTF-8";
        this.recovery = null;
        return outcome;
      }),
    compareWithDisk: (_id, text, basedOn, base) =>
      this.after((): CompareOutcome => {
        if (this.file !== null && hashOf(this.file) === basedOn) return { kind: "same" };
        const outcome = this.decide(text, basedOn, base);
        return outcome.kind === "saved" ? { kind: "same" } : outcome;
      }),
    keepVersion: (_id, text) => this.after(() => (this.refuse("versions"), this.kept.push(text), null)),
    checkpoint: () => this.after(() => (this.checkpoints++, null)),
    keepRecovery: (_id, text) =>
      this.after(() => {
        this.refuse("copies");
        this.recovery = text;
        this.recoveryWrites++;
        return null;
      }),
    dropRecovery: () =>
      this.after(() => {
        if (this.recovery === null) throw { kind: "notFound", message: "no copy", path: null };
        this.recovery = null;
        return null;
      }),
  };

  private refuse(place: "copies" | "versions"): void {
    if (this.refusing.has(place)) throw { kind: "diskFull", message: "full", path: null };
  }
  private async after<T>(answer: () => T): Promise<T> {
    if (this.slow) await new Promise((resolve) => setTimeout(resolve, this.slow));
    return answer();
  }
  private view(): TextView {
    if (this.file === null) throw { kind: "notFound", message: "gone", path: null };
    return {
      id: "a",
      text: this.file,
      hash: hashOf(this.file),
      encoding: this.encoding,
      lineEnding: "lf",
      readOnly: null,
      path: "a.md",
      row: {} as Row,
    };
  }
  private decide(text: string, basedOn: string, base: string | null): SaveOutcome {
    const row = {} as Row;
    if (this.file === null)
      return basedOn === "" ? { kind: "saved", hash: hashOf(text), row } : { kind: "gone" };
    if (hashOf(this.file) === basedOn) return { kind: "saved", hash: hashOf(text), row };
    const merged = base === null ? null : mergeLines(base, text, this.file);
    if (merged !== null) return { kind: "merged", text: merged, hash: hashOf(merged), row };
    return { kind: "conflict", theirs: this.file, hash: hashOf(this.file) };
  }
}

const hashOf = (text: string): string => `#${text}`;

function mergeLines(base: string, mine: string, theirs: string): string | null {
  const [a, b, c] = [base, mine, theirs].map((text) => text.split("\n")) as [string[], string[], string[]];
  if (a.length !== b.length || a.length !== c.length) return null;
  const lines = a.map((line, i) => (b[i] === line ? c[i] : c[i] === line || c[i] === b[i] ? b[i] : null));
  return lines.some((line) => line === null) ? null : lines.join("\n");
}

/** A buffer of lines: what was typed in a line since a mark stays when the mark becomes another text. */
class FakeBuffer {
  text = "";
  mark(): Mark {
    const before = this.text;
    return {
      text: before,
      drop: () => undefined,
      rebased: (after) => mergeLines(before, this.text, after) ?? after,
      become: (after) => (this.text = mergeLines(before, this.text, after) ?? after),
    };
  }
}

let disk: FakeDisk;
let buffer: FakeBuffer;
let session: ArticleSession;
let states: string[];
let told: number;

function nameOf(state: SessionState): string {
  if (state.phase !== "ready") return state.phase;
  const words = [state.saving ? "saving" : state.unsaved ? "unsaved" : "saved"];
  if (state.problem) words.push(state.problem.kind);
  return words.join(" ");
}

beforeEach(async () => {
  vi.useFakeTimers();
  disk = new FakeDisk();
  buffer = new FakeBuffer();
  states = [];
  told = 0;
  session = openSession(
    "a",
    disk.backend,
    buffer,
    { set: (run, ms) => setTimeout(run, ms), clear: (timer) => clearTimeout(timer as number) },
    (state) => {
      const name = nameOf(state);
      if (states[states.length - 1] !== name) states.push(name);
    },
    () => told++,
  );
  const view = await session.load();
  buffer.text = view?.text ?? "";
  states = [];
});

afterEach(() => {
  session.close();
  vi.useRealTimers();
});

type Event =
  | ["type", number, string] // a line of the buffer, and what it becomes
  | ["wait", number]
  | ["disk", string | null] // another program writes, or deletes
  | ["told"] // the library tells of the file
  | ["write", string | null] // another program writes, and the library tells
  | ["fail", string | null]
  | ["refuse", "copies" | "versions"]
  | ["accept", "copies" | "versions"]
  | ["slow", number]
  | ["save"]
  | ["recreate"]
  | ["convert"]
  | ["compose", string] // what is made of both texts of a conflict
  | ["settle", "mine" | "theirs" | string]
  | ["flush", boolean]
  | ["leave"];

async function happen(event: Event): Promise<void> {
  switch (event[0]) {
    case "type": {
      const lines = buffer.text.split("\n");
      lines[event[1]] = event[2];
      buffer.text = lines.join("\n");
      session.edited();
      break;
    }
    case "wait":
      await vi.advanceTimersByTimeAsync(event[1]);
      break;
    case "disk":
      disk.file = event[1];
      break;
    case "write":
      disk.file = event[1];
      void session.fileChanged();
      break;
    case "told":
      void session.fileChanged();
      break;
    case "fail":
      disk.failing = event[1];
      break;
    case "refuse":
      disk.refusing.add(event[1]);
      break;
    case "accept":
      disk.refusing.delete(event[1]);
      break;
    case "slow":
      disk.slow = event[1];
      break;
    case "save":
      void session.save();
      break;
    case "recreate":
      void session.save({ recreate: true });
      break;
    case "compose":
      session.compose(event[1]);
      break;
    case "convert":
      void session.save({ inUtf8: true });
      break;
    case "settle": {
      const keep = event[1];
      const settlement =
        keep === "mine" || keep === "theirs" ? { keep } : ({ keep: "text", text: keep } as const);
      void session.settle(settlement as Parameters<ArticleSession["settle"]>[0]);
      break;
    }
    case "flush":
      expect(await session.flush()).toBe(event[1]);
      break;
    case "leave":
      await session.leave();
  }
  await vi.advanceTimersByTimeAsync(0);
}

type Expected = Partial<{
  state: string;
  states: string[];
  file: string | null;
  buffer: string;
  recovery: string | null;
  kept: string[];
  saves: number;
  /** How often the text was read, the first time included. */
  reads: number;
  checkpoints: number;
  writes: number;
  /** Where the unsaved words are known to be kept. */
  where: SessionState["kept"];
  /** What the file is known to be written in. */
  encoding: string;
  /** What the comparison shows when it is opened. */
  composition: string;
  /** How often it was told that what was made of both texts became a version. */
  told: number;
}>;

/** Another program changed the words that were typed. */
const conflict: Event[] = [
  ["type", 0, "MIEN"],
  ["write", "LEUR\ndeux\ntrois"],
];

const scenarios: [string, Event[], Expected][] = [
  [
    "a key is saved a second later",
    [
      ["type", 0, "UN"],
      ["wait", 999],
      ["wait", 1],
    ],
    { states: ["unsaved", "saving", "saved"], file: "UN\ndeux\ntrois", recovery: null },
  ],
  [
    "each key puts the save off",
    [
      ["type", 0, "U"],
      ["wait", 900],
      ["type", 0, "UN"],
      ["wait", 900],
    ],
    { state: "unsaved", saves: 0 },
  ],
  [
    "fault 5: typing without a pause is copied within a second",
    [
      ["type", 0, "1"],
      ["wait", 500],
      ["type", 0, "12"],
      ["wait", 400],
      ["type", 0, "123"],
    ],
    { state: "unsaved", recovery: "12\ndeux\ntrois", saves: 0 },
  ],
  [
    "fault 5: and again",
    [
      ["type", 0, "1"],
      ["wait", 500],
      ["type", 0, "12"],
      ["wait", 400],
      ["type", 0, "123"],
      ["wait", 600],
      ["type", 0, "1234"],
      ["wait", 400],
    ],
    { recovery: "1234\ndeux\ntrois", writes: 2, saves: 0 },
  ],
  [
    "fault 3: disk full: the words stay, the copy is kept",
    [
      ["fail", "diskFull"],
      ["type", 0, "UN"],
      ["wait", 1000],
    ],
    { state: "unsaved failed", file: "un\ndeux\ntrois", recovery: "UN\ndeux\ntrois" },
  ],
  [
    "words that the encoding lacks wait for the user's word, and are kept meanwhile",
    [
      ["fail", "unencodable"],
      ["type", 0, "UN ?"],
      ["wait", 1000],
    ],
    { state: "unsaved failed", file: "un\ndeux\ntrois", recovery: "UN ?\ndeux\ntrois" },
  ],
  [
    "and are saved in UTF-8 when that is asked for",
    [["fail", "unencodable"], ["type", 0, "UN ?"], ["wait", 1000], ["convert"]],
    { state: "saved", file: "UN ?\ndeux\ntrois", recovery: null, encoding: "UTF-8" },
  ],
  [
    "a file that changed meanwhile is not converted",
    [["fail", "unencodable"], ["type", 0, "UN ?"], ["wait", 1000], ["disk", "Un\ndeux\ntrois"], ["convert"]],
    { state: "unsaved conflict", file: "Un\ndeux\ntrois", encoding: "windows-1252" },
  ],
  [
    "what is made of both texts of a conflict is copied like what is typed, and mine is a version",
    [...conflict, ["compose", "MIEN et leur\ndeux\ntrois"], ["wait", 700]],
    {
      state: "unsaved conflict",
      recovery: "MIEN et leur\ndeux\ntrois",
      kept: ["MIEN\ndeux\ntrois"],
      where: "copy",
      composition: "MIEN et leur\ndeux\ntrois",
    },
  ],
  [
    "it is there when the comparison is opened again, with what was typed since",
    [
      ...conflict,
      ["compose", "MIEN et leur\ndeux\ntrois"],
      ["flush", false],
      ["type", 2, "TROIS"],
      ["wait", 700],
    ],
    {
      composition: "MIEN et leur\ndeux\nTROIS",
      recovery: "MIEN et leur\ndeux\nTROIS",
      buffer: "MIEN\ndeux\nTROIS",
    },
  ],
  [
    "it becomes a version when the other program takes its change back",
    [...conflict, ["compose", "MIEN et leur\ndeux\ntrois"], ["write", "un\ndeux\ntrois"], ["wait", 1000]],
    {
      state: "saved",
      kept: ["MIEN et leur\ndeux\ntrois"],
      told: 1,
      file: "MIEN\ndeux\ntrois",
      composition: "MIEN\ndeux\ntrois",
    },
  ],
  [
    "and when the file is deleted",
    [...conflict, ["compose", "MIEN et leur\ndeux\ntrois"], ["write", null]],
    { state: "unsaved gone", kept: ["MIEN et leur\ndeux\ntrois"], told: 1 },
  ],
  [
    "and is tried again where no version can be kept",
    [
      ...conflict,
      ["compose", "MIEN et leur\ndeux\ntrois"],
      ["refuse", "versions"],
      ["write", "un\ndeux\ntrois"],
      ["wait", 0],
      ["accept", "versions"],
      ["flush", true],
    ],
    { told: 2, kept: ["MIEN et leur\ndeux\ntrois"] },
  ],
  [
    "it is a version, too, when one of both texts is taken instead",
    [...conflict, ["compose", "MIEN et leur\ndeux\ntrois"], ["settle", "theirs"]],
    {
      state: "saved",
      buffer: "LEUR\ndeux\ntrois",
      kept: ["MIEN et leur\ndeux\ntrois", "MIEN\ndeux\ntrois"],
      told: 0,
    },
  ],
  [
    "a composition that was undone is no version",
    [...conflict, ["compose", "x"], ["compose", "MIEN\ndeux\ntrois"], ["write", "un\ndeux\ntrois"]],
    { kept: [], told: 0 },
  ],
  [
    "fault 3: retried by the button",
    [["fail", "diskFull"], ["type", 0, "UN"], ["wait", 1000], ["fail", null], ["save"]],
    { state: "saved", file: "UN\ndeux\ntrois", recovery: null },
  ],
  [
    "fault 4: retried by the next key",
    [
      ["fail", "io"],
      ["type", 0, "UN"],
      ["wait", 1000],
      ["fail", null],
      ["type", 1, "DEUX"],
      ["wait", 1000],
    ],
    { state: "saved", file: "UN\nDEUX\ntrois" },
  ],
  [
    "fault 7: a text is written on what it was based on",
    [
      ["disk", "un\ndeux\nTROIS"],
      ["type", 0, "UN"],
      ["wait", 1000],
    ],
    { state: "saved", file: "UN\ndeux\nTROIS", buffer: "UN\ndeux\nTROIS" },
  ],
  [
    "fault 8: the file changes, nothing unsaved: the buffer follows",
    [["write", "un\nDEUX\ntrois"]],
    { states: ["saved"], buffer: "un\nDEUX\ntrois", saves: 0 },
  ],
  [
    "fault 8: and can be written on",
    [
      ["write", "un\nDEUX\ntrois"],
      ["type", 0, "UN"],
      ["wait", 1000],
    ],
    { state: "saved", file: "UN\nDEUX\ntrois" },
  ],
  [
    "fault 8: a key during the reading is not lost",
    [
      ["slow", 50],
      ["write", "un\nDEUX\ntrois"],
      ["type", 0, "UN"],
      ["wait", 2000],
    ],
    { state: "saved", file: "UN\nDEUX\ntrois", buffer: "UN\nDEUX\ntrois" },
  ],
  [
    "fault 9: changes that don't touch are merged",
    [
      ["type", 0, "UN"],
      ["write", "un\ndeux\nTROIS"],
      ["wait", 0],
    ],
    { states: ["unsaved", "saving", "saved"], file: "UN\ndeux\nTROIS", buffer: "UN\ndeux\nTROIS" },
  ],
  [
    "fault 9: a key during the merge stays",
    [
      ["type", 0, "UN"],
      ["slow", 50],
      ["write", "un\ndeux\nTROIS"],
      ["wait", 70],
      ["type", 1, "DEUX"],
      ["wait", 3000],
    ],
    { state: "saved", file: "UN\nDEUX\nTROIS", buffer: "UN\nDEUX\nTROIS" },
  ],
  [
    "fault 9: the same words changed: nothing is written, autosave waits",
    [
      ["type", 0, "UN"],
      ["write", "one\ndeux\ntrois"],
      ["wait", 5000],
      ["type", 1, "DEUX"],
      ["wait", 5000],
    ],
    {
      state: "unsaved conflict",
      file: "one\ndeux\ntrois",
      buffer: "UN\nDEUX\ntrois",
      saves: 0,
      recovery: "UN\nDEUX\ntrois",
    },
  ],
  [
    "fault 9: mine is kept, theirs is a version",
    [
      ["type", 0, "UN"],
      ["write", "one\ndeux\ntrois"],
      ["settle", "mine"],
    ],
    { state: "saved", file: "UN\ndeux\ntrois", kept: ["one\ndeux\ntrois"] },
  ],
  [
    "fault 9: theirs is taken, mine is a version",
    [
      ["type", 0, "UN"],
      ["write", "one\ndeux\ntrois"],
      ["settle", "theirs"],
    ],
    {
      state: "saved",
      file: "one\ndeux\ntrois",
      buffer: "one\ndeux\ntrois",
      kept: ["UN\ndeux\ntrois"],
      saves: 0,
    },
  ],
  [
    "fault 9: theirs is taken: the copy of mine is not offered for a recovery",
    [
      ["type", 0, "UN"],
      ["write", "one\ndeux\ntrois"],
      ["wait", 1000],
      ["settle", "theirs"],
    ],
    { state: "saved", recovery: null, writes: 1, kept: ["UN\ndeux\ntrois"] },
  ],
  [
    "fault 9: theirs is taken while a copy of mine is on its way",
    [
      ["type", 0, "UN"],
      ["write", "one\ndeux\ntrois"],
      ["slow", 100],
      ["wait", 690],
      ["settle", "theirs"],
      ["wait", 1000],
    ],
    { state: "saved", recovery: null, writes: 1 },
  ],
  [
    "fault 9: the file changes once more while mine is being kept: nothing of it is overwritten",
    [
      ["type", 0, "UN"],
      ["write", "one\ndeux\ntrois"],
      ["slow", 50],
      ["settle", "mine"],
      ["write", "uno\ndeux\ntrois"],
      ["wait", 3000],
    ],
    { state: "unsaved conflict", file: "uno\ndeux\ntrois", saves: 0 },
  ],
  [
    "fault 9: the file changes once more while theirs is taken: the buffer follows",
    [
      ["type", 0, "UN"],
      ["write", "one\ndeux\ntrois"],
      ["slow", 50],
      ["settle", "theirs"],
      ["write", "uno\ndeux\ntrois"],
      ["wait", 3000],
    ],
    { state: "saved", file: "uno\ndeux\ntrois", buffer: "uno\ndeux\ntrois" },
  ],
  [
    "fault 16: a save that begins during a comparison is no conflict with itself",
    [["slow", 100], ["type", 0, "UN"], ["told"], ["wait", 10], ["save"], ["type", 0, "UNE"], ["wait", 3000]],
    { state: "saved", file: "UNE\ndeux\ntrois", kept: [] },
  ],
  [
    "fault 9: a text of both, both are versions",
    [
      ["type", 0, "UN"],
      ["write", "one\ndeux\ntrois"],
      ["settle", "un one\ndeux\ntrois"],
    ],
    {
      state: "saved",
      file: "un one\ndeux\ntrois",
      buffer: "un one\ndeux\ntrois",
      kept: ["UN\ndeux\ntrois", "one\ndeux\ntrois"],
    },
  ],
  [
    "fault 9: the other program takes its change back",
    [
      ["type", 0, "UN"],
      ["write", "one\ndeux\ntrois"],
      ["write", "un\ndeux\ntrois"],
      ["wait", 1000],
    ],
    { state: "saved", file: "UN\ndeux\ntrois" },
  ],
  [
    "fault 10: an emptied file is waited for",
    [
      ["write", ""],
      ["wait", 300],
      ["write", "un\nDEUX\ntrois"],
      ["wait", 2000],
    ],
    { state: "saved", buffer: "un\nDEUX\ntrois" },
  ],
  [
    "fault 10: a file that stays empty is believed",
    [
      ["write", ""],
      ["wait", 699],
      ["wait", 1],
    ],
    { buffer: "" },
  ],
  [
    "fault 11: saved by renaming over: the same article",
    [["disk", null], ["disk", "un\nDEUX\ntrois"], ["told"]],
    { buffer: "un\nDEUX\ntrois" },
  ],
  [
    "fault 12: deleted while open: the sheet stays and says so",
    [["write", null]],
    { state: "saved gone", buffer: "un\ndeux\ntrois", file: null },
  ],
  [
    "fault 12: what is typed is copied, and not written",
    [
      ["write", null],
      ["type", 0, "UN"],
      ["wait", 5000],
    ],
    { state: "unsaved gone", file: null, recovery: "UN\ndeux\ntrois" },
  ],
  [
    "fault 12: saving recreates it",
    [["write", null], ["type", 0, "UN"], ["recreate"]],
    { state: "saved", file: "UN\ndeux\ntrois" },
  ],
  [
    "fault 12: deleted while unsaved",
    [
      ["type", 0, "UN"],
      ["write", null],
      ["wait", 5000],
    ],
    { state: "unsaved gone", file: null },
  ],
  [
    "fault 12: it comes back",
    [
      ["write", null],
      ["write", "un\ndeux\ntrois"],
    ],
    { state: "saved" },
  ],
  [
    "fault 16: the echo of a save after new keys",
    [["type", 0, "UN"], ["wait", 1000], ["type", 0, "UNE"], ["told"], ["wait", 500]],
    { state: "unsaved", saves: 1, reads: 1, buffer: "UNE\ndeux\ntrois" },
  ],
  [
    "fault 16: the echo of a save with nothing new",
    [["type", 0, "UN"], ["wait", 1000], ["told"]],
    { state: "saved", saves: 1, reads: 1, buffer: "UN\ndeux\ntrois" },
  ],
  [
    "fault 16: the echo during the save",
    [["slow", 100], ["type", 0, "UN"], ["wait", 1050], ["told"], ["wait", 1000]],
    { state: "saved", saves: 1 },
  ],
  [
    "a key during the save is saved after it",
    [
      ["slow", 100],
      ["type", 0, "UN"],
      ["wait", 1050],
      ["type", 1, "DEUX"],
      ["wait", 3000],
    ],
    { state: "saved", saves: 2, file: "UN\nDEUX\ntrois" },
  ],
  [
    "saves are one after the other",
    [["slow", 100], ["type", 0, "UN"], ["save"], ["type", 1, "DEUX"], ["save"], ["save"], ["wait", 3000]],
    { state: "saved", saves: 2, file: "UN\nDEUX\ntrois" },
  ],
  [
    "fault 24: another window wrote the same words",
    [
      ["disk", "one\ndeux\ntrois"],
      ["type", 0, "UN"],
      ["wait", 1000],
    ],
    {
      state: "unsaved conflict",
      file: "one\ndeux\ntrois",
      buffer: "UN\ndeux\ntrois",
      recovery: "UN\ndeux\ntrois",
    },
  ],
  [
    "fault 25: quitting saves",
    [
      ["type", 0, "UN"],
      ["flush", true],
    ],
    { state: "saved", file: "UN\ndeux\ntrois" },
  ],
  [
    "fault 25: what can't be saved is kept for a recovery",
    [
      ["fail", "diskFull"],
      ["type", 0, "UN"],
      ["flush", false],
    ],
    { state: "unsaved failed", recovery: "UN\ndeux\ntrois", where: "copy" },
  ],
  [
    "fault 25: a conflict too",
    [
      ["type", 0, "UN"],
      ["write", "one\ndeux\ntrois"],
      ["type", 0, "UNE"],
      ["flush", false],
    ],
    { recovery: "UNE\ndeux\ntrois", file: "one\ndeux\ntrois", where: "copy" },
  ],
  [
    "fault 25: where no copy can be kept, a version is",
    [
      ["fail", "diskFull"],
      ["refuse", "copies"],
      ["type", 0, "UN"],
      ["flush", false],
    ],
    { state: "unsaved failed", recovery: null, kept: ["UN\ndeux\ntrois"], where: "version" },
  ],
  [
    "fault 25: what nothing can be kept of is known to be kept nowhere",
    [
      ["fail", "diskFull"],
      ["refuse", "copies"],
      ["refuse", "versions"],
      ["type", 0, "UN"],
      ["flush", false],
    ],
    { state: "unsaved failed", recovery: null, kept: [], where: null },
  ],
  [
    "a copy holds the words until the next key",
    [
      ["fail", "io"],
      ["type", 0, "UN"],
      ["wait", 1500],
      ["refuse", "copies"],
      ["type", 1, "DEUX"],
      ["wait", 800],
    ],
    { state: "unsaved failed", recovery: "UN\ndeux\ntrois", where: null },
  ],
  [
    "the copy of words that are saved in the end counts for nothing",
    [["fail", "io"], ["type", 0, "UN"], ["wait", 1500], ["fail", null], ["save"], ["wait", 100]],
    { state: "saved", where: null },
  ],
  [
    "what was written on this visit is a version before another program’s text takes its place",
    [
      ["type", 0, "UN"],
      ["wait", 1500],
      ["write", "un\ndeux\ntrois, par un autre"],
      ["wait", 100],
    ],
    {
      state: "saved",
      buffer: "un\ndeux\ntrois, par un autre",
      kept: ["UN\ndeux\ntrois"],
      recovery: null,
    },
  ],
  [
    "a text that was only read is no version when it is read again",
    [
      ["write", "un\ndeux\nTROIS"],
      ["wait", 100],
    ],
    { state: "saved", buffer: "un\ndeux\nTROIS", kept: [] },
  ],
  [
    "leaving saves and keeps a version",
    [["type", 0, "UN"], ["leave"]],
    { state: "saved", file: "UN\ndeux\ntrois", checkpoints: 1 },
  ],
];

describe("a session", () => {
  it.each(scenarios)("%s", async (_name, events, expected) => {
    for (const event of events) await happen(event);
    const actual: Required<Expected> = {
      state: nameOf(session.state),
      states,
      file: disk.file,
      buffer: buffer.text,
      recovery: disk.recovery,
      kept: disk.kept,
      saves: disk.saves,
      reads: disk.reads,
      checkpoints: disk.checkpoints,
      writes: disk.recoveryWrites,
      where: session.state.kept,
      encoding: session.state.encoding,
      composition: session.composition(),
      told,
    };
    for (const [key, value] of Object.entries(expected))
      expect(actual[key as keyof Expected], key).toEqual(value);
  });

  it("comes to rest with the buffer and the file alike, whatever happened in whatever order", async () => {
    const random = numbers(20261122);
    const next = (limit: number): number => Math.floor(random() * limit);
    for (let step = 0; step < 600; step++) {
      const line = next(3);
      const events: Event[] = [
        ["type", line, `m${step}`],
        ["wait", next(1500)],
        ["told"],
        ["fail", next(2) ? "io" : null],
        ["slow", next(3) * 60],
      ];
      const lines = (disk.file ?? buffer.text).split("\n");
      lines[line] = `t${step}`;
      if (step % 9 === 0)
        events.push(["write", lines.join("\n")], ["write", next(4) ? lines.join("\n") : null]);
      await happen(events[next(events.length)] ?? ["told"]);
      if (session.state.problem?.kind === "conflict" && next(2))
        await happen(["settle", next(2) ? "mine" : "theirs"]);
      if (session.state.problem?.kind === "gone" && next(2)) await happen(["recreate"]);
    }
    await happen(["fail", null]);
    await happen(["slow", 0]);
    await happen(["told"]);
    await happen(["wait", 3000]);
    for (let tries = 0; tries < 3; tries++) {
      if (session.state.problem?.kind === "conflict") await happen(["settle", "mine"]);
      if (session.state.problem?.kind === "gone") await happen(["recreate"]);
      await happen(["save"]);
      await happen(["told"]);
      await happen(["wait", 3000]);
    }
    expect(nameOf(session.state)).toBe("saved");
    expect(buffer.text).toBe(disk.file);
  });
});

function numbers(seed: number): () => number {
  let value = seed;
  return () => (value = (value * 1103515245 + 12345) % 2147483648) / 2147483648;
}
