// An image of the article, with its caption. The address comes from the page: no image is asked for by its path.
import { EditorView, WidgetType } from "@codemirror/view";
import { t } from "@/shared/messages";
import { appendInline } from "./inline-text";
import { editorServices } from "./services";

/** Heights of images that were shown, in pixels, so that what is not drawn yet takes the right room. */
const heights = new Map<string, number>();

/** An image, from the target that stands in the text. */
export class Picture extends WidgetType {
  constructor(
    readonly source: string,
    readonly words: string,
    readonly caption: string,
    /** Its address stands elsewhere, or it is written otherwise: it is not described where it is shown. */
    readonly named = false,
  ) {
    super();
  }
  override eq(other: Picture): boolean {
    return (
      other.source === this.source &&
      other.words === this.words &&
      other.caption === this.caption &&
      other.named === this.named
    );
  }
  override get estimatedHeight(): number {
    return heights.get(this.source) ?? 240;
  }
  override toDOM(view: EditorView): HTMLElement {
    const figure = document.createElement("figure");
    figure.className = "cm-picture";
    const image = figure.appendChild(document.createElement("img"));
    image.alt = this.words;
    image.decoding = "async";
    if (this.caption) appendInline(figure.appendChild(document.createElement("figcaption")), this.caption);
    const describe = this.named ? undefined : view.state.facet(editorServices).describe;
    const below = figure.querySelector("figcaption");
    if (below && describe && !view.state.readOnly) {
      below.title = t("editor-image-describe");
      below.addEventListener("mousedown", (event) => event.preventDefault());
      below.addEventListener("click", () => describe(view, this.source));
    }
    // Calmly, until somebody does.
    if (this.words.trim() === "" && describe && !view.state.readOnly) {
      const mark = figure.appendChild(document.createElement("button"));
      mark.type = "button";
      mark.tabIndex = -1;
      mark.className = "cm-picture-undescribed";
      mark.textContent = t("editor-image-undescribed");
      mark.addEventListener("mousedown", (event) => event.preventDefault());
      mark.addEventListener("click", () => describe(view, this.source));
    }
    const missing = (): void => {
      const words = document.createElement("span");
      words.className = "cm-picture-missing";
      words.textContent = t("editor-image-missing", { image: this.words || this.source });
      image.replaceWith(words);
      view.requestMeasure();
    };
    image.addEventListener("error", missing);
    image.addEventListener("load", () => {
      heights.set(this.source, figure.offsetHeight);
      view.requestMeasure();
    });
    view.state
      .facet(editorServices)
      .imageSource(this.source)
      .then((address) => (address ? (image.src = address) : missing()), missing);
    return figure;
  }
  override ignoreEvent(event: Event): boolean {
    return event.target instanceof Element && event.target.closest("button, figcaption") !== null;
  }
}
