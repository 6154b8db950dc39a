// The images of a text: what stands for each in words, and the caption below it.
import { isolateHistory } from "@codemirror/commands";
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import type { EditorState, TransactionSpec } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

/** An image as the text has it. */
export type TextImage = {
  from: number;
  to: number;
  /** Where it lies, as the text writes it. */
  target: string;
  /** What stands for it where it can't be seen. */
  words: string;
  /** The caption, which Markdown calls its title. */
  caption: string;
  /** Where the target stands. */
  address: { from: number; to: number };
};

/** The image with a target that is nearest to the caret. */
export function imageNamed(state: EditorState, target: string): TextImage | null {
  const { head } = state.selection.main;
  const found = imagesIn(state, 0, state.doc.length).filter((image) => image.target === target);
  found.sort((a, b) => Math.abs(a.from - head) - Math.abs(b.from - head));
  return found[0] ?? null;
}

/** The image of the line of the caret. */
export function imageAtCaret(state: EditorState): TextImage | null {
  const line = state.doc.lineAt(state.selection.main.head);
  return imagesIn(state, line.from, line.to)[0] ?? null;
}

/** The images with a target. */
export function imagesNamed(state: EditorState, target: string): TextImage[] {
  return imagesIn(state, 0, state.doc.length).filter((image) => image.target === target);
}

/** Shows other files in the place of some: old targets to new ones. */
export function retarget(state: EditorState, targets: Map<string, string>): TransactionSpec {
  const changes = imagesIn(state, 0, state.doc.length).flatMap(({ target, address }) => {
    const insert = targets.get(target);
    return insert === undefined ? [] : [{ ...address, insert }];
  });
  return { changes, userEvent: "input.image", annotations: isolateHistory.of("full") };
}

/** Describes an image, and gives it a caption; with a target, another file is shown in its place. */
export function describeImage(
  image: TextImage,
  words: string,
  caption: string,
  target: string = image.target,
): TransactionSpec {
  if (words === image.words && caption === image.caption && target === image.target) return {};
  const plain = (text: string): string => text.trim().replace(/\s+/g, " ");
  const alt = plain(words).replace(/[[\]\\]/g, "\\$&");
  const title = plain(caption).replace(/["\\]/g, "\\$&");
  const insert = `![${alt}](${target}${title ? ` "${title}"` : ""})`;
  return { changes: { from: image.from, to: image.to, insert }, userEvent: "input.image" };
}

function imagesIn(state: EditorState, from: number, to: number): TextImage[] {
  const found: TextImage[] = [];
  // An image may stand where the parser has not come yet.
  (ensureSyntaxTree(state, to, 200) ?? syntaxTree(state)).iterate({
    from,
    to,
    enter: (node) => {
      if (node.name !== "Image") return;
      const image = imageOf(state, node.node);
      if (image) found.push(image);
      return false;
    },
  });
  return found;
}

function imageOf(state: EditorState, node: SyntaxNode): TextImage | null {
  const url = node.getChild("URL");
  const [open, close] = node.getChildren("LinkMark");
  if (!url || !open || !close) return null;
  const title = node.getChild("LinkTitle");
  const bare = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/g, "$1");
  return {
    from: node.from,
    to: node.to,
    target: state.sliceDoc(url.from, url.to),
    address: { from: url.from, to: url.to },
    words: bare(state.sliceDoc(open.to, close.from)),
    caption: title ? bare(state.sliceDoc(title.from + 1, title.to - 1)) : "",
  };
}
