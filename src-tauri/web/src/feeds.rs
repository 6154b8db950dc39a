//! The feeds that a library subscribes to.
//!
//! Subscriptions and rules stand in the library's journal ([`subscription`], [`rules`]). What feeds bring is a cache of
//! the network and stands in the data folder (`store`), apart from the library, until its reader keeps it (`keep`).
//! Feeds are asked when the reader asks, or at the times that the reader set (`refresh`).

mod discover;
mod keep;
mod reading;
mod refresh;
pub mod rules;
pub mod store;
pub mod subscription;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use edito_exchange::feed::rules::Verdict;
use edito_exchange::guard::Allow;
use edito_import::Reader;
use edito_library::{Library, LibraryChanges};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use discover::{Found, discover};
pub use keep::Kept;
pub use reading::read_list;
pub use refresh::{Progress, Refreshed};
pub use rules::FeedRule;
pub use store::{Counts, ItemQuery, StoredItem};
pub use subscription::{Change, Subscription};

use crate::fetch::{FetchErrorKind, Names, Web};
use store::Store;

/// The feeds of one library.
pub struct Feeds {
    store: Mutex<Store>,
    reader: Reader,
    names: Names,
    /// Addresses of this machine are allowed whatever was chosen: for machines on which there is nothing else.
    always_local: bool,
    busy: Mutex<HashSet<Uuid>>,
    running: AtomicUsize,
    cancel: AtomicBool,
}

/// A subscription with what is known of it.
#[derive(Debug, Clone, Default)]
pub struct Feed {
    /// What is subscribed to.
    pub subscription: Subscription,
    /// What it is called: by its reader, else by itself, else by its address.
    pub name: String,
    /// The site it belongs to.
    pub site: Option<String>,
    /// When it is asked; by the rule for all when there is none.
    pub schedule: Option<Schedule>,
    /// How many items it has.
    pub counts: Counts,
    /// What went wrong when it was last asked.
    pub problem: Option<Problem>,
    /// When it was last asked.
    pub asked: Option<Timestamp>,
    /// When it may be asked again by itself.
    pub next: Option<Timestamp>,
    /// It is being asked.
    pub busy: bool,
}

/// When feeds are asked by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Schedule {
    /// Never: only when the reader asks.
    #[default]
    Never,
    /// Every half hour.
    HalfHour,
    /// Every hour.
    Hour,
    /// Every three hours.
    ThreeHours,
    /// Every twelve hours.
    TwelveHours,
    /// Every day.
    Day,
}

/// What went wrong with a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// What belongs to it: a status, an address.
    pub detail: String,
}

/// What goes wrong with feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ProblemKind {
    /// It could not be fetched.
    Fetch(FetchErrorKind),
    /// There is nothing at its address.
    NotFound,
    /// It is gone for good, and is not asked again by itself.
    Gone,
    /// It may not be read, or only by those who sign in.
    Forbidden,
    /// The server fails.
    Server,
    /// The server wants to be left alone for a while.
    Wait,
    /// There is a page at its address, not a feed.
    Page,
    /// What is at its address is no feed.
    NotAFeed,
    /// Reading it took too much time or memory.
    Unreadable,
}

