//! Folding for search: what a reader would call the same word becomes the same string.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::counts::is_latin_letter;

/// Folds case, accents (compatibility decomposition with the marks dropped), ligatures (œ, æ, ﬁ,
/// ß), apostrophe forms, and in Arabic the vowel marks, the tatweel and the forms of alef, ya and
/// ta marbuta. Idempotent.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        fold_character(character, &mut folded);
    }
    folded
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// Where it starts, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// The word as [`fold`] gives it.
    pub folded: Cow<'a, str>,
}

/// The words of a text, in order: runs of letters and digits, with the marks that belong to them.
///
/// Elided articles and pronouns (l’, d’, qu’, jusqu’…) give no word of their own, so that
/// « l’école » and « école » are one word for search.
pub fn words(text: &str) -> Words<'_> {
    Words { text, position: 0 }
}

/// The iterator that [`words`] gives.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    text: &'a str,
    position: usize,
}

impl<'a> Words<'a> {
    /// Puts the next word behind what `folded` holds, and answers where it stands in the text, in bytes. Nothing is
    /// allocated for it.
    #[inline]
    pub fn next_into(&mut self, folded: &mut String) -> Option<Range<usize>> {
        let before = folded.len();
        loop {
            let run = self.run()?;
            if run.is_ascii() {
                folded.push_str(run);
                if let Some(word) = folded.get_mut(before..) {
                    word.make_ascii_lowercase();
                }
            } else {
                run.chars().for_each(|character| fold_character(character, folded));
                // A lone mark folds to nothing.
                if folded.len() == before {
                    continue;
                }
            }
            return Some(self.position - run.len()..self.position);
        }
    }

    /// The next run of letters that is no elision; `position` is its end. A slice comes back in registers, where a pair
    /// of places would go through memory and stall whoever reads them as one: seven percent of a first index.
    fn run(&mut self) -> Option<&'a str> {
        loop {
            let rest = self.text.get(self.position..)?;
            let start = self.position + next_letter(rest)?;
            let rest = self.text.get(start..)?;
            let length = run_length(rest);
            self.position = start + length;
            let run = rest.get(..length)?;
            let mut after = rest.get(length..)?.chars();
            let elides = length <= 8
                && after.next().is_some_and(is_apostrophe)
                && after.next().is_some_and(char::is_alphabetic)
                && is_elision(run);
            if !elides {
                return Some(run);
            }
        }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            let run = self.run()?;
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            let folded = if run.bytes().all(plain) {
                Cow::Borrowed(run)
            } else {
                Cow::Owned(fold(run))
            };
            // A lone mark folds to nothing.
            if folded.is_empty() {
                continue;
            }
            let end = self.position;
            return Some(Word {
                start: end - run.len(),
                end,
                folded,
            });
        }
    }
}

/// Whether a character is one of the forms of the apostrophe that writers type.
pub fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | 'ʼ' | '＇' | '`' | '´' | '′')
}

fn next_letter(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let ascii = bytes
        .iter()
        .position(|byte| !byte.is_ascii() || byte.is_ascii_alphanumeric())?;
    if bytes.get(ascii)?.is_ascii() {
        return Some(ascii);
    }
    let (offset, _) = text
        .get(ascii..)?
        .char_indices()
        .find(|(_, character)| is_latin_letter(*character) || character.is_alphanumeric())?;
    Some(ascii + offset)
}

fn run_length(text: &str) -> usize {
    for (index, byte) in text.bytes().enumerate() {
        if !byte.is_ascii_alphanumeric() {
            if byte.is_ascii() {
                return index;
            }
            let rest = text.get(index..).unwrap_or_default();
            let inside =
                |character: char| is_latin_letter(character) || character.is_alphanumeric() || is_joined(character);
            return index + rest.find(|character: char| !inside(character)).unwrap_or(rest.len());
        }
    }
    text.len()
}

/// Marks and invisible characters that belong to the word they stand in.
fn is_joined(character: char) -> bool {
    is_mark(character) || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

pub(crate) fn is_elision(run: &str) -> bool {
    let mut lower = [0u8; 8];
    let Some(lower) = lower.get_mut(..run.len()) else {
        return false;
    };
    lower.copy_from_slice(run.as_bytes());
    lower.make_ascii_lowercase();
    matches!(
        &*lower,
        b"l" | b"d" | b"j" | b"n" | b"s" | b"m" | b"t" | b"c" | b"qu" | b"jusqu" | b"lorsqu" | b"puisqu" | b"quoiqu"
    )
}

fn is_mark(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5bd}'
            | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{640}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6dc}'
            | '\u{6df}'..='\u{6e8}'
            | '\u{6ea}'..='\u{6ed}'
            | '\u{8d3}'..='\u{8ff}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

