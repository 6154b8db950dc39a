//! Matter's table.
//!
//! Columns `Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,Last Interaction
//! Date,File Id`; tags are divided by `;`, yes and no are `True` and `False`. Highlights are counted there but
//! exported elsewhere.

use edito_prose::Author;

use super::Entry;
use super::rows::{Fields, Layout};
use crate::json::yes;
use crate::piece::Place;
use crate::receipt::Note;

pub(super) const LAYOUT: Layout = Layout {
    columns: &[
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
    ],
    needed: &["url"],
    read,
};

fn read(row: &Fields<'_, '_>, entry: &mut Entry) {
    let author = row.get("author");
    if !author.is_empty() {
        entry.piece.authors.push(Author {
            name: author.to_owned(),
            function: None,
        });
    }
    let publisher = row.get("publisher");
    entry.piece.site = (!publisher.is_empty()).then(|| publisher.to_owned());
    entry.tags(row.get("tags").split(';'));
    entry.piece.state.touched_at = entry.time(row.get("last interaction date"), "touched-at");
    let state = &mut entry.piece.state;
    state.place = yes(row.get("in queue")).map(|queued| if queued { Place::Later } else { Place::Archive });
    state.starred = yes(row.get("favorited")) == Some(true);
    state.read = yes(row.get("read"));
    let highlights = row.get("highlight count").parse().unwrap_or(0);
    if highlights > 0 {
        entry.receipt.unsupported.push(Note {
            kind: "highlight-not-in-export".to_owned(),
            count: highlights,
            detail: None,
        });
    }
}
