// The text as it will read, while it is written: marks are hidden except where the caret or the selection is.
// Only what is on the screen is worked out, and only its decorations are kept.
import { syntaxTree } from "@codemirror/language";
import { type EditorState, type Extension, Prec, type Range } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
  type WidgetType,
} from "@codemirror/view";
import type { SyntaxNode, SyntaxNodeRef } from "@lezer/common";
import { declarationOf } from "./declared";
import { directionOf } from "./direction";
import { inlineTag } from "./inline-html";
import {
  AlertName,
  ImageName,
  ItemMark,
  LanguageLabel,
  LineBreak,
  NamedSign,
  NoteCallSign,
  Rule,
  TaskBox,
} from "./inline-widgets";
import { notesRenumbered, numberOfInlineNote, numberOfNote } from "./note-numbers";
import { isRevealed, revealedRanges, type Revealed } from "./reveal";
import { isSource } from "./source";
import { unbrokenAround, unbrokenLook } from "./unbroken";

/** Shows the text as it will read, except at the caret. */
export function livePreview(): Extension {
  return [preview, unbrokenLook];
}

const preview = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    unbroken: DecorationSet;
    constructor(view: EditorView) {
      ({ decorations: this.decorations, unbroken: this.unbroken } = drawn(view.state, view.visibleRanges));
    }
    update(update: ViewUpdate): void {
      const needed =
        update.docChanged ||
        update.viewportChanged ||
        notesRenumbered(update) ||
        syntaxTree(update.startState) !== syntaxTree(update.state) ||
        update.startState.facet(isSource) !== update.state.facet(isSource) ||
        revealedRanges(update.startState) !== revealedRanges(update.state);
      if (!needed) return;
      const { state, view } = update;
      ({ decorations: this.decorations, unbroken: this.unbroken } = drawn(state, view.visibleRanges));
    }
  },
  {
    decorations: (plugin) => plugin.decorations,
    // Around all others, none of which cuts it in two.
    provide: (plugin) =>
      Prec.lowest(EditorView.decorations.of((view) => view.plugin(plugin)?.unbroken ?? Decoration.none)),
  },
);

/** The decorations of the live preview for some ranges of the text; for the plugin and its tests. */
export function previewDecorations(
  state: EditorState,
  ranges: readonly { from: number; to: number }[],
): DecorationSet {
  return drawn(state, ranges).decorations;
}

type Drawn = { decorations: DecorationSet; unbroken: DecorationSet };

function drawn(state: EditorState, ranges: readonly { from: number; to: number }[]): Drawn {
  if (state.facet(isSource)) return { decorations: Decoration.none, unbroken: Decoration.none };
  const pen = new Pen(state);
  for (const { from, to } of ranges) {
    pen.window = { from, to };
    syntaxTree(state).iterate({ from, to, enter: (node) => draw(pen, node) });
  }
  return { decorations: Decoration.set(pen.finish(), true), unbroken: Decoration.set(pen.unbroken(), true) };
}

type LineLook = { classes: string; depth: number; first: boolean };

/** Collects decorations; what is said of one line is gathered into one decoration. */
class Pen {
  readonly shown: readonly Revealed[];
  window: Revealed = { from: 0, to: 0 };
  private readonly marks: Range<Decoration>[] = [];
  private readonly places: { from: number; to: number; shown: boolean }[] = [];
  private readonly lines = new Map<number, LineLook>();

