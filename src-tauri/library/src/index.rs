//! The index: a cache of everything that lists and search need.
//!
//! Two stores stand in one folder: SQLite for the rows (`rows.sqlite`) and Tantivy for the
//! words (`text/`). Rows are committed first, together with a queue of the articles whose
//! words are not yet committed; then the words; then the queue is emptied. Whatever is
//! still queued when the index is opened is done again, so a kill at any point heals.
//!
//! Committing words takes thirty milliseconds whatever their number, so those of a few articles
//! wait a moment for others, and whoever searches meanwhile commits them first.

pub(crate) mod analyser;
mod compare;
pub(crate) mod facts;
pub(crate) mod front;
pub(crate) mod identities;
pub(crate) mod journal;
pub(crate) mod lists;
mod outcomes;
pub(crate) mod read;
pub(crate) mod reconcile;
pub(crate) mod related;
pub(crate) mod rows;
pub(crate) mod schema;
pub(crate) mod text;

use crate::error::{Error, ErrorKind, Result};
use front::SectionOrder;
use lists::Orders;
use rusqlite::Connection;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use text::TextIndex;

/// Both stores, open. Locks are taken in this order: `whole`, `writing`, the journal's, `rows`.
pub(crate) struct Index {
    folder: PathBuf,
    /// Held while the entire folder is compared.
    whole: Mutex<()>,
    /// Held while some articles are written to both stores.
    writing: Mutex<Writing>,
    /// The one connection that writes.
    rows: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    pub(crate) text: TextIndex,
    /// Whether articles may wait in the queue from an earlier run, or after an error.
    unhealed: AtomicBool,
    /// Whether a reconcile of everything is reading many articles.
    many: AtomicBool,
    /// Whether words of a few articles were written and wait for their commit.
    uncommitted: AtomicBool,
    /// Who is about to make that commit. This lock is taken before `writing` and never after it.
    committer: Mutex<Committer>,
    orders: Mutex<Orders>,
    /// Grows when another process writes the rows; what it was when somebody last asked.
    written_elsewhere: AtomicI64,
    section_order: Mutex<Option<SectionOrder>>,
}

/// The thread that commits words a moment after they were written.
#[derive(Default)]
struct Committer {
    /// Whether it will look once more for words that wait.
    is_coming: bool,
    thread: Option<JoinHandle<()>>,
}

/// What concerns the article writing in progress.
#[derive(Default)]
struct Writing {
    /// Rows written to the words and not yet committed there.
    queued: Vec<i64>,
    /// Paths brought up to date while the entire folder is being compared, which knows less
    /// of them by now.
    touched: Option<HashSet<String>>,
}

impl Index {
    /// Opens the index in a folder, making it when it is missing and setting it aside when
    /// it is damaged or of another version.
    pub(crate) fn open(folder: &Path) -> Result<Index> {
        let (mut rows, fresh) = schema::open_for_writing(folder)?;
        if !fresh && let Err(error) = rows::generation(&rows) {
            tracing::warn!(%error, "the index is set aside and will be rebuilt");
            drop(rows);
            schema::set_aside(folder)?;
            rows = schema::open_for_writing(folder)?.0;
        }
        let (text, empty) = TextIndex::open(folder)?;
        if empty {
            rows.execute_batch("INSERT OR IGNORE INTO text_queue SELECT rowid FROM articles")?;
        }
        let waiting: bool = rows.query_row(
            "SELECT EXISTS (SELECT 1 FROM text_queue) OR EXISTS (SELECT 1 FROM stale_words)",
            [],
            |row| row.get(0),
        )?;
        let written_elsewhere = AtomicI64::new(data_version(&rows)?);
        Ok(Index {
            written_elsewhere,
            folder: folder.to_path_buf(),
            whole: Mutex::default(),
            writing: Mutex::default(),
            rows: Mutex::new(rows),
            readers: Mutex::default(),
            text,
            unhealed: AtomicBool::new(waiting),
            many: AtomicBool::new(false),
            uncommitted: AtomicBool::new(false),
            committer: Mutex::default(),
            orders: Mutex::default(),
            section_order: Mutex::default(),
        })
    }

