//! French.

use std::ops::Range;

use super::Rule;
use super::common::{dashes, dots, double_space, edit, is_smiley_at, low_marks};
use super::line::{Characters, Edit};
use super::words::{
    ACCENTED, AFTER_CA, AFTER_PREPOSITION, AFTER_PREPOSITION_WITH, CAPITALS, COUNTED, FRENCH_ELISIONS, NAMES_WITH_MARK,
};
use crate::typography::ties::{self, ORDERED};
use crate::typography::{NO_BREAK, THIN, ends_clause, is_digit, is_inline_space, opens_after};

/// Marks: dots, dashes, apostrophes, quotes.
pub(super) fn marks(line: Characters<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    et_cetera(line, &mut edits);
    dots(line, &mut edits);
    dashes(line, &mut edits);
    dialogue(line, &mut edits);
    insertions(line, &mut edits);
    apostrophes(line, &mut edits);
    single_quotes(line, &mut edits);
    quotes(line, &mut edits);
    edits
}

/// Words: capitals, ordinals, centuries, numbers.
pub(super) fn words(line: Characters<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let begins = !line.before(at).is_some_and(char::is_alphanumeric);
        let Some(character) = line.at(at).filter(|character| begins && character.is_alphanumeric()) else {
            at += 1;
            continue;
        };
        let end = line.run(at, char::is_alphanumeric);
        let word = line.text(at..end);
        if character.is_ascii_digit() {
            ordinal(line, at, end, &mut edits);
            dotted_number(line, at, end, &mut edits);
        } else if "IVX".contains(character) {
            century(line, at..end, &word, &mut edits);
        } else if matches!(word.as_str(), "A" | "Ca") {
            preposition(line, at, end, &word, &mut edits);
        }
        capital(line, at..end, &word, &mut edits);
        at = end;
    }
    edits
}

/// Spaces before and after marks, in numbers and between words.
pub(super) fn spaces(line: Characters<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    double_space(line, &mut edits);
    low_marks(line, &mut edits);
    for at in 0..line.len() {
        match line.at(at) {
            Some(';' | '!' | '?' | ':') => high_mark(line, at, &mut edits),
            Some('«') => open_guillemet(line, at, &mut edits),
            Some('»') => close_guillemet(line, at, &mut edits),
            Some('%' | '‰' | '€' | '$' | '£') => unit_sign(line, at, &mut edits),
            Some('°' | 'º') => degree(line, at, &mut edits),
            Some(space) if is_inline_space(space) => space_within(line, at, &mut edits),
            Some('k' | 'c' | 'm' | 'M' | 'G') if is_digit(line.before(at)) => glued_unit(line, at, &mut edits),
            _ => {}
        }
    }
    edits
}

/// « 10km »: units of two letters or more, which nothing else is that stands behind a number.
fn glued_unit(line: Characters<'_>, at: usize, edits: &mut Vec<Edit>) {
    let number = line.run_before(at, 12, |one| is_digit(Some(one)) || matches!(one, ',' | '.'));
    let lone = number
        .checked_sub(1)
        .and_then(|before| line.at(before))
        .is_none_or(|before| is_inline_space(before) || "(«“".contains(before));
    let rest = line.text(at..at + 6);
    let end = rest.find(|one: char| !one.is_alphanumeric()).unwrap_or(rest.len());
    let (unit, behind) = rest.split_at(end);
    if !lone || !GLUED.contains(&unit) || behind.starts_with(['/', '-', '_', '\'', '’']) {
        return;
    }
    let Some(first) = line.at(at) else { return };
    edits.push(Edit {
        range: at..at + 1,
        text: ['\u{a0}', first].iter().collect(),
        rule: Rule::UnitSpace,
    });
}

const GLUED: &[&str] = &[
    "km", "km²", "cm", "mm", "kg", "mg", "kWh", "MWh", "GWh", "kW", "MW", "GW", "Go", "Mo",
];

