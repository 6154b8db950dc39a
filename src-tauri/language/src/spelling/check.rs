//! Looking through a passage.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use edito_prose::language::head;
use edito_prose::{Lang, Passage, words_of_code};

use super::RULE;
use super::affixes::{elided, is_made_of};
use super::dictionaries::{Broken, Dictionaries, Shelf, Variants};
use super::foreign::{Known, is_foreign, is_in_a_row, is_own_with_slips, set_apart};
use super::near::{is_accentless_name, slips_to, wants_accent};
use super::own_words::OwnWords;
use super::suggest::suggestions;
use super::words::{Word, is_capitalised, words};
use crate::{Advice, Kind};

/// Looks through passages with the dictionaries and words that hold now. What it found out of a word it keeps, so one is
/// good for all passages of a text.
pub struct Speller<'a> {
    dictionaries: &'a Dictionaries,
    variants: Variants,
    own: &'a OwnWords,
    /// The text that the passages are of, where it is known whole.
    piece: &'a str,
    right: RefCell<HashMap<(bool, String), bool>>,
    slips: RefCell<HashMap<(bool, String), bool>>,
    terms: RefCell<HashMap<(bool, String), bool>>,
    /// How many terms are found out yet.
    terms_left: Cell<usize>,
    counts: OnceCell<HashMap<&'a str, Count>>,
    code: OnceCell<HashSet<String>>,
}

impl<'a> Speller<'a> {
    /// One for the spellings chosen and the words vouched for.
    pub fn new(dictionaries: &'a Dictionaries, variants: Variants, own: &'a OwnWords) -> Self {
        Self {
            dictionaries,
            variants,
            own,
            piece: "",
            right: RefCell::default(),
            slips: RefCell::default(),
            terms: RefCell::default(),
            terms_left: Cell::new(MOST_TERMS),
            counts: OnceCell::new(),
            code: OnceCell::new(),
        }
    }

    /// The same for passages of a piece: a word that stands in its code, too, is one of its terms, and so is one that is
    /// near to no other and comes back again and again.
    #[must_use]
    pub fn of_piece(self, piece: &'a str) -> Self {
        Self {
            piece,
            terms: RefCell::default(),
            terms_left: Cell::new(MOST_TERMS),
            counts: OnceCell::new(),
            code: OnceCell::new(),
            ..self
        }
    }

    /// The words of a passage that nobody knows. `source` is the text that the passage is of. Nothing is offered in
    /// their place, for that takes long: see [`Speller::suggest`].
    ///
    /// # Errors
    /// When a dictionary can’t be read.
    pub fn advise(&self, passage: &Passage, source: &str) -> Result<Vec<Advice>, Broken> {
        let Some(shelf) = self.dictionaries.shelf(&passage.lang, self.variants)? else {
            return Ok(Vec::new());
        };
        let words = words(&passage.text);
        let unknown: Vec<usize> = words
            .iter()
            .enumerate()
            .filter(|(_, word)| !word.passed_over && !self.is_right(&word.text, &passage.lang, &shelf))
            .map(|(index, _)| index)
            .collect();
        let looked_up = words.iter().filter(|word| !word.passed_over).count();
        if unknown.is_empty() {
            return Ok(Vec::new());
        }
        if is_another_language(unknown.len(), looked_up) {
            let texts = unknown.iter().filter_map(|index| words.get(*index));
            let is_slip = |word: &str| self.is_slip(word, false, &shelf);
            let all = words.iter().map(|word| word.text.as_str());
            if !is_own_with_slips(all, texts.map(|word| word.text.as_str()), &passage.lang, &is_slip) {
                return Ok(Vec::new());
            }
        }
        let page = Page::new(self, passage, source, &words, &shelf);
        let mut found = Vec::new();
        for index in unknown {
            let Some(word) = words.get(index) else { continue };
            let Some(range) = passage.source(word.range.clone()) else {
                continue;
            };
            if page.is_name(index, word)
                || page.is_elsewhere(index, word)
                || page.is_in_address(&range, word)
                || self.is_term(&word.text, &passage.lang, &shelf)
            {
                continue;
            }
            found.push(Advice {
                range,
                kind: Kind::Spelling,
                rule: RULE.to_owned(),
                fixes: Vec::new(),
                note: None,
            });
        }
        Ok(found)
    }

