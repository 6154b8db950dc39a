//! Saved pages of many shapes, each a folder: `page.html`, what is said of it in `expected.json`, its text in
//! `expected.md`.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;

use edito_exchange::{PageHints, read_page};

#[test]
fn each_page_gives_its_article() {
    let folders = support::folders("pages");
    assert!(folders.len() >= 15);
    let mut differences = Vec::new();
    for folder in folders {
        let source = fs::read(folder.join("page.html")).unwrap();
        let hints = PageHints {
            name: Some("page.html"),
            ..PageHints::default()
        };
        let (piece, receipt) =
            read_page(&source, hints).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        differences.extend(support::differences(&folder, &piece, &receipt));
        support::assert_no_raw_html(&piece.body);
        let page = support::rendered(&piece.body);
        for beside in ["Lire la suite", "Read more", "اقرأ المزيد", "S’inscrire", "Sign up for"] {
            assert!(!page.contains(beside), "{beside} in {}", folder.display());
        }
        assert_eq!(
            piece.capture.map(|capture| capture.bytes),
            Some(source),
            "{}",
            folder.display()
        );
    }
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}
