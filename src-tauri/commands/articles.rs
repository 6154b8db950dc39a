//! Articles as files: begun, renamed, moved, copied, and the fields of their front matter.

use edito_library as library;
use edito_library::ArticleId;
use edito_prose::{Author, Field, FieldValue, Lang};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::commands::lists::Row;
use crate::commands::texts::{TextView, view};
use crate::error::CommandResult;
use crate::state::{AppState, OpenLibrary};

/// A field of the front matter that the window edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum FieldName {
    Title,
    Standfirst,
    Teaser,
    Authors,
    Section,
    Tags,
    Date,
    Lang,
    Status,
}

/// A copy that a sync program set beside an article.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct ConflictCopy {
    pub copy: Row,
    pub original: Row,
}

/// Begins an article, with its front matter, in a section; with a template, if one is named.
#[tauri::command(async)]
#[specta::specta]
pub fn create_article(
    state: State<'_, AppState>,
    section: Option<String>,
    title: String,
    lang: Option<String>,
    template: Option<String>,
) -> CommandResult<Row> {
    let open = state.library()?;
    let (id, changes) = open.library.create_from(
        section.as_deref().unwrap_or_default(),
        &title,
        lang.as_deref().map(Lang::from_tag).as_ref(),
        template.as_deref(),
    )?;
    changed_row(&open, &id, changes)
}

/// Gives the file another name, in the same folder; never over another file.
#[tauri::command(async)]
#[specta::specta]
pub fn rename_article(state: State<'_, AppState>, id: String, file_name: String) -> CommandResult<Row> {
    let open = state.library()?;
    let id = id.into();
    let changes = open.library.rename(&id, &file_name)?;
    changed_row(&open, &id, changes)
}

/// Moves the article to the folder of a section.
#[tauri::command(async)]
#[specta::specta]
pub fn move_article(state: State<'_, AppState>, id: String, section: String) -> CommandResult<Row> {
    let open = state.library()?;
    let id = id.into();
    let changes = open.library.move_to(&id, &section)?;
    changed_row(&open, &id, changes)
}

/// A copy of the article beside it, with an identity of its own, and with this title where its front matter has one.
#[tauri::command(async)]
#[specta::specta]
pub fn duplicate_article(state: State<'_, AppState>, id: String, title: String) -> CommandResult<Row> {
    let open = state.library()?;
    let (copy, changes) = open.library.duplicate(&id.into(), Some(&title))?;
    changed_row(&open, &copy, changes)
}

/// Changes one field of the front matter and no other byte. `value` has several entries for tags and authors
/// (an author as `name` or `name — function`); none removes the field.
#[tauri::command(async)]
#[specta::specta]
pub fn set_field(
    state: State<'_, AppState>,
    id: String,
    field: FieldName,
    value: Vec<String>,
    based_on: String,
) -> CommandResult<TextView> {
    let open = state.library()?;
    let id = ArticleId::from(id);
    let (field, value) = (field_of(field), value_of(field, value));
    let saved = open.library.set_field(&id, field, &value, &based_on)?;
    open.tell(saved.changes);
    let text = open.library.read_text(&id)?;
    view(&open, text)
}

/// Copies that sync programs set beside articles because both sides had changed.
#[tauri::command(async)]
#[specta::specta]
pub fn conflict_copies(state: State<'_, AppState>) -> CommandResult<Vec<ConflictCopy>> {
    let open = state.library()?;
    let mut copies = Vec::new();
    for pair in open.library.conflict_copies()? {
        if let (Some(copy), Some(original)) = (open.row_at(&pair.copy)?, open.row_at(&pair.original)?) {
            copies.push(ConflictCopy {
                copy: copy.into(),
                original: original.into(),
            });
        }
    }
    Ok(copies)
}

/// The article's row after a change, which the page is told of.
pub(super) fn changed_row(open: &OpenLibrary, id: &ArticleId, changes: library::LibraryChanges) -> CommandResult<Row> {
    open.tell(changes);
    Ok(open.row(id)?.into())
}

pub(super) fn field_of(field: FieldName) -> Field {
    match field {
        FieldName::Title => Field::Title,
        FieldName::Standfirst => Field::Standfirst,
        FieldName::Teaser => Field::Teaser,
        FieldName::Authors => Field::Authors,
        FieldName::Section => Field::Section,
        FieldName::Tags => Field::Tags,
        FieldName::Date => Field::Date,
        FieldName::Lang => Field::Lang,
        FieldName::Status => Field::Status,
    }
}

fn value_of(field: FieldName, value: Vec<String>) -> FieldValue {
    if value.is_empty() {
        return FieldValue::Absent;
    }
    match field {
        FieldName::Tags => FieldValue::List(value),
        FieldName::Authors => FieldValue::Authors(
            value
                .into_iter()
                .map(|author| match author.split_once(" — ") {
                    Some((name, function)) => Author {
                        name: name.trim().to_owned(),
                        function: Some(function.trim().to_owned()),
                    },
                    None => Author {
                        name: author,
                        function: None,
                    },
                })
                .collect(),
        ),
        _ => FieldValue::Text(value.join("\n")),
    }
}
