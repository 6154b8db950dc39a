//! What the page can ask. Thin: each turns its wire types into a call on the library and back.

pub mod advice;
pub mod aloud;
pub mod articles;
pub mod capture;
pub mod captures;
pub mod citations;
pub mod collections;
pub mod composing;
pub mod feeds;
pub mod front;
pub mod goals;
pub mod heads;
pub mod highlights;
pub mod imports;
pub mod libraries;
pub mod lists;
pub mod pasting;
pub mod pictures;
pub mod preview;
pub mod quotations;
pub mod reading;
pub mod recovery;
pub mod redline;
pub mod replacing;
pub mod searches;
pub mod settings;
pub mod subscriptions;
pub mod templates;
pub mod texts;
pub mod trash;
pub mod triage;
pub mod typography;
pub mod versions;
pub mod window;

use crate::error::{CommandError, CommandResult, ErrorKind};

/// Milliseconds since 1970 as RFC 3339.
fn time(milliseconds: i64) -> String {
    jiff::Timestamp::from_millisecond(milliseconds)
        .map(|time| time.to_string())
        .unwrap_or_default()
}

/// Does what may take long where nobody waits for it: the threads that answer commands are few.
async fn elsewhere<T: Send + 'static>(work: impl FnOnce() -> CommandResult<T> + Send + 'static) -> CommandResult<T> {
    tauri::async_runtime::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(CommandError::new(ErrorKind::Io, error.to_string())))
}
