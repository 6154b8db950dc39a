//! House style: what a desk has agreed on for its words, said of a text as advice.

mod capitals;
mod numbers;
mod phrases;

use std::collections::BTreeMap;

use edito_prose::{Lang, Passage};
use serde::Serialize;

use crate::tokens::{Token, quoted, tokens};
use crate::{Advice, Kind, settle};
use phrases::Phrases;

/// What a desk has agreed on, as it says it; for the whole library, or for a section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HouseRules {
    /// Words for which others stand.
    pub terms: Vec<Term>,
    /// Words that are not used.
    pub banned: Vec<Banned>,
    /// Words and names with their capitals.
    pub capitals: Vec<Capitals>,
    /// How numbers are written, where anything is said of it.
    pub numbers: Option<Numbers>,
    /// Words of which a section says that they may be written, whatever was said of them above it.
    pub allowed: Vec<String>,
    /// Whether quotations are looked at, too; where nothing is said, they are not.
    pub quotations: Option<bool>,
}

/// A term that the desk prefers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Term {
    /// What is written.
    pub preferred: String,
    /// What it stands for. A word in capitals alone (« EI ») is met as it is written, any other in every case.
    pub instead_of: Vec<String>,
    /// Forms that are not made by an s: what is not written, and what is.
    pub forms: BTreeMap<String, String>,
    /// Phrases in which the words stay as they are.
    pub except: Vec<String>,
    /// The language of the texts it is about; `None` for all.
    pub lang: Option<String>,
    /// Why, in the words of the desk.
    pub why: Option<String>,
}

/// A word that the desk does not use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Banned {
    /// The word, or the words.
    pub word: String,
    /// Other forms of it.
    pub forms: Vec<String>,
    /// Phrases in which it may stand.
    pub except: Vec<String>,
    /// The language of the texts it is about; `None` for all.
    pub lang: Option<String>,
    /// Why, in the words of the desk.
    pub why: Option<String>,
}

/// Words with the capitals that the desk gives them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Capitals {
    /// The words as they are written.
    pub words: String,
    /// Phrases in which they are written otherwise.
    pub except: Vec<String>,
    /// The language of the texts it is about; `None` for all.
    pub lang: Option<String>,
    /// Why, in the words of the desk.
    pub why: Option<String>,
}

/// How numbers are written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Numbers {
    /// Numbers below this one are written in words, where they count things; 0 says nothing of it. At most 17.
    pub spell_out_below: u32,
    /// How percentages are written.
    pub percent: Option<Percent>,
    /// Words behind which, or before which, figures stay: units, names.
    pub except: Vec<String>,
}

/// The sign of percentages, or their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Percent {
    /// `12 %`
    Sign,
    /// `12 pour cent`, `12 percent`
    Words,
}

/// House rules made ready to be found in texts.
#[derive(Debug, Default)]
pub struct HouseStyle {
    terms: Phrases,
    banned: Phrases,
    capitals: Phrases,
    numbers: Option<Numbers>,
    quotations: bool,
}

impl HouseRules {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// These rules with those of a section, which come before: what it says of a word is what holds there, and what else
    /// was said of it does not. So what it writes or allows is no more replaced or banned, and a term goes whose word it
    /// does not want.
    #[must_use]
    pub fn within(&self, section: &HouseRules) -> HouseRules {
        let mut terms = section.terms.clone();
        terms.extend(self.terms.iter().filter_map(|term| term.under(section)));
        let mut banned = section.banned.clone();
        banned.extend(
            self.banned
                .iter()
                .filter(|one| !section.banned.iter().any(|own| same(&own.word, &one.word)))
                .filter(|one| !section.writes(&one.word, one.lang.as_deref()))
                .cloned(),
        );
        let mut capitals = section.capitals.clone();
        capitals.extend(
            self.capitals
                .iter()
                .filter(|one| !section.capitals.iter().any(|own| same(&own.words, &one.words)))
                .filter(|one| !section.allowed.iter().any(|word| same(word, &one.words)))
                .cloned(),
        );
        HouseRules {
            terms,
            banned,
            capitals,
            numbers: section.numbers.clone().or_else(|| self.numbers.clone()),
            allowed: self.allowed.iter().chain(&section.allowed).cloned().collect(),
            quotations: section.quotations.or(self.quotations),
        }
    }

    /// Whether a word is written here: preferred, or allowed.
    fn writes(&self, word: &str, lang: Option<&str>) -> bool {
        self.allowed.iter().any(|one| same(one, word))
            || self.terms.iter().any(|term| {
                meets(term.lang.as_deref(), lang)
                    && (same(&term.preferred, word) || term.forms.values().any(|one| same(one, word)))
            })
    }

