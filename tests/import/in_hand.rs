//! Bytes in hand, read by the worker without being taken in.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use edito_exchange::Task;
use edito_import::{Job, Limits, NOT_REACHED, Reader, import};
use edito_library::{Environment, Library, Places};

fn reader() -> Reader {
    Reader {
        program: PathBuf::from(env!("CARGO_BIN_EXE_edito-cli")),
        limits: Limits::default(),
    }
}

#[test]
fn a_page_in_hand_is_read_with_its_address() {
    let page = "<!doctype html><title>Le titre</title><article><h1>Le titre</h1><p>Des mots, et <a href=\"plus.html\">encore des mots</a>, pour que ce soit un article.</p></article>";
    let task = Task {
        address: Some("https://example.org/a/b.html".into()),
        ..Task::default()
    };
    let job = Job::of_bytes("page.html", page.into(), task);
    let (pieces, receipt) = reader().read_one(&job, &AtomicBool::new(false)).unwrap();
    let [piece] = pieces.as_slice() else {
        panic!("{receipt:?}")
    };
    assert_eq!(piece.title.as_deref(), Some("Le titre"));
    assert_eq!(piece.url.as_deref(), Some("https://example.org/a/b.html"));
    assert!(
        piece.body.contains("(https://example.org/a/plus.html)"),
        "{}",
        piece.body
    );
    assert!(receipt.failed.is_empty(), "{receipt:?}");
    assert_eq!(receipt.source, "https://example.org/a/b.html");
}

#[test]
fn nothing_in_hand_reaches_a_file() {
    // The name is the sender's word.
    let job = Job::of_bytes("../../etc/passwd", b"![[passwd]] and words".to_vec(), Task::default());
    let (pieces, _) = reader().read_one(&job, &AtomicBool::new(false)).unwrap();
    assert!(pieces.iter().all(|piece| piece.images.is_empty()));
}

#[test]
fn what_nobody_wants_any_more_is_not_read() {
    let job = Job::of_bytes("a.md", b"Words.".to_vec(), Task::default());
    let (pieces, _) = reader().read_one(&job, &AtomicBool::new(true)).unwrap();
    assert!(pieces.is_empty());
}

#[test]
fn nothing_is_held_against_files_while_the_library_is_gone() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("library");
    std::fs::create_dir(&root).unwrap();
    let places = Places {
        data: home.path().join("data"),
        cache: home.path().join("cache"),
    };
    let library = Library::open(&root.canonicalize().unwrap(), Environment::system(places).unwrap()).unwrap();
    std::fs::remove_dir_all(&root).unwrap();
    let jobs = ["a.md", "b.md"].map(|name| Job::of_bytes(name, b"Words.".to_vec(), Task::default()));
    let outcome = import(&library, &jobs, &reader(), &mut |_| {}, &AtomicBool::new(false));
    assert!(outcome.error.is_some());
    assert_eq!(outcome.receipt.len(), 2);
    for receipt in &outcome.receipt {
        let kinds: Vec<&str> = receipt.unsupported.iter().map(|note| note.kind.as_str()).collect();
        assert_eq!((kinds.as_slice(), receipt.failed.len()), ([NOT_REACHED].as_slice(), 0));
    }
}
