//! Triage: where articles lie on their way through the reader's hands, and the tags they are given there.

use edito_library as library;
use edito_library::ArticleId;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::commands::lists::{Facet, facets};
use crate::error::{CommandError, CommandResult};
use crate::state::AppState;

/// Where an article lies on its way through the reader's hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the same names as edito_library::Place, documented there")]
pub enum Place {
    Inbox,
    Later,
    Library,
    Archive,
}

/// What renaming a tag everywhere did.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RenamedTag {
    /// Articles that have the new tag now.
    pub renamed: u32,
    /// Files that keep the former one, and why: each with its path.
    pub failed: Vec<CommandError>,
}

/// Puts articles somewhere.
#[tauri::command(async)]
#[specta::specta]
pub fn set_place(state: State<'_, AppState>, ids: Vec<String>, place: Place) -> CommandResult<()> {
    let open = state.library()?;
    let ids = identities(ids);
    open.library.set_place(&ids, place.into())?;
    open.tell_updated(ids);
    Ok(())
}

/// Gives articles a tag of the reader's own; their files stay as they are.
#[tauri::command(async)]
#[specta::specta]
pub fn tag(state: State<'_, AppState>, ids: Vec<String>, tag: String) -> CommandResult<()> {
    let open = state.library()?;
    let ids = identities(ids);
    open.library.tag(&ids, &tag)?;
    open.tell_updated(ids);
    Ok(())
}

/// Takes a tag of the reader's own away; answers the articles that keep it because their files have it.
#[tauri::command(async)]
#[specta::specta]
pub fn untag(state: State<'_, AppState>, ids: Vec<String>, tag: String) -> CommandResult<Vec<String>> {
    let open = state.library()?;
    let ids = identities(ids);
    let kept = open.library.untag(&ids, &tag)?;
    open.tell_updated(ids);
    Ok(kept.into_iter().map(|id| id.0).collect())
}

/// Every tag that an article has, those of most articles first.
#[tauri::command(async)]
#[specta::specta]
pub fn known_tags(state: State<'_, AppState>) -> CommandResult<Vec<Facet>> {
    Ok(facets(state.library()?.library.overview()?.tags))
}

/// Renames a tag everywhere: the reader's own, and those in the front matter of files. What could not be written is
/// told, and the rest is renamed all the same.
#[tauri::command(async)]
#[specta::specta]
pub fn rename_tag(state: State<'_, AppState>, from: String, to: String) -> CommandResult<RenamedTag> {
    let open = state.library()?;
    let done = open.library.rename_tag(&from, &to)?;
    let mut renamed: Vec<ArticleId> = done.said.into_iter().chain(done.files).collect();
    renamed.sort();
    renamed.dedup();
    let count = crate::commands::lists::small(renamed.len());
    open.tell_updated(renamed);
    Ok(RenamedTag {
        renamed: count,
        failed: done.failed.into_iter().map(CommandError::from).collect(),
    })
}

impl From<Place> for library::Place {
    fn from(place: Place) -> Self {
        match place {
            Place::Inbox => Self::Inbox,
            Place::Later => Self::Later,
            Place::Library => Self::Library,
            Place::Archive => Self::Archive,
        }
    }
}

impl From<library::Place> for Place {
    fn from(place: library::Place) -> Self {
        match place {
            library::Place::Inbox => Self::Inbox,
            library::Place::Later => Self::Later,
            library::Place::Library => Self::Library,
            library::Place::Archive => Self::Archive,
        }
    }
}

fn identities(ids: Vec<String>) -> Vec<ArticleId> {
    ids.into_iter().map(ArticleId::from).collect()
}
