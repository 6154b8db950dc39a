//! Lists, counts and searches.

use edito_library::{self as library, ArticleId};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;
use uuid::Uuid;

use crate::commands::triage::Place;
use crate::error::CommandResult;
use crate::state::{AppState, OpenLibrary};

/// Most rows that one answer carries, whatever was asked.
const MOST_ROWS: u32 = 500;
/// Rows of the first page of a list: as many as the page asks for at once.
const FIRST_ROWS: u32 = 100;

/// One article as lists show it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the same names as edito_library::Row, documented there")]
pub struct Row {
    pub id: String,
    pub path: String,
    pub title: String,
    pub standfirst: Option<String>,
    pub teaser: String,
    pub authors: Vec<Author>,
    pub section: String,
    pub section_name: String,
    pub tags: Vec<String>,
    /// Those of `tags` that the reader gave; the others are the file's.
    pub own_tags: Vec<String>,
    pub date: Option<String>,
    pub updated: Option<String>,
    pub lang: Option<String>,
    pub status: Option<String>,
    pub words: u32,
    pub signs: u32,
    pub signs_without_spaces: u32,
    pub reading_minutes: u32,
    /// Milliseconds since 1970, UTC.
    #[specta(type = specta_typescript::Number)]
    pub modified: f64,
    pub read: bool,
    pub starred: bool,
    /// From 0 to 1.
    #[specta(type = specta_typescript::Number)]
    pub progress: f64,
    pub place: Place,
    /// How many things are odd about the file.
    pub problems: u32,
}

/// Who signs, and what that person does.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct Author {
    pub name: String,
    pub function: Option<String>,
}

impl From<library::Row> for Row {
    fn from(row: library::Row) -> Self {
        Self {
            id: row.id.0,
            path: row.path,
            title: row.title,
            standfirst: row.standfirst,
            teaser: row.teaser,
            authors: row
                .authors
                .into_iter()
                .map(|by| Author {
                    name: by.name,
                    function: by.function,
                })
                .collect(),
            section: row.section,
            section_name: row.section_name,
            tags: row.tags,
            own_tags: row.own_tags,
            date: row.date,
            updated: row.updated,
            lang: row.lang,
            status: row.status,
            words: row.words,
            signs: row.signs,
            signs_without_spaces: row.signs_without_spaces,
            reading_minutes: row.reading_minutes,
            modified: row.modified as f64,
            read: row.read,
            starred: row.starred,
            progress: row.progress,
            place: row.place.into(),
            problems: small(row.problems.len()),
        }
    }
}

/// Which rows, in what order.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the same names as edito_library::ListQuery, documented there"
)]
pub struct ListQuery {
    pub section: Option<String>,
    pub status: Option<String>,
    pub tag: Option<String>,
    pub author: Option<String>,
    pub lang: Option<String>,
    #[serde(default)]
    #[specta(type = Option<String>)]
    pub collection: Option<Uuid>,
    pub show: Show,
    pub sort: Sort,
    pub descending: bool,
}

impl ListQuery {
    /// The list that a library opens with; the page's `wholeLibrary` is the same.
    pub const OPENING: Self = Self {
        section: None,
        status: None,
        tag: None,
        author: None,
        lang: None,
        collection: None,
        show: Show::All,
        sort: Sort::Date,
        descending: true,
    };
}

/// A part of the library.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum Show {
    All,
    Unread,
    Starred,
    Drafts,
    Recent,
    Inbox,
    Later,
    Archive,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum Sort {
    Date,
    Updated,
    Title,
    Author,
    Section,
    Words,
    Hand,
}

