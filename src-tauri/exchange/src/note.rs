//! Files in Markdown: notes of a vault, posts of a static site, drafts.
//!
//! The text stays as it is, front matter included; what is read out of the front matter only tells the piece from
//! others. Pictures that lie beside it come along: `![…](…)` with an address without a scheme, and Obsidian's
//! `![[…]]`. Links between files stay: pieces that lay beside each other lie beside each other afterwards.

use edito_prose::{ArticleDate, LinkKind, analyse, frontmatter};
use jiff::Timestamp;

use crate::piece::{Image, Kind, Piece};
use crate::source::Attachments;
use crate::{Error, Receipt, decode};

/// The largest file that is read, in bytes.
pub const MAX_NOTE_BYTES: usize = 64 * 1024 * 1024;

/// Reads a file in Markdown. `name` is that of its file; `folder` the folders it lies in.
///
/// # Errors
///
/// [`Error::TooLarge`] beyond [`MAX_NOTE_BYTES`], [`Error::WrongFormat`] for what is no text, [`Error::Empty`] for a
/// file without a word.
pub fn read_note(
    bytes: &[u8],
    name: &str,
    folder: &[String],
    attachments: &mut dyn Attachments,
) -> Result<(Piece, Receipt), Error> {
    if bytes.len() > MAX_NOTE_BYTES {
        return Err(Error::TooLarge);
    }
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if !wide && bytes.iter().take(8_192).any(|byte| *byte == 0) {
        return Err(Error::WrongFormat);
    }
    let mut receipt = Receipt::new(name);
    let decoded = decode::decode(bytes, None);
    if decoded.lossy {
        receipt.degrade("encoding", None);
    }
    let text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    let parts = frontmatter::split(&text);
    let front = frontmatter::read(&text);
    let head = text
        .get(..parts.body_start)
        .map(|head| head.trim_start_matches('\u{feff}'))
        .filter(|head| parts.format.is_some() && !head.is_empty());
    if front.id.is_some() {
        // Two libraries must not hold two articles that are one.
        receipt.degrade("id", None);
    }
    let source = front.source.unwrap_or_default();
    let clipped = source.url.is_some();
    let created = entry(parts.front, "created").and_then(|value| ArticleDate::parse(&value));
    // Of a clipping, `created` says when it was clipped.
    let date = front
        .date
        .filter(|date| !(clipped && Some(*date) == created && entry(parts.front, "published").is_none()));
    let captured = source.captured.or(created.filter(|_| clipped));
    // The description of a page is not known to be a standfirst.
    let (standfirst, teaser) = if clipped && entry(parts.front, "description").is_some() {
        (None, front.standfirst.or(front.teaser))
    } else {
        (front.standfirst, front.teaser)
    };
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut piece = Piece {
        kind: source.url.is_none().then_some(Kind::Note),
        title: front.title,
        standfirst,
        teaser,
        authors: front.authors,
        tags: front.tags,
        published: source.published.or(date),
        updated: front.updated,
        lang: front.lang,
        url: source.url,
        site: source.site,
        captured: captured.and_then(|date| Timestamp::from_second(date.sort_key()).ok()),
        front: head.map(str::to_owned),
        folder: folder.to_vec(),
        file: Some(stem.to_owned()),
        ..Piece::default()
    };
    piece.title = piece
        .title
        .or_else(|| analyse(&text).title)
        .or_else(|| Some(stem.to_owned()));
    piece.body = with_pictures(
        &text,
        parts.body_start,
        folder,
        attachments,
        &mut piece.images,
        &mut receipt,
    );
    receipt.keep("text");
    if piece.front.is_some() {
        receipt.keep("front-matter");
    }
    Ok((piece, receipt))
}

/// The value of a simple entry of front matter.
fn entry(front: &str, key: &str) -> Option<String> {
    front.lines().find_map(|line| {
        let rest = line.strip_prefix(key)?.trim_start();
        let value = rest.strip_prefix([':', '='])?.trim().trim_matches(['"', '\'']);
        (!value.is_empty()).then(|| value.to_owned())
    })
}

