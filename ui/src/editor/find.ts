// Find and replace: the keys, and the panel in the look of the app.
import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  openSearchPanel,
  search,
} from "@codemirror/search";
import { type Extension, Prec } from "@codemirror/state";
import { type Command, type EditorView, keymap } from "@codemirror/view";
import { createFindPanel, focusReplace } from "./find-panel";

/** Finds in the text, and replaces. */
export function find(): Extension {
  return [
    search({ top: true, createPanel: createFindPanel }),
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
        { key: "F3", run: findAgain, shift: findBefore, scope: "editor search-panel", preventDefault: true },
        {
          key: "Mod-g",
          run: findAgain,
          shift: findBefore,
          scope: "editor search-panel",
          preventDefault: true,
        },
        { key: "Escape", run: closeSearchPanel, scope: "editor search-panel" },
      ]),
    ),
  ];
}

/** Opens the find panel, or goes to it. */
export const openFind: Command = openSearchPanel;

/** Opens the find panel with its second line, for replacing. */
export const openReplace: Command = (view) => {
  openSearchPanel(view);
  focusReplace(view);
  return true;
};

const findAgain: Command = (view: EditorView) =>
  getSearchQuery(view.state).search ? findNext(view) : openFind(view);
const findBefore: Command = (view: EditorView) =>
  getSearchQuery(view.state).search ? findPrevious(view) : openFind(view);
