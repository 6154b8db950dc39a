import axe from "axe-core";
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { library, sheet } from "@/library/library.svelte";
import { settings } from "@/settings/settings.svelte";
import { runCommand } from "@/shared/commands.svelte";
import { fake } from "../../../tests/fake-backend";
import { fakeSpeech } from "../../../tests/fake-speech";
import ReadingView from "../ReadingView.svelte";
import { aloud, forgetDecisions, stopAloud } from "./aloud.svelte";
import { nextRate, primary, voicesByEngine } from "./voices";

const id = "article-0";

configure({ asyncUtilTimeout: 4_000 });
vi.setConfig({ testTimeout: 30_000 });

class Painted {
  priority = 0;
  constructor(public range: Range | null) {}
  clear(): void {
    this.range = null;
  }
}

beforeEach(() => {
  Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect ??= () => document.body.getBoundingClientRect();
  vi.stubGlobal("Highlight", Painted);
  vi.stubGlobal("CSS", { highlights: new Map<string, Painted>(), escape: (text: string) => text });
  Object.assign(settings, { extra: {} });
  library.current = {
    root: "library",
    title: "Essai",
    writable: true,
    key: "key",
    languages: ["fr"],
    statuses: [],
  };
  Object.assign(sheet, { id, at: null });
  forgetDecisions();
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open(): Promise<void> {
  render(ReadingView, { id });
  await waitFor(() => expect(document.querySelector(".reading-body p")).not.toBeNull());
}

/** Reads aloud until these words are being said. */
async function says(words: string): Promise<void> {
  await waitFor(() => expect(fakeSpeech.saying).toContain(words));
}

function painted(): string | undefined {
  const marks = (CSS as unknown as { highlights: Map<string, Painted> }).highlights;
  return marks.get("edito-spoken")?.range?.toString().replace(/\s+/g, " ");
}

const bar = () => within(screen.getByRole("region", { name: "Lecture à voix haute" }));

async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`);
}

it("reads sentence after sentence from the title on, and paints each", async () => {
  await open();
  expect(screen.queryByRole("region", { name: "Lecture à voix haute" })).toBeNull();
  await runCommand("aloud");
  await says("Le phare et la facture");
  expect(painted()).toBe("Le phare et la facture");
  expect(bar().getByText(/^Phrase 1 sur \d+$/)).toBeVisible();
  const second = aloud.at + 1;
  fakeSpeech.end();
  await waitFor(() => expect(aloud.at).toBe(second));
  const third = fakeSpeech.saying;
  await waitFor(() => expect(painted()).toBe(third?.replace(/\s+/g, " ")));
  expect(await violations()).toEqual([]);
});

it("pauses, goes back and forth by sentence and by paragraph, and says only where it comes to", async () => {
  await open();
  await runCommand("aloud");
  await says("Le phare");
  for (const _ of [1, 2, 3]) await runCommand("aloud-next");
  await waitFor(() => expect(fakeSpeech.said).toHaveLength(2));
  expect(aloud.at).toBe(3);
  const there = fakeSpeech.saying;
  await runCommand("aloud");
  expect(fakeSpeech.saying).toBeNull();
  expect(bar().getByRole("button", { name: "Reprendre" })).toBeVisible();
  // While it is paused, steps are silent.
  await runCommand("aloud-previous");
  await runCommand("aloud-next");
  await runCommand("aloud");
  await says(there ?? "?");
  const block = aloud.at;
  await runCommand("aloud-next-paragraph");
  expect(aloud.at).toBeGreaterThan(block);
  await runCommand("aloud-previous-paragraph");
  expect(aloud.at).toBeLessThanOrEqual(block);
});

it("speaks faster, with a voice of its own for each language, and remembers both", async () => {
  fakeSpeech.voices.push(
    { id: "siwis", name: "Siwis", engine: "piper", lang: "fr" },
    { id: "arabic", name: "Arabic", engine: "espeak-ng", lang: "ar" },
  );
  await open();
  await runCommand("aloud");
  await says("Le phare");
  expect(fakeSpeech.said.at(-1)?.manner).toEqual({ lang: "fr", voice: null, rate: 1 });
  await fireEvent.click(bar().getByRole("button", { name: "Plus vite" }));
  await waitFor(() => expect(fakeSpeech.said.at(-1)?.manner.rate).toBe(1.25));
  await fireEvent.click(bar().getByRole("button", { name: "Voix" }));
  const dialog = within(screen.getByRole("dialog", { name: "Voix" }));
  expect(await violations()).toEqual([]);
  await fireEvent.change(dialog.getByLabelText("français"), { target: { value: "siwis" } });
  await waitFor(() => expect(fakeSpeech.said.at(-1)?.manner.voice).toBe("siwis"));
  await fireEvent.keyDown(dialog.getByLabelText("français"), { key: "Escape" });
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(settings.extra).toMatchObject({ "aloud-rate": "1.25", "aloud-voice-fr": "siwis" });
  // A voice that was taken away meanwhile is not asked for.
  await runCommand("aloud-stop");
  fakeSpeech.voices = fakeSpeech.voices.filter((one) => one.id !== "siwis");
  await runCommand("aloud");
  await waitFor(() =>
    expect(fakeSpeech.said.at(-1)?.manner).toEqual({ lang: "fr", voice: null, rate: 1.25 }),
  );
});

it("asks what to do where no voice speaks the language, and does it", async () => {
  await open();
  await runCommand("aloud");
  await says("Le phare");
  while (fakeSpeech.saying) {
    const before = fakeSpeech.said.length;
    fakeSpeech.end();
    await waitFor(() => expect(fakeSpeech.said.length > before || aloud.missing !== null).toBe(true));
    if (aloud.missing) break;
  }
  expect(await screen.findByRole("alert")).toHaveTextContent("pour cette langue : arabe");
  expect(await violations()).toEqual([]);
  expect(fakeSpeech.said.some(({ manner }) => manner.lang === "ar")).toBe(false);
  const arabic = aloud.at;
  await fireEvent.click(bar().getByRole("button", { name: "Passer ces passages" }));
  await waitFor(() => expect(aloud.at).toBe(arabic + 1));
  expect(fakeSpeech.said.some(({ manner }) => manner.lang === "ar")).toBe(false);
  forgetDecisions();
  await runCommand("aloud-previous");
  await fireEvent.click(await screen.findByRole("button", { name: "Lire avec la voix par défaut" }));
  await waitFor(() => expect(fakeSpeech.said.at(-1)?.manner).toMatchObject({ lang: "ar", voice: null }));
});

it("waits for the voices, whatever keys are pressed meanwhile", async () => {
  await open();
  fakeSpeech.wait = 400;
  void runCommand("aloud");
  await waitFor(() => expect(aloud.at).toBe(0));
  expect(bar().getByText("Un instant…")).toBeVisible();
  await runCommand("aloud-next");
  await runCommand("aloud-faster");
  // Paused, and on again.
  await runCommand("aloud");
  await runCommand("aloud");
  await waitFor(() => expect(fakeSpeech.said).toHaveLength(1));
  expect(fakeSpeech.said[0]?.manner).toMatchObject({ lang: "fr", rate: 1.25 });
  expect([aloud.at, aloud.missing, aloud.trouble]).toEqual([1, null, null]);
  expect(fake.calls.filter(({ name }) => name === "speechVoices")).toHaveLength(1);
});

it("is not read when all of it was passed over, and says so", async () => {
  fakeSpeech.voices = fakeSpeech.voices.filter(({ lang }) => lang === "en");
  Object.defineProperty(fake.articles[0]!, "html", { value: "<p>Un mot. Un autre.</p>" });
  await open();
  await runCommand("aloud");
  await fireEvent.click(await screen.findByRole("button", { name: "Passer ces passages" }));
  await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent("pour les langues de ce texte"));
  expect(fakeSpeech.said).toEqual([]);
  expect(fake.calls.some(({ name }) => name === "markRead")).toBe(false);
  // It can be decided anew.
  await fireEvent.click(screen.getByRole("button", { name: "Réessayer" }));
  await fireEvent.click(await screen.findByRole("button", { name: "Lire avec la voix par défaut" }));
  await says("Le phare");
});

it("gives the focus back to the text, however it ends", async () => {
  await open();
  for (const end of [() => runCommand("aloud-stop"), () => (fakeSpeech.end(), Promise.resolve())]) {
    await runCommand("aloud");
    await says("Le phare");
    bar().getByRole("button", { name: "Pause" }).focus();
    aloud.at = aloud.count - 1;
    await end();
    await waitFor(() => expect(screen.queryByRole("region", { name: "Lecture à voix haute" })).toBeNull());
    await waitFor(() => expect(document.activeElement).not.toBe(document.body));
  }
});

it("is silent behind La Une", async () => {
  await open();
  await runCommand("aloud");
  await says("Le phare");
  library.view = "front";
  await waitFor(() => expect(aloud.playing).toBe(false));
  expect(fakeSpeech.saying).toBeNull();
  await runCommand("aloud");
  expect(fakeSpeech.saying).toBeNull();
  library.view = "start";
});

it.each([
  [{ service: false }, "Rien, sur cet ordinateur, ne sait lire à voix haute."],
  [{ voices: [] }, "Aucune voix n’est installée pour les langues de ce texte."],
  [{ answered: false }, "La synthèse vocale du système ne répond pas."],
])("says plainly why nothing is heard, and tries again", async (trouble, words) => {
  await open();
  const voices = fakeSpeech.voices;
  Object.assign(fakeSpeech, trouble);
  await runCommand("aloud");
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent(words);
  if (!("answered" in trouble)) expect(alert).toHaveTextContent("speech-dispatcher-espeak-ng");
  expect(await violations()).toEqual([]);
  expect(fakeSpeech.said).toEqual([]);
  Object.assign(fakeSpeech, { service: true, answered: true, voices });
  await fireEvent.click(within(alert).getByRole("button", { name: "Réessayer" }));
  await says("Le phare");
  expect(screen.queryByRole("alert")).toBeNull();
});

it("says that the system takes sentences and does not speak them", async () => {
  await open();
  await runCommand("aloud");
  await says("Le phare");
  fakeSpeech.end("silent");
  expect(await screen.findByRole("alert")).toHaveTextContent("Vérifiez la sortie du son");
  expect(aloud.playing).toBe(false);
});

it("ends with the last sentence, and with the article", async () => {
  await open();
  await runCommand("aloud");
  await says("Le phare");
  aloud.at = aloud.count - 1;
  fakeSpeech.end();
  await waitFor(() => expect(screen.queryByRole("region", { name: "Lecture à voix haute" })).toBeNull());
  expect(painted()).toBeUndefined();
  await runCommand("aloud");
  await says("Le phare");
  cleanup();
  expect(fakeSpeech.saying).toBeNull();
  expect(aloud.article).toBeNull();
  expect(fake.calls.some(({ name }) => name === "endReadingAloud")).toBe(true);
});

it("goes on at the same sentence when the file changes", async () => {
  await open();
  await runCommand("aloud");
  await says("Le phare");
  for (const _ of [1, 2, 3, 4]) await runCommand("aloud-next");
  await waitFor(() => expect(fakeSpeech.said).toHaveLength(2));
  const words = fakeSpeech.saying;
  const at = aloud.at;
  const article = fake.articles[0]!;
  Object.defineProperty(article, "html", {
    value: `<p data-line="9">Avant. Avant encore.</p>${article.html}`,
  });
  article.row.modified += 1;
  fake.send("libraryChanged", {
    new: [],
    updated: [id],
    deleted: [],
    moved: [],
    many: false,
    generation: 9,
  });
  await waitFor(() => expect(aloud.at).toBe(at + 2));
  expect(fakeSpeech.saying).toBe(words);
  await waitFor(() => expect(painted()).toBe(words?.replace(/\s+/g, " ")));
  stopAloud();
});

it("knows speeds, languages and engines", () => {
  expect([nextRate(0.5, -1), nextRate(1, 1), nextRate(2, 1), nextRate(3, 1)]).toEqual([0.5, 1.25, 2.5, 3]);
  expect(["fr-CA", "EN_gb", "ar", ""].map(primary)).toEqual(["fr", "en", "ar", ""]);
  const voice = (name: string, engine: string, lang = "fr-FR") => ({ id: name, name, engine, lang });
  const engines = (voices: Parameters<typeof voicesByEngine>[0]) =>
    voicesByEngine(voices, "fr").map(({ engine, voices: of }) => [engine, of.length]);
  expect(engines([voice("a", "x"), voice("b", "x", "en")])).toEqual([["", 1]]);
  expect(engines([voice("a", "x"), voice("b", "y"), voice("c", "x", "fr-CA")])).toEqual([
    ["x", 2],
    ["y", 1],
  ]);
});
