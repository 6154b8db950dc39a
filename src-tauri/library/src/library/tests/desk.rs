//! A library in a temporary folder, with a clock that only tests move.

use crate::article::{Continue, LibraryChanges, ListQuery, Reconcile};
use crate::disk::RealDisk;
use crate::error::Result;
use crate::identity::ArticleId;
use crate::library::{Environment, Library};
use crate::places::Places;
use jiff::Timestamp;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use tempfile::TempDir;
use uuid::Uuid;

const REAL_TIME: i64 = i64::MIN;

pub(super) struct Desk {
    folder: TempDir,
    clock: Arc<AtomicI64>,
    ids: Arc<AtomicU64>,
}

impl Desk {
    pub(super) fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("library")).unwrap();
        // After any file that the test writes, so that no stamp is doubtful by accident.
        let clock = Arc::new(AtomicI64::new(4_000_000_000));
        Desk {
            folder,
            clock,
            ids: Arc::default(),
        }
    }

    /// With the system's clock, for files that are written faster than stamps can tell.
    pub(super) fn in_real_time() -> Desk {
        let desk = Desk::new();
        desk.clock.store(REAL_TIME, Ordering::Relaxed);
        desk
    }

    pub(super) fn with(files: &[(&str, &str)]) -> Desk {
        let desk = Desk::new();
        for (path, text) in files {
            desk.write(path, text);
        }
        desk
    }

    pub(super) fn root(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    pub(super) fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    pub(super) fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::Relaxed);
    }

    pub(super) fn environment(&self) -> Environment {
        self.environment_with("desk", "cache")
    }

    fn environment_with(&self, device: &str, cache: &str) -> Environment {
        let (clock, ids) = (self.clock.clone(), self.ids.clone());
        Environment {
            places: Places {
                data: self.folder.path().join("data"),
                cache: self.folder.path().join(cache),
            },
            device: device.to_owned(),
            now: Arc::new(move || match clock.load(Ordering::Relaxed) {
                REAL_TIME => Timestamp::now(),
                seconds => Timestamp::from_second(seconds).unwrap(),
            }),
            new_id: Arc::new(move |_| {
                Uuid::from_u128(0x7000_8000_0000_0000_0000 + u128::from(ids.fetch_add(1, Ordering::Relaxed)))
            }),
            disk: Arc::new(RealDisk),
        }
    }

    /// Opens the library and reconciles everything.
    pub(super) fn open(&self) -> Library {
        let library = Library::open(&self.root(), self.environment()).unwrap();
        all(&library).unwrap();
        library
    }

    /// Opens the library with another, empty cache: what a fresh index makes of it.
    pub(super) fn open_fresh(&self, cache: &str) -> Library {
        let library = Library::open(&self.root(), self.environment_with("desk", cache)).unwrap();
        all(&library).unwrap();
        library
    }

    /// Opens the library as another device does.
    pub(super) fn open_elsewhere(&self) -> Library {
        let library = Library::open(&self.root(), self.environment_with("elsewhere", "cache2")).unwrap();
        all(&library).unwrap();
        library
    }

    pub(super) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    pub(super) fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }

    pub(super) fn rename(&self, from: &str, to: &str) {
        let to = self.root().join(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(self.root().join(from), to).unwrap();
    }
}

pub(super) fn all(library: &Library) -> Result<LibraryChanges> {
    library.reconcile(Reconcile::All, &|_| Continue::Yes)
}

pub(super) fn some(library: &Library, paths: &[&str]) -> LibraryChanges {
    let paths = paths.iter().map(|path| library.root().join(path)).collect();
    library.reconcile(Reconcile::Paths(paths), &|_| Continue::Yes).unwrap()
}

pub(super) fn id(library: &Library, path: &str) -> ArticleId {
    library
        .find(path)
        .unwrap()
        .unwrap_or_else(|| panic!("no article at {path}"))
}

/// The paths of a list.
pub(super) fn listed(library: &Library, query: &ListQuery) -> Vec<String> {
    library
        .list(query, 0, usize::MAX)
        .unwrap()
        .rows
        .into_iter()
        .map(|row| row.path)
        .collect()
}

/// The paths that a search finds, the best first.
pub(super) fn found(library: &Library, query: &str) -> Vec<String> {
    library
        .search(query, 50, 0)
        .unwrap()
        .hits
        .into_iter()
        .map(|hit| hit.row.path)
        .collect()
}

/// Everything that the index holds, in a form that two indexes can be compared by.
pub(super) fn dump(library: &Library) -> (Vec<String>, Vec<(String, String, u64)>) {
    library.index().commit_waiting();
    let reader = library.index().reader().unwrap();
    let rows = reader.rows().unwrap();
    let sql = "SELECT a.path, a.size, a.modified, a.hash, a.declared, a.id, a.identity, a.section,
            a.section_names, a.status, a.lang, a.draft, a.date, a.dated, a.updated, a.title, a.author,
            a.stem, a.words, a.read, a.starred, a.progress, a.opened, a.place, a.highlights, c.card, c.said_tags,
            (SELECT group_concat(tag) FROM (SELECT tag FROM tags WHERE article = a.rowid ORDER BY tag)),
            (SELECT group_concat(name) FROM (SELECT name FROM authors WHERE article = a.rowid ORDER BY name))
        FROM articles a LEFT JOIN cards c ON c.rowid = a.rowid ORDER BY a.path";
    let mut statement = rows.prepare(sql).unwrap();
    let columns = statement.column_count();
    let found = statement
        .query_map([], |row| {
            let values: Vec<String> = (0..columns)
                .map(|column| format!("{:?}", row.get_ref(column).unwrap()))
                .collect();
            Ok(values.join(" | "))
        })
        .unwrap();
    let lines: Vec<String> = found.map(Result::unwrap).collect();
    for (table, column) in [
        ("cards", "rowid"),
        ("tags", "article"),
        ("authors", "article"),
        ("text_queue", "rowid"),
        ("stale_words", "rowid"),
    ] {
        let orphans: i64 = rows
            .query_row(
                &format!("SELECT count(*) FROM {table} WHERE {column} NOT IN (SELECT rowid FROM articles)"),
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(orphans, 0, "{table} holds what no article has");
    }
    let queued: i64 = rows
        .query_row(
            "SELECT (SELECT count(*) FROM text_queue) + (SELECT count(*) FROM stale_words)",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(queued, 0, "words wait to be written");
    (lines, library.index().text.dump())
}

/// Fails unless the index equals one built from nothing.
pub(super) fn assert_equals_fresh(desk: &Desk, library: &Library, cache: &str) {
    let fresh = desk.open_fresh(cache);
    let (rows, words) = dump(library);
    let (fresh_rows, fresh_words) = dump(&fresh);
    assert_eq!(rows, fresh_rows);
    assert_eq!(words, fresh_words);
    assert_eq!(library.overview().unwrap(), fresh.overview().unwrap());
}

pub(super) fn bytes_below(root: &Path) -> std::collections::BTreeMap<PathBuf, Vec<u8>> {
    let mut found = std::collections::BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.file_name() == ".edito" {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                found.insert(entry.path(), fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}
