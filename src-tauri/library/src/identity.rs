//! What an article is called by everything that speaks of it.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// The identity of an article: the `id` of its front matter when that is a UUID,
/// else the one the journal recorded for its path, else one derived from its path.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub String);

impl ArticleId {
    /// The text of the identity, a UUID in lower case with hyphens.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<&str> for ArticleId {
    fn from(text: &str) -> Self {
        ArticleId(text.to_owned())
    }
}

impl From<String> for ArticleId {
    fn from(text: String) -> Self {
        ArticleId(text)
    }
}

/// The identity that front matter declares, or `None` when its `id` is not a UUID.
/// Other tools write their own `id`s, which are unique in no library but theirs.
pub fn declared(id: &str) -> Option<ArticleId> {
    let uuid = Uuid::try_parse(id.trim()).ok()?;
    (!uuid.is_nil()).then(|| ArticleId(uuid.hyphenated().to_string()))
}

/// The identity derived from a path within the library (`/` between folders). The
/// same path gives the same identity everywhere; `attempt` counts up when an
/// earlier one belongs to an article that has moved away from that path.
pub fn derived(path: &str, attempt: u32) -> ArticleId {
    let name = if attempt == 0 {
        path.to_owned()
    } else {
        format!("{path}#{attempt}")
    };
    ArticleId(Uuid::new_v5(&NAMESPACE, name.as_bytes()).hyphenated().to_string())
}

/// The namespace of identities derived from paths (RFC 9562, version 5).
const NAMESPACE: Uuid = Uuid::from_u128(0x5b0f_6d0e_7a3c_4c11_9d2e_ed17_0000_0001);
