// The small things shown in place of marks: bullets, task boxes, rules, the names of alerts, images within a line.
import { EditorView, WidgetType } from "@codemirror/view";
import { languageName } from "@/shared/dates";
import { t } from "@/shared/messages";
import { toggleTaskAt } from "./tasks";

/** The mark of a list item, hanging in the indent of its line. */
export class ItemMark extends WidgetType {
  constructor(
    readonly text: string,
    readonly depth: number,
    readonly ordered: boolean,
  ) {
    super();
  }
  override eq(other: ItemMark): boolean {
    return other.text === this.text && other.depth === this.depth;
  }
  override toDOM(): HTMLElement {
    const mark = hanging(this.depth);
    mark.classList.add(this.ordered ? "cm-item-number" : "cm-item-bullet");
    mark.append(this.ordered ? this.text : "•");
    return mark;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** The box of a task, that a click ticks. */
export class TaskBox extends WidgetType {
  constructor(
    readonly ticked: boolean,
    readonly depth: number,
  ) {
    super();
  }
  override eq(other: TaskBox): boolean {
    return other.ticked === this.ticked && other.depth === this.depth;
  }
  override toDOM(view: EditorView): HTMLElement {
    const mark = hanging(this.depth);
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = this.ticked;
    box.tabIndex = -1;
    box.disabled = view.state.readOnly;
    box.setAttribute("aria-label", t("editor-task"));
    box.addEventListener("mousedown", (event) => event.preventDefault());
    box.addEventListener("click", (event) => {
      event.preventDefault();
      toggleTaskAt(view, view.posAtDOM(mark));
    });
    mark.append(box);
    return mark;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

/** A rule across the text. */
export class Rule extends WidgetType {
  override eq(): boolean {
    return true;
  }
  override toDOM(): HTMLElement {
    const rule = document.createElement("span");
    rule.className = "cm-rule";
    return rule;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** The name of an alert, in place of `[!NOTE]`. */
export class AlertName extends WidgetType {
  constructor(readonly kind: string) {
    super();
  }
  override eq(other: AlertName): boolean {
    return other.kind === this.kind;
  }
  override toDOM(): HTMLElement {
    const name = document.createElement("span");
    name.className = "cm-alert-name";
    name.textContent = t(`editor-alert-${this.kind}`);
    return name;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** The name of the language that the blocks below are said to be in. */
export class LanguageLabel extends WidgetType {
  constructor(readonly lang: string) {
    super();
  }
  override eq(other: LanguageLabel): boolean {
    return other.lang === this.lang;
  }
  override toDOM(): HTMLElement {
    const label = document.createElement("span");
    label.className = "cm-language-name";
    label.dir = "auto";
    label.lang = document.documentElement.lang;
    label.textContent = this.lang ? languageName(this.lang) : t("editor-language-none");
    return label;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** The number that calls a note. */
export class NoteCallSign extends WidgetType {
  constructor(readonly number: number) {
    super();
  }
  override eq(other: NoteCallSign): boolean {
    return other.number === this.number;
  }
  override toDOM(): HTMLElement {
    const sign = document.createElement("span");
    sign.className = "cm-footnote-reference cm-footnote-call";
    sign.textContent = String(this.number);
    return sign;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** A character that is written by its name. */
export class NamedSign extends WidgetType {
  constructor(readonly sign: string) {
    super();
  }
  override eq(other: NamedSign): boolean {
    return other.sign === this.sign;
  }
  override toDOM(): HTMLElement {
    const sign = document.createElement("span");
    sign.textContent = this.sign;
    return sign;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** A line that is broken within its paragraph. */
export class LineBreak extends WidgetType {
  override eq(): boolean {
    return true;
  }
  override toDOM(): HTMLElement {
    const place = document.createElement("span");
    place.append(document.createElement("br"));
    return place;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** What stands for an image within a line of words: its description. */
export class ImageName extends WidgetType {
  constructor(readonly words: string) {
    super();
  }
  override eq(other: ImageName): boolean {
    return other.words === this.words;
  }
  override toDOM(): HTMLElement {
    const name = document.createElement("span");
    name.className = "cm-image-name";
    name.textContent = this.words || t("editor-image");
    return name;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

function hanging(depth: number): HTMLElement {
  const mark = document.createElement("span");
  mark.className = "cm-item-mark";
  mark.style.width = `${depth * 1.5}em`;
  return mark;
}
