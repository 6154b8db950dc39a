//! Watches a library's folder for changes by other programs.
//!
//! Events are gathered until none comes for `QUIET`, or for `LONGEST` at most while they
//! keep coming. What they say beyond paths is not used: reconciling compares the disk with
//! the index anyway, so that the echo of Edito's own saves, a rename told in two halves or an
//! event that comes twice make no difference.

use crate::config::FILE_NAME;
use crate::disk::is_temporary_name;
use crate::error::{Error, ErrorKind, Result};
use crate::library::Library;
use crate::walk::{is_article_name, within};
use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// What a watch reports, once things have settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchEvent {
    /// These files or folders may have changed: reconcile them.
    Paths(Vec<PathBuf>),
    /// Something was missed: reconcile everything.
    Rescan,
    /// Another device or window wrote to the journal: refresh it.
    JournalChanged,
    /// The library's folder is gone.
    RootGone,
    /// The library's folder is there again: reconcile everything.
    RootBack,
    /// The system's limit of watches is reached; the folder is looked through now and then
    /// instead, and the user should know.
    Polling,
}

/// A watch; it ends when this is dropped.
pub struct Watching {
    signals: Sender<Signal>,
}

impl Library {
    /// Watches the library's folder. `report` is called on a thread of the watch; it may
    /// take its time, what happens meanwhile is gathered.
    ///
    /// # Errors
    /// When the thread can't be started.
    pub fn watch(&self, report: impl FnMut(WatchEvent) + Send + 'static) -> Result<Watching> {
        watch(self.root(), report)
    }
}

/// Watches a folder, as [`Library::watch`] does.
///
/// # Errors
/// When the thread can't be started.
pub fn watch(root: &Path, report: impl FnMut(WatchEvent) + Send + 'static) -> Result<Watching> {
    let (signals, received) = channel();
    let (root, sender) = (root.to_path_buf(), signals.clone());
    std::thread::Builder::new()
        .name("watch".into())
        .spawn(move || run(&root, &sender, &received, report))
        .map_err(|error| Error::new(ErrorKind::Io, "the folder can't be watched").because(error))?;
    Ok(Watching { signals })
}

impl Drop for Watching {
    fn drop(&mut self) {
        // Not waited for: a report may be waiting for something that the caller holds.
        let _ = self.signals.send(Signal::Stop);
    }
}

/// Without an event for this long, things have settled.
const QUIET: Duration = Duration::from_millis(40);
/// A burst is reported in parts of this length.
const LONGEST: Duration = Duration::from_millis(400);
/// How often the folder itself is looked for; its disk may be unplugged without an event.
const ROOT_CHECK: Duration = Duration::from_secs(2);
/// How often the folder is looked through where it can't be watched.
const POLL: Duration = Duration::from_secs(10);
/// With more paths than this, comparing everything costs less.
const MOST_PATHS: usize = 5_000;

enum Signal {
    Event(notify::Result<Event>),
    Stop,
}

