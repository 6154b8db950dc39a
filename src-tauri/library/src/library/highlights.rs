//! Passages that the reader marked.

use super::Library;
use crate::error::{Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::index::lists::Affects;
use crate::index::lock;
use crate::journal::{Colour, Durability, Highlight, JournalEntry};
use edito_prose::fold::fold;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A passage to be marked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NewHighlight {
    /// The words; empty for a note about the whole article.
    pub quote: String,
    /// The words right before them.
    pub prefix: String,
    /// The words right after them.
    pub suffix: String,
    /// Where they stand in the plain text, in characters: a hint, the words decide.
    pub range: Option<(u32, u32)>,
    /// The colour.
    pub colour: Colour,
    /// What the reader noted.
    pub note: Option<String>,
    /// Tags of the passage.
    pub tags: Vec<String>,
    /// When it was made, if not now: milliseconds since 1970, UTC.
    pub made: Option<i64>,
}

/// The words of a passage, and where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Passage {
    /// The words.
    pub quote: String,
    /// The words right before them.
    pub prefix: String,
    /// The words right after them.
    pub suffix: String,
    /// Where they stand in the plain text, in characters.
    pub range: Option<(u32, u32)>,
}

/// What is to become of a marked passage; what is missing stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HighlightChange {
    /// Other words, with what stands around them and where: after the text has changed.
    pub passage: Option<Passage>,
    /// Another colour.
    pub colour: Option<Colour>,
    /// Another note; an empty one takes it away.
    pub note: Option<String>,
    /// Other tags.
    pub tags: Option<Vec<String>>,
}

/// Which marked passages to list, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HighlightQuery {
    /// Only those of this article.
    pub article: Option<ArticleId>,
    /// Only those of articles in this list.
    pub collection: Option<Uuid>,
    /// Only those made at this instant or later: milliseconds since 1970, UTC.
    pub since: Option<i64>,
    /// Only those made before this instant.
    pub before: Option<i64>,
    /// Only this colour.
    pub colour: Option<Colour>,
    /// Only those with this tag.
    pub tag: Option<String>,
    /// Only those with a note.
    pub noted: bool,
    /// Only those whose words or note have this in them, blind to case and accents.
    pub text: Option<String>,
}

/// A marked passage with its article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FoundHighlight {
    /// The article.
    pub article: ArticleId,
    /// Its title; none when the article is gone, whose passages are kept.
    pub title: Option<String>,
    /// The passage.
    pub highlight: Highlight,
}

/// Some consecutive marked passages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HighlightPage {
    /// How many there are altogether.
    pub total: usize,
    /// Those asked for.
    pub highlights: Vec<FoundHighlight>,
    /// The tags of all marked passages, whatever was asked, with how many have each; the most frequent first.
    pub tags: Vec<(String, usize)>,
}

impl Library {
    /// The passages marked in an article, in the order in which they were made.
    pub fn highlights(&self, id: &ArticleId) -> Vec<Highlight> {
        lock(&self.journal).highlights(id)
    }

    /// Marked passages of all articles, the newest first.
    ///
    /// # Errors
    /// `Corrupt` or `Io` when the index can't be read.
    pub fn all_highlights(&self, query: &HighlightQuery, offset: usize, limit: usize) -> Result<HighlightPage> {
        let text = query.text.as_deref().map(fold).filter(|text| !text.is_empty());
        let wanted = |highlight: &Highlight| {
            query.colour.is_none_or(|colour| colour == highlight.colour)
                && query.since.is_none_or(|since| highlight.made >= since)
                && query.before.is_none_or(|before| highlight.made < before)
                && query.tag.as_ref().is_none_or(|tag| highlight.tags.contains(tag))
                && (!query.noted || highlight.note.is_some())
                && text.as_ref().is_none_or(|text| {
                    fold(&highlight.quote).contains(text.as_str())
                        || highlight
                            .note
                            .as_ref()
                            .is_some_and(|note| fold(note).contains(text.as_str()))
                })
        };
        let mut found: Vec<(ArticleId, Highlight)> = Vec::new();
        let mut tags: HashMap<String, usize> = HashMap::new();
        let listed: Option<HashSet<ArticleId>> = query.collection.map(|id| {
            let found = self.collection(id).map(|collection| collection.articles);
            let articles = found.unwrap_or_default().into_iter();
            articles.map(|(article, _)| article).collect()
        });
        for (article, highlights) in lock(&self.journal).all_highlights() {
            for tag in highlights.iter().flat_map(|highlight| &highlight.tags) {
                *tags.entry(tag.clone()).or_default() += 1;
            }
            if query.article.as_ref().is_some_and(|only| *only != article)
                || listed.as_ref().is_some_and(|listed| !listed.contains(&article))
            {
                continue;
            }
            let wanted = highlights.into_iter().filter(wanted);
            found.extend(wanted.map(|highlight| (article.clone(), highlight)));
        }
        found.sort_by(|(_, left), (_, right)| right.made.cmp(&left.made).then_with(|| left.id.cmp(&right.id)));
        let mut page = HighlightPage {
            total: found.len(),
            highlights: Vec::new(),
            tags: tags.into_iter().collect(),
        };
        page.tags
            .sort_by(|(tag, many), (other, more)| more.cmp(many).then_with(|| tag.cmp(other)));
        for (article, highlight) in found.into_iter().skip(offset).take(limit) {
            page.highlights.push(FoundHighlight {
                title: self.row(&article)?.map(|row| row.title),
                article,
                highlight,
            });
        }
        Ok(page)
    }

