//! Looking for the words of a quotation in a text that may be its source.

mod align;
mod nearest;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::Quotation;
use super::difference::{Difference, Piece, Run, differences, pieces};
use super::read::blocks;
use super::said::Said;
use super::words::{ENDS, Word, ending, gap, is_same, is_same_ending, is_same_gap, words};

/// A text that quotations are compared with.
#[derive(Debug)]
pub struct SourceText {
    plain: String,
    words: Vec<Word>,
    /// The keys of the words, eight bytes each: what is searched for a row of words.
    keys: Vec<u8>,
    /// Where each word stands; made when the first quotation is not found as it is.
    positions: OnceLock<HashMap<u64, Vec<u32>>>,
    /// Where each block begins in what is read, and on which line of the source.
    lines: Vec<(usize, u32)>,
}

/// What a text says of a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What the source says in that place.
    pub passage: String,
    /// Where the quotation differs; nothing when the source says it to the word.
    pub differences: Vec<Difference>,
    /// What is quoted and what the source says, to be read as a redline; empty when they do not differ.
    pub pieces: Vec<Piece>,
    /// How many of the words quoted stand there, from 0 to 100.
    pub likeness: u8,
    /// The line of the source, from 1, on which the paragraph begins; none in a text that is no Markdown.
    pub line: Option<u32>,
}

