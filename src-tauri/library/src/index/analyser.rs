//! Words as the full-text index knows them.
//!
//! A text gives its words as [`edito_prose::fold::words`] has them, and, at the same
//! position, the stem of each in the text's language where that is another word: once for
//! each form of it, for every further token costs time and space and tells nothing new. The
//! language stands in front of the text, one private character, because Tantivy binds a
//! tokenizer to a field and not to a document.

use edito_prose::Lang;
use edito_prose::fold::{self, Words};
use frostem::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::collections::HashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which the tokenizer is registered.
pub(crate) const NAME: &str = "edito";

/// The languages whose words are stemmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StemLanguage {
    French,
    English,
    Arabic,
}

impl StemLanguage {
    pub(crate) const ALL: [StemLanguage; 3] = [StemLanguage::French, StemLanguage::English, StemLanguage::Arabic];

    pub(crate) fn of(lang: Option<&Lang>) -> Option<StemLanguage> {
        match lang? {
            Lang::Fr => Some(StemLanguage::French),
            Lang::En => Some(StemLanguage::English),
            Lang::Ar => Some(StemLanguage::Arabic),
            _ => None,
        }
    }

    fn mark(self) -> char {
        match self {
            StemLanguage::French => '\u{F8F1}',
            StemLanguage::English => '\u{F8F2}',
            StemLanguage::Arabic => '\u{F8F3}',
        }
    }

    fn algorithm(self) -> Algorithm {
        match self {
            StemLanguage::French => Algorithm::French,
            StemLanguage::English => Algorithm::English,
            StemLanguage::Arabic => Algorithm::Arabic,
        }
    }
}

/// The text with its language in front, as the index takes it.
pub(crate) fn marked(language: Option<StemLanguage>, text: &str) -> Cow<'_, str> {
    match language {
        None => Cow::Borrowed(text),
        Some(language) => {
            let mut marked = String::with_capacity(text.len() + 4);
            marked.push(language.mark());
            marked.push_str(text);
            Cow::Owned(marked)
        }
    }
}

/// The stem of a folded word, when it is another word. Folding takes the accents that the
/// French algorithm looks at, so the endings whose accent is certain get theirs back first.
pub(crate) fn stem(language: StemLanguage, folded: &str) -> Option<String> {
    if !folded.chars().any(char::is_alphabetic) {
        return None;
    }
    let word = match language {
        StemLanguage::French => with_french_accents(folded),
        _ => Cow::Borrowed(folded),
    };
    let mut stem = fold::fold(&Stemmer::new(language.algorithm()).stem(&word));
    // Without accents « publie » and « publié » are one word, which the algorithm leaves with
    // and without the i.
    if language == StemLanguage::French && stem.len() >= 5 && stem.ends_with('i') {
        stem.pop();
    }
    (stem != folded && !stem.is_empty()).then_some(stem)
}

/// Longer words are cut out of names and encoded data; nobody searches them.
pub(crate) const LONGEST_WORD: usize = 100;

/// The tokenizer, with the stems that it has already found.
#[derive(Clone, Default)]
pub(crate) struct Analyser {
    stems: [Stems; 3],
    texts: u32,
}

/// Words and their stems, where those are other words, with the text each was last met in.
type Stems = HashMap<Box<str>, (Option<Box<str>>, u32), foldhash::fast::RandomState>;

impl Tokenizer for Analyser {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let language = text
            .chars()
            .next()
            .and_then(|first| StemLanguage::ALL.into_iter().find(|language| language.mark() == first));
        // The mark is no letter, so the words begin after it by themselves.
        self.texts = self.texts.wrapping_add(1);
        let known = language.and_then(|language| self.stems.get_mut(language as usize));
        let stems = known.zip(language).map(|(known, language)| {
            if known.len() > MOST_STEMS {
                known.clear();
            }
            (known, language)
        });
        Stream {
            words: fold::words(text),
            stems,
            text: self.texts,
            token: Token::default(),
            position: 0,
            pending: false,
            stem: String::new(),
        }
    }
}

/// The words of one text.
pub(crate) struct Stream<'a> {
    words: Words<'a>,
    stems: Option<(&'a mut Stems, StemLanguage)>,
    text: u32,
    token: Token,
    position: usize,
    pending: bool,
    stem: String,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        if self.pending {
            self.pending = false;
            std::mem::swap(&mut self.token.text, &mut self.stem);
            return true;
        }
        for word in self.words.by_ref() {
            self.token.position = self.position;
            self.position += 1;
            if word.folded.len() > LONGEST_WORD {
                continue;
            }
            self.token.offset_from = word.start;
            self.token.offset_to = word.end;
            self.token.text.clear();
            self.token.text.push_str(&word.folded);
            if let Some((known, language)) = &mut self.stems {
                if let Some((found, text)) = known.get_mut(word.folded.as_ref()) {
                    // Met in this text before: its stem has been given.
                    if *text != self.text {
                        *text = self.text;
                        self.pending = give(found.as_deref(), &mut self.stem);
                    }
                } else {
                    let found = stem(*language, &word.folded).map(String::into_boxed_str);
                    self.pending = give(found.as_deref(), &mut self.stem);
                    known.insert(word.folded.as_ref().into(), (found, self.text));
                }
            }
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

fn give(stem: Option<&str>, into: &mut String) -> bool {
    let Some(stem) = stem else { return false };
    into.clear();
    into.push_str(stem);
    true
}

/// About 3 MB at most for each language and thread, and only while an index is written.
const MOST_STEMS: usize = 40_000;

fn with_french_accents(folded: &str) -> Cow<'_, str> {
    const ENDINGS: [(&str, &str); 4] = [("ees", "ées"), ("ee", "ée"), ("ieres", "ières"), ("iere", "ière")];
    for (plain, accented) in ENDINGS {
        if let Some(head) = folded.strip_suffix(plain)
            && head.len() > 1
        {
            return Cow::Owned(format!("{head}{accented}"));
        }
    }
    Cow::Borrowed(folded)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn tokens(language: Option<StemLanguage>, text: &str) -> Vec<(usize, String)> {
        let text = marked(language, text).into_owned();
        let mut analyser = Analyser::default();
        let mut stream = analyser.token_stream(&text);
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().position, stream.token().text.clone()));
        }
        found
    }

    #[test]
    fn words_and_their_stems_share_a_position() {
        let found = tokens(Some(StemLanguage::French), "L’élection des maires");
        assert_eq!(found[0], (0, "election".into()));
        assert!(
            found.contains(&(2, "maires".into())) && found.contains(&(2, "mair".into())),
            "{found:?}"
        );
    }

    #[test]
    fn accents_change_no_stem() {
        let same = |one: &str, other: &str| {
            let of = |word: &str| {
                let word = fold::fold(word);
                stem(StemLanguage::French, &word).unwrap_or(word)
            };
            assert_eq!(of(one), of(other), "{one} {other}");
        };
        same("publiée", "publiees");
        same("publié", "publiées");
        same("publier", "publie");
        same("choisie", "choisir");
        same("première", "premier");
        same("musée", "musees");
    }

    #[test]
    fn a_text_without_language_gives_its_words_alone() {
        assert_eq!(
            tokens(None, "Running words"),
            [(0, "running".into()), (1, "words".into())]
        );
        assert!(tokens(None, "").is_empty());
    }

    #[test]
    fn a_word_too_long_leaves_a_gap() {
        let long = "x".repeat(LONGEST_WORD + 1);
        assert_eq!(tokens(None, &format!("a {long} b")), [(0, "a".into()), (2, "b".into())]);
    }
}
