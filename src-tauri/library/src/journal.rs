//! The journal: everything said about articles, append-only, one JSON record a line.
//!
//! Each device writes only its own file, `<device>.jsonl`, in the journal's folder, so that
//! desks that swap files by any means never conflict on it. What holds is the fold of all
//! records in the order of (time, device, sequence): for each field of each article the last
//! record wins, whatever the order in which files and records arrive.
//!
//! A record is one object: `v` (format version), `id` (UUID version 7), `time` (RFC 3339 in
//! UTC with milliseconds), `device`, `seq` (counts the device's records up), `kind`, `article`,
//! and the fields of its kind. Kinds and fields that this version doesn't know stay in the
//! file, which is never rewritten. When a write is cut short, its bytes stay where they are:
//! the next record starts on a new line, and the torn one is a [`JournalFinding`].
//!
//! | kind | fields | says |
//! |---|---|---|
//! | `identify`, `moved` | `path`, `hash`? | where the article's file lies, with which content |
//! | `read`, `star` | `read`, `star` | it was read, it has a star |
//! | `progress`, `opened` | `at`, `block`? | how far it was read; it was opened |
//! | `place` | `place`: `inbox`, `later`, `library`, `archive` | where it lies in the reader's hands |
//! | `tag` | `tag`, `on` | a tag of the reader's own; for each tag the last record wins |
//! | `highlight` | `highlight` (UUID), `quote`?, `prefix`?, `suffix`?, `start`?, `end`?, `colour`?, `note`?, `tags`?, `made`? | a passage was marked, or its mark changed; an empty quote with a note is about the whole article |
//! | `highlight-removed` | `highlight` | the mark was taken away, until a later `highlight` |
//! | `collection` | `collection` (UUID), `name`?, `on`?, `order`? | a list, or the `article`'s part in it |
//! | `feed`, `feed-rule` | `subject` (UUID), `on`?, and any fields | what a desk says of a feed, or of a rule for feeds; each field by itself is what was said last |
//! | `search` | `subject` (UUID), `name`?, `query`?, `order`?, `on`? | a search that was saved; each field by itself, as above |
//! | `goal` | `subject` (UUID, of the article's identity), `of` (that identity), `length`?, `unit`?, `due`?, `on`? | how long an article is to be, in `words` or `signs`, until which day |
//! | `pin` | `slot`?, `order`? | it stands above the others of a part of the front page; without `slot`, no longer |
//! | `source` | `url`?, `fingerprint`?, `hash`?, `from`?, `capture`? | where the article was taken from; `hash` is blake3 of the file as it was then written |
//!
//! When someone's clock runs ahead, what is said afterwards about the same field must still
//! win: such a record is dated one millisecond after the one it replaces.

mod collection;
mod file;
mod highlight;
mod key;
mod pin;
mod record;
mod sources;
mod stamp;
mod state;
mod subject;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

pub use collection::{Collection, between, fill, spread};
pub(crate) use collection::{is_name, is_place};
pub use highlight::{Colour, Highlight};
pub use pin::Pin;
pub use record::{JournalEntry, Record, VERSION};
pub use sources::Sources;
pub use state::{ArticleState, Identity, Place, ReadingProgress};
pub use subject::{Subject, SubjectKind};

use crate::error::{At, Error, ErrorKind, Result};
use crate::identity::ArticleId;
use file::{Follow, FollowedFile};
pub(crate) use file::{for_each_record, sync_folder};
use state::JournalState;

/// Tells the time; passed in so that tests can.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Makes the identity of a record written at a time; UUID version 7 outside tests.
pub type NewId = Arc<dyn Fn(Timestamp) -> Uuid + Send + Sync>;

/// An open journal: the state that its records add up to, and the file of this device.
pub struct Journal {
    write_folder: PathBuf,
    read_folders: Vec<PathBuf>,
    device: String,
    now: Now,
    new_id: NewId,
    state: JournalState,
    files: Vec<FollowedFile>,
    own: Option<File>,
    unsynced: bool,
    /// What was folded in beside a refresh, and is told by the next one.
    untold: JournalChanges,
}

