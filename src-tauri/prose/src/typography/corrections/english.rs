//! English: curly quotes and apostrophes, the ellipsis, the dash, spaces.

use super::Rule;
use super::common::{dashes, dots, double_space, edit, is_smiley_at, low_marks};
use super::line::{Characters, Edit};
use super::words::{ENGLISH_ELISIONS, PLAIN_ENGLISH_ELISIONS};
use crate::typography::{is_digit, opens_after};

/// Marks.
pub(super) fn marks(line: Characters<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    dots(line, &mut edits);
    dashes(line, &mut edits);
    double_quotes(line, &mut edits);
    single_quotes(line, &mut edits);
    edits
}

/// Spaces.
pub(super) fn spaces(line: Characters<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    double_space(line, &mut edits);
    low_marks(line, &mut edits);
    for at in 0..line.len() {
        let high = matches!(line.at(at + 1), Some(';' | ':' | '!' | '?'));
        if !high || !matches!(line.at(at), Some(' ' | '\u{a0}' | '\u{202f}')) || is_smiley_at(line, at + 1) {
            continue;
        }
        let ends = line
            .at(at + 2)
            .is_none_or(|next| next.is_whitespace() || "”’\")".contains(next));
        // `a ? b` is a formula, and what stands before may be an address.
        let start = line.run_before(at, 2, char::is_alphabetic);
        let word = start + 2 == at && !line.is_fixed(start)
            || line.before(at).is_some_and(|previous| "”’\")".contains(previous));
        if let (true, true, Some(mark)) = (ends, word, line.at(at + 1)) {
            edits.push(edit(at..at + 2, mark, Rule::SpaceBefore));
        }
    }
    edits
}

/// Straight quotes in pairs; what has no partner may be inches, or a quotation that goes on.
fn double_quotes(line: Characters<'_>, edits: &mut Vec<Edit>) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..line.len() {
        if line.at(at) != Some('"') {
            continue;
        }
        let closes = line.at(at + 1).is_none_or(|next| !next.is_alphanumeric());
        if opens_after(line.before(at)) && (!closes || open.is_empty()) {
            open.push(at);
        } else if let Some(start) = open.pop() {
            edits.push(edit(start..start + 1, '“', Rule::EnglishQuotes));
            edits.push(edit(at..at + 1, '”', Rule::EnglishQuotes));
        }
    }
}

fn single_quotes(line: Characters<'_>, edits: &mut Vec<Edit>) {
    let letter = |at: Option<char>| at.is_some_and(char::is_alphabetic);
    let mut open: Option<usize> = None;
    for at in 0..line.len() {
        let (previous, next) = (line.before(at), line.at(at + 1));
        if line.at(at) == Some('‘') && opens_after(previous) {
            turned(line, at, edits);
        }
        if line.at(at) != Some('\'') {
            continue;
        }
        let n = at + 1..line.run(at + 1, char::is_alphabetic);
        if opens_after(previous) && line.text(n.clone()).eq_ignore_ascii_case("n") && is_apostrophe(line.at(n.end)) {
            // rock ’n’ roll
            edits.push(edit(at..at + 1, '’', Rule::Apostrophe));
            if line.at(n.end) == Some('\'') {
                edits.push(edit(n.end..n.end + 1, '’', Rule::Apostrophe));
            }
        } else if is_end_of_n(line, at) || letter(previous) && letter(next) || is_digit(previous) && next == Some('s') {
            edits.push(edit(at..at + 1, '’', Rule::Apostrophe));
        } else if opens_after(previous) && next.is_some_and(char::is_alphanumeric) {
            let word = line.text(at + 1..line.run(at + 1, char::is_alphabetic)).to_lowercase();
            let decade = is_digit(next) && line.at(line.run(at + 1, |next| next.is_ascii_digit())) == Some('s');
            if decade || ENGLISH_ELISIONS.contains(&word.as_str()) {
                edits.push(edit(at..at + 1, '’', Rule::Apostrophe));
            } else {
                open = Some(at);
            }
        } else if previous.is_some_and(|previous| previous.is_alphanumeric() || ".,!?…".contains(previous)) {
            if let Some(start) = open.take() {
                edits.push(edit(start..start + 1, '‘', Rule::EnglishQuotes));
                edits.push(edit(at..at + 1, '’', Rule::EnglishQuotes));
            } else if matches!(previous, Some('s' | 'x' | 'z' | 'S')) && next.is_none_or(char::is_whitespace) {
                // the authors' view
                edits.push(edit(at..at + 1, '’', Rule::Apostrophe));
            }
        }
    }
}

fn is_apostrophe(character: Option<char>) -> bool {
    matches!(character, Some('\'' | '’'))
}

/// Whether a place is the second apostrophe of `’n'`.
fn is_end_of_n(line: Characters<'_>, at: usize) -> bool {
    at.checked_sub(2).is_some_and(|first| {
        matches!(line.at(first), Some('’'))
            && matches!(line.at(first + 1), Some('n' | 'N'))
            && opens_after(line.before(first))
    })
}

/// `‘tis`, `‘n’`, `‘90s`: an apostrophe that was set as a quote that opens, and that nothing closes.
fn turned(line: Characters<'_>, at: usize, edits: &mut Vec<Edit>) {
    let is_close = |at: usize| matches!(line.at(at), Some('’' | '\''));
    let end = line.run(at + 1, char::is_alphabetic);
    let word = line.text(at + 1..end).to_lowercase();
    if word == "n" && is_close(end) {
        edits.push(edit(at..at + 1, '’', Rule::Apostrophe));
        edits.push(edit(end..end + 1, '’', Rule::Apostrophe));
        return;
    }
    let digits = line.run(at + 1, |next| next.is_ascii_digit());
    let decade =
        digits == at + 3 && line.at(digits) == Some('s') && !line.at(digits + 1).is_some_and(char::is_alphanumeric);
    if !decade && !PLAIN_ENGLISH_ELISIONS.contains(&word.as_str()) {
        return;
    }
    let closed = (end.max(digits)..line.len())
        .take_while(|at| line.at(*at) != Some('‘'))
        .any(|at| is_close(at) && !line.at(at + 1).is_some_and(char::is_alphanumeric));
    if !closed {
        edits.push(edit(at..at + 1, '’', Rule::Apostrophe));
    }
}
