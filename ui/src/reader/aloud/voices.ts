// What the reader has chosen about voices and their speed; kept with the settings.
import type { Voice } from "@/backend";
import { changeExtraSetting, extraSetting } from "@/settings/settings.svelte";

/** The speeds to choose from; 1 is the voice's own. */
export const rates = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

/** Languages whose voices can be chosen whatever the text: those that Edito knows by heart. */
export const languages = ["fr", "en", "ar"] as const;

/** The first part of a tag of a language: "fr" of "fr-CA". */
export function primary(lang: string): string {
  return lang.split(/[-_]/)[0]?.toLowerCase() ?? "";
}

/** The speed chosen last. */
export function keptRate(): number {
  const kept = Number(extraSetting("aloud-rate"));
  return rates.find((rate) => rate === kept) ?? 1;
}

/** Keeps the speed. */
export function keepRate(rate: number): void {
  changeExtraSetting("aloud-rate", String(rate));
}

/** The next greater (1) or smaller (-1) speed; the same one at the ends. */
export function nextRate(rate: number, by: 1 | -1): number {
  const at = rates.findIndex((one) => one >= rate);
  return rates[Math.max(0, Math.min(rates.length - 1, at + by))] ?? rate;
}

/** The voice chosen for a language ("fr"); null for the system's choice. */
export function keptVoice(lang: string): string | null {
  return extraSetting(`aloud-voice-${lang}`) || null;
}

/** Keeps the voice of a language. */
export function keepVoice(lang: string, voice: string | null): void {
  changeExtraSetting(`aloud-voice-${lang}`, voice ?? "");
}

/** The voices of a language, by what makes them speak; that has no name where there is only one. */
export function voicesByEngine(
  voices: readonly Voice[],
  lang: string,
): { engine: string; voices: Voice[] }[] {
  const groups = new Map<string, Voice[]>();
  for (const voice of voices.filter((one) => primary(one.lang) === lang)) {
    const engine = voice.engine ?? "";
    groups.set(engine, [...(groups.get(engine) ?? []), voice]);
  }
  const all = [...groups].map(([engine, of]) => ({ engine, voices: of }));
  return all.length === 1 ? all.map((one) => ({ ...one, engine: "" })) : all;
}
