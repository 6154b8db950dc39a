//! Readwise's table of highlights.
//!
//! Columns `Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted
//! at,Document tags`; one row for each highlight. The rows of one work are one piece, without address or text: its
//! highlights find their places when the work itself is in the library.

use std::borrow::Cow;
use std::collections::HashMap;

use edito_prose::Author;

use super::table::{Row, Table};
use super::{Entry, Source, entry};
use crate::piece::Highlight;
use crate::receipt::Receipt;

const COLUMNS: &[&str] = &[
    "highlight",
    "book title",
    "book author",
    "amazon book id",
    "note",
    "color",
    "tags",
    "location type",
    "location",
    "highlighted at",
    "document tags",
];

pub(super) fn open(text: Cow<'_, str>, receipt: &mut Receipt) -> Works {
    let mut table = Table::open_known(text, COLUMNS, receipt);
    let mut works: Vec<Entry> = Vec::new();
    let mut known: HashMap<(String, String, String), usize> = HashMap::new();
    while let Some(row) = table.next(|_, _| false) {
        let get = |name| table.get(&row, name).trim();
        if get("highlight").is_empty() && get("note").is_empty() {
            receipt.fail_named("row", &format!("{}", row.line));
            continue;
        }
        let key = (
            get("book title").to_owned(),
            get("book author").to_owned(),
            get("amazon book id").to_owned(),
        );
        let index = *known.entry(key).or_insert_with(|| {
            works.push(work(&table, &row));
            works.len() - 1
        });
        if let Some(work) = works.get_mut(index) {
            add(work, &table, &row);
        }
    }
    Works(works.into_iter())
}

pub(super) struct Works(std::vec::IntoIter<Entry>);

impl Source for Works {
    fn next(&mut self, _receipt: &mut Receipt) -> Option<Entry> {
        self.0.by_ref().find_map(|work| {
            let title = work.piece.title.clone().unwrap_or_default();
            work.finish(&title)
        })
    }
}

/// The piece that a row's highlight belongs to.
fn work(table: &Table<'_>, row: &Row) -> Entry {
    let mut entry = Entry::new();
    entry.title(table.get(row, "book title"));
    let author = table.get(row, "book author").trim();
    if !author.is_empty() {
        entry.piece.authors.push(Author {
            name: author.to_owned(),
            function: None,
        });
    }
    let amazon = table.get(row, "amazon book id").trim();
    if !amazon.is_empty() {
        entry.receipt.leave_out("amazon-id", Some(amazon));
    }
    entry
}

fn add(work: &mut Entry, table: &Table<'_>, row: &Row) {
    let get = |name| table.get(row, name).trim();
    row.tell(table, &mut work.receipt);
    let mut tags = Vec::new();
    entry::add_once(&mut tags, get("tags").split(','));
    work.tags(get("document tags").split(','));
    let highlight = Highlight {
        quote: get("highlight").to_owned(),
        note: Some(get("note").to_owned()),
        colour: work.colour(get("color")),
        tags,
        made_at: work.time(get("highlighted at"), "highlighted-at"),
        ..Highlight::default()
    };
    if !get("location").is_empty() {
        // A page, or a place on a Kindle: neither means anything in a text.
        work.receipt.leave_out("highlight-location", None);
    }
    work.highlight(highlight);
}