/// « etc. » says by itself that something goes on.
fn et_cetera(line: Characters<'_>, edits: &mut Vec<Edit>) {
    for at in 3..line.len() {
        let mark = line.at(at);
        if !matches!(mark, Some('.' | '…')) || !matches!(line.before(at), Some('c' | 'C')) {
            continue;
        }
        let lone = !line.before(at - 3).is_some_and(char::is_alphanumeric);
        let end = line.run(at, |character| matches!(character, '.' | '…'));
        let typed = line.text(at..end);
        if lone
            && matches!(typed.as_str(), ".." | "..." | "…" | ".…")
            && line.text(at - 3..at).eq_ignore_ascii_case("etc")
            && !matches!(line.at(end), Some('/' | '\\'))
        {
            edits.push(edit(at..end, '.', Rule::Ellipsis));
        }
    }
}

/// Where the sentences of a line end, and whether a mark ends them.
fn sentences(line: Characters<'_>) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 0..line.len() {
        let stops = matches!(line.at(at), Some('.' | '!' | '?' | '…'))
            && line
                .at(at + 1)
                .is_none_or(|next| next.is_whitespace() || "»”\")".contains(next));
        if stops {
            found.push((start..at + 1, true));
            start = at + 1;
        }
    }
    if start < line.len() {
        found.push((start..line.len(), false));
    }
    found
}

/// « mot – incise – mot »: two hyphens between spaces in one sentence become dashes, and two dashes keep what stands between
/// them. What has more of them, or no more than names between them, is a list, a route or a score.
fn insertions(line: Characters<'_>, edits: &mut Vec<Edit>) {
    let is_mark = |at: usize| matches!(line.at(at), Some('-' | '–' | '—'));
    let spaced = |at: &usize| {
        is_mark(*at) && line.before(*at).is_some_and(is_inline_space) && line.at(at + 1).is_some_and(is_inline_space)
    };
    if !(0..line.len()).any(is_mark) {
        return;
    }
    for (sentence, is_whole) in sentences(line) {
        let mut marks = sentence.clone().filter(spaced);
        let (Some(first), Some(last), None) = (marks.next(), marks.next(), marks.next()) else {
            continue;
        };
        let dashes = [first, last].map(|at| line.at(at) != Some('-'));
        if dashes == [true, true] {
            for space in [first + 1, last - 1] {
                if line.at(space) == Some(' ') {
                    edits.push(edit(space..space + 1, '\u{a0}', Rule::NoBreak));
                }
            }
        } else if dashes == [false, false] && is_whole && is_insertion(line, &sentence, first, last) {
            for at in [first, last] {
                edits.push(edit(at..at + 1, '–', Rule::Incise));
            }
        }
    }
}

/// Whether what stands between two hyphens is put into the sentence around them.
fn is_insertion(line: Characters<'_>, sentence: &Range<usize>, first: usize, last: usize) -> bool {
    let words = |range: Range<usize>| line.text(range).split_whitespace().count();
    let begins = |at: usize| line.at(at).is_some_and(|next| next.is_lowercase() || next == '«');
    let ends = |at: usize| {
        line.before(at)
            .is_some_and(|last| last.is_alphabetic() || matches!(last, '»' | ')' | '”'))
    };
    let inside = words(first + 1..last);
    let (before, after) = (words(sentence.start..first), words(last + 1..sentence.end));
    (2..=30).contains(&inside)
        && before >= 2
        && after >= 2
        && before + after >= 5
        && begins(first + 2)
        && begins(last + 2)
        && ends(first - 1)
        && ends(last - 1)
}

/// A dash at the head of a paragraph in which somebody speaks.
fn dialogue(line: Characters<'_>, edits: &mut Vec<Edit>) {
    let mut start = 0;
    while start < line.len() {
        let end = line.run(start, |character| character != '\n');
        let marks = line.run(start, |character| matches!(character, '-' | '–' | '—'));
        let space = line.run(marks, is_inline_space);
        let typed = line.text(start..marks);
        let speaks = line
            .at(space)
            .is_some_and(|next| next.is_uppercase() || matches!(next, '«' | '…'))
            && end
                .checked_sub(1)
                .and_then(|last| line.at(last))
                .is_some_and(|last| ".!?…»,".contains(last));
        let dash = matches!(typed.as_str(), "--" | "—") || typed == "–" && space > marks;
        if dash && speaks && space - marks <= 1 && (typed != "--" || space > marks) {
            let mut text = String::from('—');
            text.push_str(if line.at(marks) == Some('\u{202f}') {
                THIN
            } else {
                NO_BREAK
            });
            edits.push(Edit {
                range: start..space,
                text,
                rule: Rule::DialogueDash,
            });
        }
        start = end + 1;
    }
}

