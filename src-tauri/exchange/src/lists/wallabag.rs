//! Wallabag's JSON.
//!
//! An array of entries with `content` in HTML. Yes and no are booleans or 0 and 1; annotations have a `quote`, a
//! `text` that may be empty, and `ranges` that may be missing. The ranges are paths into Wallabag's own HTML: they
//! mean nothing in a text that was made from it, and the quote finds its place there by itself.

use std::borrow::Cow;

use edito_prose::{ArticleDate, Author, Lang};
use serde_json::Value;

use super::{Entry, Source};
use crate::json::{Elements, Object, flag, list, names, take_text, text};
use crate::piece::{Highlight, Place};
use crate::receipt::Receipt;

pub(super) fn open(text: Cow<'_, str>) -> Export<'_> {
    Export(Elements::new(text, 0))
}

pub(super) struct Export<'a>(Elements<'a>);

impl Source for Export<'_> {
    fn next(&mut self, receipt: &mut Receipt) -> Option<Entry> {
        loop {
            let object = self.0.next(receipt)?;
            if let Some(entry) = entry(object, receipt, self.0.count()) {
                return Some(entry);
            }
        }
    }
}

/// What Wallabag writes instead of a text that it could not fetch.
const UNFETCHED: &str = "wallabag can't retrieve contents for this article";

/// Keys that are understood, or say only what Wallabag made of the others.
const KNOWN: &[&str] = &[
    "id",
    "uid",
    "title",
    "url",
    "given_url",
    "hashed_url",
    "hashed_given_url",
    "is_archived",
    "is_starred",
    "is_not_parsed",
    "created_at",
    "updated_at",
    "published_at",
    "published_by",
    "language",
    "reading_time",
    "domain_name",
    "content",
    "tags",
    "annotations",
    "mimetype",
    "http_status",
    "headers",
    "user_name",
    "user_email",
    "user_id",
    "preview_picture",
    "_links",
];

fn entry(mut object: Object, receipt: &mut Receipt, count: usize) -> Option<Entry> {
    let mut entry = Entry::new();
    let address = ["url", "given_url"]
        .iter()
        .map(|key| text(&object, key))
        .find(|address| !address.is_empty());
    entry.address(&address.unwrap_or_default(), receipt);
    entry.title(&text(&object, "title"));
    let content = take_text(&mut object, "content");
    if content.contains(UNFETCHED) {
        entry.receipt.degrade("text-never-fetched", None);
    } else if !content.trim().is_empty() {
        entry.html = Some(content);
    }
    entry.tags(names(list(&object, "tags"), &["label", "slug"]));
    let piece = &mut entry.piece;
    piece.authors = names(list(&object, "published_by"), &["name"])
        .into_iter()
        .filter(|name| !name.trim().is_empty())
        .map(|name| Author {
            name: name.trim().to_owned(),
            function: None,
        })
        .collect();
    piece.published = ArticleDate::parse(&text(&object, "published_at"));
    let lang = text(&object, "language");
    piece.lang = (!lang.is_empty()).then(|| Lang::from_tag(&lang));
    let domain = text(&object, "domain_name");
    piece.site = (!domain.is_empty()).then(|| domain.trim_start_matches("www.").to_owned());
    let archived = flag(&object, "is_archived");
    piece.state.read = archived;
    piece.state.place = archived.map(|archived| if archived { Place::Archive } else { Place::Later });
    piece.state.starred = flag(&object, "is_starred") == Some(true);
    entry.piece.state.saved_at = entry.time(&text(&object, "created_at"), "saved-at");
    entry.piece.state.touched_at = entry.time(&text(&object, "updated_at"), "touched-at");
    for annotation in list(&object, "annotations") {
        let Value::Object(annotation) = annotation else {
            continue;
        };
        let made_at = entry.time(&text(annotation, "created_at"), "highlighted-at");
        entry.highlight(Highlight {
            quote: text(annotation, "quote"),
            note: Some(text(annotation, "text")),
            made_at,
            ..Highlight::default()
        });
    }
    if !text(&object, "preview_picture").is_empty() {
        entry.receipt.leave_out("picture", None);
    }
    entry.tell_unknown(&object, KNOWN);
    entry.finish(&format!("{count}"))
}
