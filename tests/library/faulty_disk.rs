//! The real disk, of whose calls one can be made to fail.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use edito_library::disk::{About, Disk, EntryKind, OpenFile, OpenFolder, RealDisk};

/// Shared by all handles to it.
#[derive(Clone, Default)]
pub struct FaultyDisk(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    fault: Option<(&'static str, io::ErrorKind)>,
    temporaries: Vec<PathBuf>,
}

impl FaultyDisk {
    /// From now on each call of this name fails, until [`FaultyDisk::mend`].
    pub fn fail(&self, call: &'static str, error: io::ErrorKind) {
        self.0.lock().unwrap().fault = Some((call, error));
    }

    /// Every call goes through again.
    pub fn mend(&self) {
        self.0.lock().unwrap().fault = None;
    }

    /// The files that were made, in order, whatever became of them.
    pub fn made(&self) -> Vec<PathBuf> {
        self.0.lock().unwrap().temporaries.clone()
    }

    fn call(&self, name: &str) -> io::Result<()> {
        match self.0.lock().unwrap().fault {
            Some((call, error)) if call == name => Err(error.into()),
            _ => Ok(()),
        }
    }
}

impl Disk for FaultyDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        RealDisk.read(path)
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        RealDisk.about(path)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        RealDisk.read_link(path)
    }

    fn create_link(&self, target: &Path, path: &Path) -> io::Result<()> {
        self.call("create_link")?;
        RealDisk.create_link(target, path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        RealDisk.real_path(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, EntryKind)>> {
        RealDisk.list(folder)
    }

    fn open_folder(&self, folder: &Path, wait: bool) -> io::Result<Box<dyn OpenFolder>> {
        self.call("open_folder")?;
        Ok(Box::new(Folder(self.clone(), RealDisk.open_folder(folder, wait)?)))
    }

    fn create_folder(&self, folder: &Path, private: bool) -> io::Result<()> {
        RealDisk.create_folder(folder, private)
    }

    fn create(&self, path: &Path, private: bool) -> io::Result<Box<dyn OpenFile>> {
        self.call("create")?;
        self.0.lock().unwrap().temporaries.push(path.to_path_buf());
        Ok(Box::new(Handle(self.clone(), RealDisk.create(path, private)?)))
    }

    fn open_in_place(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        self.call("open_in_place")?;
        Ok(Box::new(Handle(self.clone(), RealDisk.open_in_place(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call("rename")?;
        RealDisk.rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call("rename")?;
        RealDisk.rename_new(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call("remove")?;
        RealDisk.remove(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        RealDisk.remove_folder(folder)
    }
}

struct Folder(FaultyDisk, Box<dyn OpenFolder>);

impl OpenFolder for Folder {
    fn sync(&self) -> io::Result<()> {
        self.0.call("sync_folder")?;
        self.1.sync()
    }
}

struct Handle(FaultyDisk, Box<dyn OpenFile>);

impl OpenFile for Handle {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.call("write")?;
        self.1.write_all(bytes)
    }

    fn set_length(&mut self, bytes: u64) -> io::Result<()> {
        self.1.set_length(bytes)
    }

    fn resemble(&mut self, path: &Path, other: &About) -> io::Result<()> {
        self.1.resemble(path, other)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.call("sync")?;
        self.1.sync()
    }
}
