//! What the page shows of a text that is written: known by a number for each block, so that only new ones are sent.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use edito_library::ArticleId;
use edito_prose::{Part, stretches};

/// The renderings that the page has: one of a few texts each.
#[derive(Default)]
pub struct Previews(Mutex<Vec<Shown>>);

/// Blocks that stay, or new ones, as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// `count` of the rendering before, beginning with `from`.
    Kept {
        /// From 0.
        from: u32,
        /// How many.
        count: u32,
    },
    /// New ones.
    New(Vec<String>),
}

/// A text beside its source, and one that is read beside it: there are no more at a time.
const MOST: usize = 4;

struct Shown {
    id: ArticleId,
    revision: u32,
    parts: Vec<u64>,
}

impl Previews {
    /// Takes the next rendering of an article; answers its revision and how it comes out of the revision `known`, all of it
    /// being new when that is not the one before.
    pub fn next(&self, id: &ArticleId, known: u32, parts: Vec<Part>) -> (u32, Vec<Stretch>) {
        let now: Vec<u64> = parts.iter().map(|part| number_of(&part.html)).collect();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = all
            .iter()
            .position(|shown| shown.id == *id)
            .map(|at| all.swap_remove(at));
        let revision = before.as_ref().map_or(0, |shown| shown.revision).wrapping_add(1).max(1);
        let shown = before
            .filter(|shown| shown.revision == known)
            .map_or_else(Vec::new, |shown| shown.parts);
        let made = stretches(&shown, &now);
        if all.len() >= MOST {
            all.remove(0);
        }
        all.push(Shown {
            id: id.clone(),
            revision,
            parts: now,
        });
        drop(all);
        let mut html: Vec<Option<String>> = parts.into_iter().map(|part| Some(part.html)).collect();
        let made = made
            .into_iter()
            .map(|stretch| match stretch {
                edito_prose::Stretch::Kept(range) => Stretch::Kept {
                    from: small(range.start),
                    count: small(range.len()),
                },
                edito_prose::Stretch::New(range) => Stretch::New(
                    html.get_mut(range)
                        .unwrap_or_default()
                        .iter_mut()
                        .filter_map(Option::take)
                        .collect(),
                ),
            })
            .collect();
        (revision, made)
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn number_of(html: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    html.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(all: &[&str]) -> Vec<Part> {
        all.iter()
            .map(|html| Part {
                line: 1,
                html: (*html).to_owned(),
            })
            .collect()
    }

    fn new(all: &[&str]) -> Stretch {
        Stretch::New(all.iter().map(|one| (*one).to_owned()).collect())
    }

    #[test]
    fn only_what_is_new_is_sent_to_a_page_that_has_the_rest() {
        let previews = Previews::default();
        let (id, other) = (ArticleId::from("a".to_owned()), ArticleId::from("b".to_owned()));
        let (first, sent) = previews.next(&id, 0, parts(&["<p>1</p>", "<p>2</p>"]));
        assert_eq!(sent, [new(&["<p>1</p>", "<p>2</p>"])]);
        // Another text meanwhile takes nothing away.
        previews.next(&other, 0, parts(&["<p>9</p>"]));
        let (second, sent) = previews.next(&id, first, parts(&["<p>1</p>", "<p>3</p>"]));
        assert_eq!(sent, [Stretch::Kept { from: 0, count: 1 }, new(&["<p>3</p>"])]);
        // A page that has not seen the last one, or begins anew, gets all of it.
        let (third, sent) = previews.next(&id, first, parts(&["<p>1</p>", "<p>3</p>"]));
        assert_eq!(sent, [new(&["<p>1</p>", "<p>3</p>"])]);
        assert!(first < second && second < third);
        assert_eq!(
            previews.next(&id, third, parts(&["<p>1</p>", "<p>3</p>"])).1,
            [Stretch::Kept { from: 0, count: 2 }]
        );
    }
}
