//! Books, made here: as publishers make them, and as somebody would who means harm.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::io::{Cursor, Write};

use edito_exchange::{Error, Kind, read_book};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const CONTAINER: &str = "<?xml version='1.0'?><container xmlns='urn:oasis:names:tc:opendocument:xmlns:container' version='1.0'>\
    <rootfiles><rootfile full-path='OEBPS/content.opf' media-type='application/oebps-package+xml'/></rootfiles></container>";

const PACKAGE: &str = "<?xml version='1.0' encoding='utf-8'?><package xmlns='http://www.idpf.org/2007/opf' version='3.0' unique-identifier='id'>\
    <metadata xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:opf='http://www.idpf.org/2007/opf'>\
    <dc:identifier id='id'>urn:isbn:0</dc:identifier><dc:title id='t'>Le Pont &amp; la Rive</dc:title><meta refines='#t' property='title-type'>main</meta>\
    <dc:title id='s'>Essai sur l’entretien</dc:title><meta refines='#s' property='title-type'>subtitle</meta>\
    <dc:creator id='a'>Hélène Vasseur</dc:creator><meta refines='#a' property='role'>aut</meta>\
    <dc:creator id='b'>Jean Traducteur</dc:creator><meta refines='#b' property='role'>trl</meta>\
    <dc:language>fr</dc:language><dc:publisher>Éditions du Quai</dc:publisher><dc:date>2021-05-04</dc:date>\
    <dc:description>&lt;p&gt;Un livre sur ce qui &lt;b&gt;dure&lt;/b&gt;.&lt;/p&gt;</dc:description><dc:subject>villes</dc:subject></metadata>\
    <manifest><item id='nav' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>\
    <item id='c0' href='text/cover.xhtml' media-type='application/xhtml+xml'/><item id='c1' href='text/ch%201.xhtml' media-type='application/xhtml+xml'/>\
    <item id='c2' href='text/ch2.xhtml' media-type='application/xhtml+xml'/><item id='n' href='text/notes.xhtml' media-type='application/xhtml+xml'/>\
    <item id='cov' href='img/cover.png' media-type='image/png' properties='cover-image'/><item id='i' href='img/pont.png' media-type='image/png'/></manifest>\
    <spine><itemref idref='c0'/><itemref idref='nav'/><itemref idref='c1'/><itemref idref='c2'/><itemref idref='n' linear='no'/></spine></package>";

const NAV: &str = "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><head><title/></head><body><nav epub:type='toc'><ol>\
    <li><a href='text/ch%201.xhtml'>Le pont</a></li><li><a href='text/ch2.xhtml#top'>La rive</a></li></ol></nav></body></html>";

const COVER: &str = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body><svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'><image width='10' height='10' xlink:href='../img/cover.png'/></svg></body></html>";

const FIRST: &str = "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><head><title/><script src='a.js'/><link rel='stylesheet' href='s.css'/></head>\
    <body><a id='start'/><h1>Le pont</h1><p>Un pont ne prévient pas<a epub:type='noteref' href='notes.xhtml#n1'>1</a>. Il tient, il tient encore.</p>\
    <p>Voir <a href='ch2.xhtml#top'>la rive</a> et <a href='https://site.example/x'>ailleurs</a>.</p><img src='../img/pont.png' alt='Le pont'/>\
    <script>alert(1)</script><img src='https://evil.example/a.png'/><iframe src='https://evil.example/'></iframe><video src='film.mp4'>film</video>\
    <form action='https://evil.example'><p>Un mot dans un formulaire.</p><input/></form></body></html>";

const SECOND: &str = "<html xmlns='http://www.w3.org/1999/xhtml'><body id='top'><p>La rive, elle, ne demande rien. Elle attend que l’on vienne, et l’on vient, parce que de l’autre côté il y a une autre rive.<sup><a href='notes.xhtml#n2' id='r2'>2</a></sup></p>\
    <ul><li>une</li><li>deux</li></ul></body></html>";

const NOTES: &str = "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><body><h2>Notes</h2><aside epub:type='footnote' id='n1' hidden='hidden'><p>1. Propos d’un chef de chantier.</p></aside>\
    <p id='n2'><a href='ch2.xhtml#r2'>2</a>. Voir le chapitre premier.</p></body></html>";

