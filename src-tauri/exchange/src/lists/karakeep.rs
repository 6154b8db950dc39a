//! Karakeep's JSON (formerly Hoarder's).
//!
//! `{bookmarks: [{createdAt (seconds), title, tags, lists, content, note, archived}], lists: [{id, name, type, query,
//! parentId}]}`. A content is a link, a text that was typed there (Markdown), or nothing, when it was an upload.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{Entry, Source};
use crate::json::{Elements, Object, flag, list, members, names, text};
use crate::piece::Place;
use crate::receipt::Receipt;

pub(super) fn open<'a>(whole: Cow<'a, str>, receipt: &mut Receipt) -> Export<'a> {
    let members = members(&whole);
    let start = |name: &str| {
        members
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, place)| place.start)
    };
    let mut folders = Folders::default();
    if let Some(start) = start("lists") {
        let mut lists = Elements::new(whole.as_ref().into(), start);
        while let Some(list) = lists.next(receipt) {
            if text(&list, "type") == "smart" {
                // A search that looks like a list.
                receipt.leave_out("smart-list", Some(&text(&list, "name")));
            } else {
                folders.add(&text(&list, "id"), &text(&list, "name"), &text(&list, "parentId"));
            }
            if !text(&list, "description").is_empty() {
                receipt.leave_out("folder-description", Some(&text(&list, "name")));
            }
        }
    }
    for (key, _) in &members {
        if !matches!(key.as_str(), "bookmarks" | "lists") {
            receipt.leave_out("field", Some(key));
        }
    }
    let start = start("bookmarks").unwrap_or(whole.len());
    Export {
        bookmarks: Elements::new(whole, start),
        folders,
    }
}

pub(super) struct Export<'a> {
    bookmarks: Elements<'a>,
    folders: Folders,
}

impl Source for Export<'_> {
    fn next(&mut self, receipt: &mut Receipt) -> Option<Entry> {
        loop {
            let object = self.bookmarks.next(receipt)?;
            let count = self.bookmarks.count();
            if let Some(entry) = self.entry(&object, receipt, count) {
                return Some(entry);
            }
        }
    }
}

impl Export<'_> {
    fn entry(&self, object: &Object, receipt: &mut Receipt, count: usize) -> Option<Entry> {
        let mut entry = Entry::new();
        match object.get("content") {
            Some(Value::Object(content)) => match text(content, "type").as_str() {
                "link" => entry.address(&text(content, "url"), receipt),
                "text" => {
                    let words = text(content, "text");
                    if is_html(&words) {
                        entry.html = Some(words);
                    } else {
                        entry.piece.body = words.trim().to_owned();
                    }
                    entry.address(&text(content, "sourceUrl"), receipt);
                }
                other => receipt.leave_out("upload", Some(other)),
            },
            _ => receipt.leave_out("upload", None),
        }
        entry.title(&text(object, "title"));
        entry.tags(names(list(object, "tags"), &["name"]));
        for id in names(list(object, "lists"), &["id"]) {
            entry.collection(&self.folders.path(&id));
        }
        entry.note(&text(object, "note"));
        entry.piece.state.saved_at = entry.time(&text(object, "createdAt"), "saved-at");
        let archived = flag(object, "archived") == Some(true);
        entry.piece.state.place = Some(if archived { Place::Archive } else { Place::Library });
        entry.tell_unknown(
            object,
            &["createdAt", "title", "tags", "lists", "content", "note", "archived"],
        );
        entry.finish(&format!("{count}"))
    }
}

/// Folders that name the one around them.
#[derive(Default)]
pub(super) struct Folders(HashMap<String, (String, String)>);

impl Folders {
    pub fn add(&mut self, id: &str, name: &str, parent: &str) {
        self.0.insert(id.to_owned(), (name.to_owned(), parent.to_owned()));
    }

    /// The names from the outermost folder in. Folders that contain each other end it.
    pub fn path(&self, id: &str) -> Vec<&str> {
        let mut names = Vec::new();
        let mut seen = HashSet::new();
        let mut id = id;
        while let Some((name, parent)) = self.0.get(id) {
            if !seen.insert(id) {
                break;
            }
            names.push(name.as_str());
            id = parent;
        }
        names.reverse();
        names
    }
}

/// Whether a text is HTML and not Markdown: it starts with an element and ends with one.
fn is_html(text: &str) -> bool {
    let text = text.trim();
    let starts = text
        .strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_alphabetic()));
    starts && text.ends_with('>') && text.contains("</")
}