    /// Takes out of what rules of grammar and style said of a passage what they said of words of another language: within
    /// quotation marks or emphasis, where the passage’s own language does not know those words or not enough of those
    /// around them. Without a dictionary all stays.
    pub fn leave_foreign(&self, passage: &Passage, source: &str, said: &mut Vec<Advice>) {
        let is_usage = |advice: &Advice| matches!(advice.kind, Kind::Grammar | Kind::Style);
        if !said.iter().any(is_usage) {
            return;
        }
        let words = words(&passage.text);
        let parts = parts_apart(passage, source, &words);
        if parts.is_empty() {
            return;
        }
        let touched: Vec<(usize, Range<usize>)> = words
            .iter()
            .zip(covered(words.len(), parts.iter()))
            .enumerate()
            .filter(|(_, (_, within))| *within)
            .filter_map(|(index, (word, _))| Some((index, passage.source(word.range.clone())?)))
            .collect();
        let of = |advice: &Advice| -> Vec<usize> {
            let from = touched.partition_point(|(_, range)| range.end <= advice.range.start);
            let behind = touched.iter().skip(from);
            behind
                .take_while(|(_, range)| range.start < advice.range.end)
                .map(|(index, _)| *index)
                .collect()
        };
        if !said.iter().any(|advice| is_usage(advice) && !of(advice).is_empty()) {
            return;
        }
        let Ok(Some(shelf)) = self.dictionaries.shelf(&passage.lang, self.variants) else {
            return;
        };
        let page = Page::new(self, passage, source, &words, &shelf);
        said.retain(|advice| !is_usage(advice) || !of(advice).into_iter().any(|index| page.is_foreign_apart(index)));
    }

    /// What could stand in the place of a word, the likeliest first; it may take a tenth of a second.
    ///
    /// # Errors
    /// When a dictionary can’t be read.
    pub fn suggest(&self, word: &str, lang: &Lang) -> Result<Vec<String>, Broken> {
        let shelf = self.dictionaries.shelf(lang, self.variants)?;
        Ok(shelf.map_or_else(Vec::new, |shelf| suggestions(word, lang, &shelf, self.own)))
    }

    fn is_right(&self, word: &str, lang: &Lang, shelf: &Shelf) -> bool {
        let key = (*lang == Lang::Fr, word.to_owned());
        if let Some(known) = self.right.borrow().get(&key) {
            return *known;
        }
        let has = |word: &str| self.own.has(word) || shelf.has(word);
        let right = has(word) || is_made_of(word, lang, &has);
        self.right.borrow_mut().insert(key, right);
        right
    }

    /// Whether a word, or each unknown part of a compound, is a term of the piece.
    fn is_term(&self, word: &str, lang: &Lang, shelf: &Shelf) -> bool {
        let name = name_of(word);
        if name.contains('-') {
            let has = |part: &str| self.own.has(part) || shelf.has(part) || self.is_term(part, lang, shelf);
            return name.split('-').all(has);
        }
        let is_term = |one: &str| self.is_in_code(one) || self.is_returning(one, lang, shelf);
        is_term(name) || name.strip_suffix('s').is_some_and(is_term)
    }

    fn count(&self, word: &str) -> Count {
        let counts = self.counts.get_or_init(|| counts(self.piece));
        counts.get(word).copied().unwrap_or_default()
    }

    fn is_in_code(&self, word: &str) -> bool {
        let code = || words_of_code(self.piece);
        self.piece.contains('`') && self.code.get_or_init(code).contains(word)
    }

    /// Whether the piece comes back to a word that nothing is near to. Who spells a word wrongly by habit writes one that
    /// is near to the right one.
    fn is_returning(&self, word: &str, lang: &Lang, shelf: &Shelf) -> bool {
        if word.chars().count() < SHORTEST_TERM || self.count(word).all < OFTEN {
            return false;
        }
        let key = (*lang == Lang::Fr, word.to_owned());
        if let Some(known) = self.terms.borrow().get(&key) {
            return *known;
        }
        let Some(left) = self.terms_left.get().checked_sub(1) else {
            return false;
        };
        self.terms_left.set(left);
        let term = !self.is_slip(&word.to_lowercase(), false, shelf) && !shelf.is_near(word, lang);
        self.terms.borrow_mut().insert(key, term);
        term
    }

