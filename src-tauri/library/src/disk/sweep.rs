//! Clearing away what an interrupted save left behind.

use std::io;
use std::path::{Path, PathBuf};

use super::hard_link::{self, Healed};
use super::{Disk, EntryKind, about_if_present, again, folder_of, is_temporary_name};
use crate::error::{At, Result};

/// What a sweep did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Swept {
    /// Temporary files that were removed: each was a copy that no save had been reported for.
    pub removed: Vec<PathBuf>,
    /// Interrupted writes to files with several names that were finished; their temporary files
    /// are in `removed` too.
    pub finished: Vec<PathBuf>,
    /// Left as they were: in use by another save, or not for Edito to decide.
    pub kept: Vec<PathBuf>,
}

/// Removes the temporary files of Edito in a folder and all folders below it, for the start. Does
/// not go through symbolic links. A folder that can't be read is passed over.
pub fn sweep_temporaries(disk: &dyn Disk, folder: &Path) -> Result<Swept> {
    let mut swept = Swept::default();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = again(|| disk.list(&folder)) else {
            continue;
        };
        for (name, kind) in entries {
            if is_temporary_name(&name) {
                sweep_temporary(disk, &folder.join(name), &mut swept)?;
            } else if kind == EntryKind::Folder {
                folders.push(folder.join(name));
            }
        }
    }
    Ok(swept)
}

/// Removes one temporary file that a walk came across, unless a save is using its folder.
pub fn sweep_temporary(disk: &dyn Disk, path: &Path, swept: &mut Swept) -> Result<()> {
    let is_file = about_if_present(disk, path)?.is_some_and(|about| about.kind == EntryKind::File);
    if !is_file {
        return Ok(());
    }
    let folder = folder_of(path);
    let held = match again(|| disk.open_folder(folder, false)) {
        Ok(held) => held,
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
            swept.kept.push(path.to_path_buf());
            return Ok(());
        }
        Err(error) => return Err(error).at(folder),
    };
    if path.file_name().is_some_and(hard_link::is_journal_name) {
        match hard_link::heal(disk, path)? {
            Healed::NotNeeded => {}
            Healed::Finished => swept.finished.push(path.to_path_buf()),
            Healed::Kept => {
                swept.kept.push(path.to_path_buf());
                return Ok(());
            }
        }
    }
    match again(|| disk.remove(path)) {
        Ok(()) => swept.removed.push(path.to_path_buf()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        // On a disk that can't be written the file does no harm: no list shows it.
        Err(_) => swept.kept.push(path.to_path_buf()),
    }
    drop(held);
    Ok(())
}
