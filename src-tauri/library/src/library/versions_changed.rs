//! How much changed from one version to the next.

use super::Library;
use crate::error::Result;
use crate::history::VersionId;
use crate::identity::ArticleId;
use crate::index::lock;
use edito_prose::redline::redline;
use serde::Serialize;
use std::collections::HashMap;

/// How much changed from one version of an article to another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VersionChange {
    /// Words that came.
    pub words_inserted: u32,
    /// Words that are gone.
    pub words_deleted: u32,
    /// Sentences and blocks that stand elsewhere now.
    pub moves: u32,
    /// Changes of typography alone.
    pub typography: u32,
    /// Changes of Markdown’s structure alone.
    pub structure: u32,
    /// The texts are so long that only the words that one of them has more often were counted.
    pub rough: bool,
}

/// What was found so far. Versions never change, so that it holds as long as it is kept.
#[derive(Debug, Default)]
pub(super) struct Compared(HashMap<(VersionId, VersionId), VersionChange>);

impl Library {
    /// How much changed from one version of an article to another. What was once found is remembered while the library is
    /// open.
    ///
    /// # Errors
    /// As [`Library::version_text`].
    pub fn version_change(&self, id: &ArticleId, before: &VersionId, after: &VersionId) -> Result<VersionChange> {
        let pair = (before.clone(), after.clone());
        if let Some(known) = lock(&self.compared).0.get(&pair) {
            return Ok(*known);
        }
        let (old, new) = (self.version_text(id, before)?, self.version_text(id, after)?);
        let found = changed(&old, &new);
        let mut compared = lock(&self.compared);
        if compared.0.len() >= MOST_REMEMBERED {
            compared.0.clear();
        }
        compared.0.insert(pair, found);
        Ok(found)
    }
}

const MOST_REMEMBERED: usize = 20_000;

/// Beyond so many bytes of both texts together, a redline for each row of a list would take too long.
const LONGEST: usize = 600_000;

fn changed(old: &str, new: &str) -> VersionChange {
    if old.len() + new.len() > LONGEST {
        return roughly(old, new);
    }
    let summary = redline(old, new).summary;
    VersionChange {
        words_inserted: summary.words_inserted,
        words_deleted: summary.words_deleted,
        moves: summary.moves,
        typography: summary.typography,
        structure: summary.structure,
        rough: false,
    }
}

/// The words that the one text has more often than the other.
fn roughly(old: &str, new: &str) -> VersionChange {
    let mut balance: HashMap<&str, i64> = HashMap::new();
    old.split_whitespace()
        .for_each(|word| *balance.entry(word).or_default() -= 1);
    new.split_whitespace()
        .for_each(|word| *balance.entry(word).or_default() += 1);
    let sum = |sign: i64| balance.values().map(|count| (count * sign).max(0)).sum::<i64>();
    VersionChange {
        words_inserted: u32::try_from(sum(1)).unwrap_or(u32::MAX),
        words_deleted: u32::try_from(sum(-1)).unwrap_or(u32::MAX),
        rough: true,
        ..VersionChange::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_counted_roughly_and_short_ones_as_they_are_marked() {
        let old = "Le quai est vide. ";
        let new = "Le quai est plein. ";
        let short = changed(old, new);
        assert_eq!((short.words_inserted, short.words_deleted, short.rough), (1, 1, false));
        let long = changed(&old.repeat(20_000), &format!("{}{new}", old.repeat(19_999)));
        assert_eq!((long.words_inserted, long.words_deleted, long.rough), (1, 1, true));
    }
}
