//! Which article each file is.
//!
//! A file is the article that its front matter declares, if no other file has a better claim
//! to that id; else the one that the journal recorded for its path; else one derived from
//! its path. An article that lost its file is found again by its content; one whose file is in
//! the library's trash has not lost it, and no copy takes its place. Every choice that a fresh
//! index could not make by itself is recorded in the journal, so that an index built from
//! nothing comes to the same answer.

use super::rows::{self, IdentityKind, Known};
use crate::error::Result;
use crate::identity::{ArticleId, derived};
use crate::journal::{ArticleState, Durability, Journal, JournalEntry};
use crate::trash;
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::Path;

/// What may have to be identified anew.
#[derive(Default)]
pub(crate) struct Scope {
    /// Look at every file.
    pub(crate) everything: bool,
    /// Rows that were written.
    pub(crate) rows: BTreeSet<i64>,
    /// Those of them whose file, or whose declared id, the index did not know.
    pub(crate) fresh: HashSet<i64>,
    /// Declared ids that came, went or changed places.
    pub(crate) declared: BTreeSet<String>,
    /// What stood in the index of files that are gone or changed.
    pub(crate) before: Vec<Known>,
}

/// A row that got another identity.
pub(crate) struct Reidentified {
    pub(crate) rowid: i64,
    pub(crate) path: String,
    pub(crate) from: ArticleId,
    pub(crate) to: ArticleId,
}

/// The identity that a new row gets until [`resolve`] has seen it.
pub(crate) fn provisional(path: &str, declared: Option<&str>, journal: &Journal) -> (ArticleId, IdentityKind) {
    if let Some(declared) = declared {
        return (ArticleId(declared.to_owned()), IdentityKind::Declared);
    }
    match recorded_at(journal, path) {
        Some(id) => (id, IdentityKind::Recorded),
        None => (derived(path, 0), IdentityKind::Derived),
    }
}

/// Gives every row in scope its identity.
pub(crate) fn resolve(
    rows: &Connection,
    journal: &mut Journal,
    root: &Path,
    scope: Scope,
) -> Result<Vec<Reidentified>> {
    let mut work = Work {
        rows,
        root,
        journal,
        changed: BTreeMap::new(),
        entries: Vec::new(),
    };
    let mut candidates = scope.rows.clone();
    work.keep_former_holders(&scope)?;
    if scope.everything {
        work.add_all_candidates(&mut candidates)?;
    } else {
        for id in &scope.declared {
            for known in rows::all_known_where(rows, "declared = ?1", id)? {
                candidates.insert(known.rowid);
            }
            for known in rows::all_known_where(rows, "id = ?1", id)? {
                candidates.insert(known.rowid);
            }
            if let Some(identity) = work.journal.identity(&ArticleId(id.clone()))
                && let Some(known) = rows::known_at(rows, &identity.path)?
            {
                candidates.insert(known.rowid);
            }
        }
    }
    for rowid in &candidates {
        work.settle(*rowid)?;
    }
    for before in &scope.before {
        work.find_lost(before)?;
    }
    if scope.everything {
        let identities: BTreeMap<ArticleId, Option<String>> = work
            .journal
            .identities()
            .map(|(id, identity)| (id, identity.hash))
            .collect();
        for (id, hash) in identities {
            if let Some(hash) = hash
                && work.is_lost(&id)?
            {
                work.claim_by_hash(&id, &[&hash])?;
            }
        }
    } else {
        for rowid in &scope.rows {
            work.recognise(*rowid)?;
        }
    }
    let Work {
        changed,
        entries,
        journal,
        ..
    } = work;
    record(journal, entries);
    Ok(changed
        .into_values()
        .filter(|changed| changed.from != changed.to)
        .collect())
}

struct Work<'a> {
    rows: &'a Connection,
    root: &'a Path,
    journal: &'a mut Journal,
    changed: BTreeMap<i64, Reidentified>,
    entries: Vec<JournalEntry>,
}

