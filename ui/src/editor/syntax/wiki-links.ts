// Links by name, as in Obsidian: `[[target]]` and `[[target|words shown]]`.
import { tags } from "@lezer/highlight";
import type { MarkdownConfig } from "@lezer/markdown";

const link = /^\[\[([^[\]|\n]+)(\|([^[\]\n]*))?\]\]/;

/** The node types and the parser of links by name. */
export const wikiLinkSyntax: MarkdownConfig = {
  defineNodes: [
    { name: "WikiLink", style: tags.link },
    { name: "WikiLinkMark", style: tags.processingInstruction },
    "WikiLinkTarget",
  ],
  parseInline: [
    {
      name: "WikiLink",
      before: "Link",
      parse(context, next, pos) {
        if (next !== 91 /* [ */ || context.char(pos + 1) !== 91) return -1;
        const found = link.exec(context.slice(pos, Math.min(context.end, pos + 500)));
        if (!found) return -1;
        const [whole, target = "", label] = found;
        const end = pos + whole.length;
        const targetEnd = pos + 2 + target.length;
        const children = [
          context.elt("WikiLinkMark", pos, pos + 2),
          context.elt("WikiLinkTarget", pos + 2, targetEnd),
        ];
        if (label !== undefined) children.push(context.elt("WikiLinkMark", targetEnd, targetEnd + 1));
        children.push(context.elt("WikiLinkMark", end - 2, end));
        return context.addElement(context.elt("WikiLink", pos, end, children));
      },
    },
  ],
};
