//! Books (EPUB 2 and 3).
//!
//! A book is one piece: its chapters follow each other in the order of the spine, each under its heading. That is how
//! a reader searches, marks and quotes a book; the outline leads to the chapters, and a footnote finds its sign
//! wherever in the book it stands. A piece for each chapter would scatter one work over a library's list.
//!
//! The archive is read by [`crate::archive`], which keeps out what lies about itself. Scripts, forms and everything
//! that would have to be asked for from elsewhere are left out; the book works as it came, or not at all.

mod package;
mod xml;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::io::Cursor;

use dom_query::{Document, NodeRef};
use edito_prose::Lang;

use crate::address::Addresses;
use crate::archive::{Archive, ArchiveError};
use crate::content::{self, Block, Inline, OWN_ATTRIBUTES, Part, Parts, Reading};
use crate::decode::decode_markup;
use crate::html::{self, dom};
use crate::images::Gallery;
use crate::piece::{Capture, Kind, Piece};
use crate::url::absolute;
use crate::{Error, Receipt, page};
use package::Package;

/// The largest file of a book that is read, in bytes.
const MAX_BYTES: usize = 512 * 1024 * 1024;

/// Texts of more files than this are no book.
const MAX_TEXTS: usize = 5_000;

/// Reads a book. `name` is that of its file, for the receipt. Members of the archive that may not be read are told in
/// the receipt, each by its name.
///
/// # Errors
///
/// [`Error::WrongFormat`] for what is no archive or holds no package, [`Error::Encrypted`] when its texts are,
/// [`Error::TooLarge`] when it unpacks to more than 512 MB, [`Error::Empty`] when there is no text in it.
pub fn read_book(bytes: &[u8], name: Option<&str>) -> Result<(Piece, Receipt), Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLarge);
    }
    let mut receipt = Receipt::new(name.unwrap_or_default());
    let mut archive = Archive::open(Cursor::new(bytes)).map_err(|error| of_archive(&error))?;
    for refused in archive.refused() {
        receipt.fail(refused.reason.kind(), Some(&refused.name));
    }
    let container = archive
        .read("META-INF/container.xml")
        .map_err(|error| of_archive(&error))?;
    let path = package::path_of_package(&container).ok_or(Error::WrongFormat)?;
    let package = package::read(&archive.read(&path).map_err(|error| of_archive(&error))?, &path);
    if package.texts.is_empty() || package.texts.len() > MAX_TEXTS {
        return Err(if package.texts.is_empty() {
            Error::Empty
        } else {
            Error::TooLarge
        });
    }
    let locked = locked(&mut archive)?;
    if package.texts.iter().any(|text| locked.contains(text)) {
        return Err(Error::Encrypted);
    }
    let headings = headings(&mut archive, &package)?;
    let merged = merge(&mut archive, &package, &headings, &mut receipt)?;
    let parts = Members {
        archive: RefCell::new(archive),
        failed: RefCell::default(),
    };
    let mut gallery = Gallery::default();
    let mut blocks: Vec<Block> = Vec::new();
    let cover = package
        .cover
        .as_deref()
        .and_then(|path| parts.part(&format!("{MEMBER}{path}"), None));
    if let Some(cover) = cover
        && let Some(place) = gallery.embed(&cover.bytes, cover.name.as_deref(), None, &mut receipt)
    {
        receipt.keep("cover");
        blocks.push(Block::Paragraph(vec![Inline::Image {
            place,
            alt: package.title.clone().unwrap_or_default(),
        }]));
    }
    text(&merged, &parts, &mut gallery, &mut blocks, &mut receipt);
    if parts
        .failed
        .borrow()
        .as_ref()
        .is_some_and(|error| matches!(error, ArchiveError::TooLarge(_)))
    {
        return Err(Error::TooLarge);
    }
    finish(package, blocks, gallery, bytes, receipt)
}

/// How the texts of a book ask for its members once they are put together.
const MEMBER: &str = "edito-member:";

fn of_archive(error: &ArchiveError) -> Error {
    match error {
        ArchiveError::TooLarge(_) | ArchiveError::TooMany(_) => Error::TooLarge,
        ArchiveError::Damaged(_) | ArchiveError::Missing(_) => Error::WrongFormat,
        ArchiveError::Mismatched(_) | ArchiveError::Unpackable(_) | ArchiveError::Io(_) => Error::Damaged,
    }
}

