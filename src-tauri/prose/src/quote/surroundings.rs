//! What stood around a passage, and what stands around a place.

use std::cmp::Ordering;
use std::ops::Range;

use super::Quote;
use super::letters::Letters;

/// How many letters on each side are compared.
const COMPARED: usize = 48;

/// This many letters on one side are no coincidence.
const CONVINCING: usize = 8;

/// The letters before and after a passage.
#[derive(Debug)]
pub(super) struct Surroundings {
    pub before: Letters,
    pub after: Letters,
}

/// How much of the surroundings of a passage a place shares, counted from the passage outwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Agreement {
    shared_before: usize,
    shared_after: usize,
    /// Both sides are shared as far as they are known.
    complete: bool,
}

impl Surroundings {
    pub fn of(quote: &Quote<'_>) -> Surroundings {
        Surroundings {
            before: Letters::of(quote.prefix, &[]),
            after: Letters::of(quote.suffix, &[]),
        }
    }

    pub fn is_unknown(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    pub fn agreement(&self, text: &Letters, place: &Range<usize>) -> Agreement {
        let head = text.folded().get(..place.start).unwrap_or_default();
        let tail = text.folded().get(place.end..).unwrap_or_default();
        let known_before = self.before.folded();
        let known_after = self.after.folded();
        let shared_before = shared(head.iter().rev(), known_before.iter().rev());
        let shared_after = shared(tail.iter(), known_after.iter());
        Agreement {
            shared_before,
            shared_after,
            complete: shared_before >= known_before.len().min(COMPARED)
                && shared_after >= known_after.len().min(COMPARED),
        }
    }
}

impl Agreement {
    /// Whether this can be no chance.
    pub fn convinces(&self) -> bool {
        self.complete || self.shared_before.max(self.shared_after) >= CONVINCING
    }

    /// Whether this leaves no doubt beside another.
    pub fn beats(&self, other: &Agreement) -> bool {
        (self.complete && !other.complete) || self.sum() >= other.sum() + CONVINCING
    }

    fn sum(&self) -> usize {
        self.shared_before + self.shared_after
    }
}

impl PartialOrd for Agreement {
    fn partial_cmp(&self, other: &Agreement) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Agreement {
    fn cmp(&self, other: &Agreement) -> Ordering {
        self.complete.cmp(&other.complete).then(self.sum().cmp(&other.sum()))
    }
}

fn shared<'a>(text: impl Iterator<Item = &'a u8>, known: impl Iterator<Item = &'a u8>) -> usize {
    text.zip(known)
        .take(COMPARED)
        .take_while(|(one, other)| one == other)
        .count()
}
