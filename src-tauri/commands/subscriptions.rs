//! What is subscribed to: finding feeds, folders, times, rules, lists for other programs.

use edito_exchange::feed::{opml, rules};
use edito_library::disk::{Precondition, RealDisk, durable_write};
use edito_library::names::file_name;
use edito_web::feeds::{self, Change};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;
use uuid::Uuid;

use crate::commands::capture::WebProblem;
use crate::commands::elsewhere;
use crate::commands::feeds::identity;
use crate::commands::lists::small;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::AppState;

/// When feeds are asked by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the same names as edito_web::feeds::Schedule, documented there"
)]
pub enum Schedule {
    Never,
    HalfHour,
    Hour,
    ThreeHours,
    TwelveHours,
    Day,
}

/// What a search for feeds gave: feeds, or what was wrong.
#[derive(Debug, Clone, Default, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct FindAnswer {
    pub feeds: Vec<FoundFeed>,
    pub problem: Option<WebProblem>,
}

/// A feed that was found.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "the same names as edito_web::feeds::Found, documented there")]
pub struct FoundFeed {
    pub address: String,
    pub title: Option<String>,
    pub items: u32,
    pub newest: Option<String>,
    pub comments: bool,
}

/// What is to be other about a feed; what is null stays.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FeedChange {
    /// What the reader calls it; empty for what it calls itself.
    pub title: Option<String>,
    /// The address to ask.
    pub address: Option<String>,
    /// The folders it lies in.
    pub folder: Option<Vec<String>>,
    /// Whether pages are fetched for the whole text.
    pub full_text: Option<bool>,
}

/// A rule as the page shows and changes it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct FeedRuleView {
    /// Its identity; empty for one that is yet to be made.
    pub id: String,
    /// What it looks for.
    pub text: String,
    /// Whether that is a regular expression, not words.
    pub regex: bool,
    /// Where it looks.
    pub place: RulePlace,
    /// The address of the one feed that it is for.
    pub feed: Option<String>,
    /// What it does.
    pub action: RuleAction,
    /// The tag that it gives.
    pub tag: String,
}

/// Where a rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the same names as edito_exchange::feed::rules::Place, documented there"
)]
pub enum RulePlace {
    Any,
    Title,
    Author,
    Content,
    Feed,
}

/// What a rule does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum RuleAction {
    Mute,
    Tag,
    Keep,
}

/// What is wrong with a rule.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RuleProblem {
    /// What it is; the words are in the messages.
    pub kind: RuleProblemKind,
    /// What is wrong with its expression, in English.
    pub detail: String,
}

/// The kinds of what can be wrong with a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum RuleProblemKind {
    Empty,
    Syntax,
    TooLarge,
}

/// Finds the feeds of a site by the address of one of its pages, or of the feed itself.
#[tauri::command]
#[specta::specta]
pub async fn find_feeds(state: State<'_, AppState>, address: String) -> CommandResult<FindAnswer> {
    let open = state.library()?;
    let places = state.places.clone();
    elsewhere(move || {
        let feeds = open.feeds(&places)?;
        let cancel = open.feeding.begin();
        Ok(match feeds::discover(feeds.reader(), &feeds.web(), &address, &cancel) {
            Ok(found) => FindAnswer {
                feeds: found.into_iter().map(FoundFeed::from).collect(),
                problem: None,
            },
            Err(problem) => FindAnswer {
                feeds: Vec::new(),
                problem: Some(problem.into()),
            },
        })
    })
    .await
}

/// Subscribes to a feed; answers its identity.
#[tauri::command(async)]
#[specta::specta]
pub fn subscribe(state: State<'_, AppState>, address: String, folder: Vec<String>) -> CommandResult<String> {
    let open = state.library()?;
    let id = feeds::subscription::subscribe(&open.library, &address, None, &folder)?;
    open.tell_feeds_changed();
    Ok(id.to_string())
}

/// Changes a feed.
#[tauri::command(async)]
#[specta::specta]
pub fn change_feed(state: State<'_, AppState>, feed: String, change: FeedChange) -> CommandResult<()> {
    let open = state.library()?;
    let address = match change.address {
        Some(address) => match edito_exchange::url::web(&address) {
            Some(address) => Some(String::from(address)),
            None => return Err(CommandError::new(ErrorKind::Invalid, "not an address of the web")),
        },
        None => None,
    };
    let change = Change {
        title: change.title,
        address,
        folder: change.folder,
        full_text: change.full_text,
        ..Change::default()
    };
    feeds::subscription::change(&open.library, identity(&feed)?, change)?;
    open.tell_feeds_changed();
    Ok(())
}

