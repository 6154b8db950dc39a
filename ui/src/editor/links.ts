// Links are followed by a click with Ctrl (Cmd on a Mac) or by Mod-Enter; Mod-Enter elsewhere ticks a task.
import { syntaxTree } from "@codemirror/language";
import { type EditorState, type Extension, Prec } from "@codemirror/state";
import { type Command, EditorView, keymap } from "@codemirror/view";
import type { SyntaxNode } from "@lezer/common";
import { isMac } from "@/shared/keys";
import { editorServices, type LinkKind } from "./services";
import { toggleTask } from "./tasks";

/** Where the link at a position leads. */
export type FoundLink = { target: string; kind: LinkKind };

/** The link that stands at a position of the text. */
export function linkAt(state: EditorState, position: number): FoundLink | null {
  for (const side of [-1, 1] as const) {
    for (
      let node: SyntaxNode | null = syntaxTree(state).resolveInner(position, side);
      node;
      node = node.parent
    ) {
      const found = targetOf(state, node);
      if (found) return found;
    }
  }
  return null;
}

/** Follows the link at the caret, else ticks the task of the line. */
export const followOrTick: Command = (view) => {
  const found = linkAt(view.state, view.state.selection.main.head);
  if (!found) return toggleTask(view);
  follow(view, found);
  return true;
};

/** The keys and clicks that follow links. */
export function links(): Extension {
  return [
    Prec.high(keymap.of([{ key: "Mod-Enter", run: followOrTick }])),
    EditorView.domEventHandlers({
      mousedown(event, view) {
        if (event.button !== 0 || !(isMac ? event.metaKey : event.ctrlKey)) return false;
        const position = view.posAtCoords({ x: event.clientX, y: event.clientY });
        const found = position === null ? null : linkAt(view.state, position);
        if (!found) return false;
        event.preventDefault();
        follow(view, found);
        return true;
      },
    }),
  ];
}

function follow(view: EditorView, found: FoundLink): void {
  view.state.facet(editorServices).follow(found.target, found.kind);
}

function targetOf(state: EditorState, node: SyntaxNode): FoundLink | null {
  const text = (part: SyntaxNode): string => state.sliceDoc(part.from, part.to);
  if (node.name === "WikiLink" || node.name === "WikiEmbed") {
    const target = node.getChild("WikiLinkTarget");
    return target && { target: text(target), kind: "wiki" };
  }
  if (node.name === "Link" || node.name === "Autolink") {
    const address = node.getChild("URL");
    if (address) return { target: text(address).replace(/^<|>$/g, ""), kind: "link" };
    return node.name === "Link" ? reference(state, node) : null;
  }
  if (node.name === "URL" && node.parent?.name !== "LinkReference" && node.parent?.name !== "Image") {
    return { target: text(node), kind: "link" };
  }
  return null;
}

function reference(state: EditorState, node: SyntaxNode): FoundLink | null {
  const whole = state.sliceDoc(node.from, node.to);
  const label = (/\[([^\]]+)\]$/.exec(whole)?.[1] ?? /^\[([^\]]+)\]/.exec(whole)?.[1] ?? "").toLowerCase();
  if (!label) return null;
  for (const block of syntaxTree(state).topNode.getChildren("LinkReference")) {
    const name = block.getChild("LinkLabel");
    const address = block.getChild("URL");
    if (name && address && state.sliceDoc(name.from + 1, name.to - 1).toLowerCase() === label) {
      return { target: state.sliceDoc(address.from, address.to), kind: "link" };
    }
  }
  return null;
}
