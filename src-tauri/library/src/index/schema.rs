//! The SQLite side of the index: its tables, and opening or setting it aside.

use crate::error::{At, Error, ErrorKind, Result};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Goes up whenever rows or words come out otherwise; an index of another version is rebuilt.
pub(crate) const VERSION: i64 = 4;

/// Opens the rows for writing, making them when they are missing. Damaged rows, and those of
/// another version, are set aside together with the words, under names that end in `.old`;
/// the result tells whether the index starts empty.
pub(crate) fn open_for_writing(folder: &Path) -> Result<(Connection, bool)> {
    fs::create_dir_all(folder).at(folder)?;
    let path = rows_path(folder);
    if path.exists() {
        match try_open(&path) {
            Ok(connection) => return Ok((connection, false)),
            Err(error) if error.kind == ErrorKind::Corrupt => {
                tracing::warn!(%error, "the index is set aside and will be rebuilt");
                set_aside(folder)?;
            }
            Err(error) => return Err(error),
        }
    } else if text_path(folder).exists() {
        set_aside(folder)?;
    }
    let connection = connect(&path, OpenFlags::default())?;
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")?;
    connection.execute_batch(&format!("BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;"))?;
    settle(&connection)?;
    Ok((connection, true))
}

/// Opens the rows for reading.
pub(crate) fn open_for_reading(folder: &Path) -> Result<Connection> {
    let connection = connect(
        &rows_path(folder),
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.execute_batch("PRAGMA query_only = ON;")?;
    Ok(connection)
}

/// Moves the index out of the way; one older index at most is kept for whoever wants to look.
pub(crate) fn set_aside(folder: &Path) -> Result<()> {
    let old = folder.join("set-aside.old");
    if old.exists() {
        fs::remove_dir_all(&old).at(&old)?;
    }
    fs::create_dir_all(&old).at(&old)?;
    for name in ["rows.sqlite", "rows.sqlite-wal", "rows.sqlite-shm", "text"] {
        let from = folder.join(name);
        if from.exists() {
            fs::rename(&from, old.join(name)).at(&from)?;
        }
    }
    Ok(())
}

/// Readies the rows for many new ones: more memory, fewer interruptions, and, when there are none
/// yet, no helping indexes. [`settle`] puts everything back.
pub(crate) fn prepare_for_many(rows: &Connection) -> Result<()> {
    rows.execute_batch("PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16384;")?;
    let empty: bool = rows.query_row("SELECT NOT EXISTS (SELECT 1 FROM articles)", [], |row| row.get(0))?;
    if empty {
        for (name, _) in HELPERS {
            rows.execute_batch(&format!("DROP INDEX IF EXISTS {name};"))?;
        }
    }
    Ok(())
}

/// Makes the helping indexes that are missing, also those that a killed run left out, and gives
/// back what [`prepare_for_many`] took.
pub(crate) fn settle(rows: &Connection) -> Result<()> {
    for (name, columns) in HELPERS {
        rows.execute_batch(&format!("CREATE INDEX IF NOT EXISTS {name} ON {columns};"))?;
    }
    rows.execute_batch("PRAGMA cache_size = -2000; PRAGMA wal_autocheckpoint = 1000; PRAGMA shrink_memory;")?;
    Ok(())
}

/// Where the words are.
pub(crate) fn text_path(folder: &Path) -> PathBuf {
    folder.join("text")
}

fn rows_path(folder: &Path) -> PathBuf {
    folder.join("rows.sqlite")
}

fn try_open(path: &Path) -> Result<Connection> {
    let connection = connect(path, OpenFlags::default())?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version != VERSION {
        let detail = format!("the index has version {version}, this program writes {VERSION}");
        return Err(Error::new(ErrorKind::Corrupt, detail).at(path));
    }
    // Cheap, and enough to notice a file that is no database or was cut off.
    connection.query_row("SELECT count(*) FROM (SELECT 1 FROM articles LIMIT 1)", [], |_| Ok(()))?;
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")?;
    Ok(connection)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags).map_err(Error::from).at(path)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(64);
    // Without it, SQLite plans a statement again whenever another value is bound to it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch("PRAGMA temp_store = MEMORY;")?;
    Ok(connection)
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => ErrorKind::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => ErrorKind::Busy,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => ErrorKind::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => ErrorKind::Corrupt,
            Some(_) => ErrorKind::Io,
            // No error of SQLite's: a value or a statement that is not as this program writes it.
            None => ErrorKind::Corrupt,
        };
        Error::new(kind, "the index's rows can't be read or written").because(error)
    }
}

/// `articles` is narrow, because filters and counts read all of it; what a row shows besides
/// stands in `cards`, with the tags that the reader gave as a JSON list (null for none). Articles
/// without a declared id have none in `declared`. `stale_words` are articles whose reader's tags
/// changed since their words were written.
const TABLES: &str = "
CREATE TABLE about (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE articles (
    rowid INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    doubtful INTEGER NOT NULL,
    hash TEXT NOT NULL,
    declared TEXT,
    id TEXT NOT NULL,
    identity INTEGER NOT NULL,
    section TEXT NOT NULL,
    section_names TEXT NOT NULL,
    status TEXT,
    lang TEXT,
    draft INTEGER NOT NULL,
    date INTEGER NOT NULL,
    dated INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    stem TEXT NOT NULL,
    words INTEGER NOT NULL,
    read INTEGER NOT NULL,
    starred INTEGER NOT NULL,
    progress REAL NOT NULL,
    opened INTEGER,
    place INTEGER NOT NULL,
    highlights INTEGER NOT NULL
);
CREATE INDEX articles_by_path ON articles (path, size, modified, doubtful);
CREATE INDEX articles_by_opened ON articles (opened) WHERE opened IS NOT NULL;
CREATE INDEX articles_by_date ON articles (date DESC, path, section, status, lang, read, starred, draft, place);
CREATE TABLE cards (rowid INTEGER PRIMARY KEY, card TEXT NOT NULL, said_tags TEXT);
CREATE TABLE tags (tag TEXT NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (tag, article)) WITHOUT ROWID;
CREATE TABLE authors (name TEXT NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (name, article)) WITHOUT ROWID;
CREATE TABLE text_queue (rowid INTEGER PRIMARY KEY);
CREATE TABLE stale_words (rowid INTEGER PRIMARY KEY);
";

/// Indexes that only make something quicker, and that cost much while many rows come in: made at
/// once from all rows they take a tenth of the time.
const HELPERS: [(&str, &str); 5] = [
    ("articles_by_id", "articles (id)"),
    ("articles_by_declared", "articles (declared) WHERE declared IS NOT NULL"),
    ("articles_by_hash", "articles (hash)"),
    ("articles_by_title", "articles (title, stem, opened)"),
    ("articles_by_stem", "articles (stem)"),
];
