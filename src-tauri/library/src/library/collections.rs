//! Named lists of articles, ordered by hand.

use super::Library;
use crate::error::{Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::index::lists::Affects;
use crate::index::lock;
use crate::journal::{Collection, Durability, Journal, JournalEntry, between, spread};
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
        lock(&self.journal).collection(id).ok_or_else(|| missing(id))
    }

    /// Makes a list.
    ///
    /// # Errors
    /// `BadName` for an empty name, or what writing the journal fails with; here and in the next ones.
    pub fn make_collection(&self, name: &str) -> Result<Uuid> {
        let id = (self.environment.new_id)((self.environment.now)());
        self.say_of_collection(vec![entry(id, None).with("name", named(name)?).with("on", true)])?;
        Ok(id)
    }

    /// Gives a list another name.
    ///
    /// # Errors
    /// As [`Library::make_collection`], and `NotFound`.
    pub fn rename_collection(&self, id: Uuid, name: &str) -> Result<()> {
        self.collection(id)?;
        self.say_of_collection(vec![entry(id, None).with("name", named(name)?)])
    }

    /// Takes a list away. Its articles stay.
    ///
    /// # Errors
    /// As [`Library::rename_collection`].
    pub fn remove_collection(&self, id: Uuid) -> Result<()> {
        self.collection(id)?;
        self.say_of_collection(vec![entry(id, None).with("on", false)])
    }

    /// Puts a list after another, or before all when there is none.
    ///
    /// # Errors
    /// As [`Library::rename_collection`].
    pub fn move_collection(&self, id: Uuid, after: Option<Uuid>) -> Result<()> {
        let all: Vec<(Uuid, Option<String>)> = self
            .collections()
            .into_iter()
            .map(|collection| (collection.id, collection.order))
            .collect();
        if !all.iter().any(|(other, _)| *other == id) {
            return Err(missing(id));
        }
        let entries = moves(&all, &id, after.as_ref())
            .into_iter()
            .map(|(id, order)| entry(id, None).with("order", order))
            .collect();
        self.say_of_collection(entries)
    }

    /// Puts articles at the end of a list.
    ///
    /// # Errors
    /// As [`Library::rename_collection`].
    pub fn add_to_collection(&self, id: Uuid, articles: &[ArticleId]) -> Result<()> {
        self.collection(id)?;
        let about = |article: &ArticleId| vec![entry(id, Some(article)).with("on", true)];
        self.say_all(articles, about, Durability::Now, Affects::Nothing)
    }

    /// Takes articles out of a list.
    ///
    /// # Errors
    /// As [`Library::rename_collection`].
    pub fn take_from_collection(&self, id: Uuid, articles: &[ArticleId]) -> Result<()> {
        self.collection(id)?;
        let entries = articles
            .iter()
            .map(|article| entry(id, Some(article)).with("on", false))
            .collect();
        self.say_of_collection(entries)
    }

    /// Puts an article of a list after another, or before all when there is none.
    ///
    /// # Errors
    /// As [`Library::rename_collection`]; `NotFound` also for an article that is not in the list.
    pub fn move_in_collection(&self, id: Uuid, article: &ArticleId, after: Option<&ArticleId>) -> Result<()> {
        let all = self.collection(id)?.articles;
        if !all.iter().any(|(other, _)| other == article) {
            return Err(Error::new(ErrorKind::NotFound, "the article is not in this list"));
        }
        let entries = moves(&all, article, after)
            .into_iter()
            .map(|(article, order)| entry(id, Some(&article)).with("order", order))
            .collect();
        self.say_of_collection(entries)
    }

    fn say_of_collection(&self, entries: Vec<JournalEntry>) -> Result<()> {
        let say = |journal: &mut Journal| journal.append_all(entries, Durability::Now).map(|_| ());
        self.index
            .say(&mut lock(&self.journal), Affects::Nothing, say, |_, _| Ok(()))
    }
}

pub(super) fn entry(collection: Uuid, article: Option<&ArticleId>) -> JournalEntry {
    JournalEntry::new("collection", article).with("collection", collection.to_string())
}

/// The places to be written so that `moved` comes after `after`. Those before it that never had
/// a place need one too, for a place comes before none.
pub(super) fn moves<T: Clone + PartialEq>(
    all: &[(T, Option<String>)],
    moved: &T,
    after: Option<&T>,
) -> Vec<(T, String)> {
    let others: Vec<&(T, Option<String>)> = all.iter().filter(|(other, _)| other != moved).collect();
    let at = after.map_or(0, |after| {
        others
            .iter()
            .position(|(other, _)| other == after)
            .map_or(others.len(), |place| place + 1)
    });
    let before = others.get(..at).unwrap_or_default();
    let placed: Option<&str> = before.iter().rev().find_map(|(_, place)| place.as_deref());
    let unplaced: Vec<&T> = before
        .iter()
        .filter(|(_, place)| place.is_none())
        .map(|(other, _)| other)
        .collect();
    let mut written: Vec<(T, String)> = unplaced
        .iter()
        .zip(spread(placed, unplaced.len()))
        .map(|(other, place)| ((*other).clone(), place))
        .collect();
    let low = written.last().map(|(_, place)| place.clone());
    let low = low.as_deref().or(placed);
    let high = others.get(at).and_then(|(_, place)| place.as_deref());
    let place = between(low, high);
    written.push((moved.clone(), place));
    written
}

pub(super) fn named(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.len() > 1024 {
        return Err(Error::new(ErrorKind::BadName, "a list needs a name"));
    }
    Ok(name.to_owned())
}

fn missing(id: Uuid) -> Error {
    Error::new(ErrorKind::NotFound, format!("there is no list {id}"))
}
