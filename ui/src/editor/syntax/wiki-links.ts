// Links by name, as in Obsidian: `[[target]]` and `[[target|words shown]]`, in tables `[[target\|words shown]]`.
import { tags } from "@lezer/highlight";
import type { MarkdownConfig } from "@lezer/markdown";

const link = /^\[\[([^[\]|\n]+?)(?:(\\?\|)([^[\]\n]*))?\]\]/;

/** The node types and the parser of links by name. */
export const wikiLinkSyntax: MarkdownConfig = {
  defineNodes: [
    { name: "WikiLink", style: tags.link },
    { name: "WikiEmbed", style: tags.link },
    { name: "WikiLinkMark", style: tags.processingInstruction },
    "WikiLinkTarget",
  ],
  parseInline: [
    {
      name: "WikiLink",
      before: "Link",
      parse(context, next, pos) {
        // `![[…]]` shows what it leads to.
        const embeds = next === 33 /* ! */ && context.char(pos + 1) === 91;
        const start = embeds ? pos + 1 : pos;
        if (context.char(start) !== 91 /* [ */ || context.char(start + 1) !== 91) return -1;
        const found = link.exec(context.slice(start, Math.min(context.end, start + 500)));
        if (!found) return -1;
        const [whole, target = "", pipe] = found;
        const end = start + whole.length;
        const targetEnd = start + 2 + target.length;
        const children = [
          context.elt("WikiLinkMark", pos, start + 2),
          context.elt("WikiLinkTarget", start + 2, targetEnd),
        ];
        if (pipe) children.push(context.elt("WikiLinkMark", targetEnd, targetEnd + pipe.length));
        children.push(context.elt("WikiLinkMark", end - 2, end));
        return context.addElement(context.elt(embeds ? "WikiEmbed" : "WikiLink", pos, end, children));
      },
    },
  ],
};
