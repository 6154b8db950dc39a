// A text that can be read and searched here, and not changed.
import { Compartment, EditorState, type Extension, type TransactionSpec } from "@codemirror/state";

const compartment = new Compartment();

/** Whether the text can be changed, at the start. */
export function readOnly(value: boolean): Extension {
  return compartment.of(EditorState.readOnly.of(value));
}

/** Lets an open text be changed, or not. */
export function changeReadOnly(value: boolean): TransactionSpec {
  return { effects: compartment.reconfigure(EditorState.readOnly.of(value)) };
}
