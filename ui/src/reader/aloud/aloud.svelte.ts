// Reading aloud: which sentence is spoken, and what goes on to the next. Rust speaks; one call is one sentence.
import { backend, type Spoken, type SpokenSentence, type Voice } from "@/backend";
import { tellError } from "@/shared/notices.svelte";
import { keptRate, keptVoice, keepRate, keepVoice, languages, nextRate, primary } from "./voices";

/** Why nothing is heard. */
export type AloudTrouble = "noService" | "noVoice" | "silent" | "failed";

/** What is done with sentences whose language no voice speaks. */
export type WithoutVoice = "other" | "skip";

/** The state of reading aloud. */
export const aloud = $state<{
  /** The article that is read aloud, from the first key to the last sentence. */
  article: string | null;
  playing: boolean;
  /** The sentence in hand; -1 while the text is being read. */
  at: number;
  /** How many sentences there are. */
  count: number;
  /** Their languages, by their first parts. */
  langs: string[];
  trouble: AloudTrouble | null;
  /** The language of the sentence in hand, which no voice speaks and about which the reader has to say something. */
  missing: string | null;
  rate: number;
  voices: Voice[];
  /** Counts up when the sentences, or the text they stand in, are other ones. */
  text: number;
  /** Whether the system is being asked for its voices. */
  asking: boolean;
  /** Whether the sheet goes with the sentences: not while the reader looks elsewhere. */
  following: boolean;
}>({
  article: null,
  playing: false,
  at: -1,
  count: 0,
  langs: [],
  trouble: null,
  missing: null,
  rate: 1,
  voices: [],
  text: 0,
  asking: false,
  following: true,
});

/** What the sheet tells, and wants to hear. */
export interface AloudSheet {
  /** The number of the sentence to begin at. */
  first: (sentences: readonly SpokenSentence[]) => number;
  /** The last sentence has been said. */
  ended: () => void;
}

/** Reads an article aloud, from the sentence that the sheet says; resolves when the first one is being said. */
export async function readAloud(article: string, from: AloudSheet): Promise<void> {
  silence();
  const mine = run;
  sheet = from;
  known = null;
  heard = false;
  Object.assign(aloud, {
    article,
    playing: true,
    at: -1,
    count: 0,
    trouble: null,
    missing: null,
    rate: keptRate(),
    following: true,
  });
  try {
    await takeText(article, mine);
    if (run !== mine) return;
    aloud.at = Math.max(0, Math.min(sentences.length - 1, from.first(sentences)));
    void speak();
  } catch (error) {
    if (run !== mine) return;
    stopAloud();
    tellError(error);
  }
}

/** Goes on, or pauses; after a trouble it is tried again. */
export async function toggleAloud(): Promise<void> {
  if (aloud.article === null) return;
  if (aloud.playing) return pauseAloud();
  // Paused before its text was there.
  if (aloud.at < 0 && sheet) return readAloud(aloud.article, sheet);
  // There may be voices by now.
  if (aloud.trouble) known = null;
  Object.assign(aloud, { playing: true, trouble: null, missing: null, following: true });
  void speak();
}

/** Pauses. The sentence in hand is said again when it goes on. */
export function pauseAloud(): void {
  silence();
  aloud.playing = false;
}

/** Goes to the next sentence (1) or the one before (-1). */
export function stepAloud(by: 1 | -1): void {
  goToSentence(aloud.at + by);
}

/** Goes to the next paragraph, or to the beginning of this one and then of the one before. */
export function stepParagraph(by: 1 | -1): void {
  const same = (a: number, b: number): boolean => {
    const [one, other] = [sentences[a], sentences[b]];
    return one?.part === other?.part && one?.block === other?.block;
  };
  let at = aloud.at;
  if (by > 0) {
    while (at < sentences.length - 1 && same(at, aloud.at)) at += 1;
    if (same(at, aloud.at)) return;
  } else {
    at = Math.max(0, at - 1);
    while (at > 0 && same(at - 1, at)) at -= 1;
  }
  goToSentence(at);
}

/** Goes to a sentence; it is said at once when something was being said, or with `play`. */
export function goToSentence(number: number, play = false): void {
  if (aloud.article === null || aloud.at < 0) return;
  const at = Math.max(0, Math.min(sentences.length - 1, number));
  const goes = aloud.playing || play || aloud.missing !== null;
  silence();
  Object.assign(aloud, { at, missing: null, following: true, playing: goes && !aloud.trouble });
  if (aloud.playing) void sayAgain();
}

/** Speaks faster (1) or slower (-1); the sentence in hand is said anew. */
export function changeRate(by: 1 | -1): void {
  const rate = nextRate(aloud.rate, by);
  if (rate === aloud.rate) return;
  aloud.rate = rate;
  keepRate(rate);
  if (!aloud.playing || aloud.at < 0) return;
  silence();
  void sayAgain();
}

/** Chooses the voice of a language (null: the system's choice); the sentence in hand is said anew. */
export function chooseVoice(lang: string, voice: string | null): void {
  keepVoice(lang, voice);
  if (!aloud.playing || aloud.at < 0 || primary(sentences[aloud.at]?.lang ?? "") !== lang) return;
  silence();
  void sayAgain();
}

/** Says what to do with the language that no voice speaks, and goes on. */
export function withoutVoice(choice: WithoutVoice): void {
  if (aloud.missing === null) return;
  decided.set(aloud.missing, choice);
  Object.assign(aloud, { missing: null, playing: true });
  void sayAgain();
}

/** Ends reading aloud; nothing is heard from now on. */
export function stopAloud(): void {
  if (aloud.article === null) return;
  run += 1;
  sentences = [];
  sheet = null;
  known = null;
  Object.assign(aloud, {
    article: null,
    playing: false,
    at: -1,
    count: 0,
    trouble: null,
    missing: null,
    asking: false,
  });
  backend.endReadingAloud(turn).catch(tellError);
}

