//! Articles keep their identity and what was said of them when their files move.

use super::desk::{Desk, all, id, some};

#[test]
fn a_renamed_file_is_the_same_article() {
    let desk = Desk::with(&[("a.md", "Un texte.\n")]);
    let library = desk.open();
    let article = id(&library, "a.md");
    library.set_star(std::slice::from_ref(&article), true).unwrap();
    desk.rename("a.md", "b.md");
    let changes = some(&library, &["a.md", "b.md"]);
    assert_eq!(changes.moved.len(), 1);
    assert_eq!((changes.new.len(), changes.deleted.len()), (0, 0));
    assert_eq!(id(&library, "b.md"), article);
    assert!(library.row(&article).unwrap().unwrap().starred);
}

#[test]
fn a_move_told_in_two_halves_is_still_a_move() {
    let desk = Desk::with(&[("a.md", "Un texte.\n")]);
    let library = desk.open();
    let article = id(&library, "a.md");
    library.opened(&article).unwrap();
    desk.write("a.md", "Un texte changé depuis.\n");
    some(&library, &["a.md"]);
    desk.rename("a.md", "sub/b.md");
    assert_eq!(some(&library, &["a.md"]).deleted, std::slice::from_ref(&article));
    some(&library, &["sub"]);
    assert_eq!(id(&library, "sub/b.md"), article);
}

#[test]
fn a_file_that_takes_an_old_path_is_another_article() {
    let desk = Desk::with(&[("a.md", "Un texte.\n")]);
    let library = desk.open();
    let article = id(&library, "a.md");
    library.set_star(std::slice::from_ref(&article), true).unwrap();
    let moved = library.rename(&article, "b").unwrap();
    assert_eq!(moved.updated, std::slice::from_ref(&article));
    desk.write("a.md", "Un autre texte.\n");
    some(&library, &["a.md"]);
    assert_ne!(id(&library, "a.md"), article);
    assert_eq!(id(&library, "b.md"), article);
    assert!(!library.row(&id(&library, "a.md")).unwrap().unwrap().starred);
}

#[test]
fn a_copy_does_not_take_the_identity() {
    let text = "---\nid: 0190a0a0-0000-7000-8000-000000000001\n---\nUn texte.\n";
    let desk = Desk::with(&[("the-original.md", text)]);
    let library = desk.open();
    let article = id(&library, "the-original.md");
    assert_eq!(article.as_str(), "0190a0a0-0000-7000-8000-000000000001");
    desk.write("a.md", text);
    all(&library).unwrap();
    assert_eq!(id(&library, "the-original.md"), article);
    assert_ne!(id(&library, "a.md"), article);
    super::desk::assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn saving_by_renaming_over_keeps_the_article() {
    let desk = Desk::with(&[("a.md", "Un texte.\n")]);
    let library = desk.open();
    let article = id(&library, "a.md");
    library.set_star(std::slice::from_ref(&article), true).unwrap();
    desk.write("a.md~", "Un texte revu.\n");
    desk.rename("a.md~", "a.md");
    assert_eq!(
        some(&library, &["a.md", "a.md~"]).updated,
        std::slice::from_ref(&article)
    );
    assert!(library.row(&article).unwrap().unwrap().starred);
}

#[test]
fn a_folder_of_2000_files_moves_with_all_that_was_said_of_them() {
    let desk = Desk::new();
    for number in 0..2_000 {
        desk.write(&format!("from/{number}.md"), format!("Le texte numéro {number}.\n"));
    }
    let library = desk.open();
    let articles: Vec<_> = (0..2_000)
        .map(|number| id(&library, &format!("from/{number}.md")))
        .collect();
    library.set_star(&articles, true).unwrap();
    desk.rename("from", "to/deep");
    let changes = some(&library, &["from", "to"]);
    assert_eq!(
        (changes.moved.len(), changes.new.len(), changes.deleted.len()),
        (2_000, 0, 0)
    );
    for (number, article) in articles.iter().enumerate() {
        let row = library.row(article).unwrap().unwrap();
        assert_eq!(row.path, format!("to/deep/{number}.md"));
        assert!(row.starred);
    }
    super::desk::assert_equals_fresh(&desk, &library, "fresh");
}
