//! Articles that one may read next: by author, tag, section, link and words.

use super::Library;
use crate::article::Row;
use crate::error::Result;
use crate::identity::ArticleId;
use crate::index::related::InCommon;
use crate::index::rows;
use edito_prose::{Lang, LinkKind, analyse};
use rusqlite::OptionalExtension;
use std::collections::HashMap;

use super::links::conflict_original;

/// An article that goes with another.
#[derive(Clone, Debug, PartialEq)]
pub struct RelatedPiece {
    /// The article.
    pub row: Row,
    /// Why, the strongest reason first; at most two.
    pub because: Vec<Related>,
}

/// Why an article goes with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Related {
    /// The article links to it.
    LinkedTo,
    /// It links to the article.
    LinkedFrom,
    /// The same person signs both.
    Author(String),
    /// Both have this tag.
    Tag(String),
    /// Both are in this section.
    Section(String),
    /// They speak of the same things.
    Words,
}

impl Library {
    /// The articles that go best with one, at most `most`: without itself, its translations, drafts, and copies that
    /// sync programs made.
    ///
    /// # Errors
    /// `NotFound`; else as [`Library::overview`].
    pub fn related(&self, id: &ArticleId, most: usize) -> Result<Vec<RelatedPiece>> {
        let text = self.read_text(id)?.text;
        let Some(own) = self.row(id)? else {
            return Ok(Vec::new());
        };
        let analysis = analyse(&text);
        let lang = own.lang.as_deref().map(Lang::from_tag);
        let names: Vec<String> = own.authors.iter().map(|author| author.name.clone()).collect();
        let words = own.title.clone() + "\n" + &beginning(&analysis.plain, MOST_BYTES);
        let found = self.index.in_common(&words, lang.as_ref(), &own.tags, &names)?;
        let targets = analysis
            .links
            .iter()
            .filter(|link| matches!(link.kind, LinkKind::Wiki | LinkKind::Relative))
            .take(MOST_LINKS);
        let linked: Vec<ArticleId> = targets.filter_map(|link| self.resolve_link(id, &link.target)).collect();
        let translations: Vec<ArticleId> = self.translations(id)?.into_iter().map(|row| row.id).collect();

        let mut rare: HashMap<String, f32> = HashMap::new();
        for tag in &own.tags {
            rare.insert(tag.clone(), rarity(self.index.commonness(tag)?));
        }
        let mut scored: Vec<Scored> = Vec::new();
        for (row, common) in self.candidates(found, &linked)? {
            if row.id == *id || translations.contains(&row.id) || conflict_original(&row.path).is_some() {
                continue;
            }
            let reasons = reasons(&own, &row, &common, linked.contains(&row.id), &rare);
            scored.push((total(&own, &row, &reasons), row, reasons));
        }
        sort(&mut scored);
        // Whether one of the best links back is told by its file.
        let best = scored.len().min(MOST_READ);
        for (score, row, reasons) in scored.iter_mut().take(best) {
            if self.links_to(row, id)? {
                reasons.push((BACK, Related::LinkedFrom));
                *score += BACK;
            }
        }
        sort(&mut scored);
        self.best_of(id, scored, most)
    }

    /// The rows of what was found, without drafts.
    fn candidates(&self, found: HashMap<i64, InCommon>, linked: &[ArticleId]) -> Result<Vec<(Row, InCommon)>> {
        let reader = self.index.reader()?;
        let rows = reader.rows()?;
        let mut all = found;
        for id in linked {
            if let Some(known) = rows::known_by_id(rows, id.as_str())? {
                all.entry(known.rowid).or_default();
            }
        }
        let mut candidates = Vec::with_capacity(all.len());
        let mut statement = rows.prepare_cached("SELECT draft FROM articles WHERE rowid = ?1")?;
        for (rowid, common) in all {
            // One that has gone since is no draft, and no row either.
            if statement.query_row([rowid], |row| row.get(0)).optional()? == Some(true) {
                continue;
            }
            candidates.extend(rows::row(rows, rowid)?.map(|row| (row, common)));
        }
        Ok(candidates)
    }

