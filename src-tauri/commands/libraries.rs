//! Starting, opening and closing libraries.

use std::path::PathBuf;
use std::sync::Arc;

use edito_library::{Environment, Library, sample};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::commands::lists::{self, ListPage};
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::logs;
use crate::preferences::{Settings, system_locale};
use crate::state::{AppState, OpenLibrary};

/// What the page needs to come up.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StartState {
    /// The library that is open; `None` shows the start screen.
    pub library: Option<LibraryInfo>,
    /// The first rows of its list; `None` when none are known yet, or when they could not be read: then the page asks, and
    /// is told why.
    pub first_page: Option<ListPage>,
    /// Why the library of the last run could not be opened.
    pub problem: Option<CommandError>,
    /// Libraries that were open before.
    pub recent: Vec<RecentLibrary>,
    /// The reader's choices.
    pub settings: Settings,
    /// The language of the user's system, BCP 47.
    pub system_locale: String,
    /// The article to open.
    pub open: Option<String>,
    /// Edito's version.
    pub version: String,
    /// Where logs and crash reports lie.
    pub log_folder: String,
}

/// A library that is open.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LibraryInfo {
    /// Names the library on this machine.
    pub key: String,
    /// Its folder.
    pub root: String,
    /// Its title.
    pub title: String,
    /// Whether it can be written.
    pub writable: bool,
    /// The languages it is written in, BCP 47, the first one for new articles.
    pub languages: Vec<String>,
    /// The stages of work in `edito.toml`, in order.
    pub statuses: Vec<Status>,
}

/// A stage of work.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct Status {
    pub slug: String,
    pub name: String,
}

/// A library that was open before.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecentLibrary {
    /// Its folder.
    pub root: String,
    /// Its title when it was last open.
    pub title: String,
    /// When that was, RFC 3339.
    pub opened_at: String,
    /// Whether the folder is there now.
    pub exists: bool,
}

/// The language that a new library's settings file is written in.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum TemplateLanguage {
    Fr,
    En,
}

/// What the page needs to come up. Waits for a library that is being opened. The page that comes up first finds the same
/// in its document already (see `first_page`).
#[tauri::command(async)]
#[specta::specta]
pub fn start(state: State<'_, AppState>) -> StartState {
    match state.launching.take_start(None) {
        Some(start) => *start,
        None => start_now(&state),
    }
}

/// What the page needs to come up, as things are now. A library that was asked for and is not open is tried once more.
fn start_now(state: &AppState) -> StartState {
    let asked = state.launch.library.clone().or_else(|| state.preferences.chosen().last);
    // Opening it again gives the reason why it failed the first time.
    let problem = match asked {
        Some(root) if state.library().is_err() => state.open(&root, None).err(),
        _ => None,
    };
    start_state(state, problem)
}

/// What the page needs to come up, when opening the last library ended with `problem`.
pub fn start_state(state: &AppState, problem: Option<CommandError>) -> StartState {
    let chosen = state.preferences.chosen();
    let library = state.library().ok();
    StartState {
        open: library
            .as_ref()
            .and_then(|open| open.find_or_await(state.launch.article.as_deref()?)),
        first_page: library.as_ref().and_then(|open| {
            lists::first_page(open)
                .inspect_err(|error| tracing::warn!("the first rows could not be read: {}", error.message))
                .ok()
                .filter(|page| page.total > 0)
        }),
        library: library.as_ref().map(info),
        problem,
        recent: chosen
            .recent
            .into_iter()
            .map(|recent| RecentLibrary {
                exists: recent.root.is_dir(),
                root: recent.root.display().to_string(),
                title: recent.title,
                opened_at: recent.opened_at,
            })
            .collect(),
        settings: chosen.settings,
        system_locale: system_locale(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        log_folder: logs::folder(&state.places.data).display().to_string(),
    }
}

/// The page is up, shows its first rows and hears of changes: from now on it is asked before the window closes, and what
/// changed on disk since the last run is looked for. Answers the state of the library that lists belong to by now.
#[tauri::command(async)]
#[specta::specta]
pub fn page_ready(state: State<'_, AppState>) -> u32 {
    state.launching.page_came_up();
    state.library().map_or(0, |open| open.generation())
}

/// Asks for a folder with the system's dialog.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_folder(state: State<'_, AppState>, title: String) -> CommandResult<Option<String>> {
    Ok(state
        .desktop()?
        .choose_folder(&title)
        .map(|folder| folder.display().to_string()))
}

