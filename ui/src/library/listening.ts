// What the Rust side announces, and what the window does about it.
import { on, type LibraryChanged, type NoticeKind } from "@/backend";
import { tell, tellError } from "@/shared/notices.svelte";
import { library, onLibraryChanged, openArticle, readSheetRows, refreshOverview } from "./library.svelte";
import { askToQuit } from "./quitting";
import { refreshRows, rereadRows } from "./rows.svelte";
import { takeHits } from "./search.svelte";

/** Listens to the Rust side; the function it returns stops that. */
export function listenToLibrary(): () => void {
  const stops = [
    onLibraryChanged((changes) => void takeChanges(changes).catch(tellError)),
    on("indexProgress", (progress) => {
      const done = progress.phase === "done";
      const first = library.progress === null && !done;
      library.progress = done ? null : progress;
      if (done || first) refreshOverview();
      if (done) void refreshRows();
    }),
    on("libraryNotice", ({ kind, detail }) => takeNotice(kind, detail)),
    on("openRequested", ({ article }) => {
      if (article) openArticle(article);
    }),
    on("closeRequested", () => void askToQuit().catch(tellError)),
  ];
  return () => stops.forEach((stop) => stop());
}

/** What stays on the screen until the user has read it. */
const problems: NoticeKind[] = [
  "vanished",
  "journalTorn",
  "unreadable",
  "historyRebuilt",
  "historyDamaged",
  "versionsReadOnly",
  "versionsDiskFull",
  "versionsFailing",
  "recoveryDamaged",
];

async function takeChanges(changes: LibraryChanged): Promise<void> {
  refreshOverview();
  void takeHits(changes).catch(tellError);
  void readSheetRows(changes.many ? undefined : changes.updated);
  const onlyUpdated =
    !changes.many &&
    changes.new.length + changes.deleted.length + changes.moved.length === 0 &&
    changes.updated.length > 0;
  // What was only marked (read, starred, how far) stays in its place, also in a list of what is unread.
  if (onlyUpdated && !(await rereadRows(changes.updated))) return;
  await refreshRows();
}

function takeNotice(kind: NoticeKind, detail: string | null): void {
  if (kind === "vanished") library.vanished = true;
  if (kind === "back") {
    library.vanished = false;
    void refreshRows();
    refreshOverview();
  }
  if (kind === "readOnly" && library.current) library.current.writable = false;
  const tone = kind === "back" ? "done" : problems.includes(kind) ? "problem" : "info";
  tell(tone, `notice-${kind}`, { detail: detail ?? "", count: Number(detail) || 0 });
}
