//! Arabic: its own comma, semicolon and question mark, without a space before.

use super::Rule;
use super::common::{dots, double_space, edit};
use super::line::{Characters, Edit};

/// Marks.
pub(super) fn marks(line: Characters<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    dots(line, &mut edits);
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
        if ends
            && line
                .before(before)
                .is_some_and(|previous| is_arabic(previous) || "»”\")".contains(previous))
        {
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

fn is_arabic(character: char) -> bool {
    matches!(character, '\u{620}'..='\u{669}' | '\u{66e}'..='\u{6d3}' | '\u{fb50}'..='\u{fefc}')
}
