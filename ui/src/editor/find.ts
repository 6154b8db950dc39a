// Find and replace: the panel, and the keys that open it and go from place to place.
import { type Extension, Prec } from "@codemirror/state";
import { type Command, type EditorView, keymap } from "@codemirror/view";
import { closeFind, findPanel, isFindShown, openFindPanel, sought } from "./find-panel";
import { forget, found, look, step } from "./found";

export { closeFind };

/** Finds in the text, and replaces. */
export function find(): Extension {
  return [
    found(),
    findPanel(),
    Prec.high(
      keymap.of([
        { key: "Mod-f", run: openFind, scope: "editor search-panel", preventDefault: true },
        {
          key: "Mod-h",
          mac: "Mod-Alt-f",
          run: openReplace,
          scope: "editor search-panel",
          preventDefault: true,
        },
        ...["F3", "Mod-g"].map((key) => ({
          key,
          run: (view: EditorView) => again(view, 1),
          shift: (view: EditorView) => again(view, -1),
          scope: "editor search-panel",
          preventDefault: true,
        })),
        { key: "Escape", run: closeFind, scope: "editor search-panel" },
      ]),
    ),
  ];
}

/** Opens the find panel, or goes to it. */
export const openFind: Command = (view) => openFindPanel(view, false);

/** Opens the find panel with its second line, for replacing. */
export const openReplace: Command = (view) => openFindPanel(view, true);

/** To the next place of what was looked for last, in whatever article. */
function again(view: EditorView, by: 1 | -1): boolean {
  const wanted = sought();
  if (!wanted.text) return openFind(view);
  void look(view, wanted).then((outcome) => {
    if (outcome === "done") step(view, by);
    // Without the panel nothing would take the colour off again.
    if (!isFindShown(view.state)) forget(view);
  });
  return true;
}
