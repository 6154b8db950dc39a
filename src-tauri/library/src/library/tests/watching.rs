//! Changes by other programs, seen through a real watch.

use super::desk::{Desk, found, id, listed, some};
use crate::article::{Continue, ListQuery, Reconcile};
use crate::library::Library;
use crate::watch::{WatchEvent, Watching};
use std::fs;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Follows the watch as the window does, and tells each event.
fn follow(library: &Arc<Library>) -> (Watching, Receiver<WatchEvent>) {
    let (send, receive) = channel();
    let following = library.clone();
    let watching = library
        .watch(move |event| {
            match &event {
                WatchEvent::Paths(paths) => {
                    following
                        .reconcile(Reconcile::Paths(paths.clone()), &|_| Continue::Yes)
                        .ok();
                }
                WatchEvent::Rescan | WatchEvent::RootBack => {
                    following.reconcile(Reconcile::All, &|_| Continue::Yes).ok();
                }
                WatchEvent::JournalChanged => {
                    following.refresh_journal().ok();
                }
                _ => {}
            }
            send.send(event).ok();
        })
        .unwrap();
    // The watch starts on its own thread: wait until it sees something.
    let probe = library.root().join("probe.md");
    let begin = Instant::now();
    while library.find("probe.md").unwrap().is_none() {
        fs::write(&probe, format!("{:?}", begin.elapsed())).unwrap();
        let _ = receive.recv_timeout(Duration::from_millis(200));
        assert!(begin.elapsed() < PATIENCE, "the watch never started");
    }
    (watching, receive)
}

/// For a machine with other things to do; nothing here is about speed.
const PATIENCE: Duration = Duration::from_secs(60);

fn until(receive: &Receiver<WatchEvent>, what: &str, holds: impl Fn() -> bool) {
    let begin = Instant::now();
    while !holds() {
        let _ = receive.recv_timeout(Duration::from_millis(100));
        assert!(begin.elapsed() < PATIENCE, "{what}");
    }
}

#[test]
fn edits_renames_moves_and_deletions_show() {
    let desk = Desk::with(&[("a.md", "Un\n"), ("sub/b.md", "Deux\n")]);
    let library = Arc::new(desk.open());
    let (_watching, events) = follow(&library);
    desk.write("a.md", "Modifié\n");
    until(&events, "an edit", || found(&library, "modifié ") == ["a.md"]);
    desk.write("new/deep/c.md", "Nouveau\n");
    until(&events, "a new folder", || {
        found(&library, "nouveau ") == ["new/deep/c.md"]
    });
    desk.write("a.md.tmp", "Remplacé\n");
    desk.rename("a.md.tmp", "a.md");
    until(&events, "a rename over", || found(&library, "remplacé ") == ["a.md"]);
    let b = id(&library, "sub/b.md");
    library.opened(&b).unwrap();
    desk.rename("sub", "other");
    until(&events, "a folder moved", || {
        library.find("other/b.md").unwrap() == Some(b.clone())
    });
    desk.remove("a.md");
    until(&events, "a deletion", || library.find("a.md").unwrap().is_none());
    desk.remove("probe.md");
    let expected = ["new/deep/c.md", "other/b.md"];
    until(&events, "the end", || {
        let mut paths = listed(&library, &ListQuery::default());
        paths.sort();
        paths == expected
    });
    super::desk::assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn a_burst_of_files_shows() {
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let library = Arc::new(desk.open());
    let (_watching, events) = follow(&library);
    for number in 0..1_000 {
        desk.write(
            &format!("burst/{}/{number}.md", number % 7),
            format!("Pièce {number}\n"),
        );
    }
    until(&events, "the burst", || {
        library.list(&ListQuery::default(), 0, 1).unwrap().total == 1_002
    });
}

#[test]
fn the_journal_of_another_window_is_told() {
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let library = Arc::new(desk.open());
    let (_watching, events) = follow(&library);
    let other = desk.open_elsewhere();
    other.set_star(&[id(&other, "a.md")], true).unwrap();
    until(&events, "a star", || {
        library.row(&id(&library, "a.md")).unwrap().unwrap().starred
    });
}

#[test]
fn a_folder_that_goes_and_comes_back_is_told() {
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let library = Arc::new(desk.open());
    let (_watching, events) = follow(&library);
    let away = desk.root().with_file_name("away");
    fs::rename(desk.root(), &away).unwrap();
    let next = |wanted: WatchEvent| {
        let begin = Instant::now();
        loop {
            match events.recv_timeout(PATIENCE) {
                Ok(event) if event == wanted => return,
                Ok(_) => assert!(begin.elapsed() < PATIENCE),
                Err(error) => panic!("{wanted:?}: {error}"),
            }
        }
    };
    next(WatchEvent::RootGone);
    assert_eq!(library.list(&ListQuery::default(), 0, 9).unwrap().total, 2);
    fs::rename(&away, desk.root()).unwrap();
    next(WatchEvent::RootBack);
    desk.write("a.md", "Revenu\n");
    until(&events, "an edit after it came back", || {
        found(&library, "revenu ") == ["a.md"]
    });
}

#[test]
fn what_another_process_brought_into_the_index_is_told() {
    let desk = Desk::with(&[("a.md", "Un\n"), ("b.md", "Deux\n")]);
    let here = desk.open();
    let there = Library::open(&desk.root(), desk.environment()).unwrap();
    here.was_indexed_elsewhere().unwrap();
    assert!(!here.was_indexed_elsewhere().unwrap());
    desk.pass(60);
    desk.write("a.md", "Un autre texte\n");
    assert_eq!(some(&there, &["a.md"]).updated.len(), 1);
    // Words are written a moment after rows, and one program at a time writes them.
    there.settle().unwrap();
    assert!(some(&here, &["a.md"]).is_empty(), "no difference is left");
    assert!(here.was_indexed_elsewhere().unwrap());
    assert!(!here.was_indexed_elsewhere().unwrap(), "told once");
    desk.pass(60);
    desk.write("b.md", "Deux, autrement\n");
    assert_eq!(some(&here, &["b.md"]).updated.len(), 1);
    assert!(
        !here.was_indexed_elsewhere().unwrap(),
        "what is written here is no news"
    );
    assert!(there.was_indexed_elsewhere().unwrap());
}
