// The head of an article: its front matter, out of sight while a form above the text shows it. The text stays the only
// copy: the form reads it, and what is entered comes back as a change of the text.
import {
  Annotation,
  EditorSelection,
  EditorState,
  type Extension,
  Prec,
  StateEffect,
  StateField,
  type Text,
  Transaction,
  type TransactionSpec,
} from "@codemirror/state";
import {
  type Command,
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import type { Head } from "@/backend";
import { editorServices } from "./services";
import { isSource } from "./source";
import { closingLine } from "./syntax/front-matter";

/** The form of the head, as the page makes it. */
export type HeadForm = {
  update: (update: ViewUpdate) => void;
  /** Puts the focus into it: into the title, or into its last field. */
  enter: (at: "title" | "end") => void;
  /** Shows words of the front matter that are selected in the text; true when it shows them. */
  reveal: (focus: boolean) => boolean;
  destroy: () => void;
};

/** What the editor needs of the page to show the head as a form. */
export type HeadService = {
  /** Reads front matter; nothing where there is none. */
  read: (source: string) => Promise<Head>;
  /** Makes the form. */
  mount: (place: HTMLElement, view: EditorView) => HeadForm;
};

/** The front matter of a text, and what is known of it. */
export type HeadPart = {
  /** Where its closing line ends; 0 when there is none. */
  end: number;
  /** Its text up to there. */
  source: string;
  /** It as fields, as it was read last. */
  head: Head | null;
  /** Whether `head` is of `source`. */
  fresh: boolean;
  /** Whether it is wanted as text. */
  asText: boolean;
  /** A text that begins like front matter and has no end within bounds. */
  endless: boolean;
};

/** A change of the text that comes from the form. */
export const fromHead = Annotation.define<boolean>();
/** Front matter was read. */
export const headRead = StateEffect.define<{ source: string; head: Head }>();
/** Shows front matter as text, or as a form. */
export const showHeadAsText = StateEffect.define<boolean>();

/** Front matter as a form above the text. */
export function head(): Extension {
  return [part, hiding, keeping, form, withForm, Prec.high(keymap.of([{ key: "ArrowUp", run: goUp }])), look];
}

/** The front matter of the text. */
export function headOf(state: EditorState): HeadPart | null {
  return state.field(part, false) ?? null;
}

/** Whether the form stands for the front matter now. */
export function isHeadForm(state: EditorState): boolean {
  const found = headOf(state);
  return (
    found !== null &&
    state.facet(editorServices).head !== undefined &&
    found.head !== null &&
    found.head.obstacle === null &&
    // What begins with a rule may be words.
    (found.head.present || found.end === 0) &&
    !found.asText &&
    !found.endless &&
    !state.facet(isSource)
  );
}

/** Where the words of the article begin, behind the front matter and its line end. */
export function startOfText(state: EditorState): number {
  const end = headOf(state)?.end ?? 0;
  return end === 0 ? 0 : Math.min(end + 1, state.doc.length);
}

/** Where the words that the form shows as texts stand in the front matter; none while it is being read. */
export function shownWords(state: EditorState): { from: number; to: number }[] {
  const found = headOf(state);
  if (!found?.fresh || !isHeadForm(state)) return [];
  const words = (found.head?.places ?? []).map(({ from, to }) => ({ from, to }));
  return words.sort((a, b) => a.from - b.from);
}

/** Whether changes of words that the form shows change those words and nothing else of the front matter. */
export async function staysSound(
  state: EditorState,
  changes: readonly { from: number; to: number; insert: string }[],
): Promise<boolean> {
  const found = headOf(state);
  const { head: service } = state.facet(editorServices);
  if (!service || !found?.head || !found.fresh) return false;
  const set = state.changes(changes);
  const source = set.apply(state.doc).sliceString(0, set.mapPos(found.end));
  const after = await service.read(source).catch(() => null);
  if (!after?.present || after.obstacle !== null) return false;
  const expected = found.head.places.map((place) => ({
    ...place,
    from: set.mapPos(place.from, -1),
    to: set.mapPos(place.to, 1),
  }));
  const rest = ({ authors, section, tags, date, lang, status, locked }: Head): string =>
    JSON.stringify([authors, section, tags, date, lang, status, locked]);
  return JSON.stringify(after.places) === JSON.stringify(expected) && rest(after) === rest(found.head);
}

/** Puts the focus into the form; where the front matter is shown as text, the caret goes there. */
export function enterHead(view: EditorView, at: "title" | "end" = "title"): void {
  if (isHeadForm(view.state)) {
    view.plugin(form)?.made?.enter(at);
    return;
  }
  const anchor = view.state.doc.lines > 1 ? view.state.doc.line(2).from : 0;
  view.dispatch({ selection: { anchor }, scrollIntoView: true });
  view.focus();
}

/** Where words of the front matter that are selected stand in the form; null when they don't. */
export function selectedInHead(view: EditorView): DOMRect | null {
  if (view.state.selection.main.from >= startOfText(view.state)) return null;
  return view.plugin(form)?.place.querySelector("[data-selected]")?.getBoundingClientRect() ?? null;
}

/** What brings the caret out of front matter that the form hides again; nothing where it is not there. */
export function outOfHead(state: EditorState): TransactionSpec {
  const start = startOfText(state);
  if (!isHeadForm(state) || state.selection.main.from >= start) return {};
  return { selection: { anchor: Math.max(start, state.selection.main.to) } };
}

/** From the form to the text and back. */
export const toggleHeadText: Command = (view) => {
  const found = headOf(view.state);
  if (!found) return false;
  const asText = !found.asText;
  const start = startOfText(view.state);
  const inside = view.state.selection.main.head < start;
  view.dispatch({
    effects: showHeadAsText.of(asText),
    // The caret goes where one looks.
    ...(asText && found.end > 0
      ? { selection: { anchor: view.state.doc.line(Math.min(2, view.state.doc.lines)).from } }
      : {}),
    ...(!asText && inside ? { selection: { anchor: start } } : {}),
    scrollIntoView: true,
  });
  if (asText) view.focus();
  else enterHead(view);
  return true;
};

/** The change that makes other front matter of the present one, the text behind it kept apart from it. */
export function headChange(state: EditorState, after: string): { from: number; to: number; insert: string } {
  const { end } = headOf(state) ?? { end: 0 };
  if (end > 0) return { from: 0, to: end, insert: after };
  const gap = state.doc.length > 0 && state.doc.line(1).text === "" ? "" : "\n";
  return { from: 0, to: 0, insert: after + gap };
}

const part = StateField.define<HeadPart>({
  create: (state) => ({ ...bounds(state.doc), head: null, fresh: false, asText: false }),
  update(value, transaction) {
    let now = value;
    if (transaction.docChanged && touches(transaction, value)) {
      const found = bounds(transaction.newDoc);
      const same = found.source === now.source && found.end === now.end;
      if (!same || found.endless !== now.endless) now = { ...now, ...found, fresh: now.fresh && same };
    }
    for (const effect of transaction.effects) {
      if (effect.is(headRead) && effect.value.source === now.source)
        now = { ...now, head: effect.value.head, fresh: true };
      if (effect.is(showHeadAsText)) now = { ...now, asText: effect.value };
    }
    return now;
  },
});

/** Whether a change can have made other front matter. */
function touches(transaction: Transaction, value: HeadPart): boolean {
  if (value.endless) return true;
  let touched = false;
  // Without front matter, the first line alone can begin it, and then all that follows may end it.
  const reach = value.end > 0 ? value.end + 1 : transaction.startState.doc.line(1).to;
  transaction.changes.iterChangedRanges((fromA) => (touched ||= fromA <= reach));
  return touched || (value.end === 0 && /^(?:---|\+\+\+)/.test(transaction.newDoc.line(1).text));
}

function bounds(doc: Text): Pick<HeadPart, "end" | "source" | "endless"> {
  const closing = closingLine((from, to) => doc.sliceString(from, to), doc.length);
  if (closing > 0) {
    const end = doc.lineAt(closing).to;
    return { end, source: doc.sliceString(0, end), endless: false };
  }
  const mark = doc.line(1).text.trimEnd();
  // Longer front matter than the editor looks for is not to get another one before it.
  const endless =
    (mark === "---" || mark === "+++") &&
    doc.lines > 2 &&
    /^[^\n]*[:=]/.test(doc.line(2).text) &&
    new RegExp(`\\n${mark === "---" ? "---" : "\\+\\+\\+"}[ \\t]*(?:\\n|$)`).test(doc.toString());
  return { end: 0, source: "", endless };
}

const folded = Decoration.replace({ block: true });
const gone = Decoration.replace({});

/** Front matter is out of sight while the form shows it; the last line stays, empty, where no other one follows. */
const hiding = EditorView.decorations.compute([part, isSource], (state): DecorationSet => {
  if (!isHeadForm(state)) return Decoration.none;
  const { end } = state.field(part);
  if (end === 0) return Decoration.none;
  if (end < state.doc.length) return Decoration.set(folded.range(0, end));
  const last = state.doc.lineAt(end);
  return Decoration.set([folded.range(0, last.from - 1), gone.range(last.from, end)]);
});

const byHand = ["input.type", "input.paste", "input.drop", "delete", "move"];

/** What is out of sight is neither selected nor changed by what is done by hand in the text. */
const keeping: Extension = EditorState.transactionFilter.of((transaction) => {
  const { startState } = transaction;
  if (!transaction.docChanged) {
    const byPointerOrKey =
      transaction.selection && transaction.isUserEvent("select") && !transaction.isUserEvent("select.search");
    return byPointerOrKey && isHeadForm(startState)
      ? [transaction, { selection: below(transaction) }]
      : transaction;
  }
  if (!isGuarded(transaction)) return transaction;
  const end = headOf(startState)?.end ?? 0;
  const start = startOfText(startState);
  // Where nothing follows the front matter, the first words make the line that they stand on.
  const bare = end > 0 && end === startState.doc.length;
  let reaches = false;
  const changes: { from: number; to: number; insert: string }[] = [];
  transaction.changes.iterChanges((from, to, _fromB, _toB, inserted) => {
    const insert = inserted.toString();
    if (from < start || (bare && insert !== "")) reaches = true;
    const gap = bare && from >= end && insert !== "" ? "\n\n" : "";
    // What lies wholly in the front matter is left out.
    if (to >= start) changes.push({ from: Math.max(from, start), to, insert: gap + insert });
  });
  if (!reaches) return transaction;
  const last = changes.at(-1);
  const grown = changes.reduce((sum, one) => sum + one.insert.length - (one.to - one.from), 0);
  return {
    changes,
    ...(last ? { selection: { anchor: last.to + grown } } : {}),
    scrollIntoView: true,
    annotations: [
      fromHead.of(true),
      Transaction.userEvent.of(transaction.annotation(Transaction.userEvent) ?? "input.type"),
    ],
  };
});

function isGuarded(transaction: Transaction): boolean {
  return (
    transaction.docChanged &&
    transaction.annotation(fromHead) === undefined &&
    byHand.some((event) => transaction.isUserEvent(event)) &&
    isHeadForm(transaction.startState)
  );
}

function below(transaction: Transaction): EditorSelection {
  const start = startOfText(transaction.startState);
  const { ranges, mainIndex } = transaction.newSelection;
  const stays = ranges.every(({ from }) => from >= start);
  if (stays) return transaction.newSelection;
  return EditorSelection.create(
    ranges.map((range) =>
      EditorSelection.range(Math.max(range.anchor, start), Math.max(range.head, start), range.goalColumn),
    ),
    mainIndex,
  );
}

/** From the first line of the text into the form. */
function goUp(view: EditorView): boolean {
  const { state } = view;
  const { main } = state.selection;
  if (!isHeadForm(state) || !main.empty) return false;
  const start = startOfText(state);
  if (main.head > start) {
    if (state.doc.lineAt(main.head).from > start) return false;
    const here = view.coordsAtPos(main.head);
    const first = view.coordsAtPos(start);
    // A first paragraph of several lines is gone through first.
    if (!here || !first || here.top > first.bottom - 1) return false;
  }
  enterHead(view, "end");
  return true;
}

const form = ViewPlugin.fromClass(
  class {
    readonly place = document.createElement("div");
    readonly made: HeadForm | undefined;
    private asking = "";
    private stopped = false;

    constructor(readonly view: EditorView) {
      const service = view.state.facet(editorServices).head;
      if (!service) return;
      this.place.className = "cm-head-form";
      view.scrollDOM.insertBefore(this.place, view.contentDOM);
      this.made = service.mount(this.place, view);
      this.read();
    }
    update(update: ViewUpdate): void {
      if (!this.made) return;
      this.made.update(update);
      this.read();
      // What is looked for, and what is said of words, may be in what the form shows.
      const { from, to } = update.state.selection.main;
      const start = startOfText(update.state);
      if (!isHeadForm(update.state) || from >= start) return;
      const moved = update.selectionSet || update.focusChanged;
      if (!moved || to > start) return;
      const focus = update.view.hasFocus;
      // The form is made to show it when this update is over.
      setTimeout(() => {
        if (this.stopped || update.view.state.selection.main.from !== from) return;
        if (!this.made?.reveal(focus)) this.view.dispatch({ effects: showHeadAsText.of(true) });
      });
    }
    destroy(): void {
      this.stopped = true;
      this.made?.destroy();
      this.place.remove();
    }
    /** Reads what has not been read; one at a time. */
    private read(): void {
      const { head: service } = this.view.state.facet(editorServices);
      const { source, fresh } = this.view.state.field(part);
      if (!service || fresh || this.asking !== "") return;
      this.asking = "asked";
      void service.read(source).then(
        (found) => this.answered({ effects: headRead.of({ source, head: found }) }),
        () => (this.asking = ""),
      );
    }
    private answered(spec: TransactionSpec): void {
      this.asking = "";
      if (!this.stopped) this.view.dispatch(spec);
    }
  },
);

/** The form stands in a row of its own above the text. */
const withForm = EditorView.editorAttributes.compute([editorServices], (state): Record<string, string> =>
  state.facet(editorServices).head ? { class: "cm-with-head" } : {},
);

const look = EditorView.baseTheme({
  "&.cm-with-head .cm-scroller": { flexWrap: "wrap", alignContent: "flex-start" },
  ".cm-head-form": { flex: "0 0 100%", minWidth: "0" },
});
