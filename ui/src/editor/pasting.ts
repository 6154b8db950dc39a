// Pasting into a text: what was copied elsewhere comes in as Markdown, an address becomes a link of what is selected,
// images are stored beside the article. Reading foreign HTML takes a moment, and happens outside of the page: the place
// where it goes moves with the text meanwhile.
import { isolateHistory } from "@codemirror/commands";
import { syntaxTree } from "@codemirror/language";
import {
  type ChangeDesc,
  type EditorState,
  type Extension,
  Prec,
  StateEffect,
  StateField,
  type Text,
} from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { gapBeforeNotes, nextNote } from "./insertions";
import { editorServices, homeOf, type TextHome } from "./services";
import { isInAddress, isInCode } from "./where";

/** A text in Markdown that is to be put into another. */
export type MarkdownPaste = {
  body: string;
  /** The texts of its footnotes. */
  notes: string;
  beginsInLine: boolean;
  endsInLine: boolean;
  isLine: boolean;
  /** The images in it that were stored beside the article. */
  images?: string[];
  /** It had tracked changes, which are taken as accepted. */
  revised?: boolean;
  /** So many images could not be had. */
  imagesLeft?: number;
};

/** What the page is told of the clipboard. */
export type CopiedData = { html: string; plain: string; image: File | null };

type Place = { id: number; from: number; to: number };

const waits = StateEffect.define<Place>({
  map: ({ id, from, to }, changes) => ({ id, from: changes.mapPos(from, -1), to: changes.mapPos(to, -1) }),
});
const done = StateEffect.define<number>();

/** The places where something is to be put that is not there yet. */
const places = StateField.define<Place[]>({
  create: () => [],
  update(value, { changes, docChanged, effects }) {
    let now = value;
    if (docChanged && now.length)
      // What is typed meanwhile comes after what is pasted, and what it was typed into stays.
      now = now.map(({ id, from, to }) => {
        const start = changes.mapPos(from, -1);
        return { id, from: start, to: typedInto(changes, from, to) ? start : changes.mapPos(to, -1) };
      });
    for (const effect of effects) {
      if (effect.is(waits)) now = [...now, effect.value];
      else if (effect.is(done)) now = now.filter(({ id }) => id !== effect.value);
    }
    return now;
  },
});

/** Whether something is still to be put into a text. */
export function isAwaited(state: EditorState): boolean {
  return (state.field(places, false)?.length ?? 0) > 0;
}

/** Follows a place of a text while the text changes; null once it is followed no more. */
export function followPlace(home: TextHome, at: number): { now: () => number | null; end: () => void } {
  const id = ++lastPlace;
  home.dispatch({ effects: waits.of({ id, from: at, to: at }) });
  return {
    now: () =>
      home
        .state()
        .field(places, false)
        ?.find((one) => one.id === id)?.from ?? null,
    end: () => home.dispatch({ effects: done.of(id) }),
  };
}

function typedInto(changes: ChangeDesc, from: number, to: number): boolean {
  let found = false;
  changes.iterChangedRanges((fromA, toA, fromB, toB) => {
    if (toB > fromB && fromA < to && toA > from && !(fromA <= from && toA >= to)) found = true;
  });
  return found;
}

let lastPlace = 0;
/**
 * Pastes into a text are put in one after the other: footnotes of the second are counted on from those of the first. What
 * is never answered holds up none of them for long.
 */
const lastPastes = new WeakMap<TextHome | EditorView, Promise<unknown>>();
/** So long a paste waits for those before it, in milliseconds. */
export const longestTurn = 5000;
/** Ctrl+Shift+V pastes the plain text. */
let plainAsked = false;

/** Takes what is pasted, and images that are dropped (`dropImages`). */
export function pasting(): Extension {
  return [
    places,
    Prec.high(
      EditorView.domEventHandlers({
        keydown(event) {
          if (event.key.toLowerCase() === "v")
            plainAsked = event.shiftKey && (event.ctrlKey || event.metaKey);
          return false;
        },
        paste(event, view) {
          const plain = plainAsked;
          plainAsked = false;
          return event.clipboardData !== null && !plain && take(view, event.clipboardData);
        },
      }),
    ),
  ];
}

/**
 * Puts what is found at the selection, or at another place, once it is there; typing goes on meanwhile, also in another
 * text: it is put into the one that it was pasted into. Answers it when it was put in.
 */
