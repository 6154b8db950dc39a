// Typewriter scrolling: the line of the caret stays at one height of the window while one types and moves by keys.
// The text is set there at once, without a motion of its own, so that nothing has to be done for those who want less.
import {
  Compartment,
  EditorState,
  type Extension,
  type Transaction,
  type TransactionSpec,
} from "@codemirror/state";
import { EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** The height that the line of the caret has in the window: a share of it, from the top. */
export const typewriterHeight = 0.45;

const compartment = new Compartment();
/** The height that was measured last: another text opens with it, so that it does not move once it is shown. */
let lastLead = 0;

/** Keeps the line of the caret at one height, or not. */
export function typewriter(on: boolean): Extension {
  return compartment.of(on ? kept() : []);
}

/** Keeps the line of the caret at one height from now on, or no longer; the caret is gone to. */
export function changeTypewriter(on: boolean): TransactionSpec {
  return { effects: compartment.reconfigure(on ? kept() : []) };
}

/** Whether the line of the caret is brought to its height after this: keys do it, the mouse and the disk do not. */
export function bringsLine(transaction: Transaction): boolean {
  return (
    transaction.scrollIntoView &&
    (transaction.docChanged || transaction.selection !== undefined) &&
    !transaction.isUserEvent("select.pointer") &&
    !transaction.isUserEvent("select.search")
  );
}

function kept(): Extension {
  // The height of the window belongs to the view, which a state does not know.
  const place = { lead: lastLead };
  return [
    EditorView.editorAttributes.of({ class: "cm-typewriter" }),
    look,
    // A request of the editor's own: it is answered after the lines have their new heights, whatever the live preview
    // shows or hides at the caret.
    EditorState.transactionExtender.of((transaction) => {
      if (!place.lead || !bringsLine(transaction)) return null;
      const { head } = transaction.newSelection.main;
      return { effects: EditorView.scrollIntoView(head, { y: "start", yMargin: place.lead }) };
    }),
    ViewPlugin.fromClass(
      class {
        constructor(readonly view: EditorView) {
          if (lastLead) view.dom.style.setProperty("--typewriter-lead", `${lastLead}px`);
          this.measure();
        }
        update(update: ViewUpdate): void {
          if (update.geometryChanged) this.measure();
        }
        measure(): void {
          this.view.requestMeasure({
            key: this,
            read: (view) => Math.round(view.scrollDOM.clientHeight * typewriterHeight),
            write: (lead, view) => {
              if (lead === place.lead) return;
              place.lead = lastLead = lead;
              view.dom.style.setProperty("--typewriter-lead", `${lead}px`);
            },
          });
        }
        destroy(): void {
          this.view.dom.style.removeProperty("--typewriter-lead");
        }
      },
    ),
  ];
}

// The first line can come to the height as well; below the last one there is room already.
const look = EditorView.theme({
  "&.cm-typewriter .cm-content": { paddingTop: "max(34px, var(--typewriter-lead, 34px))" },
});
