//! Texts: Markdown files as Obsidian, its Web Clipper, Hugo, Zola and people write them, and plain text.
//!
//! Markdown is kept to the byte: what stands below the front matter is the body. Front matter is understood as
//! `edito-prose` understands it; what a piece has no place for is told, and the file then stays beside the piece.
//! Plain text is no Markdown: its paragraphs are written so that they read the same.

use edito_prose::{ArticleDate, LinkKind, analyse, detect, split};
use jiff::Timestamp;

use crate::content::{self, Block};
use crate::decode::decode;
use crate::mail::paragraphs;
use crate::piece::{Capture, Kind, Piece};
use crate::url::absolute;
use crate::{Error, Receipt};

/// The largest text that is read, in bytes.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Reads a text. What `name` ends in tells plain text (`.txt`, `.text`, `.asc`) from Markdown, which everything else is
/// taken for.
///
/// A file of the Web Clipper (one with the address it came from in `source`) keeps its day of clipping as `captured`
/// and the page's description as teaser: it is not known to be a standfirst.
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
    let decoded = decode(bytes);
    if decoded.lossy {
        receipt.degrade("encoding", None);
    }
    if decoded.text.trim().is_empty() {
        return Err(Error::Empty);
    }
    let ending = name
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let mut piece = match ending.as_deref() {
        Some("txt" | "text" | "asc") => plain(&decoded.text, bytes),
        _ => markdown(&decoded.text, bytes, &mut receipt),
    };
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

fn markdown(text: &str, bytes: &[u8], receipt: &mut Receipt) -> Piece {
    let parts = split(text);
    let found = analyse(text);
    let front = found.front;
    let source = front.source.unwrap_or_default();
    let url = source.url.as_deref().and_then(absolute).map(String::from);
    let clipped = url.is_some();
    let created = entry(parts.front, "created").and_then(|value| ArticleDate::parse(&value));
    let described = entry(parts.front, "description").is_some();
    // Of a clipping, `created` says when it was clipped.
    let published = source.published.or(front
        .date
        .filter(|date| !(clipped && Some(*date) == created && entry(parts.front, "published").is_none())));
    let captured = source.captured.or(created.filter(|_| clipped));
    let (standfirst, teaser) = if clipped && described {
        (None, front.standfirst.or(front.teaser))
    } else {
        (front.standfirst, front.teaser)
    };
    for link in &found.links {
        let local = match link.kind {
            LinkKind::Image => !link.target.contains("://"),
            _ => false,
        };
        if local {
            receipt.degrade("local-image", Some(&link.target));
        }
    }
    let mut unknown = false;
    for key in keys(parts.front) {
        if !KNOWN.contains(&key.as_str()) {
            receipt.degrade("front-matter-field", Some(&key));
            unknown = true;
        }
    }
    Piece {
        kind: (!clipped).then_some(Kind::Note),
        title: found.title,
        standfirst,
        teaser,
        authors: front.authors,
        section: front.section.into_iter().collect(),
        tags: front.tags,
        published,
        updated: front.updated,
        lang: front.lang.or_else(|| detect(&found.plain)),
        url,
        site: source.site,
        captured: captured.as_ref().and_then(moment),
        body: parts.body.to_owned(),
        // What the piece has no place for is not lost with it.
        capture: unknown.then(|| Capture {
            bytes: bytes.to_vec(),
            ending: "md".into(),
        }),
        ..Piece::default()
    }
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

/// The names of front matter that a piece has a place for, or that say nothing about the text.
const KNOWN: &[&str] = &[
    "title",
    "titre",
    "standfirst",
    "chapo",
    "chapô",
    "chapeau",
    "description",
    "summary",
    "subtitle",
    "dek",
    "teaser",
    "excerpt",
    "accroche",
    "authors",
    "author",
    "auteurs",
    "auteur",
    "byline",
    "section",
    "rubrique",
    "category",
    "categories",
    "tags",
    "tag",
    "keywords",
    "mots-clés",
    "date",
    "published",
    "publishDate",
    "pubDate",
    "publish_date",
    "created",
    "updated",
    "lastmod",
    "modified",
    "last_modified_at",
    "date_modified",
    "dateModified",
    "updated_at",
    "lang",
    "language",
    "langue",
    "locale",
    "source",
    "source_url",
    "canonical_url",
    "canonical",
    "link",
    "url",
    "id",
];

/// The keys that begin lines of front matter, at its outermost level.
fn keys(front: &str) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for line in front.lines().take(2_000) {
        let end = line.find([':', '=']).unwrap_or(0);
        let key = line.get(..end).unwrap_or_default().trim_end().trim_matches(['"', '\'']);
        let named = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if named && !line.starts_with([' ', '\t', '-', '#']) && !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
        }
        // A table of TOML: what is in it is one thing.
        if let Some(table) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            keys.push(table.trim_matches('[').to_owned());
        }
    }
    keys
}

