//! Proving that a text says what it is quoted with.
//!
//! Verbatim is: the same words in the same order, with the same accents and the same marks of punctuation between them.
//! What compositors decide is folded: spaces, the forms of quotation marks, apostrophes, dashes and dots, ligatures,
//! the forms of accents, accents on a first capital. So is what belongs to the art of quoting: how a quotation begins
//! and ends (a capital, a full stop), `[…]` and `(…)` for what was left out, `[sic]`, and words of the writer’s own in
//! brackets (“[the minister] said”, “[T]he”).

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::letters::Letters;
use super::{Passages, Quote};
use crate::fold::{fold, is_apostrophe};

/// Whether a text says what it is quoted with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// Word by word.
    Proved {
        /// Where the text says it, in bytes.
        place: Range<usize>,
    },
    /// The text says it otherwise.
    Altered {
        /// Where the text says it, in bytes.
        place: Range<usize>,
        /// What would stand in the quotation if it were verbatim: the text’s words, with what the writer left out still
        /// left out, and the beginning and end as the writer has them.
        says: String,
        /// Whether the words are the text’s, and only marks of punctuation are not.
        only_marks: bool,
    },
    /// The text says nothing like it.
    Absent,
}

impl Passages<'_> {
    /// Proves a quotation, given as it is read, without the marks around it. The passages are to be of plain text.
    pub fn prove(&self, quoted: &str) -> Proof {
        let parts = parts(quoted, false);
        if parts.is_empty() || parts.len() > MOST_PARTS {
            return Proof::Absent;
        }
        let plain = self.judge(quoted, &parts);
        if matches!(plain, Proof::Proved { .. }) || !quoted.contains(['…', '.']) {
            return plain;
        }
        // Dots alone can be the author’s, and can stand for what the writer left out.
        let dotted = self::parts(quoted, true);
        if dotted.len() == parts.len() || dotted.len() > MOST_PARTS {
            return plain;
        }
        match (plain, self.judge(quoted, &dotted)) {
            (_, proved @ Proof::Proved { .. }) => proved,
            (Proof::Absent, other) => other,
            (Proof::Altered { only_marks: false, .. }, better @ Proof::Altered { only_marks: true, .. }) => better,
            (plain, _) => plain,
        }
    }

    fn judge(&self, quoted: &str, parts: &[Part]) -> Proof {
        match self.spelt_in_order(parts) {
            Some((places, true)) => Proof::Proved { place: hull(&places) },
            Some((places, false)) => self.altered(quoted, parts, &places),
            None => match self.nearly_in_order(parts) {
                Some(places) => self.altered(quoted, parts, &places),
                None => Proof::Absent,
            },
        }
    }

    /// Where the letters of all parts stand, in their order, and whether everything else agrees: the first place where it
    /// does, else the first at all.
    fn spelt_in_order(&self, parts: &[Part]) -> Option<(Vec<Range<usize>>, bool)> {
        let first = parts.first()?;
        let mut fallback = None;
        let mut patience = MOST_TRIES;
        for start in self.letters.occurrences(&first.letters) {
            patience = patience.checked_sub(1)?;
            if !self.letters.is_whole(&start) {
                continue;
            }
            let Some(places) = self.chain(start, parts, &mut patience) else {
                continue;
            };
            let same = parts
                .iter()
                .zip(&places)
                .all(|(part, place)| agrees(part, self.text.get(place.clone()).unwrap_or_default()));
            if same {
                return Some((places, true));
            }
            fallback = fallback.or(Some(places));
        }
        fallback.map(|places| (places, false))
    }

    /// The places of all parts when the first stands at some letters.
    fn chain(&self, first: Range<usize>, parts: &[Part], patience: &mut usize) -> Option<Vec<Range<usize>>> {
        let mut end = first.end;
        let mut places = vec![self.letters.source(&first)];
        for part in parts.iter().skip(1) {
            let reach = match part.before {
                Gap::None => 0,
                Gap::Inserted => INSERTED_LETTERS,
                Gap::Omitted => OMITTED_LETTERS,
            };
            let limit = (end + reach + part.letters.len()).min(self.letters.len());
            let window = self.letters.folded().get(end..limit)?;
            let finder = memchr::memmem::Finder::new(part.letters.folded());
            let found = finder
                .find_iter(window)
                .inspect(|_| *patience = patience.saturating_sub(1))
                .take(MOST_TRIES)
                .map(|at| end + at..end + at + part.letters.len())
                .find(|letters| self.letters.is_whole(letters))?;
            end = found.end;
            places.push(self.letters.source(&found));
        }
        Some(places)
    }

    /// Where most of the words of the parts stand, in order.
    fn nearly_in_order(&self, parts: &[Part]) -> Option<Vec<Range<usize>>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        for part in parts {
            // Few words are found anywhere, and say nothing.
            if part.letters.word_count() < TELLING_WORDS && parts.len() > 1 {
                return None;
            }
            let found = self.find(&Quote {
                exact: &part.text,
                ..Quote::default()
            });
            let range = found.ok()?.range;
            if places.last().is_some_and(|last| range.start < last.end) {
                return None;
            }
            places.push(self.letters.source(&self.letters.within(&range)));
        }
        Some(places)
    }

    fn altered(&self, quoted: &str, parts: &[Part], places: &[Range<usize>]) -> Proof {
        let mut says = String::with_capacity(quoted.len() + 32);
        let mut copied = 0;
        let mut only_marks = true;
        for (part, place) in parts.iter().zip(places) {
            let Range { start, end } = part.place;
            says.push_str(quoted.get(copied..start).unwrap_or_default());
            let source = self.text.get(place.clone()).unwrap_or_default();
            let (source_words, _) = tokens(source, part.fresh);
            let (own_words, _) = tokens(&part.text, part.fresh);
            only_marks &= source_words == own_words;
            says.push_str(&as_begun(source, &part.text, part.fresh));
            copied = end;
        }
        says.push_str(quoted.get(copied..).unwrap_or_default());
        Proof::Altered {
            place: hull(places),
            says,
            only_marks,
        }
    }
}

