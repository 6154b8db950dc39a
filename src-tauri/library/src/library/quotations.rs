//! The quotation ledger of a library: what a piece quotes, and whether its sources say so.
//!
//! A quotation is compared with the articles that it, its paragraph and its piece name. What is attached to it has to say
//! it; what only stands near is its source when it says it, or nearly. Where a source does not say it any more, its earlier
//! versions are asked, and the passages that were marked in it. A link that leads nowhere is followed to where the journal
//! saw the article go. What no source is named for is looked for in the whole library.

mod citing;
mod sources;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use edito_prose::fold::fold;
use edito_prose::ledger::{self, Comparison, Nearness, Quotation, Reference};
use serde::{Deserialize, Serialize};

use super::Library;
use crate::error::Result;
use crate::history::VersionId;
use crate::identity::ArticleId;
use crate::index::lock;

pub use citing::{CitedSource, Quotable};
pub(super) use sources::Ledger;
use sources::{Named, Stamp, is_too_long};

/// What became of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// Its source says it to the word.
    Proved,
    /// Its source says something else.
    Altered,
    /// No source is named.
    Unsourced,
    /// Its source said it to the word, and does not any more.
    Changed,
    /// The link to its source leads nowhere.
    Missing,
    /// Its source is named, and is not in the library.
    Elsewhere,
    /// Its source is in the library, and longer than what is read to prove anything.
    TooLong,
}

/// An article that a quotation is from, or could be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QuotedSource {
    /// The article.
    pub article: ArticleId,
    /// Its title.
    pub title: String,
    /// Who signs it.
    pub authors: Vec<String>,
    /// Where it lies, within the library.
    pub path: String,
}

/// When a source said something that it does not say any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Since {
    /// Milliseconds since 1970, UTC.
    pub time: i64,
    /// The version that says it; none when a passage that was marked then does.
    pub version: Option<VersionId>,
}

/// A quotation, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedQuotation {
    /// The quotation.
    pub quotation: Quotation,
    /// What became of it.
    pub verdict: Verdict,
    /// What it was compared with.
    pub source: Option<QuotedSource>,
    /// What the source says now; none when it says nothing like it.
    pub comparison: Option<Comparison>,
    /// When the source still said it.
    pub since: Option<Since>,
    /// What names the source where that is not in the library, or not any more.
    pub named: Option<String>,
    /// Articles that say it to the word, where no source is known.
    pub found: Vec<QuotedSource>,
}

/// So many quotations of one piece are looked into.
const MOST_QUOTATIONS: usize = 2_000;
/// So many quotations without a source are looked for in the library at once.
const MOST_SEARCHED: usize = 60;
/// What only stands near is the source of words that differ when so many of them, in percent, are alike.
const LIKE_ENOUGH: u8 = 70;

/// A title is no longer than this, in bytes.
const LONGEST_TITLE: usize = 300;

impl Library {
    /// The quotations of a text that is to be the article’s, in its order. `search`: whether articles are looked for that
    /// say what no source is named for.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn quotations(&self, id: &ArticleId, text: &str, search: bool) -> Result<Vec<CheckedQuotation>> {
        let mut found = ledger::quotations(text);
        found.truncate(MOST_QUOTATIONS);
        let mut visit = Visit {
            library: self,
            id,
            text,
            resolved: HashMap::new(),
            searches: if search { MOST_SEARCHED } else { 0 },
        };
        let mut checked = Vec::with_capacity(found.len());
        for quotation in found {
            checked.extend(visit.check(quotation)?);
        }
        Ok(checked)
    }
}

/// One look at a piece.
struct Visit<'a> {
    library: &'a Library,
    id: &'a ArticleId,
    text: &'a str,
    /// What references lead to.
    resolved: HashMap<Reference, Named>,
    searches: usize,
}

/// What is kept of a quotation that was looked into: while its sources stay what they are, so does this.
#[derive(Debug, Clone)]
pub(super) struct Known {
    stamps: Vec<(ArticleId, Stamp)>,
    at: usize,
    verdict: Verdict,
    source: Option<QuotedSource>,
    comparison: Option<Comparison>,
    since: Option<Since>,
}

