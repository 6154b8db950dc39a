//! What may name the source of a quotation.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::read::{Block, Target};
use super::{Named, Nearness, Reference};

/// So many references are told of one quotation.
const MOST: usize = 16;
/// So many marks before and behind a quotation are looked at: a paragraph may be as long as a text.
const MOST_MARKS: usize = 64;

/// The references of a text, and the notes that they may lead to.
pub(super) struct References {
    /// What each note refers to, or says.
    notes: HashMap<String, Vec<Reference>>,
    /// All of the piece, each once, in its order.
    all: Vec<Reference>,
}

impl References {
    pub fn of(blocks: &[Block]) -> References {
        let mut notes: HashMap<String, Vec<Reference>> = HashMap::new();
        let mut words: HashMap<&str, String> = HashMap::new();
        for block in blocks {
            let Some(note) = &block.note else { continue };
            let links = block.marks.iter().filter_map(|mark| direct(&mark.target));
            notes.entry(note.clone()).or_default().extend(links);
            words.entry(note).or_default().push_str(&block.text);
        }
        for (note, links) in &mut notes {
            if links.is_empty()
                && let Some(words) = words.get(note.as_str())
            {
                links.push(Reference::Words(words.clone()));
            }
        }
        let mut all = Vec::new();
        let mut seen = HashSet::new();
        for mark in blocks.iter().flat_map(|block| &block.marks) {
            if all.len() == MOST {
                break;
            }
            if let Some(reference) = direct(&mark.target)
                && seen.insert(reference.clone())
            {
                all.push(reference);
            }
        }
        References { notes, all }
    }

    /// The references for words that stand in a part of a block (in bytes of its text), from mark to mark.
    pub fn of_inline(&self, blocks: &[Block], first: usize, last: usize, range: (usize, usize)) -> Vec<Named> {
        let mut found = Collected::default();
        let (start, end) = range;
        // Within it, or around it: `[« … »](address)`.
        for (index, block) in blocks.iter().enumerate().take(last + 1).skip(first) {
            // A link that is open here began not many marks before.
            let near = block.marks.partition_point(|mark| mark.range.start < start);
            let from = if index == first { near.saturating_sub(MOST) } else { 0 };
            for mark in block
                .marks
                .iter()
                .skip(from)
                .take_while(|mark| index < last || mark.range.start <= end)
            {
                let after_start = index > first || mark.range.end > start;
                let before_end = index < last || mark.range.start <= end;
                if after_start && before_end {
                    found.add(Nearness::Attached, self.lead(&mark.target));
                }
            }
        }
        let Some(block) = blocks.get(last) else {
            return found.named;
        };
        let after = block.text.get(end..).unwrap_or_default();
        let attached = end + attached_length(after);
        let behind = block.marks.partition_point(|mark| mark.range.start < end);
        // What follows in the paragraph is nearer than what came before.
        for mark in block.marks.iter().skip(behind).take(MOST_MARKS) {
            let nearness = if mark.range.start <= attached {
                Nearness::Attached
            } else {
                Nearness::Paragraph
            };
            found.add(nearness, self.lead(&mark.target));
        }
        if let Some(block) = blocks.get(first) {
            let before = block.marks.partition_point(|mark| mark.range.start < start);
            let before = block.marks.iter().take(before).rev();
            for mark in before.take(MOST_MARKS).filter(|mark| mark.range.end <= start) {
                found.add(Nearness::Paragraph, self.lead(&mark.target));
            }
        }
        found.add(Nearness::Piece, self.all.clone());
        found.named
    }

