//! Footnotes and definitions of links: where they stand, and who needs them.

use std::ops::Range;

use super::scan;

/// What is defined by itself and called by its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Definition {
    /// As in a call: without `^`, small letters.
    pub label: String,
    /// Whether it is a footnote.
    pub note: bool,
    /// Its lines, in bytes of the whole text.
    pub range: Range<usize>,
}

/// The definitions of a body that starts at `start`, in order.
pub(super) fn definitions(body: &str, start: usize) -> Vec<Definition> {
    let code = scan::code(body);
    let mut found: Vec<Definition> = Vec::new();
    let mut open: Option<usize> = None;
    let mut blank = 0;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let end = at + line.len();
        let indented = line.starts_with("    ") || line.starts_with('\t');
        let head = (!scan::is_in(&code, at)).then(|| head(line)).flatten();
        if let Some((label, note)) = head {
            found.push(Definition {
                label,
                note,
                range: start + at..start + end,
            });
            open = note.then_some(found.len() - 1);
            blank = 0;
        } else if line.trim().is_empty() {
            blank += 1;
        } else if let Some(definition) = open.and_then(|open| found.get_mut(open)) {
            // A note goes on in the lines below it, and in indented paragraphs.
            if blank == 0 || indented {
                definition.range.end = start + end;
                blank = 0;
            } else {
                open = None;
            }
        }
        at = end;
    }
    found
}

/// The label and the kind of a definition that a line begins.
fn head(line: &str) -> Option<(String, bool)> {
    let trimmed = line.trim_start_matches(' ');
    if line.len() - trimmed.len() > 3 {
        return None;
    }
    let (label, rest) = trimmed.strip_prefix('[')?.split_once("]:")?;
    if label.contains([']', '[']) || label.trim().is_empty() {
        return None;
    }
    match label.strip_prefix('^') {
        Some(label) => Some((folded(label), true)),
        None if rest.trim().is_empty() => None,
        None => Some((folded(label), false)),
    }
}

/// Labels that are the same are written alike.
pub(super) fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A body with the definitions that it calls and does not have, below it; those that they call in turn, too.
pub(super) fn with_needed(source: &str, body: &str, all: &[Definition], has: impl Fn(&Definition) -> bool) -> String {
    let mut text = trimmed(body);
    let mut taken: Vec<bool> = all.iter().map(&has).collect();
    let mut called = labels_in(body);
    // Each round takes at least one, so there are no more rounds than definitions.
    loop {
        let mut fresh = Vec::new();
        for (definition, taken) in all.iter().zip(&mut taken) {
            if *taken
                || called
                    .binary_search_by(|(label, note)| {
                        (label.as_str(), *note).cmp(&(&definition.label, definition.note))
                    })
                    .is_err()
            {
                continue;
            }
            *taken = true;
            let definition = source.get(definition.range.clone()).unwrap_or_default();
            append(&mut text, definition);
            fresh.extend(labels_in(definition));
        }
        if fresh.is_empty() {
            return text;
        }
        called = fresh;
        called.sort();
        called.dedup();
    }
}

/// Puts a definition at the end of a text.
pub(super) fn append(text: &mut String, definition: &str) {
    let kept = text.trim_end_matches(['\n', '\r']).len();
    // Notes stand close to each other.
    let close = text
        .get(..kept)
        .unwrap_or_default()
        .rsplit('\n')
        .next()
        .is_some_and(|last| head(last).is_some() || last.starts_with("    "));
    text.truncate(kept);
    if !text.is_empty() {
        text.push_str(if close { "\n" } else { "\n\n" });
    }
    text.push_str(definition.trim_end_matches(['\n', '\r']));
    text.push('\n');
}

/// A body without blank lines around it, with one line end.
fn trimmed(body: &str) -> String {
    let body = body.trim_start_matches(['\n', '\r']).trim_end();
    if body.is_empty() {
        String::new()
    } else {
        format!("{body}\n")
    }
}

/// What a body calls, or may call, by a label: sorted, each once.
pub(super) fn labels_in(body: &str) -> Vec<(String, bool)> {
    let code = scan::code(body);
    let mut found = Vec::new();
    for (at, _) in body.match_indices('[') {
        if scan::is_in(&code, at) {
            continue;
        }
        let rest = body.get(at + 1..).unwrap_or_default();
        let Some(end) = rest.find([']', '[']).filter(|end| *end < MOST_LABEL) else {
            continue;
        };
        if rest.as_bytes().get(end) != Some(&b']') {
            continue;
        }
        let label = rest.get(..end).unwrap_or_default();
        match label.strip_prefix('^') {
            Some(label) => found.push((folded(label), true)),
            None => found.push((folded(label), false)),
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Labels have at most 999 characters in CommonMark.
const MOST_LABEL: usize = 1000;
