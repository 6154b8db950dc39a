// The ways by key through the form of the head: from one field to the next, and out into the text.

/** What takes part: every field and button of the form, in the order in which they stand. */
export function stopsOf(form: HTMLElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>("[data-stop]")].filter(
    (one) => one.getClientRects().length > 0 && !one.matches(":disabled"),
  );
}

/** Goes to the next field, or the one before; false behind the last one and before the first. */
export function goOn(form: HTMLElement, from: Element | null, by: 1 | -1): boolean {
  const all = stopsOf(form);
  const next = all[all.findIndex((one) => one === from) + by];
  if (!next || (by < 0 && all[0] === from)) return false;
  enter(next, by < 0);
  return true;
}

/** Puts the focus into a field, the caret at its beginning or its end. */
export function enter(field: HTMLElement, atEnd: boolean): void {
  field.focus();
  if (field instanceof HTMLTextAreaElement) {
    const at = atEnd ? field.value.length : 0;
    field.setSelectionRange(at, at);
  }
  field.scrollIntoView({ block: "nearest" });
}

/** Whether the caret of a field of several lines stands on its last line, or its first. `mirror` has the same lines. */
export function isOnEdge(field: HTMLTextAreaElement, mirror: HTMLElement, by: 1 | -1): boolean {
  if (field.selectionStart !== field.selectionEnd) return false;
  const at = field.selectionStart;
  const edge = by > 0 ? field.value.length : 0;
  if (at === edge) return true;
  const here = lineAt(mirror, at);
  const last = lineAt(mirror, edge);
  return here === null || last === null || Math.abs(here - last) < 4;
}

/** Where the line of a unit of the words lies in the window. */
function lineAt(mirror: HTMLElement, unit: number): number | null {
  const walker = document.createTreeWalker(mirror, NodeFilter.SHOW_TEXT);
  let left = unit;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (left <= length) {
      const range = document.createRange();
      range.setStart(node, left);
      range.setEnd(node, left);
      const box = range.getClientRects()[0] ?? range.getBoundingClientRect();
      return box.bottom === 0 && box.top === 0 ? null : box.bottom;
    }
    left -= length;
  }
  return null;
}
