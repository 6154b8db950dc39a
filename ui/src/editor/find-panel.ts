// The panel of find and replace, with the count of places.
import { type EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import { type EditorView, type Panel, runScopeHandlers, showPanel, type ViewUpdate } from "@codemirror/view";
import { number } from "@/shared/dates";
import { t } from "@/shared/messages";
import {
  countFound,
  forget,
  look,
  mostCounted,
  type Outcome,
  replaceEvery,
  replaceOne,
  step,
  type Wanted,
} from "./found";
import { headOf, isHeadForm } from "./head";

/** The panel, while it is asked for. */
export function findPanel(): Extension {
  return shown;
}

/** Opens the panel, or goes to it; what is selected on one line is looked for. */
export function openFindPanel(view: EditorView, replace: boolean): boolean {
  const selected = view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to);
  if (selected && !selected.includes("\n") && selected.length < 200)
    last = { ...last, text: selected, regexp: false };
  if (!view.state.field(shown)) view.dispatch({ effects: show.of(true) });
  panels.get(view)?.enter(replace);
  return true;
}

/** Closes the panel; false when there is none. */
export function closeFind(view: EditorView): boolean {
  if (!view.state.field(shown)) return false;
  const within = panels.get(view)?.hasFocus() ?? false;
  view.dispatch({ effects: show.of(false) });
  forget(view);
  if (within) view.focus();
  return true;
}

/** Whether the panel is there. */
export function isFindShown(state: EditorState): boolean {
  return state.field(shown);
}

/** What was looked for last, in any article of this session. */
export function sought(): Wanted {
  return last;
}

const show = StateEffect.define<boolean>();
const shown = StateField.define<boolean>({
  create: () => false,
  update: (value, transaction) =>
    transaction.effects.reduce((now, effect) => (effect.is(show) ? effect.value : now), value),
  provide: (field) => showPanel.from(field, (value) => (value ? createFindPanel : null)),
});

type FindPanel = { enter: (replace: boolean) => void; hasFocus: () => boolean };
const panels = new WeakMap<EditorView, FindPanel>();
let last: Wanted = {
  text: "",
  caseSensitive: false,
  wholeWord: false,
  regexp: false,
  exactAccents: false,
  replacement: "",
};

