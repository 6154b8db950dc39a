//! Named lists of articles, ordered by hand.

use super::Library;
use crate::article::{CountedCollection, Placed};
use crate::error::{Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::index::lists::Affects;
use crate::index::lock;
use crate::journal::{Collection, Durability, Journal, JournalEntry, fill, is_name, spread};
use std::collections::HashSet;
use std::hash::Hash;
use uuid::Uuid;

impl Library {
    /// The lists: those that were put in order first, then by name.
    pub fn collections(&self) -> Vec<Collection> {
        lock(&self.journal).collections()
    }

    /// One list.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn collection(&self, id: Uuid) -> Result<Collection> {
        in_journal(&lock(&self.journal), id)
    }

    /// The lists in their order, each with how many of its articles the library still has.
    ///
    /// # Errors
    /// `Corrupt` or `Io` when the index can't be read.
    pub fn counted_collections(&self) -> Result<Vec<CountedCollection>> {
        let count = |collection: Collection| {
            let articles: Vec<ArticleId> = collection.articles.into_iter().map(|(article, _)| article).collect();
            Ok(CountedCollection {
                id: collection.id,
                name: collection.name,
                count: self.index.count_present(&articles)?,
            })
        };
        self.collections().into_iter().map(count).collect()
    }

    /// Which of these articles each list holds; lists with none of them are left out.
    pub fn collections_holding(&self, articles: &[ArticleId]) -> Vec<(Uuid, Vec<ArticleId>)> {
        let journal = lock(&self.journal);
        let mut holding: Vec<(Uuid, Vec<ArticleId>)> = Vec::new();
        for article in articles {
            for id in journal.collections_holding(article) {
                match holding.iter_mut().find(|(other, _)| *other == id) {
                    Some((_, held)) => held.push(article.clone()),
                    None => holding.push((id, vec![article.clone()])),
                }
            }
        }
        holding
    }

    /// A number that grows, as long as the library is open, whenever something else holds of a list.
    pub fn collections_revision(&self) -> u64 {
        lock(&self.journal).collections_revision()
    }

    /// Makes a list.
    ///
    /// # Errors
    /// `BadName` for an empty name, or what writing the journal fails with; here and in the next ones.
    pub fn make_collection(&self, name: &str) -> Result<Uuid> {
        let id = (self.environment.new_id)((self.environment.now)());
        let made = entry(id, None).with("name", named(name)?).with("on", true);
        self.say_of_collections(|_| Ok(vec![made]))?;
        Ok(id)
    }

    /// Gives a list another name.
    ///
    /// # Errors
    /// As [`Library::make_collection`], and `NotFound`.
    pub fn rename_collection(&self, id: Uuid, name: &str) -> Result<()> {
        let renamed = entry(id, None).with("name", named(name)?);
        self.say_of_collections(|journal| in_journal(journal, id).map(|_| vec![renamed]))
    }

    /// Takes a list away. Its articles stay.
    ///
    /// # Errors
    /// As [`Library::rename_collection`].
    pub fn remove_collection(&self, id: Uuid) -> Result<()> {
        self.say_of_collections(|journal| in_journal(journal, id).map(|_| vec![entry(id, None).with("on", false)]))
    }

    /// Brings a list back that was taken away, with its name, its place and its articles.
    ///
    /// # Errors
    /// As [`Library::rename_collection`], where there never was such a list.
    pub fn restore_collection(&self, id: Uuid) -> Result<()> {
        self.say_of_collections(|journal| {
            if !journal.knows_collection(id) {
                return Err(missing(id));
            }
            Ok(vec![entry(id, None).with("on", true)])
        })
    }

    /// Puts a list after another, or before all when there is none.
    ///
    /// # Errors
    /// As [`Library::rename_collection`].
    pub fn move_collection(&self, id: Uuid, after: Option<Uuid>) -> Result<()> {
        self.say_of_collections(|journal| {
            let all: Vec<(Uuid, Option<String>)> = journal
                .collections()
                .into_iter()
                .map(|collection| (collection.id, collection.order))
                .collect();
            if !all.iter().any(|(other, _)| *other == id) {
                return Err(missing(id));
            }
            let moved = moves(&all, &id, after.as_ref()).into_iter();
            Ok(moved.map(|(id, order)| entry(id, None).with("order", order)).collect())
        })
    }

    /// Puts articles at the end of a list, and answers those that were not in it.
    ///
    /// # Errors
    /// As [`Library::rename_collection`]; `NotFound` also for an article that there is not.
    pub fn add_to_collection(&self, id: Uuid, articles: &[ArticleId]) -> Result<Vec<ArticleId>> {
        let there: HashSet<ArticleId> = self.collection(id)?.articles.into_iter().map(|(it, _)| it).collect();
        let mut new: Vec<ArticleId> = Vec::new();
        let mut met: HashSet<&ArticleId> = HashSet::new();
        for article in articles {
            if !there.contains(article) && met.insert(article) {
                new.push(article.clone());
            }
        }
        let about = |article: &ArticleId| vec![entry(id, Some(article)).with("on", true)];
        self.say_all(&new, about, Durability::Now, Affects::Nothing)?;
        Ok(new)
    }

    /// Takes articles out of a list, and answers where they stood: in this order
    /// [`Library::put_in_collection`] puts them back.
    ///
    /// # Errors
    /// As [`Library::rename_collection`].
    pub fn take_from_collection(&self, id: Uuid, articles: &[ArticleId]) -> Result<Vec<Placed>> {
        let mut taken = Vec::new();
        self.say_of_collections(|journal| {
            taken = standing(&in_journal(journal, id)?.articles, articles);
            let out = |placed: &Placed| entry(id, Some(&placed.article)).with("on", false);
            Ok(taken.iter().map(out).collect())
        })?;
        Ok(taken)
    }

    /// Moves articles of a list together behind another, or before all when there is none: in the order in which they
    /// stand, however they are given. Where the other one moves itself, they come after the one that it leaves behind;
    /// where it is not in the list, they come last. Articles that are not in the list (any more) stay out of it. Answers
    /// where they stood, as [`Library::take_from_collection`] does.
    ///
    /// # Errors
    /// As [`Library::rename_collection`]; `NotFound` also when none of them is in the list.
    pub fn move_in_collection(
        &self,
        id: Uuid,
        articles: &[ArticleId],
        after: Option<&ArticleId>,
    ) -> Result<Vec<Placed>> {
        let mut stood = Vec::new();
        self.say_of_collections(|journal| {
            let all = in_journal(journal, id)?.articles;
            let wanted: HashSet<&ArticleId> = articles.iter().collect();
            stood = standing(&all, articles);
            if stood.is_empty() && !articles.is_empty() {
                return Err(not_in_it());
            }
            let mut before = after.and_then(|after| {
                let at = all.iter().position(|(article, _)| article == after);
                let ahead = all.iter().take(at.map_or(all.len(), |at| at + 1));
                let mut ahead = ahead.map(|(article, _)| article);
                ahead.rfind(|article| !wanted.contains(article))
            });
            let mut inserted: Vec<(&ArticleId, Option<&ArticleId>)> = Vec::with_capacity(stood.len());
            for placed in &stood {
                inserted.push((&placed.article, before));
                before = Some(&placed.article);
            }
            let says = |(article, order): (ArticleId, String)| entry(id, Some(&article)).with("order", order);
            Ok(places_for(&all, &inserted).into_iter().map(says).collect())
        })?;
        Ok(stood)
    }

    /// Puts articles that are in a list, or were, to places in it: one after the other, each after an article that
    /// stands there by then, or before all. Answers where those stood that were in it, as
    /// [`Library::take_from_collection`] does.
    ///
    /// # Errors
    /// As [`Library::rename_collection`]; `NotFound` also for an article that never was in the list.
    pub fn put_in_collection(&self, id: Uuid, placed: &[Placed]) -> Result<Vec<Placed>> {
        let mut stood = Vec::new();
        self.say_of_collections(|journal| {
            let all = in_journal(journal, id)?.articles;
            if placed.iter().any(|one| !journal.knows_member(id, &one.article)) {
                return Err(not_in_it());
            }
            let articles: Vec<ArticleId> = placed.iter().map(|one| one.article.clone()).collect();
            stood = standing(&all, &articles);
            let there: HashSet<&ArticleId> = all.iter().map(|(article, _)| article).collect();
            let inserted: Vec<(&ArticleId, Option<&ArticleId>)> =
                placed.iter().map(|one| (&one.article, one.after.as_ref())).collect();
            let says = |(article, order): (ArticleId, String)| {
                let place = entry(id, Some(&article)).with("order", order);
                if there.contains(&article) {
                    place
                } else {
                    place.with("on", true)
                }
            };
            Ok(places_for(&all, &inserted).into_iter().map(says).collect())
        })?;
        Ok(stood)
    }

    /// What is said follows from what holds: nobody says anything in between.
    fn say_of_collections(&self, about: impl FnOnce(&Journal) -> Result<Vec<JournalEntry>>) -> Result<()> {
        let mut journal = lock(&self.journal);
        let entries = about(&journal)?;
        let say = |journal: &mut Journal| journal.append_all(entries, Durability::Now).map(|_| ());
        self.index.say(&mut journal, Affects::Nothing, say, |_, _| Ok(()))
    }
}