fn apostrophes(line: Characters<'_>, edits: &mut Vec<Edit>) {
    for at in 0..line.len() {
        if !matches!(line.at(at), Some('\'' | '\u{b4}' | '‘' | '\u{2032}')) {
            continue;
        }
        let (previous, next) = (line.before(at), line.at(at + 1));
        let latin = |character: Option<char>| character.is_some_and(char::is_alphabetic);
        let elides = || {
            let start = line.run_before(at, 9, char::is_alphabetic);
            FRENCH_ELISIONS.contains(&line.text(start..at).to_lowercase().as_str())
        };
        if latin(previous)
            && (latin(next) || next.is_some_and(|next| next.is_ascii_digit() || "«“\"".contains(next)) && elides())
        {
            edits.push(edit(at..at + 1, '’', Rule::Apostrophe));
        }
    }
}

/// `'vrai'` and `'vrai’`: single quotes change in pairs.
fn single_quotes(line: Characters<'_>, edits: &mut Vec<Edit>) {
    const LONGEST: usize = 120;
    let mut at = 0;
    while at < line.len() {
        let opens = matches!(line.at(at), Some('\'' | '‘'))
            && line
                .before(at)
                .is_none_or(|previous| previous.is_whitespace() || "([«“—–".contains(previous))
            && line.at(at + 1).is_some_and(char::is_alphabetic);
        let close = opens.then(|| closing_single_quote(line, at, LONGEST)).flatten();
        let Some(close) = close else {
            at += 1;
            continue;
        };
        // rock 'n' roll
        if line.text(at + 1..close) != "n" {
            edits.push(edit(at..at + 1, '‘', Rule::NestedQuotes));
            edits.push(edit(close..close + 1, '’', Rule::NestedQuotes));
        }
        at = close + 1;
    }
}

fn closing_single_quote(line: Characters<'_>, open: usize, longest: usize) -> Option<usize> {
    for at in open + 2..(open + longest).min(line.len()) {
        match line.at(at) {
            Some('\'' | '’') if !line.at(at + 1).is_some_and(char::is_alphanumeric) => {
                let start = line.run_before(at, 9, char::is_alphabetic);
                let word = line.text(start..at).to_lowercase();
                let ends = line
                    .before(at)
                    .is_some_and(|previous| previous.is_alphanumeric() || ".,!?…»”".contains(previous));
                if ends && !(FRENCH_ELISIONS.contains(&word.as_str()) && line.at(at + 1).is_some()) {
                    return Some(at);
                }
            }
            Some('‘' | '\n') => return None,
            _ => {}
        }
    }
    None
}

#[derive(Clone, Copy, PartialEq)]
enum Open {
    /// `«`, as it is.
    Guillemet,
    /// `"` or `“` that becomes `«`, and where it stands.
    Outer(usize),
    /// `"` that becomes `“`.
    Inner(usize),
    /// `“` within guillemets.
    Curly,
}

/// Quotes change in pairs: what has no partner may be inches, or a quotation that goes on.
fn quotes(line: Characters<'_>, edits: &mut Vec<Edit>) {
    let mut open: Vec<Open> = Vec::new();
    for at in 0..line.len() {
        let one = at..at + 1;
        match line.at(at) {
            Some('«') => open.push(Open::Guillemet),
            Some('»') => {
                if let Some(place) = open.iter().rposition(|one| *one == Open::Guillemet) {
                    open.truncate(place);
                }
            }
            Some('“') if open.is_empty() => open.push(Open::Outer(at)),
            Some('“') => open.push(Open::Curly),
            Some('”') => match open.last() {
                Some(Open::Outer(start)) if line.at(*start) == Some('“') => {
                    edits.push(edit(*start..start + 1, '«', Rule::Guillemets));
                    edits.push(edit(one, '»', Rule::Guillemets));
                    open.pop();
                }
                Some(Open::Curly) => {
                    open.pop();
                }
                _ => {}
            },
            Some('"') => {
                let closes = line
                    .at(at + 1)
                    .is_none_or(|next| !next.is_alphanumeric() && next != '«');
                let previous = line.before(at);
                let mine = matches!(open.last(), Some(Open::Outer(start) | Open::Inner(start)) if line.at(*start) == Some('"'));
                if opens_after(previous) && !(closes && mine) {
                    open.push(if open.is_empty() {
                        Open::Outer(at)
                    } else {
                        Open::Inner(at)
                    });
                } else if mine {
                    let (start, marks, rule) = match open.pop() {
                        Some(Open::Outer(start)) => (start, ['«', '»'], Rule::Guillemets),
                        Some(Open::Inner(start)) => (start, ['“', '”'], Rule::NestedQuotes),
                        _ => continue,
                    };
                    edits.push(edit(start..start + 1, marks[0], rule));
                    edits.push(edit(one, marks[1], rule));
                }
            }
            _ => {}
        }
    }
}

