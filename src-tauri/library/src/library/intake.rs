//! Taking pieces in from elsewhere.
//!
//! An [`Intake`] is one import: it knows where the library's articles came from, so that a piece
//! that is there already only brings what is new about it, and a run that was interrupted goes on
//! without doubles. New articles are written some at a time ([`batch`]): the images first, then what
//! they were read from, then the texts, and the journal last: whatever stops it between two of them
//! leaves articles whole, which the next run takes up.

mod batch;
mod images;
mod passages;
mod piece;
mod text;

use super::Library;
use super::collections::entry as of_collection;
use super::highlights::{NewHighlight, entry as of_highlight};
use crate::article::{LibraryChanges, Reconcile};
use crate::disk::ContentHash;
use crate::error::{At, Error, ErrorKind, Result};
use crate::history::SnapshotKind;
use crate::identity::ArticleId;
use crate::index::facts::name_key;
use crate::index::lists::Affects;
use crate::index::{lock, rows};
use crate::journal::{Durability, JournalEntry, Sources};
use crate::names::{collision_key, create_under_free_name, file_name, free_name};
use crate::walk::within;
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

use batch::{Batch, Prepared, is_name_of};

pub use batch::Lost;
pub use images::with_links;
pub use passages::Refound;
pub use piece::{NewCapture, NewImage, NewPiece};

/// An import under way. [`Library::finish_intake`] ends it. Several may be under way at the same time: each knows what
/// the others have taken in.
#[derive(Debug)]
pub struct Intake {
    /// Its number among those that are under way.
    number: u64,
    underway: Arc<Mutex<Underway>>,
}

/// What the imports that are under way share.
#[derive(Debug, Default)]
pub(super) struct Underway {
    /// How many have begun.
    begun: u64,
    sources: Sources,
    /// Articles in the trash: where they were, and their titles as they are compared.
    trashed: HashMap<ArticleId, (String, String)>,
    /// Names taken in folders, as collision keys.
    names: HashMap<PathBuf, HashSet<String>>,
    /// Articles taken in and not yet in the index: paths, and titles as they are compared.
    pending: HashMap<ArticleId, (String, String)>,
    /// Those of them that are not written yet.
    batch: Batch,
    /// How many of them are written.
    unlisted: usize,
    /// When the index was last told.
    told: Option<Timestamp>,
    /// What could not be written, and of which import it is.
    lost: Vec<(u64, Lost)>,
    /// What an interrupted run left behind, once somebody asked.
    orphans: Option<Vec<(ArticleId, String)>>,
    changes: LibraryChanges,
}

/// What became of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenIn {
    /// The article that it is now.
    pub id: ArticleId,
    /// Its path within the library, when a file was written.
    pub path: Option<String>,
    /// What was done.
    pub outcome: Taken,
    /// Images that came with it and are of no kind that is shown.
    pub images_left: usize,
    /// Marked passages, notes and lists that are longer than the journal can hold.
    pub left_unsaid: usize,
    /// What became of the passages marked in it, when it was captured with another text.
    pub passages: Refound,
}

/// What was done with a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A new article.
    Created,
    /// The article was there; something about it was new.
    Merged,
    /// The article was there with another text, which is a version now.
    Recaptured,
    /// The article was there, and nothing about it was new.
    Skipped,
    /// The article is in the library's trash, and stays there.
    InTrash,
}

impl Intake {
    /// The articles that came into lists and search since this was last asked, of any of those that are under way.
    pub fn listed(&mut self) -> LibraryChanges {
        std::mem::take(&mut lock(&self.underway).changes)
    }

    /// What was taken in and then could not be written, since this was last asked.
    pub fn lost(&mut self) -> Vec<Lost> {
        let mut underway = lock(&self.underway);
        let (own, others) = std::mem::take(&mut underway.lost)
            .into_iter()
            .partition(|(number, _)| *number == self.number);
        underway.lost = others;
        own.into_iter().map(|(_, lost)| lost).collect()
    }

