//! What is pasted or dropped into a text that is being written: foreign texts as Markdown, images stored beside it.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use edito_exchange::{Surroundings, image_ending, markup_text, read_paste};
use edito_library::{ArticleId, with_links};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::commands::elsewhere;
use crate::commands::lists::small;
use crate::desktop::Desktop;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::{AppState, OpenLibrary};

/// What the page knows of the clipboard.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PageClipboard {
    /// Its HTML, as the web view cleaned it; empty when it has none.
    pub html: String,
    /// Its plain text.
    pub plain: String,
    /// The image that it holds, in base 64, where the web view hands one to the page.
    pub image: Option<String>,
}

/// What was pasted, as Markdown.
#[derive(Debug, Clone, Default, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PastedText {
    /// The text, without a line end behind it.
    pub body: String,
    /// The texts of its footnotes; empty when it has none.
    pub notes: String,
    /// It begins with a line of text, and not with a heading, list or the like.
    pub begins_in_line: bool,
    /// It ends with a line of text.
    pub ends_in_line: bool,
    /// It is one line of text.
    pub is_line: bool,
    /// It had tracked changes; they are taken as accepted.
    pub revised: bool,
    /// So many images could not be had.
    pub images_left: u32,
    /// What links say to show the images that were stored beside the article, each once.
    pub images: Vec<String>,
}

/// What became of a file that was to be an image of a text.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeptImage {
    /// The name of the file.
    pub name: String,
    /// What a link says to show it; nothing when it is no image that is shown.
    pub target: Option<String>,
}

/// An image file larger than this is not taken.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The kinds of images that programs put on the clipboard, the best first.
const IMAGE_KINDS: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/gif"];

/// What is on the clipboard, as Markdown for an article; its images are stored beside the article. `None` when the
/// plain text says as much: then that is what is pasted. Footnotes are counted on from `first_note`.
#[tauri::command]
#[specta::specta]
pub async fn paste_text(
    state: State<'_, AppState>,
    id: String,
    clipboard: PageClipboard,
    first_note: u32,
) -> CommandResult<Option<PastedText>> {
    let open = state.library()?;
    let desktop = state.desktop()?.clone();
    let state = state.inner().clone();
    elsewhere(move || {
        let id = open.present_id(&id.into())?;
        let store = |ending: &str, bytes: &[u8]| keep(&state, &open, &id, None, ending, bytes);
        paste(&*desktop, &clipboard, first_note, &store)
    })
    .await
}

/// Stores files as images beside an article; one that lies in the library already stays where it is.
#[tauri::command]
#[specta::specta]
pub async fn keep_images(state: State<'_, AppState>, id: String, paths: Vec<String>) -> CommandResult<Vec<KeptImage>> {
    let open = state.library()?;
    let state = state.inner().clone();
    elsewhere(move || {
        let id = open.present_id(&id.into())?;
        paths
            .iter()
            .map(|path| keep_file(&state, &open, &id, Path::new(path)))
            .collect()
    })
    .await
}

