//! The files that are to be read: those named, and those in the folders named.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use edito_exchange::{Piece, Task};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::native_path;

/// Folders within folders are looked through as deep as this.
pub(crate) const DEEPEST: usize = 64;

/// One file to be read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Job {
    /// What the receipt calls it: the path as it was named, or a path below that.
    pub source: String,
    /// The name of the file.
    pub name: String,
    /// Where it is.
    #[serde(with = "native_path")]
    pub path: PathBuf,
    /// The folder that was named, or the one around a file that was named: attachments come from nowhere else.
    #[serde(with = "native_path")]
    pub root: PathBuf,
    /// The folders between the two, the named one first; none for a file that was named.
    pub folder: Vec<String>,
    /// Its bytes, when it is no file on this disk; `path` is empty then.
    #[serde(skip)]
    pub bytes: Option<Arc<[u8]>>,
    /// What is wanted of it, and what is known of it.
    pub task: Task,
}

impl Job {
    /// What can't be read as it was named: the worker says so.
    pub fn unreadable(path: &Path) -> Job {
        Job {
            source: path.display().to_string(),
            name: name_of(path),
            path: path.to_path_buf(),
            root: path.to_path_buf(),
            ..Job::default()
        }
    }

    /// What is in hand already: the clipboard's, or an answer's. `name` tells the kind where the bytes don't.
    pub fn of_bytes(name: &str, bytes: Vec<u8>, task: Task) -> Job {
        Job {
            source: task.address.clone().unwrap_or_else(|| name.to_owned()),
            name: name.to_owned(),
            bytes: Some(bytes.into()),
            task,
            ..Job::default()
        }
    }
}

/// All files to be read, in a stable order: those named, and those in folders named. Hidden files and links are passed
/// over, and so is what comes along with pages and notes. `NotFound` for a source that is not there.
pub fn jobs(sources: &[PathBuf]) -> Result<Vec<Job>> {
    let mut jobs = Vec::new();
    for source in sources {
        let named = source.display().to_string();
        let path = fs::canonicalize(source).map_err(|_| Error::NotFound(named.clone()))?;
        if path.is_dir() {
            let top = name_of(&path);
            below(&path, &path, &named, &[top], &mut jobs);
        } else {
            jobs.push(Job {
                source: named,
                name: name_of(&path),
                root: path.parent().map(Path::to_path_buf).unwrap_or_default(),
                path,
                ..Job::default()
            });
        }
    }
    Ok(jobs)
}

/// What tells a piece without an address from others: the file it is, wherever it is read from again. Pieces of lists
/// are told by what they hold.
pub fn key(job: &Job, piece: &Piece) -> Option<String> {
    let file = piece.file.as_ref().filter(|_| job.bytes.is_none())?;
    let mut hash = blake3::Hasher::new();
    hash.update(job.path.as_os_str().as_encoded_bytes());
    for part in piece.folder.iter().chain([file]) {
        hash.update(b"\0");
        hash.update(part.as_bytes());
    }
    let hash = hash.finalize().to_hex();
    Some(format!("file:{}", hash.get(..32).unwrap_or_default()))
}

/// Hidden files and folders are settings of programs, and links may lead anywhere.
fn below(folder: &Path, root: &Path, named: &str, parts: &[String], jobs: &mut Vec<Job>) {
    let entries = if parts.len() > DEEPEST {
        None
    } else {
        fs::read_dir(folder).ok()
    };
    let Some(entries) = entries else {
        // No file either: the worker says what is wrong, and the rest comes in.
        jobs.push(Job {
            source: named.to_owned(),
            name: name_of(folder),
            path: folder.to_path_buf(),
            root: root.to_path_buf(),
            folder: parts.to_vec(),
            ..Job::default()
        });
        return;
    };
    let mut entries: Vec<fs::DirEntry> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    let names: Vec<String> = entries
        .iter()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    for (entry, name) in entries.iter().zip(&names) {
        let Ok(kind) = entry.file_type() else { continue };
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            // What a browser saves beside a page.
            let of_page = name
                .strip_suffix("_files")
                .or_else(|| name.strip_suffix("_fichiers"))
                .is_some_and(|page| {
                    names
                        .iter()
                        .any(|other| *other == format!("{page}.html") || *other == format!("{page}.htm"))
                });
            if !of_page {
                let parts: Vec<String> = parts.iter().chain([name]).cloned().collect();
                below(&entry.path(), root, &format!("{named}/{name}"), &parts, jobs);
            }
        } else if kind.is_file() && !is_attachment(name) {
            jobs.push(Job {
                source: format!("{}/{name}", named.trim_end_matches('/')),
                name: name.clone(),
                path: entry.path(),
                root: root.to_path_buf(),
                folder: parts.to_vec(),
                ..Job::default()
            });
        }
    }
}

/// What lies in folders beside texts, and comes along with those that show it.
fn is_attachment(name: &str) -> bool {
    const ENDINGS: [&str; 26] = [
        "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico", "heic", "mp3", "m4a", "ogg", "wav", "mp4",
        "mov", "webm", "mkv", "css", "js", "woff", "woff2", "ttf", "otf", "canvas", "base",
    ];
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_lowercase().as_str()))
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
