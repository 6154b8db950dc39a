//! Articles keep their identity and what was said of them when their files move.

use super::desk::{Desk, all, assert_equals_fresh, id, some};
use crate::article::Continue;
use crate::identity::ArticleId;
use crate::library::Library;

const DECLARED: &str = "---\nid: 0190a0a0-0000-7000-8000-000000000001\n---\nUn texte.\n";

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
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn a_copy_is_the_article_once_the_original_is_gone() {
    let desk = Desk::with(&[("a.md", DECLARED), ("the-copy.md", DECLARED)]);
    let library = desk.open();
    let article = id(&library, "a.md");
    assert_ne!(id(&library, "the-copy.md"), article);
    desk.remove("a.md");
    all(&library).unwrap();
    assert_eq!(id(&library, "the-copy.md"), article);
    assert_equals_fresh(&desk, &library, "fresh");
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
    assert_equals_fresh(&desk, &library, "fresh");
}

/// The words of each version of an article, the newest first.
fn versions(library: &Library, article: &ArticleId) -> Vec<String> {
    library
        .versions(article)
        .unwrap()
        .iter()
        .map(|version| library.version_text(article, &version.id).unwrap())
        .collect()
}

/// An article and copies of it that nobody ever opened, whose names sort before and after it.
#[test]
fn a_trashed_article_keeps_its_identity_from_its_copies() {
    for text in ["Un texte.\n", DECLARED] {
        for copies in [&["a.md"][..], &["z.md", "sub/b.md"][..]] {
            let desk = Desk::with(&[("original.md", text)]);
            let library = desk.open();
            let article = id(&library, "original.md");
            library.set_star(std::slice::from_ref(&article), true).unwrap();
            library.name_version(&article, "Première").unwrap();
            for copy in copies {
                desk.write(copy, text);
            }
            all(&library).unwrap();
            let own: Vec<ArticleId> = copies.iter().map(|copy| id(&library, copy)).collect();
            assert!(!own.contains(&article));

            let (key, changes) = library.trash(&article).unwrap();
            assert_eq!(changes.deleted, std::slice::from_ref(&article));
            assert!(changes.updated.is_empty() && changes.moved.is_empty(), "{changes:?}");
            let copies_are_themselves = |library: &Library| {
                for (copy, own) in copies.iter().zip(&own) {
                    assert_eq!(id(library, copy), *own, "{copy} {text}");
                    assert!(!library.row(own).unwrap().unwrap().starred);
                    assert!(versions(library, own).is_empty());
                }
            };
            copies_are_themselves(&library);
            assert_equals_fresh(&desk, &library, "trashed");
            all(&library).unwrap();
            copies_are_themselves(&library);
            // Also one that comes while the article is in the trash, and after a rebuild.
            desk.write("later.md", text);
            some(&library, &["later.md"]);
            assert_ne!(id(&library, "later.md"), article);
            library.rebuild(&|_| Continue::Yes).unwrap();
            copies_are_themselves(&library);
            assert_equals_fresh(&desk, &library, "later");

            let (restored, _) = library.restore(&key).unwrap();
            assert_eq!(restored, article, "{text}");
            let row = library.row(&article).unwrap().unwrap();
            assert_eq!((row.path.as_str(), row.starred), ("original.md", true));
            assert_eq!(versions(&library, &article), [text]);
            copies_are_themselves(&library);
            assert_equals_fresh(&desk, &library, "restored");
        }
    }
}

#[test]
fn a_copy_at_the_place_of_a_trashed_article_is_another_one() {
    for text in ["Un texte.\n", DECLARED] {
        let desk = Desk::with(&[("a.md", text)]);
        let library = desk.open();
        let article = id(&library, "a.md");
        library.set_star(std::slice::from_ref(&article), true).unwrap();
        let (key, _) = library.trash(&article).unwrap();
        desk.write("a.md", text);
        some(&library, &["a.md"]);
        let other = id(&library, "a.md");
        assert_ne!(other, article, "{text}");
        assert!(!library.row(&other).unwrap().unwrap().starred);
        assert_equals_fresh(&desk, &library, "fresh");
        let (restored, _) = library.restore(&key).unwrap();
        assert_eq!(restored, article, "{text}");
        assert_eq!(library.row(&article).unwrap().unwrap().path, "a-2.md");
        assert_eq!(id(&library, "a.md"), other);
        assert_equals_fresh(&desk, &library, "restored");
    }
}

