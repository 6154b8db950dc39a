// The engine's own highlights: words are painted, and nothing in the article's tree changes.

/** Whether the engine has them. */
export function hasHighlights(): boolean {
  return typeof Highlight === "function" && typeof CSS !== "undefined" && "highlights" in CSS;
}

/** Paints these ranges under a name, and no others any more. What has a higher priority lies over the rest. */
export function highlight(name: string, ranges: readonly Range[], priority = 0): void {
  // WebKit leaves the words of a replaced highlight as they were painted: it repaints what is taken out of one.
  CSS.highlights.get(name)?.clear();
  if (ranges.length === 0) {
    CSS.highlights.delete(name);
    return;
  }
  const painted = new Highlight(...ranges);
  painted.priority = priority;
  CSS.highlights.set(name, painted);
}
