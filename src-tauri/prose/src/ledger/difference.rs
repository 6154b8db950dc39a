//! How a quotation differs from its source: to be read, and to be mended.

use std::ops::Range;

use serde::Serialize;

use super::Quotation;
use super::compare::behind;
use super::said::Said;
use super::words::Word;

/// A place in which a quotation says something else than its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What is quoted, in bytes of the quotation’s words; empty where words were left out.
    pub said: Range<usize>,
    /// What the source says; empty where words were put in.
    pub source: String,
    /// What would have to be replaced in the text of the piece, in bytes, and by what, so that it says what the source
    /// says. Nothing where marks of Markdown stand in the way.
    pub fix: Option<(Range<usize>, String)>,
    /// The same so that words that were left out are marked as left out; only for those.
    pub omission: Option<(Range<usize>, String)>,
}

/// A piece of a redline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Piece {
    /// What is read.
    pub text: String,
    /// Who says it.
    pub mark: Mark,
}

/// Who says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Mark {
    /// Both.
    Same,
    /// The quotation alone.
    Quoted,
    /// The source alone.
    Source,
}

/// Words of both sides that belong together, by their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub said: Range<usize>,
    pub source: Range<usize>,
    /// Whether they are found by the same keys.
    pub is_same: bool,
}

type Side<'a> = (&'a str, &'a [Word]);

/// The differences among runs, in their order.
pub(super) fn differences(quotation: &Quotation, said: &Said, source: Side<'_>, runs: &[Run]) -> Vec<Difference> {
    let text = quotation.words.as_str();
    let mut found = Vec::new();
    for (index, run) in runs.iter().enumerate().filter(|(_, run)| !run.is_same) {
        let quoted = stretch(text, &said.words, &run.said);
        let written = stretch(source.0, source.1, &run.source);
        let instead = source.0.get(written.clone()).unwrap_or_default().replace("\n\n", " ");
        let before = index.checked_sub(1).and_then(|before| runs.get(before));
        let previous = run.said.start.checked_sub(1).and_then(|before| said.words.get(before));
        let suspended = previous
            .filter(|_| run.said.is_empty())
            .and_then(|word| suspension(quotation, word.end..quoted.start));
        let (fix, omission, said_range) = match (run.said.is_empty(), run.source.is_empty()) {
            // What ends a part.
            (true, true) if said.is_end(run.said.start) => {
                let gap = behind(text, &said.words, run.said.start);
                let marks = source.0.get(behind(source.0, source.1, run.source.start));
                let marks = marks.unwrap_or_default().to_owned();
                let fix = place_of_gap(quotation, &gap).map(|place| (place, marks.clone()));
                found.push(Difference {
                    said: gap,
                    source: marks,
                    fix,
                    omission: None,
                });
                continue;
            }
            // What stands between two words.
            (true, true) => {
                let gap = previous.map_or(quoted.start, |word| word.end)..quoted.start;
                let former = run.source.start.checked_sub(1).and_then(|before| source.1.get(before));
                let between = former.map_or("", |word| source.0.get(word.end..written.start).unwrap_or_default());
                let fix = place_of_gap(quotation, &gap).map(|place| (place, between.replace('\n', " ")));
                found.push(Difference {
                    said: gap,
                    source: between.to_owned(),
                    fix,
                    omission: None,
                });
                continue;
            }
            // Words of the source for which suspension points stand.
            (true, false) if suspended.is_some() => {
                let (dots, place) = suspended.unwrap_or_default();
                let former = run.source.start.checked_sub(1).and_then(|before| source.1.get(before));
                let next = source.1.get(run.source.end);
                let whole = former.map_or(written.start, |word| word.end)..next.map_or(written.end, |word| word.at);
                let whole = source.0.get(whole).unwrap_or_default().trim_end();
                let fix = (place.clone(), escaped(&whole.replace("\n\n", " ")));
                (Some(fix), Some((place, " […]".to_owned())), dots)
            }
            // Words of the source that are not there.
            (true, false) => {
                let at = match (before, previous) {
                    (Some(_), Some(word)) => word.end,
                    _ => quoted.start,
                };
                let place = point(quotation, at, previous.is_some());
                let joined = |words: &str| {
                    if previous.is_some() {
                        format!(" {words}")
                    } else {
                        format!("{words} ")
                    }
                };
                let fix = place.clone().map(|place| (place, joined(&escaped(&instead))));
                // Where something is said to be left out already, saying it again mends nothing.
                let is_said = said.starts_part(run.said.start) && run.said.start > 0;
                let omission = place.filter(|_| !is_said).map(|place| (place, joined("[…]")));
                (fix, omission, at..at)
            }
            (false, true) => {
                // With one of the spaces around them.
                let with_space = match previous {
                    Some(word)
                        if text
                            .get(word.end..quoted.start)
                            .is_some_and(|gap| gap.trim().is_empty()) =>
                    {
                        word.end..quoted.end
                    }
                    _ => {
                        let rest = text.get(quoted.end..).unwrap_or_default();
                        quoted.start..quoted.end + rest.len() - rest.trim_start().len()
                    }
                };
                (
                    balanced(quotation, with_space).map(|place| (place, String::new())),
                    None,
                    quoted,
                )
            }
            (false, false) => {
                let fix = balanced(quotation, quoted.clone()).map(|place| (place, escaped(&instead)));
                (fix, None, quoted)
            }
        };
        found.push(Difference {
            said: said_range,
            source: instead,
            fix,
            omission,
        });
    }
    found
}

