//! What is said in another language within a passage: quoted, emphasised, or in a row.

use std::ops::Range;

use edito_prose::{Lang, Passage};

use super::words::Word;

/// The parts of a passage that stand in quotation marks or are emphasised, in bytes of its text. One that never ends is
/// none.
pub(super) fn set_apart(passage: &Passage, source: &str) -> Vec<Range<usize>> {
    let mut found = quoted(&passage.text);
    found.extend(emphasised(passage, source));
    found
}

/// What a word is known to be: of the passage’s language, of the other one that Edito has a dictionary of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    pub(super) own: bool,
    pub(super) other: bool,
}

/// Whether so many words that are set apart are in another language, by how many of them are known in which: the other
/// one, or one of which nothing is known.
pub(super) fn is_foreign(words: usize, own: usize, other: usize) -> bool {
    let unknown = words - own;
    if words == 1 {
        return own == 0 && other == 1;
    }
    other > own && other * 5 >= words * 4 || unknown >= 2 && unknown * 5 >= words * 3
}

/// So many words on either side tell whether a word stands in a row.
const LONGEST_ROW: usize = 50;

/// Whether a word stands in a row of words of another language, without any sign of it: three at least, of which the
/// passage’s own language does not know one in three. A small word that is the own language’s alone parts two rows.
/// `is_slip` tells of a word whether it is near to one of the own language: who writes three of them in a row wrongly
/// does not write another language.
pub(super) fn is_in_a_row(
    at: usize,
    words: &[Word],
    own: &Lang,
    known: &dyn Fn(usize) -> Known,
    is_slip: &dyn Fn(&str) -> bool,
) -> bool {
    let row = |fits: &dyn Fn(&Word, Known) -> bool| {
        let goes_on = |index: usize| {
            words
                .get(index)
                .is_some_and(|word| word.passed_over || fits(word, known(index)))
        };
        let mut from = at;
        // A sentence that begins between two words parts them.
        while from > 0
            && at - from < LONGEST_ROW
            && words.get(from).is_some_and(|word| !word.begins)
            && goes_on(from - 1)
        {
            from -= 1;
        }
        let mut to = at + 1;
        while to - at < LONGEST_ROW && words.get(to).is_some_and(|word| !word.begins) && goes_on(to) {
            to += 1;
        }
        (from..to)
            .filter(|index| words.get(*index).is_some_and(|word| !word.passed_over))
            .collect::<Vec<_>>()
    };
    if known(at).other {
        let there = row(&|word, known| known.other && !is_own_alone(&word.text, own));
        let unknown = there.iter().filter(|index| !known(**index).own).count();
        if there.len() >= 3 && unknown * 3 >= there.len() {
            return true;
        }
    }
    let there = row(&|_, known| !known.own);
    let mut texts = there.iter().filter_map(|index| words.get(*index));
    there.len() >= 3 && texts.any(|word| is_far(&word.text, is_slip))
}

/// Whether a passage with so many unknown words is written in its own language, badly, rather than in another: one word
/// in six is a small one that this language has alone, and of the unknown ones fewer than one in three is near to none.
pub(super) fn is_own_with_slips<'w>(
    all: impl Iterator<Item = &'w str>,
    unknown: impl Iterator<Item = &'w str>,
    own: &Lang,
    is_slip: &dyn Fn(&str) -> bool,
) -> bool {
    let (mut words, mut small) = (0usize, 0usize);
    for word in all {
        words += 1;
        small += usize::from(is_own_alone(word, own));
    }
    let (mut looked_at, mut far) = (0usize, 0usize);
    if small * 6 < words {
        return false;
    }
    for word in unknown.take(ENOUGH) {
        looked_at += 1;
        far += usize::from(is_far(word, is_slip));
    }
    far * 3 < looked_at
}

/// Whether a word is near to none. Of a short one nobody can tell.
fn is_far(word: &str, is_slip: &dyn Fn(&str) -> bool) -> bool {
    let name = word.trim_end_matches("'s");
    name.chars().count() > 3 && !is_slip(&name.to_lowercase())
}

/// So many words are enough to tell.
const ENOUGH: usize = 60;

