//! Finding and replacing across the library.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use edito_library as library;
use edito_library::{Among, ReplaceReceipt, Ticked};
use edito_prose::replacing::{Pattern, Wanted};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::commands::elsewhere;
use crate::commands::lists::ListQuery;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::replacing::Search;
use crate::state::{AppState, OpenLibrary};

/// What is looked for, and where.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the same names as edito_prose::replacing::Wanted and edito_library::ReplaceQuery, documented there"
)]
pub struct ReplaceRequest {
    pub text: String,
    pub replacement: String,
    pub expression: bool,
    pub case: bool,
    pub whole_words: bool,
    pub any_accents: bool,
    pub any_typography: bool,
    pub front_matter: bool,
    pub origin: ReplaceOrigin,
    /// The articles of a list,
    pub list: Option<ListQuery>,
    /// else those that a search finds, else these.
    pub search: Option<String>,
    /// Used when there is neither.
    pub articles: Vec<String>,
}

/// By where articles come from.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum ReplaceOrigin {
    Any,
    Own,
    Elsewhere,
}

/// A search that was begun.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SearchBegun {
    /// Its number; none when what is looked for is no pattern.
    pub number: Option<u32>,
    /// Why it is none, in the words of the parser; empty where nothing is looked for.
    pub problem: String,
}

/// A place that would change.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundPlace {
    /// Its line, from 1.
    pub line: u32,
    /// What stands before it.
    pub before: String,
    /// What is found.
    pub found: String,
    /// What would stand there.
    pub after: String,
    /// What stands behind it.
    pub behind: String,
    /// Whether it is prose, and no code, address or name.
    pub prose: bool,
    /// Whether it stands in the front matter.
    pub in_front_matter: bool,
}

/// An article with places.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct FoundArticle {
    pub id: String,
    pub title: String,
    pub section_name: String,
    pub lang: Option<String>,
    /// What a replacement is based on.
    pub hash: String,
    pub places: Vec<FoundPlace>,
    /// Places of the front matter that can't be changed without spoiling it.
    pub unsound: u32,
    pub read_only: bool,
}

/// What a search has found since it was asked last.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundPlaces {
    /// The articles from the one that was asked for on.
    pub articles: Vec<FoundArticle>,
    /// How many have places so far.
    pub found: u32,
    /// Articles looked through.
    pub looked: u32,
    /// Articles there are.
    pub total: u32,
    /// Files that could not be read.
    pub unreadable: u32,
    /// Whether there are more places than are shown.
    pub more: bool,
    /// Whether it is over, and all of it was fetched.
    pub over: bool,
}

/// What is to be replaced in one article.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct TickedArticle {
    /// The article.
    pub id: String,
    /// The hash that came with its places.
    pub hash: String,
    /// The places that stay, by number.
    pub left: Vec<u32>,
    /// How many were shown.
    pub shown: u32,
}

/// An article that was left as it is.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SkippedArticle {
    /// The article.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Why.
    pub why: ErrorKind,
}

/// What a replacement did.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ReplaceOutcome {
    /// The key to take it back; none when nothing was changed.
    pub key: Option<u32>,
    /// Articles that were changed.
    pub articles: u32,
    /// Places that were changed.
    pub places: u32,
    /// Articles that were left, with the reason.
    pub skipped: Vec<SkippedArticle>,
    /// Whether it was stopped before its end.
    pub cancelled: bool,
}

/// Begins to look for places. The search before it, if there is one, ends.
#[tauri::command(async)]
#[specta::specta]
pub fn find_places(state: State<'_, AppState>, request: ReplaceRequest) -> CommandResult<SearchBegun> {
    let open = state.library()?;
    let wanted = Wanted {
        text: request.text,
        expression: request.expression,
        case: request.case,
        whole_words: request.whole_words,
        any_accents: request.any_accents,
        any_typography: request.any_typography,
    };
    if let Err(error) = Pattern::new(&wanted) {
        open.replacing.end();
        return Ok(SearchBegun {
            number: None,
            problem: if wanted.text.is_empty() {
                String::new()
            } else {
                error.to_string()
            },
        });
    }
    let among = match (request.list, request.search) {
        (Some(list), _) => Among::List(list.into()),
        (None, Some(search)) => Among::Search(search),
        (None, None) => Among::Articles(request.articles.into_iter().map(Into::into).collect()),
    };
    let query = library::ReplaceQuery {
        wanted,
        replacement: request.replacement,
        among,
        origin: match request.origin {
            ReplaceOrigin::Any => library::Origin::Any,
            ReplaceOrigin::Own => library::Origin::Own,
            ReplaceOrigin::Elsewhere => library::Origin::Elsewhere,
        },
        front_matter: request.front_matter,
    };
    let search = open.replacing.find(&open, query);
    Ok(SearchBegun {
        number: Some(search.number),
        problem: String::new(),
    })
}

