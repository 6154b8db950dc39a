// The user's settings: read at the start, applied to the page, saved shortly after they change.
import { backend, type Settings } from "@/backend";
import { languageFor, useLanguage } from "@/shared/messages";
import { tellError } from "@/shared/notices.svelte";

/** The settings with a value for each. */
export type AllSettings = Required<Settings>;

/** What holds before the user has chosen anything: as the window's own side has it. */
export const defaultSettings: AllSettings = {
  language: "system",
  theme: "system",
  textSize: 18,
  measure: 66,
  leading: 1.6,
  railCollapsed: false,
  listWidth: 344,
  outlineShown: false,
  face: "literata",
  justified: false,
  hyphens: true,
  paragraphAlone: false,
  ruler: false,
  spellcheck: true,
  extra: {},
};

/** The settings in force; change them with `changeSettings`. */
export const settings = $state<AllSettings>({ ...defaultSettings });

let systemLocale = "en";
let saving: ReturnType<typeof setTimeout> | undefined;

/** Puts the stored settings in force, at the start. */
export function applyStoredSettings(stored: Settings, locale: string): void {
  systemLocale = locale;
  Object.assign(settings, stored);
  applyLook();
  useLanguage(languageFor(settings.language, systemLocale));
}

/** Changes some settings: at once on the page, a moment later on the disk. */
export function changeSettings(changes: Partial<AllSettings>): void {
  Object.assign(settings, changes);
  applyLook();
  if (changes.language) useLanguage(languageFor(changes.language, systemLocale));
  clearTimeout(saving);
  saving = setTimeout(() => {
    backend.saveSettings($state.snapshot(settings)).catch(tellError);
  }, 300);
}

/** A setting of one view, kept in `extra`. */
export function extraSetting(name: string): string | undefined {
  return settings.extra[name];
}

/** Changes a setting of one view. */
export function changeExtraSetting(name: string, value: string): void {
  changeSettings({ extra: { ...settings.extra, [name]: value } });
}

/** The themes that can be chosen, in the order they are offered in. */
export const themes = ["system", "paper", "sepia", "night", "contrast"] as const;

/** The faces that can be chosen. */
export const faces = ["literata", "inter", "system"] as const;

/** Puts back how text is set and read, as it was before anything was chosen; the theme stays. */
export function resetText(): void {
  const { textSize, measure, leading, face, justified, hyphens, paragraphAlone, ruler } = defaultSettings;
  changeSettings({ textSize, measure, leading, face, justified, hyphens, paragraphAlone, ruler });
}

/** Whether the night theme is the one in force. */
export function isNight(): boolean {
  return settings.theme === "night" || (settings.theme === "system" && dark.matches);
}

/** Night, and back to what was there before it. */
export function toggleNight(): void {
  if (!isNight()) {
    day = settings.theme;
    changeSettings({ theme: "night" });
  } else changeSettings({ theme: day === "system" && dark.matches ? "paper" : day });
}

let day: AllSettings["theme"] = "paper";

const dark: { matches: boolean } =
  typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : { matches: false };
if (dark instanceof EventTarget) dark.addEventListener("change", applyLook);

function applyLook(): void {
  const root = document.documentElement;
  root.dataset.theme = settings.theme === "system" ? (dark.matches ? "night" : "paper") : settings.theme;
  root.dataset.face = settings.face;
  root.style.setProperty("--text-size", `${settings.textSize}px`);
  root.style.setProperty("--measure", `${settings.measure}ch`);
  root.style.setProperty("--leading", String(settings.leading));
}