#[test]
fn what_is_deleted_for_good_leaves_its_copies_alone_and_may_come_back() {
    for text in ["Un texte.\n", DECLARED] {
        let desk = Desk::with(&[("a.md", text), ("copy.md", text)]);
        let library = desk.open();
        let article = id(&library, "a.md");
        library.set_star(std::slice::from_ref(&article), true).unwrap();
        let own = id(&library, "copy.md");
        let (key, _) = library.trash(&article).unwrap();
        library.delete_forever(&[key]).unwrap();
        all(&library).unwrap();
        assert_eq!(id(&library, "copy.md"), own, "{text}");
        assert_equals_fresh(&desk, &library, "copied");

        let desk = Desk::with(&[("a.md", text)]);
        let library = desk.open();
        let article = id(&library, "a.md");
        library.set_star(std::slice::from_ref(&article), true).unwrap();
        let (key, _) = library.trash(&article).unwrap();
        library.delete_forever(&[key]).unwrap();
        assert_equals_fresh(&desk, &library, "deleted");
        desk.write("from-a-backup.md", text);
        some(&library, &["from-a-backup.md"]);
        assert_eq!(id(&library, "from-a-backup.md"), article, "{text}");
        assert!(library.row(&article).unwrap().unwrap().starred);
        assert_equals_fresh(&desk, &library, "back");
    }
}

#[test]
fn a_file_that_is_taken_out_of_the_trash_by_hand_is_its_article_again() {
    for text in ["Un texte.\n", DECLARED] {
        let desk = Desk::with(&[("a.md", text), ("copy.md", text)]);
        let library = desk.open();
        let (article, own) = (id(&library, "a.md"), id(&library, "copy.md"));
        library.set_star(std::slice::from_ref(&article), true).unwrap();
        library.opened(&own).unwrap();
        let (key, _) = library.trash(&article).unwrap();
        desk.rename(&format!(".edito/trash/{key}/content/a.md"), "back.md");
        some(&library, &["back.md"]);
        assert_equals_fresh(&desk, &library, "fresh");
        assert_eq!(
            (id(&library, "back.md"), id(&library, "copy.md")),
            (article, own),
            "{text}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_linked_article_leads_to_its_file_from_every_section() {
    let desk = Desk::with(&[("un/b.md", "Autre.\n"), ("deux/profond/c.md", "Encore.\n")]);
    let shared = desk.root().with_file_name("shared");
    std::fs::create_dir(&shared).unwrap();
    std::fs::write(shared.join("a.md"), "Un texte partagé.\n").unwrap();
    std::os::unix::fs::symlink("../../shared/a.md", desk.root().join("un/a.md")).unwrap();
    let library = desk.open();
    let article = id(&library, "un/a.md");
    library.set_star(std::slice::from_ref(&article), true).unwrap();
    let leads_to_its_file = |path: &str| {
        let link = desk.root().join(path);
        assert!(link.is_symlink(), "{path}");
        assert_eq!(
            link.canonicalize().unwrap(),
            shared.join("a.md").canonicalize().unwrap()
        );
        let text = library.read_text(&article).unwrap();
        assert_eq!((text.path.as_str(), text.text.as_str()), (path, "Un texte partagé.\n"));
        assert!(library.row(&article).unwrap().unwrap().starred);
    };
    library.move_to(&article, "deux/profond").unwrap();
    leads_to_its_file("deux/profond/a.md");
    library.move_to(&article, "").unwrap();
    leads_to_its_file("a.md");
    library.move_to(&article, "un").unwrap();
    leads_to_its_file("un/a.md");
    // Into the trash and back, to another folder when its own is gone.
    let (key, _) = library.trash(&article).unwrap();
    library.restore(&key).unwrap();
    leads_to_its_file("un/a.md");
    let (key, _) = library.trash(&article).unwrap();
    std::fs::remove_dir_all(desk.root().join("un")).unwrap();
    std::fs::write(desk.root().join("un"), "no folder").unwrap();
    library.restore(&key).unwrap();
    leads_to_its_file("a.md");
}

/// The other desk learns it from the journal, whatever comes first: the record or the file.
#[test]
fn another_desk_leaves_a_trashed_article_its_identity_too() {
    for text in ["Un texte.\n", DECLARED] {
        let desk = Desk::with(&[("a.md", text), ("copy.md", text)]);
        let here = desk.open();
        let there = desk.open_elsewhere();
        let (article, own) = (id(&here, "a.md"), id(&here, "copy.md"));
        here.set_star(std::slice::from_ref(&article), true).unwrap();
        there.refresh_journal().unwrap();
        desk.pass(1);
        let (key, _) = here.trash(&article).unwrap();
        there.refresh_journal().unwrap();
        some(&there, &["a.md"]);
        assert_eq!(id(&there, "copy.md"), own);
        desk.pass(1);
        there.restore(&key).unwrap();
        here.refresh_journal().unwrap();
        all(&here).unwrap();
        assert_eq!((id(&here, "a.md"), id(&here, "copy.md")), (article, own));
        assert_equals_fresh(&desk, &here, "fresh");
    }
}