    /// Whether everything that was taken in is written, and what could not be was told by [`Intake::lost`].
    pub fn is_written(&self) -> bool {
        let underway = lock(&self.underway);
        !underway.batch.holds(self.number) && underway.lost.iter().all(|(number, _)| *number != self.number)
    }
}

impl Library {
    /// Begins an import.
    ///
    /// # Errors
    /// `ReadOnly` when the library can't be written; what reading the journal can fail with.
    pub fn begin_intake(&self) -> Result<Intake> {
        self.check_root()?;
        if !self.writable {
            return Err(Error::new(ErrorKind::ReadOnly, "the library can't be written").at(&self.root));
        }
        let trashed = self.trashed()?.into_iter().filter_map(|entry| {
            let known = (entry.path, name_key(&entry.title));
            entry.article.map(|id| (id, known))
        });
        let trashed = trashed.collect();
        let mut shared = lock(&self.underway);
        let underway = match shared.upgrade() {
            Some(underway) => underway,
            None => {
                // Whoever reads or writes meanwhile does not wait for this.
                let files = lock(&self.journal).files();
                let underway = Arc::new(Mutex::new(Underway {
                    sources: Sources::read(&files)?,
                    ..Underway::default()
                }));
                *shared = Arc::downgrade(&underway);
                underway
            }
        };
        let number = {
            let mut underway = lock(&underway);
            underway.trashed = trashed;
            underway.begun += 1;
            underway.begun
        };
        Ok(Intake { number, underway })
    }

    /// Takes one piece in. A new article is written some pieces later, and at the latest when the import ends:
    /// [`Intake::lost`] names those for which that failed. After an error nothing of the piece is left.
    ///
    /// # Errors
    /// `ReadOnly`, `DiskFull`, `Io`, `Vanished`; `Invalid` for a piece of which nothing is known.
    pub fn take_in(&self, piece: &NewPiece, intake: &mut Intake) -> Result<TakenIn> {
        self.check_root()?;
        if piece.is_empty() {
            return Err(Error::new(ErrorKind::Invalid, "there is nothing in it"));
        }
        let fingerprint = piece.fingerprint();
        let underway = &mut *lock(&intake.underway);
        if let Some((id, by_address)) = self.taken_before(underway, piece, &fingerprint)? {
            return self.take_again(piece, id, by_address, &fingerprint, underway);
        }
        if let Some(id) = self.in_trash(underway, piece, &fingerprint) {
            return Ok(taken(id, None, Taken::InTrash));
        }
        self.take_new(piece, &fingerprint, intake.number, underway)
    }

    /// Ends an import: what it wrote is durable, in lists and in search. Answers what [`Intake::listed`] has not yet.
    ///
    /// # Errors
    /// As [`Library::reconcile`], and what flushing the journal can fail with. The articles are there all the same.
    pub fn finish_intake(&self, intake: &mut Intake) -> Result<LibraryChanges> {
        let underway = &mut *lock(&intake.underway);
        // What is written is listed, also when the rest could not be.
        let written = self.commit(underway);
        let durable = lock(&self.journal).sync();
        self.tell_index(underway)?;
        written?;
        durable?;
        underway.changes.total = self.index.total()?;
        Ok(std::mem::take(&mut underway.changes))
    }

    /// The article that a piece is already, and whether its address says so.
    fn taken_before(
        &self,
        intake: &Underway,
        piece: &NewPiece,
        fingerprint: &piece::Fingerprint,
    ) -> Result<Option<(ArticleId, bool)>> {
        let url = piece.key();
        let is_there = |id: &ArticleId| -> Result<bool> {
            let reader = self.index.reader()?;
            Ok(intake.pending.contains_key(id) || rows::known_by_id(reader.rows()?, id.as_str())?.is_some())
        };
        for id in url.map(|url| intake.sources.from_url(url)).unwrap_or_default() {
            if is_there(&id)? {
                return Ok(Some((id, true)));
            }
        }
        let Some(text) = fingerprint.tells_which(piece.address()) else {
            return Ok(None);
        };
        for id in intake.sources.with_fingerprint(text) {
            let known = match intake.pending.get(&id) {
                Some(known) => Some(known.clone()),
                None => self.row(&id)?.map(|row| (row.path, name_key(&row.title))),
            };
            if known.is_some_and(|(path, title)| self.may_be(piece, &path, &title)) {
                return Ok(Some((id, false)));
            }
        }
        Ok(None)
    }