/// Whether a word is one of the small ones of a language that say nothing in the other, though it may have them.
fn is_own_alone(word: &str, own: &Lang) -> bool {
    let word = word.to_lowercase();
    match own {
        Lang::Fr => FRENCH_ALONE.contains(&word.as_str()),
        Lang::En => ENGLISH_ALONE.contains(&word.as_str()),
        Lang::Ar | Lang::Other(_) => false,
    }
}

const FRENCH_ALONE: [&str; 30] = [
    "la", "le", "les", "un", "une", "des", "du", "et", "est", "au", "aux", "ce", "cette", "ces", "son", "sa", "ses",
    "il", "elle", "ils", "elles", "dans", "sur", "avec", "qui", "que", "leur", "leurs", "sont", "ont",
];
const ENGLISH_ALONE: [&str; 30] = [
    "the", "of", "and", "to", "is", "that", "for", "with", "this", "from", "was", "were", "are", "have", "has", "had",
    "it", "its", "he", "she", "they", "we", "by", "not", "be", "been", "which", "their", "his", "her",
];

fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut letters = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, mark)) = letters.next() {
        let next = letters.peek().map_or(' ', |(_, next)| *next);
        let closing = match mark {
            '«' => Some('»'),
            '“' | '„' => Some('”'),
            '‹' => Some('›'),
            '‘' => Some('’'),
            '"' if open.iter().all(|(closing, _)| *closing != '"') => Some('"'),
            _ => None,
        };
        if let Some(closing) = closing {
            open.push((closing, at + mark.len_utf8()));
        } else if !(mark == '’' && before.is_alphanumeric() && next.is_alphanumeric())
            && let Some(depth) = open.iter().rposition(|(closing, _)| *closing == mark)
        {
            if let Some((_, start)) = open.get(depth) {
                found.push(*start..at);
            }
            open.truncate(depth);
        }
        before = mark;
    }
    found
}

fn emphasised(passage: &Passage, source: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut read: Option<usize> = None;
    for (at, character) in passage.text.char_indices() {
        let Some(place) = passage.source(at..at + character.len_utf8()) else {
            continue;
        };
        let between = match read {
            Some(end) => source.get(end..place.start),
            None => source.get(..place.start).map(|before| {
                let start = before.trim_end_matches(['*', '_']).len();
                before.get(start..).unwrap_or_default()
            }),
        };
        if between.is_some_and(has_mark) {
            match open.take() {
                Some(start) => found.push(start..at),
                None => open = Some(at),
            }
        }
        read = Some(place.end);
    }
    // What ends the passage has its mark behind it.
    if let (Some(start), Some(end)) = (open, read)
        && source.get(end..).is_some_and(|rest| rest.starts_with(['*', '_', ']']))
    {
        found.push(start..passage.text.len());
    }
    found
}

/// Whether there is a mark of emphasis in what stands between two characters, addresses left out.
fn has_mark(between: &str) -> bool {
    let mut depth = 0;
    between.chars().any(|character| {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0 && matches!(character, '*' | '_')
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use edito_prose::passages;

    use super::*;

    #[test]
    fn what_is_set_apart_is_found() {
        let cases: &[(&str, &[&str])] = &[
            (
                "Il dit « oui, “peut-être” » et s’en va.\n",
                &["peut-être", " oui, “peut-être” "],
            ),
            (
                "Une *Weltanschauung* et *[deux mots](https://a_b.example)* encore.\n",
                &["Weltanschauung", "deux mots"],
            ),
            ("*Tout* est _là_\n", &["Tout", "là"]),
            ("Il dit « oui, et ne finit pas, 2 * 3.\n", &[]),
            ("She said ‘it’s over’ and \"left\" .\n", &["it’s over", "left"]),
            ("l’eau, l’été\n", &[]),
        ];
        for (source, wanted) in cases {
            let passage = passages(source, &Lang::Fr).into_iter().next().unwrap();
            let found: Vec<&str> = set_apart(&passage, source)
                .into_iter()
                .map(|range| passage.text.get(range).unwrap())
                .collect();
            assert_eq!(found, *wanted, "{source}");
        }
    }
}
