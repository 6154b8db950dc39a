// Voices that nobody hears: a sentence is being said until the test says what became of it.
import type * as wire from "../src/backend/bindings";

/** What the tests look at and change. */
export const fakeSpeech = {
  service: true,
  answered: true,
  voices: [] as wire.Voice[],
  /** How long the voices are waited for, in milliseconds. */
  wait: 0,
  /** What was asked to be said, in order. */
  said: [] as { number: number; text: string; manner: wire.Manner }[],
  /** The sentence that is being said is over, one way or another. */
  end(how: wire.Spoken = "ended"): void {
    const { settle } = saying ?? {};
    saying = null;
    settle?.(how);
  },
  /** The words being said; null in silence. */
  get saying(): string | null {
    return saying?.text ?? null;
  },
  reset(): void {
    fakeSpeech.end("stopped");
    Object.assign(fakeSpeech, {
      service: true,
      answered: true,
      wait: 0,
      said: [],
      voices: ["fr", "en"].map(voice),
    });
  },
};

/** The commands of reading aloud, over articles by their rendering. */
export function speechCommands(articleOf: (id: string) => { row: wire.Row; html: string }) {
  return {
    spokenText: async (id: string): Promise<wire.SpokenText> => {
      const { row, html } = articleOf(id);
      const lang = row.lang ?? "fr";
      const head = (part: wire.SpokenPart, text: string | null): wire.SpokenSentence[] =>
        text ? [{ part, text, place: [0, lengthOf(text)], lang, block: 0 }] : [];
      return {
        turn: last,
        sentences: [
          ...head("title", row.title),
          ...head("standfirst", row.standfirst),
          ...bodySentences(html, lang),
        ],
      };
    },
    speechVoices: async (langs: string[]): Promise<wire.SpeechVoices> => {
      if (fakeSpeech.wait) await new Promise((resolve) => setTimeout(resolve, fakeSpeech.wait));
      return {
        service: fakeSpeech.service,
        answered: fakeSpeech.answered,
        voices: fakeSpeech.service ? fakeSpeech.voices.filter(({ lang }) => langs.includes(lang)) : [],
      };
    },
    sayAloud: async (number: number, text: string, manner: wire.Manner): Promise<wire.Spoken> => {
      last = Math.max(last, number);
      if (number <= hushed) return "stopped";
      if (saying) throw new Error("two sentences at once");
      fakeSpeech.said.push({ number, text, manner });
      return new Promise((settle) => (saying = { text, settle }));
    },
    hush: async (number: number): Promise<null> => {
      hushed = Math.max(hushed, number);
      fakeSpeech.end("stopped");
      return null;
    },
    endReadingAloud: async (number: number): Promise<null> => {
      hushed = Math.max(hushed, number);
      fakeSpeech.end("stopped");
      return null;
    },
  };
}

let saying: { text: string; settle: (how: wire.Spoken) => void } | null = null;
let last = 0;
let hushed = 0;

function voice(lang: string): wire.Voice {
  return { id: `voice-${lang}`, name: `Voix ${lang}`, engine: null, lang };
}

function lengthOf(text: string): number {
  return text.replace(/[ \t\n\r\f]/g, "").length;
}

function bodySentences(html: string, lang: string): wire.SpokenSentence[] {
  const template = document.createElement("template");
  template.innerHTML = html;
  template.content.querySelectorAll(".footnote-ref, .footnote-back").forEach((mark) => mark.remove());
  const sentences: wire.SpokenSentence[] = [];
  let unit = 0;
  const blocks = [...template.content.querySelectorAll("p, h2, li, tr")].filter(
    (one) => !one.querySelector("p"),
  );
  blocks.forEach((block, number) => {
    for (const text of (block.textContent ?? "").split(/(?<=[.!?…])\s+/)) {
      const place: [number, number] = [unit, (unit += lengthOf(text))];
      const own = block.getAttribute("lang") ?? lang;
      if (text.trim()) sentences.push({ part: "body", text: text.trim(), place, lang: own, block: number });
    }
  });
  return sentences;
}
