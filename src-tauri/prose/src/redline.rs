//! The prose redline: what changed from one text to another, as an editor would mark it.
//!
//! Sentences are aligned first, then words: a sentence that was rewritten is one change, and no “de” or “the” that both
//! wordings share stands in it as an island. Sentences and paragraphs that stand elsewhere now are [moves](Move), also
//! when they were edited on the way. Changes of typography alone (spaces, quotation marks, apostrophes, dashes, the
//! forms of an accent) and of Markdown alone (the level of a heading, where a link leads) are told apart from changes
//! of words.
//!
//! A redline is lossless. Its operations, in order, cover every byte of both texts: their old ranges put together are
//! the old text, their new ranges the new one. What is compared is folded; what is kept is bytes. So
//! [`Redline::apply`] gives the new text, [`Redline::revert`] the old one, and [`Redline::resolve`] any text in between.
//!
//! The parts: `blocks` and `tokens` read a text, `units` are what is matched and moved, `align` matches them (unique
//! ones first as in Heckel, 1978; the heaviest chain stays, `chain`), `words` matches within what belongs together
//! (affine gaps, Gotoh 1982; `long` where that would take too long), `assemble` and `emit` write the operations. All of it takes time in proportion to the texts, but for
//! bounded tables: where texts are too long or too repetitive for the best answer, a coarser one is given.

mod align;
mod assemble;
mod blocks;
mod chain;
mod critic;
mod emit;
mod html;
mod long;
mod scan;
mod summary;
#[cfg(test)]
mod tests;
mod tokens;
mod units;
mod words;

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use critic::{CriticText, from_critic};
pub use html::HtmlOptions;
pub use summary::Summary;

/// What changed from one text to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Redline {
    /// The operations in the order in which they are read: what is gone stands before what came in its place.
    pub ops: Vec<Op>,
    /// The moves, by their numbers.
    pub moves: Vec<Move>,
    /// How much changed.
    pub summary: Summary,
}

/// A stretch of both texts. Ranges are bytes, and the next operation goes on where this one ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Op {
    /// Where it stands in the old text.
    pub old: Range<usize>,
    /// Where it stands in the new text.
    pub new: Range<usize>,
    /// What became of it.
    #[serde(flatten)]
    pub what: What,
}

/// What became of a stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum What {
    /// Nothing: the same bytes on both sides.
    Same,
    /// It was changed.
    #[serde(rename_all = "camelCase")]
    Change {
        /// The number of the change.
        id: u32,
        /// What kind of change it is.
        #[serde(flatten)]
        nature: Nature,
        /// What is gone; empty for an insertion.
        removed: String,
        /// What came; empty for a deletion.
        added: String,
    },
    /// It stands elsewhere now; the new range is empty.
    MovedFrom {
        /// The number of the [`Move`].
        id: u32,
    },
    /// It stood elsewhere before; the old range is empty.
    MovedTo {
        /// The number of the [`Move`].
        id: u32,
    },
}

/// The kinds of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "nature", content = "of")]
pub enum Nature {
    /// Words came.
    Inserted,
    /// Words are gone.
    Deleted,
    /// Words stand for others.
    Replaced,
    /// It only looks different: spaces, quotation marks, apostrophes, dashes, the form in which an accent is written,
    /// how lines are broken.
    Typography,
    /// The same words, in another place of Markdown’s structure.
    Structure(Structure),
}

/// What of Markdown’s structure changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Structure {
    /// A heading, or its level.
    Heading,
    /// A link, or where it leads.
    Link,
    /// An item of a list, its kind or its depth.
    List,
    /// A quotation.
    Quotation,
    /// A paragraph was parted in two, or two were joined.
    Paragraph,
    /// A line break within a paragraph.
    LineBreak,
    /// Emphasis.
    Emphasis,
    /// A tag of HTML.
    Html,
}

