//! Units matched: what stayed, what was edited where it stands, and what stands elsewhere now.

mod edited;
mod moves;

use std::collections::HashMap;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, Token as Sign};

use super::blocks::BlockKind;
use super::chain::{Match, Seen, heaviest, occurrences};
use super::long;
use super::tokens::Keys;
use super::units::{Reading, Unit};

/// Units of the old text that are units of the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    /// They have the same keys.
    pub(super) exact: bool,
}

/// How the units of two texts belong together.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// What stayed in its order; both sides go forward.
    pub(super) kept: Vec<Group>,
    /// What stands elsewhere, by its place in the old text.
    pub(super) moved: Vec<Group>,
}

/// Aligns the units of two texts.
///
/// As in Heckel’s diff (1978), what occurs once on each side is matched first, wherever it stands; the heaviest chain of
/// these stays, and the rest has moved. Equal neighbours join them, and what is like something else is found by the
/// rare words that they share. What is left between two matches is aligned in order, as sentences of two translations
/// are (Gale & Church, 1993).
pub(super) fn align(old: &Reading, new: &Reading, keys: &Keys) -> Alignment {
    let mut state = State {
        old: &old.units,
        new: &new.units,
        keys,
        of_old: vec![None; old.units.len()],
        of_new: vec![None; new.units.len()],
        moved_old: vec![None; old.units.len()],
        moved_new: vec![None; new.units.len()],
    };
    state.match_ends();
    state.match_unique();
    state.match_neighbours();
    for gap in state.gaps() {
        state.match_repeated(gap);
    }
    state.match_alike();
    for gap in state.gaps() {
        state.match_in_order(gap);
    }
    let kept = state.absorb();
    let moved = state.moves();
    Alignment { kept, moved }
}

/// The least likeness of two units that are one sentence edited, where they stand between the same neighbours.
const ALIKE: f64 = 0.4;
/// The same, where only their words tell.
const ALIKE_FROM_AFAR: f64 = 0.5;
/// The least likeness of a unit with what has become of it elsewhere.
const MOVED: f64 = 0.6;
/// From this likeness on, the words are the same for all that counts.
const SAME_WORDS: f64 = 0.9;
/// From this weight on, likeness tells where a unit stands.
const TELLING: i64 = 200;
/// A gap with more pairs than this is left to what words tell.
const MOST_PAIRS: usize = 4_096;
/// So many units are compared at a time where they occur more than once.
const MOST_UNITS: usize = 512;
/// A word in more units than this is not rare.
const RARE: usize = 8;

struct State<'a> {
    old: &'a [Unit],
    new: &'a [Unit],
    keys: &'a Keys<'a>,
    /// What each unit of the old text became where it stands, and the other way round.
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
    moved_old: Vec<Option<usize>>,
    moved_new: Vec<Option<usize>>,
}

/// What stands between two matches.
type Gap = (Range<usize>, Range<usize>);

