// Footnotes: `[^label]` in a line, `^[words]` for a note that is written where it is called, and `[^label]: text` as a block that holds blocks indented below it.
import { tags } from "@lezer/highlight";
import type { BlockContext, InlineContext, Line, MarkdownConfig } from "@lezer/markdown";

const definition = /^\[\^([^\]\s]+)\]:[ \t]*/;
const reference = /^\[\^[^\]\s]+\]/;

/** The node types and parsers of footnotes. */
export const footnoteSyntax: MarkdownConfig = {
  defineNodes: [
    { name: "FootnoteReference", style: tags.labelName },
    {
      name: "FootnoteDefinition",
      block: true,
      composite(_context: BlockContext, line: Line, value: number) {
        if (line.indent < line.baseIndent + value && line.next > -1) return false;
        line.moveBaseColumn(line.baseIndent + value);
        return true;
      },
    },
    { name: "FootnoteLabel", style: tags.labelName },
    "InlineNote",
    { name: "InlineNoteMark", style: tags.labelName },
  ],
  parseBlock: [
    {
      name: "FootnoteDefinition",
      before: "LinkReference",
      parse(context, line) {
        const found = startsDefinition(line);
        if (!found) return false;
        const from = context.lineStart + line.pos;
        context.startComposite("FootnoteDefinition", line.pos, 4);
        context.addElement(context.elt("FootnoteLabel", from, from + found.trimEnd().length));
        line.moveBase(line.pos + found.length);
        return null;
      },
      endLeaf: (_context, line) => startsDefinition(line) !== null,
    },
  ],
  parseInline: [
    {
      name: "FootnoteReference",
      before: "Link",
      parse(context, next, pos) {
        if (next !== 91 /* [ */ || context.char(pos + 1) !== 94 /* ^ */) return -1;
        const found = reference.exec(context.slice(pos, Math.min(context.end, pos + 200)));
        if (!found) return -1;
        return context.addElement(context.elt("FootnoteReference", pos, pos + found[0].length));
      },
    },
    {
      name: "InlineNote",
      before: "Link",
      parse(context, next, pos) {
        if (next !== 94 /* ^ */ || context.char(pos + 1) !== 91 /* [ */) return -1;
        const end = endOfInlineNote(context, pos + 2);
        const words = end < 0 ? "" : context.slice(pos + 2, end);
        if (words.trim() === "") return -1;
        return context.addElement(
          context.elt("InlineNote", pos, end + 1, [
            context.elt("InlineNoteMark", pos, pos + 2),
            ...context.parser.parseInline(words, pos + 2),
            context.elt("InlineNoteMark", end, end + 1),
          ]),
        );
      },
    },
  ],
};

/** Where the bracket stands that closes a note; -1 without one. Brackets in it come in pairs, or behind a backslash. */
function endOfInlineNote(context: InlineContext, from: number): number {
  let open = 1;
  for (let at = from; at < context.end; at++) {
    const sign = context.char(at);
    if (sign === 92 /* \ */) at++;
    else if (sign === 91) open++;
    else if (sign === 93 && --open === 0) return at;
  }
  return -1;
}

function startsDefinition(line: Line): string | null {
  if (line.next !== 91 || line.indent >= line.baseIndent + 4) return null;
  return definition.exec(line.text.slice(line.pos))?.[0] ?? null;
}
