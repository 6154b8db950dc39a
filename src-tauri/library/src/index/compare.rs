//! What differs between the disk and the index, before anything is read.

use super::Index;
use super::read::Changed;
use super::reconcile::Source;
use super::rows::{self, Known};
use crate::error::{At, Error, ErrorKind, Result};
use crate::walk::{Matcher, Stamp};
use rusqlite::Connection;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Default)]
pub(super) struct Look {
    pub(super) stamp: Option<Stamp>,
    pub(super) known: Option<Known>,
    pub(super) named: bool,
}

/// What the index knows of all files, small: a number for each path instead of the path.
pub(super) struct Entries {
    places: HashMap<u64, u32, BuildHasherDefault<Already>>,
    entries: Vec<Entry>,
    /// Seeded anew each time: paths of a stranger's library can't be made to collide.
    hash: foldhash::quality::RandomState,
}

pub(super) struct Entry {
    pub(super) rowid: i64,
    pub(super) stamp: Stamp,
    pub(super) doubtful: bool,
    pub(super) seen: AtomicBool,
}

impl Entries {
    pub(super) fn load(index: &Index) -> Result<Entries> {
        let reader = index.reader()?;
        let rows = reader.rows()?;
        let mut entries = Entries {
            places: HashMap::default(),
            entries: Vec::new(),
            hash: foldhash::quality::RandomState::default(),
        };
        // Answered from `articles_by_path` alone, a fifth of the table.
        let mut statement = rows.prepare_cached("SELECT rowid, path, size, modified, doubtful FROM articles")?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let key = entries.hash.hash_one(row.get_ref(1)?.as_str().unwrap_or_default());
            let place = u32::try_from(entries.entries.len()).unwrap_or(u32::MAX);
            entries.places.insert(key, place);
            entries.entries.push(Entry {
                rowid: row.get(0)?,
                stamp: Stamp {
                    size: row.get::<_, i64>(2)?.unsigned_abs(),
                    modified: row.get(3)?,
                },
                doubtful: row.get(4)?,
                seen: AtomicBool::new(false),
            });
        }
        Ok(entries)
    }

    pub(super) fn find(&self, path: &str) -> Option<&Entry> {
        self.entries.get(*self.places.get(&self.hash.hash_one(path))? as usize)
    }

    pub(super) fn unseen(&self) -> Vec<i64> {
        let unseen = |entry: &&Entry| !entry.seen.load(Ordering::Relaxed);
        self.entries.iter().filter(unseen).map(|entry| entry.rowid).collect()
    }

    pub(super) fn none_seen(&self) -> bool {
        self.entries.iter().all(|entry| !entry.seen.load(Ordering::Relaxed))
    }
}

/// The keys are hashes already.
#[derive(Default)]
struct Already(u64);

