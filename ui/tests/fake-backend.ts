// An in-memory Rust side: for `vite --mode fake` in any browser, and for the tests.
// In a browser the address chooses: ?rows=100000&lang=en&theme=night&start=none&readonly
import type * as wire from "../src/backend/bindings";
import { collectionsOf } from "./fake-collections";
import { feedCommands } from "./fake-feeds";
import { fakeConflict, filingCommands } from "./fake-filing";
import { frontOf } from "./fake-front";
import { headCommands } from "./fake-head";
import { importCommands } from "./fake-importing";
import { wholeLibrary, page, overview, listCommands } from "./fake-lists";
import { readingCommands } from "./fake-reading";
import { replacingOf } from "./fake-replacing";
import { speechCommands } from "./fake-speech";
import {
  type Commands,
  type Events,
  ask,
  settings,
  info,
  fake,
  listeners,
  failure,
  find,
  must,
  hash,
} from "./fake-state";
import { templatesOf } from "./fake-templates";
import { versionCommands } from "./fake-versions";
import { writingCommands } from "./fake-writing";
export { failure, fake } from "./fake-state";
export { fakeConflict } from "./fake-filing";

fake.reset(Number(ask.get("rows") ?? 30));
if (ask.get("start") === "none") fake.open = false;
if (ask.has("conflict")) fakeConflict();

export const commands = watched({
  pageReady: async () => fake.generation,
  start: async () => ({
    library: fake.open ? { ...info } : null,
    firstPage: fake.firstPage && fake.open ? page(wholeLibrary, 0, 100) : null,
    problem: null,
    recent: [
      {
        root: "/home/maud/Articles",
        title: "Les Deux Rives",
        openedAt: "2026-11-21T18:04:00Z",
        exists: true,
      },
      {
        root: "/media/usb/archives-2019",
        title: "Archives 2019",
        openedAt: "2026-09-02T08:30:00Z",
        exists: false,
      },
    ],
    settings,
    systemLocale: "fr-FR",
    open: ask.get("open"),
    version: "0.1.0",
    logFolder: "/home/maud/.local/share/edito/logs",
  }),
  chooseFolder: async () => "/home/maud/Articles",
  openLibrary: async (root) => opened(root, info.title),
  createLibrary: async (root, title) => opened(root, title),
  openSample: async () => opened("/home/maud/Documents/Exemple", "Exemple"),
  closeLibrary: async () => void (fake.open = false),
  forgetRecent: async () => undefined,
  refreshLibrary: async () => {
    const total = fake.articles.length;
    [0.2, 0.5, 0.8, 1].forEach((part, i) =>
      setTimeout(
        () =>
          fake.send("indexProgress", {
            done: Math.round(total * part),
            total,
            phase: part === 1 ? "done" : "reading",
            cancellable: true,
          }),
        i * 400,
      ),
    );
    return null;
  },
  cancelIndex: async () => (
    fake.send("indexProgress", { done: 0, total: null, phase: "done", cancellable: false }),
    null
  ),
  quit: async () => null,
  setFullScreen: async () => null,
  saveSettings: async (changed) => void Object.assign(settings, changed),

  ...listCommands,
  ...importCommands,
  ...readingCommands,
  ...writingCommands,
  ...filingCommands,
  ...versionCommands,
  ...feedCommands,
  ...frontOf(
    () => fake.articles,
    info.title,
    () => overview(),
    (ids) =>
      fake.send("libraryChanged", {
        new: [],
        updated: ids,
        deleted: [],
        moved: [],
        many: ids.length === 0,
        generation: (fake.generation += 1),
      }),
  ),
  ...speechCommands((id) => must(id)),
  ...headCommands,
  ...collectionsOf(
    (id) => find(id) !== undefined,
    () => failure("notFound"),
    () => fake.send("collectionsChanged", {}),
  ),
  ...replacingOf(fake, (text) => hash(text)),
  ...templatesOf(),
});

export const events = Object.fromEntries(
  [
    "libraryChanged",
    "indexProgress",
    "importProgress",
    "importEnded",
    "libraryNotice",
    "openRequested",
    "closeRequested",
    "feedsChanged",
    "searchesChanged",
    "collectionsChanged",
    "citationsChanged",
  ].map((name) => [
    name,
    {
      listen: async (cb: (event: { payload: never }) => void) => {
        (listeners[name] ??= new Set()).add(cb);
        return () => listeners[name]?.delete(cb);
      },
    },
  ]),
) as unknown as Events;

// A browser's console (or a test driver) can reach the backend in the fake mode.
if (typeof window !== "undefined") Object.assign(window, { fake });

function watched(all: Commands): Commands {
  return Object.fromEntries(
    Object.entries(all).map(([name, run]) => [
      name,
      async (...args: never[]) => {
        fake.calls.push({ name, args });
        if (fake.delay) await new Promise((resolve) => setTimeout(resolve, fake.delay));
        const failing = fake.failing[name];
        const error = typeof failing === "function" ? failing(...args) : failing;
        if (error) throw error;
        const answer = await (run as (...args: never[]) => Promise<unknown>)(...args);
        return typeof answer === "object" ? structuredClone(answer) : answer;
      },
    ]),
  ) as unknown as Commands;
}

function opened(root: string, title: string): wire.LibraryInfo {
  fake.open = true;
  // What this run has left behind is offered when its library is opened again.
  for (const [id, text] of Object.entries(fake.copies)) {
    const found = find(id);
    const { title: named = "", path = "" } = found?.row ?? {};
    const savedAt = "2026-11-22T09:00:00Z";
    const onDisk = found?.text ?? null;
    fake.recoveries.push({ key: id, id, path, title: named, savedAt, text, onDisk, diskNewer: true });
  }
  fake.copies = {};
  Object.assign(info, { root, title });
  return { ...info };
}
