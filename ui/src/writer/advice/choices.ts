// What a writer has chosen about advice: which sorts, which rules not, which spellings; kept in the settings.
import type { EnglishSpelling, FrenchSpelling } from "@/backend";
import type { AdviceKind } from "@/editor/advice";
import { changeExtraSetting, changeSettings, extraSetting, settings } from "@/settings/settings.svelte";

/** The sorts of advice that Édito gives, in the order in which they are shown. */
export const kindsGiven: readonly AdviceKind[] = ["spelling", "grammar", "style", "house"];

/** The spellings of French that can be chosen. */
export const frenchSpellings: readonly FrenchSpelling[] = ["both", "classical", "revised"];
/** The spellings of English that can be chosen. */
export const englishSpellings: readonly EnglishSpelling[] = ["both", "gb", "us"];

/** Whether a sort of advice is wanted. */
export function isWanted(kind: AdviceKind): boolean {
  return kind === "spelling" ? settings.spellcheck : extraSetting(`advice-${kind}`) !== "off";
}

/** Wants a sort of advice, or not. */
export function want(kind: AdviceKind, wanted: boolean): void {
  if (kind === "spelling") changeSettings({ spellcheck: wanted });
  else changeExtraSetting(`advice-${kind}`, wanted ? "on" : "off");
}

/** The sorts of advice that are wanted. */
export function kindsWanted(): AdviceKind[] {
  return kindsGiven.filter(isWanted);
}

/** The spelling of French that is right. */
export function french(): FrenchSpelling {
  return frenchSpellings.find((one) => one === extraSetting("advice-french")) ?? "both";
}

/** The spelling of English that is right. */
export function english(): EnglishSpelling {
  return englishSpellings.find((one) => one === extraSetting("advice-english")) ?? "both";
}

/** The rules that are turned off. */
export function rulesOff(): string[] {
  return (extraSetting("advice-rules-off") ?? "").split(" ").filter(Boolean);
}

/** Turns a rule off, or on again. */
export function turnRule(rule: string, on: boolean): void {
  const others = rulesOff().filter((other) => other !== rule);
  changeExtraSetting("advice-rules-off", (on ? others : [...others, rule]).join(" "));
}

/** What advice goes by, as one text: when it is another one, texts are looked through again. */
export function choices(): string {
  return JSON.stringify([kindsWanted(), french(), english(), rulesOff()]);
}
