//! The feeds of a site, found from the address of one of its pages.

use std::sync::atomic::{AtomicBool, Ordering};

use edito_exchange::feed::discovery::Evidence;
use edito_exchange::feed::http::{Remembered, request_headers};
use edito_exchange::url;
use edito_import::Reader;

use super::reading::{Answered, candidates, read};
use super::{Problem, ProblemKind};
use crate::fetch::{FetchErrorKind, Fetched, Web};

/// A feed that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Its address.
    pub address: String,
    /// What it calls itself.
    pub title: Option<String>,
    /// How many items it lists.
    pub items: usize,
    /// The title of its newest item.
    pub newest: Option<String>,
    /// It is the feed of comments.
    pub comments: bool,
}

/// Most feeds that are asked to find those of one page.
const MOST_ASKED: usize = 10;

/// The feed at an address, or those of the page that is there, each asked and read once. What a page only links to, and
/// where the program that made it usually has its feed, is asked when the page itself names none.
///
/// # Errors
/// Why the address itself gave nothing; [`ProblemKind::NotAFeed`] when there is no feed to be found.
pub fn discover(reader: &Reader, web: &Web, address: &str, cancel: &AtomicBool) -> Result<Vec<Found>, Problem> {
    let asked = url::web(address).map_or_else(|| address.to_owned(), String::from);
    let fetched = ask(web, &asked, cancel)?;
    let answered = fetched.moved_to.clone().unwrap_or_else(|| asked.clone());
    match read(reader, &fetched, cancel) {
        Ok(feed) => return Ok(vec![found(answered, feed, false)]),
        Err(problem) if problem.kind == ProblemKind::Page || problem.kind == ProblemKind::NotAFeed => {}
        Err(problem) => return Err(problem),
    }
    let mut all: Vec<Found> = Vec::new();
    for candidate in candidates(reader, &fetched, cancel)?.into_iter().take(MOST_ASKED) {
        if cancel.load(Ordering::Relaxed) {
            return Err(cancelled());
        }
        let sure = matches!(candidate.evidence, Evidence::Declared | Evidence::Comments);
        if !sure && !all.is_empty() {
            break;
        }
        let Ok(fetched) = ask(web, &candidate.url, cancel) else {
            continue;
        };
        let Ok(feed) = read(reader, &fetched, cancel) else {
            continue;
        };
        let address = fetched.moved_to.clone().unwrap_or(candidate.url);
        if !all
            .iter()
            .any(|known| super::subscription::same(&known.address, &address))
        {
            all.push(found(address, feed, candidate.evidence == Evidence::Comments));
        }
    }
    if all.is_empty() { Err(nothing(&asked)) } else { Ok(all) }
}

fn ask(web: &Web, address: &str, cancel: &AtomicBool) -> Result<Fetched, Problem> {
    // As a feed is asked, and pages after it.
    let headers = request_headers(&Remembered::default());
    let fetched = web.get(address, &headers, cancel).map_err(|error| Problem {
        kind: ProblemKind::Fetch(error.kind),
        detail: error.detail,
    })?;
    let kind = match fetched.status {
        200 | 203 => return Ok(fetched),
        401 | 402 | 403 | 407 | 451 => ProblemKind::Forbidden,
        404 => ProblemKind::NotFound,
        410 => ProblemKind::Gone,
        429 => ProblemKind::Wait,
        _ => ProblemKind::Server,
    };
    Err(Problem {
        kind,
        detail: fetched.status.to_string(),
    })
}

fn found(address: String, answered: Answered, comments: bool) -> Found {
    Found {
        address,
        title: answered.feed.title,
        items: answered.items.len(),
        newest: answered.items.iter().find_map(|item| item.item.title.clone()),
        comments,
    }
}

fn nothing(address: &str) -> Problem {
    Problem {
        kind: ProblemKind::NotAFeed,
        detail: address.to_owned(),
    }
}

fn cancelled() -> Problem {
    Problem {
        kind: ProblemKind::Fetch(FetchErrorKind::Cancelled),
        detail: String::new(),
    }
}
