import type { Command } from "@/shared/commands.svelte";
import { aloud, changeRate, stepAloud, stepParagraph } from "./aloud.svelte";

/** The commands of reading aloud; `rightToLeft` is the direction of the text. */
export function aloudCommands(
  actions: {
    toggle: () => Promise<void>;
    here: () => Promise<void>;
    voices: () => void;
    stop: () => void;
    /** Whether the article is what the reader sees. */
    seen: () => boolean;
  },
  rightToLeft: boolean,
): Command[] {
  const [forwards, backwards] = rightToLeft ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  const enabled = (): boolean => actions.seen() && aloud.article !== null;
  const whileReading = { group: "article", when: "reading", enabled } as const;
  return [
    { id: "aloud", group: "article", keys: "v", enabled: actions.seen, run: actions.toggle },
    {
      id: "aloud-here",
      group: "article",
      keys: "Shift-v",
      when: "reading",
      enabled: actions.seen,
      run: actions.here,
    },
    { id: "aloud-next", keys: `. ${forwards}`, run: () => stepAloud(1), ...whileReading },
    { id: "aloud-previous", keys: `, ${backwards}`, run: () => stepAloud(-1), ...whileReading },
    {
      id: "aloud-next-paragraph",
      keys: `Shift-${forwards}`,
      run: () => stepParagraph(1),
      ...whileReading,
    },
    {
      id: "aloud-previous-paragraph",
      keys: `Shift-${backwards}`,
      run: () => stepParagraph(-1),
      ...whileReading,
    },
    { id: "aloud-faster", keys: ">", run: () => changeRate(1), ...whileReading },
    { id: "aloud-slower", keys: "<", run: () => changeRate(-1), ...whileReading },
    { id: "aloud-voices", run: actions.voices, ...whileReading },
    { id: "aloud-stop", keys: "Escape", run: actions.stop, ...whileReading },
  ];
}
