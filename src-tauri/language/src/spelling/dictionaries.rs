//! The dictionaries that Edito carries, each read when it is first needed.

use std::collections::HashMap;
use std::io::Read;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use edito_prose::Lang;
use flate2::read::GzDecoder;
use serde::{Deserialize, Serialize};
use spellbook::Dictionary;

use super::near::cost;
use super::own_words::OwnWords;
use super::suggest::suggestions;
use super::words::plain;

/// Which spelling of French is right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum French {
    /// The usual one and that of 1990.
    #[default]
    Both,
    /// The usual one.
    Classical,
    /// That of 1990 alone.
    Revised,
}

/// Which spelling of English is right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum English {
    /// Either of them.
    #[default]
    Both,
    /// That of Great Britain.
    Gb,
    /// That of the United States.
    Us,
}

/// The spellings that a writer has chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Variants {
    /// Of French.
    pub french: French,
    /// Of English.
    pub english: English,
}

/// A dictionary could not be read; its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken(pub &'static str);

/// The dictionaries, those in memory that are in use. A word of Edito’s own lists is in none of them; see
/// `Shelf::has`.
#[derive(Default)]
pub struct Dictionaries {
    open: [Mutex<Option<Arc<Dictionary>>>; NAMES.len()],
    rare: Mutex<Option<Arc<str>>>,
    known: Mutex<HashMap<&'static [usize], Known>>,
    near: Mutex<HashMap<&'static [usize], Known>>,
}

type Known = Arc<Mutex<HashMap<Box<str>, bool>>>;

/// In a shorter word two slips leave little of it.
const LONG: usize = 8;
/// In the measure of [`cost`].
const TWO_SLIPS: u32 = 200;

/// So many words are remembered; then it begins anew. Texts have few words that are different.
const MOST_KNOWN: usize = 30_000;

/// The dictionaries of one language, as they were chosen: a word is right that one of them has.
#[derive(Clone)]
pub(super) struct Shelf {
    pub(super) books: Vec<Arc<Dictionary>>,
    /// What was looked up before, and whether it is in the books.
    known: Known,
    /// What was asked for before, and whether a word of the books is near.
    near: Known,
    extra: &'static str,
    rare: Option<Arc<str>>,
}

impl Dictionaries {
    /// No dictionary in memory.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether texts in this language can be looked through.
    pub fn knows(lang: &Lang) -> bool {
        matches!(lang, Lang::Fr | Lang::En)
    }

    /// How many are in memory.
    pub fn in_memory(&self) -> usize {
        let held = |slot: &&Mutex<Option<_>>| lock(slot).is_some();
        self.open.iter().filter(held).count()
    }

    /// Takes all of them out of memory, once those who use them are done.
    pub fn close(&self) {
        for slot in &self.open {
            lock(slot).take();
        }
        lock(&self.rare).take();
        lock(&self.known).clear();
        lock(&self.near).clear();
    }

    /// The dictionaries of a language; `None` where Edito has none.
    pub(super) fn shelf(&self, lang: &Lang, variants: Variants) -> Result<Option<Shelf>, Broken> {
        let (wanted, extra): (&'static [usize], _) = match (lang, variants.french, variants.english) {
            (Lang::Fr, French::Classical, _) => (&[0], FRENCH_WORDS),
            (Lang::Fr, French::Revised, _) => (&[1], FRENCH_WORDS),
            (Lang::Fr, French::Both, _) => (&[0, 1], FRENCH_WORDS),
            (Lang::En, _, English::Gb) => (&[2], ENGLISH_WORDS),
            (Lang::En, _, English::Us) => (&[3], ENGLISH_WORDS),
            (Lang::En, _, English::Both) => (&[2, 3], ENGLISH_WORDS),
            _ => return Ok(None),
        };
        let books = wanted.iter().map(|number| self.book(*number));
        Ok(Some(Shelf {
            books: books.collect::<Result<_, _>>()?,
            known: lock(&self.known).entry(wanted).or_default().clone(),
            near: lock(&self.near).entry(wanted).or_default().clone(),
            extra,
            rare: (*lang == Lang::En).then(|| self.rare_words()).transpose()?,
        }))
    }

    fn rare_words(&self) -> Result<Arc<str>, Broken> {
        let mut held = lock(&self.rare);
        if let Some(words) = &*held {
            return Ok(words.clone());
        }
        let words = unpacked(ENGLISH_RARE).ok_or(Broken("en-more"))?;
        Ok(held.insert(words.into()).clone())
    }

    fn book(&self, number: usize) -> Result<Arc<Dictionary>, Broken> {
        let (Some(slot), Some((name, rules, words))) = (self.open.get(number), NAMES.get(number)) else {
            return Err(Broken(""));
        };
        // Whoever comes second waits for the first, and does not read it as well.
        let mut held = lock(slot);
        if let Some(book) = &*held {
            return Ok(book.clone());
        }
        let book = read(rules, words).ok_or(Broken(name))?;
        Ok(held.insert(Arc::new(book)).clone())
    }
}

impl Shelf {
    /// Whether a word is spelled rightly; with `'` for apostrophes, in NFC.
    pub(super) fn has(&self, word: &str) -> bool {
        self.has_usual(word) || self.rare.as_ref().is_some_and(|rare| has_line(rare, word))
    }