pub(super) fn entry(collection: Uuid, article: Option<&ArticleId>) -> JournalEntry {
    JournalEntry::new("collection", article).with("collection", collection.to_string())
}

/// Places that are longer come of thousands of moves to one spot: then all are given anew.
const LONGEST_PLACE: usize = 60;

/// The places to be written so that `moved` comes after `after`.
pub(super) fn moves<T: Clone + Eq + Hash>(
    all: &[(T, Option<String>)],
    moved: &T,
    after: Option<&T>,
) -> Vec<(T, String)> {
    places_for(all, &[(moved, after)])
}

/// The places to be written so that each of `inserted` comes after the one named beside it, or at the end when that is
/// not there. Those before them that never had a place need one too, for a place comes before none.
fn places_for<T: Clone + Eq + Hash>(all: &[(T, Option<String>)], inserted: &[(&T, Option<&T>)]) -> Vec<(T, String)> {
    let moved: HashSet<&T> = inserted.iter().map(|(one, _)| *one).collect();
    let kept = all.iter().filter(|(one, _)| !moved.contains(one));
    let mut order: Vec<(&T, Option<&str>)> = kept.map(|(one, place)| (one, place.as_deref())).collect();
    for (one, after) in inserted {
        let at = after.map_or(0, |after| {
            let before = order.iter().position(|(other, _)| *other == after);
            before.map_or(order.len(), |before| before + 1)
        });
        order.insert(at, (one, None));
    }
    let Some(last) = order.iter().rposition(|(one, _)| moved.contains(one)) else {
        return Vec::new();
    };
    let tied = part_ties(&mut order);
    let end = last + 1 + (last + 1..order.len()).take_while(|at| tied.contains(at)).count();
    let mut written: Vec<(&T, String)> = Vec::new();
    let mut low: Option<&str> = None;
    let mut at = 0;
    while at < end {
        let run = order.get(at..end).unwrap_or_default();
        let count = run.iter().take_while(|(_, place)| place.is_none()).count();
        let next = order.get(at + count).and_then(|(_, place)| *place);
        let places = fill(low, next, count);
        written.extend(run.iter().map(|(one, _)| *one).zip(places));
        low = next;
        at += count + 1;
    }
    if written.iter().any(|(_, place)| place.len() > LONGEST_PLACE) {
        let places = spread(None, order.len());
        written = order.iter().map(|(one, _)| *one).zip(places).collect();
    }
    written.into_iter().map(|(one, place)| (one.clone(), place)).collect()
}