impl Work<'_> {
    /// When a copy declares the id of an article that the index already knows elsewhere, the
    /// known one keeps it, and the journal says so.
    fn keep_former_holders(&mut self, scope: &Scope) -> Result<()> {
        let declared: Vec<String> = if scope.everything {
            let mut statement = self.rows.prepare_cached(
                "SELECT declared FROM articles WHERE declared IS NOT NULL
                 GROUP BY declared HAVING count(*) > 1",
            )?;
            statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
        } else {
            scope.declared.iter().cloned().collect()
        };
        for id in declared {
            let claims = rows::all_known_where(self.rows, "declared = ?1", &id)?;
            if claims.len() < 2 {
                continue;
            }
            let article = ArticleId(id);
            if self.is_in_trash(&article) {
                continue;
            }
            let recorded = self.journal.identity(&article).map(|identity| identity.path);
            if claims.iter().any(|claim| Some(&claim.path) == recorded.as_ref()) {
                continue;
            }
            let former = claims.iter().find(|claim| {
                claim.id == article && claim.identity == IdentityKind::Declared && !scope.fresh.contains(&claim.rowid)
            });
            if let Some(former) = former {
                record(
                    self.journal,
                    vec![entry("identify", &article, &former.path, &former.hash)],
                );
            }
        }
        Ok(())
    }

    /// Without a word in the journal, the provisional identities of a fresh index are right
    /// but for ids that several files declare; and a file that another one kept from its id
    /// may have it once that one is gone.
    fn add_all_candidates(&mut self, candidates: &mut BTreeSet<i64>) -> Result<()> {
        let condition = if self.journal.identities().next().is_none() {
            "declared IN (SELECT declared FROM articles WHERE declared IS NOT NULL
                GROUP BY declared HAVING count(*) > 1)
             OR id <> declared
             OR (declared IS NULL AND id IN (SELECT declared FROM articles WHERE declared IS NOT NULL))"
        } else {
            "1"
        };
        let mut statement = self
            .rows
            .prepare(&format!("SELECT rowid FROM articles WHERE {condition}"))?;
        for rowid in statement.query_map([], |row| row.get(0))? {
            candidates.insert(rowid?);
        }
        Ok(())
    }

    fn settle(&mut self, rowid: i64) -> Result<()> {
        let Some(known) = self.known(rowid)? else { return Ok(()) };
        let (id, kind) = self.rightful(&known)?;
        if id != known.id || kind != known.identity {
            self.set(&known, id, kind)?;
        }
        Ok(())
    }

    fn rightful(&self, known: &Known) -> Result<(ArticleId, IdentityKind)> {
        if let Some(declared) = &known.declared {
            let article = ArticleId(declared.clone());
            if !self.is_in_trash(&article) && self.holder(&article)?.as_deref() == Some(known.path.as_str()) {
                return Ok((article, IdentityKind::Declared));
            }
        }
        if let Some(article) = recorded_at(self.journal, &known.path)
            && !self.is_declared(&article)?
        {
            return Ok((article, IdentityKind::Recorded));
        }
        let mut attempt = 0;
        loop {
            let article = derived(&known.path, attempt);
            let elsewhere = self
                .journal
                .identity(&article)
                .is_some_and(|identity| identity.path != known.path);
            if !elsewhere && !self.is_declared(&article)? {
                return Ok((article, IdentityKind::Derived));
            }
            attempt += 1;
        }
    }

    /// Of the files that declare an id, the path of the one that has it: where the journal
    /// last saw the article, else the shortest path, since copies get longer names.
    fn holder(&self, article: &ArticleId) -> Result<Option<String>> {
        let mut statement = self
            .rows
            .prepare_cached("SELECT path FROM articles WHERE declared = ?1 ORDER BY length(path), path")?;
        let paths: Vec<String> = statement
            .query_map([article.as_str()], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        if paths.len() > 1
            && let Some(identity) = self.journal.identity(article)
            && paths.contains(&identity.path)
        {
            return Ok(Some(identity.path));
        }
        Ok(paths.into_iter().next())
    }

    fn is_declared(&self, article: &ArticleId) -> Result<bool> {
        Ok(self
            .rows
            .prepare_cached("SELECT 1 FROM articles WHERE declared = ?1 LIMIT 1")?
            .exists([article.as_str()])?)
    }

    /// Whether an article was thrown away. A file that somebody took out of the trash by hand is looked for as any.
    fn is_in_trash(&self, article: &ArticleId) -> bool {
        self.journal.identity(article).is_some_and(|identity| {
            identity.path == trash::NOWHERE || trash::is_place(&identity.path) && self.is_there(&identity.path)
        })
    }

    fn is_there(&self, path: &str) -> bool {
        fs::symlink_metadata(self.root.join(path)).is_ok()
    }

    /// Whether an article has no file any more: none that the index knows, none in the trash, and none where another
    /// desk has just recorded it.
    fn is_lost(&self, article: &ArticleId) -> Result<bool> {
        if self.has_row(article)? || self.is_in_trash(article) {
            return Ok(false);
        }
        let Some(identity) = self.journal.identity(article) else {
            return Ok(true);
        };
        let unread = rows::known_at(self.rows, &identity.path)?.is_none();
        Ok(!unread || !self.is_there(&identity.path))
    }

    fn has_row(&self, article: &ArticleId) -> Result<bool> {
        Ok(self
            .rows
            .prepare_cached("SELECT 1 FROM articles WHERE id = ?1 LIMIT 1")?
            .exists([article.as_str()])?)
    }

    /// The file of an article of which something was said is gone, or is another article now.
    fn find_lost(&mut self, before: &Known) -> Result<()> {
        if !self.is_lost(&before.id)? {
            return Ok(());
        }
        let recorded = self.journal.identity(&before.id);
        if recorded.is_none() && self.journal.article(&before.id) == ArticleState::default() {
            return Ok(());
        }
        // The same path is the same article, even when its front matter lost the id.
        if let Some(now) = rows::known_at(self.rows, &before.path)?
            && now.identity == IdentityKind::Derived
        {
            self.entries.push(entry("identify", &before.id, &now.path, &now.hash));
            return self.set(&now, before.id.clone(), IdentityKind::Recorded);
        }
        let hash = recorded.and_then(|identity| identity.hash);
        let mut hashes = vec![before.hash.as_str()];
        hashes.extend(hash.as_deref());
        if !self.claim_by_hash(&before.id, &hashes)? && hash.as_ref() != Some(&before.hash) {
            // Its last content is what it will be known by when it turns up elsewhere.
            self.entries
                .push(entry("identify", &before.id, &before.path, &before.hash));
        }
        Ok(())
    }

    fn claim_by_hash(&mut self, article: &ArticleId, hashes: &[&str]) -> Result<bool> {
        for hash in hashes.iter().filter(|hash| tells_which(hash)) {
            let rowid: Option<i64> = self
                .rows
                .prepare_cached("SELECT rowid FROM articles WHERE hash = ?1 AND identity = 2 ORDER BY path LIMIT 1")?
                .query_row([hash], |row| row.get(0))
                .optional()?;
            if let Some(rowid) = rowid
                && let Some(known) = self.known(rowid)?
            {
                self.entries.push(entry("moved", article, &known.path, &known.hash));
                self.set(&known, article.clone(), IdentityKind::Recorded)?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A file with the last known content of an article that has no file.
    fn recognise(&mut self, rowid: i64) -> Result<()> {
        let Some(known) = self.known(rowid)? else { return Ok(()) };
        if known.identity != IdentityKind::Derived || !tells_which(&known.hash) {
            return Ok(());
        }
        for (article, _) in self.journal.articles_with_content(&known.hash) {
            if article != known.id && self.is_lost(&article)? {
                self.entries.push(entry("moved", &article, &known.path, &known.hash));
                return self.set(&known, article, IdentityKind::Recorded);
            }
        }
        Ok(())
    }

    fn known(&self, rowid: i64) -> Result<Option<Known>> {
        Ok(rows::all_known_where(self.rows, "rowid = ?1", rowid)?.pop())
    }

    fn set(&mut self, known: &Known, id: ArticleId, kind: IdentityKind) -> Result<()> {
        rows::identify(self.rows, known.rowid, &id, kind, self.journal)?;
        let changed = self.changed.entry(known.rowid).or_insert_with(|| Reidentified {
            rowid: known.rowid,
            path: known.path.clone(),
            from: known.id.clone(),
            to: known.id.clone(),
        });
        changed.to = id;
        Ok(())
    }
}

/// Whether a content can say which article a file is. All empty files have the same one.
fn tells_which(hash: &str) -> bool {
    const OF_NOTHING: &str = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
    !hash.is_empty() && hash != OF_NOTHING
}

fn recorded_at(journal: &Journal, path: &str) -> Option<ArticleId> {
    let article = journal.article_at(path)?;
    let identity = journal.identity(&article)?;
    (identity.path == path).then_some(article)
}

fn entry(kind: &str, article: &ArticleId, path: &str, hash: &str) -> JournalEntry {
    JournalEntry::new(kind, Some(article))
        .with("path", path)
        .with("hash", hash)
}

/// The index is right without these records as long as it lives; a disk that is full must
/// not keep it from being brought up to date.
fn record(journal: &mut Journal, entries: Vec<JournalEntry>) {
    if let Err(error) = journal.append_all(entries, Durability::Soon) {
        tracing::warn!(%error, "what became of articles could not be recorded in the journal");
    }
}
