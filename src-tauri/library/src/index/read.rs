//! Reading changed files: several at a time, each only once it has settled.

use super::facts::{self, Facts, LARGEST_FILE, Settings};
use super::rows::Known;
use super::text::Fields;
use crate::walk::{Stamp, stamp, threads};
use std::fs;
use std::io::ErrorKind as IoErrorKind;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

/// A file to be read.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    pub(crate) path: String,
    pub(crate) stamp: Stamp,
    /// What the index last knew of it.
    pub(crate) known: Option<Known>,
    /// Whether its words must be written even when its bytes are the same.
    pub(crate) force: bool,
}

/// A file that has been read.
pub(crate) struct Read {
    pub(crate) path: String,
    pub(crate) stamp: Stamp,
    pub(crate) outcome: Outcome,
}

/// What reading a file gave.
pub(crate) enum Outcome {
    /// Another content, with its blake3 in hexadecimal.
    Article(String, Box<Facts>),
    /// The same bytes under another stamp.
    Same,
    /// It can't be read; it is listed all the same.
    Unreadable(Box<Facts>, String),
    /// It is gone.
    Gone,
}

/// Reads files on several threads and hands each over to `take`, on this thread and in no
/// order. `take` answers whether to go on.
pub(crate) fn read_all<E>(
    root: &Path,
    changed: &[Changed],
    settings: &Settings,
    fields: &Fields,
    mut take: impl FnMut(Read) -> Result<bool, E>,
) -> Result<(), E> {
    if changed.len() < FEW {
        for file in changed {
            if !take(read(root, file, settings, fields))? {
                break;
            }
        }
        return Ok(());
    }
    let next = AtomicUsize::new(0);
    let stopped = AtomicBool::new(false);
    std::thread::scope(|scope| {
        // Bounded: articles that wait for their turn must not fill the memory.
        let (send, receive) = sync_channel::<Read>(256);
        for _ in 0..threads() {
            let (send, next, stopped) = (send.clone(), &next, &stopped);
            scope.spawn(move || {
                while !stopped.load(Ordering::Relaxed) {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(file) = changed.get(place) else { return };
                    if send.send(read(root, file, settings, fields)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let result = take_all(&receive, &mut take);
        stopped.store(true, Ordering::Relaxed);
        drop(receive);
        result
    })
}

fn take_all<E>(receive: &Receiver<Read>, take: &mut impl FnMut(Read) -> Result<bool, E>) -> Result<(), E> {
    for read in receive {
        if !take(read)? {
            break;
        }
    }
    Ok(())
}

fn read(root: &Path, file: &Changed, settings: &Settings, fields: &Fields) -> Read {
    let absolute = root.join(&file.path);
    let (stamp, bytes) = match settled(&absolute, file) {
        Ok(settled) => settled,
        Err(error) => {
            let outcome = if error.kind() == IoErrorKind::NotFound {
                Outcome::Gone
            } else {
                let facts = facts::without_text(&file.path, "unreadable", settings, fields);
                Outcome::Unreadable(Box::new(facts), error.to_string())
            };
            return Read {
                path: file.path.clone(),
                stamp: file.stamp,
                outcome,
            };
        }
    };
    let Some(bytes) = bytes else {
        let facts = facts::without_text(&file.path, "too-big", settings, fields);
        let outcome = Outcome::Unreadable(Box::new(facts), "it is larger than 64 MiB".into());
        return Read {
            path: file.path.clone(),
            stamp,
            outcome,
        };
    };
    let hash = blake3::hash(&bytes).to_hex().to_string();
    let outcome = match &file.known {
        // An article without a date goes by the time of its file.
        Some(known) if known.hash == hash && !file.force && (known.dated || known.stamp == stamp) => Outcome::Same,
        _ => Outcome::Article(hash, Box::new(facts::facts(&file.path, &bytes, settings, fields))),
    };
    Read {
        path: file.path.clone(),
        stamp,
        outcome,
    }
}

/// The bytes of a file, and the stamp that they have, once two looks agree. A program that
/// writes in two steps leaves the file empty for a moment: that state is not taken in.
fn settled(path: &Path, file: &Changed) -> std::io::Result<(Stamp, Option<Vec<u8>>)> {
    let had_text = file.known.as_ref().is_some_and(|known| known.stamp.size > 0);
    let mut before = Stamp::of(&fs::metadata(path)?);
    let mut empty = 0;
    for _ in 0..MOST_LOOKS {
        if before.size > LARGEST_FILE {
            return Ok((before, None));
        }
        let bytes = fs::read(path)?;
        let after = Stamp::of(&fs::metadata(path)?);
        let same = before == after && bytes.len() as u64 == after.size;
        if same && (!bytes.is_empty() || !had_text || empty >= EMPTY_LOOKS) {
            return Ok((after, Some(bytes)));
        }
        if bytes.is_empty() {
            empty += 1;
        }
        std::thread::sleep(LOOK_AGAIN);
        before = after;
    }
    // It is being written all the time; the watch tells when that ends.
    let bytes = fs::read(path)?;
    Ok((stamp(path).unwrap_or(before), Some(bytes)))
}

/// Fewer files than this are read on the calling thread.
const FEW: usize = 8;
const LOOK_AGAIN: Duration = Duration::from_millis(25);
/// Empty for 100 ms: meant to be empty.
const EMPTY_LOOKS: usize = 4;
const MOST_LOOKS: usize = 40;
