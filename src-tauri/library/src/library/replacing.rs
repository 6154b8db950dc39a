//! Finding and replacing in many articles: every place is shown first, each article is saved by itself, and all of it can
//! be taken back at once.

use super::Library;
use crate::article::{Continue, Saved};
use crate::article::{LibraryChanges, ListQuery, ReadOnlyReason, Row};
use crate::disk::ContentHash;
use crate::error::{At, Error, ErrorKind, Result};
use crate::history::SnapshotKind;
use crate::identity::ArticleId;
use edito_prose::frontmatter;
use edito_prose::replacing::{Change, Found, Pattern, PatternError, Wanted, apply, changes, surroundings};
use std::collections::HashSet;
use std::ops::Range;
use std::thread;

/// What is looked for, what stands there afterwards, and where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplaceQuery {
    /// What is looked for.
    pub wanted: Wanted,
    /// What stands in its place.
    pub replacement: String,
    /// Among which articles.
    pub among: Among,
    /// By where they come from.
    pub origin: Origin,
    /// Whether the front matter is looked through as well.
    pub front_matter: bool,
}

/// A choice of articles.
#[derive(Clone, Debug, PartialEq)]
pub enum Among {
    /// Those of a list, in its order.
    List(ListQuery),
    /// What a search finds, the best first.
    Search(String),
    /// These.
    Articles(Vec<ArticleId>),
}

impl Default for Among {
    fn default() -> Self {
        Among::List(ListQuery::default())
    }
}

/// Whether articles were written here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// All of them.
    #[default]
    Any,
    /// Written here.
    Own,
    /// Captured, or brought in with an address.
    Elsewhere,
}

/// A place that would change, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplacePlace {
    /// The place.
    pub change: Change,
    /// What stands before it on its line, shortened.
    pub before: String,
    /// What stands there.
    pub found: String,
    /// What stands behind it on its line, shortened.
    pub behind: String,
}

/// The places of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplaceMatches {
    /// The article.
    pub row: Row,
    /// What a replacement is based on.
    pub hash: String,
    /// The places, in the order of the text.
    pub places: Vec<ReplacePlace>,
    /// Places of the front matter that are left out, because it could not be read any more.
    pub unsound: usize,
    /// Why nothing can be replaced.
    pub read_only: Option<ReadOnlyReason>,
}

/// How far a search through articles has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LookedThrough {
    /// Articles that were looked through.
    pub looked: usize,
    /// Articles there are to look through.
    pub total: usize,
    /// Files that could not be read.
    pub unreadable: usize,
}

/// What is to be replaced in one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticked {
    /// The article.
    pub id: ArticleId,
    /// The hash that its places were shown with.
    pub hash: String,
    /// The places that stay as they are, by their number from 0.
    pub left: Vec<usize>,
    /// How many places were shown; those behind them stay.
    pub shown: usize,
}

/// What a replacement did.
#[derive(Debug, Default)]
pub struct ReplaceReceipt {
    /// The articles that were changed, with what puts them back.
    pub replaced: Vec<ReplacedArticle>,
    /// The articles that were left as they are, and why.
    pub skipped: Vec<(ArticleId, Error)>,
    /// Whether it was stopped before its end.
    pub cancelled: bool,
    /// What the index learnt from it.
    pub changes: LibraryChanges,
}

impl ReplaceReceipt {
    /// How many places were changed.
    pub fn places(&self) -> usize {
        self.replaced.iter().map(|article| article.back.len()).sum()
    }
}

/// An article in which something was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplacedArticle {
    /// The article.
    pub id: ArticleId,
    /// Its hash now.
    pub hash: String,
    /// The places as they are now, with what stood there.
    back: Vec<Change>,
}

impl Library {
    /// Looks through articles, and tells of each that has places what would change; `each` may end it. The time goes with
    /// the bytes that are read; `progress` is called on this thread, after some dozens of articles.
    ///
    /// # Errors
    /// `Invalid` when it is no pattern; as [`Library::overview`]. A file that can't be read is counted.
    pub fn find_places(
        &self,
        query: &ReplaceQuery,
        progress: &dyn Fn(LookedThrough) -> Continue,
        each: &mut dyn FnMut(ReplaceMatches) -> Continue,
    ) -> Result<LookedThrough> {
        let pattern = Pattern::new(&query.wanted).map_err(pattern_error)?;
        let mut state = LookedThrough::default();
        let mut next = 0;
        loop {
            let (total, rows) = self.some_of(&query.among, next)?;
            state.total = total;
            if rows.is_empty() || progress(state) == Continue::Stop {
                return Ok(state);
            }
            next += rows.len();
            let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
            for group in rows.chunks(threads * EACH) {
                let found: Vec<Result<Option<ReplaceMatches>>> = thread::scope(|scope| {
                    let look = |rows: &[Row]| -> Vec<_> {
                        rows.iter().map(|row| self.places_of(row, &pattern, query)).collect()
                    };
                    let parts: Vec<_> = group
                        .chunks(EACH)
                        .map(|rows| (rows.len(), scope.spawn(move || look(rows))))
                        .collect();
                    let joined = parts.into_iter().flat_map(|(count, part)| {
                        // Whatever ended it, its articles are not passed over in silence.
                        let ended = |_| {
                            (0..count)
                                .map(|_| Err(Error::new(ErrorKind::Io, "the search ended")))
                                .collect()
                        };
                        part.join().unwrap_or_else(ended)
                    });
                    joined.collect()
                });
                state.looked += group.len();
                for one in found {
                    match one {
                        Ok(Some(matches)) => {
                            if each(matches) == Continue::Stop {
                                return Ok(state);
                            }
                        }
                        Ok(None) => {}
                        Err(error) => {
                            tracing::info!(%error, "an article could not be looked through");
                            state.unreadable += 1;
                        }
                    }
                }
                if progress(state) == Continue::Stop {
                    return Ok(state);
                }
            }
        }
    }

