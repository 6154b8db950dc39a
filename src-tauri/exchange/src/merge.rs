//! When two pieces are one and the same, and what then becomes of them.
//!
//! The same address ([`crate::url::canonical`]) or the same text ([`same_text`]) makes two pieces one. [`merge`] joins
//! them so that nothing that a reader did in either is lost.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::fmt;

use edito_prose::fold::{fold, words};
use edito_prose::{Author, analyse};

use crate::piece::{Highlight, Piece, State};

/// What a text says, whatever its marks, case, accents, spaces and punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint([u8; 16]);

/// Texts with fewer words than this are no proof: too many pages say only that one must subscribe.
const LEAST_WORDS: usize = 50;

/// The fingerprint of a text in Markdown: of its words in order, folded. The addresses of links and images and the
/// front matter are no part of it. None for a text of fewer than 50 words.
pub fn fingerprint(markdown: &str) -> Option<Fingerprint> {
    let plain = analyse(markdown).plain;
    let mut hash = blake3::Hasher::new();
    let mut count = 0;
    for word in words(&plain) {
        hash.update(word.folded.as_bytes());
        hash.update(b" ");
        count += 1;
    }
    let whole = hash.finalize();
    let half = whole.as_bytes().first_chunk().copied()?;
    (count >= LEAST_WORDS).then_some(Fingerprint(half))
}

/// Whether two texts in Markdown have the same words. Never for short texts.
pub fn same_text(one: &str, other: &str) -> bool {
    let one = fingerprint(one);
    one.is_some() && one == fingerprint(other)
}

/// Joins two pieces that are one, of which `newer` was saved or captured later.
///
/// What both say, the newer says better; what only one says is kept. Tags, collections and authors are united,
/// highlights of the same words become one, notes stand one after the other. The text is the newer one's unless it is
/// less than half as long, as when a page has since shut its door to readers; images and capture go with the text.
/// State: the place is the newer's, the time of saving the earliest, the progress the furthest; read or starred in
/// either is read or starred.
pub fn merge(older: Piece, newer: Piece) -> Piece {
    let shrunk = words(&newer.body).count() * 2 < words(&older.body).count();
    let (body, images, capture) = if newer.body.is_empty() || shrunk {
        let capture = older.capture.or(newer.capture);
        (older.body, older.images, capture)
    } else {
        (newer.body, newer.images, newer.capture.or(older.capture))
    };
    Piece {
        kind: newer.kind.or(older.kind),
        front: newer.front.or(older.front),
        folder: if newer.folder.is_empty() {
            older.folder
        } else {
            newer.folder
        },
        file: newer.file.or(older.file),
        title: newer.title.or(older.title),
        standfirst: newer.standfirst.or(older.standfirst),
        teaser: newer.teaser.or(older.teaser),
        authors: unite_authors(newer.authors, older.authors),
        section: if newer.section.is_empty() {
            older.section
        } else {
            newer.section
        },
        tags: unite(older.tags, newer.tags),
        published: newer.published.or(older.published),
        updated: newer.updated.or(older.updated),
        lang: newer.lang.or(older.lang),
        url: newer.url.or(older.url),
        site: newer.site.or(older.site),
        captured: newer.captured.or(older.captured),
        body,
        images,
        capture,
        state: unite_states(&older.state, &newer.state),
        highlights: unite_highlights(older.highlights, newer.highlights),
        collections: unite(older.collections, newer.collections),
        note: join(older.note, newer.note),
        of_feed: newer.of_feed.or(older.of_feed),
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

fn unite(mut first: Vec<String>, second: Vec<String>) -> Vec<String> {
    let known: HashSet<String> = first.iter().cloned().collect();
    first.extend(second.into_iter().filter(|name| !known.contains(name)));
    first
}

/// The same name once, with the function that either knows.
fn unite_authors(mut first: Vec<Author>, second: Vec<Author>) -> Vec<Author> {
    for author in second {
        let name = fold(&author.name);
        match first.iter_mut().find(|known| fold(&known.name) == name) {
            Some(known) => known.function = known.function.take().or(author.function),
            None => first.push(author),
        }
    }
    first
}

fn unite_states(older: &State, newer: &State) -> State {
    let either = |one: Option<bool>, other: Option<bool>| match (one, other) {
        (Some(one), Some(other)) => Some(one || other),
        (one, other) => one.or(other),
    };
    State {
        place: newer.place.or(older.place),
        read: either(older.read, newer.read),
        starred: older.starred || newer.starred,
        progress: match (older.progress, newer.progress) {
            (Some(one), Some(other)) => Some(one.max(other)),
            (one, other) => one.or(other),
        },
        saved_at: older.saved_at.into_iter().chain(newer.saved_at).min(),
        touched_at: older.touched_at.max(newer.touched_at),
    }
}

/// The same words marked twice are one mark, unless both say that they stood in different places.
fn unite_highlights(first: Vec<Highlight>, second: Vec<Highlight>) -> Vec<Highlight> {
    let mut united: Vec<Highlight> = Vec::with_capacity(first.len() + second.len());
    let mut by_words: HashMap<String, Vec<usize>> = HashMap::new();
    for highlight in first.into_iter().chain(second) {
        let places = by_words.entry(said(&highlight.quote)).or_default();
        let same = places
            .iter()
            .copied()
            .find(|place| united.get(*place).is_some_and(|known| same_place(known, &highlight)));
        match same.and_then(|place| united.get_mut(place)) {
            Some(known) => *known = unite_two(std::mem::take(known), highlight),
            None => {
                places.push(united.len());
                united.push(highlight);
            }
        }
    }
    united
}

fn unite_two(older: Highlight, newer: Highlight) -> Highlight {
    Highlight {
        quote: older.quote,
        prefix: older.prefix.or(newer.prefix),
        suffix: older.suffix.or(newer.suffix),
        note: join(older.note, newer.note),
        colour: newer.colour.or(older.colour),
        tags: unite(older.tags, newer.tags),
        made_at: older.made_at.into_iter().chain(newer.made_at).min(),
    }
}

/// Whether what two highlights say of their surroundings can be true of one place.
fn same_place(one: &Highlight, other: &Highlight) -> bool {
    let agree = |one: &Option<String>, other: &Option<String>, at_end: bool| match (one, other) {
        (Some(one), Some(other)) => {
            let (one, other) = (said(one), said(other));
            if at_end {
                one.ends_with(&other) || other.ends_with(&one)
            } else {
                one.starts_with(&other) || other.starts_with(&one)
            }
        }
        _ => true,
    };
    agree(&one.prefix, &other.prefix, true) && agree(&one.suffix, &other.suffix, false)
}

/// The words of a text, folded; the text itself when it has none.
fn said(text: &str) -> String {
    let said: Vec<_> = words(text).map(|word| word.folded).collect();
    if said.is_empty() {
        text.trim().to_owned()
    } else {
        said.join(" ")
    }
}

fn join(older: Option<String>, newer: Option<String>) -> Option<String> {
    match (older, newer) {
        (Some(older), Some(newer)) if older.contains(newer.trim()) => Some(older),
        (Some(older), Some(newer)) if newer.contains(older.trim()) => Some(newer),
        (Some(older), Some(newer)) => Some(format!("{older}\n\n{newer}")),
        (older, newer) => older.or(newer),
    }
}
