//! The words that a desk spells as it does: `words` of `[dictionary]` in `edito.toml`, read and changed. No other byte
//! of the file changes.

use std::ops::Range;

use toml::de::DeTable;

use super::patch::{Statement, line_end_after, statements, string_length};
use super::{Config, Reader, quoted};
use crate::error::{Error, ErrorKind, Result};

/// The text of an `edito.toml` with one word more, behind those that it has.
///
/// # Errors
/// `Invalid` when the file can’t be changed without changing something else in it.
pub(crate) fn with_word(text: &str, word: &str) -> Result<String> {
    let before = Config::parse(text);
    let word = word.trim();
    if word.is_empty() || before.words.iter().any(|known| known == word) {
        return Ok(text.to_owned());
    }
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let value = quoted(word);
    let mut after = text.to_owned();
    match place(text) {
        Place::List(list) => {
            let elements = elements(text, list.clone());
            let (at, added) = match elements.last() {
                None => (list.start + 1, value),
                Some(last) => {
                    // On lines of their own, as the one before.
                    let line = text
                        .get(..last.value.start)
                        .and_then(|head| head.rfind('\n'))
                        .map_or(0, |end| end + 1);
                    let indent = text.get(line..last.value.start).unwrap_or_default();
                    let gap = if line > list.start && indent.trim().is_empty() {
                        format!("{line_end}{indent}")
                    } else {
                        " ".to_owned()
                    };
                    match last.comma {
                        Some(comma) => (comma + 1, format!("{gap}{value},")),
                        None => (last.value.end, format!(",{gap}{value}")),
                    }
                }
            };
            after.insert_str(at, &added);
        }
        Place::Table(at) => {
            let gap = if text.get(..at).is_some_and(|head| head.ends_with('\n')) {
                ""
            } else {
                line_end
            };
            after.insert_str(at, &format!("{gap}words = [{value}]{line_end}"));
        }
        Place::Nowhere => {
            let gap = match text {
                "" | "\u{feff}" => String::new(),
                text if text.ends_with('\n') => line_end.to_owned(),
                _ => line_end.repeat(2),
            };
            after.push_str(&format!("{gap}[dictionary]{line_end}words = [{value}]{line_end}"));
        }
    }
    let mut words = before.words.clone();
    words.push(word.to_owned());
    proved(before, words, after)
}

/// The text of an `edito.toml` without a word.
///
/// # Errors
/// As [`with_word`].
pub(crate) fn without_word(text: &str, word: &str) -> Result<String> {
    let before = Config::parse(text);
    let Place::List(list) = place(text) else {
        return Ok(text.to_owned());
    };
    let elements = elements(text, list);
    let written = |element: &Element| {
        let value = text.get(element.value.clone()).unwrap_or_default();
        let read = Config::parse(&format!("[dictionary]\nwords = [{value}]"));
        read.words.first().is_some_and(|read| read == word)
    };
    let mut after = text.to_owned();
    for (index, element) in elements.iter().enumerate().rev() {
        if !written(element) {
            continue;
        }
        let next = elements.get(index + 1);
        let before = index.checked_sub(1).and_then(|before| elements.get(before));
        let range = match (next, before) {
            // Up to the next one, so that this one stands where it stood.
            (Some(next), _) => element.value.start..next.value.start,
            (None, Some(before)) => before.value.end..element.value.end,
            (None, None) => element.value.start..element.comma.map_or(element.value.end, |comma| comma + 1),
        };
        after.replace_range(range, "");
    }
    let words = before.words.iter().filter(|known| *known != word).cloned().collect();
    proved(before, words, after)
}

impl Reader<'_> {
    /// `words` of the table `dictionary`.
    pub(super) fn words(&mut self, table: &DeTable<'_>) -> Vec<String> {
        let Some(value) = table.get("dictionary") else {
            return Vec::new();
        };
        let Some(entry) = value.get_ref().as_table() else {
            self.wrong(value, "dictionary", "a table");
            return Vec::new();
        };
        let mut words = self.strings(entry, "words");
        words.iter_mut().for_each(|word| *word = word.trim().to_owned());
        words.retain(|word| !word.is_empty());
        words
    }
}

/// Where the words stand, or could.
enum Place {
    /// The list, from its bracket to the other one.
    List(Range<usize>),
    /// The table is there without a list: behind this byte.
    Table(usize),
    Nowhere,
}

