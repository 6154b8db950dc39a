//! Words and phrases of a desk, found in a text whatever their case, their accents and their number.

use std::collections::HashMap;

use edito_prose::Lang;
use edito_prose::fold::fold;

use super::{Hit, Read};
use crate::tokens::{Token, tokens};
use crate::usage::in_case_of;

/// Phrases by their first word.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    entries: Vec<Entry>,
    phrases: Vec<Phrase>,
    by_first: HashMap<String, Vec<usize>>,
}

/// What phrases have in common.
#[derive(Debug)]
pub(super) struct Entry {
    /// What the desk writes.
    pub preferred: String,
    pub lang: Option<Lang>,
    pub why: Option<String>,
    /// The words of phrases in which nothing is said, as `key`s.
    except: Vec<Vec<String>>,
}

#[derive(Debug)]
struct Phrase {
    entry: usize,
    /// Lower case, accents kept.
    words: Vec<String>,
    /// As it is written, where case tells it from another word.
    exact: Option<Vec<String>>,
    fix: String,
    /// An s behind it makes its plural.
    plural: bool,
}

/// Where a phrase stands.
pub(super) struct Found<'p> {
    pub first: usize,
    pub last: usize,
    pub entry: &'p Entry,
    pub fix: &'p str,
    /// It has the s of a plural.
    pub plural: bool,
    /// It is met in its own capitals alone, which say nothing of those of what stands for it.
    pub exact: bool,
}

impl Phrases {
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// An entry, by its number.
    pub fn entry(&mut self, preferred: &str, lang: Option<&str>, why: Option<&str>, except: &[String]) -> usize {
        self.entries.push(Entry {
            preferred: preferred.to_owned(),
            lang: lang.map(Lang::from_tag),
            why: why.map(str::to_owned),
            except: except
                .iter()
                .map(|phrase| words(phrase))
                .filter(|words| !words.is_empty())
                .collect(),
        });
        self.entries.len() - 1
    }

    /// Adds a phrase to an entry.
    pub fn add(&mut self, entry: usize, phrase: &str, fix: &str, plural: bool) {
        let words = words(phrase);
        let Some(first) = words.first() else { return };
        let shouted = phrase.chars().filter(|character| character.is_alphabetic()).count() > 1
            && phrase.chars().all(|character| !character.is_lowercase());
        let exact = shouted.then(|| {
            tokens(phrase, &Lang::Fr)
                .iter()
                .map(|token| token.text.to_owned())
                .collect()
        });
        let number = self.phrases.len();
        self.by_first.entry(fold(first)).or_default().push(number);
        if plural && words.len() == 1 {
            for ending in ["s", "x"] {
                self.by_first
                    .entry(fold(&format!("{first}{ending}")))
                    .or_default()
                    .push(number);
            }
        }
        self.phrases.push(Phrase {
            entry,
            words,
            exact,
            fix: fix.to_owned(),
            plural,
        });
    }

    /// Where the phrases stand in a text.
    pub fn find<'p>(&'p self, read: &Read<'_>) -> Vec<Found<'p>> {
        let mut found = Vec::new();
        if self.is_empty() {
            return found;
        }
        for (at, token) in read.tokens.iter().enumerate() {
            let named = self.by_first.get(&fold(&token.key));
            for phrase in named
                .into_iter()
                .flatten()
                .filter_map(|number| self.phrases.get(*number))
            {
                let Some(entry) = self.entries.get(phrase.entry) else {
                    continue;
                };
                if entry.lang.as_ref().is_some_and(|lang| lang != read.lang) {
                    continue;
                }
                let last = at + phrase.words.len() - 1;
                let Some(met) = read.tokens.get(at..=last) else {
                    continue;
                };
                let Some(plural) = phrase.is_met(met) else { continue };
                if entry.except.iter().any(|words| covers(words, &read.tokens, at, last)) {
                    continue;
                }
                found.push(Found {
                    first: at,
                    last,
                    entry,
                    fix: &phrase.fix,
                    plural,
                    exact: phrase.exact.is_some(),
                });
            }
        }
        found
    }
}