/// What holds otherwise since the last refresh.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalChanges {
    /// The articles, in no particular order but without repetition.
    pub articles: BTreeSet<ArticleId>,
    /// The kinds of the records that say so, of subjects and lists too.
    pub kinds: BTreeSet<&'static str>,
    /// A file had shrunk or been replaced, so everything was folded anew: anything may differ.
    pub everything: bool,
}

/// Something in a journal file that was passed over. The bytes stay where they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalFinding {
    /// The journal file.
    pub file: PathBuf,
    /// The line, from 1; 0 for the file itself.
    pub line: u64,
    /// What it is.
    pub kind: JournalFindingKind,
}

/// What is odd in a journal file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JournalFindingKind {
    /// The line is no record: cut short by a kill or a power cut, or written by something else.
    NotARecord,
    /// The last line has no end yet.
    TornTail,
    /// A newer version of Edito wrote the record: what this one understands of it holds.
    NewerVersion,
    /// The record is of a kind that this version doesn't know.
    UnknownKind,
    /// A record of a known kind lacks a field that it needs, or has it in another shape.
    Incomplete,
    /// The line is longer than 1 MiB.
    TooLong,
    /// The file can't be read.
    Unreadable,
}

/// How soon a record must survive a power cut. It survives a kill in both cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// When the call returns (one fdatasync).
    Now,
    /// At the next [`Journal::sync`], the next [`Durability::Now`], or when the journal is dropped.
    Soon,
}

impl JournalChanges {
    /// Whether something else holds, or may hold, of what records of one of these kinds say.
    pub fn concern(&self, kinds: &[&str]) -> bool {
        self.everything || kinds.iter().any(|kind| self.kinds.contains(kind))
    }

    fn unite(&mut self, others: JournalChanges) {
        self.articles.extend(others.articles);
        self.kinds.extend(others.kinds);
        self.everything |= others.everything;
    }
}

impl Journal {
    /// Opens the journal in `folder` and folds what all devices wrote there. The folder and
    /// this device's file are made when the first record is written.
    ///
    /// # Errors
    /// [`ErrorKind::BadName`] for a device that can't name a file. Files that can't be read are
    /// findings, not errors.
    pub fn open(folder: &Path, device: &str, now: Now, new_id: NewId) -> Result<Self> {
        Self::open_also_reading(folder, &[], device, now, new_id)
    }

    /// As [`Journal::open`], folding the records of `others` too: a library that can't be
    /// written keeps its records in the data folder, and those in the library still count.
    ///
    /// # Errors
    /// As [`Journal::open`].
    pub fn open_also_reading(folder: &Path, others: &[PathBuf], device: &str, now: Now, new_id: NewId) -> Result<Self> {
        let sound = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
        if device.is_empty() || device.len() > 100 || !device.chars().all(sound) {
            return Err(Error::new(
                ErrorKind::BadName,
                format!("\"{device}\" can't name a device"),
            ));
        }
        let mut journal = Self {
            write_folder: folder.to_owned(),
            read_folders: others.to_vec(),
            device: device.to_owned(),
            now,
            new_id,
            state: JournalState::default(),
            files: Vec::new(),
            own: None,
            unsynced: false,
            untold: JournalChanges::default(),
        };
        journal.refresh()?;
        Ok(journal)
    }

    /// The device whose records this journal writes.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// What holds for an article; the default when nothing was ever said of it.
    pub fn article(&self, article: &ArticleId) -> ArticleState {
        self.state.article(article)
    }