    /// A connection for reading, which never waits for writing.
    pub(crate) fn reader(&self) -> Result<Reader<'_>> {
        let idle = lock(&self.readers).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => schema::open_for_reading(&self.folder)?,
        };
        // One state for all that is read together, and one look at the write-ahead log.
        connection.execute_batch("BEGIN")?;
        Ok(Reader {
            index: self,
            connection: Some(connection),
        })
    }

    /// Commits the words that wait, a moment from now and on a thread of its own.
    pub(crate) fn commit_soon(self: &Arc<Self>) {
        let mut committer = lock(&self.committer);
        if committer.is_coming || !self.uncommitted.load(Ordering::Acquire) {
            return;
        }
        let index = Arc::downgrade(self);
        let thread = std::thread::Builder::new().name("words".into()).spawn(move || {
            std::thread::park_timeout(SOON);
            if let Some(index) = index.upgrade() {
                index.commit_all_waiting();
            }
        });
        match thread {
            Ok(thread) => {
                *committer = Committer {
                    is_coming: true,
                    thread: Some(thread),
                }
            }
            Err(_) => self.commit_waiting(),
        }
    }

    fn commit_all_waiting(&self) {
        loop {
            self.commit_waiting();
            let mut committer = lock(&self.committer);
            // Not when words were written meanwhile, except beside a reconcile of everything, which
            // commits them itself.
            if !self.uncommitted.load(Ordering::Acquire) || self.is_read_whole() {
                committer.is_coming = false;
                return;
            }
        }
    }

    fn is_read_whole(&self) -> bool {
        lock(&self.writing).touched.is_some()
    }

    /// Commits the words that wait, and lets go of the stores: whoever opens them next finds them free.
    pub(crate) fn close(&self) {
        let thread = lock(&self.committer).thread.take();
        if let Some(thread) = thread {
            thread.thread().unpark();
            let _ = thread.join();
        }
        self.commit_waiting();
    }

    /// Whether another process has written rows since this was last asked: what it brought up to date is no difference
    /// any more when the folder is compared here.
    pub(crate) fn was_written_elsewhere(&self) -> Result<bool> {
        let now = data_version(&lock(&self.rows))?;
        Ok(self.written_elsewhere.swap(now, Ordering::AcqRel) != now)
    }

    /// Whether many articles are being read, which a write of one would wait for.
    pub(crate) fn reads_many(&self) -> bool {
        self.many.load(Ordering::Acquire)
    }

    /// A text that the index remembers about itself.
    pub(crate) fn remembered_text(&self, key: &str) -> Result<Option<String>> {
        rows::remembered(self.reader()?.rows()?, key)
    }

    /// Remembers a text about the index.
    pub(crate) fn remember_text(&self, key: &str, text: &str) -> Result<()> {
        rows::remember(&lock(&self.rows), key, text)
    }
}

/// Changes when any connection but this one commits (SQLite, `PRAGMA data_version`). All writing of this process goes
/// through this one.
fn data_version(rows: &Connection) -> Result<i64> {
    Ok(rows.query_row("PRAGMA data_version", [], |row| row.get(0))?)
}

/// How long words may wait for others.
const SOON: Duration = Duration::from_millis(250);

/// A connection for reading; it goes back to the others when dropped.
pub(crate) struct Reader<'a> {
    index: &'a Index,
    connection: Option<Connection>,
}

impl Reader<'_> {
    /// The connection.
    pub(crate) fn rows(&self) -> Result<&Connection> {
        self.connection
            .as_ref()
            .ok_or_else(|| Error::new(ErrorKind::Busy, "the index is being closed"))
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let ended = self
            .connection
            .as_ref()
            .is_some_and(|connection| connection.execute_batch("COMMIT").is_ok());
        let mut readers = lock(&self.index.readers);
        if ended && readers.len() < MOST_IDLE_READERS {
            readers.extend(self.connection.take());
        }
    }
}

const MOST_IDLE_READERS: usize = 4;

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What a lock guards here is made whole again by the next transaction.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
