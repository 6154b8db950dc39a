//! Matter's table.
//!
//! Columns `Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,Last Interaction
//! Date,File Id`; tags are divided by `;`, yes and no are `True` and `False`. Highlights are counted there but
//! exported elsewhere.

use std::borrow::Cow;

use edito_prose::Author;

use super::table::{Row, Table};
use super::{Entry, Source, has_address};
use crate::json::yes;
use crate::piece::Place;
use crate::receipt::{Note, Receipt};

pub(super) fn open<'a>(text: Cow<'a, str>, receipt: &mut Receipt) -> MatterTable<'a> {
    let table = Table::open(text);
    for column in table.others(&[
        "title",
        "author",
        "publisher",
        "url",
        "tags",
        "word count",
        "in queue",
        "favorited",
        "read",
        "highlight count",
        "last interaction date",
        "file id",
    ]) {
        receipt.leave_out("column", Some(&column));
    }
    MatterTable { table }
}

pub(super) struct MatterTable<'a> {
    table: Table<'a>,
}

impl Source for MatterTable<'_> {
    fn next(&mut self, receipt: &mut Receipt) -> Option<Entry> {
        loop {
            let row = self.table.next(has_address)?;
            if let Some(entry) = self.entry(&row, receipt) {
                return Some(entry);
            }
        }
    }
}

impl MatterTable<'_> {
    fn entry(&self, row: &Row, receipt: &mut Receipt) -> Option<Entry> {
        let get = |name| self.table.get(row, name);
        let mut entry = Entry::new();
        row.tell(&self.table, &mut entry.receipt);
        if get("url").is_empty() {
            receipt.fail_named("row", &format!("{}", row.line));
            return None;
        }
        entry.address(get("url"), receipt);
        entry.title(get("title"));
        let author = get("author").trim();
        if !author.is_empty() {
            entry.piece.authors.push(Author {
                name: author.to_owned(),
                function: None,
            });
        }
        let publisher = get("publisher").trim();
        entry.piece.site = (!publisher.is_empty()).then(|| publisher.to_owned());
        entry.tags(get("tags").split(';'));
        entry.piece.state.touched_at = entry.time(get("last interaction date"), "touched-at");
        let state = &mut entry.piece.state;
        state.place = yes(get("in queue")).map(|queued| if queued { Place::Later } else { Place::Archive });
        state.starred = yes(get("favorited")) == Some(true);
        state.read = yes(get("read"));
        let highlights = get("highlight count").trim().parse().unwrap_or(0);
        if highlights > 0 {
            entry.receipt.unsupported.push(Note {
                kind: "highlight-not-in-export".to_owned(),
                count: highlights,
                detail: None,
            });
        }
        entry.finish(&format!("{}", row.line))
    }
}