/** The text of the article is on the sheet anew, perhaps another one: it goes on at the sentence in hand. */
export async function textChanged(): Promise<void> {
  const { article } = aloud;
  if (article === null || aloud.at < 0) return;
  const mine = ++readings;
  let read: SpokenSentence[];
  try {
    read = (await backend.spokenText(article)).sentences;
  } catch {
    // The file is gone: what is known of it is read to its end.
    return;
  }
  if (aloud.article !== article || readings !== mine) return;
  // The reader, or the voice, may have gone on meanwhile: what is in hand now counts.
  const old = aloud.at;
  const before = sentences[old];
  useText(read);
  if (sentences.length === 0) return stopAloud();
  const same = sentences.flatMap((one, index) => (one.text === before?.text ? [index] : []));
  const nearest = same.sort((a, b) => Math.abs(a - old) - Math.abs(b - old))[0] ?? old;
  aloud.at = Math.max(0, Math.min(sentences.length - 1, nearest));
}

/** The sentence in hand. */
export function sentenceInHand(): SpokenSentence | null {
  return sentences[aloud.at] ?? null;
}

/** The number of the sentence that holds a unit of the body, or of the next one behind it; -1 behind the last. */
export function sentenceAt(unit: number, among: readonly SpokenSentence[] = sentences): number {
  return among.findIndex(({ part, place }) => part === "body" && place[1] > unit);
}

/** Forgets what was decided about languages without a voice; for tests. */
export function forgetDecisions(): void {
  decided.clear();
}

// How long keys that step from sentence to sentence are waited for before the one they come to is said, in milliseconds.
const STEP = 160;

let sentences: SpokenSentence[] = [];
let sheet: AloudSheet | null = null;
/** The number of the utterance asked for last. */
let turn = 0;
/** Counts up whenever what is being said is to be said no more. */
let run = 0;
/** Counts up whenever the text is read anew. */
let readings = 0;
/** What the system has told of its voices, or will; asked for once in each reading. */
let known: Promise<void> | null = null;
/** Whether anything of this reading was said to its end. */
let heard = false;
/** For this run of Edito: a voice may be there at the next. */
const decided = new Map<string, WithoutVoice>();

async function takeText(article: string, mine: number): Promise<void> {
  const text = await backend.spokenText(article);
  if (run !== mine) return;
  turn = Math.max(turn, text.turn);
  useText(text.sentences);
}

function useText(read: SpokenSentence[]): void {
  sentences = read;
  aloud.count = sentences.length;
  aloud.langs = [...new Set(sentences.map(({ lang }) => primary(lang)))];
  aloud.text += 1;
}

async function askVoices(article: string): Promise<void> {
  aloud.asking = true;
  try {
    const told = await backend.speechVoices([...new Set([...aloud.langs, ...languages])]);
    if (aloud.article !== article) return;
    aloud.voices = told.voices;
    const trouble = !told.service
      ? "noService"
      : !told.answered
        ? "failed"
        : told.voices.length === 0
          ? "noVoice"
          : null;
    if (trouble) Object.assign(aloud, { trouble, playing: false });
  } finally {
    if (aloud.article === article) aloud.asking = false;
  }
}

function silence(): void {
  run += 1;
  backend.hush(turn).catch(tellError);
}

async function sayAgain(): Promise<void> {
  const mine = run;
  await new Promise((resolve) => setTimeout(resolve, STEP));
  if (run === mine) await speak();
}

async function speak(): Promise<void> {
  const mine = run;
  const { article } = aloud;
  if (article === null) return;
  try {
    // However the reader steps about meanwhile, nothing is judged before the voices are known.
    known ??= askVoices(article);
    await known;
    while (run === mine && aloud.playing) {
      const sentence = sentences[aloud.at];
      if (!sentence) return finish();
      if (!isHeard(sentence)) {
        if (aloud.missing) return;
        aloud.at += 1;
        continue;
      }
      turn += 1;
      const manner = { lang: sentence.lang, voice: voiceFor(sentence.lang), rate: aloud.rate };
      const spoken = await backend.sayAloud(turn, sentence.text, manner);
      if (run === mine) take(spoken);
    }
  } catch (error) {
    known = null;
    if (run !== mine) return;
    pauseAloud();
    tellError(error);
  }
}

function take(spoken: Spoken): void {
  heard ||= spoken === "ended";
  // Stopped by someone else than the reader here: another program asked for silence.
  if (spoken === "stopped") aloud.playing = false;
  else if (spoken !== "ended") Object.assign(aloud, { trouble: spoken, playing: false });
  else if (aloud.at < sentences.length - 1) aloud.at += 1;
  else finish();
}

function finish(): void {
  if (!heard) {
    // Every sentence was passed over: the article was not read, and what was decided can be decided anew.
    for (const lang of aloud.langs) decided.delete(lang);
    aloud.at = 0;
    Object.assign(aloud, { trouble: "noVoice", playing: false });
    return;
  }
  const done = sheet;
  stopAloud();
  done?.ended();
}

/** Whether a sentence is said; when nobody has decided about its language, the reader is asked. */
function isHeard({ lang }: SpokenSentence): boolean {
  const first = primary(lang);
  if (aloud.voices.some((voice) => primary(voice.lang) === first)) return true;
  const choice = decided.get(first);
  if (!choice) Object.assign(aloud, { missing: first, playing: false });
  return choice === "other";
}

/** The voice that was chosen for a language, while the system has it. */
function voiceFor(lang: string): string | null {
  const kept = keptVoice(primary(lang));
  return aloud.voices.some(({ id }) => id === kept) ? kept : null;
}
