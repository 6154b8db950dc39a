//! Copies of unsaved texts, kept in the data folder while the user types, and offered after a
//! crash.
//!
//! One file per article: `{"v": 1, "checksum": …, "copy": {…}}`, where the checksum is the BLAKE3
//! hash of `copy` as it is written. One that is torn, empty or altered is renamed to `*.bad` and
//! never offered.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::disk::{
    ContentHash, Disk, EntryKind, Precondition, about_if_present, again, create_folders, durable_write, move_file,
    sweep_temporaries,
};
use crate::error::{At, Error, ErrorKind, Result};

/// An unsaved text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryCopy {
    /// The article's identity.
    pub article: String,
    /// Where the article is, within the library.
    pub path: String,
    /// The content of the file that the text was based on; `None` when there was no file yet.
    pub base: Option<ContentHash>,
    /// When it was kept: milliseconds since 1970, UTC.
    pub time: i64,
    /// The whole text, with `\n` line ends.
    pub text: String,
}

/// What was found after a crash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recoveries {
    /// Copies to offer, the latest first.
    pub copies: Vec<RecoveryCopy>,
    /// Damaged files, under the name they have now.
    pub set_aside: Vec<PathBuf>,
}

/// How a copy stands to the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// The file holds the same text: there is nothing to recover.
    Saved,
    /// The file is still the one that the copy was based on: the copy is newer.
    Newer,
    /// The file was changed since: the user chooses, and the file is the default.
    Diverged,
    /// The file is gone: the copy is all there is.
    FileGone,
}

/// Keeps a copy durably, in place of the article's earlier one. `folder` is the library's own
/// within the data folder (`recovery/<library key>`) and is made when missing, for this user only.
pub fn keep(disk: &dyn Disk, folder: &Path, copy: &RecoveryCopy) -> Result<()> {
    let path = folder.join(file_name(&copy.article));
    let bytes = to_bytes(copy).at(&path)?;
    match durable_write(disk, &path, &bytes, Precondition::Any) {
        Err(error) if error.kind == ErrorKind::NotFound => {
            create_folders(disk, folder, true)?;
            durable_write(disk, &path, &bytes, Precondition::Any)?;
        }
        other => {
            other?;
        }
    }
    Ok(())
}

/// All copies that are whole. Damaged ones are set aside under another name, and what an
/// interrupted write left is removed. A copy written by a newer version is left alone.
pub fn list(disk: &dyn Disk, folder: &Path) -> Result<Recoveries> {
    let mut found = Recoveries::default();
    let names = match again(|| disk.list(folder)) {
        Ok(names) => names,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(error).at(folder),
    };
    // A copy counts more than a tidy folder.
    let _ = sweep_temporaries(disk, folder);
    for (name, kind) in names {
        let path = folder.join(name);
        if kind != EntryKind::File || path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        match read(disk, &path) {
            Ok(Reading::Whole(copy)) => found.copies.push(copy),
            Ok(Reading::Newer) => {}
            Ok(Reading::Damaged) => {
                found.set_aside.push(set_aside(disk, &path).unwrap_or(path));
            }
            // Gone meanwhile, or not readable today: neither offered nor touched.
            Err(_) => {}
        }
    }
    found
        .copies
        .sort_by(|one, other| (other.time, &one.article).cmp(&(one.time, &other.article)));
    Ok(found)
}

/// Removes the copy of an article, once its text is saved or the user has let it go. Fine when
/// there is none.
pub fn discard(disk: &dyn Disk, folder: &Path, article: &str) -> Result<()> {
    let path = folder.join(file_name(article));
    match again(|| disk.remove(&path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).at(path),
        // Not made durable: should it come back after a power cut, it stands as `Saved`.
        _ => Ok(()),
    }
}