/// Both sides as one text, in which each says what is its own.
pub(super) fn pieces(text: &str, said: &Said, source: Side<'_>, runs: &[Run]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut reached = 0;
    for run in runs {
        let quoted = stretch(text, &said.words, &run.said);
        let written = stretch(source.0, source.1, &run.source);
        if run.said.is_empty() && run.source.is_empty() && said.is_end(run.said.start) {
            let gap = behind(text, &said.words, run.said.start);
            add(&mut pieces, text.get(reached..gap.start), Mark::Same);
            add(&mut pieces, text.get(gap.clone()), Mark::Quoted);
            let marks = behind(source.0, source.1, run.source.start);
            add(&mut pieces, source.0.get(marks), Mark::Source);
            reached = gap.end;
            continue;
        }
        if run.said.is_empty() && run.source.is_empty() {
            let former = run.source.start.checked_sub(1).and_then(|before| source.1.get(before));
            let between = former.map_or("", |word| source.0.get(word.end..written.start).unwrap_or_default());
            add(&mut pieces, text.get(reached..quoted.start), Mark::Quoted);
            add(&mut pieces, Some(between), Mark::Source);
            reached = quoted.start;
            continue;
        }
        if run.said.is_empty() {
            let lead = if pieces.is_empty() { "" } else { " " };
            let trail = if pieces.is_empty() { " " } else { "" };
            let words = source.0.get(written).unwrap_or_default().replace("\n\n", " ");
            add(&mut pieces, Some(&format!("{lead}{words}{trail}")), Mark::Source);
            continue;
        }
        add(&mut pieces, text.get(reached..quoted.start), Mark::Same);
        let mark = if run.is_same { Mark::Same } else { Mark::Quoted };
        add(&mut pieces, text.get(quoted.clone()), mark);
        if !run.is_same {
            let words = source.0.get(written).unwrap_or_default().replace("\n\n", " ");
            add(&mut pieces, Some(&words), Mark::Source);
        }
        reached = quoted.end;
    }
    add(&mut pieces, text.get(reached..), Mark::Same);
    pieces
}

fn add(pieces: &mut Vec<Piece>, text: Option<&str>, mark: Mark) {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return;
    };
    match pieces.last_mut() {
        Some(last) if last.mark == mark => last.text.push_str(text),
        _ => pieces.push(Piece {
            text: text.to_owned(),
            mark,
        }),
    }
}

/// From the first byte of some words to the last; where there are none, where the next begins.
fn stretch(text: &str, words: &[Word], range: &Range<usize>) -> Range<usize> {
    let start = words.get(range.start).map_or(text.len(), |word| word.at);
    if range.is_empty() {
        return start..start;
    }
    let last = range.end.checked_sub(1).and_then(|last| words.get(last));
    start..last.map_or(start, |word| word.end)
}

/// The place of words, when what stands between them leaves no mark of Markdown alone.
fn balanced(quotation: &Quotation, part: Range<usize>) -> Option<Range<usize>> {
    let place = quotation.place(part.clone())?;
    let first = quotation.places.partition_point(|one| one.at < part.start);
    let behind = quotation.places.partition_point(|one| one.at < part.end);
    let mut end = place.start;
    for one in quotation.places.get(first..behind)? {
        // What does not stand in the source as it is read: the end of a line within a paragraph stands there.
        let is_break = one.to <= one.from && quotation.words.get(one.at..).is_some_and(|rest| rest.starts_with('\n'));
        if is_break {
            continue;
        }
        if one.to <= one.from || one.from < end {
            return None;
        }
        let is_gap = one.from > end;
        let after_break = quotation
            .words
            .get(..one.at)
            .is_some_and(|before| before.ends_with('\n'));
        if is_gap && !after_break {
            return None;
        }
        end = one.to;
    }
    Some(place)
}

/// The place of what stands between two words; it may be nothing.
fn place_of_gap(quotation: &Quotation, gap: &Range<usize>) -> Option<Range<usize>> {
    if gap.is_empty() {
        return None;
    }
    balanced(quotation, gap.clone())
}

/// Suspension points in a part of the words, and their place in the text.
fn suspension(quotation: &Quotation, part: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let gap = quotation
        .words
        .get(part.clone())
        .filter(|gap| !gap.contains(['[', '(']))?;
    let at = gap.find('…').or_else(|| gap.find("..."))?;
    let rest = gap.get(at..)?;
    let dots = rest.len() - rest.trim_start_matches(['.', '…']).len();
    let dots = part.start + at..part.start + at + dots;
    let place = balanced(quotation, dots.clone())?;
    Some((dots, place))
}

/// The place right after a word, or before one.
fn point(quotation: &Quotation, at: usize, after: bool) -> Option<Range<usize>> {
    let index = quotation.places.partition_point(|place| place.at < at);
    let place = if after {
        quotation.places.get(index.checked_sub(1)?)
    } else {
        quotation.places.get(index)
    }?;
    let byte = if after { place.to } else { place.from };
    (place.to > place.from).then_some(byte..byte)
}

/// Words as Markdown.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for character in words.chars() {
        if matches!(character, '\\' | '*' | '_' | '[' | ']' | '<' | '`' | '~') {
            text.push('\\');
        }
        text.push(if character == '\n' { ' ' } else { character });
    }
    text
}
