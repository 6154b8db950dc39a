// The words of the interface, in Fluent files: messages/fr.ftl and messages/en.ftl. No component holds any.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { createSubscriber } from "svelte/reactivity";

/** A language that the interface speaks. */
export type Language = "fr" | "en";
/** What a message may be given: text, a number, a date. */
export type MessageArgs = Record<string, FluentVariable>;

const files = import.meta.glob<string>("./messages/*.ftl", { query: "?raw", import: "default" });
const bundles: Partial<Record<Language, FluentBundle>> = {};
let current: Language = "en";
const readers = new Set<() => void>();
const subscribe = createSubscriber((update) => {
  readers.add(update);
  return () => readers.delete(update);
});

/** The message `key` in the language of the interface. Read in a template or an effect, it follows the language. */
export function t(key: string, args?: MessageArgs): string {
  subscribe();
  const bundle = bundles[current];
  const message = bundle?.getMessage(key);
  if (!bundle || !message?.value) return bundle ? key : "";
  return bundle.formatPattern(message.value, args ?? null, []);
}

/** Whether there is a message `key`. */
export function hasMessage(key: string): boolean {
  subscribe();
  return bundles[current]?.hasMessage(key) ?? false;
}

/** The language of the interface. */
export function language(): Language {
  subscribe();
  return current;
}

/** Loads a language and makes it the language of the interface. */
export async function useLanguage(wanted: Language): Promise<void> {
  bundles[wanted] ??= await load(wanted);
  current = wanted;
  document.documentElement.lang = wanted;
  for (const update of readers) update();
}

/** The language that a setting and the system's locale come to. */
export function languageFor(setting: "system" | Language, systemLocale: string): Language {
  if (setting !== "system") return setting;
  return systemLocale.toLowerCase().startsWith("fr") ? "fr" : "en";
}

async function load(wanted: Language): Promise<FluentBundle> {
  const bundle = new FluentBundle(wanted === "fr" ? "fr-FR" : "en-GB", { useIsolating: false });
  const read = files[`./messages/${wanted}.ftl`];
  if (read) bundle.addResource(new FluentResource(await read()));
  return bundle;
}
