// One article that is being written: when it is saved, what is kept for a recovery, and what happens when another
// program changes its file. Pure logic: the backend, the clock and the buffer are passed in.
import type { CommandError, CompareOutcome, Row, SaveOutcome, TextView } from "@/backend";

/** What a session asks of the Rust side. */
export type SessionBackend = {
  openText: (id: string) => Promise<TextView>;
  /** Whether the file is still what the hash says. */
  isStill: (id: string, hash: string) => Promise<boolean>;
  openWithEncoding: (id: string, encoding: string) => Promise<TextView>;
  saveText: (id: string, text: string, basedOn: string, base: string | null) => Promise<SaveOutcome>;
  saveTextInUtf8: (id: string, text: string, basedOn: string) => Promise<SaveOutcome>;
  compareWithDisk: (
    id: string,
    text: string,
    basedOn: string,
    base: string | null,
  ) => Promise<CompareOutcome>;
  keepVersion: (id: string, text: string, reason: string) => Promise<unknown>;
  checkpoint: (id: string) => Promise<unknown>;
  keepRecovery: (id: string, text: string, basedOn: string) => Promise<unknown>;
  dropRecovery: (id: string) => Promise<unknown>;
};

/** The clock of a session. */
export type Timers = {
  set: (run: () => void, milliseconds: number) => unknown;
  clear: (timer: unknown) => void;
};

/** A text of the buffer that is remembered while something is asked of the disk. */
export type Mark = {
  text: string;
  /** Makes the buffer what `after` is to the remembered text; what was typed since stays. One step of undo. */
  become: (after: string, why: Replacement) => void;
  /** What the buffer would be then. */
  rebased: (after: string) => string;
  /** The mark is of no more use. */
  drop: () => void;
};

/** Why the buffer takes another text: merged with the file, read again from it, or a conflict was settled. */
export type Replacement = "merged" | "reloaded" | "settled";

/** The text in the editor. */
export type Buffer = {
  mark: () => Mark;
  /** Resolves when all that was entered beside the text is in it; what is half entered, too, when the text is left. */
  settled?: (left?: boolean) => Promise<void>;
};

/** What stands between the buffer and its file. */
export type Problem =
  | { kind: "failed"; error: unknown }
  /** Another program changed the same words; `theirs` is the file. */
  | { kind: "conflict"; theirs: string }
  /** The file was deleted. */
  | { kind: "gone" };

/** What the view shows of a session. */
export type SessionState = {
  phase: "loading" | "ready" | "closed";
  unsaved: boolean;
  /** Where the words that are unsaved now are kept besides the buffer: in a recovery copy, in a version, nowhere. */
  kept: "copy" | "version" | null;
  saving: boolean;
  problem: Problem | null;
  /** Why the text can't be changed: "file", "library", "encoding"; null when it can. */
  readOnly: string | null;
  encoding: string;
  row: Row | null;
  /** The error of a text that could not be opened. */
  openError: unknown;
};

/** How a conflict is settled: with one of the two texts, or with one made of both. */
export type Settlement = { keep: "mine" } | { keep: "theirs" } | { keep: "text"; text: string };

/** What a save may do besides writing the text into its file as that is. */
export type SaveOptions = { recreate?: boolean; inUtf8?: boolean };

/** A session of writing one article. */
export type ArticleSession = {
  readonly state: SessionState;
  /** Opens the text; null when it could not be opened. */
  load: () => Promise<TextView | null>;
  /** Opens the text with an encoding that the user chose. */
  loadWithEncoding: (encoding: string) => Promise<TextView | null>;
  /** The user changed the buffer. */
  edited: () => void;
  /**
   * Saves now. True when nothing is left unsaved. `recreate` writes a file that was deleted, `inUtf8` one whose encoding
   * lacks some of the text.
   */
  save: (options?: SaveOptions) => Promise<boolean>;
  /** The library says that something happened to the file. */
  fileChanged: () => Promise<void>;
  /** What is made of both texts of a conflict so far: mine until something is. What was typed since is in it. */
  composition: () => string;
  /** Both texts of a conflict were made into this one, which is kept like what is typed until it is settled. */
  compose: (text: string) => void;
  /** Settles a conflict; the text that gives way is kept as a version first. */
  settle: (settlement: Settlement) => Promise<void>;
  /** Saves what is unsaved, or keeps it for a recovery, else as a version. True when nothing is left unsaved. */
  flush: () => Promise<boolean>;
  /** The sheet is left: saves, and keeps a version. */
  leave: () => Promise<void>;
  /** Ends the session; its timers stop. */
  close: () => void;
};

/** After the last key, in milliseconds. */
export const autosaveDelay = 1000;
/** After the first key that no recovery copy holds, in milliseconds: with the writing itself it stays under a second. */
export const recoveryDelay = 700;
/** Another program may empty a file before it writes it: an empty text is believed after this time, in milliseconds. */
export const emptyDelay = 700;

