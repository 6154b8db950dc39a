//! What a text is before it is saved.

use super::Library;
use crate::article::Row;
use crate::error::Result;
use crate::identity::ArticleId;
use crate::index::facts;
use edito_prose::{ArticleDate, analyse};

impl Library {
    /// The row that an article has once this text of it is saved. What does not come from its file is as it is; nothing is
    /// written.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn row_of_text(&self, id: &ArticleId, text: &str) -> Result<Option<Row>> {
        let Some(mut row) = self.row(id)? else {
            return Ok(None);
        };
        let settings = self.settings();
        let found = analyse(text);
        let place = settings.sections.place(found.front.section.as_deref(), &row.path);
        row.title = facts::title(found.title, &row.path);
        row.standfirst = found.standfirst.filter(|standfirst| !standfirst.is_empty());
        row.teaser = found.teaser;
        row.authors = facts::bylines(found.front.authors, &settings.config);
        place.name().clone_into(&mut row.section_name);
        row.section = place.path;
        row.date = found
            .front
            .date
            .or_else(|| ArticleDate::from_path(&row.path))
            .map(|date| date.to_string());
        row.updated = found.front.updated.map(|date| date.to_string());
        row.lang = found.lang.map(|lang| lang.tag().to_owned());
        row.words = found.counts.words;
        row.signs = found.counts.signs;
        row.signs_without_spaces = found.counts.signs_without_spaces;
        row.reading_minutes = found.counts.reading_minutes;
        Ok(Some(row))
    }
}
