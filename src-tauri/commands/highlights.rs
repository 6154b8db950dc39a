//! Passages that the reader marks: in the reading view, in the list of all, and on their way out.

use std::collections::HashMap;
use std::path::Path;

use edito_exchange::highlights::{self as export, Marked, Words};
use edito_library::disk::{Precondition, RealDisk, durable_write};
use edito_library::{self as library, ArticleId};
use edito_prose::quote::{Lost, Quote, Sure};
use edito_prose::{SheetText, excerpt, frontmatter, unit_at};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;
use uuid::Uuid;

use crate::commands::lists::{Facet, small};
use crate::commands::reading::sheet_text;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::{AppState, OpenLibrary};

/// Most passages that one answer carries, whatever was asked.
const MOST_PASSAGES: u32 = 500;

/// A marked passage.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Highlight {
    /// Its identity.
    pub id: String,
    /// The words marked; empty for a note about the whole article.
    pub quote: String,
    /// The colour.
    pub colour: Colour,
    /// What the reader noted.
    pub note: Option<String>,
    /// Tags of the passage.
    pub tags: Vec<String>,
    /// Milliseconds since 1970, UTC.
    #[specta(type = specta_typescript::Number)]
    pub made: f64,
}

/// The colours of marked passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum Colour {
    Yellow,
    Green,
    Blue,
    Red,
}

/// A marked passage, and where it stands in the text as it is now.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlacedHighlight {
    /// The passage.
    pub highlight: Highlight,
    /// From which unit of the sheet's words (see [`mod@edito_prose::sheet_text`]) to which; nothing when the text does not say it any more.
    pub place: Option<(u32, u32)>,
    /// Whether the words in that place are other than those that were marked.
    pub changed: bool,
    /// Whether it has no place because the text says it more than once, and nothing tells which was meant.
    pub ambiguous: bool,
}

/// The passages marked in an article.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlacedHighlights {
    /// The hash of the file in which the places are.
    pub hash: String,
    /// In the order of the text; those without a place at the end, in the order in which they were made.
    pub highlights: Vec<PlacedHighlight>,
}

/// A passage to be marked.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewHighlight {
    /// From which unit of the sheet's words to which.
    pub place: (u32, u32),
    /// The hash of the file that the page shows.
    pub hash: String,
    /// How many units the page counts altogether.
    pub units: u32,
    /// The colour.
    pub colour: Colour,
}

/// What is to become of a marked passage; what is missing stays as it is.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HighlightChange {
    /// Another colour.
    pub colour: Option<Colour>,
    /// Another note; an empty one takes it away.
    pub note: Option<String>,
    /// Other tags.
    pub tags: Option<Vec<String>>,
}

/// Which marked passages to list, the newest first.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the same names as edito_library::HighlightQuery, documented there"
)]
pub struct HighlightQuery {
    pub article: Option<String>,
    #[serde(default)]
    #[specta(type = Option<String>)]
    pub collection: Option<Uuid>,
    pub colour: Option<Colour>,
    pub tag: Option<String>,
    pub noted: bool,
    pub text: Option<String>,
    #[specta(type = Option<specta_typescript::Number>)]
    pub since: Option<f64>,
    #[specta(type = Option<specta_typescript::Number>)]
    pub before: Option<f64>,
}

/// A marked passage with its article.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FoundHighlight {
    /// The article.
    pub article: String,
    /// Its title; none when the article is gone, whose passages are kept.
    pub title: Option<String>,
    /// The passage.
    pub highlight: Highlight,
}

/// Some consecutive marked passages.
#[derive(Debug, Clone, Serialize, Type)]
pub struct HighlightPage {
    /// How many there are altogether.
    pub total: u32,
    /// Those asked for.
    pub highlights: Vec<FoundHighlight>,
    /// The tags of all passages, whatever was asked; the most frequent first.
    pub tags: Vec<Facet>,
}

/// The forms in which marked passages go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum HighlightFormat {
    Markdown,
    Csv,
    /// W3C Web Annotations.
    Json,
}

/// Words of an export, in the reader's language.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ExportWords {
    /// The title of the dialog in which the file is chosen.
    pub dialog: String,
    /// The name offered for the file, without its ending.
    pub name: String,
    /// The heading of the export.
    pub title: String,
    /// What the link to the piece on the web says.
    pub source: String,
    /// Yellow, green, blue, red.
    pub colours: [String; 4],
}

/// The passages marked in an article, where its text says them now.
#[tauri::command(async)]
#[specta::specta]
pub fn highlights(state: State<'_, AppState>, id: String) -> CommandResult<PlacedHighlights> {
    let open = state.library()?;
    let id = ArticleId::from(id);
    let marked = open.library.highlights(&id);
    let (hash, text) = sheet_text(&state, &open, &id)?;
    let placed = if marked.is_empty() {
        Vec::new()
    } else {
        placed(marked, &text)
    };
    Ok(PlacedHighlights {
        hash,
        highlights: placed,
    })
}