/// Takes feeds away, or brings them back with what they brought.
#[tauri::command(async)]
#[specta::specta]
pub fn set_feed_on(state: State<'_, AppState>, feeds: Vec<String>, on: bool) -> CommandResult<()> {
    let open = state.library()?;
    for feed in feeds {
        let change = Change {
            on: Some(on),
            ..Change::default()
        };
        feeds::subscription::change(&open.library, identity(&feed)?, change)?;
    }
    open.tell_feeds_changed();
    Ok(())
}

/// Makes a rule or changes one, and judges all items by it; answers what is wrong with it.
#[tauri::command(async)]
#[specta::specta]
pub fn set_feed_rule(state: State<'_, AppState>, rule: FeedRuleView) -> CommandResult<Option<RuleProblem>> {
    let open = state.library()?;
    let id = Uuid::parse_str(&rule.id).ok();
    if rule.action == RuleAction::Tag && rule.tag.trim().is_empty() {
        return Ok(Some(RuleProblem {
            kind: RuleProblemKind::Empty,
            detail: "tag".into(),
        }));
    }
    if let Err(error) = feeds::rules::set_rule(&open.library, id, &rule.into())? {
        return Ok(Some(error.into()));
    }
    open.feeds(&state.places)?.judge_again(&open.library)?;
    open.tell_feeds_changed();
    Ok(None)
}

/// Takes a rule away, and judges all items without it.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_feed_rule(state: State<'_, AppState>, rule: String) -> CommandResult<()> {
    let open = state.library()?;
    feeds::rules::remove_rule(&open.library, identity(&rule)?)?;
    open.feeds(&state.places)?.judge_again(&open.library)?;
    open.tell_feeds_changed();
    Ok(())
}

/// Sets when a feed is asked (null for the rule for all), or when all are.
#[tauri::command(async)]
#[specta::specta]
pub fn set_feed_schedule(
    state: State<'_, AppState>,
    feed: Option<String>,
    schedule: Option<Schedule>,
) -> CommandResult<()> {
    let open = state.library()?;
    let feed = feed.as_deref().map(identity).transpose()?;
    open.feeds(&state.places)?
        .set_schedule(feed, schedule.map(feeds::Schedule::from))?;
    open.tell_feeds_changed();
    Ok(())
}

/// Allows addresses of this machine and network, or not.
#[tauri::command(async)]
#[specta::specta]
pub fn allow_local_addresses(state: State<'_, AppState>, allow: bool) -> CommandResult<()> {
    let open = state.library()?;
    open.feeds(&state.places)?.allow_local(allow)?;
    open.tell_feeds_changed();
    Ok(())
}

/// Asks for a list of feeds (OPML) and subscribes to them; answers those that are new. Null when no file was chosen.
#[tauri::command]
#[specta::specta]
pub async fn import_feeds(state: State<'_, AppState>, title: String) -> CommandResult<Option<Vec<String>>> {
    let open = state.library()?;
    let places = state.places.clone();
    let desktop = state.desktop()?.clone();
    elsewhere(move || {
        let Some(file) = desktop.choose_file(&title) else {
            return Ok(None);
        };
        let feeds = open.feeds(&places)?;
        let cancel = open.feeding.begin();
        let list = feeds::read_list(feeds.reader(), &file, &cancel).map_err(|problem| CommandError {
            path: Some(file.display().to_string()),
            ..CommandError::new(ErrorKind::Invalid, format!("not a list of feeds: {problem:?}"))
        })?;
        let new = feeds::subscription::subscribe_to_all(&open.library, &list)?;
        open.tell_feeds_changed();
        Ok(Some(new.iter().map(Uuid::to_string).collect()))
    })
    .await
}