/// A quotation with more parts is no quotation.
const MOST_PARTS: usize = 64;

/// How many places are tried.
const MOST_TRIES: usize = 4_000;

/// What is left out between two parts has no more letters: about six pages.
const OMITTED_LETTERS: usize = 12_000;

/// What words in brackets stand for has no more letters.
const INSERTED_LETTERS: usize = 160;

/// A part with fewer words, one of several, is not looked for by most of its words.
const TELLING_WORDS: usize = 4;

/// What stands between a part of a quotation and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing of the source.
    None,
    /// What words in brackets stand for.
    Inserted,
    /// What was left out.
    Omitted,
}

/// A part of a quotation that is the source’s own words.
#[derive(Debug)]
struct Part {
    /// From its first letter to its last.
    text: String,
    /// Where that stands in the quotation, in bytes.
    place: Range<usize>,
    letters: Letters,
    before: Gap,
    /// It begins anew: its first letter may be a capital or not.
    fresh: bool,
}

/// The parts of a quotation. `dots` tells whether dots that stand alone are gaps.
fn parts(quoted: &str, dots: bool) -> Vec<Part> {
    let mut found = Vec::new();
    let mut part = Draft::default();
    let mut at = 0;
    while let Some(character) = quoted.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = quoted.get(at..).unwrap_or_default();
        let mark = match character {
            '[' | '(' => bracket(rest),
            '…' if dots => Some((character.len_utf8(), Mark::Gap(Gap::Omitted))),
            '.' if dots && rest.starts_with("...") => Some((3, Mark::Gap(Gap::Omitted))),
            _ => None,
        };
        match mark {
            Some((length, Mark::Gap(gap))) => {
                part.end(&mut found);
                part.before = part.before.max_of(gap);
                at += length;
            }
            Some((length, Mark::Letter(letter))) => {
                part.push(letter, at..at + length);
                at += length;
            }
            None => {
                part.push(character, at..at + character.len_utf8());
                at += character.len_utf8();
            }
        }
    }
    part.end(&mut found);
    found
}

