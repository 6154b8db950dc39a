// What a template leaves to the writer: `{{…}}`. Tab goes to the next one, Shift-Tab to the one before; typing replaces it.
import { type EditorState, type Extension, Prec, StateField } from "@codemirror/state";
import {
  type Command,
  Decoration,
  EditorView,
  keymap,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";

/** A place in a text. */
type Place = { from: number; to: number };

/** A field begins with a letter right behind its braces: the tags of other programs mostly do not. */
const pattern = /\{\{(?!\w+(?:\.\w+)+\}\})\p{L}[^{}\n|]{0,200}\}\}/gu;

/** The fields of a text, in order. */
export function fieldsOf(text: string): Place[] {
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
    from: index,
    to: index + found.length,
  }));
}

/** Shows the fields of a template, and goes from one to the next. */
export function fields(): Extension {
  return [atHand, shown, look, Prec.high(keymap.of([{ key: "Tab", run: goOn(1), shift: goOn(-1) }]))];
}

/** The field that is being filled in, or the words that took its place, as long as the caret stays there. */
const atHand = StateField.define<Place | null>({
  create: (state) => selectedField(state),
  update(place, transaction) {
    if (!transaction.docChanged && !transaction.selection) return place;
    const now = selectedField(transaction.state);
    if (now || !place) return now;
    const moved = {
      from: transaction.changes.mapPos(place.from, -1),
      to: transaction.changes.mapPos(place.to, 1),
    };
    const { from, to } = transaction.state.selection.main;
    return from >= moved.from && to <= moved.to ? moved : null;
  },
});

const decorator = new MatchDecorator({
  regexp: pattern,
  decoration: Decoration.mark({ class: "cm-field" }),
});

const shown = ViewPlugin.fromClass(
  class {
    decorations;
    constructor(view: EditorView) {
      this.decorations = decorator.createDeco(view);
    }
    update(update: ViewUpdate): void {
      this.decorations = decorator.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const look = EditorView.baseTheme({
  ".cm-field": {
    color: "var(--soft)",
    backgroundColor: "var(--selected)",
    borderRadius: "3px",
    fontWeight: "400",
  },
});

function selectedField(state: EditorState): Place | null {
  const { from, to } = state.selection.main;
  if (to - from < 5 || to - from > 210) return null;
  const [found] = fieldsOf(state.sliceDoc(from, to));
  return found?.from === 0 && found.to === to - from ? { from, to } : null;
}

/** Goes on from the field at hand; elsewhere Tab means what it always does. */
function goOn(direction: 1 | -1): Command {
  return (view) => {
    const place = view.state.field(atHand);
    if (!place || view.state.readOnly) return false;
    const all = fieldsOf(view.state.doc.toString());
    const next =
      direction > 0
        ? (all.find(({ from }) => from >= place.to) ?? all.find(({ to }) => to <= place.from))
        : (all.findLast(({ to }) => to <= place.from) ?? all.findLast(({ from }) => from >= place.to));
    if (!next) return false;
    view.dispatch({ selection: { anchor: next.from, head: next.to }, scrollIntoView: true });
    return true;
  };
}
