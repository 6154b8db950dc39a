//! What strangers say of feeds, read in the other process.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use edito_exchange::feed::Feed as Said;
use edito_exchange::feed::discovery::Candidate;
use edito_exchange::feed::opml::Subscriptions;
use edito_exchange::{OfFeed, Piece, Receipt, Wanted};
use edito_import::{Job, Reader, jobs};

use super::store::{MOST_LISTED, NewItem};
use super::{FeedsError, Problem, ProblemKind};
use crate::fetch::{FetchErrorKind, Fetched};

/// A feed with its items.
pub(super) struct Answered {
    pub feed: Said,
    pub items: Vec<NewItem>,
}

/// Reads a list of feeds (OPML) in a file.
///
/// # Errors
/// [`ProblemKind::NotAFeed`] for a file that is no such list, [`ProblemKind::NotFound`] for none,
/// [`ProblemKind::Unreadable`] for one that can't be read within limits.
pub fn read_list(reader: &Reader, file: &Path, cancel: &AtomicBool) -> Result<Subscriptions, Problem> {
    let about = file.display().to_string();
    let job = jobs(std::slice::from_ref(&file.to_path_buf())).ok();
    let Some(mut job) = job.and_then(|jobs| <[Job; 1]>::try_from(jobs).ok()).map(|[job]| job) else {
        return Err(problem(ProblemKind::NotFound, &about));
    };
    job.task.wanted = Wanted::ListOfFeeds;
    let (carried, receipt) = ask(reader, &job, cancel)?;
    carried
        .into_iter()
        .find_map(|(_, carried)| match carried {
            OfFeed::List(list) => Some(list),
            _ => None,
        })
        .ok_or_else(|| failure(&receipt, &about))
}

/// Reads where the feeds of a page may be.
pub(super) fn candidates(reader: &Reader, page: &Fetched, cancel: &AtomicBool) -> Result<Vec<Candidate>, Problem> {
    let job = Job::of_bytes("page.html", page.bytes.clone(), page.task(Wanted::FeedsOfPage));
    let (carried, receipt) = ask(reader, &job, cancel)?;
    carried
        .into_iter()
        .find_map(|(_, carried)| match carried {
            OfFeed::Candidates(candidates) => Some(candidates),
            _ => None,
        })
        .ok_or_else(|| failure(&receipt, &page.address))
}

/// Reads what a feed answered.
pub(super) fn read(reader: &Reader, fetched: &Fetched, cancel: &AtomicBool) -> Result<Answered, Problem> {
    let job = Job::of_bytes("feed.xml", fetched.bytes.clone(), fetched.task(Wanted::Feed));
    let (carried, receipt) = ask(reader, &job, cancel)?;
    let mut feed = None;
    let mut items = Vec::new();
    for (mut piece, carried) in carried {
        match carried {
            OfFeed::Feed(said) => feed = Some(said),
            OfFeed::Item(item) if items.len() < MOST_LISTED => {
                small_images(&mut piece);
                items.push(NewItem {
                    item,
                    body: piece.body,
                    images: piece.images,
                    teaser: piece.teaser,
                    ..NewItem::default()
                });
            }
            _ => {}
        }
    }
    feed.map(|feed| Answered { feed, items })
        .ok_or_else(|| failure(&receipt, &fetched.address))
}

/// What is carried by the pieces of a file, with these.
fn ask(reader: &Reader, job: &Job, cancel: &AtomicBool) -> Result<(Vec<(Piece, OfFeed)>, Receipt), Problem> {
    let (pieces, receipt) = reader
        .read_one(job, cancel)
        .map_err(|error| problem(ProblemKind::Unreadable, &FeedsError::from(error).to_string()))?;
    if cancel.load(Ordering::Relaxed) {
        return Err(problem(ProblemKind::Fetch(FetchErrorKind::Cancelled), ""));
    }
    let carried = pieces.into_iter().filter_map(|mut piece| {
        let carried = *piece.of_feed.take()?;
        Some((piece, carried))
    });
    Ok((carried.collect(), receipt))
}

fn failure(receipt: &Receipt, about: &str) -> Problem {
    let is = |kind: &str| receipt.failed.iter().any(|note| note.kind == kind);
    let kind = if is("page") {
        ProblemKind::Page
    } else if ["too-slow", "crashed", "too-large", "unreadable"].into_iter().any(is) {
        ProblemKind::Unreadable
    } else {
        ProblemKind::NotAFeed
    };
    problem(kind, about)
}

fn problem(kind: ProblemKind, detail: &str) -> Problem {
    Problem {
        kind,
        detail: detail.to_owned(),
    }
}

/// Images that came within the HTML are kept when they are small.
pub(super) fn small_images(piece: &mut Piece) {
    const LARGEST: usize = 128 * 1024;
    for image in &mut piece.images {
        if image.bytes.len() > LARGEST {
            image.bytes = Vec::new();
        }
    }
}
