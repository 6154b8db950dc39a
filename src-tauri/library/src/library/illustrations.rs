//! Images that a writer puts into an article: stored beside it, under a name of its own, and never over another file.

use super::Library;
use crate::error::{Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::names::{create_under_free_name, file_name, slug};
use std::fs;
use std::path::Path;

impl Library {
    /// Stores an image in the folder of an article, durably; answers what a link in the article says to show it. `name`
    /// is the name of its file elsewhere; without one it is called after the article. `ending` is that of its kind. The
    /// same bytes under the same name are stored once.
    ///
    /// # Errors
    /// `NotFound` without the article; `ReadOnly`, `DiskFull`, `Io` as the disk says.
    pub fn keep_image(&self, article: &ArticleId, name: Option<&str>, ending: &str, bytes: &[u8]) -> Result<String> {
        let path = self.root.join(self.path_of(article)?);
        let outside = || Error::new(ErrorKind::Invalid, "the folder leads out of the library").at(&path);
        let folder = path.parent().ok_or_else(outside)?;
        self.make_folder(folder)?;
        let stem = |name: &Path| name.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let wanted = match name.and_then(|name| stem(Path::new(name))) {
            Some(stem) => file_name(&stem, ending),
            None => file_name(&format!("{}-1", slug(&stem(&path).unwrap_or_default())), ending),
        };
        let there = folder.join(&wanted);
        let is_as_long = fs::metadata(&there).is_ok_and(|about| about.is_file() && about.len() == bytes.len() as u64);
        let stored = match is_as_long.then(|| fs::read(&there)) {
            Some(Ok(found)) if found == bytes => there,
            _ => create_under_free_name(&*self.environment.disk, folder, &wanted, bytes)?,
        };
        self.link(folder, &stored).ok_or_else(outside)
    }

    /// What a link in an article says to show an image that lies in the library already; nothing for a file elsewhere, or
    /// one that is hidden there.
    pub fn link_to_image(&self, article: &ArticleId, file: &Path) -> Option<String> {
        let file = fs::canonicalize(file).ok()?;
        let path = self.root.join(self.path_of(article).ok()?);
        let link = self.link(path.parent()?, &file)?;
        self.image(article, &link).filter(|found| *found == file).map(|_| link)
    }
}
