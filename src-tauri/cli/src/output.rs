//! What commands print, and how they fail.

use std::io::{self, Write};
use std::process::ExitCode;

use serde::Serialize;

/// How to answer.
#[derive(Clone, Copy)]
pub struct Output {
    /// As JSON instead of text.
    pub json: bool,
}

/// What ends a command early.
#[derive(Debug)]
pub enum Failure {
    /// The library said no.
    Library(Box<edito_library::Error>),
    /// A file or a stream said no.
    Io(io::Error),
    /// What was asked for is not there.
    NotFound(String),
    /// No collection has this name.
    NoCollection(String),
    /// No search is saved under this name.
    NoSearch(String),
}

/// What a command answers.
pub type CommandResult = Result<ExitCode, Failure>;

impl Output {
    /// Prints `value` as JSON, or calls `text` with a writer.
    pub fn print<T: Serialize>(
        self,
        value: &T,
        text: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let mut stdout = io::BufWriter::new(io::stdout().lock());
        if self.json {
            serde_json::to_writer(&mut stdout, value).map_err(io::Error::from)?;
            writeln!(stdout)?;
        } else {
            text(&mut stdout)?;
        }
        Ok(stdout.flush()?)
    }
}

impl Failure {
    /// Whether the reader of the output went away, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl From<edito_library::Error> for Failure {
    fn from(error: edito_library::Error) -> Self {
        Self::Library(Box::new(error))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<edito_import::Error> for Failure {
    fn from(error: edito_import::Error) -> Self {
        match error {
            edito_import::Error::Library(error) => error.into(),
            edito_import::Error::Io(error) => error.into(),
            edito_import::Error::NotFound(what) => Self::NotFound(what),
        }
    }
}
