//! What one reconcile did, and what it tells in the end.

use super::identities::{Reidentified, Scope};
use super::rows::Known;
use crate::article::{FileProblem, LibraryChanges, Moved};
use crate::identity::ArticleId;
use crate::walk::Stamp;
use std::collections::HashMap;

/// What one reconcile did.
#[derive(Default)]
pub(super) struct Outcomes {
    pub(super) scope: Scope,
    /// When it began, in nanoseconds since 1970.
    pub(super) now: i64,
    /// Whether the entire folder is compared.
    pub(super) whole: bool,
    /// Whether identities were left open before this began.
    pub(super) unresolved: Option<i64>,
    pub(super) errors: Vec<FileProblem>,
    pub(super) before: HashMap<ArticleId, String>,
    pub(super) after: HashMap<i64, (ArticleId, String)>,
}

impl Outcomes {
    pub(super) fn touched_anything(&self) -> bool {
        !self.before.is_empty() || !self.after.is_empty()
    }

    /// A file written just now may be written again without another stamp.
    pub(super) fn is_doubtful(&self, stamp: Stamp) -> bool {
        (self.now - RACY..self.now + TICK).contains(&stamp.modified)
    }

    pub(super) fn left(&mut self, known: Known) {
        self.scope.declared.extend(known.declared.clone());
        self.before.insert(known.id.clone(), known.path.clone());
        self.after.remove(&known.rowid);
        self.scope.rows.remove(&known.rowid);
        self.scope.before.push(known);
    }

    pub(super) fn wrote(&mut self, rowid: i64, path: String, id: ArticleId, known: Option<Known>) {
        self.scope.rows.insert(rowid);
        self.after.insert(rowid, (id, path));
        if let Some(known) = known {
            self.scope.declared.extend(known.declared.clone());
            self.before.insert(known.id.clone(), known.path.clone());
            self.scope.before.push(known);
        }
    }

    pub(super) fn reidentified(&mut self, rows: Vec<Reidentified>) {
        for row in rows {
            if !self.after.contains_key(&row.rowid) {
                self.before.insert(row.from, row.path.clone());
            }
            self.after.insert(row.rowid, (row.to, row.path));
        }
    }

    pub(super) fn changes(self, total: usize) -> LibraryChanges {
        let mut changes = LibraryChanges {
            errors: self.errors,
            total,
            ..LibraryChanges::default()
        };
        let mut before = self.before;
        for (id, path) in self.after.into_values() {
            match before.remove(&id) {
                None => changes.new.push(id),
                Some(from) => {
                    if from != path {
                        changes.moved.push(Moved {
                            id: id.clone(),
                            from,
                            to: path,
                        });
                    }
                    changes.updated.push(id);
                }
            }
        }
        changes.deleted.extend(before.into_keys());
        changes.new.sort();
        changes.updated.sort();
        changes.deleted.sort();
        changes.moved.sort_by(|left, right| left.to.cmp(&right.to));
        changes
    }
}

/// Two writes within this many nanoseconds may bear the same stamp.
const RACY: i64 = 20_000_000;
/// A stamp further in the future comes from another clock, and stays as it is.
const TICK: i64 = 60_000_000_000;