/// The members that are encrypted in the book's own way. Fonts that are only made unusable elsewhere do not count.
fn locked(archive: &mut Archive<Cursor<&[u8]>>) -> Result<HashSet<String>, Error> {
    const LIST: &str = "META-INF/encryption.xml";
    if !archive.contains(LIST) {
        return Ok(HashSet::new());
    }
    let list = archive.read(LIST).map_err(|error| of_archive(&error))?;
    let mut locked = HashSet::new();
    let mut only_disguised = false;
    for element in xml::elements(&list) {
        match element.name.as_str() {
            "EncryptionMethod" => {
                let method = element.attribute("Algorithm").unwrap_or_default();
                only_disguised =
                    method.contains("idpf.org/2008/embedding") || method.contains("ns.adobe.com/pdf/enc#RC");
            }
            "CipherReference" if !only_disguised => {
                locked.extend(element.attribute("URI").map(|uri| package::joined("", uri)));
            }
            _ => {}
        }
    }
    Ok(locked)
}

fn headings(archive: &mut Archive<Cursor<&[u8]>>, package: &Package) -> Result<HashMap<String, String>, Error> {
    let mut member = |path: &Option<String>| -> Result<Option<(Vec<u8>, String)>, Error> {
        match path {
            Some(path) if archive.contains(path) => {
                let bytes = archive.read(path).map_err(|error| of_archive(&error))?;
                Ok(Some((bytes, path.clone())))
            }
            _ => Ok(None),
        }
    };
    let contents = member(&package.contents)?;
    let ncx = member(&package.ncx)?;
    Ok(package::headings(
        contents.as_ref().map(|(bytes, path)| (bytes.as_slice(), path.as_str())),
        ncx.as_ref().map(|(bytes, path)| (bytes.as_slice(), path.as_str())),
    ))
}

/// All texts put together as one document: places keep apart by the path of their file, and links between files become
/// links within.
fn merge(
    archive: &mut Archive<Cursor<&[u8]>>,
    package: &Package,
    headings: &HashMap<String, String>,
    receipt: &mut Receipt,
) -> Result<Vec<String>, Error> {
    let mut merged = Vec::new();
    for path in &package.texts {
        if Some(path) == package.contents.as_ref() {
            continue;
        }
        let bytes = match archive.read(path) {
            Ok(bytes) => bytes,
            Err(error @ (ArchiveError::TooLarge(_) | ArchiveError::Io(_))) => return Err(of_archive(&error)),
            Err(error) => {
                receipt.fail(error.kind(), Some(path));
                continue;
            }
        };
        let decoded = decode_markup(&bytes, None);
        if decoded.lossy {
            receipt.degrade("encoding", Some(path));
        }
        let source = expanded(&decoded.text);
        let Some(document) = html::parse(&source) else {
            receipt.degrade("structure", Some(path));
            let words = html::plain(&source).paragraphs;
            merged.push(words.iter().map(|words| format!("<p>{}</p>", escaped(words))).collect());
            continue;
        };
        localise(&document, path, package, receipt);
        let Some(body) = document.body() else { continue };
        let mut section = format!("<div id=\"{}\">", escaped(path));
        let headed = body
            .descendants_it()
            .any(|node| dom::is(&node, &["h1", "h2", "h3", "h4"]) && !dom::text_within(&node, 40).is_empty());
        if let Some(heading) = headings.get(path)
            && !headed
            && dom::length_within(&body, 200) >= 100
        {
            section.push_str(&format!("<h1>{}</h1>", escaped(heading)));
        }
        section.push_str(&body.inner_html());
        section.push_str("</div>");
        merged.push(section);
    }
    Ok(merged)
}

