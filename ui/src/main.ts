import "./shared/fonts.css";
import "./shared/theme.css";
import "./shared/side-panel.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { startState } from "./backend";
import { applyStoredSettings } from "./settings/settings.svelte";

const target = document.getElementById("app");
if (target) {
  const start = await startState();
  applyStoredSettings(start.settings, start.systemLocale);
  mount(App, { target, props: { start } });
}