    /// Whether one slip of the pen leads to a word that fits.
    fn is_slip(&self, word: &str, of_name: bool, shelf: &Shelf) -> bool {
        let key = (of_name, word.to_owned());
        if let Some(known) = self.slips.borrow().get(&key) {
            return *known;
        }
        let fits = |one: &str| shelf.has_slip(one) && !(of_name && shelf.has(&one.to_lowercase()));
        let slip = slips_to(word, &fits);
        self.slips.borrow_mut().insert(key, slip);
        slip
    }
}

/// A passage in which some word is not known.
struct Page<'a, 's> {
    speller: &'a Speller<'s>,
    passage: &'a Passage,
    source: &'a str,
    words: &'a [Word],
    shelf: &'a Shelf,
    /// The other language that Edito has a dictionary of.
    other: OnceCell<Option<(Lang, Shelf)>>,
    /// For each word, what is set apart with it.
    apart: OnceCell<Vec<Apart>>,
    /// For each name, how often it stands here, and how often a sentence begins with its word.
    names: OnceCell<HashMap<&'a str, (usize, usize)>>,
}

/// What is known of a word by the part of the passage that is set apart with it.
#[derive(Debug, Clone, Copy, Default)]
struct Apart {
    /// It is in another language.
    foreign: bool,
    /// It is this word.
    alone: bool,
}

impl<'a, 's> Page<'a, 's> {
    fn new(
        speller: &'a Speller<'s>,
        passage: &'a Passage,
        source: &'a str,
        words: &'a [Word],
        shelf: &'a Shelf,
    ) -> Self {
        Self {
            speller,
            passage,
            source,
            words,
            shelf,
            other: OnceCell::new(),
            apart: OnceCell::new(),
            names: OnceCell::new(),
        }
    }

    fn known(&self, index: usize) -> Known {
        let Some(word) = self.words.get(index) else {
            return Known::default();
        };
        let (lang, speller) = (&self.passage.lang, self.speller);
        Known {
            own: speller.is_right(&word.text, lang, self.shelf),
            other: self
                .other()
                .is_some_and(|(lang, shelf)| speller.is_right(&word.text, lang, shelf)),
        }
    }

    /// Read when a word asks for it. One that can’t be read knows nothing.
    fn other(&self) -> Option<&(Lang, Shelf)> {
        self.other
            .get_or_init(|| {
                let lang = if self.passage.lang == Lang::Fr {
                    Lang::En
                } else {
                    Lang::Fr
                };
                let (dictionaries, variants) = (self.speller.dictionaries, self.speller.variants);
                let shelf = dictionaries.shelf(&lang, variants).ok().flatten()?;
                Some((lang, shelf))
            })
            .as_ref()
    }

    /// Whether a word is of another language, by what it stands in.
    fn is_elsewhere(&self, index: usize, word: &Word) -> bool {
        let apart = self.apart(index);
        // A single word that is set apart and no slip of any word is meant as it is.
        apart.foreign
            || apart.alone && !self.speller.is_slip(&word.text.to_lowercase(), false, self.shelf)
            || is_in_a_row(
                index,
                self.words,
                &self.passage.lang,
                &|index| self.known(index),
                &|word| self.speller.is_slip(word, false, self.shelf),
            )
    }

    /// Whether a word that is set apart is of another language, by itself or by the words around it.
    fn is_foreign_apart(&self, index: usize) -> bool {
        let passed_over = self.words.get(index).is_none_or(|word| word.passed_over);
        self.apart(index).foreign || !passed_over && !self.known(index).own
    }

    fn apart(&self, index: usize) -> Apart {
        let all = self.apart.get_or_init(|| self.parts());
        all.get(index).copied().unwrap_or_default()
    }

    /// What is set apart may be nested as deep as one likes: each word is looked up once, each part by its sums.
    fn parts(&self) -> Vec<Apart> {
        let parts = parts_apart(self.passage, self.source, self.words);
        let within = covered(self.words.len(), parts.iter());
        // How many words up to each are looked up, of the own language, of the other one.
        let mut sums = vec![(0, 0, 0)];
        let mut sum = (0, 0, 0);
        for (index, (word, within)) in self.words.iter().zip(&within).enumerate() {
            if *within && !word.passed_over {
                let known = self.known(index);
                sum.0 += 1;
                sum.1 += usize::from(known.own);
                sum.2 += usize::from(known.other);
            }
            sums.push(sum);
        }
        let counts = |part: &Range<usize>| {
            let (from, to) = (sums.get(part.start)?, sums.get(part.end)?);
            Some((to.0 - from.0, to.1 - from.1, to.2 - from.2))
        };
        let foreign = covered(
            self.words.len(),
            parts
                .iter()
                .filter(|part| counts(part).is_some_and(|(all, own, other)| is_foreign(all, own, other))),
        );
        let single = covered(
            self.words.len(),
            parts
                .iter()
                .filter(|part| counts(part).is_some_and(|(all, ..)| all == 1)),
        );
        foreign
            .into_iter()
            .zip(single)
            .map(|(foreign, alone)| Apart { foreign, alone })
            .collect()
    }