/// Rewrites what a text of a book refers to, and takes out what a book may not do.
fn localise(document: &Document, path: &str, package: &Package, receipt: &mut Receipt) {
    let nodes: Vec<NodeRef<'_>> = document.root().descendants_it().filter(NodeRef::is_element).collect();
    for node in nodes {
        let name = dom::name(&node);
        if matches!(
            &*name,
            "script" | "style" | "link" | "base" | "meta" | "form" | "iframe" | "object" | "embed"
        ) {
            if &*name == "script" {
                receipt.leave_out("script", None);
            }
            // A form's words stay; its fields are nothing to read.
            if &*name != "form" {
                node.remove_from_parent();
            }
            continue;
        }
        for attribute in node.attrs() {
            if attribute.name.local.starts_with(OWN_ATTRIBUTES) {
                node.remove_attr(&attribute.name.local);
            }
        }
        if let Some(id) = dom::attribute(&node, "id") {
            node.set_attr("id", &format!("{path}#{id}"));
        }
        match &*name {
            "a" => {
                if let Some(href) = dom::attribute(&node, "href") {
                    match local(path, &href, package) {
                        Some(target) => node.set_attr("href", &target),
                        None if absolute(&href).is_some() || href.starts_with("mailto:") => {}
                        None => node.remove_attr("href"),
                    }
                }
                // The sign of a note says so; for the eye of a search it is set as one.
                let sign = ["epub:type", "role"]
                    .iter()
                    .filter_map(|name| dom::attribute(&node, name))
                    .any(|kind| kind.contains("noteref"));
                if sign && node.parent().is_some_and(|parent| !dom::is(&parent, &["sup"])) {
                    let raised = node.tree.new_element("sup");
                    node.insert_before(&raised);
                    raised.append_child(&node);
                }
            }
            "img" | "image" => {
                let source = ["src", "xlink:href", "href"]
                    .iter()
                    .find_map(|name| dom::attribute(&node, name));
                let Some(source) = source else { continue };
                if source.contains("://") || source.starts_with("//") {
                    receipt.leave_out("remote-part", Some(&source));
                    node.remove_from_parent();
                } else if !crate::images::is_data_url(&source) {
                    let member = format!("{MEMBER}{}", package::joined(path, &source));
                    node.remove_attrs(&["srcset", "data-src", "data-srcset"]);
                    if &*name == "image" {
                        // A drawing that only frames a picture, as covers have it.
                        let picture = node.tree.new_element("img");
                        picture.set_attr("src", &member);
                        let frame = node.ancestors_it(Some(4)).find(|above| dom::is(above, &["svg"]));
                        frame.unwrap_or(node).replace_with(&picture);
                    } else {
                        node.set_attr("src", &member);
                    }
                }
            }
            "audio" | "video" | "source" => {
                receipt.leave_out("media", dom::attribute(&node, "src").as_deref());
                node.remove_from_parent();
            }
            // The text of a note that says so counts as one wherever its sign is.
            _ => {
                let kind = ["epub:type", "role"].iter().find_map(|name| {
                    dom::attribute(&node, name).filter(|kind| {
                        ["footnote", "endnote", "rearnote"]
                            .iter()
                            .any(|note| kind.contains(note) && !kind.ends_with("notes"))
                    })
                });
                if kind.is_some() {
                    node.add_class("footnote");
                    // Shown where it is asked for, hidden where it stands.
                    node.remove_attr("hidden");
                }
            }
        }
    }
}

/// A link to another text of the book, as a link within; an empty place for one to a text that is not read.
fn local(path: &str, href: &str, package: &Package) -> Option<String> {
    if absolute(href).is_some()
        || href.contains("://")
        || href.starts_with("mailto:")
        || href.contains("script:")
        || href.starts_with("data:")
    {
        return None;
    }
    let target = package::joined(path, href);
    let fragment = href.split_once('#').map(|(_, fragment)| fragment);
    if !package.texts.contains(&target) && target != path {
        return None;
    }
    Some(match fragment {
        Some(fragment) => format!("#{target}#{fragment}"),
        None => format!("#{target}"),
    })
}

