//! Finding a passage some of whose words have changed.
//!
//! Seed and extend: words that are rare in the text vote for the places where the passage could stand; at each of the
//! likeliest, the words of the passage and of its surroundings are aligned with the text's (Sellers, 1980: an edit
//! distance that is free to begin and end anywhere in the text). The surroundings hold an alignment in its place; what
//! counts in the end is how much of the passage itself is left.

use std::collections::HashMap;
use std::ops::Range;

use super::Lost;
use super::letters::Letters;
use super::surroundings::Surroundings;

/// The words of a text, numbered, and where each stands.
#[derive(Debug)]
pub(super) struct Vocabulary {
    numbers: HashMap<Box<[u8]>, u32>,
    /// Each word of the text.
    text: Vec<Word>,
    /// The places of each number.
    places: Vec<Vec<u32>>,
}

/// A word by its number, and by what tells at a glance that it can't be nearly another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Word {
    number: u32,
    length: u16,
    first: u8,
    last: u8,
}

/// A word that the text does not have.
const UNKNOWN: u32 = u32::MAX;

/// Costs are counted in quarters of a word.
const WORD: u32 = 4;

/// Longer passages are found by their letters or not at all.
const MOST_WORDS: usize = 1_500;

/// How many words on each side of the passage help to place it.
const SURROUNDING_WORDS: usize = 8;

impl Vocabulary {
    pub fn of(letters: &Letters) -> Vocabulary {
        let mut vocabulary = Vocabulary {
            numbers: HashMap::new(),
            text: Vec::with_capacity(letters.word_count()),
            places: Vec::new(),
        };
        for (index, word) in letters.words().enumerate() {
            let number = match vocabulary.numbers.get(word) {
                Some(number) => *number,
                None => {
                    let number = u32::try_from(vocabulary.places.len()).unwrap_or(UNKNOWN);
                    vocabulary.numbers.insert(word.into(), number);
                    vocabulary.places.push(Vec::new());
                    number
                }
            };
            vocabulary.text.push(Word::of(number, word));
            if let Some(places) = vocabulary.places.get_mut(number as usize) {
                places.push(u32::try_from(index).unwrap_or(u32::MAX));
            }
        }
        vocabulary
    }

    fn number(&self, word: &[u8]) -> u32 {
        self.numbers.get(word).copied().unwrap_or(UNKNOWN)
    }

    fn places(&self, number: u32) -> &[u32] {
        self.places.get(number as usize).map(Vec::as_slice).unwrap_or_default()
    }
}

impl Word {
    fn of(number: u32, letters: &[u8]) -> Word {
        Word {
            number,
            length: u16::try_from(letters.len()).unwrap_or(u16::MAX),
            first: letters.first().copied().unwrap_or_default(),
            last: letters.last().copied().unwrap_or_default(),
        }
    }

    /// Whether it is worth comparing the letters of two words.
    fn resembles(&self, other: &Word) -> bool {
        let (short, long) = (self.length.min(other.length), self.length.max(other.length));
        short >= 4 && long <= 40 && long - short <= 3 && (self.first == other.first || self.last == other.last)
    }
}

/// The words of the text that are the passage's, when enough of it is left and nothing else comes near.
pub(super) fn find(
    text: &Letters,
    vocabulary: &Vocabulary,
    said: &Letters,
    around: &Surroundings,
) -> Result<Range<usize>, Lost> {
    let pattern = Pattern::of(vocabulary, said, around);
    // One word that has changed is another word.
    if pattern.passage.len() < 2 || pattern.passage.len() > MOST_WORDS {
        return Err(Lost::Absent);
    }
    let mut found: Vec<Alignment> = Vec::new();
    for window in windows(vocabulary, &pattern) {
        align_all(text, vocabulary, &pattern, window, &mut found, 0);
    }
    found.retain(|alignment| pattern.accepts(alignment));
    found.sort_by_key(|alignment| (alignment.cost, alignment.words.start));
    let best = found.first().ok_or(Lost::Absent)?;
    let margin = WORD.max(pattern.cost_of_all() / 10);
    let rival = found.iter().skip(1).any(|other| {
        let apart = other.words.end <= best.words.start || other.words.start >= best.words.end;
        apart && other.cost <= best.cost + margin
    });
    if rival {
        return Err(Lost::Ambiguous);
    }
    Ok(best.words.clone())
}

/// The words of a passage between those of its surroundings.
struct Pattern<'a> {
    words: Vec<(Word, &'a [u8])>,
    /// Which of them are the passage's.
    passage: Range<usize>,
}

