//! Files that other programs write again.

use edito_citation::{Shelf, StyleProblem};

use crate::data;

#[test]
fn a_file_is_followed_and_never_adopted_torn() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("zotero.json");
    let shelf = Shelf::default();
    let keys = || {
        let works = shelf.works(std::slice::from_ref(&file));
        let keys: Vec<String> = works.entries().map(|entry| entry.key.clone()).collect();
        (
            keys.join(" "),
            works.sources[0].torn,
            works.sources[0].bibliography.problems.len(),
        )
    };
    assert_eq!(keys(), (String::new(), false, 1), "no file yet");
    let whole = data("zotero.json");
    std::fs::write(&file, &whole).unwrap();
    assert_eq!(keys(), ("mbembeBrutalisme2020 degaulle1954 12".into(), false, 2));
    for partial in ["", "[", &whole[..300], "rien"] {
        std::fs::write(&file, partial).unwrap();
        assert_eq!(
            keys(),
            ("mbembeBrutalisme2020 degaulle1954 12".into(), true, 2),
            "{partial}"
        );
    }
    std::fs::remove_file(&file).unwrap();
    assert!(keys().1);
    std::fs::write(&file, "[{\"id\": \"neuf\", \"type\": \"book\", \"title\": \"Neuf\"}]").unwrap();
    assert_eq!(keys(), ("neuf".into(), false, 0));
}

#[test]
fn a_style_of_the_user_is_read_again_when_it_changed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("maison.csl");
    let shelf = Shelf::default();
    assert_eq!(shelf.style(&file).unwrap_err(), StyleProblem::Unknown);
    std::fs::write(&file, "<style/>").unwrap();
    assert_eq!(shelf.style(&file).unwrap_err(), StyleProblem::Broken);
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/styles/iso690-note-fr.csl");
    std::fs::copy(shipped, &file).unwrap();
    let style = shelf.style(&file).unwrap();
    assert!(style.in_notes && style.id == "maison");
    let dependent = "<?xml version=\"1.0\"?><style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\"><info><title>x</title>\
        <id>http://x/y</id><link href=\"http://www.zotero.org/styles/apa\" rel=\"independent-parent\"/>\
        <updated>2014-07-28T23:18:55+00:00</updated></info></style>";
    std::fs::write(&file, dependent).unwrap();
    assert!(!shelf.style(&file).unwrap().in_notes);
}