impl Comparison {
    /// Whether the source says it to the word.
    pub fn is_verbatim(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Places of the longest part that are tried.
const MOST_PLACES: usize = 256;

impl SourceText {
    /// The words of a text in Markdown: title and standfirst, then the body with its notes.
    pub fn of(source: &str) -> SourceText {
        let mut plain = String::with_capacity(source.len());
        let mut lines = Vec::new();
        let (mut read, mut line) = (0, 1);
        for block in blocks(source) {
            if !plain.is_empty() {
                plain.push_str("\n\n");
            }
            // Notes stand at the end, wherever they were written: their lines are not told.
            let start = block
                .places
                .iter()
                .find(|place| place.to > place.from)
                .map(|place| place.from);
            if let Some(passed) = start.and_then(|start| source.get(read..start)) {
                line += u32::try_from(passed.matches('\n').count()).unwrap_or_default();
                read += passed.len();
                lines.push((plain.len(), line));
            }
            plain.push_str(&block.text);
        }
        SourceText {
            lines,
            ..SourceText::of_plain(plain)
        }
    }

    /// A text that is no Markdown.
    pub fn of_plain(plain: String) -> SourceText {
        let words = words(&plain);
        let keys = words.iter().flat_map(|word| word.key.to_le_bytes()).collect();
        SourceText {
            plain,
            words,
            keys,
            positions: OnceLock::new(),
            lines: Vec::new(),
        }
    }

    /// The line of the source, from 1, on which the paragraph begins that says some words; none where nothing does.
    pub fn line_of(&self, words: &str) -> Option<u32> {
        let quotation = Quotation {
            range: 0..0,
            words: words.to_owned(),
            is_block: true,
            end: 0,
            sources: Vec::new(),
            places: Vec::new(),
            stops_within: false,
        };
        let found = self.compare(&quotation)?;
        found.line.filter(|_| found.is_verbatim())
    }

    /// About how much memory it takes, in bytes.
    pub fn size(&self) -> usize {
        self.plain.len() + self.words.len() * 48
    }

    /// Compares a quotation with what this text says; `None` when it says nothing like it.
    pub fn compare(&self, quotation: &Quotation) -> Option<Comparison> {
        let text = quotation.words.as_str();
        let plain = Said::of(text, false);
        let with_asides = Some(Said::of(text, true)).filter(|said| said.has_asides);
        let stops = quotation.stops_within;
        let mut nearest: Option<(usize, Said, Vec<Run>)> = None;
        for said in std::iter::once(plain).chain(with_asides) {
            let said = Said { stops, ..said };
            if let Some(starts) = self.verbatim(text, &said) {
                let runs = runs_at(&said, &starts);
                let differing = self.differing(text, &said, &runs);
                if differing == 0 {
                    return self.told(quotation, &said, &runs);
                }
                if nearest.as_ref().is_none_or(|(least, ..)| differing <= *least) {
                    nearest = Some((differing, said, runs));
                }
            } else if nearest.is_none()
                && let Some(runs) = self.nearly(text, &said)
            {
                nearest = Some((usize::MAX, said, runs));
            } else if nearest.as_ref().is_some_and(|(least, ..)| *least == usize::MAX)
                && let Some(runs) = self.nearly(text, &said)
            {
                nearest = Some((usize::MAX, said, runs));
            }
        }
        let (_, said, runs) = nearest?;
        self.told(quotation, &said, &runs)
    }

    /// Where each part begins, when all stand there in their order, each word by its key.
    fn verbatim(&self, text: &str, said: &Said) -> Option<Vec<usize>> {
        let anchor = (0..said.parts.len()).max_by_key(|part| said.parts.get(*part).map(|part| part.words.len()))?;
        let mut best: Option<(usize, Vec<usize>)> = None;
        let mut from = 0;
        // What is in many parts is looked for in fewer places.
        for _ in 0..(MOST_PLACES / (1 + said.parts.len() / 8)).max(1) {
            let Some(at) = self.find(said, anchor, from..self.words.len()) else {
                break;
            };
            from = at + 1;
            let Some(starts) = self.chain(said, anchor, at) else {
                continue;
            };
            let differing = self.differing(text, said, &runs_at(said, &starts));
            if best.as_ref().is_none_or(|(least, _)| differing < *least) {
                best = Some((differing, starts));
            }
            if differing == 0 {
                break;
            }
        }
        best.map(|(_, starts)| starts)
    }

    /// The other parts around the one that was found.
    fn chain(&self, said: &Said, anchor: usize, at: usize) -> Option<Vec<usize>> {
        let mut starts = vec![at; said.parts.len()];
        let mut start = at;
        for part in (0..anchor).rev() {
            let skips = said.parts.get(part + 1)?.skips;
            let length = said.parts.get(part)?.words.len();
            let earliest = start.saturating_sub(skips + length);
            start = self.find_last(said, part, earliest..start)?;
            *starts.get_mut(part)? = start;
        }
        let mut end = at + said.parts.get(anchor)?.words.len();
        for part in anchor + 1..said.parts.len() {
            let one = said.parts.get(part)?;
            let latest = (end + one.skips + one.words.len()).min(self.words.len());
            let found = self.find(said, part, end..latest)?;
            *starts.get_mut(part)? = found;
            end = found + one.words.len();
        }
        Some(starts)
    }

    fn find(&self, said: &Said, part: usize, within: Range<usize>) -> Option<usize> {
        let needle = keys_of(said, part);
        let finder = memchr::memmem::Finder::new(&needle);
        let mut from = within.start * 8;
        loop {
            let found = from + finder.find(self.keys.get(from..within.end * 8)?)?;
            if found.is_multiple_of(8) {
                return Some(found / 8);
            }
            from = found + 1;
        }
    }

    fn find_last(&self, said: &Said, part: usize, within: Range<usize>) -> Option<usize> {
        let needle = keys_of(said, part);
        let finder = memchr::memmem::FinderRev::new(&needle);
        let mut end = within.end * 8;
        loop {
            let found = finder.rfind(self.keys.get(within.start * 8..end)?)? + within.start * 8;
            if found.is_multiple_of(8) {
                return Some(found / 8);
            }
            end = found + needle.len() - 1;
        }
    }

    /// How many words and gaps are not written alike where all words were found.
    fn differing(&self, text: &str, said: &Said, runs: &[Run]) -> usize {
        let mut differing = 0;
        for run in runs.iter().filter(|run| run.is_same) {
            for (one, other) in run.said.clone().zip(run.source.clone()) {
                differing += usize::from(!self.is_same_word(text, said, one, other));
            }
            let inner = run.said.clone().skip(1).zip(run.source.clone().skip(1));
            for (one, other) in inner {
                differing += usize::from(!self.is_same_gap(text, said, one, other));
            }
            differing += usize::from(!self.is_same_ending(text, said, run));
        }
        let pairs = runs.iter().zip(runs.iter().skip(1));
        differing
            + pairs
                .filter(|(run, next)| self.denied(text, said, run, next).is_some())
                .count()
    }

    /// What was left out between two parts, when it is little and says no: « nous […] voulons » of « nous ne voulons ».
    fn denied(&self, text: &str, said: &Said, run: &Run, next: &Run) -> Option<Range<usize>> {
        const LITTLE: usize = 3;
        let left_out = run.source.end..next.source.start;
        let runs_on = run.is_same && next.is_same && run.said.end == next.said.start;
        if !runs_on || left_out.is_empty() || left_out.len() > LITTLE || !says_no(&self.slice(left_out.clone())) {
            return None;
        }
        (!says_no(between(text, &said.words, next.said.start))).then_some(left_out)
    }

    fn is_same_word(&self, text: &str, said: &Said, one: usize, other: usize) -> bool {
        let (Some(left), Some(right)) = (said.words.get(one), self.words.get(other)) else {
            return false;
        };
        if left.key != right.key {
            return false;
        }
        let quoted = text.get(left.at..left.end).unwrap_or_default();
        let source = self.plain.get(right.at..right.end).unwrap_or_default();
        quoted == source || is_same(quoted, source, said.begins(text, one) || self.begins(other))
    }

    /// Whether the same stands before two words.
    fn is_same_gap(&self, text: &str, said: &Said, one: usize, other: usize) -> bool {
        said.starts_part(one)
            || is_same_gap(
                between(text, &said.words, one),
                between(&self.plain, &self.words, other),
            )
    }

    /// Whether the same ends a part of the quotation and its source; nothing is said of what ends none.
    fn is_same_ending(&self, text: &str, said: &Said, run: &Run) -> bool {
        if !run.is_same || !said.is_end(run.said.end) {
            return true;
        }
        let one = behind(text, &said.words, run.said.end);
        let other = behind(&self.plain, &self.words, run.source.end);
        let (one, other) = (text.get(one), self.plain.get(other));
        is_same_ending(one.unwrap_or_default(), other.unwrap_or_default(), said.stops)
    }

    fn begins(&self, word: usize) -> bool {
        let before = gap(between(&self.plain, &self.words, word));
        word == 0 || before & ENDS != 0
    }

    fn told(&self, quotation: &Quotation, said: &Said, runs: &[Run]) -> Option<Comparison> {
        let text = quotation.words.as_str();
        let same: usize = runs.iter().filter(|run| run.is_same).map(|run| run.said.len()).sum();
        let likeness = u8::try_from(same * 100 / said.words.len().max(1)).unwrap_or(100);
        let inner = runs.iter().filter(|run| !run.source.is_empty());
        let first = inner.clone().map(|run| run.source.start).min()?;
        let last = inner.map(|run| run.source.end).max()?;
        let passage = self.slice(first..last);
        let at = self.words.get(first).map_or(0, |word| word.at);
        let block = self.lines.partition_point(|(start, _)| *start <= at).checked_sub(1);
        let line = block.and_then(|block| self.lines.get(block)).map(|(_, line)| *line);
        // What is written otherwise is a difference of its own.
        let mut told: Vec<Run> = Vec::with_capacity(runs.len());
        for (index, run) in runs.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| runs.get(before));
            if let Some(source) = before.and_then(|before| self.denied(text, said, before, run)) {
                told.push(Run {
                    said: run.said.start..run.said.start,
                    source,
                    is_same: false,
                });
            }
            if !run.is_same {
                told.push(run.clone());
                continue;
            }
            for (one, other) in run.said.clone().zip(run.source.clone()) {
                let is_first = one == run.said.start;
                let gap_differs = !is_first && !self.is_same_gap(text, said, one, other);
                let word_differs = !self.is_same_word(text, said, one, other);
                let (said, source) = (one..one + 1, other..other + 1);
                match told.last_mut() {
                    Some(last) if !is_first && last.is_same && !word_differs && !gap_differs => {
                        last.said.end = one + 1;
                        last.source.end = other + 1;
                    }
                    _ => {
                        if gap_differs {
                            told.push(Run {
                                said: one..one,
                                source: other..other,
                                is_same: false,
                            });
                        }
                        told.push(Run {
                            said,
                            source,
                            is_same: !word_differs,
                        });
                    }
                }
            }
            if !self.is_same_ending(text, said, run) {
                told.push(Run {
                    said: run.said.end..run.said.end,
                    source: run.source.end..run.source.end,
                    is_same: false,
                });
            }
        }
        let differences = differences(quotation, said, self.sides(), &told);
        let pieces = if differences.is_empty() {
            Vec::new()
        } else {
            pieces(text, said, self.sides(), &told)
        };
        Some(Comparison {
            passage,
            differences,
            pieces,
            likeness,
            line,
        })
    }

