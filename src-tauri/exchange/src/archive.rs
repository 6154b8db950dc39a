//! Zip archives made by strangers, read without trusting what they say of themselves.
//!
//! A member is listed only when its name stays inside the archive, when it is a plain file, when no
//! other member goes by its name, and when the two headers that a zip file has for it agree; what
//! is kept out is told in [`Archive::refused`]. Bytes are counted as they come out of the
//! decompressor, over the whole archive, so that no declared size can talk a reader into more.
//!
//! Nothing is ever written under a member's name: names are keys.

mod headers;
mod names;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Seek};

use zip::CompressionMethod;
use zip::read::{OwnedZipFileEntry, ZipReadOptions};
use zip::result::ZipError;

/// How many bytes all reads of one archive may give together: 512 MB.
pub const LIMIT: u64 = 512 * 1024 * 1024;

/// How many members an archive may list.
const MOST_MEMBERS: usize = 200_000;

/// A zip archive that is open for reading.
#[derive(Debug)]
pub struct Archive<R> {
    reader: R,
    members: Vec<Member>,
    entries: Vec<OwnedZipFileEntry>,
    by_name: HashMap<String, usize>,
    refused: Vec<Refused>,
    left: u64,
}

/// A member that may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its path inside the archive, with `/` between folders.
    pub name: String,
    /// How many bytes it says it holds. A reading that meets another number fails.
    pub size: u64,
}

/// A member that is kept out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its name, as the archive has it.
    pub name: String,
    /// Why.
    pub reason: Refusal,
}

/// Why a member is kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Its name leads out of the archive, or is none.
    Outside,
    /// It is a symbolic link, a device or the like.
    NotAFile,
    /// Its path leads through a member that is a symbolic link.
    ThroughLink,
    /// Another member has the same name.
    Duplicate,
    /// It is encrypted.
    Encrypted,
    /// Its two headers contradict each other, or its bytes are another member's as well.
    Mismatched,
}

/// Why an archive, or a member of it, can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Not a zip archive, or cut short.
    #[error("not a whole zip archive: {0}")]
    Damaged(String),
    /// More members than an honest archive of articles has.
    #[error("{0} members are too many")]
    TooMany(usize),
    /// No member of that name may be read.
    #[error("no member `{0}`")]
    Missing(String),
    /// The archive has given as many bytes as it may.
    #[error("the archive holds more than {0} bytes")]
    TooLarge(u64),
    /// The member's bytes are not what its headers say.
    #[error("`{0}` is not what its header says")]
    Mismatched(String),
    /// The member is packed in a way that is not read here; `deflate` and `stored` are.
    #[error("`{0}` is packed in an unknown way")]
    Unpackable(String),
    /// The archive's own file can't be read.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive and lists its members. Nothing is unpacked yet.
    pub fn open(reader: R) -> Result<Archive<R>, ArchiveError> {
        Archive::open_within(reader, LIMIT)
    }

    /// Opens an archive that may give at most `limit` bytes.
    pub fn open_within(mut reader: R, limit: u64) -> Result<Archive<R>, ArchiveError> {
        let zip = zip::ZipArchive::new(&mut reader).map_err(damaged)?;
        if zip.len() > MOST_MEMBERS {
            return Err(ArchiveError::TooMany(zip.len()));
        }
        let repeated = zip.has_duplicate_names();
        let directory = zip.central_directory_start();
        let entries = (0..zip.len())
            .map(|index| zip.by_index_data(index).map(OwnedZipFileEntry::from).map_err(damaged))
            .collect::<Result<Vec<_>, _>>()?;
        drop(zip);
        let truths = headers::check(&entries, &mut reader)?;
        // The library keeps one entry for a name; what it dropped is found in the directory itself.
        let dropped = if repeated {
            headers::dropped(&entries, directory, &mut reader)?
        } else {
            Vec::new()
        };
        let judged = judge(&entries, &truths, &dropped)?;
        let mut archive = Archive {
            reader,
            members: Vec::new(),
            entries: Vec::new(),
            by_name: HashMap::new(),
            refused: Vec::new(),
            left: limit,
        };
        for (entry, verdict) in entries.into_iter().zip(judged) {
            match verdict {
                Verdict::Folder => {}
                Verdict::Refused(name, reason) => archive.refused.push(Refused { name, reason }),
                Verdict::File(name) => {
                    archive.by_name.insert(name.clone(), archive.members.len());
                    let size = entry.size();
                    archive.members.push(Member { name, size });
                    archive.entries.push(entry);
                }
            }
        }
        Ok(archive)
    }

    /// The members that may be read, in the archive's order.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The members that are kept out.
    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// Whether a member of that name may be read.
    pub fn contains(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// The bytes of a member. Each reading counts against the archive's limit.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, ArchiveError> {
        self.read_up_to(name, u64::MAX)
    }

    /// The first bytes of a member, at most `most`: enough to tell what it is.
    pub fn peek(&mut self, name: &str, most: u64) -> Result<Vec<u8>, ArchiveError> {
        self.read_up_to(name, most)
    }

    fn read_up_to(&mut self, name: &str, most: u64) -> Result<Vec<u8>, ArchiveError> {
        let missing = || ArchiveError::Missing(name.to_owned());
        let entry = self
            .by_name
            .get(name)
            .and_then(|index| self.entries.get(*index))
            .ok_or_else(missing)?;
        if !matches!(
            entry.compression(),
            CompressionMethod::Stored | CompressionMethod::Deflated
        ) {
            return Err(ArchiveError::Unpackable(name.to_owned()));
        }
        let wanted = entry.size().min(most);
        if wanted > self.left {
            return Err(ArchiveError::TooLarge(self.left));
        }
        let of_member = |error| of_member(error, name);
        let mut file = entry
            .as_ref()
            .with_reader(&mut self.reader, ZipReadOptions::new())
            .map_err(of_member)?;
        let mut bytes = Vec::new();
        // One byte more than was declared tells a lie from the truth, and makes the end be seen, where the
        // checksum is compared.
        let asked = if wanted < entry.size() {
            wanted
        } else {
            wanted.saturating_add(1)
        };
        let read = (&mut file).take(asked).read_to_end(&mut bytes);
        self.left = self.left.saturating_sub(bytes.len() as u64);
        read.map_err(|_| ArchiveError::Mismatched(name.to_owned()))?;
        if bytes.len() as u64 != wanted {
            return Err(ArchiveError::Mismatched(name.to_owned()));
        }
        Ok(bytes)
    }
}

