//! Feeds and captures against a server on loopback, read by the process that reads foreign things in the window, too.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod capture;
mod feeds;
mod server;

use std::path::PathBuf;

use edito_exchange::feed::rules::{Action, Place as RulePlace, Rule, When};
use edito_import::Reader;
use edito_library::{Continue, Environment, Library, Places, Reconcile};
use edito_web::Feeds;
use edito_web::fetch::Names;

/// A library with its feeds; addresses of this machine are allowed, or nothing could be asked.
pub(crate) struct Desk {
    /// Holds everything.
    pub(crate) folder: tempfile::TempDir,
    /// The library.
    pub(crate) library: Library,
    /// Its feeds.
    pub(crate) feeds: Feeds,
}

impl Desk {
    /// A desk that asks this machine.
    pub(crate) fn new() -> Desk {
        Desk::allowing(true)
    }

    /// A desk that asks this machine, or not.
    pub(crate) fn allowing(local: bool) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let (library, feeds) = open(&folder, local);
        Desk { folder, library, feeds }
    }

    /// The same desk after a restart.
    pub(crate) fn again(self) -> Desk {
        let Desk { folder, library, feeds } = self;
        drop((library, feeds));
        let (library, feeds) = open(&folder, true);
        Desk { folder, library, feeds }
    }

    /// Asks all feeds.
    pub(crate) fn refresh(&self) -> edito_web::feeds::Refreshed {
        self.feeds.refresh(&self.library, None, &|_| {}).unwrap()
    }

    /// Every Markdown file of the library.
    pub(crate) fn files(&self) -> Vec<(PathBuf, String)> {
        fn walk(folder: PathBuf, found: &mut Vec<(PathBuf, String)>) {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                if entry.file_name().to_string_lossy().starts_with('.') {
                    continue;
                }
                if path.is_dir() {
                    walk(path, found);
                } else if path.extension().is_some_and(|ending| ending == "md") {
                    found.push((path.clone(), std::fs::read_to_string(path).unwrap()));
                }
            }
        }
        let mut found = Vec::new();
        walk(self.library.root().to_owned(), &mut found);
        found
    }
}

/// A rule for words, anywhere and in all feeds.
pub(crate) fn rule(words: &str, action: Action) -> Rule {
    Rule {
        when: When::Words(words.into()),
        place: RulePlace::Any,
        feed: None,
        action,
    }
}

fn open(folder: &tempfile::TempDir, local: bool) -> (Library, Feeds) {
    let root = folder.path().join("library");
    std::fs::create_dir_all(&root).unwrap();
    let places = Places {
        data: folder.path().join("data"),
        cache: folder.path().join("cache"),
    };
    let environment = Environment::system(places.clone()).unwrap();
    let library = Library::open(&root.canonicalize().unwrap(), environment).unwrap();
    library.reconcile(Reconcile::All, &|_| Continue::Yes).unwrap();
    let reader = Reader {
        program: env!("CARGO_BIN_EXE_edito").into(),
        ..Reader::of_this_program().unwrap()
    };
    let feeds = Feeds::open(&places.data.join("feeds"), &library, reader).unwrap();
    (library, feeds.with(Names::of_the_system(), local))
}
