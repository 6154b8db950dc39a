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
  Transaction,
  type TransactionSpec,
} from "@codemirror/state";
import { EditorView, keymap, type ViewUpdate } from "@codemirror/view";
import { writtenIn } from "./attributes";
import { declaredAt } from "./declared";
import { fitting } from "./encodable";
import { ended, languageOfLine, typed, type TypedChange } from "./typing-rules";
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
  rule = typed,
): TypedChange | null {
  if (!setsTypography(state)) return null;
  const lang = languageOfLine(line, article, declared);
  const change = lang && rule(before, lang);
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
    EditorView.updateListener.of((update) => {
      const end = endedLine(update);
      if (end !== null) set(update.view, end, ended);
    }),
    EditorView.domEventHandlers({
      blur: (_event, view) => {
        const { doc, readOnly, selection } = view.state;
        // Who leaves the piece behind its last mark is done with it.
        const isEnd = doc.sliceString(selection.main.head).trim() === "";
        if (isEnd && !readOnly && !view.composing) set(view, selection.main.head, ended);
      },
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

/** The end of the line that a key has just ended; null when none did. */
function endedLine({ transactions, startState }: ViewUpdate): number | null {
  const [transaction] = transactions;
  const event = transaction?.annotation(Transaction.userEvent);
  if (transactions.length !== 1 || !transaction?.docChanged || (event !== "input" && event !== "input.type"))
    return null;
  if (startState.readOnly || startState.selection.ranges.length > 1) return null;
  let end: number | null = null;
  transaction.changes.iterChanges((from, to, _from, _to, inserted) => {
    const isOnlyBlank = startState.sliceDoc(from, to).trim() === "";
    if (inserted.lines > 1 && inserted.line(1).length === 0 && isOnlyBlank) end = from;
  });
  return end;
}

function set(view: EditorView, head = view.state.selection.main.head, rule = typed): void {
  const { state } = view;
  if (!state.selection.main.empty) return;
  const line = state.doc.lineAt(head);
  const start = Math.max(line.from, head - reach);
  const before = state.sliceDoc(start, head);
  const change = typedChange(state, before, line.text, view.contentDOM.lang, declaredAt(state, head), rule);
  if (!change) return;
  const { insert } = change;
  const from = start + change.from;
  if (isInCode(state, head) || isInCode(state, from) || isInTarget(state, head) || isInTarget(state, from))
    return;
  const to = start + change.to;
  const moved = state.changes({ from, to, insert });
  view.dispatch({
    changes: moved,
    selection: { anchor: moved.mapPos(state.selection.main.head, 1) },
    effects: made.of(null),
    annotations: isolateHistory.of("full"),
    userEvent: "input.typography",
    scrollIntoView: true,
  });
}
