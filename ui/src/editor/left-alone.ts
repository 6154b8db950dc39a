// A text that has lost the focus does not take it back.
import { EditorSelection, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/**
 * Where a line wraps, a caret belongs to one of two lines, and CodeMirror sets the browser’s selection once more when the
 * focus goes: WebKit takes that for a wish to have it back. A caret that belongs to neither is left where it is.
 */
export function leftAlone(): Extension {
  return EditorView.domEventHandlers({
    blur(_event, view) {
      // What took the focus away may be a change of the text that is still under way.
      queueMicrotask(() => {
        const { main, ranges } = view.state.selection;
        if (view.hasFocus || !view.dom.isConnected || ranges.length > 1 || !main.empty || !main.assoc) return;
        view.dispatch({ selection: EditorSelection.cursor(main.head) });
      });
    },
  });
}