/// `1ère`, `2ème`, `3ièmes`
fn ordinal(line: Characters<'_>, at: usize, end: usize, edits: &mut Vec<Edit>) {
    let digits = line.run(at, |character| character.is_ascii_digit());
    if matches!(line.before(at), Some('.' | ',' | '-' | '/')) {
        return;
    }
    if digits == end {
        // « 19° siècle »
        if line.at(end) == Some('°') && is_ordered(line, end + 1) {
            edits.push(edit(end..end + 1, 'e', Rule::Ordinal));
        }
        return;
    }
    let number = line.text(at..digits);
    let set = match (line.text(digits..end).as_str(), number.as_str()) {
        ("ère" | "ere" | "ière" | "è", "1") => "re",
        ("ères" | "eres" | "ières", "1") => "res",
        ("ier", "1") => "er",
        ("ème" | "eme" | "ième" | "ieme" | "è", _) if number != "1" => "e",
        ("èmes" | "emes" | "ièmes" | "iemes", _) if number != "1" => "es",
        _ => return,
    };
    edits.push(Edit {
        range: digits..end,
        text: set.into(),
        rule: Rule::Ordinal,
    });
}

/// `10.000 habitants`: three digits behind the point, and what is counted behind them.
fn dotted_number(line: Characters<'_>, at: usize, end: usize, edits: &mut Vec<Edit>) {
    let digit = |character: char| character.is_ascii_digit();
    let head = line.run(at, digit);
    if head != end
        || head - at > 3
        || line.at(at) == Some('0')
        || matches!(line.before(at), Some('.' | ',' | '-' | '/'))
    {
        return;
    }
    let mut groups = Vec::new();
    let mut place = head;
    while line.at(place) == Some('.') && line.run(place + 1, digit) == place + 4 {
        groups.push(place);
        place += 4;
    }
    let space = line.run(place, is_inline_space);
    let word = line.text(
        space..line.run(space, |character| {
            character.is_alphabetic() || "€$£²".contains(character)
        }),
    );
    if !groups.is_empty() && space > place && COUNTED.contains(&word.as_str()) {
        for group in groups {
            edits.push(edit(group..group + 1, '\u{202f}', Rule::NumberGroup));
        }
    }
}

/// `XIXème siècle`
fn century(line: Characters<'_>, range: Range<usize>, word: &str, edits: &mut Vec<Edit>) {
    let roman = word.chars().take_while(|character| "IVX".contains(*character)).count();
    let suffix = word.get(roman..).unwrap_or_default();
    let space = line.run(range.end, is_inline_space);
    let next = line.text(space..line.run(space, char::is_alphabetic));
    let of_century = space == range.end + 1 && matches!(next.as_str(), "siècle" | "siècles");
    let of_something = is_ordered(line, range.end);
    match suffix {
        "ème" | "eme" | "ième" | "ieme" | "è" if roman > 1 || of_something => edits.push(Edit {
            range: range.start + roman..range.end,
            text: "e".into(),
            rule: Rule::Century,
        }),
        "" if line.at(range.end) == Some('°') && is_ordered(line, range.end + 1) => {
            edits.push(edit(range.end..range.end + 1, 'e', Rule::Century));
        }
        "e" | "er" if of_century && line.at(range.end) == Some(' ') => {
            edits.push(edit(range.end..space, '\u{a0}', Rule::Century));
        }
        _ => {}
    }
}

