//! A folder from which whatever appears there is brought in.
//!
//! A file or folder counts once it has stood still for a moment: what a browser or a sync program is still writing waits.
//! Once everything in it is in the library it is moved to the folder [`DONE`] inside, never over another; what could not
//! be brought in stays, and is not tried again until it changes. What an import left that ended before its time (cancelled,
//! the disk full, the library unplugged) is tried again in the next run.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant, UNIX_EPOCH};

use edito_library::disk::{RealDisk, create_folders};
use edito_library::names::move_under_free_name;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use serde::{Deserialize, Serialize};

use super::{Came, Request, What};
use crate::state::OpenLibrary;

/// The folder inside the inbox for what is in the library.
pub const DONE: &str = "Imported";

/// The inbox of a library on this machine, as the preferences keep it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chosen {
    /// The folder.
    pub folder: PathBuf,
    /// What could not be brought in and was told, by name, as it was then.
    pub failed: HashMap<String, Stamp>,
}

/// What tells whether something has changed: a sum over all files of a folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    files: u64,
    bytes: u64,
    /// The latest change, in milliseconds since 1970.
    changed: u64,
}

/// A watch that goes on until this is dropped.
pub struct Watch {
    stop: Arc<AtomicBool>,
    wake: Sender<()>,
}

impl Watch {
    /// Watches a folder for an open library. `remember` keeps what could not be brought in.
    pub fn start(
        open: &Arc<OpenLibrary>,
        chosen: Chosen,
        remember: impl Fn(HashMap<String, Stamp>) + Send + 'static,
    ) -> Watch {
        let stop = Arc::new(AtomicBool::new(false));
        let (wake, woken) = channel();
        let watching = Watching {
            open: Arc::downgrade(open),
            folder: chosen.folder,
            failed: chosen.failed,
            put_off: HashMap::new(),
            seen: HashMap::new(),
            stop: stop.clone(),
        };
        let also = wake.clone();
        std::thread::spawn(move || watching.run(&also, &woken, &remember));
        Watch { stop, wake }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = self.wake.send(());
    }
}

/// How long something must have stood still.
const STILL: Duration = Duration::from_millis(1500);
/// How often what moves is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// How often a folder is looked at of which nothing was heard: it may be on a disk that comes and goes, or on one that
/// tells nothing.
const SELDOM: Duration = Duration::from_secs(30);
/// So many files of a folder tell whether it has changed.
const MOST_FILES: u64 = 20_000;

struct Watching {
    open: Weak<OpenLibrary>,
    folder: PathBuf,
    failed: HashMap<String, Stamp>,
    /// What an import that ended before its time left: until the next run.
    put_off: HashMap<String, Stamp>,
    /// Since when what is there has stood still.
    seen: HashMap<String, (Stamp, Instant)>,
    stop: Arc<AtomicBool>,
}

impl Watching {
    fn run(mut self, wake: &Sender<()>, woken: &Receiver<()>, remember: &dyn Fn(HashMap<String, Stamp>)) {
        let mut watcher = None;
        while !self.stop.load(Ordering::Relaxed) && self.open.strong_count() > 0 {
            if watcher.is_none() {
                watcher = watch(&self.folder, wake.clone());
            } else if !self.folder.is_dir() {
                watcher = None;
            }
            let (ready, moving) = self.look();
            if !ready.is_empty() {
                if self.bring_in(&ready) {
                    remember(self.failed.clone());
                }
                continue;
            }
            let wait = if moving { LOOK } else { SELDOM };
            if woken.recv_timeout(wait) == Err(RecvTimeoutError::Disconnected) {
                return;
            }
            while woken.try_recv().is_ok() {}
        }
    }

    /// What is ready to be brought in, and whether there is something that may soon be.
    fn look(&mut self) -> (Vec<(String, Stamp)>, bool) {
        let found = entries(&self.folder);
        self.seen.retain(|name, _| found.iter().any(|(other, _)| other == name));
        let known = self.failed.len();
        self.failed
            .retain(|name, _| found.iter().any(|(other, _)| other == name));
        if self.failed.len() != known {
            tracing::debug!("what could not be brought in was taken away");
        }
        let mut ready = Vec::new();
        let mut moving = false;
        for (name, stamp) in found {
            if [&self.failed, &self.put_off]
                .iter()
                .any(|them| them.get(&name) == Some(&stamp))
            {
                continue;
            }
            let now = Instant::now();
            let (last, since) = self.seen.entry(name.clone()).or_insert((stamp, now));
            if *last != stamp {
                (*last, *since) = (stamp, now);
            }
            if since.elapsed() >= STILL {
                ready.push((name, stamp));
            } else {
                moving = true;
            }
        }
        // What is still written may belong to what is ready.
        if moving { (Vec::new(), true) } else { (ready, false) }
    }

