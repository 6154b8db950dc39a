// Links edited where they stand: their words and their address in two small fields, which change the text and nothing else.
import { redo, undo } from "@codemirror/commands";
import {
  type ChangeSpec,
  type EditorState,
  type Extension,
  Prec,
  StateEffect,
  StateField,
} from "@codemirror/state";
import {
  type Command,
  EditorView,
  keymap,
  showTooltip,
  type Tooltip,
  type TooltipView,
  type ViewUpdate,
} from "@codemirror/view";
import { coversBars } from "@/shared/covering";
import { t } from "@/shared/messages";
import { insertLink } from "./insertions";
import {
  changeAddress,
  changeWords,
  type LinkParts,
  linkPartsAt,
  removeLink,
  targetOfLink,
  wordsOfLink,
} from "./link-parts";
import { editorServices } from "./services";

/** The fields of a link, opened by a key at the caret or a click on its words. */
export function linkEditing(): Extension {
  return [opened, clicks, Prec.high(keymap.of([{ key: "Escape", run: closeLink }])), look];
}

/** Opens the link at the caret; elsewhere the selection becomes one, and is opened. */
export const editLink: Command = (view) => {
  const { state } = view;
  const found = linkPartsAt(state, state.selection.main.head);
  if (found && (state.selection.main.empty || insideOf(state, found))) return openLink(view, found, true);
  if (!insertLink(view)) return false;
  const made = linkPartsAt(view.state, view.state.selection.main.head);
  return made === null || openLink(view, made, true);
};

const closeLink: Command = (view) => {
  if (!view.state.field(opened)) return false;
  view.dispatch({ effects: open.of(null) });
  return true;
};

/** A link whose fields are open: where it begins, and how they are made, which stays the same while they stand. */
type Opened = { at: number; focus: boolean; create: Tooltip["create"] };

const open = StateEffect.define<Opened | null>();

const opened = StateField.define<Opened | null>({
  create: () => null,
  update(value, transaction) {
    let now = value;
    if (now && transaction.docChanged) now = { ...now, at: transaction.changes.mapPos(now.at, 1) };
    for (const effect of transaction.effects) if (effect.is(open)) now = effect.value;
    if (!now) return null;
    // The caret went somewhere else: so does the attention.
    if (transaction.selection && !transaction.docChanged && !now.focus) {
      const link = linkOf(transaction.state, now.at);
      const { head } = transaction.state.selection.main;
      if (!link || head < link.from || head > link.to) return null;
    }
    return now;
  },
  provide: (field) =>
    showTooltip.compute([field], (state): Tooltip | null => {
      const now = state.field(field);
      if (!now || !linkOf(state, now.at)) return null;
      return { pos: now.at, above: false, arrow: false, create: now.create };
    }),
});

function linkOf(state: EditorState, at: number): LinkParts | null {
  const found = linkPartsAt(state, Math.min(at + 1, state.doc.length));
  return found?.from === at ? found : null;
}

function insideOf(state: EditorState, link: LinkParts): boolean {
  const { from, to } = state.selection.main;
  return from >= link.from && to <= link.to;
}

function openLink(view: EditorView, link: LinkParts, focus: boolean): boolean {
  view.dispatch({ effects: open.of({ at: link.from, focus, create: (of) => fieldsOf(of, focus) }) });
  return true;
}