    /// Whether a piece with the words of an article may be that article. Pages that all say the same (please accept our
    /// cookies) differ in their titles, and the same words in two files of a vault are two notes.
    fn may_be(&self, piece: &NewPiece, path: &str, title: &str) -> bool {
        let titled = piece.title.as_deref().is_none_or(|own| name_key(own) == title);
        titled && (piece.file.is_none() || self.path_of_note(piece).as_deref() == Some(path))
    }

    fn path_of_note(&self, piece: &NewPiece) -> Option<String> {
        let path = self.folder_for(piece).join(file_name(&piece.name(), "md"));
        within(&self.root, &path)
    }

    fn in_trash(&self, intake: &Underway, piece: &NewPiece, fingerprint: &piece::Fingerprint) -> Option<ArticleId> {
        let by_url = piece.key().map(|url| intake.sources.from_url(url)).unwrap_or_default();
        if let Some(id) = by_url.into_iter().find(|id| intake.trashed.contains_key(id)) {
            return Some(id);
        }
        let text = fingerprint.tells_which(piece.address())?;
        intake.sources.with_fingerprint(text).into_iter().find(|id| {
            let known = intake.trashed.get(id);
            known.is_some_and(|(path, title)| self.may_be(piece, path, title))
        })
    }

    fn take_new(
        &self,
        piece: &NewPiece,
        fingerprint: &piece::Fingerprint,
        number: u64,
        intake: &mut Underway,
    ) -> Result<TakenIn> {
        let disk = &*self.environment.disk;
        let now = (self.environment.now)();
        let folder = self.folder_for(piece);
        self.make_folder(&folder)?;
        let wanted = file_name(&piece.name(), "md");
        let names = intake.names.entry(folder.clone()).or_insert_with(|| {
            let entries = disk.list(&folder).unwrap_or_default();
            let names = entries.iter().map(|(name, _)| collision_key(&name.to_string_lossy()));
            names.collect()
        });
        if names.contains(&collision_key(&wanted))
            && let Some((id, path)) = self.left_by_an_interrupted_run(piece, &folder, &wanted, intake)?
        {
            let hash = ContentHash::of(&self.read_bytes(&path)?).to_string();
            let (mut entries, left_unsaid) = self.what_is_new(&id, piece)?;
            entries.extend(self.source_entry(&id, piece, fingerprint, Some(&hash), None));
            self.learn(&entries, intake);
            let about = |_: &ArticleId| entries.clone();
            self.say_all(std::slice::from_ref(&id), about, Durability::Soon, Affects::Counts)?;
            return Ok(TakenIn {
                left_unsaid,
                ..taken(id, Some(path), Taken::Created)
            });
        }
        let id = ArticleId((self.environment.new_id)(now).hyphenated().to_string());
        let (images, body, images_left) = self.prepare_images(piece, &folder)?;
        let place = self.place_of_capture(piece, &id, now)?;
        let capture = place.as_ref().map(|(_, name)| name.as_str());
        let text = text::compose(piece, &id, &body, now, &self.settings())?;
        let hash = ContentHash::of(text.as_bytes()).to_string();
        let (mut entries, left_unsaid) = self.what_is_new(&id, piece)?;
        entries.extend(self.source_entry(&id, piece, fingerprint, Some(&hash), capture));
        let names = intake.names.entry(folder.clone()).or_default();
        let name = free_name(&wanted, |key| names.contains(key));
        names.insert(collision_key(&name));
        let path = within(&self.root, &folder.join(&name))
            .ok_or_else(|| Error::new(ErrorKind::Invalid, "it is not in this library").at(&folder))?;
        self.learn(&entries, intake);
        let title = name_key(piece.title.as_deref().unwrap_or_default());
        intake.pending.insert(id.clone(), (path.clone(), title.clone()));
        intake.batch.push(
            Prepared {
                of: number,
                id: id.clone(),
                title,
                folder,
                name,
                text,
                images,
                capture: place
                    .zip(piece.capture.as_ref())
                    .map(|((folder, name), capture)| (folder.join(name), capture.bytes.clone())),
                entries,
            },
            now,
        );
        if intake.batch.is_due(now) {
            self.commit(intake)?;
            // An index that can't follow now does so at the end.
            if self.is_time_to_list(intake, now)
                && let Err(error) = self.tell_index(intake)
            {
                tracing::warn!(%error, "the index could not be brought up to date");
            }
        }
        Ok(TakenIn {
            images_left,
            left_unsaid,
            ..taken(id, Some(path), Taken::Created)
        })
    }

