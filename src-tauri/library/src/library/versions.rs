//! Earlier versions of texts.

use super::Library;
use crate::article::Saved;
use crate::disk::ContentHash;
use crate::encoding::encode;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{HistoryNotice, Snapshot, SnapshotKind, Tidied, Version, VersionId};
use crate::identity::ArticleId;
use crate::index::lock;
use crate::recovery;
use edito_prose::analyse;
use edito_prose::redline::redline;

impl Library {
    /// Keeps the present text as an automatic version, when it differs from the last one.
    /// For when the sheet is left. An article that was never changed here keeps none.
    ///
    /// # Errors
    /// What reading the text and writing the history can fail with.
    pub fn checkpoint(&self, id: &ArticleId) -> Result<()> {
        let changed = lock(&self.sessions)
            .get(id)
            .is_some_and(|session| session.last_version.is_some());
        if !changed {
            return Ok(());
        }
        let path = self.path_of(id)?;
        let bytes = self.read_bytes(&path)?;
        let kind = if self.is_foreign(id, ContentHash::of(&bytes)) {
            SnapshotKind::External
        } else {
            SnapshotKind::Automatic
        };
        self.keep(id, &path, &bytes, &kind)?;
        recovery::forget_written(&self.recovery_folder, id.as_str());
        let mut sessions = lock(&self.sessions);
        if let Some(session) = sessions.get_mut(id) {
            session.written = None;
        }
        Ok(())
    }

    /// The versions of an article, the newest first.
    ///
    /// # Errors
    /// `Corrupt` or `Io` when the history can't be read.
    pub fn versions(&self, id: &ArticleId) -> Result<Vec<Version>> {
        self.history.versions(id)
    }

    /// The text of a version of an article, with `\n` line ends. The encoding that the user picked
    /// for the article counts for its versions too, unless they tell their own.
    ///
    /// # Errors
    /// `NotFound`, `Corrupt`.
    pub fn version_text(&self, id: &ArticleId, version: &VersionId) -> Result<String> {
        let bytes = self.history.text(version)?;
        Ok(self.decode_version(id, &bytes).text)
    }

    /// Keeps the present text as a version with a name.
    ///
    /// # Errors
    /// As [`Library::checkpoint`].
    pub fn name_version(&self, id: &ArticleId, name: &str) -> Result<VersionId> {
        let path = self.path_of(id)?;
        let bytes = self.read_bytes(&path)?;
        self.identify(id)?;
        let kept = self.keep(id, &path, &bytes, &SnapshotKind::Named(name.to_owned()))?;
        kept.ok_or_else(|| Error::new(ErrorKind::Corrupt, "the version could not be named"))
    }

