//! Long and repetitive sequences matched in bounded time.
//!
//! An exact diff of two sequences takes a time that goes with their length times their difference; of a megabyte of
//! “oui” and “non” that is minutes, whatever the heuristics. So where sequences are long, phrases that occur once on
//! each side are matched first (patience sorting over runs of tokens), and what is left without any is matched
//! window by window.

use std::ops::Range;

use super::chain::{Match, Seen, heaviest, occurrences};

/// The tokens of phrases that occur once in each sequence, as far as they can stay in order.
pub(super) fn anchors(old: &[u64], new: &[u64]) -> Vec<(usize, usize)> {
    for length in [6, 3, 1] {
        let found = unique(old, new, length);
        if !found.is_empty() {
            return spread(old, new, &found, length);
        }
    }
    Vec::new()
}

/// Aligns two sequences of these lengths by windows of so many: what the first half of a window matches stands.
pub(super) fn by_windows(
    old: usize,
    new: usize,
    window: usize,
    mut align: impl FnMut(Range<usize>, Range<usize>) -> Vec<(usize, usize)>,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    while at_old < old && at_new < new {
        let (end_old, end_new) = ((at_old + window).min(old), (at_new + window).min(new));
        let found = align(at_old..end_old, at_new..end_new);
        let found = found.into_iter().map(|(one, two)| (at_old + one, at_new + two));
        if (end_old, end_new) == (old, new) {
            pairs.extend(found);
            break;
        }
        let (half_old, half_new) = (at_old + window / 2, at_new + window / 2);
        let before = pairs.len();
        pairs.extend(found.take_while(|(one, two)| *one < half_old && *two < half_new));
        let (next_old, next_new) = match pairs.last() {
            Some((one, two)) if pairs.len() > before => (one + 1, two + 1),
            _ => (at_old, at_new),
        };
        // Whatever is found, a quarter of the window is done with.
        let behind = next_old < at_old + window / 4 && next_new < at_new + window / 4;
        (at_old, at_new) = if behind {
            (at_old + window / 4, at_new + window / 4)
        } else {
            (next_old, next_new)
        };
    }
    pairs
}

/// The heaviest chain of phrases of a length that occur once on each side.
fn unique(old: &[u64], new: &[u64], length: usize) -> Vec<Match> {
    let seen = occurrences(old.windows(length), new.windows(length));
    let unique = seen.into_values().filter(Seen::is_unique);
    let matches = unique.map(|seen| Match {
        old: seen.old,
        new: seen.new,
        weight: 1.0,
    });
    heaviest(matches.collect(), new.len())
}

/// The pairs of tokens of phrases, and of what is equal beside them.
fn spread(old: &[u64], new: &[u64], phrases: &[Match], length: usize) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (number, phrase) in phrases.iter().enumerate() {
        let last = pairs.last().map_or((0, 0), |(one, two)| (one + 1, two + 1));
        // Phrases overlap; where two overlap otherwise in one sequence than in the other, the first one stays.
        let skip = last.0.saturating_sub(phrase.old).max(last.1.saturating_sub(phrase.new));
        if skip >= length {
            continue;
        }
        let (start_old, start_new) = (phrase.old + skip, phrase.new + skip);
        let room = (start_old - last.0).min(start_new - last.1);
        let back = (1..=room)
            .take_while(|at| old[start_old - at] == new[start_new - at])
            .count();
        pairs.extend((1..=back).rev().map(|at| (start_old - at, start_new - at)));
        pairs.extend((skip..length).map(|at| (phrase.old + at, phrase.new + at)));
        // Up to the next one, which goes back by itself.
        let next = phrases.get(number + 1);
        let (end_old, end_new) = next.map_or((old.len(), new.len()), |next| (next.old, next.new));
        let (mut one, mut two) = (phrase.old + length, phrase.new + length);
        while one < end_old && two < end_new && old[one] == new[two] {
            pairs.push((one, two));
            (one, two) = (one + 1, two + 1);
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn forward(pairs: &[(usize, usize)]) -> bool {
        pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1)
    }

    proptest! {
        #[test]
        fn anchors_are_equal_and_go_forward(
            old in prop::collection::vec(0u64..12, 0..80),
            new in prop::collection::vec(0u64..12, 0..80),
            shared in prop::collection::vec(20u64..60, 0..20),
        ) {
            let (old, new) = ([old, shared.clone()].concat(), [shared, new].concat());
            let pairs = anchors(&old, &new);
            prop_assert!(forward(&pairs));
            prop_assert!(pairs.iter().all(|(one, two)| old[*one] == new[*two]));
        }

        #[test]
        fn windows_go_forward_and_end(old in prop::collection::vec(0u8..3, 0..200), new in prop::collection::vec(0u8..3, 0..200)) {
            let pairs = by_windows(old.len(), new.len(), 16, |one, two| {
                let pairs = one.clone().zip(two.clone()).filter(|(a, b)| old[*a] == new[*b]);
                pairs.map(|(a, b)| (a - one.start, b - two.start)).collect()
            });
            prop_assert!(forward(&pairs));
            prop_assert!(pairs.iter().all(|(one, two)| old[*one] == new[*two]));
        }
    }
}