/// Sentences or blocks that stand elsewhere now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Move {
    /// The number of the move, from the same row as those of changes.
    pub id: u32,
    /// Where it stood, in bytes of the old text, with the blanks that went along.
    pub old: Range<usize>,
    /// Where it stands, in bytes of the new text, with the blanks that came along.
    pub new: Range<usize>,
    /// The same without the blanks.
    pub inner_old: Range<usize>,
    /// The same without the blanks.
    pub inner_new: Range<usize>,
    /// What stood in the old text.
    pub removed: String,
    /// What stands in the new text.
    pub added: String,
    /// What was edited on the way: operations over `inner_old` and `inner_new`, none of which is a move.
    pub ops: Vec<Op>,
}

/// A text is not the one that a redline was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mismatch;

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the redline was made from another text")
    }
}

impl std::error::Error for Mismatch {}

/// Texts above this many bytes are no prose: they are not read, and have one change from end to end.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Compares two texts in Markdown. Never fails; see [`MAX_BYTES`] for its bounds.
pub fn redline(old: &str, new: &str) -> Redline {
    let (mut ops, mut moves) = if old == new {
        let whole = Op {
            old: 0..old.len(),
            new: 0..new.len(),
            what: What::Same,
        };
        (if old.is_empty() { Vec::new() } else { vec![whole] }, Vec::new())
    } else if old.len().max(new.len()) > MAX_BYTES {
        (coarse(old, new), Vec::new())
    } else {
        let ([one, two], keys) = units::read(old, new);
        let alignment = align::align(&one, &two, &keys);
        assemble::assemble(&one, &two, &keys, &alignment)
    };
    number(old, new, &mut ops, &mut moves);
    let summary = Summary::of(&ops, &moves);
    Redline { ops, moves, summary }
}

impl Redline {
    /// Whether both texts are the same, byte for byte.
    pub fn is_empty(&self) -> bool {
        self.ops.iter().all(|op| op.what == What::Same)
    }

    /// The new text, from the old one.
    ///
    /// # Errors
    /// [`Mismatch`] when `old` is another text, as far as its length and what was changed in it tell.
    pub fn apply(&self, old: &str) -> Result<String, Mismatch> {
        self.resolve(old, |_| true)
    }

    /// The old text, from the new one.
    ///
    /// # Errors
    /// [`Mismatch`] when `new` is another text, as far as its length and what was changed in it tell.
    pub fn revert(&self, new: &str) -> Result<String, Mismatch> {
        let length = self.ops.last().map_or(0, |op| op.new.end);
        if length != new.len() {
            return Err(Mismatch);
        }
        let mut text = String::with_capacity(self.ops.last().map_or(0, |op| op.old.end));
        for op in &self.ops {
            let here = new.get(op.new.clone()).ok_or(Mismatch)?;
            match &op.what {
                What::Same => text.push_str(here),
                What::Change { removed, added, .. } if added == here => text.push_str(removed),
                What::MovedFrom { id } => text.push_str(&self.moved(*id)?.removed),
                What::MovedTo { id } if self.moved(*id)?.added == here => {}
                _ => return Err(Mismatch),
            }
        }
        Ok(text)
    }

