//! Looking for the words of a quotation in a text that may be its source.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::Quotation;
use super::difference::{Difference, Piece, Run, differences, pieces};
use super::read::blocks;
use super::said::Said;
use super::words::{ANYTHING, ENDS, Word, gap, is_same, words};

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
/// A table of an alignment has no more cells than this.
const MOST_CELLS: usize = 3_000_000;
/// Words that stand in more places than this say nothing of where a passage is.
const COMMON: usize = 400;
/// In percent: with fewer of its words in common, a passage is another one.
const LEAST_LIKENESS: u8 = 40;

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

    /// About how much memory it takes, in bytes.
    pub fn size(&self) -> usize {
        self.plain.len() + self.words.len() * 48
    }

    /// Compares a quotation with what this text says; `None` when it says nothing like it.
    pub fn compare(&self, quotation: &Quotation) -> Option<Comparison> {
        let text = quotation.words.as_str();
        let plain = Said::of(text, false);
        let with_asides = Some(Said::of(text, true)).filter(|said| said.has_asides);
        let mut nearest: Option<(usize, Said, Vec<Run>)> = None;
        for said in std::iter::once(plain).chain(with_asides) {
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
        for _ in 0..MOST_PLACES {
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
        }
        differing
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
        if said.parts.iter().any(|part| part.words.start == one) {
            return true;
        }
        let quoted = gap(between(text, &said.words, one));
        let source = gap(between(&self.plain, &self.words, other));
        quoted == source || quoted == ANYTHING || source == ANYTHING
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
        for run in runs {
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

    fn positions(&self) -> &HashMap<u64, Vec<u32>> {
        self.positions.get_or_init(|| {
            let mut positions: HashMap<u64, Vec<u32>> = HashMap::new();
            for (index, word) in (0..).zip(&self.words) {
                positions.entry(word.key).or_default().push(index);
            }
            positions
        })
    }

    /// The passage that says most of it: part by part, the longest first.
    fn nearly(&self, text: &str, said: &Said) -> Option<Vec<Run>> {
        let anchor = (0..said.parts.len()).max_by_key(|part| said.parts.get(*part).map(|part| part.words.len()))?;
        let whole = 0..self.words.len();
        let found = self.place(text, said, anchor, whole)?;
        let mut all: Vec<Vec<Run>> = vec![Vec::new(); said.parts.len()];
        let mut start = found.first()?.source.start;
        let mut end = found.last()?.source.end;
        *all.get_mut(anchor)? = found;
        for part in (0..anchor).rev() {
            let skips = said.parts.get(part + 1)?.skips;
            let length = said.parts.get(part)?.words.len();
            let within = start.saturating_sub(skips + length * 2 + 8)..start;
            let runs = self.place(text, said, part, within);
            let runs = runs.unwrap_or_else(|| absent(said, part, start));
            start = runs.first().map_or(start, |run| run.source.start);
            *all.get_mut(part)? = runs;
        }
        for part in anchor + 1..said.parts.len() {
            let one = said.parts.get(part)?;
            let within = end..(end + one.skips + one.words.len() * 2 + 8).min(self.words.len());
            let runs = self.place(text, said, part, within);
            let runs = runs.unwrap_or_else(|| absent(said, part, end));
            end = runs.last().map_or(end, |run| run.source.end);
            *all.get_mut(part)? = runs;
        }
        let runs: Vec<Run> = all.into_iter().flatten().collect();
        let same: usize = runs.iter().filter(|run| run.is_same).map(|run| run.said.len()).sum();
        (same * 100 >= said.words.len() * usize::from(LEAST_LIKENESS)).then_some(runs)
    }

    /// Where a part stands within a stretch of the source: as it is, or as nearly as can be.
    fn place(&self, text: &str, said: &Said, part: usize, within: Range<usize>) -> Option<Vec<Run>> {
        let quoted = said.parts.get(part)?.words.clone();
        if let Some(at) = self.find(said, part, within.clone()) {
            return Some(vec![Run {
                source: at..at + quoted.len(),
                said: quoted,
                is_same: true,
            }]);
        }
        let window = self.window(said, &quoted, &within)?;
        self.align(text, said, quoted, window)
    }

    /// The stretch that has most of the words, rare ones above all.
    fn window(&self, said: &Said, quoted: &Range<usize>, within: &Range<usize>) -> Option<Range<usize>> {
        const BUCKET: usize = 8;
        let positions = self.positions();
        let mut votes: HashMap<usize, f32> = HashMap::new();
        for (offset, word) in said.words.get(quoted.clone())?.iter().enumerate() {
            let Some(places) = positions.get(&word.key).filter(|places| places.len() <= COMMON) else {
                continue;
            };
            let weight = 1.0 / (places.len() as f32).sqrt();
            for place in places.iter().map(|place| *place as usize) {
                if within.contains(&place) {
                    // A passage may begin before the stretch does, by what was put in.
                    *votes.entry((place + quoted.len() - offset) / BUCKET).or_default() += weight;
                }
            }
        }
        let around = |bucket: usize| {
            let beside = [bucket.wrapping_sub(1), bucket + 1];
            let beside: f32 = beside.iter().filter_map(|one| votes.get(one)).sum();
            votes.get(&bucket).copied().unwrap_or_default() + beside
        };
        let best = votes
            .keys()
            .copied()
            .max_by(|one, other| around(*one).total_cmp(&around(*other)).then_with(|| other.cmp(one)))?;
        let start = (best * BUCKET).saturating_sub(quoted.len());
        let slack = 2 * BUCKET + quoted.len() / 3;
        let window = start.saturating_sub(slack).max(within.start)..(start + quoted.len() + slack + 16).min(within.end);
        (window.len() * quoted.len() <= MOST_CELLS && !window.is_empty()).then_some(window)
    }

    /// Aligns words with a stretch of the source, whose ends are free (Needleman and Wunsch 1970, with gaps that cost more
    /// to open than to go on, Gotoh 1982).
    fn align(&self, text: &str, said: &Said, quoted: Range<usize>, window: Range<usize>) -> Option<Vec<Run>> {
        let steps = align::align(quoted.len(), window.len(), |one, other| {
            let (one, other) = (quoted.start + one, window.start + other);
            let found = said.words.get(one).zip(self.words.get(other));
            if found.is_none_or(|(left, right)| left.key != right.key) {
                align::Likeness::Other
            } else if self.is_same_word(text, said, one, other) {
                align::Likeness::Same
            } else {
                align::Likeness::Like
            }
        });
        let mut runs: Vec<Run> = Vec::new();
        let (mut one, mut other) = (quoted.start, window.start + steps.start);
        let add = |said: Range<usize>, source: Range<usize>, is_same: bool, runs: &mut Vec<Run>| match runs.last_mut() {
            Some(last) if last.is_same == is_same => {
                last.said.end = said.end;
                last.source.end = source.end;
            }
            _ => runs.push(Run { said, source, is_same }),
        };
        for step in steps.steps {
            let (said, source) = (one + usize::from(step.said), other + usize::from(step.source));
            add(one..said, other..source, step.same, &mut runs);
            (one, other) = (said, source);
        }
        let runs = without_islands(runs, said, text);
        let same: usize = runs.iter().filter(|run| run.is_same).map(|run| run.said.len()).sum();
        let enough = same * 100 >= quoted.len() * usize::from(LEAST_LIKENESS);
        enough.then_some(runs)
    }
}

mod align;

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

fn absent(said: &Said, part: usize, at: usize) -> Vec<Run> {
    let words = said.parts.get(part).map(|part| part.words.clone()).unwrap_or_default();
    vec![Run {
        said: words,
        source: at..at,
        is_same: false,
    }]
}

fn between<'t>(text: &'t str, words: &[Word], index: usize) -> &'t str {
    let before = index.checked_sub(1).and_then(|before| words.get(before));
    match (before, words.get(index)) {
        (Some(before), Some(here)) => text.get(before.end..here.at).unwrap_or_default(),
        _ => "",
    }
}

/// A short word that two wordings share by chance is no island between two changes.
fn without_islands(runs: Vec<Run>, said: &Said, text: &str) -> Vec<Run> {
    const SHORT: usize = 3;
    let mut merged: Vec<Run> = Vec::with_capacity(runs.len());
    let mut runs = runs.into_iter().peekable();
    while let Some(run) = runs.next() {
        let short = run.is_same
            && run.said.len() == 1
            && said.words.get(run.said.start).is_some_and(|word| {
                text.get(word.at..word.end)
                    .is_some_and(|word| word.chars().count() <= SHORT)
            });
        let between_changes = merged.last().is_some_and(|last| !last.is_same && last.said.len() > 1)
            && runs.peek().is_some_and(|next| !next.is_same && next.said.len() > 1);
        match merged.last_mut() {
            Some(last) if !last.is_same && (!run.is_same || (short && between_changes)) => {
                last.said.end = run.said.end;
                last.source.end = run.source.end;
            }
            _ => merged.push(run),
        }
    }
    merged
}
