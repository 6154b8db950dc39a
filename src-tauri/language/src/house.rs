//! The style of a house: what a desk has agreed on, and where a text does otherwise.
//!
//! Four kinds of rules: terms that are preferred to others, words that are banned, words whose capitals are settled, and
//! numbers that are spelt out. What stands between quotation marks or in a block quotation is somebody else’s and left
//! alone, unless the desk wants it otherwise.

mod numbers;
mod phrases;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;

use edito_prose::{Lang, Passage};
use serde::{Deserialize, Serialize};

use crate::{Advice, Kind};
use phrases::{Phrase, Words};

/// What a desk has agreed on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HouseStyle {
    /// Terms that are preferred to others.
    pub terms: Vec<Term>,
    /// Words that are not to be used.
    pub banned: Vec<Banned>,
    /// Words with their capitals as they are to be written: « État », « Assemblée nationale ».
    pub capitals: Vec<String>,
    /// Numbers below this one are spelt out; 0 where they need not be.
    pub spell_out_below: u32,
    /// Whether quotations are held to the rules as well.
    pub quotations: bool,
}

/// A term that is preferred to others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Term {
    /// The term to use, as it is written.
    pub preferred: String,
    /// Those that it stands for.
    pub not: Vec<String>,
    /// Why, in the desk’s words.
    pub why: Option<String>,
    /// Only in paragraphs of this language.
    pub lang: Option<Lang>,
}

/// A word that is not to be used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Banned {
    /// The word, or some.
    pub word: String,
    /// Why, in the desk’s words.
    pub why: Option<String>,
    /// Only in paragraphs of this language.
    pub lang: Option<Lang>,
}

impl HouseStyle {
    /// Whether nothing was agreed on.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.banned.is_empty() && self.capitals.is_empty() && self.spell_out_below == 0
    }

    /// The style of a part of the house: its own rules beside those of the whole, and before them where both speak of the
    /// same word.
    pub fn over(&self, whole: &HouseStyle) -> HouseStyle {
        let mut style = self.clone();
        let of_own = |word: &str| {
            let folded = word.to_lowercase();
            let terms = self
                .terms
                .iter()
                .flat_map(|term| term.not.iter().chain([&term.preferred]));
            let words = terms
                .chain(self.banned.iter().map(|banned| &banned.word))
                .chain(&self.capitals);
            words.into_iter().any(|known| known.to_lowercase() == folded)
        };
        for term in &whole.terms {
            let not: Vec<String> = term.not.iter().filter(|word| !of_own(word)).cloned().collect();
            if !not.is_empty() {
                style.terms.push(Term { not, ..term.clone() });
            }
        }
        style
            .banned
            .extend(whole.banned.iter().filter(|banned| !of_own(&banned.word)).cloned());
        style
            .capitals
            .extend(whole.capitals.iter().filter(|word| !of_own(word)).cloned());
        if style.spell_out_below == 0 {
            style.spell_out_below = whole.spell_out_below;
        }
        style.quotations |= whole.quotations;
        style
    }
}

/// A style, ready to be looked for. Making it takes time in proportion to the style, and is worth keeping.
#[derive(Debug, Clone)]
pub struct Readied {
    style: HouseStyle,
    phrases: Vec<(Phrase, Rule)>,
    /// The phrases by their first word.
    first: HashMap<String, Vec<usize>>,
}

#[derive(Debug, Clone, Copy)]
enum Rule {
    Term(usize),
    Banned(usize),
    Capitals(usize),
}

