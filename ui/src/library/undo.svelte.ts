// What can be taken back from the list and the sheet, the last first. (Typing has its own undo, in the editor.)
import { t, type MessageArgs } from "@/shared/messages";
import { dismiss, tell } from "@/shared/notices.svelte";

/** Something done that can be undone. */
export type Undoable = {
  undo: () => void | Promise<void>;
  /** The notice that offers the same; it goes when this is undone. */
  notice?: number;
};

/** Most steps that are kept. */
const mostSteps = 100;

let steps = $state.raw<Undoable[]>([]);

/** Keeps a step; the function it returns undoes just this one, unless that was done already. */
export function remember(step: Undoable): () => Promise<void> {
  steps = [...steps, step].slice(-mostSteps);
  return () => take(step);
}

/** Keeps a step and says what was done, with a button that undoes just this; answers the notice. */
export function offerUndo(message: string, args: MessageArgs, undo: Undoable["undo"]): number {
  const step: Undoable = { undo };
  const run = remember(step);
  step.notice = tell("done", message, args, { label: t("shell-undo"), keys: "z", run });
  return step.notice;
}

/** Lets go of a step that came to nothing. */
export function withdraw(step: Undoable): void {
  steps = steps.filter((other) => other !== step);
}

/** Whether there is anything to undo. */
export function canUndo(): boolean {
  return steps.length > 0;
}

/** Undoes the last step. */
export async function undoLast(): Promise<void> {
  const last = steps.at(-1);
  if (last) await take(last);
}

/** Forgets every step: another library is opened. */
export function forgetSteps(): void {
  steps = [];
}

async function take(step: Undoable): Promise<void> {
  if (!steps.includes(step)) return;
  withdraw(step);
  if (step.notice !== undefined) dismiss(step.notice);
  await step.undo();
}
