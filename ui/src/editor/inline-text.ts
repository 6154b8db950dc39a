// A line of Markdown as elements, for what is shown in place of its source: cells of tables, captions.
import type { SyntaxNode } from "@lezer/common";
import { inlineParser } from "./tables/inline-language";

/** Appends a line of Markdown to an element, as it will read. */
export function appendInline(element: HTMLElement, source: string): void {
  // Most cells hold nothing to read: a table of thousands is drawn at once.
  if (!mayMean.test(source)) return element.append(source);
  const paragraph = inlineParser.parse(source).topNode.firstChild;
  if (paragraph?.name !== "Paragraph") element.append(source);
  else appendChildren(element, paragraph, source, paragraph.from, paragraph.to);
}

const mayMean = /[\\`*_~=[\]<>&!@:^#]|www\./i;

const elements: Record<string, string> = {
  Emphasis: "em",
  StrongEmphasis: "strong",
  Strikethrough: "del",
  Marked: "mark",
  InlineCode: "code",
};

function appendChildren(
  element: HTMLElement,
  node: SyntaxNode,
  source: string,
  from: number,
  to: number,
): void {
  let at = from;
  for (let child = node.firstChild; child && child.from < to; child = child.nextSibling) {
    if (child.from < from) continue;
    element.append(source.slice(at, child.from));
    appendNode(element, child, source);
    at = child.to;
  }
  element.append(source.slice(at, to));
}

function appendNode(element: HTMLElement, node: SyntaxNode, source: string): void {
  const tag = elements[node.name];
  if (tag) {
    const inner = document.createElement(tag);
    const first = node.firstChild;
    const last = node.lastChild;
    const from = first?.name.endsWith("Mark") ? first.to : node.from;
    const to = last && last !== first && last.name.endsWith("Mark") ? last.from : node.to;
    appendChildren(inner, node, source, from, to);
    element.append(inner);
  } else if (node.name === "Link" || node.name === "Image") {
    const [open, close] = node.getChildren("LinkMark");
    const linked = node.name === "Link" && (node.getChild("URL") || node.getChild("LinkLabel"));
    const inner = document.createElement("span");
    if (linked) inner.className = "cm-link";
    if (open && close && (linked || node.name === "Image"))
      appendChildren(inner, node, source, open.to, close.from);
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
    element.append(source.slice(node.from + 1, node.to));
  } else if (!node.name.endsWith("Mark")) {
    element.append(source.slice(node.from, node.to));
  }
}