    fn take_again(
        &self,
        piece: &NewPiece,
        id: ArticleId,
        by_address: bool,
        fingerprint: &piece::Fingerprint,
        intake: &mut Underway,
    ) -> Result<TakenIn> {
        // The index knows where it lies, and the journal mirrors into its row.
        if intake.pending.contains_key(&id) {
            self.flush(intake)?;
        }
        let ever = fingerprint
            .text()
            .is_some_and(|text| intake.sources.with_fingerprint(text).contains(&id));
        // What was captured since is the page as it is now, also when it says again what it said before that. A list that
        // holds a former text knows nothing newer.
        let known = match intake.sources.last_written(&id).zip(piece.captured) {
            Some(((written, text), captured)) if captured.as_millisecond() > written => {
                ever && text == fingerprint.text()
            }
            _ => ever,
        };
        // What was written here stays, whatever a page says that has its words.
        let was_taken = intake.sources.written(&id).is_some();
        let another_text = by_address && was_taken && !piece.body.trim().is_empty() && !known;
        let mut outcome = Taken::Skipped;
        let mut path = None;
        let mut images_left = 0;
        let mut passages = Refound::default();
        let mut entries = Vec::new();
        if another_text {
            let recaptured = self.recapture(piece, &id, fingerprint, ever, intake)?;
            if recaptured.path.is_some() {
                outcome = Taken::Recaptured;
            } else if !recaptured.sources.is_empty() {
                outcome = Taken::Merged;
            }
            entries.extend(recaptured.sources);
            images_left = recaptured.images_left;
            passages = recaptured.passages;
            path = recaptured.path;
        }
        let (said, left_unsaid) = self.what_is_new(&id, piece)?;
        if !said.is_empty() && outcome == Taken::Skipped {
            outcome = Taken::Merged;
        }
        // Another address of the same words is worth knowing, and so is the first text of a bookmark.
        let is_new_source = piece
            .key()
            .is_some_and(|url| !intake.sources.from_url(url).contains(&id));
        if !another_text && is_new_source {
            entries.extend(self.source_entry(&id, piece, fingerprint, None, None));
            if outcome == Taken::Skipped {
                outcome = Taken::Merged;
            }
        }
        let retagged = said.iter().any(|entry| entry.kind == "tag");
        let all: Vec<JournalEntry> = said.into_iter().chain(entries).collect();
        if !all.is_empty() {
            self.learn(&all, intake);
            let about = |_: &ArticleId| all.clone();
            self.say_all(std::slice::from_ref(&id), about, Durability::Soon, Affects::Counts)?;
            if retagged {
                self.rewrite_stale();
            }
        }
        Ok(TakenIn {
            images_left,
            left_unsaid,
            passages,
            ..taken(id, path, outcome)
        })
    }

