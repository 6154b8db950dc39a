//! New articles on their way to the disk, many at once: what a batch holds is made durable with two syncs.

use super::super::Library;
use super::images::Files;
use super::{Made, Underway};
use crate::disk::{NewFile, create_together};
use crate::error::{Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::index::lists::Affects;
use crate::index::{lock, rows};
use crate::journal::{Durability, Journal, JournalEntry};
use crate::names::{collision_key, free_name};
use crate::walk::within;
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What is waiting to be written.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pieces: Vec<Prepared>,
    files: usize,
    bytes: usize,
    since: Option<Timestamp>,
}

/// An article that is ready to be written.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The number of the import that it is of.
    pub of: u64,
    pub id: ArticleId,
    /// Its title as titles are compared.
    pub title: String,
    pub folder: PathBuf,
    /// The name that it is to have, free as far as is known.
    pub name: String,
    pub text: String,
    /// Its images: where, and what. One that is there already is the same.
    pub images: Files,
    /// What it was read from: where it is to be kept, packed, in a folder that is still to be made.
    pub capture: Option<(PathBuf, Vec<u8>)>,
    /// What is said of it once it is there.
    pub entries: Vec<JournalEntry>,
}

/// A piece that was taken in and then could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// What it would have been.
    pub id: ArticleId,
    /// Why.
    pub kind: ErrorKind,
}

impl Batch {
    pub(super) fn push(&mut self, prepared: Prepared, now: Timestamp) {
        let beside = prepared.images.iter().chain(&prepared.capture);
        self.files += 1 + beside.clone().count();
        self.bytes += prepared.text.len() + beside.map(|(_, bytes)| bytes.len()).sum::<usize>();
        self.since.get_or_insert(now);
        self.pieces.push(prepared);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Whether something of an import waits.
    pub(super) fn holds(&self, of: u64) -> bool {
        self.pieces.iter().any(|piece| piece.of == of)
    }

    /// Whether it is time to write what waits.
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        let waited = self
            .since
            .map_or(0, |since| now.as_millisecond() - since.as_millisecond());
        self.pieces.len() >= MOST_PIECES
            || self.files >= MOST_FILES
            || self.bytes >= MOST_BYTES
            || waited >= LONGEST_WAIT
    }
}

impl Library {
    /// Writes what waits. When that fails, each piece is tried by itself: one that is not to be written takes no other
    /// with it. Those that could not be written are lost, and told as such.
    ///
    /// # Errors
    /// What would keep every other piece from being written too: `DiskFull`, `ReadOnly`, `Io`, `Vanished`.
    pub(super) fn commit(&self, intake: &mut Underway) -> Result<()> {
        let batch = std::mem::take(&mut intake.batch);
        if batch.is_empty() {
            return Ok(());
        }
        if batch.pieces.len() > 1 && self.write_together(&batch.pieces, intake).is_ok() {
            return Ok(());
        }
        let mut stopped: Option<Error> = None;
        for piece in batch.pieces {
            let result = match &stopped {
                Some(error) => Err(error.kind),
                None => self
                    .write_together(std::slice::from_ref(&piece), intake)
                    .map_err(|error| {
                        let kind = error.kind;
                        if matches!(
                            kind,
                            ErrorKind::DiskFull | ErrorKind::ReadOnly | ErrorKind::Vanished | ErrorKind::Io
                        ) {
                            stopped = Some(error);
                        }
                        kind
                    }),
            };
            if let Err(kind) = result {
                intake.pending.remove(&piece.id);
                intake.lost.push((piece.of, Lost { id: piece.id, kind }));
            }
        }
        stopped.map_or(Ok(()), Err)
    }

    /// Writes some pieces: all of them or none.
    fn write_together(&self, pieces: &[Prepared], intake: &mut Underway) -> Result<()> {
        self.check_root()?;
        let disk = &*self.environment.disk;
        let mut made = Made::default();
        let result = (|| {
            let mut parents = Vec::new();
            // Packed here, one after the other, and not when each piece is taken in: what packing needs for a moment would
            // leave holes between things that stay, which nothing fits into any more.
            let mut captures = Files::new();
            for (path, bytes) in pieces.iter().filter_map(|piece| piece.capture.as_ref()) {
                captures.push((path.clone(), packed(bytes)?));
            }
            for folder in captures.iter().filter_map(|(path, _)| path.parent()) {
                // Not one by one durable: the folder it stands in is synced with the rest.
                match disk.create_folder(folder, false) {
                    Ok(()) => made.folders.push(folder.to_path_buf()),
                    Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(Error::from(error).at(folder)),
                }
                parents.extend(folder.parent().map(Path::to_path_buf));
            }
            parents.sort();
            parents.dedup();
            let mut paths: Vec<PathBuf> = pieces.iter().map(|piece| piece.folder.join(&piece.name)).collect();
            let images = pieces.iter().flat_map(|piece| &piece.images);
            let beside: Vec<&(PathBuf, Vec<u8>)> = images.chain(&captures).collect();
            // What is shown is there before what shows it.
            let files: Vec<NewFile<'_>> = beside
                .iter()
                .map(|(path, bytes)| NewFile { path, bytes })
                .chain(pieces.iter().zip(&paths).map(|(piece, path)| NewFile {
                    path,
                    bytes: piece.text.as_bytes(),
                }))
                .collect();
            let free = create_together(disk, &files, &parents)?;
            let new = files.iter().zip(&free).filter(|(_, free)| **free);
            made.files.extend(new.map(|(file, _)| file.path.to_path_buf()));
            drop(files);
            for (place, piece) in pieces.iter().enumerate() {
                if free.get(beside.len() + place) != Some(&true)
                    && let Some(path) = paths.get_mut(place)
                {
                    // Somebody took the name since the folder was read.
                    *path = self.write_elsewhere(piece, intake)?;
                    made.files.push(path.clone());
                }
            }
            self.say_of_new(pieces)?;
            paths
                .iter()
                .map(|path| {
                    within(&self.root, path)
                        .ok_or_else(|| Error::new(ErrorKind::Invalid, "it is not in this library").at(path))
                })
                .collect::<Result<Vec<String>>>()
        })();
        match result {
            Ok(paths) => {
                for (piece, path) in pieces.iter().zip(paths) {
                    intake.pending.insert(piece.id.clone(), (path, piece.title.clone()));
                }
                intake.unlisted += pieces.len();
                Ok(())
            }
            Err(error) => {
                made.undo(disk);
                Err(error)
            }
        }
    }

