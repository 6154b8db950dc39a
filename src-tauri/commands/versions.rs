//! Earlier versions of texts.

use edito_library::ArticleId;
use edito_library::history::{self, VersionId, thinning};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::commands::lists::small;
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

/// Versions that were dropped, for whoever takes that back, and those that stay.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DroppedVersions {
    /// Those that were dropped now.
    pub dropped: Vec<String>,
    /// The list without them.
    pub versions: Vec<Version>,
}

/// What the history of the library weighs.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryWeight {
    /// Thousands of bytes.
    pub kilobytes: u32,
    /// Versions that were dropped and are still there.
    pub dropped: u32,
}

/// What was thrown away of the history.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FreedHistory {
    /// Versions that are gone for good.
    pub versions: u32,
    /// Thousands of bytes before.
    pub before: u32,
    /// Thousands of bytes now.
    pub after: u32,
}

/// Drops versions of an article. They are there until space is freed.
#[tauri::command(async)]
#[specta::specta]
pub fn drop_versions(state: State<'_, AppState>, id: String, versions: Vec<String>) -> CommandResult<DroppedVersions> {
    let open = state.library()?;
    dropped(&open, &id.into(), versions)
}

/// How many versions Edito kept by itself more than some days ago: what [`drop_versions_before`] would drop.
#[tauri::command(async)]
#[specta::specta]
pub fn count_versions_before(state: State<'_, AppState>, id: String, days: u32) -> CommandResult<u32> {
    let open = state.library()?;
    Ok(small(before(&open, &id.into(), days)?.len()))
}

/// Drops the versions of an article that Edito kept by itself more than some days ago.
#[tauri::command(async)]
#[specta::specta]
pub fn drop_versions_before(state: State<'_, AppState>, id: String, days: u32) -> CommandResult<DroppedVersions> {
    let open = state.library()?;
    let id = id.into();
    let versions = before(&open, &id, days)?;
    dropped(&open, &id, versions)
}

/// How many versions of an article were dropped and are still there.
#[tauri::command(async)]
#[specta::specta]
pub fn count_dropped_versions(state: State<'_, AppState>, id: String) -> CommandResult<u32> {
    Ok(small(state.library()?.library.dropped_versions(&id.into())?))
}

/// Takes dropped versions back, all of the article where none is named; answers the list.
#[tauri::command(async)]
#[specta::specta]
pub fn take_back_versions(
    state: State<'_, AppState>,
    id: String,
    versions: Option<Vec<String>>,
) -> CommandResult<Vec<Version>> {
    let open = state.library()?;
    let id = id.into();
    let versions = versions.map(|versions| versions.into_iter().map(VersionId).collect::<Vec<_>>());
    open.library.take_back_versions(&id, versions.as_deref())?;
    version_list(&open, &id)
}

/// What the history of the library weighs.
#[tauri::command]
#[specta::specta]
pub async fn history_weight(state: State<'_, AppState>) -> CommandResult<HistoryWeight> {
    let open = state.library()?;
    elsewhere(move || {
        let weight = open.library.weigh_versions()?;
        Ok(HistoryWeight {
            kilobytes: kilobytes(weight.bytes),
            dropped: small(weight.dropped),
        })
    })
    .await
}

/// Throws dropped versions of the whole library away for good.
#[tauri::command]
#[specta::specta]
pub async fn free_history(state: State<'_, AppState>) -> CommandResult<FreedHistory> {
    let open = state.library()?;
    elsewhere(move || {
        let freed = open.library.free_versions()?;
        Ok(FreedHistory {
            versions: small(freed.versions),
            before: kilobytes(freed.before),
            after: kilobytes(freed.after),
        })
    })
    .await
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

fn before(open: &OpenLibrary, id: &ArticleId, days: u32) -> CommandResult<Vec<String>> {
    let age = jiff::SignedDuration::from_hours(24 * i64::from(days));
    let versions = open.library.automatic_versions_before(id, open.library.now() - age)?;
    Ok(versions.into_iter().map(|version| version.id.0).collect())
}

fn dropped(open: &OpenLibrary, id: &ArticleId, versions: Vec<String>) -> CommandResult<DroppedVersions> {
    let named: Vec<VersionId> = versions.iter().cloned().map(VersionId).collect();
    open.library.drop_versions(id, &named)?;
    Ok(DroppedVersions {
        dropped: versions,
        versions: version_list(open, id)?,
    })
}

fn kilobytes(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(1000)).unwrap_or(u32::MAX)
}

/// Enough of the identity of a computer to tell it from others.
fn short_name(device: &str) -> String {
    device.chars().take(8).collect()
}
