/**
 * Turns the HTML of Edito's renderer into nodes. This is the only place of the page where a string becomes markup.
 *
 * The renderer's output is safe by contract: raw HTML has gone through an allow-list, links carry only
 * `http`, `https` and `mailto`, images only Edito's own scheme, and no attribute runs anything. Nothing else
 * may be given to this function: no text of the user's, no message, no clipboard.
 * The nodes come out of a `template`, so that no image is asked for before its part of the article is shown.
 */
export function articleFragment(rendererHtml: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = rendererHtml;
  return template.content;
}
