//! A text as words and marks, as rules go through it.

use std::borrow::Cow;

use edito_prose::Lang;
use edito_prose::fold::is_apostrophe;
use edito_prose::passages::OBJECT;
use unicode_normalization::UnicodeNormalization;

/// A word, a number, a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// In bytes of the text.
    pub start: usize,
    pub end: usize,
    /// As it is written.
    pub text: &'a str,
    /// As rules name it: lower case, `'` for every apostrophe, letters composed.
    pub key: Cow<'a, str>,
    pub kind: Kind,
    /// White space stands before it.
    pub spaced: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, with hyphens and apostrophes within; an elided word ends with its apostrophe.
    Word,
    /// Digits, with what separates them.
    Number,
    Mark,
    /// What is no text.
    Object,
}

impl Token<'_> {
    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// The tokens of a text, in order.
pub(crate) fn tokens<'a>(text: &'a str, lang: &Lang) -> Vec<Token<'a>> {
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut spaced = false;
    let mut at = 0;
    while let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if character.is_whitespace() {
            spaced = true;
            at += character.len_utf8();
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let (length, kind) = if is_letter(character) {
            (word(rest, lang), Kind::Word)
        } else if character.is_numeric() {
            number(rest)
        } else if character == OBJECT {
            (character.len_utf8(), Kind::Object)
        } else {
            (character.len_utf8(), Kind::Mark)
        };
        let written = rest.get(..length).unwrap_or_default();
        found.push(Token {
            start: at,
            end: at + length,
            text: written,
            key: key(written),
            kind,
            spaced: std::mem::take(&mut spaced),
        });
        at += length.max(1);
    }
    found
}

/// Whether what stands before a token ends a sentence, opens a quotation, or is nothing.
pub(crate) fn begins(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    tokens
        .get(before)
        .is_some_and(|token| token.kind == Kind::Mark && ".!?…:«“\"„—–•".contains(token.text))
}

/// Whether a French clause begins with a token for sure: a sentence does, or a mark or a word that joins clauses stands
/// before it.
pub(crate) fn begins_clause(tokens: &[Token<'_>], at: usize) -> bool {
    const JOINTS: [&str; 11] = [
        "si", "s'", "car", "mais", "quand", "lorsque", "lorsqu'", "puisque", "puisqu'", "donc", "or",
    ];
    begins(tokens, at)
        || at
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|token| {
                token.kind == Kind::Mark && ",;()".contains(token.text) || JOINTS.contains(&token.key.as_ref())
            })
}

/// Whether a clause ends before a token.
pub(crate) fn ends(tokens: &[Token<'_>], at: usize) -> bool {
    tokens
        .get(at)
        .is_none_or(|token| token.kind == Kind::Mark && ".!?…;:,»”)\"".contains(token.text))
}

/// For each token, whether it stands between quotation marks. A mark that is never closed quotes nothing.
pub(crate) fn quoted(tokens: &[Token<'_>]) -> Vec<bool> {
    let mut inside = vec![false; tokens.len()];
    let mut open: Option<(usize, &str)> = None;
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Mark {
            continue;
        }
        match (open, token.text) {
            (None, "«" | "“" | "„") => open = Some((at, token.text)),
            (None, "\"") => open = Some((at, "\"")),
            (Some((_, "«")), "«") => depth += 1,
            (Some((_, "«")), "»") if depth > 0 => depth -= 1,
            (Some((from, mark)), closing) if closes(mark, closing) => {
                inside.iter_mut().take(at).skip(from).for_each(|one| *one = true);
                open = None;
            }
            _ => {}
        }
    }
    inside
}

fn closes(mark: &str, closing: &str) -> bool {
    matches!(
        (mark, closing),
        ("«", "»") | ("“", "”" | "\"") | ("„", "“" | "”") | ("\"", "\"" | "”")
    )
}

fn is_letter(character: char) -> bool {
    character.is_alphabetic() || is_joined(character)
}

/// Marks of accents and what can't be seen, within a word.
fn is_joined(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}')
}

