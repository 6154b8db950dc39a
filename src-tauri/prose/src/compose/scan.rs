//! Lines and stretches of a source that are code, and addresses that are relative.

use std::ops::Range;

use comrak::Arena;
use comrak::nodes::NodeValue;

use crate::markdown;

/// Ranges of code in a body: fenced blocks with their fences, indented blocks after a blank line, code spans. In order.
pub(super) fn code(body: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut fence: Option<(char, usize, usize)> = None;
    let mut prose_start = 0;
    let mut at = 0;
    let mut blank_before = true;
    for line in body.split_inclusive('\n') {
        let end = at + line.len();
        let trimmed = line.trim_start_matches([' ', '>']);
        let mark = trimmed.chars().next().filter(|mark| matches!(mark, '`' | '~'));
        let run = mark.map_or(0, |mark| trimmed.chars().take_while(|one| *one == mark).count());
        match fence {
            Some((open, length, start)) => {
                let closes = mark == Some(open) && run >= length && trimmed.trim_end().chars().all(|one| one == open);
                if closes {
                    found.push(start..end);
                    fence = None;
                    prose_start = end;
                }
            }
            None if run >= 3 && !(mark == Some('`') && trimmed.get(run..).unwrap_or_default().contains('`')) => {
                spans(body, prose_start..at, &mut found);
                fence = mark.map(|mark| (mark, run, at));
            }
            None if blank_before && (line.starts_with("    ") || line.starts_with('\t')) && !is_list(body, at) => {
                spans(body, prose_start..at, &mut found);
                found.push(at..end);
                prose_start = end;
            }
            None => {}
        }
        blank_before = line.trim().is_empty() || found.last().is_some_and(|last| last.end == end);
        at = end;
    }
    match fence {
        Some((_, _, start)) => found.push(start..body.len()),
        None => spans(body, prose_start..body.len(), &mut found),
    }
    found
}

/// What would close a block of code or a comment that a body leaves open. One in a list or a quotation ends with that.
pub(super) fn open_end(body: &str) -> Option<String> {
    if !markdown::is_within_limits(body) {
        return None;
    }
    let arena = Arena::new();
    let last = markdown::parse(&arena, body).last_child()?;
    match &last.data().value {
        NodeValue::CodeBlock(block) if block.fenced && !block.closed => {
            Some(String::from(char::from(block.fence_char)).repeat(block.fence_length))
        }
        NodeValue::HtmlBlock(block) => {
            let text = block.literal.to_ascii_lowercase();
            let end = match block.block_type {
                1 => ["pre", "script", "style", "textarea"]
                    .into_iter()
                    .find(|name| text.trim_start().get(1..).is_some_and(|rest| rest.starts_with(name)))
                    .map(|name| format!("</{name}>"))?,
                2 => "-->".to_owned(),
                3 => "?>".to_owned(),
                4 => ">".to_owned(),
                5 => "]]>".to_owned(),
                _ => return None,
            };
            (!text.contains(&end)).then_some(end)
        }
        _ => None,
    }
}

/// Whether a place is in one of some ranges that are in order.
pub(super) fn is_in(ranges: &[Range<usize>], at: usize) -> bool {
    let index = ranges.partition_point(|range| range.end <= at);
    ranges.get(index).is_some_and(|range| range.start <= at)
}

/// Whether one of some ranges that are in order covers another.
pub(super) fn covers(ranges: &[Range<usize>], other: Range<usize>) -> bool {
    let index = ranges.partition_point(|range| range.end <= other.start);
    ranges
        .get(index)
        .is_some_and(|range| range.start <= other.start && other.end <= range.end)
}

/// An indented line may go on an item or a note: what belongs to one is not code.
fn is_list(body: &str, at: usize) -> bool {
    let above = body.get(..at).unwrap_or_default();
    let outer = above
        .rsplit('\n')
        .take(MOST_LINES_ABOVE)
        .find(|line| !line.starts_with([' ', '\t']) && !line.trim().is_empty());
    outer.is_some_and(|line| {
        let line = line.trim_start_matches(['>', ' ']);
        let numbered = line.trim_start_matches(|one: char| one.is_ascii_digit());
        line.starts_with(['-', '*', '+', '[']) || numbered.len() < line.len() && numbered.starts_with(['.', ')'])
    })
}

/// An item or a note whose text goes on for more lines is not looked for.
const MOST_LINES_ABOVE: usize = 200;

