// Marked words, as with a highlighter: `==words==`.
import { Tag, tags } from "@lezer/highlight";
import type { DelimiterType, MarkdownConfig } from "@lezer/markdown";

/** The highlighting tag of marked words. */
export const markedTag = Tag.define();

const delimiter: DelimiterType = { resolve: "Marked", mark: "MarkedMark" };
const space = /\s|^$/;

/** The node types and the parser of marked words. */
export const markedSyntax: MarkdownConfig = {
  defineNodes: [
    { name: "Marked", style: { "Marked/...": markedTag } },
    { name: "MarkedMark", style: tags.processingInstruction },
  ],
  parseInline: [
    {
      name: "Marked",
      after: "Emphasis",
      parse(context, next, pos) {
        if (next !== 61 /* = */ || context.char(pos + 1) !== 61 || context.char(pos + 2) === 61) return -1;
        const before = context.slice(Math.max(context.offset, pos - 1), pos);
        const after = context.slice(pos + 2, Math.min(context.end, pos + 3));
        return context.addDelimiter(delimiter, pos, pos + 2, !space.test(after), !space.test(before));
      },
    },
  ],
};