    /// Whether what names a source belongs so closely to words in a block (from mark to mark, in bytes) that a word or two
    /// are quoted from there: a note or a citation right behind them, a link in brackets behind, a link around them, one
    /// that they are, unless it is a title that they are.
    pub fn are_close(&self, block: &Block, range: &Range<usize>, is_title: bool) -> bool {
        let after = block.text.get(range.end..).unwrap_or_default();
        let attached = range.end + attached_length(after);
        let opens = after
            .find(|character: char| character.is_alphanumeric())
            .and_then(|word| after.get(..word)?.find(['(', '[']))
            .map(|open| range.end + open);
        let near = block.marks.partition_point(|mark| mark.range.start < range.start);
        let mut marks = block
            .marks
            .iter()
            .skip(near.saturating_sub(MOST))
            .take(MOST + MOST_MARKS);
        marks.any(|mark| {
            let at = mark.range.start;
            let is_close = match mark.target {
                Target::Note(_) | Target::Key(_) => at >= range.start && at <= attached,
                Target::Link(_) if at > range.end => at <= attached && opens.is_some_and(|open| at > open),
                Target::Link(_) => at < range.end && mark.range.end > range.start && !is_title,
            };
            let leads = || self.lead(&mark.target).into_iter();
            is_close && leads().any(|reference| !matches!(reference, Reference::Words(_)))
        })
    }

    /// The references for a block quotation: those in it (its attribution first), of the line below, of the one above.
    pub fn of_block(&self, blocks: &[Block], quoted: Range<usize>, attribution: Option<usize>) -> Vec<Named> {
        let mut found = Collected::default();
        let inside = blocks.get(quoted.clone()).unwrap_or_default();
        let marks = inside.iter().flat_map(|block| &block.marks);
        if let (Some(at), Some(last)) = (attribution, inside.last()) {
            for mark in last.marks.iter().filter(|mark| mark.range.start >= at) {
                found.add(Nearness::Attached, self.lead(&mark.target));
            }
        }
        for mark in marks {
            found.add(Nearness::Attached, self.lead(&mark.target));
        }
        if let Some(below) = blocks
            .get(quoted.end)
            .filter(|below| below.quote.is_none() && below.note.is_none())
            && below.text.starts_with(['—', '–', '-', '―', '('])
        {
            for mark in &below.marks {
                found.add(Nearness::Attached, self.lead(&mark.target));
            }
        }
        let above = quoted.start.checked_sub(1).and_then(|above| blocks.get(above));
        if let Some(above) = above.filter(|above| above.is_paragraph && above.quote.is_none()) {
            let introduces = above.text.trim_end().ends_with(':');
            for mark in above.marks.iter().rev() {
                let nearness = if introduces {
                    Nearness::Attached
                } else {
                    Nearness::Paragraph
                };
                found.add(nearness, self.lead(&mark.target));
            }
        }
        found.add(Nearness::Piece, self.all.clone());
        found.named
    }

    /// The references of the whole piece, for what stands in its front matter.
    pub fn of_piece(&self) -> Vec<Named> {
        let mut found = Collected::default();
        found.add(Nearness::Piece, self.all.clone());
        found.named
    }

    fn lead(&self, target: &Target) -> Vec<Reference> {
        match target {
            Target::Note(name) => self.notes.get(name).cloned().unwrap_or_default(),
            other => direct(other).into_iter().collect(),
        }
    }
}

#[derive(Default)]
struct Collected {
    named: Vec<Named>,
}

impl Collected {
    fn add(&mut self, nearness: Nearness, references: Vec<Reference>) {
        for reference in references {
            if self.named.len() < MOST && !self.named.iter().any(|named| named.reference == reference) {
                self.named.push(Named { reference, nearness });
            }
        }
    }
}

fn direct(target: &Target) -> Option<Reference> {
    match target {
        // A place in the piece itself, a mailbox.
        Target::Link(link) if link.is_empty() || link.starts_with('#') || link.starts_with("mailto:") => None,
        Target::Link(link) => Some(Reference::Link(link.clone())),
        Target::Key(key) => Some(Reference::Key(key.clone())),
        Target::Note(_) => None,
    }
}

/// How much of what follows a quotation belongs to it, in bytes: punctuation, and what stands in brackets right after.
fn attached_length(after: &str) -> usize {
    let opens = after
        .find(|character: char| character.is_alphanumeric())
        .unwrap_or(after.len());
    let before = after.get(..opens).unwrap_or_default();
    match before.find(['(', '[']) {
        Some(open) => {
            let inside = after.get(open..).unwrap_or_default();
            let end = inside.find([')', '\n']).filter(|end| *end < 400);
            open + end.unwrap_or_default()
        }
        None => before.len(),
    }
}
