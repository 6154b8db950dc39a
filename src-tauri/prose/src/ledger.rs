//! The quotation ledger: what a draft quotes, and where it says that it has it from.
//!
//! A quotation is what stands between quotation marks (« », “ ”, „ “, " "), also over some paragraphs, or in a block
//! quotation. Names of works, irony and single words stand between the same marks: what has fewer than [`FEWEST_WORDS`]
//! words is listed only where a note or a link follows at once.
//!
//! The source is named by a link to the article or a citation (`[@key]`): in the quotation’s attribution (the last line
//! of a block quotation that begins with a dash, or the paragraph after it), in the footnote called right behind it, or
//! in the same paragraph. Nothing else is kept anywhere, so that a quotation takes its source along wherever it is moved
//! and whatever program moves it. [`crate::quote::Passages::prove`] tells whether the source says it.

mod reading;
mod spans;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::fold;
use reading::{Leaf, Mark};
use spans::Span;

/// What stands between quotation marks is a quotation from this many words on.
pub const FEWEST_WORDS: usize = 5;

/// What a draft quotes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Quotation {
    /// The whole of it with its marks, in bytes of the draft; of a block quotation without its attribution.
    pub range: Range<usize>,
    /// The words alone, where they stand in one piece that can be replaced as a whole.
    pub words: Option<Range<usize>>,
    /// The words as they are read, paragraphs parted by `\n`.
    pub text: String,
    /// How it is set.
    pub form: Form,
    /// What it says it has them from, the nearest first.
    pub sources: Vec<Named>,
}

/// How a quotation is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Form {
    /// Between quotation marks.
    Inline,
    /// As a block of its own.
    Block,
}

/// A source that is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Named {
    /// By a link, of whatever form; its target as written.
    #[serde(rename_all = "camelCase")]
    Link {
        /// Where it leads.
        target: String,
    },
    /// By the key of a reference.
    #[serde(rename_all = "camelCase")]
    Citation {
        /// The key, without `@`.
        key: String,
    },
}

/// The quotations of a draft in its order, front matter (title, standfirst, teaser) included. Takes time in proportion to
/// the text.
pub fn quotations(source: &str) -> Vec<Quotation> {
    let leaves = reading::leaves(source);
    let notes = notes(&leaves);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(leaf) = leaves.get(at) {
        let Some(block) = leaf.quote.as_ref() else {
            let end = at + leaves.iter().skip(at).take_while(|leaf| leaf.quote.is_none()).count();
            inline(leaves.get(at..end).unwrap_or_default(), &notes, &mut found);
            at = end;
            continue;
        };
        let same = |leaf: &&Leaf| leaf.quote.as_ref() == Some(block);
        let end = at + leaves.iter().skip(at).take_while(same).count();
        let before = at.checked_sub(1).and_then(|before| leaves.get(before));
        found.extend(block_quotation(
            leaves.get(at..end).unwrap_or_default(),
            before,
            leaves.get(end),
            &notes,
        ));
        at = end;
    }
    found
}

/// Sources that the footnotes name, by label.
type Notes<'a> = HashMap<&'a str, Vec<Named>>;

fn notes(leaves: &[Leaf]) -> Notes<'_> {
    let mut notes: Notes = HashMap::new();
    for leaf in leaves {
        if let Some(label) = &leaf.note {
            let named = leaf.marks.iter().filter_map(|(_, mark)| mark.named());
            notes.entry(label).or_default().extend(named);
        }
    }
    notes
}

/// The quotations between marks in leaves that follow each other.
fn inline(leaves: &[Leaf], notes: &Notes<'_>, found: &mut Vec<Quotation>) {
    for Span { first, from, last, to } in spans::of(leaves) {
        let (Some(head), Some(tail)) = (leaves.get(first), leaves.get(last)) else {
            continue;
        };
        let mut text = String::new();
        for (number, leaf) in leaves.iter().enumerate().take(last + 1).skip(first) {
            let start = if number == first { from } else { 0 };
            let end = if number == last { to } else { leaf.text.len() };
            if !text.is_empty() {
                text.push('\n');
            }
            // A paragraph within begins with the mark again.
            let said = leaf.text.get(start..end).unwrap_or_default();
            text.push_str(if number == first {
                said
            } else {
                said.trim_start_matches(|character: char| spans::is_mark(character) || character.is_whitespace())
            });
        }
        let text = text.trim().to_owned();
        let sources = sources_around(head, from, tail, to, notes);
        let known = !sources.at_once.is_empty();
        if fold::words(&text).take(FEWEST_WORDS).count() < if known { 2 } else { FEWEST_WORDS } {
            continue;
        }
        let in_link = head.marks_before(from).take(MOST_SOURCES).any(
            |(_, mark)| matches!(mark, Mark::Link { text, .. } if first == last && from < text.end && to <= text.end),
        );
        if in_link {
            // The title of what a link leads to.
            continue;
        }
        let (Some(start), Some(end)) = (head.outside(from), tail.outside_end(to)) else {
            continue;
        };
        let words = (first == last).then(|| head.between(from, to)).flatten();
        found.push(Quotation {
            range: start..end,
            words,
            text,
            form: Form::Inline,
            sources: sources.all(),
        });
    }
}

