//! The reading view.

use edito_library::ArticleId;
use edito_prose::{Lang, LinkKind, LinkTarget, RenderContext, SheetText, frontmatter, outline, render, typeset_line};
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::citing;
use crate::commands::lists::Row;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::{AppState, OpenLibrary};

/// An article ready to be read.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ArticleView {
    /// The article as lists show it.
    pub row: Row,
    /// From the library to the article's section.
    pub crumbs: Vec<Crumb>,
    /// The title as it is typeset.
    pub display_title: String,
    /// The standfirst as it is typeset.
    pub display_standfirst: Option<String>,
    /// The body, from Edito's own renderer and so safe to show.
    pub html: String,
    /// Its headings.
    pub outline: Vec<Heading>,
    /// A BCP 47 tag.
    pub lang: String,
    /// Whether the article as a whole is set from right to left.
    pub rtl: bool,
    /// The hash of the file that this was made from.
    pub hash: String,
    /// Where it came from.
    pub source: Option<ArticleSource>,
    /// The same piece in other languages.
    pub translations: Vec<Row>,
    /// From 0 to 1.
    #[specta(type = specta_typescript::Number)]
    pub progress: f64,
    /// The source line of the block that was last at the top of the page.
    pub block: Option<u32>,
}

/// A step of the breadcrumb.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct Crumb {
    pub name: String,
    pub section: String,
}

/// A heading of an article.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// Its words, without marks.
    pub text: String,
    /// The `id` it has in the reading view.
    pub anchor: String,
    /// Its line in the file, from 1.
    pub line: u32,
}

/// Where a captured article came from.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct ArticleSource {
    pub url: Option<String>,
    pub site: Option<String>,
    pub published: Option<String>,
    pub captured: Option<String>,
}

/// Where a link leads.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FollowedLink {
    /// An article of the library.
    pub article: Option<String>,
    /// An address on the web, or of a mailbox.
    pub url: Option<String>,
    /// Whether nothing is there.
    pub missing: bool,
}

/// Reads an article.
#[tauri::command(async)]
#[specta::specta]
pub fn read_article(state: State<'_, AppState>, id: String) -> CommandResult<ArticleView> {
    let open = state.library()?;
    let id = ArticleId::from(id);
    let row = open.row(&id)?;
    let text = open.library.read_text(&id)?;
    let lang = row.lang.as_deref().map_or(Lang::En, Lang::from_tag);
    let html = html(&state, &open, &id, &text.text, &lang);
    let block = open
        .library
        .state(&id)
        .progress
        .and_then(|progress| progress.block?.parse().ok());
    Ok(ArticleView {
        html,
        outline: headings(&text.text),
        hash: text.hash,
        block,
        ..head(&open, row, &text.text)?
    })
}

/// What stands above the words of an article, when its text is this one; without the words.
pub fn head(open: &OpenLibrary, row: edito_library::Row, text: &str) -> CommandResult<ArticleView> {
    let front = frontmatter::read(text);
    let lang = row.lang.as_deref().map_or(Lang::En, Lang::from_tag);
    let (display_title, display_standfirst) = heading_lines(&row, &lang);
    Ok(ArticleView {
        crumbs: open
            .library
            .crumbs(&row.section)
            .into_iter()
            .map(|(section, name)| Crumb { name, section })
            .collect(),
        display_title,
        display_standfirst,
        html: String::new(),
        outline: Vec::new(),
        rtl: lang.is_rtl(),
        lang: lang.tag().to_owned(),
        hash: String::new(),
        source: front.source.map(|source| ArticleSource {
            url: source.url,
            site: source.site,
            published: source.published.map(|date| date.to_string()),
            captured: source.captured.map(|date| date.to_string()),
        }),
        translations: open.library.translations(&row.id)?.into_iter().map(Row::from).collect(),
        progress: row.progress,
        block: None,
        row: row.into(),
    })
}

/// Marks articles read or unread.
#[tauri::command(async)]
#[specta::specta]
pub fn mark_read(state: State<'_, AppState>, ids: Vec<String>, read: bool) -> CommandResult<()> {
    let open = state.library()?;
    let ids: Vec<ArticleId> = ids.into_iter().map(ArticleId::from).collect();
    open.library.mark_read(&ids, read)?;
    open.tell_updated(ids);
    Ok(())
}

/// Sets or takes the star of articles.
#[tauri::command(async)]
#[specta::specta]
pub fn set_star(state: State<'_, AppState>, ids: Vec<String>, starred: bool) -> CommandResult<()> {
    let open = state.library()?;
    let ids: Vec<ArticleId> = ids.into_iter().map(ArticleId::from).collect();
    open.library.set_star(&ids, starred)?;
    open.tell_updated(ids);
    Ok(())
}

/// Keeps how far an article was read: `at` from 0 to 1, `block` the source line of the block at the top.
#[tauri::command(async)]
#[specta::specta]
pub fn set_progress(state: State<'_, AppState>, id: String, at: f64, block: u32) -> CommandResult<()> {
    Ok(state
        .library()?
        .library
        .set_progress(&id.into(), at, Some(&block.to_string()))?)
}

