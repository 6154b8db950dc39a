//! What could have been meant, the likeliest first.

use edito_prose::Lang;

use super::affixes::{elided, is_made_of, with_apostrophe};
use super::dictionaries::Shelf;
use super::near::{cost, slips_of};
use super::own_words::OwnWords;
use super::words::{is_capitalised, plain};

/// So many are offered.
const MOST: usize = 6;
/// Words that somebody vouched for are offered up to this distance; see [`cost`].
const NEAR: u32 = 150;

/// What costs no more is what was meant.
const NEAR_BY: u32 = 60;
/// What costs no more may be what was meant.
const FAR: u32 = 110;

/// Words of one letter.
const SMALL: &[&str] = &["a", "à", "y", "ô", "A", "À", "I"];

/// What could stand in the place of a word as it was written, with its apostrophes and capitals.
pub(super) fn suggestions(written: &str, lang: &Lang, shelf: &Shelf, own: &OwnWords) -> Vec<String> {
    let word = plain(written);
    let elision = elided(&word);
    let rest = word.get(elision.len()..).unwrap_or_default();
    let is_right = |one: &str| {
        let has = |word: &str| own.has(word) || shelf.has(word);
        let right = |part: &str| has(part) || is_made_of(part, lang, &has);
        one.split(' ')
            .all(|part| part.chars().count() > 1 && right(part) || SMALL.contains(&part))
    };
    // Capitals at the head of a sentence hide small words from the dictionary’s own rules.
    let mut asked = vec![(elision, rest.to_owned())];
    if is_capitalised(rest) {
        asked.push((elision, rest.to_lowercase()));
    }
    let mut found: Vec<String> = Vec::new();
    if *lang == Lang::Fr {
        found.extend(with_apostrophe(&word));
    }
    for (elision, word) in &asked {
        let near = slips_of(word, &|one| shelf.has_slip(one) || own.has(one));
        found.extend(near.into_iter().map(|one| format!("{elision}{one}")));
    }
    found.retain(|one| is_right(&plain(one)));
    let best = |found: &[String]| {
        found
            .iter()
            .map(|one| cost(&word, &plain(one)))
            .min()
            .unwrap_or(u32::MAX)
    };
    for far in [false, true] {
        for (number, book) in shelf.books.iter().enumerate() {
            // Each step takes far longer than the one before: it is taken where nothing was found that is near. The
            // second dictionary of French differs from the first in few words.
            let enough = if number > 0 && (far || *lang == Lang::Fr) {
                FAR
            } else {
                NEAR_BY
            };
            if best(&found) <= if far { FAR } else { enough } {
                continue;
            }
            let suggester = book.suggester().with_ngram_suggestions(far);
            for (elision, word) in &asked {
                let mut some = Vec::new();
                suggester.suggest(word, &mut some);
                let right = some.into_iter().map(|one| format!("{elision}{one}"));
                found.extend(right.filter(|one| is_right(&plain(one))));
            }
        }
    }
    let vouched = own
        .iter()
        .filter(|one| one.chars().count() > 3 && cost(rest, one) <= NEAR);
    let vouched: Vec<String> = vouched.map(|one| format!("{elision}{one}")).collect();
    // Among equals, what somebody vouched for.
    let mut ranked: Vec<(u32, String)> = vouched
        .into_iter()
        .chain(found)
        .map(|one| as_written(&plain(&one), &word))
        .map(|one| (cost(&word, &one), one))
        .collect();
    ranked.sort_by_key(|(cost, _)| *cost);
    let mut offered: Vec<String> = Vec::new();
    let straight = written.contains('\'');
    for (_, one) in ranked {
        let one = if straight { one } else { one.replace('\'', "’") };
        if one != written && one != word && !offered.contains(&one) {
            offered.push(one);
        }
        if offered.len() == MOST {
            break;
        }
    }
    offered
}

/// A word with a capital where the one in its place has one.
fn as_written(one: &str, word: &str) -> String {
    let mut letters = one.chars();
    match letters.next() {
        Some(first) if is_capitalised(word) && first.is_lowercase() => first.to_uppercase().chain(letters).collect(),
        _ => one.to_owned(),
    }
}
