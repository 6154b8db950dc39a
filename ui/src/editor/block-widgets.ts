// What is shown in place of whole lines: tables, images that stand alone; and images below their line.
// Tables are grids that are edited as they are shown (`tables/`). The decorations of blocks must come from a field. It is kept by blocks: a change maps what is known and looks
// again only from the block that changed to the first block that the parser took over from the tree before.
import { syntaxTree } from "@codemirror/language";
import {
  type ChangeDesc,
  type EditorState,
  type Extension,
  type Range,
  RangeSet,
  StateField,
  type Transaction,
} from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, type WidgetType } from "@codemirror/view";
import type { SyntaxNode, Tree } from "@lezer/common";
import { Picture } from "./picture";
import { revealedRanges } from "./reveal";
import { isSource } from "./source";
import { TableGrid } from "./tables/table-grid";
import { behindTable, tableAsText } from "./tables/table-place";

/** Shows tables and images as they will read, except where the caret is. */
export function blockWidgets(): Extension {
  return blocks;
}

/** All that could be shown as blocks, wherever the caret is; for tests. */
export function allBlockWidgets(state: EditorState): DecorationSet {
  return state.field(blocks).all;
}

/** What is shown as blocks now; for tests. */
export function shownBlockWidgets(state: EditorState): DecorationSet {
  return state.field(blocks).shown;
}

type Blocks = {
  /** Every block widget of the text, as far as it was parsed. */
  all: DecorationSet;
  /** Those that the caret does not open. */
  shown: DecorationSet;
  /** The widgets are known up to here. */
  knownTo: number;
  /** Whether an image was seen whose address stands elsewhere (`![words][name]`). */
  byName: boolean;
};

const blocks = StateField.define<Blocks>({
  create(state) {
    const tree = syntaxTree(state);
    const { found, byName } = look(state, tree, 0, null);
    const all = RangeSet.of(found, true);
    return { all, shown: withoutRevealed(all, state), knownTo: tree.length, byName };
  },
  update(value, transaction) {
    const { state, startState } = transaction;
    const tree = syntaxTree(state);
    const before = syntaxTree(startState);
    let { all, knownTo, byName } = value;
    if (transaction.docChanged || (tree !== before && knownTo < state.doc.length)) {
      ({ all, knownTo, byName } = lookAgain(value, transaction, tree, before));
    }
    const moved =
      revealedRanges(startState) !== revealedRanges(state) ||
      tableAsText(startState) !== tableAsText(state) ||
      startState.facet(isSource) !== state.facet(isSource) ||
      behindTable(startState) !== behindTable(state);
    if (all === value.all && !moved)
      return knownTo === value.knownTo && byName === value.byName ? value : { ...value, knownTo, byName };
    return { all, shown: withoutRevealed(all, state), knownTo, byName };
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.shown),
});

function lookAgain(value: Blocks, transaction: Transaction, tree: Tree, before: Tree): Omit<Blocks, "shown"> {
  const { state, changes } = transaction;
  const knownTo = Math.min(changes.mapPos(value.knownTo, -1), state.doc.length);
  let from = knownTo;
  let changedTo = 0;
  changes.iterChangedRanges((_fromA, _toA, fromB, toB) => {
    from = Math.min(from, fromB);
    changedTo = Math.max(changedTo, toB);
  });
  const start = startOfBlockBefore(tree, from);
  const old = transaction.docChanged ? { tree: before, changes, changedTo, knownTo: value.knownTo } : null;
  const near = look(state, tree, start, old);
  let all = replaced(value.all.map(changes), start, near.end, near.found);
  let byName = value.byName || near.byName;
  let references = near.references || (byName && hadReference(before, changes, start, near.end));
  let known = near.met ? Math.max(knownTo, near.end) : Math.max(near.end, tree.length);
  if (near.met && known < tree.length) {
    // The parser came further than before, beyond what the change concerns.
    const rest = startOfBlockBefore(tree, known);
    const further = look(state, tree, rest, null);
    all = replaced(all, rest, further.end, further.found);
    byName ||= further.byName;
    references ||= further.references;
    known = further.end;
  }
  // What a name means is said anywhere, also behind the images that use it.
  if (byName && references) all = RangeSet.of(look(state, tree, 0, null).found, true);
  return { all, knownTo: known, byName };
}