/// Notes what Edito wrote last into the file of an article, for a later run that finds words there which no version
/// holds. Only whose words they are hangs on it, so that nothing waits for the disk.
pub fn note_written(folder: &Path, article: &str, hash: ContentHash) {
    let path = folder.join(file_name(article)).with_extension(WRITTEN);
    let write = || std::fs::write(&path, hash.to_string());
    if write().is_err() && std::fs::create_dir_all(folder).and_then(|()| write()).is_err() {
        tracing::debug!(path = %path.display(), "what was written could not be noted");
    }
}

/// What [`note_written`] noted last, in this run or an earlier one.
pub fn last_written(folder: &Path, article: &str) -> Option<ContentHash> {
    let noted = std::fs::read_to_string(folder.join(file_name(article)).with_extension(WRITTEN)).ok()?;
    noted.trim().parse().ok()
}

/// Forgets what was written: a version holds it.
pub fn forget_written(folder: &Path, article: &str) {
    let _ = std::fs::remove_file(folder.join(file_name(article)).with_extension(WRITTEN));
}

/// Compares a copy with the article's file: the hash of its bytes and its text, or `None` when
/// there is no file.
pub fn standing(copy: &RecoveryCopy, file: Option<(ContentHash, &str)>) -> Standing {
    match file {
        None => Standing::FileGone,
        Some((_, text)) if text == copy.text => Standing::Saved,
        Some((hash, _)) if copy.base == Some(hash) => Standing::Newer,
        Some(_) => Standing::Diverged,
    }
}

const VERSION: u32 = 1;

/// The ending of a note of what was written.
const WRITTEN: &str = "written";

/// No text that Edito edits is larger, in bytes.
const LARGEST: u64 = 256 << 20;

#[derive(Serialize, Deserialize)]
struct Envelope<'a> {
    v: u32,
    checksum: ContentHash,
    #[serde(borrow)]
    copy: &'a serde_json::value::RawValue,
}

enum Reading {
    Whole(RecoveryCopy),
    Damaged,
    Newer,
}

fn to_bytes(copy: &RecoveryCopy) -> Result<Vec<u8>> {
    let failed = |error: serde_json::Error| Error::new(ErrorKind::Io, "the copy can't be written down").because(error);
    let copy = serde_json::value::to_raw_value(copy).map_err(failed)?;
    let envelope = Envelope {
        v: VERSION,
        checksum: ContentHash::of(copy.get().as_bytes()),
        copy: &copy,
    };
    serde_json::to_vec(&envelope).map_err(failed)
}

fn read(disk: &dyn Disk, path: &Path) -> Result<Reading> {
    if about_if_present(disk, path)?.is_some_and(|about| about.length > LARGEST) {
        return Ok(Reading::Damaged);
    }
    let bytes = again(|| disk.read(path)).at(path)?;
    let Ok(envelope) = serde_json::from_slice::<Envelope<'_>>(&bytes) else {
        return Ok(Reading::Damaged);
    };
    if ContentHash::of(envelope.copy.get().as_bytes()) != envelope.checksum {
        return Ok(Reading::Damaged);
    }
    if envelope.v > VERSION {
        return Ok(Reading::Newer);
    }
    Ok(match serde_json::from_str(envelope.copy.get()) {
        Ok(copy) => Reading::Whole(copy),
        Err(_) => Reading::Damaged,
    })
}

fn set_aside(disk: &dyn Disk, path: &Path) -> Result<PathBuf> {
    const MOST: u32 = 1000;
    let mut last = Error::new(ErrorKind::AlreadyExists, "too many damaged copies").at(path);
    for number in 1..MOST {
        let aside = match number {
            1 => path.with_extension("json.bad"),
            _ => path.with_extension(format!("json.{number}.bad")),
        };
        match move_file(disk, path, &aside) {
            Ok(()) => return Ok(aside),
            Err(error) if error.kind == ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// The identity may come from a stranger's front matter, so only plain ones become names.
fn file_name(article: &str) -> String {
    let plain =
        (1..=64).contains(&article.len()) && article.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if plain {
        format!("{}.json", article.to_ascii_lowercase())
    } else {
        format!("{}.json", ContentHash::of(article.as_bytes()))
    }
}

#[cfg(test)]
mod tests;