    fn sides(&self) -> (&str, &[Word]) {
        (&self.plain, &self.words)
    }

    fn slice(&self, words: Range<usize>) -> String {
        let start = self.words.get(words.start).map_or(0, |word| word.at);
        let end = words.end.checked_sub(1).and_then(|last| self.words.get(last));
        let end = end.map_or(start, |word| word.end);
        self.plain.get(start..end).unwrap_or_default().to_owned()
    }
}

/// Whether some words say no.
fn says_no(words: &str) -> bool {
    const NO: &str = "ne n pas jamais rien aucun aucune ni non nul nulle guère not no never nor none nothing neither cannot without لا لم لن ليس ليست";
    let lower = words.to_lowercase().replace('’', "'");
    lower.contains("n't")
        || lower
            .split(|one: char| !one.is_alphanumeric())
            .any(|word| !word.is_empty() && NO.split(' ').any(|no| no == word))
}

fn keys_of(said: &Said, part: usize) -> Vec<u8> {
    let words = said.parts.get(part).and_then(|part| said.words.get(part.words.clone()));
    words
        .unwrap_or_default()
        .iter()
        .flat_map(|word| word.key.to_le_bytes())
        .collect()
}

fn runs_at(said: &Said, starts: &[usize]) -> Vec<Run> {
    said.parts
        .iter()
        .zip(starts)
        .map(|(part, start)| Run {
            said: part.words.clone(),
            source: *start..start + part.words.len(),
            is_same: true,
        })
        .collect()
}

/// Where the punctuation stands that is right behind a word, the one before that number.
pub(super) fn behind(text: &str, words: &[Word], index: usize) -> Range<usize> {
    let start = index.checked_sub(1).and_then(|before| words.get(before));
    let start = start.map_or(text.len(), |word| word.end);
    let next = words.get(index).map_or(text.len(), |word| word.at);
    start..start + ending(text.get(start..next).unwrap_or_default())
}

fn between<'t>(text: &'t str, words: &[Word], index: usize) -> &'t str {
    let before = index.checked_sub(1).and_then(|before| words.get(before));
    match (before, words.get(index)) {
        (Some(before), Some(here)) => text.get(before.end..here.at).unwrap_or_default(),
        _ => "",
    }
}
