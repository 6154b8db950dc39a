//! Bringing the index up to date with the disk: the one place that writes it.

use super::compare::{Entries, remember_root, vanished};
use super::facts::Settings;
use super::identities;
use super::journal::counted;
use super::outcomes::Outcomes;
use super::read::{Changed, Outcome, Read, read_all};
use super::rows;
use super::schema;
use super::{Index, Writing, lock};
use crate::article::{Continue, FileProblem, LibraryChanges, Progress};
use crate::error::{Error, ErrorKind, Result};
use crate::journal::Journal;
use crate::walk::{self, Stamp};
use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, OnceLock, PoisonError};

/// What the index is made from.
pub(crate) struct Source<'a> {
    pub(crate) root: &'a Path,
    pub(crate) settings: &'a Settings,
    pub(crate) journal: &'a Mutex<Journal>,
    /// The time now, in nanoseconds since 1970.
    pub(crate) now: i64,
}

impl Index {
    /// Compares the entire folder with the index. With `anew`, every file is read again.
    pub(crate) fn reconcile_all(
        &self,
        source: &Source<'_>,
        anew: bool,
        progress: &dyn Fn(Progress) -> Continue,
    ) -> Result<LibraryChanges> {
        let _whole = lock(&self.whole);
        lock(&self.writing).touched = Some(HashSet::new());
        let result = self.compare_all(source, anew, progress);
        self.many.store(false, Ordering::Release);
        lock(&self.writing).touched = None;
        result
    }

    /// Compares some files and folders with the index. Files named here are read whatever
    /// their stamps say.
    pub(crate) fn reconcile_paths(&self, source: &Source<'_>, paths: &[String]) -> Result<LibraryChanges> {
        if !source.root.is_dir() {
            return Err(vanished(source.root));
        }
        let found = self.look_at(source, paths)?;
        let mut changed = Vec::new();
        let mut gone = Vec::new();
        for (path, look) in found {
            match (look.stamp, look.known) {
                (Some(stamp), known) => {
                    let same = known.as_ref().is_some_and(|known| known.stamp == stamp);
                    if look.named || !same {
                        changed.push(Changed {
                            path,
                            stamp,
                            known,
                            force: false,
                        });
                    }
                }
                (None, Some(_)) => gone.push(path),
                (None, None) => {}
            }
        }
        if !gone.is_empty() {
            self.refuse_if_emptied(source, changed.is_empty())?;
        }
        self.read_and_write(source, &changed, &gone)
    }