fn block_quotation(
    leaves: &[Leaf],
    before: Option<&Leaf>,
    after: Option<&Leaf>,
    notes: &Notes<'_>,
) -> Option<Quotation> {
    let mut sources = Sources::default();
    let (mut text, mut range): (String, Option<Range<usize>>) = (String::new(), None);
    let mut words = None;
    let mut said = 0;
    for (number, leaf) in leaves.iter().enumerate() {
        let attribution = if number + 1 == leaves.len() {
            leaf.attribution()
        } else {
            None
        };
        let end = attribution.unwrap_or(leaf.text.len());
        let words_here = leaf.text.get(..end).unwrap_or_default().trim();
        for (place, mark) in leaf.marks.iter().rev().take(MOST_SOURCES) {
            let named = mark.named().into_iter().chain(mark.of_note(notes));
            if place.start >= end {
                sources.at_once.extend(named);
            } else {
                sources.near.extend(named);
            }
        }
        if words_here.is_empty() {
            continue;
        }
        said += 1;
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(words_here);
        let lead = leaf.text.len() - leaf.text.trim_start().len();
        let place = leaf.between(lead, lead + words_here.len());
        if let Some(place) = &place {
            let start = range.as_ref().map_or(place.start, |range| range.start);
            range = Some(start..place.end);
        }
        words = place;
    }
    if let Some(after) = after.filter(|after| after.quote.is_none() && after.begins_with_dash()) {
        let named = after
            .marks
            .iter()
            .take(MOST_SOURCES)
            .filter_map(|(_, mark)| mark.named());
        sources.at_once.extend(named);
    }
    if let Some(before) = before.filter(|before| before.text.trim_end().ends_with(':')) {
        sources
            .near
            .extend(before.marks.iter().rev().filter_map(|(_, mark)| mark.named()));
    }
    fold::words(&text).next()?;
    // The marks around the whole are no words of it.
    let inner = spans::unmarked(&text);
    let lead = text.len() - text.trim_start_matches(spans::is_opening_or_space).len();
    let words = words.filter(|_| said == 1 && inner.len() == text.len() && lead == 0);
    Some(Quotation {
        range: range?,
        words,
        text: inner.to_owned(),
        form: Form::Block,
        sources: sources.all(),
    })
}

#[derive(Default)]
struct Sources {
    /// Named right behind the quotation.
    at_once: Vec<Named>,
    /// Named in the same paragraph.
    near: Vec<Named>,
}

impl Sources {
    fn all(self) -> Vec<Named> {
        let mut all: Vec<Named> = Vec::new();
        for named in self.at_once.into_iter().chain(self.near) {
            if all.len() < MOST_SOURCES && !all.contains(&named) {
                all.push(named);
            }
        }
        all
    }
}

/// No quotation is looked for in more places.
const MOST_SOURCES: usize = 8;

/// A note or a link this near behind a quotation is its own, in bytes of what is read.
const AT_ONCE: usize = 12;

fn sources_around(head: &Leaf, from: usize, tail: &Leaf, to: usize, notes: &Notes<'_>) -> Sources {
    let mut sources = Sources::default();
    for (place, mark) in tail.marks_from(to).take(MOST_SOURCES) {
        let named = mark.named().into_iter().chain(mark.of_note(notes));
        if place.start <= to + AT_ONCE {
            sources.at_once.extend(named);
        } else {
            sources.near.extend(named);
        }
    }
    for (place, mark) in head.marks_before(from).take(MOST_SOURCES) {
        if place.end <= from {
            sources.near.extend(mark.named().into_iter().chain(mark.of_note(notes)));
        }
    }
    sources
}
