//! What the page can ask. Thin: each turns its wire types into a call on the library and back.

pub mod articles;
pub mod captures;
pub mod highlights;
pub mod imports;
pub mod libraries;
pub mod lists;
pub mod reading;
pub mod recovery;
pub mod settings;
pub mod texts;
pub mod trash;
pub mod triage;
pub mod versions;

/// Milliseconds since 1970 as RFC 3339.
fn time(milliseconds: i64) -> String {
    jiff::Timestamp::from_millisecond(milliseconds)
        .map(|time| time.to_string())
        .unwrap_or_default()
}