    /// Whether a word is taken for the name of someone or something.
    fn is_name(&self, index: usize, word: &Word) -> bool {
        let text = name_of(&word.text);
        if self.is_of_name(index, text) {
            return true;
        }
        if !is_capitalised(text) {
            return false;
        }
        let count = text.chars().count();
        let begins = word.begins && word.text.starts_with(text);
        // Of a compound with a capital in it: « Saint-Orain », “Ben-Youssef”.
        if is_accentless_name(text) || self.is_beside_name(index) || text.split('-').skip(1).any(is_capitalised) {
            return true;
        }
        // « Etat », « Ecole »: however short.
        if wants_accent(text, &|one| self.shelf.has(one)) {
            return false;
        }
        // What is a name elsewhere in the passage is one here; a name that comes back is written as it is.
        let names = self.names.get_or_init(|| {
            let mut names: HashMap<&str, (usize, usize)> = HashMap::new();
            for word in self.words {
                let (all, begun) = names.entry(name_of(&word.text)).or_default();
                *all += 1;
                *begun += usize::from(word.begins);
            }
            names
        });
        let (all, begun) = names.get(text).copied().unwrap_or_default();
        let others = if begins { begun } else { 1 };
        if all > others || self.speller.count(text).within > 1 {
            return true;
        }
        if !begins {
            return count < LONG_ENOUGH || !self.speller.is_slip(text, true, self.shelf);
        }
        count < SURE || !self.speller.is_slip(&text.to_lowercase(), false, self.shelf)
    }

    /// Whether a word in small letters belongs to the name behind it: “Bill de Blasio”, « Omar al-Bachir ».
    fn is_of_name(&self, index: usize, text: &str) -> bool {
        if let Some((article, name)) = text.split_once('-') {
            return ARTICLES.contains(&article) && is_capitalised(name);
        }
        let (Some(word), Some(next)) = (self.words.get(index), self.words.get(index + 1)) else {
            return false;
        };
        let between = self
            .passage
            .text
            .get(word.range.end..next.range.start)
            .unwrap_or_default();
        PARTICLES.contains(&text) && between.chars().all(char::is_whitespace) && is_capitalised(&next.text)
    }

    /// Whether the address of the link that a word stands in has it: the name of an account, of a program.
    fn is_in_address(&self, range: &std::ops::Range<usize>, word: &Word) -> bool {
        let behind = self.source.get(range.end..).unwrap_or_default();
        let near = head(behind, LONGEST_LINK + 2);
        let near = near.split('\n').next().unwrap_or_default();
        let Some((words, _)) = near.split_once("](") else {
            return false;
        };
        if words.contains(['[', ']']) {
            return false;
        }
        let rest = behind.get(words.len() + 2..).unwrap_or_default();
        let address = rest.split([')', ' ', '\n']).next().unwrap_or_default().to_lowercase();
        let word = word.text.to_lowercase();
        let name = name_of(&word);
        address
            .split(|letter: char| !letter.is_alphanumeric() && letter != '-')
            .any(|part| part == name)
    }

    /// Whether a neighbour has a capital for no other reason than being a name, too.
    fn is_beside_name(&self, index: usize) -> bool {
        let beside = |one: usize, next: usize| {
            let (Some(one), Some(next)) = (self.words.get(one), self.words.get(next)) else {
                return false;
            };
            let between = self.passage.text.get(one.range.end..next.range.start);
            between.is_some_and(|between| between.chars().all(|it| it.is_whitespace() || it == '.'))
                && !next.begins_anew(between.unwrap_or_default())
        };
        let capital = |at: usize| {
            let named = |word: &Word| word.text.starts_with(char::is_uppercase) || self.is_of_name(at, &word.text);
            self.words.get(at).is_some_and(named)
        };
        let before = index
            .checked_sub(1)
            .is_some_and(|before| capital(before) && beside(before, index) && !self.is_small_word(before));
        before || capital(index + 1) && beside(index, index + 1)
    }