/** Whether the text that was looked at again held a line that says where a name leads. */
function hadReference(before: Tree, changes: ChangeDesc, start: number, end: number): boolean {
  const back = changes.invertedDesc;
  const from = back.mapPos(Math.min(start, back.length), -1);
  const to = back.mapPos(Math.min(end, back.length), 1);
  for (let block = before.topNode.childAfter(Math.max(0, from - 1)); block; block = block.nextSibling) {
    if (block.from > to) return false;
    if (block.name === "LinkReference") return true;
  }
  return false;
}

/** The widgets with others from `start` to `end`. */
function replaced(all: DecorationSet, start: number, end: number, found: Range<Decoration>[]): DecorationSet {
  return all.update({
    filterFrom: start,
    filterTo: end,
    // The widgets of a block that ends where the looking began belong to the block before.
    filter: (at, to) => to < start || at > end,
    add: found,
    sort: true,
  });
}

/** Where the block before the one at `position` starts: a change can join two blocks. */
function startOfBlockBefore(tree: Tree, position: number): number {
  const block = tree.topNode.childBefore(position);
  return block?.prevSibling ? Math.min(block.prevSibling.from, position) : 0;
}

/** What was found: widgets, and whether there were lines that say where names lead, and images that use one. */
type Seen = { found: Range<Decoration>[]; references: boolean; byName: boolean };

type Old = { tree: Tree; changes: ChangeDesc; changedTo: number; knownTo: number };

/** The widgets of the blocks from `start` on, up to a block that stood in the old tree and was known there. */
function look(
  state: EditorState,
  tree: Tree,
  start: number,
  old: Old | null,
): Seen & { end: number; met: boolean } {
  const seen: Seen = { found: [], references: false, byName: false };
  const grown = old ? state.doc.length - old.changes.length : 0;
  for (let block = tree.topNode.childAfter(start); block; block = block.nextSibling) {
    if (block.to < start) continue;
    if (old && block.from > old.changedTo && wasThere(block, old, grown))
      return { ...seen, end: block.from - 1, met: true };
    widgetsOf(state, tree, block, seen);
  }
  return { ...seen, end: Math.max(tree.length, start), met: false };
}

function wasThere(block: SyntaxNode, old: Old, grown: number): boolean {
  const at = block.from - grown;
  if (at >= old.knownTo || block.to - grown > old.knownTo || !block.tree) return false;
  const before = old.tree.topNode.childAfter(at);
  return before !== null && before.from === at && before.tree === block.tree;
}

function widgetsOf(state: EditorState, tree: Tree, block: SyntaxNode, seen: Seen): void {
  switch (block.name) {
    case "LinkReference":
      seen.references = true;
      return;
    case "Table":
      seen.found.push(replaceBlock(new TableGrid(state.sliceDoc(block.from, block.to)), block));
      return;
    case "Paragraph":
    case "Blockquote":
    case "BulletList":
    case "OrderedList":
    case "FootnoteDefinition":
      images(state, tree, block, seen);
      return;
    default:
      return;
  }
}

function images(state: EditorState, tree: Tree, block: SyntaxNode, seen: Seen): void {
  // Most blocks hold no image: their text tells sooner than their tree.
  if (!state.sliceDoc(block.from, block.to).includes("![")) return;
  tree.iterate({
    from: block.from,
    to: block.to,
    enter: (node) => {
      if (node.name !== "Image" && node.name !== "WikiEmbed") return;
      if (node.name === "Image" && !node.node.getChild("URL")) seen.byName = true;
      const read = node.name === "Image" ? pictureOf(state, tree, node.node) : embedOf(state, node.node);
      if (!read) return false;
      const { from, source, words, title, named } = read;
      const line = state.doc.lineAt(node.to);
      const alone = block.name === "Paragraph" && from === block.from && node.to === block.to;
      if (alone && line.from === from)
        seen.found.push(replaceBlock(new Picture(source, words, title || words, named), block));
      else seen.found.push(below(new Picture(source, words, title, named)).range(line.to));
      return false;
    },
  });
}

/** An image of the text; `named` tells that its address does not stand where it is shown. */
type Shown = { from: number; source: string; words: string; title: string; named: boolean };