/// Marks a passage, and answers its identity. `changed` when the file is another one than the page shows.
#[tauri::command(async)]
#[specta::specta]
pub fn add_highlight(state: State<'_, AppState>, id: String, highlight: NewHighlight) -> CommandResult<String> {
    let open = state.library()?;
    let id = ArticleId::from(id);
    let (hash, text) = sheet_text(&state, &open, &id)?;
    // A title may come from elsewhere than the file: from its name.
    if hash != highlight.hash || text.units() != highlight.units {
        return Err(CommandError::new(ErrorKind::Changed, "the text has changed meanwhile"));
    }
    let (start, end) = highlight.place;
    let passage = excerpt(text.words(), start, end)
        .ok_or_else(|| CommandError::new(ErrorKind::Invalid, "no words are marked"))?;
    let new = library::NewHighlight {
        quote: passage.quote,
        prefix: passage.prefix,
        suffix: passage.suffix,
        range: Some(passage.characters),
        colour: highlight.colour.into(),
        ..library::NewHighlight::default()
    };
    let made = open.library.add_highlight(&id, &new)?;
    open.tell_updated(vec![id]);
    Ok(made.to_string())
}

/// Changes a marked passage; one whose mark was taken away comes back.
#[tauri::command(async)]
#[specta::specta]
pub fn change_highlight(
    state: State<'_, AppState>,
    id: String,
    highlight: String,
    change: HighlightChange,
) -> CommandResult<()> {
    let open = state.library()?;
    let id = ArticleId::from(id);
    let change = library::HighlightChange {
        passage: None,
        colour: change.colour.map(library::Colour::from),
        note: change.note,
        tags: change.tags.map(tidy),
    };
    open.library.change_highlight(&id, identity(&highlight)?, &change)?;
    open.tell_updated(vec![id]);
    Ok(())
}

/// Takes the mark of a passage away; [`change_highlight`] brings it back.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_highlight(state: State<'_, AppState>, id: String, highlight: String) -> CommandResult<()> {
    let open = state.library()?;
    let id = ArticleId::from(id);
    open.library.remove_highlight(&id, identity(&highlight)?)?;
    open.tell_updated(vec![id]);
    Ok(())
}

/// Marked passages of the library.
#[tauri::command(async)]
#[specta::specta]
pub fn all_highlights(
    state: State<'_, AppState>,
    query: HighlightQuery,
    offset: u32,
    limit: u32,
) -> CommandResult<HighlightPage> {
    let open = state.library()?;
    let limit = limit.min(MOST_PASSAGES) as usize;
    let page = open.library.all_highlights(&query.into(), offset as usize, limit)?;
    Ok(HighlightPage {
        total: small(page.total),
        highlights: page
            .highlights
            .into_iter()
            .map(|found| FoundHighlight {
                article: found.article.0,
                title: found.title,
                highlight: found.highlight.into(),
            })
            .collect(),
        tags: page
            .tags
            .into_iter()
            .map(|(value, count)| Facet {
                value,
                count: small(count),
            })
            .collect(),
    })
}

/// Writes marked passages to a file that the reader chooses, and answers its path; `None` when they think better of it.
#[tauri::command(async)]
#[specta::specta]
pub fn export_highlights(
    state: State<'_, AppState>,
    query: HighlightQuery,
    format: HighlightFormat,
    words: ExportWords,
) -> CommandResult<Option<String>> {
    let open = state.library()?;
    let found = open.library.all_highlights(&query.into(), 0, usize::MAX)?.highlights;
    let ending = match format {
        HighlightFormat::Markdown => "md",
        HighlightFormat::Csv => "csv",
        HighlightFormat::Json => "json",
    };
    let name = library::names::file_name(&words.name, ending);
    let Some(path) = state.desktop()?.choose_new_file(&words.dialog, &name) else {
        return Ok(None);
    };
    let articles = by_article(&open, found, path.parent().unwrap_or(&path))?;
    let text = match format {
        HighlightFormat::Markdown => export::markdown(
            &articles,
            &Words {
                title: words.title,
                source: words.source,
                colours: words.colours,
            },
        ),
        HighlightFormat::Csv => export::table(&articles),
        HighlightFormat::Json => export::annotations(&articles, &words.title),
    };
    durable_write(&RealDisk, &path, text.as_bytes(), Precondition::Any)?;
    Ok(Some(path.display().to_string()))
}

impl From<library::Highlight> for Highlight {
    fn from(highlight: library::Highlight) -> Self {
        Self {
            id: highlight.id.to_string(),
            quote: highlight.quote,
            colour: highlight.colour.into(),
            note: highlight.note,
            tags: highlight.tags,
            made: highlight.made as f64,
        }
    }
}

