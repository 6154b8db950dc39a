//! Passages that readers marked.
//!
//! Quotation, surroundings and position are one value, because they are true together: whoever
//! sets the quotation sets all five. Colour, note, tags and time stand each for itself.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

use super::stamp::{Devices, Field, Stamp};

/// A marked passage of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Highlight {
    /// Its identity.
    pub id: Uuid,
    /// The words marked; empty for a note about the whole article.
    pub quote: String,
    /// The words right before them.
    pub prefix: String,
    /// The words right after them.
    pub suffix: String,
    /// Where they were last seen in the plain text, in characters: a hint, the words decide.
    pub range: Option<(u32, u32)>,
    /// The colour.
    pub colour: Colour,
    /// What the reader noted.
    pub note: Option<String>,
    /// Tags of the passage.
    pub tags: Vec<String>,
    /// When it was made: milliseconds since 1970, UTC.
    pub made: i64,
}

/// The four colours of highlights.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum Colour {
    #[default]
    Yellow,
    Green,
    Blue,
    Red,
}

impl Colour {
    /// The word for it in a record.
    pub fn word(self) -> &'static str {
        match self {
            Colour::Yellow => "yellow",
            Colour::Green => "green",
            Colour::Blue => "blue",
            Colour::Red => "red",
        }
    }
}

/// What a `highlight` record says. A field that is missing stays as it was; a note that is null
/// or empty is taken away.
#[derive(Debug, Deserialize)]
pub(super) struct HighlightFields {
    pub highlight: Uuid,
    #[serde(default)]
    quote: Option<String>,
    #[serde(default)]
    prefix: Option<String>,
    #[serde(default)]
    suffix: Option<String>,
    #[serde(default)]
    start: Option<u32>,
    #[serde(default)]
    end: Option<u32>,
    #[serde(default)]
    colour: Option<Colour>,
    #[serde(default, deserialize_with = "given")]
    note: Option<Option<String>>,
    #[serde(default)]
    tags: Option<Vec<String>>,
    #[serde(default)]
    made: Option<String>,
}

/// What a `highlight-removed` record says.
#[derive(Debug, Deserialize)]
pub(super) struct RemovedFields {
    pub highlight: Uuid,
}

/// The records about one passage, folded.
#[derive(Debug)]
pub(super) struct Marked {
    id: [u8; 16],
    /// The last record that made or changed it.
    said: Option<Stamp>,
    /// The first one: when it was made, unless a record says otherwise.
    first: i64,
    removed: Option<Stamp>,
    anchor: Option<Field<Anchor>>,
    colour: Option<Field<Colour>>,
    note: Option<Box<Field<Box<str>>>>,
    tags: Option<Box<Field<Tags>>>,
    made: Option<Box<Field<i64>>>,
}

type Tags = Box<[Box<str>]>;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Anchor {
    quote: Box<str>,
    prefix: Box<str>,
    suffix: Box<str>,
    range: Option<(u32, u32)>,
}

impl Marked {
    pub(super) fn new(id: Uuid) -> Marked {
        Marked {
            id: *id.as_bytes(),
            said: None,
            first: i64::MAX,
            removed: None,
            anchor: None,
            colour: None,
            note: None,
            tags: None,
            made: None,
        }
    }

    pub(super) fn id(&self) -> &[u8; 16] {
        &self.id
    }

    /// Folds in what a record says; answers whether something else holds now.
    pub(super) fn say(&mut self, fields: HighlightFields, stamp: Stamp, devices: &Devices) -> bool {
        let was = self.is_there(devices);
        let mut won = false;
        if self
            .said
            .is_none_or(|said| devices.order(&stamp, &said) == std::cmp::Ordering::Greater)
        {
            self.said = Some(stamp);
        }
        if stamp.time < self.first {
            self.first = stamp.time;
            won = true;
        }
        if let Some(quote) = fields.quote {
            let anchor = Anchor {
                quote: quote.into(),
                prefix: fields.prefix.unwrap_or_default().into(),
                suffix: fields.suffix.unwrap_or_default().into(),
                range: fields.start.zip(fields.end).filter(|(start, end)| start <= end),
            };
            won |= devices.set(&mut self.anchor, stamp, anchor);
        }
        if let Some(colour) = fields.colour {
            won |= devices.set(&mut self.colour, stamp, colour);
        }
        if let Some(note) = fields.note {
            won |= devices.set_boxed(&mut self.note, stamp, note.unwrap_or_default().into());
        }
        if let Some(tags) = fields.tags {
            won |= devices.set_boxed(&mut self.tags, stamp, each_once(tags));
        }
        let made = fields.made.and_then(|made| made.parse::<Timestamp>().ok());
        if let Some(made) = made {
            won |= devices.set_boxed(&mut self.made, stamp, made.as_millisecond());
        }
        won || was != self.is_there(devices)
    }

    /// Folds in a removal; answers whether something else holds now.
    pub(super) fn remove(&mut self, stamp: Stamp, devices: &Devices) -> bool {
        let was = self.is_there(devices);
        if self
            .removed
            .is_none_or(|removed| devices.order(&stamp, &removed) == std::cmp::Ordering::Greater)
        {
            self.removed = Some(stamp);
        }
        was != self.is_there(devices)
    }

    /// Whether it was made and not removed since.
    pub(super) fn is_there(&self, devices: &Devices) -> bool {
        let Some(said) = self.said else { return false };
        self.anchor.is_some()
            && self
                .removed
                .is_none_or(|removed| devices.order(&said, &removed) == std::cmp::Ordering::Greater)
    }

    /// The latest record about it.
    pub(super) fn latest(&self) -> Option<i64> {
        let said = self.said.map(|stamp| stamp.time);
        said.max(self.removed.map(|stamp| stamp.time))
    }

    pub(super) fn highlight(&self, devices: &Devices) -> Option<Highlight> {
        let anchor = &self.anchor.as_ref().filter(|_| self.is_there(devices))?.value;
        Some(Highlight {
            id: Uuid::from_bytes(self.id),
            quote: anchor.quote.to_string(),
            prefix: anchor.prefix.to_string(),
            suffix: anchor.suffix.to_string(),
            range: anchor.range,
            colour: self.colour.as_ref().map(|field| field.value).unwrap_or_default(),
            note: self
                .note
                .as_ref()
                .map(|field| field.value.to_string())
                .filter(|note| !note.is_empty()),
            tags: self.tags.as_ref().map_or_else(Vec::new, |field| {
                field.value.iter().map(|tag| tag.to_string()).collect()
            }),
            made: self.made.as_ref().map_or(self.first, |field| field.value),
        })
    }
}

/// Whoever wrote the record may have said a tag twice; what shows tags tells them by their words.
fn each_once(tags: Vec<String>) -> Tags {
    let mut once: Vec<Box<str>> = Vec::with_capacity(tags.len());
    let mut said = HashSet::with_capacity(tags.len());
    for tag in tags {
        if said.insert(tag.clone()) {
            once.push(tag.into_boxed_str());
        }
    }
    once.into_boxed_slice()
}

/// Tells a field that is null from one that is missing.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(deserializer).map(Some)
}
