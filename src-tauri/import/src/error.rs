//! What ends an import early.

use std::io;

/// What ends an import early; what came in before stays, and is listed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The library said no.
    #[error(transparent)]
    Library(#[from] edito_library::Error),
    /// A file, or the reading process, could not be had.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// What was to be brought in is not there, as it was named.
    #[error("{0} is not there")]
    NotFound(String),
}

/// What the functions of this crate answer.
pub type Result<T> = std::result::Result<T, Error>;
