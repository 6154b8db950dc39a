// Keys written as "Mod-Shift-f": Mod is Ctrl, and Cmd on a Mac.
import { hasMessage, t } from "./messages";

/** Whether this is a Mac, where Cmd takes the place of Ctrl. */
export const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** Whether an event is the key `keys`; alternatives are separated by spaces ("j ArrowDown"). */
export function matchesKey(event: KeyboardEvent, keys: string, mac = isMac): boolean {
  return keys.split(" ").some((one) => matchesOne(event, one, mac));
}

/** How a key is shown: "Ctrl+Shift+F", « Ctrl+Maj+F », on a Mac "⇧⌘F". The first alternative is taken. */
export function showKey(keys: string, mac = isMac): string {
  const parts = split(keys.split(" ")[0] ?? "");
  const key = keyName(parts.key);
  if (mac) return `${parts.alt ? "⌥" : ""}${parts.shift ? "⇧" : ""}${parts.mod ? "⌘" : ""}${key}`;
  return [parts.mod && "Ctrl", parts.alt && "Alt", parts.shift && keyName("Shift"), key]
    .filter(Boolean)
    .join("+");
}

/** The key as `aria-keyshortcuts` wants it. */
export function ariaKey(keys: string, mac = isMac): string {
  const parts = split(keys.split(" ")[0] ?? "");
  const mod = mac ? "Meta" : "Control";
  return [parts.mod && mod, parts.alt && "Alt", parts.shift && "Shift", parts.key].filter(Boolean).join("+");
}

/** Whether one key, without alternatives, is a bare one ("j", "?"), which must not fire while the user types. */
export function isBareKey(key: string): boolean {
  const parts = split(key);
  return !parts.mod && !parts.alt && !/^F\d+$/.test(parts.key);
}

/** Whether an event is a bare key, whatever key it is: no command runs by it while the user types. */
export function isBarePress({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return !ctrlKey && !metaKey && !altKey && !/^F\d+$/.test(key);
}

/** Whether what has the focus takes typed text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (isField(target) || target.closest(".cm-editor") !== null);
}

/** Whether what has the focus takes typed text and is not the text that is written, which says so by `data-text`. */
export function isTypingElsewhere(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && !target.closest("[data-text]") && isField(target);
}

function isField(target: HTMLElement): boolean {
  if (target.isContentEditable || target.closest("[contenteditable='true']")) return true;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|range|submit)$/.test(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

const arrows: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→" };

/** What stands on the key, on a keyboard of the interface's language. */
function keyName(key: string): string {
  const name = key === " " ? "Space" : key;
  if (name.length === 1) return name.toUpperCase();
  return arrows[name] ?? (hasMessage(`key-${name}`) ? t(`key-${name}`) : name);
}

function split(key: string): { mod: boolean; alt: boolean; shift: boolean; key: string } {
  const parts = key.split("-");
  const last = key.endsWith("-") ? "-" : (parts.at(-1) ?? "");
  const has = (name: string) => parts.slice(0, -1).includes(name);
  return { mod: has("Mod"), alt: has("Alt"), shift: has("Shift"), key: last === "Space" ? " " : last };
}

function matchesOne(event: KeyboardEvent, one: string, mac: boolean): boolean {
  const wanted = split(one);
  const mod = mac ? event.metaKey : event.ctrlKey;
  const otherMod = mac ? event.ctrlKey : event.metaKey;
  if (mod !== wanted.mod || otherMod || event.altKey !== wanted.alt) return false;
  const single = wanted.key.length === 1;
  // "?" or ":" are typed with Shift on some layouts and without on others.
  const letter = /^[a-z0-9]$/i.test(wanted.key);
  if (event.shiftKey !== wanted.shift && (letter || !single)) return false;
  // On a French keyboard the digits are typed with Shift: their place counts.
  if (/^\d$/.test(wanted.key) && event.code === `Digit${wanted.key}`) return true;
  if (single) return event.key.toLowerCase() === wanted.key.toLowerCase();
  return event.key === wanted.key;
}
