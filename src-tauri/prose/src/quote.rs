//! Finding again a passage that a reader had marked, in a text that may have changed since.
//!
//! A highlight knows the words it marks and, mostly, those around them; it knows no position, for a position says
//! nothing after an edit or in a new capture of the page. So it is found by what it says: first letter by letter,
//! blind to everything else (spaces, quotation marks, apostrophes, dashes, case, accents, the marks of Markdown); then,
//! when words of it have changed, by aligning its words with the text's.
//!
//! To say nothing is better than to point at the wrong place. What stands in several places is told apart by its
//! surroundings or not at all, and what was rewritten beyond recognition is lost.

mod approximate;
mod letters;
mod marks;
mod surroundings;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use letters::Letters;
use surroundings::Surroundings;

/// A passage by what it says. Parts that are not known are empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quote<'a> {
    /// The words of the passage.
    pub exact: &'a str,
    /// What stood right before them.
    pub prefix: &'a str,
    /// What stood right after them.
    pub suffix: &'a str,
}

/// Where a passage was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its place, in bytes of the text.
    pub range: Range<usize>,
    /// How sure that is.
    pub sure: Sure,
}

/// How sure the place of a passage is, from the most to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Sure {
    /// Character by character the same.
    Exact,
    /// The same letters; spaces, marks, case or accents differ.
    Folded,
    /// The same letters, between other words than before.
    Moved,
    /// Most of the same words, in the same order.
    Approximate,
}

/// Why a passage has no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Lost {
    /// The text does not say it, or no longer in nearly these words.
    Absent,
    /// The text says it more than once, and nothing tells which was meant.
    Ambiguous,
}

/// A text that is prepared for finding passages in it, many or one.
#[derive(Debug)]
pub struct Passages<'a> {
    text: &'a str,
    letters: Letters,
    /// Made when the first passage needs it.
    vocabulary: OnceLock<approximate::Vocabulary>,
}

/// More occurrences than this are not told apart.
const MOST_PLACES: usize = 2_000;

/// A passage with this many letters is no coincidence where it stands between other words.
const TELLING_LETTERS: usize = 24;

