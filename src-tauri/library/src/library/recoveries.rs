//! Unsaved texts that outlive a kill.

use super::Library;
use crate::article::Saved;
use crate::disk::ContentHash;
use crate::encoding::decode;
use crate::error::{Error, ErrorKind, Result};
use crate::history::SnapshotKind;
use crate::identity::ArticleId;
use crate::names;
use crate::recovery::{self, RecoveryCopy, Standing};
use std::path::PathBuf;

/// Unsaved words that a killed run left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// Names the copy.
    pub key: String,
    /// The article, when it is still in the library.
    pub article: Option<ArticleId>,
    /// Its path when the copy was made.
    pub path: String,
    /// When the copy was made, RFC 3339.
    pub saved_at: String,
    /// The unsaved text, with `\n` line ends.
    pub text: String,
    /// The file's text now; `None` when it is gone or can't be read.
    pub on_disk: Option<String>,
    /// Whether the file was changed after the copy was made: then the file is the likelier one.
    pub disk_newer: bool,
}

impl Library {
    /// Keeps an unsaved text outside the library. `based_on` is the hash that came with the
    /// text; empty when its file is gone. `known_path` is where the article was last, for when it is gone.
    ///
    /// # Errors
    /// `ReadOnly`, `DiskFull` or `Io` of the data folder.
    pub fn keep_recovery(&self, id: &ArticleId, text: &str, based_on: &str, known_path: Option<&str>) -> Result<()> {
        let base: Option<ContentHash> = if based_on.is_empty() {
            None
        } else {
            Some(based_on.parse()?)
        };
        let copy = RecoveryCopy {
            article: id.0.clone(),
            path: self
                .path_of(id)
                .ok()
                .or_else(|| known_path.map(str::to_owned))
                .unwrap_or_default(),
            base,
            time: (self.environment.now)().as_millisecond(),
            text: text.to_owned(),
        };
        recovery::keep(&*self.environment.disk, &self.recovery_folder, &copy)
    }

    /// What killed runs left behind, the latest first. Copies of what the file holds anyway
    /// are removed; damaged ones are set aside and never offered.
    ///
    /// # Errors
    /// `Io` when the data folder can't be read.
    pub fn recoveries(&self) -> Result<Vec<Recovery>> {
        let mut left = Vec::new();
        for copy in recovery::list(&*self.environment.disk, &self.recovery_folder)?.copies {
            let id = ArticleId(copy.article.clone());
            let known = self.path_of(&id).ok();
            let path = known.clone().unwrap_or_else(|| copy.path.clone());
            let file = self
                .read_bytes(&path)
                .ok()
                .map(|bytes| (ContentHash::of(&bytes), decode(&bytes).text));
            let standing = recovery::standing(&copy, file.as_ref().map(|(hash, text)| (*hash, text.as_str())));
            if standing == Standing::Saved {
                self.discard_recovery(&id)?;
                continue;
            }
            left.push(Recovery {
                key: copy.article,
                article: known.is_some().then_some(id),
                path,
                saved_at: jiff::Timestamp::from_millisecond(copy.time)
                    .unwrap_or_default()
                    .to_string(),
                text: copy.text,
                on_disk: file.map(|(_, text)| text),
                disk_newer: standing == Standing::Diverged,
            });
        }
        Ok(left)
    }

    /// Sets damaged copies aside; where they lie then, each told once.
    ///
    /// # Errors
    /// `Io` when the data folder can't be read.
    pub fn set_damaged_recoveries_aside(&self) -> Result<Vec<PathBuf>> {
        Ok(recovery::list(&*self.environment.disk, &self.recovery_folder)?.set_aside)
    }

    /// Makes a copy the text of its article; what the file holds is kept as a version first. Where the file's encoding
    /// lacks some of the text, the file is in UTF-8 from then on.
    ///
    /// # Errors
    /// `NotFound` when there is no such copy; else as [`Library::save`].
    pub fn take_recovery(&self, key: &str) -> Result<(ArticleId, Saved)> {
        let copy = self.recovery(key)?;
        let id = ArticleId(copy.article.clone());
        let saved = match self.path_of(&id).and_then(|path| Ok((self.read_bytes(&path)?, path))) {
            Ok((bytes, path)) => {
                self.identify(&id)?;
                self.keep(&id, &path, &bytes, &SnapshotKind::Before("recovery".into()))?;
                // Typed words weigh more than the encoding of the file, which the version keeps.
                let new = self.encode_or_convert(&id, &bytes, &self.decode(&id, &bytes)?, &copy.text)?;
                self.replace(&id, &path, &bytes, ContentHash::of(&bytes), &new)?
            }
            Err(error) if error.kind == ErrorKind::NotFound => self.recreate_anywhere(&id, &copy)?,
            Err(error) => return Err(error),
        };
        self.discard_recovery(&id)?;
        Ok((id, saved))
    }

    /// Leaves the file as it is; the copy is kept as a version.
    ///
    /// # Errors
    /// `NotFound` when there is no such copy; else what writing the history fails with.
    pub fn drop_recovery(&self, key: &str) -> Result<()> {
        let copy = self.recovery(key)?;
        let id = ArticleId(copy.article);
        self.keep_version(&id, &copy.text, "recovery")?;
        self.discard_recovery(&id)
    }

    /// Removes the copy of an article, once its text is saved. Fine when there is none.
    ///
    /// # Errors
    /// `Io` when it can't be removed.
    pub fn discard_recovery(&self, id: &ArticleId) -> Result<()> {
        recovery::discard(&*self.environment.disk, &self.recovery_folder, id.as_str())
    }

    /// Makes the file of a copy again where it was; where that is not known or taken, under a free name at the top.
    fn recreate_anywhere(&self, id: &ArticleId, copy: &RecoveryCopy) -> Result<Saved> {
        match self.recreate(id, &copy.path, &copy.text) {
            Err(error) if matches!(error.kind, ErrorKind::Invalid | ErrorKind::AlreadyExists) => {
                let title = edito_prose::analyse(&copy.text).title.unwrap_or_default();
                let wanted = names::file_name(&title, "md");
                let disk = &*self.environment.disk;
                let file = names::create_under_free_name(disk, &self.root, &wanted, copy.text.as_bytes())?;
                let path = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let changes = self.after_write(&path);
                let hash = ContentHash::of(copy.text.as_bytes()).to_string();
                Ok(Saved { hash, changes })
            }
            other => other,
        }
    }

    fn recovery(&self, key: &str) -> Result<RecoveryCopy> {
        recovery::list(&*self.environment.disk, &self.recovery_folder)?
            .copies
            .into_iter()
            .find(|copy| copy.article == key)
            .ok_or_else(|| Error::new(ErrorKind::NotFound, "there is no such recovery copy"))
    }
}