/// Whether a space and something that is counted by ordinals follow.
fn is_ordered(line: Characters<'_>, at: usize) -> bool {
    let space = line.run(at, is_inline_space);
    let noun = line.text(space..line.run(space, char::is_alphabetic));
    space == at + 1 && ORDERED.contains(&noun.as_str())
}

/// `A la fin`, `Ca va` at the head of a sentence.
fn preposition(line: Characters<'_>, at: usize, end: usize, word: &str, edits: &mut Vec<Edit>) {
    let space = line.run(end, is_inline_space);
    let after = line.run(space, char::is_alphabetic);
    let mut next = line.text(space..after);
    let heads = begins_sentence(line, at);
    if !heads || space != end + 1 {
        return;
    }
    // « A L’ELYSEE »
    let shouted = word == "A" && !next.chars().any(char::is_lowercase);
    if shouted {
        next = next.to_lowercase();
    }
    // « A l’inverse »: an elision is one only before its apostrophe.
    let elided = next.chars().count() == 1;
    if elided && next != "y" && !matches!(line.at(after), Some('\'' | '’')) {
        return;
    }
    let (list, character) = if word == "A" {
        (AFTER_PREPOSITION, 'À')
    } else {
        (AFTER_CA, 'Ç')
    };
    if list.contains(&next.as_str()) || word == "A" && is_preposition_with(line, &next, after) {
        edits.push(edit(at..at + 1, character, Rule::AccentedCapital));
    }
}

/// « À tout prix »
fn is_preposition_with(line: Characters<'_>, next: &str, after: usize) -> bool {
    let Some((_, seconds)) = AFTER_PREPOSITION_WITH.iter().find(|(first, _)| *first == next) else {
        return false;
    };
    let space = line.run(after, is_inline_space);
    let second = line.text(space..line.run(space, char::is_alphabetic)).to_lowercase();
    space == after + 1 && seconds.contains(&second.as_str())
}

fn begins_sentence(line: Characters<'_>, at: usize) -> bool {
    let Some(previous) = line.before(at) else { return true };
    let start = line.run_before(at, 3, |character| {
        is_inline_space(character) || "«“\"—–".contains(character)
    });
    let sign = line.before(start);
    match previous {
        '\n' => false,
        '«' | '“' | '"' | '(' => true,
        _ if is_inline_space(previous) => {
            let quoted = line.text(start..at).contains(['«', '“', '"']);
            // A single letter before the point abbreviates something.
            let initial = start >= 2
                && line.at(start - 2).is_some_and(char::is_uppercase)
                && sign == Some('.')
                && !line.before(start - 2).is_some_and(char::is_alphanumeric);
            sign.is_none() || quoted || matches!(sign, Some('.' | '!' | '?' | '…')) && !initial
        }
        _ => false,
    }
}

fn capital(line: Characters<'_>, range: Range<usize>, word: &str, edits: &mut Vec<Edit>) {
    if !matches!(word.chars().next(), Some('E' | 'F' | 'I' | 'L' | 'R' | 'S' | 'V')) {
        return;
    }
    // A name of a file, a handle or a mail address.
    if matches!(line.before(range.start), Some('_' | '@' | '#' | '/' | '.'))
        || matches!(line.at(range.end), Some('_' | '@' | '/'))
    {
        return;
    }
    if let Some((_, set)) = CAPITALS.iter().find(|(bare, _)| *bare == word) {
        edits.push(Edit {
            range,
            text: (*set).into(),
            rule: Rule::AccentedCapital,
        });
        return;
    }
    let island = word == "Ile" && line.starts_with(range.end, "-de-France")
        || word == "ILE" && line.starts_with(range.end, "-DE-FRANCE");
    let accent = if island {
        Some('Î')
    } else {
        ACCENTED.get(word).and_then(|set| set.chars().next())
    };
    if let Some(accent) = accent {
        edits.push(edit(range.start..range.start + 1, accent, Rule::AccentedCapital));
    }
}

