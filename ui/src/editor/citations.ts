// Citations: works offered behind "[@", and each citation shown as it will read, except at the caret.
import { type CompletionContext, type CompletionResult, startCompletion } from "@codemirror/autocomplete";
import {
  type EditorState,
  type Extension,
  Prec,
  type Range,
  StateEffect,
  StateField,
} from "@codemirror/state";
import {
  type Command,
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from "@codemirror/view";
import { t } from "@/shared/messages";
import { isRevealed, revealedRanges } from "./reveal";
import { isSource } from "./source";
import { editorServices, type KnownWork, type ShownCitation } from "./services";
import { textOf } from "./text-of";
import { isInCode } from "./where";

/** Shows citations as they will read. */
export function citations(): Extension {
  return [shown, noted, asking, preview, citationTyping(), look];
}

/** What is done while citations are typed. */
export function citationTyping(): Extension {
  return [pastTheBracket, offerWhenOpened];
}

/** Opens a citation at the caret, and offers what can be cited. */
export const insertCitation: Command = (view) => {
  const { state } = view;
  if (state.readOnly || isInCode(state, state.selection.main.head)) return false;
  const at = state.selection.main.to;
  const before = state.sliceDoc(Math.max(0, at - 1), at);
  const space = before !== "" && !/[\s(«“‘\u00a0\u202f]/.test(before) ? " " : "";
  const insert = `${space}[@]`;
  view.dispatch(
    state.update({
      changes: { from: at, insert },
      selection: { anchor: at + insert.length - 1 },
      userEvent: "input.citation",
      scrollIntoView: true,
    }),
  );
  return true;
};

/** The works that have the words behind "@", in brackets; outside of them once a few letters are there. */
export async function citedWorks(context: CompletionContext): Promise<CompletionResult | null> {
  const { state } = context;
  const { works } = state.facet(editorServices);
  const found = works ? citationAt(state, context.pos) : null;
  if (!found || !works) return null;
  const { typed, bracket } = found;
  // A name in a sentence is an author's first of all.
  if (!bracket && typed.length < 2) return null;
  const named = await works(typed, textOf(state.doc));
  if (context.aborted || named.length === 0) return null;
  return {
    from: found.from,
    filter: false,
    options: named.map((work) => ({
      label: nameOfWork(work),
      detail: work.key,
      boost: bracket ? 1 : -1,
      apply: (view, _option, from, to) => cite(view, work.key, from, to, bracket),
    })),
    getMatch: ({ label }) => marksOf(typed, label),
  };
}

/** Whether what is typed at a position is the key of a citation in brackets. */
export function isInCitation(state: EditorState, position: number): boolean {
  return citationAt(state, position)?.bracket === true;
}

/** Where the citations stand that are set in notes, in the order of the text. */
export function notedCitations(state: EditorState): readonly number[] {
  return state.field(noted, false) ?? [];
}

/** What a work is called where it is offered: `Arendt 1958 · The Human Condition`. */
export function nameOfWork({ authors, year, title, key }: KnownWork): string {
  const head = [authors, year].filter((part) => part !== "").join(" ");
  return [head, title].filter((part) => part !== "").join(" · ") || key;
}

type Typed = { from: number; typed: string; bracket: boolean };

function citationAt(state: EditorState, position: number): Typed | null {
  if (state.readOnly || isInCode(state, position)) return null;
  const line = state.doc.lineAt(position);
  const before = line.text.slice(0, position - line.from);
  const found = /(^|[^\p{L}\p{N}_@/.\\])@([\p{L}\p{N}_:.+'’ -]{0,60})$/u.exec(before);
  if (!found) return null;
  const [, , typed = ""] = found;
  const from = position - typed.length - 1;
  const head = before.slice(0, from - line.from);
  const open = head.lastIndexOf("[");
  const bracket = open >= 0 && !head.slice(open).includes("]");
  // `[[` names an article.
  if (bracket && head[open - 1] === "[") return null;
  if (/^\s/.test(typed) || (!bracket && typed.includes(" "))) return null;
  return { from, typed, bracket };
}

function cite(view: EditorView, key: string, from: number, to: number, bracket: boolean): void {
  const plain = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_]|[:.#$%&+?<>~/-](?=[\p{L}\p{N}_]))*$/u.test(key);
  const insert = plain ? `@${key}` : `@{${key}}`;
  const rest = view.state.doc.lineAt(to);
  const closed = /^[^[\]]*\]/.test(rest.text.slice(to - rest.from));
  view.dispatch({
    changes: { from, to, insert: bracket && !closed ? `${insert}]` : insert },
    selection: { anchor: from + insert.length },
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}

function marksOf(typed: string, label: string): number[] {
  const marks: number[] = [];
  const folded = fold(label);
  for (const word of fold(typed).split(/\s+/).filter(Boolean)) {
    const at = folded.search(
      new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[^\p{L}\p{N}]/gu, "\\$&")}`, "u"),
    );
    if (at >= 0 && folded.length === label.length) marks.push(at, at + word.length);
  }
  return marks.length > 2 ? marks.slice(0, 2) : marks;
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** A citation that was opened by a command or from the menu of insertions has nothing typed yet that would be completed. */
const offerWhenOpened = EditorView.updateListener.of(({ view, state, docChanged, transactions }) => {
  const { head } = state.selection.main;
  if (!docChanged || !transactions.some((one) => one.isUserEvent("input"))) return;
  if (state.sliceDoc(Math.max(0, head - 2), head + 1) === "[@]") setTimeout(() => startCompletion(view), 0);
});

/** A bracket that is there already is not typed twice. */
const pastTheBracket = Prec.high(
  EditorView.inputHandler.of((view, from, to, text) => {
    if (text !== "]" || from !== to || view.state.sliceDoc(from, from + 1) !== "]") return false;
    const line = view.state.doc.lineAt(from);
    const open = line.text.slice(0, from - line.from).lastIndexOf("[");
    if (open < 0 || !/@[\p{L}\p{N}_{]/u.test(line.text.slice(open, from - line.from))) return false;
    view.dispatch({ selection: { anchor: from + 1 }, scrollIntoView: true, userEvent: "select" });
    return true;
  }),
);

const set = StateEffect.define<readonly ShownCitation[]>();

/** A citation with how it was typed when that was asked. */
type Placed = { citation: ShownCitation; typed: string };

const shown = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let now = transaction.docChanged ? marks.map(transaction.changes) : marks;
    for (const effect of transaction.effects) {
      if (!effect.is(set)) continue;
      const { doc } = transaction.state;
      const placed = effect.value
        .filter(({ from, to }) => from < to && to <= doc.length)
        .map((citation) => {
          const placed: Placed = { citation, typed: doc.sliceString(citation.from, citation.to) };
          return Decoration.mark({ placed }).range(citation.from, citation.to);
        });
      now = Decoration.set(placed, true);
    }
    return now;
  },
});

/** The places of citations in notes: looked for again only when the citations are others. */
const noted = StateField.define<readonly number[]>({
  create: () => [],
  update(value, transaction) {
    const marks = transaction.state.field(shown);
    if (marks === transaction.startState.field(shown)) return value;
    const found: number[] = [];
    for (let at = marks.iter(); at.value; at.next()) {
      const { citation } = (at.value.spec as { placed: Placed }).placed;
      if (citation.note !== "") found.push(at.from);
    }
    return found;
  },
});

/** After the last key, in milliseconds. */
const PAUSE = 350;

/** Asks what the citations read as, when the text has been still for a moment. */
const asking = ViewPlugin.fromClass(
  class {
    private timer: ReturnType<typeof setTimeout> | undefined;
    private readonly stop: (() => void) | undefined;
    constructor(private readonly view: EditorView) {
      this.stop = view.state.facet(editorServices).onCitations?.(() => {
        this.soon(0);
        // What was just written may be what is typed.
        if (view.hasFocus && isInCitation(view.state, view.state.selection.main.head)) startCompletion(view);
      });
      this.soon(0);
    }
    update(update: ViewUpdate): void {
      if (update.docChanged) this.soon(PAUSE);
    }
    destroy(): void {
      clearTimeout(this.timer);
      this.stop?.();
    }
    private soon(pause: number): void {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.ask(), pause);
    }
    private async ask(): Promise<void> {
      const { cited } = this.view.state.facet(editorServices);
      const { doc } = this.view.state;
      if (!cited) return;
      const text = textOf(doc);
      const found = text.includes("@") ? await cited(text) : [];
      // The text is another one by now: it is asked again after the pause.
      if (this.view.state.doc !== doc) return;
      if (found.length > 0 || this.view.state.field(shown).size > 0)
        this.view.dispatch({ effects: set.of(found) });
    }
  },
);

const preview = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorationsOf(view);
    }
    update(update: ViewUpdate): void {
      const needed =
        update.docChanged ||
        update.viewportChanged ||
        update.startState.field(shown) !== update.state.field(shown) ||
        update.startState.facet(isSource) !== update.state.facet(isSource) ||
        revealedRanges(update.startState) !== revealedRanges(update.state);
      if (needed) this.decorations = decorationsOf(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function decorationsOf(view: EditorView): DecorationSet {
  const { state } = view;
  const revealed = revealedRanges(state);
  const asWritten = state.facet(isSource);
  const found: Range<Decoration>[] = [];
  for (const visible of view.visibleRanges) {
    state.field(shown).between(visible.from, visible.to, (from, to, value) => {
      const { citation, typed } = (value.spec as { placed: Placed }).placed;
      // What was edited since reads otherwise by now.
      if (state.sliceDoc(from, to) !== typed) return;
      const unknown = citation.unknown.length > 0;
      if (unknown || asWritten || typed.includes("\n") || isRevealed(revealed, from, to)) {
        const title = unknown ? t("citation-unknown", { keys: citation.unknown.join(", ") }) : undefined;
        found.push(
          Decoration.mark({
            class: unknown ? "cm-citation cm-citation-unknown" : "cm-citation",
            ...(title ? { attributes: { title } } : {}),
          }).range(from, to),
        );
        return;
      }
      found.push(Decoration.replace({ widget: new Reads(citation) }).range(from, to));
    });
  }
  return Decoration.set(found, true);
}

/** A citation as it reads: its words, and the call of its note. */
class Reads extends WidgetType {
  constructor(readonly citation: ShownCitation) {
    super();
  }
  override eq(other: Reads): boolean {
    const { inline, note, number } = this.citation;
    return (
      other.citation.inline === inline && other.citation.note === note && other.citation.number === number
    );
  }
  override toDOM(): HTMLElement {
    const { inline, note, number } = this.citation;
    const words = document.createElement("span");
    words.className = "cm-citation cm-citation-read";
    words.append(inline);
    if (note !== "") {
      const call = document.createElement("sup");
      call.append(String(number));
      words.append(call);
      words.title = note;
    }
    return words;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

const look = EditorView.baseTheme({
  ".cm-citation": { color: "var(--soft)" },
  ".cm-citation-read": { color: "inherit", cursor: "text" },
  ".cm-citation-read sup": { color: "var(--red)", fontSize: "0.72em", lineHeight: "0", paddingInline: "1px" },
  ".cm-citation-unknown": {
    textDecoration: "underline dotted var(--red)",
    textUnderlineOffset: "3px",
  },
});
