//! What stands between quotation marks.

use super::reading::Leaf;

/// A stretch between quotation marks: from a place in one leaf to a place in the same or a later one, without the marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub first: usize,
    pub from: usize,
    pub last: usize,
    pub to: usize,
}

/// The outermost quotations of leaves that follow each other, in order. A quotation that is not closed goes on in the
/// next leaf if that begins with its opening mark again (the custom of newspapers); else it is none.
pub(super) fn of(leaves: &[Leaf]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut open: Option<Open> = None;
    for (number, leaf) in leaves.iter().enumerate() {
        let mut skip = 0;
        if let Some(held) = &open {
            let trimmed = leaf.text.trim_start();
            let goes_on = leaf.note == leaves.get(held.leaf).and_then(|first| first.note.clone())
                && trimmed.starts_with(held.again())
                && number - held.leaf < MOST_LEAVES;
            if goes_on {
                let lead = leaf.text.len() - trimmed.len();
                skip = lead + trimmed.chars().next().map_or(0, char::len_utf8);
            } else {
                open = None;
            }
        }
        let mut before = leaf.text.get(..skip).and_then(|head| head.chars().next_back());
        let text = leaf.text.get(skip..).unwrap_or_default();
        for (offset, character) in text.char_indices() {
            let at = skip + offset;
            let after = text
                .get(offset + character.len_utf8()..)
                .and_then(|rest| rest.chars().next());
            match &mut open {
                None => {
                    if let Some(closing) = opens(character, before, after) {
                        open = Some(Open {
                            mark: character,
                            closing,
                            leaf: number,
                            from: at + character.len_utf8(),
                            depth: 0,
                        });
                    }
                }
                Some(held) if held.closing.contains(&character) && closes(character, before, after) => {
                    if held.depth > 0 {
                        held.depth -= 1;
                    } else {
                        spans.push(Span {
                            first: held.leaf,
                            from: held.from,
                            last: number,
                            to: at,
                        });
                        open = None;
                    }
                }
                // The same marks within: « … « … » … ».
                Some(held) if held.mark == character && character != '"' => held.depth += 1,
                Some(_) => {}
            }
            before = Some(character);
        }
        if open.as_ref().is_some_and(|held| held.depth > 0) {
            // What is not closed within must not swallow what follows.
            open = None;
        }
    }
    spans
}

/// A quotation has no more paragraphs.
const MOST_LEAVES: usize = 24;

struct Open {
    mark: char,
    closing: &'static [char],
    leaf: usize,
    from: usize,
    depth: usize,
}

impl Open {
    /// What begins each further paragraph of it.
    fn again(&self) -> &'static [char] {
        match self.mark {
            '«' => &['«', '»'],
            '“' => &['“', '”'],
            '„' => &['„'],
            _ => &['"'],
        }
    }
}

/// The marks that close what a character opens, if it opens anything.
fn opens(character: char, before: Option<char>, after: Option<char>) -> Option<&'static [char]> {
    match character {
        '«' => Some(&['»']),
        '“' => Some(&['”']),
        '„' => Some(&['“', '”']),
        '"' => {
            let free = before
                .is_none_or(|before| before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '’' | '\''));
            (free && after.is_some_and(|after| !after.is_whitespace())).then_some(&['"'])
        }
        _ => None,
    }
}

fn closes(character: char, before: Option<char>, after: Option<char>) -> bool {
    character != '"'
        || (before.is_some_and(|before| !before.is_whitespace()) && after.is_none_or(|after| !after.is_alphanumeric()))
}

/// Whether a character is a quotation mark that opens or repeats.
pub(super) fn is_mark(character: char) -> bool {
    matches!(character, '«' | '»' | '“' | '”' | '„' | '"')
}

pub(super) fn is_opening_or_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '«' | '“' | '„' | '"')
}

/// A text without the marks that stand around the whole of it.
pub(super) fn unmarked(text: &str) -> &str {
    let trimmed = text.trim();
    for (open, close) in [('«', '»'), ('“', '”'), ('"', '"')] {
        let inner = trimmed.strip_prefix(open).and_then(|rest| {
            let rest = rest.trim_end();
            rest.strip_suffix(close).or_else(|| {
                rest.strip_suffix(['.', '!', '?'])
                    .and_then(|rest| rest.trim_end().strip_suffix(close))
            })
        });
        if let Some(inner) = inner.filter(|inner| !inner.contains([open, close])) {
            return inner.trim();
        }
    }
    trimmed
}
