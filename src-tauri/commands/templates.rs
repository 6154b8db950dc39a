//! Templates: what a new piece can begin with.

use edito_library as library;
use edito_prose::frontmatter;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::error::CommandResult;
use crate::state::AppState;

/// Whose a template is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the same names as edito_library::TemplateOrigin, documented there"
)]
pub enum TemplateOrigin {
    Desk,
    Own,
    Shipped,
}

/// A template that a piece can begin with.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PieceTemplate {
    /// Names it.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub origin: TemplateOrigin,
    /// Its text without front matter, to be looked at.
    pub preview: String,
    /// Whether it is for the section that was asked about.
    pub fits: bool,
    /// Whether the desk has named it for that section.
    pub is_default: bool,
}

/// The templates: those for a section first.
#[tauri::command(async)]
#[specta::specta]
pub fn templates(state: State<'_, AppState>, section: String, lang: String) -> CommandResult<Vec<PieceTemplate>> {
    let open = state.library()?;
    let all = open.library.templates(&section, &lang);
    Ok(all.into_iter().map(PieceTemplate::from).collect())
}

/// Makes a template of the text of an article; answers its key. It is for the section named, or for all.
#[tauri::command(async)]
#[specta::specta]
pub fn save_template(
    state: State<'_, AppState>,
    text: String,
    name: String,
    origin: TemplateOrigin,
    section: Option<String>,
) -> CommandResult<String> {
    let sections: Vec<String> = section.into_iter().collect();
    let open = state.library()?;
    Ok(open.library.save_template(&text, &name, origin.into(), &sections)?)
}

/// Gives a template another name.
#[tauri::command(async)]
#[specta::specta]
pub fn rename_template(state: State<'_, AppState>, key: String, name: String) -> CommandResult<()> {
    Ok(state.library()?.library.rename_template(&key, &name)?)
}

/// Puts a template aside; answers what brings it back.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_template(state: State<'_, AppState>, key: String) -> CommandResult<String> {
    Ok(state.library()?.library.remove_template(&key)?)
}

/// Brings back a template that was put aside.
#[tauri::command(async)]
#[specta::specta]
pub fn put_back_template(state: State<'_, AppState>, key: String, removed: String) -> CommandResult<()> {
    Ok(state.library()?.library.put_back_template(&key, &removed)?)
}

impl From<library::PieceTemplate> for PieceTemplate {
    fn from(one: library::PieceTemplate) -> Self {
        let body = frontmatter::split(&one.template.text).body.trim();
        Self {
            preview: body.chars().take(PREVIEW).collect(),
            name: one.template.name,
            key: one.key,
            origin: match one.origin {
                library::TemplateOrigin::Desk => TemplateOrigin::Desk,
                library::TemplateOrigin::Own => TemplateOrigin::Own,
                library::TemplateOrigin::Shipped => TemplateOrigin::Shipped,
            },
            fits: one.fits,
            is_default: one.is_default,
        }
    }
}

impl From<TemplateOrigin> for library::TemplateOrigin {
    fn from(origin: TemplateOrigin) -> Self {
        match origin {
            TemplateOrigin::Desk => Self::Desk,
            TemplateOrigin::Own => Self::Own,
            TemplateOrigin::Shipped => Self::Shipped,
        }
    }
}

/// So many characters of a template are shown.
const PREVIEW: usize = 1_500;
