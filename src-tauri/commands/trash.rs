//! The library's trash.

use edito_library::ArticleId;
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::commands::articles::changed_row;
use crate::commands::lists::Row;
use crate::commands::time;
use crate::error::CommandResult;
use crate::state::AppState;

/// A piece in the trash.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct Trashed {
    pub key: String,
    pub path: String,
    pub title: String,
    pub trashed_at: String,
}

/// Puts articles into the library's trash; answers their keys there, for undo.
#[tauri::command(async)]
#[specta::specta]
pub fn trash_articles(state: State<'_, AppState>, ids: Vec<String>) -> CommandResult<Vec<String>> {
    let open = state.library()?;
    let ids: Vec<ArticleId> = ids.into_iter().map(ArticleId::from).collect();
    let mut keys = Vec::new();
    for id in &ids {
        let (key, changes) = open.library.trash(id)?;
        open.tell(changes);
        keys.push(key);
    }
    Ok(keys)
}

/// What is in the trash, the latest first.
#[tauri::command(async)]
#[specta::specta]
pub fn trashed(state: State<'_, AppState>) -> CommandResult<Vec<Trashed>> {
    let trashed = state.library()?.library.trashed()?;
    Ok(trashed
        .into_iter()
        .map(|one| Trashed {
            key: one.id,
            path: one.path,
            title: one.title,
            trashed_at: time(one.time),
        })
        .collect())
}

/// Takes a piece out of the trash, to where it was or beside what is there now. `None` for an image.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_trashed(state: State<'_, AppState>, key: String) -> CommandResult<Option<Row>> {
    let open = state.library()?;
    let (id, changes) = open.library.restore(&key)?;
    if id.as_str().is_empty() {
        return Ok(None);
    }
    changed_row(&open, &id, changes).map(Some)
}

/// Deletes pieces of the trash from the disk. Their versions stay in the history.
#[tauri::command(async)]
#[specta::specta]
pub fn delete_forever(state: State<'_, AppState>, keys: Vec<String>) -> CommandResult<()> {
    Ok(state.library()?.library.delete_forever(&keys)?)
}
