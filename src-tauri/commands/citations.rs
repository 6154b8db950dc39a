//! Citations: what can be cited, what the citations of a text read as, and what they are taken from.

use std::path::PathBuf;

use edito_citation::bibliography::Problem;
use edito_citation::desk::is_bibliography;
use edito_citation::style::{SHIPPED, default_for};
use edito_prose::{Lang, Run, analyse, note_numbers};
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::citing;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::AppState;

/// A work that can be cited.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Work {
    /// What it is cited by.
    pub key: String,
    /// Family names of its authors, else of its editors.
    pub authors: String,
    /// The year of its publication.
    pub year: String,
    /// Its title.
    pub title: String,
}

/// The citations of a text as they read.
#[derive(Debug, Clone, Default, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CitedTextView {
    /// In the order of the text.
    pub marks: Vec<CitationMark>,
    /// What is wrong with the style that is named: its name and the kind of problem; the language’s own holds then.
    pub style_problem: Option<(String, String)>,
    /// Files that were named and lie outside of the library.
    pub refused: Vec<String>,
}

/// A citation in a text.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CitationMark {
    /// Where it starts, in code units of UTF-16.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// What stands in the sentence.
    pub inline: String,
    /// What stands in its note; empty without one.
    pub note: String,
    /// The number of its note; 0 without one.
    pub number: u32,
    /// Keys that nothing is known of.
    pub unknown: Vec<String>,
}

/// What a library is cited from, and how.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CitationSettings {
    /// The files, in the order in which keys are looked for.
    pub files: Vec<BibliographyFile>,
    /// What `edito.toml` names and is not read, because it lies outside of the library.
    pub refused: Vec<String>,
    /// The style that `edito.toml` names.
    pub style: Option<String>,
    /// The styles that are shipped.
    pub styles: Vec<StyleChoice>,
    /// The style of French pieces where none is named.
    pub default_french: String,
    /// The style of other pieces.
    pub default_other: String,
}

/// A file of references.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BibliographyFile {
    /// Within the library, or absolute.
    pub path: String,
    /// How many references it has.
    pub entries: u32,
    /// Whether it was chosen on this machine, and can be left out again.
    pub chosen: bool,
    /// Whether it seems to be written just now; what it said before is used.
    pub torn: bool,
    /// What could not be read of it: the first ones.
    pub problems: Vec<BibliographyProblem>,
    /// How many problems there are.
    pub problem_count: u32,
}

/// Something that could not be read.
#[derive(Debug, Clone, Serialize, Type)]
pub struct BibliographyProblem {
    /// Its line.
    pub line: u32,
    /// The entry, where it is known.
    pub key: Option<String>,
    /// What it is; `citation-problem-<kind>` are its words.
    pub kind: String,
}

/// A style that can be chosen.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StyleChoice {
    /// What `edito.toml` names it.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The language that it is made for.
    pub lang: String,
}

/// Works that have words which begin with those typed, the best ones first.
#[tauri::command(async)]
#[specta::specta]
pub fn find_works(state: State<'_, AppState>, id: String, text: String, typed: String) -> CommandResult<Vec<Work>> {
    let open = state.library()?;
    let path = open.row(&id.into()).map(|row| row.path).unwrap_or_default();
    let (works, _) = citing::works(&state, &open, Some((&text, &path)));
    Ok(works
        .find(&typed, MOST_FOUND)
        .into_iter()
        .map(|entry| Work {
            key: entry.key.clone(),
            authors: entry.authors.clone(),
            year: entry.year.clone(),
            title: entry.title.clone(),
        })
        .collect())
}

/// What the citations of a text read as. The text has `\n` between lines.
#[tauri::command(async)]
#[specta::specta]
pub fn cited_text(state: State<'_, AppState>, id: String, text: String) -> CommandResult<CitedTextView> {
    let open = state.library()?;
    let path = open.row(&id.into()).map(|row| row.path).unwrap_or_default();
    let lang = analyse(&text).lang.unwrap_or(Lang::En);
    let Some(set) = citing::set(&state, &open, &path, &text, &lang) else {
        return Ok(CitedTextView::default());
    };
    let in_notes: Vec<bool> = set
        .cited
        .marks
        .iter()
        .map(|mark| mark.as_ref().is_some_and(|mark| !mark.note.is_empty()))
        .collect();
    let numbers = if set.in_notes {
        note_numbers(&text, &in_notes)
    } else {
        Vec::new()
    };
    let mut marks: Vec<(std::ops::Range<usize>, CitationMark)> = set
        .citations
        .iter()
        .zip(&set.cited.marks)
        .enumerate()
        .filter(|(_, (citation, _))| !citation.range.is_empty())
        .filter_map(|(at, (citation, mark))| {
            let mark = mark.as_ref()?;
            let shown = CitationMark {
                from: 0,
                to: 0,
                inline: plain(&mark.inline),
                note: plain(&mark.note),
                number: numbers.get(at).copied().unwrap_or(0),
                unknown: mark.unknown.clone(),
            };
            Some((citation.range.clone(), shown))
        })
        .collect();
    marks.sort_by_key(|(range, _)| range.start);
    let mut units = Units {
        text: &text,
        byte: 0,
        unit: 0,
    };
    let marks = marks
        .into_iter()
        .map(|(range, mark)| CitationMark {
            from: units.to(range.start),
            to: units.to(range.end),
            ..mark
        })
        .collect();
    Ok(CitedTextView {
        marks,
        style_problem: set.style_problem.map(|(name, problem)| (name, problem.id().to_owned())),
        refused: set.sources.refused,
    })
}

