//! Files of references, kept as they were read last.
//!
//! A file is read again when its time or its length is another one. One that seems to be written just now (it ends in the
//! middle, or is no list of references any more) is never adopted while there is a state that was whole: that one stays,
//! and the file is said to be torn.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use edito_prose::fold::fold;

use crate::bibliography::{Bibliography, Entry, MAX_BYTES, ProblemKind};
use crate::style::{self, Style, StyleProblem};

/// Files of references and styles, as they were read last.
#[derive(Debug, Default)]
pub struct Shelf {
    files: Mutex<HashMap<PathBuf, Kept>>,
    styles: Mutex<HashMap<PathBuf, (Stamp, ReadStyle)>>,
}

/// A file of references.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file.
    pub path: PathBuf,
    /// What it says, or said when it was whole.
    pub bibliography: Arc<Bibliography>,
    /// Whether what it says now was not adopted.
    pub torn: bool,
}

/// The references of some files, those of the first ones first.
#[derive(Debug, Clone, Default)]
pub struct Works {
    /// The files.
    pub sources: Vec<Source>,
}

impl Shelf {
    /// What these files say. Reads those that changed; never fails.
    pub fn works(&self, paths: &[PathBuf]) -> Works {
        Works {
            sources: paths.iter().map(|path| self.source(path)).collect(),
        }
    }

    /// The style of a file, read again when it changed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn style(&self, path: &Path) -> Result<Arc<Style>, StyleProblem> {
        let stamp = Stamp::of(path);
        let mut styles = self.styles.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, style)) = styles.get(path)
            && *known == stamp
        {
            return style.clone();
        }
        let id = path
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let style = match read_within(path, MAX_STYLE) {
            Ok(Some(bytes)) => Style::parse(&id, &String::from_utf8_lossy(&bytes)).map(Arc::new),
            Ok(None) => Err(StyleProblem::Broken),
            Err(_) => Err(StyleProblem::Unknown),
        };
        styles.insert(path.to_owned(), (stamp, style.clone()));
        style
    }

    fn source(&self, path: &Path) -> Source {
        let stamp = Stamp::of(path);
        let known = {
            let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            files.get(path).cloned()
        };
        if let Some(kept) = &known
            && kept.stamp == stamp
        {
            return kept.source(path);
        }
        let read = read(path);
        let is_torn = |found: &Bibliography| {
            let nothing = found.entries.is_empty() && !found.problems.is_empty();
            found.torn || nothing
        };
        let kept = match known {
            Some(known) if read.as_ref().is_none_or(is_torn) || emptied(&known, read.as_ref()) => Kept {
                stamp,
                torn: true,
                ..known
            },
            _ => {
                let bibliography = read.unwrap_or_else(unreadable);
                Kept {
                    stamp,
                    torn: bibliography.torn,
                    bibliography: Arc::new(bibliography),
                }
            }
        };
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), kept.clone());
        kept.source(path)
    }
}

impl Works {
    /// The reference with a key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.sources.iter().find_map(|source| source.bibliography.get(key))
    }

    /// Whether there is no reference at all.
    pub fn is_empty(&self) -> bool {
        self.sources.iter().all(|source| source.bibliography.entries.is_empty())
    }

    /// All references, those of the first file first; of those with the same key the first one.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.sources.iter().enumerate().flat_map(|(at, source)| {
            let before = self.sources.get(..at).unwrap_or_default();
            source
                .bibliography
                .entries
                .iter()
                .filter(move |entry| before.iter().all(|other| other.bibliography.get(&entry.key).is_none()))
        })
    }

    /// The references that have words which begin with each of those typed (in key, authors, year, title, container or
    /// keywords), the best `most` of them: those whose key or author begins so come first.
    pub fn find(&self, typed: &str, most: usize) -> Vec<&Entry> {
        let folded = fold(typed);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let starts = |text: &str, word: &str| {
            text.match_indices(word).any(|(at, _)| {
                let before = text.get(..at).and_then(|before| before.chars().next_back());
                before.is_none_or(|one| !one.is_alphanumeric())
            })
        };
        let mut found: Vec<(u8, &Entry)> = self
            .entries()
            .filter(|entry| words.iter().all(|word| starts(&entry.words, word)))
            .map(|entry| {
                let first = words.first().copied().unwrap_or_default();
                let rank = if fold(&entry.key).starts_with(first) || fold(&entry.authors).starts_with(first) {
                    0
                } else {
                    1
                };
                (rank, entry)
            })
            .collect();
        found.sort_by_cached_key(|(rank, entry)| (*rank, fold(&entry.authors), entry.year.clone()));
        found.into_iter().take(most).map(|(_, entry)| entry).collect()
    }
}

/// Finds a style by what an article or a desk calls it: one that Edito ships, or a file.
///
/// # Errors
/// What is wrong with it.
pub fn style_named(shelf: &Shelf, name: &str, file: Option<&Path>) -> Result<Arc<Style>, StyleProblem> {
    match (style::shipped(name), file) {
        (Some(style), _) => Ok(style),
        (None, Some(path)) => shelf.style(path),
        (None, None) => Err(StyleProblem::Unknown),
    }
}

/// A larger file is no style.
const MAX_STYLE: u64 = 4 * 1024 * 1024;

type ReadStyle = Result<Arc<Style>, StyleProblem>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp(Option<(SystemTime, u64)>);

impl Stamp {
    fn of(path: &Path) -> Stamp {
        let metadata = std::fs::metadata(path).ok();
        Stamp(metadata.and_then(|metadata| Some((metadata.modified().ok()?, metadata.len()))))
    }
}

#[derive(Debug, Clone)]
struct Kept {
    stamp: Stamp,
    bibliography: Arc<Bibliography>,
    torn: bool,
}

impl Kept {
    fn source(&self, path: &Path) -> Source {
        Source {
            path: path.to_owned(),
            bibliography: self.bibliography.clone(),
            torn: self.torn,
        }
    }
}

/// A file that had references and has none at all is one that another program has just opened to write it.
fn emptied(known: &Kept, read: Option<&Bibliography>) -> bool {
    !known.bibliography.entries.is_empty() && read.is_some_and(|read| read.entries.is_empty())
}

/// The bytes of a file; `None` when it has more, or is no file.
fn read_within(path: &Path, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    if !std::fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

fn read(path: &Path) -> Option<Bibliography> {
    let bytes = read_within(path, MAX_BYTES).ok()??;
    // Old files are in the encoding of their time.
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => error.into_bytes().iter().map(|byte| char::from(*byte)).collect(),
    };
    Some(Bibliography::read(&text))
}

fn unreadable() -> Bibliography {
    let mut nothing = Bibliography::default();
    nothing.problem(1, None, ProblemKind::Unreadable);
    nothing
}
