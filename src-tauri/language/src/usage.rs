//! Grammar and style, by rules that are data (`usage/data`), each with examples of right and wrong.
//!
//! A rule is a pattern of words with what stands there instead. Patterns have no loops, and each is tried only where a
//! word that it names stands: the time goes with the length of the text, whatever is in it. What no pattern can say
//! (a word twice, a bracket that is never closed, a space that is missing) is in `usage/surface`.

mod foreign;
mod joints;
mod pattern;
pub(crate) mod rules;
mod sounds;
mod surface;

use std::sync::LazyLock;

use edito_prose::{Lang, Passage};

use crate::tokens::{quoted, tokens};
use crate::{Advice, Kind, settle};
use rules::Rules;
pub(crate) use rules::in_case_of;

/// What is said of a passage in French or English, in its order; nothing of any other. No two pieces of advice overlap.
///
/// What is quoted is corrected in its grammar, where a slip is likely one of copying, and left alone in its style.
pub fn advise(passage: &Passage) -> Vec<Advice> {
    let Some(rules) = of(&passage.lang) else {
        return Vec::new();
    };
    let found = hits(&passage.text, &passage.lang, rules, passage.in_quotation);
    found
        .into_iter()
        .filter_map(|hit| {
            Some(Advice {
                range: passage.source(hit.start..hit.end)?,
                kind: hit.kind,
                rule: hit.rule.to_owned(),
                fixes: hit.fixes,
                note: None,
            })
        })
        .collect()
}

/// The names of all rules of a language, in the order of their file; their words are `advice-rule-<name>` and
/// `advice-rule-<name>-why`.
pub fn names(lang: &Lang) -> Vec<&'static str> {
    let Some(rules) = of(lang) else { return Vec::new() };
    rules.families.iter().map(|family| family.name.as_str()).collect()
}

/// A place in a text of which a rule says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit<'r> {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    pub rule: &'r str,
    pub fixes: Vec<String>,
}

static FRENCH: LazyLock<Rules> = LazyLock::new(|| Rules::read(include_str!("usage/data/fr.txt")));
static ENGLISH: LazyLock<Rules> = LazyLock::new(|| Rules::read(include_str!("usage/data/en.txt")));

fn of(lang: &Lang) -> Option<&'static Rules> {
    match lang {
        Lang::Fr => Some(&FRENCH),
        Lang::En => Some(&ENGLISH),
        _ => None,
    }
}

fn hits<'r>(text: &str, lang: &Lang, rules: &'r Rules, in_quotation: bool) -> Vec<Hit<'r>> {
    let tokens = tokens(text, lang);
    if foreign::is_elsewhere(&tokens, lang) {
        return Vec::new();
    }
    let mut found = rules.hits(&tokens);
    surface::hits(text, &tokens, lang, &mut found);
    if in_quotation {
        found.retain(|hit| hit.kind == Kind::Grammar);
    } else if found.iter().any(|hit| hit.kind == Kind::Style) {
        let inside = quoted(&tokens);
        let is_quoted = |start| {
            let at = tokens.partition_point(|token| token.start < start);
            inside.get(at).copied().unwrap_or_default()
        };
        found.retain(|hit| hit.kind == Kind::Grammar || !is_quoted(hit.start));
    }
    // The first in the text, of those grammar before style, of those the longest.
    found.sort_by_key(|hit| (hit.start, hit.kind, std::cmp::Reverse(hit.end)));
    for hit in &mut found {
        joints::fit(hit, text, &tokens, lang);
    }
    settle::apart(&mut found, |hit| (hit.start, hit.end));
    settle::with_apostrophes_of(text, found.iter_mut().flat_map(|hit| &mut hit.fixes));
    found
}

#[cfg(test)]
mod tests;