/// `; : ! ?` and the space before them.
fn high_mark(line: Characters<'_>, at: usize, edits: &mut Vec<Edit>) {
    let Some(mark) = line.at(at) else { return };
    let colon = mark == ':';
    let wanted = if colon { '\u{a0}' } else { '\u{202f}' };
    let start = line.run_before(at, 4, is_inline_space);
    let previous = line.before(start);
    if is_smiley_at(line, at)
        || previous.is_none_or(|previous| previous.is_whitespace() || matches!(previous, '«' | '(' | '['))
    {
        return;
    }
    let after = line.at(at + 1);
    if start < at {
        let behind = line.at(line.run(at, |character| matches!(character, '!' | '?' | ';' | ':')));
        if at - start > 1 || !behind.is_none_or(ends_clause) {
            return;
        }
        let typed = line.before(at);
        if typed == Some(wanted) {
            return;
        }
        // Wrong among the no-break spaces, or none of them.
        let rule = if typed == Some(' ') {
            Rule::HighPunctuation
        } else {
            Rule::ThinSpace
        };
        edits.push(edit(start..at, wanted, rule));
        return;
    }
    let joined = previous.is_some_and(|previous| previous.is_alphanumeric() || ")]»”’\"…%°€$".contains(previous));
    let ends = match after {
        None => true,
        Some('!' | '?') => !colon,
        Some(after) => ends_clause(after) && !(colon && matches!(after, '.' | '…')),
    };
    if !joined || !ends {
        return;
    }
    let begin = line.run_before(at, 40, |character| {
        !character.is_whitespace() && !"«»“”\"()[]".contains(character)
    });
    let token = line.text(begin..at);
    let named = mark == '!' && NAMES_WITH_MARK.contains(&token.as_str()) && after.is_some_and(char::is_whitespace);
    // `:smile:`, `&nbsp;`, `12:` and a name of a file are no clauses.
    if token.contains([':', '&', '=', '{', '}']) || named {
        return;
    }
    edits.push(Edit {
        range: at..at + 1,
        text: [wanted, mark].iter().collect(),
        rule: Rule::HighPunctuation,
    });
}

fn open_guillemet(line: Characters<'_>, at: usize, edits: &mut Vec<Edit>) {
    let end = line.run(at + 1, is_inline_space);
    match line.at(end) {
        None | Some('\n' | '»') => {}
        Some(_) if end == at + 1 => edits.push(Edit {
            range: at..at + 1,
            text: "«\u{a0}".into(),
            rule: Rule::Guillemets,
        }),
        Some(_) if end == at + 2 && matches!(line.at(at + 1), Some(' ' | '\u{2009}')) => {
            edits.push(edit(at + 1..end, '\u{a0}', Rule::Guillemets));
        }
        Some(_) => {}
    }
}

fn close_guillemet(line: Characters<'_>, at: usize, edits: &mut Vec<Edit>) {
    let start = line.run_before(at, 4, is_inline_space);
    match line.before(start) {
        None | Some('\n' | '«') => {}
        Some(_) if start == at => edits.push(Edit {
            range: at..at + 1,
            text: "\u{a0}»".into(),
            rule: Rule::Guillemets,
        }),
        Some(_) if start + 1 == at && matches!(line.at(start), Some(' ' | '\u{2009}')) => {
            edits.push(edit(start..at, '\u{a0}', Rule::Guillemets));
        }
        Some(_) => {}
    }
}

/// `12 %`, `5 €`
fn unit_sign(line: Characters<'_>, at: usize, edits: &mut Vec<Edit>) {
    let Some(sign) = line.at(at) else { return };
    let start = line.run_before(at, 2, is_inline_space);
    let goes_on = line
        .at(at + 1)
        .is_some_and(|next| next.is_alphanumeric() || "-/_=".contains(next));
    // « 5 €/kg »
    let is_rate = || line.at(at + 1) == Some('/') && ties::is_unit(&line.text(at..at + 20));
    if !is_digit(line.before(start)) || goes_on && !is_rate() {
        return;
    }
    if start + 1 == at && line.at(start) == Some(' ') {
        edits.push(edit(start..at, '\u{a0}', Rule::UnitSpace));
    } else if start == at && matches!(sign, '%' | '‰' | '€') {
        edits.push(Edit {
            range: at..at + 1,
            text: ['\u{a0}', sign].iter().collect(),
            rule: Rule::UnitSpace,
        });
    }
}

