//! A book in EPUB: one article, its notes as notes, its pictures beside it, nothing that runs.

use crate::desk::{Desk, counts, kinds, zipped};

const CONTAINER: &str = "<?xml version='1.0'?><container xmlns='urn:oasis:names:tc:opendocument:xmlns:container' version='1.0'><rootfiles><rootfile full-path='OPS/book.opf' media-type='application/oebps-package+xml'/></rootfiles></container>";
const PACKAGE: &str = "<?xml version='1.0'?><package xmlns='http://www.idpf.org/2007/opf' version='3.0' unique-identifier='id'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:identifier id='id'>urn:uuid:1</dc:identifier><dc:title>Le livre du pont</dc:title><dc:creator>Anne Tillier</dc:creator><dc:language>fr</dc:language><dc:date>2020-05-04</dc:date></metadata><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/><item id='b' href='b.xhtml' media-type='application/xhtml+xml'/><item id='i' href='pont.png' media-type='image/png'/></manifest><spine><itemref idref='a'/><itemref idref='b'/></spine></package>";
const FIRST: &str = "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><head><title/><script>alert(1)</script></head><body><h1>Le pont</h1><p>Un pont ne prévient pas<a epub:type='noteref' href='b.xhtml#n1'>1</a>.</p><p><img src='pont.png' alt='le pont'/></p></body></html>";
const SECOND: &str = "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><body><h1>La rive</h1><p>On y revient.</p><aside epub:type='footnote' id='n1'><p>Propos d’un chef de chantier.</p></aside></body></html>";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0";

#[test]
fn a_book_becomes_one_article_and_comes_in_once() {
    let desk = Desk::new();
    let members: [(&str, &[u8]); 6] = [
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OPS/book.opf", PACKAGE.as_bytes()),
        ("OPS/a.xhtml", FIRST.as_bytes()),
        ("OPS/b.xhtml", SECOND.as_bytes()),
        ("OPS/pont.png", PNG),
    ];
    let book = desk.source("Le livre du pont.epub", zipped(&members));
    let outcome = desk.import(&[&book]);
    assert_eq!(counts(&outcome), [1, 0, 0, 0], "{outcome}");
    assert!(
        kinds(&outcome, "unsupported").contains(&"script".to_owned()),
        "{outcome}"
    );
    let row = desk.rows().remove(0);
    assert_eq!(row["title"], "Le livre du pont");
    assert_eq!(row["authors"][0]["name"], "Anne Tillier");
    assert_eq!(
        (row["place"].as_str(), row["lang"].as_str()),
        (Some("inbox"), Some("fr"))
    );
    let files = desk.files();
    let text = String::from_utf8(files[row["path"].as_str().unwrap()].clone()).unwrap();
    for words in [
        "# Le pont",
        "# La rive",
        "[^1]",
        "Propos d’un chef de chantier.",
        "](media/",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("alert"), "{text}");
    assert!(
        files
            .iter()
            .any(|(path, bytes)| path.starts_with("captures/media/") && bytes == PNG),
        "{:?}",
        files.keys()
    );
    let id = row["id"].as_str().unwrap();
    let kept = std::fs::read_dir(desk.library().join(".edito/captures").join(id)).unwrap();
    assert_eq!(kept.count(), 1, "the book itself is kept");
    assert_eq!(counts(&desk.import(&[&book])), [0, 0, 1, 0]);
    // A book that is cut short changes nothing.
    let torn = desk.source("torn.epub", &zipped(&members)[..400]);
    assert_eq!(counts(&desk.import(&[&torn]))[..3], [0, 0, 0]);
    assert_eq!(desk.files(), files);
}