    /// How many passages are marked in all articles.
    pub fn count_highlights(&self) -> usize {
        lock(&self.journal).count_highlights()
    }

    /// Marks a passage, and answers its identity.
    ///
    /// # Errors
    /// `Invalid` without words and note; else as [`Library::mark_read`].
    pub fn add_highlight(&self, id: &ArticleId, new: &NewHighlight) -> Result<Uuid> {
        let highlight = (self.environment.new_id)((self.environment.now)());
        let entry = entry(id, highlight, new)?;
        self.say_of_highlight(id, entry)?;
        Ok(highlight)
    }

    /// Changes a marked passage; one whose mark was taken away comes back.
    ///
    /// # Errors
    /// `NotFound` when there never was such a passage; else as [`Library::mark_read`].
    pub fn change_highlight(&self, id: &ArticleId, highlight: Uuid, change: &HighlightChange) -> Result<()> {
        self.expect_highlight(id, highlight)?;
        let mut entry = JournalEntry::new("highlight", Some(id)).with("highlight", highlight.to_string());
        if let Some(passage) = &change.passage {
            let Passage {
                quote,
                prefix,
                suffix,
                range,
            } = passage;
            entry = with_passage(entry, quote, prefix, suffix, *range);
        }
        if let Some(colour) = change.colour {
            entry = entry.with("colour", colour.word());
        }
        if let Some(note) = &change.note {
            let note = note.trim();
            entry = entry.with("note", if note.is_empty() { Value::Null } else { note.into() });
        }
        if let Some(tags) = &change.tags {
            entry = entry.with("tags", tags.as_slice());
        }
        self.say_of_highlight(id, entry)
    }

    /// Takes the mark of a passage away; [`Library::change_highlight`] brings it back.
    ///
    /// # Errors
    /// As [`Library::change_highlight`].
    pub fn remove_highlight(&self, id: &ArticleId, highlight: Uuid) -> Result<()> {
        self.expect_highlight(id, highlight)?;
        let entry = JournalEntry::new("highlight-removed", Some(id)).with("highlight", highlight.to_string());
        self.say_of_highlight(id, entry)
    }

    fn expect_highlight(&self, id: &ArticleId, highlight: Uuid) -> Result<()> {
        if lock(&self.journal).knows_highlight(id, highlight) {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::NotFound,
            format!("no passage {highlight} is marked"),
        ))
    }

    fn say_of_highlight(&self, id: &ArticleId, entry: JournalEntry) -> Result<()> {
        let about = |_: &ArticleId| vec![entry.clone()];
        self.say_all(std::slice::from_ref(id), about, Durability::Now, Affects::Nothing)
    }
}

/// The record that makes a passage.
pub(super) fn entry(article: &ArticleId, highlight: Uuid, new: &NewHighlight) -> Result<JournalEntry> {
    let note = new.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    if new.quote.trim().is_empty() && note.is_none() {
        return Err(Error::new(ErrorKind::Invalid, "nothing is marked and nothing noted"));
    }
    let mut entry = JournalEntry::new("highlight", Some(article)).with("highlight", highlight.to_string());
    entry = with_passage(entry, &new.quote, &new.prefix, &new.suffix, new.range);
    entry = entry.with("colour", new.colour.word());
    if let Some(note) = note {
        entry = entry.with("note", note);
    }
    if !new.tags.is_empty() {
        entry = entry.with("tags", new.tags.as_slice());
    }
    if let Some(made) = new.made.and_then(|made| Timestamp::from_millisecond(made).ok()) {
        entry = entry.with("made", format!("{made:.3}"));
    }
    Ok(entry)
}

fn with_passage(
    entry: JournalEntry,
    quote: &str,
    prefix: &str,
    suffix: &str,
    range: Option<(u32, u32)>,
) -> JournalEntry {
    let mut entry = entry.with("quote", quote);
    for (name, text) in [("prefix", prefix), ("suffix", suffix)] {
        if !text.is_empty() {
            entry = entry.with(name, text);
        }
    }
    match range {
        Some((start, end)) => entry.with("start", start).with("end", end),
        None => entry,
    }
}