function pictureOf(state: EditorState, tree: Tree, node: SyntaxNode): Shown | null {
  const [open, close] = node.getChildren("LinkMark");
  if (!open || !close) return null;
  const words = state.sliceDoc(open.to, close.from);
  const label = node.getChild("LinkLabel");
  const place =
    node.getChild("URL") !== null
      ? node
      : referenceOf(state, tree, label ? state.sliceDoc(label.from + 1, label.to - 1) || words : words);
  const target = place?.getChild("URL");
  if (!target) return null;
  const title = place?.getChild("LinkTitle");
  return {
    from: node.from,
    source: state.sliceDoc(target.from, target.to).replace(/^<|>$/g, ""),
    words,
    title: title ? state.sliceDoc(title.from + 1, title.to - 1) : "",
    named: place !== node,
  };
}

/** The line that says where a name leads: `[name]: address`. */
function referenceOf(state: EditorState, tree: Tree, name: string): SyntaxNode | null {
  const wanted = name.trim().toLowerCase();
  for (const line of tree.topNode.getChildren("LinkReference")) {
    const label = line.getChild("LinkLabel");
    if (
      label &&
      state
        .sliceDoc(label.from + 1, label.to - 1)
        .trim()
        .toLowerCase() === wanted
    )
      return line;
  }
  return null;
}

/** An image as vaults show it, `![[image]]`, with the words behind a pipe. */
function embedOf(state: EditorState, node: SyntaxNode): Shown | null {
  const target = node.getChild("WikiLinkTarget");
  const marks = node.getChildren("WikiLinkMark");
  const [, pipe, end] = marks;
  if (!target) return null;
  const source = state.sliceDoc(target.from, target.to);
  const words = pipe && end ? state.sliceDoc(pipe.to, end.from) : "";
  return { from: node.from, source, words, title: "", named: true };
}

function replaceBlock(widget: WidgetType, block: { from: number; to: number }): Range<Decoration> {
  return Decoration.replace({ widget, block: true }).range(block.from, block.to);
}

function below(picture: WidgetType): Decoration {
  return Decoration.widget({ widget: picture, block: true, side: 1 });
}

/**
 * Takes away what the caret opens; the picture of an opened image goes below its line. Touches nothing elsewhere. A
 * table is edited as it is shown, and opened only when that was asked for.
 */
function withoutRevealed(all: DecorationSet, state: EditorState): DecorationSet {
  if (state.facet(isSource)) return Decoration.none;
  let shown = all;
  const asText = tableAsText(state);
  const stays = (at: number, end: number, value: Decoration): boolean =>
    at === end ||
    ((value.spec as { widget?: WidgetType }).widget instanceof TableGrid &&
      !(asText && at >= asText.from && end <= asText.to));
  for (const { from, to } of revealedRanges(state)) {
    const add: Range<Decoration>[] = [];
    let opens = false;
    shown.between(from, to, (at, end, value) => {
      if (stays(at, end, value)) return;
      opens = true;
      const widget = (value.spec as { widget?: WidgetType }).widget;
      if (widget instanceof Picture) add.push(below(widget).range(end));
    });
    if (!opens) continue;
    shown = shown.update({
      filterFrom: from,
      filterTo: to,
      filter: (at, end, value) => stays(at, end, value) || end < from || at > to,
      add,
      sort: true,
    });
  }
  const behind = behindTable(state);
  return behind ? withRoomBehind(shown, behind) : shown;
}

/** A table at the end of the text with an empty line behind it, where the caret is, that no byte stands for. */
function withRoomBehind(shown: DecorationSet, { table, at }: { table: number; at: number }): DecorationSet {
  const add: Range<Decoration>[] = [];
  shown.between(table, at, (from, to, value) => {
    const { widget } = value.spec as { widget?: WidgetType };
    if (to !== at || !(widget instanceof TableGrid)) return;
    add.push(Decoration.replace({ widget, block: true, inclusiveEnd: false }).range(from, to));
  });
  if (add.length === 0) return shown;
  return shown.update({
    filterFrom: table,
    filterTo: at,
    filter: (from, to) => to !== at || from === to,
    add,
  });
}
