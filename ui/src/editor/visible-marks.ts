// What is in the text and not seen: no-break spaces, tabs, spaces at the end of a line, marks of direction, soft hyphens,
// the ends of paragraphs. Drawn around the characters, which stay what and where they are.
import { Compartment, type Extension, type TransactionSpec } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from "@codemirror/view";
import { t } from "@/shared/messages";

const compartment = new Compartment();

/** Shows what is not seen, or does not. */
export function visibleMarks(on: boolean): Extension {
  return compartment.of(on ? marks() : []);
}

/** Shows what is not seen from now on, or no longer. */
export function changeVisibleMarks(on: boolean): TransactionSpec {
  return { effects: compartment.reconfigure(on ? marks() : []) };
}

const spaces: Record<string, string> = {
  "\u00a0": "cm-mark-no-break",
  "\u202f": "cm-mark-thin",
  "\u2009": "cm-mark-thin",
  "\t": "cm-mark-tab",
  " ": "cm-mark-trailing",
};

/** What has no width, by the sign that stands for it. */
const unseen: Record<string, string> = {
  "\u00ad": "-",
  "\u200b": "|",
  "\u200c": "ZWNJ",
  "\u200d": "ZWJ",
  "\u2060": "WJ",
  "\ufeff": "BOM",
  "\u200e": "LRM",
  "\u200f": "RLM",
  "\u061c": "ALM",
  "\u202a": "LRE",
  "\u202b": "RLE",
  "\u202c": "PDF",
  "\u202d": "LRO",
  "\u202e": "RLO",
  "\u2066": "LRI",
  "\u2067": "RLI",
  "\u2068": "FSI",
  "\u2069": "PDI",
};

class Sign extends WidgetType {
  constructor(
    readonly sign: string,
    readonly kind: string,
  ) {
    super();
  }
  override eq(other: Sign): boolean {
    return other.sign === this.sign && other.kind === this.kind;
  }
  toDOM(): HTMLElement {
    const span = document.createElement("span");
    span.className = `cm-mark-sign ${this.kind}`;
    span.textContent = this.sign;
    span.setAttribute("aria-hidden", "true");
    return span;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

const pilcrow = Decoration.widget({ widget: new Sign("¶", "cm-mark-end"), side: 2 });

function marks(): Extension {
  const decorator = new MatchDecorator({
    regexp: /[\u00a0\u202f\u2009\t\u00ad\u200b-\u200f\u2060\ufeff\u061c\u202a-\u202e\u2066-\u2069]| +$/g,
    decorate: (add, from, to, match) => {
      const character = match[0][0] ?? "";
      const kind = spaces[character];
      const named: Record<string, string> = {
        "\u00a0": t("writer-mark-no-break"),
        "\u202f": t("writer-mark-thin"),
        "\t": t("writer-mark-tab"),
      };
      if (kind) {
        const title = named[character];
        add(from, to, Decoration.mark({ class: kind, ...(title ? { attributes: { title } } : {}) }));
      } else {
        const sign = new Sign(unseen[character] ?? "?", "cm-mark-unseen");
        add(from, from, Decoration.widget({ widget: sign, side: -1 }));
      }
    },
  });
  return [
    EditorView.editorAttributes.of({ class: "cm-marks-shown" }),
    ViewPlugin.fromClass(
      class {
        found: DecorationSet;
        ends: DecorationSet;
        constructor(view: EditorView) {
          this.found = decorator.createDeco(view);
          this.ends = ends(view);
        }
        update(update: ViewUpdate): void {
          this.found = decorator.updateDeco(update, this.found);
          if (update.docChanged || update.viewportChanged) this.ends = ends(update.view);
        }
      },
      {
        provide: (plugin) => [
          EditorView.decorations.of((view) => view.plugin(plugin)?.found ?? Decoration.none),
          EditorView.decorations.of((view) => view.plugin(plugin)?.ends ?? Decoration.none),
        ],
      },
    ),
    look,
  ];
}

/** A sign at the end of each line on the screen that has words. */
function ends(view: EditorView): DecorationSet {
  const found = [];
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      if (line.length > 0 && line.to <= to) found.push(pilcrow.range(line.to));
      at = line.to + 1;
    }
  }
  return Decoration.set(found, true);
}

const colour = "color-mix(in srgb, var(--soft) 75%, transparent)";

const look = EditorView.theme({
  // A tray under the space: whole for a full one, its floor alone for a thin one.
  ".cm-mark-no-break": {
    background: `linear-gradient(${colour}, ${colour}) 0 88% / 100% 1px no-repeat, linear-gradient(${colour}, ${colour}) 0 82% / 1px 4px no-repeat, linear-gradient(${colour}, ${colour}) 100% 82% / 1px 4px no-repeat`,
  },
  ".cm-mark-thin": { background: `linear-gradient(${colour}, ${colour}) 0 88% / 100% 1px no-repeat` },
  ".cm-mark-tab": { background: `linear-gradient(${colour}, ${colour}) 0 55% / 100% 1px no-repeat` },
  ".cm-mark-trailing": {
    background: `radial-gradient(circle, ${colour} 1px, transparent 1.5px) 0 55% / 0.28em 0.4em repeat-x`,
  },
  ".cm-mark-sign": { color: colour, fontFamily: "var(--sans)", userSelect: "none" },
  ".cm-mark-end": { paddingInlineStart: "2px", fontSize: "0.8em" },
  ".cm-mark-unseen": { fontSize: "0.55em", verticalAlign: "0.5em", letterSpacing: "0.03em" },
});