  constructor(readonly state: EditorState) {
    this.shown = revealedRanges(state);
  }
  isShown(from: number, to: number): boolean {
    return isRevealed(this.shown, from, to);
  }
  isLineShown(position: number): boolean {
    const line = this.state.doc.lineAt(position);
    return this.isShown(line.from, line.to);
  }
  hide(from: number, to: number): void {
    if (to <= from) return;
    this.marks.push(hidden.range(from, to));
    this.places.push({ from, to, shown: false });
  }
  mark(className: string, from: number, to: number): void {
    if (to > from) this.marks.push(markOf(className).range(from, to));
  }
  replace(widget: Decoration, from: number, to: number): void {
    this.marks.push(widget.range(from, to));
  }
  /** Puts a sign among the words in place of what stands there. */
  sign(widget: WidgetType, from: number, to: number): void {
    this.replace(Decoration.replace({ widget }), from, to);
    this.places.push({ from, to, shown: true });
  }
  /** Gives the lines of a node a class, as far as they are on the screen. */
  linesOf(node: { from: number; to: number }, className: string): void {
    const end = Math.min(node.to, this.window.to);
    for (let at = Math.max(node.from, this.window.from); at <= end;) {
      const line = this.state.doc.lineAt(at);
      this.line(line.from).classes += ` ${className}`;
      at = line.to + 1;
    }
  }
  /** An empty line between a tag that is not seen and what it is around takes little room. */
  narrow(number: number): void {
    const { doc } = this.state;
    if (number < 1 || number > doc.lines) return;
    const line = doc.line(number);
    if (line.text.trim() === "" && !this.isShown(line.from, line.to))
      this.line(line.from).classes += " cm-language-gap";
  }
  line(start: number): LineLook {
    let look = this.lines.get(start);
    if (!look) this.lines.set(start, (look = { classes: "", depth: 0, first: false }));
    return look;
  }
  finish(): Range<Decoration>[] {
    for (const [start, look] of this.lines) this.marks.push(lineOf(look).range(start));
    return this.marks;
  }
  /** What is not to be parted from what was hidden, or from a sign. */
  unbroken(): Range<Decoration>[] {
    return unbrokenAround(
      this.state,
      this.places.sort((one, other) => one.from - other.from),
    );
  }
}

const hidden = Decoration.replace({});
const rule = Decoration.replace({ widget: new Rule() });
const lineBreak = Decoration.replace({ widget: new LineBreak() });
const marksByClass = new Map<string, Decoration>();
const linesByLook = new Map<string, Decoration>();

function markOf(className: string): Decoration {
  let mark = marksByClass.get(className);
  if (!mark) marksByClass.set(className, (mark = Decoration.mark({ class: className })));
  return mark;
}

function lineOf(look: LineLook): Decoration {
  const key = `${look.classes}|${look.depth}|${look.first}`;
  let line = linesByLook.get(key);
  if (line) return line;
  const indent = `${look.depth * 1.5}em`;
  const style = look.depth
    ? `padding-inline-start:${indent}${look.first ? `;text-indent:-${indent}` : ""}`
    : "";
  const attributes: Record<string, string> = style ? { style } : {};
  line = Decoration.line({ class: look.classes.trim(), attributes });
  linesByLook.set(key, line);
  return line;
}

/** What to do with a node; false leaves its children out. */
function draw(pen: Pen, node: SyntaxNodeRef): boolean | undefined {
  const name = node.name;
  if (name.startsWith("ATXHeading")) return heading(pen, node);
  switch (name) {
    case "Subscript":
      pen.mark("cm-subscript", node.from, node.to);
      return delimited(pen, node);
    case "Emphasis":
    case "StrongEmphasis":
    case "Strikethrough":
    case "Marked":
    case "InlineCode":
      return delimited(pen, node);
    case "Escape":
      if (!pen.isShown(node.from, node.to)) pen.hide(node.from, node.from + 1);
      return;
    case "Entity":
      return entity(pen, node);
    case "HardBreak":
      // Blanks at the end of a line are not seen anyway.
      if (!pen.isLineShown(node.from) && pen.state.sliceDoc(node.from, node.from + 1) === "\\")
        pen.hide(node.from, node.from + 1);
      return;
    case "HTMLTag":
      return htmlTag(pen, node);
    case "Comment":
      pen.mark("cm-html-tag", node.from, node.to);
      return false;
    case "URL":
      if (node.node.parent?.name === "Autolink" || isBareAddress(node.node))
        pen.mark("cm-link", node.from, node.to);
      return;
    case "Link":
      return link(pen, node.node);
    case "Image":
      return image(pen, node.node);
    case "Autolink":
      if (!pen.isShown(node.from, node.to)) hideEnds(pen, node, 1, 1);
      return;
    case "WikiEmbed":
    case "WikiLink":
      return wikiLink(pen, node.node);
    case "FootnoteReference":
      footnote(pen, node);
      return;
    case "InlineNote":
      return inlineNote(pen, node);
    case "FootnoteLabel":
      if (!pen.isShown(node.from, node.to)) hideEnds(pen, node, 2, 2);
      return;
    case "FootnoteDefinition":
      pen.linesOf(node, "cm-footnote");
      return;
    case "Blockquote":
      return quotation(pen, node.node);
    case "QuoteMark":
      if (!pen.isLineShown(node.from)) hideWithSpace(pen, node.from, node.to);
      return;
    case "AlertMark": {
      const kind = pen.state.sliceDoc(node.from + 2, node.to - 1).toLowerCase();
      const shown = pen.isShown(node.from, node.to);
      if (!shown) pen.replace(Decoration.replace({ widget: new AlertName(kind) }), node.from, node.to);
      return;
    }
    case "ListItem":
      return listItem(pen, node.node);
    case "HorizontalRule":
      if (!pen.isLineShown(node.from)) pen.replace(rule, node.from, node.to);
      return;
    case "SetextHeading1":
    case "SetextHeading2":
      pen.linesOf(
        { from: node.from, to: pen.state.doc.lineAt(node.to).from - 1 },
        `cm-heading cm-heading-${name.slice(-1)}`,
      );
      return;
    case "FencedCode":
      pen.linesOf(node, "cm-code");
      pen.line(pen.state.doc.lineAt(node.from).from).classes += " cm-code-first";
      return;
    case "CodeBlock":
      pen.linesOf(node, "cm-code");
      return;
    case "HTMLBlock":
      if (!declaration(pen, node)) pen.linesOf(node, "cm-html");
      return false;
    case "CommentBlock":
    case "ProcessingInstructionBlock":
      pen.linesOf(node, "cm-html");
      return false;
    case "Table":
      pen.linesOf(node, "cm-table-source");
      return;
    case "LinkReference":
      pen.linesOf(node, "cm-link-reference");
      return false;
    case "FrontMatter":
      pen.linesOf(node, "cm-front-matter");
      return false;
    default:
      return;
  }
}