fn png(side: u8) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00".to_vec();
    bytes.extend([side, 0, 0, 0, side]);
    bytes.extend(b"\x08\x02\x00\x00\x00\x00\x00\x00\x00");
    bytes
}

struct Book(Vec<(String, Vec<u8>)>);

impl Book {
    fn usual() -> Book {
        let members: [(&str, &[u8]); 10] = [
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", CONTAINER.as_bytes()),
            ("OEBPS/content.opf", PACKAGE.as_bytes()),
            ("OEBPS/nav.xhtml", NAV.as_bytes()),
            ("OEBPS/text/cover.xhtml", COVER.as_bytes()),
            ("OEBPS/text/ch 1.xhtml", FIRST.as_bytes()),
            ("OEBPS/text/ch2.xhtml", SECOND.as_bytes()),
            ("OEBPS/text/notes.xhtml", NOTES.as_bytes()),
            ("OEBPS/img/cover.png", &png(20)),
            ("OEBPS/img/pont.png", &png(30)),
        ];
        Book(
            members
                .iter()
                .map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()))
                .collect(),
        )
    }

    fn with(mut self, name: &str, bytes: &[u8]) -> Book {
        match self.0.iter_mut().find(|(found, _)| found == name) {
            Some((_, found)) => *found = bytes.to_vec(),
            None => self.0.push((name.to_owned(), bytes.to_vec())),
        }
        self
    }

    fn packed(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.0 {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            zip.start_file(name.as_str(), options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

#[test]
fn a_book_is_one_piece_with_its_chapters_notes_and_images() {
    let packed = Book::usual().packed();
    let (piece, receipt) = read_book(&packed, Some("livre.epub")).unwrap();
    assert_eq!(
        piece.body,
        "![Le Pont & la Rive](edito-image:0)\n\n## Le pont\n\nUn pont ne prévient pas[^1]. Il tient, il tient encore.\n\n\
         Voir la rive et [ailleurs](https://site.example/x).\n\n![Le pont](edito-image:1)\n\nUn mot dans un formulaire.\n\n\
         ## La rive\n\nLa rive, elle, ne demande rien. Elle attend que l’on vienne, et l’on vient, parce que de l’autre côté il y a une autre rive.[^2]\n\n\
         - une\n- deux\n\n[^1]: Propos d’un chef de chantier.\n\n[^2]: Voir le chapitre premier.\n"
    );
    support::assert_no_raw_html(&piece.body);
    assert_eq!(piece.kind, Some(Kind::Book));
    assert_eq!(piece.title.as_deref(), Some("Le Pont & la Rive"));
    assert_eq!(piece.standfirst.as_deref(), Some("Essai sur l’entretien"));
    assert_eq!(piece.teaser.as_deref(), Some("Un livre sur ce qui dure."));
    let authors: Vec<&str> = piece.authors.iter().map(|author| author.name.as_str()).collect();
    assert_eq!(authors, ["Hélène Vasseur"]);
    assert_eq!(piece.site.as_deref(), Some("Éditions du Quai"));
    assert_eq!(piece.published.unwrap().to_string(), "2021-05-04");
    assert_eq!(piece.lang.unwrap().tag(), "fr");
    assert_eq!(piece.tags, ["villes"]);
    assert_eq!(piece.images.len(), 2);
    let left: Vec<&str> = receipt.unsupported.iter().map(|note| note.kind.as_str()).collect();
    assert_eq!(left, ["script", "remote-part", "media"], "{receipt:?}");
    assert_eq!(piece.capture.unwrap().ending, "epub");
}

#[test]
fn a_book_of_the_older_kind_is_read_by_its_own_contents() {
    let package = PACKAGE
        .replace(" properties='nav'", "")
        .replace(" properties='cover-image'", "")
        .replace("<spine>", "<spine toc='ncx'>")
        .replace("<itemref idref='nav'/>", "")
        .replace(
            "</manifest>",
            "<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/></manifest>",
        )
        .replace("</metadata>", "<meta name='cover' content='cov'/></metadata>");
    let ncx = "<ncx><docTitle><text>Le Pont</text></docTitle><navMap><navPoint><navLabel><text>Le pont</text></navLabel><content src='text/ch%201.xhtml'/></navPoint>\
        <navPoint><navLabel><text>La rive</text></navLabel><content src='text/ch2.xhtml'/></navPoint></navMap></ncx>";
    let packed = Book::usual()
        .with("OEBPS/content.opf", package.as_bytes())
        .with("OEBPS/toc.ncx", ncx.as_bytes())
        .packed();
    let (piece, _) = read_book(&packed, None).unwrap();
    assert!(
        piece
            .body
            .starts_with("![Le Pont & la Rive](edito-image:0)\n\n## Le pont\n"),
        "{}",
        piece.body
    );
    assert!(piece.body.contains("\n## La rive\n"), "{}", piece.body);
}

#[test]
fn an_honest_member_at_160_to_1_is_read() {
    // 18
    let long = format!(
        "<html><body><h1>Long</h1><p>{}</p></body></html>",
        "le pont et la rive ".repeat(60_000)
    );
    let packed = Book::usual().with("OEBPS/text/ch2.xhtml", long.as_bytes()).packed();
    assert!(packed.len() * 100 < long.len(), "{}", packed.len());
    let (piece, _) = read_book(&packed, None).unwrap();
    assert!(piece.body.len() > 1_000_000);
}

#[test]
fn a_bomb_stops_at_the_limit() {
    // 16: twenty texts of 32 MB each.
    let text = format!("<html><body><p>{}</p></body></html>", "a".repeat(32 * 1024 * 1024));
    let mut book = Book::usual();
    let (mut items, mut references) = (String::new(), String::new());
    for number in 0..20 {
        items.push_str(&format!(
            "<item id='b{number}' href='b{number}.xhtml' media-type='application/xhtml+xml'/>"
        ));
        references.push_str(&format!("<itemref idref='b{number}'/>"));
        book = book.with(&format!("OEBPS/b{number}.xhtml"), text.as_bytes());
    }
    let package = PACKAGE
        .replace("</manifest>", &format!("{items}</manifest>"))
        .replace("</spine>", &format!("{references}</spine>"));
    let packed = book.with("OEBPS/content.opf", package.as_bytes()).packed();
    assert!(packed.len() < 2 * 1024 * 1024);
    assert_eq!(read_book(&packed, None).map(|_| ()), Err(Error::TooLarge));
}

#[test]
fn members_that_lead_out_are_kept_out_and_told() {
    // 14
    let packed = Book::usual()
        .with("../../evil.xhtml", b"x")
        .with("/etc/x", b"y")
        .packed();
    let (piece, receipt) = read_book(&packed, None).unwrap();
    assert!(piece.body.contains("Un pont ne prévient pas"));
    let outside = receipt
        .failed
        .iter()
        .filter(|note| note.kind == "archive-outside")
        .count();
    assert_eq!(outside, 2, "{receipt:?}");
}

#[test]
fn locked_and_broken_books_are_refused_in_words() {
    let read = |bytes: &[u8]| read_book(bytes, None).map(|_| ());
    let locked = "<encryption><EncryptedData><EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes128-cbc'/><CipherData><CipherReference URI='OEBPS/text/ch%201.xhtml'/></CipherData></EncryptedData></encryption>";
    assert_eq!(
        read(
            &Book::usual()
                .with("META-INF/encryption.xml", locked.as_bytes())
                .packed()
        ),
        Err(Error::Encrypted)
    );
    // Fonts that are only disguised lock nothing.
    let fonts = locked
        .replace(
            "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
            "http://www.idpf.org/2008/embedding",
        )
        .replace("text/ch%201.xhtml", "f.otf");
    assert_eq!(
        read(&Book::usual().with("META-INF/encryption.xml", fonts.as_bytes()).packed()),
        Ok(())
    );
    assert_eq!(read(b"PK\x03\x04"), Err(Error::WrongFormat));
    assert_eq!(read(b""), Err(Error::WrongFormat));
    assert_eq!(
        read(&Book(vec![("a.txt".into(), b"x".to_vec())]).packed()),
        Err(Error::WrongFormat)
    );
    // A text that is missing is told, and the others are read.
    let mut short = Book::usual();
    short.0.retain(|(name, _)| name != "OEBPS/text/ch2.xhtml");
    let (piece, receipt) = read_book(&short.packed(), None).unwrap();
    assert!(piece.body.contains("Un pont") && !piece.body.contains("La rive, elle"));
    assert!(
        receipt.failed.iter().any(|note| note.kind == "archive-missing"),
        "{receipt:?}"
    );
}
