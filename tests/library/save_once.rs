//! One save, one sweep or one visit to a library in a process of its own, for tests that kill it, break its calls or
//! look at what it opens.
//!
//! `edito-save-once save FILE OLD NEW` · `create FILE NEW` · `sweep FOLDER` · `visit LIBRARY PLACES` ·
//! `watch LIBRARY PLACES` · `pack HISTORY` · `free HISTORY`; OLD and NEW are files with the texts, PLACES is a folder for data and cache. A visit lists,
//! reads, searches, checks, saves each article and looks at its versions. Prints `saved` once it is done, or the kind
//! of the error. A watch prints what it hears, and how many articles there are then, until its input ends.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use edito_library::disk::{ContentHash, Precondition, RealDisk, create_new, durable_write, sweep_temporaries};
use edito_library::error::{At, Error, ErrorKind, Result};
use edito_library::history::History;
use edito_library::{Continue, Environment, Library, ListQuery, Places, Reconcile, WatchEvent};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["save", file, old, new] => save(file, old, new),
        ["create", file, new] => create(file, new),
        ["watch", library, places] => watch(Path::new(library), Path::new(places)),
        ["visit", library, places] => visit(Path::new(library), Path::new(places)),
        ["pack", history] => History::open(Path::new(history)).tidy().map(drop),
        ["free", history] => History::open(Path::new(history)).free().map(drop),
        ["sweep", folder] => sweep_temporaries(&RealDisk, Path::new(folder)).map(drop),
        _ => return ExitCode::from(2),
    };
    match done {
        Ok(()) => {
            println!("saved");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("{:?}", error.kind);
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn save(file: &str, old: &str, new: &str) -> Result<()> {
    let old = ContentHash::of(&std::fs::read(old).at(old)?);
    let new = std::fs::read(new).at(new)?;
    durable_write(&RealDisk, Path::new(file), &new, Precondition::Content(old)).map(drop)
}

fn create(file: &str, new: &str) -> Result<()> {
    let new = std::fs::read(new).at(new)?;
    create_new(&RealDisk, Path::new(file), &new).map(drop)
}

fn open(root: &Path, places: &Path) -> Result<Library> {
    let places = Places {
        data: places.join("data"),
        cache: places.join("cache"),
    };
    let library = Library::open(root, Environment::system(places)?)?;
    library.reconcile(Reconcile::All, &|_| Continue::Yes)?;
    Ok(library)
}

fn watch(root: &Path, places: &Path) -> Result<()> {
    let library = Arc::new(open(root, places)?);
    let watched = library.clone();
    let _watching = library.watch(move |event| {
        let what = match event {
            WatchEvent::Paths(paths) => Reconcile::Paths(paths),
            WatchEvent::Polling => return println!("polling"),
            _ => Reconcile::All,
        };
        match watched.reconcile(what, &|_| Continue::Yes) {
            Ok(changes) => println!("{} articles", changes.total),
            Err(error) => println!("{:?}", error.kind),
        }
    })?;
    println!("watching");
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    Ok(())
}

fn visit(root: &Path, places: &Path) -> Result<()> {
    let library = open(root, places)?;
    library.check()?;
    for row in library.list(&ListQuery::default(), 0, 100)?.rows {
        // Nothing of this is in an untouched library, so there may be nothing to list yet.
        library.versions(&row.id)?;
        let text = library.read_text(&row.id)?;
        library.search(&row.title, 10, 0)?;
        let longer = format!("{}One word more.\n", text.text);
        library.save(&row.id, &longer, &text.hash)?;
        library.name_version(&row.id, "Visited")?;
        let versions = library.versions(&row.id)?;
        let kept = versions
            .first()
            .map(|version| library.version_text(&row.id, &version.id));
        if kept.transpose()?.as_deref() != Some(&longer) {
            return Err(Error::new(ErrorKind::Corrupt, "the version is not the text").at(row.path));
        }
    }
    Ok(())
}