    /// Writes the words of articles again whose reader's tags have changed.
    pub(crate) fn rewrite_stale(&self, source: &Source<'_>) -> Result<()> {
        let stale: Vec<i64> = {
            let reader = self.reader()?;
            let mut statement = reader.rows()?.prepare_cached("SELECT rowid FROM stale_words")?;
            statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        if stale.is_empty() {
            return Ok(());
        }
        let changed: Vec<Changed> = {
            let reader = self.reader()?;
            let rows = reader.rows()?;
            let mut changed = Vec::with_capacity(stale.len());
            for rowid in stale {
                changed.extend(
                    rows::all_known_where(rows, "rowid = ?1", rowid)?
                        .pop()
                        .map(|known| Changed {
                            path: known.path.clone(),
                            stamp: known.stamp,
                            known: Some(known),
                            force: true,
                        }),
                );
            }
            changed
        };
        self.read_and_write(source, &changed, &[])?;
        Ok(())
    }

    /// Reads what changed, in batches, and writes it; forgets what is gone.
    fn read_and_write(&self, source: &Source<'_>, changed: &[Changed], gone: &[String]) -> Result<LibraryChanges> {
        let mut outcome = Outcomes {
            now: source.now,
            ..Outcomes::default()
        };
        let mut batch = Vec::new();
        read_all(source.root, changed, source.settings, &self.text.fields, |read| {
            batch.push(read);
            if batch.len() >= BATCH {
                self.write(source, std::mem::take(&mut batch), &[], &mut outcome, false)?;
            }
            Ok::<_, Error>(true)
        })?;
        self.write(source, batch, gone, &mut outcome, false)?;
        self.finish(source, outcome, false)
    }

    fn compare_all(
        &self,
        source: &Source<'_>,
        anew: bool,
        progress: &dyn Fn(Progress) -> Continue,
    ) -> Result<LibraryChanges> {
        let waiting = if self.unhealed.load(Ordering::Acquire) {
            self.waiting()?
        } else {
            HashSet::new()
        };
        let changed: Mutex<Vec<(String, Stamp, Option<i64>)>> = Mutex::default();
        let compare = |entries: &Entries, path: &str, stamp: Stamp| {
            let entry = entries.find(path);
            if let Some(entry) = entry {
                entry.seen.store(true, Ordering::Relaxed);
                // A stamp from just before the last look may hide a second write.
                if entry.stamp == stamp && !entry.doubtful && !anew && !waiting.contains(&entry.rowid) {
                    return;
                }
            }
            lock(&changed).push((path.to_owned(), stamp, entry.map(|entry| entry.rowid)));
        };
        // What the index knows is loaded while the walk begins; what is found before that waits.
        let loaded: OnceLock<Entries> = OnceLock::new();
        let found_early: Mutex<Vec<(String, Stamp)>> = Mutex::default();
        std::thread::scope(|scope| -> Result<()> {
            let loading = scope.spawn(|| Entries::load(self).map(|entries| loaded.set(entries).is_ok()));
            let walked = walk::walk(
                source.root,
                &source.settings.config.ignore,
                &|path, stamp| match loaded.get() {
                    Some(entries) => compare(entries, path, stamp),
                    None => lock(&found_early).push((path.to_owned(), stamp)),
                },
            );
            loading
                .join()
                .map_err(|_| Error::new(ErrorKind::Io, "reading the index stopped halfway"))??;
            walked
        })?;
        let entries = loaded
            .into_inner()
            .ok_or_else(|| Error::new(ErrorKind::Io, "the index could not be read"))?;
        for (path, stamp) in found_early.into_inner().unwrap_or_else(PoisonError::into_inner) {
            compare(&entries, &path, stamp);
        }
        let changed = changed.into_inner().unwrap_or_else(PoisonError::into_inner);
        let gone = self.paths_of(entries.unseen())?;
        if !gone.is_empty() {
            self.refuse_if_emptied(source, entries.none_seen() && changed.is_empty())?;
        }
        drop(entries);
        let mut outcome = Outcomes {
            now: source.now,
            whole: true,
            ..Outcomes::default()
        };
        let mut cancelled = false;
        if changed.is_empty() && gone.is_empty() && waiting.is_empty() && !self.is_unresolved()? {
            let total = self.total()?;
            return Ok(LibraryChanges {
                total,
                ..LibraryChanges::default()
            });
        }
        let total = changed.len();
        let changed = self.with_known(changed, anew, &waiting)?;
        let many = total >= MANY;
        if many {
            schema::prepare_for_many(&lock(&self.rows))?;
            self.many.store(true, Ordering::Release);
        }
        let mut batch = Vec::with_capacity(BATCH);
        let mut done = 0;
        self.write(source, Vec::new(), &gone, &mut outcome, many)?;
        cancelled |= progress(Progress { done, total }) == Continue::Stop;
        if !cancelled {
            read_all(source.root, &changed, source.settings, &self.text.fields, |read| {
                batch.push(read);
                // The first rows are seen soon; then each page of an index is written less often.
                if batch.len() >= if many && done > 0 { MANY_BATCH } else { BATCH } {
                    done += batch.len();
                    self.write(source, std::mem::take(&mut batch), &[], &mut outcome, many)?;
                    cancelled = progress(Progress { done, total }) == Continue::Stop;
                }
                Ok::<_, Error>(!cancelled)
            })?;
        }
        done += batch.len();
        self.write(source, batch, &[], &mut outcome, many)?;
        // Rows that went while their words were still waiting to go.
        let lost: Vec<i64> = self.waiting_without_row()?;
        if !lost.is_empty() {
            let mut writing = lock(&self.writing);
            self.text.write(many, &lost, std::iter::empty())?;
            writing.queued.extend(lost);
        }
        progress(Progress { done, total });
        schema::settle(&lock(&self.rows))?;
        let mut changes = self.finish(source, outcome, true)?;
        changes.cancelled = cancelled;
        if !cancelled {
            self.unhealed.store(false, Ordering::Release);
        }
        Ok(changes)
    }

    /// Writes some files that were read, and takes those out that are gone.
    fn write(
        &self,
        source: &Source<'_>,
        read: Vec<Read>,
        gone: &[String],
        outcome: &mut Outcomes,
        many: bool,
    ) -> Result<()> {
        if read.is_empty() && gone.is_empty() {
            return Ok(());
        }
        let mut writing = lock(&self.writing);
        let whole = outcome.whole;
        let overtaken = |writing: &Writing, path: &str| {
            whole && writing.touched.as_ref().is_some_and(|touched| touched.contains(path))
        };
        let mut removed = Vec::new();
        let mut added = Vec::new();
        {
            let journal = lock(source.journal);
            let mut connection = lock(&self.rows);
            let transaction = connection.transaction()?;
            let mut next: i64 = transaction.query_row(
                "SELECT max(ifnull((SELECT max(rowid) FROM articles), 0),
                            ifnull((SELECT max(rowid) FROM text_queue), 0)) + 1",
                [],
                |row| row.get(0),
            )?;
            let mut out: Vec<&str> = gone.iter().map(String::as_str).collect();
            out.extend(
                read.iter()
                    .filter(|read| matches!(read.outcome, Outcome::Gone))
                    .map(|read| read.path.as_str()),
            );
            for path in out {
                if overtaken(&writing, path) {
                    continue;
                }
                if let Some(known) = rows::known_at(&transaction, path)? {
                    rows::take_out(&transaction, known.rowid)?;
                    removed.push(known.rowid);
                    outcome.left(known);
                }
            }
            if !whole && let Some(touched) = &mut writing.touched {
                touched.extend(gone.iter().cloned());
                touched.extend(read.iter().map(|read| read.path.clone()));
            }
            for Read {
                path,
                stamp,
                outcome: found,
            } in read
            {
                if overtaken(&writing, &path) {
                    continue;
                }
                let known = rows::known_at(&transaction, &path)?;
                let (hash, facts) = match found {
                    Outcome::Gone => continue,
                    Outcome::Same => {
                        if let Some(known) = known
                            && (known.stamp != stamp || known.doubtful)
                        {
                            rows::restamp(&transaction, known.rowid, stamp, outcome.is_doubtful(stamp))?;
                        }
                        continue;
                    }
                    Outcome::Article(hash, facts) => (hash, facts),
                    Outcome::Unreadable(facts, message) => {
                        outcome.errors.push(FileProblem {
                            path: path.clone(),
                            message,
                        });
                        // Unreadable before, unreadable still: nothing changed.
                        if let Some(known) = known
                            .as_ref()
                            .filter(|known| known.hash.is_empty() && known.stamp == stamp)
                        {
                            rows::words_are_fresh(&transaction, known.rowid)?;
                            continue;
                        }
                        (String::new(), facts)
                    }
                };
                let (rowid, fresh) = match &known {
                    Some(known) => (known.rowid, known.declared != facts.declared),
                    None => {
                        next += 1;
                        (next - 1, true)
                    }
                };
                // A file whose declared id did not change keeps its identity until all are settled.
                let (id, kind) = match &known {
                    Some(known) if !fresh => (known.id.clone(), known.identity),
                    _ => identities::provisional(&path, facts.declared.as_deref(), &journal),
                };
                let state = journal.article(&id);
                rows::put(
                    &transaction,
                    &rows::NewRow {
                        rowid,
                        replaces: known.is_some(),
                        path: &path,
                        stamp,
                        doubtful: outcome.is_doubtful(stamp),
                        hash: &hash,
                        facts: &facts,
                        id: &id,
                        identity: kind,
                        state: &state,
                    },
                )?;
                if known.is_some() {
                    removed.push(rowid);
                }
                let (date, _) = super::facts::dates(facts.date, facts.updated, stamp);
                if fresh {
                    outcome.scope.fresh.insert(rowid);
                }
                outcome.scope.declared.extend(facts.declared.clone());
                outcome.wrote(rowid, path, id, known);
                added.push((rowid, date, facts.document_with(&state.tags, &self.text.fields)));
            }
            let unresolved = rows::remembered(&transaction, "unresolved")?.unwrap_or(0);
            outcome.unresolved.get_or_insert(unresolved);
            rows::remember(&transaction, "unresolved", 1)?;
            rows::next_generation(&transaction)?;
            transaction.commit()?;
        }
        writing
            .queued
            .extend(removed.iter().chain(added.iter().map(|(rowid, ..)| rowid)));
        self.text.write(many, &removed, added.into_iter()).inspect_err(|_| {
            // What is queued is done again by the next comparison of the entire folder.
            self.text.forget();
            self.unhealed.store(true, Ordering::Release);
        })?;
        if writing.queued.len() >= COMMIT {
            self.commit_text(&mut writing)?;
        }
        Ok(())
    }

