//! Reading lists, bookmarks and highlights that people bring from other programs.
//!
//! Which program wrote a file is told by what it holds ([`detect()`]): the columns of a table, the keys of JSON, the
//! head of a page; its name says nothing. [`read`] then gives one [`Entry`] after the other; at no moment does more
//! than one of them stand in memory with its text, however long the list is.
//!
//! One file here for each format. Tables are read by the names of their columns, JSON by the names of its keys, both
//! in any order; whatever is not understood is named in a receipt: that of the entry when it belongs to one, that of
//! the [`Reading`] when it concerns the file.

mod detect;
mod entry;
mod parts;
mod table;

mod instapaper;
mod karakeep;
mod linkwarden;
mod matter;
mod netscape;
mod omnivore;
mod pocket_csv;
mod pocket_html;
mod reader;
mod readwise;
mod rows;
mod wallabag;
mod web_annotation;

use std::borrow::Cow;
use std::io::{Cursor, Read, Seek};

use crate::archive::{Archive, ArchiveError};
use crate::decode::decode;
use crate::receipt::Receipt;

pub use detect::detect;
pub use entry::Entry;

/// The programs whose lists are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Pocket's tables, alone or as the parts of an archive.
    PocketCsv,
    /// Pocket's older page, `ril_export.html`.
    PocketHtml,
    /// Instapaper's table, with or without times and tags.
    Instapaper,
    /// Omnivore's archive, or one of its `metadata` files alone.
    Omnivore,
    /// Wallabag's JSON, with texts and annotations.
    Wallabag,
    /// Readwise's table of highlights.
    Readwise,
    /// Readwise Reader's table of documents.
    Reader,
    /// Karakeep's (formerly Hoarder's) JSON.
    Karakeep,
    /// Matter's table.
    Matter,
    /// Linkwarden's JSON.
    Linkwarden,
    /// The bookmarks of browsers, Pinboard, Raindrop, Delicious and others.
    Netscape,
    /// W3C Web Annotations, and what Hypothesis's interface gives.
    WebAnnotation,
}

/// Why a file is not read at all.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// No list that is known here.
    #[error("no reading list that is known")]
    Unknown,
    /// The archive can't be read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

/// A list while it is read: an iterator of entries.
pub struct Reading<'a> {
    format: Format,
    receipt: Receipt,
    source: Option<Box<dyn Source + 'a>>,
}

/// Reads a list, or an archive of lists. `name` is what its receipt calls it.
pub fn read<'a>(name: &str, bytes: &'a [u8]) -> Result<Reading<'a>, ListError> {
    if detect::is_archive(bytes) {
        return read_archive(name, Archive::open(Cursor::new(bytes))?);
    }
    let decoded = decode(bytes);
    let format = detect::of_text(&decoded.text).ok_or(ListError::Unknown)?;
    let mut receipt = Receipt::new(name);
    if decoded.lossy {
        receipt.degrade("encoding", None);
    }
    let source = open(format, decoded.text, &mut receipt);
    Ok(Reading {
        format,
        receipt,
        source: Some(source),
    })
}

/// Reads an archive of lists: Omnivore's, or any whose members are lists themselves, such as the parts of Pocket's.
pub fn read_archive<'a, R: Read + Seek + 'a>(name: &str, mut archive: Archive<R>) -> Result<Reading<'a>, ListError> {
    let mut receipt = Receipt::new(name);
    for refused in archive.refused() {
        receipt.fail(refused.reason.kind(), Some(&refused.name));
    }
    if omnivore::is_archive(&archive) {
        let source: Box<dyn Source + 'a> = Box::new(omnivore::Export::new(archive));
        return Ok(Reading {
            format: Format::Omnivore,
            receipt,
            source: Some(source),
        });
    }
    let lists = parts::find(&mut archive, &mut receipt)?;
    let format = lists.first().map(|list| list.format).ok_or(ListError::Unknown)?;
    Ok(Reading {
        format,
        receipt,
        source: Some(Box::new(parts::Parts::new(archive, lists))),
    })
}

impl Reading<'_> {
    /// Which program wrote the list.
    pub fn format(&self) -> Format {
        self.format
    }

    /// What concerns the file and none of its entries, so far: entries that failed, addresses that were dropped,
    /// columns that nobody knows. Complete when the iterator has ended.
    pub fn receipt(&self) -> &Receipt {
        &self.receipt
    }
}

impl Iterator for Reading<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let entry = self.source.as_mut()?.next(&mut self.receipt);
        if entry.is_none() {
            self.source = None;
        }
        entry
    }
}

/// What gives entries one by one, and says of its file what there is to say.
trait Source {
    fn next(&mut self, receipt: &mut Receipt) -> Option<Entry>;
}

/// The reader of a format, at the start of a text.
fn open<'a>(format: Format, text: Cow<'a, str>, receipt: &mut Receipt) -> Box<dyn Source + 'a> {
    match format {
        Format::PocketCsv => Box::new(rows::open(text, &pocket_csv::LAYOUT, receipt)),
        Format::PocketHtml => Box::new(pocket_html::open(text)),
        Format::Instapaper => Box::new(rows::open(text, &instapaper::LAYOUT, receipt)),
        Format::Omnivore => Box::new(omnivore::open(text)),
        Format::Wallabag => Box::new(wallabag::open(text)),
        Format::Readwise => Box::new(readwise::open(text, receipt)),
        Format::Reader => Box::new(rows::open(text, &reader::LAYOUT, receipt)),
        Format::Karakeep => Box::new(karakeep::open(text, receipt)),
        Format::Matter => Box::new(rows::open(text, &matter::LAYOUT, receipt)),
        Format::Linkwarden => Box::new(linkwarden::open(text, receipt)),
        Format::Netscape => Box::new(netscape::open(text)),
        Format::WebAnnotation => Box::new(web_annotation::open(text, receipt)),
    }
}
