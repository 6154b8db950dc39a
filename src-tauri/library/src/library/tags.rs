//! Tags that a reader gives, beside those that a file has.

use super::Library;
use crate::article::ListQuery;
use crate::error::{Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::index::lists::Affects;
use crate::journal::{Durability, JournalEntry};
use edito_prose::{Field, FieldValue, frontmatter};

/// What renaming a tag everywhere did.
#[derive(Debug, Default)]
pub struct RenamedTag {
    /// Articles that a reader had given the tag, now renamed in the journal.
    pub said: Vec<ArticleId>,
    /// Articles whose files had the tag, now renamed in their front matter.
    pub files: Vec<ArticleId>,
    /// Why some files keep the former tag; each error names its file by its path within the library.
    pub failed: Vec<Error>,
}

impl Library {
    /// Gives articles a tag of the reader's own. Their files stay as they are.
    ///
    /// # Errors
    /// `Invalid` for a tag without a letter; else as [`Library::mark_read`].
    pub fn tag(&self, ids: &[ArticleId], tag: &str) -> Result<()> {
        self.say_tag(ids, &cleaned(tag)?, true)
    }

    /// Takes a tag of the reader's own away, and answers the articles that keep it all the same,
    /// because their files have it.
    ///
    /// # Errors
    /// As [`Library::tag`].
    pub fn untag(&self, ids: &[ArticleId], tag: &str) -> Result<Vec<ArticleId>> {
        let tag = cleaned(tag)?;
        self.say_tag(ids, &tag, false)?;
        let mut kept = Vec::new();
        for id in ids {
            if self.row(id)?.is_some_and(|row| row.tags.contains(&tag)) {
                kept.push(id.clone());
            }
        }
        Ok(kept)
    }

    /// Renames a tag everywhere: the reader's own in the journal, those of files in their front
    /// matter, one file after the other. What could not be written is told.
    ///
    /// # Errors
    /// As [`Library::tag`].
    pub fn rename_tag(&self, from: &str, to: &str) -> Result<RenamedTag> {
        let (from, to) = (cleaned(from)?, cleaned(to)?);
        let mut renamed = RenamedTag::default();
        if from == to {
            return Ok(renamed);
        }
        let query = ListQuery {
            tag: Some(from.clone()),
            ..ListQuery::default()
        };
        let rows = self.list(&query, 0, usize::MAX)?.rows;
        renamed.said = rows
            .iter()
            .filter(|row| row.own_tags.contains(&from))
            .map(|row| row.id.clone())
            .collect();
        let about = |id: &ArticleId| vec![entry(id, &to, true), entry(id, &from, false)];
        self.say_all(&renamed.said, about, Durability::Now, Affects::Tags)?;
        self.rewrite_stale();
        for row in rows {
            match self.rename_in_file(&row.id, &from, &to) {
                Ok(true) => renamed.files.push(row.id),
                Ok(false) => {}
                Err(mut error) => {
                    error.path = Some(row.path.into());
                    renamed.failed.push(error);
                }
            }
        }
        Ok(renamed)
    }

    fn say_tag(&self, ids: &[ArticleId], tag: &str, on: bool) -> Result<()> {
        self.say(ids, |id| entry(id, tag, on), Durability::Now, Affects::Tags)?;
        self.rewrite_stale();
        Ok(())
    }

    fn rename_in_file(&self, id: &ArticleId, from: &str, to: &str) -> Result<bool> {
        let text = self.read_text(id)?;
        let before = frontmatter::read(&text.text).tags;
        if !before.iter().any(|tag| tag == from) {
            return Ok(false);
        }
        if text.read_only.is_some() {
            return Err(Error::new(ErrorKind::ReadOnly, "the file is read-only"));
        }
        let mut tags: Vec<String> = Vec::with_capacity(before.len());
        for tag in before {
            let tag = if tag == from { to.to_owned() } else { tag };
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        self.set_field(id, Field::Tags, &FieldValue::List(tags), &text.hash)?;
        Ok(true)
    }
}

fn entry(id: &ArticleId, tag: &str, on: bool) -> JournalEntry {
    JournalEntry::new("tag", Some(id)).with("tag", tag).with("on", on)
}

/// A tag as it is kept: without the number sign and the spaces around it.
pub(super) fn cleaned(tag: &str) -> Result<String> {
    let words: Vec<&str> = tag
        .trim()
        .trim_start_matches('#')
        .split(|it: char| it.is_ascii_whitespace() || it.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let tag = words.join(" ");
    // A sign alone, such as an emoji, is a tag; punctuation is none.
    let says_something = |it: char| !it.is_ascii_punctuation() && !it.is_whitespace();
    if tag.chars().any(says_something) && tag.len() <= 256 {
        Ok(tag)
    } else {
        Err(Error::new(
            ErrorKind::Invalid,
            "a tag has letters, at most 256 bytes of them",
        ))
    }
}