impl Refusal {
    /// The kind of a line in a receipt.
    pub fn kind(self) -> &'static str {
        match self {
            Refusal::Outside => "archive-outside",
            Refusal::NotAFile => "archive-not-a-file",
            Refusal::ThroughLink => "archive-through-link",
            Refusal::Duplicate => "archive-duplicate",
            Refusal::Encrypted => "archive-encrypted",
            Refusal::Mismatched => "archive-mismatched",
        }
    }
}

impl ArchiveError {
    /// The kind of a line in a receipt.
    pub fn kind(&self) -> &'static str {
        match self {
            ArchiveError::Damaged(_) => "archive-damaged",
            ArchiveError::TooMany(_) => "archive-too-many",
            ArchiveError::Missing(_) => "archive-missing",
            ArchiveError::TooLarge(_) => "archive-too-large",
            ArchiveError::Mismatched(_) => "archive-mismatched",
            ArchiveError::Unpackable(_) => "archive-unpackable",
            ArchiveError::Io(_) => "archive-unreadable",
        }
    }
}

enum Verdict {
    Folder,
    File(String),
    Refused(String, Refusal),
}

/// What becomes of each entry. A rule that concerns several members keeps all of them out: which one was meant
/// is not for Edito to guess.
fn judge(
    entries: &[OwnedZipFileEntry],
    truths: &[headers::Truth],
    dropped: &[String],
) -> Result<Vec<Verdict>, ArchiveError> {
    let mut verdicts: Vec<Verdict> = entries
        .iter()
        .zip(truths)
        .map(|(entry, truth)| alone(entry, *truth))
        .collect();
    let mut seen = HashMap::new();
    for verdict in &verdicts {
        if let Verdict::File(name) = verdict {
            *seen.entry(name.clone()).or_insert(0) += 1;
        }
    }
    for name in dropped {
        let twin = names::inside(name).and_then(|name| seen.get_mut(&name));
        match twin {
            Some(times) => *times += 1,
            // Its name became another's by an extra field: whose, can't be told.
            None if !entries.iter().any(|entry| names::decoded(entry) == *name) => {
                return Err(ArchiveError::Damaged(format!("`{name}` also goes by another name")));
            }
            None => {}
        }
    }
    let links: HashSet<String> = entries
        .iter()
        .filter(|entry| special(entry))
        .filter_map(|entry| names::inside(&names::decoded(entry)))
        .collect();
    for verdict in &mut verdicts {
        let Verdict::File(name) = verdict else { continue };
        let through_link = name
            .match_indices('/')
            .any(|(end, _)| name.get(..end).is_some_and(|folder| links.contains(folder)));
        let reason = if through_link {
            Refusal::ThroughLink
        } else if links.contains(name) || seen.get(name).is_some_and(|times| *times > 1) {
            Refusal::Duplicate
        } else {
            continue;
        };
        *verdict = Verdict::Refused(std::mem::take(name), reason);
    }
    Ok(verdicts)
}

fn alone(entry: &OwnedZipFileEntry, truth: headers::Truth) -> Verdict {
    let raw = names::decoded(entry);
    let Some(name) = names::inside(&raw) else {
        return Verdict::Refused(raw, Refusal::Outside);
    };
    if special(entry) {
        return Verdict::Refused(raw, Refusal::NotAFile);
    }
    if entry.encrypted() {
        return Verdict::Refused(raw, Refusal::Encrypted);
    }
    if truth == headers::Truth::Mismatched {
        return Verdict::Refused(raw, Refusal::Mismatched);
    }
    if raw.ends_with(['/', '\\']) {
        return Verdict::Folder;
    }
    Verdict::File(name)
}

/// Whether an entry is neither file nor folder, by the file type that Unix keeps in the upper bits of a mode.
fn special(entry: &OwnedZipFileEntry) -> bool {
    const TYPE: u32 = 0o170_000;
    const FILE: u32 = 0o100_000;
    const FOLDER: u32 = 0o040_000;
    entry
        .unix_mode()
        .is_some_and(|mode| !matches!(mode & TYPE, 0 | FILE | FOLDER))
}

fn damaged(error: ZipError) -> ArchiveError {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => ArchiveError::Io(error),
        error => ArchiveError::Damaged(error.to_string()),
    }
}

fn of_member(error: ZipError, name: &str) -> ArchiveError {
    match error {
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            ArchiveError::Unpackable(name.to_owned())
        }
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => ArchiveError::Io(error),
        _ => ArchiveError::Mismatched(name.to_owned()),
    }
}
