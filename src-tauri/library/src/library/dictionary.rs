//! The words that the desk spells as it does, and the names that the library has.

use super::Library;
use crate::article::LibraryChanges;
use crate::config::dictionary::{with_word, without_word};
use crate::error::Result;

impl Library {
    /// The words that `edito.toml` vouches for.
    pub fn desk_words(&self) -> Vec<String> {
        self.settings().config.words.clone()
    }

    /// The names of those who sign, tags and sections: right wherever they are written.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn known_names(&self) -> Result<Vec<String>> {
        let settings = self.settings();
        let overview = self.index.overview(&settings.sections)?;
        let counted = overview
            .authors
            .iter()
            .chain(&overview.tags)
            .map(|one| one.name.clone());
        let desk = settings.config.authors.iter().map(|author| author.name.clone());
        Ok(counted.chain(desk).chain(settings.config.title.clone()).collect())
    }

    /// Writes a word into `edito.toml`, and no other byte of it.
    ///
    /// # Errors
    /// `Invalid` when the file can’t be changed without changing something else in it; else what writing fails with.
    pub fn add_desk_word(&self, word: &str) -> Result<LibraryChanges> {
        self.patch_settings(None, |text| with_word(text, word))
    }

    /// Takes a word out of `edito.toml`.
    ///
    /// # Errors
    /// As [`Library::add_desk_word`].
    pub fn remove_desk_word(&self, word: &str) -> Result<LibraryChanges> {
        self.patch_settings(None, |text| without_word(text, word))
    }
}
