//! Reading and saving texts.

use super::Library;
use crate::article::{LibraryChanges, ReadOnlyReason, Saved, Text};
use crate::disk::{ContentHash, create_new};
use crate::encoding::{self, Decoded};
use crate::error::{At, Error, ErrorKind, Result};
use crate::history::SnapshotKind;
use crate::identity::ArticleId;
use crate::index::facts::LARGEST_FILE;
use crate::index::{lock, rows};
use crate::walk::within;
use jiff::SignedDuration;
use std::fs;
use std::path::{Path, PathBuf};

impl Library {
    /// The text of an article.
    ///
    /// # Errors
    /// `NotFound`, `TooBig`, `Io`, `Vanished`.
    pub fn read_text(&self, id: &ArticleId) -> Result<Text> {
        let path = self.path_of(id)?;
        let bytes = self.read_bytes(&path)?;
        let decoded = self.decode(id, &bytes)?;
        Ok(self.text(id, path, &bytes, decoded))
    }

    /// The path of an article, and whether its file is still what `hash` says, to the byte.
    ///
    /// # Errors
    /// As [`Library::read_text`].
    pub fn is_still(&self, id: &ArticleId, hash: &str) -> Result<(String, bool)> {
        let path = self.path_of(id)?;
        let bytes = self.read_bytes(&path)?;
        Ok((path, ContentHash::of(&bytes).to_string() == hash))
    }

    /// The text of an article, decoded as the user says (a label such as `latin1`). It is
    /// saved in that encoding as long as the library stays open and nobody else writes the file in another one.
    ///
    /// # Errors
    /// As [`Library::read_text`]; `Encoding` when the label is unknown.
    pub fn read_text_as(&self, id: &ArticleId, encoding: &str) -> Result<Text> {
        let path = self.path_of(id)?;
        let bytes = self.read_bytes(&path)?;
        let decoded = encoding::decode_as(&bytes, encoding).at(self.root.join(&path))?;
        self.remember_encoding(id, &bytes, encoding);
        Ok(self.text(id, path, &bytes, decoded))
    }

    /// Saves a text durably. `text` has `\n` line ends; bytes of lines that did not change
    /// stay. `based_on` is the hash that came with the text. The first save of a session
    /// keeps the state before it as a version, and there is at most one automatic version
    /// each five minutes.
    ///
    /// # Errors
    /// `Changed` when the file is no longer what `based_on` says; `NotFound` when it is gone
    /// ([`Library::recreate`] makes it again); `Unencodable` when the file's encoding lacks some
    /// of the text ([`Library::save_in_utf_8`] writes it); `Encoding`, `ReadOnly`, `DiskFull`,
    /// `Io`, `Vanished`. The file is whole after any of them.
    pub fn save(&self, id: &ArticleId, text: &str, based_on: &str) -> Result<Saved> {
        self.save_with(id, text, based_on, |path, bytes, decoded| {
            self.encode(id, bytes, decoded, text).at(self.root.join(path))
        })
    }

    /// Saves a text in UTF-8 whatever the file was in; line ends stay. The bytes as they were are
    /// kept as a version first, without which nothing is written.
    ///
    /// # Errors
    /// As [`Library::save`], and what writing the history can fail with.
    pub fn save_in_utf_8(&self, id: &ArticleId, text: &str, based_on: &str) -> Result<Saved> {
        self.save_with(id, text, based_on, |path, bytes, decoded| {
            let new = encoding::encode(&decoded.in_utf_8(), text).at(self.root.join(path))?;
            self.identify(id)?;
            self.keep(id, path, bytes, &SnapshotKind::Before("encoding".into()))?;
            Ok(new)
        })
    }

    fn save_with(
        &self,
        id: &ArticleId,
        text: &str,
        based_on: &str,
        make: impl FnOnce(&str, &[u8], &Decoded) -> Result<Vec<u8>>,
    ) -> Result<Saved> {
        let path = self.path_of(id)?;
        let bytes = self.read_bytes(&path)?;
        let present = self.expect(id, &path, &bytes, based_on)?;
        let decoded = self.decode(id, &bytes)?;
        let new = make(&path, &bytes, &decoded)?;
        // Whoever deletes the `id` line goes on with the same article: from here on the journal says which it is.
        if declares(&decoded.text, id) && !declares(text, id) {
            self.record_moved(id, &path, &present.to_string())?;
        }
        self.replace(id, &path, &bytes, present, &new)
    }

    /// Saves a text whose file is gone, at the path that it had.
    ///
    /// # Errors
    /// `AlreadyExists` when there is a file again, `Invalid` for a path outside the library;
    /// else as [`Library::save`].
    pub fn recreate(&self, id: &ArticleId, path: &str, text: &str) -> Result<Saved> {
        self.check_root()?;
        let outside = || Error::new(ErrorKind::Invalid, "it is not in this library").at(path);
        let path = within(&self.root, Path::new(path))
            .filter(|path| !path.is_empty())
            .ok_or_else(outside)?;
        let absolute = self.root.join(&path);
        if let Some(folder) = absolute.parent() {
            self.make_folder(folder)?;
        }
        let hash = create_new(&*self.environment.disk, &absolute, text.as_bytes())?;
        self.note_own(id, hash);
        let hash = hash.to_string();
        if self.journal_knows(id) {
            self.record_moved(id, &path, &hash)?;
        }
        let changes = self.after_write(&path);
        Ok(Saved { hash, changes })
    }

