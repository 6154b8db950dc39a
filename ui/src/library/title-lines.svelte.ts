// Whether a title needs one line or two in the list: the teaser below gets what is left of the fixed height.

const font = '600 15.5px "Literata Variable", "Literata", Georgia, serif';
/** Changes when the face of the titles is there: until then another one is measured. */
let loaded = $state(false);
let pen: CanvasRenderingContext2D | null | undefined;

/** The lines (1 or 2) that a title takes in a width of CSS pixels. */
export function titleLines(title: string, width: number): 1 | 2 {
  void loaded;
  if (pen === undefined) {
    pen =
      typeof CanvasRenderingContext2D === "undefined"
        ? null
        : document.createElement("canvas").getContext("2d");
  }
  // Far from the border no measuring is needed.
  if (title.length * 5 > width * 1.4) return 2;
  if (title.length * 12 < width) return 1;
  if (!pen) return title.length * 8 > width ? 2 : 1;
  pen.font = font;
  // A little room: the browser may round each letter.
  return pen.measureText(title).width > width * 0.985 ? 2 : 1;
}

if (typeof document !== "undefined" && "fonts" in document) {
  void document.fonts.load(font).then(() => (loaded = true));
}
