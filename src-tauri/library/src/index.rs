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
pub(crate) mod identities;
pub(crate) mod journal;
pub(crate) mod lists;
mod outcomes;
pub(crate) mod read;
pub(crate) mod reconcile;
pub(crate) mod rows;
pub(crate) mod schema;
pub(crate) mod text;

use crate::error::{Error, ErrorKind, Result};
use lists::Orders;
use rusqlite::Connection;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
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
    /// Whether words of a few articles were written and wait for their commit.
    uncommitted: AtomicBool,
    /// Whether a thread is about to make that commit.
    committing_soon: AtomicBool,
    orders: Mutex<Orders>,
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
        let waiting: bool = rows.query_row("SELECT EXISTS (SELECT 1 FROM text_queue)", [], |row| row.get(0))?;
        Ok(Index {
            folder: folder.to_path_buf(),
            whole: Mutex::default(),
            writing: Mutex::default(),
            rows: Mutex::new(rows),
            readers: Mutex::default(),
            text,
            unhealed: AtomicBool::new(waiting),
            uncommitted: AtomicBool::new(false),
            committing_soon: AtomicBool::new(false),
            orders: Mutex::default(),
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
        if !self.uncommitted.load(Ordering::Acquire) || self.committing_soon.swap(true, Ordering::AcqRel) {
            return;
        }
        let index = Arc::downgrade(self);
        let thread = std::thread::Builder::new().name("words".into()).spawn(move || {
            std::thread::sleep(SOON);
            if let Some(index) = index.upgrade() {
                index.committing_soon.store(false, Ordering::Release);
                index.commit_waiting();
            }
        });
        if thread.is_err() {
            self.committing_soon.store(false, Ordering::Release);
            self.commit_waiting();
        }
    }

    /// Whether some articles are being written at this moment, which another write would wait for.
    pub(crate) fn is_writing(&self) -> bool {
        matches!(self.writing.try_lock(), Err(TryLockError::WouldBlock))
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

impl Drop for Index {
    fn drop(&mut self) {
        self.commit_waiting();
    }
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