function heading(pen: Pen, node: SyntaxNodeRef): undefined {
  const line = pen.state.doc.lineAt(node.from);
  pen.line(line.from).classes += ` cm-heading cm-heading-${node.name.slice(-1)}`;
  if (pen.isShown(line.from, line.to)) return;
  const marks = node.node.getChildren("HeaderMark");
  const first = marks[0];
  if (first) hideWithSpace(pen, first.from, first.to);
  const last = marks[1];
  if (last) pen.hide(Math.max(last.from - 1, first?.to ?? 0), last.to);
}

function delimited(pen: Pen, node: SyntaxNodeRef): undefined {
  if (pen.isShown(node.from, node.to)) return;
  const inner = node.node;
  const first = inner.firstChild;
  const last = inner.lastChild;
  if (first && first.from === node.from && isMark(first)) pen.hide(first.from, first.to);
  if (last && last !== first && last.to === node.to && isMark(last)) pen.hide(last.from, last.to);
}

function isMark(node: SyntaxNode): boolean {
  return node.name.endsWith("Mark");
}

function link(pen: Pen, node: SyntaxNode): undefined {
  // `[sic]` in a sentence parses as a link without a target: it is left as it is.
  if (!node.getChild("URL") && !node.getChild("LinkLabel")) return;
  const marks = node.getChildren("LinkMark");
  const [open, close] = marks;
  if (!open || !close) return;
  pen.mark("cm-link", open.to, close.from);
  if (pen.isShown(node.from, node.to) || close.from === open.to) return;
  pen.hide(node.from, open.to);
  pen.hide(close.from, node.to);
}

function image(pen: Pen, node: SyntaxNode): false {
  const close = node.getChildren("LinkMark")[1];
  if (close && !pen.isShown(node.from, node.to)) {
    const words = pen.state.sliceDoc(node.from + 2, close.from);
    pen.replace(Decoration.replace({ widget: new ImageName(words) }), node.from, node.to);
  }
  return false;
}

/** A character by its name is shown as the character, a no-break space as a space. */
function entity(pen: Pen, node: SyntaxNodeRef): undefined {
  if (pen.isShown(node.from, node.to)) return;
  const sign = signNamed(pen.state.sliceDoc(node.from, node.to));
  if (sign) pen.sign(new NamedSign(sign), node.from, node.to);
}

/** The character that `&name;` or `&#number;` stands for; names that texts have, others stay as they are. */
function signNamed(entity: string): string {
  const [, number, hex, name] = /^&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));$/i.exec(entity) ?? [];
  if (name) return named[name] ?? "";
  const code = number ? Number(number) : hex ? parseInt(hex, 16) : 0;
  return code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : "";
}

