//! Texts: opened, saved, compared with the disk.

use edito_library as library;
use edito_library::ArticleId;
use edito_prose::slots;
use edito_prose::{Merge, analyse, merge};
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::commands::lists::Row;
use crate::commands::reading::{Heading, headings};
use crate::error::CommandResult;
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

/// Opens the text of an article.
#[tauri::command(async)]
#[specta::specta]
pub fn open_text(state: State<'_, AppState>, id: String) -> CommandResult<TextView> {
    let open = state.library()?;
    let text = open.library.read_text(&id.into())?;
    view(&open, text)
}

/// Whether the file of an article is still what `hash` says: after each save the library tells of its own writing, and
/// the text need not come back for it.
#[tauri::command(async)]
#[specta::specta]
pub fn is_still(state: State<'_, AppState>, id: String, hash: String) -> CommandResult<bool> {
    let open = state.library()?;
    let id = ArticleId::from(id);
    let (path, still) = open.library.is_still(&id, &hash)?;
    open.remember_path(&id, &path);
    Ok(still)
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
                CompareOutcome::Merged { text: merged, hash } => {
                    // What was typed is in the merged text; as it stood here, it is a version.
                    open.library.keep_version(&id, &text, "merge")?;
                    let text = merged;
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

/// Saves a text in UTF-8, because the encoding of its file lacks some of it; the bytes as they were become a version.
#[tauri::command(async)]
#[specta::specta]
pub fn save_text_in_utf8(
    state: State<'_, AppState>,
    id: String,
    text: String,
    based_on: String,
) -> CommandResult<SaveOutcome> {
    let open = state.library()?;
    let id = open.present_id(&ArticleId::from(id))?;
    let is_free = open.make_way(&id);
    match open.library.save_in_utf_8(&id, &text, &based_on) {
        Ok(saved) => {
            discard_copy(&open, &id, is_free);
            saved_outcome(&open, &id, saved)
        }
        Err(error) if error.kind == library::ErrorKind::Changed => {
            let theirs = open.library.read_text(&id)?;
            Ok(SaveOutcome::Conflict {
                theirs: theirs.text,
                hash: theirs.hash,
            })
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

/// Counts a text, front matter left out.
#[tauri::command(async)]
#[specta::specta]
pub fn counts(text: String) -> Counts {
    analyse(&text).counts.into()
}

impl From<edito_prose::counts::Counts> for Counts {
    fn from(counts: edito_prose::counts::Counts) -> Self {
        Self {
            words: counts.words,
            signs: counts.signs,
            signs_without_spaces: counts.signs_without_spaces,
            reading_minutes: counts.reading_minutes,
        }
    }
}

/// How long a text and its parts are.
#[derive(Debug, Clone, Serialize, Type)]
pub struct TextLengths {
    /// The text as a whole.
    pub counts: Counts,
    /// Its parts.
    pub slots: Vec<SlotLength>,
}

/// How long a part of a piece is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SlotLength {
    /// The part.
    pub slot: Slot,
    /// Signs, spaces included.
    pub signs: u32,
    /// The most that the desk allows in the section of the piece.
    pub limit: Option<u32>,
}

/// The parts of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Slot {
    /// The title.
    Title,
    /// The standfirst.
    Standfirst,
    /// The teaser of the front matter.
    Teaser,
    /// The text without its notes.
    Body,
    /// All notes together.
    Notes,
    /// What a letter prints below the title: the teaser, else the standfirst.
    Letter,
}

/// How long a text and its parts are, and what its parts may be in the section of the article that it is of.
#[tauri::command(async)]
#[specta::specta]
pub fn text_lengths(state: State<'_, AppState>, id: String, text: String) -> CommandResult<TextLengths> {
    let open = state.library()?;
    let section = open.library.row(&id.into())?.map(|row| row.section).unwrap_or_default();
    let limits = open.library.config().limits_of(&section);
    let lengths = slots::slots(&text)
        .into_iter()
        .map(|(slot, signs)| SlotLength {
            slot: match slot {
                slots::Slot::Title => Slot::Title,
                slots::Slot::Standfirst => Slot::Standfirst,
                slots::Slot::Teaser => Slot::Teaser,
                slots::Slot::Body => Slot::Body,
                slots::Slot::Notes => Slot::Notes,
                slots::Slot::Letter => Slot::Letter,
            },
            signs,
            limit: limits.0.get(&slot).copied(),
        })
        .collect();
    Ok(TextLengths {
        counts: analyse(&text).counts.into(),
        slots: lengths,
    })
}

/// The headings of a text.
#[tauri::command(async)]
#[specta::specta]
pub fn outline_of(text: String) -> Vec<Heading> {
    headings(&text)
}

/// A text as the page takes it; where it lies is remembered, for when its file goes.
pub(super) fn view(open: &OpenLibrary, text: library::Text) -> CommandResult<TextView> {
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

/// Compares the buffer with the file: the same, mergeable, in conflict, or gone.
fn against_disk(
    open: &OpenLibrary,
    id: &ArticleId,
    ours: &str,
    based_on: &str,
    base: Option<&str>,
) -> CommandResult<CompareOutcome> {
    let read = match base.unwrap_or(ours) {
        "" => open.library.read_text(id),
        _ => read_when_written(open, id),
    };
    let disk = match read {
        Ok(disk) => disk,
        Err(error) if error.kind == library::ErrorKind::NotFound => return Ok(CompareOutcome::Gone),
        Err(error) => return Err(error.into()),
    };
    if open.library.is_ours(id, &disk.hash, based_on) {
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

/// The text of a file as it comes to rest: another program may empty it before it writes it, and what is read of it
/// then is nobody's text. A file that stays empty is believed.
fn read_when_written(open: &OpenLibrary, id: &ArticleId) -> library::Result<library::Text> {
    let mut disk = open.library.read_text(id)?;
    let mut moves = false;
    for _ in 0..LOOKS {
        let settled = !moves && !disk.text.is_empty();
        if settled {
            break;
        }
        std::thread::sleep(BETWEEN_LOOKS);
        let before = std::mem::replace(&mut disk, open.library.read_text(id)?);
        // It is written in pieces, maybe.
        moves = before.hash != disk.hash;
    }
    Ok(disk)
}

/// An empty file is believed after so many looks, some seven tenths of a second: as long as the page waits for one.
const LOOKS: u32 = 14;
const BETWEEN_LOOKS: std::time::Duration = std::time::Duration::from_millis(50);
