//! Bringing in: what is chosen, dropped, pasted or lies in the inbox folder; receipts.

use std::path::{Path, PathBuf};

use edito_exchange::Task;
use edito_import::told::{self, Fate};
use edito_import::{Job, Outcome, Words};
use edito_library::disk::{Precondition, RealDisk, durable_write};
use edito_library::names::file_name;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::commands::lists::small;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::importing::{Ended, Request, What, inbox, problem};
use crate::preferences::system_locale;
use crate::state::AppState;

/// What is asked for with the system's dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum ImportChoice {
    Files,
    Folder,
}

/// Something from the clipboard.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Pasted {
    /// A name whose ending tells the kind.
    pub name: String,
    /// The text; for a file that is none, its bytes in base 64.
    pub content: PastedContent,
}

/// What was on the clipboard.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum PastedContent {
    Text(String),
    Base64(String),
}

/// What an import did, for the page. Sources in which something was not kept whole come first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportReceipt {
    /// Names it in this run.
    pub number: u32,
    /// When it ended, RFC 3339.
    pub at: String,
    /// New articles.
    pub imported: u32,
    /// Articles that were there, and of which something was new.
    pub merged: u32,
    /// Pieces that were there, or that nobody asked to keep.
    pub skipped: u32,
    /// What could not be read or written.
    pub failed: u32,
    /// Whether it was cancelled before its end.
    pub cancelled: bool,
    /// What ended it early.
    pub problem: Option<CommandError>,
    /// Each file, five hundred at most.
    pub sources: Vec<SourceReceipt>,
    /// How many files there were.
    pub total_sources: u32,
}

/// What became of one file.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SourceReceipt {
    /// Its path as it was named, or what it was called.
    pub source: String,
    /// What became of what was in it, the gravest first.
    pub lines: Vec<ReceiptLine>,
}

/// All notes of one kind; the message `receipt-<kind>` words it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptLine {
    /// What became of them.
    pub fate: ReceiptFate,
    /// The kind.
    pub kind: String,
    /// How many there were.
    pub count: u32,
    /// What some of them were about, in the source's own words.
    pub details: Vec<String>,
}

/// What became of something in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum ReceiptFate {
    Failed,
    LeftOut,
    Changed,
    Kept,
}

/// The form that a receipt is exported in.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum ReceiptFormat {
    Markdown,
    Json,
}

/// Files that one receipt on the page shows; all of them are in its export.
const MOST_SOURCES: usize = 500;

/// Asks for files or a folder with the system's dialog and brings them in; false when the user thinks better of it.
#[tauri::command(async)]
#[specta::specta]
pub fn import_chosen(state: State<'_, AppState>, choice: ImportChoice, title: String) -> CommandResult<bool> {
    let open = state.library()?;
    let desktop = state.desktop()?;
    let paths = match choice {
        ImportChoice::Files => desktop.choose_files(&title),
        ImportChoice::Folder => desktop.choose_folder(&title).into_iter().collect(),
    };
    if paths.is_empty() {
        return Ok(false);
    }
    open.bring_in(Request {
        what: What::Paths(paths),
        inbox: None,
    })?;
    Ok(true)
}

/// Brings in files and folders that were dropped on the window.
#[tauri::command(async)]
#[specta::specta]
pub fn import_paths(state: State<'_, AppState>, paths: Vec<String>) -> CommandResult<()> {
    state.library()?.bring_in(Request {
        what: What::Paths(paths.into_iter().map(PathBuf::from).collect()),
        inbox: None,
    })
}

/// Brings in what was pasted. Where the web view hides which files were copied, file managers still give their paths as
/// text.
#[tauri::command(async)]
#[specta::specta]
pub fn import_pasted(state: State<'_, AppState>, pasted: Vec<Pasted>) -> CommandResult<()> {
    if let [
        Pasted {
            content: PastedContent::Text(text),
            ..
        },
    ] = pasted.as_slice()
        && let Some(paths) = files_named(text)
    {
        return state.library()?.bring_in(Request {
            what: What::Paths(paths),
            inbox: None,
        });
    }
    let jobs: Vec<Job> = pasted
        .into_iter()
        .map(|one| {
            let bytes = match one.content {
                PastedContent::Text(text) => text.into_bytes(),
                PastedContent::Base64(text) => base64::Engine::decode(&base64::prelude::BASE64_STANDARD, text)
                    .map_err(|error| CommandError::new(ErrorKind::Invalid, error.to_string()))?,
            };
            Ok(Job::of_bytes(&one.name, bytes, Task::default()))
        })
        .collect::<CommandResult<_>>()?;
    state.library()?.bring_in(Request {
        what: What::Bytes(jobs),
        inbox: None,
    })
}

/// The files that a text names, when it is nothing but a list of them. Hidden files and those in hidden folders, where
/// keys and settings lie, are not taken at a text's word.
fn files_named(text: &str) -> Option<Vec<PathBuf>> {
    const MOST: usize = 1000;
    let paths: Vec<PathBuf> = text.lines().take(MOST + 1).map(PathBuf::from).collect();
    let hidden = |path: &Path| {
        path.components()
            .any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."))
    };
    let named = |path: &PathBuf| path.is_absolute() && !hidden(path) && path.exists();
    (!paths.is_empty() && paths.len() <= MOST && paths.iter().all(named)).then_some(paths)
}

/// Stops bringing in before the next piece; what is in stays.
#[tauri::command(async)]
#[specta::specta]
pub fn cancel_import(state: State<'_, AppState>) -> CommandResult<()> {
    state.library()?.imports.cancel();
    Ok(())
}

