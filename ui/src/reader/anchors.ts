// What the links of a rendered text say of where they lead.

/** The name of an anchor as it stands in an address, in its own script; one that can't be decoded as it is. */
export function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The title that a link without an article asks for. */
export function titleWanted(anchor: Element): string {
  const { textContent } = anchor;
  return (anchor.getAttribute("data-target") ?? anchor.getAttribute("title") ?? textContent ?? "").trim();
}
