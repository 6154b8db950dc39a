//! Where articles lie on their way through the reader's hands.

use super::Library;
use crate::error::Result;
use crate::identity::ArticleId;
use crate::index::lists::Affects;
use crate::journal::{Durability, JournalEntry, Place};

impl Library {
    /// Puts articles somewhere.
    ///
    /// # Errors
    /// As [`Library::mark_read`].
    pub fn set_place(&self, ids: &[ArticleId], place: Place) -> Result<()> {
        let entry = |id: &ArticleId| JournalEntry::new("place", Some(id)).with("place", place.word());
        self.say(ids, entry, Durability::Now, Affects::Counts)
    }
}