/// Takes their place from those that share it with the one before: two desks put something to the same spot. Answers
/// where they stand.
fn part_ties<T>(order: &mut [(&T, Option<&str>)]) -> HashSet<usize> {
    let mut low: Option<&str> = None;
    let mut tied = HashSet::new();
    for (at, (_, place)) in order.iter_mut().enumerate() {
        if place.is_some() && *place <= low {
            *place = None;
            tied.insert(at);
        } else if place.is_some() {
            low = *place;
        }
    }
    tied
}

/// Where some of a list stand, in its order.
fn standing(all: &[(ArticleId, Option<String>)], some: &[ArticleId]) -> Vec<Placed> {
    let wanted: HashSet<&ArticleId> = some.iter().collect();
    let mut before: Option<&ArticleId> = None;
    let mut found = Vec::new();
    for (article, _) in all {
        if wanted.contains(article) {
            found.push(Placed {
                article: article.clone(),
                after: before.cloned(),
            });
        }
        before = Some(article);
    }
    found
}

fn in_journal(journal: &Journal, id: Uuid) -> Result<Collection> {
    journal.collection(id).ok_or_else(|| missing(id))
}

pub(super) fn named(name: &str) -> Result<String> {
    let name = name.trim();
    if !is_name(name) {
        return Err(Error::new(ErrorKind::BadName, "a list needs a name"));
    }
    Ok(name.to_owned())
}