    /// Whether a word has its capital from the sentence that it begins.
    fn is_small_word(&self, index: usize) -> bool {
        self.words.get(index).is_some_and(|word| {
            word.begins && word.text.chars().count() > 1 && self.shelf.has(&word.text.to_lowercase())
        })
    }
}

/// What is set apart, by the numbers of its words.
fn parts_apart(passage: &Passage, source: &str, words: &[Word]) -> Vec<Range<usize>> {
    let place = |at: usize| words.partition_point(|word| word.range.start < at);
    set_apart(passage, source)
        .into_iter()
        .map(|range| place(range.start)..place(range.end))
        .filter(|part| !part.is_empty())
        .collect()
}

/// For each of so many words, whether one of the parts has it.
fn covered<'p>(words: usize, parts: impl Iterator<Item = &'p Range<usize>>) -> Vec<bool> {
    let mut changes = vec![0isize; words + 1];
    for part in parts {
        if let Some(change) = changes.get_mut(part.start) {
            *change += 1;
        }
        if let Some(change) = changes.get_mut(part.end) {
            *change -= 1;
        }
    }
    let mut depth = 0;
    changes
        .into_iter()
        .take(words)
        .map(|change| {
            depth += change;
            depth > 0
        })
        .collect()
}

/// What stands before family names.
const PARTICLES: &[&str] = &[
    "abu", "al", "ap", "ben", "bin", "bint", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos", "du",
    "el", "ibn", "la", "le", "ould", "ten", "ter", "van", "von", "y", "zu",
];
/// What stands before Arabic names, with a hyphen.
const ARTICLES: &[&str] = &["ad", "adh", "al", "an", "ar", "as", "ash", "at", "az", "el", "es", "ul"];

/// How often a piece has a word.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    all: usize,
    /// With nothing but a small letter or a comma before it: its capital, if it has one, is its own.
    within: usize,
}

/// The words of a text, as they are written: runs of letters and figures. Those of code and of addresses count.
fn counts(text: &str) -> HashMap<&str, Count> {
    let mut counts: HashMap<&str, Count> = HashMap::new();
    let mut letters = text.char_indices().peekable();
    // The two characters before a word.
    let mut before = ['\n'; 2];
    while let Some((start, first)) = letters.next() {
        if !first.is_alphanumeric() {
            before = [before[1], first];
            continue;
        }
        let mut last = first;
        let mut end = start + first.len_utf8();
        while let Some((at, next)) = letters.next_if(|(_, next)| next.is_alphanumeric()) {
            end = at + next.len_utf8();
            last = next;
        }
        let count = counts.entry(text.get(start..end).unwrap_or_default()).or_default();
        count.all += 1;
        let led = matches!(before, [led, ' ' | '\n'] if led.is_lowercase() || led == ',');
        count.within += usize::from(led);
        before = [before[1], last];
    }
    counts
}

/// A name without what is elided before it, and without the mark of an owner.
fn name_of(word: &str) -> &str {
    let name = word.get(elided(word).len()..).unwrap_or_default();
    name.strip_suffix("'s").unwrap_or(name)
}

/// The words of a link are no longer than this, in bytes.
const LONGEST_LINK: usize = 200;
/// A term of a piece stands in it so often.
const OFTEN: usize = 3;
/// So many words are looked into for being terms, which takes some milliseconds each; no piece has more.
const MOST_TERMS: usize = 200;
/// Shorter words are near to too many others to be terms.
const SHORTEST_TERM: usize = 4;
/// Shorter names are near to too many others to be called wrong.
const LONG_ENOUGH: usize = 6;
/// Shorter words at the head of a sentence are too near to others to be called wrong.
const SURE: usize = 5;

/// Whether so many words of a passage are unknown that it is in a language of its own, whatever it seemed to be.
fn is_another_language(unknown: usize, looked_up: usize) -> bool {
    looked_up >= 5 && unknown * 2 >= looked_up || looked_up >= 20 && unknown * 5 >= looked_up
}

impl Word {
    /// Whether what stands before it ends a sentence; the point of an initial does not.
    fn begins_anew(&self, between: &str) -> bool {
        self.begins && !between.contains('.')
    }
}
