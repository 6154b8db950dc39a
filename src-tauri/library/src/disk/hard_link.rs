//! Writing a file that is known under several names, so that all of them show the new text.
//!
//! A rename would break the link, so the file is written in place. Before its first byte changes,
//! a journal beside it holds the old and the new bytes, complete and durable; if the write is
//! interrupted, [`heal`] finishes it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{
    ContentHash, Disk, EntryKind, OpenFolder, Precondition, TEMPORARY_PREFIX, again, check, folder_of, write_temporary,
};
use crate::error::{At, Error, Result};

/// Whether this is the name of a journal; it is a temporary name too.
pub(super) fn is_journal_name(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(JOURNAL_PREFIX.as_bytes())
}

const JOURNAL_PREFIX: &str = ".edito-tmp-link-";

/// What became of a journal that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Healed {
    /// The file is whole, so the journal was not needed.
    NotNeeded,
    /// The interrupted write is finished.
    Finished,
    /// Somebody else changed the file since: nothing was touched.
    Kept,
}

pub(super) fn write_in_place(
    disk: &dyn Disk,
    folder: &dyn OpenFolder,
    target: &Path,
    new: &[u8],
    new_hash: ContentHash,
    expected: Precondition,
) -> Result<()> {
    heal_earlier(disk, folder_of(target))?;
    let old = again(|| disk.read(target)).at(target)?;
    let journal = write_journal(disk, target, &old, new)?;
    let begun = again(|| folder.sync())
        .at(target)
        .and_then(|()| check(disk, target, new_hash, expected));
    if let Err(error) = begun {
        let _ = again(|| disk.remove(&journal));
        return Err(error);
    }
    if let Err(error) = overwrite(disk, target, new) {
        // The journal stays when the old bytes can't be brought back either.
        if overwrite(disk, target, &old).is_ok() {
            let _ = again(|| disk.remove(&journal));
        }
        return Err(error);
    }
    again(|| disk.remove(&journal)).at(&journal)?;
    again(|| folder.sync()).at(target)
}

/// Brings the file of a journal to a whole state. The caller removes the journal unless it is
/// [`Healed::Kept`].
pub(super) fn heal(disk: &dyn Disk, journal: &Path) -> Result<Healed> {
    let bytes = again(|| disk.read(journal)).at(journal)?;
    let Some((header, old, new)) = read_journal(&bytes) else {
        // It is not complete, so the file itself was never touched.
        return Ok(Healed::NotNeeded);
    };
    let folder = folder_of(journal);
    let name = again(|| disk.list(folder))
        .at(folder)?
        .into_iter()
        .find(|(name, _)| name_hash(name) == header.name);
    let Some((name, _)) = name else {
        return Ok(Healed::Kept);
    };
    let target = folder.join(name);
    // In-place writes happen to files with several names and to nothing else. Whatever else a library made by a
    // stranger claims, a symbolic link above all, is not touched.
    let about = again(|| disk.about(&target)).at(&target)?;
    if about.kind != EntryKind::File || about.links < 2 {
        return Ok(Healed::Kept);
    }
    let found = again(|| disk.read(&target)).at(&target)?;
    if found == old || found == new {
        return Ok(Healed::NotNeeded);
    }
    if !is_mixture(&found, old, new) {
        return Ok(Healed::Kept);
    }
    overwrite(disk, &target, new)?;
    Ok(Healed::Finished)
}

/// The folder is locked, so a journal in it was left by a save that failed. Read after the next
/// save it would mislead.
fn heal_earlier(disk: &dyn Disk, folder: &Path) -> Result<()> {
    for (name, _) in again(|| disk.list(folder)).at(folder)? {
        if is_journal_name(&name) {
            let journal = folder.join(name);
            if heal(disk, &journal)? != Healed::Kept {
                again(|| disk.remove(&journal)).at(&journal)?;
            }
        }
    }
    Ok(())
}

#[derive(Serialize, Deserialize)]
struct Header {
    /// The hash of the file's name: names need not be Unicode.
    name: ContentHash,
    old: ContentHash,
    old_length: usize,
    new: ContentHash,
}

fn write_journal(disk: &dyn Disk, target: &Path, old: &[u8], new: &[u8]) -> Result<PathBuf> {
    let header = Header {
        name: name_hash(target.file_name().unwrap_or_default()),
        old: ContentHash::of(old),
        old_length: old.len(),
        new: ContentHash::of(new),
    };
    let mut line =
        serde_json::to_vec(&header).map_err(|error| Error::new(crate::error::ErrorKind::Io, error.to_string()))?;
    line.push(b'\n');
    let folder = folder_of(target);
    // Written under an ordinary temporary name and renamed, so that a journal is always whole.
    let private = again(|| disk.about(target)).at(target)?;
    let temporary = write_temporary(disk, folder, &[&line, old, new], Some((target, &private)))?;
    let name = temporary.file_name().unwrap_or_default().to_string_lossy();
    let number = name.strip_prefix(TEMPORARY_PREFIX).unwrap_or(&name);
    let journal = folder.join(format!("{JOURNAL_PREFIX}{number}"));
    match again(|| disk.rename(&temporary, &journal)) {
        Ok(()) => Ok(journal),
        Err(error) => {
            let _ = again(|| disk.remove(&temporary));
            Err(error).at(journal)
        }
    }
}

fn read_journal(bytes: &[u8]) -> Option<(Header, &[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (line, rest) = bytes.split_at_checked(end)?;
    let header: Header = serde_json::from_slice(line).ok()?;
    let (old, new) = rest.get(1..)?.split_at_checked(header.old_length)?;
    let whole = ContentHash::of(old) == header.old && ContentHash::of(new) == header.new;
    whole.then_some((header, old, new))
}

fn name_hash(name: &OsStr) -> ContentHash {
    ContentHash::of(name.as_encoded_bytes())
}

fn overwrite(disk: &dyn Disk, target: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = again(|| disk.open_in_place(target)).at(target)?;
    file.write_all(bytes).at(target)?;
    again(|| file.set_length(bytes.len() as u64)).at(target)?;
    again(|| file.sync()).at(target)
}

/// Whether these bytes can be what is left of an interrupted write of `new` over `old`: at each
/// place the old byte, the new one, or the zero of a block that never reached the disk.
fn is_mixture(found: &[u8], old: &[u8], new: &[u8]) -> bool {
    let shortest = old.len().min(new.len());
    let longest = old.len().max(new.len());
    (shortest..=longest).contains(&found.len())
        && found
            .iter()
            .enumerate()
            .all(|(at, byte)| *byte == 0 || old.get(at) == Some(byte) || new.get(at) == Some(byte))
}