    /// Settles identities, commits the words, and tells what changed.
    fn finish(&self, source: &Source<'_>, mut outcome: Outcomes, whole: bool) -> Result<LibraryChanges> {
        let mut writing = lock(&self.writing);
        if outcome.touched_anything() || (whole && self.is_unresolved()?) {
            outcome.scope.everything = whole;
            let scope = std::mem::take(&mut outcome.scope);
            let mut journal = lock(source.journal);
            let reidentified = {
                let mut connection = lock(&self.rows);
                let transaction = connection.transaction()?;
                let reidentified = counted(&transaction, &mut journal, |journal| {
                    identities::resolve(&transaction, journal, source.root, scope)
                })?;
                // Some files alone can't settle what an earlier run left open.
                let unresolved = if whole { 0 } else { outcome.unresolved.unwrap_or(0) };
                rows::remember(&transaction, "unresolved", unresolved)?;
                if whole {
                    remember_root(&transaction, source.root)?;
                }
                rows::next_generation(&transaction)?;
                transaction.commit()?;
                reidentified
            };
            outcome.reidentified(reidentified);
        }
        if !writing.queued.is_empty() {
            // While everything is being read, what is written meanwhile is committed with the rest.
            if whole || (writing.touched.is_none() && writing.queued.len() > FEW) {
                self.commit_text(&mut writing)?;
                self.uncommitted.store(false, Ordering::Release);
            } else {
                self.uncommitted.store(true, Ordering::Release);
            }
        }
        drop(writing);
        Ok(outcome.changes(self.total()?))
    }