const named: Record<string, string> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", nnbsp: "\u202f", thinsp: "\u2009" },
  ...{
    laquo: "«",
    raquo: "»",
    lsquo: "‘",
    rsquo: "’",
    ldquo: "“",
    rdquo: "”",
    hellip: "…",
    ndash: "–",
    mdash: "—",
  },
  ...{
    middot: "·",
    bull: "•",
    euro: "€",
    copy: "©",
    deg: "°",
    times: "×",
    sect: "§",
    eacute: "é",
    egrave: "è",
  },
  ...{ agrave: "à", ccedil: "ç", ecirc: "ê", icirc: "î", ocirc: "ô", ucirc: "û", oelig: "œ", ugrave: "ù" },
};

/** Tags that set words as Markdown would are hidden as its marks are; others step back behind what they are around. */
function htmlTag(pen: Pen, node: SyntaxNodeRef): false {
  const tag = inlineTag(node.node, (one) => pen.state.sliceDoc(one.from, one.to));
  if (!tag) {
    pen.mark("cm-html-tag", node.from, node.to);
    return false;
  }
  if (tag.kind === "break") {
    if (pen.isShown(node.from, node.to)) pen.mark("cm-html-tag", node.from, node.to);
    else pen.replace(lineBreak, node.from, node.to);
    return false;
  }
  const [open, close] = tag.kind === "open" ? [node, tag.other] : [tag.other, node];
  if (tag.kind === "open") {
    if (tag.lang === null) pen.mark(`cm-html-${tag.name}`, open.to, close.from);
    else if (close.from > open.to)
      pen.replace(spoken(`cm-phrase cm-html-${tag.name}`, tag.lang), open.to, close.from);
  }
  if (pen.isShown(open.from, close.to)) pen.mark("cm-html-tag", node.from, node.to);
  else pen.hide(node.from, node.to);
  return false;
}

/** The tags of a language around blocks: its name stands for the first, nothing for the last. */
function declaration(pen: Pen, node: SyntaxNodeRef): boolean {
  const says = declarationOf(pen.state, node.node);
  const line = pen.state.doc.lineAt(node.from);
  if (says === null || node.to > line.to || pen.isShown(line.from, line.to)) return false;
  if (says === "end") {
    pen.line(line.from).classes += " cm-language-end";
    pen.hide(node.from, node.to);
    pen.narrow(line.number - 1);
  } else {
    pen.line(line.from).classes += " cm-language-line";
    pen.replace(Decoration.replace({ widget: new LanguageLabel(says.lang) }), node.from, node.to);
    pen.narrow(line.number + 1);
  }
  return true;
}

function spoken(className: string, lang: string): Decoration {
  const key = `${className}|${lang}`;
  let mark = marksByClass.get(key);
  if (!mark) {
    mark = Decoration.mark({ class: className, attributes: { lang, dir: directionOf(lang) } });
    marksByClass.set(key, mark);
  }
  return mark;
}

function isBareAddress(node: SyntaxNode): boolean {
  return !/^(?:Link|Image|LinkReference|Autolink)$/.test(node.parent?.name ?? "");
}

function wikiLink(pen: Pen, node: SyntaxNode): false {
  const marks = node.getChildren("WikiLinkMark");
  const target = node.getChild("WikiLinkTarget");
  const last = marks[marks.length - 1];
  if (!target || !last) return false;
  const label = marks.length === 3 ? marks[1] : undefined;
  const from = label ? label.to : target.from;
  if (node.name === "WikiEmbed" && !pen.isShown(node.from, node.to)) {
    const name = new ImageName(pen.state.sliceDoc(from, last.from));
    pen.replace(Decoration.replace({ widget: name }), node.from, node.to);
    return false;
  }
  pen.mark("cm-link", from, last.from);
  if (!pen.isShown(node.from, node.to) && last.from > from) {
    pen.hide(node.from, from);
    pen.hide(last.from, last.to);
  }
  return false;
}

