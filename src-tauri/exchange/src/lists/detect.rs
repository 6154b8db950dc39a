//! Which program wrote a file, told by what the file holds.

use std::io::Cursor;
use std::ops::Range;

use super::table::{folded, head};
use super::{Format, omnivore, parts};
use crate::archive::Archive;
use crate::decode::decode;
use crate::json;
use crate::receipt::Receipt;

/// The format of a file; nothing when it is no list that is known here.
pub fn detect(bytes: &[u8]) -> Option<Format> {
    if is_archive(bytes) {
        let mut archive = Archive::open(Cursor::new(bytes)).ok()?;
        if omnivore::is_archive(&archive) {
            return Some(Format::Omnivore);
        }
        let lists = parts::find(&mut archive, &mut Receipt::default()).ok()?;
        return lists.first().map(|list| list.format);
    }
    of_text(&decode(bytes).text)
}

/// Whether a file is a zip archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The format of a text.
pub(super) fn of_text(text: &str) -> Option<Format> {
    let text = text.trim_start();
    match text.as_bytes().first()? {
        b'{' => of_object(text),
        b'[' => of_array(text),
        b'<' => of_page(text),
        _ => [',', ';', '\t']
            .into_iter()
            .find_map(|delimiter| of_table(text, delimiter as u8)),
    }
}

fn of_table(text: &str, delimiter: u8) -> Option<Format> {
    let columns: Vec<String> = head(text, delimiter).iter().map(|name| folded(name)).collect();
    let has = |names: &[&str]| names.iter().all(|name| columns.iter().any(|column| column == name));
    if has(&["highlight", "booktitle"]) {
        Some(Format::Readwise)
    } else if has(&["url", "documenttags"]) || has(&["url", "saveddate", "readingprogress"]) {
        Some(Format::Reader)
    } else if has(&["url", "inqueue"]) {
        Some(Format::Matter)
    } else if has(&["url", "selection", "folder"]) {
        Some(Format::Instapaper)
    } else if has(&["url", "timeadded"]) {
        Some(Format::PocketCsv)
    } else {
        None
    }
}

fn of_object(text: &str) -> Option<Format> {
    let members = json::members(text);
    let value = |name: &str| value(text, &members, name);
    if is_annotation(value) {
        return Some(Format::WebAnnotation);
    }
    if value("bookmarks").is_some_and(|bookmarks| bookmarks.starts_with('[')) {
        return Some(Format::Karakeep);
    }
    if value("collections").is_some_and(|collections| collections.starts_with('[')) {
        return Some(Format::Linkwarden);
    }
    // What Hypothesis's interface answers.
    let rows = value("rows").filter(|rows| rows.contains("TextQuoteSelector") || rows.contains("\"uri\""));
    rows.map(|_| Format::WebAnnotation)
}

/// The format of an array, by the keys of its first element; the element itself may have been cut.
fn of_array(text: &str) -> Option<Format> {
    let first = text.get(1..)?.trim_start();
    let members = json::members(first);
    let value = |name: &str| value(first, &members, name);
    let has = |names: &[&str]| names.iter().all(|name| value(name).is_some());
    if is_annotation(value) {
        Some(Format::WebAnnotation)
    } else if has(&["url", "is_archived"]) || has(&["url", "is_starred"]) {
        Some(Format::Wallabag)
    } else if has(&["slug", "url", "savedAt"]) {
        Some(Format::Omnivore)
    } else {
        None
    }
}

fn value<'t>(text: &'t str, members: &[(String, Range<usize>)], name: &str) -> Option<&'t str> {
    let (_, place) = members.iter().find(|(known, _)| known == name)?;
    text.get(place.clone())
}

/// Whether an object is an annotation, a page or a collection of them, by JSON of its members.
fn is_annotation<'t>(member: impl Fn(&str) -> Option<&'t str>) -> bool {
    let says =
        |name: &str, words: &[&str]| member(name).is_some_and(|value| words.iter().any(|word| value.contains(word)));
    says("@context", &["www.w3.org/ns/anno"])
        || says(
            "type",
            &["\"Annotation\"", "\"AnnotationPage\"", "\"AnnotationCollection\""],
        )
        || (member("target").is_some() && says("target", &["TextQuoteSelector"]))
}

fn of_page(text: &str) -> Option<Format> {
    const HEAD: usize = 16 * 1024;
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or_default().to_ascii_lowercase();
    let pocket = head.contains("<title>pocket export</title>")
        || (head.contains("time_added=")
            && (head.contains("<h1>unread</h1>") || head.contains("<h1>read archive</h1>")));
    if pocket {
        Some(Format::PocketHtml)
    } else if head.contains("netscape-bookmark-file") || (head.contains("<dl") && head.contains("add_date=")) {
        Some(Format::Netscape)
    } else {
        None
    }
}
