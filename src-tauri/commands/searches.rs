//! Saved searches: kept by name in the journal, listed in the rail.

use edito_library as library;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;
use uuid::Uuid;

use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::AppState;

/// A search that was saved.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(
    missing_docs,
    reason = "the same names as edito_library::SavedSearch, documented there"
)]
pub struct SavedSearch {
    pub id: String,
    pub name: String,
    pub query: String,
}

/// What is to be other about a saved search; what is null stays.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct SearchChange {
    /// What it is called.
    pub name: Option<String>,
    /// The question.
    pub query: Option<String>,
    /// Whether it is there; one that was taken away comes back with everything.
    pub on: Option<bool>,
}

/// The saved searches, in the order of the desk.
#[tauri::command(async)]
#[specta::specta]
pub fn saved_searches(state: State<'_, AppState>) -> CommandResult<Vec<SavedSearch>> {
    let searches = state.library()?.library.saved_searches();
    Ok(searches.into_iter().map(SavedSearch::from).collect())
}

/// Saves a search, behind the others; answers its identity.
#[tauri::command(async)]
#[specta::specta]
pub fn save_search(state: State<'_, AppState>, name: String, query: String) -> CommandResult<String> {
    Ok(state.library()?.library.save_search(&name, &query)?.to_string())
}

/// Changes a saved search, takes it away or brings it back.
#[tauri::command(async)]
#[specta::specta]
pub fn change_search(state: State<'_, AppState>, id: String, change: SearchChange) -> CommandResult<()> {
    let SearchChange { name, query, on } = change;
    let change = library::SearchChange { name, query, on };
    Ok(state.library()?.library.change_search(identity(&id)?, change)?)
}

/// Puts a saved search after another, or before all.
#[tauri::command(async)]
#[specta::specta]
pub fn move_search(state: State<'_, AppState>, id: String, after: Option<String>) -> CommandResult<()> {
    let after = after.as_deref().map(identity).transpose()?;
    Ok(state.library()?.library.move_search(identity(&id)?, after)?)
}

impl From<library::SavedSearch> for SavedSearch {
    fn from(saved: library::SavedSearch) -> Self {
        Self {
            id: saved.id.to_string(),
            name: saved.name,
            query: saved.query,
        }
    }
}

fn identity(id: &str) -> CommandResult<Uuid> {
    id.parse()
        .map_err(|_| CommandError::new(ErrorKind::Invalid, "not the identity of a saved search"))
}
