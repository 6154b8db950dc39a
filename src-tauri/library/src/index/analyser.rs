//! Words as the full-text index knows them.
//!
//! A text gives its words as [`edito_prose::fold::words`] has them, each behind a sign for the
//! text's language. Their stems are not written: which words are forms of one another is told
//! when one of them is searched (see `search/forms.rs`), by the stemmer of the language under
//! whose sign they stand. Arabic is the exception: its words change at both ends, so their stems
//! stand beside them at the same position, once for each form in a text.
//!
//! The language stands in front of the text, one private character, because Tantivy binds a
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

/// All languages under whose sign words may stand; `None` is any other.
pub(crate) const LANGUAGES: [Option<StemLanguage>; 4] = [
    Some(StemLanguage::French),
    Some(StemLanguage::English),
    Some(StemLanguage::Arabic),
    None,
];

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

    /// What stands in front of a text in this language.
    pub(crate) fn mark(self) -> char {
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

/// A folded word as it stands in the dictionary, in texts of a language.
pub(crate) fn term(language: Option<StemLanguage>, word: &str) -> String {
    let mut term = String::with_capacity(word.len() + 1);
    term.push(sign(language));
    term.push_str(word);
    term
}

/// Where the other forms of a word stand in the dictionary.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Neighbours {
    /// It has none.
    None,
    /// They are found under one other word.
    Word(String),
    /// They are among the words that begin so, and have this stem.
    Among {
        /// A beginning of terms, sign included.
        beginning: String,
        /// The stem of the word.
        stem: String,
    },
}

/// Where to look for the other forms of a folded word, in texts of a language.
pub(crate) fn neighbours(language: StemLanguage, word: &str) -> Neighbours {
    let letters = word.chars().count();
    if letters < SHORTEST_WITH_FORMS || !word.chars().all(char::is_alphabetic) {
        return Neighbours::None;
    }
    let stem = stem(language, word);
    if language == StemLanguage::Arabic {
        return match stem {
            Some(stem) => Neighbours::Word(term(Some(language), &stem)),
            None => Neighbours::None,
        };
    }
    let stem = stem.unwrap_or_else(|| word.to_owned());
    // Stemmers take endings away and put others in their place (« communaux », « communal »;
    // "happily", "happi"): never more than the last two letters of a stem differ from the word.
    let shared = stem.chars().count().saturating_sub(2).max(SHORTEST_WITH_FORMS);
    let beginning: String = stem.chars().take(shared).collect();
    if !word.starts_with(&beginning) {
        return Neighbours::None;
    }
    Neighbours::Among {
        beginning: term(Some(language), &beginning),
        stem,
    }
}

/// Whether a folded word has a stem.
pub(crate) fn has_stem(language: StemLanguage, word: &str, wanted: &str) -> bool {
    // An ending is taken away or another put in its place; nothing long is ever added.
    let most = wanted.len() + LONGEST_ENDING;
    word.len() <= most && stem(language, word).as_deref().unwrap_or(word) == wanted
}

/// Shorter words have no other forms: « un », "is".
const SHORTEST_WITH_FORMS: usize = 3;
/// In bytes; "-fulnesses" has ten, « -issassions » eleven.
const LONGEST_ENDING: usize = 14;

