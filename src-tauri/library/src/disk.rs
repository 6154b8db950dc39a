//! Saving a file so that it is never lost: the one way in which this crate replaces a text.
//!
//! A save writes a complete copy under a temporary name in the same folder, makes it durable,
//! checks that the file is still the one it was based on, renames the copy over the file and makes
//! the folder durable. Whatever interrupts it leaves the old file or the new one, whole.
//!
//! Everything goes through [`Disk`], so that tests can lose writes and cut the power.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{At, Error, ErrorKind, Result};

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
mod attributes;
mod content_hash;
mod hard_link;
mod link;
mod real;
mod sweep;
mod together;

pub use content_hash::ContentHash;
pub use real::RealDisk;
pub use sweep::{Swept, sweep_temporaries, sweep_temporary};
pub use together::{NewFile, create_together};

/// What every temporary file of Edito is called, up to a number.
pub const TEMPORARY_PREFIX: &str = ".edito-tmp-";

/// The few calls that a save needs. [`RealDisk`] passes them to the system.
///
/// No call follows a symbolic link in the last part of its path, except [`Disk::read`] and [`Disk::real_path`].
pub trait Disk: Send + Sync {
    /// The whole content of a file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// What stands at `path`.
    fn about(&self, path: &Path) -> io::Result<About>;
    /// Where a symbolic link points, as it is written in it.
    fn read_link(&self, path: &Path) -> io::Result<PathBuf>;
    /// Makes a symbolic link that says `target`, and fails when something is there.
    fn create_link(&self, target: &Path, path: &Path) -> io::Result<()>;
    /// The path without any symbolic link in it; fails when it leads to nothing.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf>;
    /// The name and kind of everything in a folder, in no order.
    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, EntryKind)>>;
    /// Opens a folder to make its entries durable, and keeps other saves out of it meanwhile, as
    /// far as the disk knows locks. `wait` false: fails with `WouldBlock` when it is in use.
    fn open_folder(&self, folder: &Path, wait: bool) -> io::Result<Box<dyn OpenFolder>>;
    /// Makes one folder; `private` means for this user only.
    fn create_folder(&self, folder: &Path, private: bool) -> io::Result<()>;
    /// Makes a new, empty file and fails when something is there; `private` means for this user
    /// only.
    fn create(&self, path: &Path, private: bool) -> io::Result<Box<dyn OpenFile>>;
    /// Opens a file to write over its bytes, which stay until they are written over.
    fn open_in_place(&self, path: &Path) -> io::Result<Box<dyn OpenFile>>;
    /// Renames, replacing what is there in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Renames, and fails when something is there.
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file or a link.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;
    /// Makes durable together what is written into these folders from now on.
    fn barrier(&self, folders: &[&Path]) -> io::Result<Box<dyn Barrier>> {
        let _ = folders;
        Ok(Box::new(OneByOne))
    }
}

/// Makes many files durable at once.
pub trait Barrier {
    /// Returns once everything written to these files is on the disk.
    fn files(&mut self, files: &mut [Box<dyn OpenFile>]) -> io::Result<()>;
    /// Returns once the names in these folders are on the disk.
    fn folders(&mut self, folders: &[Box<dyn OpenFolder>]) -> io::Result<()>;
}

/// Makes one file durable after the other.
pub struct OneByOne;

impl Barrier for OneByOne {
    fn files(&mut self, files: &mut [Box<dyn OpenFile>]) -> io::Result<()> {
        files.iter_mut().try_for_each(|file| file.sync())
    }

    fn folders(&mut self, folders: &[Box<dyn OpenFolder>]) -> io::Result<()> {
        folders.iter().try_for_each(|folder| folder.sync())
    }
}

/// A file open for writing from its start.
pub trait OpenFile {
    /// Writes all of it where the last write ended.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Cuts or extends the file to a length in bytes.
    fn set_length(&mut self, bytes: u64) -> io::Result<()>;
    /// Takes over the owner, the mode, the extended attributes and the access list of the file at `path`, as far as
    /// the user may and the disk knows them.
    fn resemble(&mut self, path: &Path, other: &About) -> io::Result<()>;
    /// Returns once everything written is on the disk.
    fn sync(&mut self) -> io::Result<()>;
}

