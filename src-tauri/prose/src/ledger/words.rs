//! The words of a text as they are compared, and when two of them are the same.

use std::hash::{DefaultHasher, Hash, Hasher};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::read::OBJECT;
use crate::fold::fold_character;

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it starts, in bytes.
    pub at: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is found by: the same for all its spellings in capitals, with accents and without.
    pub key: u64,
}

/// The words of a text: runs of letters and digits; groups of three digits that were set apart are one number, and the sign
/// of a number, that of a currency or of percentages, belongs to it.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut start: Option<usize> = None;
    for (at, character) in text.char_indices() {
        if is_letter(character) {
            start.get_or_insert(at);
        } else if !is_nothing(character)
            && let Some(from) = start.take()
        {
            push(text, from, at, &mut found);
        }
    }
    if let Some(from) = start {
        push(text, from, text.len(), &mut found);
    }
    for word in &mut found {
        take_signs(text, word);
    }
    found
}

/// Widens a number by the signs that make another number of it: « -5 », « 5 € », « 5 ‰ ».
fn take_signs(text: &str, word: &mut Word) {
    let written = text.get(word.at..word.end).unwrap_or_default();
    if written.starts_with(char::is_numeric) {
        let signs: [fn(char) -> bool; 2] = [is_currency, |one| "-−－﹣+＋±".contains(one)];
        for is_sign in signs {
            let mut before = text.get(..word.at).unwrap_or_default().chars();
            let sign = before.next_back().filter(|one| is_sign(*one));
            // « 1914-1918 » and « Covid-19 » have no sign.
            if let Some(sign) = sign.filter(|_| before.next_back().is_none_or(|one| !one.is_alphanumeric())) {
                word.at -= sign.len_utf8();
            }
        }
    }
    if written.ends_with(char::is_numeric) {
        let rest = text.get(word.end..).unwrap_or_default();
        let sign = rest
            .strip_prefix([' ', '\u{a0}', '\u{202f}', '\u{2009}'])
            .unwrap_or(rest);
        let mut behind = sign.chars();
        let is_sign = |one: &char| is_currency(*one) || "%％﹪٪‰°".contains(*one);
        // « for 5 €10 notes »: it belongs to what follows.
        if let Some(one) = behind.next().filter(is_sign)
            && !behind.next().is_some_and(char::is_numeric)
        {
            word.end += rest.len() - sign.len() + one.len_utf8();
        }
    }
}

fn is_currency(character: char) -> bool {
    matches!(
        character,
        '$' | '¢' | '£' | '¥' | '\u{20a0}'..='\u{20cf}' | '﷼' | '﹩' | '＄' | '￠' | '￡' | '￥'
    )
}

/// What compatibility would make other figures of: « 10² » is not « 102 », nor « 1½ » « 11/2 ». The digits of other widths
/// and alphabets are digits.
fn is_own_figure(character: char) -> bool {
    match character {
        '⁺' | '⁻' | '₊' | '₋' | '\u{3371}'..='\u{33df}' => true,
        '\0'..='\u{a0}' | '\u{ff10}'..='\u{ff19}' | '\u{1d7ce}'..='\u{1d7ff}' | '\u{1fbf0}'..='\u{1fbf9}' => false,
        _ => character.is_numeric() && character.nfkd().any(|part| part.is_ascii_digit()),
    }
}

/// A digit as it is raised or lowered.
pub(super) fn shifted(digit: char, raised: bool) -> char {
    let row = if raised {
        ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']
    } else {
        ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉']
    };
    let figure = digit.to_digit(10).and_then(|value| usize::try_from(value).ok());
    figure.and_then(|value| row.get(value)).copied().unwrap_or(digit)
}

/// A word from here to there.
pub(super) fn word(text: &str, at: usize, end: usize) -> Word {
    let mut folded = String::new();
    for character in text.get(at..end).unwrap_or_default().chars() {
        if is_own_figure(character) {
            folded.push(character);
        } else {
            fold_character(character, &mut folded);
        }
    }
    folded.retain(|one| one.is_alphanumeric() || is_own_figure(one));
    let mut hasher = DefaultHasher::new();
    folded.hash(&mut hasher);
    Word {
        at,
        end,
        key: hasher.finish(),
    }
}

