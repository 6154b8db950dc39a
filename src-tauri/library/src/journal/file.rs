//! One journal file: read from where it was left, line by line.

use std::collections::BTreeSet;
use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use memchr::memmem::Finder;

use super::record::Record;
use super::state::{Applied, JournalState};
use super::{JournalChanges, JournalFinding, JournalFindingKind};
use crate::error::{At, Result};

/// Longer lines are no records.
pub(super) const MAX_LINE: usize = 1024 * 1024;

/// A piece of a journal file.
pub(super) enum Line<'a> {
    /// A line, without its end.
    Whole(&'a [u8]),
    /// The last line, which has no end yet.
    Tail(&'a [u8]),
    /// A line beyond [`MAX_LINE`].
    TooLong,
}

/// What came of looking at a file again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follow {
    /// It is what it was, with or without more at its end.
    Continues,
    /// What was read before is no longer there.
    Replaced,
}

/// A journal file and how far it was read.
#[derive(Debug)]
pub(super) struct FollowedFile {
    pub path: PathBuf,
    /// Lines read.
    pub lines: u64,
    /// Records read, those of unknown kinds included.
    pub records: u64,
    pub findings: Vec<JournalFinding>,
    offset: u64,
    seen: Option<(u64, Option<SystemTime>)>,
    /// The last bytes before `offset`: they tell whether it is still the same file.
    before: Vec<u8>,
    /// The last record read had no line end yet.
    open_end: bool,
    noted: BTreeSet<String>,
}

impl FollowedFile {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            lines: 0,
            records: 0,
            findings: Vec::new(),
            offset: 0,
            seen: None,
            before: Vec::new(),
            open_end: false,
            noted: BTreeSet::new(),
        }
    }

    /// Whether there are bytes after the last line or record.
    pub(super) fn has_torn_tail(&self) -> bool {
        self.seen.is_some_and(|(length, _)| length > self.offset)
    }

    /// Reads on, folding what is new.
    pub(super) fn catch_up(&mut self, state: &mut JournalState, changed: &mut JournalChanges) -> Follow {
        match self.try_catch_up(state, changed) {
            Ok(follow) => follow,
            Err(error) => {
                // Not there yet, or gone: nothing to say of it.
                if error.kind() != io::ErrorKind::NotFound {
                    tracing::warn!(path = %self.path.display(), %error, "a journal file can't be read");
                    self.note_once("", 0, JournalFindingKind::Unreadable);
                }
                Follow::Continues
            }
        }
    }

    fn try_catch_up(&mut self, state: &mut JournalState, changed: &mut JournalChanges) -> io::Result<Follow> {
        let metadata = std::fs::metadata(&self.path)?;
        let now = (metadata.len(), metadata.modified().ok());
        if self.seen == Some(now) {
            return Ok(Follow::Continues);
        }
        if metadata.len() < self.offset || !self.still_the_same()? {
            return Ok(Follow::Replaced);
        }
        let device = self
            .path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        let path = self.path.clone();
        let mut replaced = false;
        let mut tail_read = 0;
        let mut last = std::mem::take(&mut self.before);
        let end = read_lines(&path, self.offset, &mut |line| match line {
            Line::Whole(bytes) => {
                keep_last(&mut last, bytes);
                keep_last(&mut last, b"\n");
                if self.open_end {
                    self.open_end = false;
                    replaced |= !bytes.is_empty();
                    return;
                }
                self.lines += 1;
                self.fold(bytes, &device, state, changed);
            }
            Line::TooLong => {
                last.clear();
                self.lines += 1;
                self.note(self.lines, JournalFindingKind::TooLong);
            }
            Line::Tail(bytes) => {
                if self.open_end {
                    replaced = true;
                } else if serde_json::from_slice::<super::record::Envelope>(bytes).is_ok() {
                    // Whole but for its end, which the next record brings.
                    keep_last(&mut last, bytes);
                    self.lines += 1;
                    self.fold(bytes, &device, state, changed);
                    self.open_end = true;
                    tail_read = bytes.len() as u64;
                }
            }
        })?;
        self.before = last;
        self.offset = end + tail_read;
        self.seen = Some(now);
        Ok(if replaced { Follow::Replaced } else { Follow::Continues })
    }

    fn fold(&mut self, line: &[u8], device: &str, state: &mut JournalState, changed: &mut JournalChanges) {
        if line.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        self.records += 1;
        match state.apply(line, device, changed) {
            Applied::Yes => {}
            Applied::Newer => {
                self.note_once("newer", self.lines, JournalFindingKind::NewerVersion);
            }
            Applied::Unknown(kind) => {
                self.note_once(&kind, self.lines, JournalFindingKind::UnknownKind);
            }
            Applied::Incomplete => self.note(self.lines, JournalFindingKind::Incomplete),
            Applied::No => {
                self.records -= 1;
                self.note(self.lines, JournalFindingKind::NotARecord);
            }
        }
    }

    fn note(&mut self, line: u64, kind: JournalFindingKind) {
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(JournalFinding {
                file: self.path.clone(),
                line,
                kind,
            });
        }
    }

    /// A newer desk can write 100,000 records of a kind: one finding says it.
    fn note_once(&mut self, about: &str, line: u64, kind: JournalFindingKind) {
        if self.noted.len() < MAX_FINDINGS && self.noted.insert(format!("{kind:?} {about}")) {
            self.note(line, kind);
        }
    }

    fn still_the_same(&self) -> io::Result<bool> {
        if self.before.is_empty() {
            return Ok(true);
        }
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.offset.saturating_sub(self.before.len() as u64)))?;
        let mut now = vec![0; self.before.len()];
        file.read_exact(&mut now)?;
        Ok(now == self.before)
    }
}