/// Opens a folder as a library. Nothing in it is written.
#[tauri::command(async)]
#[specta::specta]
pub fn open_library(state: State<'_, AppState>, root: String) -> CommandResult<LibraryInfo> {
    state.open(&PathBuf::from(root), None).map(|open| info(&open))
}

/// Makes a library in a new or empty folder and opens it.
#[tauri::command(async)]
#[specta::specta]
pub fn create_library(
    state: State<'_, AppState>,
    root: String,
    title: String,
    lang: TemplateLanguage,
) -> CommandResult<LibraryInfo> {
    let root = PathBuf::from(root);
    Library::create(
        &root,
        &title,
        match lang {
            TemplateLanguage::Fr => edito_library::config::TemplateLanguage::French,
            TemplateLanguage::En => edito_library::config::TemplateLanguage::English,
        },
        Environment::system(state.places.clone())?,
    )?;
    state.open(&root, None).map(|open| info(&open))
}

/// Writes the sample library into a folder of the user's documents (or below `parent`) and opens it; the copy of an
/// earlier time is opened as it is.
#[tauri::command(async)]
#[specta::specta]
pub fn open_sample(state: State<'_, AppState>, parent: Option<String>) -> CommandResult<LibraryInfo> {
    let parent = parent.map(PathBuf::from).or_else(|| {
        // Runs with a data folder of their own leave the user's documents alone.
        if std::env::var_os("EDITO_DATA_DIR").is_some() {
            None
        } else {
            state.desktop().ok()?.documents()
        }
    });
    let root = parent.unwrap_or_else(|| state.places.data.clone()).join(sample::FOLDER);
    if !root.exists() {
        sample::write(&root)?;
    }
    state.open(&root, None).map(|open| info(&open))
}

/// Closes the library; the start screen comes back.
#[tauri::command(async)]
#[specta::specta]
pub fn close_library(state: State<'_, AppState>) {
    state.close();
    state.preferences.change(|chosen| chosen.last = None);
}

/// Takes a library from the recent ones; its folder is not touched.
#[tauri::command(async)]
#[specta::specta]
pub fn forget_recent(state: State<'_, AppState>, root: String) {
    state
        .preferences
        .change(|chosen| chosen.recent.retain(|recent| recent.root.display().to_string() != root));
}

/// Compares the whole folder with the index again, in the background.
#[tauri::command(async)]
#[specta::specta]
pub fn refresh_library(state: State<'_, AppState>) -> CommandResult<()> {
    state.library()?.refresh();
    Ok(())
}

/// Stops reading the library; what is read so far stays.
#[tauri::command(async)]
#[specta::specta]
pub fn cancel_index(state: State<'_, AppState>) -> CommandResult<()> {
    state.library()?.cancel();
    Ok(())
}

/// Ends Edito: what was unsaved has been dealt with.
#[tauri::command(async)]
#[specta::specta]
pub fn quit(state: State<'_, AppState>) -> CommandResult<()> {
    state.close();
    state
        .desktop()
        .map_err(|_| CommandError::new(ErrorKind::Busy, "the window is still being made"))?
        .quit();
    Ok(())
}

fn info(open: &Arc<OpenLibrary>) -> LibraryInfo {
    let config = open.library.config();
    LibraryInfo {
        key: open.library.root().display().to_string(),
        root: open.library.root().display().to_string(),
        title: open.title(),
        writable: open.library.writable(),
        languages: config.languages.clone(),
        statuses: config
            .statuses
            .iter()
            .map(|status| Status {
                slug: status.slug.clone(),
                name: status.name.clone(),
            })
            .collect(),
    }
}