function createFindPanel(view: EditorView): Panel {
  const root = document.createElement("div");
  root.className = "find-panel";
  root.setAttribute("role", "search");
  root.setAttribute("aria-label", t("find-panel"));
  const field = input("find-text", last.text);
  const count = document.createElement("output");
  count.className = "find-count";
  count.setAttribute("aria-live", "polite");
  const replacement = input("find-replacement", last.replacement);
  const toggles = {
    caseSensitive: toggle("Aa", "find-case", last.caseSensitive),
    wholeWord: toggle("ab|", "find-word", last.wholeWord),
    exactAccents: toggle("é", "find-accents", last.exactAccents),
    regexp: toggle(".*", "find-regexp", last.regexp),
  };
  const expand = button("find-replace-shown", () => showReplace(replaceRow.hidden !== false), "↕");
  const findRow = row(
    expand,
    field,
    count,
    ...Object.values(toggles),
    button("find-previous", () => void go(-1), "↑"),
    button("find-next", () => void go(1), "↓"),
    button("find-close", () => closeFind(view), "✕"),
  );
  const one = button("find-replace", () => change(false));
  const every = button("find-replace-all", () => change(true));
  const replaceRow = row(replacement, one, every);
  replaceRow.hidden = true;
  root.append(findRow, replaceRow);

  let timer: ReturnType<typeof setTimeout> | undefined;

  function read(): Wanted {
    return {
      text: field.value,
      caseSensitive: pressed(toggles.caseSensitive),
      wholeWord: pressed(toggles.wholeWord),
      exactAccents: pressed(toggles.exactAccents),
      regexp: pressed(toggles.regexp),
      replacement: replacement.value,
    };
  }
  function changed(): void {
    last = read();
    applySoon(last.regexp ? 150 : 40);
  }
  function applySoon(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void apply(), delay);
  }
  /** Finds all places, in the worker; a pattern that was quick there is quick here. */
  async function apply(most?: number): Promise<Outcome> {
    clearTimeout(timer);
    timer = undefined;
    const wanted = last;
    const outcome = await look(view, wanted, most);
    if (outcome === "late" || wanted !== last) return "late";
    field.setAttribute("aria-invalid", String(outcome === "invalid"));
    showCount();
    if (outcome === "invalid") count.textContent = t("find-not-a-pattern");
    else if (outcome === "slow") count.textContent = t("find-too-slow");
    return outcome;
  }
  function showCount(): void {
    const { total, at } = countFound(view.state);
    for (const button of [one, every]) button.disabled = total === 0 || view.state.readOnly;
    if (last.text === "") count.textContent = "";
    else if (total === 0) count.textContent = t("find-none");
    else if (at)
      count.textContent = t("find-place", {
        at: number(at),
        total: total >= mostCounted ? `${number(mostCounted)}+` : number(total),
      });
    else count.textContent = t("find-count", { count: total });
  }
  async function go(by: 1 | -1): Promise<void> {
    // What was typed a moment ago is meant.
    if (timer !== undefined && (await apply()) !== "done") return;
    step(view, by);
    if (document.activeElement === field) field.select();
    showCount();
  }
  function change(all: boolean): void {
    last = read();
    void apply(all ? Infinity : undefined)
      .then((outcome) => (outcome === "done" ? (all ? replaceEvery : replaceOne)(view) : undefined))
      .then(changed);
  }
  function showReplace(shown: boolean): void {
    replaceRow.hidden = !shown;
    expand.setAttribute("aria-expanded", String(shown));
  }

  field.addEventListener("input", changed);
  replacement.addEventListener("input", changed);
  for (const sign of Object.values(toggles)) {
    sign.addEventListener("click", () => {
      sign.setAttribute("aria-pressed", String(!pressed(sign)));
      changed();
      field.focus();
    });
  }
  root.addEventListener("keydown", (event) => {
    if (runScopeHandlers(view, event, "search-panel")) event.preventDefault();
    else if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      void go(event.shiftKey ? -1 : 1);
    } else if (event.key === "Enter" && event.target === replacement) {
      event.preventDefault();
      change(false);
    }
  });
  expand.setAttribute("aria-expanded", "false");
  panels.set(view, {
    enter(replace) {
      field.value = last.text;
      if (replace) showReplace(true);
      const entry = replace && field.value ? replacement : field;
      entry.focus();
      if (entry === field) field.select();
      changed();
    },
    hasFocus: () => root.contains(document.activeElement),
  });

  return {
    dom: root,
    top: true,
    mount: changed,
    update(update: ViewUpdate) {
      const { startState, state } = update;
      const otherHead = headOf(startState) !== headOf(state) || isHeadForm(startState) !== isHeadForm(state);
      if (update.docChanged || otherHead) {
        applySoon(250);
      } else if (update.selectionSet) showCount();
    },
    destroy() {
      clearTimeout(timer);
      panels.delete(view);
    },
  };
}

function pressed(toggle: HTMLElement): boolean {
  return toggle.getAttribute("aria-pressed") === "true";
}

function row(...children: HTMLElement[]): HTMLElement {
  const element = document.createElement("div");
  element.className = "find-row";
  element.append(...children);
  return element;
}

function input(name: string, value: string): HTMLInputElement {
  const element = document.createElement("input");
  element.type = "text";
  element.className = "field find-field";
  element.value = value;
  element.placeholder = t(name);
  element.setAttribute("aria-label", t(name));
  element.spellcheck = false;
  element.autocomplete = "off";
  return element;
}

function button(name: string, run: () => void, sign?: string): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.className = sign ? "find-sign" : "button";
  if (!sign) element.textContent = t(name);
  else {
    // A sign, not words: the button is called by its name.
    const drawn = element.appendChild(document.createElement("span"));
    drawn.setAttribute("aria-hidden", "true");
    drawn.textContent = sign;
    element.setAttribute("aria-label", t(name));
    element.title = t(name);
  }
  element.addEventListener("click", run);
  return element;
}

function toggle(sign: string, name: string, on: boolean): HTMLButtonElement {
  const element = button(name, () => undefined, sign);
  element.classList.add("find-toggle");
  element.setAttribute("aria-pressed", String(on));
  return element;
}
