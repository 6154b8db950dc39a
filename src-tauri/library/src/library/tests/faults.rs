//! Kills between the stores, damaged indexes, folders that vanish, and copies of sync programs.

use super::desk::{Desk, all, assert_equals_fresh, dump, found, id, listed, some};
use crate::article::{FindingKind, ListQuery};
use crate::error::ErrorKind;
use crate::history::HistoryNoticeKind;
use crate::index::rows;
use crate::library::Library;
use rusqlite::Connection;
use std::fs;
use std::path::PathBuf;

fn index_folder(desk: &Desk) -> PathBuf {
    fs::read_dir(desk.cache()).unwrap().flatten().next().unwrap().path()
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A kill between the rows' commit and the words': the rows are new, the words old.
#[test]
fn words_that_were_not_committed_are_written_at_the_next_start() {
    let desk = Desk::with(&[("a.md", "Un mot.\n"), ("b.md", "Un autre.\n")]);
    drop(desk.open());
    let folder = index_folder(&desk);
    let words = desk.root().join("../words");
    copy(&folder.join("text"), &words);

    desk.write("a.md", "Remplacé ici.\n");
    desk.remove("b.md");
    desk.write("c.md", "Nouveau venu.\n");
    let library = desk.open();
    drop(library);
    // What was in the queue at the time of the kill.
    let rows = Connection::open(folder.join("rows.sqlite")).unwrap();
    rows.execute_batch("INSERT OR IGNORE INTO text_queue SELECT rowid FROM articles WHERE path IN ('a.md', 'c.md')")
        .unwrap();
    rows.execute_batch("INSERT OR IGNORE INTO text_queue VALUES (2), (1)")
        .unwrap();
    drop(rows);
    fs::remove_dir_all(folder.join("text")).unwrap();
    copy(&words, &folder.join("text"));

    let library = desk.open();
    assert_eq!(found(&library, "remplacé "), ["a.md"]);
    assert_eq!(found(&library, "nouveau "), ["c.md"]);
    assert!(found(&library, "autre ").is_empty());
    assert_equals_fresh(&desk, &library, "fresh");
}

/// A kill before identities were settled.
#[test]
fn identities_left_open_are_settled_at_the_next_start() {
    let text = "---\nid: 0190a0a0-0000-7000-8000-000000000001\n---\nTexte.\n";
    let desk = Desk::with(&[("a.md", text), ("copy of a.md", text)]);
    drop(desk.open());
    let rows = Connection::open(index_folder(&desk).join("rows.sqlite")).unwrap();
    rows.execute_batch("UPDATE articles SET id = declared, identity = 0")
        .unwrap();
    rows::remember(&rows, "unresolved", 1).unwrap();
    drop(rows);
    let library = desk.open();
    assert_ne!(id(&library, "a.md"), id(&library, "copy of a.md"));
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn a_damaged_index_is_set_aside_and_rebuilt() {
    let desk = Desk::with(&[("a.md", "Un mot.\n")]);
    let library = desk.open();
    library.set_star(&[id(&library, "a.md")], true).unwrap();
    drop(library);
    let folder = index_folder(&desk);
    let damages: [&dyn Fn(); 6] = [
        &|| {
            fs::write(
                folder.join("rows.sqlite"),
                "no database at all, but long enough to be looked at",
            )
            .unwrap()
        },
        &|| fs::write(folder.join("rows.sqlite"), "").unwrap(),
        &|| fs::remove_file(folder.join("rows.sqlite")).unwrap(),
        &|| fs::remove_dir_all(folder.join("text")).unwrap(),
        &|| fs::write(folder.join("text/meta.json"), "{").unwrap(),
        &|| {
            let rows = Connection::open(folder.join("rows.sqlite")).unwrap();
            rows.execute_batch("PRAGMA user_version = 1000").unwrap();
        },
    ];
    for (number, damage) in damages.iter().enumerate() {
        damage();
        let library = desk.open();
        assert_eq!(found(&library, "mot "), ["a.md"], "damage {number}");
        assert!(library.row(&id(&library, "a.md")).unwrap().unwrap().starred);
        drop(library);
    }
}

/// The store of versions takes nothing more: where its objects would go, there are files.
#[test]
fn versions_that_can_t_be_kept_are_told_of_once_and_texts_are_saved() {
    let desk = Desk::with(&[("a.md", "Un mot.\n"), ("b.md", "Autre.\n")]);
    let library = desk.open();
    library.name_version(&id(&library, "b.md"), "Première").unwrap();
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let heard = told.clone();
    library.on_history_damage(move |notice| heard.lock().unwrap().push(notice.clone()));
    let objects = desk.root().join(".edito/history.git/objects");
    for number in 0..=255 {
        let place = objects.join(format!("{number:02x}"));
        let _ = fs::remove_dir_all(&place);
        fs::write(place, "").unwrap();
    }
    let a = id(&library, "a.md");
    let hash = library.read_text(&a).unwrap().hash;
    let hash = library.save(&a, "Un autre mot.\n", &hash).unwrap().hash;
    library.save(&a, "Encore un mot.\n", &hash).unwrap();
    assert_eq!(desk.read("a.md"), "Encore un mot.\n");
    assert!(library.keep_version(&a, "Une copie.\n", "recovery").is_err());
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(matches!(told[0].kind, HistoryNoticeKind::NotKept(_)), "{told:?}");
    assert!(
        told[0].path.starts_with(desk.root().join(".edito/history.git")),
        "{told:?}"
    );
}

#[test]
fn a_check_tells_of_a_damaged_history_before_and_after_it_is_set_aside() {
    let desk = Desk::with(&[("a.md", "Un mot.\n")]);
    let library = desk.open();
    let article = id(&library, "a.md");
    library.name_version(&article, "Première").unwrap();
    let found = |library: &Library| -> Vec<String> {
        let findings = library.check().unwrap();
        assert!(findings.iter().all(|finding| finding.kind == FindingKind::History));
        findings.into_iter().map(|finding| finding.path).collect()
    };
    assert!(found(&library).is_empty());
    drop(library);
    fs::remove_dir_all(desk.root().join(".edito/history.git/objects")).unwrap();
    let library = desk.open();
    assert_eq!(found(&library), [".edito/history.git"]);
    let hash = library.read_text(&article).unwrap().hash;
    library.save(&article, "Un autre mot.\n", &hash).unwrap();
    let paths = found(&library);
    let [aside] = paths.as_slice() else { panic!("{paths:?}") };
    assert!(aside.starts_with(".edito/history.git.bad-"), "{aside}");
    assert!(desk.root().join(aside).join("refs").is_dir());
}

#[test]
fn a_library_that_vanishes_loses_nothing() {
    let desk = Desk::with(&[("a.md", "Un mot.\n"), ("b.md", "Deux.\n")]);
    let library = desk.open();
    let before = dump(&library);
    let away = desk.root().with_file_name("unplugged");
    fs::rename(desk.root(), &away).unwrap();
    assert_eq!(all(&library).unwrap_err().kind, ErrorKind::Vanished);
    let gone = library.reconcile(
        crate::article::Reconcile::Paths(vec![desk.root().join("a.md")]),
        &|_| crate::article::Continue::Yes,
    );
    assert_eq!(gone.unwrap_err().kind, ErrorKind::Vanished);
    // The empty folder that a mount point leaves.
    fs::create_dir(desk.root()).unwrap();
    assert_eq!(all(&library).unwrap_err().kind, ErrorKind::Vanished);
    assert_eq!(dump(&library), before);
    assert_eq!(library.list(&ListQuery::default(), 0, 10).unwrap().total, 2);
    assert_eq!(
        library.read_text(&id(&library, "a.md")).unwrap_err().kind,
        ErrorKind::NotFound
    );
    fs::remove_dir(desk.root()).unwrap();
    assert_eq!(
        library.read_text(&id(&library, "a.md")).unwrap_err().kind,
        ErrorKind::Vanished
    );
    fs::rename(away, desk.root()).unwrap();
    assert!(all(&library).unwrap().is_empty());
}

#[test]
fn an_emptied_file_is_taken_in_only_when_it_stays_empty() {
    let desk = Desk::with(&[("a.md", "Un mot.\n")]);
    let library = desk.open();
    desk.write("a.md", "");
    let path = desk.root().join("a.md");
    let writer = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(30));
        fs::write(path, "Écrit en deux temps.\n").unwrap();
    });
    some(&library, &["a.md"]);
    writer.join().unwrap();
    assert_eq!(found(&library, "temps "), ["a.md"]);
    desk.write("a.md", "");
    some(&library, &["a.md"]);
    assert!(found(&library, "temps ").is_empty());
    assert_eq!(listed(&library, &ListQuery::default()), ["a.md"]);
}

