//! One entry of a list.

use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::Value;

use crate::dates;
use crate::json::Object;
use crate::piece::{Colour, Highlight, Piece};
use crate::receipt::Receipt;
use crate::url;

/// A piece of a list, with what became of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// The piece. Its body is empty where `html` holds its text.
    pub piece: Piece,
    /// Its text as the other program kept it, foreign and untouched; relative addresses are relative to the piece's
    /// own. It becomes Markdown where all foreign HTML does, and only then is it the piece's body.
    pub html: Option<String>,
    /// What was kept of it, and what was not.
    pub receipt: Receipt,
}

impl Entry {
    pub(super) fn new() -> Entry {
        Entry::default()
    }

    /// The address of the piece; what is none, or none of the web, is told in the list's receipt.
    pub(super) fn address(&mut self, address: &str, list: &mut Receipt) {
        let address = address.trim();
        if address.is_empty() {
            return;
        }
        match url::web(address) {
            Some(url) => self.piece.url = Some(url.into()),
            None => match scheme(address) {
                Some(scheme) => list.leave_out("address-scheme", Some(&scheme)),
                None => list.fail_named("address", address),
            },
        }
    }

    /// The title, unless it only repeats the address, as programs do that know none.
    pub(super) fn title(&mut self, title: &str) {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let repeats = self.piece.url.as_deref().is_some_and(|url| {
            let bare = |text: &str| text.trim_end_matches('/').to_owned();
            bare(url) == bare(&title) || url::web(&title).is_some_and(|title| bare(title.as_str()) == bare(url))
        });
        if !title.is_empty() && !repeats {
            self.piece.title = Some(title);
        }
    }

    /// A time; one that can't be read is told.
    pub(super) fn time(&mut self, text: &str, kind: &str) -> Option<Timestamp> {
        let text = text.trim();
        if text.is_empty() || text == "0" {
            return None;
        }
        match dates::when(text) {
            Some(when) => {
                if when.order_guessed {
                    self.receipt.degrade("date-order", Some(text));
                }
                Some(when.time)
            }
            None => {
                self.receipt.degrade(kind, Some(text));
                None
            }
        }
    }

    /// Adds tags, each once.
    pub(super) fn tags<S: AsRef<str>>(&mut self, tags: impl IntoIterator<Item = S>) {
        add_once(&mut self.piece.tags, tags);
    }

    /// Adds collections, each once.
    pub(super) fn collection(&mut self, path: &[impl AsRef<str>]) {
        let parts: Vec<String> = path
            .iter()
            // A slash in a name is not the slash between names.
            .map(|name| name.as_ref().trim().replace('/', "∕"))
            .filter(|name| !name.is_empty())
            .collect();
        let path = parts.join("/");
        if !path.is_empty() && !self.piece.collections.contains(&path) {
            self.piece.collections.push(path);
        }
    }

    /// How far the piece was read, from 0 to 1; what is no such number is told.
    pub(super) fn progress(&mut self, progress: f64) {
        if (0.0..=1.0).contains(&progress) {
            self.piece.state.progress = Some(progress);
            if progress >= 1.0 {
                self.piece.state.read = Some(true);
            }
        } else {
            self.receipt.degrade("progress", Some(&progress.to_string()));
        }
    }

    /// Adds a note of the reader's about the piece.
    pub(super) fn note(&mut self, note: &str) {
        let note = note.trim();
        if note.is_empty() {
            return;
        }
        match &mut self.piece.note {
            Some(before) if before != note => {
                before.push_str("\n\n");
                before.push_str(note);
            }
            known => *known = Some(note.to_owned()),
        }
    }

    /// Adds a highlight. One without words can't be found in a text: its note goes to the piece.
    pub(super) fn highlight(&mut self, mut highlight: Highlight) {
        highlight.quote = highlight.quote.trim().to_owned();
        highlight.note = highlight
            .note
            .map(|note| note.trim().to_owned())
            .filter(|note| !note.is_empty());
        if highlight.quote.is_empty() {
            match &highlight.note {
                Some(note) => self.note(note),
                None => self.receipt.leave_out("highlight-without-words", None),
            }
            return;
        }
        self.piece.highlights.push(highlight);
    }

