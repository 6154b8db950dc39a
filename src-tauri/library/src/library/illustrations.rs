//! Images that a writer puts into an article: stored beside it, under a name of its own, and never over another file.

use super::Library;
use crate::error::{Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::names::{create_under_free_name, file_name, slug};
use crate::trash::{self, ToTrash};
use crate::walk::within;
use std::fs;
use std::path::{Path, PathBuf};

impl Library {
    /// Stores an image in the folder of an article, durably; answers what a link in the article says to show it, and
    /// whether the file is a new one. `name`
    /// is the name of its file elsewhere; without one it is called after the article. `ending` is that of its kind. The
    /// same bytes under the same name are stored once.
    ///
    /// # Errors
    /// `NotFound` without the article; `ReadOnly`, `DiskFull`, `Io` as the disk says.
    pub fn keep_image(
        &self,
        article: &ArticleId,
        name: Option<&str>,
        ending: &str,
        bytes: &[u8],
    ) -> Result<(String, bool)> {
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
        let (stored, new) = match is_as_long.then(|| fs::read(&there)) {
            Some(Ok(found)) if found == bytes => (there, false),
            _ => (
                create_under_free_name(&*self.environment.disk, folder, &wanted, bytes)?,
                true,
            ),
        };
        Ok((self.link(folder, &stored).ok_or_else(outside)?, new))
    }

    /// What a link in an article says to show an image that lies in the library already; nothing for a file elsewhere, or
    /// one that is hidden there.
    pub fn link_to_image(&self, article: &ArticleId, file: &Path) -> Option<String> {
        let file = fs::canonicalize(file).ok()?;
        let path = self.root.join(self.path_of(article).ok()?);
        let link = self.link(path.parent()?, &file)?;
        self.image(article, &link).filter(|found| *found == file).map(|_| link)
    }

    /// Stores another form of an image that an article shows beside it, durably; answers what a link says to show that
    /// one, written as `target` is. `mark` tells its name from the first one's. The same bytes under the same name are
    /// stored once.
    ///
    /// # Errors
    /// `NotFound` without the article or the image; `ReadOnly`, `DiskFull`, `Io` as the disk says.
    pub fn keep_image_form(
        &self,
        article: &ArticleId,
        target: &str,
        mark: Option<&str>,
        ending: &str,
        bytes: &[u8],
    ) -> Result<String> {
        let file = self.shown_image(article, target)?;
        let outside = || Error::new(ErrorKind::Invalid, "the folder leads out of the library").at(&file);
        let folder = file.parent().ok_or_else(outside)?;
        self.make_folder(folder)?;
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let wanted = match mark {
            Some(mark) => file_name(&format!("{stem}-{mark}"), ending),
            None => file_name(&stem, ending),
        };
        let there = folder.join(&wanted);
        let stored = match fs::read(&there) {
            Ok(found) if found == bytes => there,
            _ => create_under_free_name(&*self.environment.disk, folder, &wanted, bytes)?,
        };
        let link = self.link(folder, &stored).ok_or_else(outside)?;
        Ok(match target.rsplit_once('/') {
            Some((way, _)) => format!("{way}/{link}"),
            None => link,
        })
    }

    /// Moves an image that an article showed to the library's trash; answers its name there. The text is looked at as it
    /// stands on disk: while it shows the image, that stays.
    ///
    /// # Errors
    /// `NotFound` without the article or the image; `Busy` while the article shows it; `ReadOnly`, `DiskFull`, `Io`.
    pub fn trash_image(&self, article: &ArticleId, target: &str) -> Result<String> {
        let file = self.shown_image(article, target)?;
        let bytes = self.read_bytes(&self.path_of(article)?)?;
        let text = self.decode(article, &bytes)?.text;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if shows(&text, target) || shows(&text, &name) {
            return Err(Error::new(ErrorKind::Busy, "the article shows the image").at(&file));
        }
        let path = within(&self.root, &file)
            .ok_or_else(|| Error::new(ErrorKind::Invalid, "it is not in this library").at(&file))?;
        let now = (self.environment.now)();
        let what = ToTrash {
            path: Path::new(&path),
            article: None,
            title: &name,
            time: now.as_millisecond(),
            id: &(self.environment.new_id)(now).simple().to_string(),
        };
        Ok(trash::move_to_trash(&*self.environment.disk, &self.root, &what)?.id)
    }

    fn shown_image(&self, article: &ArticleId, target: &str) -> Result<PathBuf> {
        self.image(article, target)
            .ok_or_else(|| Error::new(ErrorKind::NotFound, format!("there is no image {target}")))
    }
}

/// Whether a text names a file where links and fields do.
fn shows(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let behind = text.get(at + name.len()..).unwrap_or_default();
        behind.is_empty() || behind.starts_with(|sign: char| sign.is_whitespace() || ")>\"']|".contains(sign))
    })
}
