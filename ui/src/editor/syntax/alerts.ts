// Alerts: a quotation whose first line is `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`.
import { tags } from "@lezer/highlight";
import type { MarkdownConfig } from "@lezer/markdown";

const marker = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]/i;

/** The node type and the parser of the mark that makes a quotation an alert. */
export const alertSyntax: MarkdownConfig = {
  defineNodes: [{ name: "AlertMark", style: tags.labelName }],
  parseInline: [
    {
      name: "AlertMark",
      before: "Link",
      parse(context, next, pos) {
        if (next !== 91 /* [ */ || pos !== context.offset) return -1;
        const found = marker.exec(context.slice(pos, Math.min(context.end, pos + 14)));
        return found ? context.addElement(context.elt("AlertMark", pos, pos + found[0].length)) : -1;
      },
    },
  ],
};