export function putWhenReady<T extends MarkdownPaste>(
  view: EditorView,
  find: (state: EditorState) => Promise<T | null>,
  at: { from: number; to: number } = view.state.selection.main,
): Promise<T | null> {
  const id = ++lastPlace;
  const home = homeOf(view);
  home.dispatch({ effects: waits.of({ id, from: at.from, to: at.to }) });
  const text = view.state.facet(editorServices).home ?? view;
  const before = lastPastes.get(text);
  const mine = (before ? withinTime(before) : Promise.resolve()).then(async () => {
    try {
      const counted = nextNote(home.state());
      const found = await find(home.state());
      const state = home.state();
      const place = state.field(places, false)?.find((one) => one.id === id);
      if (!found || !place || !home.isOpen() || state.readOnly) return null;
      home.dispatch({
        ...insertionOf(state, place.from, place.to, countedOn(found, nextNote(state) - counted)),
        userEvent: "input.paste",
        annotations: isolateHistory.of("full"),
        scrollIntoView: true,
      });
      return found;
    } finally {
      home.dispatch({ effects: done.of(id) });
    }
  });
  lastPastes.set(
    text,
    mine.catch(() => null),
  );
  return mine;
}

function withinTime(before: Promise<unknown>): Promise<unknown> {
  return Promise.race([before, new Promise((resolve) => setTimeout(resolve, longestTurn))]);
}

/** Notes that came late, behind others that were put in meanwhile, are counted on from those. */
function countedOn<T extends MarkdownPaste>(paste: T, by: number): T {
  if (by === 0 || paste.notes === "") return paste;
  const moved = (text: string): string =>
    text.replace(/\[\^(\d+)\]/g, (_all, number: string) => `[^${Number(number) + by}]`);
  return { ...paste, body: moved(paste.body), notes: moved(paste.notes) };
}

/** Puts image files at a place on the screen, or at the caret when it is not within the text. */
export function dropImages(view: EditorView, paths: string[], at: { x: number; y: number }): void {
  const { keepImages } = view.state.facet(editorServices);
  if (!keepImages) return;
  const head = view.posAtCoords(at) ?? view.state.selection.main.head;
  const place = betweenBlocks(view.state, head);
  view.focus();
  void putWhenReady(view, () => keepImages(paths), { from: place, to: place }).then((put) =>
    tellPut(view, put),
  );
}

/** A place for a block near a position: never within a word, nor within what would be torn by it. */
export function betweenBlocks(state: EditorState, position: number): number {
  const tree = syntaxTree(state);
  for (const side of [-1, 1] as const) {
    let block = tree.resolveInner(position, side);
    while (block.parent && !block.parent.type.isTop) block = block.parent;
    if (!whole.test(block.name)) continue;
    // The front matter ends with its line end.
    const end = state.doc.lineAt(Math.min(block.to, state.doc.length));
    return end.from === block.to && end.from > 0 ? end.from - 1 : end.to;
  }
  const line = state.doc.lineAt(position);
  return line.text.trim() === "" ? line.from : line.to;
}

const whole =
  /^(?:FrontMatter|Table|FencedCode|CodeBlock|HTMLBlock|CommentBlock|ProcessingInstructionBlock)$/;

/** What putting a text into another changes: lines and blocks stand apart as Markdown wants it, notes at the end. */
export function insertionOf(
  state: EditorState,
  from: number,
  to: number,
  paste: MarkdownPaste,
): { changes: { from: number; to?: number; insert: string }[]; selection: { anchor: number } } {
  const { doc } = state;
  const line = doc.lineAt(from);
  const left = doc.sliceString(line.from, from);
  const right = doc.sliceString(to, doc.lineAt(to).to);
  const mark = /^(?:\s*>)*\s*(?:(?:[-+*]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?)?/.exec(left)?.[0] ?? "";
  let start = from;
  let body = paste.body;
  if (!paste.isLine) {
    // A list that is pasted at the mark of an empty item takes its place.
    if (left === mark && right.trim() === "" && !mark.includes(">") && /^(?:[-+*]|\d+[.)])\s/.test(body))
      start = line.from;
    const hang = start === line.from ? "" : hangOf(mark);
    body = body.replace(/\n(.*)/g, (_all, rest: string) => "\n" + (rest ? hang + rest : hang.trimEnd()));
    const words = left.slice(start === line.from ? left.length : mark.length);
    if (words.trim() !== "") {
      if (!paste.beginsInLine) body = `\n${hang.trimEnd()}\n${hang}${body}`;
    } else if (
      mark === "" &&
      line.number > 1 &&
      !isBlank(doc, line.number - 1) &&
      !isFence(doc, line.number - 1)
    ) {
      body = `\n${body}`;
    }
    const last = doc.lineAt(to);
    if (right.trim() !== "") {
      if (!paste.endsInLine) body += `\n${hang.trimEnd()}\n${hang}`;
    } else if (last.number < doc.lines && !isBlank(doc, last.number + 1) && mark === "") {
      body += "\n";
    }
  }
  const anchor = start + body.length;
  if (!paste.notes) return { changes: [{ from: start, to, insert: body }], selection: { anchor } };
  if (to === doc.length)
    return { changes: [{ from: start, to, insert: `${body}\n\n${paste.notes}\n` }], selection: { anchor } };
  const end = doc.line(doc.lines).text === "" ? "\n" : "";
  return {
    changes: [
      { from: start, to, insert: body },
      { from: doc.length, insert: gapBeforeNotes(doc) + paste.notes + end },
    ],
    selection: { anchor },
  };
}

