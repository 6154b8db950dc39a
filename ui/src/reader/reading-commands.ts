import { changeSettings, defaultSettings, settings } from "@/settings/settings.svelte";
import type { Command } from "@/shared/commands.svelte";

/** What the commands of the reading view act on. */
export interface ReadingActions {
  toggleOutline: () => void;
  toggleTextSettings: () => void;
  stepHeading: (direction: 1 | -1) => void;
  stepWord: (direction: 1 | -1) => void;
  hasWords: () => boolean;
  hasOutline: () => boolean;
  forgetWords: () => void;
  reload: () => Promise<void>;
  print: () => void;
}

/** Smallest and largest size of the text that is read, in pixels. */
export const TEXT_SIZES = { least: 15, most: 26 };

/** The commands of the reading view. */
export function readingCommands(actions: ReadingActions): Command[] {
  const { hasOutline, hasWords } = actions;
  return [
    {
      id: "reader-outline",
      group: "view",
      keys: "o",
      when: "reading",
      run: actions.toggleOutline,
      enabled: hasOutline,
    },
    { id: "reader-text-settings", group: "view", run: actions.toggleTextSettings },
    {
      id: "reader-paragraph-alone",
      group: "view",
      keys: "f",
      when: "reading",
      run: () => changeSettings({ paragraphAlone: !settings.paragraphAlone }),
    },
    {
      id: "reader-ruler",
      group: "view",
      keys: "r",
      when: "reading",
      run: () => changeSettings({ ruler: !settings.ruler }),
    },
    { id: "reader-larger", group: "view", keys: "+ =", when: "reading", run: () => changeSize(1) },
    { id: "reader-smaller", group: "view", keys: "-", when: "reading", run: () => changeSize(-1) },
    {
      id: "reader-reset-size",
      group: "view",
      // With Shift too: that is where French keyboards have the figures.
      keys: "0 Shift-0",
      when: "reading",
      run: () => changeSettings({ textSize: defaultSettings.textSize }),
    },
    {
      id: "reader-next-heading",
      group: "go",
      keys: "]",
      when: "reading",
      run: () => actions.stepHeading(1),
      enabled: hasOutline,
    },
    {
      id: "reader-previous-heading",
      group: "go",
      keys: "[",
      when: "reading",
      run: () => actions.stepHeading(-1),
      enabled: hasOutline,
    },
    {
      id: "reader-next-word",
      group: "go",
      keys: "n",
      when: "reading",
      run: () => actions.stepWord(1),
      enabled: hasWords,
    },
    {
      id: "reader-previous-word",
      group: "go",
      keys: "Shift-n",
      when: "reading",
      run: () => actions.stepWord(-1),
      enabled: hasWords,
    },
    { id: "reader-forget-words", group: "view", run: actions.forgetWords, enabled: hasWords },
    { id: "reader-reload", group: "article", run: actions.reload },
    { id: "reader-print", group: "file", run: actions.print },
  ];
}

function changeSize(by: 1 | -1): void {
  const textSize = Math.min(TEXT_SIZES.most, Math.max(TEXT_SIZES.least, settings.textSize + by));
  changeSettings({ textSize });
}