    /// Brings in, and moves what is in; answers whether something could not be brought in.
    fn bring_in(&mut self, ready: &[(String, Stamp)]) -> bool {
        let Some(open) = self.open.upgrade() else { return false };
        let (answer, answered) = channel();
        let request = Request {
            what: What::Paths(ready.iter().map(|(name, _)| self.folder.join(name)).collect()),
            inbox: Some(answer),
        };
        let asked = open.bring_in(request);
        // The library may be closed while this waits.
        drop(open);
        let came = match asked {
            Ok(()) => answered.recv().unwrap_or_default(),
            Err(error) => {
                tracing::warn!("nothing is brought in from the inbox folder: {}", error.message);
                Vec::new()
            }
        };
        let mut failed = false;
        for (place, (name, stamp)) in ready.iter().enumerate() {
            self.seen.remove(name);
            match came.get(place) {
                // What was written again meanwhile comes in again first.
                Some(Came::In) if stamp_of(&self.folder, name) == Some(*stamp) => {
                    if let Err(error) = self.put_away(name) {
                        tracing::warn!("{name} could not be moved: {error}");
                        self.put_off.insert(name.clone(), *stamp);
                    }
                }
                Some(Came::In) => {}
                Some(Came::NotAll) => {
                    self.failed.insert(name.clone(), *stamp);
                    failed = true;
                }
                Some(Came::NotReached) | None => {
                    self.put_off.insert(name.clone(), *stamp);
                }
            }
        }
        failed
    }

    fn put_away(&self, name: &str) -> edito_library::Result<()> {
        let done = self.folder.join(DONE);
        create_folders(&RealDisk, &done, false)?;
        let mut names = vec![name.to_owned()];
        names.extend(companions(name).filter(|beside| self.folder.join(beside).is_dir()));
        for name in names {
            move_under_free_name(&RealDisk, &self.folder.join(&name), &done, &name)?;
        }
        Ok(())
    }
}

fn watch(folder: &Path, wake: Sender<()>) -> Option<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |_| {
        let _ = wake.send(());
    })
    .ok()?;
    match watcher.watch(folder, RecursiveMode::NonRecursive) {
        Ok(()) => Some(watcher),
        Err(error) => {
            tracing::debug!("the inbox folder is looked at now and then: {error}");
            None
        }
    }
}

/// What stands in the folder and may be brought in, with its stamp.
fn entries(folder: &Path) -> Vec<(String, Stamp)> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file() || kind.is_dir()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !is_passed_over(name))
        .collect();
    names.sort();
    let beside: Vec<String> = names.iter().flat_map(|name| companions(name)).collect();
    names
        .into_iter()
        .filter(|name| !beside.contains(name))
        .filter_map(|name| {
            let stamp = stamp_of(folder, &name)?;
            // Browsers hold the place of what they load with an empty file.
            (stamp.bytes > 0).then_some((name, stamp))
        })
        .collect()
}

/// Hidden files, what is done with, and what programs write until it has its name.
fn is_passed_over(name: &str) -> bool {
    const UNFINISHED: [&str; 6] = ["part", "partial", "crdownload", "download", "tmp", "opdownload"];
    let ending = Path::new(name).extension().and_then(OsStr::to_str).unwrap_or_default();
    name == DONE
        || name.starts_with(['.', '~'])
        || name.ends_with('~')
        || UNFINISHED.contains(&ending.to_lowercase().as_str())
}

/// Folders in which browsers save what belongs to a page.
fn companions(name: &str) -> impl Iterator<Item = String> {
    let stem = name.strip_suffix(".html").or_else(|| name.strip_suffix(".htm"));
    stem.into_iter()
        .flat_map(|stem| [format!("{stem}_files"), format!("{stem}_fichiers")])
}

/// The stamp of something and what belongs to it.
fn stamp_of(folder: &Path, name: &str) -> Option<Stamp> {
    let mut stamp = Stamp::default();
    let mut waiting: Vec<PathBuf> = companions(name).map(|beside| folder.join(beside)).collect();
    let path = folder.join(name);
    fs::symlink_metadata(&path).ok()?;
    waiting.push(path);
    while let Some(path) = waiting.pop() {
        let Ok(about) = fs::symlink_metadata(&path) else {
            continue;
        };
        let changed = about.modified().ok()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        stamp.changed = stamp
            .changed
            .max(u64::try_from(changed.as_millis()).unwrap_or(u64::MAX));
        if about.is_dir() {
            waiting.extend(
                fs::read_dir(&path)
                    .into_iter()
                    .flatten()
                    .flatten()
                    .map(|entry| entry.path()),
            );
        } else {
            stamp.bytes = stamp.bytes.saturating_add(about.len());
        }
        stamp.files += 1;
        if stamp.files >= MOST_FILES {
            break;
        }
    }
    Some(stamp)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_still_written_or_done_with_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("page.html", "<p>words"),
            ("page_files/a.png", "png"),
            ("notes/a.md", "words"),
            ("loading.pdf", ""),
            ("loading.pdf.part", "half"),
            (".hidden", "x"),
            ("Imported/old.html", "x"),
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let found = entries(folder.path());
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["notes", "page.html"]);
        let before = stamp_of(folder.path(), "page.html").unwrap();
        fs::write(folder.path().join("page_files/b.png"), "more").unwrap();
        assert_ne!(
            stamp_of(folder.path(), "page.html").unwrap(),
            before,
            "what belongs to a page counts with it"
        );
    }
}
