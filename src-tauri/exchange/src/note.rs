//! Files in Markdown or plain text: notes of a vault, posts of a static site, drafts.
//!
//! The text stays as it is, front matter included; what is read out of the front matter only tells the piece from
//! others. Pictures that lie beside it come along: `![…](…)` with an address without a scheme, and Obsidian's
//! `![[…]]`. Links between files stay: pieces that lay beside each other lie beside each other afterwards.

use edito_prose::{LinkKind, analyse, frontmatter};

use crate::decode::decode;
use crate::piece::{Image, Piece};
use crate::source::Attachments;
use crate::{Error, Receipt, read_text};

/// Reads a text file: in Markdown, unless its name ends in `.txt` or the like. `name` is that of its file; `folder` the
/// folders it lies in.
///
/// # Errors
///
/// As [`crate::read_text`].
pub fn read_note(
    bytes: &[u8],
    name: &str,
    folder: &[String],
    attachments: &mut dyn Attachments,
) -> Result<(Piece, Receipt), Error> {
    let (mut piece, mut receipt) = read_text(bytes, Some(name))?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    piece.folder = folder.to_vec();
    piece.file = Some(stem.to_owned());
    if matches!(ending.to_ascii_lowercase().as_str(), "txt" | "text" | "asc") {
        return Ok((piece, receipt));
    }
    let text = decode(bytes).text.replace("\r\n", "\n").replace('\r', "\n");
    let parts = frontmatter::split(&text);
    piece.front = text
        .get(..parts.body_start)
        .map(|head| head.trim_start_matches('\u{feff}'))
        .filter(|head| parts.format.is_some() && !head.is_empty())
        .map(str::to_owned);
    // Front matter stays whole, and pictures come along: what is lost without that is not.
    piece.capture = None;
    receipt
        .degraded
        .retain(|note| !matches!(note.kind.as_str(), "front-matter-field" | "local-image"));
    if piece.front.is_some() {
        receipt.keep("front-matter");
    }
    if frontmatter::read(&text).id.is_some() {
        // Two libraries must not hold two articles that are one.
        receipt.degrade("id", None);
    }
    piece.body = with_pictures(
        &text,
        parts.body_start,
        folder,
        attachments,
        &mut piece.images,
        &mut receipt,
    );
    Ok((piece, receipt))
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
