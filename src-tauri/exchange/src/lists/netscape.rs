//! The bookmark files that browsers have exchanged since Netscape, and what Pinboard, Delicious, Raindrop, Instapaper
//! and others export as such.
//!
//! `<DT><H3>folder</H3><DL><p> … </DL>` nests, `<DT><A HREF ADD_DATE TAGS>title</A>` is a bookmark, and `<DD>` after
//! it describes it. None of `DT`, `DD` and `p` is ever closed, and nothing here waits for it.

use std::borrow::Cow;

use super::{Entry, Source};
use crate::json::yes;
use crate::markup::{Attributes, Cursor, Event, Language};
use crate::piece::Place;
use crate::receipt::Receipt;

/// Folders below this depth are one.
const DEEPEST: usize = 64;

pub(super) fn open(text: Cow<'_, str>) -> Bookmarks<'_> {
    Bookmarks {
        text,
        cursor: Cursor::new(Language::Html),
        folders: Vec::new(),
        named: None,
        open: None,
        reading: Reading::Nothing,
        words: String::new(),
    }
}

pub(super) struct Bookmarks<'a> {
    text: Cow<'a, str>,
    cursor: Cursor,
    /// The folders around; the outermost list has no name.
    folders: Vec<String>,
    /// The folder that was named, and whose list comes next.
    named: Option<String>,
    /// The bookmark that may still get its description.
    open: Option<Entry>,
    reading: Reading,
    words: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Nothing,
    Folder,
    Title,
    Description,
}

impl Source for Bookmarks<'_> {
    fn next(&mut self, receipt: &mut Receipt) -> Option<Entry> {
        // The text is lent out while events of it are looked at.
        let text = std::mem::take(&mut self.text);
        let mut found = None;
        while found.is_none() {
            let Some(event) = self.cursor.next(&text) else {
                found = self.done(receipt);
                break;
            };
            match event {
                Event::Start { name, attributes, .. } => match name.to_ascii_lowercase().as_str() {
                    "a" => {
                        found = self.done(receipt);
                        self.bookmark(&attributes, receipt);
                    }
                    "h3" => {
                        found = self.done(receipt);
                        self.reading = Reading::Folder;
                    }
                    "dl" => {
                        found = self.done(receipt);
                        let name = self.named.take().unwrap_or_default();
                        self.folders.push(name);
                    }
                    "dt" => found = self.done(receipt),
                    "dd" => {
                        self.said(receipt);
                        self.reading = Reading::Description;
                    }
                    "br" => self.words.push('\n'),
                    _ => {}
                },
                Event::Text(text) if self.reading != Reading::Nothing => self.words.push_str(&text),
                Event::Text(_) => {}
                Event::End { name } => match name.to_ascii_lowercase().as_str() {
                    "a" | "h3" => self.said(receipt),
                    "dl" => {
                        found = self.done(receipt);
                        self.named = None;
                        self.folders.pop();
                    }
                    _ => {}
                },
            }
        }
        self.text = text;
        found
    }
}

impl Bookmarks<'_> {
    fn bookmark(&mut self, attributes: &Attributes<'_>, receipt: &mut Receipt) {
        let get = |name| attributes.get(name).unwrap_or_default();
        let address = get("href");
        if !get("feedurl").is_empty() || address.starts_with("place:") {
            // A feed that a browser showed as a folder, or a search of the browser's own.
            receipt.leave_out("browser-query", None);
            self.reading = Reading::Nothing;
            return;
        }
        let mut entry = Entry::new();
        entry.address(address, receipt);
        entry.tags(get("tags").split(','));
        entry.piece.state.saved_at = entry.time(get("add_date"), "saved-at");
        entry.piece.state.touched_at = entry.time(get("last_modified"), "touched-at");
        // Pinboard and Delicious mark what waits to be read; Raindrop what is important.
        let waits = yes(get("toread"));
        entry.piece.state.read = waits.map(|waits| !waits);
        entry.piece.state.starred = yes(get("data-important")) == Some(true);
        entry.piece.state.place = Some(if waits == Some(true) {
            Place::Later
        } else {
            Place::Library
        });
        let folders = self.folders.get(..self.folders.len().min(DEEPEST)).unwrap_or_default();
        entry.collection(folders);
        if !get("shortcuturl").is_empty() {
            entry.receipt.leave_out("keyword", Some(get("shortcuturl")));
        }
        self.open = Some(entry);
        self.reading = Reading::Title;
    }

    /// Takes the words read so far for what they are.
    fn said(&mut self, receipt: &mut Receipt) {
        let words = std::mem::take(&mut self.words);
        match (self.reading, &mut self.open) {
            (Reading::Folder, _) => self.named = Some(words),
            (Reading::Title, Some(entry)) => entry.title(&words),
            (Reading::Description, Some(entry)) => entry.note(&words),
            (Reading::Description, None) => receipt.leave_out("folder-description", Some(words.trim())),
            _ => {}
        }
        self.reading = Reading::Nothing;
    }

    /// The bookmark that was open, to which nothing more belongs.
    fn done(&mut self, receipt: &mut Receipt) -> Option<Entry> {
        self.said(receipt);
        let entry = self.open.take()?;
        let place = entry.piece.title.clone().unwrap_or_default();
        entry.finish(&place)
    }
}