    /// Puts another text in the place of the one that is there, which becomes a version; unless it is a page that has
    /// become less than half as long, when what it was read from is kept and no more. `ever` says whether it had this
    /// text before.
    fn recapture(
        &self,
        piece: &NewPiece,
        id: &ArticleId,
        fingerprint: &piece::Fingerprint,
        ever: bool,
        intake: &Underway,
    ) -> Result<Recaptured> {
        let now = (self.environment.now)();
        let path = self.path_of(id)?;
        let bytes = self.read_bytes(&path)?;
        let present = ContentHash::of(&bytes);
        let decoded = self.decode(id, &bytes)?;
        if !decoded.lossless {
            return Err(Error::new(ErrorKind::Encoding, "the present text can't be decoded").at(self.root.join(&path)));
        }
        let folder = self
            .root
            .join(&path)
            .parent()
            .map(Path::to_path_buf)
            .unwrap_or_default();
        // A page that has since shut its door to readers. A note that was cut is what its author wants it to be.
        let is_page = piece.address().is_some() && piece.file.is_none();
        let shut = is_page && text::length(&piece.body) * 2 < text::length(&decoded.text);
        if shut && ever {
            return Ok(Recaptured::default());
        }
        let mut made = Made::default();
        let result = (|| {
            let capture = self.store_capture(piece, id, now, &mut made)?;
            let source = |hash| self.source_entry(id, piece, fingerprint, hash, capture.as_deref());
            if shut {
                return Ok(Recaptured {
                    sources: source(None),
                    ..Recaptured::default()
                });
            }
            let (body, images_left) = self.store_images(piece, &folder, &mut made)?;
            let text = match &piece.front {
                Some(front) => text::under_its_own_front(front, id, &body),
                None => text::with_another_body(&decoded.text, &body, piece.captured.unwrap_or(now)),
            };
            let new = crate::encoding::encode(&decoded, &text).at(self.root.join(&path))?;
            let edited = intake
                .sources
                .written(id)
                .is_some_and(|written| written != present.to_string());
            let kind = if edited {
                SnapshotKind::Before("capture".to_owned())
            } else {
                SnapshotKind::Captured(text::name_of_version(&decoded.text, now))
            };
            self.identify(id)?;
            self.keep(id, &path, &bytes, &kind)?;
            let saved = self.replace(id, &path, &bytes, present, &new)?;
            // No version holds what was captured now: the next save has to keep it.
            lock(&self.sessions).entry(id.clone()).or_default().last_version = None;
            Ok(Recaptured {
                path: Some(path.clone()),
                images_left,
                sources: source(Some(saved.hash.as_str())),
                passages: self.refound(id, &decoded.text, &text),
            })
        })();
        match result {
            Ok(done) => Ok(done),
            Err(error) => {
                made.undo(&*self.environment.disk);
                Err(error)
            }
        }
    }

    /// What the piece says that the journal does not know yet. What the reader has said here stands:
    /// nothing is put elsewhere, marked unread, or brought back that was taken away. Also answers how much of it is longer
    /// than the journal can hold.
    fn what_is_new(&self, id: &ArticleId, piece: &NewPiece) -> Result<(Vec<JournalEntry>, usize)> {
        let row_tags = self.row(id)?.map(|row| row.tags);
        let journal = lock(&self.journal);
        let state = journal.article(id);
        let mut entries = Vec::new();
        let about = |kind: &str| JournalEntry::new(kind, Some(id));
        if let Some(place) = piece.place.filter(|_| state.place.is_none()) {
            entries.push(about("place").with("place", place.word()));
        }
        if piece.read == Some(true) && !state.read {
            entries.push(about("read").with("read", true));
        }
        if piece.starred && !state.starred {
            entries.push(about("star").with("star", true));
        }
        if let Some(at) = piece.progress.filter(|at| at.is_finite() && *at > 0.0) {
            let at = (at.clamp(0.0, 1.0) * 10_000.0).round() / 10_000.0;
            if state.progress.is_none_or(|progress| progress.at + 1e-6 < at) {
                entries.push(about("progress").with("at", at));
            }
        }
        // A new article has its tags in its file.
        if let Some(present) = row_tags {
            for tag in &piece.tags {
                let Ok(tag) = super::tags::cleaned(tag) else { continue };
                if !present.contains(&tag) && !journal.knows_tag(id, &tag) {
                    entries.push(about("tag").with("tag", tag).with("on", true));
                }
            }
        }
        let mut said: HashSet<Uuid> = HashSet::new();
        let note = piece.note.as_ref().map(|note| NewHighlight {
            note: Some(note.clone()),
            ..NewHighlight::default()
        });
        for highlight in piece.highlights.iter().chain(&note) {
            let mark = identity_of(id, highlight);
            if !journal.knows_highlight(id, mark)
                && said.insert(mark)
                && let Ok(entry) = of_highlight(id, mark, highlight)
            {
                entries.push(entry);
            }
        }
        for name in &piece.collections {
            let name = name.trim();
            if name.is_empty() {
                continue;
            }
            let collection = Uuid::new_v5(&NAMESPACE, format!("list {name}").as_bytes());
            if journal.knows_member(collection, id) || !said.insert(collection) {
                continue;
            }
            let mut entry = of_collection(collection, Some(id)).with("on", true);
            if !journal.knows_collection(collection) {
                entry = entry.with("name", name);
            }
            entries.push(entry);
        }
        let all = entries.len();
        entries.retain(JournalEntry::fits);
        let left = all - entries.len();
        Ok((entries, left))
    }

