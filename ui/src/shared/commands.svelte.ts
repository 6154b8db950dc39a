// Every command of Édito, in one list that the palette, the menu, the key handler and the help read.
import { untrack } from "svelte";
import { isBareKey, isBarePress, isTyping, isTypingElsewhere, matchesKey } from "./keys";
import { tellError } from "./notices.svelte";

/** The group of the menu that a command stands in. */
export type CommandGroup = "file" | "edit" | "view" | "go" | "article" | "tools" | "help";
/** Where the focus is; a command with `when` runs only there. */
export type CommandContext = "list" | "reading" | "writing" | "any";

/** A command; its name is the message `command-<id>`. */
export type Command = {
  id: string;
  group: CommandGroup;
  /** "Mod-Shift-f", "j"; alternatives are separated by spaces, the first is the one shown. */
  keys?: string;
  run: () => void | Promise<void>;
  enabled?: () => boolean;
  when?: CommandContext;
  /** Means the words of the text that is written: its keys are left to any other field that has the focus. */
  ofText?: boolean;
  /** Not offered by the palette and the menu (moves of the selection, for instance); the keys and the help know it. */
  hidden?: boolean;
};

/** The groups, in the order of the menu. */
export const commandGroups: CommandGroup[] = ["file", "edit", "view", "go", "article", "tools", "help"];

let registered = $state.raw<Command[]>([]);
let context: () => CommandContext = () => "any";

/** All commands, in the order they were registered. */
export function allCommands(): Command[] {
  return registered;
}

/** Adds a command; the function it returns takes it away. The last registered of two equal ids is used. */
export function register(command: Command): () => void {
  registered = [...registered.filter((other) => other.id !== command.id), command];
  return () => {
    registered = registered.filter((other) => other !== command);
  };
}

/** Adds several commands at once. */
export function registerAll(commands: Command[]): () => void {
  const ids = new Set(commands.map((command) => command.id));
  registered = [...registered.filter((other) => !ids.has(other.id)), ...commands];
  return () => {
    registered = registered.filter((other) => !commands.includes(other));
  };
}

/**
 * Adds the commands of one of several views of a kind, whenever that one comes to be meant; they stay until another takes their
 * place, or the view is gone. Called while a component is made.
 */
export function registerWhile(meant: () => boolean, commands: () => Command[]): void {
  let stop: (() => void) | undefined;
  $effect(() => {
    if (!meant()) return;
    untrack(() => {
      stop?.();
      stop = registerAll(commands());
    });
  });
  $effect(() => () => stop?.());
}

/** The command `id`, if something registered it. */
export function command(id: string): Command | undefined {
  return registered.find((one) => one.id === id);
}

/** Whether a command could run now. */
export function isEnabled(one: Command): boolean {
  return one.enabled?.() ?? true;
}

/** Runs a command by its id; an error is told to the user. */
export async function runCommand(id: string): Promise<void> {
  const found = command(id);
  if (!found || !isEnabled(found)) return;
  try {
    await found.run();
  } catch (error) {
    tellError(error);
  }
}

/** Tells the key handler where the focus is. */
export function setCommandContext(read: () => CommandContext): void {
  context = read;
}

/** Runs the command that a key stands for; true when there was one. */
export function handleKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const here = context();
  // Beside the text that is being written, a bare key was most likely meant for the text.
  const typing = here === "writing" || isTyping(event.target);
  if (typing && isBarePress(event)) return false;
  if (ownsKey(event)) return false;
  const isPressed = (one: Command): boolean =>
    one.keys?.split(" ").some((key) => matchesKey(event, key) && !(typing && isBareKey(key))) ?? false;
  // What it means in the text it does not mean in a small field, and nothing else instead.
  const ofText = registered.some((one) => one.ofText && one.when === here && isPressed(one));
  if (ofText && isTypingElsewhere(event.target)) return false;
  const fits = (one: Command): boolean =>
    isPressed(one) && (!one.when || one.when === "any" || one.when === here) && isEnabled(one);
  // A command of this very place goes before one that holds anywhere.
  const found = registered.find((one) => one.when === here && fits(one)) ?? registered.find(fits);
  if (!found) return false;
  event.preventDefault();
  void runCommand(found.id);
  return true;
}

/** Whether the key belongs to what has the focus: a modal dialog, a button about to be pressed, a wide table to scroll. */
function ownsKey(event: KeyboardEvent): boolean {
  if (document.querySelector("dialog[open], [aria-modal='true']")) return true;
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const { target } = event;
    return (
      target instanceof HTMLElement && target.tabIndex >= 0 && target.scrollWidth > target.clientWidth + 1
    );
  }
  if (event.key !== "Enter" && event.key !== " ") return false;
  return (
    event.target instanceof Element &&
    event.target.closest("button, a[href], summary, [role='button']") !== null
  );
}
