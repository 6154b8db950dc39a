//! Keeping the columns that mirror the journal equal to it.

use super::identities::{self, Scope};
use super::lists::Affects;
use super::rows;
use super::{Index, lock};
use crate::error::Result;
use crate::identity::ArticleId;
use crate::journal::{ArticleState, Journal, JournalChanges};
use rusqlite::Connection;
use std::path::Path;

impl Index {
    /// Lets `say` write to the journal and `mirror` do the same to the rows.
    pub(crate) fn say<T>(
        &self,
        journal: &mut Journal,
        affects: Affects,
        say: impl FnOnce(&mut Journal) -> Result<T>,
        mirror: impl FnOnce(&Connection, &Journal) -> Result<()>,
    ) -> Result<T> {
        let result = {
            let mut connection = lock(&self.rows);
            let transaction = connection.transaction()?;
            let result = counted(&transaction, journal, say)?;
            mirror(&transaction, journal)?;
            transaction.commit()?;
            result
        };
        self.forget(affects);
        Ok(result)
    }

    /// Folds in what others wrote to the journal, brings identities and mirrored columns up
    /// to date with it, and answers what holds otherwise now, of articles that are there.
    pub(crate) fn follow_journal(&self, journal: &mut Journal, root: &Path) -> Result<JournalChanges> {
        let mut connection = lock(&self.rows);
        let remembered = remembered_records(&connection)?;
        let followed = remembered == records(journal);
        let mut changes = journal.refresh()?;
        let everything = changes.everything || !followed;
        if !everything && changes.articles.is_empty() {
            // What is said of lists and the like is followed by this: else the next look would follow everything.
            if remembered != records(journal) {
                rows::remember(&connection, RECORDS, records(journal))?;
            }
            return Ok(changes);
        }
        let transaction = connection.transaction()?;
        let scope = if everything {
            Scope {
                everything,
                ..Scope::default()
            }
        } else {
            scope_of(&transaction, journal, &changes)?
        };
        let reidentified = identities::resolve(&transaction, journal, root, scope)?;
        let mut changed: Vec<ArticleId> = reidentified.into_iter().map(|row| row.to).collect();
        if everything {
            changed.extend(mirror_all(&transaction, journal)?);
        } else {
            for id in &changes.articles {
                if let Some(known) = rows::known_by_id(&transaction, id.as_str())? {
                    rows::mirror(&transaction, known.rowid, &journal.article(id))?;
                    changed.push(id.clone());
                }
            }
        }
        rows::remember(&transaction, RECORDS, records(journal))?;
        rows::next_generation(&transaction)?;
        transaction.commit()?;
        changes.articles = changed.into_iter().collect();
        Ok(changes)
    }
}

/// Lets `say` write to the journal. The number of records that the rows have followed goes
/// along, unless others wrote too: then it stays behind, and the next look follows everything.
pub(crate) fn counted<T>(
    rows: &Connection,
    journal: &mut Journal,
    say: impl FnOnce(&mut Journal) -> Result<T>,
) -> Result<T> {
    let followed = remembered_records(rows)? == records(journal);
    let result = say(journal)?;
    if followed {
        rows::remember(rows, RECORDS, records(journal))?;
    }
    Ok(result)
}

const RECORDS: &str = "records";

fn remembered_records(rows: &Connection) -> Result<i64> {
    Ok(rows::remembered(rows, RECORDS)?.unwrap_or(0))
}

fn records(journal: &Journal) -> i64 {
    i64::try_from(journal.record_count()).unwrap_or(i64::MAX)
}

fn scope_of(rows: &Connection, journal: &Journal, changes: &JournalChanges) -> Result<Scope> {
    let mut scope = Scope::default();
    for id in &changes.articles {
        scope.declared.insert(id.0.clone());
        if let Some(identity) = journal.identity(id) {
            scope
                .rows
                .extend(rows::known_at(rows, &identity.path)?.map(|known| known.rowid));
            if let Some(hash) = identity.hash {
                let same = rows::all_known_where(rows, "hash = ?1", hash)?;
                scope.rows.extend(same.into_iter().map(|known| known.rowid));
            }
        }
        scope
            .rows
            .extend(rows::known_by_id(rows, id.as_str())?.map(|known| known.rowid));
    }
    Ok(scope)
}

fn mirror_all(rows: &Connection, journal: &Journal) -> Result<Vec<ArticleId>> {
    let mut different: Vec<(i64, ArticleId, ArticleState)> = Vec::new();
    {
        let mut statement = rows.prepare(
            "SELECT a.rowid, a.id, a.read, a.starred, a.progress, a.opened, a.place, a.highlights, c.said_tags
             FROM articles a LEFT JOIN cards c ON c.rowid = a.rowid",
        )?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let id = ArticleId(row.get(1)?);
            let state = journal.article(&id);
            let progress = state.progress.as_ref().map_or(0.0, |progress| progress.at);
            let same = row.get::<_, bool>(2)? == state.read
                && row.get::<_, bool>(3)? == state.starred
                && row.get::<_, f64>(4)? == progress
                && row.get::<_, Option<i64>>(5)? == state.opened
                && row.get::<_, i64>(6)? == state.place.unwrap_or_default() as i64
                && row.get::<_, u32>(7)? == state.highlights
                && rows::parse_tags(row.get(8)?) == state.tags;
            if !same {
                different.push((row.get(0)?, id, state));
            }
        }
    }
    let mut changed = Vec::with_capacity(different.len());
    for (rowid, id, state) in different {
        rows::mirror(rows, rowid, &state)?;
        changed.push(id);
    }
    Ok(changed)
}
