//! Arabic: its own comma, semicolon and question mark, without a space before; « » without inner spaces for straight quotes,
//! as most of its press has them. “ ” that were chosen stay.

use super::Rule;
use super::common::{dots, double_space, edit};
use super::line::{Characters, Edit};
use crate::typography::{is_inline_space, opens_after};

/// Marks.
pub(super) fn marks(line: Characters<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    dots(line, &mut edits);
    quotes(line, &mut edits);
    for at in 0..line.len() {
        let mark = match line.at(at) {
            Some(',') => '،',
            Some(';') => '؛',
            Some('?') => '؟',
            _ => continue,
        };
        let mut before = at;
        if matches!(line.before(at), Some(' ' | '\u{a0}' | '\u{202f}')) {
            before -= 1;
        }
        let ends = line
            .at(at + 1)
            .is_none_or(|next| next.is_whitespace() || is_arabic(next) || "!»”\")".contains(next));
        let follows = line
            .before(before)
            .is_some_and(|previous| is_arabic(previous) || "»”\")".contains(previous));
        if ends && (follows || before == at && is_within_arabic(line, at)) {
            edits.push(edit(at..at + 1, mark, Rule::ArabicPunctuation));
        }
    }
    edits
}

/// Spaces.
pub(super) fn spaces(line: Characters<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    double_space(line, &mut edits);
    for at in 0..line.len() {
        let mark = line.at(at + 1).filter(|mark| matches!(mark, '،' | '؛' | '؟'));
        let spaced = matches!(line.at(at), Some(' ' | '\u{a0}' | '\u{202f}'));
        if let (Some(mark), true, true) = (
            mark,
            spaced,
            line.before(at).is_some_and(|previous| !previous.is_whitespace()),
        ) {
            edits.push(edit(at..at + 2, mark, Rule::ArabicPunctuation));
        }
    }
    edits
}

/// Whether a mark behind figures or a name in another alphabet is one of the Arabic sentence around them.
fn is_within_arabic(line: Characters<'_>, at: usize) -> bool {
    const LONGEST_NAME: usize = 60;
    let foreign = |one: char| one.is_ascii_alphanumeric() || one.is_alphabetic() && !is_arabic(one);
    if !line.before(at).is_some_and(|one| foreign(one) || one == '%') {
        return false;
    }
    let next = line.run(at + 1, |one| is_inline_space(one) || "«“(\"".contains(one));
    let start = line.run_before(at, LONGEST_NAME, |one| {
        foreign(one) || is_inline_space(one) || ".-'’%&".contains(one)
    });
    let led = start == 0
        || line
            .before(start)
            .is_some_and(|one| is_arabic(one) || "«“(\"،؛".contains(one));
    match line.at(next) {
        Some(one) => is_arabic(one) && led && next > at + 1,
        None => line.before(start).is_some_and(is_arabic),
    }
}

/// Straight quotes in pairs.
fn quotes(line: Characters<'_>, edits: &mut Vec<Edit>) {
    let mut open: Vec<usize> = Vec::new();
    let mut guillemets = 0usize;
    for at in 0..line.len() {
        match line.at(at) {
            Some('«') => guillemets += 1,
            Some('»') => guillemets = guillemets.saturating_sub(1),
            Some('"') => {
                let closes = line.at(at + 1).is_none_or(|next| !next.is_alphanumeric());
                if opens_after(line.before(at)) && (!closes || open.is_empty()) {
                    open.push(at);
                } else if let Some(start) = open.pop() {
                    let marks = if open.is_empty() && guillemets == 0 {
                        ['«', '»']
                    } else {
                        ['“', '”']
                    };
                    edits.push(edit(start..start + 1, marks[0], Rule::ArabicQuotes));
                    edits.push(edit(at..at + 1, marks[1], Rule::ArabicQuotes));
                }
            }
            _ => {}
        }
    }
}

fn is_arabic(character: char) -> bool {
    matches!(character, '\u{620}'..='\u{669}' | '\u{66e}'..='\u{6d3}' | '\u{fb50}'..='\u{fefc}')
}
