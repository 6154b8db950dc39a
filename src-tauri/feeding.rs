//! The feeds of the open library: their store is opened when they are first looked at, and they are asked at the times
//! that the reader set, for as long as the library is open.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::time::Duration;

use edito_import::Reader;
use edito_library::Places;
use edito_web::Feeds;
use edito_web::feeds::{FeedsError, Progress, Refreshed};
use uuid::Uuid;

use crate::api::{FeedProgress, FeedsChanged, PageEvent};
use crate::commands::lists::small;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::OpenLibrary;

/// What goes on about the feeds of an open library.
#[derive(Default)]
pub struct Feeding {
    feeds: Mutex<Option<Arc<Feeds>>>,
    progress: Mutex<Option<FeedProgress>>,
    ended: Mutex<bool>,
    wake: Condvar,
    /// Of each thing that the reader asked of the web and that goes on: set to give it up.
    asked: Mutex<Vec<Weak<AtomicBool>>>,
}

impl Feeding {
    /// How far asking feeds is, while they are asked.
    pub fn progress(&self) -> Option<FeedProgress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// For something that the reader asks of the web now: what is set once it is to be given up.
    pub fn begin(&self) -> Arc<AtomicBool> {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = *self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let flag = Arc::new(AtomicBool::new(ended));
        asked.retain(|other| other.strong_count() > 0);
        asked.push(Arc::downgrade(&flag));
        flag
    }

    /// Gives up whatever the reader asked of the web so far.
    pub fn give_up(&self) {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        for flag in asked.iter().filter_map(Weak::upgrade) {
            flag.store(true, Ordering::Relaxed);
        }
    }

    /// Stops everything: the library is closed.
    pub fn end(&self) {
        if let Some(feeds) = &*self.feeds.lock().unwrap_or_else(PoisonError::into_inner) {
            feeds.cancel();
        }
        *self.ended.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.wake.notify_all();
        self.give_up();
    }

    /// Waits; answers whether everything is to stop.
    fn wait(&self, time: Duration) -> bool {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.wake.wait_timeout_while(ended, time, |ended| !*ended);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

impl OpenLibrary {
    /// The feeds of the library. From the first time on they are asked at their times.
    pub fn feeds(self: &Arc<Self>, places: &Places) -> CommandResult<Arc<Feeds>> {
        let mut held = self.feeding.feeds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(feeds) = &*held {
            return Ok(feeds.clone());
        }
        let reader = Reader::of_this_program().map_err(FeedsError::from)?;
        let feeds = Arc::new(Feeds::open(&places.data.join("feeds"), &self.library, reader)?);
        if let Err(error) = feeds.tidy(&self.library) {
            tracing::warn!(%error, "what feeds of former times brought could not be cleared away");
        }
        let (open, of) = (Arc::downgrade(self), feeds.clone());
        let started = std::thread::Builder::new()
            .name("feeds".into())
            .spawn(move || ask_at_their_times(&open, &of));
        if let Err(error) = started {
            tracing::error!(%error, "feeds are asked only when their reader asks");
        }
        *held = Some(feeds.clone());
        Ok(feeds)
    }

    /// Asks feeds, these or all, and tells the page how far it is.
    pub fn refresh_feeds(&self, feeds: &Feeds, wanted: Option<&[Uuid]>) -> CommandResult<Refreshed> {
        let refreshed = feeds.refresh(&self.library, wanted, &|progress| self.tell_feeds(Some(progress)));
        self.tell_feeds(None);
        let mut refreshed = refreshed?;
        self.tell(std::mem::take(&mut refreshed.changes));
        Ok(refreshed)
    }

    /// Tells the page that something about feeds is other than before.
    pub fn tell_feeds_changed(&self) {
        self.emit(PageEvent::Feeds(FeedsChanged {
            progress: self.feeding.progress(),
        }));
    }

    /// Tells the page how far asking feeds is, or that it is over.
    pub fn tell_feeds(&self, progress: Option<Progress>) {
        let progress = progress
            .filter(|progress| progress.done < progress.total)
            .map(|progress| FeedProgress {
                done: small(progress.done),
                total: small(progress.total),
            });
        self.feeding
            .progress
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone_from(&progress);
        self.emit(PageEvent::Feeds(FeedsChanged { progress }));
    }
}

fn ask_at_their_times(open: &Weak<OpenLibrary>, feeds: &Feeds) {
    const FIRST: Duration = Duration::from_secs(5);
    const GLANCE: Duration = Duration::from_secs(60);
    let mut wait = FIRST;
    loop {
        let Some(library) = open.upgrade() else { return };
        if library.feeding.wait(wait) {
            return;
        }
        wait = GLANCE;
        match feeds.refresh_due(&library.library, &|progress| library.tell_feeds(Some(progress))) {
            Ok(None) => {}
            Ok(Some(mut refreshed)) => {
                library.tell_feeds(None);
                library.tell(std::mem::take(&mut refreshed.changes));
            }
            Err(error) => {
                library.tell_feeds(None);
                tracing::error!(%error, "feeds could not be asked");
            }
        }
    }
}

impl From<FeedsError> for CommandError {
    fn from(error: FeedsError) -> Self {
        match error {
            FeedsError::Library(error) => error.into(),
            FeedsError::Import(edito_import::Error::Library(error)) => error.into(),
            FeedsError::Import(error) => CommandError::new(ErrorKind::Io, error.to_string()),
            FeedsError::Store(error) => {
                let full = error.sqlite_error_code() == Some(edito_web::feeds::store::FULL);
                let kind = if full { ErrorKind::DiskFull } else { ErrorKind::Io };
                CommandError::new(kind, error.to_string())
            }
            FeedsError::NotFound => CommandError::new(ErrorKind::NotFound, "the item is not there any more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn giving_up_reaches_what_goes_on_and_nothing_that_comes_later() {
        let is_set = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        let feeding = Feeding::default();
        let (first, second) = (feeding.begin(), feeding.begin());
        feeding.give_up();
        let third = feeding.begin();
        assert!(is_set(&first) && is_set(&second), "what comes later takes nothing back");
        assert!(!is_set(&third));
        drop((first, second));
        feeding.end();
        assert!(is_set(&third) && is_set(&feeding.begin()), "the library is closed");
    }
}