function fieldsOf(view: EditorView, focus: boolean): TooltipView {
  const dom = document.createElement("div");
  dom.className = "cm-link-editor";
  dom.setAttribute("role", "dialog");
  dom.setAttribute("aria-label", t("editor-link"));
  const current = (): LinkParts | null => {
    const now = view.state.field(opened);
    return now && linkOf(view.state, now.at);
  };
  let own = false;
  let uncover: (() => void) | undefined;
  const change = (changes: ChangeSpec): void => {
    own = true;
    view.dispatch({ changes, userEvent: "input.type" });
    own = false;
  };
  const close = (): void => {
    const link = current();
    view.dispatch({
      effects: open.of(null),
      ...(link && !insideOf(view.state, link) ? { selection: { anchor: link.to } } : {}),
    });
    view.focus();
  };
  const field = (name: string): HTMLInputElement => {
    const label = dom.appendChild(document.createElement("label"));
    label.append(t(name));
    const input = label.appendChild(document.createElement("input"));
    input.type = "text";
    input.autocomplete = "off";
    input.spellcheck = false;
    input.readOnly = view.state.readOnly;
    return input;
  };
  const address = field("editor-link-address");
  address.dir = "ltr";
  const words = field("editor-link-words");
  words.dir = "auto";
  const read = (): void => {
    const link = current();
    if (!link) return;
    const { target } = targetOfLink(view.state, link);
    const said = wordsOfLink(view.state, link);
    if (address.value.trim() !== target) address.value = target;
    if (words.value.trim() !== said.trim()) words.value = said;
  };
  address.addEventListener("input", () => {
    const link = current();
    if (link && !view.state.readOnly) change(changeAddress(link, address.value));
  });
  words.addEventListener("input", () => {
    const link = current();
    if (link && !view.state.readOnly) change(changeWords(view.state, link, words.value));
  });
  const acts = dom.appendChild(document.createElement("div"));
  acts.className = "cm-link-acts";
  const act = (name: string, run: () => void): void => {
    const button = acts.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = t(name);
    button.addEventListener("click", run);
  };
  act("editor-link-open", () => {
    const link = current();
    if (!link) return;
    const { target, kind } = targetOfLink(view.state, link);
    if (target) view.state.facet(editorServices).follow(target, kind);
  });
  if (!view.state.readOnly)
    act("editor-link-remove", () => {
      const link = current();
      if (!link) return;
      view.dispatch({
        changes: removeLink(view.state, link),
        effects: open.of(null),
        userEvent: "delete.link",
      });
      view.focus();
    });
  dom.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const mod = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    const onField = event.target instanceof HTMLInputElement;
    if (event.key === "Escape" || (event.key === "Enter" && onField)) close();
    else if (mod && key === "z") (event.shiftKey ? redo : undo)(view);
    else if (mod && key === "y") redo(view);
    else if (event.key === "Tab") goRound(dom, event.shiftKey ? -1 : 1);
    else {
      // Letters are the field's; commands of the window stay what they are.
      if (!mod && !event.altKey) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  read();
  return {
    dom,
    mount: () => {
      if (!focus) return;
      const first = address.value === "" || words.value !== "" ? address : words;
      first.focus();
      first.select();
    },
    positioned: () => (uncover ??= coversBars(dom)),
    update: (update: ViewUpdate) => {
      if (!own && update.docChanged) read();
    },
    destroy: () => uncover?.(),
  };
}

/** Tab stays within the fields: they are in the middle of the text, and nothing comes after them. */
function goRound(dom: HTMLElement, by: 1 | -1): void {
  const all = [...dom.querySelectorAll<HTMLElement>("input, button")];
  const at = all.indexOf(document.activeElement as HTMLElement);
  all[(at + by + all.length) % all.length]?.focus();
}

/** A click on the words of a link that reads as one opens its fields; the caret goes into the words. */
const clicks = EditorView.domEventHandlers({
  click(event, view) {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.detail > 1)
      return false;
    const target = event.target instanceof Element ? event.target.closest(".cm-link") : null;
    if (!target || !view.state.selection.main.empty) return false;
    const found = linkPartsAt(view.state, view.posAtDOM(target));
    if (found) openLink(view, found, false);
    return false;
  },
});

const look = EditorView.baseTheme({
  ".cm-tooltip.cm-link-editor": {
    zIndex: "6",
    display: "grid",
    gap: "6px",
    width: "min(440px, 100cqi - 16px)",
    padding: "10px 12px 8px",
    border: "1px solid var(--rule-strong)",
    borderRadius: "var(--radius)",
    background: "var(--sheet)",
    color: "var(--soft)",
    font: "12px/1.4 var(--sans)",
  },
  ".cm-link-editor label": {
    display: "grid",
    gridTemplateColumns: "5.2em minmax(0, 1fr)",
    alignItems: "baseline",
    gap: "8px",
  },
  ".cm-link-editor input": {
    minWidth: "0",
    padding: "2px 0",
    border: "0",
    borderBottom: "1px solid var(--rule)",
    background: "none",
    color: "var(--ink)",
    font: "13px/1.5 var(--sans)",
  },
  ".cm-link-editor input:focus": { outline: "none", borderBottomColor: "var(--red)" },
  ".cm-link-acts": { display: "flex", gap: "16px", paddingTop: "2px" },
  ".cm-link-acts button": { padding: "2px 0", color: "var(--soft)", font: "500 12px var(--sans)" },
  ".cm-link-acts button:hover": { color: "var(--ink)", textDecoration: "underline" },
});