    /// Commits the words that wait, unless a reconcile of everything is about to do so. An index
    /// that can't is healed by the next comparison of the entire folder.
    pub(crate) fn commit_waiting(&self) {
        if !self.uncommitted.load(Ordering::Acquire) {
            return;
        }
        let mut writing = lock(&self.writing);
        // Another thread may have done so while this one waited for it.
        if writing.touched.is_some() || !self.uncommitted.load(Ordering::Acquire) {
            return;
        }
        if let Err(error) = self.commit_text(&mut writing) {
            tracing::warn!(%error, "the words of some articles could not be committed");
        }
        self.uncommitted.store(false, Ordering::Release);
    }

    fn commit_text(&self, writing: &mut Writing) -> Result<()> {
        self.text.commit().inspect_err(|_| {
            self.text.forget();
            self.unhealed.store(true, Ordering::Release);
        })?;
        let queued = std::mem::take(&mut writing.queued);
        let mut connection = lock(&self.rows);
        let transaction = connection.transaction()?;
        {
            let mut delete = transaction.prepare_cached("DELETE FROM text_queue WHERE rowid = ?1")?;
            for rowid in queued {
                delete.execute([rowid])?;
            }
        }
        rows::next_generation(&transaction)?;
        transaction.commit()?;
        Ok(())
    }
}

/// How many articles go into one transaction.
const BATCH: usize = 256;
/// The same while very many are written.
const MANY_BATCH: usize = 1024;
/// From so many changed files on, the words get more threads and memory.
const MANY: usize = 500;
/// Words of more articles than this are committed at once.
const FEW: usize = 50;
/// How many articles may wait for the words' commit while everything is read.
const COMMIT: usize = 50_000;
