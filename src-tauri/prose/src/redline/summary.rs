//! How much changed.

use serde::{Deserialize, Serialize};

use super::{Move, Nature, Op, What};
use crate::counts;

/// How much changed, as a newsroom counts (see [`counts::Counts`]); moves and typography are told apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Summary {
    /// Words that came.
    pub words_inserted: u32,
    /// Words that are gone.
    pub words_deleted: u32,
    /// Words that stand elsewhere now.
    pub words_moved: u32,
    /// Signs, spaces included, that came.
    pub signs_inserted: u32,
    /// Signs, spaces included, that are gone.
    pub signs_deleted: u32,
    /// Insertions, deletions and replacements of words.
    pub changes: u32,
    /// Moves.
    pub moves: u32,
    /// Changes of typography alone.
    pub typography: u32,
    /// Changes of Markdown’s structure alone.
    pub structure: u32,
}

impl Summary {
    pub(super) fn of(ops: &[Op], moves: &[Move]) -> Summary {
        let mut summary = Summary::default();
        ops.iter().for_each(|op| summary.add(op));
        for found in moves {
            summary.moves += 1;
            summary.words_moved += counts::count(&found.added, None).words;
            found.ops.iter().for_each(|op| summary.add(op));
        }
        summary
    }

    fn add(&mut self, op: &Op) {
        let What::Change {
            nature, removed, added, ..
        } = &op.what
        else {
            return;
        };
        match nature {
            Nature::Typography => self.typography += 1,
            Nature::Structure(_) => self.structure += 1,
            _ => {
                let (gone, came) = (counts::count(removed, None), counts::count(added, None));
                self.changes += 1;
                self.words_inserted += came.words;
                self.words_deleted += gone.words;
                self.signs_inserted += came.signs;
                self.signs_deleted += gone.signs;
            }
        }
    }
}
