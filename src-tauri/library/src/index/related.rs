//! Articles that go with one: by author, tag and section from the rows, by words from the full text.

use super::analyser::{StemLanguage, marked};
use super::{Index, rows};
use crate::error::Result;
use edito_prose::Lang;
use rusqlite::Connection;
use std::collections::HashMap;
use tantivy::collector::TopDocs;
use tantivy::query::MoreLikeThisQuery;
use tantivy::schema::OwnedValue;

/// What an article has in common with another.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct InCommon {
    /// How alike the words are, from 0 to 1: as a part of how much the article is like itself.
    pub(crate) words: f32,
    /// Shared tags.
    pub(crate) tags: Vec<String>,
    /// Shared authors.
    pub(crate) authors: Vec<String>,
}

impl Index {
    /// Rows that have words, tags or authors in common with an article; at most a few hundred.
    pub(crate) fn in_common(
        &self,
        words: &str,
        lang: Option<&Lang>,
        tags: &[String],
        authors: &[String],
    ) -> Result<HashMap<i64, InCommon>> {
        self.commit_waiting();
        let reader = self.reader()?;
        let rows = reader.rows()?;
        let mut found: HashMap<i64, InCommon> = HashMap::new();
        for (rowid, score) in self.alike(rows, words, lang)? {
            found.entry(rowid).or_default().words = score;
        }
        for tag in tags.iter().take(MOST_TAGS) {
            let sql = "SELECT article FROM tags WHERE tag = ?1 ORDER BY article DESC LIMIT ?2";
            for rowid in newest_with(rows, sql, tag)? {
                found.entry(rowid).or_default().tags.push(tag.clone());
            }
        }
        for author in authors.iter().take(MOST_AUTHORS) {
            let sql = "SELECT article FROM authors WHERE name = ?1 ORDER BY article DESC LIMIT ?2";
            for rowid in newest_with(rows, sql, author)? {
                found.entry(rowid).or_default().authors.push(author.clone());
            }
        }
        Ok(found)
    }

    /// How many articles have a tag, counted up to a bound.
    pub(crate) fn commonness(&self, tag: &str) -> Result<usize> {
        let reader = self.reader()?;
        let count: i64 = reader
            .rows()?
            .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM tags WHERE tag = ?1 LIMIT 5000)")?
            .query_row([tag], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// The articles whose words are most alike, by number and likeness. Words stand in the index behind the sign of
    /// their language, so an article is only like others of its own.
    fn alike(&self, rows: &Connection, words: &str, lang: Option<&Lang>) -> Result<Vec<(i64, f32)>> {
        let searcher = self.text.searcher_at(rows::generation(rows)?)?;
        let all = searcher.num_docs();
        if words.trim().is_empty() || all < 2 {
            return Ok(Vec::new());
        }
        let text = marked(StemLanguage::of(lang), words).into_owned();
        let field = self.text.fields.text;
        let query = MoreLikeThisQuery::builder()
            .with_min_doc_frequency(2)
            // What stands in a fifth of all articles tells nothing of what one is about.
            .with_max_doc_frequency((all / 5).max(8))
            .with_min_term_frequency(if words.len() > LONG { 2 } else { 1 })
            .with_max_query_terms(MOST_TERMS)
            // The sign of the language takes three bytes.
            .with_min_word_length(6)
            .with_boost_factor(1.0)
            .with_document_fields(vec![(field, vec![OwnedValue::Str(text)])]);
        let best = searcher.search(&query, &TopDocs::with_limit(MOST_ALIKE).order_by_score())?;
        let own = best.first().map_or(1.0, |(score, _)| *score).max(f32::EPSILON);
        let mut found = Vec::with_capacity(best.len());
        for (score, address) in best {
            let segment = searcher.segment_reader(address.segment_ord);
            let rowid = segment.fast_fields().u64("rowid")?.first(address.doc_id);
            if let Some(rowid) = rowid.and_then(|rowid| i64::try_from(rowid).ok()) {
                found.push((rowid, score / own));
            }
        }
        Ok(found)
    }
}

const MOST_TAGS: usize = 8;
const MOST_AUTHORS: usize = 3;
const MOST_OF_A_NAME: i64 = 30;
const MOST_ALIKE: usize = 40;
const MOST_TERMS: usize = 20;
/// Bytes beyond which a word that says something comes twice.
const LONG: usize = 3000;

fn newest_with(rows: &Connection, sql: &str, name: &str) -> Result<Vec<i64>> {
    let mut statement = rows.prepare_cached(sql)?;
    let found = statement.query_map(rusqlite::params![name, MOST_OF_A_NAME], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}
