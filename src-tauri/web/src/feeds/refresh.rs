//! Feeds are asked: several at a time, each as it wants to be asked, and what is new is taken into the store.

use std::sync::atomic::{AtomicUsize, Ordering};

use edito_exchange::Place;
use edito_exchange::feed::http::{self, Answer, Outcome, Remembered};
use edito_library::{Library, LibraryChanges};
use jiff::Timestamp;
use uuid::Uuid;

use super::keep::Of;
use super::reading::{read, small_images};
use super::store::{Known, NewItem, StoredItem};
use super::{Change, FeedRule, Feeds, Problem, ProblemKind, Result, Schedule, Subscription};
use super::{lock, name_of, reasons, rules, subscription};
use crate::capture::{self, CaptureError};
use crate::fetch::{FetchErrorKind, Fetched, Web};

/// How far asking has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Feeds that are done.
    pub done: usize,
    /// Feeds that are asked.
    pub total: usize,
}

/// What came of asking.
#[derive(Debug, Clone, Default)]
pub struct Refreshed {
    /// Feeds that were asked.
    pub asked: usize,
    /// Items that are new, and in sight.
    pub new: usize,
    /// New items that a rule put out of sight.
    pub muted: usize,
    /// New items that a rule put into the library.
    pub kept: usize,
    /// Feeds with which something went wrong.
    pub failed: usize,
    /// The reader wanted no more.
    pub cancelled: bool,
    /// What is listed in the library now.
    pub changes: LibraryChanges,
}

/// Feeds that are asked at a time.
const AT_A_TIME: usize = 4;
/// Pages that are fetched for the texts of one feed each time it is asked.
const MOST_PAGES: usize = 25;

impl Feeds {
    /// Asks feeds: these, whatever they said before, or all but those that are gone or want to be left alone for a while.
    /// `told` hears how far it is, on any thread.
    ///
    /// # Errors
    /// What the library and the store say; what goes wrong with a feed is told with it.
    pub fn refresh(
        &self,
        library: &Library,
        feeds: Option<&[Uuid]>,
        told: &(dyn Fn(Progress) + Sync),
    ) -> Result<Refreshed> {
        let mut wanted = subscription::subscriptions(library);
        match feeds {
            Some(feeds) => wanted.retain(|feed| feeds.contains(&feed.id)),
            None => {
                let store = lock(&self.store);
                let now = library.now();
                let mut willing = Vec::with_capacity(wanted.len());
                for feed in wanted {
                    let known = store.known(feed.id)?;
                    let waits = known.problem.is_some_and(|problem| problem.kind == ProblemKind::Wait);
                    let moved = !subscription::same(&known.remembered.address, &feed.address);
                    if moved || !(known.remembered.gone || waits && !http::is_due(&known.remembered, now)) {
                        willing.push(feed);
                    }
                }
                wanted = willing;
            }
        }
        self.ask_all(library, wanted, told)
    }

    /// Asks the feeds whose time has come: by the reader's schedule, and not before they want to be asked again.
    ///
    /// # Errors
    /// As [`Feeds::refresh`].
    pub fn refresh_due(&self, library: &Library, told: &(dyn Fn(Progress) + Sync)) -> Result<Option<Refreshed>> {
        let usual = self.schedule()?;
        let now = library.now();
        let mut due = Vec::new();
        for feed in subscription::subscriptions(library) {
            let known = lock(&self.store).known(feed.id)?;
            if is_due(&known, usual, now) {
                due.push(feed);
            }
        }
        if due.is_empty() {
            return Ok(None);
        }
        self.ask_all(library, due, told).map(Some)
    }

