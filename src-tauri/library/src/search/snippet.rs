//! The passage of an article that shows why it was found.

use super::query::Query;
use crate::index::analyser::{StemLanguage, stem};
use edito_prose::fold::{self, Word};
use std::collections::HashMap;

/// Tells which words of a text a query asked for.
pub(crate) struct Marker {
    wanted: Vec<Wanted>,
    /// The first letters of words and stems.
    firsts: Vec<char>,
}

struct Wanted {
    word: String,
    begins: bool,
    /// Part of a phrase, which has no other forms.
    exact: bool,
    stems: Vec<String>,
}

/// A range that is marked, in bytes, and which of the wanted words it shows.
#[derive(Clone, Copy)]
struct Mark {
    start: usize,
    end: usize,
    wanted: usize,
}

impl Marker {
    /// For the words of a query.
    pub(crate) fn new(query: &Query) -> Marker {
        let mut wanted: Vec<Wanted> = Vec::new();
        for (words, begins) in query.shown() {
            let phrase = words.len() > 1;
            for word in words {
                let stems = |word: &str| {
                    StemLanguage::ALL
                        .into_iter()
                        .filter_map(|language| stem(language, word))
                        .collect()
                };
                wanted.push(Wanted {
                    stems: if phrase { Vec::new() } else { stems(word) },
                    word: word.clone(),
                    begins,
                    exact: phrase,
                });
            }
        }
        let firsts = wanted
            .iter()
            .flat_map(|wanted| std::iter::once(&wanted.word).chain(&wanted.stems))
            .filter_map(|word| word.chars().next())
            .collect();
        Marker { wanted, firsts }
    }

    /// The marked ranges of a short text, in UTF-16 code units.
    pub(crate) fn marks(&self, text: &str) -> Vec<(u32, u32)> {
        let mut known = HashMap::new();
        let marks: Vec<Mark> = fold::words(text)
            .filter_map(|word| self.mark(&word, &mut known))
            .collect();
        in_utf16(text, &marks)
    }

    fn mark(&self, word: &Word<'_>, known: &mut HashMap<String, Option<usize>>) -> Option<Mark> {
        // Most words differ in their first letter already.
        let first = word.folded.chars().next()?;
        if !is_arabic(first) && !self.firsts.contains(&first) {
            return None;
        }
        let wanted = match known.get(word.folded.as_ref()) {
            Some(found) => *found,
            None => {
                let found = self.wanted.iter().position(|wanted| wanted.is(&word.folded));
                known.insert(word.folded.clone().into_owned(), found);
                found
            }
        }?;
        Some(Mark {
            start: word.start,
            end: word.end,
            wanted,
        })
    }
}

impl Wanted {
    fn is(&self, word: &str) -> bool {
        if word == self.word || (self.begins && word.starts_with(&self.word)) {
            return true;
        }
        if self.stems.iter().any(|stem| stem == word) {
            return true;
        }
        // Forms of one word begin alike, but for Arabic; this spares the stems of nearly all others.
        let first = word.chars().next();
        let alike = first == self.word.chars().next() || first.is_some_and(is_arabic);
        !self.exact
            && alike
            && StemLanguage::ALL
                .into_iter()
                .filter_map(|language| stem(language, word))
                .any(|stem| stem == self.word || self.stems.contains(&stem))
    }
}

/// The best passage of a text, about 200 characters from word to word, and its marks in
/// UTF-16 code units. The beginning when nothing is found.
pub(crate) fn snippet(marker: &Marker, text: &str) -> (String, Vec<(u32, u32)>) {
    let mut known = HashMap::new();
    let marks: Vec<Mark> = fold::words(text)
        .take(MOST_WORDS)
        .filter_map(|word| marker.mark(&word, &mut known))
        .take(MOST_MARKS)
        .collect();
    let (start, end) = window(text, &marks, marker.wanted.len());
    let mut passage = String::with_capacity(end - start + 6);
    let mut shown = Vec::new();
    if start > 0 {
        passage.push('…');
    }
    let mut position = start;
    let copy = |passage: &mut String, until: usize, position: &mut usize| {
        for character in text.get(*position..until).unwrap_or_default().chars() {
            // Ends of blocks and runs of spaces would tear the passage apart.
            if !character.is_whitespace() {
                passage.push(character);
            } else if !passage.ends_with(' ') && !passage.is_empty() {
                passage.push(' ');
            }
        }
        *position = until;
    };
    for mark in marks.iter().filter(|mark| mark.start >= start && mark.end <= end) {
        copy(&mut passage, mark.start, &mut position);
        let from = passage.len();
        copy(&mut passage, mark.end, &mut position);
        shown.push(Mark {
            start: from,
            end: passage.len(),
            wanted: mark.wanted,
        });
    }
    copy(&mut passage, end, &mut position);
    passage.truncate(passage.trim_end().len());
    if end < text.trim_end().len() {
        passage.push('…');
    }
    let marks = in_utf16(&passage, &shown);
    (passage, marks)
}

/// In bytes; about 200 characters of French.
const WINDOW: usize = 210;
const MOST_WORDS: usize = 20_000;
const MOST_MARKS: usize = 400;

