// The articles that are being written: one session each, kept with its history while other articles are on the sheet.
import type { EditorState, Extension, Text, TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { SvelteMap } from "svelte/reactivity";
import { backend, type Counts, type LibraryChanged, on, type SlotLength } from "@/backend";
import { type Advice, adviceChanged, adviceCount, adviseAnew } from "@/editor/advice";
import { articleState } from "@/editor/article-editor";
import { type ArticleAttributes, changeAttributes } from "@/editor/attributes";
import { fieldsOf } from "@/editor/fields";
import { headOf, headRead } from "@/editor/head";
import { changeReadOnly } from "@/editor/read-only";
import { closingLine } from "@/editor/syntax/front-matter";
import type { TextHome } from "@/editor/services";
import { textOf } from "@/editor/text-of";
import { followPiece, noteWritten, pastesCount, pieceCounted } from "@/goals/goals.svelte";
import { isBrought, writingTracker } from "@/goals/tracking";
import { quoting } from "@/highlights/quoting.svelte";
import { library, onLibraryChanged, openArticle } from "@/library/library.svelte";
import { settings } from "@/settings/settings.svelte";
import { runCommand } from "@/shared/commands.svelte";
import { t } from "@/shared/messages";
import { tell, tellError } from "@/shared/notices.svelte";
import { markSaved, markUnsaved, type UnsavedText } from "@/shared/unsaved.svelte";
import type { MenuPlace } from "@/shared/widgets/menu";
import { adviseOn } from "./advice/advising.svelte";
import { type ArticleSession, openSession, type SessionState } from "./article-session";
import { desk } from "./desk.svelte";
import { type EditorBuffer, editorBuffer, fromDisk } from "./editor-buffer";
import { type HeadEditing, headEditing } from "./head/head-editing";
import { mountHead, ShownHead } from "./head/mounting.svelte";
import { quotePassage } from "./quotations/quoting-draft";
import { imagesComeBack, isBack } from "./images/aside";
import { pasteServices } from "./pastes";

export { recoverAtStart } from "./recovery";

/** An article that is being written. */
export type OpenText = {
  id: string;
  session: ArticleSession;
  buffer: EditorBuffer;
  usedAt: number;
  /** What is entered in the form of its head, and what that shows. */
  head: HeadEditing;
  shownHead: ShownHead;
  /** What is written in it. */
  tracker: ReturnType<typeof writingTracker>;
  /** What the view shows of it besides its words. */
  figures: TextFigures;
  /** Its counting: the timer of the next, and what was counted last with the text that it was. */
  counting: {
    timer: ReturnType<typeof setTimeout> | undefined;
    counted: { doc: Text; counts: Counts } | null;
  };
};

/** What a view shows of its text besides its words. */
export type TextFigures = {
  /** The counts of the text, or of the selection when there is one. */
  counts: Counts | null;
  /** How long its parts are and may be. */
  lengths: SlotLength[];
  selected: boolean;
  line: number;
  column: number;
  /** Grows with every change of the text. */
  edits: number;
  /** How much is said of it, and what grows whenever something else is said. */
  advice: { count: number; changes: number };
};

/** What is open over the texts: one at a time. */
export const writing = $state<{
  /** Where the menu of the table of the selection is open. */
  tableMenu: MenuPlace | null;
  /** The words that a cell or the field of a note asks the menu of advice for, and where it is to open. */
  adviceMenu: { view: EditorView; one: Advice; place: { x: number; y: number } } | null;
  /** A link out of the library that waits for the user's word. */
  leaving: { url: string; host: string } | null;
}>({ tableMenu: null, adviceMenu: null, leaving: null });

/** The state of each session, by article. */
export const sessions = new SvelteMap<string, SessionState>();

/** So many articles keep their history besides the one on the sheet. */
const mostKept = 20;
const open = new Map<string, OpenText>();
let uses = 0;
let listening = false;

/** Opens an article for writing, or takes it up where it was left; null when it can't be opened. */
export async function openText(id: string): Promise<OpenText | null> {
  listen();
  const known = open.get(id);
  if (known) {
    known.usedAt = ++uses;
    void known.session.fileChanged();
    return known;
  }
  const made = makeText(id);
  open.set(id, made);
  const view = await made.session.load();
  if (!view) {
    forget(made);
    return null;
  }
  await show(made, view.text);
  makeRoom();
  return made;
}

/** Opens a text that could not be decoded with an encoding that the user chose. */
export async function openTextWithEncoding(text: OpenText, encoding: string): Promise<void> {
  const view = await text.session.loadWithEncoding(encoding);
  if (view) await show(text, view.text);
}

/** Saves everything that is unsaved, one failing save apart from the others; false when something is left. */
export async function flush(): Promise<boolean> {
  for (const text of open.values()) if (text.counting.timer !== undefined) void count(text);
  const saved = await Promise.all([...open.values()].map((text) => text.session.flush()));
  return saved.every(Boolean);
}

/** The texts with words that are not on the disk yet, with what stands between each and its file. */
export function unsavedTexts(): UnsavedText[] {
  return [...open.values()]
    .filter(({ session }) => session.state.unsaved)
    .map(({ id, session }) => {
      const { row, problem, kept } = session.state;
      const error = problem?.kind === "failed" ? problem.error : null;
      return { id, title: row?.title ?? "", why: problem?.kind ?? "waiting", error, kept };
    });
}

/** Ends all sessions, because their library is left: each text becomes a version first, as when the sheet is left. */
export async function forgetAll(): Promise<void> {
  const texts = [...open.values()];
  await Promise.all(texts.map((text) => text.session.leave()));
  for (const text of texts) {
    forget(text);
    sessions.delete(text.id);
    markSaved(text.id);
  }
  writing.leaving = null;
  quoting.draft = null;
}

/** Saves now, and keeps the state as a version. */
export async function saveNow(text: OpenText): Promise<void> {
  await text.head.settled(true);
  const saved = await text.session.save({ recreate: true });
  if (saved && text.session.state.readOnly === null) await backend.checkpoint(text.id).catch(tellError);
}

/** Makes another text the article's, in one step of undo; the present one becomes a version first. */
export async function replaceText(text: OpenText, after: string, reason: string): Promise<void> {
  const mark = text.buffer.mark();
  try {
    await backend.keepVersion(text.id, mark.text, reason);
    mark.become(after, "settled");
  } finally {
    mark.drop();
  }
  text.session.edited();
  await text.session.save();
}

/** Puts the name, the language and the spelling of an article to its editor. */
export function applyAttributes(text: OpenText): void {
  text.buffer.dispatch(changeAttributes(attributesOf(text)));
}

/** Counts the text or the selection, a moment after the last key. */
export function countSoon(text: OpenText, delay = 350): void {
  clearTimeout(text.counting.timer);
  text.counting.timer = setTimeout(() => void count(text), delay);
}

/** The text is the one that is worked on now: goals mean it, and passages are quoted in it. */
export function workOn(text: OpenText): void {
  void followPiece(text.id);
  countSoon(text, 0);
}

function makeText(id: string): OpenText {
  const figures = $state<TextFigures>({
    counts: null,
    lengths: [],
    selected: false,
    line: 1,
    column: 1,
    edits: 0,
    advice: { count: 0, changes: 0 },
  });
  const counting = { timer: undefined, counted: null };
  const made = { id, usedAt: ++uses, figures, counting } as unknown as OpenText;
  made.tracker = writingTracker(
    (text) => backend.counts(text),
    (more) => noteWritten(id, more),
  );
  const dispatch = (spec: TransactionSpec): void => {
    const { doc } = made.buffer.state();
    made.buffer.dispatch(spec);
    // Only an editor tells of its changes.
    if (!made.buffer.view() && made.buffer.state().doc !== doc) made.session.edited();
  };
  homes.set(made, {
    state: () => made.buffer.state(),
    dispatch,
    view: () => made.buffer.view(),
    isOpen: () => made.session.state.phase === "ready",
  });
  made.buffer = editorBuffer((more) => startState(made, "", more), {
    edited: () => made.session.edited(),
    moved: ({ textChanged }) => {
      if (textChanged) figures.edits++;
      showPosition(made);
      countSoon(made, textChanged ? 500 : 200);
    },
    stroke: (transaction) => {
      const disk = transaction.annotation(fromDisk) !== undefined;
      if (isBrought(transaction, disk, pastesCount())) made.tracker.brought(transaction);
    },
    replaced: (why) => {
      if (why !== "settled") tell("info", `writer-${why}`);
    },
  });
  made.shownHead = new ShownHead();
  made.head = headEditing(
    {
      state: made.buffer.state,
      dispatch,
    },
    backend.changeHead,
    (field, why) => {
      const { [field]: _, ...others } = made.shownHead.refused;
      made.shownHead.refused = why ? { ...others, [field]: why } : others;
    },
  );
  made.session = openSession(
    id,
    backend,
    { mark: made.buffer.mark, settled: made.head.settled },
    { set: (run, delay) => setTimeout(run, delay), clear: (timer) => clearTimeout(timer as number) },
    (state) => stateChanged(made, state),
    (error) => (error === null ? tell("info", "writer-conflict-over") : tellError(error)),
  );
  sessions.set(id, made.session.state);
  return made;
}

/** The texts, each wherever it is shown. */
const homes = new WeakMap<OpenText, TextHome>();

const extensions = new WeakMap<OpenText, Parameters<Parameters<typeof editorBuffer>[0]>[0]>();

function startState(
  text: OpenText,
  content: string,
  more?: Parameters<Parameters<typeof editorBuffer>[0]>[0],
): EditorState {
  if (more) extensions.set(text, more);
  return articleState(content, {
    attributes: attributesOf(text),
    readOnly: (text.session?.state.readOnly ?? null) !== null,
    focus: desk.focus,
    typewriter: desk.typewriter,
    typography: desk.typography,
    marks: desk.marks,
    source: desk.source,
    services: {
      imageSource: (target) => isBack(text.id, target).then(() => backend.imageAddress(text.id, target)),
      head: {
        read: backend.headOf,
        mount: (place, view) =>
          mountHead(place, view, {
            editing: text.head,
            shown: text.shownHead,
            row: () => sessions.get(text.id)?.row ?? null,
            lengths: () => text.figures.lengths,
            authors: async () => (await backend.headChoices()).authors,
          }),
      },
      askTable: () => void runCommand("writer-insert-table"),
      askLanguage: () => void runCommand("writer-language"),
      tableMenu: (place) => (writing.tableMenu = place),
      adviceMenu: (view, one, place) => (writing.adviceMenu = { view, one, place }),
      // A list that can't be had offers nothing; typing goes on.
      articles: (typed) => backend.quickOpen(typed, 12).catch(() => []),
      authors: () => library.overview?.authors.map(({ value }) => value) ?? [],
      works: (typed, content) => backend.findWorks(text.id, content, typed).catch(() => []),
      cited: (content) =>
        backend.citedText(text.id, content).then(
          ({ marks }) => marks,
          () => [],
        ),
      onCitations: (changed) => on("citationsChanged", changed),
      unsound: (count) => void tell("problem", "replace-unsound", { count }),
      orphanedNote: (number, run) =>
        void tell("info", "editor-note-orphan", { number }, { label: t("editor-note-delete"), run }),
      quotable: (typed) =>
        backend
          .quotable(text.id, typed, 30)
          .then((all) => all.map((one) => ({ ...one, words: one.quote, title: one.source.title })))
          .catch(() => []),
      quote: (_view, highlight, from, to) => void quotePassage(text, highlight, from, to).catch(tellError),
      advise: (question) => adviseOn(text.id, text.session.state.row, question),
      follow: (target) => void follow(target, text.id).catch(tellError),
      ...pasteServices(
        () => text.id,
        () => text.session.save(),
        () => text.session.state.row?.title ?? "",
      ),
      home: homes.get(text),
    },
    more: [extensions.get(text) ?? [], adviceListener(text), imagesComeBack(() => text.id)],
  });
}

const adviceListener = (text: OpenText): Extension =>
  EditorView.updateListener.of((update) => {
    if (adviceChanged(update)) showAdviceOf(text);
  });

/** Takes over what is said of a text. */
export function showAdviceOf({ buffer, figures }: OpenText): void {
  figures.advice.count = adviceCount(buffer.state());
  figures.advice.changes++;
}

async function show(text: OpenText, content: string): Promise<void> {
  const state = startState(text, content);
  text.tracker.reset();
  // At once, for what another program writes from now on is merged into it.
  text.buffer.reset(state.update({ selection: startOfWriting(content) }).state);
  showPosition(text);
  text.counting.counted = null;
  countSoon(text, 0);
  // The head is there with the first picture of the text, which would move down otherwise.
  const source = headOf(state)?.source ?? "";
  const head = await backend.headOf(source).catch(() => null);
  if (head) text.buffer.dispatch({ effects: headRead.of({ source, head }) });
}

/** What a template left to the writer comes first. */
function startOfWriting(content: string): { anchor: number; head?: number } {
  const anchor = startOfBody(content);
  const field = fieldsOf(content).find(({ from }) => from >= anchor);
  return field ? { anchor: field.from, head: field.to } : { anchor };
}

/** The caret starts in the words of the article, below its front matter. */
function startOfBody(content: string): number {
  const closing = closingLine((from, to) => content.slice(from, to), content.length);
  if (closing < 0) return 0;
  const end = content.indexOf("\n", closing);
  if (end < 0) return content.length;
  const body = content.slice(end + 1).search(/\S/);
  return body < 0 ? content.length : end + 1 + body;
}

function attributesOf(text: OpenText): ArticleAttributes {
  const row = text.session?.state.row;
  const lang = row?.lang ?? null;
  return {
    lang,
    // The system’s checker would mark the same words again; where Édito has no dictionary, it may have one.
    spellcheck: settings.spellcheck && lang !== null && !/^(?:fr|en)\b/.test(lang),
    label: t("writer-text-of", { title: row?.title ?? "" }),
    encoding: text.session?.state.encoding || undefined,
  };
}

function stateChanged(text: OpenText, state: SessionState): void {
  const before = sessions.get(text.id);
  sessions.set(text.id, state);
  if (before && before.readOnly !== state.readOnly)
    text.buffer.dispatch(changeReadOnly(state.readOnly !== null));
  if (
    before?.row?.title !== state.row?.title ||
    before?.row?.lang !== state.row?.lang ||
    before?.encoding !== state.encoding
  )
    applyAttributes(text);
  if (before?.row && before.row.lang !== state.row?.lang)
    text.buffer.dispatch({ effects: adviseAnew.of(null) });
  if (state.unsaved) markUnsaved(text.id, state.row?.title ?? "");
  else markSaved(text.id);
}

function forget(text: OpenText): void {
  clearTimeout(text.counting.timer);
  text.session.close();
  open.delete(text.id);
}

function makeRoom(): void {
  const idle = [...open.values()].filter(
    (text) => !text.buffer.view() && !text.session.state.unsaved && !text.session.state.problem,
  );
  idle.sort((a, b) => a.usedAt - b.usedAt);
  for (const text of idle.slice(0, Math.max(0, open.size - mostKept))) {
    forget(text);
    sessions.delete(text.id);
  }
}

function listen(): void {
  if (listening) return;
  listening = true;
  onLibraryChanged((changes: LibraryChanged) => {
    const named = new Set([...changes.updated, ...changes.new, ...changes.deleted]);
    for (const text of open.values()) if (changes.many || named.has(text.id)) void text.session.fileChanged();
  });
}

function showPosition({ buffer, figures }: OpenText): void {
  const state = buffer.state();
  const line = state.doc.lineAt(state.selection.main.head);
  figures.line = line.number;
  figures.column = state.selection.main.head - line.from + 1;
}

async function count(text: OpenText): Promise<void> {
  const { counting, figures } = text;
  clearTimeout(counting.timer);
  counting.timer = undefined;
  const state = text.buffer.state();
  const { doc } = state;
  const { from, to } = state.selection.main;
  const selected = to > from;
  const brought = selected ? [] : text.tracker.take();
  if (selected) {
    const counts = await backend.counts(state.sliceDoc(from, to)).catch(() => null);
    if (counts && text.buffer.view()) Object.assign(figures, { counts, selected });
  }
  // Where the caret goes changes no length.
  let counts = counting.counted?.doc === doc ? counting.counted.counts : null;
  if (!counts) {
    const lengths = await backend.textLengths(text.id, textOf(doc)).catch(() => null);
    if (!lengths) return;
    ({ counts } = lengths);
    if (text.buffer.view()) {
      counting.counted = { doc, counts };
      figures.lengths = lengths.slots;
    }
  }
  if (selected) return;
  pieceCounted(text.id, counts);
  void text.tracker.counted(counts, brought);
  if (text.buffer.view()) Object.assign(figures, { counts, selected });
}

async function follow(target: string, from: string): Promise<void> {
  const found = await backend.followLink(target, from);
  if (found.article) openArticle(found.article);
  else if (found.url) writing.leaving = { url: found.url, host: hostOf(found.url) };
  else tell("info", "writer-link-missing", { target });
}

/** The host that an address leads to, as the network is asked for it; a mailbox as it is. */
function hostOf(url: string): string {
  try {
    return new URL(url).host || url;
  } catch {
    return url;
  }
}