    /// All articles of which something was said, with what holds, in no particular order.
    pub fn articles(&self) -> impl Iterator<Item = (ArticleId, ArticleState)> + '_ {
        self.state.articles()
    }

    /// Where an article was last recorded to be, with which content.
    pub fn identity(&self, article: &ArticleId) -> Option<Identity> {
        self.state.identity(article)
    }

    /// The article recorded at a path within the library (`/` between folders). When several
    /// were, the one recorded last.
    pub fn article_at(&self, path: &str) -> Option<ArticleId> {
        self.state.article_at(path)
    }

    /// The articles last recorded with this content, with their paths, in a stable order.
    /// `hash` is blake3 in hexadecimal.
    pub fn articles_with_content(&self, hash: &str) -> Vec<(ArticleId, String)> {
        self.state.articles_with_content(hash)
    }

    /// The passages marked in an article, in the order in which they were made.
    pub fn highlights(&self, article: &ArticleId) -> Vec<Highlight> {
        self.state.highlights(article)
    }

    /// All articles in which passages are marked, in no particular order.
    pub fn all_highlights(&self) -> impl Iterator<Item = (ArticleId, Vec<Highlight>)> + '_ {
        self.state.all_highlights()
    }

    /// How many passages are marked in all articles.
    pub fn count_highlights(&self) -> usize {
        self.state.count_highlights()
    }

    /// Whether a passage was ever marked, also when the mark was taken away since.
    pub fn knows_highlight(&self, article: &ArticleId, highlight: Uuid) -> bool {
        self.state.knows_highlight(article, highlight)
    }

    /// Whether the reader ever gave the article this tag, also when it was taken away since.
    pub fn knows_tag(&self, article: &ArticleId, tag: &str) -> bool {
        self.state.knows_tag(article, tag)
    }

    /// The lists of articles: those that were put in order first, then by name.
    pub fn collections(&self) -> Vec<Collection> {
        self.state.collections()
    }

    /// One list, unless it was removed.
    pub fn collection(&self, id: Uuid) -> Option<Collection> {
        self.state.collection(id)
    }

    /// The lists that an article is in, in no order of theirs.
    pub fn collections_holding(&self, article: &ArticleId) -> Vec<Uuid> {
        self.state.collections_holding(article)
    }

    /// A number that grows, as long as the journal is open, whenever something else holds of a list.
    pub fn collections_revision(&self) -> u64 {
        self.state.collections_revision()
    }

    /// Whether there is such a list, or was.
    pub fn knows_collection(&self, id: Uuid) -> bool {
        self.state.knows_collection(id)
    }

    /// Whether an article is in a list, or was taken out of it.
    pub fn knows_member(&self, collection: Uuid, article: &ArticleId) -> bool {
        self.state.knows_member(collection, article)
    }

    /// What is spoken of beside articles, in the order of identities.
    pub fn subjects(&self, kind: SubjectKind) -> Vec<Subject> {
        self.state.subjects(kind)
    }

    /// Whether there is, or was, such a subject.
    pub fn knows_subject(&self, kind: SubjectKind, id: Uuid) -> bool {
        self.state.knows_subject(kind, id)
    }

    /// The articles pinned to parts of the front page: by part, then in the desk's order.
    pub fn pins(&self) -> Vec<Pin> {
        self.state.pins()
    }

    /// All recorded places of articles, in no particular order.
    pub fn identities(&self) -> impl Iterator<Item = (ArticleId, Identity)> + '_ {
        self.state.identities()
    }

    /// Records that an article whose file carries no identity lies at `path` with the content
    /// `hash` (blake3, hexadecimal).
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn identify(&mut self, article: &ArticleId, path: &str, hash: &str) -> Result<Record> {
        let entry = JournalEntry::new("identify", Some(article))
            .with("path", path)
            .with("hash", hash);
        self.append(entry, Durability::Now)
    }

    /// Records that an article lies at another path now, with the content `hash`.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn moved(&mut self, article: &ArticleId, path: &str, hash: &str) -> Result<Record> {
        let entry = JournalEntry::new("moved", Some(article))
            .with("path", path)
            .with("hash", hash);
        self.append(entry, Durability::Now)
    }

    /// Marks an article read or unread.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn set_read(&mut self, article: &ArticleId, read: bool) -> Result<Record> {
        let entry = JournalEntry::new("read", Some(article)).with("read", read);
        self.append(entry, Durability::Soon)
    }

    /// Stars an article, or takes its star away.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn set_star(&mut self, article: &ArticleId, star: bool) -> Result<Record> {
        let entry = JournalEntry::new("star", Some(article)).with("star", star);
        self.append(entry, Durability::Soon)
    }

    /// Records how far an article has been read: `at` from 0 to 1, and the block on top of the
    /// page as the page names it.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn set_progress(&mut self, article: &ArticleId, at: f64, block: Option<&str>) -> Result<Record> {
        let at = if at.is_finite() { at.clamp(0.0, 1.0) } else { 0.0 };
        // Four decimals are finer than any screen.
        let rounded = (at * 10_000.0).round() / 10_000.0;
        let mut entry = JournalEntry::new("progress", Some(article)).with("at", rounded);
        if let Some(block) = block {
            entry = entry.with("block", block);
        }
        self.append(entry, Durability::Soon)
    }

    /// Records that an article was opened now.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn opened(&mut self, article: &ArticleId) -> Result<Record> {
        self.append(JournalEntry::new("opened", Some(article)), Durability::Soon)
    }

    /// Writes one record and folds it in.
    ///
    /// # Errors
    /// As [`Journal::append_all`].
    pub fn append(&mut self, entry: JournalEntry, durability: Durability) -> Result<Record> {
        let mut records = self.append_all(vec![entry], durability)?;
        records
            .pop()
            .ok_or_else(|| Error::new(ErrorKind::Invalid, "nothing to write"))
    }

    /// Writes several records with one write, and folds them in.
    ///
    /// # Errors
    /// [`ErrorKind::TooBig`] when one of them is longer than 1 MiB: nothing is written then.
    /// [`ErrorKind::ReadOnly`], [`ErrorKind::DiskFull`] or [`ErrorKind::Io`]: records whose line
    /// was not written whole don't hold. Their bytes stay as a torn line, which the next skips.
    /// When only the fdatasync failed, the records hold here and are in the file, but may not
    /// survive a power cut.
    pub fn append_all(&mut self, entries: Vec<JournalEntry>, durability: Durability) -> Result<Vec<Record>> {
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        let path = self.own_path();
        let mut own = self.open_own(&path)?;
        // Two windows of one device share the file: the lock orders them. Where a file system
        // has no locks, O_APPEND still keeps the lines whole.
        let locked = own.lock().is_ok();
        let written = self.write_records(&mut own, &path, entries);
        if locked {
            // Closing the file would release it too.
            let _ = own.unlock();
        }
        self.own = Some(own);
        let records = written?;
        self.unsynced = true;
        if durability == Durability::Now {
            self.sync()?;
        }
        Ok(records)
    }

    /// Makes every record written so far survive a power cut. Quick when there is nothing to do.
    ///
    /// # Errors
    /// What the system says when it can't; the next call tries again.
    pub fn sync(&mut self) -> Result<()> {
        if self.unsynced
            && let Some(own) = &self.own
        {
            own.sync_data().at(self.own_path())?;
            self.unsynced = false;
        }
        Ok(())
    }

    /// Folds in what other devices and other windows wrote since. Costs one look at each file
    /// when nothing changed, and the new bytes otherwise.
    ///
    /// # Errors
    /// None today; files that can't be read are findings.
    pub fn refresh(&mut self) -> Result<JournalChanges> {
        let mut changes = std::mem::take(&mut self.untold);
        let paths = self.files();
        let gone = |file: &FollowedFile| !paths.contains(&file.path);
        let mut anew = self.files.iter().any(gone);
        if !anew {
            for path in &paths {
                if self.follow(path, &mut changes) == Follow::Replaced {
                    anew = true;
                    break;
                }
            }
        }
        if anew {
            // What a vanished record said can't be taken back from a fold: fold again.
            self.state = self.state.begun_anew();
            self.files.clear();
            changes = JournalChanges {
                everything: true,
                ..JournalChanges::default()
            };
            for path in &paths {
                self.follow(path, &mut changes);
            }
        }
        Ok(changes)
    }

    /// Lets the next refresh tell once more what one told that nobody passes on.
    pub(crate) fn tell_again(&mut self, changes: JournalChanges) {
        self.untold.unite(changes);
    }

    /// What was passed over in the files, at most 1,000 entries of each file.
    pub fn findings(&self) -> Vec<JournalFinding> {
        let mut findings: Vec<JournalFinding> = Vec::new();
        for file in &self.files {
            findings.extend(file.findings.iter().cloned());
            if file.has_torn_tail() {
                findings.push(JournalFinding {
                    file: file.path.clone(),
                    line: file.lines + 1,
                    kind: JournalFindingKind::TornTail,
                });
            }
        }
        findings
    }

    /// How many records were read, those of unknown kinds included.
    pub fn record_count(&self) -> u64 {
        self.files.iter().map(|file| file.records).sum()
    }

    /// Reads every record of the given kinds (of all kinds when there is none), file by file in
    /// no order of time. For what is not kept in memory.
    ///
    /// # Errors
    /// What the system says when a file can't be read.
    pub fn for_each_record(&self, kinds: &[&str], each: &mut dyn FnMut(Record)) -> Result<()> {
        for_each_record(&self.files(), kinds, each)
    }

    fn own_path(&self) -> PathBuf {
        self.write_folder.join(format!("{}.jsonl", self.device))
    }

    /// The files of the journal, in a stable order. Links, pipes and folders are passed over: a library
    /// made by a stranger can hold any.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut paths = Vec::new();
        for folder in std::iter::once(&self.write_folder).chain(&self.read_folders) {
            let Ok(entries) = std::fs::read_dir(folder) else {
                continue;
            };
            for entry in entries.flatten() {
                let path = entry.path();
                let named = path.extension().is_some_and(|extension| extension == "jsonl");
                if named && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                    paths.push(path);
                }
            }
        }
        paths.sort();
        paths.dedup();
        paths
    }

    fn follow(&mut self, path: &Path, changed: &mut JournalChanges) -> Follow {
        let known = self.files.iter().position(|file| file.path == path);
        let mut file = match known {
            Some(index) => self.files.swap_remove(index),
            None => FollowedFile::new(path),
        };
        let outcome = file.catch_up(&mut self.state, changed);
        self.files.push(file);
        outcome
    }

    fn open_own(&mut self, path: &Path) -> Result<File> {
        if let Some(own) = self.own.take() {
            // The file may have been replaced by a sync program or removed by hand.
            if file::is_same_file(&own, path) {
                return Ok(own);
            }
        }
        let existed = match std::fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_file() => true,
            Ok(_) => {
                return Err(Error::new(ErrorKind::Invalid, "it is not a plain file").at(path));
            }
            Err(_) => false,
        };
        std::fs::create_dir_all(&self.write_folder).at(&self.write_folder)?;
        let own = File::options()
            .read(true)
            .append(true)
            .create(true)
            .open(path)
            .at(path)?;
        if !existed {
            file::sync_folder(&self.write_folder);
        }
        Ok(own)
    }

    fn write_records(&mut self, own: &mut File, path: &Path, entries: Vec<JournalEntry>) -> Result<Vec<Record>> {
        // Another window of this device may have written since: its numbers come first.
        let mut others = JournalChanges::default();
        if self.follow(path, &mut others) == Follow::Replaced {
            others = self.refresh()?;
        }
        self.untold.unite(others);
        let first = self.state.last_seq(&self.device).saturating_add(1);
        let now = (self.now)();
        let mut records = Vec::with_capacity(entries.len());
        let mut lines = Vec::new();
        if !file::ends_with_line(own).at(path)? {
            lines.push(b'\n');
        }
        for (seq, entry) in (first..).zip(entries) {
            let time = self.state.time_for(&entry, now);
            let record = Record {
                v: VERSION,
                id: (self.new_id)(time),
                time,
                device: self.device.clone(),
                seq,
                kind: entry.kind,
                article: entry.article,
                fields: entry.fields,
            };
            let start = lines.len();
            serde_json::to_writer(&mut lines, &record)
                .map_err(|error| Error::new(ErrorKind::Invalid, error.to_string()).at(path))?;
            if lines.len() - start > file::MAX_LINE {
                return Err(Error::new(ErrorKind::TooBig, "a record holds at most 1 MiB").at(path));
            }
            lines.push(b'\n');
            records.push(record);
        }
        let written = own.write_all(&lines).at(path);
        // Reading back what is in the file folds exactly what a later start would.
        self.follow(path, &mut JournalChanges::default());
        written?;
        Ok(records)
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        if let Err(error) = self.sync() {
            tracing::warn!(%error, "the journal could not be flushed");
        }
    }
}

impl JournalFindingKind {
    /// One plain English sentence about it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NotARecord => "The line is not a record; it is kept and passed over.",
            Self::TornTail => "The last line was cut short; it is kept and passed over.",
            Self::NewerVersion => "A newer version of Edito wrote the record.",
            Self::UnknownKind => "The record is of a kind that this version doesn't know.",
            Self::Incomplete => "The record lacks a field that its kind needs.",
            Self::TooLong => "The line is longer than 1 MiB; it is kept and passed over.",
            Self::Unreadable => "The file can't be read.",
        }
    }
}

/// Fields of a record, by name.
type Fields = Map<String, Value>;

#[cfg(test)]
mod tests;
