// Each line runs in the direction of its own words: Arabic in a French piece, French in an Arabic one.
import { type Extension, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin } from "@codemirror/view";

const auto = Decoration.line({ attributes: { dir: "auto" } });

/** Gives each line on the screen the direction of its words. */
export function lineDirection(): Extension {
  return [
    EditorView.perLineTextDirection.of(true),
    ViewPlugin.fromClass(
      class {
        decorations: DecorationSet;
        constructor(view: EditorView) {
          this.decorations = visibleLines(view);
        }
        update(update: { docChanged: boolean; viewportChanged: boolean; view: EditorView }): void {
          if (update.docChanged || update.viewportChanged) this.decorations = visibleLines(update.view);
        }
      },
      { decorations: (plugin) => plugin.decorations },
    ),
  ];
}

function visibleLines(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  let last = -1;
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      if (line.from > last) builder.add(line.from, line.from, auto);
      last = line.from;
      at = line.to + 1;
    }
  }
  return builder.finish();
}