/// The code spans of a stretch of prose.
fn spans(body: &str, within: Range<usize>, found: &mut Vec<Range<usize>>) {
    let Some(text) = body.get(within.clone()) else { return };
    let bytes = text.as_bytes();
    let mut at = 0;
    // Runs of a length that were looked for in vain.
    let mut gone = [false; 33];
    while let Some(offset) = text.get(at..).and_then(|rest| rest.find('`')) {
        let start = at + offset;
        let length = bytes.iter().skip(start).take_while(|byte| **byte == b'`').count();
        at = start + length;
        let known = length.min(32);
        if start > 0 && bytes.get(start - 1) == Some(&b'\\') || gone.get(known) == Some(&true) {
            continue;
        }
        let mut look = at;
        let mut closed = None;
        while let Some(offset) = text.get(look..).and_then(|rest| rest.find('`')) {
            let close = look + offset;
            let run = bytes.iter().skip(close).take_while(|byte| **byte == b'`').count();
            look = close + run;
            if run == length {
                closed = Some(look);
                break;
            }
        }
        match closed {
            Some(end) => {
                found.push(within.start + start..within.start + end);
                at = end;
            }
            None => {
                if let Some(gone) = gone.get_mut(known) {
                    *gone = true;
                }
            }
        }
    }
}

/// A text with the relative addresses of its links and images as they are seen from another folder.
pub(super) fn rebased(body: &str, from: &str, to: &str) -> String {
    if from == to {
        return body.to_owned();
    }
    let code = code(body);
    let mut text = String::with_capacity(body.len() + 64);
    let mut copied = 0;
    for target in targets(body) {
        if is_in(&code, target.start) {
            continue;
        }
        let address = body.get(target.clone()).unwrap_or_default();
        if let Some(changed) = seen_from(address, from, to) {
            text.push_str(body.get(copied..target.start).unwrap_or_default());
            text.push_str(&changed);
            copied = target.end;
        }
    }
    text.push_str(body.get(copied..).unwrap_or_default());
    text
}

/// The addresses in `](…)` and behind `[…]:` at the head of a line.
fn targets(body: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in body.match_indices("](") {
        found.extend(address(body, at + 2));
    }
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let trimmed = line.trim_start_matches(' ');
        let lead = line.len() - trimmed.len();
        if lead <= 3
            && trimmed.starts_with('[')
            && !trimmed.starts_with("[^")
            && let Some(end) = trimmed.find("]:")
        {
            let after = at + lead + end + 2;
            let blank = body
                .get(after..)
                .map_or(0, |rest| rest.len() - rest.trim_start_matches([' ', '\t']).len());
            found.extend(address(body, after + blank));
        }
        at += line.len();
    }
    found.sort_by_key(|range| range.start);
    found.dedup_by(|next, kept| next.start < kept.end);
    found
}

fn address(body: &str, start: usize) -> Option<Range<usize>> {
    let rest = body.get(start..)?;
    if let Some(inner) = rest.strip_prefix('<') {
        let end = inner.find(['>', '\n'])?;
        return Some(start + 1..start + 1 + end);
    }
    let mut depth = 0u32;
    let end = rest
        .char_indices()
        .find(|(_, character)| match character {
            '(' => {
                depth += 1;
                false
            }
            ')' if depth > 0 => {
                depth -= 1;
                false
            }
            character => *character == ')' || character.is_whitespace(),
        })
        .map_or(rest.len(), |(end, _)| end);
    (end > 0).then_some(start..start + end)
}

/// A relative address, seen from another folder. `None` when it stays as it is.
fn seen_from(address: &str, from: &str, to: &str) -> Option<String> {
    let path_end = address.find(['#', '?']).unwrap_or(address.len());
    let (path, tail) = address.split_at(path_end);
    let scheme = path
        .find(':')
        .is_some_and(|at| path.get(..at).is_some_and(|name| !name.contains('/')));
    if path.is_empty() || path.starts_with(['/', '@', '\\']) || scheme {
        return None;
    }
    let mut way: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                // It leads out of the library: nobody knows where.
                way.pop()?;
            }
            part => way.push(part),
        }
    }
    let base: Vec<&str> = to.split('/').filter(|part| !part.is_empty()).collect();
    let shared = way.iter().zip(&base).take_while(|(one, other)| one == other).count();
    let shared = shared.min(way.len().saturating_sub(1));
    let mut steps: Vec<&str> = vec![".."; base.len() - shared];
    steps.extend(way.iter().skip(shared));
    Some(format!("{}{tail}", steps.join("/")))
}

/// A text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