    fn source_entry(
        &self,
        id: &ArticleId,
        piece: &NewPiece,
        fingerprint: &piece::Fingerprint,
        hash: Option<&str>,
        capture: Option<&str>,
    ) -> Vec<JournalEntry> {
        let mut entry = JournalEntry::new("source", Some(id));
        for (name, value) in [
            ("url", piece.key()),
            ("fingerprint", fingerprint.text()),
            ("hash", hash),
            ("from", piece.from.as_deref()),
            ("capture", capture),
        ] {
            if let Some(value) = value {
                entry = entry.with(name, value);
            }
        }
        vec![entry]
    }

    fn learn(&self, entries: &[JournalEntry], intake: &mut Underway) {
        let now = (self.environment.now)();
        for entry in entries.iter().filter(|entry| entry.kind == "source") {
            intake.sources.said(entry, now, &self.environment.device);
        }
    }

    /// An article that a run wrote which then was stopped before its journal: under the name that
    /// this piece would get, with its words and its address, and from nowhere as far as the journal knows.
    fn left_by_an_interrupted_run(
        &self,
        piece: &NewPiece,
        folder: &Path,
        wanted: &str,
        intake: &mut Underway,
    ) -> Result<Option<(ArticleId, String)>> {
        let Some(within) = within(&self.root, folder) else {
            return Ok(None);
        };
        if intake.orphans.is_none() {
            intake.orphans = Some(self.orphans(intake)?);
        }
        let is_it = |(id, path): &(ArticleId, String)| {
            let same_place = path
                .rsplit_once('/')
                .is_some_and(|(place, name)| place == within && is_name_of(name, wanted));
            same_place && self.read_text(id).is_ok_and(|text| text::is_of(&text.text, piece))
        };
        let orphans = intake.orphans.get_or_insert_default();
        let found = orphans.iter().position(is_it);
        // It is nobody's only once.
        Ok(found.map(|place| orphans.swap_remove(place)))
    }

    /// Keeps what the piece was read from, compressed, and answers the name of its file.
    fn store_capture(
        &self,
        piece: &NewPiece,
        id: &ArticleId,
        now: Timestamp,
        made: &mut Made,
    ) -> Result<Option<String>> {
        let Some(((folder, name), capture)) = self.place_of_capture(piece, id, now)?.zip(piece.capture.as_ref()) else {
            return Ok(None);
        };
        self.make_folder(&folder)?;
        made.folders.push(folder.clone());
        let bytes = batch::packed(&capture.bytes)?;
        let path = create_under_free_name(&*self.environment.disk, &folder, &name, &bytes)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        made.files.push(path);
        Ok(name)
    }