function quotation(pen: Pen, node: SyntaxNode): undefined {
  const alert = node.getChild("Paragraph")?.firstChild;
  if (alert?.name === "AlertMark") {
    const kind = pen.state.sliceDoc(alert.from + 2, alert.to - 1).toLowerCase();
    pen.linesOf(node, `cm-alert cm-alert-${kind}`);
  } else {
    let depth = 1;
    for (let up = node.parent; up; up = up.parent) if (up.name === "Blockquote") depth++;
    if (depth === 1) pen.linesOf(node, "cm-quotation");
    else if (depth < 4) pen.linesOf(node, `cm-quotation-within cm-quotation-${depth}`);
  }
}

function listItem(pen: Pen, node: SyntaxNode): undefined {
  let depth = 0;
  for (let up: SyntaxNode | null = node; up; up = up.parent) if (up.name === "ListItem") depth++;
  const mark = node.getChild("ListMark");
  if (!mark) return;
  const doc = pen.state.doc;
  const first = doc.lineAt(node.from);
  const end = Math.min(node.to, pen.window.to);
  for (let at = Math.max(node.from, pen.window.from); at <= end;) {
    const line = doc.lineAt(at);
    const look = pen.line(line.from);
    look.depth = Math.max(look.depth, depth);
    if (line.from === first.from) look.first = true;
    else if (!pen.isShown(line.from, line.to)) {
      const indent = /^[ \t]+/.exec(line.text)?.[0].length ?? 0;
      // A nested item hides the indent together with its own mark.
      if (indent && !startsItem.test(line.text) && !look.classes.includes("cm-code"))
        pen.hide(line.from, line.from + indent);
    }
    at = line.to + 1;
  }
  drawMark(pen, node, mark, first, depth);
}

const startsItem = /^\s*(?:[-+*]|\d+[.)])(?:\s|$)/;

function drawMark(
  pen: Pen,
  node: SyntaxNode,
  mark: SyntaxNode,
  line: { from: number; text: string },
  depth: number,
): void {
  const task = node.getChild("Task")?.getChild("TaskMarker");
  const end = task ? task.to : mark.to;
  if (pen.isShown(mark.from, end)) return;
  const lead = pen.state.sliceDoc(line.from, mark.from);
  const from = lead.trim() === "" ? line.from : mark.from;
  const space = pen.state.sliceDoc(end, end + 1) === " " ? 1 : 0;
  if (task) {
    const ticked = pen.state.sliceDoc(task.from + 1, task.from + 2) !== " ";
    if (ticked) pen.line(line.from).classes += " cm-task-done";
    pen.replace(Decoration.replace({ widget: new TaskBox(ticked, depth) }), from, end + space);
    return;
  }
  const ordered = node.parent?.name === "OrderedList";
  const text = pen.state.sliceDoc(mark.from, mark.to);
  pen.replace(Decoration.replace({ widget: new ItemMark(text, depth, ordered) }), from, end + space);
}

function hideEnds(pen: Pen, node: { from: number; to: number }, before: number, after: number): void {
  pen.hide(node.from, node.from + before);
  pen.hide(node.to - after, node.to);
}

/** A call shows the number of its note; one without a note shows its label. */
function footnote(pen: Pen, node: SyntaxNodeRef): void {
  const number = numberOfNote(pen.state, pen.state.sliceDoc(node.from + 2, node.to - 1));
  if (pen.isShown(node.from, node.to)) {
    pen.mark("cm-footnote-reference", node.from, node.to);
  } else if (number === undefined) {
    pen.mark("cm-footnote-reference", node.from, node.to);
    hideEnds(pen, node, 2, 1);
  } else {
    pen.sign(new NoteCallSign(number), node.from, node.to);
  }
}

/** A note that is written where it is called shows its number, and its words at the caret. */
function inlineNote(pen: Pen, node: SyntaxNodeRef): boolean {
  const number = numberOfInlineNote(pen.state, node.from);
  // What reaches over the end of a line can't be replaced here.
  const lines = pen.state.doc.lineAt(node.from).to < node.to;
  if (number === undefined || lines || pen.isShown(node.from, node.to)) {
    pen.mark("cm-footnote-inline", node.from, node.to);
    return true;
  }
  pen.sign(new NoteCallSign(number), node.from, node.to);
  return false;
}

function hideWithSpace(pen: Pen, from: number, to: number): void {
  const space = pen.state.sliceDoc(to, to + 1) === " " ? 1 : 0;
  pen.hide(from, to + space);
}
