//! The words of a passage that can be looked up.

use std::ops::Range;

use edito_prose::passages::OBJECT;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A word as it is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands, in bytes of the text.
    pub(super) range: Range<usize>,
    /// As dictionaries write it: see [`plain`].
    pub(super) text: String,
    /// Whether a sentence, or what is quoted, begins with it.
    pub(super) begins: bool,
    /// Whether it is said as it is on purpose, or is no word of a language: an abbreviation, a number, an address.
    pub(super) passed_over: bool,
}

/// A word with `'` for apostrophes, `-` for hyphens and in NFC, without what divides it at the end of a line.
pub(super) fn plain(word: &str) -> String {
    let letters = word
        .chars()
        .filter(|letter| *letter != SOFT_HYPHEN)
        .map(|letter| match letter {
            '’' | 'ʼ' => '\'',
            '‐' | '‑' => '-',
            other => other,
        });
    if is_nfc_quick(word.chars()) == IsNormalized::Yes {
        letters.collect()
    } else {
        letters.nfc().collect()
    }
}

/// The words of a text, in its order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut letters = text.char_indices().peekable();
    let mut begins = true;
    let mut before = '\n';
    while let Some((start, first)) = letters.next() {
        if !is_letter(first) {
            if is_end(first) {
                begins = true;
            }
            before = first;
            continue;
        }
        let mut end = start + first.len_utf8();
        let mut odd = matches!(before, '@' | '#' | OBJECT | '\\' | '$' | '_');
        let mut last = first;
        while let Some((at, next)) = letters.peek().copied() {
            let joined = || {
                let after = text.get(at + next.len_utf8()..).and_then(|rest| rest.chars().next());
                after.is_some_and(is_letter)
            };
            if is_letter(next) || is_joint(next) && joined() {
                odd |= matches!(next, '.' | '·' | '•' | '@' | '_' | '&' | '+');
                end = at + next.len_utf8();
                last = next;
                letters.next();
            } else {
                // What is written for both genders at once: « élu(e)s ».
                odd |= matches!(next, OBJECT | '@' | '_') || next == '(' && joined();
                odd |= matches!(next, '\'' | '’') && is_cut(text.get(start..end).unwrap_or_default());
                break;
            }
        }
        let text = text.get(start..end).unwrap_or_default();
        let word = plain(text);
        let odd = odd || before == ')' && found.last().is_some_and(|last| last.range.end + 3 >= start);
        found.push(Word {
            range: start..end,
            passed_over: odd || is_no_word(&word),
            text: word,
            begins,
        });
        begins = false;
        before = last;
    }
    // « sic » says that the word before it stands there on purpose; « de facto » is Latin in any language.
    for index in 1..found.len() {
        let sic = found
            .get(index)
            .is_some_and(|word| word.text.eq_ignore_ascii_case("sic"));
        let phrase = match (found.get(index - 1), found.get(index)) {
            (Some(one), Some(other)) => is_phrase(&one.text, &other.text),
            _ => false,
        };
        if (sic || phrase)
            && let Some(word) = found.get_mut(index - 1)
        {
            word.passed_over = true;
        }
        if phrase && let Some(word) = found.get_mut(index) {
            word.passed_over = true;
        }
    }
    found
}

/// Words of Latin, French and English that stand together in any language.
const PHRASES: [(&str, &str); 25] = [
    ("ad", "hoc"),
    ("ad", "hominem"),
    ("ad", "nauseam"),
    ("alma", "mater"),
    ("bon", "mot"),
    ("bons", "mots"),
    ("casus", "belli"),
    ("de", "facto"),
    ("de", "jure"),
    ("ex", "libris"),
    ("ex", "nihilo"),
    ("hard", "power"),
    ("in", "vitro"),
    ("in", "vivo"),
    ("lapis", "lazuli"),
    ("modus", "operandi"),
    ("modus", "vivendi"),
    ("nolens", "volens"),
    ("pro", "domo"),
    ("quid", "quo"),
    ("soft", "power"),
    ("statu", "quo"),
    ("sui", "generis"),
    ("think", "tank"),
    ("think", "tanks"),
];

fn is_phrase(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    PHRASES.iter().any(|(first, second)| *first == one && *second == other)
}

/// Whether a word begins with a capital and goes on in small letters.
pub(super) fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.clone().any(char::is_lowercase)
}

const SOFT_HYPHEN: char = '\u{ad}';

/// Beyond it, it is no word that a dictionary has, in characters.
const LONGEST: usize = 60;

fn is_letter(character: char) -> bool {
    character.is_alphanumeric() || character == SOFT_HYPHEN || ('\u{300}'..='\u{36f}').contains(&character)
}