/// Notes that an article was opened, for the list of recent ones.
#[tauri::command(async)]
#[specta::specta]
pub fn article_opened(state: State<'_, AppState>, id: String) -> CommandResult<()> {
    Ok(state.library()?.library.opened(&id.into())?)
}

/// Where a link in an article leads, without going there.
#[tauri::command(async)]
#[specta::specta]
pub fn follow_link(state: State<'_, AppState>, target: String, from: String) -> CommandResult<FollowedLink> {
    let open = state.library()?;
    if is_outside(&target) {
        return Ok(FollowedLink {
            article: None,
            url: Some(target),
            missing: false,
        });
    }
    let article = open.library.resolve_link(&from.into(), &target).map(|id| id.0);
    Ok(FollowedLink {
        missing: article.is_none(),
        article,
        url: None,
    })
}

/// Opens an address of the web or of a mailbox with the system's program. The page has shown the real host and asked.
#[tauri::command(async)]
#[specta::specta]
pub fn open_external(state: State<'_, AppState>, url: String) -> CommandResult<()> {
    if !is_outside(&url) {
        return Err(CommandError::new(
            ErrorKind::Invalid,
            "only addresses of the web and of mailboxes are opened",
        ));
    }
    state.desktop()?.open_address(&url)
}

/// Shows the article's file in the system's file manager.
#[tauri::command(async)]
#[specta::specta]
pub fn reveal_file(state: State<'_, AppState>, id: String) -> CommandResult<()> {
    let open = state.library()?;
    let row = open.row(&id.into())?;
    state.desktop()?.reveal(&open.library.root().join(row.path))
}

/// The address at which the page may show an image that an article names; `None` when the library has no such image.
#[tauri::command(async)]
#[specta::specta]
pub fn image_address(state: State<'_, AppState>, id: String, target: String) -> CommandResult<Option<String>> {
    let open = state.library()?;
    Ok(open
        .library
        .image(&id.into(), &target)
        .map(|path| state.images.address(path)))
}

/// The hash of an article's file, and the words that the reading view shows of it.
pub fn sheet_text(state: &AppState, open: &OpenLibrary, id: &ArticleId) -> CommandResult<(String, SheetText)> {
    let (row, lang, hash, html) = rendered(state, open, id)?;
    let words = SheetText::of(&row.title, row.standfirst.as_deref(), &lang, &html);
    Ok((hash, words))
}

/// The row of an article, its language, the hash of its file, and the rendering of its text.
pub fn rendered(
    state: &AppState,
    open: &OpenLibrary,
    id: &ArticleId,
) -> CommandResult<(edito_library::Row, Lang, String, String)> {
    let row = open.row(id)?;
    let text = open.library.read_text(id)?;
    let lang = row.lang.as_deref().map_or(Lang::En, Lang::from_tag);
    let html = html(state, open, id, &text.text, &lang);
    Ok((row, lang, text.hash, html))
}

/// Title and standfirst of an article, typeset.
pub fn heading_lines(row: &edito_library::Row, lang: &Lang) -> (String, Option<String>) {
    let standfirst = row.standfirst.as_deref();
    (
        typeset_line(&row.title, lang),
        standfirst.map(|standfirst| typeset_line(standfirst, lang)),
    )
}

/// The headings of a text.
pub fn headings(text: &str) -> Vec<Heading> {
    outline(text)
        .into_iter()
        .map(|heading| Heading {
            level: heading.level,
            text: heading.text,
            anchor: heading.anchor,
            line: heading.line,
        })
        .collect()
}

/// The rendering of a text of an article.
pub fn html(state: &AppState, open: &OpenLibrary, id: &ArticleId, text: &str, lang: &Lang) -> String {
    let resolve_link = |target: &str, kind: LinkKind| link(open, id, target, kind);
    let resolve_image = |target: &str| open.library.image(id, target).map(|path| state.images.address(path));
    let path = || open.row(id).map(|row| row.path).unwrap_or_default();
    let set = citing::asks(text)
        .then(|| citing::set(state, open, &path(), text, lang))
        .flatten();
    render(
        text,
        &RenderContext {
            lang: lang.clone(),
            typography: true,
            resolve_link: &resolve_link,
            resolve_image: &resolve_image,
            footnote_label: if lang.tag() == "ar" { "حواشٍ" } else { "Notes" },
            citations: set.as_ref().map(|set| &set.cited),
        },
    )
}

fn link(open: &OpenLibrary, from: &ArticleId, target: &str, kind: LinkKind) -> LinkTarget {
    if kind != LinkKind::Wiki && is_outside(target) {
        return LinkTarget::External;
    }
    if target.starts_with('#') {
        return LinkTarget::Anchor;
    }
    open.library
        .resolve_link(from, target)
        .map_or(LinkTarget::Missing, |id| LinkTarget::Article(id.0))
}

/// Whether an address is one that may be handed to the system: http, https or mailto, and nothing else.
fn is_outside(address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else {
        return false;
    };
    ["http", "https", "mailto"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
        && !address.chars().any(char::is_control)
}