impl Phrase {
    /// Whether these tokens are the phrase, and if so whether they are its plural.
    fn is_met(&self, tokens: &[Token<'_>]) -> Option<bool> {
        let mut plural = false;
        for (number, (word, token)) in self.words.iter().zip(tokens).enumerate() {
            let is_last = number + 1 == self.words.len();
            if is_same(word, &token.key) {
                continue;
            }
            let stem = token.key.strip_suffix(['s', 'x']);
            let made_by_s = self.plural && is_last && !word.ends_with(['s', 'x', 'z']) && word.chars().count() > 2;
            if made_by_s && stem.is_some_and(|stem| is_same(word, stem)) {
                plural = true;
            } else {
                return None;
            }
        }
        if let Some(exact) = &self.exact
            && !exact.iter().zip(tokens).all(|(word, token)| token.text == word)
        {
            return None;
        }
        Some(plural)
    }
}

/// Whether a text is a word: letter by letter, or with accents left out. Other accents make another word.
fn is_same(word: &str, text: &str) -> bool {
    word == text || (fold(word) == fold(text) && !has_accents(text))
}

fn has_accents(text: &str) -> bool {
    fold(text) != text.to_lowercase()
}

fn words(phrase: &str) -> Vec<String> {
    tokens(phrase, &Lang::Fr)
        .into_iter()
        .map(|token| token.key.into_owned())
        .collect()
}

/// Whether the words of an exception stand around tokens, with these among them.
fn covers(words: &[String], tokens: &[Token<'_>], first: usize, last: usize) -> bool {
    let earliest = (last + 1).saturating_sub(words.len());
    (earliest..=first).any(|start| {
        tokens
            .get(start..start + words.len())
            .is_some_and(|there| there.iter().zip(words).all(|(token, word)| token.key == word.as_str()))
    })
}

/// Terms for which the desk has others.
pub(super) fn terms(read: &Read<'_>, terms: &Phrases, found: &mut Vec<Hit>) {
    for met in terms.find(read) {
        let Some(marked) = read.tokens.get(met.first..=met.last) else {
            continue;
        };
        let (Some(first), Some(last)) = (marked.first(), marked.last()) else {
            continue;
        };
        let written = read.text.get(first.start..last.end).unwrap_or_default();
        // What is written is what is preferred, but for its case or the form of its letters.
        if words(written) == words(met.fix) {
            continue;
        }
        let mut fix = met.fix.to_owned();
        if met.plural && !fix.ends_with(['s', 'x', 'z']) {
            fix.push('s');
        }
        let fix = if is_name(&fix) || met.exact {
            fix
        } else {
            in_case_of(marked, fix)
        };
        let (start, fixes) = with_article(read, met.first, first.start, fix);
        found.push(Hit {
            start,
            end: last.end,
            rule: "house-term",
            fixes,
            note: Some(match &met.entry.why {
                Some(why) => format!("{} — {why}", met.entry.preferred),
                None => met.entry.preferred.clone(),
            }),
        });
    }
}

/// Words that the desk does not use.
pub(super) fn banned(read: &Read<'_>, banned: &Phrases, found: &mut Vec<Hit>) {
    for met in banned.find(read) {
        let (Some(first), Some(last)) = (read.tokens.get(met.first), read.tokens.get(met.last)) else {
            continue;
        };
        found.push(Hit {
            start: first.start,
            end: last.end,
            rule: "house-banned",
            fixes: Vec::new(),
            note: met.entry.why.clone(),
        });
    }
}

/// A text with capitals of its own, which it keeps.
fn is_name(text: &str) -> bool {
    text.chars().skip(1).any(char::is_uppercase)
}

/// French elides what stands before a word by how that begins: with another word, the article in front of it is another.
/// The start of what is replaced then, and the texts that could stand there.
fn with_article(read: &Read<'_>, at: usize, start: usize, fix: String) -> (usize, Vec<String>) {
    let alone = (start, vec![fix.clone()]);
    let Some(before) = at.checked_sub(1).and_then(|before| read.tokens.get(before)) else {
        return alone;
    };
    if *read.lang != Lang::Fr || !before.is_word() {
        return alone;
    }
    let vowel = fold(&fix).starts_with(['a', 'e', 'i', 'o', 'u']);
    let article: Vec<&str> = match (before.key.as_ref(), vowel) {
        ("l'", false) => vec!["le ", "la "],
        ("d'", false) => vec!["de "],
        ("qu'", false) => vec!["que "],
        ("le" | "la", true) => vec!["l’"],
        ("de", true) => vec!["d’"],
        ("que", true) => vec!["qu’"],
        _ => return alone,
    };
    let head = std::slice::from_ref(before);
    let named = before.key == "l'" && fix.starts_with(char::is_uppercase) && !fix.contains(' ');
    let mut fixes: Vec<String> = article
        .into_iter()
        .map(|article| {
            let article = if before.is_capitalised() && before.text.chars().count() <= 2 {
                let mut letters = article.chars();
                letters
                    .next()
                    .into_iter()
                    .flat_map(char::to_uppercase)
                    .chain(letters)
                    .collect()
            } else {
                in_case_of(head, article.to_owned())
            };
            format!("{article}{fix}")
        })
        .collect();
    // A name may have no article at all.
    if named {
        fixes.insert(0, fix);
    }
    (before.start, fixes)
}
