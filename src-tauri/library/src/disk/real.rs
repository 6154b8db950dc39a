//! The disk as the system gives it. What differs between systems stands in `system` below.

use std::ffi::OsString;
use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{About, Barrier, Disk, EntryKind, OpenFile, OpenFolder};

/// Passes every call to the system.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        let metadata = fs::symlink_metadata(path)?;
        let mut about = About {
            kind: kind_of(metadata.file_type()),
            length: metadata.len(),
            mode: None,
            owner: None,
            links: 1,
            identity: None,
            writable: !metadata.permissions().readonly(),
        };
        system::complete(&mut about, &metadata, path);
        Ok(about)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        fs::read_link(path)
    }

    fn create_link(&self, target: &Path, path: &Path) -> io::Result<()> {
        system::create_link(target, path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, EntryKind)>> {
        fs::read_dir(folder)?
            .map(|entry| {
                let entry = entry?;
                Ok((entry.file_name(), kind_of(entry.file_type()?)))
            })
            .collect()
    }

    fn open_folder(&self, folder: &Path, wait: bool) -> io::Result<Box<dyn OpenFolder>> {
        system::open_folder(folder, wait)
    }

    fn create_folder(&self, folder: &Path, private: bool) -> io::Result<()> {
        system::create_folder(folder, private)
    }

    fn create(&self, path: &Path, private: bool) -> io::Result<Box<dyn OpenFile>> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        system::set_privacy(&mut options, private);
        Ok(Box::new(RealFile(options.open(path)?)))
    }

    fn open_in_place(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        let file = OpenOptions::new().write(true).truncate(false).open(path)?;
        Ok(Box::new(RealFile(file)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        // tempfile knows, for each system, the call that renames without replacing.
        let path = tempfile::TempPath::try_from_path(from)?;
        match path.persist_noclobber(to) {
            Ok(()) => Ok(()),
            Err(failed) => {
                let tempfile::PathPersistError { error, mut path } = failed;
                // The caller decides what becomes of the file.
                path.disable_cleanup(true);
                Err(error)
            }
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }

    fn barrier(&self, folders: &[&Path]) -> io::Result<Box<dyn Barrier>> {
        system::barrier(folders)
    }
}

fn kind_of(file_type: FileType) -> EntryKind {
    if file_type.is_symlink() {
        EntryKind::Link
    } else if file_type.is_dir() {
        EntryKind::Folder
    } else if file_type.is_file() {
        EntryKind::File
    } else {
        EntryKind::Other
    }
}

struct RealFile(File);

impl OpenFile for RealFile {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn set_length(&mut self, bytes: u64) -> io::Result<()> {
        self.0.set_len(bytes)
    }

    fn resemble(&mut self, path: &Path, other: &About) -> io::Result<()> {
        system::resemble(&self.0, path, other)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }
}

#[cfg(unix)]
mod system {
    use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions, TryLockError};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
    use std::path::Path;
    use std::time::Duration;

    #[cfg(target_os = "linux")]
    use super::super::OpenFile;
    use super::super::{About, Barrier, EntryKind, OneByOne, OpenFolder};

    #[cfg(not(target_os = "linux"))]
    pub fn barrier(_: &[&Path]) -> io::Result<Box<dyn Barrier>> {
        Ok(Box::new(OneByOne))
    }

    /// One call for everything that waits on a disk, where that is known to reach the disk; others are asked for one
    /// file after the other: what FUSE and networks make of the call is theirs to say.
    #[cfg(target_os = "linux")]
    pub fn barrier(folders: &[&Path]) -> io::Result<Box<dyn Barrier>> {
        // The magic numbers of ext4, xfs, btrfs, f2fs and tmpfs (linux/magic.h).
        const LOCAL: [u64; 5] = [0xef53, 0x5846_5342, 0x9123_683e, 0xf2f5_2010, 0x0102_1994];
        let Some(first) = folders.first() else {
            return Ok(Box::new(OneByOne));
        };
        let disk = File::open(first)?;
        let device = disk.metadata()?.dev();
        for folder in folders {
            if std::fs::metadata(folder)?.dev() != device {
                return Ok(Box::new(OneByOne));
            }
        }
        let kind = u64::try_from(rustix::fs::fstatfs(&disk)?.f_type).unwrap_or(0);
        if LOCAL.contains(&kind) {
            Ok(Box::new(WholeDisk(disk)))
        } else {
            Ok(Box::new(OneByOne))
        }
    }

    /// The file was opened before anything was written, and so hears of every write that failed since.
    #[cfg(target_os = "linux")]
    struct WholeDisk(File);

    #[cfg(target_os = "linux")]
    impl Barrier for WholeDisk {
        fn files(&mut self, files: &mut [Box<dyn OpenFile>]) -> io::Result<()> {
            match files {
                // Of a few, nothing else on the disk is waited for.
                [] | [_] => OneByOne.files(files),
                _ => Ok(rustix::fs::syncfs(&self.0)?),
            }
        }

        fn folders(&mut self, folders: &[Box<dyn OpenFolder>]) -> io::Result<()> {
            match folders {
                [] | [_] => OneByOne.folders(folders),
                _ => Ok(rustix::fs::syncfs(&self.0)?),
            }
        }
    }

    const PERMISSION_BITS: u32 = 0o7777;
    const GROUP_BITS: u32 = 0o070;

    pub fn complete(about: &mut About, metadata: &Metadata, path: &Path) {
        about.mode = Some(metadata.mode() & PERMISSION_BITS);
        about.owner = Some((metadata.uid(), metadata.gid()));
        about.links = metadata.nlink();
        about.identity = Some((metadata.dev(), metadata.ino()));
        if about.kind == EntryKind::File {
            about.writable &= rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok();
        }
    }

    pub fn set_privacy(options: &mut OpenOptions, private: bool) {
        options.mode(if private { 0o600 } else { 0o666 });
    }

    pub fn create_folder(folder: &Path, private: bool) -> io::Result<()> {
        DirBuilder::new()
            .mode(if private { 0o700 } else { 0o777 })
            .create(folder)
    }

    pub fn create_link(target: &Path, path: &Path) -> io::Result<()> {
        std::os::unix::fs::symlink(target, path)
    }

    pub fn resemble(file: &File, path: &Path, other: &About) -> io::Result<()> {
        let now = file.metadata()?;
        if let Some((user, group)) = other.owner
            && (now.uid(), now.gid()) != (user, group)
            // Only an administrator may give files away; the group at least may be kept.
            && fchown(file, Some(user), Some(group)).is_err()
        {
            let _ = fchown(file, None, Some(group));
        }
        let Some(mut mode) = other.mode else {
            return Ok(());
        };
        // Before the mode: with an access list, the bits of the group say what any of those named in it may do.
        if !copy_attributes(path, file) {
            mode &= !GROUP_BITS;
        }
        if file.metadata()?.mode() & PERMISSION_BITS == mode {
            return Ok(());
        }
        match file.set_permissions(Permissions::from_mode(mode)) {
            // Disks without modes (FAT, some network ones) refuse; the file is private then.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported
                ) =>
            {
                Ok(())
            }
            other => other,
        }
    }

    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    use super::super::attributes::copy as copy_attributes;

    /// Other systems keep them elsewhere.
    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    fn copy_attributes(_: &Path, _: &File) -> bool {
        true
    }

    pub fn open_folder(folder: &Path, wait: bool) -> io::Result<Box<dyn OpenFolder>> {
        // A save holds the lock for milliseconds. One that is held longer belongs to a stopped
        // process, and waiting for that would hang the window.
        const TRIES: u32 = 400;
        const PAUSE: Duration = Duration::from_millis(5);
        let file = File::open(folder)?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Err(TryLockError::WouldBlock) if wait => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::WouldBlock.into()),
                // Some network disks know no locks: the content hash is the real guard.
                Ok(()) | Err(TryLockError::Error(_)) => break,
            }
        }
        Ok(Box::new(LockedFolder(file)))
    }

    struct LockedFolder(File);

    impl OpenFolder for LockedFolder {
        fn sync(&self) -> io::Result<()> {
            match self.0.sync_all() {
                // Some disks can't sync folders and say so in these words.
                Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
                    Ok(())
                }
                other => other,
            }
        }
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::{File, Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    use super::super::{About, Barrier, OneByOne, OpenFolder};

    pub fn barrier(_: &[&Path]) -> io::Result<Box<dyn Barrier>> {
        Ok(Box::new(OneByOne))
    }

    pub fn complete(_: &mut About, _: &Metadata, _: &Path) {}

    pub fn set_privacy(_: &mut OpenOptions, _: bool) {}

    pub fn create_folder(folder: &Path, _: bool) -> io::Result<()> {
        std::fs::create_dir(folder)
    }

    pub fn create_link(target: &Path, path: &Path) -> io::Result<()> {
        #[cfg(windows)]
        return std::os::windows::fs::symlink_file(target, path);
        #[cfg(not(windows))]
        {
            let _ = (target, path);
            Err(io::ErrorKind::Unsupported.into())
        }
    }

    pub fn resemble(_: &File, _: &Path, _: &About) -> io::Result<()> {
        Ok(())
    }

    pub fn open_folder(_: &Path, _: bool) -> io::Result<Box<dyn OpenFolder>> {
        Ok(Box::new(UnlockedFolder))
    }

    /// Windows makes names durable by itself and opens no folder as a file.
    struct UnlockedFolder;

    impl OpenFolder for UnlockedFolder {
        fn sync(&self) -> io::Result<()> {
            Ok(())
        }
    }
}
