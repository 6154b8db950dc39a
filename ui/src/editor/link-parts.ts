// The parts of a link as the text has it, and the changes that give it other words or another address.
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import type { ChangeSpec, EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";
import type { LinkKind } from "./services";

/** A stretch of the text. */
export type Span = { from: number; to: number };

/** A link: where it stands, where its words and its address do. */
export type LinkParts = Span & {
  kind: "inline" | "reference" | "address" | "wiki";
  /** Absent where the address itself is shown. */
  words: Span | null;
  /** Without the angle brackets around it. A reference has its address where it is defined. */
  address: Span;
  /** The address stands in angle brackets. */
  angled: boolean;
};

/** The link at a position of the text. */
export function linkPartsAt(state: EditorState, position: number): LinkParts | null {
  const tree = ensureSyntaxTree(state, Math.min(state.doc.length, position + 1), 50) ?? syntaxTree(state);
  for (const side of [-1, 1] as const) {
    for (let node: SyntaxNode | null = tree.resolveInner(position, side); node; node = node.parent) {
      const found = partsOf(state, node);
      if (found) return found;
    }
  }
  return null;
}

/** Where a link leads. */
export function targetOfLink(state: EditorState, link: LinkParts): { target: string; kind: LinkKind } {
  return {
    target: state.sliceDoc(link.address.from, link.address.to),
    kind: link.kind === "wiki" ? "wiki" : "link",
  };
}

/** The words of a link as one reads them. */
export function wordsOfLink(state: EditorState, link: LinkParts): string {
  return link.words ? state.sliceDoc(link.words.from, link.words.to).replace(/\\([[\]\\])/g, "$1") : "";
}

/** Gives a link other words. An address that is shown as it is becomes a link with words. */
export function changeWords(state: EditorState, link: LinkParts, typed: string): ChangeSpec {
  const plain = typed.replace(/\s*\n\s*/g, " ");
  if (link.kind === "wiki") {
    const words = plain.replace(/[[\]|]/g, "");
    const bar = link.words ? link.words.from - 1 : link.address.to;
    const end = link.words ? link.words.to : link.address.to;
    return { from: bar, to: end, insert: words.trim() === "" ? "" : `|${words}` };
  }
  const words = plain.replace(/[[\]\\]/g, "\\$&");
  if (link.words) return { from: link.words.from, to: link.words.to, insert: words };
  if (words.trim() === "") return [];
  const target = state.sliceDoc(link.address.from, link.address.to);
  return { from: link.from, to: link.to, insert: `[${words}](${written(target)})` };
}

/** Gives a link another address. */
export function changeAddress(link: LinkParts, typed: string): ChangeSpec {
  const target = typed.replace(/\s*\n\s*/g, "").trim();
  if (link.kind === "wiki")
    return { from: link.address.from, to: link.address.to, insert: target.replace(/[[\]|]/g, "") };
  if (link.kind === "address")
    return {
      from: link.address.from,
      to: link.address.to,
      insert: target.replace(/[<>\s]/g, encodeURIComponent),
    };
  const angle = link.angled ? 1 : 0;
  return { from: link.address.from - angle, to: link.address.to + angle, insert: written(target) };
}

/** Leaves the words of a link, and no link. */
export function removeLink(state: EditorState, link: LinkParts): ChangeSpec {
  if (link.kind === "wiki" || link.words) {
    const words = link.words ?? link.address;
    return { from: link.from, to: link.to, insert: state.sliceDoc(words.from, words.to) };
  }
  return { from: link.from, to: link.to, insert: "" };
}

/** An address as it stands between the brackets of a link. */
function written(target: string): string {
  const open = (target.match(/\(/g) ?? []).length;
  const close = (target.match(/\)/g) ?? []).length;
  const bare = target !== "" && !/[\s<>]/.test(target) && open === close && !/^[^(]*\)/.test(target);
  return bare || target === "" ? target : `<${target.replace(/[<>]/g, encodeURIComponent)}>`;
}

function partsOf(state: EditorState, node: SyntaxNode): LinkParts | null {
  const { from, to } = node;
  if (node.name === "WikiLink") {
    const target = node.getChild("WikiLinkTarget");
    const marks = node.getChildren("WikiLinkMark");
    const last = marks.at(-1);
    if (!target || !last) return null;
    const bar = marks.length === 3 ? marks[1] : undefined;
    const words = bar ? { from: bar.to, to: last.from } : null;
    return { kind: "wiki", from, to, words, address: { from: target.from, to: target.to }, angled: false };
  }
  if (node.name === "Autolink") {
    return { kind: "address", from, to, words: null, address: { from: from + 1, to: to - 1 }, angled: true };
  }
  if (node.name === "URL") {
    const inside = node.parent?.name ?? "";
    if (inside === "LinkReference" || inside === "Image" || inside === "Link" || inside === "Autolink")
      return null;
    return { kind: "address", from, to, words: null, address: { from, to }, angled: false };
  }
  if (node.name !== "Link") return null;
  const [open, close, round] = node.getChildren("LinkMark");
  if (!open || !close) return null;
  const words = { from: open.to, to: close.from };
  if (round && state.sliceDoc(round.from, round.to) === "(") {
    const url = node.getChild("URL");
    const angled = url !== null && state.sliceDoc(url.from, url.from + 1) === "<";
    const inset = angled ? 1 : 0;
    const address = url ? { from: url.from + inset, to: url.to - inset } : { from: round.to, to: round.to };
    return { kind: "inline", from, to, words, address, angled };
  }
  const defined = definition(state, node, words);
  return defined && { kind: "reference", from, to, words, ...defined };
}

/** Where the address of a link by reference is defined. */
function definition(
  state: EditorState,
  node: SyntaxNode,
  words: Span,
): Pick<LinkParts, "address" | "angled"> | null {
  const label = node.getChild("LinkLabel");
  const between = label ? state.sliceDoc(label.from + 1, label.to - 1) : "";
  const wanted = plain(between || state.sliceDoc(words.from, words.to));
  for (const block of syntaxTree(state).topNode.getChildren("LinkReference")) {
    const name = block.getChild("LinkLabel");
    const url = block.getChild("URL");
    if (!name || !url || plain(state.sliceDoc(name.from + 1, name.to - 1)) !== wanted) continue;
    const angled = state.sliceDoc(url.from, url.from + 1) === "<";
    const inset = angled ? 1 : 0;
    return { address: { from: url.from + inset, to: url.to - inset }, angled };
  }
  return null;
}

function plain(label: string): string {
  return label.trim().replace(/\s+/g, " ").toLowerCase();
}