/// What an import of this run did: the last one when none is named.
#[tauri::command(async)]
#[specta::specta]
pub fn import_receipt(state: State<'_, AppState>, number: Option<u32>) -> CommandResult<Option<ImportReceipt>> {
    Ok(state.library()?.imports.ended(number).map(|ended| receipt(&ended)))
}

/// Writes a receipt to a file that the user chooses, and answers its path. `title` is its heading and its name.
#[tauri::command(async)]
#[specta::specta]
pub fn export_receipt(
    state: State<'_, AppState>,
    number: u32,
    format: ReceiptFormat,
    title: String,
    dialog: String,
) -> CommandResult<Option<String>> {
    let ended = state
        .library()?
        .imports
        .ended(Some(number))
        .ok_or_else(|| CommandError::new(ErrorKind::NotFound, "there is no such receipt"))?;
    let (ending, text) = match format {
        ReceiptFormat::Markdown => {
            let spoken = state.preferences.chosen().settings.language.spoken(&system_locale());
            ("md", told::markdown(&ended.outcome, &title, &Words::of(spoken)))
        }
        ReceiptFormat::Json => (
            "json",
            serde_json::to_string_pretty(&ended.outcome)
                .map_err(|error| CommandError::new(ErrorKind::Io, error.to_string()))?,
        ),
    };
    let Some(path) = state.desktop()?.choose_new_file(&dialog, &file_name(&title, ending)) else {
        return Ok(None);
    };
    durable_write(&RealDisk, &path, text.as_bytes(), Precondition::Any)?;
    Ok(Some(path.display().to_string()))
}

/// The folder from which this library brings in whatever appears there, on this machine.
#[tauri::command(async)]
#[specta::specta]
pub fn inbox_folder(state: State<'_, AppState>) -> CommandResult<Option<String>> {
    let open = state.library()?;
    let inboxes = state.preferences.chosen().inboxes;
    let chosen = inboxes.get(open.library.root());
    Ok(chosen.map(|chosen| chosen.folder.display().to_string()))
}

/// Asks for the inbox folder with the system's dialog, and watches it from now on. Answers what it is then.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_inbox_folder(state: State<'_, AppState>, title: String) -> CommandResult<Option<String>> {
    let open = state.library()?;
    let Some(folder) = state.desktop()?.choose_folder(&title) else {
        return inbox_folder(state);
    };
    let folder = folder.canonicalize().map_err(|error| CommandError {
        kind: ErrorKind::NotFound,
        message: error.to_string(),
        path: Some(folder.display().to_string()),
    })?;
    refuse_inside(open.library.root(), &folder)?;
    let root = open.library.root().to_owned();
    state.preferences.change(|chosen| {
        let inbox = inbox::Chosen {
            folder: folder.clone(),
            ..inbox::Chosen::default()
        };
        chosen.inboxes.insert(root, inbox);
    });
    state.watch_inbox(&open);
    Ok(Some(folder.display().to_string()))
}

/// Watches no inbox folder any more; what lies in it stays there.
#[tauri::command(async)]
#[specta::specta]
pub fn forget_inbox_folder(state: State<'_, AppState>) -> CommandResult<()> {
    let open = state.library()?;
    state.preferences.change(|chosen| {
        chosen.inboxes.remove(open.library.root());
    });
    state.watch_inbox(&open);
    Ok(())
}

/// What lies in the library is in the library; and a library must not be moved into its own inbox.
fn refuse_inside(root: &Path, folder: &Path) -> CommandResult<()> {
    if folder.starts_with(root) || root.starts_with(folder) {
        return Err(CommandError {
            kind: ErrorKind::InboxInside,
            message: "the inbox folder and the library lie within each other".into(),
            path: Some(folder.display().to_string()),
        });
    }
    Ok(())
}

fn receipt(ended: &Ended) -> ImportReceipt {
    const DETAILS: usize = 5;
    let outcome: &Outcome = &ended.outcome;
    let mut sources: Vec<SourceReceipt> = outcome
        .receipt
        .iter()
        .map(|receipt| SourceReceipt {
            source: receipt.source.clone(),
            lines: told::lines(receipt, DETAILS)
                .into_iter()
                .map(|line| ReceiptLine {
                    fate: match line.fate {
                        Fate::Failed => ReceiptFate::Failed,
                        Fate::LeftOut => ReceiptFate::LeftOut,
                        Fate::Changed => ReceiptFate::Changed,
                        Fate::Kept => ReceiptFate::Kept,
                    },
                    kind: line.kind,
                    count: small(line.count),
                    details: line.details,
                })
                .collect(),
        })
        .collect();
    let total = sources.len();
    // The order of what is alike stays.
    sources.sort_by_key(|source| match source.lines.first().map(|line| line.fate) {
        Some(ReceiptFate::Failed) => 0,
        Some(ReceiptFate::LeftOut) => 1,
        Some(ReceiptFate::Changed) => 2,
        Some(ReceiptFate::Kept) | None => 3,
    });
    sources.truncate(MOST_SOURCES);
    ImportReceipt {
        number: ended.number,
        at: ended.at.to_string(),
        imported: small(outcome.imported),
        merged: small(outcome.merged),
        skipped: small(outcome.skipped),
        failed: small(outcome.failed),
        cancelled: outcome.cancelled,
        problem: outcome.error.as_ref().map(problem),
        sources,
        total_sources: small(total),
    }
}
