//! Plain text, which is no Markdown: its paragraphs are written so that they read the same.

use edito_prose::detect;

use crate::content::{self, Block};
use crate::mail::paragraphs;
use crate::piece::{Capture, Kind, Piece};
use crate::{Error, Receipt, encoding};

/// The largest text that is read, in bytes.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Reads a plain text.
///
/// # Errors
///
/// [`Error::TooLarge`] beyond 64 MB, [`Error::WrongFormat`] for bytes that are no text, [`Error::Empty`] for a text of
/// white space.
pub fn read_text(bytes: &[u8], name: Option<&str>) -> Result<(Piece, Receipt), Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLarge);
    }
    let wide = matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    if !wide && bytes.iter().take(8_000).any(|byte| *byte == 0) {
        return Err(Error::WrongFormat);
    }
    let mut receipt = Receipt::new(name.unwrap_or_default());
    let decoded = encoding::decode(bytes, None);
    if decoded.lossy {
        receipt.degrade("encoding", None);
    }
    if decoded.text.trim().is_empty() {
        return Err(Error::Empty);
    }
    let mut piece = plain(&decoded.text, bytes);
    if piece.title.is_none() {
        piece.title = name.and_then(of_file_name);
    }
    for (kind, there) in [
        ("title", piece.title.is_some()),
        ("author", !piece.authors.is_empty()),
        ("date", piece.published.is_some()),
        ("text", !piece.body.is_empty()),
    ] {
        if there {
            receipt.keep(kind);
        }
    }
    Ok((piece, receipt))
}

fn plain(text: &str, bytes: &[u8]) -> Piece {
    let mut blocks = paragraphs(text.trim_start_matches('\u{feff}'));
    // A short first line that stands alone is the title.
    let title = match blocks.first() {
        Some(Block::Paragraph(line)) if blocks.len() > 1 => {
            let words = content::block::words(line);
            let one_line = !line.contains(&content::Inline::Break);
            (one_line && words.chars().count() <= 120 && !words.ends_with(['.', ',', ';', ':'])).then_some(words)
        }
        _ => None,
    };
    if title.is_some() {
        blocks.remove(0);
    }
    Piece {
        kind: Some(Kind::Note),
        title,
        lang: detect(text),
        body: content::write(&blocks),
        capture: Some(Capture {
            bytes: bytes.to_vec(),
            ending: "txt".into(),
        }),
        ..Piece::default()
    }
}

fn of_file_name(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = stem.trim();
    (!stem.is_empty()).then(|| stem.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn plain_text_reads_the_same() {
        let text = "Le pont\n\n1. Il tient *encore*, dit-on, et cette ligne est assez longue pour qu’un programme\nl’ait coupée là.\n\n- un\n- deux\n\n> Cité\n";
        let (piece, _) = read_text(text.as_bytes(), Some("pont.txt")).unwrap();
        assert_eq!(piece.title.as_deref(), Some("Le pont"));
        assert_eq!(
            piece.body,
            "1\\. Il tient \\*encore\\*, dit-on, et cette ligne est assez longue pour qu’un programme l’ait coupée là.\n\n- un\n- deux\n\n> Cité\n"
        );
        let latin = encoding_rs::WINDOWS_1252
            .encode("Été\n\nL’été où « tout » était fermé.")
            .0;
        let (piece, _) = read_text(&latin, Some("a.txt")).unwrap();
        assert_eq!(piece.body, "L’été où « tout » était fermé.\n");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let read = |bytes: &[u8]| read_text(bytes, None).map(|_| ());
        assert_eq!(read(b" \n"), Err(Error::Empty));
        assert_eq!(read(b"PK\x03\x04\0\0"), Err(Error::WrongFormat));
    }
}