/// The stretch that shows the most different words, then the most words, then comes first.
fn window(text: &str, marks: &[Mark], wanted: usize) -> (usize, usize) {
    let mut best: Option<(usize, usize, usize)> = None;
    for (place, mark) in marks.iter().enumerate() {
        let mut seen = vec![false; wanted];
        let mut count = 0;
        let mut last = mark.end;
        for other in marks
            .iter()
            .skip(place)
            .take_while(|other| other.end - mark.start <= WINDOW)
        {
            if let Some(seen) = seen.get_mut(other.wanted) {
                *seen = true;
            }
            count += 1;
            last = other.end;
        }
        let distinct = seen.iter().filter(|seen| **seen).count();
        let score = distinct * 1_000 + count;
        if best.is_none_or(|(known, ..)| score > known) {
            best = Some((score, mark.start, last));
        }
    }
    let Some((_, first, last)) = best else {
        return (0, word_end(text, WINDOW.min(text.len())));
    };
    // The rest of the room: a third before, the others after.
    let room = WINDOW.saturating_sub(last - first);
    let start = word_start(text, first.saturating_sub(room / 3));
    let end = word_end(
        text,
        (last + room - room / 3).max(start + WINDOW).min(text.len()).max(last),
    );
    (start.min(first), end.max(last))
}

fn word_start(text: &str, from: usize) -> usize {
    if from == 0 {
        return 0;
    }
    let mut start = from;
    while !text.is_char_boundary(start) {
        start += 1;
    }
    // Not in the middle of a word: go on to the next one, unless that is far.
    let rest = text.get(start..).unwrap_or_default();
    match rest
        .char_indices()
        .take(30)
        .find(|(_, character)| character.is_whitespace())
    {
        Some((offset, space)) => start + offset + space.len_utf8(),
        None => start,
    }
}

fn word_end(text: &str, until: usize) -> usize {
    if until >= text.len() {
        return text.len();
    }
    let mut end = until;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or_default();
    match head
        .char_indices()
        .rev()
        .take(30)
        .find(|(_, character)| character.is_whitespace())
    {
        Some((offset, _)) => offset,
        None => end,
    }
}

fn in_utf16(text: &str, marks: &[Mark]) -> Vec<(u32, u32)> {
    let mut found = Vec::with_capacity(marks.len());
    let mut units: u32 = 0;
    let mut position = 0;
    for mark in marks {
        let mut measure = |until: usize| {
            let piece = text.get(position..until).unwrap_or_default();
            units += piece.chars().map(|character| character.len_utf16() as u32).sum::<u32>();
            position = until;
            units
        };
        let start = measure(mark.start);
        found.push((start, measure(mark.end)));
    }
    found
}

fn is_arabic(character: char) -> bool {
    ('\u{0600}'..='\u{06FF}').contains(&character)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::super::query::parse;
    use super::*;
    use proptest::prelude::*;

    /// The marked words between brackets.
    fn shown(query: &str, text: &str) -> String {
        let marker = Marker::new(&parse(query, jiff::Timestamp::UNIX_EPOCH));
        let (passage, marks) = snippet(&marker, text);
        bracket(&passage, &marks)
    }

    fn bracket(passage: &str, marks: &[(u32, u32)]) -> String {
        let units: Vec<u16> = passage.encode_utf16().collect();
        let mut out = String::new();
        let mut position = 0;
        for (start, end) in marks {
            out += &String::from_utf16(&units[position..*start as usize]).unwrap();
            out += &format!(
                "[{}]",
                String::from_utf16(&units[*start as usize..*end as usize]).unwrap()
            );
            position = *end as usize;
        }
        out + &String::from_utf16(&units[position..]).unwrap()
    }

    #[test]
    fn marks_are_blind_to_what_search_is_blind_to() {
        assert_eq!(
            shown("election ", "Les élections d’Été 😀 : l’ÉLECTION."),
            "Les [élections] d’Été 😀 : l’[ÉLECTION]."
        );
        assert_eq!(shown("oeuv", "Des œuvres"), "Des [œuvres]");
        assert_eq!(shown("running ", "He runs and ran"), "He [runs] and ran");
    }

    #[test]
    fn the_passage_with_most_of_the_words_is_shown() {
        let filler = "mot ".repeat(200);
        let text = format!("climat {filler} climat et jeunes {filler}");
        let passage = shown("climat jeunes ", &text);
        assert!(passage.contains("[climat] et [jeunes]"), "{passage}");
        assert!(passage.starts_with('…') && passage.ends_with('…'), "{passage}");
        assert!(passage.chars().count() < 240, "{passage}");
    }

    #[test]
    fn without_the_words_the_beginning_is_shown() {
        assert_eq!(shown("autre ", "Un texte\ncourt"), "Un texte court");
    }

    proptest! {
        #[test]
        fn marks_stay_within_the_passage(text in "[a-c é😀\n]{0,600}", query in "[a-cé]{1,2} [a-c]{1,2}") {
            let marker = Marker::new(&parse(&query, jiff::Timestamp::UNIX_EPOCH));
            let (passage, marks) = snippet(&marker, &text);
            let length = passage.encode_utf16().count() as u32;
            let mut last = 0;
            for (start, end) in marks {
                prop_assert!(last <= start && start < end && end <= length);
                last = end;
            }
        }
    }
}