impl<'a> Passages<'a> {
    /// Prepares a plain text.
    pub fn of_plain(text: &'a str) -> Passages<'a> {
        Passages::new(text, Letters::of(text, &[]))
    }

    /// Prepares a text in Markdown. What its reader never sees is no part of it: front matter, addresses of links,
    /// images, HTML tags, comments, numbers of lists and notes. Ranges are places in the source.
    pub fn of_markdown(source: &'a str) -> Passages<'a> {
        Passages::new(source, Letters::of(source, &marks::unseen(source)))
    }

    fn new(text: &'a str, letters: Letters) -> Passages<'a> {
        Passages {
            text,
            letters,
            vocabulary: OnceLock::new(),
        }
    }

    /// Finds a passage.
    pub fn find(&self, quote: &Quote<'_>) -> Result<Found, Lost> {
        let exact = quote.exact.trim();
        if exact.is_empty() {
            return Err(Lost::Absent);
        }
        let said = Letters::of(exact, &[]);
        let around = Surroundings::of(quote);
        let places = if said.is_empty() {
            self.verbatim(exact)
        } else {
            self.spelt(exact, &said)
        };
        if places.len() >= MOST_PLACES {
            return Err(Lost::Ambiguous);
        }
        if around.is_unknown() {
            return match self.without_surroundings(&places, &said) {
                Err(Lost::Absent) => self.nearly(&said, &around),
                decided => decided,
            };
        }
        if let Some(decided) = self.by_surroundings(&places, &around) {
            return decided;
        }
        let moved = |place: &Place| Found {
            range: place.range.clone(),
            sure: Sure::Moved,
        };
        match (self.nearly(&said, &around), places.as_slice()) {
            (Ok(found), places) => {
                // Its surroundings have changed a little, and it has not.
                let same = places.iter().find(|place| place.covers(&found.range));
                Ok(same.map_or(found, moved))
            }
            // It stands between other words, once, and is too long for that to be chance.
            (Err(Lost::Absent), [only]) if only.whole && said.len() >= TELLING_LETTERS => Ok(moved(only)),
            (Err(lost), _) => Err(lost),
        }
    }

    /// The places where a text stands character by character, for passages without a letter.
    fn verbatim(&self, exact: &str) -> Vec<Place> {
        self.text
            .match_indices(exact)
            .take(MOST_PLACES)
            .map(|(start, _)| {
                let range = start..start + exact.len();
                Place {
                    letters: self.letters.within(&range),
                    range,
                    exact: true,
                    whole: true,
                }
            })
            .collect()
    }

    /// The places where the letters of a text stand.
    fn spelt(&self, exact: &str, said: &Letters) -> Vec<Place> {
        let lead = exact.len() - exact.trim_start_matches(|first: char| !first.is_alphanumeric()).len();
        self.letters
            .occurrences(said)
            .take(MOST_PLACES)
            .map(|letters| {
                let inner = self.letters.source(&letters);
                let outer = inner.start.checked_sub(lead).filter(|start| {
                    let rest = self.text.get(*start..);
                    rest.is_some_and(|rest| rest.starts_with(exact))
                });
                Place {
                    whole: self.letters.is_whole(&letters),
                    exact: outer.is_some(),
                    range: match outer {
                        Some(start) => start..start + exact.len(),
                        None => letters::with_punctuation(self.text, inner, exact),
                    },
                    letters,
                }
            })
            .collect()
    }

    /// Nothing is known of what stood around: only what stands once is found.
    fn without_surroundings(&self, places: &[Place], said: &Letters) -> Result<Found, Lost> {
        let long = said.len() >= TELLING_LETTERS;
        let fit: Vec<&Place> = places.iter().filter(|place| place.whole || long).collect();
        let exact: Vec<&Place> = fit.iter().copied().filter(|place| place.exact).collect();
        match (exact.as_slice(), fit.as_slice()) {
            ([only], _) | ([], [only]) => Ok(only.found()),
            ([], []) => Err(Lost::Absent),
            _ => Err(Lost::Ambiguous),
        }
    }

    /// The place whose surroundings are those that are known; nothing when none agrees with them.
    fn by_surroundings(&self, places: &[Place], around: &Surroundings) -> Option<Result<Found, Lost>> {
        let mut judged: Vec<(surroundings::Agreement, &Place)> = places
            .iter()
            .map(|place| (around.agreement(&self.letters, &place.letters), place))
            .filter(|(agreement, _)| agreement.convinces())
            .collect();
        judged.sort_by(|(one, first), (other, second)| other.cmp(one).then(second.exact.cmp(&first.exact)));
        let (best, place) = judged.first()?;
        let Some((second, other)) = judged.get(1) else {
            return Some(Ok(place.found()));
        };
        let clear = best.beats(second) || (best == second && place.exact && !other.exact);
        Some(if clear { Ok(place.found()) } else { Err(Lost::Ambiguous) })
    }

    fn nearly(&self, said: &Letters, around: &Surroundings) -> Result<Found, Lost> {
        let vocabulary = self
            .vocabulary
            .get_or_init(|| approximate::Vocabulary::of(&self.letters));
        let words = approximate::find(&self.letters, vocabulary, said, around)?;
        Ok(Found {
            range: self.letters.source_of_words(words),
            sure: Sure::Approximate,
        })
    }
}

/// Finds one passage in a text in Markdown, as [`Passages::find`] does.
pub fn find(source: &str, quote: &Quote<'_>) -> Result<Found, Lost> {
    Passages::of_markdown(source).find(quote)
}

/// One place where a passage stands.
#[derive(Debug)]
struct Place {
    range: Range<usize>,
    letters: Range<usize>,
    exact: bool,
    /// It neither begins nor ends inside a word.
    whole: bool,
}

impl Place {
    fn covers(&self, other: &Range<usize>) -> bool {
        self.range.start <= other.start && other.end <= self.range.end
    }

    fn found(&self) -> Found {
        Found {
            range: self.range.clone(),
            sure: if self.exact { Sure::Exact } else { Sure::Folded },
        }
    }
}
