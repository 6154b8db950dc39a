//! A session of 1,000 actions on a real blog changes no byte that it did not mean to.

use super::desk::{Desk, assert_equals_fresh, bytes_below};
use crate::article::{ListQuery, Sort};
use std::fs;
use std::path::{Path, PathBuf};

fn corpus() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/rust-blog");
    path.is_dir().then_some(path)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::write(target, fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}

#[test]
fn a_session_of_1000_actions_leaves_what_was_not_edited() {
    let Some(corpus) = corpus() else {
        eprintln!("skipped: the corpus rust-blog is not beside this workspace");
        return;
    };
    let desk = Desk::new();
    copy(&corpus, &desk.root());
    let before = bytes_below(&desk.root());
    let library = desk.open();
    let query = ListQuery {
        sort: Sort::Title,
        ..ListQuery::default()
    };
    let total = library.list(&query, 0, 1).unwrap().total;
    assert_eq!(total, 754);
    let words = [
        "release",
        "async",
        "cargo 1.",
        "\"borrow checker\"",
        "author:team",
        "after:2020 survey",
        "-rust",
        "édit",
    ];
    let mut edited = Vec::new();
    // The same numbers each time, spread over the library.
    let mut number: usize = 12_345;
    for action in 0..1_000 {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let place = (number >> 33) % total;
        let row = library.list(&query, place, 1).unwrap().rows.remove(0);
        match action % 10 {
            0..=3 => {
                let text = library.read_text(&row.id).unwrap();
                assert!(text.read_only.is_none(), "{}", row.path);
                library.opened(&row.id).unwrap();
                if action % 10 == 3 {
                    // Saving without an edit.
                    library.save(&row.id, &text.text, &text.hash).unwrap();
                }
            }
            4 | 5 => {
                library.search(words[(number >> 20) % words.len()], 20, 0).unwrap();
            }
            6 => library.set_star(std::slice::from_ref(&row.id), !row.starred).unwrap(),
            7 => library.mark_read(std::slice::from_ref(&row.id), true).unwrap(),
            8 => library.set_progress(&row.id, 0.4, Some("2")).unwrap(),
            _ if action % 100 == 99 => {
                let text = library.read_text(&row.id).unwrap();
                library
                    .save(&row.id, &format!("{}Edited.\n", text.text), &text.hash)
                    .unwrap();
                edited.push(desk.root().join(&row.path));
            }
            _ => {
                library.quick_open("the", 10).unwrap();
            }
        }
    }
    let after = bytes_below(&desk.root());
    assert_eq!(before.len(), after.len());
    for (path, bytes) in &after {
        if edited.contains(path) {
            assert!(
                bytes.starts_with(before[path].strip_suffix(b"\n").unwrap_or(&before[path])),
                "{}",
                path.display()
            );
        } else {
            assert_eq!(bytes, &before[path], "{}", path.display());
        }
    }
    assert_equals_fresh(&desk, &library, "fresh");
}