    fn links_to(&self, row: &Row, id: &ArticleId) -> Result<bool> {
        if row.size > LONGEST_READ {
            return Ok(false);
        }
        let Ok(text) = self.read_text(&row.id) else {
            return Ok(false);
        };
        if !text.text.contains("](") && !text.text.contains("[[") {
            return Ok(false);
        }
        let links = analyse(&text.text).links;
        let mut targets = links
            .iter()
            .filter(|link| matches!(link.kind, LinkKind::Wiki | LinkKind::Relative))
            .take(MOST_LINKS);
        Ok(targets.any(|link| self.resolve_link(&row.id, &link.target).as_ref() == Some(id)))
    }

    /// The best, each piece in one language only.
    fn best_of(&self, id: &ArticleId, scored: Vec<Scored>, most: usize) -> Result<Vec<RelatedPiece>> {
        let mut pieces: Vec<RelatedPiece> = Vec::with_capacity(most);
        let mut same: Vec<ArticleId> = Vec::new();
        for (score, row, mut reasons) in scored {
            if pieces.len() == most || score < LEAST {
                break;
            }
            if same.contains(&row.id) {
                continue;
            }
            let others: Vec<ArticleId> = self.translations(&row.id)?.into_iter().map(|other| other.id).collect();
            if others.contains(id) {
                continue;
            }
            same.extend(others);
            reasons.sort_by(|left, right| right.0.total_cmp(&left.0));
            pieces.push(RelatedPiece {
                row,
                because: told(reasons),
            });
        }
        Ok(pieces)
    }
}

/// What speaks for an article in all, the article, and each reason with what it counts.
type Scored = (f32, Row, Vec<(f32, Related)>);

// What each thing in common counts.
const LINK: f32 = 2.5;
const BACK: f32 = 2.0;
const AUTHOR: f32 = 1.0;
const SECTION: f32 = 0.5;
const WORDS: f32 = 4.0;
/// An article in another language than the one being read.
const OTHER_LANGUAGE: f32 = 0.7;
/// Less than this is no reason: a section alone, say.
const LEAST: f32 = 0.6;
/// Words less alike than this are not told as a reason.
const ALIKE: f32 = 0.15;
/// The beginning of an article tells what it is about.
const MOST_BYTES: usize = 12_000;
const MOST_LINKS: usize = 60;
/// Of so many of the best the file is read.
const MOST_READ: usize = 10;
/// A longer file, in bytes, is not read for a link.
const LONGEST_READ: u64 = 1024 * 1024;

fn reasons(own: &Row, row: &Row, common: &InCommon, linked: bool, rare: &HashMap<String, f32>) -> Vec<(f32, Related)> {
    let mut reasons = Vec::new();
    if linked {
        reasons.push((LINK, Related::LinkedTo));
    }
    for author in &common.authors {
        reasons.push((AUTHOR, Related::Author(author.clone())));
    }
    for tag in &common.tags {
        reasons.push((rare.get(tag).copied().unwrap_or_default(), Related::Tag(tag.clone())));
    }
    if row.section == own.section && !own.section.is_empty() {
        reasons.push((SECTION, Related::Section(row.section_name.clone())));
    }
    if common.words > 0.0 {
        reasons.push((common.words * WORDS, Related::Words));
    }
    reasons
}

fn total(own: &Row, row: &Row, reasons: &[(f32, Related)]) -> f32 {
    let sum: f32 = reasons.iter().map(|(score, _)| score).sum();
    if row.lang == own.lang {
        sum
    } else {
        sum * OTHER_LANGUAGE
    }
}

/// What a shared tag counts: from 1.4 for one that only these two have to next to nothing for one that thousands have.
fn rarity(articles: usize) -> f32 {
    let articles = u16::try_from(articles.max(2)).map_or(f32::from(u16::MAX), f32::from);
    (2.0 / articles.log2().max(1.0)).min(1.4)
}

fn sort(scored: &mut [Scored]) {
    scored.sort_by(|left, right| {
        right
            .0
            .total_cmp(&left.0)
            .then_with(|| right.1.date.cmp(&left.1.date))
            .then_with(|| left.1.path.cmp(&right.1.path))
    });
}

fn beginning(text: &str, most: usize) -> String {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default().to_owned()
}

/// The strongest two; that words are alike is told where they are, or where there is nothing else to tell.
fn told(reasons: Vec<(f32, Related)>) -> Vec<Related> {
    let strong = |(score, reason): &(f32, Related)| *reason != Related::Words || *score >= ALIKE * WORDS;
    let alone = !reasons.iter().any(strong);
    reasons
        .into_iter()
        .filter(|one| alone || strong(one))
        .map(|(_, reason)| reason)
        .take(2)
        .collect()
}