    /// The path of an article within the library.
    pub(super) fn path_of(&self, id: &ArticleId) -> Result<String> {
        let reader = self.index.reader()?;
        match rows::known_by_id(reader.rows()?, id.as_str())? {
            Some(known) => Ok(known.path),
            None => Err(Error::new(ErrorKind::NotFound, format!("there is no article {id}"))),
        }
    }

    /// The bytes of a file of the library.
    pub(super) fn read_bytes(&self, path: &str) -> Result<Vec<u8>> {
        let absolute = self.root.join(path);
        let read = || -> Result<Vec<u8>> {
            let size = fs::metadata(&absolute).at(&absolute)?.len();
            if size > LARGEST_FILE {
                return Err(Error::new(ErrorKind::TooBig, "it is larger than 64 MiB").at(&absolute));
            }
            fs::read(&absolute).at(&absolute)
        };
        read().or_else(|error| {
            self.check_root()?;
            Err(error)
        })
    }

    /// Puts new bytes in the place of those that were read, keeps versions, and brings the
    /// index up to date.
    pub(super) fn replace(
        &self,
        id: &ArticleId,
        path: &str,
        old: &[u8],
        present: ContentHash,
        new: &[u8],
    ) -> Result<Saved> {
        if old == new && !self.is_unconfirmed(id, present) {
            // Whoever has put them there may not have waited until they were on the disk.
            let absolute = self.root.join(path);
            fs::File::open(&absolute)
                .and_then(|file| file.sync_all())
                .at(&absolute)?;
            if let Some(folder) = absolute.parent() {
                let disk = &*self.environment.disk;
                disk.open_folder(folder, false)
                    .and_then(|folder| folder.sync())
                    .at(folder)?;
            }
            return Ok(Saved {
                hash: present.to_string(),
                changes: LibraryChanges::default(),
            });
        }
        // A journal that can't be written must not keep a text from being saved.
        if let Err(error) = self.identify(id) {
            tracing::warn!(%error, path, "the identity of an article could not be recorded");
        }
        let now = (self.environment.now)();
        let last = lock(&self.sessions).get(id).and_then(|session| session.last_version);
        let foreign = self.is_foreign(id, present);
        if last.is_none() || foreign {
            // What another program wrote since is replaced here for the first time.
            self.keep_by_itself(id, path, old, foreign);
        }
        let absolute = self.root.join(path);
        let hash = self.write(id, &absolute, present, new)?;
        if last.is_some_and(|last| now.duration_since(last) >= BETWEEN_VERSIONS) {
            self.keep_by_itself(id, path, new, false);
        }
        // The text is safe. While a first index is being made, the list can follow a little later
        // than the writer's "saved": the watch tells of this file too.
        let changes = if self.index.reads_many() {
            LibraryChanges::default()
        } else {
            self.after_write(path)
        };
        Ok(Saved {
            hash: hash.to_string(),
            changes,
        })
    }

    /// Brings the index up to date after a write that has succeeded: an index that can't
    /// follow must not make the save look failed.
    pub(super) fn after_write(&self, path: &str) -> LibraryChanges {
        match self.reconcile_paths(&[path.to_owned()]) {
            Ok(changes) => changes,
            Err(error) => {
                tracing::warn!(%error, path, "the index could not be brought up to date");
                LibraryChanges::default()
            }
        }
    }

    /// A version that nobody asked for must not keep a text from being saved.
    fn keep_by_itself(&self, id: &ArticleId, path: &str, bytes: &[u8], foreign: bool) {
        let kind = if foreign {
            SnapshotKind::External
        } else {
            SnapshotKind::Automatic
        };
        if let Err(error) = self.keep(id, path, bytes, &kind) {
            tracing::warn!(%error, path, "no version could be kept");
        }
    }

    fn text(&self, id: &ArticleId, path: String, bytes: &[u8], decoded: Decoded) -> Text {
        let line_ending = if decoded.mixed {
            "mixed"
        } else {
            match decoded.line_ending.as_str() {
                "\r\n" => "crlf",
                "\r" => "cr",
                _ => "lf",
            }
        };
        let read_only = if !decoded.lossless {
            Some(ReadOnlyReason::Encoding)
        } else if !self.can_write(&self.root.join(&path)) {
            Some(ReadOnlyReason::Permissions)
        } else {
            None
        };
        Text {
            id: id.clone(),
            path,
            hash: ContentHash::of(bytes).to_string(),
            encoding: decoded.encoding.name().to_owned(),
            line_ending: line_ending.to_owned(),
            read_only,
            text: decoded.text,
        }
    }

    pub(super) fn can_write(&self, path: &Path) -> bool {
        let target: PathBuf = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        self.environment.disk.about(&target).is_ok_and(|about| about.writable)
    }
}

const BETWEEN_VERSIONS: SignedDuration = SignedDuration::from_mins(5);

/// Whether the front matter of a text says that it is this article.
fn declares(text: &str, id: &ArticleId) -> bool {
    edito_prose::frontmatter::read(text)
        .id
        .and_then(|named| crate::identity::declared(&named))
        .as_ref()
        == Some(id)
}
