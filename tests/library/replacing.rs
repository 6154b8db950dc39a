//! Replacing across a library while the disk fails: every file is whole, the rest is told, and repeating it does the rest.

use std::fs;
use std::io;
use std::sync::Arc;

use edito_library::{
    Continue, Environment, ErrorKind, Library, Places, Reconcile, ReplaceQuery, ReplaceReceipt, Ticked,
};
use edito_prose::replacing::Wanted;

use crate::faulty_disk::FaultyDisk;

const CALLS: [&str; 4] = ["create", "write", "sync", "rename"];

fn query() -> ReplaceQuery {
    ReplaceQuery {
        wanted: Wanted {
            text: "mot".into(),
            ..Wanted::default()
        },
        replacement: "gros mot".into(),
        ..ReplaceQuery::default()
    }
}

fn replace(library: &Library, progress: &dyn Fn(usize)) -> ReplaceReceipt {
    let mut ticked = Vec::new();
    library
        .find_places(&query(), &|_| Continue::Yes, &mut |found| {
            if !found.places.iter().all(|place| place.before.ends_with("gros ")) {
                ticked.push(Ticked {
                    id: found.row.id,
                    hash: found.hash,
                    left: Vec::new(),
                    shown: found.places.len(),
                });
            }
            Continue::Yes
        })
        .unwrap();
    library
        .replace_places(&query(), &ticked, &|done| {
            progress(done);
            Continue::Yes
        })
        .unwrap()
}

#[test]
fn a_disk_that_fails_on_the_way_spoils_no_file() {
    for error in [io::ErrorKind::StorageFull, io::ErrorKind::Other] {
        for call in CALLS {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().join("library");
            fs::create_dir_all(&root).unwrap();
            for name in ["a", "b", "c", "d"] {
                fs::write(root.join(name).with_extension("md"), format!("{name} : un mot\r\n")).unwrap();
            }
            let disk = FaultyDisk::default();
            let places = Places {
                data: folder.path().join("data"),
                cache: folder.path().join("cache"),
            };
            let environment = Environment {
                disk: Arc::new(disk.clone()),
                ..Environment::system(places).unwrap()
            };
            let library = Library::open(&root, environment).unwrap();
            library.reconcile(Reconcile::All, &|_| Continue::Yes).unwrap();
            let receipt = replace(&library, &|done| {
                if done == 2 {
                    disk.fail(call, error);
                }
            });
            disk.mend();
            assert!(receipt.replaced.len() >= 2, "{call}: those before the fault are done");
            if error == io::ErrorKind::StorageFull && !receipt.skipped.is_empty() {
                // Nothing is tried any more on a disk that is full.
                assert_eq!((receipt.skipped.len(), receipt.cancelled), (1, true), "{call}");
                assert_eq!(receipt.skipped[0].1.kind, ErrorKind::DiskFull);
            }
            for name in ["a", "b", "c", "d"] {
                let text = fs::read_to_string(root.join(name).with_extension("md")).unwrap();
                let (old, new) = (format!("{name} : un mot\r\n"), format!("{name} : un gros mot\r\n"));
                assert!(text == old || text == new, "{call}: {text:?}");
            }
            replace(&library, &|_| ());
            for name in ["a", "b", "c", "d"] {
                let text = fs::read_to_string(root.join(name).with_extension("md")).unwrap();
                assert_eq!(text, format!("{name} : un gros mot\r\n"), "{call}");
            }
        }
    }
}