/// `store` keeps an image and answers what a link says to show it.
fn paste(
    desktop: &dyn Desktop,
    clipboard: &PageClipboard,
    first_note: u32,
    store: &dyn Fn(&str, &[u8]) -> CommandResult<String>,
) -> CommandResult<Option<PastedText>> {
    let html = if clipboard.html.is_empty() {
        None
    } else {
        // What the web view cleaned has lost its lists and footnotes.
        let whole = desktop.clipboard("text/html").map(|bytes| markup_text(&bytes));
        whole
            .filter(|html| !html.trim().is_empty())
            .or_else(|| Some(clipboard.html.clone()))
    };
    let around = Surroundings {
        first_note: usize::try_from(first_note).unwrap_or(1),
        file: &temporary_file,
    };
    let paste = html.and_then(|html| read_paste(&html, &clipboard.plain, &around));
    let is_picture = paste
        .as_ref()
        .is_none_or(|paste| paste.is_image && paste.images.iter().all(|image| image.bytes.is_empty()));
    // A browser copies an image as a link to it with its bytes beside; the bytes are what is offline.
    if is_picture
        && clipboard.plain.trim().is_empty()
        && let Some(bytes) = picture(desktop, clipboard)
        && let Some(ending) = image_ending(&bytes)
    {
        let target = store(ending, &bytes)?;
        return Ok(Some(PastedText {
            body: format!("![]({target})"),
            images: vec![target],
            ..PastedText::default()
        }));
    }
    let Some(paste) = paste else { return Ok(None) };
    let mut targets = Vec::with_capacity(paste.images.len());
    let mut kept = Vec::new();
    for image in &paste.images {
        targets.push(match image_ending(&image.bytes) {
            Some(ending) => {
                let target = store(ending, &image.bytes)?;
                kept.push(target.clone());
                Some(target)
            }
            None => image.url.clone(),
        });
    }
    Ok(Some(PastedText {
        body: with_links(&paste.body, &targets),
        notes: with_links(&paste.notes, &targets),
        begins_in_line: paste.begins_in_line,
        ends_in_line: paste.ends_in_line,
        is_line: paste.is_line,
        revised: paste.revised,
        images_left: small(paste.images_left),
        images: kept,
    }))
}

fn picture(desktop: &dyn Desktop, clipboard: &PageClipboard) -> Option<Vec<u8>> {
    if let Some(image) = &clipboard.image {
        return STANDARD.decode(image).ok();
    }
    IMAGE_KINDS.iter().find_map(|kind| desktop.clipboard(kind))
}

/// Stores an image; a file that is new is nobody else's yet.
fn keep(
    state: &AppState,
    open: &OpenLibrary,
    id: &ArticleId,
    name: Option<&str>,
    ending: &str,
    bytes: &[u8],
) -> CommandResult<String> {
    let (target, new) = open.library.keep_image(id, name, ending, bytes)?;
    if new {
        state.pictures.came(open.library.image(id, &target));
    }
    Ok(target)
}

fn keep_file(state: &AppState, open: &OpenLibrary, id: &ArticleId, path: &Path) -> CommandResult<KeptImage> {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let kept = |target| KeptImage {
        name: name.clone(),
        target,
    };
    if let Some(target) = open.library.link_to_image(id, path) {
        return Ok(kept(Some(target)));
    }
    let about = std::fs::metadata(path).map_err(|error| of_file(path, &error))?;
    if !about.is_file() || about.len() > MOST_BYTES {
        return Ok(kept(None));
    }
    let bytes = std::fs::read(path).map_err(|error| of_file(path, &error))?;
    Ok(kept(match image_ending(&bytes) {
        Some(ending) => Some(keep(state, open, id, Some(&name), ending, &bytes)?),
        None => None,
    }))
}

fn of_file(path: &Path, error: &std::io::Error) -> CommandError {
    let kind = if error.kind() == std::io::ErrorKind::NotFound {
        ErrorKind::NotFound
    } else {
        ErrorKind::Io
    };
    CommandError {
        path: Some(path.display().to_string()),
        ..CommandError::new(kind, error.to_string())
    }
}

/// The bytes of a file that copied HTML names. Word and LibreOffice put the images of what they copy among the
/// temporary files; nothing else is read at the word of a stranger's HTML.
fn temporary_file(address: &str) -> Option<Vec<u8>> {
    let path = url::Url::parse(address).ok()?.to_file_path().ok()?;
    let path: PathBuf = std::fs::canonicalize(path).ok()?;
    let folder = std::fs::canonicalize(std::env::temp_dir()).ok()?;
    let about = std::fs::metadata(&path).ok()?;
    (path.starts_with(&folder) && about.is_file() && about.len() <= MOST_BYTES)
        .then(|| std::fs::read(&path).ok())
        .flatten()
}
