// The text of an item on the sheet.
import { articleFragment } from "@/reader/insert";

/** Puts the output of Édito's renderer into an element, in the place of what was there. */
export function showText(element: HTMLElement, rendererHtml: string): void {
  element.replaceChildren(articleFragment(rendererHtml));
}
