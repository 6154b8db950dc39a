// What is being brought in, and what is told of it.
import { backend, on, type ImportChoice, type ImportEnded, type ImportProgress } from "@/backend";
import { openDialog } from "@/library/dialogs.svelte";
import { isWritable, library, openArticle } from "@/library/library.svelte";
import { registerAll, type Command } from "@/shared/commands.svelte";
import { t } from "@/shared/messages";
import { errorWords, show, tellError, type NoticeAction } from "@/shared/notices.svelte";

/** What is being brought in, and the number of the last receipt. */
export const importing = $state<{ progress: ImportProgress | null; receipt: number | null }>({
  progress: null,
  receipt: null,
});

/** Whether something can be brought in. */
export const canBringIn = (): boolean => library.current !== null && isWritable();

const commands: Command[] = [
  {
    id: "import-files",
    group: "file",
    keys: "Mod-Shift-o",
    run: () => choose("files", t("import-choose-files")),
    enabled: canBringIn,
  },
  {
    id: "import-folder",
    group: "file",
    run: () => choose("folder", t("import-choose-folder")),
    enabled: canBringIn,
  },
  { id: "import-cancel", group: "file", run: cancelImport, enabled: () => importing.progress !== null },
  {
    id: "import-receipt",
    group: "file",
    run: () => openDialog("receipt", { number: importing.receipt }),
    enabled: () => library.current !== null && importing.receipt !== null,
  },
];

/** Listens to imports and registers their commands; the function it returns stops both. */
export function followImports(): () => void {
  const stops = [
    registerAll(commands),
    on("importProgress", (progress) => {
      importing.progress = progress;
    }),
    on("importEnded", ended),
    $effect.root(() => {
      // Receipts are of one library.
      $effect(() => {
        void library.current?.key;
        Object.assign(importing, { progress: null, receipt: null });
      });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

/** Stops before the next piece. */
export async function cancelImport(): Promise<void> {
  await backend.cancelImport();
}

/** Where an import stands, in words. */
export function progressWords({ file, files, pieces }: ImportProgress): string {
  if (files === 0) return t("import-looking");
  return files === 1
    ? t("import-going", { pieces })
    : t("import-going-files", { file: file + 1, files, pieces });
}

async function choose(choice: ImportChoice, title: string): Promise<void> {
  await backend.importChosen(choice, title);
}

function ended(end: ImportEnded): void {
  importing.progress = null;
  importing.receipt = end.receipt;
  const { imported } = end;
  const counts = [
    end.merged > 0 ? t("import-merged", { count: end.merged }) : "",
    end.skipped > 0 ? t("import-skipped", { count: end.skipped }) : "",
    end.failed > 0 ? t("import-failed", { count: end.failed }) : "",
  ].filter(Boolean);
  const hints = [counts.join(", ")];
  let text = t(end.fromInbox ? "import-done-inbox" : "import-done", { imported });
  if (end.problem) {
    const words = errorWords(end.problem);
    text = t("import-ended-early", { imported });
    hints.push(`${words.text} ${words.hint}`);
  } else if (end.cancelled) {
    text = t("import-cancelled", { imported });
    hints.push(t("import-cancelled-hint"));
  }
  show({
    kind: end.problem || end.failed > 0 ? "problem" : "done",
    text,
    hint: hints.filter(Boolean).join(". "),
    action: {
      label: t("import-show-receipt"),
      run: () => openDialog("receipt", { number: end.receipt }),
    },
    second: read(end.article),
  });
}

/** The one article that came in can be read at once. */
function read(article: string | null): NoticeAction | undefined {
  if (article === null) return undefined;
  return { label: t("import-read"), run: () => openArticle(article) };
}

/** Brings in what lies at these paths; a failure is told. */
export function bringInPaths(paths: string[]): void {
  if (paths.length > 0) backend.importPaths(paths).catch(tellError);
}