impl State<'_> {
    fn keep(&mut self, old: usize, new: usize) {
        self.of_old[old] = Some(new);
        self.of_new[new] = Some(old);
    }

    fn is_free(&self, old: usize, new: usize) -> bool {
        self.is_old_free(old) && self.is_new_free(new)
    }

    fn is_old_free(&self, at: usize) -> bool {
        self.of_old[at].is_none() && self.moved_old[at].is_none()
    }

    fn is_new_free(&self, at: usize) -> bool {
        self.of_new[at].is_none() && self.moved_new[at].is_none()
    }

    fn same(&self, old: usize, new: usize) -> bool {
        self.old[old].hash == self.new[new].hash && self.old[old].tokens.len() == self.new[new].tokens.len()
    }

    fn likeness(&self, old: usize, new: usize) -> f64 {
        let (one, two) = (&self.old[old], &self.new[new]);
        if !may_match(one.kind, two.kind) {
            return 0.0;
        }
        one.bag.likeness(&two.bag, &self.keys.weights)
    }

    fn match_ends(&mut self) {
        let most = self.old.len().min(self.new.len());
        let head = (0..most).take_while(|at| self.same(*at, *at)).count();
        (0..head).for_each(|at| self.keep(at, at));
        let (last_old, last_new) = (self.old.len(), self.new.len());
        let tail = (1..=most - head)
            .take_while(|at| self.same(last_old - at, last_new - at))
            .count();
        (1..=tail).for_each(|at| self.keep(last_old - at, last_new - at));
    }

    /// Units that occur once in each text.
    fn match_unique(&mut self) {
        let hash = |unit: &Unit| unit.hash;
        let seen = occurrences(self.old.iter().map(hash), self.new.iter().map(hash));
        // What the other text says too, once or more often, is not looked for in other words.
        let is_known = |unit: &Unit| seen.get(&unit.hash).is_some_and(|seen| seen.olds > 0 && seen.news > 0);
        let known_old: Vec<bool> = self.old.iter().map(is_known).collect();
        let known_new: Vec<bool> = self.new.iter().map(is_known).collect();
        let unique = seen.into_values().filter(Seen::is_unique);
        let matches: Vec<Match> = unique
            .filter(|seen| self.is_free(seen.old, seen.new) && self.same(seen.old, seen.new))
            .map(|seen| Match {
                old: seen.old,
                new: seen.new,
                weight: 1.0 + self.old[seen.old].bag.weight as f64,
            })
            .collect();
        // What was edited where it stands holds its place beside them, or a long paragraph that moved would push it away.
        let mut alike = self.candidates(&known_old, &known_new);
        alike.retain(|(old, new, _)| self.old[*old].bag.weight.min(self.new[*new].bag.weight) >= TELLING);
        let together: Vec<Match> = matches.iter().copied().chain(self.best_of(&alike)).collect();
        for found in heaviest(together, self.new.len()) {
            self.keep(found.old, found.new);
        }
        for found in matches {
            if self.is_free(found.old, found.new) && self.is_worth_moving(found.old, found.new, true) {
                self.move_unit(found.old, found.new);
            }
        }
    }

    /// Candidates of which neither side is much more like something else.
    fn best_of(&self, candidates: &[(usize, usize, f64)]) -> Vec<Match> {
        let mut best_old: HashMap<usize, f64> = HashMap::new();
        let mut best_new: HashMap<usize, f64> = HashMap::new();
        for (old, new, likeness) in candidates {
            for (best, at) in [(&mut best_old, old), (&mut best_new, new)] {
                let best = best.entry(*at).or_insert(0.0);
                *best = best.max(*likeness);
            }
        }
        candidates
            .iter()
            .filter(|(old, new, likeness)| *likeness >= best_old[old].max(best_new[new]) - 0.15)
            .map(|(old, new, likeness)| Match {
                old: *old,
                new: *new,
                // What is more alike counts for more than its share.
                weight: likeness * likeness * (self.old[*old].bag.weight.min(self.new[*new].bag.weight) as f64 + 1.0),
            })
            .collect()
    }

    /// Equal units beside those that are matched.
    fn match_neighbours(&mut self) {
        for at in 0..self.old.len() {
            if let Some(new) = self.of_old[at]
                && at + 1 < self.old.len()
                && new + 1 < self.new.len()
                && self.is_free(at + 1, new + 1)
                && self.same(at + 1, new + 1)
            {
                self.keep(at + 1, new + 1);
            }
        }
        for at in (1..self.old.len()).rev() {
            if let Some(new) = self.of_old[at].filter(|new| *new > 0)
                && self.is_free(at - 1, new - 1)
                && self.same(at - 1, new - 1)
            {
                self.keep(at - 1, new - 1);
            }
        }
    }

    /// What stands between matches, where both sides have something that is free.
    fn gaps(&self) -> Vec<Gap> {
        let mut gaps = Vec::new();
        let (mut old, mut new) = (0, 0);
        let ends = self.of_old.iter().enumerate().filter_map(|(at, of)| Some((at, (*of)?)));
        for (end_old, end_new) in ends.chain([(self.old.len(), self.new.len())]) {
            let free = (old..end_old).any(|at| self.is_old_free(at)) && (new..end_new).any(|at| self.is_new_free(at));
            if free {
                gaps.push((old..end_old, new..end_new));
            }
            (old, new) = (end_old + 1, end_new + 1);
        }
        gaps
    }

    fn free_in(&self, gap: &Gap) -> (Vec<usize>, Vec<usize>) {
        (
            gap.0.clone().filter(|at| self.is_old_free(*at)).collect(),
            gap.1.clone().filter(|at| self.is_new_free(*at)).collect(),
        )
    }

    /// Equal units that occur more than once.
    fn match_repeated(&mut self, gap: Gap) {
        let (olds, news) = self.free_in(&gap);
        let before: Vec<u64> = olds.iter().map(|at| self.old[*at].hash).collect();
        let after: Vec<u64> = news.iter().map(|at| self.new[*at].hash).collect();
        let pairs = if olds.len().max(news.len()) <= MOST_UNITS {
            equal(&before, &after)
        } else {
            long::by_windows(before.len(), after.len(), MOST_UNITS, |one, two| {
                equal(&before[one], &after[two])
            })
        };
        for (one, two) in pairs {
            if self.same(olds[one], news[two]) {
                self.keep(olds[one], news[two]);
            }
        }
    }

    /// Units that share rare words, in the order of the text where they can, elsewhere where they are much alike.
    fn match_alike(&mut self) {
        let candidates = self.candidates(&[], &[]);
        let gaps = self.gaps();
        let gap_of = |old: usize, new: usize| {
            let at = gaps.partition_point(|gap| gap.0.end <= old);
            gaps.get(at)
                .is_some_and(|gap| gap.0.contains(&old) && gap.1.contains(&new))
        };
        let mut matches = self.best_of(&candidates);
        matches.retain(|found| gap_of(found.old, found.new));
        for found in heaviest(matches, self.new.len()) {
            self.keep(found.old, found.new);
        }
        let mut elsewhere: Vec<(usize, usize, f64)> = candidates
            .into_iter()
            .filter(|(old, new, likeness)| {
                *likeness >= MOVED && self.is_worth_moving(*old, *new, *likeness >= SAME_WORDS)
            })
            .collect();
        let weight = |(old, _, likeness): &(usize, usize, f64)| likeness * self.old[*old].bag.weight as f64;
        elsewhere.sort_by(|one, two| {
            weight(two)
                .total_cmp(&weight(one))
                .then((one.0, one.1).cmp(&(two.0, two.1)))
        });
        for (old, new, _) in elsewhere {
            if self.is_free(old, new) {
                self.move_unit(old, new);
            }
        }
    }

    /// For each free unit of the new text those of the old one that it is most like; those that are known are left out.
    fn candidates(&self, known_old: &[bool], known_new: &[bool]) -> Vec<(usize, usize, f64)> {
        let mut units_of: HashMap<u32, Vec<usize>> = HashMap::new();
        let is_known = |known: &[bool], at: usize| known.get(at).is_some_and(|known| *known);
        for at in (0..self.old.len()).filter(|at| self.is_old_free(*at) && !is_known(known_old, *at)) {
            for key in self.old[at].bag.different() {
                // Above this in all, it is not rare among the free ones of one text either.
                if self.keys.count(key) as usize <= RARE * 16 {
                    let units = units_of.entry(key).or_default();
                    if units.len() <= RARE {
                        units.push(at);
                    }
                }
            }
        }
        let mut found = Vec::new();
        let mut shared: HashMap<usize, i64> = HashMap::new();
        for new in (0..self.new.len()).filter(|at| self.is_new_free(*at) && !is_known(known_new, *at)) {
            shared.clear();
            for key in self.new[new].bag.different() {
                let Some(units) = units_of.get(&key).filter(|units| units.len() <= RARE) else {
                    continue;
                };
                for old in units {
                    *shared.entry(*old).or_insert(0) += i64::from(self.keys.weights[key as usize]);
                }
            }
            let mut most: Vec<(i64, usize)> = shared.iter().map(|(old, weight)| (*weight, *old)).collect();
            most.sort_unstable_by(|one, two| two.0.cmp(&one.0).then(one.1.cmp(&two.1)));
            for (_, old) in most.into_iter().take(4) {
                let likeness = self.likeness(old, new);
                if likeness >= ALIKE_FROM_AFAR {
                    found.push((old, new, likeness));
                }
            }
        }
        found
    }

    /// What is left between two matches, in order: the pairs that are most alike, weighed by how much they say.
    fn match_in_order(&mut self, gap: Gap) {
        let (olds, news) = self.free_in(&gap);
        if olds.len() * news.len() > MOST_PAIRS {
            return;
        }
        let width = news.len() + 1;
        let mut gains = vec![0.0; olds.len() * news.len()];
        let mut sums = vec![0.0f64; (olds.len() + 1) * width];
        for row in (0..olds.len()).rev() {
            for column in (0..news.len()).rev() {
                let (old, new) = (olds[row], news[column]);
                let likeness = self.likeness(old, new);
                let both = (self.old[old].bag.weight + self.new[new].bag.weight) as f64;
                let gain = if likeness >= ALIKE {
                    (likeness - ALIKE + 0.01) * (both + 1.0)
                } else {
                    f64::MIN
                };
                gains[row * news.len() + column] = gain;
                let skip = sums[(row + 1) * width + column].max(sums[row * width + column + 1]);
                sums[row * width + column] = skip.max(gain + sums[(row + 1) * width + column + 1]);
            }
        }
        let (mut row, mut column) = (0, 0);
        while row < olds.len() && column < news.len() {
            let here = sums[row * width + column];
            if here == gains[row * news.len() + column] + sums[(row + 1) * width + column + 1] {
                self.keep(olds[row], news[column]);
                row += 1;
                column += 1;
            } else if here == sums[(row + 1) * width + column] {
                row += 1;
            } else {
                column += 1;
            }
        }
    }
}

/// Equal numbers of two sequences, in order.
fn equal(before: &[u64], after: &[u64]) -> Vec<(usize, usize)> {
    // Numbered anew: the diff’s memory goes with the greatest number.
    let mut numbers: HashMap<u64, u32> = HashMap::new();
    let mut signs = |hashes: &[u64]| -> Vec<Sign> {
        hashes
            .iter()
            .map(|hash| {
                let next = numbers.len() as u32;
                Sign(*numbers.entry(*hash).or_insert(next))
            })
            .collect()
    };
    let (before, after) = (signs(before), signs(after));
    if numbers.len() == before.len() + after.len() {
        return Vec::new();
    }
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Histogram, &before, &after, numbers.len() as u32);
    let kept_old = (0..before.len()).filter(|at| !diff.is_removed(*at as u32));
    let kept_new = (0..after.len()).filter(|at| !diff.is_added(*at as u32));
    kept_old.zip(kept_new).collect()
}

/// Whether one kind of block may have become the other.
fn may_match(one: BlockKind, two: BlockKind) -> bool {
    let own = |kind| {
        matches!(
            kind,
            BlockKind::Front | BlockKind::Code | BlockKind::Row | BlockKind::Rule
        )
    };
    one == two || !(own(one) || own(two))
}