impl<'a> Pattern<'a> {
    fn of(vocabulary: &Vocabulary, said: &'a Letters, around: &'a Surroundings) -> Pattern<'a> {
        let before: Vec<&[u8]> = around.before.words().collect();
        let after: Vec<&[u8]> = around.after.words().collect();
        // The outermost words may have been cut, and are not needed where there are others.
        let before = before.get(usize::from(before.len() > 2)..).unwrap_or_default();
        let after = after
            .get(..after.len() - usize::from(after.len() > 2))
            .unwrap_or_default();
        let before = before
            .get(before.len().saturating_sub(SURROUNDING_WORDS)..)
            .unwrap_or_default();
        let after = after.get(..after.len().min(SURROUNDING_WORDS)).unwrap_or_default();
        let passage = before.len()..before.len() + said.word_count();
        let words = before.iter().copied().chain(said.words()).chain(after.iter().copied());
        Pattern {
            words: words
                .map(|word| (Word::of(vocabulary.number(word), word), word))
                .collect(),
            passage,
        }
    }

    fn cost_of_all(&self) -> u32 {
        u32::try_from(self.words.len()).unwrap_or(u32::MAX / WORD) * WORD
    }

    /// Whether enough of the passage's words are in a window at all, in whatever order.
    fn could_be_in(&self, vocabulary: &Vocabulary, window: &Range<usize>) -> bool {
        let passage = self.words.get(self.passage.clone()).unwrap_or_default();
        if window.len() * 2 < passage.len() {
            return false;
        }
        let mut wanted: HashMap<u32, usize> = HashMap::new();
        for (word, _) in passage {
            *wanted.entry(word.number).or_default() += 1;
        }
        let mut there = 0;
        for word in vocabulary.text.get(window.clone()).unwrap_or_default() {
            if let Some(left) = wanted.get_mut(&word.number).filter(|left| **left > 0) {
                *left -= 1;
                there += 1;
            }
        }
        // Words that changed a little count as absent here.
        there * 2 >= passage.len()
    }

    /// Whether an alignment leaves enough of the passage to be it.
    fn accepts(&self, alignment: &Alignment) -> bool {
        let words = u32::try_from(self.passage.len()).unwrap_or(u32::MAX / WORD);
        let quarter = alignment.passage_cost <= words;
        let unknown = self.words.len() == self.passage.len();
        let surrounded = unknown || alignment.kept_before + alignment.kept_after >= 2;
        // Held on both sides, a passage may be short.
        let held = alignment.kept_before >= 2 && alignment.kept_after >= 2;
        let letters = alignment.kept_letters;
        match words {
            0..=3 => alignment.passage_cost <= WORD && letters >= 4 && held,
            4..=7 => quarter && ((letters >= 12 && surrounded) || (letters >= 6 && held)),
            8..=20 => quarter && ((letters >= 24 && surrounded) || (letters >= 12 && held)),
            // Long enough to be known without its surroundings, when hardly anything else has changed.
            _ => quarter && (surrounded || alignment.passage_cost * 2 <= words),
        }
    }
}

/// The parts of the text where the pattern could stand, by votes of its rarer words.
fn windows(vocabulary: &Vocabulary, pattern: &Pattern<'_>) -> Vec<Range<usize>> {
    const RARE: usize = 24;
    const COMMON: usize = 400;
    const MOST_WINDOWS: usize = 6;
    let votes = |most: usize| {
        let mut votes: Vec<i64> = Vec::new();
        for (index, (word, _)) in pattern.words.iter().enumerate() {
            let places = vocabulary.places(word.number);
            if places.len() <= most {
                votes.extend(places.iter().map(|place| i64::from(*place) - index as i64));
            }
        }
        votes.sort_unstable();
        votes
    };
    let mut diagonals = votes(RARE);
    if diagonals.len() < 3 {
        diagonals = votes(COMMON);
    }
    let length = pattern.words.len() as i64;
    let reach = (length / 4).max(2);
    // Runs of votes that lie close together, the fullest first.
    let mut runs: Vec<(usize, i64, i64)> = Vec::new();
    let mut first = 0;
    for (last, diagonal) in diagonals.iter().enumerate() {
        while diagonals.get(first).is_some_and(|start| diagonal - start > reach) {
            first += 1;
        }
        let Some(start) = diagonals.get(first) else { continue };
        runs.push((last + 1 - first, *start, *diagonal));
    }
    runs.sort_by(|one, other| other.cmp(one));
    let mut chosen: Vec<(i64, i64)> = Vec::new();
    let most = runs.first().map_or(0, |(votes, _, _)| *votes);
    for (votes, start, end) in runs {
        // A rival has nearly as many.
        if votes < 2 || votes * 2 < most || chosen.len() >= MOST_WINDOWS {
            break;
        }
        if !chosen.iter().any(|(from, to)| start <= *to && end >= *from) {
            chosen.push((start, end));
        }
    }
    let slack = length / 4 + 3;
    let words = vocabulary.text.len();
    let clamp = |value: i64| usize::try_from(value.max(0)).unwrap_or(0).min(words);
    chosen
        .into_iter()
        .map(|(start, end)| clamp(start - slack)..clamp(end + length + slack))
        .collect()
}

/// One way to lay the pattern on the text.
struct Alignment {
    cost: u32,
    passage_cost: u32,
    /// The words of the text that are laid under the passage.
    words: Range<usize>,
    /// How many letters of the passage stand unchanged.
    kept_letters: usize,
    kept_before: usize,
    kept_after: usize,
}

