//! The articles of which something is said: what the rows know and the words do not.

use super::query::{Query, Said};
use crate::error::Result;
use rusqlite::Connection;
use std::sync::Arc;

/// The articles that a query leaves for what is said of them, by the numbers of their rows.
#[derive(Clone, Debug)]
pub(crate) struct SaidOf(Arc<Vec<u64>>);

impl SaidOf {
    /// Reads them; `None` when the query asks for nothing of the kind.
    pub(crate) fn read(rows: &Connection, query: &Query) -> Result<Option<SaidOf>> {
        let conditions: Vec<String> = query
            .said()
            .map(|(negated, said)| format!("{}({})", if negated { "NOT " } else { "" }, condition(said)))
            .collect();
        if conditions.is_empty() {
            return Ok(None);
        }
        let mut statement = rows.prepare_cached(&format!(
            "SELECT rowid FROM articles WHERE {}",
            conditions.join(" AND ")
        ))?;
        let mut found = statement.query([])?;
        let mut bits: Vec<u64> = Vec::new();
        while let Some(row) = found.next()? {
            let number: u32 = row.get(0)?;
            let (word, bit) = place(u64::from(number));
            if bits.len() <= word {
                bits.resize(word + 1, 0);
            }
            if let Some(word) = bits.get_mut(word) {
                *word |= bit;
            }
        }
        Ok(Some(SaidOf(Arc::new(bits))))
    }

    /// Whether the article of this row is among them.
    pub(crate) fn has(&self, rowid: u64) -> bool {
        let (word, bit) = place(rowid);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }
}

fn condition(said: Said) -> String {
    match said {
        Said::In(place) => format!("place = {}", place as i64),
        Said::Unread => "read = 0".to_owned(),
        Said::Read => "read = 1".to_owned(),
        Said::Starred => "starred = 1".to_owned(),
        Said::Draft => "draft = 1".to_owned(),
        Said::Highlighted => "highlights > 0".to_owned(),
    }
}

/// The word of sixty-four bits that a row stands in, and its bit.
fn place(rowid: u64) -> (usize, u64) {
    (usize::try_from(rowid / 64).unwrap_or(usize::MAX), 1 << (rowid % 64))
}
