//! The quotation ledger: what a piece quotes, from where, and whether the source says so.
//!
//! [`quotations`] finds what stands between quotation marks or in a block quotation, with the references that may name its
//! source: what is attached to it (a note, a link in brackets, the line that attributes a block), then what its paragraph
//! and the piece name. [`SourceText::compare`] looks for the words in a text and tells how they differ. Typography is
//! folded: quotation marks, apostrophes, spaces, dashes, ligatures, forms of accents, capitals where a sentence or a part
//! begins, the punctuation at both ends but a question or an exclamation mark that the source does not have. `[…]`, `(…)` and
//! the spaced dots of English books (`. . .`) stand for words left out; `…` and `...` are the speaker’s own, and hide nothing.
//! Words in square brackets and `[sic]` are the writer’s, and so is « , dit-il, ». Everything else is a difference: a word, an
//! accent, a comma, a hyphen, the sign of a number; and so is a « ne » that was left out alone, though `[…]` says that
//! something was. Code is read as words, and quotes nothing.
//!
//! Of where a passage stands in its source nothing is kept but the heading that a link to it names ([`section_of`]): the
//! words are found again. All of it takes time in proportion
//! to the texts, but for tables that are bounded.

mod cite;
mod compare;
mod difference;
mod find;
mod near;
mod pulled;
mod read;
mod said;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use serde::Serialize;

pub use cite::{Change, Cited, Form, insert, name_source};
pub use compare::{Comparison, SourceText};
pub use difference::{Difference, Mark, Piece};
pub use find::quotations;

use crate::outline::{ANCHOR_PREFIX, outline};
use read::Place;

/// The name of the section of a source in which a passage stands, as a link has it behind `#`: that of the nearest heading
/// before it, which every program that shows Markdown knows. `suffix`: the words right after the passage, which tell it from
/// the same words elsewhere. `None` where it stands before the first heading, below the title alone, or nowhere.
pub fn section_of(source: &str, passage: &str, suffix: &str) -> Option<String> {
    let headings = outline(source);
    if headings.is_empty() || passage.trim().is_empty() {
        return None;
    }
    let text = SourceText::of(source);
    let line = text
        .line_of(&format!("{passage}{suffix}"))
        .or_else(|| text.line_of(passage))?;
    let index = headings.iter().rposition(|heading| heading.line <= line)?;
    let heading = headings.get(index).filter(|heading| index > 0 || heading.level > 1)?;
    heading.anchor.strip_prefix(ANCHOR_PREFIX).map(str::to_owned)
}

/// Words that a piece quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Where it stands in the text, in bytes: from mark to mark, or the words of the block.
    pub range: Range<usize>,
    /// The words alone; paragraphs are parted by an empty line.
    pub words: String,
    /// Whether it is a block.
    pub is_block: bool,
    /// Where a reference to its source would be put, in bytes.
    pub end: usize,
    /// What may name its source, the likeliest first.
    pub sources: Vec<Named>,
    /// The characters of the words with their places in the text.
    places: Vec<Place>,
    /// Whether its marks are such that a full stop goes within them, whatever the sentence ends with.
    stops_within: bool,
}

/// A reference that may name the source of a quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// What is named.
    pub reference: Reference,
    /// How near it stands.
    pub nearness: Nearness,
}

/// What names a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "value")]
pub enum Reference {
    /// A link, as it stands in the text.
    Link(String),
    /// The key of a citation, `[@key]`.
    Key(String),
    /// A note that links to nothing: its words.
    Words(String),
}

/// How near a reference stands to a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Nearness {
    /// It belongs to it.
    Attached,
    /// It stands in the same paragraph.
    Paragraph,
    /// It stands elsewhere in the piece.
    Piece,
}

/// With fewer words a quotation that nothing is attached to is no quotation but a title, a turn of phrase, a distance.
pub const FEWEST_WORDS: usize = 5;

/// With fewer words, one that only a word of its sentence is linked behind, or that has a note which links to nothing, is
/// none either.
pub const FEWEST_SOURCED: usize = 3;

impl Quotation {
    /// Where a part of the words (in bytes) stands in the text: from its first character to its last.
    pub(crate) fn place(&self, part: Range<usize>) -> Option<Range<usize>> {
        let first = self.places.partition_point(|place| place.at < part.start);
        let end = self.places.partition_point(|place| place.at < part.end);
        let places = self.places.get(first..end)?;
        let real = |place: &&Place| place.to > place.from;
        let start = places.iter().find(real)?.from;
        Some(start..places.iter().rev().find(real)?.to)
    }

    /// How many words it has.
    pub fn word_count(&self) -> usize {
        words::words(&self.words).len()
    }

    /// Whether something that belongs to it names its source.
    pub fn is_sourced(&self) -> bool {
        self.sources.iter().any(|named| named.nearness == Nearness::Attached)
    }
}
