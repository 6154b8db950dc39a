//! One record: the line of a journal file, and what is to become one.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use uuid::Uuid;

use super::Fields;
use super::file::MAX_LINE;
use super::state::Place;
use crate::identity::ArticleId;

/// The version of the format that this code writes. It goes up when a record could be
/// misunderstood by what reads the former one; new kinds and fields don't need it.
pub const VERSION: u32 = 1;

/// A record as it stands in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The version of the format.
    #[serde(default = "first_version")]
    pub v: u32,
    /// Its own identity.
    #[serde(default)]
    pub id: Uuid,
    /// When it was said.
    #[serde(serialize_with = "write_time", deserialize_with = "read_time")]
    pub time: Timestamp,
    /// Who said it.
    #[serde(default)]
    pub device: String,
    /// Its place among the device's records, from 1.
    #[serde(default)]
    pub seq: u64,
    /// What is said: one of the kinds in the head of `journal.rs`, or a later one.
    pub kind: String,
    /// The article it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleId>,
    /// The fields of its kind, and any that this version doesn't know.
    #[serde(flatten)]
    pub fields: Fields,
}

/// Something to be recorded; time, identity and number come when it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalEntry {
    /// What is said.
    pub kind: String,
    /// The article it is about.
    pub article: Option<ArticleId>,
    /// The fields of its kind.
    pub fields: Fields,
}

impl JournalEntry {
    /// An entry without fields.
    pub fn new(kind: &str, article: Option<&ArticleId>) -> Self {
        Self {
            kind: kind.to_owned(),
            article: article.cloned(),
            fields: Fields::new(),
        }
    }

    /// The same entry with one more field. Names that every record has are not for fields.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        let taken = ["v", "id", "time", "device", "seq", "kind", "article"];
        if !taken.contains(&name) {
            self.fields.insert(name.to_owned(), value.into());
        }
        self
    }

    /// Whether its record is short enough to be read again.
    pub fn fits(&self) -> bool {
        // What every record has takes less than that.
        const ROOM: usize = 1024;
        serde_json::to_vec(&self.fields).is_ok_and(|fields| fields.len() + ROOM <= MAX_LINE)
    }
}

/// What every record has, read on its own so that a field of an unknown shape spoils nothing.
#[derive(Debug, Deserialize)]
pub(super) struct Envelope {
    #[serde(default = "first_version")]
    pub v: u32,
    #[serde(deserialize_with = "read_time")]
    pub time: Timestamp,
    #[serde(default)]
    pub device: Option<String>,
    #[serde(default)]
    pub seq: u64,
    pub kind: String,
    #[serde(default)]
    pub article: Option<ArticleId>,
}

/// The fields of the kinds that are folded.
#[derive(Debug, Deserialize)]
pub(super) struct ReadFields {
    pub read: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct StarFields {
    pub star: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct ProgressFields {
    pub at: f64,
    #[serde(default)]
    pub block: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PlaceFields {
    pub place: Place,
}

#[derive(Debug, Deserialize)]
pub(super) struct TagFields {
    pub tag: String,
    pub on: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct IdentityFields {
    pub path: String,
    #[serde(default)]
    pub hash: Option<String>,
}

fn first_version() -> u32 {
    1
}

fn write_time<S: Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{time:.3}"))
}

fn read_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}