/// Reads the lines of a file from `offset`; answers where the last line end is.
pub(super) fn read_lines(path: &Path, offset: u64, each: &mut dyn FnMut(Line<'_>)) -> io::Result<u64> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(offset))?;
    let mut reader = BufReader::with_capacity(64 * 1024, file);
    let mut line = Vec::new();
    let mut length = 0u64;
    let mut end = offset;
    loop {
        let chunk = match reader.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if chunk.is_empty() {
            break;
        }
        let line_end = chunk.iter().position(|byte| *byte == b'\n');
        let taken = chunk.get(..line_end.unwrap_or(chunk.len())).unwrap_or_default();
        length += taken.len() as u64;
        if length <= MAX_LINE as u64 {
            line.extend_from_slice(taken);
        } else {
            line.clear();
        }
        let used = taken.len() + usize::from(line_end.is_some());
        if line_end.is_some() {
            each(if length <= MAX_LINE as u64 {
                Line::Whole(&line)
            } else {
                Line::TooLong
            });
            end += length + 1;
            length = 0;
            line.clear();
        }
        reader.consume(used);
    }
    if length > 0 && length <= MAX_LINE as u64 {
        each(Line::Tail(&line));
    }
    Ok(end)
}

/// Reads every record of the given kinds (of all kinds when there is none), file by file in no order of time.
///
/// # Errors
/// What the system says when a file can't be read.
pub(crate) fn for_each_record(files: &[PathBuf], kinds: &[&str], each: &mut dyn FnMut(Record)) -> Result<()> {
    // Most lines are of other kinds, and looking for a word costs far less than reading a record.
    let words: Vec<String> = kinds.iter().map(|kind| format!("\"{kind}\"")).collect();
    let words: Vec<Finder<'_>> = words.iter().map(|word| Finder::new(word.as_bytes())).collect();
    for path in files {
        read_lines(path, 0, &mut |line| {
            if let Line::Whole(bytes) | Line::Tail(bytes) = line
                && (words.is_empty() || words.iter().any(|word| word.find(bytes).is_some()))
                && let Ok(record) = serde_json::from_slice::<Record>(bytes)
                && (kinds.is_empty() || kinds.contains(&record.kind.as_str()))
            {
                each(record);
            }
        })
        .at(path)?;
    }
    Ok(())
}

/// Whether the next record starts on a line of its own.
pub(super) fn ends_with_line(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// Whether the open file is still the one at `path`.
pub(super) fn is_same_file(file: &File, path: &Path) -> bool {
    match (file.metadata(), std::fs::symlink_metadata(path)) {
        (Ok(open), Ok(there)) => same(&open, &there),
        _ => false,
    }
}

/// Makes the name of a new file survive a power cut, where the system can.
pub(crate) fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// More findings than that tell nobody anything.
const MAX_FINDINGS: usize = 1000;

/// How many bytes tell a file from another: more than the identity and time of a record.
const KEPT: usize = 160;

fn keep_last(last: &mut Vec<u8>, bytes: &[u8]) {
    last.extend_from_slice(bytes.get(bytes.len().saturating_sub(KEPT)..).unwrap_or_default());
    let surplus = last.len().saturating_sub(KEPT);
    last.drain(..surplus);
}

#[cfg(unix)]
fn same(open: &Metadata, there: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    open.dev() == there.dev() && open.ino() == there.ino()
}

#[cfg(not(unix))]
fn same(open: &Metadata, there: &Metadata) -> bool {
    there.is_file() && open.created().ok() == there.created().ok()
}