impl Hasher for Already {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

impl Index {
    /// What stands on disk and in the index under some paths.
    pub(super) fn look_at(&self, source: &Source<'_>, paths: &[String]) -> Result<BTreeMap<String, Look>> {
        let mut matcher = Matcher::new(source.root, &source.settings.config.ignore);
        let reader = self.reader()?;
        let rows = reader.rows()?;
        let mut found: BTreeMap<String, Look> = BTreeMap::new();
        for path in paths {
            let absolute = source.root.join(path);
            if fs::symlink_metadata(&absolute).is_ok_and(|metadata| metadata.is_dir()) {
                let mut below = Vec::new();
                matcher.below(path, &mut below);
                for (path, stamp) in below {
                    found.entry(path).or_default().stamp = Some(stamp);
                }
            } else if let Some(stamp) = matcher.stamp(path) {
                let look = found.entry(path.clone()).or_default();
                look.stamp = Some(stamp);
                look.named = true;
            }
            if let Some(known) = rows::known_at(rows, path)? {
                found.entry(path.clone()).or_default().known = Some(known);
            }
            // Folders that are gone can't be told from files; `0` comes right after `/`.
            let (first, last) = if path.is_empty() {
                (String::new(), "\u{10FFFF}".to_owned())
            } else {
                (format!("{path}/"), format!("{path}0"))
            };
            let mut statement = rows.prepare_cached("SELECT path FROM articles WHERE path >= ?1 AND path < ?2")?;
            let below: Vec<String> = statement
                .query_map([first, last], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for path in below {
                found.entry(path).or_default();
            }
        }
        for (path, look) in &mut found {
            if look.known.is_none() {
                look.known = rows::known_at(rows, path)?;
            }
        }
        Ok(found)
    }

    pub(super) fn with_known(
        &self,
        changed: Vec<(String, Stamp, Option<i64>)>,
        anew: bool,
        waiting: &HashSet<i64>,
    ) -> Result<Vec<Changed>> {
        let reader = self.reader()?;
        let rows = reader.rows()?;
        changed
            .into_iter()
            .map(|(path, stamp, rowid)| {
                let known = match rowid {
                    Some(_) => rows::known_at(rows, &path)?,
                    None => None,
                };
                let force = anew || rowid.is_some_and(|rowid| waiting.contains(&rowid));
                Ok(Changed {
                    path,
                    stamp,
                    known,
                    force,
                })
            })
            .collect()
    }

    pub(super) fn paths_of(&self, rowids: Vec<i64>) -> Result<Vec<String>> {
        let reader = self.reader()?;
        let mut statement = reader
            .rows()?
            .prepare_cached("SELECT path FROM articles WHERE rowid = ?1")?;
        rowids
            .into_iter()
            .map(|rowid| Ok(statement.query_row([rowid], |row| row.get(0))?))
            .collect()
    }

    /// A mount point whose disk went away is an empty folder: nothing is taken out then.
    pub(super) fn refuse_if_emptied(&self, source: &Source<'_>, nothing_found: bool) -> Result<()> {
        if !nothing_found {
            return if source.root.is_dir() {
                Ok(())
            } else {
                Err(vanished(source.root))
            };
        }
        let empty = fs::read_dir(source.root).at(source.root)?.next().is_none();
        if empty {
            let reader = self.reader()?;
            let before: Option<String> = rows::remembered(reader.rows()?, "root")?;
            if before.is_some() && before != root_identity(source.root) {
                return Err(vanished(source.root));
            }
        }
        Ok(())
    }

    pub(super) fn waiting(&self) -> Result<HashSet<i64>> {
        let reader = self.reader()?;
        let mut statement = reader
            .rows()?
            .prepare_cached("SELECT rowid FROM text_queue UNION SELECT rowid FROM stale_words")?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    pub(super) fn waiting_without_row(&self) -> Result<Vec<i64>> {
        let reader = self.reader()?;
        let mut statement = reader
            .rows()?
            .prepare_cached("SELECT rowid FROM text_queue WHERE rowid NOT IN (SELECT rowid FROM articles)")?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    pub(super) fn is_unresolved(&self) -> Result<bool> {
        let reader = self.reader()?;
        Ok(rows::remembered::<i64>(reader.rows()?, "unresolved")?.unwrap_or(0) != 0)
    }

    /// Articles in the index.
    pub(crate) fn total(&self) -> Result<usize> {
        let reader = self.reader()?;
        let total: i64 = reader
            .rows()?
            .query_row("SELECT count(*) FROM articles", [], |row| row.get(0))?;
        Ok(usize::try_from(total).unwrap_or(0))
    }
}

pub(super) fn vanished(root: &Path) -> Error {
    Error::new(ErrorKind::Vanished, "the library's folder is gone").at(root)
}

pub(super) fn remember_root(rows: &Connection, root: &Path) -> Result<()> {
    match root_identity(root) {
        Some(identity) => rows::remember(rows, "root", identity),
        None => Ok(()),
    }
}

/// What tells the folder from the empty one that an unplugged disk leaves behind.
#[cfg(unix)]
fn root_identity(root: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(root).ok()?;
    Some(format!("{}:{}", metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn root_identity(_: &Path) -> Option<String> {
    None
}
