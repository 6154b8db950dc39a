//! What a command answers when it can't do what was asked.

use edito_library::ArticleId;
use serde::Serialize;
use specta::Type;

/// A failure as the page gets it. The page branches on `kind`, shows `path`, and takes its words and its hint from
/// the messages of the reader's language; `message` is for the log and for bug reports.
#[derive(Debug, Clone, Serialize, Type, thiserror::Error)]
#[error("{message}")]
#[serde(rename_all = "camelCase")]
pub struct CommandError {
    /// What went wrong, as something that code can branch on.
    pub kind: ErrorKind,
    /// One plain English sentence; of `Unencodable`, the encoding and the characters that it lacks.
    pub message: String,
    /// The file or folder that it concerns.
    pub path: Option<String>,
}

/// The kinds of failure that the page tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is; the words are in the messages")]
pub enum ErrorKind {
    NotFound,
    NotALibrary,
    AlreadyExists,
    ReadOnly,
    DiskFull,
    Io,
    Changed,
    Encoding,
    Unencodable,
    BadName,
    Corrupt,
    Vanished,
    Busy,
    Invalid,
    TooBig,
    NoLibrary,
    OpenElsewhere,
    InboxInside,
    NoCollection,
}

/// What every command answers.
pub type CommandResult<T> = Result<T, CommandError>;

impl CommandError {
    /// A failure that concerns no file.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            path: None,
        }
    }

    /// There is no open library.
    pub fn no_library() -> Self {
        Self::new(ErrorKind::NoLibrary, "no library is open")
    }

    /// The article is not in the library (any more).
    pub fn no_article(id: &ArticleId) -> Self {
        Self::new(ErrorKind::NotFound, format!("no article {id} in this library"))
    }
}

impl From<edito_library::Error> for CommandError {
    fn from(error: edito_library::Error) -> Self {
        Self::of(&error)
    }
}

impl CommandError {
    /// An error of the library, as the page gets it.
    pub fn of(error: &edito_library::Error) -> Self {
        use edito_library::ErrorKind as From;
        let kind = match error.kind {
            From::NotFound => ErrorKind::NotFound,
            From::NotALibrary => ErrorKind::NotALibrary,
            From::AlreadyExists => ErrorKind::AlreadyExists,
            From::ReadOnly => ErrorKind::ReadOnly,
            From::DiskFull => ErrorKind::DiskFull,
            From::Io => ErrorKind::Io,
            From::Changed => ErrorKind::Changed,
            From::Encoding => ErrorKind::Encoding,
            From::Unencodable => ErrorKind::Unencodable,
            From::BadName => ErrorKind::BadName,
            From::Corrupt => ErrorKind::Corrupt,
            From::Vanished => ErrorKind::Vanished,
            From::Busy => ErrorKind::Busy,
            From::Invalid => ErrorKind::Invalid,
            From::TooBig => ErrorKind::TooBig,
        };
        Self {
            kind,
            message: lacking(error).unwrap_or_else(|| error.to_string()),
            path: error.path.as_ref().map(|path| path.display().to_string()),
        }
    }
}

/// What the encoding of a file lacks, in words of no language: the page says the rest.
fn lacking(error: &edito_library::Error) -> Option<String> {
    let lacking: &edito_library::encoding::Lacking = error.source.as_deref()?.downcast_ref()?;
    Some(lacking.to_string())
}
