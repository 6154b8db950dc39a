//! The letters of a text, folded, and where each of them stands.

use std::ops::Range;

use crate::fold::{fold_character, is_apostrophe};

/// The letters and digits of a text as [`crate::fold::fold`] gives them, with nothing between them.
#[derive(Debug, Default)]
pub(super) struct Letters {
    folded: Vec<u8>,
    /// Where the character of each folded byte starts in the source.
    starts: Vec<u32>,
    /// Where it ends, with the marks that belong to it.
    ends: Vec<u32>,
    /// The words, as ranges of folded bytes.
    words: Vec<(u32, u32)>,
}

impl Letters {
    /// The letters of a text, without those in the ranges given, which stand in order.
    pub fn of(text: &str, unseen: &[Range<usize>]) -> Letters {
        // Positions are kept in half the space. No text of this length is written by anyone.
        if u32::try_from(text.len()).is_err() {
            return Letters::default();
        }
        let mut letters = Letters {
            folded: Vec::with_capacity(text.len()),
            starts: Vec::with_capacity(text.len()),
            ends: Vec::with_capacity(text.len()),
            words: Vec::with_capacity(text.len() / 6),
        };
        let mut unseen = unseen.iter().peekable();
        let mut word_start = None;
        let mut piece = String::new();
        for (start, character) in text.char_indices() {
            while unseen.next_if(|range| range.end <= start).is_some() {}
            let seen = unseen.peek().is_none_or(|range| start < range.start);
            piece.clear();
            if seen {
                fold_character(character, &mut piece);
            }
            if seen && piece.is_empty() {
                // A mark on the letter before, or nothing that is seen: it belongs to what it follows.
                if let (Some(end), Some(_)) = (letters.ends.last_mut(), word_start) {
                    *end = position(start + character.len_utf8());
                }
                continue;
            }
            let before = letters.folded.len();
            for folded in piece.chars().filter(|folded| folded.is_alphanumeric()) {
                let mut bytes = [0; 4];
                letters.folded.extend(folded.encode_utf8(&mut bytes).as_bytes());
            }
            let after = letters.folded.len();
            letters.starts.resize(after, position(start));
            letters.ends.resize(after, position(start + character.len_utf8()));
            if after == before || stands_alone(character) {
                letters.close(&mut word_start, before);
            }
            if after > before {
                word_start.get_or_insert(before);
                if stands_alone(character) {
                    letters.close(&mut word_start, after);
                }
            }
        }
        let end = letters.folded.len();
        letters.close(&mut word_start, end);
        letters
    }

    fn close(&mut self, word_start: &mut Option<usize>, end: usize) {
        if let Some(start) = word_start.take().filter(|start| *start < end) {
            self.words.push((position(start), position(end)));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// How many folded bytes there are.
    pub fn len(&self) -> usize {
        self.folded.len()
    }

    pub fn folded(&self) -> &[u8] {
        &self.folded
    }

    pub fn word_count(&self) -> usize {
        self.words.len()
    }

    /// The letters of a word.
    pub fn word(&self, index: usize) -> &[u8] {
        let (start, end) = self.words.get(index).copied().unwrap_or_default();
        self.folded.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The words in order.
    pub fn words(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.words.len()).map(|index| self.word(index))
    }

    /// Every place where the letters of another text stand, overlapping ones too, as ranges of folded bytes.
    pub fn occurrences<'l>(&'l self, said: &'l Letters) -> impl Iterator<Item = Range<usize>> + 'l {
        let finder = memchr::memmem::Finder::new(said.folded());
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = finder.find(self.folded.get(from..)?)?;
            let start = from + found;
            from = start + 1;
            Some(start..start + said.len())
        })
    }

    /// Whether letters neither begin nor end inside a word.
    pub fn is_whole(&self, letters: &Range<usize>) -> bool {
        let (start, end) = (position(letters.start), position(letters.end));
        self.words.binary_search_by_key(&start, |word| word.0).is_ok()
            && self.words.binary_search_by_key(&end, |word| word.1).is_ok()
    }

    /// Where letters stand in the source.
    pub fn source(&self, letters: &Range<usize>) -> Range<usize> {
        let start = self.starts.get(letters.start).copied().unwrap_or_default();
        let last = letters.end.checked_sub(1).and_then(|last| self.ends.get(last));
        start as usize..last.copied().unwrap_or(start) as usize
    }

    /// The letters in a range of the source.
    pub fn within(&self, source: &Range<usize>) -> Range<usize> {
        let index = |at: usize| self.starts.partition_point(|start| (*start as usize) < at);
        index(source.start)..index(source.end)
    }

    /// Where words stand in the source.
    pub fn source_of_words(&self, words: Range<usize>) -> Range<usize> {
        let start = self.words.get(words.start).map_or(0, |word| word.0 as usize);
        let last = words.end.checked_sub(1).and_then(|last| self.words.get(last));
        self.source(&(start..last.map_or(start, |word| word.1 as usize)))
    }
}

/// A range of letters with the punctuation around it that the passage has, too: « … », a full stop, a dash.
pub(super) fn with_punctuation(text: &str, inner: Range<usize>, passage: &str) -> Range<usize> {
    let not_letter = |character: &char| !character.is_alphanumeric();
    let mut before: Vec<char> = passage.chars().take_while(not_letter).collect();
    before.reverse();
    let after: Vec<char> = passage.chars().rev().take_while(not_letter).collect();
    let start = text
        .get(..inner.start)
        .map_or(0, |head| matching(head.chars().rev(), &before));
    let end = text.get(inner.end..).map_or(0, |tail| {
        matching(tail.chars(), &after.into_iter().rev().collect::<Vec<_>>())
    });
    inner.start - start..inner.end + end
}

/// How many bytes of a text say the same punctuation as a passage, spaces aside.
fn matching(text: impl Iterator<Item = char>, passage: &[char]) -> usize {
    let mut wanted = passage
        .iter()
        .copied()
        .filter(|character| !character.is_whitespace())
        .peekable();
    let (mut length, mut taken) = (0, 0);
    for character in text {
        if character.is_whitespace() && character != '\n' {
            length += character.len_utf8();
            continue;
        }
        if wanted.next_if(|wanted| kind(*wanted) == kind(character)).is_none() {
            break;
        }
        length += character.len_utf8();
        taken = length;
    }
    taken
}

/// Marks that mean the same are of one kind.
fn kind(character: char) -> char {
    match character {
        '«' | '»' | '“' | '”' | '„' | '"' | '‟' => '"',
        '–' | '—' | '―' | '‐' | '‑' | '−' | '-' => '-',
        '…' => '.',
        character if is_apostrophe(character) => '\'',
        character => character,
    }
}

/// Whether a character is a word by itself, in scripts that put nothing between words.
fn stands_alone(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

fn position(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
