//! The passage of a source that is nearest to what is quoted.

use std::collections::HashMap;
use std::ops::Range;

use super::super::difference::Run;
use super::super::said::Said;
use super::{SourceText, align};

impl SourceText {
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
    pub(super) fn nearly(&self, text: &str, said: &Said) -> Option<Vec<Run>> {
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

    /// A word at either end that is nearly the one that the source has there: « sans rappel » of « sans appel ».
    fn pair_ends(&self, text: &str, said: &Said, runs: &mut [Run]) {
        let alone = |run: &Run| !run.is_same && run.said.len() == 1 && run.source.is_empty();
        let alike = |one: usize, other: usize| {
            let found = said.words.get(one).zip(self.words.get(other));
            found.is_some_and(|(left, right)| {
                let (left, right) = (text.get(left.at..left.end), self.plain.get(right.at..right.end));
                left.zip(right).is_some_and(|(left, right)| is_nearly(left, right))
            })
        };
        if let Some(last) = runs.last_mut().filter(|run| alone(run))
            && alike(last.said.start, last.source.start)
        {
            last.source.end += 1;
        }
        if let Some(first) = runs.first_mut().filter(|run| alone(run))
            && let Some(before) = first.source.start.checked_sub(1)
            && alike(first.said.start, before)
        {
            first.source.start = before;
        }
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
        let mut runs = without_islands(runs, said, text);
        self.pair_ends(text, said, &mut runs);
        let same: usize = runs.iter().filter(|run| run.is_same).map(|run| run.said.len()).sum();
        let enough = same * 100 >= quoted.len() * usize::from(LEAST_LIKENESS);
        enough.then_some(runs)
    }
}

/// A table of an alignment has no more cells than this.
const MOST_CELLS: usize = 3_000_000;
/// Words that stand in more places than this say nothing of where a passage is.
const COMMON: usize = 400;
/// In percent: with fewer of its words in common, a passage is another one.
const LEAST_LIKENESS: u8 = 40;

/// Whether two words have two letters of three in common, from their beginnings and their ends.
fn is_nearly(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (least, most) = (one.len().min(other.len()), one.len().max(other.len()));
    let same = |(left, right): &(&char, &char)| left == right;
    let head = one.iter().zip(&other).take_while(same).count();
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(same).count();
    (head + tail).min(least) * 3 >= most * 2
}

fn absent(said: &Said, part: usize, at: usize) -> Vec<Run> {
    let words = said.parts.get(part).map(|part| part.words.clone()).unwrap_or_default();
    vec![Run {
        said: words,
        source: at..at,
        is_same: false,
    }]
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
