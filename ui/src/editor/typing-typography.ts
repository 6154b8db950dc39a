// Typography while one types: a key changes what a compositor would, in a step of undo of its own. Backspace right behind
// it takes it back as well, and what was taken back stays as typed.
import { isolateHistory, undo } from "@codemirror/commands";
import {
  Compartment,
  type EditorState,
  type Extension,
  Prec,
  StateEffect,
  StateField,
  type TransactionSpec,
} from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { writtenIn } from "./attributes";
import { declaredAt } from "./declared";
import { fitting } from "./encodable";
import { languageOfLine, typed, type TypedChange } from "./typing-rules";
import { isInCode, isInTarget } from "./where";

const compartment = new Compartment();

/** Sets what is typed as a compositor would, or leaves it as it is. */
export function typingTypography(on: boolean): Extension {
  return compartment.of(on ? typing() : []);
}

/** Sets what is typed from now on, or no longer. */
export function changeTypingTypography(on: boolean): TransactionSpec {
  return { effects: compartment.reconfigure(on ? typing() : []) };
}

/** Whether what is typed into a text is set as a compositor would. */
export function setsTypography(state: EditorState): boolean {
  return state.field(justMade, false) !== undefined;
}

/**
 * What a key that was just struck changes in what stands before it in its line, where typography is set while one types:
 * as far as the language of the line is known, and the file can hold it.
 */
export function typedChange(
  state: EditorState,
  before: string,
  line: string,
  article: string,
  declared: string | null = null,
): TypedChange | null {
  if (!setsTypography(state)) return null;
  const lang = languageOfLine(line, article, declared);
  const change = lang && typed(before, lang);
  const insert = change && fitting(change.insert, state.facet(writtenIn));
  if (!change || insert === null || insert === before.slice(change.from, change.to)) return null;
  return { ...change, insert };
}

/** No rule looks further back. */
const reach = 2000;

const made = StateEffect.define();

/** Whether the last thing that happened to the text is a change of typography. */
const justMade = StateField.define<boolean>({
  create: () => false,
  update(was, transaction) {
    if (transaction.effects.some((effect) => effect.is(made))) return true;
    return was && !transaction.docChanged && transaction.selection === undefined;
  },
});

function typing(): Extension {
  return [
    justMade,
    EditorView.inputHandler.of((view, _from, _to, text, insert) => {
      const { state } = view;
      if (text.length !== 1 || view.composing || state.readOnly || state.selection.ranges.length > 1)
        return false;
      view.dispatch(insert());
      set(view);
      return true;
    }),
    Prec.high(
      keymap.of([
        {
          key: "Backspace",
          run: (view) => view.state.field(justMade, false) === true && undo(view),
        },
      ]),
    ),
  ];
}

function set(view: EditorView): void {
  const { state } = view;
  const { head, empty } = state.selection.main;
  if (!empty) return;
  const line = state.doc.lineAt(head);
  const start = Math.max(line.from, head - reach);
  const before = state.sliceDoc(start, head);
  const change = typedChange(state, before, line.text, view.contentDOM.lang, declaredAt(state, head));
  if (!change) return;
  const { insert } = change;
  const from = start + change.from;
  if (isInCode(state, head) || isInCode(state, from) || isInTarget(state, head) || isInTarget(state, from))
    return;
  const to = start + change.to;
  const cursor = head + insert.length - (to - from);
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: cursor },
    effects: made.of(null),
    annotations: isolateHistory.of("full"),
    userEvent: "input.typography",
    scrollIntoView: true,
  });
}