    fn write_elsewhere(&self, piece: &Prepared, intake: &mut Underway) -> Result<PathBuf> {
        let disk = &*self.environment.disk;
        loop {
            let names = intake.names.entry(piece.folder.clone()).or_default();
            let name = free_name(&piece.name, |key| names.contains(key));
            names.insert(collision_key(&name));
            let path = piece.folder.join(name);
            let file = NewFile {
                path: &path,
                bytes: piece.text.as_bytes(),
            };
            if create_together(disk, &[file], &[])? == [true] {
                return Ok(path);
            }
        }
    }

    /// Records about new articles; of each, the one that says where it came from is the last.
    fn say_of_new(&self, pieces: &[Prepared]) -> Result<()> {
        let entries: Vec<JournalEntry> = pieces.iter().flat_map(|piece| piece.entries.iter().cloned()).collect();
        let say = |journal: &mut Journal| journal.append_all(entries, Durability::Soon).map(|_| ());
        // A watch may have told the index of the files already.
        let mirror = |rows: &rusqlite::Connection, journal: &Journal| {
            for piece in pieces {
                if let Some(known) = rows::known_by_id(rows, piece.id.as_str())? {
                    rows::mirror(rows, known.rowid, &journal.article(&piece.id))?;
                }
            }
            Ok(())
        };
        self.index.say(&mut lock(&self.journal), Affects::Counts, say, mirror)
    }

    /// Articles that a run wrote which then was stopped before its journal: in the folder of captures, with an identity of
    /// Edito's, and from nowhere as far as the journal knows.
    pub(super) fn orphans(&self, intake: &Underway) -> Result<Vec<(ArticleId, String)>> {
        let Some(folder) = within(&self.root, &self.captures_folder()) else {
            return Ok(Vec::new());
        };
        let reader = self.index.reader()?;
        let below = rows::all_known_where(reader.rows()?, "substr(path, 1, length(?1)) = ?1", format!("{folder}/"))?;
        let left = below.into_iter().filter(|known| {
            known.declared.as_deref() == Some(known.id.as_str())
                && !intake.sources.knows(&known.id)
                && !intake.pending.contains_key(&known.id)
        });
        Ok(left.map(|known| (known.id, known.path)).collect())
    }
}

/// Bytes as they are kept: in the format of gzip.
pub(super) fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes)?;
    Ok(packed.finish()?)
}

/// Whether a name is `wanted`, or `wanted` with a number.
pub(super) fn is_name_of(name: &str, wanted: &str) -> bool {
    let Some((stem, ending)) = wanted.rsplit_once('.') else {
        return name == wanted;
    };
    let Some(rest) = name
        .strip_prefix(stem)
        .and_then(|rest| rest.strip_suffix(ending)?.strip_suffix('.'))
    else {
        return false;
    };
    let number = rest.trim_start_matches([' ', '-']);
    rest.is_empty() || (number.len() + 1 == rest.len() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// So many pieces are written together, at most.
const MOST_PIECES: usize = 64;
/// So many files, their images and captures among them.
const MOST_FILES: usize = 256;
/// So many bytes wait in memory, about.
const MOST_BYTES: usize = 16 * 1024 * 1024;
/// So many milliseconds a piece waits, while others come.
const LONGEST_WAIT: i64 = 500;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_numbers_are_of_the_same_name() {
        for (name, expected) in [
            ("Un titre.md", true),
            ("Un titre 2.md", true),
            ("Un titre 12.md", true),
            ("Un titre-3.md", true),
            ("Un titre b.md", false),
            ("Un titre  2.md", false),
            ("Un.md", false),
            ("Un titre 2.txt", false),
        ] {
            assert_eq!(is_name_of(name, "Un titre.md"), expected, "{name}");
        }
    }
}