#[test]
fn copies_of_sync_programs_are_paired_and_stay() {
    let desk = Desk::with(&[
        ("a.md", "Un.\n"),
        ("a.sync-conflict-20240131-101010-ABCDEFG.md", "Une.\n"),
        ("sub/b.md", "Deux.\n"),
        ("sub/b (conflicted copy).md", "Deuxième.\n"),
        ("c (conflicted copy).md", "Sans original.\n"),
    ]);
    let library = desk.open();
    let pairs: Vec<(String, String)> = library
        .conflict_copies()
        .unwrap()
        .into_iter()
        .map(|pair| (pair.copy, pair.original))
        .collect();
    assert_eq!(
        pairs,
        [
            (
                "a.sync-conflict-20240131-101010-ABCDEFG.md".to_owned(),
                "a.md".to_owned()
            ),
            ("sub/b (conflicted copy).md".to_owned(), "sub/b.md".to_owned()),
        ]
    );
    assert_eq!(library.list(&ListQuery::default(), 0, 10).unwrap().total, 5);
}

#[test]
fn a_read_only_library_keeps_its_records_outside() {
    let desk = Desk::with(&[("a.md", "Un.\n")]);
    let mut permissions = fs::metadata(desk.root()).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(desk.root(), permissions.clone()).unwrap();
    let library = desk.open();
    // Root may write everywhere.
    if !library.writable() {
        library.set_star(&[id(&library, "a.md")], true).unwrap();
        assert!(!desk.root().join(".edito").exists());
        assert!(library.row(&id(&library, "a.md")).unwrap().unwrap().starred);
    }
    #[allow(clippy::permissions_set_readonly_false)]
    permissions.set_readonly(false);
    fs::set_permissions(desk.root(), permissions).unwrap();
}
