//! What is remembered of an article while the library is open.

use super::Library;
use crate::disk::{ContentHash, Precondition, durable_write};
use crate::encoding::{self, Decoded, decode, encode};
use crate::error::{Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::index::lock;
use crate::recovery;
use std::path::Path;

/// What is remembered of an article while the library is open.
#[derive(Clone, Debug, Default)]
pub(super) struct Session {
    picked: Option<PickedEncoding>,
    pub(super) last_version: Option<jiff::Timestamp>,
    /// What the file held after the last write of this library; `None` before the first one.
    pub(super) written: Option<ContentHash>,
    unconfirmed: Option<Unconfirmed>,
}

/// An encoding that the user picked for a file that does not tell its own.
#[derive(Clone, Debug)]
struct PickedEncoding {
    label: String,
    /// The bytes that it was picked for, or that were written in it since: those before the last save and after it.
    /// What anybody else writes may be in another one.
    known: [ContentHash; 2],
}

/// Bytes that a save has put into the file before it failed: when the folder can't be made durable, the new file
/// stands under its name, but may not survive a power cut.
#[derive(Clone, Debug)]
struct Unconfirmed {
    /// What the file held before, since the last save that succeeded.
    before: Vec<ContentHash>,
    written: ContentHash,
}

impl Library {
    /// Whether a file whose hash is `present` is what a change was based on: the same, or what a save of this library
    /// has put there since, which then failed. Nobody else's words are in it.
    pub fn is_ours(&self, id: &ArticleId, present: &str, based_on: &str) -> bool {
        present == based_on
            || self.unconfirmed(id).is_some_and(|unconfirmed| {
                unconfirmed.written.to_string() == present
                    && unconfirmed.before.iter().any(|hash| hash.to_string() == based_on)
            })
    }

    /// Remembers the encoding that the user picked for these bytes.
    pub(super) fn remember_encoding(&self, id: &ArticleId, bytes: &[u8], label: &str) {
        let hash = ContentHash::of(bytes);
        let picked = PickedEncoding {
            label: label.to_owned(),
            known: [hash, hash],
        };
        lock(&self.sessions).entry(id.clone()).or_default().picked = Some(picked);
    }

    /// The text of a file of this article. The encoding that the user picked counts for the bytes that it was picked
    /// for; those that somebody else wrote since are looked at anew, and only if they don't tell their encoding
    /// either, it is the best guess there is.
    pub(super) fn decode(&self, id: &ArticleId, bytes: &[u8]) -> Result<Decoded> {
        let picked = lock(&self.sessions).get(id).and_then(|session| session.picked.clone());
        let Some(picked) = picked else {
            return Ok(decode(bytes));
        };
        let as_picked = encoding::decode_as(bytes, &picked.label)?;
        if picked.known.contains(&ContentHash::of(bytes)) {
            return Ok(as_picked);
        }
        let anew = decode(bytes);
        Ok(if as_picked.lossless && !anew.lossless {
            as_picked
        } else {
            anew
        })
    }

    /// The text of an earlier state of this article.
    pub(super) fn decode_version(&self, id: &ArticleId, bytes: &[u8]) -> Decoded {
        let picked = lock(&self.sessions).get(id).and_then(|session| session.picked.clone());
        match picked {
            Some(picked) if std::str::from_utf8(bytes).is_err() => {
                encoding::decode_as(bytes, &picked.label).unwrap_or_else(|_| decode(bytes))
            }
            _ => decode(bytes),
        }
    }

    /// The bytes of the article's file with its text now `text`, to be written in the place of `old`, which
    /// [`Library::decode`] made `decoded` of.
    pub(super) fn encode(&self, id: &ArticleId, old: &[u8], decoded: &Decoded, text: &str) -> Result<Vec<u8>> {
        let new = encode(decoded, text)?;
        if decoded.picked
            && let Some(session) = lock(&self.sessions).get_mut(id)
            && let Some(picked) = &mut session.picked
        {
            picked.known = [ContentHash::of(old), ContentHash::of(&new)];
        }
        Ok(new)
    }

    /// As [`Library::encode`], in UTF-8 where the file's encoding can't hold the text.
    pub(super) fn encode_or_convert(
        &self,
        id: &ArticleId,
        old: &[u8],
        decoded: &Decoded,
        text: &str,
    ) -> Result<Vec<u8>> {
        match self.encode(id, old, decoded, text) {
            Err(error) if error.kind == ErrorKind::Unencodable => encode(&decoded.in_utf_8(), text),
            other => other,
        }
    }

    /// The hash of what is on disk, if it is what a change was based on.
    pub(super) fn expect(&self, id: &ArticleId, path: &str, bytes: &[u8], based_on: &str) -> Result<ContentHash> {
        let present = ContentHash::of(bytes);
        if self.is_ours(id, &present.to_string(), based_on) {
            return Ok(present);
        }
        let detail = "the file is not the one that the change was based on";
        Err(Error::new(ErrorKind::Changed, detail).at(self.root.join(path)))
    }

    /// The hash of what is on disk, if it is to the byte what a change was based on: for changes that name places.
    pub(super) fn expect_exactly(&self, path: &str, bytes: &[u8], based_on: &str) -> Result<ContentHash> {
        let present = ContentHash::of(bytes);
        if present.to_string() == based_on {
            return Ok(present);
        }
        let detail = "the file is not the one that the places were found in";
        Err(Error::new(ErrorKind::Changed, detail).at(self.root.join(path)))
    }

    /// Whether a save has put these bytes into the file and then failed.
    pub(super) fn is_unconfirmed(&self, id: &ArticleId, present: ContentHash) -> bool {
        self.unconfirmed(id)
            .is_some_and(|unconfirmed| unconfirmed.written == present)
    }

    /// Puts new bytes in the place of those with the hash `present`. After a failure, the next call writes a fresh
    /// temporary file, whatever the file holds: a disk that has once refused to make something durable may say that it
    /// did so when asked again.
    pub(super) fn write(&self, id: &ArticleId, path: &Path, present: ContentHash, new: &[u8]) -> Result<ContentHash> {
        let disk = &*self.environment.disk;
        let hash = ContentHash::of(new);
        let expected = if hash == present && self.is_unconfirmed(id, present) {
            Precondition::Unconfirmed
        } else {
            Precondition::Content(present)
        };
        let written = durable_write(disk, path, new, expected);
        let in_place = || disk.read(path).is_ok_and(|bytes| ContentHash::of(&bytes) == hash);
        if written.is_ok() {
            self.note_own(id, hash);
        } else if in_place() {
            let mut sessions = lock(&self.sessions);
            let session = sessions.entry(id.clone()).or_default();
            let earlier = session.unconfirmed.take().filter(|earlier| earlier.written == present);
            let mut before = earlier.map_or_else(Vec::new, |earlier| earlier.before);
            if !before.contains(&present) {
                before.push(present);
            }
            session.unconfirmed = Some(Unconfirmed { before, written: hash });
        }
        written
    }

    /// Remembers what was written here, so that it is taken for nobody else’s.
    pub(super) fn note_own(&self, id: &ArticleId, hash: ContentHash) {
        let mut sessions = lock(&self.sessions);
        let session = sessions.entry(id.clone()).or_default();
        session.unconfirmed = None;
        session.written = Some(hash);
        recovery::note_written(&self.recovery_folder, id.as_str(), hash);
    }

    /// Whether another program made of the file what it holds: it is not what was written here last, in this run or an
    /// earlier one. Where no write is noted the newest version holds it, or it is another program’s.
    pub(super) fn is_foreign(&self, id: &ArticleId, present: ContentHash) -> bool {
        if self.is_unconfirmed(id, present) {
            return false;
        }
        let written = lock(&self.sessions).get(id).and_then(|session| session.written);
        match written.or_else(|| recovery::last_written(&self.recovery_folder, id.as_str())) {
            Some(written) => written != present,
            None => self.history.newest(id).is_ok_and(|newest| newest.is_some()),
        }
    }

    fn unconfirmed(&self, id: &ArticleId) -> Option<Unconfirmed> {
        lock(&self.sessions).get(id)?.unconfirmed.clone()
    }
}