/// The body with its pictures taken along.
fn with_pictures(
    text: &str,
    body_start: usize,
    folder: &[String],
    attachments: &mut dyn Attachments,
    images: &mut Vec<Image>,
    receipt: &mut Receipt,
) -> String {
    let mut body = String::with_capacity(text.len() - body_start);
    let mut done = body_start;
    let mut links = analyse(text).links;
    links.sort_by_key(|link| link.range.start);
    for link in links {
        let mut range = link.range;
        let before = text.get(..range.start).unwrap_or_default();
        let written = text.get(range.clone()).unwrap_or_default();
        let embedded = if written.starts_with("[[") && before.ends_with('!') {
            range.start -= 1;
            true
        } else {
            written.starts_with("![[")
        };
        if range.start < done || !(embedded || link.kind == LinkKind::Image) || has_scheme(&link.target) {
            continue;
        }
        // `![[picture.png|300]]`, `![[note#heading]]`
        let target = link.target.split(['|', '#']).next().unwrap_or_default().trim();
        if embedded && !is_picture(target) {
            receipt.degrade("embedded-note", None);
            continue;
        }
        let Some(bytes) = attachments.find(folder, &decoded_path(target)) else {
            receipt.degrade("missing-image", Some(target));
            continue;
        };
        receipt.keep("image");
        body.push_str(text.get(done..range.start).unwrap_or_default());
        let written = text.get(range.clone()).unwrap_or_default();
        let placed = format!("edito-image:{}", images.len());
        let (alt, title) = if embedded {
            (target.rsplit('/').next().unwrap_or(target).to_owned(), None)
        } else {
            words_of(written)
        };
        body.push_str(&format!("![{}]({placed}", alt.replace(['[', ']'], "")));
        if let Some(title) = title {
            body.push(' ');
            body.push_str(title);
        }
        body.push(')');
        images.push(Image {
            bytes,
            url: None,
            name: target.rsplit('/').next().map(str::to_owned),
        });
        done = range.end;
    }
    body.push_str(text.get(done..).unwrap_or_default());
    body
}

/// What stands in the brackets of `![…](… "…")`, and its title with the quotes.
fn words_of(written: &str) -> (String, Option<&str>) {
    let alt = written
        .strip_prefix("![")
        .and_then(|rest| rest.split_once("]("))
        .map_or(String::new(), |(alt, _)| alt.to_owned());
    let title = written
        .strip_suffix(')')
        .and_then(|rest| rest.find(" \"").and_then(|at| rest.get(at + 1..)))
        .filter(|title| title.ends_with('"') && title.len() > 1);
    (alt, title)
}

fn has_scheme(target: &str) -> bool {
    target.starts_with("//")
        || target.split_once(':').is_some_and(|(scheme, _)| {
            scheme.len() > 1
                && scheme
                    .chars()
                    .all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it))
        })
}

fn is_picture(target: &str) -> bool {
    let ending = target.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(
        ending.as_deref(),
        Some("png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" | "bmp")
    )
}

/// `%20` as a space; what is no UTF-8 afterwards stays as it was.
fn decoded_path(target: &str) -> String {
    let mut bytes = Vec::with_capacity(target.len());
    let mut rest = target.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .filter(|_| *byte == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| target.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    struct Two;

    impl Attachments for Two {
        fn find(&mut self, folder: &[String], target: &str) -> Option<Vec<u8>> {
            (folder == ["Coffre"] && ["a b.png", "sous/c.jpg"].contains(&target)).then(|| target.as_bytes().to_vec())
        }
    }

    #[test]
    fn a_note_keeps_its_words_and_takes_its_pictures_along() {
        let text = "---\ntitle: Un\ntags: [x]\nodd: {y: 1}\n---\n[[Autre note|là]] ![[a b.png|300]] ![Une carte](sous/c.jpg \"t\")\n\n`![[a b.png]]` ![w](https://e.org/i.png) ![[absent.png]] ![[Autre note]]\n";
        let (piece, receipt) = read_note(text.as_bytes(), "Note.md", &["Coffre".to_owned()], &mut Two).unwrap();
        assert_eq!(
            piece.front.as_deref(),
            Some("---\ntitle: Un\ntags: [x]\nodd: {y: 1}\n---\n")
        );
        assert_eq!(
            piece.body,
            "[[Autre note|là]] ![a b.png](edito-image:0) ![Une carte](edito-image:1 \"t\")\n\n`![[a b.png]]` ![w](https://e.org/i.png) ![[absent.png]] ![[Autre note]]\n"
        );
        assert_eq!(piece.images.len(), 2);
        assert_eq!(
            (piece.title.as_deref(), piece.file.as_deref()),
            (Some("Un"), Some("Note"))
        );
        let degraded: Vec<&str> = receipt.degraded.iter().map(|note| note.kind.as_str()).collect();
        assert_eq!(degraded, ["missing-image", "embedded-note"]);
    }

    #[test]
    fn what_is_no_text_is_no_note() {
        let read = |bytes: &[u8]| read_note(bytes, "a.md", &[], &mut crate::NoAttachments).unwrap_err();
        assert_eq!(read(b"a\0b"), Error::WrongFormat);
        assert_eq!(read(b" \n"), Error::Empty);
    }
}
