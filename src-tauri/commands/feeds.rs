//! What feeds bring: counts, items, one item on the sheet, keeping, asking.

use edito_exchange::Place as Kept;
use edito_prose::{Lang, LinkKind, LinkTarget, QuoteState, RenderContext, render, typeset};
use edito_web::feeds::{self, ItemQuery, StoredItem};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;
use uuid::Uuid;

use crate::api::FeedProgress;
use crate::commands::capture::WebProblem;
use crate::commands::elsewhere;
use crate::commands::lists::{Author, small};
use crate::commands::subscriptions::{FeedRuleView, Schedule};
use crate::commands::triage::Place;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::AppState;

/// All feeds of the library, and what is chosen about them.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FeedsState {
    /// The feeds, by folder and name.
    pub feeds: Vec<FeedView>,
    /// The rules, in the order in which they were made.
    pub rules: Vec<FeedRuleView>,
    /// When feeds are asked that have no time of their own.
    pub schedule: Schedule,
    /// Whether addresses of this machine and network are asked, too.
    pub local: bool,
    /// How far asking is, while feeds are asked.
    pub progress: Option<FeedProgress>,
}

/// A feed as the page shows it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the same names as edito_web::feeds::Feed, documented there")]
pub struct FeedView {
    pub id: String,
    pub address: String,
    pub name: String,
    /// What the reader calls it, when they do.
    pub title: Option<String>,
    pub site: Option<String>,
    pub folder: Vec<String>,
    pub full_text: bool,
    pub schedule: Option<Schedule>,
    pub items: u32,
    pub unread: u32,
    pub muted: u32,
    pub problem: Option<WebProblem>,
    /// Milliseconds since 1970.
    #[specta(type = Option<specta_typescript::Number>)]
    pub asked: Option<f64>,
    pub busy: bool,
}

/// Which items.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct FeedQuery {
    /// Of this feed.
    pub feed: Option<String>,
    /// Of the feeds in this folder and those below it.
    pub folder: Option<Vec<String>>,
    /// Only unread ones.
    pub unread: bool,
    /// Only muted ones.
    pub muted: bool,
    /// This one, too, though it was read meanwhile.
    pub also: Option<u32>,
}

/// Some consecutive items, the newest first.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct FeedItemPage {
    pub total: u32,
    pub offset: u32,
    pub items: Vec<FeedItem>,
}

/// An item as lists show it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FeedItem {
    /// Its number.
    pub number: u32,
    /// Its feed.
    pub feed: String,
    /// Its title; empty when it has none.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// The first words of its text.
    pub lead: String,
    /// When it was published, or first seen: milliseconds since 1970.
    #[specta(type = specta_typescript::Number)]
    pub time: f64,
    /// It was read.
    pub read: bool,
    /// A rule put it out of sight.
    pub muted: bool,
    /// The tags that rules gave it.
    pub tags: Vec<String>,
    /// Which rules apply, and why.
    pub reasons: Vec<RuleReason>,
    /// The article that it became.
    pub kept: Option<String>,
}

/// Why a rule applies to an item.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct RuleReason {
    /// The rule.
    pub rule: String,
    /// Where it found its words: `title`, `author`, `content`, `feed`, or `any` for the tags.
    pub place: String,
    /// The words.
    pub words: String,
}

/// An item ready to be read.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FeedItemView {
    /// The item as lists show it.
    pub item: FeedItem,
    /// Its title as it is typeset.
    pub display_title: String,
    /// What introduces it, as it is typeset.
    pub display_teaser: Option<String>,
    /// Its text, from Edito's own renderer and so safe to show. Nothing in it is asked from the web.
    pub html: String,
    /// How many images it shows where it was published.
    pub images: u32,
    /// A BCP 47 tag.
    pub lang: String,
    /// Whether it is set from right to left.
    pub rtl: bool,
    /// The address of its page.
    pub url: Option<String>,
    /// Its page was fetched for the whole text.
    pub full: bool,
    /// Recordings and other files that belong to it: addresses.
    pub enclosures: Vec<String>,
}

/// What became of an item that was kept.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeptItem {
    /// The item.
    pub number: u32,
    /// The article.
    pub article: String,
    /// The library had it before.
    pub known: bool,
    /// It lies in the library's trash, and stays there.
    pub in_trash: bool,
    /// Images that did not come.
    pub images_missing: u32,
}

/// What came of asking feeds.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(
    missing_docs,
    reason = "the same names as edito_web::feeds::Refreshed, documented there"
)]
pub struct FeedsRefreshed {
    pub asked: u32,
    pub new: u32,
    pub muted: u32,
    pub kept: u32,
    pub failed: u32,
    pub cancelled: bool,
}

