// How advice is marked: each sort by its own line below the words.
import { EditorView } from "@codemirror/view";

function wavy(colour: string, style: "wavy" | "dotted" | "dashed"): Record<string, string> {
  return {
    textDecorationLine: "underline",
    textDecorationStyle: style,
    textDecorationColor: colour,
    textDecorationThickness: style === "dotted" ? "2px" : "1px",
    textUnderlineOffset: "0.22em",
    textDecorationSkipInk: "none",
  };
}

/** The lines below words that something is said of, and the one that a menu is open for. */
export const adviceLook = EditorView.baseTheme({
  ".cm-advice-spelling": wavy("var(--red)", "wavy"),
  ".cm-advice-grammar": wavy("var(--mark-third-line)", "wavy"),
  ".cm-advice-house": wavy("var(--inserted)", "dashed"),
  ".cm-advice-style": wavy("var(--faint)", "dotted"),
});
