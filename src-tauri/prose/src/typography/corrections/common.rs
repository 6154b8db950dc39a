//! What all languages have in common: the ellipsis, the dash between words, spaces that are too many.

use std::ops::Range;

use super::Rule;
use super::line::{Characters, Edit};
use crate::typography::{is_digit, is_inline_space, is_smiley};

/// An edit that puts one character in the place of some.
pub(super) fn edit(range: Range<usize>, character: char, rule: Rule) -> Edit {
    Edit {
        range,
        text: character.into(),
        rule,
    }
}

/// `...`
pub(super) fn dots(line: Characters<'_>, edits: &mut Vec<Edit>) {
    let mut at = 0;
    while at < line.len() {
        if line.at(at) != Some('.') {
            at += 1;
            continue;
        }
        let end = line.run(at, |character| character == '.');
        let path = matches!(line.at(end), Some('/' | '\\'));
        // `[...args]` and `1...5` are code.
        let code = matches!(line.before(at), Some('[' | '(' | '/')) && line.at(end).is_some_and(char::is_alphanumeric)
            || is_digit(line.before(at)) && is_digit(line.at(end));
        if end - at == 3 && !path && !code {
            edits.push(edit(at..end, '…', Rule::Ellipsis));
        }
        at = end;
    }
}

/// ` -- ` between words, and `word--word`.
pub(super) fn dashes(line: Characters<'_>, edits: &mut Vec<Edit>) {
    let mut at = 0;
    while at < line.len() {
        if line.at(at) != Some('-') {
            at += 1;
            continue;
        }
        let end = line.run(at, |character| character == '-');
        let (before, after) = (line.before(at), line.at(end));
        let ends_word = |character: char| character.is_alphanumeric() || ",.!?»”\"’)…".contains(character);
        let spaced = before.is_some_and(is_inline_space)
            && after.is_some_and(char::is_whitespace)
            && at.checked_sub(1).and_then(|at| line.before(at)).is_some_and(ends_word);
        let joined = before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic);
        if matches!(end - at, 2 | 3) && (spaced || joined) {
            edits.push(edit(at..end, '—', Rule::Dash));
        }
        at = end;
    }
}

/// Two spaces and more between words; a table of figures has more.
pub(super) fn double_space(line: Characters<'_>, edits: &mut Vec<Edit>) {
    let mut at = 0;
    while at < line.len() {
        if line.at(at) != Some(' ') {
            at += 1;
            continue;
        }
        let end = line.run(at, |character| character == ' ');
        let word = |character: Option<char>| character.is_some_and(|character| !character.is_whitespace());
        if matches!(end - at, 2 | 3) && word(line.before(at)) && word(line.at(end)) {
            edits.push(edit(at..end, ' ', Rule::DoubleSpace));
        }
        at = end;
    }
}

/// A space before a comma or a full stop.
pub(super) fn low_marks(line: Characters<'_>, edits: &mut Vec<Edit>) {
    for at in 0..line.len() {
        let Some(mark) = line.at(at + 1).filter(|mark| matches!(mark, ',' | '.')) else {
            continue;
        };
        let spaced = matches!(line.at(at), Some(' ' | '\u{a0}' | '\u{202f}'));
        // `q 5 j ,` is a formula.
        let word = line.run_before(at, 2, char::is_alphanumeric) + 2 == at;
        let closed = match line.before(at) {
            Some('»' | '”') => true,
            Some(')') => at
                .checked_sub(1)
                .and_then(|at| line.before(at))
                .is_some_and(|last| !last.is_whitespace()),
            _ => false,
        };
        let after_word = word || closed;
        let ends = line.at(at + 2).is_none_or(char::is_whitespace);
        // `mot . . . mot` is an ellipsis of another kind.
        let spread = mark == '.' && line.at(at + 3) == Some('.');
        if spaced && after_word && ends && !spread {
            edits.push(edit(at..at + 2, mark, Rule::SpaceBefore));
        }
    }
}

/// Whether a face made of marks stands at a place.
pub(super) fn is_smiley_at(line: Characters<'_>, at: usize) -> bool {
    is_smiley(&line.text(at..(at + 4).min(line.len())))
}
