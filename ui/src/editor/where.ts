// What kind of text a position is in, for what completes words there.
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

const code =
  /^(?:InlineCode|FencedCode|CodeBlock|CodeText|CodeInfo|HTML\w+|Comment\w*|ProcessingInstruction\w*)$/;
const address =
  /^(?:URL|Autolink|Link|Image|Wiki(?:Link|Embed)|LinkReference|FootnoteReference|FootnoteLabel|Citation)$/;
const target =
  /^(?:URL|Autolink|Wiki(?:Link|Embed)|LinkReference|LinkLabel|FootnoteReference|FootnoteLabel|Citation)$/;

/** Whether a position is in code, in HTML, or in front matter, where words are no prose. */
export function isInCode(state: EditorState, position: number): boolean {
  return isIn(state, position, code) || isIn(state, position, /^FrontMatter$/);
}

/** Whether a position is in front matter. */
export function isInFrontMatter(state: EditorState, position: number): boolean {
  return isIn(state, position, /^FrontMatter$/);
}

/** Whether a position is in what leads somewhere: an address, a name of an article, a label. The text of a link is prose. */
export function isInTarget(state: EditorState, position: number): boolean {
  return isIn(state, position, target);
}

/** Whether a position is within a link or an address. */
export function isInAddress(state: EditorState, position: number): boolean {
  return isIn(state, position, address);
}

function isIn(state: EditorState, position: number, names: RegExp): boolean {
  const found = syntaxTree(state).resolveInner(position, -1);
  for (let node: SyntaxNode | null = found; node; node = node.parent) if (names.test(node.name)) return true;
  return false;
}