fn place(text: &str) -> Place {
    let mut within = false;
    let mut found = Place::Nowhere;
    for statement in statements(text) {
        match statement {
            Statement::Header(name, line) => {
                within = name == "[dictionary]";
                if within {
                    found = Place::Table(line.end);
                }
            }
            Statement::Entry(entry) if within && entry.key == "words" => return Place::List(entry.value),
            _ => {}
        }
    }
    found
}

struct Element {
    value: Range<usize>,
    comma: Option<usize>,
}

/// The elements of a list of strings.
fn elements(text: &str, list: Range<usize>) -> Vec<Element> {
    let mut found: Vec<Element> = Vec::new();
    let mut at = list.start + 1;
    while at < list.end {
        let rest = text.get(at..).unwrap_or_default();
        match rest.chars().next() {
            Some('"' | '\'') => {
                let end = at + string_length(rest);
                found.push(Element {
                    value: at..end,
                    comma: None,
                });
                at = end;
            }
            Some('#') => at = line_end_after(text, at),
            Some(',') => {
                if let Some(last) = found.last_mut() {
                    last.comma = last.comma.or(Some(at));
                }
                at += 1;
            }
            other => at += other.map_or(1, char::len_utf8),
        }
    }
    found
}

/// The text, if it says what was wanted and otherwise what it said before.
fn proved(before: Config, words: Vec<String>, after: String) -> Result<String> {
    let holds = Config::parse(&after);
    let wanted = Config {
        words,
        problems: holds.problems.clone(),
        ..before
    };
    if holds == wanted && toml::de::DeTable::parse(after.trim_start_matches('\u{feff}')).is_ok() {
        Ok(after)
    } else {
        Err(Error::new(
            ErrorKind::Invalid,
            "the words of the desk can’t be written into the file without changing something else in it".to_owned(),
        ))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_word_is_added_and_taken_away_and_nothing_else_changes() {
        let cases = [
            ("", "[dictionary]\nwords = [\"Daech\"]\n"),
            (
                "title = \"L’Estran\"",
                "title = \"L’Estran\"\n\n[dictionary]\nwords = [\"Daech\"]\n",
            ),
            (
                "[dictionary]\n\n[limits]\ntitle = 3\n",
                "[dictionary]\nwords = [\"Daech\"]\n\n[limits]\ntitle = 3\n",
            ),
            ("[dictionary]\nwords = []\n", "[dictionary]\nwords = [\"Daech\"]\n"),
            (
                "[dictionary]\r\nwords = [\"a, b\"] # ici\r\n",
                "[dictionary]\r\nwords = [\"a, b\", \"Daech\"] # ici\r\n",
            ),
            (
                "[dictionary]\nwords = [\n  'un', # le premier, \"vraiment\"\n  \"deux\" # sans virgule\n]\n",
                "[dictionary]\nwords = [\n  'un', # le premier, \"vraiment\"\n  \"deux\",\n  \"Daech\" # sans virgule\n]\n",
            ),
            (
                "[dictionary]\nwords = [\n\t\"un\",\n]\nfuture = 1\n",
                "[dictionary]\nwords = [\n\t\"un\",\n\t\"Daech\",\n]\nfuture = 1\n",
            ),
        ];
        for (before, wanted) in cases {
            let after = with_word(before, "Daech").unwrap();
            assert_eq!(after, wanted);
            assert_eq!(with_word(&after, "Daech").unwrap(), after);
            let back = without_word(&after, "Daech").unwrap();
            assert_eq!(Config::parse(&back).words, Config::parse(before).words);
            assert_eq!(with_word(&back, "Daech").unwrap(), after.as_str(), "{before:?}");
        }
    }

    #[test]
    fn what_can_not_be_changed_alone_stays() {
        for text in [
            "dictionary = { words = [\"un\"] }\n",
            "dictionary.words = [\"un\"]\n",
            "[dictionary\n",
        ] {
            assert!(with_word(text, "deux").is_err(), "{text}");
        }
        assert_eq!(with_word("title = \"A\"\n", "  ").unwrap(), "title = \"A\"\n");
        let strange = with_word("", "a\"b\\").unwrap();
        assert_eq!(Config::parse(&strange).words, ["a\"b\\"]);
    }
}
