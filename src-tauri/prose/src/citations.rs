//! Citations as Pandoc writes them: `[@key, p. 12; voir aussi @other]`, `[-@key]`, `@key [p. 12]` in a sentence.
//!
//! Here they are only found and read. What a key stands for and how it is set is none of this crate’s business: whoever
//! knows answers with a [`crate::render::CitedText`], one mark for each citation that [`citations`] finds, in its order.

mod locator;
pub(crate) mod marks;
pub(crate) mod runs;

use std::ops::Range;

use comrak::Arena;

use crate::{frontmatter, markdown};

pub use locator::Locator;

/// A citation in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Where it stands, in bytes of the whole text; empty where that can’t be told.
    pub range: Range<usize>,
    /// Whether it is part of its sentence (`@key`) instead of standing in brackets.
    pub in_text: bool,
    /// What is cited, at least one.
    pub items: Vec<Cite>,
}

/// A work within a citation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cite {
    /// Its key, without `@`.
    pub key: String,
    /// What stands before it, as typed.
    pub prefix: String,
    /// Which part of the work is meant.
    pub locator: Option<Locator>,
    /// What stands after it, as typed, with its comma.
    pub suffix: String,
    /// Whether the sentence names the author already (`-@key`).
    pub without_author: bool,
}

/// The citations of a whole text, in the order in which they are rendered: notes stand at the end. None in code, in links
/// and in the front matter; none in a body beyond [`markdown::is_within_limits`].
pub fn citations(text: &str) -> Vec<Citation> {
    let parts = frontmatter::split(text);
    // Most texts have none, and are not parsed for it.
    if !may_cite(parts.body.as_bytes()) || !markdown::is_within_limits(parts.body) {
        return Vec::new();
    }
    let arena = Arena::new();
    let root = markdown::parse(&arena, parts.body);
    let lines = runs::Lines::of(parts.body, parts.body_start);
    runs::of(root)
        .flat_map(|run| marks::read(&run.letters(&lines)))
        .map(|mark| mark.citation)
        .collect()
}

/// Whether there is an `@` that is no part of an address.
fn may_cite(body: &[u8]) -> bool {
    memchr::memchr_iter(b'@', body).any(|at| {
        let before = at.checked_sub(1).and_then(|before| body.get(before));
        let behind = body.get(at + 1);
        !before.is_some_and(|one| one.is_ascii_alphanumeric() || matches!(one, b'_' | b'/' | b'.'))
            && behind.is_some_and(|one| one.is_ascii_alphanumeric() || matches!(one, b'_' | b'{') || !one.is_ascii())
    })
}

/// A text without its citations in brackets, and without the blank before each: what is counted and shown where nobody
/// knows what keys stand for. `None` when there is none.
pub(crate) fn without_marks(text: &str) -> Option<String> {
    memchr::memchr(b'@', text.as_bytes())?;
    let letters: Vec<marks::Letter> = text.chars().map(marks::Letter::plain).collect();
    let found: Vec<_> = marks::read(&letters)
        .into_iter()
        .filter(|mark| !mark.citation.in_text)
        .collect();
    if found.is_empty() {
        return None;
    }
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for mark in found {
        kept.extend(
            letters
                .get(at..mark.letters.start)
                .unwrap_or_default()
                .iter()
                .map(|one| one.character),
        );
        kept.truncate(kept.trim_end_matches(is_blank).len());
        at = mark.letters.end;
    }
    kept.extend(letters.get(at..).unwrap_or_default().iter().map(|one| one.character));
    Some(kept)
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{a0}' | '\u{202f}')
}

#[cfg(test)]
mod tests;
