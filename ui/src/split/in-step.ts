// The text and its finished look scroll in step: whichever the hand is on takes the other along.
import type { EditorView } from "@codemirror/view";
import { across, type Half, held, type Pair, rising, type Scrolled, scrolledTo } from "./heights";
import type { PreviewBody } from "./preview-body";

/** The two halves held together. */
export type InStep = {
  /** The text was edited, or its look is another one: brings the other half to where the hand is. */
  align: () => void;
  /** The text was edited by whoever writes: from now on the block of the caret is what is held in view. */
  written: () => void;
  stop: () => void;
};

/** What moved the halves last: a scroll is nobody's when it is where we put the half ourselves. */
const near = 1.5;

/** Holds an editor and the look of its text together; `look` is the element that scrolls. */
export function inStep(view: EditorView, look: HTMLElement, body: PreviewBody): InStep {
  const text = view.scrollDOM;
  /** The half that was last touched: by wheel, pointer, key. */
  let hand: Half = "text";
  /** Whether one writes, and the caret's block is what is to be seen. */
  let writing = false;
  const expected: Record<Half, number> = { text: text.scrollTop, look: look.scrollTop };
  let frame = 0;

  const scrolled = (half: Half): Scrolled => {
    const element = half === "text" ? text : look;
    return { top: element.scrollTop, seen: element.clientHeight, whole: wholeOf(half) };
  };

  /** How high a half is. The room below the last line, into which a text can be scrolled, has nothing to be held with. */
  function wholeOf(half: Half): number {
    if (half === "look") return look.scrollHeight;
    const lastLine = startOfText() + view.lineBlockAt(view.state.doc.length).bottom;
    return Math.min(text.scrollHeight, Math.max(text.clientHeight, lastLine + below));
  }

  /** The height of the text's first line, from the top of what is scrolled. */
  const startOfText = (): number => view.documentTop - text.getBoundingClientRect().top + text.scrollTop;

  function heightOfLine(line: number): number {
    const { doc } = view.state;
    const { from } = doc.line(Math.min(Math.max(1, line), doc.lines));
    return startOfText() + view.lineBlockAt(from).top;
  }

  function heightOfElement(element: Element): number {
    return element.getBoundingClientRect().top - look.getBoundingClientRect().top + look.scrollTop;
  }

  /** The pairs from a block to the next; before the first one, from the top. */
  function pairsOf(index: number): Pair[] {
    const count = body.count();
    const end: Pair = { text: wholeOf("text"), look: wholeOf("look") };
    const next = body.block(index + 1);
    const last =
      next && index + 1 < count
        ? { text: heightOfLine(body.lineOf(index + 1)), look: heightOfElement(next) }
        : end;
    const block = body.block(index);
    if (index < 0 || !block) return rising([{ text: 0, look: 0 }, last]);
    const line = body.lineOf(index);
    const within = [...block.querySelectorAll("[data-line]")].slice(0, mostWithin).map((element) => ({
      text: heightOfLine(line + Number(element.getAttribute("data-line"))),
      look: heightOfElement(element),
    }));
    return rising([{ text: heightOfLine(line), look: heightOfElement(block) }, ...within, last]);
  }

  function blockAtText(height: number): number {
    const at = view.lineBlockAtHeight(height - startOfText());
    return body.at(view.state.doc.lineAt(at.from).number);
  }

  function blockAtLook(height: number): number {
    return body.atHeight(height - look.scrollTop + look.getBoundingClientRect().top);
  }

  function put(half: Half, top: number): void {
    const element = half === "text" ? text : look;
    const most = Math.max(0, element.scrollHeight - element.clientHeight);
    const wanted = Math.round(Math.min(most, Math.max(0, top)));
    if (Math.abs(element.scrollTop - wanted) > 0.5) element.scrollTop = wanted;
    expected[half] = element.scrollTop;
  }

  /** Brings the half that the hand is not on to where the other one is. */
  function follow(): void {
    if (text.clientHeight === 0 || look.clientHeight === 0) return;
    if (hand === "look") {
      const height = held(scrolled("look"));
      const to = across(height, "look", pairsOf(blockAtLook(height)));
      put("text", scrolledTo(to, scrolled("text")));
      return;
    }
    const caret = writing ? caretHeight() : null;
    if (caret === null) {
      const height = held(scrolled("text"));
      const to = across(height, "text", pairsOf(blockAtText(height)));
      put("look", scrolledTo(to, scrolled("look")));
      return;
    }
    // What is written stands at one height in both halves.
    const to = across(caret, "text", pairsOf(blockAtText(caret)));
    put("look", to - (caret - text.scrollTop));
  }

  /** The height of the caret, when it is seen. */
  function caretHeight(): number | null {
    const block = view.lineBlockAt(view.state.selection.main.head);
    const coords = view.coordsAtPos(view.state.selection.main.head);
    const height = coords
      ? coords.top - text.getBoundingClientRect().top + text.scrollTop
      : startOfText() + block.top;
    const seen = height >= text.scrollTop && height <= text.scrollTop + text.clientHeight;
    return seen ? height : null;
  }

  /** Whether the block of the caret is seen in the look. */
  function caretIsShown(): boolean {
    const block = body.block(body.at(view.state.doc.lineAt(view.state.selection.main.head).number));
    if (!block) return true;
    const box = block.getBoundingClientRect();
    const edge = look.getBoundingClientRect();
    return box.bottom > edge.top + margin && box.top < edge.bottom - margin;
  }

  /** Heights of what was not laid out come true once it is seen: looked at again in the next frames. */
  function settle(frames = 3): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const before = hand === "text" ? look.scrollTop : text.scrollTop;
      keep();
      const after = hand === "text" ? look.scrollTop : text.scrollTop;
      if (frames > 1 && Math.abs(after - before) > near) settle(frames - 1);
    });
  }

  function heard(half: Half): void {
    const element = half === "text" ? text : look;
    if (Math.abs(element.scrollTop - expected[half]) <= near) return;
    expected[half] = element.scrollTop;
    // Only the half that the hand is on takes the other along; what else moved it is the layout.
    if (half !== hand) return;
    follow();
    settle();
  }

  const touched = (half: Half, scrolls: boolean) => (): void => {
    hand = half;
    if (scrolls) writing = false;
  };
  const keyed = (event: KeyboardEvent): void => {
    hand = "text";
    if (/^Page(?:Up|Down)$/.test(event.key)) writing = false;
  };
  const listeners: [HTMLElement, string, (event: never) => void][] = [
    [text, "scroll", () => heard("text")],
    [look, "scroll", () => heard("look")],
    [text, "wheel", touched("text", true)],
    [text, "touchmove", touched("text", true)],
    [text, "pointerdown", touched("text", true)],
    [text, "keydown", keyed],
    [look, "wheel", touched("look", true)],
    [look, "touchmove", touched("look", true)],
    [look, "pointerdown", touched("look", true)],
    [look, "keydown", touched("look", true)],
  ];
  for (const [element, name, run] of listeners)
    element.addEventListener(name, run as EventListener, { passive: true });
  /** Heights are others now. What is written and seen in both stays where it is. */
  function keep(): void {
    if (hand === "text" && writing && caretIsShown()) expected.look = look.scrollTop;
    else follow();
  }
  // Images come, lines are measured, the border is moved, the letters grow: told after layout and before paint.
  const sizes = typeof ResizeObserver === "function" ? new ResizeObserver(keep) : null;
  for (const element of [look, look.firstElementChild, text, view.contentDOM])
    if (element) sizes?.observe(element);

  return {
    align() {
      keep();
      settle();
    },
    written() {
      hand = "text";
      writing = true;
    },
    stop() {
      cancelAnimationFrame(frame);
      sizes?.disconnect();
      for (const [element, name, run] of listeners) element.removeEventListener(name, run as EventListener);
    },
  };
}

/** So many places within a block are enough, however long a list or a table is. */
const mostWithin = 400;
/** What is left below the last line of a text, in pixels. */
const below = 48;
/** What of a block has to be seen of it, in pixels. */
const margin = 12;
