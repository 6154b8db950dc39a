//! What a reader keeps of a feed becomes an article like any other.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use edito_exchange::{Capture, Piece, Place};
use edito_library::{ArticleId, Library, LibraryChanges, Taken};

use super::store::StoredItem;
use super::{Feeds, FeedsError, Result, lock, name_of, subscription, unite};
use crate::pictures::{self, Room};
use crate::taking;

/// What became of an item that was kept.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The item.
    pub number: i64,
    /// The article.
    pub article: ArticleId,
    /// Whether the library had it before.
    pub known: bool,
    /// Whether it lies in the library's trash, where it stays.
    pub in_trash: bool,
    /// How many of its images did not come.
    pub images_missing: usize,
}

/// Who keeps an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// Its reader, who says where it is to lie, also when the library has it already.
    Reader,
    /// A rule: what the library has already stays where it was put.
    Rule,
}

impl Feeds {
    /// Keeps items: in the library, in its inbox, or for later. Their images are fetched, for at most a few seconds each;
    /// those that don't come stay where they are. What the library has already is only put elsewhere.
    ///
    /// # Errors
    /// `NotFound`; what the library and the store say. Items before the one that failed are kept.
    pub fn keep(&self, library: &Library, numbers: &[i64], place: Place) -> Result<(Vec<Kept>, LibraryChanges)> {
        let mut kept = Vec::new();
        let mut changes = LibraryChanges::default();
        let mut fresh = Vec::new();
        for number in numbers {
            let item = self.item(*number)?;
            match item.kept.clone().map(ArticleId::from) {
                Some(article) if library.row(&article)?.is_some() => {
                    library.set_place(std::slice::from_ref(&article), library_place(place))?;
                    changes.updated.push(article.clone());
                    kept.push(Kept {
                        number: *number,
                        article,
                        known: true,
                        in_trash: false,
                        images_missing: 0,
                    });
                }
                _ => fresh.push(item),
            }
        }
        if !fresh.is_empty() {
            let (new, taken) = self.take(library, fresh, place, Of::Reader)?;
            kept.extend(new);
            unite(&mut changes, taken);
        }
        Ok((kept, changes))
    }

    /// Says that items are kept no more: what they became was thrown away.
    ///
    /// # Errors
    /// As the store.
    pub fn keep_no_more(&self, numbers: &[i64]) -> Result<()> {
        let store = lock(&self.store);
        for number in numbers {
            store.keep(*number, None)?;
        }
        Ok(())
    }

    pub(super) fn take(
        &self,
        library: &Library,
        items: Vec<StoredItem>,
        place: Place,
        of: Of,
    ) -> Result<(Vec<Kept>, LibraryChanges)> {
        let subscriptions = subscription::subscriptions(library);
        let web = self.web();
        let room = Room {
            longest: Duration::from_secs(10),
            ..Room::default()
        };
        let mut ready = Vec::with_capacity(items.len());
        for item in items {
            let number = item.number;
            let feed = subscriptions.iter().find(|feed| feed.id == item.feed);
            let known = lock(&self.store).known(item.feed)?;
            let name = feed.map(|feed| name_of(feed, known.title.as_deref()));
            let address = feed.map_or_else(|| item.feed.to_string(), |feed| feed.address.clone());
            let key = format!("feed:{}#{}", item.feed, item.item.guid);
            let mut piece = piece(item, name, place);
            let missing = pictures::fetch(&mut piece, &web, room, &AtomicBool::new(false)).len();
            ready.push((number, address, key, piece, missing));
        }
        let mut kept = Vec::new();
        let mut intake = library.begin_intake()?;
        let mut failed = None;
        for (number, address, key, mut piece, missing) in ready {
            piece.captured = Some(library.now());
            match taking::take(library, &mut intake, piece, &address, Some(key)) {
                Ok(taken) => {
                    let in_trash = taken.outcome == Taken::InTrash;
                    kept.push(Kept {
                        number,
                        known: !matches!(taken.outcome, Taken::Created | Taken::InTrash),
                        in_trash,
                        article: taken.id,
                        images_missing: missing + taken.images_left,
                    });
                }
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
        // Also after a failure: what is written must be listed.
        let mut changes = library.finish_intake(&mut intake)?;
        for (id, error) in taking::lost(&mut intake) {
            kept.retain(|one| one.article != id);
            failed = failed.or(Some(error));
        }
        for one in kept.iter().filter(|one| !one.in_trash) {
            lock(&self.store).keep(one.number, Some(one.article.as_str()))?;
        }
        if of == Of::Reader {
            // An article that was there lies where its reader had put it.
            let known: Vec<ArticleId> = kept
                .iter()
                .filter(|one| one.known)
                .map(|one| one.article.clone())
                .collect();
            library.set_place(&known, library_place(place))?;
            changes.updated.extend(known);
        }
        let numbers: Vec<i64> = kept.iter().map(|one| one.number).collect();
        lock(&self.store).mark_read(&numbers, true)?;
        match failed {
            Some(error) => Err(FeedsError::from(error)),
            None => Ok((kept, changes)),
        }
    }
}

/// An item as a piece on its way into the library.
fn piece(item: StoredItem, site: Option<String>, place: Place) -> Piece {
    let mut piece = edito_exchange::feed_piece(item.item, site);
    let mut tags = item.tags;
    tags.retain(|tag| !piece.tags.contains(tag));
    piece.tags.extend(tags);
    piece.body = item.body;
    piece.images = item.images;
    piece.teaser = item.teaser;
    piece.state.place = Some(place);
    let html = piece.of_feed.take().and_then(|of_feed| match *of_feed {
        edito_exchange::OfFeed::Item(item) => item.content.or(item.summary),
        _ => None,
    });
    piece.capture = html.map(|html| Capture {
        bytes: format!("<!doctype html>\n<meta charset=\"utf-8\">\n{html}\n").into_bytes(),
        ending: "html".into(),
    });
    piece
}

fn library_place(place: Place) -> edito_library::Place {
    match place {
        Place::Inbox => edito_library::Place::Inbox,
        Place::Later => edito_library::Place::Later,
        Place::Archive => edito_library::Place::Archive,
        Place::Library | Place::Feed => edito_library::Place::Library,
    }
}
