// The few tags of HTML within a line that are shown as they will read: what Markdown has no marks for, or other ones.
import type { SyntaxNode } from "@lezer/common";
import { langOf } from "./declared";

/** Tags that go around words; others do where they say the language of these. */
const around = new Set(["sup", "sub", "em", "strong", "kbd", "mark", "abbr"]);

/** What a tag is: a break of the line, or one of a pair around words with the place of the other. */
export type InlineTag =
  { kind: "break" } | { kind: "open" | "close"; name: string; lang: string | null; other: SyntaxNode };

/** What the tag of a node is, `read` gives the source of nodes; null for tags that are not shown as they will read. */
export function inlineTag(node: SyntaxNode, read: (node: SyntaxNode) => string): InlineTag | null {
  const own = nameOf(read(node));
  if (!own) return null;
  if (own.name === "br") return own.closes ? null : { kind: "break" };
  let open = 1;
  const next = (one: SyntaxNode): SyntaxNode | null => (own.closes ? one.prevSibling : one.nextSibling);
  for (let other = next(node), tags = 0; other && tags < mostTags; other = next(other)) {
    if (other.name !== "HTMLTag") continue;
    tags++;
    const found = nameOf(read(other));
    if (found?.name !== own.name) continue;
    open += found.closes === own.closes ? 1 : -1;
    if (open > 0) continue;
    const lang = langOf(read(own.closes ? other : node));
    if (lang === null && !around.has(own.name)) return null;
    return { kind: own.closes ? "close" : "open", name: own.name, lang, other };
  }
  return null;
}

/** A tag that is not closed among so many others is left as it is. */
const mostTags = 100;

function nameOf(tag: string): { name: string; closes: boolean } | null {
  const found = /^<(\/?)([a-z]+)(?:\s[^<>]*)?\/?>$/i.exec(tag);
  return found?.[2] ? { name: found[2].toLowerCase(), closes: found[1] === "/" } : null;
}