    /// The colour of a highlight by its name; a name that is none of the four is told.
    pub(super) fn colour(&mut self, name: &str) -> Option<Colour> {
        let name = name.trim().to_lowercase();
        let (colour, exact) = match name.as_str() {
            "" => return None,
            "yellow" => (Colour::Yellow, true),
            "green" => (Colour::Green, true),
            "blue" => (Colour::Blue, true),
            "red" => (Colour::Red, true),
            "orange" => (Colour::Yellow, false),
            "pink" | "magenta" => (Colour::Red, false),
            "purple" | "violet" | "cyan" | "aqua" => (Colour::Blue, false),
            _ => {
                self.receipt.degrade("colour", Some(&name));
                return None;
            }
        };
        if !exact {
            self.receipt.degrade("colour", Some(&name));
        }
        Some(colour)
    }

    /// Tells of the keys that nobody knows, unless they hold nothing.
    pub(super) fn tell_unknown(&mut self, object: &Object, known: &[&str]) {
        for (key, value) in object {
            let empty = match value {
                Value::Null | Value::Bool(false) => true,
                Value::String(text) => text.is_empty(),
                Value::Array(list) => list.is_empty(),
                Value::Object(object) => object.is_empty(),
                _ => false,
            };
            if !empty && !known.contains(&key.as_str()) {
                self.receipt.leave_out("field", Some(key));
            }
        }
    }

    /// The entry with its receipt written; nothing when neither address nor words were in it.
    pub(super) fn finish(mut self, place: &str) -> Option<Entry> {
        let piece = &self.piece;
        let has_words = !piece.body.is_empty() || self.html.is_some() || !piece.highlights.is_empty();
        if piece.url.is_none() && !has_words && piece.note.is_none() {
            return None;
        }
        self.receipt.source = piece
            .url
            .clone()
            .or_else(|| piece.title.clone())
            .unwrap_or_else(|| place.to_owned());
        let kept = [
            ("address", usize::from(piece.url.is_some())),
            ("title", usize::from(piece.title.is_some())),
            ("author", piece.authors.len()),
            ("standfirst", usize::from(piece.standfirst.is_some())),
            ("text", usize::from(!piece.body.is_empty() || self.html.is_some())),
            ("tag", piece.tags.len()),
            ("collection", piece.collections.len()),
            ("highlight", piece.highlights.len()),
            (
                "highlight-note",
                piece
                    .highlights
                    .iter()
                    .filter(|highlight| highlight.note.is_some())
                    .count(),
            ),
            ("note", usize::from(piece.note.is_some())),
            ("starred", usize::from(piece.state.starred)),
            ("read", usize::from(piece.state.read.is_some())),
            ("progress", usize::from(piece.state.progress.is_some())),
            ("saved-at", usize::from(piece.state.saved_at.is_some())),
            ("published", usize::from(piece.published.is_some())),
        ];
        for (kind, count) in kept {
            for _ in 0..count {
                self.receipt.keep(kind);
            }
        }
        Some(self)
    }
}

/// Adds what a list does not hold yet, trimmed and without `#`.
pub(super) fn add_once<S: AsRef<str>>(list: &mut Vec<String>, tags: impl IntoIterator<Item = S>) {
    let mut known: HashSet<String> = list.iter().cloned().collect();
    for tag in tags {
        let tag = tag.as_ref().trim();
        let tag = tag.strip_prefix('#').unwrap_or(tag).trim();
        if !tag.is_empty() && known.insert(tag.to_owned()) {
            list.push(tag.to_owned());
        }
    }
}

/// The scheme of an address that has one. `example.com:80` has none.
fn scheme(address: &str) -> Option<String> {
    let stripped: String = address
        .chars()
        .filter(|character| !character.is_whitespace() && !character.is_control())
        .take(40)
        .collect();
    let (scheme, _) = stripped.split_once(':')?;
    let sound = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || matches!(character, '+' | '-'));
    sound.then(|| scheme.to_ascii_lowercase())
}