fn missing(id: Uuid) -> Error {
    Error::new(ErrorKind::NotFound, format!("there is no list {id}"))
}

fn not_in_it() -> Error {
    Error::new(ErrorKind::NotFound, "the article is not in this list")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    /// As the journal orders them.
    fn ordered(mut all: Vec<(u32, Option<String>)>) -> Vec<(u32, Option<String>)> {
        all.sort_by(|(_, left), (_, right)| (left.is_none(), left).cmp(&(right.is_none(), right)));
        all
    }

    fn written(all: &[(u32, Option<String>)], places: Vec<(u32, String)>) -> Vec<(u32, Option<String>)> {
        let mut all = all.to_vec();
        for (one, place) in places {
            match all.iter_mut().find(|(other, _)| *other == one) {
                Some((_, old)) => *old = Some(place),
                None => all.push((one, Some(place))),
            }
        }
        ordered(all)
    }

    #[test]
    fn thousands_of_moves_to_the_top_keep_places_short() {
        let mut all: Vec<(u32, Option<String>)> = (0..20).map(|one| (one, None)).collect();
        for turn in 0..3_000u32 {
            let moved = turn * 7 % 20;
            all = written(&all, moves(&all, &moved, None));
            assert_eq!(all[0].0, moved);
            assert!(
                all.iter()
                    .flat_map(|(_, place)| place)
                    .all(|place| place.len() <= LONGEST_PLACE)
            );
        }
    }

    #[test]
    fn something_fits_between_two_that_share_a_place() {
        let place = || Some("V".to_owned());
        let all = [(1, place()), (2, place()), (3, place()), (4, None), (5, None)];
        let order = |all: Vec<(u32, Option<String>)>| all.into_iter().map(|(one, _)| one).collect::<Vec<_>>();
        for (after, expected) in [(1, [1, 5, 2, 3, 4]), (2, [1, 2, 5, 3, 4]), (3, [1, 2, 3, 5, 4])] {
            assert_eq!(
                order(written(&all, moves(&all, &5, Some(&after)))),
                expected,
                "after {after}"
            );
        }
    }

    proptest! {
        /// Whatever is put wherever, several at once as well, stands there, and nobody else has moved.
        #[test]
        fn what_is_put_somewhere_stands_there(
            count in 1u32..12,
            turns in prop::collection::vec(prop::collection::vec((0u32..15, prop::option::of(0u32..15)), 1..5), 1..12),
        ) {
            let mut all: Vec<(u32, Option<String>)> = (0..count).map(|one| (one, None)).collect();
            let mut expected: Vec<u32> = (0..count).collect();
            for turn in turns {
                let mut met = HashSet::new();
                let turn: Vec<_> = turn.into_iter().filter(|(one, after)| Some(*one) != *after && met.insert(*one)).collect();
                let inserted: Vec<(&u32, Option<&u32>)> = turn.iter().map(|(one, after)| (one, after.as_ref())).collect();
                all = written(&all, places_for(&all, &inserted));
                expected.retain(|one| !met.contains(one));
                for (one, after) in &turn {
                    let at = after.map_or(0, |after| {
                        expected.iter().position(|other| *other == after).map_or(expected.len(), |at| at + 1)
                    });
                    expected.insert(at, *one);
                }
                prop_assert_eq!(all.iter().map(|(one, _)| *one).collect::<Vec<_>>(), expected.clone());
            }
        }
    }
}
