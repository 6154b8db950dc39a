// Goals: what was written today and in this session, and how long pieces are to be.
import {
  backend,
  type Counts,
  type GoalUnit,
  type PieceGoal,
  type WritingHistory,
  type Written,
} from "@/backend";
import { openDialog } from "@/library/dialogs.svelte";
import { library, sheet } from "@/library/library.svelte";
import { changeExtraSetting, settings } from "@/settings/settings.svelte";
import { register } from "@/shared/commands.svelte";
import { tellError } from "@/shared/notices.svelte";

/** What the gauge and the dialog show. */
export const goals = $state<{
  /** The day that `day` is of, ISO; null before anything was asked. */
  today: string | null;
  day: Written;
  /** Since the window was opened. */
  session: Written;
  /** The piece that is written, its length, what today made of it and how long it is to be. */
  id: string | null;
  length: Written | null;
  piece: Written;
  goal: PieceGoal | null;
}>({
  today: null,
  day: { words: 0, signs: 0 },
  session: { words: 0, signs: 0 },
  id: null,
  length: null,
  piece: { words: 0, signs: 0 },
  goal: null,
});

/** What is counted. */
export function goalUnit(): GoalUnit {
  return settings.extra.goalUnit === "signs" ? "signs" : "words";
}

/** How much is to be written a day; null without a goal. */
export function dailyGoal(): number | null {
  return goalOf(settings.extra.goalDaily);
}

/** How much is to be written from the opening of the window to its end; null without a goal. */
export function sessionGoal(): number | null {
  return goalOf(settings.extra.goalSession);
}

/** Whether what is pasted counts as written. */
export function pastesCount(): boolean {
  return settings.extra.goalPastes === "yes";
}

/** Changes the daily goal; null takes it away. */
export function setDailyGoal(goal: number | null, unit: GoalUnit): void {
  changeExtraSetting("goalUnit", unit);
  changeExtraSetting("goalDaily", goal === null ? "" : String(goal));
}

/** Changes the goal of a session, in the unit of the daily one; null takes it away. */
export function setSessionGoal(goal: number | null): void {
  changeExtraSetting("goalSession", goal === null ? "" : String(goal));
}

/** The piece `id` is the one that is written now. */
export async function followPiece(id: string): Promise<void> {
  Object.assign(goals, { id, length: null, goal: null, piece: { words: 0, signs: 0 } });
  try {
    const [history, goal] = await Promise.all([backend.writingHistory(id, 1), backend.pieceGoal(id)]);
    take(history, id);
    if (goals.id === id) goals.goal = goal;
  } catch {
    // What can't be told is not shown; writing goes on.
  }
}

/** The piece `id` is so long now. */
export function pieceCounted(id: string, { words, signs }: Counts): void {
  if (goals.id === id) goals.length = { words, signs };
}

/** Notes what was written in a piece. */
export async function noteWritten(id: string, more: Written): Promise<void> {
  goals.session = { words: goals.session.words + more.words, signs: goals.session.signs + more.signs };
  take(await backend.noteWritten(id, more), id);
}

/** Says how long the piece is to be; null takes it back. */
export async function setPieceGoal(id: string, goal: PieceGoal | null): Promise<void> {
  try {
    await backend.setPieceGoal(id, goal);
    if (goals.id === id) goals.goal = goal;
  } catch (error) {
    tellError(error);
  }
}

/** Registers the commands of goals; the function it returns takes them away. */
export function registerGoalCommands(): () => void {
  return register({
    id: "goals",
    group: "tools",
    keys: "Mod-Alt-g",
    run: () => openDialog("goals", { id: sheet.mode === "write" ? sheet.id : null }),
    enabled: () => library.current !== null,
  });
}

function take(history: WritingHistory, id: string): void {
  goals.today = history.today;
  const last = history.days.at(-1);
  goals.day = last?.day === history.today ? last.written : { words: 0, signs: 0 };
  if (goals.id === id) goals.piece = history.piece;
}

function goalOf(setting: unknown): number | null {
  const goal = Number(setting);
  return Number.isSafeInteger(goal) && goal > 0 ? goal : null;
}
