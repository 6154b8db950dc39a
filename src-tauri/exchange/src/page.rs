//! Saved web pages: HTML as browsers and page savers leave it, and web archives.
//!
//! A page goes through these hands: `decode` makes it text, `html` a tree within bounds, `survey`
//! walks over it once, `metadata` reads what it says of itself, `notes` takes its footnotes out, `furniture` what is
//! not the article, `extract` finds the article, `content` reads it into blocks, and `shape` takes out of them
//! what the front matter says.
//!
//! Nothing is ever fetched. An image that did not come with the page stays where it is, as an address.
//!
//! **Standfirst or teaser.** A standfirst is a text that the page *shows* as one: in an element that names itself so
//! (`chapo`, `standfirst`, `dek`…), as a second heading under the title, as a first paragraph in strong type or
//! emphasis. It leaves the text. The page's description for machines (JSON-LD, `og:description`, `description`) is a
//! standfirst only where it stands on the page word for word as such; else it is the piece's teaser, or nothing when it
//! only repeats the beginning of the text.

mod dates;
mod extract;
mod furniture;
mod json_ld;
mod metadata;
mod mhtml;
mod names;
pub(crate) mod notes;
mod people;
mod phrases;
mod prepare;
mod saver;
mod sections;
mod shape;
pub(crate) mod survey;
mod titles;

use dom_query::Document;
use edito_prose::{Lang, detect};

use crate::address::Addresses;
use crate::content::{self, Block, NoParts, Parts, Reading};
use crate::decode::decode_markup;
use crate::images::Gallery;
use crate::piece::{Capture, Piece};
use crate::url::absolute;
use crate::{Error, Receipt, fragment, html};

pub(crate) use dates::read as read_date;
pub(crate) use metadata::Metadata;
pub(crate) use people::looks_like_name;
pub(crate) use shape::{Origin, headings as set_headings, shape, teaser};
pub(crate) use titles::same as same_words;

/// What is known of a page from where it was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PageHints<'a> {
    /// The address it was fetched from.
    pub url: Option<&'a str>,
    /// The character set that the server named.
    pub charset: Option<&'a str>,
    /// The name of its file.
    pub name: Option<&'a str>,
}

/// The largest page that is read, in bytes; page savers put images into it.
pub const MAX_PAGE_BYTES: usize = 128 * 1024 * 1024;

/// Reads a saved page: HTML in any encoding, a page of SingleFile, or a web archive (MHTML).
///
/// # Errors
///
/// [`Error::TooLarge`] beyond [`MAX_PAGE_BYTES`], [`Error::Empty`] when there is neither text nor title,
/// [`Error::WrongFormat`] for bytes that are no text at all, [`Error::Damaged`] for an archive without a page.
pub fn read_page(bytes: &[u8], hints: PageHints<'_>) -> Result<(Piece, Receipt), Error> {
    if bytes.len() > MAX_PAGE_BYTES {
        return Err(Error::TooLarge);
    }
    let mut receipt = Receipt::new(hints.name.or(hints.url).unwrap_or_default());
    if mhtml::is_archive(bytes) {
        let archive = mhtml::open(bytes).ok_or(Error::Damaged)?;
        let url = hints.url.map(str::to_owned).or_else(|| archive.url.clone());
        let mut piece = read_text(&archive.html, url.as_deref(), &archive, &mut receipt)?;
        piece.title = piece.title.or_else(|| archive.subject.clone());
        piece.captured = piece.captured.or(archive.at);
        piece.capture = Some(Capture {
            bytes: bytes.to_vec(),
            ending: "mhtml".into(),
        });
        return Ok((piece, receipt));
    }
    if bytes.iter().take(1_024).filter(|byte| **byte == 0).count() > 0 && !looks_like_wide_text(bytes) {
        return Err(Error::WrongFormat);
    }
    let decoded = decode_markup(bytes, hints.charset);
    if decoded.lossy {
        receipt.degrade("encoding", None);
    }
    let mut piece = read_text(&decoded.text, hints.url, &NoParts, &mut receipt)?;
    piece.capture = Some(Capture {
        bytes: bytes.to_vec(),
        ending: "html".into(),
    });
    Ok((piece, receipt))
}

/// Reads a whole document as it is, with its footnotes after it; `numbered` notes stand before it.
pub(crate) fn read_with_notes(document: &Document, numbered: usize, reading: &mut Reading<'_>) -> Vec<Block> {
    let survey = survey::survey(document);
    let notes = notes::take_out(&survey, &reading.addresses);
    let mut blocks = content::read(&document.root(), reading);
    notes::put_back(&mut blocks, &notes, reading);
    if numbered > 0 {
        notes::count_on(&mut blocks, numbered);
    }
    blocks
}

/// Takes the attributes off a document that only preparing it may set; answers the text that names itself its
/// standfirst.
pub(crate) fn look_over(document: &Document) -> Option<String> {
    let survey = survey::survey(document);
    let texts = survey.standfirsts.iter().map(html::dom::text);
    texts
        .into_iter()
        .find(|text| (20..=600).contains(&text.chars().count()))
}

fn looks_like_wide_text(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, 0, _, ..] | [_, 0, _, 0, ..]
    )
}

