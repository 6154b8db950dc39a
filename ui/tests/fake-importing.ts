// What is brought in, as far as the page sees it: files, pages, the folder that is watched.
import { fakeReceipt } from "./fake-samples";
import { type Commands, fake } from "./fake-state";

/** The commands. */
export const importCommands = {
  importChosen: async () => (fakeImport(), true),
  importPaths: async () => (fakeImport(), null),
  importPasted: async () => (fakeImport(), null),
  cancelImport: async () => null,
  importReceipt: async () => fakeReceipt(),
  exportReceipt: async (_, format) => `/home/maud/Articles/Récépissé.${format === "json" ? "json" : "md"}`,
  inboxFolder: async () => fake.inbox,
  chooseInboxFolder: async () => (fake.inbox = "/home/maud/Téléchargements/Édito"),
  forgetInboxFolder: async () => ((fake.inbox = null), null),
  captures: async (id) => fake.captures[id] ?? [],
  openCapture: async () => null,
  capturePage: async (address) => {
    if (address.includes("127.0.0.1")) return { page: null, problem: { kind: "local", detail: address } };
    const first = fake.articles[0]!.row;
    return {
      page: {
        article: first.id,
        title: first.title,
        outcome: "new",
        images: 2,
        imagesMissing: 1,
        highlights: { kept: 0, moved: 0, lost: 0 },
      },
      problem: null,
    };
  },
  cancelCapture: async () => null as never,
} satisfies Partial<Commands>;

/** An import of three files that is over after a second. */
function fakeImport(): void {
  [0, 1, 2].forEach((file) =>
    setTimeout(
      () =>
        fake.send("importProgress", {
          file,
          files: 3,
          source: `/home/maud/Téléchargements/page-${file}.html`,
          pieces: file * 40,
        }),
      file * 300,
    ),
  );
  setTimeout(
    () =>
      fake.send("importEnded", {
        receipt: 1,
        imported: 118,
        merged: 2,
        skipped: 0,
        failed: 1,
        noted: true,
        cancelled: false,
        article: null,
        fromInbox: false,
        problem: null,
      }),
    1000,
  );
}
