//! Words that somebody vouched for: the writer’s, the desk’s, and the names of the library.

use std::collections::HashSet;

use super::words::plain;

/// Words that are right whatever the language.
#[derive(Debug, Clone, Default)]
pub struct OwnWords {
    words: HashSet<String>,
}

impl OwnWords {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds words, each as it is written: one in small letters may begin a sentence or stand in capitals, one with
    /// capitals has them wherever it stands.
    pub fn add<Text: AsRef<str>>(&mut self, words: impl IntoIterator<Item = Text>) {
        for word in words {
            let word = word.as_ref().trim();
            if !word.is_empty() {
                self.words.insert(plain(word));
            }
        }
    }

    /// Adds the words of names (“Leïla Ben Youssef”), and what they are with hyphens.
    pub fn add_names<Text: AsRef<str>>(&mut self, names: impl IntoIterator<Item = Text>) {
        for name in names {
            let letters = |character: char| !character.is_alphabetic() && !matches!(character, '-' | '\'' | '’');
            self.add(name.as_ref().split(letters).filter(|word| word.chars().count() > 1));
        }
    }

    /// Whether a word is among them, or the plural that an s makes of one that is no name; with `'` for apostrophes, in
    /// NFC.
    pub(super) fn has(&self, word: &str) -> bool {
        self.has_itself(word) || word.strip_suffix('s').is_some_and(|one| self.has_plural_of(one))
    }

    fn has_plural_of(&self, one: &str) -> bool {
        let takes_s = one.chars().count() > 2 && !one.ends_with(['s', 'x', 'z']);
        let small = one.to_lowercase();
        // Of a name nobody vouched for several.
        takes_s && (small == one || self.words.contains(&small)) && self.has_itself(one)
    }

    fn has_itself(&self, word: &str) -> bool {
        if self.words.contains(word) {
            return true;
        }
        let mut letters = word.chars();
        let Some(first) = letters.next().filter(|first| first.is_uppercase()) else {
            return false;
        };
        let begun: String = first.to_lowercase().chain(letters.clone()).collect();
        self.words.contains(&begun)
            || letters.all(|letter| !letter.is_lowercase()) && {
                let small = word.to_lowercase();
                self.words.contains(&small)
                    || self
                        .words
                        .iter()
                        .any(|known| known.len() == word.len() && known.to_lowercase() == small)
            }
    }

    /// All of them, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_kept_where_the_word_has_them() {
        let mut own = OwnWords::new();
        own.add(["hacktivisme", "Daech", "l’Édito"]);
        own.add_names(["Leïla Ben-Youssef"]);
        for right in [
            "hacktivisme",
            "Hacktivisme",
            "HACKTIVISME",
            "hacktivismes",
            "Hacktivismes",
            "Daech",
            "DAECH",
            "l'Édito",
            "Leïla",
            "Ben-Youssef",
        ] {
            assert!(own.has(right), "{right}");
        }
        for wrong in ["daech", "leïla", "Daechs", "hacktivismess", "s", ""] {
            assert!(!own.has(wrong), "{wrong}");
        }
    }
}
