// What of a selection can have marks around it: marks hold within one paragraph, heading, item or cell, and not over its end.
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

/** A part of a text. */
export type Part = { from: number; to: number };

/** The words of a selection by the block that they stand in, without the signs of the blocks and the blanks at the ends. */
export function partsOf(state: EditorState, { from, to }: Part): Part[] {
  const parts: Part[] = [];
  const tree = ensureSyntaxTree(state, to, 200) ?? syntaxTree(state);
  tree.iterate({
    from,
    to,
    enter: (node) => {
      if (!withWords.test(node.name)) return;
      const words = wordsOf(node.node);
      const part = trimmed(state, Math.max(words.from, from), Math.min(words.to, to), words.from);
      if (part) parts.push(part);
      return false;
    },
  });
  return parts;
}

/** A part of a text without the blanks at its ends; nothing where it has only them. */
export function withoutBlanks(state: EditorState, { from, to }: Part): Part | null {
  const text = state.sliceDoc(from, to);
  if (text.trim() === "") return null;
  return {
    from: from + text.length - text.trimStart().length,
    to: to - (text.length - text.trimEnd().length),
  };
}

const withWords = /^(?:Paragraph|ATXHeading\d|SetextHeading\d|Task|TableCell)$/;

/** Where the words of a block stand, without what makes it a heading, a task or an alert. */
function wordsOf(block: SyntaxNode): Part {
  const [first, second] = block.getChildren("HeaderMark");
  if (first && block.name.startsWith("ATX")) return { from: first.to, to: second?.from ?? block.to };
  if (first) return { from: block.from, to: first.from };
  const sign = block.getChild("TaskMarker") ?? block.getChild("AlertMark");
  return { from: sign?.to ?? block.from, to: block.to };
}

function trimmed(state: EditorState, from: number, to: number, start: number): Part | null {
  if (from >= to) return null;
  let part = withoutBlanks(state, { from, to });
  // On further lines of a quotation, its signs come before the words.
  const line = part && state.doc.lineAt(part.from);
  if (part && line && line.from > start) {
    const signs = /^(?:[ \t]*>)*[ \t]*/.exec(line.text)?.[0].length ?? 0;
    const behind = Math.max(part.from, line.from + signs);
    part = behind < part.to ? withoutBlanks(state, { from: behind, to: part.to }) : null;
  }
  return part;
}
