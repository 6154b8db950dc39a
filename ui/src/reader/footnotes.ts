import { decodedName } from "./anchors";

/** The note that a reference points to, ready for a popover: its number or name, and its content without the way back. */
export interface Footnote {
  label: string;
  content: DocumentFragment;
}

/** The reference in which `element` stands, when it is one. */
export function footnoteReference(element: Element | null): HTMLAnchorElement | null {
  return element?.closest<HTMLAnchorElement>("a.footnote-ref, a[data-footnote], sup.footnote-ref a") ?? null;
}

/** The way back that stands at the end of each note. */
export function footnoteReturn(element: Element | null): HTMLAnchorElement | null {
  return element?.closest<HTMLAnchorElement>(RETURN) ?? null;
}

/** The footnote of `reference` within `article`, as a copy; null when the article has no such note. */
export function footnoteOf(article: ParentNode, reference: HTMLAnchorElement): Footnote | null {
  const item = noteItem(article, reference);
  if (!item) return null;
  const content = document.createDocumentFragment();
  for (const child of item.childNodes) content.append(child.cloneNode(true));
  for (const back of content.querySelectorAll(RETURN)) back.remove();
  // The same id or line twice on a page would send anchors and the reading position to the copy.
  for (const element of content.querySelectorAll("[id], [data-line]")) {
    element.removeAttribute("id");
    element.removeAttribute("data-line");
  }
  const label = (reference.textContent ?? "").trim();
  return { label: label === "" ? "*" : label, content };
}

const RETURN = "a.footnote-back, a[role='doc-backlink']";

function noteItem(article: ParentNode, reference: HTMLAnchorElement): Element | null {
  const names = [
    reference.dataset["footnote"] ?? "",
    decodedHash(reference.getAttribute("href") ?? ""),
  ].filter((name) => name !== "");
  for (const item of article.querySelectorAll("section.footnotes li[id]")) {
    if (names.some((name) => item.id === name || item.id === `fn-${name}`)) return item;
  }
  return null;
}

function decodedHash(href: string): string {
  return href.includes("#") ? decodedName(href.slice(href.indexOf("#") + 1)) : "";
}