/// The best alignment in a window, and the best ones beside it.
fn align_all(
    text: &Letters,
    vocabulary: &Vocabulary,
    pattern: &Pattern<'_>,
    window: Range<usize>,
    found: &mut Vec<Alignment>,
    depth: usize,
) {
    const DEEPEST: usize = 2;
    if depth > DEEPEST || !pattern.could_be_in(vocabulary, &window) {
        return;
    }
    let Some(alignment) = align(text, vocabulary, pattern, window.clone()) else {
        return;
    };
    let words = alignment.words.clone();
    found.push(alignment);
    align_all(text, vocabulary, pattern, window.start..words.start, found, depth + 1);
    align_all(text, vocabulary, pattern, words.end..window.end, found, depth + 1);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A word of the text under a word of the pattern.
    Both,
    /// A word that only the text has.
    Text,
    /// A word that only the pattern has.
    Pattern,
}

fn align(text: &Letters, vocabulary: &Vocabulary, pattern: &Pattern<'_>, window: Range<usize>) -> Option<Alignment> {
    let words = vocabulary.text.get(window.clone())?;
    let change = |row: usize, column: usize| match (pattern.words.get(row), words.get(column)) {
        (Some((word, _)), Some(other)) if word.number == other.number => 0,
        (Some((word, letters)), Some(other)) if word.resembles(other) => {
            change_of(letters, text.word(window.start + column))
        }
        _ => WORD,
    };
    // One row of costs, and the steps that led to all of them: the first column is that of no word of the text.
    let mut costs: Vec<u32> = vec![0; words.len() + 1];
    let mut steps: Vec<Step> = vec![Step::Text; words.len() * pattern.words.len()];
    for ((word, letters), steps) in pattern.words.iter().zip(steps.chunks_mut(words.len().max(1))) {
        let mut diagonal = 0;
        let mut left = 0;
        if let Some(first) = costs.first_mut() {
            diagonal = *first;
            *first += WORD;
            left = *first;
        }
        let cells = costs.iter_mut().skip(1).zip(steps).zip(words).enumerate();
        for (column, ((cost, step), other)) in cells {
            let changed = if word.number == other.number {
                0
            } else if word.resembles(other) {
                change_of(letters, text.word(window.start + column))
            } else {
                WORD
            };
            let both = diagonal + changed;
            let (skip_pattern, skip_text) = (*cost + WORD, left + WORD);
            diagonal = *cost;
            (left, *step) = if both <= skip_text && both <= skip_pattern {
                (both, Step::Both)
            } else if skip_pattern <= skip_text {
                (skip_pattern, Step::Pattern)
            } else {
                (skip_text, Step::Text)
            };
            *cost = left;
        }
    }
    let (column, cost) = costs
        .iter()
        .copied()
        .enumerate()
        .min_by_key(|(column, cost)| (*cost, *column))?;
    let mut alignment = Alignment {
        cost,
        passage_cost: 0,
        words: 0..0,
        kept_letters: 0,
        kept_before: 0,
        kept_after: 0,
    };
    let (mut row, mut column) = (pattern.words.len(), column);
    while row > 0 {
        let index = row - 1;
        let in_passage = pattern.passage.contains(&index);
        let step = match column.checked_sub(1) {
            Some(column) => *steps.get(index * words.len() + column)?,
            None => Step::Pattern,
        };
        match step {
            Step::Both => {
                column -= 1;
                row -= 1;
                let changed = change(index, column);
                if in_passage {
                    alignment.passage_cost += changed;
                    if changed == 0 {
                        alignment.kept_letters += pattern.words.get(index).map_or(0, |(_, letters)| letters.len());
                    }
                    // From the last word to the first.
                    let word = window.start + column;
                    let end = if alignment.words.is_empty() {
                        word + 1
                    } else {
                        alignment.words.end
                    };
                    alignment.words = word..end;
                } else if changed == 0 && index < pattern.passage.start {
                    alignment.kept_before += 1;
                } else if changed == 0 {
                    alignment.kept_after += 1;
                }
            }
            Step::Text => {
                // A word put in between two of the passage's.
                if in_passage && index + 1 < pattern.passage.end {
                    alignment.passage_cost += WORD;
                }
                column -= 1;
            }
            Step::Pattern => {
                if in_passage {
                    alignment.passage_cost += WORD;
                }
                row -= 1;
            }
        }
    }
    (!alignment.words.is_empty()).then_some(alignment)
}

/// What it costs that a word became one that resembles it: a slip of a letter little, the same stem half, any other
/// the whole.
fn change_of(word: &[u8], other: &[u8]) -> u32 {
    let long = word.len().max(other.len());
    let distance = distance(word, other);
    if distance <= 1 {
        WORD / 4
    } else if distance * 3 <= long {
        WORD / 2
    } else {
        WORD
    }
}

/// The edit distance of two words (Wagner & Fischer, 1974).
fn distance(word: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, byte) in word.iter().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        for (cell, other) in row.iter_mut().skip(1).zip(other) {
            let both = diagonal + usize::from(byte != other);
            diagonal = *cell;
            left = both.min(left + 1).min(diagonal + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = index + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