    /// Where what the piece was read from is to be kept: the folder, and the name in it. The folder above is there.
    fn place_of_capture(&self, piece: &NewPiece, id: &ArticleId, now: Timestamp) -> Result<Option<(PathBuf, String)>> {
        let Some(capture) = &piece.capture else { return Ok(None) };
        let ending: String = capture
            .ending
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(8)
            .collect::<String>()
            .to_ascii_lowercase();
        let all = self.root.join(".edito").join("captures");
        self.make_folder(&all)?;
        let ending = if ending.is_empty() { "bin" } else { &ending };
        let name = format!("{}.{ending}.gz", now.strftime("%Y%m%dT%H%M%SZ"));
        Ok(Some((all.join(id.as_str()), name)))
    }

    fn captures_folder(&self) -> PathBuf {
        self.root.join(&self.settings().config.captures)
    }

    fn folder_for(&self, piece: &NewPiece) -> PathBuf {
        let mut folder = self.captures_folder();
        for name in piece.folder.iter().take(DEEPEST) {
            folder.push(file_name(name, ""));
        }
        folder
    }

    /// Writes what waits, and tells the index of it.
    fn flush(&self, intake: &mut Underway) -> Result<()> {
        self.commit(intake)?;
        self.tell_index(intake)
    }

    /// Tells the index of what was written.
    fn tell_index(&self, intake: &mut Underway) -> Result<()> {
        if intake.pending.is_empty() {
            return Ok(());
        }
        intake.told = Some((self.environment.now)());
        let paths: Vec<PathBuf> = intake.pending.values().map(|(path, _)| self.root.join(path)).collect();
        let changes = self.reconcile(Reconcile::Paths(paths), &|_| crate::article::Continue::Yes)?;
        intake.pending.clear();
        intake.unlisted = 0;
        intake.changes.new.extend(changes.new);
        intake.changes.updated.extend(changes.updated);
        intake.changes.errors.extend(changes.errors);
        Ok(())
    }

    fn is_time_to_list(&self, intake: &Underway, now: Timestamp) -> bool {
        let waited = intake
            .told
            .map_or(i64::MAX, |told| now.as_millisecond() - told.as_millisecond());
        intake.unlisted >= TOGETHER || waited >= LONGEST_UNLISTED
    }
}

/// What capturing an article again came to.
#[derive(Default)]
struct Recaptured {
    /// Its path, when its text was replaced.
    path: Option<String>,
    images_left: usize,
    sources: Vec<JournalEntry>,
    passages: Refound,
}

/// What was written for one piece, to be taken away again when the rest fails.
#[derive(Default)]
struct Made {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Made {
    fn undo(self, disk: &dyn crate::disk::Disk) {
        for file in self.files {
            if let Err(error) = disk.remove(&file) {
                tracing::warn!(%error, path = %file.display(), "what failed half-way could not be cleared away");
            }
        }
        for folder in self.folders {
            // Not when there is something else in it.
            let _ = disk.remove_folder(&folder);
        }
    }
}

/// Folders within folders beyond this are one.
const DEEPEST: usize = 16;

/// So many new articles are told to the index at once.
const TOGETHER: usize = 512;
/// So many milliseconds they wait for that, while others come.
const LONGEST_UNLISTED: i64 = 1500;

/// The namespace of passages and lists that come from elsewhere (RFC 9562, version 5): taken in
/// twice, on whatever desk, they are the same.
const NAMESPACE: Uuid = Uuid::from_u128(0x5b0f_6d0e_7a3c_4c11_9d2e_ed17_0000_0002);

fn identity_of(article: &ArticleId, highlight: &NewHighlight) -> Uuid {
    let about = if highlight.quote.trim().is_empty() {
        format!(
            "{article} note {}",
            highlight.note.as_deref().unwrap_or_default().trim()
        )
    } else {
        format!("{article} mark {}\u{1f}{}", highlight.quote, highlight.prefix)
    };
    Uuid::new_v5(&NAMESPACE, about.as_bytes())
}

fn taken(id: ArticleId, path: Option<String>, outcome: Taken) -> TakenIn {
    TakenIn {
        id,
        path,
        outcome,
        images_left: 0,
        left_unsaid: 0,
        passages: Refound::default(),
    }
}
