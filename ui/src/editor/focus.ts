// Focus: all but the paragraph, or the sentence, at the caret steps back. Only what is on the screen is looked at.
import { syntaxTree } from "@codemirror/language";
import {
  Compartment,
  type EditorState,
  type Extension,
  type Range,
  type TransactionSpec,
} from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { SyntaxNode } from "@lezer/common";
import { sentenceAt } from "./sentences";

/** What stays in front: everything, or the paragraph or the sentence at the caret; in the order of the command. */
export const focusModes = ["off", "paragraph", "sentence"] as const;
/** One of `focusModes`. */
export type FocusMode = (typeof focusModes)[number];

type Span = { from: number; to: number };

const compartment = new Compartment();

/** Lets all step back but what is at the caret. */
export function focus(mode: FocusMode): Extension {
  return compartment.of(dimming(mode));
}

/** Changes what stays in front in an open editor. */
export function changeFocus(mode: FocusMode): TransactionSpec {
  return { effects: compartment.reconfigure(dimming(mode)) };
}

/** The parts of the text that stay in front, in order, none touching another. A selection stays in front whole. */
export function spansInFront(state: EditorState, mode: Exclude<FocusMode, "off">): Span[] {
  const spans: Span[] = [];
  for (const range of state.selection.ranges) {
    const first = spanAt(state, range.from, mode);
    const last = range.empty ? first : spanAt(state, range.to, mode);
    const span = { from: Math.min(first.from, range.from), to: Math.max(last.to, range.to) };
    const before = spans.at(-1);
    if (before && span.from <= before.to) before.to = Math.max(before.to, span.to);
    else spans.push(span);
  }
  return spans;
}

/** The decorations of what steps back within some ranges of the text; for the plugin and its tests. */
export function dimmed(
  state: EditorState,
  mode: Exclude<FocusMode, "off">,
  ranges: readonly Span[],
): DecorationSet {
  const spans = spansInFront(state, mode);
  const found: Range<Decoration>[] = [];
  let last = -1;
  for (const range of ranges) {
    for (let at = range.from; at <= range.to;) {
      const line = state.doc.lineAt(at);
      const inside = spans.filter(({ from, to }) => from <= line.to && to >= line.from);
      if (inside.length === 0) {
        if (line.from > last) found.push(dimLine.range(line.from));
      } else {
        let from = Math.max(line.from, range.from);
        const end = Math.min(line.to, range.to);
        for (const span of [...inside, { from: end, to: end }]) {
          const to = Math.min(span.from, end);
          if (to > from) found.push(dimPart.range(from, to));
          from = Math.max(from, span.to);
        }
      }
      last = line.from;
      at = line.to + 1;
    }
  }
  return Decoration.set(found, true);
}

const dimLine = Decoration.line({ class: "cm-dim" });
const dimPart = Decoration.mark({ class: "cm-dim" });

function dimming(chosen: FocusMode): Extension {
  if (chosen === "off") return [];
  const mode = chosen;
  return [
    EditorView.editorAttributes.of({ class: "cm-focusing" }),
    look,
    ViewPlugin.fromClass(
      class {
        decorations: DecorationSet;
        constructor(view: EditorView) {
          this.decorations = dimmed(view.state, mode, view.visibleRanges);
        }
        update(update: ViewUpdate): void {
          const needed =
            update.docChanged ||
            update.viewportChanged ||
            update.selectionSet ||
            syntaxTree(update.startState) !== syntaxTree(update.state);
          if (needed) this.decorations = dimmed(update.state, mode, update.view.visibleRanges);
        }
      },
      { decorations: (plugin) => plugin.decorations },
    ),
  ];
}

/** So much of a block is looked at on either side of the caret for where its sentence begins and ends. */
const reach = 4000;

function spanAt(state: EditorState, position: number, mode: Exclude<FocusMode, "off">): Span {
  const block = blockAt(state, position);
  if (mode === "paragraph" || !block.prose) return block;
  const from = Math.max(block.from, position - reach);
  const to = Math.min(block.to, position + reach);
  // Line ends within a paragraph and the marks of quotations are blanks between words.
  const text = state.sliceDoc(from, to).replace(/(^|\n)([ \t>]*)/g, (whole) => " ".repeat(whole.length));
  const sentence = sentenceAt(text, position - from);
  return { from: from + sentence.from, to: from + sentence.to };
}

const prose = /^(?:Paragraph|Task)$/;
const other =
  /^(?:ATXHeading\d|SetextHeading\d|Table|FencedCode|CodeBlock|HTMLBlock|CommentBlock|ProcessingInstructionBlock|LinkReference|FrontMatter|HorizontalRule)$/;

/** The whole lines of the block at a position, and whether it has sentences. */
function blockAt(state: EditorState, position: number): Span & { prose: boolean } {
  const line = state.doc.lineAt(position);
  const end = line.from + line.text.trimEnd().length;
  const tree = syntaxTree(state);
  for (const [at, side] of [[position, -1] as const, [position, 1] as const, [end, -1] as const]) {
    for (let node: SyntaxNode | null = tree.resolveInner(at, side); node; node = node.parent) {
      if (node.from > line.to || node.to < line.from) break;
      const isProse = prose.test(node.name);
      if (!isProse && !other.test(node.name)) continue;
      const last = state.doc.lineAt(node.to);
      // What ends where a line begins does not hold that line.
      const to = last.from === node.to && node.to > node.from ? node.to - 1 : last.to;
      return { from: state.doc.lineAt(node.from).from, to, prose: isProse };
    }
  }
  return { from: line.from, to: line.to, prose: false };
}

// The faint ink of the theme has the contrast that reading needs: what steps back can still be read.
const faint = { color: "var(--faint) !important", textDecorationColor: "var(--rule-strong) !important" };

const look = EditorView.theme({
  ".cm-dim, .cm-dim *": faint,
  ".cm-dim *:not(.cm-searchMatch):not(input)": { background: "none" },
  ".cm-dim.cm-quotation, .cm-dim.cm-alert": { borderInlineStartColor: "var(--rule-strong)" },
  ".cm-head-form:not(:focus-within) *, .cm-table *, .cm-picture *": faint,
  ".cm-picture img": { opacity: "0.5" },
});
