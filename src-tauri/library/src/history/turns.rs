//! Who may change the store when: many may add to it at a time, one alone may throw away.
//!
//! The system's lock on one file says so, to all windows and to the command line. It ends with the process that holds
//! it, however that ends; so whoever has it alone knows that no other is writing, and that a lock of git's which is
//! still there was left behind by one that was killed.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::error::{At, Error, ErrorKind, Result};

/// The turn of one who adds or throws away, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn(Option<File>);

impl Turn {
    /// Nobody's turn: for where nothing is there yet, and for whoever takes another one himself.
    pub(super) fn none() -> Turn {
        Turn(None)
    }

    /// Ends it.
    pub(super) fn let_go(&mut self) {
        self.0 = None;
    }
}

/// Takes part among those who read: nothing is thrown away meanwhile. Makes no file.
pub(super) fn reading(store: &Path) -> Turn {
    let file = place(store).ok().and_then(|path| File::open(path).ok());
    Turn(file.filter(|file| file.lock_shared().is_ok()))
}

/// Takes part among those who add; waits while one throws away. Where the disk knows no locks, or nothing can be
/// written, there is nobody to wait for.
pub(super) fn adding(store: &Path) -> Turn {
    Turn(opened(store).ok().filter(|file| file.lock_shared().is_ok()))
}

/// Takes the turn alone.
///
/// # Errors
/// `Busy` when others keep adding for seconds; `ReadOnly`, `Io` where the store can't be written or knows no locks.
pub(super) fn alone(store: &Path) -> Result<Turn> {
    let file = opened(store)?;
    let since = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Turn(Some(file))),
            Err(TryLockError::WouldBlock) if since.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => {
                return Err(Error::new(ErrorKind::Busy, "versions are being kept all the time").at(store));
            }
            Err(TryLockError::Error(error)) => return Err(error).at(store),
        }
    }
}

/// Whether nobody else has a turn now. For whoever let go of his own. Never where the disk knows no locks.
pub(super) fn nobody_else(store: &Path) -> Option<Turn> {
    let file = opened(store).ok()?;
    file.try_lock().ok()?;
    Some(Turn(Some(file)))
}

/// How long others are waited for: a version is kept within milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(10);
const FILE: &str = "edito-turns";

fn opened(store: &Path) -> Result<File> {
    let path = place(store)?;
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&path)
        .at(path)
}

/// Where the file is. A stranger's library may have a link there, to somebody else's file.
fn place(store: &Path) -> Result<PathBuf> {
    let path = store.join(FILE);
    let own = std::fs::symlink_metadata(store).at(store)?.is_dir();
    match std::fs::symlink_metadata(&path) {
        Ok(about) if !own || !about.is_file() => {
            Err(Error::new(ErrorKind::Corrupt, "it is not a file of its own").at(path))
        }
        Err(_) if !own => Err(Error::new(ErrorKind::Corrupt, "it is not a folder of its own").at(store)),
        _ => Ok(path),
    }
}
