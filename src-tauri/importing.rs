//! Imports of the open library: one after the other, on a thread of their own, told to the page while they go on.

pub mod inbox;

use std::collections::VecDeque;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use edito_import::{Error, Job, Outcome, Reader, Told, import, jobs};
use edito_library::{Continue, LibraryChanges, Reconcile};

use crate::api::{ImportEnded, ImportProgress, PageEvent};
use crate::commands::lists::small;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::OpenLibrary;

/// Imports of one library.
pub struct Imports {
    /// The program that reads foreign files; this one when none is named.
    worker: Option<PathBuf>,
    queue: Mutex<Queue>,
    /// Told when no import runs any more.
    idle: Condvar,
    cancel: AtomicBool,
    ended: Mutex<VecDeque<Arc<Ended>>>,
    next: AtomicU32,
}

/// What is to be brought in.
pub enum What {
    /// Files, folders and archives.
    Paths(Vec<PathBuf>),
    /// Bytes in hand.
    Bytes(Vec<Job>),
}

/// One import, waiting for its turn.
pub struct Request {
    /// What is to be brought in.
    pub what: What,
    /// Who watches the inbox folder and wants to know what became of each path.
    pub inbox: Option<Sender<Vec<Came>>>,
}

/// What became of one path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// Everything in it is in the library now.
    In,
    /// Something in it, or all of it, could not be brought in.
    NotAll,
    /// The import ended before it was read.
    NotReached,
}

/// An import that is over.
pub struct Ended {
    /// Names it in this run.
    pub number: u32,
    /// When it ended.
    pub at: jiff::Timestamp,
    /// What it did.
    pub outcome: Outcome,
}

/// Receipts that are kept until Edito is closed.
const RECEIPTS_KEPT: usize = 20;
/// Progress is told so often, at most.
const PAUSE: Duration = Duration::from_millis(100);
/// How long closing a library waits for an import to put down what it holds.
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Default)]
struct Queue {
    running: bool,
    waiting: VecDeque<Request>,
}

impl Imports {
    /// No import runs.
    pub fn new(worker: Option<PathBuf>) -> Self {
        Self {
            worker,
            queue: Mutex::default(),
            idle: Condvar::new(),
            cancel: AtomicBool::new(false),
            ended: Mutex::default(),
            next: AtomicU32::new(1),
        }
    }

    /// Stops the import that runs before its next piece, and forgets those that wait. What is in stays.
    pub fn cancel(&self) {
        let waiting = {
            let mut queue = self.queue();
            if queue.running {
                self.cancel.store(true, Ordering::Relaxed);
            }
            std::mem::take(&mut queue.waiting)
        };
        // Whoever waits for an answer hears that there is none.
        drop(waiting);
    }

    /// Cancels, and waits a little until what is held is put down.
    pub fn end(&self) {
        self.cancel();
        let waited = self
            .idle
            .wait_timeout_while(self.queue(), PATIENCE, |queue| queue.running);
        drop(waited);
    }

    /// An import of this run that is over; the last one when none is named.
    pub fn ended(&self, number: Option<u32>) -> Option<Arc<Ended>> {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let found = match number {
            Some(number) => ended.iter().find(|one| one.number == number),
            None => ended.back(),
        };
        found.cloned()
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Option<Request> {
        let mut queue = self.queue();
        let next = queue.waiting.pop_front();
        if next.is_none() {
            queue.running = false;
            self.idle.notify_all();
        }
        self.cancel.store(false, Ordering::Relaxed);
        next
    }

    fn keep(&self, outcome: Outcome) -> Arc<Ended> {
        let one = Arc::new(Ended {
            number: self.next.fetch_add(1, Ordering::Relaxed),
            at: jiff::Timestamp::now(),
            outcome,
        });
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.push_back(one.clone());
        if ended.len() > RECEIPTS_KEPT {
            ended.pop_front();
        }
        one
    }

    /// What reads foreign files.
    pub fn reader(&self) -> edito_import::Result<Reader> {
        match &self.worker {
            Some(program) => Ok(Reader {
                program: program.clone(),
                limits: Default::default(),
            }),
            None => Reader::of_this_program(),
        }
    }
}

impl OpenLibrary {
    /// Brings something in as soon as what was asked for before is in.
    ///
    /// # Errors
    /// `ReadOnly` when the library can't be written; `NoLibrary` when it was closed.
    pub fn bring_in(self: &Arc<Self>, request: Request) -> CommandResult<()> {
        if !self.library.writable() {
            return Err(CommandError::new(ErrorKind::ReadOnly, "the library can't be written"));
        }
        let mut queue = self.imports.queue();
        // Asked under the lock: whoever closes it cancels what is there by then.
        if self.is_closed() {
            return Err(CommandError::no_library());
        }
        queue.waiting.push_back(request);
        if !std::mem::replace(&mut queue.running, true) {
            let open = self.clone();
            std::thread::spawn(move || {
                while let Some(request) = open.imports.next() {
                    open.bring_in_now(request);
                }
            });
        }
        Ok(())
    }

