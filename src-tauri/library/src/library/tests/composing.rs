//! Articles made out of articles.

use super::desk::{Desk, bytes_below, found, id};
use crate::error::ErrorKind;
use edito_prose::compose::{At, split};

const TEXT: &str = "---\ntitle: Le tout\nstandfirst: Un chapô\nautre: reste\n---\n\nTête[^a].\n\n## Un / deux\n\nPart une[^a].\n\n[^a]: Note.\n";

#[test]
fn parts_become_articles_beside_theirs() {
    let desk = Desk::with(&[("editos/tout.md", TEXT), ("editos/un-deux.md", "Déjà là\n")]);
    let library = desk.open();
    let whole = id(&library, "editos/tout.md");
    let parts = split(TEXT, At::Level(2)).unwrap();
    let (made, _) = library.create_parts(&whole, TEXT, &parts.parts).unwrap();
    assert_eq!(desk.read("editos/tout.md"), TEXT);
    assert_eq!(desk.read("editos/un-deux.md"), "Déjà là\n");
    let text = library.read_text(&made[0]).unwrap();
    assert!(text.path.starts_with("editos/"));
    let row = library.row(&made[0]).unwrap().unwrap();
    assert_eq!(row.title, "Un / deux");
    assert!(text.text.contains("autre: reste"));
    assert!(!text.text.contains("chapô"));
    assert!(
        text.text.ends_with("---\n\nPart une[^a].\n\n[^a]: Note.\n"),
        "{}",
        text.text
    );
    assert_ne!(made[0], whole);
    assert_eq!(
        found(&library, "part "),
        [text.path.as_str(), "editos/tout.md"].map(str::to_owned)
    );
}

#[test]
fn articles_become_one_and_can_be_taken_apart_again() {
    let two = "---\ntitle: Second\ntags: [b]\nauthors: [Nour]\n---\n\nDeux[^a].\n\n[^a]: Autre note.\n";
    let desk = Desk::with(&[("a.md", TEXT), ("sub/b.md", two)]);
    let library = desk.open();
    let (first, second) = (id(&library, "a.md"), id(&library, "sub/b.md"));
    let merged = library.merge_articles(&[first.clone(), second.clone()]).unwrap();
    let text = desk.read("a.md");
    assert!(text.contains("## Second\n\nDeux[^a-2]."), "{text}");
    assert!(text.contains("[^a-2]: Autre note."));
    assert!(text.contains("autre: reste") && text.contains("Nour"));
    assert!(found(&library, "title:second ").is_empty());
    // The text of before is a version, and all of it can be undone.
    assert_eq!(merged.before, TEXT);
    let versions = library.versions(&first).unwrap();
    assert!(
        versions
            .iter()
            .any(|version| library.version_text(&first, &version.id).unwrap() == TEXT)
    );
    library.restore(&merged.trashed[0]).unwrap();
    library.save(&first, &merged.before, &merged.hash).unwrap();
    assert_eq!(desk.read("a.md"), TEXT);
    assert_eq!(desk.read("sub/b.md"), two);
    assert_eq!(id(&library, "sub/b.md"), second);
}

#[test]
fn what_can_not_be_put_together_stays_as_it_is() {
    let desk = Desk::with(&[
        ("a.md", "---\ntitle: [\n---\n\nUn\n"),
        ("b.md", "---\ntitle: B\ntags: [x]\n---\n\nDeux\n"),
    ]);
    let before = bytes_below(&desk.root());
    let library = desk.open();
    let (a, b) = (id(&library, "a.md"), id(&library, "b.md"));
    let kinds = [
        library.merge_articles(std::slice::from_ref(&a)),
        library.merge_articles(&[b.clone(), b.clone()]),
        library.merge_articles(&[a, b]),
    ]
    .map(|refused| refused.unwrap_err().kind);
    assert_eq!(kinds, [ErrorKind::Invalid; 3]);
    assert_eq!(bytes_below(&desk.root()), before);
}

#[test]
fn the_text_before_is_a_version_that_says_why() {
    let desk = Desk::with(&[
        ("a.md", "---\ntitle: A\n---\n\nUn\n"),
        ("b.md", "---\ntitle: B\n---\n\nDeux\n"),
    ]);
    let library = desk.open();
    let (a, b) = (id(&library, "a.md"), id(&library, "b.md"));
    let merged = library.merge_articles(&[a.clone(), b.clone()]).unwrap();
    assert_eq!(merged.trashed.len(), 1);
    // What stood there is a version of its own, whatever else was kept.
    let kept = library.versions(&a).unwrap();
    assert!(kept.iter().any(|version| version.reason.as_deref() == Some("joined")));
    assert_eq!(
        library.version_text(&a, &kept.last().unwrap().id).unwrap(),
        "---\ntitle: A\n---\n\nUn\n"
    );
}

#[test]
fn parts_without_a_title_are_called_so_in_their_language() {
    let text = "---\ntitle: T\nlang: en\n---\n\nWords\n\n# \n\nMore\n";
    let desk = Desk::with(&[("t.md", text)]);
    let library = desk.open();
    let whole = id(&library, "t.md");
    let parts = split(text, At::Level(1)).unwrap();
    let (made, _) = library.create_parts(&whole, text, &parts.parts).unwrap();
    assert_eq!(library.read_text(&made[0]).unwrap().path, "Untitled.md");
}
