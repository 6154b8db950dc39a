//! Saved searches: questions that are asked again and again, kept by name in an order of the desk's own.

use super::Library;
use super::collections::{moves, named};
use crate::error::{Error, ErrorKind, Result};
use crate::index::lock;
use crate::journal::{Subject, SubjectKind, is_place};
use edito_prose::fold::fold;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

/// A search that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedSearch {
    /// Its identity.
    pub id: Uuid,
    /// What it is called; never empty.
    pub name: String,
    /// The question, in the language of [`Library::search`]; never empty.
    pub query: String,
    /// Its place among the others.
    pub order: Option<String>,
}

/// What is to be other about a saved search; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchChange {
    /// What it is called.
    pub name: Option<String>,
    /// The question.
    pub query: Option<String>,
    /// Whether it is there; one that was taken away comes back with everything.
    pub on: Option<bool>,
}

impl Library {
    /// The saved searches, in the order of the desk.
    pub fn saved_searches(&self) -> Vec<SavedSearch> {
        let mut searches: Vec<SavedSearch> = self
            .subjects(SubjectKind::Search)
            .into_iter()
            .filter_map(saved)
            .collect();
        searches.sort_by_cached_key(|one| {
            let order = one.order.clone();
            (order.is_none(), order, fold(&one.name), one.id)
        });
        searches
    }

    /// Saves a search, behind the others.
    ///
    /// # Errors
    /// `BadName` for an empty name, `Invalid` for an empty question, `TooBig` for one that nobody types, or what
    /// writing the journal fails with; here and in the next ones.
    pub fn save_search(&self, name: &str, query: &str) -> Result<Uuid> {
        let fields = [
            ("name", Value::from(named(name)?)),
            ("query", Value::from(asked(query)?)),
            ("on", Value::from(true)),
        ];
        let id = self.new_identity();
        let all = self.places_of_searches();
        let last = all.last().map(|(last, _)| *last);
        let mut said = vec![(id, of(fields))];
        for (moved, order) in moves(&all, &id, last.as_ref()) {
            match said.first_mut() {
                Some((new, fields)) if *new == moved => {
                    fields.insert("order".to_owned(), order.into());
                }
                _ => said.push((moved, of([("order", order.into())]))),
            }
        }
        self.say_of_searches(said)?;
        Ok(id)
    }

    /// Changes a saved search, takes it away or brings it back.
    ///
    /// # Errors
    /// As [`Library::save_search`], and `NotFound`.
    pub fn change_search(&self, id: Uuid, change: SearchChange) -> Result<()> {
        let mut fields = Map::new();
        if let Some(name) = &change.name {
            fields.insert("name".to_owned(), named(name)?.into());
        }
        if let Some(query) = &change.query {
            fields.insert("query".to_owned(), asked(query)?.into());
        }
        if let Some(on) = change.on {
            fields.insert("on".to_owned(), on.into());
        }
        let there = if change.on == Some(true) {
            // It comes back.
            lock(&self.journal).knows_subject(SubjectKind::Search, id)
        } else {
            self.saved_searches().iter().any(|one| one.id == id)
        };
        if !there {
            return Err(missing(id));
        }
        self.say_of_searches(vec![(id, fields)])
    }

    /// Puts a saved search after another, or before all when there is none.
    ///
    /// # Errors
    /// As [`Library::change_search`].
    pub fn move_search(&self, id: Uuid, after: Option<Uuid>) -> Result<()> {
        let all = self.places_of_searches();
        if !all.iter().any(|(other, _)| *other == id) {
            return Err(missing(id));
        }
        let places = moves(&all, &id, after.as_ref());
        self.say_of_searches(
            places
                .into_iter()
                .map(|(id, order)| (id, of([("order", order.into())])))
                .collect(),
        )
    }

    /// The saved searches in their order, with their places.
    fn places_of_searches(&self) -> Vec<(Uuid, Option<String>)> {
        let searches = self.saved_searches().into_iter();
        searches.map(|one| (one.id, one.order)).collect()
    }

    fn say_of_searches(&self, said: Vec<(Uuid, Map<String, Value>)>) -> Result<()> {
        self.say_of_subjects(SubjectKind::Search, said)
    }
}

/// Longer questions are no questions, in bytes.
const LONGEST: usize = 4096;

fn asked(query: &str) -> Result<String> {
    let query = query.trim();
    if query.is_empty() {
        return Err(Error::new(ErrorKind::Invalid, "a search needs a question"));
    }
    if query.len() > LONGEST {
        return Err(Error::new(ErrorKind::TooBig, "this question is too long"));
    }
    Ok(query.to_owned())
}

/// What the journal says of a subject, when that makes a search: another program may have written it.
fn saved(subject: Subject) -> Option<SavedSearch> {
    let text = |name: &str| subject.fields.get(name).and_then(Value::as_str);
    Some(SavedSearch {
        id: subject.id,
        name: named(text("name")?).ok()?,
        query: asked(text("query")?).ok()?,
        order: text("order").filter(|order| is_place(order)).map(str::to_owned),
    })
}

fn of<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn missing(id: Uuid) -> Error {
    Error::new(ErrorKind::NotFound, format!("there is no saved search {id}"))
}
