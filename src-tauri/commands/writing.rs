//! Writing: texts, saves, versions, the trash.

use edito_library as library;
use edito_library::ArticleId;
use edito_library::history::{self, VersionId};
use edito_prose::{Author, Field, FieldValue, Lang, Merge, analyse, frontmatter, merge};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::commands::lists::Row;
use crate::commands::reading::{Heading, headings};
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::{AppState, OpenLibrary};

/// A text as the editor takes it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TextView {
    /// The article.
    pub id: String,
    /// The whole file, front matter included, `\n` between lines.
    pub text: String,
    /// What the next save is based on.
    pub hash: String,
    /// The encoding's name, as the WHATWG Encoding Standard spells it.
    pub encoding: String,
    /// `lf`, `crlf`, `cr` or `mixed`: what the file has and keeps.
    pub line_ending: String,
    /// Why it can't be saved: `encoding`, `permissions` or `vanished`.
    pub read_only: Option<String>,
    /// Its path within the library.
    pub path: String,
    /// The article as lists show it.
    pub row: Row,
}

/// What became of a save.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum SaveOutcome {
    /// The text is on disk.
    Saved {
        /// What the next save is based on.
        hash: String,
        /// The article as lists show it now.
        row: Box<Row>,
    },
    /// Another program had changed the file elsewhere in it; both sets of changes are on disk.
    Merged {
        /// The text with both.
        text: String,
        /// What the next save is based on.
        hash: String,
        /// The article as lists show it now.
        row: Box<Row>,
    },
    /// Another program changed the same words; nothing was written.
    Conflict {
        /// The text on disk.
        theirs: String,
        /// Its hash.
        hash: String,
    },
    /// The file is gone; nothing was written. Saving with an empty `basedOn` makes it again.
    Gone,
}

/// How an unsaved text stands to the file that another program has changed. Nothing is written.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum CompareOutcome {
    /// The file is what the buffer was based on.
    Same,
    /// The changes don't touch.
    Merged {
        /// The text with both.
        text: String,
        /// The hash of the file now.
        hash: String,
    },
    /// Both changed the same words.
    Conflict {
        /// The text on disk.
        theirs: String,
        /// Its hash.
        hash: String,
    },
    /// The file is gone.
    Gone,
}

/// The article whose recovery copy became its text.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct TakenRecovery {
    pub id: String,
    pub hash: String,
}

/// Unsaved words that a killed run left behind.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Recovery {
    /// Names the copy.
    pub key: String,
    /// The article, when it is still in the library.
    pub id: Option<String>,
    /// Its path when the copy was made.
    pub path: String,
    /// Its title, from the copy.
    pub title: String,
    /// When the copy was made, RFC 3339.
    pub saved_at: String,
    /// The unsaved text.
    pub text: String,
    /// The file's text now; `None` when it is gone or can't be read.
    pub on_disk: Option<String>,
    /// Whether the file was changed after the copy was made: then the file is the likelier one.
    pub disk_newer: bool,
}

/// A piece in the trash.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct Trashed {
    pub key: String,
    pub path: String,
    pub title: String,
    pub trashed_at: String,
}

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
    /// The desk it was kept on.
    pub device: String,
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
    /// Something was about to replace it.
    Before,
}

/// A copy that a sync program set beside an article.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct ConflictCopy {
    pub copy: Row,
    pub original: Row,
}

/// How long a text is.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the same names as edito_prose::counts::Counts, documented there"
)]
pub struct Counts {
    pub words: u32,
    pub signs: u32,
    pub signs_without_spaces: u32,
    pub reading_minutes: u32,
}

/// A field of the front matter that the window edits.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
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

/// Opens the text of an article.
#[tauri::command(async)]
#[specta::specta]
pub fn open_text(state: State<'_, AppState>, id: String) -> CommandResult<TextView> {
    let open = state.library()?;
    let text = open.library.read_text(&id.into())?;
    view(&open, text)
}

/// Opens a text whose bytes could not be decoded, in the encoding that the user picked.
#[tauri::command(async)]
#[specta::specta]
pub fn open_with_encoding(state: State<'_, AppState>, id: String, encoding: String) -> CommandResult<TextView> {
    let open = state.library()?;
    let text = open.library.read_text_as(&id.into(), &encoding)?;
    view(&open, text)
}