impl Gap {
    fn max_of(self, other: Gap) -> Gap {
        match (self, other) {
            (Gap::Omitted, _) | (_, Gap::Omitted) => Gap::Omitted,
            (Gap::Inserted, _) | (_, Gap::Inserted) => Gap::Inserted,
            _ => Gap::None,
        }
    }
}

enum Mark {
    Gap(Gap),
    /// A letter whose case is the writer’s.
    Letter(char),
}

/// What a bracket at the head of a text means, and its length.
fn bracket(rest: &str) -> Option<(usize, Mark)> {
    let square = rest.starts_with('[');
    let close = if square { ']' } else { ')' };
    let (inside, after) = rest.get(1..)?.split_once(close)?;
    if inside.len() > MOST_INSIDE || inside.contains(['[', '(', '\n']) {
        return None;
    }
    let length = inside.len() + 2;
    let said = inside.trim().trim_end_matches(['!', '.']).to_lowercase();
    if said.chars().all(|one| matches!(one, '…' | '.' | ' ' | '\u{a0}')) && inside.contains(['…', '.']) {
        return Some((length, Mark::Gap(Gap::Omitted)));
    }
    if said == "sic" {
        return Some((length, Mark::Gap(Gap::None)));
    }
    if !square {
        return None;
    }
    let mut letters = inside.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && letter.is_alphabetic()
        && after.starts_with(char::is_alphabetic)
    {
        return Some((length, Mark::Letter(letter)));
    }
    Some((length, Mark::Gap(Gap::Inserted)))
}

/// Words in brackets are no longer, in bytes.
const MOST_INSIDE: usize = 240;

/// A part that is being read.
struct Draft {
    text: String,
    place: Option<Range<usize>>,
    before: Gap,
    /// How much of the text reaches to its last letter.
    lettered: usize,
}

impl Default for Draft {
    fn default() -> Self {
        Draft {
            text: String::new(),
            place: None,
            before: Gap::None,
            lettered: 0,
        }
    }
}

impl Draft {
    fn push(&mut self, character: char, place: Range<usize>) {
        let letter = character.is_alphanumeric();
        if self.place.is_none() && !letter {
            return;
        }
        self.text.push(character);
        let range = self.place.get_or_insert(place.clone());
        if letter || is_mark_of_letter(character) {
            range.end = place.end;
            self.lettered = self.text.len();
        }
    }

    fn end(&mut self, found: &mut Vec<Part>) {
        let Some(place) = self.place.take() else {
            return;
        };
        self.text.truncate(self.lettered);
        let text = std::mem::take(&mut self.text);
        let letters = Letters::of(&text, &[]);
        self.lettered = 0;
        let before = std::mem::replace(&mut self.before, Gap::None);
        if letters.is_empty() {
            return;
        }
        let fresh = found.is_empty() || before != Gap::None;
        // What stands before the first part is not looked for.
        let before = if found.is_empty() { Gap::None } else { before };
        found.push(Part {
            text,
            place,
            letters,
            before,
            fresh,
        });
    }
}

