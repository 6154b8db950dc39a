//! Words and names with the capitals that the desk gives them.

use edito_prose::Lang;

use super::phrases::Phrases;
use super::{Hit, Read};
use crate::tokens::{begins, tokens};

/// Adds where the capitals of a text are others. Said of nothing that is in capitals throughout, of no capital at the
/// head of a sentence, and, in English titles, of no capital at all.
pub(super) fn hits(read: &Read<'_>, capitals: &Phrases, found: &mut Vec<Hit>) {
    for met in capitals.find(read) {
        let Some(marked) = read.tokens.get(met.first..=met.last) else {
            continue;
        };
        let (Some(first), Some(last)) = (marked.first(), marked.last()) else {
            continue;
        };
        let written = read.text.get(first.start..last.end).unwrap_or_default();
        let wanted = tokens(met.fix, read.lang);
        if wanted.len() != marked.len() || is_shouted(read, met.first, met.last) {
            continue;
        }
        let head = begins(&read.tokens, met.first);
        let differs = marked.iter().zip(&wanted).enumerate().any(|(number, (token, wanted))| {
            let (mut is, mut should) = (token.text.chars(), wanted.text.chars());
            let (is_first, should_first) = (is.next(), should.next());
            let is_upper = is_first.is_some_and(char::is_uppercase);
            let should_upper = should_first.is_some_and(char::is_uppercase);
            let allowed = is_upper && !should_upper && (number == 0 && head || read.in_title && *read.lang == Lang::En);
            let rest = is
                .zip(should)
                .any(|(is, should)| is.is_uppercase() != should.is_uppercase());
            is_upper != should_upper && !allowed || rest
        });
        if !differs {
            continue;
        }
        let mut fix = String::new();
        for (number, (token, wanted)) in marked.iter().zip(&wanted).enumerate() {
            // Spaces and apostrophes stay as they are written.
            let before = if number == 0 { None } else { marked.get(number - 1) };
            fix.push_str(
                before
                    .and_then(|before| read.text.get(before.end..token.start))
                    .unwrap_or_default(),
            );
            if wanted.text.ends_with(['\'', '’']) {
                fix.extend(wanted.text.chars().take(wanted.text.chars().count() - 1));
                fix.extend(token.text.chars().last());
            } else {
                fix.push_str(wanted.text);
            }
        }
        if head && first.is_capitalised() {
            let mut letters = fix.chars();
            fix = letters
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .chain(letters)
                .collect();
        }
        if fix == written {
            continue;
        }
        found.push(Hit {
            start: first.start,
            end: last.end,
            rule: "house-capitals",
            fixes: vec![fix],
            note: met.entry.why.clone(),
        });
    }
}

/// Words whose first is a noun in small letters, with that noun in the plural: « chefs d’État ». What is a name, and what
/// begins with a word that may be none, has no plural here.
pub(super) fn plural(words: &str) -> Option<String> {
    let end = words.find(char::is_whitespace)?;
    let (noun, rest) = words.split_at_checked(end)?;
    let behind = rest.trim_start();
    let with_complement = ["d’", "d'", "de ", "du ", "des ", "de l’", "de l'", "of "]
        .iter()
        .any(|word| behind.starts_with(word));
    let is_noun = noun.chars().all(char::is_lowercase) && noun.chars().count() > 2 && !noun.ends_with(['s', 'x', 'z']);
    let ending = if noun.ends_with("eau") { "x" } else { "s" };
    (is_noun && with_complement).then(
        || match noun.strip_suffix("al").filter(|_| !behind.starts_with("of ")) {
            Some(stem) => format!("{stem}aux{rest}"),
            None => format!("{noun}{ending}{rest}"),
        },
    )
}

/// Whether tokens and a word beside them are in capitals throughout, as in a heading that is set so; a single word alone
/// is taken for an emphasis.
fn is_shouted(read: &Read<'_>, first: usize, last: usize) -> bool {
    let around = first.saturating_sub(1)..(last + 2).min(read.tokens.len());
    let words = read.tokens.get(around).unwrap_or_default();
    let mut letters = words
        .iter()
        .filter(|token| token.is_word())
        .flat_map(|token| token.text.chars())
        .filter(|letter| letter.is_alphabetic());
    letters.all(char::is_uppercase)
}
