//! Earlier versions of texts.

use edito_library::ArticleId;
use edito_library::history::{self, VersionId, thinning};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::commands::texts::{TextView, view};
use crate::commands::{elsewhere, time};
use crate::error::CommandResult;
use crate::state::{AppState, OpenLibrary};

/// An earlier state of a text.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Version {
    /// Names the version.
    pub id: String,
    /// RFC 3339.
    pub time: String,
    /// Why it was kept.
    pub kind: VersionKind,
    /// The name its author gave it.
    pub name: Option<String>,
    /// What it was kept before, for `before`.
    pub reason: Option<String>,
    /// The other computer that it was kept on; none for this one.
    pub device: Option<String>,
    /// The name of who wrote it, when that is known.
    pub by: Option<String>,
    /// Whether the version before it in the list, a later one, stands for it: of what is old, few are shown.
    pub folded: bool,
    /// Words of the text, when they were counted.
    pub words: Option<u32>,
    /// Words more or fewer than in the version before it.
    pub words_delta: Option<i32>,
}

/// Why a version was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum VersionKind {
    /// As work went on.
    Automatic,
    /// Its author named it.
    Named,
    /// It was captured from elsewhere; its name says from where, and when.
    Captured,
    /// Another program left it.
    External,
    /// Something was about to replace it.
    Before,
}

/// Keeps a text in the article's history because it is about to be replaced.
#[tauri::command(async)]
#[specta::specta]
pub fn keep_version(state: State<'_, AppState>, id: String, text: String, reason: String) -> CommandResult<()> {
    Ok(state.library()?.library.keep_version(&id.into(), &text, &reason)?)
}

/// Keeps the article as it is on disk: the sheet is left.
#[tauri::command(async)]
#[specta::specta]
pub fn checkpoint(state: State<'_, AppState>, id: String) -> CommandResult<()> {
    state.library()?.library.checkpoint(&id.into())?;
    Ok(())
}

/// The versions of an article, the latest first.
#[tauri::command(async)]
#[specta::specta]
pub fn versions(state: State<'_, AppState>, id: String) -> CommandResult<Vec<Version>> {
    version_list(&*state.library()?, &id.into())
}

/// The text of a version of an article.
#[tauri::command(async)]
#[specta::specta]
pub fn version_text(state: State<'_, AppState>, id: String, version: String) -> CommandResult<String> {
    Ok(state.library()?.library.version_text(&id.into(), &VersionId(version))?)
}

/// Keeps the article as it is on disk under a name.
#[tauri::command(async)]
#[specta::specta]
pub fn name_version(state: State<'_, AppState>, id: String, name: String) -> CommandResult<Vec<Version>> {
    let open = state.library()?;
    let id = id.into();
    open.library.name_version(&id, &name)?;
    version_list(&open, &id)
}

/// Gives a version another name; none takes it away.
#[tauri::command(async)]
#[specta::specta]
pub fn rename_version(
    state: State<'_, AppState>,
    id: String,
    version: String,
    name: Option<String>,
) -> CommandResult<Vec<Version>> {
    let open = state.library()?;
    let id = id.into();
    open.library.rename_version(&id, &VersionId(version), name.as_deref())?;
    version_list(&open, &id)
}

/// How much changed from one version to another.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the same names as edito_library::VersionChange, documented there"
)]
pub struct VersionChange {
    pub words_inserted: u32,
    pub words_deleted: u32,
    pub moves: u32,
    pub typography: u32,
    pub structure: u32,
    pub rough: bool,
}

/// How much changed from the version `before` to `version`.
#[tauri::command]
#[specta::specta]
pub async fn version_change(
    state: State<'_, AppState>,
    id: String,
    before: String,
    version: String,
) -> CommandResult<VersionChange> {
    let open = state.library()?;
    elsewhere(move || {
        let found = open
            .library
            .version_change(&id.into(), &VersionId(before), &VersionId(version))?;
        Ok(VersionChange {
            words_inserted: found.words_inserted,
            words_deleted: found.words_deleted,
            moves: found.moves,
            typography: found.typography,
            structure: found.structure,
            rough: found.rough,
        })
    })
    .await
}

/// Makes a version the text again; the present one becomes a version first.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_version(state: State<'_, AppState>, id: String, version: String) -> CommandResult<TextView> {
    let open = state.library()?;
    let id = ArticleId::from(id);
    let present = open.library.read_text(&id)?;
    let saved = open.library.restore_version(&id, &VersionId(version), &present.hash)?;
    open.tell(saved.changes);
    let text = open.library.read_text(&id)?;
    view(&open, text)
}

/// Takes back some of the changes since a version, by their numbers in the redline from it to the present text, whose hash
/// is `based_on`; the present text becomes a version first.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_changes(
    state: State<'_, AppState>,
    id: String,
    version: String,
    based_on: String,
    changes: Vec<u32>,
) -> CommandResult<TextView> {
    let open = state.library()?;
    let id = ArticleId::from(id);
    let saved = open
        .library
        .restore_changes(&id, &VersionId(version), &based_on, &changes)?;
    open.tell(saved.changes);
    let text = open.library.read_text(&id)?;
    view(&open, text)
}

fn version_list(open: &OpenLibrary, id: &ArticleId) -> CommandResult<Vec<Version>> {
    let versions = open.library.versions(id)?;
    let words: Vec<Option<u32>> = versions.iter().map(|version| version.words).collect();
    let zone = jiff::tz::TimeZone::system();
    let folded = thinning::folded(&versions, open.library.device(), open.library.now(), &zone);
    Ok(versions
        .into_iter()
        .zip(folded)
        .enumerate()
        .map(|(index, (version, folded))| Version {
            id: version.id.0,
            time: time(version.time),
            kind: match version.kind {
                history::VersionKind::Automatic => VersionKind::Automatic,
                history::VersionKind::Named => VersionKind::Named,
                history::VersionKind::Captured => VersionKind::Captured,
                history::VersionKind::External => VersionKind::External,
                history::VersionKind::Before => VersionKind::Before,
            },
            name: version.name,
            reason: version.reason,
            device: (version.device != open.library.device()).then(|| short_name(&version.device)),
            by: version.by,
            folded,
            words: version.words,
            words_delta: version
                .words
                .zip(words.get(index + 1).copied().flatten())
                .map(|(now, before)| i32::try_from(i64::from(now) - i64::from(before)).unwrap_or_default()),
        })
        .collect())
}

/// Enough of the identity of a computer to tell it from others.
fn short_name(device: &str) -> String {
    device.chars().take(8).collect()
}
