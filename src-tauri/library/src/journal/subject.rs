//! Subjects: what is spoken of beside articles. Of each, every field is what was said of it last.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::stamp::{Devices, Field, Stamp};

/// A kind of subject, which is the kind of the records about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectKind {
    /// A feed that is subscribed to.
    Feed,
    /// A rule for what feeds bring.
    FeedRule,
    /// A search that was saved.
    Search,
    /// How long an article is to be.
    Goal,
}

/// Something that is no article, and what was said of it last.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// Its identity.
    pub id: Uuid,
    /// What is said of it, field by field.
    pub fields: Map<String, Value>,
}

impl SubjectKind {
    /// The kind of the records.
    pub const fn word(self) -> &'static str {
        match self {
            SubjectKind::Feed => "feed",
            SubjectKind::FeedRule => "feed-rule",
            SubjectKind::Search => "search",
            SubjectKind::Goal => "goal",
        }
    }

    /// The kinds of all records about feeds.
    pub const OF_FEEDS: [&str; 2] = [SubjectKind::Feed.word(), SubjectKind::FeedRule.word()];

    pub(super) fn of(word: &str) -> Option<SubjectKind> {
        [
            SubjectKind::Feed,
            SubjectKind::FeedRule,
            SubjectKind::Search,
            SubjectKind::Goal,
        ]
        .into_iter()
        .find(|kind| kind.word() == word)
    }
}

/// The field of a record that says which subject it is about, and the one that takes a subject away while it is false.
pub(super) const IDENTITY: &str = "subject";
const ON: &str = "on";

/// The records about all subjects, folded.
#[derive(Debug, Default)]
pub(super) struct Subjects(BTreeMap<(SubjectKind, Uuid), Fields>);

/// Fields by name, each as JSON.
type Fields = BTreeMap<Box<str>, Field<Box<str>>>;

impl Subjects {
    /// Folds in a record; whether something else holds now, or nothing when it names no subject.
    pub(super) fn say(&mut self, kind: SubjectKind, line: &[u8], stamp: Stamp, devices: &Devices) -> Option<bool> {
        let fields: SubjectFields = serde_json::from_slice(line).ok()?;
        let said = self.0.entry((kind, fields.subject)).or_default();
        let mut won = false;
        for (name, value) in fields.rest {
            if OF_EVERY_RECORD.contains(&name.as_str()) {
                continue;
            }
            let value: Box<str> = value.to_string().into();
            let mut field = said.remove(name.as_str());
            won |= devices.set(&mut field, stamp, value);
            if let Some(field) = field {
                said.insert(name.into(), field);
            }
        }
        Some(won)
    }

    /// The subjects of a kind that are there, in the order of their identities.
    pub(super) fn all(&self, kind: SubjectKind) -> Vec<Subject> {
        let range = (kind, Uuid::nil())..=(kind, Uuid::max());
        let there = self.0.range(range).filter(|(_, said)| {
            let on = said.get(ON);
            on.is_none_or(|field| &*field.value != "false")
        });
        there.map(|((_, id), said)| subject(*id, said)).collect()
    }

    /// Whether a subject is, or was, there.
    pub(super) fn knows(&self, kind: SubjectKind, id: Uuid) -> bool {
        self.0.contains_key(&(kind, id))
    }

    /// When one of these fields was last said.
    pub(super) fn latest(&self, kind: SubjectKind, id: Uuid, fields: &Map<String, Value>) -> Option<i64> {
        let said = self.0.get(&(kind, id))?;
        let times = fields.keys().filter_map(|name| said.get(name.as_str()));
        times.map(|field| field.stamp.time).max()
    }

    #[cfg(test)]
    pub(super) fn summary(&self) -> impl Iterator<Item = (String, String)> + '_ {
        self.0.iter().map(|((kind, id), said)| {
            let said: Vec<_> = said.iter().map(|(name, field)| (name, &field.value)).collect();
            (format!("{} {id}", kind.word()), format!("{said:?}"))
        })
    }
}

/// Fields that every record has.
const OF_EVERY_RECORD: [&str; 8] = ["v", "id", "time", "device", "seq", "kind", "article", IDENTITY];

#[derive(Debug, Deserialize)]
struct SubjectFields {
    subject: Uuid,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn subject(id: Uuid, said: &Fields) -> Subject {
    let fields = said.iter().filter(|(name, _)| &***name != ON);
    Subject {
        id,
        fields: fields
            .filter_map(|(name, field)| Some((name.to_string(), serde_json::from_str(&field.value).ok()?)))
            .collect(),
    }
}