/// The value of a simple entry of front matter.
fn entry(front: &str, key: &str) -> Option<String> {
    front.lines().find_map(|line| {
        let rest = line.strip_prefix(key)?.trim_start();
        let value = rest.strip_prefix([':', '='])?.trim().trim_matches(['"', '\'']);
        (!value.is_empty()).then(|| value.to_owned())
    })
}

/// The moment of a date: its midnight where it has no time, in UTC where it has no offset.
fn moment(date: &ArticleDate) -> Option<Timestamp> {
    Timestamp::from_second(date.sort_key()).ok()
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
    fn markdown_is_kept_to_the_byte() {
        for body in [
            "\n# Un titre\r\n\r\nTexte *tel* quel  \r\n\r\n* a\n- b\n\n<b>x</b> [[Lien|texte]] ==m== %%c%%",
            "Sans fin de ligne",
            "---\n\ntrait en tête\n",
        ] {
            let text = format!("---\ntitle: T\n---\n{body}");
            let (piece, _) = read_text(text.as_bytes(), Some("n.md")).unwrap();
            assert_eq!(piece.body, body);
            assert_eq!(piece.title.as_deref(), Some("T"));
            assert!(piece.capture.is_none());
        }
        let (piece, _) = read_text("# Titre\n\ntexte\n".as_bytes(), Some("a/b.md")).unwrap();
        assert_eq!(
            (piece.title.as_deref(), piece.body.as_str()),
            (Some("Titre"), "# Titre\n\ntexte\n")
        );
        let (piece, _) = read_text("texte\n".as_bytes(), Some("a/Une note.md")).unwrap();
        assert_eq!(piece.title.as_deref(), Some("Une note"));
    }

    #[test]
    fn a_clipping_keeps_what_the_clipper_wrote() {
        let text = "---\ntitle: \"Le pont\"\nsource: \"https://site.example/pont\"\nauthor:\n  - \"[[Hélène Vasseur]]\"\npublished: 2025-10-01\ncreated: 2025-10-03\n\
            description: \"Un résumé.\"\ntags:\n  - \"clippings\"\nmood: gris\n---\n## Texte\n\n![](vue.png) ![](https://x.fr/a.png)\n";
        let (piece, receipt) = read_text(text.as_bytes(), Some("Le pont.md")).unwrap();
        assert_eq!(piece.url.as_deref(), Some("https://site.example/pont"));
        assert_eq!(piece.authors[0].name, "Hélène Vasseur");
        assert_eq!(piece.published.unwrap().to_string(), "2025-10-01");
        assert_eq!(piece.captured.unwrap().to_string(), "2025-10-03T00:00:00Z");
        assert_eq!(
            (piece.standfirst.as_deref(), piece.teaser.as_deref()),
            (None, Some("Un résumé."))
        );
        assert_eq!(piece.tags, ["clippings"]);
        assert_eq!(piece.kind, None);
        let told: Vec<&str> = receipt
            .degraded
            .iter()
            .filter_map(|note| note.detail.as_deref())
            .collect();
        assert_eq!(told, ["vue.png", "mood"]);
        assert!(piece.capture.is_some());
        let without = text.replace("published: 2025-10-01\n", "");
        assert_eq!(read_text(without.as_bytes(), None).unwrap().0.published, None);
    }

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