    fn bring_in_now(self: &Arc<Self>, request: Request) {
        self.tell_import(0, 0, "", 0);
        let (jobs, ranges) = match request.what {
            What::Bytes(jobs) => (jobs, Vec::new()),
            What::Paths(paths) => all_jobs(paths),
        };
        let mut came = Listed::default();
        let outcome = match self.imports.reader() {
            Ok(reader) => self.read_and_take(&jobs, &reader, &mut came),
            Err(error) => Outcome {
                error: Some(error),
                ..Outcome::default()
            },
        };
        let from_inbox = request.inbox.is_some();
        if let Some(asked) = request.inbox {
            // The watch may have been given up meanwhile.
            let _ = asked.send(ranges.into_iter().map(|range| came_of(&outcome, range)).collect());
        }
        let problem = outcome.error.as_ref().map(problem);
        if let Some(problem) = &problem {
            tracing::error!("an import ended early: {}", problem.message);
        }
        let ended = self.imports.keep(outcome);
        let outcome = &ended.outcome;
        self.emit(PageEvent::ImportEnded(ImportEnded {
            receipt: ended.number,
            imported: small(outcome.imported),
            merged: small(outcome.merged),
            skipped: small(outcome.skipped),
            failed: small(outcome.failed),
            noted: outcome.receipt.iter().any(|receipt| !receipt.unsupported.is_empty()),
            cancelled: outcome.cancelled,
            article: came.only.filter(|_| came.count == 1),
            from_inbox,
            problem,
        }));
    }

    fn read_and_take(&self, jobs: &[Job], reader: &Reader, came: &mut Listed) -> Outcome {
        // What a run that was killed left behind is recognised by the index.
        let captures = self.library.root().join(&self.library.config().captures);
        if captures.exists() {
            let paths = Reconcile::Paths(vec![captures]);
            match self.library.reconcile(paths, &|_| Continue::Yes) {
                Ok(changes) => self.tell(changes),
                Err(error) => tracing::warn!("the folder of what comes in was not looked at: {error}"),
            }
        }
        let mut last: Option<Instant> = None;
        import(
            &self.library,
            jobs,
            reader,
            &mut |told| match told {
                Told::At {
                    file,
                    files,
                    source,
                    pieces,
                } => {
                    if last.is_none_or(|last| last.elapsed() > PAUSE) {
                        last = Some(Instant::now());
                        self.tell_import(file, files, source, pieces);
                    }
                }
                Told::Listed(changes) => {
                    came.add(&changes);
                    self.tell(changes);
                }
            },
            &self.imports.cancel,
        )
    }

    fn tell_import(&self, file: usize, files: usize, source: &str, pieces: usize) {
        self.emit(PageEvent::ImportProgress(ImportProgress {
            file: small(file),
            files: small(files),
            source: source.to_owned(),
            pieces: small(pieces),
        }));
    }
}

/// New articles of an import.
#[derive(Default)]
struct Listed {
    count: usize,
    only: Option<String>,
}

impl Listed {
    fn add(&mut self, changes: &LibraryChanges) {
        self.count += changes.new.len();
        if let Some(first) = changes.new.first() {
            self.only.get_or_insert_with(|| first.0.clone());
        }
    }
}

/// All files to be read, and which of them are of each path.
fn all_jobs(paths: Vec<PathBuf>) -> (Vec<Job>, Vec<Range<usize>>) {
    let mut all = Vec::new();
    let mut ranges = Vec::new();
    for path in paths {
        let from = all.len();
        all.extend(jobs(std::slice::from_ref(&path)).unwrap_or_else(|_| vec![Job::unreadable(&path)]));
        ranges.push(from..all.len());
    }
    (all, ranges)
}

fn came_of(outcome: &Outcome, range: Range<usize>) -> Came {
    let receipts = outcome.receipt.get(range.clone()).unwrap_or_default();
    let there: usize = outcome.there.get(range).unwrap_or_default().iter().sum();
    let not_reached = |receipt: &edito_exchange::Receipt| {
        let mut notes = receipt.unsupported.iter();
        notes.any(|note| note.kind == edito_import::NOT_REACHED)
    };
    let all_read = receipts.iter().all(|receipt| receipt.failed.is_empty());
    // What ended the import says nothing of the file: the disk was full, the library was unplugged.
    let at_fault = outcome.error.is_some() && (receipts.is_empty() || !all_read);
    if receipts.iter().any(not_reached) || at_fault {
        Came::NotReached
    } else if there > 0 && all_read {
        Came::In
    } else {
        Came::NotAll
    }
}

/// What ended an import, as the page gets it.
pub fn problem(error: &Error) -> CommandError {
    match error {
        Error::Library(error) => {
            let named = CommandError::of(error);
            CommandError {
                message: error.to_string(),
                ..named
            }
        }
        Error::NotFound(path) => CommandError {
            kind: ErrorKind::NotFound,
            message: error.to_string(),
            path: Some(path.clone()),
        },
        Error::Io(_) => CommandError::new(ErrorKind::Io, error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use edito_exchange::Receipt;

    #[test]
    fn a_fault_that_passes_writes_no_file_off() {
        let failed = |kind: &str| {
            let mut receipt = Receipt::new("a.md");
            receipt.fail(kind, None);
            receipt
        };
        let mut left = Receipt::new("a.md");
        left.leave_out(edito_import::NOT_REACHED, None);
        let full = || Some(Error::Io(std::io::ErrorKind::StorageFull.into()));
        for (receipt, there, error, expected) in [
            (Receipt::new("a.md"), 1, None, Came::In),
            (Receipt::new("a.md"), 1, full(), Came::In),
            (Receipt::new("a.md"), 0, None, Came::NotAll),
            (failed("damaged"), 1, None, Came::NotAll),
            (failed("disk-full"), 0, full(), Came::NotReached),
            (left, 0, full(), Came::NotReached),
        ] {
            let outcome = Outcome {
                receipt: vec![receipt],
                there: vec![there],
                error,
                ..Outcome::default()
            };
            assert_eq!(came_of(&outcome, 0..1), expected, "{outcome:?}");
        }
        let none = Outcome {
            error: full(),
            ..Outcome::default()
        };
        assert_eq!(came_of(&none, 0..1), Came::NotReached);
    }
}