function take(view: EditorView, data: DataTransfer): boolean {
  const { state } = view;
  const { main, ranges } = state.selection;
  if (state.readOnly) return false;
  // Read at once: the clipboard is gone when the event is.
  const plain = data.getData("text/plain");
  const html = data.getData("text/html");
  // Nothing in the place of what is selected would be a loss.
  const noBlocks = ranges.length > 1 || isInCode(state, main.from);
  const list = data.getData("text/uri-list");
  if (noBlocks) return plain === "" && list === "";
  const files = filesIn(list) ?? filesIn(plain);
  const image = [...data.files].find((file) => file.type.startsWith("image/")) ?? null;
  const address = /^(?:https?:\/\/|mailto:)\S+$/i.test(plain.trim()) ? plain.trim() : null;
  if (address && linked(view, address)) return true;
  const { paste, keepImages } = state.facet(editorServices);
  if (files && keepImages) {
    void putWhenReady(view, () => keepImages(files)).then((put) => tellPut(view, put));
    return true;
  }
  // A line of a heading or a table takes no blocks, and code editors say that they copied code.
  if (html && (isOneLine(state, main.from, main.to) || data.types.includes("vscode-editor-data"))) {
    if (plain.trim() === "") return true;
    view.dispatch(state.replaceSelection(oneLine(state, main.from, plain)), {
      userEvent: "input.paste",
      scrollIntoView: true,
    });
    return true;
  }
  if (!paste || address || (html === "" && plain !== "")) return false;
  const first = (now: EditorState): Promise<MarkdownPaste | null> =>
    paste({ html, plain, image }, nextNote(now)).then((found) => found ?? asItIs(plain));
  void putWhenReady(view, first).then((put) => tellPut(view, put));
  return true;
}

/** Tells the page what was put in, for what is to be said or asked about it. */
function tellPut(view: EditorView, put: MarkdownPaste | null): void {
  if (put) view.state.facet(editorServices).put?.(homeOf(view).view(), put);
}

/** The plain text, with nothing made of it. */
function asItIs(plain: string): MarkdownPaste | null {
  const body = plain.replace(/\r\n?/g, "\n");
  return body === "" ? null : { body, notes: "", beginsInLine: true, endsInLine: true, isLine: true };
}

/** Makes a link of the selected words; false where there is nothing to make one of. */
function linked(view: EditorView, address: string): boolean {
  const { state } = view;
  const { from, to, empty } = state.selection.main;
  const words = state.sliceDoc(from, to);
  if (
    empty ||
    words.trim() === "" ||
    words.includes("\n") ||
    isInAddress(state, from) ||
    isInAddress(state, to)
  )
    return false;
  if (/^(?:https?:\/\/|mailto:)\S+$/i.test(words)) return false;
  const target = address.replace(/[()<>\\]/g, (sign) => encodeURIComponent(sign).replace(/[()]/, escape));
  const insert = `[${words.replace(/[[\]]/g, "\\$&")}](${target})`;
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: "input.paste",
    annotations: isolateHistory.of("full"),
    scrollIntoView: true,
  });
  return true;
}

/** The paths of files that a file manager copied; null when it is something else. */
function filesIn(text: string): string[] | null {
  const lines = text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
  if (
    lines.length === 0 ||
    !lines.every((line) => /^file:\/\/.+\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(line))
  )
    return null;
  return lines.flatMap((line) => {
    try {
      return [decodeURIComponent(new URL(line).pathname)];
    } catch {
      return [];
    }
  });
}

/** Whether the place is a heading or a row of a table. */
function isOneLine(state: EditorState, from: number, to: number): boolean {
  const line = state.doc.lineAt(from);
  return to <= line.to && (/^ {0,3}#{1,6}\s/.test(line.text) || /^\s*\|.*\|\s*$/.test(line.text));
}

function oneLine(state: EditorState, at: number, plain: string): string {
  const words = plain.trim().replace(/\s*\n\s*/g, " ");
  return state.doc.lineAt(at).text.trimStart().startsWith("|") ? words.replace(/\|/g, "\\|") : words;
}

/** What stands before the further lines of a quotation or an item. */
function hangOf(mark: string): string {
  const quote = /^(?:\s*>)*\s?/.exec(mark)?.[0] ?? "";
  return quote.includes(">") ? quote + " ".repeat(mark.length - quote.length) : " ".repeat(mark.length);
}

function isBlank(doc: Text, number: number): boolean {
  return doc.line(number).text.trim() === "";
}

/** Whether a line ends the front matter. */
function isFence(doc: Text, number: number): boolean {
  return /^(?:---|\+\+\+)\s*$/.test(doc.line(number).text);
}