/** Begins a session of writing an article. */
export function openSession(
  id: string,
  backend: SessionBackend,
  buffer: Buffer,
  timers: Timers,
  changed: (state: SessionState) => void,
  /** A conflict is over before it was settled: what was made of both texts became a version, or could not (the error). */
  mergeKept: (error: unknown) => void = () => undefined,
): ArticleSession {
  let state: SessionState = {
    phase: "loading",
    unsaved: false,
    kept: null,
    saving: false,
    problem: null,
    readOnly: null,
    encoding: "",
    row: null,
    openError: null,
  };
  /** The text and the hash that the buffer was last the same as on the disk. */
  let base = "";
  let hash = "";
  let theirHash = "";
  let edits = 0;
  /** The edits that the save under way covers. */
  let savingEdits = -1;
  let saving: Promise<boolean> | null = null;
  let keeping: Promise<void> | null = null;
  let checking: Promise<void> | null = null;
  let checkAgain = false;
  let saveTimer: unknown = null;
  let recoveryTimer: unknown = null;
  let emptyTimer: unknown = null;
  /** What is made of both texts of a conflict, out of the text of the mark. */
  let composed: { text: string; mark: Mark; mineKept: boolean } | null = null;
  let puttingAway: Promise<void> | null = null;

  function set(part: Partial<SessionState>): void {
    const wasConflict = isConflict();
    state = { ...state, ...part };
    if (composed && wasConflict && !isConflict()) void putAway();
    changed(state);
  }

  function isConflict(): boolean {
    return state.problem?.kind === "conflict";
  }

  function composition(): string {
    return composed ? composed.mark.rebased(composed.text) : bufferText();
  }

  function bufferText(): string {
    const mark = buffer.mark();
    mark.drop();
    return mark.text;
  }

  function compose(text: string): void {
    if (state.phase !== "ready" || !isConflict()) return;
    const mineKept = composed?.mineKept ?? false;
    composed?.mark.drop();
    composed = { text, mark: buffer.mark(), mineKept };
    edits++;
    if (state.kept !== null) set({ kept: null });
    armRecovery(recoveryDelay);
  }

  /** Keeps what was made of both texts as a version, when nobody settled with it. */
  function putAway(): Promise<void> {
    const text = composition();
    if (text === bufferText()) {
      forgetComposed();
      return Promise.resolve();
    }
    puttingAway ??= backend
      .keepVersion(id, text, "conflict-merge")
      .then(
        () => {
          forgetComposed();
          mergeKept(null);
        },
        // It stays in memory, and is tried again when the sheet is left.
        (error: unknown) => mergeKept(error),
      )
      .finally(() => (puttingAway = null));
    return puttingAway;
  }

  function forgetComposed(): void {
    composed?.mark.drop();
    composed = null;
  }

  async function opened(open: () => Promise<TextView>): Promise<TextView | null> {
    try {
      const view = await open();
      base = view.text;
      hash = view.hash;
      set({
        phase: "ready",
        readOnly: view.readOnly,
        encoding: view.encoding,
        row: view.row,
        problem: null,
        unsaved: false,
        kept: null,
        openError: null,
      });
      return view;
    } catch (error) {
      set({ phase: "closed", openError: error });
      return null;
    }
  }

  function edited(): void {
    if (state.phase !== "ready" || state.readOnly !== null) return;
    edits++;
    if (!state.unsaved || state.kept !== null) set({ unsaved: true, kept: null });
    armSave();
    armRecovery(recoveryDelay);
  }

  /** While two texts stand against each other, or the file is gone, only the user's word writes it. */
  function mustWait(): boolean {
    return state.problem?.kind === "conflict" || state.problem?.kind === "gone";
  }

  function armSave(): void {
    timers.clear(saveTimer);
    saveTimer = mustWait() ? null : timers.set(() => void save(), autosaveDelay);
  }

  function armRecovery(delay: number): void {
    recoveryTimer ??= timers.set(() => void keep(), delay);
  }

  function disarm(): void {
    timers.clear(saveTimer);
    timers.clear(recoveryTimer);
    saveTimer = recoveryTimer = null;
  }

  /** Keeps a copy of what is unsaved, outside the library. */
  async function keep(): Promise<void> {
    timers.clear(recoveryTimer);
    recoveryTimer = null;
    while (keeping) await keeping;
    if (!state.unsaved || state.phase !== "ready" || (state.saving && savingEdits === edits)) return;
    // The copy has room for one text: what is made of both has more in it, so mine becomes a version first.
    if (composed && isConflict() && !composed.mineKept) {
      const { mark } = composed;
      keeping = backend.keepVersion(id, mark.text, "conflict-mine").then(
        () => {
          if (composed) composed.mineKept = true;
        },
        () => undefined,
      );
      await keeping;
      keeping = null;
    }
    // The save itself will tell of a failure; the copy is tried again with the next key.
    const against = composed && isConflict() ? theirHash : hash;
    await keepAs("copy", (text) => backend.keepRecovery(id, text, against));
  }

  async function keepAs(
    place: "copy" | "version",
    keepText: (text: string) => Promise<unknown>,
  ): Promise<void> {
    const text = isConflict() ? composition() : bufferText();
    const before = edits;
    let kept = false;
    keeping = keepText(text).then(
      () => void (kept = true),
      () => undefined,
    );
    await keeping;
    keeping = null;
    // What was typed since is in neither.
    if (kept && state.unsaved && edits === before) set({ kept: place });
  }

  async function save(options: SaveOptions = {}): Promise<boolean> {
    await buffer.settled?.();
    while (saving) await saving;
    if (state.phase !== "ready" || state.readOnly !== null) return !state.unsaved;
    const recreate = options.recreate === true && state.problem?.kind === "gone";
    if (!recreate && (mustWait() || !state.unsaved)) return !state.unsaved;
    saving = saveOnce(recreate, options.inUtf8 === true);
    const saved = await saving;
    saving = null;
    if (checkAgain) {
      checkAgain = false;
      void fileChanged();
    }
    return saved;
  }

  async function saveOnce(recreate: boolean, inUtf8: boolean): Promise<boolean> {
    timers.clear(saveTimer);
    saveTimer = null;
    set({ saving: true });
    // A recovery copy written after the save would be offered at the next start for nothing.
    if (keeping) await keeping;
    if (puttingAway) await puttingAway;
    const before = (savingEdits = edits);
    const mark = buffer.mark();
    let outcome: SaveOutcome;
    try {
      outcome =
        inUtf8 && !recreate
          ? await backend.saveTextInUtf8(id, mark.text, hash)
          : await backend.saveText(id, mark.text, recreate ? "" : hash, null);
      // What it was based on is as long as the text itself: it goes along only where there is something to merge.
      if (outcome.kind === "conflict" && !recreate && !inUtf8)
        outcome = await backend.saveText(id, mark.text, hash, base);
    } catch (error) {
      mark.drop();
      const problem: Problem = kindOf(error) === "notFound" ? { kind: "gone" } : { kind: "failed", error };
      set({ saving: false, problem, unsaved: true });
      await keep();
      return false;
    }
    if (outcome.kind === "conflict" || outcome.kind === "gone") {
      mark.drop();
      stop(outcome);
      set({ saving: false });
      await keep();
      return false;
    }
    if (outcome.kind === "merged" && outcome.text !== mark.text) mark.become(outcome.text, "merged");
    mark.drop();
    base = outcome.kind === "merged" ? outcome.text : mark.text;
    hash = outcome.hash;
    const unsaved = edits !== before;
    set({ saving: false, problem: null, unsaved, kept: null, row: outcome.row });
    if (inUtf8 || recreate) set({ encoding: "UTF-8" });
    if (!unsaved) {
      timers.clear(recoveryTimer);
      recoveryTimer = null;
    } else {
      if (saveTimer === null) armSave();
      armRecovery(0);
    }
    return !unsaved;
  }

  function stop(outcome: { kind: "conflict"; theirs: string; hash: string } | { kind: "gone" }): void {
    timers.clear(saveTimer);
    saveTimer = null;
    if (outcome.kind === "conflict") {
      theirHash = outcome.hash;
      set({ problem: { kind: "conflict", theirs: outcome.theirs } });
    } else set({ problem: { kind: "gone" } });
  }

  /** One look at the file at a time; a save that is under way comes first. */
  async function fileChanged(): Promise<void> {
    if (state.phase !== "ready") return;
    if (saving || checking) {
      checkAgain = true;
      await (saving ?? checking);
      return;
    }
    checking = look();
    await checking;
    checking = null;
    if (checkAgain && !saving) {
      checkAgain = false;
      await fileChanged();
    }
  }

  async function look(): Promise<void> {
    try {
      const against = hash;
      const still = await backend.isStill(id, against);
      if (saving || hash !== against) checkAgain = true;
      else if (still) asItWas();
      else await (state.unsaved ? compare() : reload());
    } catch (error) {
      if (kindOf(error) === "notFound") stop({ kind: "gone" });
      // Out of reach for the moment: the next event of the library, or the next save, will tell.
    }
  }

  /** The echo of a save of ours, or the other program took its change back. */
  function asItWas(): void {
    if (!mustWait()) return;
    set({ problem: null });
    if (state.unsaved) armSave();
  }

  /** The buffer has words of its own: the file is only compared with. */
  async function compare(): Promise<void> {
    const mark = buffer.mark();
    mark.drop();
    const against = hash;
    const outcome = await backend.compareWithDisk(id, mark.text, against, base);
    // A save came between: the answer is about a state that is no more.
    if (saving || hash !== against) {
      checkAgain = true;
      return;
    }
    if (outcome.kind === "same") asItWas();
    else if (outcome.kind === "merged") {
      // The changes don't touch: saving merges them.
      set({ problem: null });
      timers.clear(saveTimer);
      saveTimer = timers.set(() => void save(), 0);
    } else stop(outcome);
  }

  /** The buffer is as it was on the disk: it follows the file. */
  async function reload(): Promise<void> {
    const before = edits;
    const mark = buffer.mark();
    try {
      const view = await backend.openText(id);
      if (view.hash === hash) return asItWas();
      if (edits !== before) {
        checkAgain = true;
        return;
      }
      if (view.text === "" && base !== "" && emptyTimer === null) {
        emptyTimer = timers.set(() => void fileChanged().finally(() => (emptyTimer = null)), emptyDelay);
        return;
      }
      // What was written here on this visit may be in no version yet.
      if (edits > 0) await backend.keepVersion(id, base, "external").catch(() => undefined);
      if (edits !== before) {
        checkAgain = true;
        return;
      }
      mark.become(view.text, "reloaded");
      base = view.text;
      hash = view.hash;
      set({ problem: null, readOnly: view.readOnly, encoding: view.encoding, row: view.row });
    } finally {
      mark.drop();
    }
  }

  async function settle(settlement: Settlement): Promise<void> {
    if (state.problem?.kind !== "conflict") return;
    const { problem } = state;
    const { theirs } = problem;
    // The file may change once more while the texts are kept: what is settled is what the user saw.
    const settledHash = theirHash;
    const before = edits;
    const mark = buffer.mark();
    try {
      const merged = composed ? composition() : null;
      if (merged !== null && settlement.keep !== "text" && merged !== mark.text && merged !== theirs)
        await backend.keepVersion(id, merged, "conflict-merge");
      if (settlement.keep !== "mine") await backend.keepVersion(id, mark.text, "conflict-mine");
      if (settlement.keep !== "theirs") await backend.keepVersion(id, theirs, "conflict-theirs");
      if (settlement.keep === "theirs") mark.become(theirs, "settled");
      if (settlement.keep === "text") mark.become(settlement.text, "settled");
    } finally {
      mark.drop();
    }
    forgetComposed();
    base = theirs;
    hash = settledHash;
    const unsaved = settlement.keep !== "theirs" || edits !== before;
    const changedAgain = state.problem !== problem;
    set({ problem: null, unsaved, kept: null });
    if (unsaved) {
      await save();
      return;
    }
    disarm();
    if (changedAgain) void fileChanged();
    await dropCopy();
  }

  /** The words of the recovery copy were given up, and are a version: it would be offered at the next start for nothing. */
  async function dropCopy(): Promise<void> {
    while (keeping) await keeping;
    if (state.unsaved) return;
    let failed: unknown = null;
    keeping = backend.dropRecovery(id).then(
      () => undefined,
      (error: unknown) => {
        if (kindOf(error) !== "notFound") failed = error;
      },
    );
    await keeping;
    keeping = null;
    if (failed !== null) throw failed;
  }

  async function flush(): Promise<boolean> {
    await buffer.settled?.(true);
    // A key that came during a save leaves one more to do.
    for (let tries = 0; tries < 3 && state.unsaved && !mustWait(); tries++)
      if (!(await save()) && state.problem) break;
    if (composed && !isConflict()) await putAway();
    if (state.unsaved) await keep();
    if (state.unsaved && state.kept === null && state.phase === "ready")
      await keepAs("version", (text) => backend.keepVersion(id, text, "unsaved"));
    return !state.unsaved;
  }

  return {
    get state() {
      return state;
    },
    load: () => opened(() => backend.openText(id)),
    loadWithEncoding: (encoding) => opened(() => backend.openWithEncoding(id, encoding)),
    edited,
    save,
    fileChanged,
    composition,
    compose,
    settle,
    flush,
    async leave() {
      const wasReady = state.phase === "ready" && state.readOnly === null;
      await flush();
      if (wasReady && state.problem === null) await backend.checkpoint(id).catch(() => undefined);
    },
    close() {
      disarm();
      timers.clear(emptyTimer);
      state = { ...state, phase: "closed" };
    },
  };
}

function kindOf(error: unknown): CommandError["kind"] | undefined {
  if (typeof error !== "object" || error === null || !("kind" in error)) return undefined;
  return (error as CommandError).kind;
}