impl From<library::Colour> for Colour {
    fn from(colour: library::Colour) -> Self {
        match colour {
            library::Colour::Yellow => Self::Yellow,
            library::Colour::Green => Self::Green,
            library::Colour::Blue => Self::Blue,
            library::Colour::Red => Self::Red,
        }
    }
}

impl From<Colour> for library::Colour {
    fn from(colour: Colour) -> Self {
        match colour {
            Colour::Yellow => Self::Yellow,
            Colour::Green => Self::Green,
            Colour::Blue => Self::Blue,
            Colour::Red => Self::Red,
        }
    }
}

impl From<HighlightQuery> for library::HighlightQuery {
    fn from(query: HighlightQuery) -> Self {
        Self {
            article: query.article.map(ArticleId::from),
            collection: query.collection,
            colour: query.colour.map(library::Colour::from),
            tag: query.tag,
            noted: query.noted,
            text: query.text,
            since: query.since.map(|time| time as i64),
            before: query.before.map(|time| time as i64),
        }
    }
}

fn placed(marked: Vec<library::Highlight>, sheet: &SheetText) -> Vec<PlacedHighlight> {
    let passages = sheet.passages();
    let text = sheet.words();
    let mut placed: Vec<PlacedHighlight> = marked
        .into_iter()
        .map(|highlight| {
            let found = passages.find(&Quote {
                exact: &highlight.quote,
                prefix: &highlight.prefix,
                suffix: &highlight.suffix,
            });
            PlacedHighlight {
                place: found
                    .as_ref()
                    .ok()
                    .map(|found| (unit_at(text, found.range.start), unit_at(text, found.range.end))),
                changed: found.as_ref().is_ok_and(|found| found.sure == Sure::Approximate),
                ambiguous: found.as_ref().is_err_and(|lost| *lost == Lost::Ambiguous),
                highlight: highlight.into(),
            }
        })
        .collect();
    placed.sort_by_key(|one| one.place.unwrap_or((u32::MAX, u32::MAX)));
    placed
}

/// Tags as people type them: without blanks around them, without a second of the same.
fn tidy(tags: Vec<String>) -> Vec<String> {
    let mut tidy: Vec<String> = Vec::new();
    for tag in tags {
        let tag = tag.trim().trim_start_matches('#').to_owned();
        if !tag.is_empty() && !tidy.contains(&tag) {
            tidy.push(tag);
        }
    }
    tidy
}

fn identity(highlight: &str) -> CommandResult<Uuid> {
    Uuid::parse_str(highlight)
        .map_err(|_| CommandError::new(ErrorKind::NotFound, format!("no passage {highlight} is marked")))
}

/// Passages under their articles: the articles in the order of their newest passage, the passages in that of the text.
fn by_article(open: &OpenLibrary, found: Vec<library::FoundHighlight>, folder: &Path) -> CommandResult<Vec<Marked>> {
    let mut order: Vec<Marked> = Vec::new();
    let mut known: HashMap<ArticleId, usize> = HashMap::new();
    for one in found {
        let at = match known.get(&one.article) {
            Some(at) => *at,
            None => {
                order.push(article(open, &one, folder)?);
                known.insert(one.article.clone(), order.len() - 1);
                order.len() - 1
            }
        };
        if let Some(article) = order.get_mut(at) {
            article.passages.push(one.highlight);
        }
    }
    for article in &mut order {
        article
            .passages
            .sort_by_key(|passage| (passage.range.unwrap_or((u32::MAX, 0)), passage.made));
    }
    Ok(order)
}

fn article(open: &OpenLibrary, one: &library::FoundHighlight, folder: &Path) -> CommandResult<Marked> {
    let row = open.library.row(&one.article)?;
    let text = open.library.read_text(&one.article).ok();
    let source = text.and_then(|text| frontmatter::read(&text.text).source?.url);
    let is_urn = Uuid::parse_str(one.article.as_str()).is_ok();
    Ok(Marked {
        title: row
            .as_ref()
            .map_or_else(|| one.article.0.clone(), |row| row.title.clone()),
        authors: row
            .iter()
            .flat_map(|row| row.authors.iter().map(|author| author.name.clone()))
            .collect(),
        link: row
            .as_ref()
            .and_then(|row| link(open.library.root(), &row.path, folder)),
        path: row.map(|row| row.path),
        urn: format!("{}{}", if is_urn { "urn:uuid:" } else { "urn:edito:" }, one.article),
        source,
        passages: Vec::new(),
    })
}

/// The address of an article's file as seen from a folder: relative within the library, whole elsewhere.
fn link(root: &Path, path: &str, folder: &Path) -> Option<String> {
    let file = url::Url::from_file_path(root.join(path)).ok()?;
    let folder = folder.canonicalize().ok()?;
    let from = url::Url::from_directory_path(&folder).ok()?;
    if folder.starts_with(root) {
        return from.make_relative(&file);
    }
    Some(file.into())
}
