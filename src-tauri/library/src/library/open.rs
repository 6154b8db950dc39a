//! Making and opening libraries.

use super::{Environment, Library, read_settings};
use crate::config::{FILE_NAME, TemplateLanguage, template};
use crate::disk::{RealDisk, create_folders, create_new};
use crate::error::{At, Error, ErrorKind, Result};
use crate::history::History;
use crate::index::Index;
use crate::journal::Journal;
use crate::places::Places;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, RwLock};
use uuid::{NoContext, Timestamp as UuidTime, Uuid};

impl Environment {
    /// The real clock, the real disk, and the identity of this device, which is made and
    /// kept in the data folder the first time.
    ///
    /// # Errors
    /// When the data folder can't be made or its `device` file can't be read or written.
    pub fn system(places: Places) -> Result<Environment> {
        let device = device(&places)?;
        Ok(Environment {
            places,
            device,
            now: Arc::new(jiff::Timestamp::now),
            new_id: Arc::new(|time| {
                let seconds = u64::try_from(time.as_second()).unwrap_or(0);
                let nanoseconds = u32::try_from(time.subsec_nanosecond()).unwrap_or(0);
                Uuid::new_v7(UuidTime::from_unix(NoContext, seconds, nanoseconds))
            }),
            disk: Arc::new(RealDisk),
        })
    }
}

impl Library {
    /// Makes a new library: the folder when it is missing, and its `edito.toml` unless there
    /// is one already.
    ///
    /// # Errors
    /// `ReadOnly`, `DiskFull` or `Io`; `NotALibrary` when `root` is a file.
    pub fn create(root: &Path, title: &str, language: TemplateLanguage, environment: Environment) -> Result<Library> {
        if root.is_file() {
            return Err(not_a_folder(root));
        }
        create_folders(&*environment.disk, root, false)?;
        let text = template(title, language);
        match create_new(&*environment.disk, &root.join(FILE_NAME), text.as_bytes()) {
            Ok(_) => {}
            Err(error) if error.kind == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        Library::open(root, environment)
    }

    /// Opens a folder as a library, without writing into it. Rows can be listed at once, as
    /// the index last knew them; call [`Library::reconcile`] next.
    ///
    /// # Errors
    /// `NotFound` when there is no such folder, `NotALibrary` when it is not a folder.
    pub fn open(root: &Path, environment: Environment) -> Result<Library> {
        let root = fs::canonicalize(root).at(root)?;
        if !root.is_dir() {
            return Err(not_a_folder(&root));
        }
        let writable = environment.disk.about(&root).at(&root)?.writable;
        let key = library_key(&root);
        let inside = root.join(".edito");
        let outside = environment.places.data.join("libraries").join(&key);
        let own = if writable { &inside } else { &outside };
        let others = if writable {
            Vec::new()
        } else {
            vec![inside.join("journal")]
        };
        let Environment {
            device, now, new_id, ..
        } = &environment;
        let journal = Journal::open_also_reading(&own.join("journal"), &others, device, now.clone(), new_id.clone())?;
        let settings = read_settings(&root)?;
        let index = Index::open(&environment.places.cache.join(&key))?;
        Ok(Library {
            history: History::open(&own.join("history.git")),
            recovery_folder: environment.places.data.join("recovery").join(&key),
            settings: RwLock::new(Arc::new(settings)),
            journal: Arc::new(Mutex::new(journal)),
            sessions: Mutex::default(),
            signature: Mutex::default(),
            compared: Mutex::default(),
            diary: Mutex::default(),
            diary_file: environment.places.data.join("written").join(format!("{key}.json")),
            underway: Mutex::default(),
            ledger: Mutex::default(),
            swept: false.into(),
            sweeping: Mutex::default(),
            root,
            environment,
            writable,
            index: Arc::new(index),
        })
    }
}

/// The name of everything about a library that is kept outside it.
fn library_key(root: &Path) -> String {
    let hash = blake3::hash(root.as_os_str().as_encoded_bytes());
    hash.to_hex().chars().take(16).collect()
}

fn not_a_folder(root: &Path) -> Error {
    Error::new(ErrorKind::NotALibrary, "it is not a folder").at(root)
}

fn device(places: &Places) -> Result<String> {
    let path = places.data.join("device");
    let read = || {
        fs::read_to_string(&path)
            .ok()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    };
    if let Some(device) = read() {
        return Ok(device);
    }
    create_folders(&RealDisk, &places.data, true)?;
    let device = Uuid::now_v7().simple().to_string();
    match create_new(&RealDisk, &path, device.as_bytes()) {
        Ok(_) => Ok(device),
        // Another window was quicker.
        Err(error) if error.kind == ErrorKind::AlreadyExists => read().ok_or(error),
        Err(error) => Err(error),
    }
}
