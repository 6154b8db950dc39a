//! Saves through the library on a disk that fails: what is reported, what the file holds, and that the next try goes
//! through and loses nothing.

use std::fs;
use std::io::ErrorKind as Io;
use std::path::PathBuf;
use std::sync::Arc;

use edito_library::disk::move_file;
use edito_library::error::ErrorKind;
use edito_library::{ArticleId, Continue, Environment, Library, Places, Reconcile, Text};

use crate::faulty_disk::FaultyDisk;

const OLD: &str = "The old text.\n";
const NEW: &str = "The old text, and more.\n";
const LATER: &str = "The old text, and more, and more still.\n";

/// A library with one article, on a disk that obeys the test.
struct Stage {
    disk: FaultyDisk,
    library: Library,
    article: ArticleId,
    opened: Text,
    folder: tempfile::TempDir,
}

impl Stage {
    fn set() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("library");
        fs::create_dir(&root).unwrap();
        fs::write(root.join("a.md"), OLD).unwrap();
        let places = Places {
            data: folder.path().join("data"),
            cache: folder.path().join("cache"),
        };
        let disk = FaultyDisk::default();
        let environment = Environment {
            disk: Arc::new(disk.clone()),
            ..Environment::system(places).unwrap()
        };
        let library = Library::open(&root, environment).unwrap();
        library.reconcile(Reconcile::All, &|_| Continue::Yes).unwrap();
        let article = library.find("a.md").unwrap().unwrap();
        let opened = library.read_text(&article).unwrap();
        Self {
            disk,
            library,
            article,
            opened,
            folder,
        }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("library/a.md")
    }

    fn save(&self, text: &str) -> Result<String, ErrorKind> {
        self.library
            .save(&self.article, text, &self.opened.hash)
            .map(|saved| saved.hash)
            .map_err(|error| error.kind)
    }

    fn holds(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    /// No temporary file is left, and the text before the first save is a version.
    fn check(&self, story: &str) {
        let names: Vec<_> = fs::read_dir(self.folder.path().join("library"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .filter(|name| name != ".edito")
            .collect();
        assert_eq!(names, ["a.md"], "{story}");
        let versions = self.library.versions(&self.article).unwrap();
        let texts: Vec<String> = versions
            .iter()
            .map(|version| self.library.version_text(&self.article, &version.id).unwrap())
            .collect();
        assert_eq!(texts, [OLD], "{story}");
    }
}

#[test]
fn a_failed_save_is_reported_and_the_same_save_goes_through_afterwards() {
    let faults = [
        ("create", Io::StorageFull, ErrorKind::DiskFull, OLD),
        ("create", Io::ReadOnlyFilesystem, ErrorKind::ReadOnly, OLD),
        ("write", Io::StorageFull, ErrorKind::DiskFull, OLD),
        ("write", Io::QuotaExceeded, ErrorKind::DiskFull, OLD),
        ("sync", Io::Other, ErrorKind::Io, OLD),
        ("sync", Io::StorageFull, ErrorKind::DiskFull, OLD),
        ("rename", Io::PermissionDenied, ErrorKind::ReadOnly, OLD),
        // The new file stands under its name, and nobody knows whether it survives a power cut.
        ("sync_folder", Io::Other, ErrorKind::Io, NEW),
    ];
    for (call, error, kind, held) in faults {
        let story = format!("{call} fails with {error:?}");
        let stage = Stage::set();
        stage.disk.fail(call, error);
        assert_eq!(stage.save(NEW), Err(kind), "{story}");
        assert_eq!(stage.holds(), held, "{story}");
        // As long as the disk stays broken, so does the save.
        assert_eq!(stage.save(NEW), Err(kind), "{story}, twice");
        stage.disk.mend();
        let tried = stage.disk.made();
        let hash = stage
            .save(NEW)
            .unwrap_or_else(|kind| panic!("{story}: the retry: {kind:?}"));
        let written = stage.disk.made().split_off(tried.len());
        assert_eq!(written.len(), 1, "{story}: one temporary file, {written:?}");
        assert!(!tried.contains(&written[0]), "{story}: {written:?} is not fresh");
        assert_eq!(stage.holds(), NEW, "{story}");
        assert_eq!(hash, stage.library.read_text(&stage.article).unwrap().hash, "{story}");
        stage.check(&story);
    }
}

/// What was typed while the disk refused goes into the next try; the writer's own earlier words are no conflict.
#[test]
fn a_longer_text_is_saved_after_a_failed_one() {
    for call in ["sync", "rename", "sync_folder"] {
        let stage = Stage::set();
        stage.disk.fail(call, Io::Other);
        assert!(stage.save(NEW).is_err(), "{call}");
        assert!(stage.save(LATER).is_err(), "{call}, twice");
        let present = stage.library.read_text(&stage.article).unwrap().hash;
        assert!(stage.library.is_ours(&stage.article, &present, &stage.opened.hash));
        stage.disk.mend();
        stage.save(LATER).unwrap_or_else(|kind| panic!("{call}: {kind:?}"));
        assert_eq!(stage.holds(), LATER, "{call}");
        // From here on the text that was opened is an old one, as after any save.
        assert_eq!(stage.save(NEW), Err(ErrorKind::Changed), "{call}");
        stage.check(call);
    }
}

/// Going back to the text that was opened is a save like any other: the disk may hold either.
#[test]
fn the_first_text_can_be_saved_again_after_a_failed_save() {
    let stage = Stage::set();
    stage.disk.fail("sync_folder", Io::Other);
    assert!(stage.save(NEW).is_err());
    assert!(stage.save(OLD).is_err());
    assert_eq!(stage.holds(), OLD);
    stage.disk.mend();
    let tried = stage.disk.made().len();
    stage.save(OLD).unwrap();
    assert_eq!(stage.disk.made().len(), tried + 1, "it is written once more");
    assert_eq!(stage.holds(), OLD);
}

#[test]
fn what_another_program_writes_after_a_failed_save_is_not_replaced() {
    for call in ["sync", "sync_folder"] {
        let stage = Stage::set();
        stage.disk.fail(call, Io::Other);
        assert!(stage.save(NEW).is_err());
        stage.disk.mend();
        fs::write(stage.file(), "Theirs.\n").unwrap();
        assert_eq!(stage.save(NEW), Err(ErrorKind::Changed), "{call}");
        assert_eq!(stage.save(LATER), Err(ErrorKind::Changed), "{call}");
        assert_eq!(stage.holds(), "Theirs.\n", "{call}");
        // Their text, opened and written on while the disk refuses again, does not make the old one fit.
        let theirs = stage.library.read_text(&stage.article).unwrap();
        stage.disk.fail("sync_folder", Io::Other);
        let merged = stage.library.save(&stage.article, "Theirs, and ours.\n", &theirs.hash);
        assert!(merged.is_err());
        stage.disk.mend();
        assert_eq!(stage.save(LATER), Err(ErrorKind::Changed), "{call}");
        let merged = stage.library.save(&stage.article, "Theirs, and ours.\n", &theirs.hash);
        assert!(merged.is_ok(), "{call}: {merged:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_with_two_names_is_written_again_too() {
    for call in ["write", "sync", "sync_folder", "remove"] {
        let stage = Stage::set();
        let other = stage.folder.path().join("other.md");
        fs::hard_link(stage.file(), &other).unwrap();
        stage.disk.fail(call, Io::Other);
        assert!(stage.save(NEW).is_err(), "{call}");
        stage.disk.mend();
        stage.save(LATER).unwrap_or_else(|kind| panic!("{call}: {kind:?}"));
        assert_eq!(stage.holds(), LATER, "{call}");
        assert_eq!(fs::read_to_string(&other).unwrap(), LATER, "{call}");
        stage.check(call);
    }
}

/// Whatever call fails, one link leads to the file, and the next try moves it.
#[cfg(unix)]
#[test]
fn a_link_is_in_one_place_after_a_failed_move() {
    for call in ["create_link", "open_folder", "sync_folder", "remove"] {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("a/x.md"), folder.path().join("b/deep/x.md"));
        fs::create_dir(folder.path().join("a")).unwrap();
        fs::create_dir_all(folder.path().join("b/deep")).unwrap();
        fs::write(folder.path().join("x.md"), OLD).unwrap();
        std::os::unix::fs::symlink("../x.md", &from).unwrap();
        let disk = FaultyDisk::default();
        disk.fail(call, Io::Other);
        assert!(move_file(&disk, &from, &to).is_err(), "{call}");
        assert_eq!(fs::read_to_string(&from).unwrap(), OLD, "{call}");
        disk.mend();
        if call == "remove" {
            // The new one could not be taken back either.
            fs::remove_file(&to).unwrap();
        }
        move_file(&disk, &from, &to).unwrap();
        assert!(!from.is_symlink(), "{call}");
        assert_eq!(fs::read_to_string(&to).unwrap(), OLD, "{call}");
    }
}