    /// Replaces what was shown, article by article: one whose file is not what was shown any more is skipped. The text
    /// before is kept as a version; a run that is cut off leaves each file whole, and one that is repeated goes on with
    /// what is left. It ends early where the disk is full or the library is gone.
    ///
    /// # Errors
    /// `Invalid` when it is no pattern; `Vanished`. What can't be changed is in the receipt.
    pub fn replace_places(
        &self,
        query: &ReplaceQuery,
        ticked: &[Ticked],
        progress: &dyn Fn(usize) -> Continue,
    ) -> Result<ReplaceReceipt> {
        let pattern = Pattern::new(&query.wanted).map_err(pattern_error)?;
        self.check_root()?;
        let mut receipt = ReplaceReceipt::default();
        for (done, article) in ticked.iter().enumerate() {
            if progress(done) == Continue::Stop {
                receipt.cancelled = true;
                break;
            }
            let changed = self.rewrite(&article.id, &article.hash, "replace", |text| {
                let found = found_in(text, &pattern, query)?.changes;
                let left: HashSet<usize> = article.left.iter().copied().collect();
                let shown = found.into_iter().enumerate().take(article.shown);
                Ok(shown
                    .filter_map(|(number, change)| (!left.contains(&number)).then_some(change))
                    .collect())
            });
            if receipt.took(&article.id, changed) == Continue::Stop {
                break;
            }
        }
        Ok(receipt)
    }

    /// Puts back what stood there before a replacement, in all articles that nobody has changed since; the others are
    /// left, and are in the receipt.
    ///
    /// # Errors
    /// `Vanished`. What can't be changed is in the receipt.
    pub fn take_back_places(
        &self,
        replaced: &[ReplacedArticle],
        progress: &dyn Fn(usize) -> Continue,
    ) -> Result<ReplaceReceipt> {
        self.check_root()?;
        let mut receipt = ReplaceReceipt::default();
        for (done, article) in replaced.iter().enumerate() {
            if progress(done) == Continue::Stop {
                receipt.cancelled = true;
                break;
            }
            let changed = self.rewrite(&article.id, &article.hash, "replace-undone", |_| {
                Ok(article.back.clone())
            });
            if receipt.took(&article.id, changed) == Continue::Stop {
                break;
            }
        }
        Ok(receipt)
    }

    /// Changes places of one article; `None` when there is nothing to change.
    fn rewrite(
        &self,
        id: &ArticleId,
        based_on: &str,
        reason: &str,
        places: impl FnOnce(&str) -> Result<Vec<Change>>,
    ) -> Result<Option<(Saved, Vec<Change>)>> {
        let path = self.path_of(id)?;
        let bytes = self.read_bytes(&path)?;
        // Places are those of one text and of no other, not even of one that was written here and is not sure to last.
        let present = self.expect_exactly(&path, &bytes, based_on)?;
        let decoded = self.decode(id, &bytes)?;
        if !decoded.lossless {
            let error = Error::new(ErrorKind::Encoding, "its bytes can't be read without loss");
            return Err(error.at(self.root.join(&path)));
        }
        let places = places(&decoded.text).map_err(|error| error.at(self.root.join(&path)))?;
        if places.is_empty() {
            return Ok(None);
        }
        let text = apply(&decoded.text, &places);
        let new = self.encode(id, &bytes, &decoded, &text).at(self.root.join(&path))?;
        self.identify(id)?;
        self.keep(id, &path, &bytes, &SnapshotKind::Before(reason.to_owned()))?;
        let saved = self.replace(id, &path, &bytes, present, &new)?;
        Ok(Some((saved, undone(&decoded.text, &places))))
    }

