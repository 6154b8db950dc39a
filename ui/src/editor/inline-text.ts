// A line of Markdown as elements, for what is shown in place of its source: cells of tables, captions.
import type { SyntaxNode } from "@lezer/common";
import { inlineTag } from "./inline-html";
import { inlineParser } from "./tables/inline-language";

/** Words of a line that are marked, by their places in its source. */
export type InlineMark = { from: number; to: number; class: string };

/** Appends a line of Markdown to an element, as it will read. */
export function appendInline(element: HTMLElement, source: string, marks: readonly InlineMark[] = []): void {
  const line: InlineLine = { source, marks };
  // Most cells hold nothing to read: a table of thousands is drawn at once.
  if (!mayMean.test(source)) return appendWords(element, line, 0, source.length);
  const paragraph = inlineParser.parse(source).topNode.firstChild;
  if (paragraph?.name !== "Paragraph") appendWords(element, line, 0, source.length);
  else appendChildren(element, paragraph, line, paragraph.from, paragraph.to);
}

type InlineLine = { source: string; marks: readonly InlineMark[] };

/** Appends words as they are, those that are marked in elements of their own. */
function appendWords(element: HTMLElement, { source, marks }: InlineLine, from: number, to: number): void {
  let at = from;
  for (const mark of marks) {
    const start = Math.max(at, mark.from);
    const end = Math.min(to, mark.to);
    if (end <= start) continue;
    element.append(source.slice(at, start));
    const marked = document.createElement("span");
    marked.className = mark.class;
    marked.append(source.slice(start, end));
    element.append(marked);
    at = end;
  }
  if (at < to) element.append(source.slice(at, to));
}

const mayMean = /[\\`*_~=[\]<>&!@:^#]|www\./i;

const elements: Record<string, string> = {
  Emphasis: "em",
  StrongEmphasis: "strong",
  Strikethrough: "del",
  Marked: "mark",
  InlineCode: "code",
  Subscript: "sub",
};

function appendChildren(
  element: HTMLElement,
  node: SyntaxNode,
  line: InlineLine,
  from: number,
  to: number,
): void {
  let at = from;
  for (let child = node.firstChild; child && child.from < to; child = child.nextSibling) {
    if (child.from < at) continue;
    appendWords(element, line, at, child.from);
    const tag =
      child.name === "HTMLTag" ? inlineTag(child, (one) => line.source.slice(one.from, one.to)) : null;
    at = child.to;
    if (tag?.kind === "break") element.append(document.createElement("br"));
    else if (tag?.kind === "open") {
      const inner = document.createElement(tag.name);
      appendChildren(inner, node, line, child.to, tag.other.from);
      element.append(inner);
      at = tag.other.to;
    } else appendNode(element, child, line);
  }
  appendWords(element, line, at, to);
}

function appendNode(element: HTMLElement, node: SyntaxNode, line: InlineLine): void {
  const { source } = line;
  const tag = elements[node.name];
  if (tag) {
    const inner = document.createElement(tag);
    const first = node.firstChild;
    const last = node.lastChild;
    const from = first?.name.endsWith("Mark") ? first.to : node.from;
    const to = last && last !== first && last.name.endsWith("Mark") ? last.from : node.to;
    appendChildren(inner, node, line, from, to);
    element.append(inner);
  } else if (node.name === "Link" || node.name === "Image") {
    const [open, close] = node.getChildren("LinkMark");
    const linked = node.name === "Link" && (node.getChild("URL") || node.getChild("LinkLabel"));
    const inner = document.createElement("span");
    if (linked) inner.className = "cm-link";
    if (open && close && (linked || node.name === "Image"))
      appendChildren(inner, node, line, open.to, close.from);
    else inner.append(source.slice(node.from, node.to));
    element.append(inner);
  } else if (node.name === "WikiLink") {
    const inner = document.createElement("span");
    inner.className = "cm-link";
    inner.append(
      source
        .slice(node.from + 2, node.to - 2)
        .split("|")
        .pop() ?? "",
    );
    element.append(inner);
  } else if (node.name === "FootnoteReference") {
    const raised = document.createElement("sup");
    raised.append(source.slice(node.from + 2, node.to - 1));
    element.append(raised);
  } else if (node.name === "Escape") {
    appendWords(element, line, node.from + 1, node.to);
  } else if (!node.name.endsWith("Mark")) {
    appendWords(element, line, node.from, node.to);
  }
}
