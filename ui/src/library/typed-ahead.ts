// Keys pressed between the word for a dialog and the dialog itself: they are meant for it, not for the text below.

/** Holds back the keys that are pressed from now on; the function it returns gives them to what has the focus by then. */
export function holdKeys(target: EventTarget = window): () => void {
  const held: KeyboardEvent[] = [];
  const hold = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.isComposing || isModifier(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held.push(event);
  };
  target.addEventListener("keydown", hold, true);
  return () => {
    target.removeEventListener("keydown", hold, true);
    for (const event of held) give(event);
  };
}

function isModifier({ key }: KeyboardEvent): boolean {
  return ["Shift", "Control", "Alt", "AltGraph", "Meta", "Dead"].includes(key);
}

/** As the browser would have done it: the key is offered, and what nobody takes is written. */
function give({ key, code, ctrlKey, altKey, metaKey, shiftKey }: KeyboardEvent): void {
  const place = document.activeElement;
  if (!place || place === document.body) return;
  const again = new KeyboardEvent("keydown", {
    key,
    code,
    ctrlKey,
    altKey,
    metaKey,
    shiftKey,
    bubbles: true,
    cancelable: true,
  });
  const writes = [...key].length === 1 && !ctrlKey && !metaKey;
  if (!place.dispatchEvent(again)) return;
  if (key === "Escape") place.closest("dialog")?.dispatchEvent(new Event("cancel", { cancelable: true }));
  else if (!(place instanceof HTMLInputElement)) return;
  else if (key === "Enter") place.form?.requestSubmit();
  else if (writes) write(place, key);
}

function write(field: HTMLInputElement, text: string): void {
  field.setRangeText(
    text,
    field.selectionStart ?? field.value.length,
    field.selectionEnd ?? field.value.length,
    "end",
  );
  field.dispatchEvent(new InputEvent("input", { data: text, inputType: "insertText", bubbles: true }));
}
