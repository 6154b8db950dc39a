//! One command a file: its arguments, its documentation, its function.

pub mod advice;
pub mod check;
mod citations;
pub mod import;
pub mod index;
pub mod init;
pub mod list;
pub mod quotations;
pub mod redline;
pub mod render;
pub mod replace;
pub mod search;
pub mod show;
mod spelling;
pub mod typography;
pub mod versions;

use std::io::Read;
use std::path::Path;

use edito_library::{ArticleId, Continue, Environment, Library, Places, Reconcile};
use edito_prose::fold::fold;

use crate::output::Failure;

/// Opens a library and brings its index up to date with the disk.
pub fn open(root: &Path) -> Result<Library, Failure> {
    let library = open_as_is(root)?;
    library.reconcile(Reconcile::All, &|_| Continue::Yes)?;
    Ok(library)
}

/// Opens a library with the index as the last run left it.
pub fn open_as_is(root: &Path) -> Result<Library, Failure> {
    Ok(Library::open(root, Environment::system(Places::of_this_machine()?)?)?)
}

/// What has this very name, else what has one that differs in case and accents alone.
pub fn by_name<'a, T>(all: &'a [T], name: &str, name_of: impl Fn(&T) -> &str) -> Option<&'a T> {
    let wanted = fold(name.trim());
    all.iter()
        .find(|one| name_of(one) == name)
        .or_else(|| all.iter().find(|one| fold(name_of(one).trim()) == wanted))
}

/// The article that a user named by id or by path.
pub fn article(library: &Library, named: &str) -> Result<ArticleId, Failure> {
    library.find(named)?.ok_or_else(|| Failure::NotFound(named.to_owned()))
}

/// The bytes of a file, or of standard input for `-`.
pub fn bytes_of(named: &str) -> Result<Vec<u8>, Failure> {
    if named == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(named).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::NotFound(named.to_owned()),
        _ => Failure::Io(error),
    })
}
