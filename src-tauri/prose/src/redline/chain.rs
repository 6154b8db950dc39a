//! What occurs once in each of two sequences, and what of many matches can stay in order.

use std::collections::HashMap;
use std::hash::Hash;

/// A match of an old thing with a new one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Match {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) weight: f64,
}

/// How often a thing that the old sequence has occurs in each, and where it does last.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    pub(super) old: usize,
    pub(super) olds: usize,
    pub(super) new: usize,
    pub(super) news: usize,
}

impl Seen {
    /// Whether it occurs once in each (the anchors of Heckel, 1978).
    pub(super) fn is_unique(&self) -> bool {
        self.olds == 1 && self.news == 1
    }
}

/// Where the things of the old sequence stand in both.
pub(super) fn occurrences<K: Eq + Hash>(
    old: impl Iterator<Item = K>,
    new: impl Iterator<Item = K>,
) -> HashMap<K, Seen> {
    let mut all: HashMap<K, Seen> = HashMap::new();
    for (at, thing) in old.enumerate() {
        let seen = all.entry(thing).or_default();
        (seen.old, seen.olds) = (at, seen.olds + 1);
    }
    for (at, thing) in new.enumerate() {
        if let Some(seen) = all.get_mut(&thing) {
            (seen.new, seen.news) = (at, seen.news + 1);
        }
    }
    all
}

/// The heaviest chain of matches in which both sides only go forward, in `O(n log n)`.
///
/// Patience sorting (Bram Cohen’s diff) looks for the longest chain; with weights, what stays in place is what most of
/// the text does, and what has moved is the lesser part (the heaviest increasing subsequence of Jacobson & Vo, 1992,
/// over the prefix maxima of a Fenwick tree).
pub(super) fn heaviest(mut matches: Vec<Match>, news: usize) -> Vec<Match> {
    // Of several matches of one old thing only one can be in the chain: they are met from the last to the first.
    matches.sort_by(|one, two| (one.old, two.new).cmp(&(two.old, one.new)));
    let mut best: Vec<Option<usize>> = vec![None; news + 1];
    let mut sums: Vec<f64> = Vec::with_capacity(matches.len());
    let mut before: Vec<Option<usize>> = Vec::with_capacity(matches.len());
    for (at, found) in matches.iter().enumerate() {
        let mut last: Option<usize> = None;
        let mut place = found.new;
        while place > 0 {
            if let Some(other) = best[place]
                && last.is_none_or(|last| sums[other] > sums[last])
            {
                last = Some(other);
            }
            place &= place - 1;
        }
        sums.push(found.weight + last.map_or(0.0, |last| sums[last]));
        before.push(last);
        let mut place = found.new + 1;
        while place <= news {
            if best[place].is_none_or(|other| sums[at] > sums[other]) {
                best[place] = Some(at);
            }
            place += place & place.wrapping_neg();
        }
    }
    let mut end = (0..matches.len()).max_by(|one, two| sums[*one].total_cmp(&sums[*two]));
    let mut chain = Vec::new();
    while let Some(at) = end {
        chain.push(matches[at]);
        end = before[at];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn heaviest_by_trying(matches: &[Match]) -> f64 {
        (0u32..1 << matches.len())
            .filter_map(|set| {
                let mut chosen: Vec<&Match> = (0..matches.len())
                    .filter(|at| set >> at & 1 == 1)
                    .map(|at| &matches[at])
                    .collect();
                chosen.sort_by_key(|one| one.old);
                chosen
                    .windows(2)
                    .all(|two| two[0].old < two[1].old && two[0].new < two[1].new)
                    .then(|| chosen.iter().map(|one| one.weight).sum())
            })
            .fold(0.0, f64::max)
    }

    proptest! {
        #[test]
        fn no_chain_is_heavier(found in prop::collection::vec((0usize..7, 0usize..7, 1u8..9), 0..10)) {
            let matches: Vec<Match> = found
                .into_iter()
                .map(|(old, new, weight)| Match { old, new, weight: f64::from(weight) })
                .collect();
            let chain = heaviest(matches.clone(), 7);
            prop_assert!(chain.windows(2).all(|two| two[0].old < two[1].old && two[0].new < two[1].new));
            prop_assert_eq!(chain.iter().map(|one| one.weight).sum::<f64>(), heaviest_by_trying(&matches));
        }
    }
}