/// A folder that is held open, and locked until it is dropped.
pub trait OpenFolder {
    /// Returns once the names in it are on the disk.
    fn sync(&self) -> io::Result<()>;
}

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// File, folder or link.
    pub kind: EntryKind,
    /// In bytes.
    pub length: u64,
    /// Permission bits, where the system has them.
    pub mode: Option<u32>,
    /// User and group, where the system has them.
    pub owner: Option<(u32, u32)>,
    /// Under how many names this file is known.
    pub links: u64,
    /// Device and file number, where the system has them.
    pub identity: Option<(u64, u64)>,
    /// Whether this user may write into it.
    pub writable: bool,
}

/// The kinds of entries that a folder has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, whatever it points to.
    Link,
    /// A device, a pipe or a socket.
    Other,
}

/// What must hold of a file at the instant it is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precondition {
    /// Nothing: for Edito's own files.
    Any,
    /// Nothing is there yet. See [`create_new`].
    Absent,
    /// It holds these bytes, or already the new ones.
    Content(ContentHash),
    /// It holds the new bytes already, from a save that then failed: they are written once more.
    Unconfirmed,
}

/// Replaces the file's content durably and answers the hash of the new content.
///
/// - A symbolic link stays, and the file it points to is written, even when that is missing.
/// - Mode, owner, extended attributes and access list stay, as far as the user may set them.
/// - A file under several names (hard links) keeps all of them: it is written in place, once the
///   old and the new bytes both stand complete and durable beside it; see
///   [`sweep_temporaries`] for what heals an interruption.
/// - Saving what is already there writes nothing.
///
/// Errors: `Changed` when the file holds other bytes than `expected`; `NotFound` when it is gone
/// (then [`create_new`] brings it back); `ReadOnly`, `DiskFull`, `Io` as the disk says. After any
/// of them the file is whole, the temporary file is gone if the disk allows it, and the next try
/// begins with a fresh one.
pub fn durable_write(disk: &dyn Disk, path: &Path, bytes: &[u8], expected: Precondition) -> Result<ContentHash> {
    let target = match expected {
        Precondition::Absent => path.to_path_buf(),
        Precondition::Any | Precondition::Content(_) | Precondition::Unconfirmed => resolve_link(disk, path)?,
    };
    let hash = ContentHash::of(bytes);
    let about = about_if_present(disk, &target)?;
    if let Some(about) = &about {
        refuse_unwritable(about, &target, expected)?;
        if expected == Precondition::Content(hash) && content_of(disk, &target)? == Some(hash) {
            return Ok(hash);
        }
    }
    let folder_path = folder_of(&target);
    let folder = again(|| disk.open_folder(folder_path, true)).at(folder_path)?;
    match about {
        Some(about) if about.links > 1 && expected != Precondition::Absent => {
            hard_link::write_in_place(disk, &*folder, &target, bytes, hash, expected)?;
        }
        about => {
            let like = about.as_ref().map(|about| (target.as_path(), about));
            let temporary = write_temporary(disk, folder_path, &[bytes], like)?;
            if let Err(error) = put_in_place(disk, &*folder, &temporary, &target, hash, expected) {
                // Once renamed it is no longer there to be removed, and that is fine.
                let _ = again(|| disk.remove(&temporary));
                return Err(error);
            }
        }
    }
    Ok(hash)
}

/// Makes a new file durably, and never replaces anything: `AlreadyExists` then.
pub fn create_new(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<ContentHash> {
    durable_write(disk, path, bytes, Precondition::Absent)
}

/// Makes a folder and those above it that are missing, durably; `private` means that the new ones
/// are for this user only. A folder that is already there is left as it is.
pub fn create_folders(disk: &dyn Disk, folder: &Path, private: bool) -> Result<()> {
    if folder.as_os_str().is_empty() {
        return Ok(());
    }
    match again(|| disk.create_folder(folder, private)) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let Some(above) = folder.parent() else {
                return Err(error).at(folder);
            };
            create_folders(disk, above, private)?;
            match again(|| disk.create_folder(folder, private)) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(error).at(folder);
                }
                _ => {}
            }
        }
        // Also what a read-only disk says of a folder that exists.
        Err(error) => {
            return match about_if_present(disk, folder)?.map(|about| about.kind) {
                Some(EntryKind::Folder | EntryKind::Link) => Ok(()),
                _ => Err(error).at(folder),
            };
        }
    }
    let above = folder_of(folder);
    let above = again(|| disk.open_folder(above, true)).at(above)?;
    again(|| above.sync()).at(folder)
}