/// What the library is cited from, and how.
#[tauri::command(async)]
#[specta::specta]
pub fn citation_settings(state: State<'_, AppState>) -> CommandResult<CitationSettings> {
    let open = state.library()?;
    let (works, sources) = citing::works(&state, &open, None);
    let chosen = citing::chosen(&state, &open);
    let root = open.library.root();
    let files = works
        .sources
        .iter()
        .map(|source| BibliographyFile {
            path: source
                .path
                .strip_prefix(root)
                .unwrap_or(&source.path)
                .display()
                .to_string(),
            entries: count(source.bibliography.entries.len()),
            chosen: chosen.contains(&source.path),
            torn: source.torn,
            problems: source.bibliography.problems.iter().take(MOST_TOLD).map(told).collect(),
            problem_count: count(source.bibliography.problems.len()),
        })
        .collect();
    Ok(CitationSettings {
        files,
        refused: sources.refused,
        style: open.library.config().citations.style.clone(),
        styles: SHIPPED
            .iter()
            .map(|style| StyleChoice {
                id: style.id.to_owned(),
                title: style.title.to_owned(),
                lang: style.lang.to_owned(),
            })
            .collect(),
        default_french: default_for(&Lang::Fr).to_owned(),
        default_other: default_for(&Lang::En).to_owned(),
    })
}

/// Asks for a file of references with the system's dialog; it may lie anywhere, and is read on this machine from now on.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_bibliography(state: State<'_, AppState>, title: String) -> CommandResult<CitationSettings> {
    let open = state.library()?;
    if let Some(file) = state.desktop()?.choose_file(&title) {
        let file = file.canonicalize().map_err(|error| CommandError {
            kind: ErrorKind::NotFound,
            message: error.to_string(),
            path: Some(file.display().to_string()),
        })?;
        if !is_bibliography(&file) {
            return Err(CommandError {
                kind: ErrorKind::Invalid,
                message: "the file is neither BibTeX nor CSL JSON".into(),
                path: Some(file.display().to_string()),
            });
        }
        change_chosen(&state, &open, |files| {
            if !files.contains(&file) {
                files.push(file.clone());
            }
        });
    }
    citation_settings(state)
}

/// Reads a file that was chosen on this machine no more. The file stays as it is.
#[tauri::command(async)]
#[specta::specta]
pub fn forget_bibliography(state: State<'_, AppState>, path: String) -> CommandResult<CitationSettings> {
    let open = state.library()?;
    let file = open.library.root().join(path);
    change_chosen(&state, &open, |files| files.retain(|known| *known != file));
    citation_settings(state)
}

/// Sets the style of the library, in `edito.toml`; none leaves it to the language of each piece.
#[tauri::command(async)]
#[specta::specta]
pub fn set_citation_style(state: State<'_, AppState>, style: Option<String>) -> CommandResult<CitationSettings> {
    let open = state.library()?;
    open.library.set_citation_style(style.as_deref())?;
    open.tell_citations();
    citation_settings(state)
}

/// So many works are offered at once.
const MOST_FOUND: usize = 40;
/// So many problems of a file are shown.
const MOST_TOLD: usize = 20;

fn change_chosen(state: &AppState, open: &crate::state::OpenLibrary, change: impl FnOnce(&mut Vec<PathBuf>)) {
    let root = open.library.root().to_owned();
    state.preferences.change(|chosen| {
        let files = chosen.bibliographies.entry(root.clone()).or_default();
        change(files);
        if files.is_empty() {
            chosen.bibliographies.remove(&root);
        }
    });
    open.tell_citations();
}

fn told(problem: &Problem) -> BibliographyProblem {
    BibliographyProblem {
        line: problem.line,
        key: problem.key.clone(),
        kind: problem.kind.id().to_owned(),
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn plain(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// From bytes to code units of UTF-16, going forward.
struct Units<'a> {
    text: &'a str,
    byte: usize,
    unit: u32,
}

impl Units<'_> {
    fn to(&mut self, byte: usize) -> u32 {
        let passed = self.text.get(self.byte..byte).unwrap_or_default();
        self.unit += passed.chars().map(|one| one.len_utf16() as u32).sum::<u32>();
        self.byte = self.byte.max(byte);
        self.unit
    }
}