/// XHTML as HTML parsers read it: an element that closes itself is open and closed, for they know no such thing.
fn expanded(source: &str) -> Cow<'_, str> {
    const VOID: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ];
    let mut out = String::new();
    let mut copied = 0;
    let mut from = 0;
    while let Some(end) = source.get(from..).and_then(|rest| rest.find("/>")).map(|at| from + at) {
        from = end + 2;
        let Some(start) = source.get(..end).and_then(|head| head.rfind('<')) else {
            continue;
        };
        let tag = source.get(start + 1..end).unwrap_or_default();
        let name_end = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
        let name = tag.get(..name_end).unwrap_or_default();
        let named = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':'));
        if !named || start < copied || VOID.iter().any(|void| void.eq_ignore_ascii_case(name)) || is_foreign(name) {
            continue;
        }
        out.push_str(source.get(copied..end).unwrap_or_default());
        out.push_str("></");
        out.push_str(name);
        out.push('>');
        copied = end + 2;
    }
    if copied == 0 {
        return Cow::Borrowed(source);
    }
    out.push_str(source.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// Elements of drawings and formulas, in which HTML parsers know self-closing.
fn is_foreign(name: &str) -> bool {
    matches!(
        name,
        "svg"
            | "image"
            | "path"
            | "rect"
            | "circle"
            | "line"
            | "use"
            | "g"
            | "polygon"
            | "polyline"
            | "ellipse"
            | "stop"
            | "mspace"
            | "mprescripts"
            | "none"
            | "mi"
            | "mo"
            | "mn"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Reads the texts, all at once where they fit into one tree, so that notes find their signs over chapters; else one
/// after the other.
fn text(merged: &[String], parts: &Members<'_>, gallery: &mut Gallery, blocks: &mut Vec<Block>, receipt: &mut Receipt) {
    let whole = html::parse(&merged.concat());
    let pieces: Vec<Document> = match whole {
        Some(document) => vec![document],
        None => merged.iter().filter_map(|section| html::parse(section)).collect(),
    };
    let mut numbered = 0;
    for document in &pieces {
        let mut reading = Reading {
            addresses: Addresses::default(),
            parts,
            gallery,
            receipt,
            flatten_tables: false,
            prepared: true,
        };
        let mut found = page::read_with_notes(document, numbered, &mut reading);
        numbered += found.iter().filter(|block| matches!(block, Block::Note(..))).count();
        blocks.append(&mut found);
    }
}

fn finish(
    package: Package,
    mut blocks: Vec<Block>,
    gallery: Gallery,
    bytes: &[u8],
    mut receipt: Receipt,
) -> Result<(Piece, Receipt), Error> {
    // A page of nothing but the cover would show it twice.
    if let [Block::Paragraph(first), Block::Paragraph(second), ..] = blocks.as_slice()
        && let ([Inline::Image { place, .. }], [Inline::Image { place: again, .. }]) =
            (first.as_slice(), second.as_slice())
        && place == again
    {
        blocks.remove(1);
    }
    page::set_headings(&mut blocks);
    let plain = content::plain_text(&blocks);
    if plain.trim().is_empty() && blocks.is_empty() {
        return Err(Error::Empty);
    }
    let declared = package.lang.filter(|lang| *lang != Lang::Other("und".into()));
    let piece = Piece {
        kind: Some(Kind::Book),
        title: package.title,
        standfirst: package.subtitle,
        teaser: package.description.filter(|text| text.chars().count() <= 1_000),
        authors: package.authors,
        tags: package.subjects,
        published: package.published,
        lang: declared.or_else(|| edito_prose::detect(&plain)),
        url: package.source.as_deref().and_then(absolute).map(String::from),
        site: package.publisher,
        body: content::write(&blocks),
        images: gallery.into_images(),
        capture: Some(Capture {
            bytes: bytes.to_vec(),
            ending: "epub".into(),
        }),
        ..Piece::default()
    };
    for (kind, there) in [
        ("title", piece.title.is_some()),
        ("author", !piece.authors.is_empty()),
        ("date", piece.published.is_some()),
        ("text", true),
    ] {
        if there {
            receipt.keep(kind);
        }
    }
    if !edito_prose::markdown::is_within_limits(&piece.body) {
        receipt.degrade("too-long-to-render", None);
    }
    Ok((piece, receipt))
}

/// The members of a book as its text asks for them.
struct Members<'b> {
    archive: RefCell<Archive<Cursor<&'b [u8]>>>,
    /// Why the last member that could not be read could not.
    failed: RefCell<Option<ArchiveError>>,
}

impl Parts for Members<'_> {
    fn part(&self, written: &str, _: Option<&str>) -> Option<Part<'_>> {
        let path = written.strip_prefix(MEMBER)?;
        match self.archive.borrow_mut().read(path) {
            Ok(bytes) => Some(Part {
                bytes: Cow::Owned(bytes),
                name: path.rsplit('/').next().map(str::to_owned),
            }),
            Err(error) => {
                // The limit met once stays the answer.
                let mut failed = self.failed.borrow_mut();
                if !matches!(*failed, Some(ArchiveError::TooLarge(_))) {
                    *failed = Some(error);
                }
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xhtml_is_read_as_it_is_meant() {
        assert_eq!(
            expanded("<title/><p><a id='x'/>a<br/><svg><path d='x'/></svg><i  class=\"y\" />b</p>"),
            "<title></title><p><a id='x'></a>a<br/><svg><path d='x'/></svg><i  class=\"y\" ></i>b</p>"
        );
        assert!(matches!(expanded("<p>a</p>"), Cow::Borrowed(_)));
    }
}