/// Moves a file or a link durably and never replaces anything (`AlreadyExists`). Between two disks
/// it becomes a complete durable copy before the original goes. A relative link goes on pointing
/// where it pointed: `Invalid` when that can't be. The new folder must exist.
pub fn move_file(disk: &dyn Disk, from: &Path, to: &Path) -> Result<()> {
    let (old_folder, new_folder) = (folder_of(from), folder_of(to));
    let is_link = about_if_present(disk, from)?.is_some_and(|about| about.kind == EntryKind::Link);
    if is_link && old_folder != new_folder && again(|| disk.read_link(from)).at(from)?.is_relative() {
        return link::move_link(disk, from, to);
    }
    let renamed = again(|| disk.rename_new(from, to));
    match renamed {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices && is_link => {
            return link::move_link(disk, from, to);
        }
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            copy_then_remove(disk, from, to)?;
        }
        // On a disk that is blind to case, the new name is the old file.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && same_file(disk, from, to) => {
            again(|| disk.rename(from, to)).at(to)?;
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let missing = if about_if_present(disk, from)?.is_none() {
                from
            } else {
                to
            };
            return Err(error).at(missing);
        }
        Err(error) => return Err(error).at(to),
    }
    let folder = again(|| disk.open_folder(new_folder, true)).at(new_folder)?;
    again(|| folder.sync()).at(new_folder)?;
    drop(folder);
    if old_folder != new_folder {
        let folder = again(|| disk.open_folder(old_folder, true)).at(old_folder)?;
        again(|| folder.sync()).at(old_folder)?;
    }
    Ok(())
}

/// The file that a path leads to through symbolic links, even when that file is missing.
pub fn resolve_link(disk: &dyn Disk, path: &Path) -> Result<PathBuf> {
    // As many as Linux follows.
    const MOST_LINKS: usize = 40;
    let mut target = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        match about_if_present(disk, &target)? {
            Some(about) if about.kind == EntryKind::Link => {
                let next = again(|| disk.read_link(&target)).at(&target)?;
                target = folder_of(&target).join(next);
            }
            _ => return Ok(target),
        }
    }
    Err(Error::new(ErrorKind::Invalid, "the symbolic links lead in a circle")).at(path)
}

/// Whether this is the name of a temporary file of Edito, which no list shows.
pub fn is_temporary_name(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(TEMPORARY_PREFIX.as_bytes())
}

/// Calls again as long as a signal interrupts the call.
pub(crate) fn again<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

pub(crate) fn about_if_present(disk: &dyn Disk, path: &Path) -> Result<Option<About>> {
    if_present(again(|| disk.about(path))).at(path)
}

/// The folder a path is in; `.` for a bare name.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// `None` for what is not there.
pub(crate) fn if_present<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn content_of(disk: &dyn Disk, path: &Path) -> Result<Option<ContentHash>> {
    let bytes = if_present(again(|| disk.read(path))).at(path)?;
    Ok(bytes.map(|bytes| ContentHash::of(&bytes)))
}

fn refuse_unwritable(about: &About, target: &Path, expected: Precondition) -> Result<()> {
    let refusal = if expected == Precondition::Absent {
        Some((ErrorKind::AlreadyExists, "something is already there"))
    } else if about.kind != EntryKind::File {
        Some((ErrorKind::Invalid, "it is not a file"))
    } else if !about.writable {
        // A rename would replace it all the same, against its owner's word.
        Some((ErrorKind::ReadOnly, "the file is read-only"))
    } else {
        None
    };
    match refusal {
        Some((kind, detail)) => Err(Error::new(kind, detail).at(target)),
        None => Ok(()),
    }
}

