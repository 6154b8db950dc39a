//! Numbers that are to be spelt out.

use std::ops::Range;

use edito_prose::{Lang, Passage};

use super::phrases::Words;

/// Numbers in digits that are to be words, with these. Left alone are dates, hours, amounts and measures, ordinals,
/// decimals, what is numbered (`page 3`, `G 7`), and sentences in which a number stands that is not spelt out.
pub(super) fn digits(passage: &Passage, words: &Words<'_>, below: u32) -> Vec<(Range<usize>, Vec<String>)> {
    let names: &[&str] = match passage.lang {
        Lang::Fr => FRENCH,
        Lang::En => ENGLISH,
        _ => return Vec::new(),
    };
    let mut found: Vec<(Range<usize>, Vec<String>)> = Vec::new();
    // Those of the sentence that is read, and whether they are kept in digits.
    let (mut sentence, mut kept) = (Vec::new(), false);
    for at in 0..words.len() {
        let word = words.key(at);
        let gap = words.gap_before(at);
        if gap.contains(['.', '!', '?', '…', '\n', ';']) {
            close(&mut sentence, &mut kept, &mut found);
        }
        if !word.starts_with(|character: char| character.is_ascii_digit()) {
            continue;
        }
        let value = word.parse::<u32>().ok().filter(|_| word.len() <= 4);
        let small = value.and_then(|value| (value < below).then(|| names.get(value as usize)).flatten());
        match small {
            Some(name) if stands_free(passage, words, at) => {
                let fixes = match (&passage.lang, value) {
                    (Lang::Fr, Some(1)) => vec!["un".to_owned(), "une".to_owned()],
                    _ => vec![(*name).to_owned()],
                };
                sentence.push((words.range(at, 1), fixes));
            }
            Some(_) => {}
            // A bare number that is not small is compared with the others.
            None => kept |= value.is_none_or(|value| !(1000..2200).contains(&value)),
        }
    }
    close(&mut sentence, &mut kept, &mut found);
    found
}

type Found = Vec<(Range<usize>, Vec<String>)>;

fn close(sentence: &mut Found, kept: &mut bool, found: &mut Found) {
    if !*kept {
        found.append(sentence);
    }
    sentence.clear();
    *kept = false;
}

/// Whether a number only tells how many.
fn stands_free(passage: &Passage, words: &Words<'_>, at: usize) -> bool {
    let (before, after) = (words.gap_before(at), words.gap(at));
    let blank = |gap: &str| !gap.is_empty() && gap.chars().all(char::is_whitespace);
    let next = words.key(at + 1);
    let previous = at.checked_sub(1).map_or("", |before| words.key(before));
    let range = words.range(at, 1);
    // At the head of a line it numbers what follows.
    let heads = passage.text.get(..range.start).unwrap_or_default().trim().is_empty();
    let apart = before.ends_with(char::is_whitespace) && !before.contains([':', '°', '/']);
    apart
        && !heads
        && blank(after)
        && next.starts_with(char::is_alphabetic)
        && next.chars().count() > 2
        && !next.starts_with(|character: char| character.is_ascii_digit())
        && !UNITS.contains(&next)
        && !NUMBERED.contains(&previous)
        && !previous.starts_with(|character: char| character.is_ascii_digit())
        // A name: “Apollo 8 landed”.
        && !passage.text.get(words.range(at.saturating_sub(1), 1)).unwrap_or_default().starts_with(char::is_uppercase)
}

const FRENCH: &[&str] = &[
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt",
];

const ENGLISH: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// What is measured or dated is written in digits.
const UNITS: &[&str] = &[
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "heure",
    "heures",
    "minute",
    "minutes",
    "seconde",
    "secondes",
    "hour",
    "hours",
    "second",
    "seconds",
    "euro",
    "euros",
    "dollar",
    "dollars",
    "livre",
    "livres",
    "pound",
    "pounds",
    "franc",
    "francs",
    "dirham",
    "dirhams",
    "cent",
    "cents",
    "centime",
    "centimes",
    "mètre",
    "mètres",
    "metre",
    "metres",
    "meter",
    "meters",
    "kilomètre",
    "kilomètres",
    "kilometre",
    "kilometres",
    "kilometer",
    "kilometers",
    "mile",
    "miles",
    "hectare",
    "hectares",
    "gramme",
    "grammes",
    "kilo",
    "kilos",
    "kilogramme",
    "kilogrammes",
    "tonne",
    "tonnes",
    "litre",
    "litres",
    "degré",
    "degrés",
    "degrees",
    "point",
    "points",
    "pour",
    "percent",
    "per",
    "million",
    "millions",
    "milliard",
    "milliards",
    "billion",
    "billions",
    "thousand",
    "mille",
    "volt",
    "volts",
    "watt",
    "watts",
    "octets",
    "bytes",
    "pixels",
];

/// What is numbered.
const NUMBERED: &[&str] = &[
    "page",
    "pages",
    "article",
    "articles",
    "chapitre",
    "chapitres",
    "chapter",
    "chapters",
    "tome",
    "tomes",
    "volume",
    "volumes",
    "section",
    "sections",
    "figure",
    "figures",
    "tableau",
    "tableaux",
    "table",
    "tables",
    "note",
    "notes",
    "numéro",
    "numéros",
    "number",
    "numbers",
    "no",
    "nos",
    "ligne",
    "lignes",
    "line",
    "lines",
    "étape",
    "step",
    "version",
    "niveau",
    "level",
    "acte",
    "act",
    "scène",
    "scene",
    "annexe",
    "appendix",
    "phase",
    "classe",
    "grade",
    "groupe",
    "group",
    "zone",
    "quai",
    "voie",
    "platform",
    "day",
    "jour",
    "rue",
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "sur",
    "à",
    "of",
    "to",
    "contre",
];
