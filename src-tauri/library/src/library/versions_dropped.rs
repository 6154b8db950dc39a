//! Versions that are not wanted any more, and the room that they take.

use super::Library;
use crate::error::Result;
use crate::history::{Freed, Version, VersionId, VersionKind, Weight};
use crate::identity::ArticleId;
use jiff::Timestamp;

impl Library {
    /// The versions of an article that Edito kept by itself before a time, the newest first: neither those with a name,
    /// nor what another program left or was captured, nor the newest version, which stands for the text of now.
    ///
    /// # Errors
    /// As [`Library::versions`].
    pub fn automatic_versions_before(&self, id: &ArticleId, time: Timestamp) -> Result<Vec<Version>> {
        let versions = self.history.versions(id)?.into_iter().skip(1);
        Ok(versions
            .filter(|version| {
                version.name.is_none()
                    && matches!(version.kind, VersionKind::Automatic | VersionKind::Before)
                    && version.time < time.as_millisecond()
            })
            .collect())
    }

    /// Drops versions of an article. They are listed no more, and are there until space is freed.
    ///
    /// # Errors
    /// `NotFound` when the article has no such version, or what writing the history fails with.
    pub fn drop_versions(&self, id: &ArticleId, versions: &[VersionId]) -> Result<()> {
        self.history.drop_versions(id, versions)
    }

    /// Takes dropped versions back; all of the article where none is named.
    ///
    /// # Errors
    /// What writing the history fails with.
    pub fn take_back_versions(&self, id: &ArticleId, versions: Option<&[VersionId]>) -> Result<()> {
        self.history.take_back_versions(id, versions)
    }

    /// How many versions of an article were dropped and are still there.
    ///
    /// # Errors
    /// As [`Library::versions`].
    pub fn dropped_versions(&self, id: &ArticleId) -> Result<usize> {
        self.history.dropped(id)
    }

    /// What the history of the library weighs.
    ///
    /// # Errors
    /// As [`Library::versions`].
    pub fn weigh_versions(&self) -> Result<Weight> {
        self.history.beside().weigh()
    }

    /// Throws dropped versions away for good, in the whole library, and packs what stays. Saving goes on meanwhile.
    ///
    /// # Errors
    /// `Corrupt` where anything in the history can't be read: nothing is thrown away then. `Busy`, `ReadOnly`, `DiskFull`,
    /// `Io`: what is kept is as it was.
    pub fn free_versions(&self) -> Result<Freed> {
        // Beside the history that is in use: whoever saves meanwhile does not wait.
        self.history.beside().free()
    }
}
