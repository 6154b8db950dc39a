// Each line runs in the direction of its own words: Arabic in a French piece, French in an Arabic one. Where a language is
// declared of it, it has that, and the direction of it.
import { syntaxTree } from "@codemirror/language";
import { type Extension, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { declaredOfBlock, runsFromRight } from "./declared";

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
        update(update: ViewUpdate): void {
          if (
            update.docChanged ||
            update.viewportChanged ||
            syntaxTree(update.startState) !== syntaxTree(update.state)
          )
            this.decorations = visibleLines(update.view);
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
      if (line.from > last)
        builder.add(line.from, line.from, decorationOf(declaredOfBlock(view.state, line.to)));
      last = line.from;
      at = line.to + 1;
    }
  }
  return builder.finish();
}

const auto = Decoration.line({ attributes: { dir: "auto" } });
const byLang = new Map<string, Decoration>();

function decorationOf(lang: string | null): Decoration {
  if (lang === null) return auto;
  let line = byLang.get(lang);
  if (!line) byLang.set(lang, (line = Decoration.line({ attributes: { lang, dir: directionOf(lang) } })));
  return line;
}

/** The direction of a language, as HTML says it; what is not known shows in the words. */
export function directionOf(lang: string): "auto" | "rtl" | "ltr" {
  const fromRight = runsFromRight(lang);
  return fromRight === null ? "auto" : fromRight ? "rtl" : "ltr";
}
