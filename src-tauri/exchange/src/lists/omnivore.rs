//! Omnivore's archive.
//!
//! `metadata_{from}_to_{to}.json` (20 items each), `content/{slug}.html`, `highlights/{slug}.md`. A state is `Active`
//! or `Archived` (in some exports `SUCCEEDED`, `ARCHIVED`); progress goes from 0 to 100.
//!
//! The highlights of an item stand one after the other, two line ends between them: the quote behind `> `, its empty
//! lines replaced by `> ` too; then, each after an empty line, its labels (`#a #b`) and its note. A note about the
//! whole item is a paragraph with two line ends more behind it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{Read, Seek};

use edito_prose::{ArticleDate, Author};

use super::parts::is_litter;
use super::{Entry, Source, entry};
use crate::archive::Archive;
use crate::decode::decode;
use crate::json::{Elements, Object, list, names, text};
use crate::piece::{Highlight, Place};
use crate::receipt::Receipt;

/// Whether an archive is Omnivore's.
pub(super) fn is_archive<R: Read + Seek>(archive: &Archive<R>) -> bool {
    archive.members().iter().any(|member| is_metadata(&member.name))
}

/// One metadata file, which has neither texts nor highlights beside it.
pub(super) fn open(text: Cow<'_, str>) -> Metadata<'_> {
    Metadata(Elements::new(text, 0))
}

pub(super) struct Metadata<'a>(Elements<'a>);

impl Source for Metadata<'_> {
    fn next(&mut self, receipt: &mut Receipt) -> Option<Entry> {
        loop {
            let object = self.0.next(receipt)?;
            if let Some(entry) = item(&object, receipt).finish(&format!("{}", self.0.count())) {
                return Some(entry);
            }
        }
    }
}

/// The whole archive.
pub(super) struct Export<R> {
    archive: Archive<R>,
    metadata: std::vec::IntoIter<String>,
    current: Option<Elements<'static>>,
    used: HashSet<String>,
}

impl<R: Read + Seek> Export<R> {
    pub fn new(archive: Archive<R>) -> Export<R> {
        let names = archive.members().iter().map(|member| member.name.clone());
        let mut metadata: Vec<String> = names.filter(|name| is_metadata(name)).collect();
        metadata.sort_by_key(|name| (first_number(name), name.clone()));
        Export {
            archive,
            metadata: metadata.into_iter(),
            current: None,
            used: HashSet::new(),
        }
    }

    fn text(&mut self, name: &str, receipt: &mut Receipt) -> Option<String> {
        if !self.archive.contains(name) {
            return None;
        }
        self.used.insert(name.to_owned());
        match self.archive.read(name) {
            Ok(bytes) => Some(decode(&bytes).text.into_owned()),
            Err(error) => {
                receipt.fail_named(error.kind(), name);
                None
            }
        }
    }

    /// Tells of members that no metadata named.
    fn tell_unused(&mut self, receipt: &mut Receipt) {
        for member in self.archive.members() {
            if !self.used.contains(&member.name) && !is_metadata(&member.name) && !is_litter(&member.name) {
                receipt.leave_out("unknown-member", Some(&member.name));
            }
        }
    }
}

impl<R: Read + Seek> Source for Export<R> {
    fn next(&mut self, receipt: &mut Receipt) -> Option<Entry> {
        loop {
            let Some(items) = &mut self.current else {
                let Some(name) = self.metadata.next() else {
                    self.tell_unused(receipt);
                    return None;
                };
                self.current = self.text(&name, receipt).map(|text| Elements::new(Cow::Owned(text), 0));
                continue;
            };
            let Some(object) = items.next(receipt) else {
                self.current = None;
                continue;
            };
            let mut entry = item(&object, receipt);
            let slug = text(&object, "slug");
            match self.text(&format!("content/{slug}.html"), receipt) {
                Some(html) if !html.trim().is_empty() => entry.html = Some(html),
                _ => entry.receipt.degrade("text-never-fetched", None),
            }
            if let Some(markdown) = self.text(&format!("highlights/{slug}.md"), receipt) {
                add_highlights(&mut entry, &markdown);
            }
            if let Some(entry) = entry.finish(&slug) {
                return Some(entry);
            }
        }
    }
}

fn is_metadata(name: &str) -> bool {
    let file = name
        .strip_prefix("metadata_")
        .and_then(|name| name.strip_suffix(".json"));
    file.and_then(|range| range.split_once("_to_"))
        .is_some_and(|(from, to)| {
            [from, to]
                .iter()
                .all(|end| end.bytes().all(|byte| byte.is_ascii_digit()))
        })
}