/// What feeds fail with.
#[derive(Debug, thiserror::Error)]
pub enum FeedsError {
    /// The library said no.
    #[error(transparent)]
    Library(#[from] edito_library::Error),
    /// The store could not be read or written.
    #[error(transparent)]
    Store(#[from] rusqlite::Error),
    /// The reading process could not be had.
    #[error(transparent)]
    Import(#[from] edito_import::Error),
    /// There is no such feed or item.
    #[error("it is not there")]
    NotFound,
}

/// What the functions of feeds answer.
pub type Result<T> = std::result::Result<T, FeedsError>;

/// Allows addresses of this machine and network where there is no window to allow them in: set to 1.
pub const ALLOW_LOCAL: &str = "EDITO_ALLOW_LOCAL_ADDRESSES";

impl Feeds {
    /// The feeds of a library, with what they brought in `folder`.
    ///
    /// # Errors
    /// When the store can't be opened.
    pub fn open(folder: &Path, library: &Library, reader: Reader) -> Result<Feeds> {
        let name = blake3::hash(library.root().as_os_str().as_encoded_bytes()).to_hex();
        let folder = folder.join(name.get(..16).unwrap_or(&name));
        fs::create_dir_all(&folder).map_err(edito_import::Error::from)?;
        let store = Store::open(&folder.join("items.sqlite3"))?;
        Ok(Feeds {
            store: Mutex::new(store),
            reader,
            names: Names::of_the_system(),
            always_local: std::env::var_os(ALLOW_LOCAL).is_some_and(|value| value == "1"),
            busy: Mutex::default(),
            running: AtomicUsize::new(0),
            cancel: AtomicBool::new(false),
        })
    }

    /// The same with other names, and addresses of this machine allowed.
    #[must_use]
    pub fn with(mut self, names: Names, always_local: bool) -> Feeds {
        self.names = names;
        self.always_local = always_local;
        self
    }

    /// All feeds, in no particular order. What the store knows of feeds that are subscribed to no more is forgotten
    /// when the library is opened the next time ([`Feeds::tidy`]), so that taking one away can be taken back.
    ///
    /// # Errors
    /// As the store.
    pub fn feeds(&self, library: &Library) -> Result<Vec<Feed>> {
        let subscriptions = subscription::subscriptions(library);
        let busy = lock(&self.busy).clone();
        let store = lock(&self.store);
        let counts: HashMap<Uuid, Counts> = store.counts()?.into_iter().collect();
        let mut feeds = Vec::with_capacity(subscriptions.len());
        for subscription in subscriptions {
            let known = store.known(subscription.id)?;
            feeds.push(Feed {
                name: name_of(&subscription, known.title.as_deref()),
                site: subscription.site.clone().or(known.site),
                schedule: known.schedule,
                counts: counts.get(&subscription.id).copied().unwrap_or_default(),
                problem: known.problem,
                asked: known.remembered.asked_at,
                next: known.remembered.next_at,
                busy: busy.contains(&subscription.id),
                subscription,
            });
        }
        Ok(feeds)
    }

    /// Forgets what was brought by feeds that are subscribed to no more.
    ///
    /// # Errors
    /// As the store.
    pub fn tidy(&self, library: &Library) -> Result<()> {
        let there: HashSet<Uuid> = subscription::subscriptions(library)
            .iter()
            .map(|feed| feed.id)
            .collect();
        let mut store = lock(&self.store);
        for feed in store.feeds()? {
            if !there.contains(&feed) {
                store.forget(feed)?;
            }
        }
        Ok(())
    }

    /// Some items, the newest first, and how many there are. Only those of feeds that are subscribed to.
    ///
    /// # Errors
    /// As the store.
    pub fn items(
        &self,
        library: &Library,
        query: &ItemQuery,
        offset: usize,
        limit: usize,
    ) -> Result<(usize, Vec<StoredItem>)> {
        Ok(lock(&self.store).items(&subscribed(library, query), offset, limit)?)
    }

    /// One item, with its text.
    ///
    /// # Errors
    /// `NotFound`; as the store.
    pub fn item(&self, number: i64) -> Result<StoredItem> {
        lock(&self.store).item(number)?.ok_or(FeedsError::NotFound)
    }

    /// Marks items read or unread.
    ///
    /// # Errors
    /// As the store.
    pub fn mark_read(&self, numbers: &[i64], read: bool) -> Result<()> {
        Ok(lock(&self.store).mark_read(numbers, read)?)
    }

    /// Marks everything read that a query shows; answers what was unread.
    ///
    /// # Errors
    /// As the store.
    pub fn mark_all_read(&self, library: &Library, query: &ItemQuery) -> Result<Vec<i64>> {
        Ok(lock(&self.store).mark_all_read(&subscribed(library, query))?)
    }

    /// When feeds are asked that have no time of their own.
    ///
    /// # Errors
    /// As the store.
    pub fn schedule(&self) -> Result<Schedule> {
        let chosen = lock(&self.store).choice("schedule")?;
        Ok(chosen.as_deref().and_then(Schedule::of).unwrap_or_default())
    }

    /// Sets when feeds are asked: one feed's own time (none for that of all), or that of all.
    ///
    /// # Errors
    /// As the store.
    pub fn set_schedule(&self, feed: Option<Uuid>, schedule: Option<Schedule>) -> Result<()> {
        let store = lock(&self.store);
        match feed {
            Some(feed) => {
                let known = store.known(feed)?;
                store.know(feed, &store::Known { schedule, ..known })?;
            }
            None => store.choose("schedule", schedule.unwrap_or_default().word())?,
        }
        Ok(())
    }

    /// Whether addresses of this machine and network are asked, too.
    ///
    /// # Errors
    /// As the store.
    pub fn allows_local(&self) -> Result<bool> {
        Ok(self.always_local || lock(&self.store).choice("local")?.as_deref() == Some("yes"))
    }

    /// Allows addresses of this machine and network, or not.
    ///
    /// # Errors
    /// As the store.
    pub fn allow_local(&self, allow: bool) -> Result<()> {
        Ok(lock(&self.store).choose("local", if allow { "yes" } else { "no" })?)
    }

    /// The way to the web, as far as the reader allows it.
    pub fn web(&self) -> Web {
        let allow = match self.allows_local() {
            Ok(true) => Allow::Local,
            _ => Allow::Web,
        };
        Web {
            names: self.names.clone(),
            ..Web::new(allow)
        }
    }

    /// The process that reads what comes.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Judges all items again: rules are other than before. What was kept stays.
    ///
    /// # Errors
    /// As the store.
    pub fn judge_again(&self, library: &Library) -> Result<()> {
        let all = rules::rules(library);
        let ready = rules::ready(&all);
        for feed in self.feeds(library)? {
            let numbers = lock(&self.store).numbers(feed.subscription.id)?;
            for number in numbers {
                let Some(item) = lock(&self.store).item(number)? else {
                    continue;
                };
                let verdict = ready.judge(&item.item, &feed.subscription.address, &feed.name);
                let reasons = reasons(&verdict, &all);
                if verdict.muted != item.muted || verdict.tags != item.tags || reasons != item.reasons {
                    lock(&self.store).judge(number, &verdict, &reasons)?;
                }
            }
        }
        Ok(())
    }

    /// Stops asking feeds; what came so far stays.
    pub fn cancel(&self) {
        if self.running.load(Ordering::Relaxed) > 0 {
            self.cancel.store(true, Ordering::Relaxed);
        }
    }
}

impl Schedule {
    /// How long between two askings; none when it is never.
    pub fn every(self) -> Option<SignedDuration> {
        match self {
            Schedule::Never => None,
            Schedule::HalfHour => Some(SignedDuration::from_mins(30)),
            Schedule::Hour => Some(SignedDuration::from_hours(1)),
            Schedule::ThreeHours => Some(SignedDuration::from_hours(3)),
            Schedule::TwelveHours => Some(SignedDuration::from_hours(12)),
            Schedule::Day => Some(SignedDuration::from_hours(24)),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Schedule::Never => "never",
            Schedule::HalfHour => "half-hour",
            Schedule::Hour => "hour",
            Schedule::ThreeHours => "three-hours",
            Schedule::TwelveHours => "twelve-hours",
            Schedule::Day => "day",
        }
    }

    fn of(word: &str) -> Option<Schedule> {
        use Schedule::{Day, HalfHour, Hour, Never, ThreeHours, TwelveHours};
        [Never, HalfHour, Hour, ThreeHours, TwelveHours, Day]
            .into_iter()
            .find(|schedule| schedule.word() == word)
    }
}

/// Why rules apply, with their identities instead of their places in a list that may be another one tomorrow.
fn reasons(verdict: &Verdict, rules: &[FeedRule]) -> String {
    let reasons: Vec<serde_json::Value> = verdict
        .reasons
        .iter()
        .filter_map(|reason| {
            let rule = rules.get(reason.rule)?;
            Some(serde_json::json!({ "rule": rule.id, "place": reason.place, "words": reason.words }))
        })
        .collect();
    serde_json::to_string(&reasons).unwrap_or_default()
}

fn name_of(subscription: &Subscription, itself: Option<&str>) -> String {
    let named = subscription.title.clone().or_else(|| itself.map(str::to_owned));
    named.unwrap_or_else(|| {
        let bare = subscription
            .address
            .split_once("://")
            .map_or(&*subscription.address, |(_, rest)| rest);
        bare.trim_end_matches('/').to_owned()
    })
}

fn subscribed(library: &Library, query: &ItemQuery) -> ItemQuery {
    let mut feeds: Vec<Uuid> = subscription::subscriptions(library)
        .iter()
        .map(|feed| feed.id)
        .collect();
    if let Some(wanted) = &query.feeds {
        feeds.retain(|feed| wanted.contains(feed));
    }
    ItemQuery {
        feeds: Some(feeds),
        ..query.clone()
    }
}

/// Changes of several intakes as one.
fn unite(one: &mut LibraryChanges, other: LibraryChanges) {
    one.new.extend(other.new);
    one.updated.extend(other.updated);
    one.deleted.extend(other.deleted);
    one.moved.extend(other.moved);
    one.total = other.total;
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
