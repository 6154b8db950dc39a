//! The size of an image in a text, and what it says besides its pixels.

use std::path::PathBuf;

use edito_exchange::picture::{self, About, Unable};
use edito_library::ArticleId;
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::commands::elsewhere;
use crate::commands::lists::small;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::pictures::Size;
use crate::state::{AppState, OpenLibrary};

/// What is known of an image without reading its pixels.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AboutPicture {
    /// As it is shown, in pixels; 0 for a drawing.
    pub width: u32,
    /// As it is shown, in pixels; 0 for a drawing.
    pub height: u32,
    /// Of its file.
    pub bytes: u32,
    /// Why it can't be made smaller; nothing when it can.
    pub left_alone: Option<PictureLeft>,
    /// It says where on the globe it was taken.
    pub place: bool,
    /// It says more of itself, which can be left out.
    pub notes: bool,
    /// The lengths of the longer side that make it smaller, in pixels, the longest first.
    pub sizes: Vec<u32>,
    /// It was stored for a text in this run of Edito: no other piece shows it yet.
    pub own: bool,
}

/// Why an image is left as it is.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is; the words are in the messages")]
pub enum PictureLeft {
    Moving,
    Drawing,
    Form,
    Damaged,
}

/// An image in one of the smaller sizes.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PictureSize {
    /// Of the longer side, in pixels.
    pub longest: u32,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Of its file.
    pub bytes: u32,
    /// The ending of its file, which may be another one's.
    pub ending: String,
}

/// What is known of an image that an article shows; `None` when there is none, or of no kind that is shown.
#[tauri::command]
#[specta::specta]
pub async fn about_picture(
    state: State<'_, AppState>,
    id: String,
    target: String,
) -> CommandResult<Option<AboutPicture>> {
    let open = state.library()?;
    let state = state.inner().clone();
    elsewhere(move || {
        let Some((file, bytes)) = read(&open, &id.into(), &target)? else {
            return Ok(None);
        };
        Ok(picture::about(&bytes).map(|about| AboutPicture {
            width: about.width,
            height: about.height,
            bytes: small(bytes.len()),
            left_alone: about.shrinks().err().map(left),
            place: about.place,
            notes: about.notes && can_be_cleaned(&about),
            sizes: about.shrinks().map(|()| about.sizes().collect()).unwrap_or_default(),
            own: state.pictures.is_own(&file),
        }))
    })
    .await
}

/// An image that an article shows in the sizes that make it smaller, the largest first. Empty when it can't be.
#[tauri::command]
#[specta::specta]
pub async fn picture_sizes(state: State<'_, AppState>, id: String, target: String) -> CommandResult<Vec<PictureSize>> {
    let open = state.library()?;
    let state = state.inner().clone();
    elsewhere(move || {
        let Some((_, bytes)) = read(&open, &id.into(), &target)? else {
            return Ok(Vec::new());
        };
        let sizes = sizes(&state, &open, &bytes)?;
        Ok(sizes
            .into_iter()
            .filter_map(|(longest, size)| {
                let about = picture::about(&size.bytes)?;
                Some(PictureSize {
                    longest,
                    width: about.width,
                    height: about.height,
                    bytes: small(size.bytes.len()),
                    ending: size.ending,
                })
            })
            .collect())
    })
    .await
}

/// Stores an image that an article shows in a smaller size, or in its own without what it says of itself, beside it.
/// Answers what a link says to show that one. The text and the first image stay as they are.
#[tauri::command]
#[specta::specta]
pub async fn keep_picture(
    state: State<'_, AppState>,
    id: String,
    target: String,
    longest: Option<u32>,
) -> CommandResult<String> {
    let open = state.library()?;
    let state = state.inner().clone();
    elsewhere(move || {
        let id = open.present_id(&id.into())?;
        let gone = || CommandError::new(ErrorKind::NotFound, format!("there is no image {target}"));
        let unable = || CommandError::new(ErrorKind::Invalid, "the image can't be had so");
        let (file, bytes) = read(&open, &id, &target)?.ok_or_else(gone)?;
        let (mark, ending, made) = match longest {
            Some(longest) => {
                let mut sizes = sizes(&state, &open, &bytes)?.into_iter();
                let (_, size) = sizes.find(|(size, _)| *size == longest).ok_or_else(unable)?;
                (Some(longest.to_string()), size.ending, size.bytes.to_vec())
            }
            None => {
                let made = picture::without_notes(&bytes).ok_or_else(unable)?;
                let ending = file.extension().unwrap_or_default().to_string_lossy().into_owned();
                (None, ending, made)
            }
        };
        let kept = open
            .library
            .keep_image_form(&id, &target, mark.as_deref(), &ending, &made)?;
        state.pictures.came(open.library.image(&id, &kept));
        state.pictures.forget();
        Ok(kept)
    })
    .await
}

/// Moves an image that an article no longer shows to the trash; answers its key there.
#[tauri::command]
#[specta::specta]
pub async fn set_picture_aside(state: State<'_, AppState>, id: String, target: String) -> CommandResult<String> {
    let open = state.library()?;
    elsewhere(move || {
        let id = open.present_id(&id.into())?;
        Ok(open.library.trash_image(&id, &target)?)
    })
    .await
}

/// Takes an image out of the trash, to where it was.
#[tauri::command]
#[specta::specta]
pub async fn bring_picture_back(state: State<'_, AppState>, key: String) -> CommandResult<()> {
    let open = state.library()?;
    elsewhere(move || {
        let (_, changes) = open.library.restore(&key)?;
        open.tell(changes);
        Ok(())
    })
    .await
}

/// No larger file is read.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

fn read(open: &OpenLibrary, id: &ArticleId, target: &str) -> CommandResult<Option<(PathBuf, Vec<u8>)>> {
    let id = open.present_id(id)?;
    let Some(file) = open.library.image(&id, target) else {
        return Ok(None);
    };
    if std::fs::metadata(&file).is_ok_and(|about| about.len() > MOST_BYTES) {
        return Ok(None);
    }
    let bytes = std::fs::read(&file).map_err(|error| CommandError {
        path: Some(file.display().to_string()),
        ..CommandError::new(ErrorKind::Io, error.to_string())
    })?;
    Ok(Some((file, bytes)))
}

fn sizes(state: &AppState, open: &OpenLibrary, bytes: &[u8]) -> CommandResult<Vec<(u32, Size)>> {
    let told = |error: edito_import::Error| CommandError::new(ErrorKind::Io, error.to_string());
    let wanted = picture::about(bytes).filter(|about| about.shrinks().is_ok());
    let Some(about) = wanted else { return Ok(Vec::new()) };
    let reader = open.imports.reader().map_err(told)?;
    let made = state.pictures.sizes(&reader, bytes).map_err(told)?;
    Ok(about.sizes().zip(made).collect())
}

fn can_be_cleaned(about: &About) -> bool {
    use picture::Form;
    about.whole && matches!(about.form, Form::Jpeg | Form::Png | Form::Webp)
}

fn left(unable: Unable) -> PictureLeft {
    match unable {
        Unable::Moving => PictureLeft::Moving,
        Unable::Drawing => PictureLeft::Drawing,
        Unable::Form => PictureLeft::Form,
        Unable::Damaged => PictureLeft::Damaged,
    }
}