/// What may stand within a word.
fn is_joint(character: char) -> bool {
    matches!(
        character,
        '\'' | '’' | 'ʼ' | '-' | '‐' | '‑' | '.' | '·' | '•' | '@' | '_' | '&' | '+'
    )
}

/// What comes behind it begins anew: a sentence, a quotation, an item.
fn is_end(character: char) -> bool {
    matches!(
        character,
        '.' | '!' | '?' | '…' | ':' | '«' | '“' | '"' | '‘' | '—' | '–' | '\n' | '•' | '(' | '[' | ';' | OBJECT
    )
}

fn is_no_word(word: &str) -> bool {
    let count = word.chars().count();
    if !(2..=LONGEST).contains(&count) {
        return true;
    }
    let latin =
        |letter: char| matches!(letter, 'a'..='z' | 'A'..='Z' | 'À'..='ɏ' | '\'' | '-') && !matches!(letter, '×' | '÷');
    !word.chars().all(latin) || has_inner_capital(word) || is_ordinal(word) || is_drawn_out(word)
}

/// What an apostrophe behind a word says is not all of it: “keepin’ on”, “the ol’ wallet”.
fn is_cut(word: &str) -> bool {
    word == "ol" || word.len() > 4 && word.ends_with("in")
}

/// “waaaaay”: no hand does that without meaning it.
fn is_drawn_out(word: &str) -> bool {
    let mut run = 0;
    let mut last = None;
    word.chars().any(|letter| {
        run = if last == Some(letter) { run + 1 } else { 1 };
        last = Some(letter);
        run >= 4
    })
}

/// An abbreviation, a brand, a number in Roman numerals: `ONU`, `iPhone`, `XIXe`. Behind an elision it is looked at by
/// itself (`l'ONU`).
fn has_inner_capital(word: &str) -> bool {
    word.split(['\'', '-'])
        .any(|part| part.chars().skip(1).any(char::is_uppercase))
}

/// `Ier`, `Ve`, `Xe`: where one capital is all there is; “the i-th row”, « la n-ième fois ».
fn is_ordinal(word: &str) -> bool {
    if let Some((one, "th" | "ième" | "ièmes" | "ème" | "èmes")) = word.split_once('-') {
        return one.chars().count() == 1;
    }
    // Nobody writes the fiftieth, hundredth, five hundredth, thousandth so: « Le », « Ce », « De », « Me ».
    if matches!(
        word,
        "Le" | "Les" | "Ce" | "Ces" | "De" | "Des" | "Me" | "Mes" | "Cette"
    ) {
        return false;
    }
    let numerals = word.trim_start_matches(['I', 'V', 'X', 'L', 'C', 'D', 'M']);
    numerals.len() < word.len()
        && matches!(
            numerals,
            "e" | "er" | "re" | "es" | "ers" | "res" | "ème" | "èmes" | "nd" | "nde"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked_up(text: &str) -> Vec<String> {
        let found = words(text).into_iter().filter(|word| !word.passed_over);
        found.map(|word| word.text).collect()
    }

    #[test]
    fn words_are_cut_where_readers_cut_them() {
        let cases: &[(&str, &[&str])] = &[
            (
                "Aujourd’hui, l’été : c’est-à-dire.",
                &["Aujourd'hui", "l'été", "c'est-à-dire"],
            ),
            (
                "L’ONU et l'iPhone au XIXe, sous François Ier",
                &["et", "au", "sous", "François"],
            ),
            ("p.ex. e.g. lemonde.fr #motdièse @compte a_b", &[]),
            ("12h30 3e COVID-19 G7 25km n-ième i-th", &[]),
            (
                "les élu(e)s, les électeur·rice·s et les élus",
                &["les", "les", "et", "les", "élus"],
            ),
            ("Il a mangé des frome\u{ad}ges", &["Il", "mangé", "des", "fromeges"]),
            ("« ils croivent » [sic] que \u{fffc}mot", &["ils", "sic", "que"]),
            ("e\u{301}te\u{301} السلام Привет", &["été"]),
        ];
        for (text, wanted) in cases {
            assert_eq!(looked_up(text), *wanted, "{text}");
        }
    }

    #[test]
    fn where_something_begins_is_known() {
        let begun: Vec<String> = words("Un mot. Deux « Trois ». quatre, Cinq")
            .into_iter()
            .filter(|word| word.begins)
            .map(|word| word.text)
            .collect();
        assert_eq!(begun, ["Un", "Deux", "Trois", "quatre"]);
    }
}