/// What a search has found, from the article with this number on.
#[tauri::command(async)]
#[specta::specta]
pub fn found_places(state: State<'_, AppState>, number: u32, from: u32) -> CommandResult<FoundPlaces> {
    let search = search(&state.library()?, number)?;
    let mut found = search.found();
    if let Some(problem) = found.problem.take() {
        return Err(problem.into());
    }
    let from = from as usize;
    let articles: Vec<FoundArticle> = found.articles.iter().skip(from).take(AT_ONCE).map(shown).collect();
    Ok(FoundPlaces {
        found: count(found.articles.len()),
        looked: count(found.looked.looked),
        total: count(found.looked.total),
        unreadable: count(found.looked.unreadable),
        more: found.more,
        over: found.over && from + articles.len() >= found.articles.len(),
        articles,
    })
}

/// Ends a search, or the replacement that goes on; what is found or changed so far stays.
#[tauri::command(async)]
#[specta::specta]
pub fn cancel_places(state: State<'_, AppState>, number: u32) -> CommandResult<()> {
    if let Some(search) = state.library()?.replacing.search(number) {
        search.stop();
    }
    Ok(())
}

/// Replaces what is ticked. An article whose file is not what was shown any more is skipped.
#[tauri::command(async)]
#[specta::specta]
pub async fn replace_places(
    state: State<'_, AppState>,
    number: u32,
    ticked: Vec<TickedArticle>,
) -> CommandResult<ReplaceOutcome> {
    let open = state.library()?;
    let search = search(&open, number)?;
    elsewhere(move || {
        search.begin_to_replace();
        let ticked: Vec<Ticked> = ticked
            .into_iter()
            .map(|one| Ticked {
                id: one.id.into(),
                hash: one.hash,
                left: one.left.into_iter().map(|place| place as usize).collect(),
                shown: one.shown as usize,
            })
            .collect();
        let receipt = open.library.replace_places(&search.query, &ticked, &|done| {
            search.done.store(count(done), Ordering::Relaxed);
            search.replaces_on()
        })?;
        outcome(&open, receipt)
    })
    .await
}

/// In how many articles the replacement that goes on has replaced so far.
#[tauri::command(async)]
#[specta::specta]
pub fn replaced_so_far(state: State<'_, AppState>, number: u32) -> CommandResult<u32> {
    Ok(search(&state.library()?, number)?.done.load(Ordering::Relaxed))
}

/// Takes a replacement back, in all articles that nobody has changed since.
#[tauri::command(async)]
#[specta::specta]
pub async fn take_back_places(state: State<'_, AppState>, key: u32) -> CommandResult<ReplaceOutcome> {
    let open = state.library()?;
    let replaced = open
        .replacing
        .take(key)
        .ok_or_else(|| CommandError::new(ErrorKind::NotFound, "there is no such replacement"))?;
    elsewhere(move || {
        let receipt = open.library.take_back_places(&replaced, &|_| library::Continue::Yes)?;
        outcome(&open, receipt)
    })
    .await
}

/// Articles that are fetched at once.
const AT_ONCE: usize = 100;

fn search(open: &Arc<OpenLibrary>, number: u32) -> CommandResult<Arc<Search>> {
    open.replacing
        .search(number)
        .ok_or_else(|| CommandError::new(ErrorKind::NotFound, "another search came after"))
}

fn outcome(open: &OpenLibrary, receipt: ReplaceReceipt) -> CommandResult<ReplaceOutcome> {
    let places = count(receipt.places());
    let articles = count(receipt.replaced.len());
    let mut skipped = Vec::with_capacity(receipt.skipped.len());
    for (id, error) in &receipt.skipped {
        skipped.push(SkippedArticle {
            title: open.library.row(id)?.map(|row| row.title).unwrap_or_default(),
            id: id.0.clone(),
            why: CommandError::of(error).kind,
        });
    }
    open.tell(receipt.changes);
    Ok(ReplaceOutcome {
        key: (articles > 0).then(|| open.replacing.keep(receipt.replaced)),
        articles,
        places,
        skipped,
        cancelled: receipt.cancelled,
    })
}

fn shown(matches: &library::ReplaceMatches) -> FoundArticle {
    FoundArticle {
        id: matches.row.id.0.clone(),
        title: matches.row.title.clone(),
        section_name: matches.row.section_name.clone(),
        lang: matches.row.lang.clone(),
        hash: matches.hash.clone(),
        places: matches
            .places
            .iter()
            .map(|place| FoundPlace {
                line: place.change.line,
                before: place.before.clone(),
                found: place.found.clone(),
                after: place.change.after.clone(),
                behind: place.behind.clone(),
                prose: place.change.prose,
                in_front_matter: place.change.in_front_matter,
            })
            .collect(),
        unsound: count(matches.unsound),
        read_only: matches.read_only.is_some(),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
