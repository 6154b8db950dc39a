// Front matter as the head of the article, shown while the caret is elsewhere. A click opens its text at that field.
import { EditorView, WidgetType } from "@codemirror/view";
import { fullDate, languageName } from "@/shared/dates";
import { t } from "@/shared/messages";
import { editorServices } from "./services";
import { shownFields, type ShownField } from "./front-matter-fields";

/** The head of the article, from the source of its front matter. */
export class FrontMatterHeader extends WidgetType {
  constructor(readonly source: string) {
    super();
  }
  override eq(other: FrontMatterHeader): boolean {
    return other.source === this.source;
  }
  override get estimatedHeight(): number {
    return 180;
  }
  override toDOM(view: EditorView): HTMLElement {
    const fields = shownFields(this.source);
    const head = document.createElement("div");
    head.className = "cm-head";
    const add = (className: string, field: ShownField | undefined, text = field?.text): void => {
      if (!field || !text) return;
      const part = head.appendChild(document.createElement("div"));
      part.className = className;
      part.dir = "auto";
      part.textContent = text;
      part.dataset.at = String(field.at);
    };
    const { sectionName, statusName } = view.state.facet(editorServices);
    add(
      "cm-head-section",
      fields.section,
      fields.section && (sectionName?.(fields.section.text) ?? fields.section.text),
    );
    add("cm-head-title", fields.title);
    if (!fields.title) head.append(untitled());
    add("cm-head-standfirst", fields.standfirst);
    const line = head.appendChild(document.createElement("div"));
    line.className = "cm-head-line";
    const facts: [string, ShownField | undefined, string?][] = [
      ["cm-head-byline", fields.byline],
      ["cm-head-date", fields.date, fullDate(fields.date?.text)],
      ["cm-head-lang", fields.lang, fields.lang && languageName(fields.lang.text)],
      [
        "cm-head-status",
        fields.status,
        fields.status && (statusName?.(fields.status.text) ?? fields.status.text),
      ],
    ];
    for (const [className, field, text = field?.text] of facts) {
      if (!field || !text) continue;
      const part = line.appendChild(document.createElement("span"));
      part.className = className;
      part.textContent = text;
      part.dataset.at = String(field.at);
    }
    line.append(openButton(view, head));
    head.addEventListener("mousedown", (event) => {
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest("button"))) return;
      event.preventDefault();
      const part = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-at]") : null;
      open(view, head, Number(part?.dataset.at ?? firstLine(this.source)));
    });
    return head;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

function open(view: EditorView, head: HTMLElement, at: number): void {
  const anchor = view.posAtDOM(head) + at;
  view.dispatch({ selection: { anchor }, scrollIntoView: true, userEvent: "select.pointer" });
  view.focus();
}

function openButton(view: EditorView, head: HTMLElement): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cm-head-open";
  button.textContent = t("editor-front-matter-open");
  button.addEventListener("click", () => open(view, head, 4));
  return button;
}

function untitled(): HTMLElement {
  const title = document.createElement("div");
  title.className = "cm-head-title cm-head-untitled";
  title.textContent = t("editor-untitled");
  return title;
}

function firstLine(source: string): number {
  return Math.min(4, source.length);
}