impl From<ListQuery> for library::ListQuery {
    fn from(query: ListQuery) -> Self {
        Self {
            section: query.section,
            status: query.status,
            tag: query.tag,
            author: query.author,
            lang: query.lang,
            collection: query.collection,
            show: match query.show {
                Show::All => library::Show::All,
                Show::Unread => library::Show::Unread,
                Show::Starred => library::Show::Starred,
                Show::Drafts => library::Show::Drafts,
                Show::Recent => library::Show::Recent,
                Show::Inbox => library::Show::Inbox,
                Show::Later => library::Show::Later,
                Show::Archive => library::Show::Archive,
            },
            sort: match query.sort {
                Sort::Date => library::Sort::Date,
                Sort::Updated => library::Sort::Updated,
                Sort::Title => library::Sort::Title,
                Sort::Author => library::Sort::Author,
                Sort::Section => library::Sort::Section,
                Sort::Words => library::Sort::Words,
                Sort::Hand => library::Sort::Hand,
            },
            descending: query.descending,
        }
    }
}

/// An article, and where it stands in a list, from 0.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct Listed {
    pub id: String,
    pub index: u32,
}

/// Some consecutive rows of a list.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct ListPage {
    pub total: u32,
    pub offset: u32,
    pub rows: Vec<Row>,
    /// The state of the library that the rows belong to (see the event `libraryChanged`).
    pub generation: u32,
}

/// The counts beside the rail.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct Overview {
    pub total: u32,
    pub unread: u32,
    pub starred: u32,
    pub drafts: u32,
    pub inbox: u32,
    pub later: u32,
    pub archive: u32,
    pub trash: u32,
    /// Marked passages.
    pub highlights: u32,
    pub sections: Vec<SectionNode>,
    pub statuses: Vec<Facet>,
    pub tags: Vec<Facet>,
    pub languages: Vec<Facet>,
    pub authors: Vec<Facet>,
    pub conflict_copies: u32,
    pub recoveries: u32,
}

/// A section with those below it.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct SectionNode {
    /// Slugs from the root, joined by `/`.
    pub path: String,
    pub name: String,
    /// Articles in it and below it.
    pub count: u32,
    pub children: Vec<SectionNode>,
}

/// A value and how many articles have it.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct Facet {
    pub value: String,
    pub count: u32,
}

/// An article that matches a search; marks are ranges in UTF-16 code units.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct Hit {
    pub row: Row,
    #[specta(type = specta_typescript::Number)]
    pub score: f64,
    pub title_marks: Vec<(u32, u32)>,
    pub snippet: String,
    pub snippet_marks: Vec<(u32, u32)>,
}

/// Some consecutive hits, the best first.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct SearchPage {
    pub total: u32,
    pub offset: u32,
    pub hits: Vec<Hit>,
    #[specta(type = specta_typescript::Number)]
    pub milliseconds: f64,
}

/// The rows that a library opens with.
pub fn first_page(open: &OpenLibrary) -> CommandResult<ListPage> {
    page(open, ListQuery::OPENING, 0, FIRST_ROWS)
}

/// The counts beside the rail.
#[tauri::command(async)]
#[specta::specta]
pub fn overview(state: State<'_, AppState>) -> CommandResult<Overview> {
    let open = state.library()?;
    let overview = open.library.overview()?;
    Ok(Overview {
        total: small(overview.total),
        unread: small(overview.unread),
        starred: small(overview.starred),
        drafts: small(overview.drafts),
        inbox: small(overview.inbox),
        later: small(overview.later),
        archive: small(overview.archive),
        trash: small(overview.trash),
        highlights: small(open.library.count_highlights()),
        sections: overview.sections.into_iter().map(section).collect(),
        statuses: facets(overview.statuses),
        tags: facets(overview.tags),
        languages: facets(overview.languages),
        authors: facets(overview.authors),
        conflict_copies: small(open.library.conflict_copies()?.len()),
        recoveries: small(open.left_behind().len()),
    })
}

/// Some rows of a list.
#[tauri::command(async)]
#[specta::specta]
pub fn list(state: State<'_, AppState>, query: ListQuery, offset: u32, limit: u32) -> CommandResult<ListPage> {
    page(&*state.library()?, query, offset, limit)
}