/// All feeds and what is chosen about them.
#[tauri::command(async)]
#[specta::specta]
pub fn feeds(state: State<'_, AppState>) -> CommandResult<FeedsState> {
    let open = state.library()?;
    let feeds = open.feeds(&state.places)?;
    let mut views: Vec<FeedView> = feeds.feeds(&open.library)?.into_iter().map(FeedView::from).collect();
    let folded = |view: &FeedView| {
        let folder: Vec<String> = view.folder.iter().map(|name| edito_prose::fold::fold(name)).collect();
        (folder, edito_prose::fold::fold(&view.name))
    };
    views.sort_by_cached_key(folded);
    Ok(FeedsState {
        feeds: views,
        rules: feeds::rules::rules(&open.library)
            .into_iter()
            .map(FeedRuleView::from)
            .collect(),
        schedule: feeds.schedule()?.into(),
        local: feeds.allows_local()?,
        progress: open.feeding.progress(),
    })
}

/// Some items.
#[tauri::command(async)]
#[specta::specta]
pub fn feed_items(
    state: State<'_, AppState>,
    query: FeedQuery,
    offset: u32,
    limit: u32,
) -> CommandResult<FeedItemPage> {
    const MOST: u32 = 500;
    let open = state.library()?;
    let feeds = open.feeds(&state.places)?;
    let query = query.of(&open.library)?;
    let (total, items) = feeds.items(&open.library, &query, offset as usize, limit.min(MOST) as usize)?;
    Ok(FeedItemPage {
        total: small(total),
        offset,
        items: items.into_iter().map(FeedItem::from).collect(),
    })
}

/// One item, to be read.
#[tauri::command(async)]
#[specta::specta]
pub fn feed_item(state: State<'_, AppState>, number: u32) -> CommandResult<FeedItemView> {
    let open = state.library()?;
    Ok(open.feeds(&state.places)?.item(number.into())?.into())
}

/// Marks items read or unread.
#[tauri::command(async)]
#[specta::specta]
pub fn mark_items_read(state: State<'_, AppState>, numbers: Vec<u32>, read: bool) -> CommandResult<()> {
    let open = state.library()?;
    open.feeds(&state.places)?.mark_read(&wide(&numbers), read)?;
    open.tell_feeds_changed();
    Ok(())
}

/// Marks everything read that a query shows; answers what was unread.
#[tauri::command(async)]
#[specta::specta]
pub fn mark_all_items_read(state: State<'_, AppState>, query: FeedQuery) -> CommandResult<Vec<u32>> {
    let open = state.library()?;
    let query = query.of(&open.library)?;
    let numbers = open.feeds(&state.places)?.mark_all_read(&open.library, &query)?;
    open.tell_feeds_changed();
    Ok(numbers.into_iter().map(short).collect())
}

/// Keeps items in the library: each becomes an article in a file of its own.
#[tauri::command]
#[specta::specta]
pub async fn keep_items(state: State<'_, AppState>, numbers: Vec<u32>, place: Place) -> CommandResult<Vec<KeptItem>> {
    let open = state.library()?;
    let places = state.places.clone();
    elsewhere(move || {
        let feeds = open.feeds(&places)?;
        let kept = feeds.keep(&open.library, &wide(&numbers), place.into());
        open.tell_feeds_changed();
        let (kept, changes) = kept?;
        open.tell(changes);
        Ok(kept
            .into_iter()
            .map(|one| KeptItem {
                number: short(one.number),
                article: one.article.0,
                known: one.known,
                in_trash: one.in_trash,
                images_missing: small(one.images_missing),
            })
            .collect())
    })
    .await
}

/// Says that items are kept no more: what they became was thrown away.
#[tauri::command(async)]
#[specta::specta]
pub fn keep_items_no_more(state: State<'_, AppState>, numbers: Vec<u32>) -> CommandResult<()> {
    let open = state.library()?;
    open.feeds(&state.places)?.keep_no_more(&wide(&numbers))?;
    open.tell_feeds_changed();
    Ok(())
}

/// Asks feeds: these, or all.
#[tauri::command]
#[specta::specta]
pub async fn refresh_feeds(state: State<'_, AppState>, feeds: Option<Vec<String>>) -> CommandResult<FeedsRefreshed> {
    let open = state.library()?;
    let places = state.places.clone();
    let wanted: Option<Vec<Uuid>> = feeds.map(|feeds| feeds.iter().filter_map(|id| identity(id).ok()).collect());
    elsewhere(move || {
        let feeds = open.feeds(&places)?;
        let refreshed = open.refresh_feeds(&feeds, wanted.as_deref())?;
        Ok(FeedsRefreshed {
            asked: small(refreshed.asked),
            new: small(refreshed.new),
            muted: small(refreshed.muted),
            kept: small(refreshed.kept),
            failed: small(refreshed.failed),
            cancelled: refreshed.cancelled,
        })
    })
    .await
}

