//! A piece as the library takes it in.

use edito_library as library;

use crate::piece::{Colour, Highlight, Piece, Place};
use crate::{Receipt, url};

/// What the library is given of a piece. `from` is what it was read from, for the record; `key` tells a piece that has
/// no address from others, and is the same each time it is read. None for an item of a feed that nobody asked to keep.
pub fn new_piece(piece: Piece, from: &str, key: Option<String>, receipt: &mut Receipt) -> Option<library::NewPiece> {
    let state = piece.state;
    if state.place == Some(Place::Feed) {
        receipt.leave_out("feed-item", None);
        return None;
    }
    let canonical = piece.url.as_deref().and_then(url::canonical);
    Some(library::NewPiece {
        title: piece.title,
        standfirst: piece.standfirst,
        teaser: piece.teaser,
        authors: piece.authors,
        section: piece.section,
        tags: piece.tags,
        published: piece.published,
        updated: piece.updated,
        lang: piece.lang,
        canonical: canonical.or(key),
        url: piece.url,
        site: piece.site,
        captured: piece.captured.or(state.saved_at),
        body: piece.body,
        images: piece
            .images
            .into_iter()
            .map(|image| library::NewImage {
                bytes: image.bytes,
                url: image.url,
            })
            .collect(),
        capture: piece.capture.map(|capture| library::NewCapture {
            bytes: capture.bytes,
            ending: capture.ending,
        }),
        // What nobody has put anywhere is to be looked at.
        place: Some(match state.place {
            Some(Place::Later) => library::Place::Later,
            Some(Place::Library) => library::Place::Library,
            Some(Place::Archive) => library::Place::Archive,
            Some(Place::Inbox | Place::Feed) | None => library::Place::Inbox,
        }),
        read: state.read,
        starred: state.starred,
        progress: state.progress,
        highlights: piece.highlights.into_iter().map(highlight).collect(),
        collections: piece.collections,
        note: piece.note,
        from: Some(from.to_owned()),
        front: piece.front,
        folder: piece.folder,
        file: piece.file,
    })
}

/// Says what became of the passages marked in an article that was captured again: `highlight-kept`, `highlight-moved`
/// and `highlight-orphan`, the last two with the words.
pub fn tell_of_passages(passages: &library::Refound, receipt: &mut Receipt) {
    for _ in 0..passages.kept {
        receipt.keep("highlight-kept");
    }
    for quote in &passages.moved {
        receipt.degrade("highlight-moved", Some(&beginning(quote)));
    }
    for quote in &passages.lost {
        receipt.degrade("highlight-orphan", Some(&beginning(quote)));
    }
}

/// A passage may be pages long; a receipt is read at a glance.
fn beginning(quote: &str) -> String {
    const LONGEST: usize = 160;
    let words = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or(&words).trim_end()),
        None => words,
    }
}

fn highlight(highlight: Highlight) -> library::NewHighlight {
    library::NewHighlight {
        quote: highlight.quote,
        prefix: highlight.prefix.unwrap_or_default(),
        suffix: highlight.suffix.unwrap_or_default(),
        range: None,
        colour: match highlight.colour.unwrap_or_default() {
            Colour::Yellow => library::Colour::Yellow,
            Colour::Green => library::Colour::Green,
            Colour::Blue => library::Colour::Blue,
            Colour::Red => library::Colour::Red,
        },
        note: highlight.note,
        tags: highlight.tags,
        made: highlight.made_at.map(|made| made.as_millisecond()),
    }
}