    /// Whether a word that is spelled rightly is none of the rare ones: what is near to a rare word alone is no slip of it.
    pub(super) fn has_usual(&self, word: &str) -> bool {
        if let Some(known) = lock(&self.known).get(word) {
            return *known;
        }
        let has = self.books.iter().any(|book| book.check(word)) || has_line(self.extra, word);
        let mut known = lock(&self.known);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(word.into(), has);
        has
    }

    /// Whether a long word that is in no dictionary is two slips from one that is: « aprofondisement ». It takes as long as
    /// suggestions do, once.
    pub(super) fn is_near(&self, word: &str, lang: &Lang) -> bool {
        if word.chars().count() < LONG {
            return false;
        }
        if let Some(known) = lock(&self.near).get(word) {
            return *known;
        }
        let offered = suggestions(word, lang, self, &OwnWords::new());
        let near = offered
            .iter()
            .any(|one| !one.contains([' ', '-']) && cost(word, &plain(one)) <= TWO_SLIPS);
        let mut known = lock(&self.near);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(word.into(), near);
        near
    }

    /// The same without remembering it: of the words that slips could lead to, few are asked for twice.
    pub(super) fn has_slip(&self, word: &str) -> bool {
        self.books.iter().any(|book| book.check(word)) || has_line(self.extra, word)
    }
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

type Named = (&'static str, &'static [u8], &'static [u8]);

macro_rules! book {
    ($name:literal) => {
        (
            $name,
            include_bytes!(concat!("../../dictionaries/", $name, ".aff.gz")),
            include_bytes!(concat!("../../dictionaries/", $name, ".dic.gz")),
        )
    };
}

const NAMES: [Named; 4] = [
    book!("fr-classical"),
    book!("fr-revised"),
    book!("en-gb"),
    book!("en-us"),
];

const FRENCH_WORDS: &str = include_str!("../../dictionaries/words-fr.txt");
const ENGLISH_WORDS: &str = include_str!("../../dictionaries/words-en.txt");
/// One a line, in the order of their bytes; see the README beside it.
const ENGLISH_RARE: &[u8] = include_bytes!("../../dictionaries/en-more.txt.gz");

fn unpacked(bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).ok()?;
    Some(text)
}

fn read(rules: &[u8], words: &[u8]) -> Option<Dictionary> {
    Dictionary::new(&unpacked(rules)?, &unpacked(words)?).ok()
}

/// Whether a list in the order of its bytes has a word; beginning a sentence, too.
fn has_line(list: &str, word: &str) -> bool {
    let has = |word: &str| {
        let bytes = list.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start = list
                .get(..middle)
                .and_then(|before| before.rfind('\n'))
                .map_or(0, |end| end + 1);
            // The middle may stand within a character.
            let start = if list.is_char_boundary(middle) {
                start
            } else {
                bytes
                    .iter()
                    .take(middle)
                    .rposition(|byte| *byte == b'\n')
                    .map_or(0, |end| end + 1)
            };
            let line = list.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
            match line.cmp(word) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => low = start + line.len() + 1,
                std::cmp::Ordering::Greater => high = start,
            }
        }
        false
    };
    has(word) || word.starts_with(char::is_uppercase) && has(&word.to_lowercase())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn each_dictionary_is_read_when_it_is_asked_for_and_put_away() {
        let dictionaries = Dictionaries::new();
        assert_eq!(dictionaries.in_memory(), 0);
        let variants = Variants {
            french: French::Classical,
            english: English::Us,
        };
        let french = dictionaries.shelf(&Lang::Fr, variants).unwrap().unwrap();
        assert_eq!(dictionaries.in_memory(), 1);
        assert!(french.has("maison") && !french.has("colour"));
        let english = dictionaries.shelf(&Lang::En, variants).unwrap().unwrap();
        assert!(english.has("color") && !english.has("colour"));
        assert!(dictionaries.shelf(&Lang::Ar, variants).unwrap().is_none());
        dictionaries.close();
        assert_eq!(dictionaries.in_memory(), 0);
    }

    #[test]
    fn own_lists_are_in_order_and_hold_nothing_that_a_dictionary_has() {
        let dictionaries = Dictionaries::new();
        for (list, lang) in [(FRENCH_WORDS, Lang::Fr), (ENGLISH_WORDS, Lang::En)] {
            let shelf = dictionaries.shelf(&lang, Variants::default()).unwrap().unwrap();
            let lines: Vec<&str> = list.lines().collect();
            assert!(lines.is_sorted(), "{lang}");
            assert!(lines.iter().all(|line| has_line(list, line)), "{lang}");
            let known = |line: &&&str| shelf.books.iter().any(|book| book.check(line));
            let known: Vec<_> = lines.iter().filter(known).collect();
            assert!(known.is_empty(), "{known:?} are known already");
            assert!(!has_line(list, "zzz") && !has_line(list, "") && !has_line(list, "é"));
        }
        let rare = dictionaries.rare_words().unwrap();
        assert!(rare.lines().collect::<Vec<_>>().is_sorted() && has_line(&rare, "filmmaking"));
    }
}