/// `n° 5`, and `nº` with the sign of Spanish ordinals.
fn degree(line: Characters<'_>, at: usize, edits: &mut Vec<Edit>) {
    // « 20 °C »
    let scale = matches!(line.at(at + 1), Some('C' | 'F')) && !line.at(at + 2).is_some_and(char::is_alphanumeric);
    if line.at(at) == Some('°') && scale && is_digit(line.before(at)) {
        edits.push(Edit {
            range: at..at + 1,
            text: "\u{a0}°".chars().collect(),
            rule: Rule::UnitSpace,
        });
        return;
    }
    let lone = at
        .checked_sub(1)
        .is_none_or(|at| !line.before(at).is_some_and(char::is_alphanumeric));
    if !lone || !matches!(line.before(at), Some('n' | 'N')) {
        return;
    }
    // « n°s 4 et 5 »
    let plural = line.at(at) == Some('°') && line.at(at + 1) == Some('s');
    let end = line.run(at + 1 + usize::from(plural), is_inline_space);
    if !is_digit(line.at(end)) || end > at + 2 + usize::from(plural) {
        return;
    }
    if plural {
        if end > at + 2 {
            edits.push(Edit {
                range: at..end,
                text: "os\u{a0}".into(),
                rule: Rule::Numero,
            });
        }
        return;
    }
    if !(line.at(at) == Some('°') && matches!(line.at(at + 1), Some('\u{a0}' | '\u{202f}'))) {
        edits.push(Edit {
            range: at..end,
            text: "°\u{a0}".into(),
            rule: Rule::Numero,
        });
    }
}

/// `10 000`, `5 km`, `M. Dupont`
fn space_within(line: Characters<'_>, at: usize, edits: &mut Vec<Edit>) {
    let typed = line.at(at);
    let next = line.at(at + 1);
    if next.is_none_or(char::is_whitespace) {
        return;
    }
    let numbers = is_digit(line.before(at));
    if numbers && is_digit(next) && is_group(line, at) {
        if matches!(typed, Some(' ' | '\u{a0}')) {
            let rule = if typed == Some(' ') {
                Rule::NumberGroup
            } else {
                Rule::ThinSpace
            };
            edits.push(edit(at..at + 1, '\u{202f}', rule));
        }
        return;
    }
    if typed != Some(' ') || !ties::may_hold(line.before(at), next) {
        return;
    }
    let after = line.text(at + 1..(at + 25).min(line.len()));
    let before = line.text(at.saturating_sub(ties::REACH)..at);
    let rule = if numbers && ties::is_unit(&after) || ties::is_hour(&before, &after) {
        Rule::UnitSpace
    } else if ties::holds(&before, &after) {
        Rule::NoBreak
    } else {
        return;
    };
    edits.push(edit(at..at + 1, '\u{a0}', rule));
}

/// Whether a space stands between groups of three digits of one number, which has no more than that.
fn is_group(line: Characters<'_>, at: usize) -> bool {
    let digit = |character: char| character.is_ascii_digit();
    let space = |character: Option<char>| matches!(character, Some(' ' | '\u{a0}' | '\u{202f}'));
    // The first group.
    let mut start = line.run_before(at, 4, digit);
    let mut groups = 0;
    while at - start <= 24 && start > 0 && line.run_before(start, 1, is_inline_space) < start {
        let end = start - 1;
        let before = line.run_before(end, 4, digit);
        if !space(line.at(end)) || before == end {
            break;
        }
        start = before;
    }
    let first = line.run(start, digit);
    let sound = first - start <= 3
        && line.at(start) != Some('0')
        && line
            .before(start)
            .is_none_or(|previous| !previous.is_alphanumeric() && !"./,-+°:#".contains(previous));
    let mut end = first;
    while space(line.at(end)) && line.run(end + 1, digit) == end + 4 {
        end += 4;
        groups += 1;
    }
    // A postal code, a telephone number, a date or two numbers side by side have other groups.
    let more = space(line.at(end)) && is_digit(line.at(end + 1));
    let joined = line
        .at(end)
        .is_some_and(|next| next.is_alphanumeric() || matches!(next, '-' | '/' | ':'));
    sound && groups > 0 && end > at && !more && !joined
}
