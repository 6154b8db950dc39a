// The keys that a text has of CodeMirror, without those for programs.
import { defaultKeymap, historyKeymap, toggleBlockComment, toggleComment } from "@codemirror/commands";
import type { KeyBinding } from "@codemirror/view";

/** Moving, selecting, deleting, the history. */
export const textKeys: readonly KeyBinding[] = [
  ...historyKeymap,
  // A paragraph would vanish into a comment of HTML.
  ...defaultKeymap.filter(({ run }) => run !== toggleComment && run !== toggleBlockComment),
];