    /// Gives a version another name, or none.
    ///
    /// # Errors
    /// `NotFound` when the article has no such version, or what writing the history fails with.
    pub fn rename_version(&self, id: &ArticleId, version: &VersionId, name: Option<&str>) -> Result<()> {
        let (time, device) = (self.now(), self.device());
        match name.map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => self.history.name_version(id, version, name, time, device),
            None => self.history.unname_version(id, version, time, device),
        }
    }

    /// Says who writes here, for the versions that are kept from now on.
    pub fn sign_versions(&self, by: Option<String>) {
        *lock(&self.signature) = by.filter(|by| !by.trim().is_empty());
    }

    /// Packs the history where many versions lie in files of their own, which takes a moment and holds nobody up: most
    /// versions then take the room of what changed. Nothing is thrown away.
    ///
    /// # Errors
    /// What the system says; the history is then as it was.
    pub fn tidy_versions(&self) -> Result<Tidied> {
        // Beside the history that is in use: whoever saves meanwhile does not wait.
        let beside = self.history.beside();
        if beside.loose_objects() < WORTH_PACKING {
            return Ok(Tidied::default());
        }
        beside.tidy()
    }

    /// Keeps a text (with `\n` line ends) as a version because something is about to replace
    /// it: `external`, `merge`, `recovery`…
    ///
    /// # Errors
    /// As [`Library::checkpoint`]; the article's file may be gone.
    pub fn keep_version(&self, id: &ArticleId, text: &str, reason: &str) -> Result<()> {
        let path = self.path_of(id).unwrap_or_default();
        // In the shape of the file, so that a version compares with the next by its words alone.
        let bytes = match self.read_bytes(&path) {
            Ok(bytes) if !path.is_empty() => {
                encode(&self.decode(id, &bytes)?, text).unwrap_or_else(|_| text.as_bytes().to_vec())
            }
            _ => text.as_bytes().to_vec(),
        };
        self.identify(id)?;
        // What is kept here is not what the file holds: the next save still has to keep that.
        let last = lock(&self.sessions).get(id).and_then(|session| session.last_version);
        let kept = self.keep(id, &path, &bytes, &SnapshotKind::Before(reason.to_owned()));
        lock(&self.sessions).entry(id.clone()).or_default().last_version = last;
        kept.map(|_| ())
    }

    /// Brings a version back, byte for byte; the present text is kept as a version first.
    ///
    /// # Errors
    /// As [`Library::save`], and `NotFound` for the version.
    pub fn restore_version(&self, id: &ArticleId, version: &VersionId, based_on: &str) -> Result<Saved> {
        let path = self.path_of(id)?;
        let bytes = self.read_bytes(&path)?;
        let present = self.expect(id, &path, &bytes, based_on)?;
        let former = self.history.text(version)?;
        self.identify(id)?;
        self.keep(id, &path, &bytes, &SnapshotKind::Before("restore".into()))?;
        self.replace(id, &path, &bytes, present, &former)
    }

    /// The identity of this computer, by which versions tell where they were kept.
    pub fn device(&self) -> &str {
        &self.environment.device
    }

    /// Takes back some of the changes that were made since a version, by their numbers in the [`Redline`] from the version
    /// to the present text; everything else stays. The present text is kept as a version first.
    ///
    /// # Errors
    /// As [`Library::save`], and `NotFound` for the version.
    ///
    /// [`Redline`]: edito_prose::redline::Redline
    pub fn restore_changes(
        &self,
        id: &ArticleId,
        version: &VersionId,
        based_on: &str,
        changes: &[u32],
    ) -> Result<Saved> {
        let path = self.path_of(id)?;
        let bytes = self.read_bytes(&path)?;
        self.expect_exactly(&path, &bytes, based_on)?;
        let present = self.decode(id, &bytes)?.text;
        let former = self.version_text(id, version)?;
        let mixed = redline(&former, &present)
            .resolve(&former, |change| !changes.contains(&change))
            .map_err(|error| Error::new(ErrorKind::Changed, error.to_string()).at(self.root.join(&path)))?;
        self.identify(id)?;
        self.keep(id, &path, &bytes, &SnapshotKind::Before("restore".into()))?;
        self.save(id, &mixed, based_on)
    }

    /// Tells what is found damaged in the history and worked around, each once; see [`History::on_damage`].
    ///
    /// [`History::on_damage`]: crate::history::History::on_damage
    pub fn on_history_damage(&self, listener: impl Fn(&HistoryNotice) + Send + Sync + 'static) {
        self.history.on_damage(listener);
    }

    pub(crate) fn history_findings(&self) -> Vec<HistoryNotice> {
        self.history.findings()
    }

    pub(super) fn keep(
        &self,
        id: &ArticleId,
        path: &str,
        bytes: &[u8],
        kind: &SnapshotKind,
    ) -> Result<Option<VersionId>> {
        let time = (self.environment.now)();
        let words = std::str::from_utf8(bytes).ok().map(|text| analyse(text).counts.words);
        let by = match kind {
            SnapshotKind::External | SnapshotKind::Captured(_) => None,
            _ => self.signed(),
        };
        let kept = self.history.snapshot(&Snapshot {
            article: id,
            path,
            bytes,
            kind,
            time,
            device: &self.environment.device,
            by: by.as_deref(),
            words,
        });
        // Who saves does not wait for versions, and would not hear that there are none any more.
        let kept = kept.inspect_err(|error| self.history.could_not_keep(error))?;
        lock(&self.sessions).entry(id.clone()).or_default().last_version = Some(time);
        Ok(kept)
    }

    /// The name under which versions are kept: the one that was said, else the desk's only author.
    fn signed(&self) -> Option<String> {
        let said = lock(&self.signature).clone();
        said.or_else(|| match self.settings().config.authors.as_slice() {
            [author] => Some(author.name.clone()),
            _ => None,
        })
    }
}

/// So many objects in files of their own are packed: some seven hundred versions.
const WORTH_PACKING: usize = 2000;