pub(super) fn is_letter(character: char) -> bool {
    character.is_alphanumeric() || is_own_figure(character) || (is_combining_mark(character) && !is_nothing(character))
}

/// What is not seen: soft hyphens, joiners, marks of direction, the tatweel.
pub(super) fn is_nothing(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{640}')
}

/// Whether two words that are found by the same key are written alike. `begins`: where a sentence or a part begins,
/// and a capital says nothing.
pub(super) fn is_same(said: &str, source: &str, begins: bool) -> bool {
    if said == source {
        return true;
    }
    let (one, other) = (exact(said), exact(source));
    if one == other {
        return true;
    }
    let (low, low_other) = (one.to_lowercase(), other.to_lowercase());
    let shouted = |word: &str| word.chars().filter(|one| one.is_uppercase()).count() > 1 && word.to_uppercase() == word;
    let same_case = |one: &str, other: &str| {
        let (mut left, mut right) = (one.chars(), other.chars());
        let (first, second) = (left.next(), right.next());
        let capital = |letter: Option<char>| letter.is_some_and(char::is_uppercase);
        (begins || capital(first) == capital(second)) && left.as_str() == right.as_str()
    };
    if low == low_other {
        return shouted(&other) || same_case(&one, &other);
    }
    // A capital is often without its accent.
    let bare = |word: &str| -> String {
        let mut letters = word.chars();
        let first = letters.next().unwrap_or_default();
        let mut folded = String::new();
        if first.is_uppercase() {
            fold_character(first, &mut folded);
            folded = folded.to_uppercase();
        } else {
            folded.push(first);
        }
        folded + letters.as_str()
    };
    if shouted(&other) && shouted(&one) {
        let strip = |word: &str| word.nfd().filter(|one| !is_combining_mark(*one)).collect::<String>();
        return strip(&one) == strip(&other);
    }
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    if capital(&one) && capital(&other) {
        return bare(&one) == bare(&other);
    }
    // « à » that begins a sentence as « A ».
    if begins && (capital(&one) || capital(&other)) {
        let raised = |word: &str| {
            let mut letters = word.chars();
            let first: String = letters
                .next()
                .map(|first| first.to_uppercase().collect())
                .unwrap_or_default();
            bare(&(first + letters.as_str()))
        };
        return raised(&one) == raised(&other);
    }
    false
}

/// Whether what stands between two words of a quotation is what stands between them in its source.
pub(super) fn is_same_gap(said: &str, source: &str) -> bool {
    let (one, other) = (gap(said), gap(source));
    if one == ANYTHING || other == ANYTHING {
        return true;
    }
    match (is_parted(said), is_parted(source)) {
        (false, false) => one == other,
        // What ends a paragraph may be nothing, as it is in a list or a poem; what ends it, ends it in a quotation, too.
        (false, true) => one == other || other == 0,
        (true, false) => one == other || one == 0,
        (true, true) => one == other || one == 0 || other == 0,
    }
}

/// What stands between two words, as far as it says something: a set of marks, or [`ANYTHING`].
pub(super) fn gap(text: &str) -> u16 {
    let mut marks = 0;
    let mut dots = 0;
    for character in text.chars() {
        match character {
            ',' | '،' | '，' | '٫' | '٬' => marks |= 1,
            ';' | '؛' | '；' => marks |= 2,
            ':' | '：' => marks |= 4,
            '.' | '．' | '۔' => {
                marks |= STOP;
                dots += 1;
            }
            '?' | '؟' | '？' => marks |= QUESTION,
            '!' | '！' => marks |= CALL,
            '…' => dots += 2,
            '–' | '—' | '―' | OBJECT => return ANYTHING,
            _ => {}
        }
    }
    if text.contains("--") || text.contains(" - ") {
        return ANYTHING;
    }
    // Suspension points, in one character or in several.
    if dots > 1 {
        marks = (marks & !STOP) | SUSPENSION;
    }
    // « peut-être » is not « peut être ».
    let bare = text.trim_matches(|one| is_nothing(one) || one == '\n');
    if matches!(bare, "-" | "\u{2010}" | "\u{2011}") {
        return HYPHEN;
    }
    // « 1/2 » is not « 1 2 »; a slash between spaces parts the lines of a poem.
    if matches!(bare, "/" | "\u{2044}" | "\u{2215}" | "／") {
        return SLASH;
    }
    marks
}