fn read_text(source: &str, url: Option<&str>, archive: &dyn Parts, receipt: &mut Receipt) -> Result<Piece, Error> {
    let Some(document) = html::parse(source) else {
        return plain(source, url, receipt);
    };
    let survey = survey::survey(&document);
    let saved = saver::read(&survey.comments);
    let address = url
        .and_then(absolute)
        .or_else(|| saved.url.as_deref().and_then(absolute));
    let mut metadata = metadata::read(&survey, address.as_ref());
    let own = address.clone().or_else(|| metadata.url.clone());
    let base = match (&survey.base, &own) {
        (Some(base), Some(own)) => own.join(base).ok(),
        (Some(base), None) => absolute(base),
        (None, own) => own.clone(),
    };
    let addresses = Addresses { base, own };
    let notes = notes::take_out(&survey, &addresses);
    let stash = prepare::prepare(&survey, &addresses, archive);
    for (kind, count) in furniture::set_aside(&survey, &addresses, metadata.title.as_deref()) {
        (0..count).for_each(|_| receipt.leave_out(kind, None));
    }
    let mut gallery = Gallery::default();
    let parts = prepare::PageParts { stash: &stash, archive };
    let found = extract::extract(&document, &survey, metadata.body.as_deref());
    let mut blocks = Vec::new();
    {
        let mut reading = Reading {
            addresses,
            parts: &parts,
            gallery: &mut gallery,
            receipt,
            flatten_tables: false,
            prepared: true,
        };
        match &found {
            Some(extract::Found::Here(node)) => blocks = content::read(node, &mut reading),
            Some(extract::Found::Apart(document)) => {
                if let Some(node) = document.select_single(extract::CONTENT).nodes().first() {
                    blocks = content::read(node, &mut reading);
                }
            }
            None => {}
        }
        if let Some(told) = told_text(metadata.body.as_deref(), &blocks) {
            reading.receipt.degrade("text-from-metadata", None);
            blocks = told;
        }
        shape(&mut blocks, &mut metadata, Origin::Page, reading.receipt);
        notes::put_back(&mut blocks, &notes, &mut reading);
    }
    let body = content::write(&blocks);
    if body.is_empty() && metadata.title.is_none() {
        return Err(Error::Empty);
    }
    if body.is_empty() {
        receipt.degrade("no-text", None);
    }
    let plain = content::plain_text(&blocks);
    let mut piece = Piece {
        lang: language(metadata.lang.take(), &plain),
        teaser: teaser(&metadata, &blocks),
        title: metadata.title,
        standfirst: metadata.standfirst,
        authors: metadata.authors,
        section: metadata.section,
        tags: metadata.tags,
        published: metadata.published,
        updated: metadata.updated,
        url: metadata.url.map(String::from),
        site: metadata.site,
        captured: saved.at,
        body,
        ..Piece::default()
    };
    piece.images = gallery.into_images();
    note_kept(&piece, receipt);
    Ok(piece)
}

/// The text that a page repeats for machines, where the page itself shows less than half of it: a script would have put
/// the text there.
fn told_text(told: Option<&str>, blocks: &[Block]) -> Option<Vec<Block>> {
    let told = told.filter(|told| told.len() < 2 * 1024 * 1024)?;
    let length = told.chars().count();
    if length < 300 || content::plain_text(blocks).chars().count() * 2 > length {
        return None;
    }
    let marked = told.contains("</") || told.contains("&lt;/");
    let paragraphs: Vec<String> = if marked {
        html::plain(told).paragraphs
    } else {
        told.lines()
            .map(html::dom::squeeze)
            .filter(|line| !line.is_empty())
            .collect()
    };
    let text = |words: String| Block::Paragraph(vec![content::Inline::Text(words)]);
    Some(paragraphs.into_iter().map(text).collect())
}

/// A page that is no tree worth building.
fn plain(source: &str, url: Option<&str>, receipt: &mut Receipt) -> Result<Piece, Error> {
    let title = html::dom::squeeze(&html::plain(source).title);
    let body = fragment::plain_body(source);
    if body.is_empty() && title.is_empty() {
        return Err(Error::Empty);
    }
    receipt.degrade("structure", None);
    Ok(Piece {
        lang: detect(&body),
        title: (!title.is_empty()).then_some(title),
        url: url.and_then(absolute).map(String::from),
        body,
        ..Piece::default()
    })
}

/// The language of a page: what it declares, unless its words are plainly in another of those that Edito knows; many
/// templates declare the language they were written in.
pub(crate) fn language(declared: Option<Lang>, text: &str) -> Option<Lang> {
    let detected = detect(text);
    match (&declared, &detected) {
        (Some(Lang::Fr | Lang::En | Lang::Ar), Some(_)) | (None, _) => detected,
        _ => declared,
    }
}

fn note_kept(piece: &Piece, receipt: &mut Receipt) {
    let kept = [
        ("title", piece.title.is_some()),
        ("standfirst", piece.standfirst.is_some()),
        ("author", !piece.authors.is_empty()),
        (
            "author-function",
            piece.authors.iter().any(|author| author.function.is_some()),
        ),
        ("section", !piece.section.is_empty()),
        ("date", piece.published.is_some()),
        ("address", piece.url.is_some()),
        ("text", !piece.body.is_empty()),
    ];
    for (kind, _) in kept.iter().filter(|(_, there)| *there) {
        receipt.keep(kind);
    }
}