    /// The old text with some of the changes made: those whose numbers `accepted` takes. A move and what was edited on
    /// the way are accepted or refused each by itself.
    ///
    /// # Errors
    /// [`Mismatch`] when `old` is another text, as far as its length and what was changed in it tell.
    pub fn resolve(&self, old: &str, accepted: impl Fn(u32) -> bool) -> Result<String, Mismatch> {
        if self.ops.last().map_or(0, |op| op.old.end) != old.len() {
            return Err(Mismatch);
        }
        let mut text = String::with_capacity(self.ops.last().map_or(0, |op| op.new.end));
        for op in &self.ops {
            match &op.what {
                What::MovedFrom { id } => {
                    let found = self.moved(*id)?;
                    if old.get(op.old.clone()) != Some(&*found.removed) {
                        return Err(Mismatch);
                    }
                    if !accepted(*id) {
                        let (lead, end) = (found.inner_old.start - op.old.start, found.inner_old.end - op.old.start);
                        text.push_str(found.removed.get(..lead).ok_or(Mismatch)?);
                        found
                            .ops
                            .iter()
                            .try_for_each(|op| step(op, old, &accepted, &mut text))?;
                        text.push_str(found.removed.get(end..).ok_or(Mismatch)?);
                    }
                }
                What::MovedTo { id } => {
                    let found = self.moved(*id)?;
                    if accepted(*id) {
                        let (lead, end) = (found.inner_new.start - op.new.start, found.inner_new.end - op.new.start);
                        text.push_str(found.added.get(..lead).ok_or(Mismatch)?);
                        found
                            .ops
                            .iter()
                            .try_for_each(|op| step(op, old, &accepted, &mut text))?;
                        text.push_str(found.added.get(end..).ok_or(Mismatch)?);
                    }
                }
                _ => step(op, old, &accepted, &mut text)?,
            }
        }
        Ok(text)
    }

    fn moved(&self, id: u32) -> Result<&Move, Mismatch> {
        let at = self.moves.partition_point(|found| found.id < id);
        self.moves.get(at).filter(|found| found.id == id).ok_or(Mismatch)
    }
}

/// What an operation that is no move leaves of the old text.
fn step(op: &Op, old: &str, accepted: impl Fn(u32) -> bool, text: &mut String) -> Result<(), Mismatch> {
    let here = old.get(op.old.clone()).ok_or(Mismatch)?;
    match &op.what {
        What::Change { id, removed, added, .. } if removed == here => {
            text.push_str(if accepted(*id) { added } else { removed });
        }
        What::Same => text.push_str(here),
        _ => return Err(Mismatch),
    }
    Ok(())
}

/// What differs between the ends that two texts share, as one change.
fn coarse(old: &str, new: &str) -> Vec<Op> {
    let same = |(one, two): &(char, char)| one == two;
    let length = |(one, _): (char, char)| one.len_utf8();
    let head: usize = old.chars().zip(new.chars()).take_while(same).map(length).sum();
    let ends = old[head..].chars().rev().zip(new[head..].chars().rev());
    let tail: usize = ends.take_while(same).map(length).sum();
    let (end_old, end_new) = (old.len() - tail, new.len() - tail);
    let change = What::Change {
        id: 0,
        nature: match (head == end_old, head == end_new) {
            (true, _) => Nature::Inserted,
            (_, true) => Nature::Deleted,
            _ => Nature::Replaced,
        },
        removed: String::new(),
        added: String::new(),
    };
    [
        (0..head, 0..head, What::Same),
        (head..end_old, head..end_new, change),
        (end_old..old.len(), end_new..new.len(), What::Same),
    ]
    .into_iter()
    .filter(|(old, new, _)| !old.is_empty() || !new.is_empty())
    .map(|(old, new, what)| Op { old, new, what })
    .collect()
}

/// Gives changes and moves their numbers, from 1 on and in the order in which they are read, and the words that they
/// are about.
fn number(old: &str, new: &str, ops: &mut [Op], moves: &mut [Move]) {
    let mut next = 0;
    let words = |op: &mut Op, next: &mut u32| {
        if let What::Change { id, removed, added, .. } = &mut op.what {
            *next += 1;
            *id = *next;
            *removed = old[op.old.clone()].to_owned();
            *added = new[op.new.clone()].to_owned();
        }
    };
    for op in ops.iter_mut() {
        match &mut op.what {
            What::MovedFrom { id } | What::MovedTo { id } => {
                let found = &mut moves[*id as usize];
                if found.id == 0 {
                    next += 1;
                    found.id = next;
                    found.ops.iter_mut().for_each(|op| words(op, &mut next));
                }
                *id = found.id;
            }
            _ => words(op, &mut next),
        }
    }
    moves.sort_by_key(|found| found.id);
}
