//! Running a query and showing what it found.

use super::plan::plan;
use super::query::parse_all;
use super::said::SaidOf;
use super::snippet::{Marker, snippet};
use crate::article::{Hit, SearchPage};
use crate::encoding;
use crate::error::Result;
use crate::index::{Index, rows};
use edito_prose::analyse;
use jiff::Timestamp;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use tantivy::collector::{Count, FilterCollector, TopDocs};
use tantivy::{DocId, Score, SegmentReader};

impl Index {
    /// Runs queries, all of which hold. Passages are cut from the files themselves, which the index does not
    /// hold a second time. `now` is what stretches of time are counted from.
    pub(crate) fn search(
        &self,
        root: &Path,
        now: Timestamp,
        queries: &[&str],
        limit: usize,
        offset: usize,
    ) -> Result<SearchPage> {
        let parsed = parse_all(queries, now);
        let Some(plan) = plan(&parsed, &self.text.fields) else {
            return Ok(SearchPage::default());
        };
        self.commit_waiting();
        let reader = self.reader()?;
        let searcher = self.text.searcher_at(rows::generation(reader.rows()?)?)?;
        let best = TopDocs::with_limit(limit.max(1))
            .and_offset(offset)
            .tweak_score(move |segment: &SegmentReader| {
                let dates = segment
                    .fast_fields()
                    .i64("date")
                    .map(|column| column.first_or_default_col(0));
                move |doc: DocId, score: Score| (level(score), dates.as_ref().map_or(0, |dates| dates.get_val(doc)))
            });
        let (total, best) = match SaidOf::read(reader.rows()?, &parsed)? {
            None => searcher.search(&plan, &(Count, best))?,
            Some(said) => {
                let left = move |rowid: u64| said.has(rowid);
                searcher.search(&plan, &FilterCollector::new("rowid".to_owned(), left, (Count, best)))?
            }
        };
        let marker = Marker::new(&parsed);
        let mut hits = Vec::with_capacity(best.len());
        for ((level, _), address) in best.into_iter().take(limit) {
            let segment = searcher.segment_reader(address.segment_ord);
            let rowids = segment.fast_fields().u64("rowid")?;
            let Some(rowid) = rowids.first(address.doc_id) else {
                continue;
            };
            let Ok(rowid) = i64::try_from(rowid) else { continue };
            // Gone since the words were committed.
            let Some(row) = rows::row(reader.rows()?, rowid)? else {
                continue;
            };
            let plain = plain_text(&root.join(&row.path));
            let (snippet, snippet_marks) = snippet(&marker, plain.as_deref().unwrap_or(&row.teaser));
            hits.push(Hit {
                title_marks: marker.marks(&row.title),
                score: score_of(level),
                snippet,
                snippet_marks,
                row,
            });
        }
        Ok(SearchPage { total, hits })
    }
}

/// Scores within about one percent of each other are ties, and the newer article comes first.
/// A float's bits without its last ones are its logarithm in steps of that size.
fn level(score: Score) -> u32 {
    score.max(0.0).to_bits() >> COARSE
}

fn score_of(level: u32) -> Score {
    Score::from_bits(level << COARSE)
}

/// Leaves seven bits of a float's fraction: steps from 0.4 to 0.8 percent.
const COARSE: u32 = 16;

/// The text of an article for a passage, from the first part of its file.
fn plain_text(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
    let decoded;
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(_) => {
            decoded = encoding::decode(&bytes);
            &decoded.text
        }
    };
    Some(analyse(text).plain)
}

const MOST_BYTES: u64 = 256 * 1024;