/// The length of the word at the head of a text.
fn word(text: &str, lang: &Lang) -> usize {
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if is_letter(character) || character.is_numeric() {
            continue;
        }
        let within = characters.peek().is_some_and(|(_, next)| is_letter(*next));
        if matches!(character, '-' | '\u{2010}' | '\u{2011}') && within {
            continue;
        }
        if matches!(character, '\'' | '’' | 'ʼ') {
            if *lang != Lang::En && text.get(..at).is_some_and(elides) {
                return at + character.len_utf8();
            }
            if within {
                continue;
            }
        }
        return at;
    }
    text.len()
}

fn elides(head: &str) -> bool {
    const ELIDED: [&str; 14] = [
        "l", "d", "j", "n", "s", "m", "t", "c", "ç", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
    ];
    head.len() <= 6 && ELIDED.contains(&head.to_lowercase().as_str())
}

/// Digits with what stands between them, and the letters that follow (3e, 20th).
fn number(text: &str) -> (usize, Kind) {
    let mut end = 0;
    let mut letters = false;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if character.is_numeric() || is_letter(character) {
            letters |= is_letter(character);
        } else {
            let next = characters.peek().map(|(_, next)| *next);
            let digit = next.is_some_and(char::is_numeric);
            let joins = match character {
                '.' | ',' | '\u{202f}' | '\u{a0}' => digit && !letters,
                '-' | '\u{2011}' => next.is_some_and(|next| next.is_alphanumeric()),
                _ => false,
            };
            if !joins {
                break;
            }
            letters |= character == '-' || character == '\u{2011}';
        }
        end = at + character.len_utf8();
    }
    (end, if letters { Kind::Word } else { Kind::Number })
}

fn key(written: &str) -> Cow<'_, str> {
    if written
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        return Cow::Borrowed(written);
    }
    let composed: String = written
        .nfc()
        .filter(|character| !matches!(character, '\u{ad}' | '\u{200c}' | '\u{200d}'))
        .flat_map(char::to_lowercase)
        .map(|character| match character {
            '\u{2010}' | '\u{2011}' => '-',
            character if is_apostrophe(character) => '\'',
            character => character,
        })
        .collect();
    Cow::Owned(composed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use proptest::prelude::*;

    use super::*;

    fn keys(text: &str, lang: &Lang) -> Vec<String> {
        tokens(text, lang)
            .iter()
            .map(|token| token.key.clone().into_owned())
            .collect()
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        assert_eq!(
            keys("L’homme a-t-il dit « aujourd'hui » ?", &Lang::Fr),
            ["l'", "homme", "a-t-il", "dit", "«", "aujourd'hui", "»", "?"]
        );
        assert_eq!(
            keys("It’s the dogs' 20th, 3.5%", &Lang::En),
            ["it's", "the", "dogs", "'", "20th", ",", "3.5", "%"]
        );
        assert_eq!(
            keys("1\u{202f}000 e\u{301}te\u{301}s", &Lang::Fr),
            ["1\u{202f}000", "étés"]
        );
    }

    #[test]
    fn quotations_that_are_closed_are_known() {
        let text = "dit « un « deux » trois » et « quatre";
        let found = tokens(text, &Lang::Fr);
        let inside = quoted(&found);
        let words: Vec<_> = found
            .iter()
            .zip(inside)
            .filter(|(token, inside)| *inside && token.is_word())
            .map(|(token, _)| token.text)
            .collect();
        assert_eq!(words, ["un", "deux", "trois"]);
    }

    proptest! {
        #[test]
        fn tokens_are_parts_of_the_text_in_order(text in "\\PC{0,80}") {
            for lang in [Lang::Fr, Lang::En] {
                let mut last = 0;
                for token in tokens(&text, &lang) {
                    prop_assert!(token.start >= last && token.end > token.start);
                    prop_assert_eq!(&text[token.start..token.end], token.text);
                    last = token.end;
                }
            }
        }
    }
}
