//! A disk in memory that forgets: what was not made durable may be lost, cut or reordered when the
//! power goes. It holds one folder, which is as far as a save reaches.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use edito_library::disk::{About, Disk, EntryKind, OpenFile, OpenFolder};

/// What happens at one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The power goes before the call has any effect; all later calls fail too.
    PowerCut,
    /// The call fails once, with what such a call leaves behind.
    Error(io::ErrorKind),
}

/// Shared by all handles to it.
#[derive(Clone)]
pub struct SimulatedDisk(Arc<Mutex<State>>);

/// The files by name, and which names share a file.
pub type Content = BTreeMap<String, Vec<u8>>;

#[derive(Clone, Default)]
struct State {
    files: Vec<File>,
    names: BTreeMap<OsString, usize>,
    durable_names: BTreeMap<OsString, usize>,
    name_changes: Vec<NameChange>,
    calls: usize,
    fault: Option<(usize, Fault)>,
    off: bool,
    log: Vec<String>,
}

#[derive(Clone, Default)]
struct File {
    bytes: Vec<u8>,
    durable: Vec<u8>,
    /// What has been done to `durable` since the last sync, to become `bytes`.
    changes: Vec<DataChange>,
}

#[derive(Clone)]
enum DataChange {
    Write(usize, Vec<u8>),
    Length(usize),
}

#[derive(Clone)]
enum NameChange {
    Add(OsString, usize),
    Remove(OsString),
    Rename(OsString, OsString),
}

/// What becomes of data that was not made durable.
const DATA_OUTCOMES: [DataOutcome; 4] = [
    DataOutcome::Lost,
    DataOutcome::Kept,
    DataOutcome::OnlyLength,
    DataOutcome::Half,
];

#[derive(Clone, Copy)]
enum DataOutcome {
    Lost,
    Kept,
    /// The file has its new length, filled with zeros where the data never arrived.
    OnlyLength,
    /// The first half of each write arrived.
    Half,
}

impl SimulatedDisk {
    /// A disk on which these files are durable. Names in the same group share one file.
    pub fn with(groups: &[(&[&str], &str)]) -> Self {
        let mut state = State::default();
        for (names, text) in groups {
            let number = state.files.len();
            state.files.push(File {
                bytes: text.as_bytes().to_vec(),
                durable: text.as_bytes().to_vec(),
                changes: Vec::new(),
            });
            for name in *names {
                state.names.insert(name.into(), number);
            }
        }
        state.durable_names = state.names.clone();
        Self(Arc::new(Mutex::new(state)))
    }

    /// Lets the call with this number (from 0) fail, counted from now.
    pub fn fail_at(&self, call: usize, fault: Fault) {
        let mut state = self.0.lock().unwrap();
        state.fault = Some((state.calls + call, fault));
    }

    /// Whether the fault has happened.
    pub fn has_failed(&self) -> bool {
        self.0.lock().unwrap().fault.is_none()
    }

    /// The names of all calls so far, for messages.
    pub fn log(&self) -> String {
        self.0.lock().unwrap().log.join(" ")
    }

    /// What programs see now.
    pub fn content(&self) -> Content {
        let state = self.0.lock().unwrap();
        let named = state.names.iter();
        named
            .map(|(name, file)| {
                let name = name.to_string_lossy().into_owned();
                (name, state.files[*file].bytes.clone())
            })
            .collect()
    }