    /// Whether a word is not written here: another stands for it, or it is banned.
    fn avoids(&self, word: &str, lang: Option<&str>) -> bool {
        let is = |one: &String| same(one, word);
        self.terms.iter().any(|term| {
            meets(term.lang.as_deref(), lang) && (term.instead_of.iter().any(is) || term.forms.keys().any(is))
        }) || self
            .banned
            .iter()
            .any(|banned| meets(banned.lang.as_deref(), lang) && (is(&banned.word) || banned.forms.iter().any(is)))
    }
}

impl Term {
    /// What remains of a term where a section says something of its words; `None` where nothing does.
    fn under(&self, section: &HouseRules) -> Option<Term> {
        let lang = self.lang.as_deref();
        if section.terms.iter().any(|own| same(&own.preferred, &self.preferred))
            || section.avoids(&self.preferred, lang)
        {
            return None;
        }
        let mut term = self.clone();
        term.instead_of.retain(|word| !section.writes(word, lang));
        term.forms
            .retain(|word, preferred| !section.writes(word, lang) && !section.avoids(preferred, lang));
        (!term.instead_of.is_empty() || !term.forms.is_empty()).then_some(term)
    }
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Whether texts can be in both languages; without one it is all of them.
fn meets(one: Option<&str>, other: Option<&str>) -> bool {
    one.zip(other)
        .is_none_or(|(one, other)| Lang::from_tag(one) == Lang::from_tag(other))
}

impl HouseStyle {
    /// Makes rules ready.
    pub fn of(rules: &HouseRules) -> Self {
        let mut style = HouseStyle {
            numbers: rules.numbers.clone(),
            quotations: rules.quotations.unwrap_or_default(),
            ..HouseStyle::default()
        };
        for term in &rules.terms {
            let entry = style
                .terms
                .entry(&term.preferred, term.lang.as_deref(), term.why.as_deref(), &term.except);
            for word in &term.instead_of {
                style.terms.add(entry, word, &term.preferred, true);
            }
            for (word, preferred) in &term.forms {
                style.terms.add(entry, word, preferred, false);
            }
        }
        for banned in &rules.banned {
            let entry = style
                .banned
                .entry("", banned.lang.as_deref(), banned.why.as_deref(), &banned.except);
            style.banned.add(entry, &banned.word, "", true);
            for form in &banned.forms {
                style.banned.add(entry, form, "", false);
            }
        }
        for one in &rules.capitals {
            let entry = style
                .capitals
                .entry(&one.words, one.lang.as_deref(), one.why.as_deref(), &one.except);
            style.capitals.add(entry, &one.words, &one.words, false);
            if let Some(plural) = capitals::plural(&one.words) {
                style.capitals.add(entry, &plural, &plural, false);
            }
        }
        style
    }

    /// Whether it has nothing to say.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.banned.is_empty() && self.capitals.is_empty() && self.numbers.is_none()
    }
}

/// What the house style says of a passage, in its order; no two pieces of advice overlap.
pub fn advise(passage: &Passage, style: &HouseStyle) -> Vec<Advice> {
    if style.is_empty() || passage.in_quotation && !style.quotations {
        return Vec::new();
    }
    hits(&passage.text, &passage.lang, passage.in_front_matter, style)
        .into_iter()
        .filter_map(|hit| {
            Some(Advice {
                range: passage.source(hit.start..hit.end)?,
                kind: Kind::House,
                rule: hit.rule.to_owned(),
                fixes: hit.fixes,
                note: hit.note,
            })
        })
        .collect()
}

/// The names of the rules; their words are `advice-rule-<name>` and `advice-rule-<name>-why`.
pub const NAMES: [&str; 4] = ["house-term", "house-banned", "house-capitals", "house-number"];

#[derive(Debug, Clone, PartialEq, Eq)]
struct Hit {
    start: usize,
    end: usize,
    rule: &'static str,
    fixes: Vec<String>,
    note: Option<String>,
}

/// A text as the rules of the house see it.
struct Read<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    lang: &'a Lang,
    in_title: bool,
}

fn hits(text: &str, lang: &Lang, in_title: bool, style: &HouseStyle) -> Vec<Hit> {
    let read = Read {
        text,
        tokens: tokens(text, lang),
        lang,
        in_title,
    };
    let mut found = Vec::new();
    phrases::terms(&read, &style.terms, &mut found);
    phrases::banned(&read, &style.banned, &mut found);
    capitals::hits(&read, &style.capitals, &mut found);
    if let Some(numbers) = &style.numbers {
        numbers::hits(&read, numbers, &mut found);
    }
    if !style.quotations && !found.is_empty() {
        let inside = quoted(&read.tokens);
        found.retain(|hit| {
            let at = read.tokens.partition_point(|token| token.start < hit.start);
            !inside.get(at).copied().unwrap_or_default()
        });
    }
    found.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    settle::apart(&mut found, |hit| (hit.start, hit.end));
    settle::with_apostrophes_of(text, found.iter_mut().flat_map(|hit| &mut hit.fixes));
    found
}

#[cfg(test)]
mod tests;