/// Fails unless the file is as expected at this instant.
fn check(disk: &dyn Disk, target: &Path, new: ContentHash, expected: Precondition) -> Result<()> {
    let old = match expected {
        Precondition::Content(old) => old,
        Precondition::Unconfirmed => new,
        Precondition::Any | Precondition::Absent => return Ok(()),
    };
    match content_of(disk, target)? {
        // The new bytes are there when an earlier try got as far as the rename.
        Some(found) if found == old || found == new => Ok(()),
        Some(_) => Err(Error::new(ErrorKind::Changed, "the file was changed by another program").at(target)),
        None => Err(Error::new(ErrorKind::NotFound, "the file is gone").at(target)),
    }
}

/// A complete, durable file under a fresh temporary name; removed again when that fails.
fn write_temporary(disk: &dyn Disk, folder: &Path, parts: &[&[u8]], like: Option<(&Path, &About)>) -> Result<PathBuf> {
    let (path, mut file) = create_temporary(disk, folder, like.is_some())?;
    let mut fill = || -> io::Result<()> {
        for part in parts {
            // Takes up interrupted writes by itself: calling it again would write twice.
            file.write_all(part)?;
        }
        if let Some((path, about)) = like {
            again(|| file.resemble(path, about))?;
        }
        again(|| file.sync())
    };
    match fill() {
        Ok(()) => Ok(path),
        Err(error) => {
            drop(file);
            let _ = again(|| disk.remove(&path));
            Err(error).at(folder)
        }
    }
}

fn create_temporary(disk: &dyn Disk, folder: &Path, private: bool) -> Result<(PathBuf, Box<dyn OpenFile>)> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{TEMPORARY_PREFIX}{:x}-{number:x}", std::process::id());
        let path = folder.join(name);
        match again(|| disk.create(&path, private)) {
            Ok(file) => return Ok((path, file)),
            // Left by a process that had the same number; the sweep is for those.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error).at(folder),
        }
    }
}

fn put_in_place(
    disk: &dyn Disk,
    folder: &dyn OpenFolder,
    temporary: &Path,
    target: &Path,
    hash: ContentHash,
    expected: Precondition,
) -> Result<()> {
    check(disk, target, hash, expected)?;
    if expected == Precondition::Absent {
        again(|| disk.rename_new(temporary, target)).at(target)?;
        if let Err(error) = again(|| folder.sync()) {
            // So that the next try finds the name free, as this one did.
            let _ = again(|| disk.rename_new(target, temporary));
            return Err(error).at(target);
        }
        return Ok(());
    }
    again(|| disk.rename(temporary, target)).at(target)?;
    again(|| folder.sync()).at(target)
}

fn same_file(disk: &dyn Disk, one: &Path, other: &Path) -> bool {
    let identity = |path| again(|| disk.about(path)).ok().and_then(|it| it.identity);
    let lower = |path: &Path| path.to_string_lossy().to_lowercase();
    identity(one).is_some() && identity(one) == identity(other) && lower(one) == lower(other)
}

fn copy_then_remove(disk: &dyn Disk, from: &Path, to: &Path) -> Result<()> {
    let about = again(|| disk.about(from)).at(from)?;
    if about.kind != EntryKind::File {
        return Err(Error::new(
            ErrorKind::Invalid,
            "only files and links can be moved to another disk",
        ))
        .at(from);
    }
    let bytes = again(|| disk.read(from)).at(from)?;
    let hash = ContentHash::of(&bytes);
    let folder_path = folder_of(to);
    let folder = again(|| disk.open_folder(folder_path, true)).at(folder_path)?;
    let temporary = write_temporary(disk, folder_path, &[&bytes], Some((from, &about)))?;
    let placed = put_in_place(disk, &*folder, &temporary, to, hash, Precondition::Absent);
    if let Err(error) = placed {
        let _ = again(|| disk.remove(&temporary));
        return Err(error);
    }
    check(disk, from, hash, Precondition::Content(hash))?;
    again(|| disk.remove(from)).at(from)
}

#[cfg(test)]
mod tests;