impl Readied {
    /// Readies a style.
    pub fn new(style: HouseStyle) -> Readied {
        let mut phrases = Vec::new();
        for (number, term) in style.terms.iter().enumerate() {
            for not in &term.not {
                phrases.extend(Phrase::new(not, &term.preferred).map(|phrase| (phrase, Rule::Term(number))));
            }
        }
        for (number, banned) in style.banned.iter().enumerate() {
            phrases.extend(Phrase::new(&banned.word, "").map(|phrase| (phrase, Rule::Banned(number))));
        }
        for (number, word) in style.capitals.iter().enumerate() {
            phrases.extend(Phrase::new(word, "").map(|phrase| (phrase, Rule::Capitals(number))));
        }
        // Of what begins at the same word, the longest counts.
        phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.length()));
        let mut first: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, (phrase, _)) in phrases.iter().enumerate() {
            first.entry(phrase.first().to_owned()).or_default().push(number);
        }
        Readied { style, phrases, first }
    }

    /// What a passage does otherwise, in its order.
    pub fn advise(&self, passage: &Passage) -> Vec<Advice> {
        if self.style.is_empty() || passage.in_quotation && !self.style.quotations {
            return Vec::new();
        }
        let words = Words::of(&passage.text);
        let quoted = if self.style.quotations {
            Vec::new()
        } else {
            quotations(&passage.text)
        };
        let is_quoted = |range: &Range<usize>| {
            quoted
                .iter()
                .any(|one| one.start <= range.start && range.end <= one.end)
        };
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let key = words.key(at);
            let hit = [Some(key), key.strip_suffix(['s', 'x'])]
                .into_iter()
                .flatten()
                .filter_map(|key| self.first.get(key))
                .flatten()
                .filter_map(|number| self.phrases.get(*number))
                .find(|(phrase, rule)| self.speaks(*rule, &passage.lang) && phrase.stands_at(&words, at));
            let Some((phrase, rule)) = hit else {
                at += 1;
                continue;
            };
            let range = words.range(at, phrase.length());
            at += phrase.length();
            if is_quoted(&range) {
                continue;
            }
            let written = passage.text.get(range.clone()).unwrap_or_default();
            found.extend(self.advice(passage, *rule, range.clone(), written));
        }
        if self.style.spell_out_below > 0 {
            let numbers = numbers::digits(passage, &words, self.style.spell_out_below);
            found.extend(
                numbers
                    .into_iter()
                    .filter(|(range, _)| !is_quoted(range))
                    .filter_map(|(range, fixes)| {
                        Some(Advice {
                            range: passage.source(range)?,
                            kind: Kind::House,
                            rule: "house-number".into(),
                            fixes,
                            note: Some(self.style.spell_out_below.to_string()),
                        })
                    }),
            );
        }
        found.sort_by_key(|advice| advice.range.start);
        found
    }

    fn speaks(&self, rule: Rule, lang: &Lang) -> bool {
        let wanted = match rule {
            Rule::Term(number) => self.style.terms.get(number).and_then(|term| term.lang.as_ref()),
            Rule::Banned(number) => self.style.banned.get(number).and_then(|banned| banned.lang.as_ref()),
            Rule::Capitals(_) => None,
        };
        wanted.is_none_or(|wanted| wanted == lang)
    }

    fn advice(&self, passage: &Passage, rule: Rule, range: Range<usize>, written: &str) -> Option<Advice> {
        let (name, wider, fixes, note) = match rule {
            Rule::Term(number) => {
                let term = self.style.terms.get(number)?;
                if phrases::same(written, &term.preferred) {
                    return None;
                }
                let (range, fixes) = phrases::replaced(&passage.text, &range, written, &term.preferred, &passage.lang);
                let note = term.why.clone().unwrap_or_else(|| term.preferred.clone());
                ("house-term", range, fixes, Some(note))
            }
            Rule::Banned(number) => {
                let banned = self.style.banned.get(number)?;
                ("house-banned", range.clone(), Vec::new(), banned.why.clone())
            }
            Rule::Capitals(number) => {
                let word = self.style.capitals.get(number)?;
                let as_agreed = phrases::capitals_agree(written, word);
                // A title in capitals and the head of a sentence are no other way of writing it.
                if as_agreed
                    || phrases::is_all_capitals(written)
                    || phrases::is_only_head(&passage.text, &range, written, word)
                {
                    return None;
                }
                (
                    "house-capitals",
                    range.clone(),
                    vec![phrases::with_capitals(written, word)],
                    Some(word.clone()),
                )
            }
        };
        // Where the words before can’t be changed, the term alone is.
        let (place, fixes) = match passage.source(wider.clone()) {
            Some(place) => (place, fixes),
            None => (passage.source(range)?, Vec::new()),
        };
        Some(Advice {
            range: place,
            kind: Kind::House,
            rule: name.into(),
            fixes,
            note,
        })
    }
}

/// What a text says between quotation marks, the marks not included.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, character) in text.char_indices() {
        match (open, character) {
            (None, '«') => open = Some((at, '»')),
            (None, '“') => open = Some((at, '”')),
            (None, '"') => open = Some((at, '"')),
            (Some((start, close)), _) if character == close => {
                found.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    // A quotation that goes on in the next paragraph.
    if let Some((start, _)) = open.filter(|(_, close)| *close != '"') {
        found.push(start..text.len());
    }
    found
}
