//! Linkwarden's JSON.
//!
//! What it knows of a user: `{collections: [{id, name, parentId, links: [{name, url, description, tags: [{name}],
//! createdAt, importDate, textContent}]}], pinnedLinks: [{id, url}]}`.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::Value;

use super::karakeep::Folders;
use super::{Entry, Source};
use crate::json::{Elements, Object, list, members, names, take_text, text};
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
    let mut pinned = HashSet::new();
    if let Some(start) = start("pinnedLinks") {
        let mut links = Elements::new(whole.as_ref().into(), start);
        while let Some(link) = links.next(receipt) {
            pinned.insert(text(&link, "url"));
        }
    }
    let start = start("collections").unwrap_or(whole.len());
    let mut folders = Folders::default();
    let mut collections = Elements::new(whole.as_ref().into(), start);
    // What fails is told by the second pass.
    while let Some(collection) = collections.next(&mut Receipt::default()) {
        folders.add(
            &text(&collection, "id"),
            &text(&collection, "name"),
            &text(&collection, "parentId"),
        );
        if !text(&collection, "description").is_empty() {
            receipt.leave_out("folder-description", Some(&text(&collection, "name")));
        }
        if !list(&collection, "rssSubscriptions").is_empty() {
            receipt.leave_out("feed", Some(&text(&collection, "name")));
        }
    }
    Export {
        collections: Elements::new(whole, start),
        folders,
        pinned,
        links: Vec::new().into_iter(),
        path: Vec::new(),
    }
}

pub(super) struct Export<'a> {
    collections: Elements<'a>,
    folders: Folders,
    pinned: HashSet<String>,
    /// What is left of the collection that is read.
    links: std::vec::IntoIter<Value>,
    path: Vec<String>,
}

impl Source for Export<'_> {
    fn next(&mut self, receipt: &mut Receipt) -> Option<Entry> {
        loop {
            match self.links.next() {
                Some(Value::Object(link)) => {
                    if let Some(entry) = self.entry(link, receipt) {
                        return Some(entry);
                    }
                }
                Some(_) => receipt.fail_named("item", &self.path.join("/")),
                None => {
                    let mut collection = self.collections.next(receipt)?;
                    let path = match text(&collection, "id") {
                        id if id.is_empty() => vec![text(&collection, "name")],
                        id => self.folders.path(&id).into_iter().map(str::to_owned).collect(),
                    };
                    self.path = path;
                    if let Some(Value::Array(links)) = collection.remove("links") {
                        self.links = links.into_iter();
                    }
                }
            }
        }
    }
}

/// Keys that are understood, or mean something on that server alone.
const KNOWN: &[&str] = &[
    "id",
    "name",
    "url",
    "description",
    "tags",
    "createdAt",
    "importDate",
    "updatedAt",
    "textContent",
    "type",
    "collectionId",
    "createdById",
    "preview",
    "image",
    "pdf",
    "readable",
    "monolith",
    "lastPreserved",
    "indexVersion",
    "aiTagged",
    "clientSide",
];

impl Export<'_> {
    fn entry(&self, mut link: Object, receipt: &mut Receipt) -> Option<Entry> {
        let mut entry = Entry::new();
        let address = text(&link, "url");
        if address.is_empty() {
            receipt.leave_out("upload", Some(&text(&link, "name")));
        }
        entry.address(&address, receipt);
        entry.title(&text(&link, "name"));
        entry.note(&text(&link, "description"));
        entry.tags(names(list(&link, "tags"), &["name"]));
        entry.collection(&self.path);
        let words = take_text(&mut link, "textContent");
        if !words.trim().is_empty() {
            entry.html = Some(paragraphs(&words));
        }
        let saved = ["importDate", "createdAt"]
            .iter()
            .map(|key| text(&link, key))
            .find(|date| !date.is_empty());
        let state = &mut entry.piece.state;
        state.starred = self.pinned.contains(&address) && !address.is_empty();
        state.place = Some(Place::Library);
        entry.piece.state.saved_at = entry.time(&saved.unwrap_or_default(), "saved-at");
        entry.piece.state.touched_at = entry.time(&text(&link, "updatedAt"), "touched-at");
        entry.tell_unknown(&link, KNOWN);
        entry.finish(&text(&link, "name"))
    }
}

/// Plain text as HTML: what looks like markup in it is words.
fn paragraphs(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    escaped
        .split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| format!("<p>{line}</p>\n"))
        .collect()
}