/// Saves a text that was based on the file with hash `based_on` (whose text was `base`). When the file has changed
/// since, both are merged if they don't touch; else nothing is written and the answer says so.
#[tauri::command(async)]
#[specta::specta]
pub fn save_text(
    state: State<'_, AppState>,
    id: String,
    text: String,
    based_on: String,
    base: Option<String>,
) -> CommandResult<SaveOutcome> {
    let open = state.library()?;
    let id = open.present_id(&ArticleId::from(id))?;
    let is_free = open.make_way(&id);
    if based_on.is_empty() {
        let saved = open.library.recreate(&id, &open.known_path(&id)?, &text)?;
        discard_copy(&open, &id, is_free);
        return saved_outcome(&open, &id, saved);
    }
    match open.library.save(&id, &text, &based_on) {
        Ok(saved) => {
            discard_copy(&open, &id, is_free);
            saved_outcome(&open, &id, saved)
        }
        Err(error) if error.kind == library::ErrorKind::Changed => {
            match against_disk(&open, &id, &text, &based_on, base.as_deref())? {
                CompareOutcome::Merged { text, hash } => {
                    let saved = open.library.save(&id, &text, &hash)?;
                    discard_copy(&open, &id, is_free);
                    let hash = saved.hash.clone();
                    open.tell(saved.changes);
                    Ok(SaveOutcome::Merged {
                        text,
                        hash,
                        row: Box::new(open.row(&id)?.into()),
                    })
                }
                CompareOutcome::Conflict { theirs, hash } => Ok(SaveOutcome::Conflict { theirs, hash }),
                CompareOutcome::Gone => Ok(SaveOutcome::Gone),
                // The file came back to what it was between the two calls.
                CompareOutcome::Same => saved_outcome(&open, &id, open.library.save(&id, &text, &based_on)?),
            }
        }
        Err(error) if error.kind == library::ErrorKind::NotFound => Ok(SaveOutcome::Gone),
        Err(error) => Err(error.into()),
    }
}

