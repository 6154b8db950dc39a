//! The sample library, carried inside the binary.

use std::path::Path;

use include_dir::{Dir, DirEntry, include_dir};

use crate::disk::{RealDisk, create_folders, create_new};
use crate::error::{At, Error, ErrorKind, Result};

/// The name of the folder that a reader gets.
pub const FOLDER: &str = "L’Estran";

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../sample");

/// Writes the sample library into a new or empty folder; answers how many articles it holds. A folder with anything
/// in it is refused.
pub fn write(root: &Path) -> Result<usize> {
    if root.exists() && std::fs::read_dir(root).at(root)?.next().is_some() {
        return Err(Error::new(ErrorKind::AlreadyExists, "the folder is not empty").at(root));
    }
    let mut articles = 0;
    write_folder(&SAMPLE, root, &mut articles)?;
    Ok(articles)
}

fn write_folder(folder: &Dir<'_>, root: &Path, articles: &mut usize) -> Result<()> {
    create_folders(&RealDisk, &root.join(folder.path()), false)?;
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => write_folder(inner, root, articles)?,
            DirEntry::File(file) => {
                create_new(&RealDisk, &root.join(file.path()), file.contents())?;
                *articles += usize::from(file.path().extension().is_some_and(|extension| extension == "md"));
            }
        }
    }
    Ok(())
}