    /// Every disk that may be found when the power comes back.
    pub fn after_power_cut(&self) -> Vec<Self> {
        let state = self.0.lock().unwrap();
        let unsynced: Vec<usize> = (0..state.files.len())
            .filter(|file| !state.files[*file].changes.is_empty())
            .collect();
        let mut found = Vec::new();
        for kept_names in 0..1_usize << state.name_changes.len() {
            for mut choice in 0..DATA_OUTCOMES.len().pow(unsynced.len() as u32) {
                let mut next = State {
                    files: state.files.clone(),
                    ..State::default()
                };
                for file in &mut next.files {
                    file.bytes = file.durable.clone();
                    file.changes.clear();
                }
                for file in &unsynced {
                    let outcome = DATA_OUTCOMES[choice % DATA_OUTCOMES.len()];
                    choice /= DATA_OUTCOMES.len();
                    next.files[*file].bytes = state.files[*file].after(outcome);
                }
                next.names = state.durable_names.clone();
                for (place, change) in state.name_changes.iter().enumerate() {
                    if kept_names & (1 << place) != 0 {
                        apply(&mut next.names, change, &state.names);
                    }
                }
                for file in &mut next.files {
                    file.durable = file.bytes.clone();
                }
                next.durable_names = next.names.clone();
                found.push(Self(Arc::new(Mutex::new(next))));
            }
        }
        found
    }

    fn call(&self, name: &str) -> io::Result<std::sync::MutexGuard<'_, State>> {
        self.call_or(name, |_| {})
    }

    /// `on_error` is what a failing call leaves behind.
    fn call_or(&self, name: &str, on_error: impl FnOnce(&mut State)) -> io::Result<std::sync::MutexGuard<'_, State>> {
        let mut state = self.0.lock().unwrap();
        if state.off {
            return Err(io::Error::other("no power"));
        }
        let number = state.calls;
        state.calls += 1;
        state.log.push(name.to_owned());
        match state.fault {
            Some((at, fault)) if at == number => {
                state.fault = None;
                match fault {
                    Fault::PowerCut => {
                        state.off = true;
                        Err(io::Error::other("no power"))
                    }
                    Fault::Error(kind) => {
                        if kind != io::ErrorKind::Interrupted {
                            on_error(&mut state);
                        }
                        Err(kind.into())
                    }
                }
            }
            _ => Ok(state),
        }
    }

    fn open(&self, file: usize) -> Box<dyn OpenFile> {
        Box::new(Handle {
            disk: self.clone(),
            file,
            at: 0,
        })
    }
}

impl State {
    fn find(&self, path: &Path) -> io::Result<usize> {
        let name = path.file_name().unwrap();
        let found = self.names.get(name).copied();
        found.ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn change(&mut self, change: NameChange) {
        let before = self.names.clone();
        apply(&mut self.names, &change, &before);
        self.name_changes.push(change);
    }
}

impl File {
    fn after(&self, outcome: DataOutcome) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        for change in &self.changes {
            match (outcome, change) {
                (DataOutcome::Lost, _) => {}
                (_, DataChange::Length(length)) => bytes.resize(*length, 0),
                (DataOutcome::Kept, DataChange::Write(at, data)) => write(&mut bytes, *at, data),
                (DataOutcome::OnlyLength, DataChange::Write(at, data)) => {
                    let end = (at + data.len()).max(bytes.len());
                    bytes.resize(end, 0);
                }
                (DataOutcome::Half, DataChange::Write(at, data)) => {
                    write(&mut bytes, *at, &data[..data.len() / 2]);
                }
            }
        }
        bytes
    }
}

fn write(bytes: &mut Vec<u8>, at: usize, data: &[u8]) {
    let end = at + data.len();
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    bytes[at..end].copy_from_slice(data);
}

/// `now` tells which file a rename carries when the name it comes from never became durable.
fn apply(names: &mut BTreeMap<OsString, usize>, change: &NameChange, now: &BTreeMap<OsString, usize>) {
    match change {
        NameChange::Add(name, file) => {
            names.insert(name.clone(), *file);
        }
        NameChange::Remove(name) => {
            names.remove(name);
        }
        NameChange::Rename(from, to) => {
            let file = names.remove(from).or_else(|| now.get(to).copied());
            if let Some(file) = file {
                names.insert(to.clone(), file);
            }
        }
    }
}

