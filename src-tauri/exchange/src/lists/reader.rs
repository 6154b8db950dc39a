//! Readwise Reader's table of documents.
//!
//! Columns `Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen`. Tags are a list as Python prints
//! it; the location is `new`, `later`, `shortlist`, `archive` or `feed`, and items of feeds that nobody kept are in
//! the table too. Progress goes from 0 to 1.

use super::Entry;
use super::rows::{Fields, Layout};
use crate::json::yes;
use crate::piece::Place;

pub(super) const LAYOUT: Layout = Layout {
    columns: &[
        "title",
        "url",
        "id",
        "document tags",
        "saved date",
        "reading progress",
        "location",
        "seen",
    ],
    needed: &["url"],
    read,
};

fn read(row: &Fields<'_, '_>, entry: &mut Entry) {
    entry.tags(python_list(row.get("document tags")));
    entry.piece.state.saved_at = entry.time(row.get("saved date"), "saved-at");
    let state = &mut entry.piece.state;
    match row.get("location").to_ascii_lowercase().as_str() {
        "new" => state.place = Some(Place::Inbox),
        "later" => state.place = Some(Place::Later),
        "shortlist" => {
            state.place = Some(Place::Later);
            entry.collection(&["Shortlist"]);
        }
        "archive" => state.place = Some(Place::Archive),
        "feed" => state.place = Some(Place::Feed),
        "" => {}
        other => entry.receipt.degrade("state", Some(other)),
    }
    // What was seen need not be read, but what was not seen is unread.
    if yes(row.get("seen")) == Some(false) {
        entry.piece.state.read = Some(false);
    }
    let progress = row.get("reading progress");
    match progress.parse::<f64>() {
        Ok(progress) => entry.progress(progress),
        Err(_) if progress.is_empty() => {}
        Err(_) => entry.receipt.degrade("progress", Some(progress)),
    }
}

/// The strings of a list as Python prints it: `['l\'été', "d'hiver", 'a, b']`. Anything else is divided at commas.
fn python_list(text: &str) -> Vec<String> {
    let text = text.trim();
    let Some(inside) = text
        .strip_prefix('[')
        .map(|text| text.strip_suffix(']').unwrap_or(text))
    else {
        return text.split(',').map(|tag| tag.trim().to_owned()).collect();
    };
    let mut strings = Vec::new();
    let mut characters = inside.chars();
    let mut bare = String::new();
    while let Some(first) = characters.next() {
        match first {
            '\'' | '"' if bare.trim().is_empty() => {
                let mut string = String::new();
                while let Some(character) = characters.next() {
                    match character {
                        _ if character == first => break,
                        '\\' => match characters.next() {
                            Some('n') => string.push('\n'),
                            Some('t') => string.push('\t'),
                            escaped => string.extend(escaped),
                        },
                        _ => string.push(character),
                    }
                }
                strings.push(string);
                bare.clear();
            }
            ',' => strings.push(std::mem::take(&mut bare)),
            other => bare.push(other),
        }
    }
    strings.push(bare);
    strings.retain(|string| !string.trim().is_empty());
    strings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::entry;

    #[test]
    fn lists_as_python_prints_them() {
        for (text, expected) in [
            ("['example']", vec!["example"]),
            ("[]", vec![]),
            ("", vec![]),
            (
                "['a', 'b, c', \"d'hiver\", 'l\\'été']",
                vec!["a", "b, c", "d'hiver", "l'été"],
            ),
            ("a, b", vec!["a", "b"]),
            ("[a, b]", vec!["a", " b"]),
            ("['cut", vec!["cut"]),
        ] {
            let mut tags = Vec::new();
            entry::add_once(&mut tags, python_list(text));
            let expected: Vec<String> = expected.iter().map(|tag| tag.trim().to_owned()).collect();
            assert_eq!(tags, expected, "{text}");
        }
    }
}