fn run(root: &Path, signals: &Sender<Signal>, received: &Receiver<Signal>, mut report: impl FnMut(WatchEvent)) {
    let mut watcher = start(root, signals, &mut report);
    let mut gathered = Gathered::default();
    let mut polled = Instant::now();
    let mut present = true;
    loop {
        let now = Instant::now();
        let wait = gathered.wait(now).unwrap_or(ROOT_CHECK);
        match received.recv_timeout(wait) {
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            Ok(Signal::Event(event)) => {
                let now = Instant::now();
                gathered.add(event, now);
                // A stream of events without end must not put off the report for ever.
                if !gathered.wait(now).is_some_and(|wait| wait.is_zero()) {
                    continue;
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
        let there = root.is_dir();
        if present && !there {
            gathered = Gathered::default();
            watcher = None;
            report(WatchEvent::RootGone);
        } else if !present && there {
            watcher = start(root, signals, &mut report);
            report(WatchEvent::RootBack);
        }
        present = there;
        if !present {
            continue;
        }
        if watcher.is_none() && polled.elapsed() >= POLL {
            polled = Instant::now();
            report(WatchEvent::Rescan);
        }
        if gathered.wait(Instant::now()).is_some_and(|wait| wait.is_zero()) {
            let batch = std::mem::take(&mut gathered).settled(root);
            if batch.journal {
                report(WatchEvent::JournalChanged);
            }
            if batch.rescan || batch.paths.len() > MOST_PATHS {
                report(WatchEvent::Rescan);
            } else if !batch.paths.is_empty() {
                report(WatchEvent::Paths(batch.paths));
            }
        }
    }
}

/// A watch of the system's, or `None` where there can be none: then the folder is polled.
fn start(root: &Path, signals: &Sender<Signal>, report: &mut impl FnMut(WatchEvent)) -> Option<RecommendedWatcher> {
    let signals = signals.clone();
    let handler = move |event| {
        let _ = signals.send(Signal::Event(event));
    };
    let config = Config::default().with_follow_symlinks(false);
    let started = RecommendedWatcher::new(handler, config).and_then(|mut watcher| {
        watcher.watch(root, RecursiveMode::Recursive)?;
        Ok(watcher)
    });
    match started {
        Ok(watcher) => Some(watcher),
        Err(error) => {
            tracing::warn!(%error, "the folder can't be watched and is looked through instead");
            report(WatchEvent::Polling);
            None
        }
    }
}

/// Events since the last report.
#[derive(Debug, Default)]
struct Gathered {
    paths: BTreeSet<PathBuf>,
    rescan: bool,
    first: Option<Instant>,
    last: Option<Instant>,
}

/// What events come to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Batch {
    paths: Vec<PathBuf>,
    journal: bool,
    rescan: bool,
}

impl Gathered {
    fn add(&mut self, event: notify::Result<Event>, now: Instant) {
        match event {
            Ok(event) if event.need_rescan() => self.rescan = true,
            Ok(event) => {
                // Reading a file is an event too, but changes nothing.
                let reading = matches!(event.kind, EventKind::Access(kind)
                    if kind != AccessKind::Close(AccessMode::Write));
                if reading || event.paths.is_empty() {
                    return;
                }
                self.paths.extend(event.paths);
            }
            Err(error) => {
                tracing::warn!(%error, "an event of the watch was lost");
                self.rescan = true;
            }
        }
        self.first.get_or_insert(now);
        self.last = Some(now);
    }

    /// How long to wait before reporting; `None` when there is nothing to report.
    fn wait(&self, now: Instant) -> Option<Duration> {
        let quiet = self.last? + QUIET;
        let longest = self.first? + LONGEST;
        Some(quiet.min(longest).saturating_duration_since(now))
    }

    fn settled(self, root: &Path) -> Batch {
        let mut batch = Batch {
            rescan: self.rescan,
            ..Batch::default()
        };
        for path in self.paths {
            match concern(root, &path) {
                Concern::Article => batch.paths.push(path),
                Concern::Journal => batch.journal = true,
                Concern::Nothing => {}
            }
        }
        // A folder covers what is in it.
        let mut last: Option<PathBuf> = None;
        batch.paths.retain(|path| {
            let covered = last.as_ref().is_some_and(|last| path.starts_with(last));
            if !covered && path.is_dir() {
                last = Some(path.clone());
            }
            !covered
        });
        batch
    }
}

enum Concern {
    Article,
    Journal,
    Nothing,
}

fn concern(root: &Path, path: &Path) -> Concern {
    let Some(within) = within(root, path) else {
        return Concern::Nothing;
    };
    let name = path.file_name().unwrap_or_default();
    if within.starts_with(".edito/journal/") {
        return if within.ends_with(".jsonl") {
            Concern::Journal
        } else {
            Concern::Nothing
        };
    }
    if name == ".gitignore" || within == FILE_NAME {
        return Concern::Article;
    }
    if is_temporary_name(name) || within.split('/').any(|part| part.starts_with('.')) {
        return Concern::Nothing;
    }
    // What is gone may have been a folder.
    if is_article_name(path) || path.is_dir() || !path.exists() {
        Concern::Article
    } else {
        Concern::Nothing
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use notify::event::{CreateKind, Flag, ModifyKind};
    use std::fs;

    fn event(kind: EventKind, path: &Path) -> notify::Result<Event> {
        Ok(Event::new(kind).add_path(path.to_path_buf()))
    }

    #[test]
    fn a_report_waits_for_quiet_but_not_for_ever() {
        let begin = Instant::now();
        let mut gathered = Gathered::default();
        assert_eq!(gathered.wait(begin), None);
        let modified = EventKind::Modify(ModifyKind::Any);
        gathered.add(event(modified, Path::new("/l/a.md")), begin);
        assert_eq!(gathered.wait(begin), Some(QUIET));
        gathered.add(event(modified, Path::new("/l/a.md")), begin + QUIET / 2);
        assert_eq!(gathered.wait(begin + QUIET), Some(QUIET / 2));
        for step in 1..20 {
            gathered.add(event(modified, Path::new("/l/a.md")), begin + QUIET / 2 * step);
        }
        assert_eq!(gathered.wait(begin + LONGEST), Some(Duration::ZERO));
    }

    #[test]
    fn only_what_may_be_an_article_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("sub")).unwrap();
        for name in ["sub/a.md", "b.md", "c.png", ".edito-tmp-1.md"] {
            fs::write(root.join(name), "x").unwrap();
        }
        let mut gathered = Gathered::default();
        let now = Instant::now();
        for name in [
            "b.md",
            "c.png",
            ".edito-tmp-1.md",
            ".git/index",
            ".edito/history.git/x",
            ".edito/journal/d.jsonl",
            "sub",
            "sub/a.md",
            "gone",
            ".gitignore",
        ] {
            gathered.add(event(EventKind::Create(CreateKind::Any), &root.join(name)), now);
        }
        gathered.add(event(EventKind::Access(AccessKind::Read), &root.join("read.md")), now);
        let batch = gathered.settled(root);
        let names: Vec<String> = batch.paths.iter().map(|path| within(root, path).unwrap()).collect();
        assert_eq!(names, [".gitignore", "b.md", "gone", "sub"]);
        assert!(batch.journal && !batch.rescan);
    }

    #[test]
    fn a_lost_event_asks_for_everything() {
        let mut gathered = Gathered::default();
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        gathered.add(Ok(lost), Instant::now());
        assert!(gathered.settled(Path::new("/l")).rescan);
    }
}