impl Disk for SimulatedDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let state = self.call("read")?;
        let file = state.find(path)?;
        Ok(state.files[file].bytes.clone())
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        let state = self.call("about")?;
        let file = state.find(path)?;
        Ok(About {
            kind: EntryKind::File,
            length: state.files[file].bytes.len() as u64,
            mode: Some(0o644),
            owner: None,
            links: state.names.values().filter(|it| **it == file).count() as u64,
            identity: Some((0, file as u64)),
            writable: true,
        })
    }

    fn read_link(&self, _: &Path) -> io::Result<PathBuf> {
        Err(io::ErrorKind::InvalidInput.into())
    }

    fn create_link(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_path_buf())
    }

    fn list(&self, _: &Path) -> io::Result<Vec<(OsString, EntryKind)>> {
        let state = self.call("list")?;
        let names = state.names.keys();
        Ok(names.map(|name| (name.clone(), EntryKind::File)).collect())
    }

    fn open_folder(&self, _: &Path, _: bool) -> io::Result<Box<dyn OpenFolder>> {
        drop(self.call("open_folder")?);
        Ok(Box::new(Folder(self.clone())))
    }

    fn create_folder(&self, _: &Path, _: bool) -> io::Result<()> {
        Err(io::ErrorKind::AlreadyExists.into())
    }

    fn create(&self, path: &Path, _: bool) -> io::Result<Box<dyn OpenFile>> {
        let mut state = self.call("create")?;
        if state.find(path).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let file = state.files.len();
        state.files.push(File::default());
        state.change(NameChange::Add(path.file_name().unwrap().into(), file));
        drop(state);
        Ok(self.open(file))
    }

    fn open_in_place(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        let file = self.call("open_in_place")?.find(path)?;
        Ok(self.open(file))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.call("rename")?;
        state.find(from)?;
        let (from, to) = (from.file_name().unwrap(), to.file_name().unwrap());
        state.change(NameChange::Rename(from.into(), to.into()));
        Ok(())
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.call("rename_new")?;
        state.find(from)?;
        if state.find(to).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let (from, to) = (from.file_name().unwrap(), to.file_name().unwrap());
        state.change(NameChange::Rename(from.into(), to.into()));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.call("remove")?;
        state.find(path)?;
        state.change(NameChange::Remove(path.file_name().unwrap().into()));
        Ok(())
    }

    fn remove_folder(&self, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::NotFound.into())
    }
}

struct Folder(SimulatedDisk);

impl OpenFolder for Folder {
    fn sync(&self) -> io::Result<()> {
        let mut state = self.0.call("sync_folder")?;
        state.durable_names = state.names.clone();
        state.name_changes.clear();
        Ok(())
    }
}

struct Handle {
    disk: SimulatedDisk,
    file: usize,
    at: usize,
}

impl OpenFile for Handle {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let (number, at) = (self.file, self.at);
        let put = |state: &mut State, part: &[u8]| {
            let file = &mut state.files[number];
            write(&mut file.bytes, at, part);
            file.changes.push(DataChange::Write(at, part.to_vec()));
        };
        // A full disk takes a part of it.
        let mut state = self
            .disk
            .call_or("write", |state| put(state, &bytes[..bytes.len() / 2]))?;
        put(&mut state, bytes);
        drop(state);
        self.at += bytes.len();
        Ok(())
    }

    fn set_length(&mut self, bytes: u64) -> io::Result<()> {
        let mut state = self.disk.call("set_length")?;
        let length = bytes as usize;
        let file = &mut state.files[self.file];
        file.bytes.resize(length, 0);
        file.changes.push(DataChange::Length(length));
        Ok(())
    }

    fn resemble(&mut self, _: &Path, _: &About) -> io::Result<()> {
        self.disk.call("resemble").map(drop)
    }

    fn sync(&mut self) -> io::Result<()> {
        let number = self.file;
        // As Linux does: after a failed sync the data counts as written, the next sync succeeds,
        // and the disk never gets it.
        let mut state = self.disk.call_or("sync", |state| state.files[number].changes.clear())?;
        let file = &mut state.files[number];
        for change in std::mem::take(&mut file.changes) {
            match change {
                DataChange::Write(at, data) => write(&mut file.durable, at, &data),
                DataChange::Length(length) => file.durable.resize(length, 0),
            }
        }
        Ok(())
    }
}