fn is_mark_of_letter(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

/// Whether a part says what its source says, letter by letter and mark by mark.
fn agrees(part: &Part, source: &str) -> bool {
    tokens(&part.text, part.fresh) == tokens(source, part.fresh)
}

/// The words of a text, and all its marks with the number of words before each; folded as far as typography goes.
fn tokens(text: &str, fresh: bool) -> (Vec<String>, Vec<(usize, char)>) {
    let mut words: Vec<String> = Vec::new();
    let mut marks = Vec::new();
    let mut word = String::new();
    let mut dots = 0;
    for character in joined_numbers(text).nfc() {
        let inside = character.is_alphanumeric() || is_mark_of_letter(character);
        if character == '.' {
            dots += 1;
        } else if dots > 0 {
            finish(&mut word, &mut words);
            if dots >= 2 {
                marks.push((words.len(), '…'));
            } else {
                marks.push((words.len(), '.'));
            }
            dots = 0;
        }
        match character {
            '.' => finish(&mut word, &mut words),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{640}' => {}
            // The vowels of Arabic are shown or not.
            '\u{64b}'..='\u{65f}' | '\u{670}' => {}
            'œ' => word.push_str("oe"),
            'Œ' => word.push_str("Oe"),
            'æ' => word.push_str("ae"),
            'Æ' => word.push_str("Ae"),
            'ﬁ' => word.push_str("fi"),
            'ﬂ' => word.push_str("fl"),
            '\u{fb00}' => word.push_str("ff"),
            '-' | '‐' | '‑' => word.push('-'),
            _ if inside => word.push(character),
            _ if is_apostrophe(character) => word.push('\''),
            _ => {
                finish(&mut word, &mut words);
                match character {
                    '–' | '—' | '―' | '−' => marks.push((words.len(), '–')),
                    '،' => marks.push((words.len(), ',')),
                    '؛' => marks.push((words.len(), ';')),
                    '؟' => marks.push((words.len(), '?')),
                    ',' | ';' | ':' | '!' | '?' | '…' | '(' | ')' | '/' | '%' | '€' | '$' | '&' | '+' | '=' => {
                        marks.push((words.len(), character));
                    }
                    _ => {}
                }
            }
        }
    }
    finish(&mut word, &mut words);
    if fresh && let Some(first) = words.first_mut() {
        *first = with_small_head(first);
    }
    (words, marks)
}

/// Ends a word: its accent on a first capital is the compositor’s, apostrophes and hyphens around it are marks.
fn finish(word: &mut String, words: &mut Vec<String>) {
    let said = word.trim_matches(['\'', '-']);
    if !said.is_empty() {
        let mut rest = said.chars();
        let head = rest.next().unwrap_or_default();
        let mut kept = String::with_capacity(said.len());
        if head.is_uppercase() {
            // Folding makes it small.
            kept.extend(fold(head.encode_utf8(&mut [0; 4])).chars().flat_map(char::to_uppercase));
        } else {
            kept.push(head);
        }
        kept.push_str(rest.as_str());
        words.push(kept);
    }
    word.clear();
}

/// A text without the spaces between groups of three digits.
fn joined_numbers(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    characters
        .iter()
        .enumerate()
        .filter(|(at, character)| {
            let between =
                at.checked_sub(1).is_some_and(digit) && (1..=3).all(|offset| digit(at + offset)) && !digit(at + 4);
            !(between && character.is_whitespace())
        })
        .map(|(_, character)| *character)
        .collect()
}

fn with_small_head(word: &str) -> String {
    let mut rest = word.chars();
    let head = rest.next().map(|head| fold(head.encode_utf8(&mut [0; 4])));
    head.unwrap_or_default() + rest.as_str()
}

/// The source’s words, begun with a capital or not as the writer had begun.
fn as_begun(source: &str, own: &str, fresh: bool) -> String {
    let (Some(head), Some(begun)) = (source.chars().next(), own.chars().next()) else {
        return source.to_owned();
    };
    let same_letter = fold(head.encode_utf8(&mut [0; 4])) == fold(begun.encode_utf8(&mut [0; 4]));
    let rest = source.get(head.len_utf8()..).unwrap_or_default();
    if fresh && same_letter && head.is_uppercase() != begun.is_uppercase() {
        return format!("{begun}{rest}");
    }
    source.to_owned()
}

fn hull(places: &[Range<usize>]) -> Range<usize> {
    let start = places.first().map_or(0, |place| place.start);
    start..places.last().map_or(start, |place| place.end)
}