fn sign(language: Option<StemLanguage>) -> char {
    match language {
        Some(StemLanguage::French) => 'f',
        Some(StemLanguage::English) => 'e',
        Some(StemLanguage::Arabic) => 'a',
        None => 'x',
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

/// The tokenizer, with the Arabic stems that it has already found.
#[derive(Clone, Default)]
pub(crate) struct Analyser {
    stems: Stems,
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
        self.texts = self.texts.wrapping_add(1);
        if self.stems.len() > MOST_STEMS {
            self.stems.clear();
        }
        Stream {
            // The mark is no letter, so the words begin after it by themselves.
            words: fold::words(text),
            stems: (language == Some(StemLanguage::Arabic)).then_some(&mut self.stems),
            sign: sign(language),
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
    stems: Option<&'a mut Stems>,
    sign: char,
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
            self.token.text.truncate(1);
            self.token.text.push_str(&self.stem);
            return true;
        }
        loop {
            self.token.text.clear();
            self.token.text.push(self.sign);
            let Some(place) = self.words.next_into(&mut self.token.text) else {
                return false;
            };
            self.token.position = self.position;
            self.position += 1;
            let word = self.token.text.get(1..).unwrap_or_default();
            if word.len() > LONGEST_WORD {
                continue;
            }
            if let Some(known) = &mut self.stems {
                if let Some((found, text)) = known.get_mut(word) {
                    // Met in this text before: its stem has been given.
                    if *text != self.text {
                        *text = self.text;
                        self.pending = give(found.as_deref(), &mut self.stem);
                    }
                } else {
                    let found = stem(StemLanguage::Arabic, word).map(String::into_boxed_str);
                    self.pending = give(found.as_deref(), &mut self.stem);
                    known.insert(word.into(), (found, self.text));
                }
            }
            self.token.offset_from = place.start;
            self.token.offset_to = place.end;
            return true;
        }
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

/// About 3 MB at most for each thread, and only while an index is written.
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
    fn words_stand_behind_the_sign_of_their_language() {
        let found = tokens(Some(StemLanguage::French), "L’élection des maires");
        let expected = [(0, "felection"), (1, "fdes"), (2, "fmaires")].map(|(at, word)| (at, word.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn arabic_words_and_their_stems_share_a_position() {
        let found = tokens(Some(StemLanguage::Arabic), "المدينة في المدينة");
        let stem = stem(StemLanguage::Arabic, &fold::fold("المدينة")).unwrap();
        assert_eq!(found.iter().filter(|(_, word)| *word == format!("a{stem}")).count(), 1);
        assert!(found.contains(&(0, format!("a{stem}"))), "{found:?}");
    }

    #[test]
    fn all_forms_of_a_word_are_its_neighbours() {
        // The two words are forms of one another for the stemmer; each must be found from the other.
        let forms = [
            (
                StemLanguage::French,
                "maire maires; election elections; publier publiees; national nationaux; heureux heureuse; \
              constitutionnel constitutionnelle constitutionnels; politique politiques; finir finissaient finissent; \
              evidence evident; constamment constant; psychologie psychologies; resolution resolutions; vif vive; mangeassions manger; \
              premiere premier; musee musees; choisie choisir; continuellement continuel",
            ),
            (
                StemLanguage::English,
                "running run runs; happy happily happiness; policy policies; nation nations; relational relate; \
              hopeful hopefulness; studies study studied; argue argued arguing; possibility possible; die dies died; \
              organization organize organizing; general generally",
            ),
        ];
        for (language, groups) in forms {
            for group in groups.split(';') {
                let words: Vec<&str> = group.split_whitespace().collect();
                for one in &words {
                    for other in &words {
                        let of = |word: &str| stem(language, word).unwrap_or_else(|| word.to_owned());
                        if of(one) != of(other) {
                            continue;
                        }
                        let Neighbours::Among { beginning, stem } = neighbours(language, one) else {
                            panic!("{one} has no neighbours");
                        };
                        assert!(
                            term(Some(language), other).starts_with(&beginning),
                            "{one} {other} {beginning}"
                        );
                        assert!(has_stem(language, other, &stem), "{one} {other}");
                    }
                }
            }
        }
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
            [(0, "xrunning".into()), (1, "xwords".into())]
        );
        assert!(tokens(None, "").is_empty());
    }

    #[test]
    fn a_word_too_long_leaves_a_gap() {
        let long = "x".repeat(LONGEST_WORD + 1);
        assert_eq!(
            tokens(None, &format!("a {long} b")),
            [(0, "xa".into()), (2, "xb".into())]
        );
    }
}