    fn ask_all(
        &self,
        library: &Library,
        wanted: Vec<Subscription>,
        told: &(dyn Fn(Progress) + Sync),
    ) -> Result<Refreshed> {
        if self.running.fetch_add(1, Ordering::Relaxed) == 0 {
            self.cancel.store(false, Ordering::Relaxed);
        }
        let running = Running(self);
        let all = rules::rules(library);
        let web = self.web();
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let total = wanted.len();
        told(Progress { done: 0, total });
        let answers: Vec<Result<Asked>> = std::thread::scope(|threads| {
            let asking: Vec<_> = (0..AT_A_TIME.min(total))
                .map(|_| {
                    threads.spawn(|| {
                        let mut answers = Vec::new();
                        while let Some(feed) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
                            if self.cancel.load(Ordering::Relaxed) {
                                break;
                            }
                            if let Some(_busy) = Busy::begin(self, feed.id) {
                                answers.push(self.ask(library, &web, &all, feed));
                            }
                            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                            told(Progress { done, total });
                        }
                        answers
                    })
                })
                .collect();
            asking
                .into_iter()
                .filter_map(|thread| thread.join().ok())
                .flatten()
                .collect()
        });
        let mut refreshed = Refreshed {
            cancelled: self.cancel.load(Ordering::Relaxed),
            ..Refreshed::default()
        };
        drop(running);
        let mut to_keep = Vec::new();
        let mut error = None;
        for answer in answers {
            match answer {
                Ok(asked) => {
                    refreshed.asked += 1;
                    refreshed.failed += usize::from(asked.failed);
                    refreshed.new += asked.new;
                    refreshed.muted += asked.muted;
                    to_keep.extend(asked.kept);
                }
                Err(failed) => error = error.or(Some(failed)),
            }
        }
        let mut items: Vec<StoredItem> = Vec::new();
        for number in to_keep {
            items.extend(lock(&self.store).item(number)?.filter(|item| item.kept.is_none()));
        }
        if !items.is_empty() && library.writable() {
            let (kept, changes) = self.take(library, items, Place::Library, Of::Rule)?;
            refreshed.kept = kept.iter().filter(|one| !one.in_trash).count();
            refreshed.changes = changes;
        }
        error.map_or(Ok(refreshed), Err)
    }

    fn ask(&self, library: &Library, web: &Web, all: &[FeedRule], feed: &Subscription) -> Result<Asked> {
        let mut known = lock(&self.store).known(feed.id)?;
        if !subscription::same(&known.remembered.address, &feed.address) || known.remembered.address.is_empty() {
            // Another address has another past.
            known.remembered = Remembered {
                address: feed.address.clone(),
                ..Remembered::default()
            };
        }
        let headers = http::request_headers(&known.remembered);
        let fetched = match web.get(&known.remembered.address, &headers, &self.cancel) {
            Ok(fetched) => fetched,
            Err(error) if error.kind == FetchErrorKind::Cancelled => return Ok(Asked::default()),
            Err(error) => {
                known.remembered = http::after_silence(&known.remembered, library.now());
                return self.failed(feed.id, known, ProblemKind::Fetch(error.kind), error.detail);
            }
        };
        let answered = match fetched.status {
            200 | 203 => match read(&self.reader, &fetched, &self.cancel) {
                Ok(answered) => Some(answered),
                Err(problem) if problem.kind == ProblemKind::Fetch(FetchErrorKind::Cancelled) => {
                    return Ok(Asked::default());
                }
                Err(problem) => {
                    known.remembered = self
                        .after(&known.remembered, &Fetched { status: 500, ..fetched }, None, library)
                        .1;
                    return self.failed(feed.id, known, problem.kind, problem.detail);
                }
            },
            _ => None,
        };
        let ttl = answered.as_ref().and_then(|answered| answered.feed.ttl);
        let (outcome, remembered) = self.after(&known.remembered, &fetched, ttl, library);
        let asked_before = std::mem::replace(&mut known.remembered, remembered);
        let problem = match outcome {
            Outcome::Read | Outcome::Unchanged => None,
            Outcome::Gone => Some(ProblemKind::Gone),
            Outcome::Wait => Some(ProblemKind::Wait),
            Outcome::Forbidden => Some(ProblemKind::Forbidden),
            Outcome::NotFound => Some(ProblemKind::NotFound),
            Outcome::Failed => Some(ProblemKind::Server),
        };
        if let Some(kind) = problem {
            return self.failed(feed.id, known, kind, fetched.status.to_string());
        }
        known.problem = None;
        let mut asked = Asked::default();
        if let Some(mut answered) = answered {
            // Where a feed itself says that it has moved to, if it is really there.
            let says = answered.feed.moved_to.take().filter(|there| {
                !subscription::same(there, &asked_before.address) && known.remembered.address == asked_before.address
            });
            if let Some(there) = says.filter(|there| self.is_feed(web, there)) {
                known.remembered = Remembered {
                    address: there,
                    next_at: known.remembered.next_at,
                    asked_at: known.remembered.asked_at,
                    ..Remembered::default()
                };
            }
            known.title = answered.feed.title.take().or(known.title);
            known.site = answered.feed.site.take().or(known.site);
            asked = self.take_answer(feed, &known, all, answered.items, library.now())?;
        }
        let moved = known.remembered.address != feed.address;
        lock(&self.store).know(feed.id, &known)?;
        if moved && library.writable() {
            let change = Change {
                address: Some(known.remembered.address.clone()),
                ..Change::default()
            };
            subscription::change(library, feed.id, change)?;
        }
        if feed.full_text {
            self.fetch_texts(web, feed.id)?;
        }
        Ok(asked)
    }

    fn take_answer(
        &self,
        feed: &Subscription,
        known: &Known,
        all: &[FeedRule],
        mut items: Vec<NewItem>,
        now: Timestamp,
    ) -> Result<Asked> {
        let ready = rules::ready(all);
        let name = name_of(feed, known.title.as_deref());
        for item in &mut items {
            item.verdict = ready.judge(&item.item, &feed.address, &name);
            item.reasons = reasons(&item.verdict, all);
        }
        let new = lock(&self.store).take(feed.id, &items, now.as_millisecond())?;
        let mut asked = Asked::default();
        for number in new {
            let Some(item) = lock(&self.store).item(number)? else {
                continue;
            };
            let verdict = items.iter().find(|one| one.item.guid == item.item.guid);
            if item.muted {
                asked.muted += 1;
            } else {
                asked.new += 1;
            }
            if verdict.is_some_and(|one| one.verdict.kept) {
                asked.kept.push(number);
            }
        }
        Ok(asked)
    }

    /// Fetches the pages of items for the whole of their texts.
    fn fetch_texts(&self, web: &Web, feed: Uuid) -> Result<()> {
        let numbers = lock(&self.store).without_full_text(feed, MOST_PAGES)?;
        for number in numbers {
            if self.cancel.load(Ordering::Relaxed) {
                break;
            }
            let Some(item) = lock(&self.store).item(number)? else {
                continue;
            };
            let page = match &item.item.url {
                Some(address) => capture::page(web, address, &self.cancel),
                None => Err(CaptureError::Empty),
            };
            match page.and_then(|page| capture::read(&self.reader, &page, &self.cancel)) {
                Ok(mut piece) if piece.body.len() > item.body.len() => {
                    small_images(&mut piece);
                    lock(&self.store).set_full_text(number, Some((&piece.body, &piece.images)))?;
                }
                Ok(_) => lock(&self.store).set_full_text(number, None)?,
                // There is no network now; there may be next time.
                Err(CaptureError::Fetch(error))
                    if matches!(error.kind, FetchErrorKind::Network | FetchErrorKind::Cancelled) =>
                {
                    break;
                }
                Err(CaptureError::Import(error)) => return Err(error.into()),
                Err(error) => {
                    tracing::info!(%error, "the whole text of an item could not be had");
                    lock(&self.store).set_full_text(number, None)?;
                }
            }
        }
        Ok(())
    }

    fn is_feed(&self, web: &Web, address: &str) -> bool {
        let headers = http::request_headers(&Remembered::default());
        let Ok(fetched) = web.get(address, &headers, &self.cancel) else {
            return false;
        };
        fetched.status == 200 && read(&self.reader, &fetched, &self.cancel).is_ok()
    }

    fn after(
        &self,
        remembered: &Remembered,
        fetched: &Fetched,
        ttl: Option<u32>,
        library: &Library,
    ) -> (Outcome, Remembered) {
        let answer = Answer {
            status: fetched.status,
            headers: &fetched.headers,
            moved_to: fetched.moved_to.as_deref(),
            ttl,
            now: library.now(),
        };
        http::after(remembered, &answer)
    }

    fn failed(&self, feed: Uuid, mut known: Known, kind: ProblemKind, detail: String) -> Result<Asked> {
        tracing::info!(%feed, ?kind, detail, "a feed gave nothing");
        known.problem = Some(Problem { kind, detail });
        lock(&self.store).know(feed, &known)?;
        Ok(Asked {
            failed: true,
            ..Asked::default()
        })
    }
}

/// Whether a feed's time has come.
fn is_due(known: &Known, usual: Schedule, now: Timestamp) -> bool {
    let Some(every) = known.schedule.unwrap_or(usual).every() else {
        return false;
    };
    let asked = known.remembered.asked_at;
    let long_ago = asked.is_none_or(|asked| now.duration_since(asked) >= every);
    long_ago && http::is_due(&known.remembered, now)
}

/// What came of one feed.
#[derive(Debug, Default)]
struct Asked {
    failed: bool,
    new: usize,
    muted: usize,
    kept: Vec<i64>,
}

/// Counts as running until it is dropped.
struct Running<'f>(&'f Feeds);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Holds a feed: nobody else asks it meanwhile.
struct Busy<'f>(&'f Feeds, Uuid);

impl<'f> Busy<'f> {
    fn begin(feeds: &'f Feeds, feed: Uuid) -> Option<Busy<'f>> {
        lock(&feeds.busy).insert(feed).then_some(Busy(feeds, feed))
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        lock(&self.0.busy).remove(&self.1);
    }
}