impl Visit<'_> {
    /// `None` for what turns out to be the title of an article.
    fn check(&mut self, quotation: Quotation) -> Result<Option<CheckedQuotation>> {
        let named: Vec<(Nearness, Named)> = quotation
            .sources
            .iter()
            .map(|named| (named.nearness, self.named(&named.reference)))
            .collect();
        let words = fold(&quotation.words);
        let is_title = |named: &Named| matches!(named, Named::Article(source, _) if fold(source.title.trim()) == words);
        if !quotation.is_block && named.iter().any(|(_, named)| is_title(named)) {
            return Ok(None);
        }
        if !quotation.is_block && !quotation.is_sourced() && self.is_title(&quotation.words) {
            return Ok(None);
        }
        let key = self.key(&quotation, &named);
        if let Some(known) = self.known(key, &named, quotation.range.start) {
            return Ok(Some(known.told(quotation)));
        }
        let mut nearest: Option<(Nearness, QuotedSource, Comparison)> = None;
        let mut stamps = Vec::new();
        // What can't be read, or is too large to be, says nothing: not even that it says something else.
        let mut unread: Option<String> = None;
        let mut too_long: Option<QuotedSource> = None;
        // Words that another article says are not proved by it where their source is named.
        let is_named = named
            .iter()
            .any(|(nearness, named)| *nearness == Nearness::Attached && named.article().is_some());
        for (nearness, one) in &named {
            if is_named && *nearness != Nearness::Attached {
                continue;
            }
            let Named::Article(source, stamp) = one else { continue };
            stamps.push((source.article.clone(), *stamp));
            let Some(text) = self.library.source_text(&source.article, *stamp) else {
                if *nearness == Nearness::Attached && is_too_long(*stamp) {
                    too_long = too_long.or_else(|| Some(source.clone()));
                } else if *nearness == Nearness::Attached {
                    unread = unread.or_else(|| Some(source.path.clone()));
                }
                continue;
            };
            let Some(comparison) = text.compare(&quotation) else {
                continue;
            };
            if comparison.is_verbatim() {
                let proved = Known::of(
                    stamps,
                    &quotation,
                    Verdict::Proved,
                    Some(source.clone()),
                    Some(comparison),
                );
                return Ok(Some(self.keep(key, proved).told(quotation)));
            }
            let counts = *nearness == Nearness::Attached || comparison.likeness >= LIKE_ENOUGH;
            let better = nearest
                .as_ref()
                .is_none_or(|(other, _, best)| (*nearness, best.likeness) < (*other, comparison.likeness));
            if counts && better {
                nearest = Some((*nearness, source.clone(), comparison));
            }
        }
        let attached = named.iter().filter(|(nearness, _)| *nearness == Nearness::Attached);
        let attached: Vec<&Named> = attached.map(|(_, named)| named).collect();
        let mut asked: Vec<QuotedSource> = attached.iter().filter_map(|named| named.article().cloned()).collect();
        asked.extend(nearest.iter().map(|(_, source, _)| source.clone()));
        asked.dedup_by(|one, other| one.article == other.article);
        for source in asked {
            if let Some(since) = self.library.said_before(&source.article, &quotation)? {
                let comparison = nearest
                    .take_if(|(_, other, _)| other.article == source.article)
                    .map(|(_, _, comparison)| comparison);
                let mut known = Known::of(stamps, &quotation, Verdict::Changed, Some(source), comparison);
                known.since = Some(since);
                return Ok(Some(self.keep(key, known).told(quotation)));
            }
        }
        if let Some((_, source, comparison)) = nearest {
            let known = Known::of(stamps, &quotation, Verdict::Altered, Some(source), Some(comparison));
            return Ok(Some(self.keep(key, known).told(quotation)));
        }
        let present = attached.iter().find_map(|named| named.article().cloned());
        let lost = attached.iter().find_map(|named| match named {
            Named::Nowhere(target) => Some(target.clone()),
            _ => None,
        });
        let outside = named.iter().find_map(|(nearness, named)| match named {
            Named::Outside(name) if *nearness != Nearness::Piece => Some(name.clone()),
            _ => None,
        });
        let outside_attached = attached.iter().any(|named| matches!(named, Named::Outside(_)));
        let found = self.search(&quotation)?;
        // The page that is named is in the library.
        if let Some(name) = &outside
            && let Some(source) = found.iter().find(|source| self.library.is_from(&source.article, name))
        {
            let stamp = self.library.stamp(&source.article);
            let comparison = stamp
                .and_then(|stamp| self.library.source_text(&source.article, stamp))
                .and_then(|text| text.compare(&quotation));
            let known = Known::of(
                Vec::new(),
                &quotation,
                Verdict::Proved,
                Some(source.clone()),
                comparison,
            );
            return Ok(Some(known.told(quotation)));
        }
        let outside = outside.or_else(|| unread.clone());
        let outside_attached = outside_attached || unread.is_some();
        if too_long.is_some() && !outside_attached {
            let mut told = Known::of(stamps, &quotation, Verdict::TooLong, too_long, None).told(quotation);
            told.found = found;
            return Ok(Some(told));
        }
        let (verdict, named) = match (&present, lost, outside) {
            (Some(_), ..) if !outside_attached => (Verdict::Altered, None),
            (None, Some(target), _) if !outside_attached => (Verdict::Missing, Some(target)),
            (.., Some(name)) => (Verdict::Elsewhere, Some(name)),
            _ => (Verdict::Unsourced, None),
        };
        let mut told = Known::of(stamps, &quotation, verdict, present, None).told(quotation);
        told.named = named;
        told.found = found;
        Ok(Some(told))
    }

    /// Whether words are the title of an article of the library.
    fn is_title(&self, words: &str) -> bool {
        if words.len() > LONGEST_TITLE || words.contains('\n') {
            return false;
        }
        let library = self.library;
        let named = library.resolve_link(self.id, words.trim());
        let row = named.and_then(|id| library.row(&id).ok().flatten());
        row.is_some_and(|row| fold(row.title.trim()) == fold(words))
    }

    fn named(&mut self, reference: &Reference) -> Named {
        if let Some(named) = self.resolved.get(reference) {
            return named.clone();
        }
        let named = self.library.named(self.id, reference);
        self.resolved.insert(reference.clone(), named.clone());
        named
    }

    fn search(&mut self, quotation: &Quotation) -> Result<Vec<QuotedSource>> {
        if self.searches == 0 {
            return Ok(Vec::new());
        }
        self.searches -= 1;
        self.library.find_source(self.id, quotation)
    }

    /// What is the same when a quotation is: its words as they stand, and what is named around it and where that leads.
    fn key(&self, quotation: &Quotation, named: &[(Nearness, Named)]) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.id.as_str().hash(&mut hasher);
        self.text.get(quotation.range.clone()).hash(&mut hasher);
        for named in &quotation.sources {
            named.reference.hash(&mut hasher);
            named.nearness.hash(&mut hasher);
        }
        for (_, named) in named {
            std::mem::discriminant(named).hash(&mut hasher);
            named.article().map(|source| &source.article).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// What is known of a quotation, when all that it was compared with is as it was.
    fn known(&self, key: u64, named: &[(Nearness, Named)], start: usize) -> Option<Known> {
        let known = lock(&self.library.ledger).known(key)?;
        let fresh = known.stamps.iter().all(|(article, stamp)| {
            named.iter().any(
                |(_, named)| matches!(named, Named::Article(source, now) if source.article == *article && now == stamp),
            )
        });
        fresh.then(|| known.moved_to(start))
    }

    fn keep(&self, key: u64, known: Known) -> Known {
        lock(&self.library.ledger).keep(key, known.clone());
        known
    }
}

impl Known {
    fn of(
        stamps: Vec<(ArticleId, Stamp)>,
        quotation: &Quotation,
        verdict: Verdict,
        source: Option<QuotedSource>,
        comparison: Option<Comparison>,
    ) -> Known {
        Known {
            stamps,
            at: quotation.range.start,
            verdict,
            source,
            comparison,
            since: None,
        }
    }

    /// The same for a quotation that stands elsewhere in the piece by now.
    fn moved_to(mut self, start: usize) -> Known {
        let from = std::mem::replace(&mut self.at, start);
        let shift = |place: usize| (place + start).saturating_sub(from);
        for difference in self
            .comparison
            .iter_mut()
            .flat_map(|comparison| &mut comparison.differences)
        {
            for (range, _) in difference.fix.iter_mut().chain(difference.omission.iter_mut()) {
                *range = shift(range.start)..shift(range.end);
            }
        }
        self
    }

    fn told(self, quotation: Quotation) -> CheckedQuotation {
        CheckedQuotation {
            quotation,
            verdict: self.verdict,
            source: self.source,
            comparison: self.comparison,
            since: self.since,
            named: None,
            found: Vec::new(),
        }
    }
}
