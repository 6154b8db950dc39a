// The panel of find and replace, with the count of places.
import {
  closeSearchPanel,
  findNext,
  findPrevious,
  replaceAll,
  replaceNext,
  SearchQuery,
  setSearchQuery,
} from "@codemirror/search";
import { type EditorView, type Panel, runScopeHandlers, type ViewUpdate } from "@codemirror/view";
import { number } from "@/shared/dates";
import { t } from "@/shared/messages";
import { findPattern, type FindOptions } from "./find-pattern";
import { findPlaces } from "./find-places";

/** Beyond so many places the count says "more than". */
const most = 20_000;
const panels = new WeakMap<EditorView, { showReplace: () => void }>();
/** What was looked for last, in any article of this session. */
let last: FindOptions & { replacement: string } = {
  text: "",
  caseSensitive: false,
  wholeWord: false,
  regexp: false,
  exactAccents: false,
  replacement: "",
};

/** Makes the find panel of an editor. */
export function createFindPanel(view: EditorView): Panel {
  const root = document.createElement("div");
  root.className = "find-panel";
  root.setAttribute("role", "search");
  root.setAttribute("aria-label", t("find-panel"));
  const selected = view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to);
  if (selected && !selected.includes("\n") && selected.length < 200)
    last = { ...last, text: selected, regexp: false };

  const field = input("find-text", last.text);
  field.setAttribute("main-field", "true");
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
    button("find-previous", () => step(findPrevious), "↑"),
    button("find-next", () => step(findNext), "↓"),
    button("find-close", () => closeSearchPanel(view), "✕"),
  );
  const replaceOne = button("find-replace", () => change(replaceNext));
  const replaceEvery = button("find-replace-all", () => change(replaceAll));
  const replaceRow = row(replacement, replaceOne, replaceEvery);
  replaceRow.hidden = true;
  root.append(findRow, replaceRow);

  let places: number[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function read(): FindOptions {
    return {
      text: field.value,
      caseSensitive: pressed(toggles.caseSensitive),
      wholeWord: pressed(toggles.wholeWord),
      exactAccents: pressed(toggles.exactAccents),
      regexp: pressed(toggles.regexp),
    };
  }
  function changed(): void {
    last = { ...read(), replacement: replacement.value };
    clearTimeout(timer);
    timer = setTimeout(() => void apply(), last.regexp ? 150 : 40);
  }
  /** Finds all places first, in the worker; the editor is only given a pattern that was quick there. */
  async function apply(): Promise<void> {
    const options = last;
    const pattern = options.text ? findPattern(options) : null;
    field.setAttribute("aria-invalid", String(options.text !== "" && !pattern));
    if (!pattern) {
      places = [];
      setQuery("", options);
      count.textContent = options.text ? t("find-not-a-pattern") : "";
      return;
    }
    const found = await findPlaces({
      text: view.state.doc.toString(),
      ...pattern,
      wholeWord: options.wholeWord,
      most,
    });
    if (options !== last) return;
    places = found ?? [];
    setQuery(found ? pattern.source : "", options);
    if (found) showCount();
    else count.textContent = t("find-too-slow");
  }
  function setQuery(source: string, options: FindOptions): void {
    // In a pattern "$" and "\" of the replacement have a meaning; typed as words they have none.
    const replace = options.regexp ? replacement.value : replacement.value.replace(/\$/g, "$$$$");
    const query = new SearchQuery({
      search: source,
      regexp: true,
      caseSensitive: options.caseSensitive,
      wholeWord: options.wholeWord,
      literal: !options.regexp,
      replace,
    });
    view.dispatch({ effects: setSearchQuery.of(query) });
  }
  function showCount(): void {
    const total = places.length / 2;
    const { from, to } = view.state.selection.main;
    let at = 0;
    for (let i = 0; i < places.length && (places[i] ?? 0) <= from; i += 2)
      if (places[i] === from && places[i + 1] === to) at = i / 2 + 1;
    if (total === 0) count.textContent = t("find-none");
    else if (at)
      count.textContent = t("find-place", {
        at: number(at),
        total: total >= most ? `${number(most)}+` : number(total),
      });
    else count.textContent = t("find-count", { count: total });
    for (const one of [replaceOne, replaceEvery]) one.disabled = total === 0 || view.state.readOnly;
  }
  function step(command: (view: EditorView) => boolean): void {
    command(view);
    showCount();
  }
  function change(command: (view: EditorView) => boolean): void {
    clearTimeout(timer);
    void apply().then(() => {
      command(view);
      changed();
    });
  }
  function showReplace(shown: boolean): void {
    replaceRow.hidden = !shown;
    expand.setAttribute("aria-expanded", String(shown));
  }

  field.addEventListener("input", changed);
  replacement.addEventListener("input", changed);
  for (const one of Object.values(toggles)) {
    one.addEventListener("click", () => {
      one.setAttribute("aria-pressed", String(!pressed(one)));
      changed();
      field.focus();
    });
  }
  root.addEventListener("keydown", (event) => {
    if (runScopeHandlers(view, event, "search-panel")) event.preventDefault();
    else if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      step(event.shiftKey ? findPrevious : findNext);
    } else if (event.key === "Enter" && event.target === replacement) {
      event.preventDefault();
      change(replaceNext);
    }
  });
  expand.setAttribute("aria-expanded", "false");
  panels.set(view, {
    showReplace() {
      showReplace(true);
      (field.value ? replacement : field).focus();
    },
  });

  return {
    dom: root,
    top: true,
    mount() {
      field.focus();
      field.select();
      changed();
    },
    update(update: ViewUpdate) {
      if (update.docChanged) {
        clearTimeout(timer);
        timer = setTimeout(() => void apply(), 250);
      } else if (update.selectionSet) showCount();
    },
    destroy() {
      clearTimeout(timer);
      panels.delete(view);
    },
  };
}

/** Shows the second line of an open find panel, and goes to it. */
export function focusReplace(view: EditorView): void {
  panels.get(view)?.showReplace();
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
