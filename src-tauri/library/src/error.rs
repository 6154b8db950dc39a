//! What can go wrong, said in a way that the page and the command line can branch on.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The result of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, as far as anybody acts on it differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ErrorKind {
    /// There is no such file, article, version or entry.
    NotFound,
    /// The folder can't be used as a library.
    NotALibrary,
    /// Something is already there, and it is never replaced.
    AlreadyExists,
    /// The file, the folder or the disk can't be written.
    ReadOnly,
    /// The disk, or the user's share of it, is full.
    DiskFull,
    /// The disk or the system failed in another way.
    Io,
    /// The file on disk is not the one that the change was based on.
    Changed,
    /// The encoding of the file is not known, or not the one that was named.
    Encoding,
    /// The file's encoding has no bytes for some of the text; its [`Lacking`](crate::encoding::Lacking) says for what.
    Unencodable,
    /// The name can't be used for a file.
    BadName,
    /// Something stored is damaged.
    Corrupt,
    /// The library's folder is gone: unplugged, unmounted or removed.
    Vanished,
    /// Another program or another part of Edito is using it now.
    Busy,
    /// The request makes no sense.
    Invalid,
    /// It is larger than what is accepted.
    TooBig,
}

/// An error with its kind, the path it is about, and a detail in plain English for logs and the
/// command line. The page words its own message from the kind.
#[derive(Debug)]
pub struct Error {
    /// What to branch on.
    pub kind: ErrorKind,
    /// The file or folder it is about.
    pub path: Option<PathBuf>,
    /// What happened, without the path and without a full stop.
    pub detail: String,
    /// What caused it.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error without a path yet.
    pub fn new(kind: ErrorKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            path: None,
            detail: detail.into(),
            source: None,
        }
    }

    /// Names the path, unless a more precise one is already named.
    #[must_use]
    pub fn at(mut self, path: impl AsRef<Path>) -> Self {
        if self.path.is_none() {
            self.path = Some(path.as_ref().to_path_buf());
        }
        self
    }

    /// Keeps what caused it, for logs.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(out, "{}: {}", path.display(), self.detail),
            None => out.write_str(&self.detail),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn std::error::Error + 'static))
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::NotFound => ErrorKind::NotFound,
            io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty => ErrorKind::AlreadyExists,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => ErrorKind::ReadOnly,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorKind::DiskFull,
            io::ErrorKind::FileTooLarge => ErrorKind::TooBig,
            io::ErrorKind::ResourceBusy | io::ErrorKind::WouldBlock => ErrorKind::Busy,
            io::ErrorKind::InvalidFilename => ErrorKind::BadName,
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => ErrorKind::Corrupt,
            _ => ErrorKind::Io,
        };
        let detail = match kind {
            ErrorKind::NotFound => "there is no such file or folder".into(),
            ErrorKind::AlreadyExists => "something is already there".into(),
            ErrorKind::ReadOnly => "it can't be written".into(),
            ErrorKind::DiskFull => "the disk is full".into(),
            _ => error.to_string(),
        };
        Self::new(kind, detail).because(error)
    }
}

/// Names the path that a failed call was about.
pub trait At<T> {
    /// The same result, with `path` in its error unless a more precise one is already named.
    fn at(self, path: impl AsRef<Path>) -> Result<T>;
}

impl<T, E: Into<Error>> At<T> for std::result::Result<T, E> {
    fn at(self, path: impl AsRef<Path>) -> Result<T> {
        self.map_err(|error| error.into().at(path))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_kind_follows_the_systems_error() {
        let of = |kind: io::ErrorKind| Error::from(io::Error::from(kind)).kind;
        assert_eq!(of(io::ErrorKind::StorageFull), ErrorKind::DiskFull);
        assert_eq!(of(io::ErrorKind::QuotaExceeded), ErrorKind::DiskFull);
        assert_eq!(of(io::ErrorKind::ReadOnlyFilesystem), ErrorKind::ReadOnly);
        assert_eq!(of(io::ErrorKind::PermissionDenied), ErrorKind::ReadOnly);
        assert_eq!(of(io::ErrorKind::NotFound), ErrorKind::NotFound);
        assert_eq!(of(io::ErrorKind::InvalidFilename), ErrorKind::BadName);
        assert_eq!(of(io::ErrorKind::BrokenPipe), ErrorKind::Io);
    }

    #[test]
    fn the_first_path_named_stays() {
        let failed: std::result::Result<(), io::Error> = Err(io::Error::from(io::ErrorKind::NotFound));
        let error = failed.at("a.md").at("folder").unwrap_err();
        assert_eq!(error.path.as_deref(), Some(Path::new("a.md")));
        assert_eq!(error.to_string(), "a.md: there is no such file or folder");
    }

    #[test]
    fn kinds_cross_to_the_page_in_camel_case() {
        let json = serde_json::to_string(&ErrorKind::NotALibrary).unwrap();
        assert_eq!(json, "\"notALibrary\"");
    }
}
