// Walking a tree of sections with the arrow keys, as role="tree" is walked.
import type { SectionNode } from "@/backend";

/** A line of the tree as it is drawn. */
export type TreeLine = { node: SectionNode; level: number; parent: string | null; expanded: boolean | null };

/** The lines on the screen; `collapsed` names the nodes whose children are hidden. */
export function treeLines(
  nodes: SectionNode[],
  collapsed: ReadonlySet<string>,
  level = 1,
  parent: string | null = null,
): TreeLine[] {
  return nodes.flatMap((node) => {
    const expanded = node.children.length === 0 ? null : !collapsed.has(node.path);
    const line: TreeLine = { node, level, parent, expanded };
    return [line, ...(expanded ? treeLines(node.children, collapsed, level + 1, node.path) : [])];
  });
}

/** What a key does on a line. */
export type TreeMove = { focus: string } | { expand: string } | { collapse: string } | null;

/** What a key does on the line of `path`. */
export function treeMove(key: string, path: string, lines: TreeLine[]): TreeMove {
  const at = lines.findIndex(({ node }) => node.path === path);
  const line = lines[at];
  if (!line) return null;
  const focus = (to: TreeLine | undefined): TreeMove => (to ? { focus: to.node.path } : null);
  switch (key) {
    case "ArrowDown":
      return focus(lines[at + 1]);
    case "ArrowUp":
      return focus(lines[at - 1]);
    case "Home":
      return focus(lines[0]);
    case "End":
      return focus(lines[lines.length - 1]);
    case "ArrowRight":
      if (line.expanded === false) return { expand: path };
      return line.expanded ? focus(lines[at + 1]) : null;
    case "ArrowLeft":
      if (line.expanded) return { collapse: path };
      return line.parent === null ? null : { focus: line.parent };
    default:
      return null;
  }
}