fn page(open: &OpenLibrary, query: ListQuery, offset: u32, limit: u32) -> CommandResult<ListPage> {
    let generation = open.generation();
    let page = open
        .library
        .list(&query.into(), offset as usize, limit.min(MOST_ROWS) as usize)?;
    Ok(ListPage {
        total: small(page.total),
        offset,
        rows: page.rows.into_iter().map(Row::from).collect(),
        generation,
    })
}

/// Where an article stands in a list, from 0; `None` when it isn't in it.
#[tauri::command(async)]
#[specta::specta]
pub fn position_of(state: State<'_, AppState>, query: ListQuery, id: String) -> CommandResult<Option<u32>> {
    Ok(state.library()?.library.position(&query.into(), &id.into())?.map(small))
}

/// Where some articles stand in a list, from 0, the first ones first; those that aren't in it are left out.
#[tauri::command(async)]
#[specta::specta]
pub fn positions_of(state: State<'_, AppState>, query: ListQuery, ids: Vec<String>) -> CommandResult<Vec<u32>> {
    let ids: Vec<ArticleId> = ids.into_iter().map(ArticleId::from).collect();
    let places = state.library()?.library.positions(&query.into(), &ids)?;
    Ok(places.into_iter().map(small).collect())
}

/// The next article of a list that was not read, after `after` or, where that is not in the list, from the row `from`
/// (from 0) on; the search goes on at the top of the list. `None` when all were read.
#[tauri::command(async)]
#[specta::specta]
pub fn next_unread(
    state: State<'_, AppState>,
    query: ListQuery,
    after: Option<String>,
    from: u32,
) -> CommandResult<Option<Listed>> {
    let open = state.library()?;
    let after = after.map(Into::into);
    let found = open.library.next_unread(&query.into(), after.as_ref(), from as usize)?;
    Ok(found.map(|(id, index)| Listed {
        id: id.0,
        index: small(index),
    }))
}

/// One row.
#[tauri::command(async)]
#[specta::specta]
pub fn row(state: State<'_, AppState>, id: String) -> CommandResult<Option<Row>> {
    Ok(state.library()?.library.row(&id.into())?.map(Row::from))
}

/// The best hits for a query in Edito's search syntax; what is not syntax is searched as words.
#[tauri::command(async)]
#[specta::specta]
pub fn search(state: State<'_, AppState>, query: String, limit: u32, offset: u32) -> CommandResult<SearchPage> {
    let started = std::time::Instant::now();
    let page = state
        .library()?
        .library
        .search(&query, limit.min(MOST_ROWS) as usize, offset as usize)?;
    Ok(SearchPage {
        total: small(page.total),
        offset,
        hits: page
            .hits
            .into_iter()
            .map(|hit| Hit {
                row: hit.row.into(),
                score: f64::from(hit.score),
                title_marks: hit.title_marks,
                snippet: hit.snippet,
                snippet_marks: hit.snippet_marks,
            })
            .collect(),
        milliseconds: started.elapsed().as_secs_f64() * 1000.0,
    })
}

/// Articles whose title has words that begin so; those opened last when nothing is typed.
#[tauri::command(async)]
#[specta::specta]
pub fn quick_open(state: State<'_, AppState>, text: String, limit: u32) -> CommandResult<Vec<Row>> {
    let rows = state
        .library()?
        .library
        .quick_open(&text, limit.min(MOST_ROWS) as usize)?;
    Ok(rows.into_iter().map(Row::from).collect())
}

/// A count as the page takes it.
pub fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Values and their counts, as the page takes them.
pub fn facets(counted: Vec<library::Counted>) -> Vec<Facet> {
    counted
        .into_iter()
        .map(|one| Facet {
            value: one.name,
            count: small(one.count),
        })
        .collect()
}

/// A section as the page takes it.
pub fn section(node: library::SectionNode) -> SectionNode {
    SectionNode {
        path: node.path,
        name: node.name,
        count: small(node.count),
        children: node.children.into_iter().map(section).collect(),
    }
}
