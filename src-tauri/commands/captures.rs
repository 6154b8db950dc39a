//! The pages that articles were read from, opened in the system's browser. The window itself never shows one.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use edito_library::disk::{Precondition, RealDisk, durable_write};
use edito_library::names::file_name;
use edito_library::{self as library, ArticleId};
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::commands::time;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::AppState;

/// Only what a browser shows is handed to the system: any other ending could name a program.
const PAGES: [&str; 5] = ["html", "htm", "xhtml", "mhtml", "mht"];

/// Pages that were unpacked longer ago than this go when another one is.
const KEPT: Duration = Duration::from_secs(24 * 3600);

/// A page that an article was read from.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Capture {
    /// Names it among the captures of the article.
    pub name: String,
    /// When it was taken in, RFC 3339.
    pub time: Option<String>,
}

/// The pages that an article was read from, the newest first.
#[tauri::command(async)]
#[specta::specta]
pub fn captures(state: State<'_, AppState>, id: String) -> CommandResult<Vec<Capture>> {
    let captures = state.library()?.library.captures(&id.into())?;
    Ok(captures
        .into_iter()
        .filter(is_page)
        .map(|capture| Capture {
            name: capture.name,
            time: capture.time.map(time),
        })
        .collect())
}

/// Unpacks a page that an article was read from into the data folder, and opens it in the system's browser. It may load
/// from the network what it names: the page of Edito has said so, and asked.
#[tauri::command(async)]
#[specta::specta]
pub fn open_capture(state: State<'_, AppState>, id: String, name: String) -> CommandResult<()> {
    let open = state.library()?;
    let id = ArticleId::from(id);
    let captures = open.library.captures(&id)?;
    let capture = captures
        .iter()
        .find(|capture| capture.name == name && is_page(capture))
        .ok_or_else(|| CommandError::new(ErrorKind::NotFound, "there is no such page"))?;
    let bytes = open.library.read_capture(&id, &name)?;
    let title = open.row(&id)?.title;
    let folder = state.places.data.join("opened");
    forget_old(&folder);
    let path = unpacked(&folder, &id, &title, &capture.ending, &bytes)?;
    state.desktop()?.open_file(&path)
}

/// The page as a file whose name is safe wherever the title came from.
fn unpacked(folder: &Path, id: &ArticleId, title: &str, ending: &str, bytes: &[u8]) -> CommandResult<PathBuf> {
    let folder = folder.join(file_name(id.as_str(), ""));
    fs::create_dir_all(&folder).map_err(library::Error::from)?;
    let path = folder.join(file_name(title, ending));
    durable_write(&RealDisk, &path, bytes, Precondition::Any)?;
    Ok(path)
}

fn is_page(capture: &library::Capture) -> bool {
    PAGES.contains(&capture.ending.as_str())
}

/// What was opened long ago has been read; it is in the library all the same.
fn forget_old(folder: &Path) {
    let now = SystemTime::now();
    for opened in fs::read_dir(folder).into_iter().flatten().flatten() {
        let age = opened
            .metadata()
            .and_then(|metadata| metadata.modified())
            .ok()
            .and_then(|modified| now.duration_since(modified).ok());
        let is_folder = opened.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder
            && age.is_some_and(|age| age > KEPT)
            && let Err(error) = fs::remove_dir_all(opened.path())
        {
            tracing::warn!("a page that was opened could not be cleared away: {error}");
        }
    }
}