/// Writes the feeds to a list for other programs (OPML); answers its path, or null when no place was chosen.
#[tauri::command]
#[specta::specta]
pub async fn export_feeds(state: State<'_, AppState>, title: String, name: String) -> CommandResult<Option<String>> {
    let open = state.library()?;
    let places = state.places.clone();
    let desktop = state.desktop()?.clone();
    elsewhere(move || {
        let Some(file) = desktop.choose_new_file(&title, &file_name(&name, "opml")) else {
            return Ok(None);
        };
        let all = open.feeds(&places)?.feeds(&open.library)?;
        let subscriptions: Vec<_> = all.iter().map(|feed| feed.subscription.clone()).collect();
        let list = feeds::subscription::as_list(&subscriptions, &name, |subscription| {
            let feed = all.iter().find(|feed| feed.subscription.id == subscription.id);
            feed.map_or_else(|| subscription.address.clone(), |feed| feed.name.clone())
        });
        durable_write(&RealDisk, &file, opml::write(&list).as_bytes(), Precondition::Any)?;
        Ok(Some(file.display().to_string()))
    })
    .await
}

impl From<feeds::Found> for FoundFeed {
    fn from(found: feeds::Found) -> Self {
        Self {
            address: found.address,
            title: found.title,
            items: small(found.items),
            newest: found.newest,
            comments: found.comments,
        }
    }
}

impl From<feeds::FeedRule> for FeedRuleView {
    fn from(made: feeds::FeedRule) -> Self {
        let (text, regex) = match made.rule.when {
            rules::When::Words(words) => (words, false),
            rules::When::Regex(expression) => (expression, true),
        };
        let (action, tag) = match made.rule.action {
            rules::Action::Mute => (RuleAction::Mute, String::new()),
            rules::Action::Keep => (RuleAction::Keep, String::new()),
            rules::Action::Tag(tag) => (RuleAction::Tag, tag),
        };
        Self {
            id: made.id.to_string(),
            text,
            regex,
            place: match made.rule.place {
                rules::Place::Any => RulePlace::Any,
                rules::Place::Title => RulePlace::Title,
                rules::Place::Author => RulePlace::Author,
                rules::Place::Content => RulePlace::Content,
                rules::Place::Feed => RulePlace::Feed,
            },
            feed: made.rule.feed,
            action,
            tag,
        }
    }
}

impl From<FeedRuleView> for rules::Rule {
    fn from(view: FeedRuleView) -> Self {
        Self {
            when: if view.regex {
                rules::When::Regex(view.text)
            } else {
                rules::When::Words(view.text)
            },
            place: match view.place {
                RulePlace::Any => rules::Place::Any,
                RulePlace::Title => rules::Place::Title,
                RulePlace::Author => rules::Place::Author,
                RulePlace::Content => rules::Place::Content,
                RulePlace::Feed => rules::Place::Feed,
            },
            feed: view.feed.filter(|feed| !feed.is_empty()),
            action: match view.action {
                RuleAction::Mute => rules::Action::Mute,
                RuleAction::Keep => rules::Action::Keep,
                RuleAction::Tag => rules::Action::Tag(view.tag.trim().to_owned()),
            },
        }
    }
}

impl From<rules::RuleError> for RuleProblem {
    fn from(error: rules::RuleError) -> Self {
        let (kind, detail) = match error {
            rules::RuleError::Empty => (RuleProblemKind::Empty, String::new()),
            rules::RuleError::Syntax(words) => (RuleProblemKind::Syntax, words),
            rules::RuleError::TooLarge => (RuleProblemKind::TooLarge, String::new()),
        };
        Self { kind, detail }
    }
}

impl From<Schedule> for feeds::Schedule {
    fn from(schedule: Schedule) -> Self {
        match schedule {
            Schedule::Never => Self::Never,
            Schedule::HalfHour => Self::HalfHour,
            Schedule::Hour => Self::Hour,
            Schedule::ThreeHours => Self::ThreeHours,
            Schedule::TwelveHours => Self::TwelveHours,
            Schedule::Day => Self::Day,
        }
    }
}

impl From<feeds::Schedule> for Schedule {
    fn from(schedule: feeds::Schedule) -> Self {
        match schedule {
            feeds::Schedule::Never => Self::Never,
            feeds::Schedule::HalfHour => Self::HalfHour,
            feeds::Schedule::Hour => Self::Hour,
            feeds::Schedule::ThreeHours => Self::ThreeHours,
            feeds::Schedule::TwelveHours => Self::TwelveHours,
            feeds::Schedule::Day => Self::Day,
        }
    }
}