fn first_number(name: &str) -> u64 {
    let digits: String = name
        .chars()
        .skip_while(|character| !character.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap_or(u64::MAX)
}

fn item(object: &Object, receipt: &mut Receipt) -> Entry {
    let mut entry = Entry::new();
    entry.address(&text(object, "url"), receipt);
    entry.title(&text(object, "title"));
    let piece = &mut entry.piece;
    let standfirst = text(object, "description");
    piece.standfirst = (!standfirst.trim().is_empty()).then(|| standfirst.trim().to_owned());
    let author = text(object, "author");
    if !author.trim().is_empty() {
        piece.authors.push(Author {
            name: author.trim().to_owned(),
            function: None,
        });
    }
    piece.published = ArticleDate::parse(&text(object, "publishedAt"));
    entry.tags(names(list(object, "labels"), &["name"]));
    let archived = text(object, "state").eq_ignore_ascii_case("archived");
    entry.piece.state.place = Some(if archived { Place::Archive } else { Place::Later });
    entry.piece.state.saved_at = entry.time(&text(object, "savedAt"), "saved-at");
    entry.piece.state.touched_at = entry.time(&text(object, "updatedAt"), "touched-at");
    if let Some(progress) = object.get("readingProgress").and_then(serde_json::Value::as_f64) {
        entry.progress(progress / 100.0);
    }
    if !text(object, "thumbnail").is_empty() {
        entry.receipt.leave_out("picture", None);
    }
    entry.tell_unknown(
        object,
        &[
            "id",
            "slug",
            "title",
            "description",
            "author",
            "url",
            "state",
            "readingProgress",
            "thumbnail",
            "labels",
            "savedAt",
            "updatedAt",
            "publishedAt",
        ],
    );
    entry
}

/// Adds the highlights and notes of an item's Markdown.
fn add_highlights(entry: &mut Entry, markdown: &str) {
    let markdown = markdown.replace("\r\n", "\n");
    let mut lines = markdown.split('\n').peekable();
    while let Some(line) = lines.next() {
        let Some(first) = line.strip_prefix("> ").or_else(|| line.strip_prefix('>')) else {
            if line.trim().is_empty() {
                continue;
            }
            // A note about the item, before any highlight or behind the gap that follows another.
            let mut note = line.to_owned();
            while let Some(next) = lines.next_if(|next| !next.starts_with('>') && !next.trim().is_empty()) {
                note.push('\n');
                note.push_str(next);
            }
            entry.note(&note);
            continue;
        };
        let mut quote = vec![first.trim_end()];
        // Only the first line of a paragraph has its mark.
        while let Some(next) = lines.next_if(|next| !next.trim().is_empty()) {
            match next.strip_prefix("> ") {
                Some(paragraph) => quote.extend(["", paragraph.trim_end()]),
                None => quote.push(next.trim_end()),
            }
        }
        let (behind, closed) = behind_quote(&mut lines);
        let mut behind = behind.as_str();
        let mut tags = Vec::new();
        let (paragraph, rest) = behind.split_once("\n\n").unwrap_or((behind, ""));
        if let Some(labels) = labels(paragraph) {
            entry::add_once(&mut tags, labels);
            behind = rest;
        }
        let mut note = behind.trim();
        if closed && !note.is_empty() {
            // Its last paragraph may have been about the item: then only that is.
            let (own, about) = note.rsplit_once("\n\n").unwrap_or(("", note));
            entry.note(about);
            if !own.is_empty() {
                entry.receipt.degrade("note-place", None);
            }
            note = own;
        }
        entry.highlight(Highlight {
            quote: quote.join("\n"),
            note: Some(note.to_owned()),
            tags,
            ..Highlight::default()
        });
    }
}

/// What stands behind a quote, up to the next one; and whether it closes with the gap of a note about the item.
fn behind_quote<'m>(lines: &mut std::iter::Peekable<impl Iterator<Item = &'m str>>) -> (String, bool) {
    let mut behind = String::new();
    let mut blank = 0;
    while let Some(line) = lines.next_if(|line| !line.starts_with('>')) {
        if line.trim().is_empty() {
            blank += 1;
            continue;
        }
        if !behind.is_empty() {
            behind.push_str(if blank > 0 { "\n\n" } else { "\n" });
        }
        blank = 0;
        behind.push_str(line);
    }
    // At the end of the file two line ends are all the gap there is, the last of which ends no line.
    let closed = if lines.peek().is_some() { blank >= 3 } else { blank >= 2 };
    (behind, closed)
}

/// The labels of a line such as `#politique #à lire`; nothing when it is no such line.
fn labels(paragraph: &str) -> Option<Vec<&str>> {
    let rest = paragraph.strip_prefix('#')?;
    let sound = !paragraph.contains('\n') && !rest.starts_with([' ', '#']) && !rest.is_empty();
    sound.then(|| rest.split(" #").collect())
}