/// As [`fold`], for one character.
pub(crate) fn fold_character(character: char, folded: &mut String) {
    match character {
        'A'..='Z' => folded.push(character.to_ascii_lowercase()),
        character if character.is_ascii() => folded.push(character),
        // The commonest letters of French, without a decomposition.
        'à' | 'â' | 'ä' | 'À' | 'Â' | 'Ä' => folded.push('a'),
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => folded.push('e'),
        'î' | 'ï' | 'Î' | 'Ï' => folded.push('i'),
        'ô' | 'ö' | 'Ô' | 'Ö' => folded.push('o'),
        'ù' | 'û' | 'ü' | 'Ù' | 'Û' | 'Ü' => folded.push('u'),
        'ç' | 'Ç' => folded.push('c'),
        '’' => folded.push('\''),
        _ => character.nfkd().for_each(|part| fold_part(part, folded)),
    }
}

fn fold_part(part: char, folded: &mut String) {
    if is_mark(part) {
        return;
    }
    match part {
        'œ' | 'Œ' => folded.push_str("oe"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'ß' | 'ẞ' => folded.push_str("ss"),
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
        'þ' | 'Þ' => folded.push_str("th"),
        '’' | '‘' | 'ʼ' | '＇' | '´' | '′' => folded.push('\''),
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
        'ı' => folded.push('i'),
        'ſ' => folded.push('s'),
        'ς' => folded.push('σ'),
        // Hamza carriers were decomposed already; what is left are the letters of their own.
        'ٱ' | 'ٲ' | 'ٳ' | 'ٵ' => folded.push('ا'),
        'ى' | 'ی' | 'ې' => folded.push('ي'),
        'ة' => folded.push('ه'),
        'ک' => folded.push('ك'),
        '٠'..='٩' => push_digit(part, '٠', folded),
        '۰'..='۹' => push_digit(part, '۰', folded),
        part => {
            for lower in part.to_lowercase() {
                // İ lowers to i and a mark.
                if !is_mark(lower) {
                    folded.push(lower);
                }
            }
        }
    }
}

fn push_digit(digit: char, zero: char, folded: &mut String) {
    if let Some(digit) = char::from_digit(u32::from(digit) - u32::from(zero), 10) {
        folded.push(digit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_word_folds_the_same() {
        for (left, right) in [
            ("École", "ecole"),
            ("CŒUR", "coeur"),
            ("ex æquo", "ex aequo"),
            ("ﬁn", "fin"),
            ("Straße", "strasse"),
            ("aujourd’hui", "aujourd'hui"),
            ("e\u{301}te\u{301}", "été"),
            ("مَدْرَسَة", "مدرسه"),
            ("إسلام", "اسلام"),
            ("آخر", "اخر"),
            ("مـــوقع", "موقع"),
            ("على", "علي"),
            ("٢٠٢٥", "2025"),
        ] {
            assert_eq!(fold(left), fold(right), "{left} and {right}");
        }
    }

    #[test]
    fn elisions_give_no_word() {
        let list = |text| words(text).map(|word| word.folded.into_owned()).collect::<Vec<_>>();
        assert_eq!(list("L’école d'été qu’il"), ["ecole", "ete", "il"]);
        assert_eq!(list("Jusqu’à l'an 2025"), ["a", "an", "2025"]);
        assert_eq!(list("aujourd’hui"), ["aujourd", "hui"]);
        assert_eq!(list("rock'n'roll, don't"), ["rock", "roll", "don", "t"]);
        assert_eq!(list("l’« autre »"), ["l", "autre"]);
        assert_eq!(list("— ! …"), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in "\\PC{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn words_point_into_the_text(text in "\\PC{0,60}") {
            let mut last = 0;
            let mut again = words(&text);
            for word in words(&text) {
                let mut folded = "before".to_owned();
                prop_assert_eq!(again.next_into(&mut folded), Some(word.start..word.end));
                prop_assert_eq!(folded.strip_prefix("before"), Some(word.folded.as_ref()));
                prop_assert!(word.start >= last && word.end > word.start);
                prop_assert_eq!(fold(&text[word.start..word.end]), word.folded.into_owned());
                last = word.end;
            }
            prop_assert_eq!(again.next_into(&mut String::new()), None);
        }
    }
}