    fn places_of(&self, row: &Row, pattern: &Pattern, query: &ReplaceQuery) -> Result<Option<ReplaceMatches>> {
        let bytes = self.read_bytes(&row.path)?;
        let decoded = self.decode(&row.id, &bytes)?;
        let text = decoded.text.as_str();
        if !pattern.is_in(text) || !self.is_of(query.origin, row, text) {
            return Ok(None);
        }
        let found = found_in(text, pattern, query).map_err(|error| error.at(self.root.join(&row.path)))?;
        if found.changes.is_empty() && found.unsound == 0 {
            return Ok(None);
        }
        let places = found.changes.into_iter().map(|change| {
            let (before, behind) = surroundings(text, &change.range, AROUND);
            ReplacePlace {
                before: before.to_owned(),
                found: text.get(change.range.clone()).unwrap_or_default().to_owned(),
                behind: behind.to_owned(),
                change,
            }
        });
        let places = places.collect();
        let path = self.root.join(&row.path);
        let read_only = if !decoded.lossless {
            Some(ReadOnlyReason::Encoding)
        } else if !self.can_write(&path) {
            Some(ReadOnlyReason::Permissions)
        } else {
            None
        };
        Ok(Some(ReplaceMatches {
            row: row.clone(),
            hash: ContentHash::of(&bytes).to_string(),
            places,
            unsound: found.unsound,
            read_only,
        }))
    }

    /// What was captured says so in its front matter, or has its pages beside it. A press mention names its source, and
    /// is written here.
    fn is_of(&self, origin: Origin, row: &Row, text: &str) -> bool {
        let elsewhere = || {
            frontmatter::read(text)
                .source
                .is_some_and(|source| source.captured.is_some())
                || self.captures(&row.id).is_ok_and(|captures| !captures.is_empty())
        };
        match origin {
            Origin::Any => true,
            Origin::Own => !elsewhere(),
            Origin::Elsewhere => elsewhere(),
        }
    }

    /// How many articles there are, and some of them from `offset` on.
    fn some_of(&self, among: &Among, offset: usize) -> Result<(usize, Vec<Row>)> {
        Ok(match among {
            Among::List(query) => {
                let page = self.list(query, offset, AT_ONCE)?;
                (page.total, page.rows)
            }
            Among::Search(query) => {
                let page = self.search(query, AT_ONCE, offset)?;
                (page.total, page.hits.into_iter().map(|hit| hit.row).collect())
            }
            Among::Articles(ids) => {
                let some = ids.iter().skip(offset).take(AT_ONCE);
                let rows = some.map(|id| self.row(id)).collect::<Result<Vec<_>>>()?;
                (ids.len(), rows.into_iter().flatten().collect())
            }
        })
    }
}

impl ReplaceReceipt {
    fn took(&mut self, id: &ArticleId, changed: Result<Option<(Saved, Vec<Change>)>>) -> Continue {
        match changed {
            Ok(None) => {}
            Ok(Some((saved, back))) => {
                self.changes.new.extend(saved.changes.new);
                self.changes.updated.extend(saved.changes.updated);
                self.changes.deleted.extend(saved.changes.deleted);
                self.changes.errors.extend(saved.changes.errors);
                self.changes.total = saved.changes.total;
                self.replaced.push(ReplacedArticle {
                    id: id.clone(),
                    hash: saved.hash,
                    back,
                });
            }
            Err(error) => {
                let ends = matches!(error.kind, ErrorKind::DiskFull | ErrorKind::Vanished);
                self.skipped.push((id.clone(), error));
                if ends {
                    self.cancelled = true;
                    return Continue::Stop;
                }
            }
        }
        Continue::Yes
    }
}

/// Rows that are asked for at once.
const AT_ONCE: usize = 512;
/// Articles that one thread looks through before progress is told.
const EACH: usize = 32;
/// More threads wait for the same disk.
const MOST_THREADS: usize = 4;
/// Characters that are shown on each side of a place.
const AROUND: usize = 60;

fn found_in(text: &str, pattern: &Pattern, query: &ReplaceQuery) -> Result<Found> {
    let found = changes(text, pattern, &query.replacement, query.front_matter);
    if found.unfinished {
        return Err(Error::new(
            ErrorKind::TooBig,
            "it has too many places, or the expression takes too long",
        ));
    }
    Ok(found)
}

/// What puts a text back as it was before these changes.
fn undone(before: &str, places: &[Change]) -> Vec<Change> {
    let mut grown: isize = 0;
    let mut back = Vec::with_capacity(places.len());
    for place in places {
        let Range { start, end } = place.range;
        let from = start.saturating_add_signed(grown);
        grown += place.after.len() as isize - (end - start) as isize;
        back.push(Change {
            range: from..from + place.after.len(),
            after: before.get(start..end).unwrap_or_default().to_owned(),
            ..place.clone()
        });
    }
    back
}

fn pattern_error(error: PatternError) -> Error {
    Error::new(ErrorKind::Invalid, error.to_string()).because(error)
}
