//! Articles as keys of maps.

use uuid::Uuid;

use crate::identity::ArticleId;

/// An article as the key of a map: most are UUIDs, and there may be 100,000 of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    Uuid([u8; 16]),
    Text(Box<str>),
}

impl Key {
    pub(super) const FIRST: Key = Key::Uuid([0; 16]);

    pub(super) fn id(&self) -> ArticleId {
        match self {
            Key::Uuid(bytes) => ArticleId(Uuid::from_bytes(*bytes).hyphenated().to_string()),
            Key::Text(text) => ArticleId(text.to_string()),
        }
    }
}

impl From<&ArticleId> for Key {
    fn from(id: &ArticleId) -> Self {
        match Uuid::try_parse(id.as_str()) {
            Ok(uuid) => Key::Uuid(*uuid.as_bytes()),
            Err(_) => Key::Text(id.as_str().into()),
        }
    }
}
