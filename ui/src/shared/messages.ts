// The words of the interface, in Fluent files: messages/fr.ftl and messages/en.ftl. No component holds any.
import { FluentBundle, type FluentVariable } from "@fluent/bundle";
import { createSubscriber } from "svelte/reactivity";

/** A language that the interface speaks. */
export type Language = "fr" | "en";
/** What a message may be given: text, a number, a date. */
export type MessageArgs = Record<string, FluentVariable>;

type Pattern = NonNullable<ReturnType<FluentBundle["getMessage"]>>["value"];
// Patterns by key, as JSON: see messages-plugin.ts. Both languages are there at once, so that no picture waits for words.
const files = import.meta.glob<string>("./messages/*.ftl", { import: "default", eager: true });
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

/** Makes a language the language of the interface. */
export function useLanguage(wanted: Language): void {
  bundles[wanted] ??= load(wanted);
  current = wanted;
  document.documentElement.lang = wanted;
  for (const update of readers) update();
}

/** The language that a setting and the system's locale come to. */
export function languageFor(setting: "system" | Language, systemLocale: string): Language {
  if (setting !== "system") return setting;
  return systemLocale.toLowerCase().startsWith("fr") ? "fr" : "en";
}

function load(wanted: Language): FluentBundle {
  const bundle = new FluentBundle(wanted === "fr" ? "fr-FR" : "en-GB", { useIsolating: false });
  const patterns = JSON.parse(files[`./messages/${wanted}.ftl`] ?? "{}") as Record<string, Pattern>;
  bundle.addResource({
    body: Object.entries(patterns).map(([id, value]) => ({ id, value, attributes: {} })),
  });
  return bundle;
}
