// Front matter as a block of its own: `---` (YAML) or `+++` (TOML) on the first line, up to the same line again.
import { type Input, type PartialParse, type Tree, type TreeFragment, Parser } from "@lezer/common";
import { tags } from "@lezer/highlight";
import type { BlockContext, Element, MarkdownConfig, MarkdownParser } from "@lezer/markdown";

/** The lines after which an open block is not taken for front matter any more. */
const mostLines = 400;
/** The characters after which an open block is not taken for front matter any more. */
const mostCharacters = 64 * 1024;

/** Where the closing line of front matter starts, or -1 when the text has none. `read` gives a slice of the text. */
export function closingLine(read: (from: number, to: number) => string, length: number): number {
  const mark = read(0, Math.min(3, length));
  if (mark !== "---" && mark !== "+++") return -1;
  let at = 0;
  let text = read(0, Math.min(length, 4096));
  for (let line = 0; line < mostLines && at < mostCharacters; line++) {
    let end = text.indexOf("\n", at);
    while (end < 0 && text.length < length && text.length < mostCharacters) {
      text += read(text.length, Math.min(length, text.length + 8192));
      end = text.indexOf("\n", at);
    }
    const content = text.slice(at, end < 0 ? text.length : end).trimEnd();
    if (line === 0 && content !== mark) return -1;
    if (line > 0 && (content === mark || (mark === "---" && content === "..."))) return at;
    if (end < 0) return -1;
    at = end + 1;
  }
  return -1;
}

const closings = new WeakMap<object, number>();

/** The node types of front matter, and the block parser that makes them. */
export const frontMatterSyntax: MarkdownConfig = {
  defineNodes: [
    { name: "FrontMatter", block: true },
    { name: "FrontMatterMark", style: tags.processingInstruction },
    { name: "FrontMatterKey", style: tags.propertyName },
    { name: "FrontMatterComment", style: tags.comment },
  ],
  parseBlock: [
    {
      name: "FrontMatter",
      before: "LinkReference",
      parse(context, line) {
        if (context.lineStart !== 0 || context.depth !== 1) return false;
        const closing = closings.get(context) ?? -1;
        if (closing <= 0) return false;
        const children: Element[] = [context.elt("FrontMatterMark", 0, line.text.length)];
        while (context.nextLine() && context.lineStart < closing) addLine(context, line.text, children);
        const end = context.lineStart + line.text.length;
        children.push(context.elt("FrontMatterMark", context.lineStart, end));
        context.nextLine();
        context.addElement(context.elt("FrontMatter", 0, end, children));
        return true;
      },
    },
  ],
};

/**
 * A Markdown parser that looks ahead for the end of front matter before it parses, and that parses afresh when
 * front matter appears or disappears: the parts of the earlier tree would not know of it.
 */
export class ArticleParser extends Parser {
  constructor(private readonly markdown: MarkdownParser) {
    super();
  }

  createParse(
    input: Input,
    fragments: readonly TreeFragment[],
    ranges: readonly { from: number; to: number }[],
  ): PartialParse {
    const closing =
      ranges[0]?.from === 0 ? closingLine((from, to) => readInput(input, from, to), input.length) : -1;
    const first = fragments.find((fragment) => fragment.from === 0);
    const stale = first !== undefined && hasFrontMatter(first.tree) !== closing > 0;
    const parse = this.markdown.createParse(input, stale ? [] : fragments, ranges);
    closings.set(parse, closing);
    return parse;
  }
}

function hasFrontMatter(tree: Tree): boolean {
  return tree.topNode.firstChild?.name === "FrontMatter";
}

function readInput(input: Input, from: number, to: number): string {
  return input.read(from, Math.min(to, input.length));
}

function addLine(context: BlockContext, text: string, children: Element[]): void {
  const start = context.lineStart;
  if (/^\s*#/.test(text)) {
    children.push(context.elt("FrontMatterComment", start, start + text.length));
    return;
  }
  const key = /^(\s*(?:- +)?)([\p{L}\p{N}_.-]+)(?=\s*[:=])|^\s*(\[[^\]]+\]+)\s*$/u.exec(text);
  if (!key) return;
  const lead = key[1]?.length ?? 0;
  children.push(context.elt("FrontMatterKey", start + lead, start + key[0].length));
}
