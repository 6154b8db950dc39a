import "./shared/fonts.css";
import "./shared/theme.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { backend } from "./backend";
import { languageFor, useLanguage } from "./shared/messages";
import { applyStoredSettings } from "./settings/settings.svelte";

const target = document.getElementById("app");
if (target) {
  // The words are fetched while Rust answers; most often the guess is right.
  const guess = useLanguage(languageFor("system", navigator.language));
  const start = await backend.start();
  await guess;
  await applyStoredSettings(start.settings, start.systemLocale);
  mount(App, { target, props: { start } });
}