/// What saving would come to, without writing: asked when another program has changed the file of an unsaved buffer.
#[tauri::command(async)]
#[specta::specta]
pub fn compare_with_disk(
    state: State<'_, AppState>,
    id: String,
    text: String,
    based_on: String,
    base: Option<String>,
) -> CommandResult<CompareOutcome> {
    let open = state.library()?;
    let id = open.present_id(&id.into())?;
    against_disk(&open, &id, &text, &based_on, base.as_deref())
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

/// Keeps the unsaved text outside of the library, so that a kill loses no more than was typed since.
#[tauri::command(async)]
#[specta::specta]
pub fn keep_recovery(state: State<'_, AppState>, id: String, text: String, based_on: String) -> CommandResult<()> {
    let open = state.library()?;
    let id = ArticleId::from(id);
    let id = open.present_id(&id)?;
    if !open.make_way(&id) {
        return Err(CommandError::new(
            ErrorKind::Busy,
            "an earlier copy of this article could not be kept as a version",
        ));
    }
    let known_path = open.known_path(&id).ok();
    Ok(open
        .library
        .keep_recovery(&id, &text, &based_on, known_path.as_deref())?)
}

/// What a killed run left behind in this library.
#[tauri::command(async)]
#[specta::specta]
pub fn recoveries(state: State<'_, AppState>) -> CommandResult<Vec<Recovery>> {
    let open = state.library()?;
    let undecided = open.left_behind();
    let left = open.library.recoveries()?;
    Ok(left
        .into_iter()
        .filter(|left| undecided.contains(&left.key))
        .map(|left| Recovery {
            key: left.key,
            id: left.article.map(|id| id.0),
            title: frontmatter::read(&left.text).title.unwrap_or_else(|| left.path.clone()),
            path: left.path,
            saved_at: left.saved_at,
            on_disk: left.on_disk,
            disk_newer: left.disk_newer,
            text: left.text,
        })
        .collect())
}

/// Makes the copy the text; the file's present state becomes a version first.
#[tauri::command(async)]
#[specta::specta]
pub fn take_recovery(state: State<'_, AppState>, key: String) -> CommandResult<TakenRecovery> {
    let open = state.library()?;
    let (id, saved) = open.library.take_recovery(&key)?;
    open.decided(&key);
    open.tell(saved.changes);
    Ok(TakenRecovery {
        id: id.0,
        hash: saved.hash,
    })
}

/// Leaves the file as it is; the copy becomes a version.
#[tauri::command(async)]
#[specta::specta]
pub fn drop_recovery(state: State<'_, AppState>, key: String) -> CommandResult<()> {
    let open = state.library()?;
    open.library.drop_recovery(&key)?;
    open.decided(&key);
    Ok(())
}

/// Begins an article, with its front matter, in a section.
#[tauri::command(async)]
#[specta::specta]
pub fn create_article(
    state: State<'_, AppState>,
    section: Option<String>,
    title: String,
    lang: Option<String>,
) -> CommandResult<Row> {
    let open = state.library()?;
    let (id, changes) = open.library.create_article(
        section.as_deref().unwrap_or_default(),
        &title,
        lang.as_deref().map(Lang::from_tag).as_ref(),
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

/// A copy of the article beside it, with an identity of its own.
#[tauri::command(async)]
#[specta::specta]
pub fn duplicate_article(state: State<'_, AppState>, id: String) -> CommandResult<Row> {
    let open = state.library()?;
    let (copy, changes) = open.library.duplicate(&id.into())?;
    changed_row(&open, &copy, changes)
}

/// Puts articles into the library's trash; answers their keys there, for undo.
#[tauri::command(async)]
#[specta::specta]
pub fn trash_articles(state: State<'_, AppState>, ids: Vec<String>) -> CommandResult<Vec<String>> {
    let open = state.library()?;
    let ids: Vec<ArticleId> = ids.into_iter().map(ArticleId::from).collect();
    let mut keys = Vec::new();
    for id in &ids {
        let (key, changes) = open.library.trash(id)?;
        open.tell(changes);
        keys.push(key);
    }
    Ok(keys)
}

/// What is in the trash, the latest first.
#[tauri::command(async)]
#[specta::specta]
pub fn trashed(state: State<'_, AppState>) -> CommandResult<Vec<Trashed>> {
    let trashed = state.library()?.library.trashed()?;
    Ok(trashed
        .into_iter()
        .map(|one| Trashed {
            key: one.id,
            path: one.path,
            title: one.title,
            trashed_at: time(one.time),
        })
        .collect())
}

/// Takes a piece out of the trash, to where it was or beside what is there now.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_trashed(state: State<'_, AppState>, key: String) -> CommandResult<Row> {
    let open = state.library()?;
    let (id, changes) = open.library.restore(&key)?;
    changed_row(&open, &id, changes)
}

/// Deletes pieces of the trash from the disk. Their versions stay in the history.
#[tauri::command(async)]
#[specta::specta]
pub fn delete_forever(state: State<'_, AppState>, keys: Vec<String>) -> CommandResult<()> {
    Ok(state.library()?.library.delete_forever(&keys)?)
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

/// The versions of an article, the latest first.
#[tauri::command(async)]
#[specta::specta]
pub fn versions(state: State<'_, AppState>, id: String) -> CommandResult<Vec<Version>> {
    version_list(&*state.library()?, &id.into())
}

/// The text of a version.
#[tauri::command(async)]
#[specta::specta]
pub fn version_text(state: State<'_, AppState>, version: String) -> CommandResult<String> {
    Ok(state.library()?.library.version_text(&VersionId(version))?)
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

/// Counts a text, front matter left out.
#[tauri::command(async)]
#[specta::specta]
pub fn counts(text: String) -> Counts {
    let counts = analyse(&text).counts;
    Counts {
        words: counts.words,
        signs: counts.signs,
        signs_without_spaces: counts.signs_without_spaces,
        reading_minutes: counts.reading_minutes,
    }
}

/// The headings of a text.
#[tauri::command(async)]
#[specta::specta]
pub fn outline_of(text: String) -> Vec<Heading> {
    headings(&text)
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

fn view(open: &OpenLibrary, text: library::Text) -> CommandResult<TextView> {
    open.remember_path(&text.id, &text.path);
    let row = open.row(&text.id)?.into();
    Ok(TextView {
        id: text.id.0,
        text: text.text,
        hash: text.hash,
        encoding: text.encoding,
        line_ending: text.line_ending,
        read_only: text.read_only.map(|reason| {
            match reason {
                library::ReadOnlyReason::Encoding => "encoding",
                library::ReadOnlyReason::Permissions => "permissions",
                library::ReadOnlyReason::Vanished => "vanished",
            }
            .to_owned()
        }),
        path: text.path,
        row,
    })
}

/// Removes the copy of a text that is saved now. One that could not be kept aside stays; one that can't be removed
/// is seen to be saved at the next start.
fn discard_copy(open: &OpenLibrary, id: &ArticleId, is_free: bool) {
    if is_free && let Err(error) = open.library.discard_recovery(id) {
        tracing::warn!("a recovery copy could not be removed: {error}");
    }
}

fn saved_outcome(open: &OpenLibrary, id: &ArticleId, saved: library::Saved) -> CommandResult<SaveOutcome> {
    open.tell(saved.changes);
    // The text itself may have given the article another identity just now.
    let id = open.present_id(id)?;
    Ok(SaveOutcome::Saved {
        hash: saved.hash,
        row: Box::new(open.row(&id)?.into()),
    })
}

fn changed_row(open: &OpenLibrary, id: &ArticleId, changes: library::LibraryChanges) -> CommandResult<Row> {
    open.tell(changes);
    Ok(open.row(id)?.into())
}

/// Compares the buffer with the file: the same, mergeable, in conflict, or gone.
fn against_disk(
    open: &OpenLibrary,
    id: &ArticleId,
    ours: &str,
    based_on: &str,
    base: Option<&str>,
) -> CommandResult<CompareOutcome> {
    let disk = match open.library.read_text(id) {
        Ok(disk) => disk,
        Err(error) if error.kind == library::ErrorKind::NotFound => return Ok(CompareOutcome::Gone),
        Err(error) => return Err(error.into()),
    };
    if disk.hash == based_on {
        return Ok(CompareOutcome::Same);
    }
    let merged = match base {
        _ if disk.text == ours => Merge::Clean(disk.text.clone()),
        Some(base) => merge(base, ours, &disk.text),
        None => Merge::Conflict,
    };
    Ok(match merged {
        Merge::Clean(text) => CompareOutcome::Merged { text, hash: disk.hash },
        Merge::Conflict => CompareOutcome::Conflict {
            theirs: disk.text,
            hash: disk.hash,
        },
    })
}

fn version_list(open: &OpenLibrary, id: &ArticleId) -> CommandResult<Vec<Version>> {
    let versions = open.library.versions(id)?;
    let words: Vec<Option<u32>> = versions.iter().map(|version| version.words).collect();
    Ok(versions
        .into_iter()
        .enumerate()
        .map(|(index, version)| Version {
            id: version.id.0,
            time: time(version.time),
            kind: match version.kind {
                history::VersionKind::Automatic => VersionKind::Automatic,
                history::VersionKind::Named => VersionKind::Named,
                history::VersionKind::Before => VersionKind::Before,
            },
            name: version.name,
            reason: version.reason,
            device: version.device,
            words: version.words,
            words_delta: version
                .words
                .zip(words.get(index + 1).copied().flatten())
                .map(|(now, before)| i32::try_from(i64::from(now) - i64::from(before)).unwrap_or_default()),
        })
        .collect())
}

/// Milliseconds since 1970 as RFC 3339.
fn time(milliseconds: i64) -> String {
    jiff::Timestamp::from_millisecond(milliseconds)
        .map(|time| time.to_string())
        .unwrap_or_default()
}

fn field_of(field: FieldName) -> Field {
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

impl CommandError {
    /// The article is not in the library (any more).
    pub fn no_article(id: &ArticleId) -> Self {
        Self::new(ErrorKind::NotFound, format!("no article {id} in this library"))
    }
}