/// How much of what stands behind a word is punctuation that ends a sentence or goes on with it, in bytes.
pub(super) fn ending(text: &str) -> usize {
    let mut end = 0;
    for (at, character) in text.char_indices() {
        let mark = gap(character.encode_utf8(&mut [0; 4]));
        if mark != ANYTHING && mark & (ENDS | OTHERS) != 0 {
            end = at + character.len_utf8();
        } else if character == '\n' || !(character.is_whitespace() || is_nothing(character)) {
            break;
        }
    }
    end
}

/// Whether a part of a quotation may end with these marks where its source has those behind the same word. A comma, or
/// nothing, stands for whatever a sentence ends with; `stops`: a full stop does so, too, as is the custom where it is put
/// within the marks. A question and a cry are the speaker’s.
pub(super) fn is_same_ending(said: &str, source: &str, stops: bool) -> bool {
    const TONE: u16 = QUESTION | CALL;
    let (one, other) = (gap(said), gap(source));
    if one & TONE == 0 {
        return stops || one != STOP || other & TONE == 0;
    }
    one & TONE == other & TONE
}

/// Whether a paragraph ends in what stands between two words.
fn is_parted(text: &str) -> bool {
    text.matches('\n').count() > 1
}

/// A gap that says nothing that could be compared: a dash, what is no text.
pub(super) const ANYTHING: u16 = u16::MAX;
/// Commas, semicolons, colons.
const OTHERS: u16 = 1 | 2 | 4;
const STOP: u16 = 8;
const QUESTION: u16 = 16;
const CALL: u16 = 32;
const HYPHEN: u16 = 64;
const SLASH: u16 = 128;
const SUSPENSION: u16 = 256;
/// What ends a sentence.
pub(super) const ENDS: u16 = STOP | QUESTION | CALL | SUSPENSION;

/// Letters in one form: composed, ligatures apart, without what is not seen and without the vowel marks of Arabic, its
/// digits those of Latin; the signs of a number behind it.
fn exact(word: &str) -> String {
    let mut text = String::with_capacity(word.len());
    let mut signs = String::new();
    for character in word.nfc() {
        if is_own_figure(character) {
            text.push(character);
            continue;
        }
        for character in character.nfkc() {
            match character {
                'œ' => text.push_str("oe"),
                'Œ' => text.push_str("OE"),
                'æ' => text.push_str("ae"),
                'Æ' => text.push_str("AE"),
                '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' => {}
                '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' => {}
                '٠'..='٩' | '۰'..='۹' => fold_character(character, &mut text),
                one if is_letter(one) && !is_nothing(one) => text.push(one),
                '−' => signs.push('-'),
                '٪' => signs.push('%'),
                one if is_currency(one) || "-+±%‰°".contains(one) => signs.push(one),
                _ => {}
            }
        }
    }
    text + &signs
}

fn push(text: &str, from: usize, to: usize, found: &mut Vec<Word>) {
    let end = text
        .get(from..to)
        .map_or(to, |run| from + run.trim_end_matches(is_nothing).len());
    if let Some(last) = found.last().copied() {
        let between = text.get(last.end..from).unwrap_or_default();
        let set_apart = matches!(between, " " | "\u{a0}" | "\u{202f}" | "\u{2009}");
        let digits = |part: Option<&str>| part.is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        let first = text.get(last.at..last.end);
        if set_apart
            && end - from == 3
            && digits(text.get(from..end))
            && digits(first.map(|first| first.trim_start_matches(|one: char| !one.is_ascii_digit())))
            && first.is_some_and(|first| first.starts_with(|one: char| one.is_ascii_digit()))
        {
            found.pop();
            found.push(word(text, last.at, end));
            return;
        }
    }
    found.push(word(text, from, end));
}
