//! Articles that stand above the others of a part of the front page.

use super::Library;
use crate::error::{Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::index::lists::Affects;
use crate::index::lock;
use crate::journal::{Durability, JournalEntry, Pin, between};

impl Library {
    /// The articles that stand above the others of parts of the front page, in order.
    pub fn pins(&self) -> Vec<Pin> {
        lock(&self.journal).pins()
    }

    /// Puts an article above the others of a part of the front page: after another one that is pinned there, or
    /// before all. Answers where it was pinned before, and after which other one.
    ///
    /// # Errors
    /// `Invalid` for a key that can't be one; else as [`Library::mark_read`].
    pub fn pin(
        &self,
        id: &ArticleId,
        slot: &str,
        after: Option<&ArticleId>,
    ) -> Result<Option<(String, Option<ArticleId>)>> {
        if slot.is_empty() || slot.len() > 512 {
            return Err(Error::new(ErrorKind::Invalid, "the front page has no such part"));
        }
        let pins = self.pins();
        let others: Vec<&Pin> = pins
            .iter()
            .filter(|pin| pin.slot == slot && pin.article != *id)
            .collect();
        let at = after.map_or(0, |after| {
            let place = others.iter().position(|pin| pin.article == *after);
            place.map_or(others.len(), |place| place + 1)
        });
        let low = at
            .checked_sub(1)
            .and_then(|low| others.get(low))
            .map(|pin| pin.order.as_str());
        let high = others.get(at).map(|pin| pin.order.as_str());
        let order = between(low, high);
        let entry = |id: &ArticleId| {
            JournalEntry::new("pin", Some(id))
                .with("slot", slot)
                .with("order", order.as_str())
        };
        self.say(std::slice::from_ref(id), entry, Durability::Now, Affects::Nothing)?;
        Ok(place_among(&pins, id))
    }

    /// Takes an article from its place above the others. Answers where that was, as [`Library::pin`] does.
    ///
    /// # Errors
    /// As [`Library::mark_read`].
    pub fn unpin(&self, id: &ArticleId) -> Result<Option<(String, Option<ArticleId>)>> {
        let before = place_among(&self.pins(), id);
        if before.is_some() {
            let entry = |id: &ArticleId| JournalEntry::new("pin", Some(id));
            self.say(std::slice::from_ref(id), entry, Durability::Now, Affects::Nothing)?;
        }
        Ok(before)
    }
}

fn place_among(pins: &[Pin], id: &ArticleId) -> Option<(String, Option<ArticleId>)> {
    let at = pins.iter().position(|pin| pin.article == *id)?;
    let slot = &pins.get(at)?.slot;
    let before = at.checked_sub(1).and_then(|before| pins.get(before));
    let before = before.filter(|pin| pin.slot == *slot).map(|pin| pin.article.clone());
    Some((slot.clone(), before))
}
