//! Counts as newsrooms make them.

use serde::{Deserialize, Serialize};

use crate::language::Lang;

/// The length of an article's visible body: headings, paragraphs, lists, tables, code and
/// footnotes, without front matter, markup, image texts and addresses.
///
/// *Signs* are characters as a French newsroom pays them: each Unicode scalar value that can be
/// seen, spaces included where they say so (a line break inside a paragraph is one space, the
/// border between two paragraphs is none, as in Word and LibreOffice).
///
/// *Words* are what stands between white space and holds a letter or a digit, as Word and
/// LibreOffice count: « l’eau » is one word, « ! » or a dash alone is none. A no-break space
/// separates words unless it stands between two digits (10 000 is one word).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Words.
    pub words: u32,
    /// Signs, spaces included.
    pub signs: u32,
    /// Signs without spaces.
    pub signs_without_spaces: u32,
    /// Minutes to read, rounded up; 0 for a text without words.
    pub reading_minutes: u32,
}

/// The counts of plain text whose paragraphs are separated by `\n`.
pub fn count(plain: &str, lang: Option<&Lang>) -> Counts {
    let mut counter = Counter::default();
    counter.push(plain);
    counter.finish(lang)
}

/// Words a minute in silent reading, from the International Reading Speed Texts
/// (Trauzettel-Klosinski & Dietz, 2012): English 228, French 195, Arabic 138, mean of all 184.
pub fn words_per_minute(lang: Option<&Lang>) -> u32 {
    match lang {
        Some(Lang::En) => 228,
        Some(Lang::Fr) => 195,
        Some(Lang::Ar) => 138,
        _ => 184,
    }
}

/// Counts text that comes in pieces; a word may span them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counter {
    words: u32,
    signs: u32,
    spaces: u32,
    in_word: bool,
    after_digit: bool,
    /// A no-break space stands after a digit: the word goes on if a digit follows.
    held: bool,
}

impl Counter {
    pub(crate) fn push(&mut self, text: &str) {
        let mut rest = text;
        loop {
            // A digit after a held no-break space is the only ASCII that looks back.
            let plain = if self.held { 0 } else { self.ascii(rest.as_bytes()) };
            let mut characters = rest.get(plain..).unwrap_or_default().chars();
            let Some(character) = characters.next() else { return };
            self.other(character);
            rest = characters.as_str();
        }
    }

    /// A block ends: the next text is another word.
    pub(crate) fn end_word(&mut self) {
        self.in_word = false;
        self.after_digit = false;
        self.held = false;
    }

    /// The signs so far, spaces included.
    pub(crate) fn signs(&self) -> u32 {
        self.signs
    }

    pub(crate) fn finish(self, lang: Option<&Lang>) -> Counts {
        Counts {
            words: self.words,
            signs: self.signs,
            signs_without_spaces: self.signs - self.spaces,
            reading_minutes: self.words.div_ceil(words_per_minute(lang)),
        }
    }

    /// Counts the ASCII that a text begins with, without a branch for what it is: the ends of words can't be guessed.
    fn ascii(&mut self, bytes: &[u8]) -> usize {
        let (mut in_word, mut after_digit) = (u8::from(self.in_word), u8::from(self.after_digit));
        let (mut words, mut signs, mut spaces) = (0, 0, 0);
        let mut length = 0;
        for byte in bytes {
            let Some(class) = CLASSES.get(usize::from(*byte)) else {
                break;
            };
            words += u32::from(class.letter & !in_word);
            signs += u32::from(class.sign);
            spaces += u32::from(class.space);
            in_word = class.letter | (in_word & !class.end);
            after_digit = class.digit | (after_digit & class.nothing);
            length += 1;
        }
        self.words += words;
        self.signs += signs;
        self.spaces += spaces;
        self.in_word = in_word == 1;
        self.after_digit = after_digit == 1;
        length
    }

