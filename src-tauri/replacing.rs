//! Finding and replacing across the open library: one search at a time, off the page's thread; the page fetches what is
//! found as it comes. What a replacement changed is kept until the library is closed, so that it can be taken back.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use edito_library::{Continue, Error, LookedThrough, ReplaceMatches, ReplaceQuery, ReplacedArticle};

use crate::state::OpenLibrary;

/// A search ends after so many places: nobody reads more of them before replacing.
pub const MOST_PLACES: usize = 5_000;
/// So many places of one article are shown, and changed.
pub const MOST_OF_ARTICLE: usize = 1_000;
/// So many replacements can be taken back.
const MOST_KEPT: usize = 20;

/// The search that goes on, and the replacements that were made.
#[derive(Default)]
pub struct Replacing {
    search: Mutex<Option<Arc<Search>>>,
    replaced: Mutex<VecDeque<(u32, Vec<ReplacedArticle>)>>,
    next: AtomicU32,
}

/// A search for places.
pub struct Search {
    /// Names it.
    pub number: u32,
    /// What is looked for.
    pub query: ReplaceQuery,
    /// Articles in which was replaced so far.
    pub done: AtomicU32,
    stop: AtomicBool,
    /// The replacement ends. A search that was stopped never goes on, whatever is replaced of it.
    halt: AtomicBool,
    found: Mutex<Found>,
}

/// What a search has found so far.
#[derive(Default)]
pub struct Found {
    /// The articles, in the order of their list.
    pub articles: Vec<ReplaceMatches>,
    /// How far it has come.
    pub looked: LookedThrough,
    /// Places in all of them.
    pub places: usize,
    /// Whether it ended at [`MOST_PLACES`].
    pub more: bool,
    /// Whether it is over.
    pub over: bool,
    /// Why it ended early.
    pub problem: Option<Error>,
}

impl Replacing {
    /// Begins a search, and ends the one before.
    pub fn find(&self, open: &Arc<OpenLibrary>, query: ReplaceQuery) -> Arc<Search> {
        let search = Arc::new(Search {
            number: self.next.fetch_add(1, Ordering::Relaxed) + 1,
            query,
            done: AtomicU32::new(0),
            stop: AtomicBool::new(false),
            halt: AtomicBool::new(false),
            found: Mutex::default(),
        });
        let before = held(&self.search).replace(search.clone());
        if let Some(before) = before {
            before.stop();
        }
        let (open, looking) = (open.clone(), search.clone());
        std::thread::spawn(move || looking.look(&open));
        search
    }

    /// The search with this number, unless another one came after.
    pub fn search(&self, number: u32) -> Option<Arc<Search>> {
        held(&self.search).clone().filter(|search| search.number == number)
    }

    /// Ends what goes on: the library is closed.
    pub fn end(&self) {
        if let Some(search) = held(&self.search).take() {
            search.stop();
        }
    }

    /// Keeps what a replacement changed; answers the key to take it back.
    pub fn keep(&self, replaced: Vec<ReplacedArticle>) -> u32 {
        let key = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let mut kept = held(&self.replaced);
        kept.push_back((key, replaced));
        while kept.len() > MOST_KEPT {
            kept.pop_front();
        }
        key
    }

    /// What a replacement changed; it can be had once.
    pub fn take(&self, key: u32) -> Option<Vec<ReplacedArticle>> {
        let mut kept = held(&self.replaced);
        let at = kept.iter().position(|(other, _)| *other == key)?;
        kept.remove(at).map(|(_, replaced)| replaced)
    }
}

impl Search {
    /// Ends it soon, and a replacement that goes on; what is found and changed so far stays.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.halt.store(true, Ordering::Relaxed);
    }

    /// Begins a replacement, which may be stopped as well; what still looks for places ends.
    pub fn begin_to_replace(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.halt.store(false, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
    }

    /// Whether a replacement is to go on.
    pub fn replaces_on(&self) -> Continue {
        unless(&self.halt)
    }

    /// What is found so far.
    pub fn found(&self) -> MutexGuard<'_, Found> {
        held(&self.found)
    }

    fn look(&self, open: &OpenLibrary) {
        let progress = |looked: LookedThrough| {
            self.found().looked = looked;
            unless(&self.stop)
        };
        let mut each = |mut matches: ReplaceMatches| {
            let mut found = self.found();
            found.places += matches.places.len();
            if matches.places.len() > MOST_OF_ARTICLE {
                matches.places.truncate(MOST_OF_ARTICLE);
                found.more = true;
            }
            found.articles.push(matches);
            if found.places >= MOST_PLACES {
                found.more = true;
                return Continue::Stop;
            }
            unless(&self.stop)
        };
        let ended = open.library.find_places(&self.query, &progress, &mut each);
        let mut found = self.found();
        found.over = true;
        match ended {
            Ok(looked) => found.looked = looked,
            Err(error) => found.problem = Some(error),
        }
    }
}

fn unless(stopped: &AtomicBool) -> Continue {
    if stopped.load(Ordering::Relaxed) {
        Continue::Stop
    } else {
        Continue::Yes
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
