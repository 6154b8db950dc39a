// Citations in brackets, as Pandoc writes them: `[@key, p. 12; voir aussi @other]`.
import type { MarkdownConfig } from "@lezer/markdown";

const bracket = /^\[[^[\]]*@[^[\]]*\](?!\()/;
const key = /(?:^|[^\p{L}\p{N}_@/.\\])@[\p{L}\p{N}_{]/u;

/** The node type and the parser of citations in brackets: each of their parts names a work. */
export const citationSyntax: MarkdownConfig = {
  defineNodes: ["Citation"],
  parseInline: [
    {
      name: "Citation",
      before: "Link",
      parse(context, next, pos) {
        if (next !== 91 /* [ */) return -1;
        const found = bracket.exec(context.slice(pos, Math.min(context.end, pos + 2000)))?.[0];
        if (
          !found
            ?.slice(1, -1)
            .split(";")
            .every((part) => key.test(part))
        )
          return -1;
        return context.addElement(context.elt("Citation", pos, pos + found.length));
      },
    },
  ],
};