    /// Any character.
    fn other(&mut self, character: char) {
        if character.is_ascii_alphanumeric() {
            self.letter(character.is_ascii_digit());
        } else if character == ' ' {
            self.end_word();
            self.signs += 1;
            self.spaces += 1;
        } else if is_latin_letter(character) {
            self.letter(false);
        } else if character == '\n' {
            self.end_word();
        } else if matches!(character, '\u{a0}' | '\u{202f}' | '\u{2007}') {
            let held = self.after_digit;
            self.end_word();
            self.held = held;
            self.signs += 1;
            self.spaces += 1;
        } else if character.is_whitespace() {
            self.end_word();
            self.signs += 1;
            self.spaces += 1;
        } else if is_invisible(character) {
        } else if character.is_alphanumeric() {
            self.letter(false);
        } else {
            self.signs += 1;
            self.after_digit = false;
            self.held = false;
        }
    }

    fn letter(&mut self, digit: bool) {
        self.signs += 1;
        let continues = self.in_word || (self.held && digit);
        if !continues {
            self.words += 1;
        }
        self.in_word = true;
        self.after_digit = digit;
        self.held = false;
    }
}

/// What an ASCII character is for counting, each 0 or 1.
#[derive(Clone, Copy)]
struct Class {
    letter: u8,
    digit: u8,
    sign: u8,
    space: u8,
    /// It ends a word.
    end: u8,
    /// It is not there at all.
    nothing: u8,
}

static CLASSES: [Class; 128] = {
    let mut classes = [Class {
        letter: 0,
        digit: 0,
        sign: 0,
        space: 0,
        end: 0,
        nothing: 0,
    }; 128];
    let mut byte = 0;
    while byte < 128 {
        let character = byte as u8;
        let white = matches!(character, b' ' | b'\t' | 0x0b | 0x0c | b'\r');
        let control = character.is_ascii_control() && !white && character != b'\n';
        classes[byte] = Class {
            letter: character.is_ascii_alphanumeric() as u8,
            digit: character.is_ascii_digit() as u8,
            sign: (character != b'\n' && !control) as u8,
            space: white as u8,
            end: (white || character == b'\n') as u8,
            nothing: control as u8,
        };
        byte += 1;
    }
    classes
};

/// The accented letters of Europe, told without a table.
pub(crate) fn is_latin_letter(character: char) -> bool {
    matches!(character, '\u{c0}'..='\u{24f}') && !matches!(character, '×' | '÷')
}

/// Marks drawn on the letter before, and characters that are not drawn at all.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{ad}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
    ) || character.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_a_reader_counts_them() {
        for (text, words) in [
            ("", 0),
            ("L’eau", 1),
            ("L’eau est là !", 3),
            ("« Oui » — dit-il.", 2),
            ("10\u{202f}000 euros", 2),
            ("10 000 euros", 3),
            ("une\u{a0}espace", 2),
            ("un\ndeux", 2),
            ("1ᵉʳ", 1),
        ] {
            assert_eq!(count(text, None).words, words, "{text}");
        }
    }

    #[test]
    fn ascii_counts_as_any_character_does() {
        let every: Vec<char> = ('\0'..='\u{7f}').chain(['é', '\u{a0}', '\u{202f}', '…']).collect();
        for (at, first) in every.iter().enumerate() {
            for second in &every {
                // What comes before and after the two shows what they leave behind.
                let text: String = ['1', *first, *second, '2', 'a', every[(at * 7) % every.len()], 'b']
                    .iter()
                    .collect();
                let mut one_by_one = Counter::default();
                text.chars().for_each(|character| one_by_one.other(character));
                assert_eq!(count(&text, None), one_by_one.finish(None), "{text:?}");
            }
        }
    }

    #[test]
    fn letters_told_without_a_table_are_letters() {
        for character in '\u{80}'..='\u{300}' {
            assert!(!is_latin_letter(character) || character.is_alphabetic(), "{character}");
        }
    }

    #[test]
    fn signs_are_visible_characters() {
        let counts = count("L’été\u{a0}!\nFin", Some(&Lang::Fr));
        assert_eq!((counts.signs, counts.signs_without_spaces), (10, 9));
        assert_eq!(count("e\u{301}", None).signs, 1);
        assert_eq!(counts.reading_minutes, 1);
        assert_eq!(count(&"mot ".repeat(400), Some(&Lang::Fr)).reading_minutes, 3);
    }
}