/// Stops asking feeds; what came so far stays.
#[tauri::command(async)]
#[specta::specta]
pub fn cancel_feeds(state: State<'_, AppState>) -> CommandResult<()> {
    let open = state.library()?;
    open.feeds(&state.places)?.cancel();
    Ok(())
}

/// A feed's identity as the page names it.
pub fn identity(feed: &str) -> CommandResult<Uuid> {
    Uuid::parse_str(feed).map_err(|_| CommandError::new(ErrorKind::NotFound, format!("no feed {feed}")))
}

/// Numbers of items count up from 1, a few at a time.
fn short(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn wide(numbers: &[u32]) -> Vec<i64> {
    numbers.iter().copied().map(i64::from).collect()
}

impl FeedQuery {
    fn of(&self, library: &edito_library::Library) -> CommandResult<ItemQuery> {
        let feeds = match (&self.feed, &self.folder) {
            (Some(feed), _) => Some(vec![identity(feed)?]),
            (None, Some(folder)) => {
                let all = feeds::subscription::subscriptions(library);
                let inside = all.into_iter().filter(|feed| feed.folder.starts_with(folder));
                Some(inside.map(|feed| feed.id).collect())
            }
            (None, None) => None,
        };
        Ok(ItemQuery {
            feeds,
            unread: self.unread,
            muted: self.muted,
            also: self.also.map(i64::from),
        })
    }
}

impl From<feeds::Feed> for FeedView {
    fn from(feed: feeds::Feed) -> Self {
        let subscription = feed.subscription;
        Self {
            id: subscription.id.to_string(),
            address: subscription.address,
            name: feed.name,
            title: subscription.title,
            site: feed.site,
            folder: subscription.folder,
            full_text: subscription.full_text,
            schedule: feed.schedule.map(Schedule::from),
            items: small(feed.counts.items),
            unread: small(feed.counts.unread),
            muted: small(feed.counts.muted),
            problem: feed.problem.map(WebProblem::from),
            asked: feed.asked.map(|time| time.as_millisecond() as f64),
            busy: feed.busy,
        }
    }
}

impl From<StoredItem> for FeedItem {
    fn from(stored: StoredItem) -> Self {
        Self {
            number: short(stored.number),
            feed: stored.feed.to_string(),
            title: stored.item.title.unwrap_or_default(),
            authors: stored
                .item
                .authors
                .into_iter()
                .map(|by| Author {
                    name: by.name,
                    function: by.function,
                })
                .collect(),
            lead: stored.lead,
            time: stored.time as f64,
            read: stored.read,
            muted: stored.muted,
            tags: stored.tags,
            reasons: serde_json::from_str(&stored.reasons).unwrap_or_default(),
            kept: stored.kept,
        }
    }
}

impl From<StoredItem> for FeedItemView {
    fn from(mut stored: StoredItem) -> Self {
        let body = std::mem::take(&mut stored.body);
        let lang = stored
            .item
            .lang
            .clone()
            .or_else(|| edito_prose::detect(&body))
            .unwrap_or(Lang::En);
        let line = |text: &str| typeset(text, &lang, &mut QuoteState::default()).into_owned();
        // Links lead to the web or nowhere; no image is shown, for none is here.
        let html = render(
            &body,
            &RenderContext {
                lang: lang.clone(),
                typography: true,
                resolve_link: &|target: &str, _: LinkKind| {
                    if target.starts_with('#') {
                        LinkTarget::Anchor
                    } else {
                        LinkTarget::Missing
                    }
                },
                resolve_image: &|_| None,
                footnote_label: if lang.tag() == "ar" { "حواشٍ" } else { "Notes" },
                citations: None,
            },
        );
        Self {
            display_title: line(stored.item.title.as_deref().unwrap_or_default()),
            display_teaser: stored.teaser.as_deref().map(line),
            html,
            images: small(stored.images.len()),
            rtl: lang.is_rtl(),
            lang: lang.tag().to_owned(),
            url: stored.item.url.clone(),
            full: stored.full,
            enclosures: stored.item.enclosures.iter().map(|one| one.url.clone()).collect(),
            item: stored.into(),
        }
    }
}

impl From<Place> for Kept {
    fn from(place: Place) -> Self {
        match place {
            Place::Inbox => Self::Inbox,
            Place::Later => Self::Later,
            Place::Library => Self::Library,
            Place::Archive => Self::Archive,
        }
    }
}
