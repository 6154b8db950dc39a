//! Unsaved words, kept for when Edito or the machine stops, and offered at the next start.

use edito_library::ArticleId;
use edito_prose::{analyse, frontmatter};
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::AppState;

/// Unsaved words that a killed run left behind.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Recovery {
    /// Names the copy.
    pub key: String,
    /// The article, when it is still in the library.
    pub id: Option<String>,
    /// Its path when the copy was made.
    pub path: String,
    /// Its title, from the copy.
    pub title: String,
    /// When the copy was made, RFC 3339.
    pub saved_at: String,
    /// The unsaved text.
    pub text: String,
    /// The file's text now; `None` when it is gone or can't be read.
    pub on_disk: Option<String>,
    /// Whether the file was changed after the copy was made: then the file is the likelier one.
    pub disk_newer: bool,
}

/// The article whose recovery copy became its text.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct TakenRecovery {
    pub id: String,
    pub hash: String,
}

/// Keeps the unsaved text outside of the library, so that a kill loses no more than was typed since.
#[tauri::command(async)]
#[specta::specta]
pub fn keep_recovery(state: State<'_, AppState>, id: String, text: String, based_on: String) -> CommandResult<()> {
    let open = state.library()?;
    let id = ArticleId::from(id);
    let id = open.present_id(&id)?;
    if !open.make_way(&id) {
        return Err(CommandError::new(
            ErrorKind::Busy,
            "an earlier copy of this article could not be kept as a version",
        ));
    }
    let known_path = open.known_path(&id).ok();
    Ok(open
        .library
        .keep_recovery(&id, &text, &based_on, known_path.as_deref())?)
}

/// What a killed run left behind in this library.
#[tauri::command(async)]
#[specta::specta]
pub fn recoveries(state: State<'_, AppState>) -> CommandResult<Vec<Recovery>> {
    let open = state.library()?;
    let undecided = open.left_behind();
    let left = open.library.recoveries()?;
    Ok(left
        .into_iter()
        .filter(|left| undecided.contains(&left.key))
        .map(|left| Recovery {
            key: left.key,
            id: left.article.map(|id| id.0),
            title: title_of(&left.text).unwrap_or_else(|| left.path.clone()),
            path: left.path,
            saved_at: left.saved_at,
            on_disk: left.on_disk,
            disk_newer: left.disk_newer,
            text: left.text,
        })
        .collect())
}

/// Makes the copy the text; the file's present state becomes a version first.
#[tauri::command(async)]
#[specta::specta]
pub fn take_recovery(state: State<'_, AppState>, key: String) -> CommandResult<TakenRecovery> {
    let open = state.library()?;
    let (id, saved) = open.library.take_recovery(&key)?;
    open.decided(&key);
    open.tell(saved.changes);
    Ok(TakenRecovery {
        id: id.0,
        hash: saved.hash,
    })
}

/// Leaves the file as it is; the copy becomes a version.
#[tauri::command(async)]
#[specta::specta]
pub fn drop_recovery(state: State<'_, AppState>, key: String) -> CommandResult<()> {
    let open = state.library()?;
    open.library.drop_recovery(&key)?;
    open.decided(&key);
    Ok(())
}

/// What a text is known by: its title, else its first words.
fn title_of(text: &str) -> Option<String> {
    const WORDS: usize = 8;
    let title = analyse(text).title.filter(|title| !title.trim().is_empty());
    title.or_else(|| {
        let words: Vec<&str> = frontmatter::split(text)
            .body
            .split_whitespace()
            .take(WORDS + 1)
            .collect();
        let shown = words.get(..WORDS.min(words.len())).unwrap_or_default().join(" ");
        match words.len() {
            0 => None,
            count if count > WORDS => Some(format!("{shown}…")),
            _ => Some(shown),
        }
    })
}
