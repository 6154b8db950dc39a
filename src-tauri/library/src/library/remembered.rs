//! What is said about articles: read, starred, how far, opened.

use super::Library;
use crate::error::{Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::index::lists::Affects;
use crate::index::lock;
use crate::index::rows::{self, IdentityKind};
use crate::journal::{ArticleState, Durability, Journal, JournalChanges, JournalEntry};

impl Library {
    /// Marks articles read or unread.
    ///
    /// # Errors
    /// `NotFound`, or what writing the journal fails with; here and in the next ones.
    pub fn mark_read(&self, ids: &[ArticleId], read: bool) -> Result<()> {
        let entry = |id: &ArticleId| JournalEntry::new("read", Some(id)).with("read", read);
        self.say(ids, entry, Durability::Now, Affects::Counts)
    }

    /// Stars articles, or takes their stars away.
    ///
    /// # Errors
    /// As [`Library::mark_read`].
    pub fn set_star(&self, ids: &[ArticleId], star: bool) -> Result<()> {
        let entry = |id: &ArticleId| JournalEntry::new("star", Some(id)).with("star", star);
        self.say(ids, entry, Durability::Now, Affects::Counts)
    }

    /// Records how far an article has been read: `at` from 0 to 1, and the block on top.
    ///
    /// # Errors
    /// As [`Library::mark_read`].
    pub fn set_progress(&self, id: &ArticleId, at: f64, block: Option<&str>) -> Result<()> {
        let at = if at.is_finite() { at.clamp(0.0, 1.0) } else { 0.0 };
        let entry = |id: &ArticleId| {
            let entry = JournalEntry::new("progress", Some(id)).with("at", at);
            match block {
                Some(block) => entry.with("block", block),
                None => entry,
            }
        };
        self.say(std::slice::from_ref(id), entry, Durability::Soon, Affects::Nothing)
    }

    /// Records that an article was opened now.
    ///
    /// # Errors
    /// As [`Library::mark_read`].
    pub fn opened(&self, id: &ArticleId) -> Result<()> {
        let entry = |id: &ArticleId| JournalEntry::new("opened", Some(id));
        self.say(std::slice::from_ref(id), entry, Durability::Soon, Affects::Recent)
    }

    /// What the journal holds of an article.
    pub fn state(&self, id: &ArticleId) -> ArticleState {
        lock(&self.journal).article(id)
    }

    /// Folds in what other devices and windows wrote to the journal, and answers what holds
    /// otherwise now, of articles that are there.
    ///
    /// # Errors
    /// As [`Library::mark_read`].
    pub fn refresh_journal(&self) -> Result<JournalChanges> {
        let changed = self.index.follow_journal(&mut lock(&self.journal), &self.root)?;
        self.rewrite_stale();
        Ok(changed)
    }

    /// Writes the words again of articles whose tags were said to be others. An index that can't is
    /// healed by the next comparison of the entire folder.
    pub(super) fn rewrite_stale(&self) {
        let settings = self.settings();
        if let Err(error) = self.index.rewrite_stale(&self.source(&settings)) {
            tracing::warn!(%error, "tags could not be made searchable");
        }
        self.index.commit_soon();
    }

    /// Records where an article lies before the first thing is said of it, unless its own
    /// front matter tells which one it is.
    pub(super) fn identify(&self, id: &ArticleId) -> Result<()> {
        self.say(
            std::slice::from_ref(id),
            |_| JournalEntry::new("", None),
            Durability::Soon,
            Affects::Nothing,
        )
        .or_else(|error| {
            if error.kind == ErrorKind::NotFound {
                Ok(())
            } else {
                Err(error)
            }
        })
    }

    pub(super) fn journal_knows(&self, id: &ArticleId) -> bool {
        lock(&self.journal).identity(id).is_some()
    }

    pub(super) fn record_moved(&self, id: &ArticleId, path: &str, hash: &str) -> Result<()> {
        self.record_place(&mut lock(&self.journal), id, path, hash)
    }

    /// The same for who holds the journal already.
    pub(super) fn record_place(&self, journal: &mut Journal, id: &ArticleId, path: &str, hash: &str) -> Result<()> {
        let say = |journal: &mut Journal| journal.moved(id, path, hash).map(|_| ());
        self.index.say(journal, Affects::Nothing, say, |_, _| Ok(()))
    }

    /// Writes one record about each article and mirrors it in the rows.
    pub(super) fn say(
        &self,
        ids: &[ArticleId],
        entry: impl Fn(&ArticleId) -> JournalEntry,
        durability: Durability,
        affects: Affects,
    ) -> Result<()> {
        self.say_all(ids, |id| vec![entry(id)], durability, affects)
    }

    /// Writes records about each article with one write and mirrors them in the rows.
    pub(super) fn say_all(
        &self,
        ids: &[ArticleId],
        about: impl Fn(&ArticleId) -> Vec<JournalEntry>,
        durability: Durability,
        affects: Affects,
    ) -> Result<()> {
        let mut journal = lock(&self.journal);
        let mut entries = Vec::with_capacity(ids.len());
        let mut articles = Vec::with_capacity(ids.len());
        {
            let reader = self.index.reader()?;
            for id in ids {
                let known = rows::known_by_id(reader.rows()?, id.as_str())?
                    .ok_or_else(|| Error::new(ErrorKind::NotFound, format!("there is no article {id}")))?;
                if known.identity == IdentityKind::Derived {
                    entries.push(
                        JournalEntry::new("identify", Some(id))
                            .with("path", known.path.as_str())
                            .with("hash", known.hash.as_str()),
                    );
                }
                entries.extend(about(id).into_iter().filter(|entry| !entry.kind.is_empty()));
                articles.push(known);
            }
        }
        if entries.is_empty() {
            return Ok(());
        }
        let say = |journal: &mut Journal| journal.append_all(entries, durability).map(|_| ());
        self.index.say(&mut journal, affects, say, |rows, journal| {
            for known in &articles {
                let kind = match known.identity {
                    IdentityKind::Derived => IdentityKind::Recorded,
                    kind => kind,
                };
                rows::identify(rows, known.rowid, &known.id, kind, journal)?;
            }
            Ok(())
        })
    }
}
