//! Making many new files durable at once.
//!
//! One sync makes everything durable that was written before it, and takes hardly longer for a hundred files than for
//! one. The order is that of a single new file: all of them complete and durable under temporary names, then their names,
//! then the folders.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Barrier, Disk, OpenFile, OpenFolder, again, create_temporary, folder_of};
use crate::error::{At, ErrorKind, Result};

/// A file to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewFile<'a> {
    /// Where; its folder is there.
    pub path: &'a Path,
    /// All of it.
    pub bytes: &'a [u8],
}

/// Makes new files durably and never replaces anything. Answers for each whether its name was free; the others are left
/// out. `parents` are further folders in which something was made that must be durable with them.
///
/// Errors: `DiskFull`, `ReadOnly`, `Io` as the disk says; then none of the files is there.
pub fn create_together(disk: &dyn Disk, files: &[NewFile<'_>], parents: &[PathBuf]) -> Result<Vec<bool>> {
    let Some(first) = files.first() else {
        return Ok(Vec::new());
    };
    // In one order, so that two who do this never wait for each other.
    let paths: BTreeSet<&Path> = files
        .iter()
        .map(|file| folder_of(file.path))
        .chain(parents.iter().map(PathBuf::as_path))
        .collect();
    let paths: Vec<&Path> = paths.into_iter().collect();
    let mut folders: Vec<Box<dyn OpenFolder>> = Vec::with_capacity(paths.len());
    for folder in &paths {
        folders.push(again(|| disk.open_folder(folder, true)).at(folder)?);
    }
    // Before anything is written: it then hears of every write that fails.
    let mut barrier = again(|| disk.barrier(&paths)).at(folder_of(first.path))?;
    let mut made = Made {
        disk,
        temporaries: Vec::with_capacity(files.len()),
        targets: Vec::with_capacity(files.len()),
    };
    let free = made.make(files, &folders, &mut *barrier);
    if free.is_err() {
        made.undo();
    }
    free
}

/// So many files are open at a time: systems allow a process about a thousand.
const MOST_OPEN: usize = 200;

struct Made<'a> {
    disk: &'a dyn Disk,
    temporaries: Vec<PathBuf>,
    targets: Vec<PathBuf>,
}

impl Made<'_> {
    fn make(
        &mut self,
        files: &[NewFile<'_>],
        folders: &[Box<dyn OpenFolder>],
        barrier: &mut dyn Barrier,
    ) -> Result<Vec<bool>> {
        let Some(first) = files.first() else {
            return Ok(Vec::new());
        };
        let somewhere = folder_of(first.path);
        let mut open: Vec<Box<dyn OpenFile>> = Vec::with_capacity(files.len());
        for file in files {
            let folder = folder_of(file.path);
            let (temporary, mut handle) = create_temporary(self.disk, folder, false)?;
            self.temporaries.push(temporary);
            handle.write_all(file.bytes).at(folder)?;
            open.push(handle);
            if open.len() == MOST_OPEN {
                again(|| barrier.files(&mut open)).at(somewhere)?;
                open.clear();
            }
        }
        again(|| barrier.files(&mut open)).at(somewhere)?;
        drop(open);
        let mut free = Vec::with_capacity(files.len());
        for (file, temporary) in files.iter().zip(&self.temporaries) {
            match again(|| self.disk.rename_new(temporary, file.path)).at(file.path) {
                Ok(()) => {
                    self.targets.push(file.path.to_path_buf());
                    free.push(true);
                }
                Err(error) if error.kind == ErrorKind::AlreadyExists => {
                    let _ = again(|| self.disk.remove(temporary));
                    free.push(false);
                }
                Err(error) => return Err(error),
            }
        }
        again(|| barrier.folders(folders)).at(somewhere)?;
        Ok(free)
    }

    fn undo(&self) {
        for path in self.targets.iter().chain(&self.temporaries) {
            // Of each file one of the two is there, if anything.
            let _ = again(|| self.disk.remove(path));
        }
    }
}
